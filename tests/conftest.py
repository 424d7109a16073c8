"""What many tests share: the real corpus, indexed once a session, and the plan read from Markdown and from a PDF."""

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
from tests.typeset import typeset

PLAN = "plans/dacorum-economic-recovery-plan-2021.md"


def settings_for(corpus: Path, index: Path) -> Settings:
    """Settings that owe nothing to the environment."""
    return Settings(corpus=corpus, index=index, model=None, embedding_model=DEFAULT_MODEL, area=None)


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the real corpus, in a folder of its own. Tests that change it copy it first."""
    index = tmp_path_factory.mktemp("real") / "index"
    report = ingest(settings_for(BUILT_IN_CORPUS, index))
    assert not report.failed, report
    return index


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
def printed_plan_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder that holds the plan as a PDF, and nothing else."""
    folder = tmp_path_factory.mktemp("printed") / "corpus"
    folder.mkdir()
    typeset((BUILT_IN_CORPUS / PLAN).read_text(encoding="utf-8"), folder / "plan.pdf")
    return folder


@pytest.fixture(scope="session")
def printed_plan(printed_plan_folder: Path) -> Records:
    """The plan as it is read from the PDF."""
    file = printed_plan_folder / "plan.pdf"
    return read_file(Listed("plan.pdf", file, None), file_hash(file))


@pytest.fixture(scope="session")
def printed_asker(printed_plan_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """Asks a corpus that is the PDF alone."""
    settings = settings_for(printed_plan_folder, tmp_path_factory.mktemp("printed-index"))
    ingest(settings)
    return open_asker(settings)


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
def built_small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small corpus, built once."""
    folder = tmp_path_factory.mktemp("small")
    write_small(folder / "corpus")
    ingest(settings_for(folder / "corpus", folder / "index"))
    return folder / "index"


@pytest.fixture
def built(small: Settings, built_small_index: Path) -> Settings:
    """The small corpus with an index of its own that is up to date: a copy of the one that was built once."""
    shutil.copytree(built_small_index, small.index_folder)
    return small
