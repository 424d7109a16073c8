"""Commitments: what the plan says will be done or reached, what it leaves out, and what has come of its targets."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from answering.answer import Citation
from answering.cite import citation
from answering.say import shown
from briefing import export
from briefing.brief import words_of
from briefing.register import Register, Row, Target
from corpus.commitment import CommitmentKind, Theme
from corpus.figure import Figure
from corpus.index import Generation
from pages.markup import badge, cited_by
from pages.opened import opened
from pages.source_view import opened_number, show_opened, words_with_sources
from prompts import reply

KEY = "commitments"
FILTERS = ("theme", "kind", "partner", "due", "targets")
TARGET_COLUMNS = ("Target", "What is to be reached", "From", "Due", "Latest published", "Since then")
ROLES = {"lead": "as the lead", "support": "in support", "named": "named in the text"}
ALL_OF_IT = {
    "lead": "{} leads all of this.",
    "support": "{} supports all of this.",
    "named": "{} is named in all of this.",
}
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
    heading: str,
    theme: Theme | None,
    rows: list[tuple[int, Row]],
    status: str | None,
    with_missing: bool,
    partner: str | None = None,
) -> str:
    """A theme's commitments by kind, each with the button that opens its source.

    What ``partner`` is to them is said once where it is the same to all.
    """
    roles = {r.role for _, r in rows if r.commitment.kind not in (CommitmentKind.LEAD, CommitmentKind.SUPPORT)}
    shared = roles.pop() if len(roles) == 1 else None
    parts = [f"<h2>{escape(heading)} {badge(status)}</h2>"]
    if theme is not None and theme.summary:
        parts.append(f"<p>{escape(theme.summary)}</p>")
    if theme is not None and with_missing and theme.missing:
        parts.append(f'<p class="missing">Not stated in the plan: {escape(", ".join(theme.missing))}.</p>')
    if partner is not None and shared is not None:
        parts.append(f'<p class="quiet">{escape(ALL_OF_IT[shared].format(partner))}</p>')
    for kind in CommitmentKind:
        of_kind = [(number, r) for number, r in rows if r.commitment.kind is kind]
        if of_kind:
            items = "".join(_item(number, r, r.role != shared) for number, r in of_kind)
            parts.append(f"<h3>{escape(reply(f'parts.{kind.value}'))}</h3><ul>{items}</ul>")
    return f'<section class="theme">{"".join(parts)}</section>'


def _item(number: int, row: Row, with_role: bool) -> str:
    c = row.commitment
    text = words_of(c)
    if c.kind in (CommitmentKind.LEAD, CommitmentKind.SUPPORT):
        names = "; ".join(row.partners) if c.kind is CommitmentKind.SUPPORT else row.lead or ""
        text = (
            text if names == text or not names else (names if c.kind is CommitmentKind.SUPPORT else f"{names} ({text})")
        )
    due = f' <span class="quiet">({escape(c.due)})</span>' if c.due and c.due not in text else ""
    if with_role and row.role is not None and c.kind not in (CommitmentKind.LEAD, CommitmentKind.SUPPORT):
        due += f' <span class="quiet">({ROLES[row.role]})</span>'
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


def _source_of(figure: Figure, generation: Generation) -> Citation:
    document = generation.documents[figure.location.document]
    return citation(1, document, figure.location, figure.quote, figure.source, (figure.at,))


def targets_html(rows: list[tuple[int, Row]], latest: dict[str, int], narrow: bool) -> str:
    """The targets of the rows as a table: where each starts, where it is to get, and where it stands now.

    latest: the number by which each latest figure's source is opened, by the figure's id.
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in TARGET_COLUMNS)
    body = "".join(_target_row(number, row, target, latest) for number, row in rows for target in row.targets)
    look = "figures targets narrow" if narrow else "figures targets"
    table = f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<h2 class="visually-hidden">Targets</h2>{table}'


def _target_row(number: int, row: Row, target: Target, sources: dict[str, int]) -> str:
    words = words_of(row.commitment)
    latest, moved = "None", target.moved
    if (figure := target.latest) is not None:
        open_it = cited_by(sources[figure.id], "source", f"Open the source of {shown(figure)}, {figure.measure}")
        latest = f"{escape(shown(figure))} in {escape(figure.period or '')} ({escape(figure.measure)}) {open_it}"
        if target.earlier is not None:
            moved += f" (after {shown(target.earlier)} in {target.earlier.period})"
    button = cited_by(number, "source", f"Open the source of: {words[:80]}")
    cells = (
        f"{escape(words)} {button} <span class='quiet'>{escape(row.theme)}</span>",
        escape(target.baseline or "Not stated"),
        escape(target.due or "Not stated"),
        latest,
        escape(moved),
    )
    rest = "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in zip(TARGET_COLUMNS[1:], cells, strict=True))
    return f'<tr><th scope="row">{escape(shown(target.figure))}</th>{rest}</tr>'


