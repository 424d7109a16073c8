"""The conversation of a visit: its exchanges, and the questions that wait to be asked.

A question waits until it is answered, whatever cuts the page's run short meanwhile; only the visitor's stop takes it away.
What buttons and the box for questions do before the page runs is only noted, and done by ``follow`` in one order: presses that
come close together arrive together, in no order at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from pages.actions import say
from pages.answer_view import Exchange
from prompts import reply


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that is not answered yet. new: the visitor asks it now; otherwise it is asked again, as after a reload."""

    text: str
    new: bool = True


def conversation() -> list[Exchange]:
    """The exchanges of this visitor's session, oldest first."""
    exchanges: list[Exchange] = st.session_state.setdefault("conversation", [])
    return exchanges


def waiting() -> list[Waiting]:
    """The questions that wait, the next one first."""
    questions: list[Waiting] = st.session_state.setdefault("waiting", [])
    return questions


def questions() -> list[str]:
    """All questions of the conversation, those that wait too, oldest first; what could not be asked is left out."""
    return [e.question for e in conversation() if e.error is None] + [w.text for w in waiting()]


def ask_next(question: str) -> None:
    """Note a question, to be asked as soon as the page runs."""
    _noted().append(question)


def start_again() -> None:
    """Note that the conversation is to be forgotten. A question that was noted, too, is the first of the next one."""
    st.session_state["starting-again"] = True


def stop() -> None:
    """Note that what waits is not to be answered. A question that was noted, too, was asked after it and is."""
    st.session_state["stopping"] = True


def was_stopped() -> bool:
    """Whether the visitor stopped, and has asked nothing since."""
    return bool(st.session_state.get("stopped"))


def follow() -> None:
    """Do what was noted. Run it before anything else."""
    queue, noted = waiting(), _noted()
    if st.session_state.get("starting-again"):
        _forget()
        st.session_state["starting-again"] = False
    if st.session_state.get("stopping"):
        queue.clear()
        say(reply("ask.stopped"))
        st.session_state["stopping"], st.session_state["stopped"] = False, True
    elif noted:
        st.session_state["stopped"] = False
    queue.extend(map(Waiting, noted))
    noted.clear()


def ask_again(earlier: Iterable[str]) -> None:
    """Begin anew with these questions, which have been asked before."""
    _forget()
    waiting().extend(Waiting(text, new=False) for text in earlier)


def _forget() -> None:
    for name in [str(n) for n in st.session_state if str(n).startswith("answer-")]:
        del st.session_state[name]
    conversation().clear()
    waiting().clear()
    st.session_state["stopped"] = False
    say("")


def _noted() -> list[str]:
    noted: list[str] = st.session_state.setdefault("noted", [])
    return noted
