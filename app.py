"""The browser's way in: the server, navigation over the pages, one look for all of them. Start it with ``streamlit run app.py``.

The server reads this file once, when it starts: what is wrong in it is seen then, and never by a visitor.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.failure import Told, say_so
from pages.frame import OPEN_TO_ALL, ask_to_sign_in, foot, head, is_open
from pages.headers import SafeHeaders
from pages.question_log import forgetting
from pages.talk import follow

PAGES = Path(__file__).parent / "pages"


def show() -> None:
    """One visit to one page."""
    follow()
    page = st.navigation(
        [
            st.Page(PAGES / "ask.py", title="Ask", default=True),
            st.Page(PAGES / "commitments.py", title="Commitments"),
            st.Page(PAGES / "indicators.py", title="Indicators"),
            st.Page(PAGES / "briefing.py", title="Briefing"),
            st.Page(PAGES / "sources.py", title="Sources"),
            st.Page(PAGES / "accessibility.py", title=OPEN_TO_ALL[0], visibility="hidden"),
            st.Page(PAGES / "privacy.py", title=OPEN_TO_ALL[1], visibility="hidden"),
            st.Page(PAGES / "edits.py", title="What editors did", visibility="hidden"),
        ],
        position="top",
    )
    st.set_page_config(page_title=f"{page.title} – planchat", page_icon=PAGES / "icon.svg", layout="wide")
    st.html(PAGES / "style.css")
    st.html(PAGES / "frame.css")
    may_read = is_open(page.title)
    if may_read:
        head()
    body = st.container(key="body")
    foot(may_read)  # before the page runs, for a page may stop
    with body:
        if not may_read:
            ask_to_sign_in()
            return
        try:
            page.run()
        except Exception as error:
            say_so(error)
            raise Told from error


if __name__ == "__main__":
    show()
else:
    # The server imports this file and serves ``app``; Streamlit then runs visit.py for each visit.
    app = st.App(PAGES / "visit.py", lifespan=forgetting, middleware=[Middleware(SafeHeaders)], on_script_error=say_so)
