"""The browser's way in: navigation over the pages, one look for all of them. Start it with ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from pages.failure import say_so
from pages.headers import SafeHeaders
from pages.opened import opened

PAGES = Path(__file__).parent / "pages"


def show() -> None:
    """One visit to one page."""
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
    opened(empty=page.url_path == "sources")
    page.run()


if __name__ == "__main__":
    show()
else:
    # The server imports this file and serves ``app``; Streamlit then runs the file for each visit. The folder named
    # ``pages`` is not what an older Streamlit took such a folder for.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, middleware=[Middleware(SafeHeaders)], on_script_error=say_so)
