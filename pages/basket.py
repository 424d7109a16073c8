"""What a visitor has kept for a briefing: checked answers, in this browser session only and for nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from answering.answer import CheckedAnswer, Status
from answering.ask import Asker, QuestionError
from pages.asking import answered


@dataclass(frozen=True, slots=True)
class Kept:
    """A checked answer as it was given, and the generation of the corpus that it was given over."""

    checked: CheckedAnswer
    generation: str

    @property
    def question(self) -> str:
        """The question, to be understood without those before it: what the answer is known by."""
        return self.checked.answer.standalone


def basket() -> list[Kept]:
    """What is kept, in the visitor's order. A list of its own: changing it changes nothing."""
    return list(_held())


def questions() -> list[str]:
    """The questions whose answers are kept, in the visitor's order; those that are still to be asked again come last."""
    return [k.question for k in _held()] + _to_ask()


def add(checked: CheckedAnswer, generation: str) -> None:
    """Keep an answer, unless the same one is kept already."""
    if not holds(checked, generation):
        _held().append(Kept(checked, generation))


def holds(checked: CheckedAnswer, generation: str) -> bool:
    """Whether this answer is kept."""
    return any(_same(k, checked, generation) for k in _held())


def drop(checked: CheckedAnswer, generation: str) -> None:
    """Keep this answer no longer."""
    _held()[:] = [k for k in _held() if not _same(k, checked, generation)]


def remove(i: int) -> None:
    """Take out the answer at that place, from 0; a place that is not there changes nothing."""
    if 0 <= i < len(_held()):
        del _held()[i]


def move(i: int, by: int) -> None:
    """Move the answer at that place up (by -1) or down (by 1), as far as there is room."""
    held = _held()
    if 0 <= i < len(held):
        held.insert(max(0, i + by), held.pop(i))


def ask_again(earlier: Iterable[str]) -> None:
    """Have questions asked again whose answers were kept before the page was loaded again; ``fill`` asks them."""
    _to_ask().extend(earlier)


def fill(asker: Asker) -> None:
    """Ask what is to be asked again, and keep the answers. What the sources no longer answer is in ``lost``."""
    if not _to_ask():
        return
    with st.spinner("Looking in the sources…"):
        while _to_ask():
            if not _kept_again(_to_ask()[0], asker):
                lost().append(_to_ask()[0])
            del _to_ask()[0]


def _kept_again(question: str, asker: Asker) -> bool:
    try:
        checked = answered(asker, question, ())
    except QuestionError:
        return False
    if checked.answer.status is not Status.ANSWERED:
        return False
    add(checked, asker.generation.id)
    return True


def lost() -> list[str]:
    """The questions whose answers were kept, and which the sources answered no longer when they were asked again."""
    questions: list[str] = st.session_state.setdefault("basket-lost", [])
    return questions


def _same(kept: Kept, checked: CheckedAnswer, generation: str) -> bool:
    now, then = checked.answer, kept.checked.answer
    return (kept.generation, then.standalone, then.text) == (generation, now.standalone, now.text)


def _held() -> list[Kept]:
    held: list[Kept] = st.session_state.setdefault("basket", [])
    return held


def _to_ask() -> list[str]:
    waiting: list[str] = st.session_state.setdefault("basket-waiting", [])
    return waiting
