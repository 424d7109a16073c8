"""Briefing: a note on a theme or a topic to take away, a draft checked against the sources, and what is doubtful in them."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answering.answer import Answer, Citation
from briefing.brief import Briefer, Briefing, Chosen, NotBriefed, name_of, words_of
from briefing.chart import comparison
from briefing.comments import commented
from briefing.draft import KINDS, Draft, draft_of, read_draft
from briefing.draft_check import DraftChecker
from briefing.markdown import as_written
from briefing.note import as_html, as_markdown, body_html
from briefing.verdict import Finding
from briefing.word import as_word
from corpus.index import Generation
from ingestion.errors import UnreadableFile
from pages import basket
from pages.audited import audit_of
from pages.counted import number_of
from pages.draft_view import WORDS, audit_html, draft_html, findings_html
from pages.markup import cited_by
from pages.opened import opened
from pages.ordering import kept_in_order, move_buttons
from pages.source_view import opened_number, show_opened, words_with_sources
from pages.uploader import name_uploaders
from prompts import reply

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOWNLOAD = ":material/download:"
A_TOPIC, KEPT = "Another topic", "Kept answers alone"


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked draft, with a copy for Word in which the verdicts are comments, or a sentence that says why there is none."""

    draft: Draft
    findings: tuple[Finding, ...]
    copy: bytes | None = None
    no_copy: str = ""


@st.cache_resource(show_spinner="Reading the sources…", max_entries=2)
def briefer_of(_generation: Generation, generation: str) -> Briefer:
    """Makes briefings; one for all visitors of a state of the corpus, for it holds nothing of any of them."""
    return Briefer(_generation)


@st.cache_resource(show_spinner="Reading the sources…", max_entries=2)
def checker_of(_generation: Generation, generation: str) -> DraftChecker:
    """Checks drafts; it keeps none of them."""
    return DraftChecker(_generation)


# ---- a note ----


def kept_answers(generation: Generation) -> tuple[Answer, ...]:
    """The answers that the visitor kept, to be ordered and taken out. Those over another state of the corpus stay out."""
    kept = basket.basket()
    if not kept:
        return ()
    st.html(f'<h2 class="choice">Kept answers ({len(kept)})</h2>')
    for place, one in enumerate(kept):
        words = as_written(one.checked.answer.question)
        note = "" if one.generation == generation.id else " (left out: the sources have changed since; ask it again)"
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"briefing-answers-ordered-{place}", gap="small"
        ):
            st.markdown(f"{words}{note}", width="stretch")
            move_buttons(words, place, len(kept), f"briefing-answer-{place}", basket.move)
            st.button(
                f"Take out: {words}", key=f"briefing-answer-{place}-out", icon=":material/delete:", type="tertiary",
                help="Take out", on_click=basket.remove, args=(place,),
            )  # fmt: skip
    return tuple(one.checked.answer for one in kept if one.generation == generation.id)


def choice_of(full: Briefing | None, generation: Generation, key: str) -> Chosen:
    """What the officer keeps of a briefing, in their order, the answers that they kept, and what they add."""
    figures: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    with st.expander("Choose, reorder, and add your own words", key=f"{key}-choice"):
        if full is not None:
            named = {
                row.figure.id: f"{row.text}: {row.figure.measure} ({row.figure.area or 'no area'})"
                for row in full.figures
            }
            figures = kept_in_order("Key figures", named, f"{key}-figures") if named else ()
            said = {p.commitment.id: words_of(p.commitment) for p in full.promises}
            promises = kept_in_order("Commitments", said, f"{key}-commitments") if said else ()
        answers = kept_answers(generation)
        own = st.text_area(
            "Your own text", key=f"{key}-own", help="Every figure in it is checked against the sources, and cited."
        )
    return Chosen(figures, promises, own, answers)


def show_note(generation: Generation) -> None:
    """A briefing note with the officer's choices, and the ways to take it away."""
    briefer = briefer_of(generation, generation.id)
    themes = {theme.heading: theme for theme in generation.themes}
    count = len(basket.basket())
    subject = st.selectbox(
        "Briefing on", [*themes, A_TOPIC, KEPT], key="briefing-theme", persist_state="session",
        format_func=lambda name: f"{name} ({count})" if name == KEPT else name,
    )  # fmt: skip
    topic = ""
    if subject == A_TOPIC:
        topic = st.text_input(
            "Topic", placeholder="For example: retail jobs and the town centre", key="briefing-topic",
            persist_state="session",
        )  # fmt: skip
        if not topic.strip():
            st.html('<p class="quiet">Say what the briefing is to be about, in a few words.</p>')
            return
    today = date.today()

    def made_with(chosen: Chosen) -> Briefing:
        if subject == KEPT:
            return briefer.answers(today, chosen)
        if subject == A_TOPIC:
            return briefer.topic(topic, today, chosen)
        return briefer.theme(themes[subject], today, chosen)

    try:
        full = made_with(Chosen()) if subject != KEPT else None
        made = made_with(choice_of(full, generation, f"briefing-{name_of(topic or subject)}"))
    except NotBriefed as problem:
        st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
        return
    _show_made(made, generation)


