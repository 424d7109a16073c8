"""What many tests share: the real corpus, indexed once for all workers, and the plan read from Markdown and from a PDF."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from answering.ask import Asker, open_asker
from corpus.embedder import DEFAULT_MODEL
from corpus.records import Records
from corpus.register import Listed, file_hash
from corpus.settings import BUILT_IN_CORPUS, Settings
from ingestion.build import ingest
from ingestion.read import read_file
from retrieval.judged.judge import DEFAULT as DEFAULT_JUDGE
from tests.typeset import typeset

PLAN = "plans/dacorum-economic-recovery-plan-2021.md"


# Whole files go to workers in this order: what takes long begins first, so that no worker is left alone at the end.
FIRST = ("clone", "browser", "slow")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sweep", action="store_true", help="run what sweeps every case, too, as `make test-all` does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave sweeps out unless they are asked for, and put files that take long first."""
    if not config.getoption("--sweep"):
        swept = [item for item in items if item.get_closest_marker("sweep")]
        config.hook.pytest_deselected(items=swept)
        items[:] = [item for item in items if not item.get_closest_marker("sweep")]
    rank: dict[Path, int] = {}
    for item in items:
        own = next((n for n, name in enumerate(FIRST) if item.get_closest_marker(name)), len(FIRST))
        rank[item.path] = min(own, rank.get(item.path, own))
    items.sort(key=lambda item: rank[item.path])


def settings_for(corpus: Path, index: Path) -> Settings:
    """Settings that owe nothing to the environment."""
    return Settings(
        corpus=corpus, index=index, model=None, embedding_model=DEFAULT_MODEL, judge=DEFAULT_JUDGE, area=None
    )


Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder once for all workers of a run: the first that asks for it makes it, and the others wait.

    Each worker gets a copy of its own: what one server writes beside its index, no other sees.
    """
    own = tmp_path_factory.mktemp("once")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the folder of the run; each worker has one of its own in it

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made, whole = shared / f"once-{name}", shared / f"once-{name}.whole"
        with (shared / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # it goes when its process goes
            if not whole.exists():
                shutil.rmtree(made, ignore_errors=True)  # what a worker left that was killed
                made.mkdir()
                make(made)
                whole.touch()
        shutil.copytree(made, own / name)
        return own / name

    return folder


@pytest.fixture(scope="session")
def built_index(once: Once) -> Path:
    """The index of the real corpus, in a folder of its own. Tests that change it copy it first."""

    def build(folder: Path) -> None:
        report = ingest(settings_for(BUILT_IN_CORPUS, folder / "index"))
        assert not report.failed, report

    return once("real", build) / "index"


@pytest.fixture(scope="session")
def asker(built_index: Path) -> Asker:
    """Asks the real corpus."""
    return open_asker(settings_for(BUILT_IN_CORPUS, built_index))


@pytest.fixture(scope="session")
def plan() -> Records:
    """The plan as it is read from Markdown."""
    file = BUILT_IN_CORPUS / PLAN
    return read_file(Listed(PLAN, file, None), file_hash(file))


@pytest.fixture(scope="session")
def printed_plan_folder(once: Once) -> Path:
    """A corpus folder that holds the plan as a PDF, and nothing else."""

    def build(folder: Path) -> None:
        typeset((BUILT_IN_CORPUS / PLAN).read_text(encoding="utf-8"), folder / "plan.pdf")

    return once("printed", build)


@pytest.fixture(scope="session")
def printed_plan(printed_plan_folder: Path) -> Records:
    """The plan as it is read from the PDF."""
    file = printed_plan_folder / "plan.pdf"
    return read_file(Listed("plan.pdf", file, None), file_hash(file))


@pytest.fixture(scope="session")
def printed_asker(once: Once, printed_plan_folder: Path) -> Asker:
    """Asks a corpus that is the PDF alone."""

    def build(folder: Path) -> None:
        report = ingest(settings_for(printed_plan_folder, folder / "index"))
        assert not report.failed, report

    return open_asker(settings_for(printed_plan_folder, once("printed-index", build) / "index"))


def asker_over(folder: Path, **files: str) -> Asker:
    """Asks Markdown files that are written into ``folder``, each under its name."""
    (folder / "corpus").mkdir()
    for name, text in files.items():
        (folder / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
    settings = settings_for(folder / "corpus", folder / "index")
    assert not ingest(settings).failed
    return open_asker(settings)


@pytest.fixture
def settings_of_folder() -> Callable[[Path, Path], Settings]:
    """Makes settings of a corpus folder and an index folder."""
    return settings_for


def write_small(corpus: Path) -> None:
    """A corpus of two small files without a register."""
    corpus.mkdir()
    (corpus / "plan.md").write_text(
        "# Exampleton Borough Council Economic Plan\n\n## Jobs\n\n"
        "In Exampleton, 12% of residents work from home, compared to 9% in England.\n",
        encoding="utf-8",
    )
    (corpus / "jobs.csv").write_text(
        "measure,area,value,unit,period\nenterprises,Exampleton,415,count,2022\n", encoding="utf-8"
    )


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    """A corpus of two small files without a register, and an index not yet built."""
    write_small(tmp_path / "corpus")
    return settings_for(tmp_path / "corpus", tmp_path / "index")


@pytest.fixture(scope="session")
def built_small_index(once: Once) -> Path:
    """The index of the small corpus, built once; the corpus lies beside it."""

    def build(folder: Path) -> None:
        write_small(folder / "corpus")
        report = ingest(settings_for(folder / "corpus", folder / "index"))
        assert not report.failed, report

    return once("small", build) / "index"


@pytest.fixture
def built(small: Settings, built_small_index: Path) -> Settings:
    """The small corpus with an index of its own that is up to date: a copy of the one that was built once."""
    shutil.copytree(built_small_index, small.index_folder)
    return small
