"""What Streamlit's file uploader leaves out for people who use a screen reader."""

from pathlib import Path

import streamlit as st

_NAME_UPLOADER = (Path(__file__).parent / "name_uploader.js").read_text(encoding="utf-8")


def name_uploaders() -> None:
    """Give the place where files are dropped a role. Call it once on a page that has an uploader."""
    component = st.components.v2.component("name_uploader", html="<div></div>", js=_NAME_UPLOADER, isolate_styles=False)
    component(key="name-uploader", height=1)
