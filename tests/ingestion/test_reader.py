"""A file is read in a process of its own: whatever it does there costs one sentence, and the next file is read."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.register import Listed
from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from ingestion.reader import Reader

# The process as it is, but that a file whose name begins with "bad" is read by what a test gives.
FAULTY = """
import os, time, ingestion.worker as worker
read = worker.read_file
def bad():
    {fault}
worker.read_file = lambda listed, *rest: bad() if listed.path.startswith("bad") else read(listed, *rest)
worker.main()
"""
Read = Callable[[str, str], str]
UNLIKE = "could not be read: something in it is not as its format should be"


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    """Reads a bad file with a fault and limits that are soon reached, then a good one; gives the sentence of the first."""
    for name in ("bad.md", "good.md"):
        (tmp_path / name).write_text("# Plan\n\nIn Exampleton, 12% of residents work from home.\n", encoding="utf-8")
    readers: list[Reader] = []

    def read_with(fault: str, limits: str = "") -> str:
        reader = Reader((sys.executable, "-c", FAULTY.format(fault=fault)))
        readers.append(reader)
        few = Limits(memory=2_000_000_000, cpu=1 if limits == "cpu" else 60, wall=1 if limits == "wall" else 60)
        with pytest.raises(UnreadableFile) as raised:
            reader.read(Listed("bad.md", tmp_path / "bad.md", None), "0", few)
        good = reader.read(Listed("good.md", tmp_path / "good.md", None), "0")
        assert [f.quantity.text for f in good.figures] == ["12%"]
        return str(raised.value)

    yield read_with
    for reader in readers:
        reader.close()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("os.kill(os.getpid(), 11)", "could not be read: it made the process that read it crash (signal 11)"),
        ("os.abort()", "could not be read: it made the process that read it crash (signal 6)"),
        (
            "os.kill(os.getpid(), 9)",
            "could not be read: the process that read it was killed, most likely for want of memory",
        ),
        ("os._exit(0)", "could not be read: the process that read it ended without a word"),
        ("raise AssertionError('a library\\nthat gave up')", f"{UNLIKE} (AssertionError)"),
        ("bytearray(4_000_000_000)", "needs more than 2 GB of memory to be read"),
        ("bad()", "is nested too deeply to be read"),
        ("print('no reply', flush=True); os.write(1, b'R' * 99); raise ValueError", f"{UNLIKE} (ValueError)"),
        ("os.kill(os.getppid(), 9)", "could not be read: the process that reads files ended while it was read"),
    ],
)  # fmt: skip
def test_what_a_file_does_to_its_process_is_one_sentence(read: Read, fault: str, sentence: str) -> None:
    assert read(fault) == sentence


def test_what_a_draft_does_to_its_process_is_one_sentence(tmp_path: Path) -> None:
    fault = "import os, ingestion.worker as w; w.read_text = lambda *_: os.kill(os.getpid(), 11); w.main()"
    reader = Reader((sys.executable, "-c", fault))
    (tmp_path / "draft.md").write_text("# Draft\n\nIn Exampleton, 12% of residents work from home.\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="it made the process that read it crash"):
        reader.read_text(tmp_path / "draft.md")
    reader.close()


def test_a_file_that_computes_for_ever_is_stopped(read: Read) -> None:
    started = time.monotonic()
    assert read("while True: pass", "cpu") == "took more than 1 seconds of computing time and was stopped"
    assert time.monotonic() - started < 40


def test_a_file_that_waits_for_ever_is_stopped_with_what_it_started(read: Read, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    fault = f"import subprocess; open({str(pid)!r}, 'w').write(str(subprocess.Popen(['sleep', '600']).pid)); time.sleep(600)"
    assert read(fault, "wall") == "took more than 1 seconds to read and was stopped"
    assert not is_running(int(pid.read_text()))


def is_running(pid: int) -> bool:
    """Whether a process does anything still; one that ended and waits to be noticed does not."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_what_a_file_leaves_in_the_temporary_folder_goes(read: Read, tmp_path: Path) -> None:
    fault = "import tempfile; f, name = tempfile.mkstemp(); open({!r}, 'w').write(name); os.kill(os.getpid(), 9)"
    read(fault.format(str(tmp_path / "left")), "")
    left = Path((tmp_path / "left").read_text())
    assert left.parent.name.startswith("planchat-") and left.parent.parent == Path(tempfile.gettempdir())
    assert not left.parent.exists()


def test_keys_of_other_services_are_not_given_to_the_process(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", "secret")
    assert "(LookupError)" in read("raise ValueError if 'SOME_API_KEY' in os.environ else LookupError")


def test_the_process_ends_with_the_one_that_asked(tmp_path: Path) -> None:
    reader = Reader()
    file = tmp_path / "good.md"
    file.write_text("# Plan\n\nIn Exampleton, 12% of residents work from home.\n", encoding="utf-8")
    reader.read(Listed("good.md", file, None), "0")
    assert reader._process is not None
    pid = reader._process.pid
    reader.close()
    assert not is_running(pid)


def test_the_readers_load_no_model() -> None:
    code = "import sys, ingestion.worker; sys.exit(any(m in sys.modules for m in ('torch', 'chromadb', 'langchain')))"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
