"""Sources: every document and table that answers come from, and what could be read in it."""

from html import escape

import streamlit as st

from answering.ask import VERSION
from briefing.dates import plainly
from briefing.markdown import as_written
from corpus.index import IndexUnusable
from corpus.records import Records
from corpus.register import RegisterError
from corpus.settings import Settings
from ingestion.build import unread
from pages.markup import badge
from pages.opened import opened


def source_html(records: Records) -> str:
    """One source: what the register says of it, and what was read in it."""
    document = records.document
    counts = [
        _count(len(document.pages), "page"),
        _count(len(records.passages), "row" if document.kind != "plan" else "passage"),
        _count(records.tables, "table"),
        _count(len(records.figures) + sum(table.figures for table in records.blocks), "figure"),
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


@st.cache_data(ttl=60, show_spinner=False)
def not_read(generation: str, corpus: str, _settings: Settings) -> list[str]:
    """What there is to say of files that belong to the corpus and are not answered from as they are."""
    try:
        return list(unread(_settings).values())
    except (RegisterError, IndexUnusable) as error:
        return [str(error)]


asker = opened()
generation = asker.generation
st.html('<h1 class="page">Sources</h1>')
st.html(
    f'<p class="about">Answers come from these {len(generation.records)} documents and tables, and nothing else.</p>'
)
for sentence in not_read(generation.id, str(asker.settings.corpus), asker.settings):
    st.warning(as_written(sentence))
st.html("".join(source_html(records) for records in generation.records))
st.html(
    f'<p class="quiet">State of the corpus {escape(generation.id)} · planchat {escape(VERSION)} · '
    f"{escape(asker.settings.model or 'no language model: answers are composed of the sources’ own words')}</p>"
)
