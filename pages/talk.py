"""The conversation of a visit: its exchanges, and the questions that wait to be asked.

A question waits until it is answered, whatever cuts the page's run short meanwhile; only the visitor's stop takes it away.
What buttons and the box for questions do before the page runs is only noted, and done by ``follow`` in one order: presses that
come close together arrive together, in no order at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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


def is_part(some: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether some questions stand in a conversation, one after another."""
    return any(list(whole[i : i + len(some)]) == list(some) for i in range(len(whole) - len(some) + 1))


@dataclass(slots=True)
class Notes:
    """What the visitor did since the page ran. Nothing of Streamlit is called in noting it: there a run may be cut short, and
    what was pressed would be lost.
    """

    questions: list[str] = field(default_factory=list)
    starting_again: bool = False
    stopping: bool = False

    def ask(self, question: str) -> None:
        """A question, to be asked as soon as the page runs."""
        self.questions.append(question)

    def start_again(self) -> None:
        """The conversation is to be forgotten. A question that is noted, too, is the first of the next one."""
        self.starting_again = True

    def stop(self) -> None:
        """What waits is not to be answered. A question that is noted, too, was asked after it and is."""
        self.stopping = True


def notes() -> Notes:
    """What this visitor did since the page ran."""
    noted: Notes = st.session_state.setdefault("notes", Notes())
    return noted


def was_stopped() -> bool:
    """Whether the visitor stopped, and has asked nothing since."""
    return bool(st.session_state.get("stopped"))


def follow() -> None:
    """Do what was noted. Run it before anything else."""
    queue, noted = waiting(), notes()
    if noted.starting_again:
        _forget()
        noted.starting_again = False
    if noted.stopping:
        queue.clear()
        say(reply("ask.stopped"))
        st.session_state["stopped"] = True
        noted.stopping = False
    elif noted.questions:
        st.session_state["stopped"] = False
    queue.extend(map(Waiting, noted.questions))
    noted.questions.clear()


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
