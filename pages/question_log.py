"""The log of questions: off unless it is turned on, without who asked, and gone when its time is over.

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


@asynccontextmanager
async def forgetting(_app: object) -> AsyncIterator[None]:
    """While the server runs: delete what is too old at its start, and look again every hour."""

    async def look() -> None:
        while True:
            forget_old_questions(Settings(), datetime.now(UTC).date())
            await asyncio.sleep(HOUR_S)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
