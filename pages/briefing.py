"""Briefing: a short note on a theme, to read here and to take away."""

import re
from datetime import date

import streamlit as st

from briefing.note import theme_note
from pages.opened import opened

generation = opened().generation
st.html('<h1 class="page">Briefing</h1>')
if not generation.themes:
    st.info("The sources have no themes to brief on. Ask a question instead.")
    st.stop()

themes = {theme.heading: theme for theme in generation.themes}
chosen = st.selectbox("Theme", list(themes), key="briefing-theme")
note = theme_note(generation, themes[chosen], date.today())
name = re.sub(r"[^a-z0-9]+", "-", chosen.lower()).strip("-")
st.download_button(
    "Download the note", note, f"briefing-{name}.md", "text/markdown", on_click="ignore", icon=":material/download:"
)
with st.container(border=True, key="note"):
    st.markdown(note)
