"""Sources: what is in the corpus, and how an editor adds, replaces and takes out documents without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.index import current
from corpus.settings import Settings
from pages import feedback, who
from tests.app.seen import labels, seen
from tests.conftest import settings_for

Opens = Callable[[Path, Path], AppTest]
NEW = b"# Exampleton Borough Council Economic Plan\n\n## Jobs\n\nIn Exampleton, {} of residents work from home.\n"


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANCHAT_LOG_FOLDER", str(tmp_path / "log"))
    return tmp_path / "log" / who.LOG


@pytest.fixture
def sources(app_of: Opens, built: Settings) -> AppTest:
    """The page over a small corpus, as an editor opens it."""
    return at_sources(app_of(built.corpus, built.index_folder))


def at_sources(app: AppTest) -> AppTest:
    return app.run().switch_page("pages/sources.py").run()


def give(app: AppTest, name: str, content: bytes) -> AppTest:
    """Choose a file and have it read; the page then shows what it changes."""
    app.file_uploader[0].set_value((name, content, "text/markdown")).run()
    return press(app, "Read and compare")


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def plan(share: str) -> bytes:
    return NEW.replace(b"{}", share.encode())


def test_an_editor_sees_what_changes_and_publishes_it(sources: AppTest, built: Settings, own_log: Path) -> None:
    before = current(built.index_folder)
    give(sources, "plan.md", plan("14%"))
    assert "1 changed, 1 gone" in seen(sources).replace("figure ", "")
    assert "<del>12%</del> → 14%" in seen(sources)
    assert current(built.index_folder) == before
    press(sources, "Publish")
    assert "plan.md was replaced." in sources.success[0].value
    assert b"14%" in (built.corpus / "plan.md").read_bytes()
    assert current(built.index_folder) != before
    assert '"Publish", "detail": "plan.md (1 figure changed, 1 gone' in own_log.read_text(encoding="utf-8")


def test_an_editor_sees_which_commitments_and_passages_change(sources: AppTest) -> None:
    words = b"\n## Theme 1 \xe2\x80\x93 Skills\n\n### Activities\n\n- Open a <b>hub</b> by 2027\n"
    give(
        sources,
        "plan.md",
        plan("12%, compared to 9% in England,").replace(b"12%, compared to 9% in England, of", b"12% of") + words,
    )
    assert "1 figure gone; 1 stays as it is. 1 commitment new. 1 passage new, 1 reworded." in seen(sources)
    assert [e.label for e in sources.expander if "change (" in e.label] == [
        "Figures that change (1)",
        "Commitments that change (1)",
        "Passages that change (2)",
    ]
    assert "Open a &lt;b&gt;hub&lt;/b&gt; by 2027" in seen(sources)
    assert "Activity · theme 1, Skills · due by 2027" in seen(sources)
    assert "<del>home, compared to 9% in England.</del> <ins>home.</ins>" in seen(sources)


def test_what_is_discarded_changes_nothing(sources: AppTest, built: Settings, own_log: Path) -> None:
    before = (built.corpus / "plan.md").read_bytes(), current(built.index_folder)
    press(give(sources, "plan.md", plan("14%")), "Discard")
    assert ((built.corpus / "plan.md").read_bytes(), current(built.index_folder)) == before
    assert "Publish" not in labels(sources)
    assert not own_log.exists()


def test_a_file_that_cannot_be_read_says_why_and_offers_nothing_to_publish(sources: AppTest) -> None:
    give(sources, "broken.pdf", b"not a pdf")
    assert "broken.pdf is not a PDF" in seen(sources)
    assert "Publish" not in labels(sources)
    press(sources, "Back")


def test_a_document_is_taken_out_after_a_question(sources: AppTest, built: Settings, own_log: Path) -> None:
    press(sources, "Take out")
    assert (built.corpus / "jobs.csv").exists()
    press(sources, "Take it out")
    sources.run()
    assert "jobs.csv was taken out." in sources.success[0].value
    assert not (built.corpus / "jobs.csv").exists()
    assert "jobs.csv" in own_log.read_text(encoding="utf-8")


def test_a_reader_is_offered_nothing_to_change(app_of: Opens, built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "request", lambda: None)
    app = at_sources(app_of(built.corpus, built.index_folder))
    assert "Exampleton Borough Council Economic Plan" in seen(app)
    assert not app.file_uploader
    assert not {"Take out", "Read and compare"} & set(labels(app))


def test_editors_see_what_visitors_sent_and_readers_do_not(
    sources: AppTest, built: Settings, own_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No gap has been noted" in seen(sources)
    built = built.model_copy(update={"log_folder": own_log.parent})
    feedback.note_gap(built, "How many <b>zebras</b> are there?", "g")
    feedback.rate(built, "Who leads theme 2?", False, "It is out of date", "g")
    sources.run()
    assert "How many &lt;b&gt;zebras&lt;/b&gt; are there?" in seen(sources)
    assert "Not useful: Who leads theme 2? “It is out of date”" in seen(sources)
    monkeypatch.setattr(who, "request", lambda: None)
    assert "zebras" not in seen(sources.run())


def test_the_first_document_can_be_added_to_an_empty_corpus(app_of: Opens, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "corpus", tmp_path / "index")
    settings.corpus.mkdir()
    app = at_sources(app_of(settings.corpus, settings.index_folder))
    assert "There is nothing to answer from yet" in seen(app)
    press(give(app, "plan.md", plan("14%")), "Publish")
    assert "plans/plan.md was added." in app.success[0].value


def test_what_the_audit_finds_stands_with_its_document_and_opens(app: AppTest) -> None:
    at_sources(app)
    app.toggle[0].set_value(True).run()
    assert "Targets" not in app.exception and "Weak target" in seen(app)
    app.session_state["sources-open"] = 1
    app.run()
    assert "<mark" in seen(app)
    assert "Close" in labels(app)
