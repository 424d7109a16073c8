"""The source audit of a state of the corpus, made once for everybody who looks."""

import streamlit as st

from briefing.audit import Query, audit
from corpus.index import Generation


@st.cache_resource(show_spinner="Looking at the sources…", max_entries=2)
def audit_of(_generation: Generation, generation: str) -> list[Query]:
    """What is doubtful in the sources; it holds nothing of any visitor."""
    return audit(_generation)