def _show_made(made: Briefing, generation: Generation) -> None:
    """The note as it will look in Word, beside the source that was opened from it, and the ways to take it away."""
    chart = comparison([row.figure for row in made.figures], generation.gazetteer)
    name = name_of(made.title)
    word, page, text = (partial(make, made, chart) for make in (as_word, as_html, as_markdown))
    with st.container(horizontal=True):
        st.download_button(
            "Download for Word", word, f"{name}.docx", WORD, on_click="ignore", icon=DOWNLOAD, type="primary"
        )
        st.download_button("HTML", page, f"{name}.html", "text/html", on_click="ignore", icon=DOWNLOAD)
        st.download_button("Markdown", text, f"{name}.md", "text/markdown", on_click="ignore", icon=DOWNLOAD)
    with _beside(made.sources, generation, "note"), st.container(key="note"):
        words_with_sources(f'<div class="paper">{body_html(made, chart, cited_by)}</div>', "note")


# ---- a draft ----


def show_check(generation: Generation) -> None:
    """A draft, typed or uploaded, with a verdict on each of its figures."""
    typed = st.text_area(
        "Draft text", height=160, placeholder="Paste a draft or a press release here.", key="draft-text"
    )
    given = st.file_uploader("Or a file", [kind.lstrip(".") for kind in KINDS], key="draft-file")
    name_uploaders()
    if given is None and not typed.strip():
        st.html(
            '<p class="quiet">Each figure of the draft is held against the sources: supported, contradicted or not '
            "found. The draft is kept nowhere.</p>"
        )
        return
    try:
        checked = _checked(given.name if given else "", given.getvalue() if given else typed.encode(), generation)
    except UnreadableFile as problem:
        st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
        return
    findings = checked.findings
    if not findings:
        st.info(reply("check.no_figures"))
        return
    if checked.copy is not None:
        st.download_button(
            "Draft with comments, for Word", checked.copy, "draft-checked.docx", WORD, on_click="ignore", icon=DOWNLOAD
        )
    else:
        st.html(f'<p class="problem" role="alert">{escape(checked.no_copy)}</p>')
    counted = ", ".join(f"{sum(f.verdict is v for f in findings)} {said}" for v, said in WORDS.items())
    st.html(f'<p role="status">{number_of(len(findings), "figure")}: {counted}.</p>')
    with _beside([f.citation for f in findings], generation, "draft"):
        found = f'<h2 class="visually-hidden">What was found</h2>{findings_html(findings)}'
        words_with_sources(draft_html(checked.draft, findings) + found, "draft")


def _checked(name: str, content: bytes, generation: Generation) -> Checked:
    """The draft's verdicts, worked out once for each draft. They are kept in the visitor's own session alone."""
    key = f"{hashlib.sha256(name.encode() + content).hexdigest()} {generation.id}"
    held: tuple[str, Checked] | None = st.session_state.get("draft-checked")
    if held is not None and held[0] == key:
        return held[1]
    with st.spinner("Checking the draft…"), tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"draft{Path(name).suffix.lower()}" if name else None
        if file is not None:
            file.write_bytes(content)
        draft = read_draft(file, generation) if file is not None else draft_of(content.decode(), generation)
        findings = tuple(checker_of(generation, generation.id).check(draft))
        try:
            checked = Checked(draft, findings, commented(draft, findings, file) if findings else None)
        except UnreadableFile as problem:
            checked = Checked(draft, findings, no_copy=str(problem))
    st.session_state["draft-checked"] = (key, checked)
    return checked


# ---- the audit ----


def show_audit(generation: Generation) -> None:
    """What a careful statistician would query in the sources."""
    queries = audit_of(generation, generation.id)
    if not queries:
        st.info(reply("audit.none"))
        return
    with _beside([q.citations[0] for q in queries], generation, "audit"):
        words_with_sources(f'<h2 class="visually-hidden">What is doubtful</h2>{audit_html(queries)}', "audit")


def _beside(citations: Sequence[Citation | None], generation: Generation, key: str) -> DeltaGenerator:
    """The place of a text from which sources are opened; the one that is open stands beside it."""
    number = opened_number(key)
    chosen = citations[number - 1] if 0 < number <= len(citations) else None
    left, right = st.columns([11, 10] if chosen else [20, 1], gap="large")
    if chosen is not None:
        with right:
            show_opened(chosen, generation, key)
    return left


asker = opened()
generation = asker.generation
basket.fill(asker)
st.html('<h1 class="page">Briefing</h1>')
for question in basket.lost():
    st.warning(as_written(reply("basket.lost", question=question)))
if not generation.themes and not generation.figures and not generation.tables:
    st.info("The sources have no themes and no figures to brief on. Ask a question instead.")
    st.stop()
VIEWS = {"Briefing note": show_note, "Check a draft": show_check, "Source audit": show_audit}
view = st.segmented_control(
    "View", list(VIEWS), default="Briefing note", label_visibility="collapsed", key="briefing-view"
)
VIEWS[view or "Briefing note"](generation)
