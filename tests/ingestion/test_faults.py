"""Whatever befalls a build, the last good generation serves on, and the next run picks up where it was left."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answering.ask import open_asker
from cli import app
from corpus.index import IndexUnusable, building, current
from corpus.settings import ROOT, Settings
from ingestion.build import ensure_index, ingest
from tests import killed

QUESTION = "What share of residents work from home?"


def answered(settings: Settings) -> str:
    return open_asker(settings).ask(QUESTION).answer.figures[0].text


def change(settings: Settings) -> None:
    """The plan says something else, and there is another file."""
    plan = settings.corpus / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("12%", "13%"), encoding="utf-8")
    (settings.corpus / "shops.md").write_text("# Shops\n\nIn Exampleton, 77% of shops are open.\n", encoding="utf-8")


def in_a_process(*command: str, **options: object) -> "subprocess.Popen[str]":
    """Python, run from the project's root with nothing set."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PLANCHAT_")}
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "still"),
    [
        pytest.param("Reading 0", "12%", marks=pytest.mark.sweep),
        ("Reading 2", "12%"),
        pytest.param("Reading 3", "12%", marks=pytest.mark.sweep),
        ("Embedding 2", "12%"),
        ("corpus.index._fill", "12%"),
        pytest.param("Building 3", "12%", marks=pytest.mark.sweep),
        pytest.param("corpus.index._sync", "12%", marks=pytest.mark.sweep),
        ("corpus.index._point", "12%"),
        ("corpus.index._clear", "13%"),
    ],
)
def test_a_build_killed_at_any_stage_leaves_the_earlier_answers(built: Settings, stage: str, still: str) -> None:
    assert answered(built) == "12%"
    change(built)
    assert killed.ends(built.corpus, built.index_folder, stage) == -signal.SIGKILL
    assert answered(built) == still
    report = ingest(built)
    assert not report.failed
    assert answered(built) == "13%"
    assert list(built.index_folder.glob("generations/.building-*")) == []
    assert ensure_index(built) is None


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that can be made full."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here; the test with a limit on files runs everywhere")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_leaves_the_earlier_answers(small: Settings, disk: Path) -> None:
    settings = small.model_copy(update={"index": disk / "index"})
    ingest(settings)
    before = current(settings.index_folder)
    change(settings)
    used = sum(p.stat().st_blocks * 512 for p in disk.rglob("*")) // 1024
    for free in (0, 16, 64, 160, 300):  # kilobytes
        room = subprocess.run(["mount", "-o", f"remount,size={used + free}k", str(disk)], capture_output=True)
        assert room.returncode == 0, room.stderr
        with pytest.raises(IndexUnusable, match=r"disk I/O error|full|No space left"):
            ingest(settings)
        assert current(settings.index_folder) == before
        assert answered(settings) == "12%"
        assert list(settings.index_folder.glob("generations/.building-*")) == []
    subprocess.run(["mount", "-o", "remount,size=40m", str(disk)], check=True)
    assert not ingest(settings).failed
    assert answered(settings) == "13%"


@pytest.mark.slow
@pytest.mark.parametrize("largest", [10_000, pytest.param(60_000, marks=pytest.mark.sweep), 150_000])
def test_files_that_cannot_grow_leave_the_earlier_answers(built: Settings, largest: int) -> None:
    change(built)
    process = in_a_process(
        "-m", "cli", "ingest", "--corpus", str(built.corpus), "--index", str(built.index_folder),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )  # fmt: skip
    _, said = process.communicate(timeout=300)
    assert (process.returncode, "Traceback" in said) == (1, False), said
    assert answered(built) == "12%"
    assert not ingest(built).failed
    assert answered(built) == "13%"


@pytest.mark.slow
def test_of_two_builds_the_second_waits_and_says_so(built: Settings) -> None:
    change(built)
    with building(built.index_folder):
        process = in_a_process(
            "-m", "cli", "ingest", "--json", "--corpus", str(built.corpus), "--index", str(built.index_folder)
        )  # fmt: skip
        assert process.stderr is not None
        assert "Waiting for another planchat" in process.stderr.readline()
        assert process.poll() is None
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    assert [d["status"] for d in json.loads(out)["documents"]] == ["unchanged", "updated", "added"]
    assert answered(built) == "13%"


def test_a_question_during_a_build_is_answered_from_the_state_before(built: Settings) -> None:
    change(built)
    options = ["--json", "--corpus", str(built.corpus), "--index", str(built.index_folder)]
    with building(built.index_folder):
        result = CliRunner().invoke(app, ["ask", QUESTION, *options])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["figures"][0]["text"] == "12%"
    assert "until it is done, answers come from its earlier state." in result.stderr
    after = CliRunner().invoke(app, ["ask", QUESTION, *options])
    assert json.loads(after.stdout)["figures"][0]["text"] == "13%"


@pytest.mark.slow
def test_a_killed_build_leaves_no_process_behind(small: Settings, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    waits = (
        "import os, time, ingestion.worker as worker\n"
        f"worker.read_file = lambda *_: (open({str(pid)!r}, 'w').write(str(os.getpid())), time.sleep(600))\n"
        "worker.main()"
    )
    code = (
        "import sys\nfrom pathlib import Path\nimport ingestion.build as build\nfrom ingestion.reader import Reader\n"
        "from tests.conftest import settings_for\n"
        f"reader = Reader((sys.executable, '-c', {waits!r}))\nbuild.shared_reader = lambda: reader\n"
        "build.ingest(settings_for(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    process = in_a_process("-c", code, str(small.corpus), str(small.index_folder))
    deadline = time.monotonic() + 120
    while not (pid.exists() and pid.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    child = int(pid.read_text())
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
