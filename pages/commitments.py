"""Commitments: what the plan says will be done or reached, by theme, and what it leaves out."""

from html import escape

import streamlit as st

from answering.answer import Citation
from answering.cite import citation
from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.index import Generation
from pages.csv_file import csv_file
from pages.markup import badge, cited_by
from pages.opened import opened
from pages.source_view import opened_number, show_opened, where, words_with_sources
from prompts import reply

KEY = "commitments"
COLUMNS = ("Theme number", "Theme", "Kind", "Commitment", "Led by", "Partners", "Due", "Source")


def partners(generation: Generation) -> list[str]:
    """Every organisation that leads or supports a theme."""
    named = {name for c in generation.commitments for name in (*c.partners, *([c.lead] if c.lead else []))}
    return sorted(named, key=str.casefold)


def kinds(generation: Generation) -> list[CommitmentKind]:
    """The kinds that the corpus has, in the order of a logic chain."""
    known = {c.kind for c in generation.commitments}
    return [kind for kind in CommitmentKind if kind in known]


def concerns(commitment: Commitment, partner: str) -> bool:
    """Whether the partner leads it, supports it, or is named in it."""
    return partner in (*commitment.partners, commitment.lead) or partner in commitment.text


def words(commitment: Commitment) -> str:
    """The commitment in the plan's words."""
    text = ", ".join(commitment.partners) if commitment.kind is CommitmentKind.SUPPORT else commitment.text
    return text.replace("**", "")


def theme_html(theme: Theme, chosen: list[tuple[int, Commitment]], generation: Generation, with_missing: bool) -> str:
    """A theme's commitments by kind, each with the button that opens its source."""
    status = generation.documents[theme.document].status
    parts = [f"<h2>{escape(theme.heading)} {badge(status)}</h2>"]
    if theme.summary:
        parts.append(f"<p>{escape(theme.summary)}</p>")
    if with_missing and theme.missing:
        parts.append(f'<p class="missing">Not stated in the plan: {escape(", ".join(theme.missing))}.</p>')
    for kind in CommitmentKind:
        of_kind = [(number, c) for number, c in chosen if c.kind is kind]
        if of_kind:
            items = "".join(_item(number, c) for number, c in of_kind)
            parts.append(f"<h3>{escape(reply(f'parts.{kind.value}'))}</h3><ul>{items}</ul>")
    return f'<section class="theme">{"".join(parts)}</section>'


def _item(number: int, commitment: Commitment) -> str:
    text = words(commitment)
    due = (
        f' <span class="quiet">({escape(commitment.due)})</span>'
        if commitment.due and commitment.due not in text
        else ""
    )
    button = cited_by(number, "source", f"Open the source of: {text[:80]}")
    return f'<li class="{"under" if commitment.parent else "item"}">{escape(text)}{due} {button}</li>'


def row(commitment: Commitment, generation: Generation) -> tuple[object, ...]:
    """A commitment as a row of the CSV file."""
    c = commitment
    source = where(_source(c, generation))
    return (c.theme_number, c.theme, c.kind.value, words(c), c.lead, "; ".join(c.partners), c.due, source)


def _source(commitment: Commitment, generation: Generation) -> Citation:
    place = commitment.location
    document = generation.documents[place.document]
    quote = document.text[place.start : place.end]
    return citation(1, document, place, quote, None, ((place.start, place.end),))


generation = opened().generation
st.html('<h1 class="page">Commitments</h1>')
if not generation.commitments:
    st.info("The sources state no commitments by theme.")
    st.stop()

headings = [t.heading for t in generation.themes]
with st.container(horizontal=True, key="filters"):
    theme = st.selectbox("Theme", headings, index=None, placeholder="All themes")
    kind = st.selectbox(
        "Kind", kinds(generation), index=None, placeholder="All kinds", format_func=lambda k: reply(f"parts.{k.value}")
    )
    partner = st.selectbox("Partner", partners(generation), index=None, placeholder="All partners")

themes = [t for t in generation.themes if theme in (None, t.heading)]
numbered = dict(enumerate(generation.commitments, 1))
chosen = {
    n: c
    for n, c in numbered.items()
    if (kind is None or c.kind is kind)
    and (partner is None or concerns(c, partner))
    and any((t.document, t.number, t.name) == (c.location.document, c.theme_number, c.theme) for t in themes)
}
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.html(f'<p class="quiet" role="status">{len(chosen)} of {len(numbered)} statements</p>')
    rows = [row(c, generation) for c in chosen.values()]
    st.download_button(
        "Download as CSV",
        csv_file(COLUMNS, rows),
        "commitments.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )

left, right = st.columns([11, 10], gap="large")
with left:
    sections = []
    for t in themes:
        own = [(n, c) for n, c in chosen.items() if (c.theme_number, c.theme) == (t.number, t.name)]
        if own or (kind is None and partner is None):
            sections.append(theme_html(t, own, generation, with_missing=partner is None))
    if not sections:
        st.info("No commitment fits these filters. Clear one of them to see more.")
    words_with_sources("".join(sections), KEY)
if opened_number(KEY) in chosen:
    with right:
        show_opened(_source(chosen[opened_number(KEY)], generation), generation, KEY)
