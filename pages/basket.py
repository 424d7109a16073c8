"""What a visitor has kept for a briefing: checked answers, in this browser session only and for nobody else."""

from dataclasses import dataclass

import streamlit as st

from answering.answer import CheckedAnswer


@dataclass(frozen=True, slots=True)
class Kept:
    """A checked answer as it was given, and the generation of the corpus that it was given over."""

    checked: CheckedAnswer
    generation: str


def basket() -> list[Kept]:
    """What is kept, in the visitor's order. A list of its own: changing it changes nothing."""
    return list(_held())


def add(checked: CheckedAnswer, generation: str) -> None:
    """Keep an answer, unless the same one is kept already."""
    if not holds(checked, generation):
        _held().append(Kept(checked, generation))


def holds(checked: CheckedAnswer, generation: str) -> bool:
    """Whether this answer is kept."""
    return any(k.generation == generation and k.checked.answer == checked.answer for k in _held())


def drop(checked: CheckedAnswer, generation: str) -> None:
    """Keep this answer no longer."""
    _held()[:] = [k for k in _held() if k.generation != generation or k.checked.answer != checked.answer]


def remove(i: int) -> None:
    """Take out the answer at that place, from 0; a place that is not there changes nothing."""
    if 0 <= i < len(_held()):
        del _held()[i]


def move(i: int, by: int) -> None:
    """Move the answer at that place up (by -1) or down (by 1), as far as there is room."""
    held = _held()
    if 0 <= i < len(held):
        held.insert(max(0, i + by), held.pop(i))


def _held() -> list[Kept]:
    held: list[Kept] = st.session_state.setdefault("basket", [])
    return held
