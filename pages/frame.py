"""What stands round every page: who is signed in above it, and below it the links that every page must offer."""

from html import escape
from pathlib import Path

import streamlit as st

from corpus.settings import Settings
from pages.tab import keep_in_tab
from pages.who import may_edit, providers, sign_in_is_set, visitor

PAGES = Path(__file__).parent
_NAMES = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
OPEN_TO_ALL = ("Accessibility statement", "Privacy notice")


def head() -> None:
    """Who is looking, and where people sign in or out."""
    if not sign_in_is_set():
        return
    who = visitor()
    with st.container(key="visitor", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if who.account is None:
            sign_in_buttons("tertiary")
        else:
            st.html(
                f'<p class="quiet">Signed in as <strong>{escape(who.name or "")}</strong>, {who.role}</p>',
                width="content",
            )
            st.button("Sign out", on_click=st.logout, type="tertiary", key="sign-out")


def sign_in_buttons(look: str) -> None:
    """One button for each place where people can sign in."""
    for provider in providers():
        label = f"Sign in with {provider.capitalize()}" if provider else "Sign in"
        key = f"sign-in-{look}-{provider or 'default'}"
        st.button(
            label, on_click=st.login, args=(provider,), type="primary" if look == "primary" else "tertiary", key=key
        )


def is_open(title: str) -> bool:
    """Whether this visitor may read the page of this title: two pages are everybody's, even where readers must sign in."""
    return Settings().sign_in == "optional" or title in OPEN_TO_ALL or visitor().account is not None


def ask_to_sign_in() -> None:
    """In place of a page that only people who have signed in may read."""
    st.html('<h1 class="page">Sign in to planchat</h1>')
    if not sign_in_is_set():
        st.error("Only people who sign in may read this, and no sign-in is set up. Tell whoever looks after planchat.")
        return
    st.html('<p class="about">Only people who sign in may read this.</p>')
    with st.container(key="sign-in"):
        sign_in_buttons("primary")


def foot(may_read: bool) -> None:
    """Links that stand at the end of every page, and what is kept of questions, where anything is.

    may_read: whether the visitor may read the page that stands above.
    """
    settings = Settings()
    with st.container(key="foot"):
        names = st.components.v2.component("frame", html="<div></div>", js=_NAMES, isolate_styles=False)
        names(key="frame", height=1)
        keep_in_tab(may_read)
        if settings.log_questions:
            st.html(
                f'<p class="quiet">Questions are kept for {settings.log_days} days, without who asked. '
                "Do not type anything about a person.</p>"
            )
        with st.container(horizontal=True, gap="medium", key="foot-links"):
            for name, title in (("accessibility", OPEN_TO_ALL[0]), ("privacy", OPEN_TO_ALL[1])):
                st.page_link(PAGES / f"{name}.py", label=title)
            if may_edit():
                st.page_link(PAGES / "edits.py", label="What editors did")
