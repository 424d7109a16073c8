"""The app as a browser gets it: a server on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from corpus.settings import ROOT

START_S = 120


@contextmanager
def served(
    index: Path | None, log: Path, settings: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[str]:
    """The address of a running app, over the built-in corpus if ``settings`` (of the environment) name no other.

    The server is gone afterwards, whatever happens.
    """
    port = port or free_port()
    ours = ("PLANCHAT_", "STREAMLIT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    if index is not None:
        environment["PLANCHAT_INDEX"] = str(index)
    environment.update(settings or {})
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait_until_healthy(server, port, log)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=30)


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=5) as response:
                if response.read() == b"ok":
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"The app did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
