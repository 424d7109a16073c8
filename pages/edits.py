"""What editors did: who, when and what. Only editors read it."""

from datetime import datetime
from html import escape

import streamlit as st

from pages.who import Edit, edits, may_edit


def row(edit: Edit) -> str:
    """One line of the table."""
    when = datetime.fromisoformat(edit.at).strftime("%-d %B %Y, %H:%M UTC") if edit.at else ""
    cells = (("Who", edit.who), ("What", edit.action), ("Of what", edit.detail))
    rest = "".join(f'<td data-label="{name}">{escape(text)}</td>' for name, text in cells)
    return f"<tr><th scope='row'>{when}</th>{rest}</tr>"


st.html('<h1 class="page">What editors did</h1>')
if not may_edit():
    st.html('<p class="about">Only editors can read this.</p>')
elif done := edits():
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("When", "Who", "What", "Of what"))
    st.html(f'<table class="figures"><thead><tr>{head}</tr></thead><tbody>{"".join(map(row, done))}</tbody></table>')
else:
    st.html('<p class="about">No editor has changed anything yet.</p>')
