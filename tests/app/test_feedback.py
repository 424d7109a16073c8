"""What visitors send is kept as they sent it, says nothing of them, and goes when its time is over."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.settings import Settings
from pages.feedback import FILE, Gap, NotKept, Rating, gaps, note_gap, rate, ratings
from tests.app.seen import labels, seen
from tests.app.test_ask import NVQ4, ask, press

TAX = "What is the council tax in Dacorum?"
TODAY = date(2026, 11, 24)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index", log_folder=None, feedback_days=30)


def test_a_gap_is_kept_once_with_how_often_it_was_sent(settings: Settings) -> None:
    note_gap(settings, TAX, "g1", TODAY)
    note_gap(settings, "Who pays?", "g1", TODAY)
    note_gap(settings, TAX.upper(), "g2", TODAY)
    assert [(g.question.lower(), g.times) for g in gaps(settings, TODAY)] == [(TAX.lower(), 2), ("who pays?", 1)]


def test_a_rating_is_kept_with_its_reason(settings: Settings) -> None:
    rate(settings, NVQ4, False, "  the year\nis missing ", "g1", TODAY)
    rate(settings, NVQ4, True, "", "g1", TODAY)
    assert ratings(settings, TODAY) == [
        Rating(NVQ4, True, None, TODAY, "g1"),
        Rating(NVQ4, False, "the year is missing", TODAY, "g1"),
    ]
    assert gaps(settings, TODAY) == []


def test_what_is_too_old_is_gone_from_the_file(settings: Settings) -> None:
    note_gap(settings, TAX, "g1", TODAY)
    assert gaps(settings, TODAY + timedelta(days=29)) == [Gap(TAX, TODAY, "g1")]
    assert gaps(settings, TODAY + timedelta(days=30)) == []
    file = settings.logs / FILE
    assert b"council tax" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_nothing_is_kept_of_who_sent_it(settings: Settings) -> None:
    note_gap(settings, TAX, "g1", TODAY)
    with sqlite3.connect(settings.logs / FILE) as kept:
        columns = [row[1] for row in kept.execute("PRAGMA table_info(sent)")]
    assert columns == ["id", "kind", "day", "question", "useful", "reason", "corpus"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises(NotKept, match="could not be kept"):
        note_gap(Settings(index=tmp_path / "index", log_folder=None), TAX, "g1")


def test_a_gap_is_noted_only_when_it_is_sent(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHAT_LOG_FOLDER", str(tmp_path / "log"))
    ask(app.run(), TAX)
    assert not (tmp_path / "log" / FILE).exists()
    assert "officers see your question, word for word" in seen(app)
    press(app, "Note this gap")
    assert "The gap is noted" in seen(app)
    assert "Note this gap" not in labels(app)
    assert [g.question for g in gaps(Settings(log_folder=tmp_path / "log"))] == [TAX]


def test_a_rating_is_sent_with_its_reason_when_the_visitor_sends_it(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCHAT_LOG_FOLDER", str(tmp_path / "log"))
    ask(app.run(), NVQ4)
    app.session_state["answer-0-thumbs"] = 0
    app.run()
    assert not (tmp_path / "log" / FILE).exists()
    next(t for t in app.text_input if t.key == "answer-0-reason").set_value("The year is missing").run()
    press(app, "Send")
    assert "Thank you" in seen(app)
    kept = ratings(Settings(log_folder=tmp_path / "log"))
    assert [(r.question, r.useful, r.reason) for r in kept] == [(NVQ4, False, "The year is missing")]


def test_where_nothing_is_to_be_kept_nothing_is_offered(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHAT_FEEDBACK_DAYS", "0")
    ask(app.run(), TAX)
    assert "Note this gap" not in labels(app)
    assert "Was this useful?" not in seen(app)
