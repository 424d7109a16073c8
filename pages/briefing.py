"""Briefing: a note on a theme or a topic to take away, a draft checked against the sources, and what is doubtful in them."""

import tempfile
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answering.answer import Citation
from answering.say import shown
from briefing.brief import Briefer, Briefing, Chosen, NotBriefed, name_of, words_of
from briefing.chart import comparison
from briefing.comments import commented
from briefing.draft import KINDS, draft_of, read_draft
from briefing.draft_check import DraftChecker
from briefing.markdown import as_written
from briefing.note import as_html, as_markdown
from briefing.word import as_word
from corpus.index import Generation
from ingestion.errors import UnreadableFile
from pages.audited import audit_of
from pages.draft_view import WORDS, audit_html, draft_html, findings_html
from pages.opened import opened
from pages.source_view import opened_number, show_opened, words_with_sources
from prompts import reply

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A_TOPIC = "Another topic"


@st.cache_resource(show_spinner="Reading the sources…", max_entries=2)
def briefer_of(_generation: Generation, generation: str) -> Briefer:
    """Makes briefings; one for all visitors of a state of the corpus, for it holds nothing of any of them."""
    return Briefer(_generation)


@st.cache_resource(show_spinner="Reading the sources…", max_entries=2)
def checker_of(_generation: Generation, generation: str) -> DraftChecker:
    """Checks drafts; it keeps none of them."""
    return DraftChecker(_generation)


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


def show_note(generation: Generation) -> None:
    """A briefing note with the officer's choices, and the ways to take it away."""
    briefer = briefer_of(generation, generation.id)
    themes = {theme.heading: theme for theme in generation.themes}
    subject = st.selectbox("Theme", [*themes, A_TOPIC], key="briefing-theme")
    topic = (
        st.text_input("Topic", placeholder="For example: retail jobs and the town centre") if subject == A_TOPIC else ""
    )
    if subject == A_TOPIC and not topic.strip():
        return
    today = date.today()
    try:
        full = briefer.topic(topic, today) if subject == A_TOPIC else briefer.theme(themes[subject], today)
        chosen = choice_of(full, f"briefing-{name_of(topic or subject)}")
        made = (
            briefer.topic(topic, today, chosen) if subject == A_TOPIC else briefer.theme(themes[subject], today, chosen)
        )
    except NotBriefed as problem:
        st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
        return
    chart = comparison([row.figure for row in made.figures], generation.gazetteer)
    note = as_markdown(made, chart)
    name = name_of(made.title)
    with st.container(horizontal=True):
        st.download_button(
            "Download for Word",
            as_word(made, chart),
            f"{name}.docx",
            WORD,
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button("HTML", as_html(made, chart), f"{name}.html", "text/html", on_click="ignore")
        st.download_button("Markdown", note, f"{name}.md", "text/markdown", on_click="ignore")
    with st.container(border=True, key="note"):
        st.markdown(note)
        if chart is not None:
            st.image(chart.png, caption=chart.caption, width=chart.width)


def show_check(generation: Generation) -> None:
    """A draft, typed or uploaded, with a verdict on each of its figures."""
    typed = st.text_area(
        "Draft text", height=160, placeholder="Paste a draft or a press release here.", key="draft-text"
    )
    given = st.file_uploader("Or a file", [kind.lstrip(".") for kind in KINDS], key="draft-file")
    if given is None and not typed.strip():
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"draft{Path(given.name).suffix.lower()}" if given is not None else None
        try:
            if file is not None and given is not None:
                file.write_bytes(given.getvalue())
            draft = read_draft(file, generation) if file is not None else draft_of(typed, generation)
        except UnreadableFile as problem:
            st.error(as_written(str(problem)))
            return
        findings = checker_of(generation, generation.id).check(draft)
        if not findings:
            st.info(reply("check.no_figures"))
            return
        copy = commented(draft, findings, file)
    st.download_button(
        "Draft with comments, for Word", copy, "draft-checked.docx", WORD, on_click="ignore", icon=":material/download:"
    )
    counted = ", ".join(f"{sum(f.verdict is v for f in findings)} {said}" for v, said in WORDS.items())
    st.html(f'<p role="status">{len(findings)} figures: {counted}.</p>')
    left, right = st.columns([11, 10], gap="large")
    with left:
        st.html(draft_html(draft, findings))
        words_with_sources(findings_html(findings), "draft")
    _opened_beside(right, [f.citation for f in findings], generation, "draft")


def show_audit(generation: Generation) -> None:
    """What a careful statistician would query in the sources."""
    queries = audit_of(generation, generation.id)
    if not queries:
        st.info(reply("audit.none"))
        return
    left, right = st.columns([11, 10], gap="large")
    with left:
        words_with_sources(audit_html(queries), "audit")
    _opened_beside(right, [q.citations[0] for q in queries], generation, "audit")


def _opened_beside(
    place: DeltaGenerator, citations: Sequence[Citation | None], generation: Generation, key: str
) -> None:
    """The source that was opened from a list, in the column beside it."""
    number = opened_number(key)
    chosen = citations[number - 1] if 0 < number <= len(citations) else None
    if chosen is not None:
        with place:
            show_opened(chosen, generation, key)


generation = opened().generation
st.html('<h1 class="page">Briefing</h1>')
if not generation.themes and not generation.figures:
    st.info("The sources have no themes and no figures to brief on. Ask a question instead.")
    st.stop()
VIEWS = {"Briefing note": show_note, "Check a draft": show_check, "Source audit": show_audit}
view = st.segmented_control(
    "View", list(VIEWS), default="Briefing note", label_visibility="collapsed", key="briefing-view"
)
VIEWS[view or "Briefing note"](generation)
