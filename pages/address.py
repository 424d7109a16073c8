"""The address of the Ask page holds the conversation's questions (``?q=``, oldest first), so that it can be shared.

An answer's own link holds its question alone, made standalone: what it shares says nothing of the questions before it.
"""

from collections.abc import Sequence

import streamlit as st

from pages.talk import is_part

MOST_QUESTIONS = 12  # of one conversation in the address; the oldest are left out first
MOST_CHARACTERS = 3_000  # of them together: what every browser and proxy takes


def asked_by_address(ours: Sequence[str]) -> list[str]:
    """The questions of an address that a visitor opened, once; none where it is one of this conversation's own.

    ours: the conversation's questions. The browser's back button leads to where it had fewer of them.
    """
    questions = [q for q in st.query_params.get_all("q") if q.strip()][-MOST_QUESTIONS:]
    if questions in _known() or is_part(questions, ours):
        return []
    _known().append(questions)
    return questions


def remember(questions: Sequence[str]) -> None:
    """Put a conversation's questions into the address, the newest as they fit."""
    kept: list[str] = []
    for question in reversed(questions[-MOST_QUESTIONS:]):
        if sum(map(len, (question, *kept))) > MOST_CHARACTERS:
            break
        kept.insert(0, question)
    if kept not in _known():
        _known().append(kept)
    if kept != st.query_params.get_all("q"):
        st.query_params.from_dict({"q": kept})


def _known() -> list[list[str]]:
    """The addresses that were asked or written. The browser may send an older one while a new one is under way."""
    known: list[list[str]] = st.session_state.setdefault("addresses", [[]])
    return known
