"""What the browser's tab keeps of a visit, so that a reload of any page loses nothing: the questions that were asked, and
those whose answers are kept for a briefing.

They lie in the tab's own storage: no request carries them, no other tab sees them, and they go when the tab is closed. A
visit that begins in the tab is given them back, and they are asked again over the sources as they are then.
"""

import hashlib
import secrets
from pathlib import Path
from typing import Annotated

import streamlit as st
from pydantic import BaseModel, Field, ValidationError

from answering.ask import LONGEST_QUESTION
from pages import basket
from pages.talk import ask_again, is_part, questions
from pages.who import visitor

MOST = 30  # questions, and kept answers; of questions the newest
_JS = (Path(__file__).parent / "tab.js").read_text(encoding="utf-8")

_Questions = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)], ...], Field(max_length=MOST)
]


class Held(BaseModel):
    """What a tab gives back. account: whose it is, as ``_account`` tells it."""

    account: str
    questions: _Questions
    kept: _Questions


def keep_in_tab(may_read: bool) -> None:
    """Have the tab keep what there is now, and give back what it kept of an earlier visit.

    may_read: whether the visitor may read the page; where not, as after signing out, the tab is to keep nothing.
    """
    data = {
        "visit": st.session_state.setdefault("visit", secrets.token_hex(8)),
        "account": _account(),
        "questions": questions()[-MOST:],
        "kept": basket.questions()[-MOST:],
        "taken": not may_read or "tab-given" in st.session_state,
    }
    component = st.components.v2.component("tab", html="<div></div>", js=_JS, isolate_styles=False)
    component(key="tab", data=data, on_held_change=_take, height=1)


def _take() -> None:
    """Take over what the tab kept. It comes from a browser, so it is checked; and it must be this visitor's own."""
    given = getattr(st.session_state.get("tab"), "held", None)
    if not given or "tab-given" in st.session_state:  # it did not arrive, and is given again; or it came twice
        return
    held = _checked(given)
    if held is not None and held.account in ("", _account()):
        now = questions()
        # An address may have begun the same conversation already, or a part of it; another address has begun another.
        if now != list(held.questions) and is_part(now, held.questions):
            ask_again(held.questions)
        basket.ask_again(held.kept)
    st.session_state["tab-given"] = True  # last, for a run may be cut short before


def _checked(given: str) -> Held | None:
    try:
        return Held.model_validate_json(given)
    except ValidationError:
        return None  # somebody else's making: no visit of ours leaves such a thing


def _account() -> str:
    """What tells one account from another; nothing where nobody has signed in."""
    account = visitor().account
    return hashlib.sha256(account.encode()).hexdigest()[:16] if account else ""
