"""What a visitor is told when something goes wrong that nobody foresaw: one sentence and a number; the trace is logged."""

import logging
import secrets

import streamlit as st

_LOG = logging.getLogger("planchat")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when it is read out


class Told(Exception):
    """Something went wrong, and the visitor has been told of it."""


def say_so(error: Exception) -> bool:
    """Tell the visitor, and log the trace under the number that they see; True: Streamlit need say nothing itself."""
    if isinstance(error, Told):
        return True
    number = "".join(secrets.choice(_LETTERS) for _ in range(6))
    _LOG.error("Error %s was shown to a visitor.", number, exc_info=error)
    st.error(
        "Sorry, something went wrong, and this page could not be shown in full. Load it again; if that does not help, "
        f"give the number {number} to whoever looks after planchat for you."
    )
    return True
