"""What visitors chose to send: gaps in the sources, and whether an answer was useful and why. Nothing about who sent it.

It is kept in a file beside the index, in no generation of it, for as many days as the settings say; what is older goes
whenever the file is opened. Of the time, only the day is kept.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpus.settings import Settings

FILE = "feedback.sqlite"
LONGEST_REASON = 500  # characters
MOST = 5_000  # kept of each kind; the oldest go first
_WAIT_S = 10.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS sent (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, day TEXT NOT NULL, question TEXT NOT NULL,"
    " useful INTEGER, reason TEXT, corpus TEXT NOT NULL)"
)


class NotKept(Exception):
    """What was sent could not be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the sources did not answer. corpus: the generation that was asked. times: how often it was sent."""

    question: str
    day: date
    corpus: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Rating:
    """Whether an answer was useful, with the reason if one was given."""

    question: str
    useful: bool
    reason: str | None
    day: date
    corpus: str


def note_gap(settings: Settings, question: str, corpus: str, today: date | None = None) -> None:
    """Keep a question that the sources do not answer. Raises NotKept."""
    _keep(settings, ("gap", question, None, None, corpus), today)


def rate(settings: Settings, question: str, useful: bool, reason: str, corpus: str, today: date | None = None) -> None:
    """Keep whether an answer was useful. Raises NotKept."""
    said = " ".join(reason.split())[:LONGEST_REASON] or None
    _keep(settings, ("rating", question, int(useful), said, corpus), today)


def gaps(settings: Settings, today: date | None = None) -> list[Gap]:
    """The gaps that are kept, each question once, the newest first. Raises NotKept where they cannot be read."""
    query = (
        "SELECT question, MAX(day), corpus, COUNT(*) FROM sent WHERE kind = 'gap' GROUP BY LOWER(question) "
        "ORDER BY MAX(id) DESC"
    )
    with _opened(settings, today) as kept:
        rows = kept.execute(query).fetchall()
    return [Gap(question, date.fromisoformat(day), corpus, times) for question, day, corpus, times in rows]


def ratings(settings: Settings, today: date | None = None) -> list[Rating]:
    """The ratings that are kept, the newest first. Raises NotKept where they cannot be read."""
    query = "SELECT question, useful, reason, day, corpus FROM sent WHERE kind = 'rating' ORDER BY id DESC"
    with _opened(settings, today) as kept:
        rows = kept.execute(query).fetchall()
    return [Rating(q, bool(useful), reason, date.fromisoformat(day), corpus) for q, useful, reason, day, corpus in rows]


def _keep(settings: Settings, sent: tuple[str, str, int | None, str | None, str], today: date | None) -> None:
    kind, question, useful, reason, corpus = sent
    day = (today or datetime.now(UTC).date()).isoformat()
    row = (kind, day, " ".join(question.split()), useful, reason, corpus)
    with _opened(settings, today) as kept:
        kept.execute("INSERT INTO sent (kind, day, question, useful, reason, corpus) VALUES (?, ?, ?, ?, ?, ?)", row)
        kept.execute(
            "DELETE FROM sent WHERE kind = ? AND id NOT IN (SELECT id FROM sent WHERE kind = ? ORDER BY id DESC LIMIT ?)",
            (kind, kind, MOST),
        )


@contextmanager
def _opened(settings: Settings, today: date | None) -> Iterator[sqlite3.Connection]:
    """The file, with what is too old gone from it."""
    last = (today or datetime.now(UTC).date()) - timedelta(days=settings.feedback_days)
    try:
        folder = settings.logs
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        kept = sqlite3.connect(file, timeout=_WAIT_S)
        try:
            _for_its_owner_alone(file)
            kept.execute("PRAGMA secure_delete = ON")
            with kept:
                kept.execute(_TABLE)
                kept.execute("DELETE FROM sent WHERE day <= ?", (last.isoformat(),))
                yield kept
        finally:
            kept.close()
    except (sqlite3.Error, OSError) as problem:
        raise NotKept("It could not be kept: there is no room for it, or it may not be written.") from problem


def _for_its_owner_alone(file: Path) -> None:
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)