def filters_in_words() -> str:
    """The filters that are set, as an export says them."""
    chosen = [
        theme,
        f"kind: {named_kind}" if named_kind else None,
        f"partner: {partner}" if partner else None,
        f"due by {due}" if due else None,
        "targets only" if targets else None,
    ]
    return "; ".join(part for part in chosen if part)


def take_from_address(name: str, options: Sequence[object]) -> None:
    """Choose what the page's address says, where it says it and the visitor has chosen nothing yet."""
    said = st.query_params.get(name)
    found = next((option for option in options if str(option) == said), None)
    if found is not None and name not in st.session_state:
        st.session_state[name] = found


def keep_in_address() -> None:
    """Have the page's address say what is chosen, so that a filtered list can be sent to somebody."""
    chosen = {name: str(st.session_state[name]) for name in FILTERS if st.session_state.get(name)}
    if st.query_params.to_dict() != chosen:
        st.query_params.from_dict(chosen)


def clear_filters() -> None:
    """Show everything again."""
    for name in FILTERS:
        st.session_state[name] = False if name == "targets" else None


generation = opened().generation
st.html('<h1 class="page">Commitments</h1>')
if not generation.commitments:
    st.info("The sources state no commitments: no themes with activities, outputs and outcomes, and no “we will”.")
    st.stop()

register = register_of(generation, generation.id)
known = {r.commitment.kind for r in register.rows()}
kinds = {reply(f"parts.{k.value}"): k for k in CommitmentKind if k in known}
offered: tuple[Sequence[object], ...] = (
    register.themes(),
    list(kinds),
    register.organisations.known(),
    register.years(),
    (True,),
)
for name, options in zip(FILTERS, offered, strict=True):
    take_from_address(name, options)
with st.container(horizontal=True, key="filters"):
    theme = st.selectbox(
        "Theme", register.themes(), index=None, placeholder="All themes", key="theme", persist_state="session",
    )  # fmt: skip
    named_kind = st.selectbox(
        "Kind", list(kinds), index=None, placeholder="All kinds", key="kind", persist_state="session",
    )  # fmt: skip
    partner = st.selectbox(
        "Partner", register.organisations.known(), index=None, placeholder="All partners", key="partner",
        persist_state="session",
    )  # fmt: skip
    due = st.selectbox(
        "Due by", register.years(), index=None, placeholder="Any date", key="due", persist_state="session",
    )  # fmt: skip
    targets = st.toggle("Targets only", key="targets", persist_state="session")

keep_in_address()
kind = kinds.get(named_kind or "")
numbered = {r.commitment.id: n for n, r in enumerate(register.rows(), 1)}
chosen = register.chosen(
    partner=partner, kind=kind.value if kind else None, due=str(due) if due else None, targets=targets
)
chosen = [r for r in chosen if theme in (None, r.theme)]
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    count = f"{len(chosen)} of {len(numbered)} statements"
    if targets:
        count += f", {sum(len(r.targets) for r in chosen)} targets"
    st.html(f'<p class="quiet" role="status">{count}</p>')
    with st.container(horizontal=True, width="content"):
        for name, make, suffix, mime in FORMATS if chosen else ():
            st.download_button(
                name, partial(make, chosen, generation, filters_in_words()), f"commitments.{suffix}", mime,
                on_click="ignore", icon=":material/download:", help=f"Download these statements as {name}",
            )  # fmt: skip

filtered = bool(kind or partner or due or targets)
if not chosen and (filtered or theme):
    st.info(f"Nothing fits all of these: {filters_in_words()}. Clear the filters, or one of them, to see more.")
    st.button("Clear the filters", on_click=clear_filters)
    st.stop()
# Sources are numbered: a statement's own by its place among all, then those of the latest figures of targets.
latest = [t.latest for r in register.rows() for t in r.targets if t.latest is not None]
numbers = {f.id: n for n, f in enumerate(latest, len(numbered) + 1)}
sources = {numbered[r.commitment.id]: _source(r, generation) for r in chosen}
sources |= {numbers[f.id]: _source_of(f, generation) for f in latest} if targets else {}
chosen_source = sources.get(opened_number(KEY))
left, right = st.columns([11, 10] if chosen_source else [20, 1], gap="large")
with left, st.container(key="commitments-list"):
    if targets:
        rows = [(numbered[r.commitment.id], r) for r in chosen]
        words_with_sources(targets_html(rows, numbers, narrow=chosen_source is not None), KEY)
    else:
        sections = []
        named = {t.heading: t for t in generation.themes}
        for heading in register.themes() if theme is None else [theme]:
            own = [(numbered[r.commitment.id], r) for r in chosen if r.theme == heading]
            if own or not filtered:
                t = named.get(heading)
                document = t.document if t else own[0][1].commitment.location.document if own else ""
                status = generation.documents[document].status if document else None
                sections.append(theme_html(heading, t, own, status, not filtered, partner))
        words_with_sources("".join(sections), KEY)
if chosen_source is not None:
    with right:
        show_opened(chosen_source, generation, KEY)
