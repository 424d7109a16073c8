"""What can be done with an answer: keep it for a briefing, copy it, share its address; and what is behind it."""

from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st

from answering.answer import CheckedAnswer, Status
from corpus.index import Generation
from pages import basket
from pages.plain import as_plain
from pages.saved import show_save
from prompts import reply

_HERE = Path(__file__).parent
_COPY = (_HERE / "copy.js").read_text(encoding="utf-8")
_ICONS = {
    "answer": "M9 9h10v12H9zM5 15V3h10",
    "link": "M10 14l4-4M8 12l-2 2a3 3 0 0 0 4 4l2-2M12 8l2-2a3 3 0 0 1 4 4l-2 2",
}
_BUTTONS = "".join(
    f'<button type="button" data-copy="{name}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="{line}"/></svg>'
    "<span></span></button>"
    for name, line in _ICONS.items()
)
_HTML = f'<div class="copy">{_BUTTONS}<textarea hidden readonly rows="6"></textarea></div>'


def show_actions(checked: CheckedAnswer, generation: Generation, at: datetime, key: str) -> None:
    """The row of actions under an answer."""
    with st.container(key=f"{key}-actions", horizontal=True, gap="small", vertical_alignment="center"):
        if checked.answer.status is Status.ANSWERED:
            _show_basket(checked, generation.id, key)
        _show_copy(checked, generation, key)
        if checked.answer.status is Status.ANSWERED:
            show_save(checked, at, key)


def show_receipt(checked: CheckedAnswer, at: datetime, key: str) -> None:
    """What an answer can be traced by, folded."""
    with st.expander(reply("receipt.title"), key=f"{key}-about"):
        st.html(receipt_html(checked, at))


def _show_basket(checked: CheckedAnswer, generation: str, key: str) -> None:
    kept = basket.holds(checked, generation)
    label, icon = ("Take out of briefing", "remove") if kept else ("Add to briefing", "add")
    change = keep_no_longer if kept else keep
    arguments = (checked, generation)
    st.button(label, f"{key}-keep", type="tertiary", icon=f":material/{icon}:", on_click=change, args=arguments)
    if kept:
        st.page_link(_HERE / "briefing.py", label=_number_kept())


def _show_copy(checked: CheckedAnswer, generation: Generation, key: str) -> None:
    data = {
        "plain": as_plain(checked.answer, generation.documents),
        "question": checked.answer.standalone,
        **{name: reply(f"copy.{name}") for name in ("answer", "link", "copied", "refused")},
    }
    st.components.v2.component("copy", html=_HTML, js=_COPY, isolate_styles=False)(
        data=data, key=f"{key}-copy", width="content"
    )


def keep(checked: CheckedAnswer, generation: str) -> None:
    """Add an answer to the briefing, and say so."""
    basket.add(checked, generation)
    say(f"Added. {_number_kept()}.")


def keep_no_longer(checked: CheckedAnswer, generation: str) -> None:
    """Take an answer out of the briefing, and say so."""
    basket.drop(checked, generation)
    say(f"Taken out. {_number_kept()}.")


def _number_kept() -> str:
    count = len(basket.basket())
    return f"{count or 'No'} answer{' is' if count == 1 else 's are'} kept for your briefing"


def say(words: str) -> None:
    """Have something read out to those who listen to the page; it stands until something else is said."""
    st.session_state["said"] = words


def receipt_html(checked: CheckedAnswer, at: datetime) -> str:
    """What an answer can be traced by: when it was given, over which sources, by which planchat and which model."""
    receipt = checked.receipt
    rows = {
        "Answered": f"{at.day} {at:%B %Y, %H:%M}",
        "State of the sources": receipt.corpus,
        "planchat": receipt.planchat,
        "Judge": receipt.judge or "–",
        "Language model": receipt.model or reply("receipt.no_model"),
        "Time taken": f"{sum(checked.timing_ms.values()) / 1000:.1f} seconds",
    }
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in rows.items())
    answered = checked.answer.status is Status.ANSWERED
    held = f'<p class="quiet">{escape(reply("receipt.checked"))}</p>' if answered else ""
    return f'<dl class="receipt">{told}</dl>{held}'
