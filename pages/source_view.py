"""An opened source: what it is, where the cited words stand in it, and those words marked in their surroundings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from answering.answer import Citation
from briefing.dates import plainly
from corpus.document import Document
from corpus.index import Generation
from corpus.passage import Passage
from pages.markup import Span, badge, marked
from pages.page_picture import has_pages, page_said, show_pages
from pages.table_view import notes_html, rows_as_table, table_grid, table_of, table_row
from prompts import reply

_OPEN_A_SOURCE = (Path(__file__).parent / "open_a_source.js").read_text(encoding="utf-8")
_SHOW_WORDS = (Path(__file__).parent / "show_words.js").read_text(encoding="utf-8")
AROUND = 2  # passages shown before and after the cited one, where no picture of the page shows them


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the cited section: a passage, or cited words that no passage holds. row: a row of a table in the text."""

    start: int
    end: int
    kind: str
    section: tuple[str, ...]
    row: Passage | None = None


def words_with_sources(html: str, key: str, opens: str | None = None) -> None:
    """HTML whose small buttons open a source: the one that ``opened_number`` then gives for the key (or ``opens``)."""
    target = opens or key
    component = st.components.v2.component(
        "words_with_sources", html="<div></div>", js=_OPEN_A_SOURCE, isolate_styles=False
    )

    def open_it() -> None:
        # Streamlit knows of nothing here where the visitor has gone to another page meanwhile.
        chosen = getattr(st.session_state.get(f"{key}-words"), "source", None)
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
        table = table_of(citation, generation.tables)
        if table is None:
            _show_words(table_row(citation, document), key)
            return
        _show_words(table_grid(citation, document, table), key)
        with st.expander("The whole row"):
            st.html(f'<div class="source-words">{table_row(citation, document, table)}{notes_html(table)}</div>')
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
        Block(p.location.start, p.location.end, p.kind, p.location.section, p if p.cells else None)
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
    for block, rows in _with_rows(shown):
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
        if rows:
            parts.append(rows_as_table(rows, document, quoted, marks))
            continue
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


def _with_rows(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Passage]]]:
    """Each block; the rows of one table stand together, with the first of them."""
    for table, group in groupby(blocks, key=lambda block: block.row.table if block.row else None):
        if table is None:
            yield from ((block, []) for block in group)
        else:
            together = list(group)
            yield together[0], [block.row for block in together if block.row]
