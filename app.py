"""The browser's way in: navigation over the pages, one look for all of them. Start it with ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from pages.opened import opened

PAGES = Path(__file__).parent / "pages"

st.set_page_config(page_title="planchat", page_icon=PAGES / "icon.svg", layout="wide")
st.html(PAGES / "style.css")
page = st.navigation(
    [
        st.Page(PAGES / "ask.py", title="Ask", default=True),
        st.Page(PAGES / "commitments.py", title="Commitments"),
        st.Page(PAGES / "indicators.py", title="Indicators"),
        st.Page(PAGES / "briefing.py", title="Briefing"),
        st.Page(PAGES / "sources.py", title="Sources"),
    ],
    position="top",
)
opened()
page.run()
