"""Questions are kept only where that is turned on, without who asked, and no longer than is said."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.settings import Settings
from pages.feedback import FILE, note_gap
from pages.question_log import FOLDER, forget_old, forget_old_questions, forgetting, keep_question
from tests.app.visitor import gone_through

TODAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANCHAT_LOG_FOLDER", str(tmp_path))
    return tmp_path / FOLDER


def days_kept(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*"))


def put_days(folder: Path, *days: date) -> None:
    folder.mkdir(exist_ok=True)
    for day in days:
        (folder / f"{day.isoformat()}.jsonl").write_text("{}\n", encoding="utf-8")


def test_nothing_is_kept_unless_it_is_turned_on(folder: Path) -> None:
    keep_question("Who leads Theme 1?", None)
    assert not folder.exists()


def test_a_question_is_kept_with_its_day_and_nothing_of_who_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCHAT_LOG_QUESTIONS", "on")
    keep_question("Who leads\nTheme 1?", None)
    (file,) = folder.glob("*")
    day = datetime.now(UTC).date().isoformat()
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "day": day, "question": "Who leads\nTheme 1?", "status": None,
    }  # fmt: skip
    assert file.stat().st_mode & 0o077 == 0


def test_a_day_is_deleted_when_its_time_is_over(folder: Path) -> None:
    put_days(folder, *(TODAY - timedelta(days=n) for n in range(4)))
    forget_old_questions(Settings(log_days=2), TODAY)
    assert days_kept(folder) == ["2026-11-23", "2026-11-24"]


def test_a_new_question_drives_out_the_old(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHAT_LOG_QUESTIONS", "on")
    monkeypatch.setenv("PLANCHAT_LOG_DAYS", "7")
    put_days(folder, date(2026, 1, 1))
    keep_question("Who leads Theme 1?", None)
    assert days_kept(folder) == [datetime.now(UTC).date().isoformat()]


def test_the_server_deletes_the_old_when_it_starts_even_where_nothing_is_kept_any_more(folder: Path) -> None:
    put_days(folder, date(2026, 1, 1))

    async def start() -> None:
        async with forgetting(None):
            while days_kept(folder):
                await asyncio.sleep(0)

    gone_through(asyncio.wait_for(start(), timeout=30))
    assert days_kept(folder) == []


def test_what_visitors_sent_is_deleted_in_time_though_nobody_opens_it(folder: Path) -> None:
    settings = Settings(feedback_days=10)
    note_gap(settings, "Who leads Theme 9?", "g1", TODAY - timedelta(days=10))
    note_gap(settings, "Who leads Theme 8?", "g1", TODAY - timedelta(days=9))
    forget_old(settings, TODAY)
    with closing(sqlite3.connect(settings.logs / FILE)) as kept:
        assert kept.execute("SELECT question FROM sent").fetchall() == [("Who leads Theme 8?",)]


def test_a_question_asked_in_the_app_is_kept(app: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHAT_LOG_QUESTIONS", "on")
    app.run().chat_input[0].set_value("What share of Dacorum residents have NVQ4?").run()
    app.chat_input[0].set_value("What share of Dacorum residents own a boat?").run()
    (file,) = folder.glob("*")
    kept = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(k["question"], k["status"]) for k in kept] == [
        ("What share of Dacorum residents have NVQ4?", "answered"),
        ("What share of Dacorum residents own a boat?", "not_found"),
    ]
