"""The log of questions: off unless it is turned on, without who asked, and gone when its time is over.

The server looks every hour for what is too old, and for what visitors sent too (feedback.py).

One file a day holds that day's questions, so that what is too old is deleted as whole files.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from answering.answer import CheckedAnswer
from corpus.settings import Settings
from pages.feedback import FILE as FEEDBACK
from pages.feedback import NotKept, gaps
from pages.log import append

_LOG = logging.getLogger("planchat")
FOLDER = "questions"
HOUR_S = 3600


def keep_question(question: str, checked: CheckedAnswer | None) -> None:
    """Write down a question and how it was answered (None: it was not), if the installation wants that.

    The day is written, not the time: with a time, a line could be matched to a visit in another log.
    """
    settings = Settings()
    if not settings.log_questions:
        return
    today = datetime.now(UTC).date()
    status = checked.answer.status.value if checked else None
    entry = {"day": today.isoformat(), "question": question, "status": status}
    try:
        forget_old_questions(settings, today)
        append(settings.logs / FOLDER / f"{today.isoformat()}.jsonl", entry)
    except OSError:  # a full disk keeps no answer back
        _LOG.exception("A question could not be written into the log of questions.")


def forget_old_questions(settings: Settings, today: date) -> list[Path]:
    """Delete the days whose time is over, whether or not questions are still kept; gives the files deleted."""
    oldest = today - timedelta(days=settings.log_days - 1)
    old = [file for file in (settings.logs / FOLDER).glob("*.jsonl") if file.stem < oldest.isoformat()]
    for file in old:
        file.unlink(missing_ok=True)
    return old


def forget_old(settings: Settings, today: date) -> None:
    """Delete what is too old of all that visitors sent or asked; what cannot be deleted now is tried again later."""
    try:
        forget_old_questions(settings, today)
        if (settings.logs / FEEDBACK).exists():
            gaps(settings, today)  # what is too old goes whenever the file is opened
    except (OSError, NotKept):
        _LOG.exception("What is too old could not be deleted.")


@asynccontextmanager
async def forgetting(_app: object) -> AsyncIterator[None]:
    """While the server runs: delete what is too old at its start, and look again every hour."""

    async def look() -> None:
        while True:
            forget_old(Settings(), datetime.now(UTC).date())
            await asyncio.sleep(HOUR_S)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
