"""An opened source: what it is, where the cited words stand in it, and those words marked in their surroundings."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from answering.answer import Citation
from briefing.dates import plainly
from corpus.document import Document
from corpus.index import Generation
from corpus.table import Table, cells_of, column_of
from pages.markup import Span, badge, marked
from pages.page_picture import has_pages, page_said, show_pages
from prompts import reply

_OPEN_A_SOURCE = (Path(__file__).parent / "open_a_source.js").read_text(encoding="utf-8")
_SHOW_WORDS = (Path(__file__).parent / "show_words.js").read_text(encoding="utf-8")
AROUND = 2  # passages shown before and after the cited one, where no picture of the page shows them
NEAR = 6  # columns of a wide table shown before and after the cited one
_COLUMN = re.compile(r"column (\d+)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the cited section: a passage, or cited words that no passage holds."""

    start: int
    end: int
    kind: str
    section: tuple[str, ...]


def words_with_sources(html: str, key: str, opens: str | None = None) -> None:
    """HTML whose small buttons open a source: the one that ``opened_number`` then gives for the key (or ``opens``)."""
    target = opens or key
    component = st.components.v2.component(
        "words_with_sources", html="<div></div>", js=_OPEN_A_SOURCE, isolate_styles=False
    )

    def open_it() -> None:
        chosen = st.session_state[f"{key}-words"].source
        if isinstance(chosen, int):
            open_source(target, chosen)

    component(data={"html": html, "opened": opened_number(target)}, key=f"{key}-words", on_source_change=open_it)


def open_source(key: str, number: int) -> None:
    """Open the source of that number; 0 closes the one that is open."""
    st.session_state[f"{key}-open"] = number


def opened_number(key: str) -> int:
    """The number of the source that is open; 0 where none is."""
    number: int = st.session_state.get(f"{key}-open", 0)
    return number


