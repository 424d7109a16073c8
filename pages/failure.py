"""What a visitor is told when something goes wrong: one sentence and a number, under which the rest is logged."""

import logging
import secrets

import streamlit as st

from pages.who import may_edit

_LOG = logging.getLogger("planchat")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when it is read out


class Told(Exception):
    """Something went wrong, and the visitor has been told of it."""


def say_so(error: Exception) -> bool:
    """Tell the visitor, and log the trace under the number that they see; True: Streamlit need say nothing itself."""
    if isinstance(error, Told):
        return True
    number = _number()
    _LOG.error("Error %s was shown to a visitor.", number, exc_info=error)
    st.error(
        "Sorry, something went wrong, and this page could not be shown in full. Load it again; if that does not help, "
        f"give the number {number} to whoever looks after planchat for you."
    )
    return True


def for_whom(sentence: str, instead: str) -> str:
    """The sentence, where whoever looks may do something about it; others get ``instead`` and a number, and it is logged.

    Such a sentence names folders and commands, which are no business of a visitor's.
    """
    if may_edit():
        return sentence
    number = _number()
    _LOG.error("Error %s was shown to a visitor: %s", number, sentence)
    return f"{instead} If that lasts, give the number {number} to whoever looks after planchat for you."


def _number() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(6))
