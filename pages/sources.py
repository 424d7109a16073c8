"""Sources: every document and table that answers come from, and what could be read in it."""

from html import escape

import streamlit as st

from answering.ask import VERSION, Asker
from briefing.dates import plainly
from corpus.records import Records
from corpus.register import read_register
from pages.markup import badge
from pages.opened import opened


def source_html(records: Records) -> str:
    """One source: what the register says of it, and what was read in it."""
    document = records.document
    counts = [
        _count(len(document.pages), "page"),
        _count(len(records.passages), "row" if document.kind != "plan" else "passage"),
        _count(len(records.figures), "figure"),
        _count(len(records.commitments), "commitment"),
    ]
    facts = {
        "Publisher": document.publisher,
        "Date": plainly(document.date),
        "Kind": document.kind.capitalize(),
        "Status": document.status.capitalize() if document.status else None,
        "Licence": document.licence,
        "Where it came from": document.source,
        "Read in it": ", ".join(count for count in counts if count) or "nothing",
        "File": document.path,
    }
    told = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in facts.items() if text)
    warnings = "".join(f"<li>{escape(warning)}</li>" for warning in document.warnings)
    noted = f'<div class="missing"><p>Noticed when it was read:</p><ul>{warnings}</ul></div>' if warnings else ""
    title = f"<h2>{escape(document.title)} {badge(document.status)}</h2>"
    return f'<section class="document">{title}<dl>{told}</dl>{noted}</section>'


def _count(number: int, noun: str) -> str | None:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else None


def unread(asker: Asker) -> list[str]:
    """The files that belong to the corpus and are not in the index."""
    return [item.path for item in read_register(asker.settings.corpus) if item.path not in asker.generation.documents]


asker = opened()
generation = asker.generation
st.html('<h1 class="page">Sources</h1>')
st.html(
    f'<p class="about">Answers come from these {len(generation.records)} documents and tables, and nothing else.</p>'
)
for path in unread(asker):
    st.warning(f"`{path.replace('`', '')}` belongs to the corpus but could not be read. “planchat ingest” says why.")
st.html("".join(source_html(records) for records in generation.records))
st.html(
    f'<p class="quiet">State of the corpus {escape(generation.id)} · planchat {escape(VERSION)} · '
    f"{escape(asker.settings.model or 'no language model: answers are composed of the sources’ own words')}</p>"
)
