"""The examples for a council's own server are true: nginx and systemd take them, and no question gets into a log."""

import shutil
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus.settings import ROOT
from tests.app.served import free_port

EXAMPLES = ROOT / "docs" / "council"
QUESTION = "zebras"
# As Debian's own nginx.conf does: requests are logged with their addresses unless a site says otherwise.
MAIN = """
daemon off; pid {folder}/pid; error_log {folder}/log/error.log; events {{}}
http {{ access_log {folder}/log/access.log; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; include {folder}/planchat; }}
"""


class Upstream(BaseHTTPRequestHandler):
    """Stands for planchat: says what it was asked for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.path} {self.headers['X-Forwarded-Proto']}".encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def upstream() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def fetched(url: str) -> tuple[int, str]:
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(Unfollowing, urllib.request.HTTPSHandler(context=unchecked))
    try:
        with opener.open(url, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", "")


class Unfollowing(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx or openssl is not installed."
)
def test_nginx_takes_the_example_and_logs_no_question(upstream: ThreadingHTTPServer, tmp_path: Path) -> None:
    plain, safe = free_port(), free_port()
    text = (EXAMPLES / "planchat.nginx").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "listen [::]" not in line]  # not every machine has IPv6
    text = "\n".join(lines)
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{safe} "),
        ("127.0.0.1:8501", f"127.0.0.1:{upstream.server_port}"),
        ("/etc/ssl/planchat", str(tmp_path)),
        ("/var/log/nginx", str(tmp_path / "log")),
    ):
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "log").mkdir()
    (tmp_path / "planchat").write_text(text, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path), encoding="utf-8")
    certificate = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem"), "-subj", "/CN=x"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *certificate], check=True, capture_output=True
    )
    command = ["nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0 and "[emerg]" not in tried.stderr, tried.stderr
    nginx = subprocess.Popen(command)
    try:
        until = time.monotonic() + 30
        while not (tmp_path / "pid").exists() and time.monotonic() < until:
            time.sleep(0.05)
        address = f"https://127.0.0.1:{safe}/?q={QUESTION}"
        assert fetched(address) == (200, f"/?q={QUESTION} https")
        moved, to = fetched(f"http://127.0.0.1:{plain}/?q={QUESTION}")
        assert moved == 301 and to.endswith(f"/?q={QUESTION}")
        upstream.shutdown()
        upstream.server_close()
        assert fetched(address)[0] == 502
    finally:
        nginx.terminate()
        nginx.wait(timeout=30)
    logs = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "log").iterdir()}
    assert '"GET / HTTP/1.1" 200' in logs["planchat.log"]
    assert [name for name, words in logs.items() if QUESTION in words] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed.")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """It knows every setting; that planchat is not installed at /opt is all that it says of this machine."""
    unit = tmp_path / "planchat.service"
    text = (EXAMPLES / "planchat.service").read_text(encoding="utf-8")
    command = text.partition("ExecStart=")[2].split()[0]
    unit.write_text(text.replace(command, "/bin/true"), encoding="utf-8")
    found = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    said = [line for line in found.stderr.splitlines() if "planchat" in line]
    assert (found.returncode, said) == (0, [])
