"""Sources: every document and table that answers come from, and what could be read in it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from answering.ask import VERSION
from answering.say import upper_first
from briefing.dates import plainly
from briefing.markdown import as_written
from corpus.index import IndexUnusable
from corpus.records import Records
from corpus.register import RegisterError
from corpus.settings import Settings
from ingestion.build import unread
from pages import feedback, who
from pages.adding import noticed, show_adding, show_taking_out
from pages.audited import audit_of
from pages.counted import counted, number_of
from pages.draft_view import audit_html
from pages.failure import for_whom
from pages.feedback import Gap, Rating
from pages.markup import badge
from pages.opened import opened
from pages.source_view import opened_number, show_opened, words_with_sources


def source_html(records: Records) -> str:
    """One source: what the register says of it, and what was read in it."""
    document = records.document
    read = counted(
        (len(document.pages), "page"),
        (len(records.passages), "row" if document.kind != "plan" else "passage"),
        (records.tables, "table"),
        (len(records.figures) + sum(table.figures for table in records.blocks), "figure"),
        (len(records.commitments), "commitment"),
    )
    facts = {
        "Publisher": document.publisher,
        "Date": plainly(document.date),
        "Kind": document.kind.capitalize(),
        "Status": document.status.capitalize() if document.status else None,
        "Licence": document.licence,
        "Where it came from": document.source,
        "Read in it": read,
        "File": document.path,
    }
    told = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in facts.items() if text)
    title = f"<h2>{escape(document.title)} {badge(document.status)}</h2>"
    return f'<section class="document">{title}<dl>{told}</dl>{noticed(document.warnings)}</section>'


@st.cache_data(ttl=60, show_spinner=False)
def not_read(generation: str, corpus: str, _settings: Settings) -> list[str]:
    """What there is to say of files that belong to the corpus and are not answered from as they are.

    Raises RegisterError or IndexUnusable.
    """
    return list(unread(_settings).values())


def show_not_read() -> None:
    """A sentence for each file that is not answered from as it is."""
    try:
        sentences = not_read(generation.id, str(asker.settings.corpus), asker.settings)
    except (RegisterError, IndexUnusable) as error:
        sentences = [for_whom(str(error), "It cannot be told just now whether every source was read.")]
    for sentence in sentences:
        st.warning(as_written(sentence))


def show_source(number: int, records: Records, editing: bool) -> None:
    """One source with what the audit finds in it; an editor can take it out."""
    found = [q for q in queries if q.citations[0].document == records.document.path]
    with st.container(key=f"document-{number}"):
        st.html(source_html(records))
        with st.container(horizontal=True, vertical_alignment="center"):
            if found:
                name = f"{KEY}-audit-{number}"
                st.toggle(f"What the audit finds ({len(found)})", key=name)
            if editing:
                show_taking_out(records, asker)
        if found and st.session_state[f"{KEY}-audit-{number}"]:
            words_with_sources(audit_html(queries, records.document.path), f"{KEY}-finds-{number}", KEY)


def sent_html(gaps: Sequence[Gap], ratings: Sequence[Rating]) -> str:
    """What visitors chose to send: the gaps that they met, and what they thought of answers."""
    missed = "".join(
        f"<li>{escape(g.question)} <span class='quiet'>({'' if g.times == 1 else f'{g.times} times, last on '}"
        f"{plainly(g.day.isoformat())})</span></li>"
        for g in gaps[:MOST_SENT]
    )
    rated = "".join(
        f"<li>{'Useful' if r.useful else 'Not useful'}: {escape(r.question)}"
        f"{f' “{escape(r.reason)}”' if r.reason else ''} <span class='quiet'>({plainly(r.day.isoformat())})</span></li>"
        for r in ratings[:MOST_SENT]
    )
    useful = sum(r.useful for r in ratings)
    parts = []
    if missed:
        parts.append(f"<h3>Not in the sources ({len(gaps)})</h3><ul>{missed}</ul>")
    if rated:
        parts.append(f"<h3>Answers rated ({useful} of {len(ratings)} useful)</h3><ul>{rated}</ul>")
    return f'<div class="sent">{"".join(parts)}</div>'


def show_sent(settings: Settings) -> None:
    """What visitors sent, for editors: which documents are wanted, and which answers did not serve."""
    st.html('<h2 class="part">What visitors sent</h2>')
    try:
        gaps, ratings = feedback.gaps(settings), feedback.ratings(settings)
    except feedback.NotKept as problem:
        st.warning(as_written(str(problem)))
        return
    if not gaps and not ratings:
        st.html('<p class="quiet">No gap has been noted, and no answer has been rated.</p>')
        return
    with st.expander(upper_first(f"{number_of(len(gaps), 'gap')} noted, {number_of(len(ratings), 'answer')} rated")):
        st.html(sent_html(gaps, ratings))


KEY = "sources"
MOST_SENT = 100  # gaps and ratings shown
PAGE = 20  # sources shown at a time

asker = opened(empty=True)
generation = asker.generation
editing = who.may_edit()
st.html('<h1 class="page">Sources</h1>')
count = len(generation.records)
if count:
    noun = "this document or table" if count == 1 else f"these {count} documents and tables"
    st.html(f'<p class="about">Answers come from {noun}, and from nothing else.</p>')
else:
    st.html(
        '<p class="about">There is nothing to answer from yet: the corpus holds no document that could be read.</p>'
    )
show_not_read()
desk_room, sent_room = st.container(key="desk"), st.container(key="sent")

queries = audit_of(generation, generation.id) if generation.documents else []
opened_query = opened_number(KEY)
chosen = queries[opened_query - 1] if 0 < opened_query <= len(queries) else None
left, right = st.columns([11, 10], gap="large") if chosen else (st.container(), None)
with left:
    found = list(enumerate(generation.records))
    if count > PAGE:
        words = st.text_input("Find a source", placeholder="Words of its title").casefold().split()
        found = [
            (n, r) for n, r in found
            if all(w in f"{r.document.title} {r.document.path}".casefold() for w in words)
        ]  # fmt: skip
        st.html(f'<p class="quiet" role="status">{len(found)} of {count} sources</p>')
    first = 0
    if (pages := -(-len(found) // PAGE)) > 1:
        first = (int(st.number_input(f"Page (of {pages})", 1, pages, 1, width=160)) - 1) * PAGE
    for number, records in found[first : first + PAGE]:
        show_source(number, records, editing)
if chosen is not None and right is not None:
    with right:
        show_opened(chosen.citations[0], generation, KEY)
st.html(
    f'<p class="quiet">State of the corpus {escape(generation.id)} · planchat {escape(VERSION)} · '
    f"{escape(asker.settings.model or 'no language model: answers are composed of the sources’ own words')}</p>"
)
if editing:
    # Last, for the rest of the page stands already while work goes on here.
    with sent_room:
        show_sent(asker.settings)
    with desk_room:
        show_adding(asker)
