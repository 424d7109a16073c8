"""What a visitor may send about an answer: that the sources have a gap, or whether it was useful and why.

Nothing is sent by looking or by asking: only a button that says so sends, and what is kept is said beside it.
"""

from collections.abc import Callable
from html import escape

import streamlit as st

from answering.answer import CheckedAnswer, Status
from briefing.markdown import as_written
from corpus.settings import Settings
from pages.actions import say
from pages.counted import number_of
from pages.feedback import LONGEST_REASON, NotKept, note_gap, rate
from prompts import reply


def show_sending(checked: CheckedAnswer, key: str) -> None:
    """What can be sent about an answer; nothing where the settings keep nothing."""
    settings = Settings()
    if not settings.feedback_days:
        return
    if st.session_state.get(f"{key}-sent"):
        st.html(f'<p class="quiet">{escape(st.session_state[f"{key}-sent"])}</p>')
        return
    if problem := st.session_state.get(f"{key}-not-sent"):
        st.warning(as_written(problem))
    if checked.answer.status is Status.NOT_FOUND:
        _show_gap(checked, settings, key)
    elif checked.answer.status is Status.ANSWERED:
        _show_thumbs(checked, settings, key)


def _show_gap(checked: CheckedAnswer, settings: Settings, key: str) -> None:
    with st.container(key=f"{key}-gap", gap="xsmall"):
        st.html(f'<p class="quiet">{escape(reply("feedback.gap", days=_days(settings)))}</p>')
        st.button("Note this gap", f"{key}-note-gap", icon=":material/flag:", on_click=_note, args=(checked, key))


def _show_thumbs(checked: CheckedAnswer, settings: Settings, key: str) -> None:
    with st.container(key=f"{key}-rating", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html('<p class="quiet useful">Was this useful?</p>', width="content")
            chosen = st.feedback("thumbs", key=f"{key}-thumbs")
        if chosen is None:
            return
        reason = "What was useful?" if chosen else "What was wrong or missing?"
        st.text_input(f"{reason} (you need not say)", key=f"{key}-reason", max_chars=LONGEST_REASON)
        st.html(f'<p class="quiet">{escape(reply("feedback.rating", days=_days(settings)))}</p>')
        st.button("Send", f"{key}-send", on_click=_rate, args=(checked, key))


def _days(settings: Settings) -> str:
    return number_of(settings.feedback_days, "day")


def _note(checked: CheckedAnswer, key: str) -> None:
    question, corpus = checked.answer.standalone, checked.receipt.corpus
    _send(lambda: note_gap(Settings(), question, corpus), reply("feedback.noted"), key)


def _rate(checked: CheckedAnswer, key: str) -> None:
    useful, reason = bool(st.session_state[f"{key}-thumbs"]), st.session_state[f"{key}-reason"]
    question, corpus = checked.answer.standalone, checked.receipt.corpus
    _send(lambda: rate(Settings(), question, useful, reason, corpus), reply("feedback.thanks"), key)


def _send(sending: Callable[[], None], done: str, key: str) -> None:
    try:
        sending()
    except NotKept as problem:
        st.session_state[f"{key}-not-sent"] = str(problem)
        say(str(problem))
        return
    st.session_state[f"{key}-sent"] = done
    say(done)
