"""Commitments: what the plan says will be done or reached, what it leaves out, and what has come of its targets."""

from html import escape

import streamlit as st

from answering.answer import Citation
from answering.cite import citation
from answering.say import shown
from briefing import export
from briefing.brief import words_of
from briefing.register import Register, Row, Target
from corpus.commitment import CommitmentKind, Theme
from corpus.index import Generation
from pages.markup import badge, cited_by
from pages.opened import opened
from pages.source_view import opened_number, show_opened, words_with_sources
from prompts import reply

KEY = "commitments"
FORMATS = (
    ("CSV", export.as_csv, "csv", "text/csv"),
    ("Excel", export.as_workbook, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("Word", export.as_word, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)  # fmt: skip


@st.cache_resource(show_spinner="Reading the commitments…", max_entries=2)
def register_of(_generation: Generation, generation: str) -> Register:
    """The register of a state of the corpus; one for all visitors, for it holds nothing of any of them."""
    return Register(_generation)


def theme_html(
    heading: str, theme: Theme | None, rows: list[tuple[int, Row]], status: str | None, with_missing: bool
) -> str:
    """A theme's commitments by kind, each with the button that opens its source."""
    parts = [f"<h2>{escape(heading)} {badge(status)}</h2>"]
    if theme is not None and theme.summary:
        parts.append(f"<p>{escape(theme.summary)}</p>")
    if theme is not None and with_missing and theme.missing:
        parts.append(f'<p class="missing">Not stated in the plan: {escape(", ".join(theme.missing))}.</p>')
    for kind in CommitmentKind:
        of_kind = [(number, r) for number, r in rows if r.commitment.kind is kind]
        if of_kind:
            items = "".join(_item(number, r) for number, r in of_kind)
            parts.append(f"<h3>{escape(reply(f'parts.{kind.value}'))}</h3><ul>{items}</ul>")
    return f'<section class="theme">{"".join(parts)}</section>'


def _item(number: int, row: Row) -> str:
    c = row.commitment
    text = words_of(c)
    if c.kind in (CommitmentKind.LEAD, CommitmentKind.SUPPORT):
        names = "; ".join(row.partners) if c.kind is CommitmentKind.SUPPORT else row.lead or ""
        text = (
            text if names == text or not names else (names if c.kind is CommitmentKind.SUPPORT else f"{names} ({text})")
        )
    due = f' <span class="quiet">({escape(c.due)})</span>' if c.due and c.due not in text else ""
    button = cited_by(number, "source", f"Open the source of: {text[:80]}")
    targets = "".join(_target(t) for t in row.targets)
    lacks = [m for m in row.missing if m not in c.missing]
    missing = f'<div class="quiet">Not stated: {escape(", ".join(lacks))}</div>' if lacks else ""
    return f'<li class="{"under" if c.parent else "item"}">{escape(text)}{due} {button}{targets}{missing}</li>'


def _target(target: Target) -> str:
    """Baseline, target, and the latest published figure with which way it has moved."""
    due = f" {target.due}" if target.due else ""
    said = [f"Target {shown(target.figure)}{due}", f"from {target.baseline or 'no stated baseline'}"]
    moved = target.moved
    if (latest := target.latest) is not None:
        moved = f"{moved}: {shown(latest)} in {latest.period} ({latest.measure})"
        if target.earlier is not None:
            moved += f", after {shown(target.earlier)} in {target.earlier.period}"
    return f'<div class="quiet target">{escape(", ".join(said))}. {escape(moved)}.</div>'


def _source(row: Row, generation: Generation) -> Citation:
    place = row.commitment.location
    document = generation.documents[place.document]
    quote = document.text[place.start : place.end]
    return citation(1, document, place, quote, None, ((place.start, place.end),))


generation = opened().generation
st.html('<h1 class="page">Commitments</h1>')
if not generation.commitments:
    st.info("The sources state no commitments by theme.")
    st.stop()

register = register_of(generation, generation.id)
known = {r.commitment.kind for r in register.rows()}
with st.container(horizontal=True, key="filters"):
    theme = st.selectbox("Theme", register.themes(), index=None, placeholder="All themes")
    kind = st.selectbox(
        "Kind", [k for k in CommitmentKind if k in known], index=None, placeholder="All kinds",
        format_func=lambda k: reply(f"parts.{k.value}"),
    )  # fmt: skip
    partner = st.selectbox("Partner", register.organisations.known(), index=None, placeholder="All partners")
    due = st.selectbox("Due by", register.years(), index=None, placeholder="Any date")
    targets = st.toggle("Targets only")

numbered = {r.commitment.id: n for n, r in enumerate(register.rows(), 1)}
chosen = register.chosen(
    partner=partner, kind=kind.value if kind else None, due=str(due) if due else None, targets=targets
)
chosen = [r for r in chosen if theme in (None, r.theme)]
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.html(f'<p class="quiet" role="status">{len(chosen)} of {len(numbered)} statements</p>')
    with st.container(horizontal=True, width="content"):
        for name, make, suffix, mime in FORMATS:
            st.download_button(
                name,
                make(chosen, generation),
                f"commitments.{suffix}",
                mime,
                on_click="ignore",
                icon=":material/download:",
            )

left, right = st.columns([11, 10], gap="large")
with left:
    sections = []
    named = {t.heading: t for t in generation.themes}
    filtered = bool(kind or partner or due or targets)
    for heading in register.themes():
        own = [(numbered[r.commitment.id], r) for r in chosen if r.theme == heading]
        if theme in (None, heading) and (own or not filtered):
            t = named.get(heading)
            document = t.document if t else own[0][1].commitment.location.document if own else ""
            status = generation.documents[document].status if document else None
            sections.append(theme_html(heading, t, own, status, with_missing=not filtered))
    if not sections:
        st.info("No commitment fits these filters. Clear one of them to see more.")
    words_with_sources("".join(sections), KEY)
opened_row = next((r for r in chosen if numbered[r.commitment.id] == opened_number(KEY)), None)
if opened_row is not None:
    with right:
        show_opened(_source(opened_row, generation), generation, KEY)