def show_opened(citation: Citation, generation: Generation, key: str) -> None:
    """An opened source in a frame of its own, with a button that closes it."""
    with st.container(key=f"{key}-source"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html('<p class="source-number">Source</p>')
            closing = f"{key}-close"
            st.button("Close", closing, type="tertiary", icon=":material/close:", on_click=open_source, args=(key, 0))
        show_source(citation, generation, key)


def show_source(citation: Citation, generation: Generation, key: str) -> None:
    """The source of a citation, in the container that is open. ``key`` tells one opened source from another."""
    document = generation.documents[citation.document]
    st.html(source_head(citation, document))
    if citation.cell is not None:
        table = next(
            (t for t in generation.tables if t.document == document.path and citation.start in t.rows.starts), None
        )
        _show_words(table_row(citation, document, table), key)
        return
    drawn = has_pages(document) and show_pages(citation, document, key)
    if drawn:
        st.html(f'<h4 class="words-as-text">{escape(reply("source.words"))}</h4>')
    blocks = section_blocks(citation, generation)
    near = surroundings(blocks, citation, 0 if drawn else AROUND)
    _show_words(section_text(near, blocks, citation, document), key)
    if len(near) < len(blocks):
        with st.expander("The whole section"):
            st.html(f'<div class="source-words">{section_text(blocks, blocks, citation, document)}</div>')


def _show_words(html: str, key: str) -> None:
    """The words, with the marked ones brought into view."""
    component = st.components.v2.component("source_words", html="<div></div>", js=_SHOW_WORDS, isolate_styles=False)
    component(data={"html": f'<div class="source-words">{html}</div>'}, key=f"{key}-source-words")


def source_head(citation: Citation, document: Document) -> str:
    """Title, publisher, date, status, and the way to the cited words."""
    about = [document.publisher, plainly(citation.date)]
    if citation.page is not None:
        about.append(page_said(citation.page, document))
    about.append(citation.cell)
    lines = [
        f'<h3 class="source-title">{escape(citation.title)} {badge(citation.status)}</h3>',
        f'<p class="quiet">{escape(" · ".join(part for part in about if part))}</p>',
    ]
    if citation.section:
        steps = "".join(f"<li>{escape(step)}</li>" for step in citation.section)
        lines.append(f'<ol class="way" aria-label="Section">{steps}</ol>')
    if citation.source:
        lines.append(f'<p class="quiet">Figure taken there from: {escape(citation.source)}</p>')
    return f'<div class="source-head">{"".join(lines)}</div>'


def where(citation: Citation) -> str:
    """A citation's place in a few words."""
    page = (f"page {citation.page}",) if citation.page is not None else ()
    cell = (citation.cell,) if citation.cell else ()
    return ", ".join((citation.title, *citation.section[-2:], *page, *cell))


def section_blocks(citation: Citation, generation: Generation) -> list[Block]:
    """The passages of the cited section in their order, and the cited words themselves where no passage holds them."""
    depth = len(citation.section)
    blocks = [
        Block(p.location.start, p.location.end, p.kind, p.location.section)
        for p in generation.passages
        if p.location.document == citation.document and p.location.section[:depth] == citation.section
    ]
    if not any(_overlap(block, citation) for block in blocks):
        blocks.append(Block(citation.start, citation.end, "cited", citation.section))
    return sorted(blocks, key=lambda block: block.start)


def surroundings(blocks: Sequence[Block], citation: Citation, around: int = AROUND) -> Sequence[Block]:
    """The blocks that hold the citation, with ``around`` of them before and after."""
    inside = [i for i, block in enumerate(blocks) if _overlap(block, citation)]
    return blocks[max(0, inside[0] - around) : inside[-1] + around + 1]


def _overlap(block: Block, citation: Citation) -> bool:
    return block.start < citation.end and citation.start < block.end


def section_text(shown: Sequence[Block], blocks: Sequence[Block], citation: Citation, document: Document) -> str:
    """The blocks as HTML; an ellipsis where the section goes on."""
    quoted: Span = (citation.start, citation.end)
    marks = citation.highlights or (quoted,)
    parts: list[str] = []
    section, in_list = citation.section, False
    if shown[0] is not blocks[0]:
        parts.append('<p class="quiet">…</p>')
    for block in shown:
        bullet = block.kind == "bullet"
        if in_list and (not bullet or block.section != section):
            parts.append("</ul>")
            in_list = False
        if block.section != section and len(block.section) > len(citation.section):
            parts.append(f"<h4>{escape(block.section[-1])}</h4>")
        section = block.section
        if bullet and not in_list:
            parts.append("<ul>")
            in_list = True
        words = marked(document, (block.start, block.end), quoted, marks)
        parts.append(
            {"bullet": "<li>{}</li>", "quotation": "<blockquote>{}</blockquote>"}.get(block.kind, "<p>{}</p>").format(
                words
            )
        )
    parts.append("</ul>" if in_list else "")
    if shown[-1] is not blocks[-1]:
        parts.append('<p class="quiet">…</p>')
    return "".join(parts)


def table_row(citation: Citation, document: Document, table: Table | None = None) -> str:
    """The cited row of a table under its column headings, with the cited cell marked; empty cells are left out.

    table: the block that the row is of, where the file has stacked headings; of a wide one, the columns near the cell are shown.
    """
    if table is not None:
        return _row_of(citation, document, table)
    row = _cells(document.text[citation.start : citation.end])
    header = _cells(document.text)
    column = _COLUMN.search(citation.cell or "")
    at = int(column[1]) - 1 if column else -1
    if not row or len(row) > len(header) or not 0 <= at < len(row):
        return f"<p>{escape(citation.quote)}</p>"
    lines = []
    for i, (name, cell) in enumerate(zip(header, row, strict=False)):
        if not cell.strip():
            continue
        words = f"<mark>{escape(cell)}</mark>" if i == at else escape(cell)
        label = escape(name.replace("_", " ").strip().capitalize())
        lines.append(f'<tr><th scope="row">{label}</th><td>{words}</td></tr>')
    return f'<table class="row"><caption>The row of the table</caption><tbody>{"".join(lines)}</tbody></table>'


def _row_of(citation: Citation, document: Document, table: Table) -> str:
    cells = cells_of(document.text[citation.start : citation.end], table.delimiter)
    at = column_of(citation.cell or "")
    places = [i for i, c in enumerate(table.columns) if c.index == at]
    near = table.columns[max(0, places[0] - NEAR) : places[0] + NEAR + 1] if places else table.columns[: 2 * NEAR]
    lines: list[str] = []
    for key in table.keys:
        if key < len(cells) and cells[key][0]:
            lines.append(f'<tr><th scope="row">Row</th><td>{escape(cells[key][0])}</td></tr>')
    for column in near:
        for index, label in (
            (column.index, " · ".join(column.labels)),
            (column.interval, "Interval of the figure above"),
        ):
            if index is None or index >= len(cells) or not cells[index][0]:
                continue
            words = escape(cells[index][0])
            words = f"<mark>{words}</mark>" if index == at else words
            lines.append(f'<tr><th scope="row">{escape(label or "Value")}</th><td>{words}</td></tr>')
    caption = escape(table.titles[0] if table.titles else table.sheet or "The row of the table")
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in table.notes[:6])
    return f'<table class="row"><caption>{caption}</caption><tbody>{"".join(lines)}</tbody></table>{notes}'


def _cells(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline="")), [])
