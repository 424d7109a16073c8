"""Briefing: a note on a theme or a topic, with the officer's choice of figures and their own words, to take away."""

from datetime import date
from html import escape

import streamlit as st

from answering.say import shown
from briefing.brief import Briefer, Briefing, Chosen, NotBriefed, name_of, words_of
from briefing.chart import comparison
from briefing.note import as_html, as_markdown
from briefing.word import as_word
from corpus.index import Generation
from pages.opened import opened

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A_TOPIC = "Another topic"


@st.cache_resource(show_spinner="Reading the sources…", max_entries=2)
def briefer_of(_generation: Generation, generation: str) -> Briefer:
    """Makes briefings; one for all visitors of a state of the corpus, for it holds nothing of any of them."""
    return Briefer(_generation)


def choice_of(full: Briefing, key: str) -> Chosen:
    """What the officer keeps of a briefing, in their order, and what they add."""
    figures = {
        row.figure.id: f"{shown(row.figure)}: {row.figure.measure} ({row.figure.area or 'no area'})"
        for row in full.figures
    }
    promises = {p.commitment.id: words_of(p.commitment) for p in full.promises}
    with st.expander("Choose what to keep, and add your own words"):
        kept = st.multiselect(
            "Key figures, in the order chosen",
            list(figures),
            list(figures),
            format_func=figures.__getitem__,
            key=f"{key}-figures",
        )
        promised = st.multiselect(
            "Commitments", list(promises), list(promises), format_func=promises.__getitem__, key=f"{key}-commitments"
        )
        own = st.text_area(
            "Your own text", key=f"{key}-own", help="Every figure in it is checked against the sources, and cited."
        )
    return Chosen(tuple(kept), tuple(promised), own)


generation = opened().generation
st.html('<h1 class="page">Briefing</h1>')
if not generation.themes and not generation.figures:
    st.info("The sources have no themes and no figures to brief on. Ask a question instead.")
    st.stop()

briefer = briefer_of(generation, generation.id)
themes = {theme.heading: theme for theme in generation.themes}
subject = st.selectbox("Theme", [*themes, A_TOPIC], key="briefing-theme")
topic = st.text_input("Topic", placeholder="For example: retail jobs and the town centre") if subject == A_TOPIC else ""
if subject == A_TOPIC and not topic.strip():
    st.stop()
today = date.today()
try:
    full = briefer.topic(topic, today) if subject == A_TOPIC else briefer.theme(themes[subject], today)
    chosen = choice_of(full, f"briefing-{name_of(topic or subject)}")
    made = briefer.topic(topic, today, chosen) if subject == A_TOPIC else briefer.theme(themes[subject], today, chosen)
except NotBriefed as problem:
    st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
    st.stop()
chart = comparison([row.figure for row in made.figures], generation.gazetteer)
note = as_markdown(made, chart)
name = name_of(made.title)
with st.container(horizontal=True):
    st.download_button(
        "Download for Word", as_word(made, chart), f"{name}.docx", WORD, on_click="ignore", icon=":material/download:"
    )
    st.download_button("HTML", as_html(made, chart), f"{name}.html", "text/html", on_click="ignore")
    st.download_button("Markdown", note, f"{name}.md", "text/markdown", on_click="ignore")
with st.container(border=True, key="note"):
    st.markdown(note)
    if chart is not None:
        st.image(chart.png, caption=chart.caption, width=chart.width)
