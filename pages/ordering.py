"""A list of things to keep or leave out, in an order of the visitor's own: by buttons, so that a keyboard will do."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from briefing.markdown import as_written


def kept_in_order(title: str, things: Mapping[str, str], key: str) -> tuple[str, ...]:
    """The ids of the things that are kept, in the visitor's order.

    things: for each id the words that tell it. key: tells one such list from another; what was chosen is remembered by it.
    """
    order: list[str] = st.session_state.setdefault(f"{key}-order", list(things))
    order[:] = [i for i in order if i in things] + [i for i in things if i not in order]
    left_out: set[str] = st.session_state.setdefault(f"{key}-out", set())
    st.html(f'<h2 class="choice">{title} ({len(things) - len(left_out & set(things))} of {len(things)})</h2>')
    for place, name in enumerate(order):
        words = things[name] if len(things[name]) <= 120 else f"{things[name][:120]}…"
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-ordered-{place}", gap="small"):
            kept = st.checkbox(as_written(words), name not in left_out, key=f"{key}-keep-{name}", width="stretch")
            (left_out.discard if kept else left_out.add)(name)
            move_buttons(as_written(words), place, len(order), f"{key}-{name}", partial(_move, order))
    return tuple(name for name in order if name not in left_out)


def move_buttons(words: str, place: int, count: int, key: str, move: Callable[[int, int], None]) -> None:
    """The buttons that move a thing up and down: the one at ``place`` of ``count``. move: is given the place, and by how much."""
    for by, icon, said in ((-1, "arrow_upward", "up"), (1, "arrow_downward", "down")):
        st.button(
            f"Move {said}: {words}", key=f"{key}-{said}", icon=f":material/{icon}:", type="tertiary", help=f"Move {said}",
            disabled=not 0 <= place + by < count, on_click=move, args=(place, by),
        )  # fmt: skip


def _move(order: list[str], place: int, by: int) -> None:
    order.insert(place + by, order.pop(place))
