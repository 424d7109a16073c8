"""Builds in a process of their own that is killed, with -9, when it comes to a step of its work.

The processes are forked from one that has loaded what a build needs: only the first of them waits for that.
"""

import importlib
import multiprocessing
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from ingestion.add import At

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.killed", "ingestion.build", "sentence_transformers", "langchain_chroma"])
PATIENCE_S = 300


def ends(corpus: Path, index: Path, step: str, named: Sequence[At] = ()) -> int | None:
    """How a build ended that was to be killed at a step.

    step: a function by the name of its module (``corpus.index._fill``), or what is shown of the progress (``Reading 2``).
    """
    build = _FORKS.Process(target=_build, args=(corpus, index, step, tuple(named)))
    build.start()
    build.join(PATIENCE_S)
    return build.exitcode


def _build(corpus: Path, index: Path, step: str, named: Sequence[At]) -> None:
    from ingestion.build import ingest
    from tests.conftest import settings_for

    def show(said: str, done: int, _: int) -> None:
        if step == f"{said.split()[0]} {done}":
            _die()

    module, _, function = step.rpartition(".")
    if module:
        found = importlib.import_module(module)
        assert hasattr(found, function)
        setattr(found, function, _die)
    ingest(settings_for(corpus, index), show, named=named)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
