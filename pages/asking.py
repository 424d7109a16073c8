"""A question is answered beside the page's own thread, so that a visitor who stops it is not kept waiting."""

import threading
from collections.abc import Sequence

import streamlit as st

from answering.answer import CheckedAnswer
from answering.ask import Asker

_LOOK_S = 0.05  # seconds between two looks at whether the answer is there, or the visitor has stopped


def answered(asker: Asker, question: str, history: Sequence[str]) -> CheckedAnswer:
    """The answer. Where the visitor stops, Streamlit's own way of stopping goes through here, and nothing is kept.

    Raises what the asker raises.
    """
    given: list[CheckedAnswer] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            given.append(asker.ask(question, history))
        except Exception as error:  # raised again below, in the visitor's own thread
            failed.append(error)

    worker = threading.Thread(target=work, name="answer", daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_LOOK_S)
        st.session_state.get("conversation")  # looking into the session is where Streamlit stops a run
    if failed:
        raise failed[0]
    return given[0]
