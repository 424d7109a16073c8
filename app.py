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
    ],
    position="top",
)
opened()
page.run()
