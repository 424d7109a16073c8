"""Thirty people in one committee room: all are answered, each their own questions, and nobody sees another's."""

import asyncio
import statistics
import time
from html import escape
from pathlib import Path

import pytest

from answering.answer import Status
from answering.ask import Asker
from evals.questions import load
from tests.app.served import served
from tests.app.visitor import Visitor, gone_through

pytestmark = pytest.mark.slow
VISITORS = 30
QUESTIONS = Path(__file__).parent.parent.parent / "evals" / "questions" / "plan.jsonl"


def different_questions(asker: Asker, each: int) -> list[tuple[str, list[str]]]:
    """So many for each visitor, each with the figures of its answer as one person alone gets them."""
    found: list[tuple[str, list[str]]] = []
    for question in load([QUESTIONS]):
        if question.history or any(question.question in q or q in question.question for q, _ in found):
            continue
        answer = asker.ask(question.question, []).answer
        if answer.status is Status.ANSWERED and answer.figures:
            found.append((question.question, [figure.text for figure in answer.figures]))
        if len(found) == each * VISITORS:
            break
    return found


async def visit(address: str, questions: list[str], ready: asyncio.Barrier) -> tuple[Visitor, list[str], list[float]]:
    """One visitor's words after each of their questions, and how long each took, in seconds."""
    shown, took = [], []
    async with Visitor(address) as visitor:
        await visitor.open()
        for question in questions:
            await ready.wait()
            begun = time.monotonic()
            await visitor.ask(question)
            took.append(time.monotonic() - begun)
            shown.append("\n".join(visitor.words))
    return visitor, shown, took


@pytest.mark.parametrize("each", [1, pytest.param(2, marks=pytest.mark.sweep)])
def test_thirty_visitors_at_once_are_each_answered_and_see_only_their_own(
    built_index: Path, asker: Asker, tmp_path: Path, each: int
) -> None:
    questions = different_questions(asker, each)
    theirs = [questions[n::VISITORS] for n in range(VISITORS)]
    assert all(len(own) == each for own in theirs)

    async def all_at_once(address: str) -> list[tuple[Visitor, list[str], list[float]]]:
        ready = asyncio.Barrier(VISITORS)
        return await asyncio.gather(*(visit(address, [q for q, _ in own], ready) for own in theirs))

    with served(built_index, tmp_path / "log") as address:
        visits = gone_through(all_at_once(address))
    for asked, (visitor, shown, _) in zip(theirs, visits, strict=True):
        assert visitor.trouble == []
        for (question, figures), words in zip(asked, shown, strict=True):
            assert escape(question) in words or question in words
            assert [text for text in figures if text not in words and escape(text) not in words] == []
        own = {question for question, _ in asked}
        others = [q for q, _ in questions if q not in own and (escape(q) in shown[-1] or q in shown[-1])]
        assert others == []
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in log and "Error " not in log
    times = sorted(t for *_, took in visits for t in took)
    middle, slow = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"{VISITORS} visitors at once, {len(times)} questions: half within {middle:.1f} s, 95% within {slow:.1f} s")
