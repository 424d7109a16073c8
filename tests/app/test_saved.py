"""A saved answer says, when the corpus has changed, whether its figures still stand and what changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answering.ask import open_asker
from corpus.settings import Settings
from ingestion.build import ingest
from pages.saved import NotASavedAnswer, read_saved, saved_file, saved_html
from tests.app.seen import labels, seen
from tests.app.test_ask import ask

HOME = "What share of Exampleton residents work from home?"
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def rewrite(settings: Settings, old: str, new: str) -> None:
    plan = settings.corpus / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ingest(settings)


def test_a_saved_answer_is_read_back_as_it_was_given(built: Settings) -> None:
    checked = open_asker(built).ask(HOME)
    saved = read_saved(saved_file(checked, AT))
    assert saved.question == checked.answer.standalone
    assert [f.figure().text for f in saved.figures] == ["12%", "9%"]
    assert saved.corpus == checked.receipt.corpus
    assert saved.citations[0].quote == checked.answer.citations[0].quote


def test_a_saved_answer_tells_over_a_new_generation_what_changed(built: Settings) -> None:
    asker = open_asker(built)
    saved = read_saved(saved_file(asker.ask(HOME), AT))
    assert "The sources are the same as then: every figure stands." in saved_html(saved, asker)
    rewrite(built, "Jobs\n\n", "Jobs\n\nMore is known now.\n\n")
    assert "all its figures still stand" in saved_html(saved, open_asker(built))
    rewrite(built, "12%", "14%")
    html = saved_html(saved, open_asker(built))
    assert "Figures that still stand: 1 of 2." in html
    assert '<span class="moved">12% → 14%</span>' in html
    rewrite(built, "14% of residents work from home, compared to 9% in England", "many people keep bees")
    assert "The sources no longer answer this." in saved_html(saved, open_asker(built))


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b'{"planchat_saved_answer": 2}', b"\x00\xff", b"{" * 10_000, b" " * 600_000],
)
def test_what_is_no_saved_answer_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(NotASavedAnswer, match="an answer that was saved here"):
        read_saved(content)


def test_what_a_file_says_is_shown_as_text(built: Settings) -> None:
    asker = open_asker(built)
    saved = read_saved(saved_file(asker.ask(HOME), AT))
    hostile = saved.model_copy(update={"answer": "<img src=x onerror=alert(1)>", "question": "<b>Who</b>?"})
    html = saved_html(hostile, asker)
    assert "<img" not in html and "<b>" not in html


def test_an_answer_of_the_conversation_says_when_it_no_longer_stands(
    app_of: Callable[[Path, Path], AppTest], built: Settings
) -> None:
    app = ask(app_of(built.corpus, built.index_folder).run(), HOME)
    assert "Save" in [element.label for element in app.get("download_button")]
    assert 'class="standing"' not in seen(app)
    rewrite(built, "12%", "14%")
    page = seen(app.run())
    assert "Figures that still stand: 1 of 2." in page
    assert "12% → 14%" in page
    assert labels(app)
