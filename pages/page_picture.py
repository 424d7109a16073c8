"""The page of a PDF as it is printed, with the cited words tinted and the figure's own words marked.

The page is drawn in a process with limits, as files are read (docs/decisions/0005), and only while the file is still the
one that was read. The words themselves always stand below the picture: nobody needs to see it to know what is cited.
"""

import atexit
import base64
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import streamlit as st

from answering.answer import Citation
from answering.say import upper_first
from briefing.markdown import as_written
from corpus.document import Box, Document
from corpus.index import IndexUnusable
from corpus.register import file_hash
from corpus.settings import Settings
from ingestion.admit import check_file
from ingestion.draw import PagePicture
from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from ingestion.reader import Reader
from pages.markup import SHORT
from prompts import reply

LIMITS = Limits(memory=2_000_000_000, cpu=20, wall=30)
MOST_PAGES = 2  # pages drawn of cited words that run over the end of a page
KEPT, KEPT_S = 64, 86_400  # drawn pages kept, and seconds, for all visitors: they say nothing of who looked

_SCRIPT = (Path(__file__).parent / "page_picture.js").read_text(encoding="utf-8")
_HTML = (
    '<figure class="page-picture"><div class="page-frame"><div class="page-sheet"><img alt=""></div></div>'
    '<figcaption><span class="quiet"></span> <button type="button" aria-pressed="false">Whole page</button>'
    "</figcaption></figure>"
)


def has_pages(document: Document) -> bool:
    """Whether a page of this document can be drawn at all."""
    return document.path.lower().endswith(".pdf") and bool(document.pages)


def page_said(page: int, document: Document) -> str:
    """A page as it is told: "page 12", or "page 12 (printed 10)" where another number stands on it."""
    label = document.page_label(page)
    return f"page {page}" if label is None or label == str(page) else f"page {page} (printed {label})"


def show_pages(citation: Citation, document: Document, key: str) -> bool:
    """The pages that hold the cited words, or a sentence where they cannot be drawn. Tells whether they are shown."""
    pages = cited_pages(citation, document)
    for page in pages:
        with st.spinner(reply("source.drawing")):
            drawn = drawn_page(document.sha256, page, Settings().corpus, document.path)
        if isinstance(drawn, str):
            st.info(as_written(reply("source.not_drawn", page=page_said(page, document), reason=drawn)))
            return False
        show_page(drawn, page, citation, document, f"{key}-page-{page}")
    return bool(pages)


def show_page(drawn: PagePicture, page: int, citation: Citation, document: Document, key: str) -> None:
    """One drawn page with its marks; a reader can change between the cited part and the whole page."""
    tinted, marked = marks(citation, document, page)
    where = page_said(page, document)
    said = "source.picture" if tinted or marked else "source.picture_unmarked"
    data = {
        "picture": f"data:image/webp;base64,{base64.b64encode(drawn.picture).decode('ascii')}",
        "alt": reply(said, page=upper_first(where), title=document.title),
        "caption": upper_first(where),
        "size": [drawn.width, drawn.height],
        "tinted": [_corners(box) for box in tinted],
        "marked": [_corners(box) for box in marked],
        "column": column(document, page, [*tinted, *marked], drawn.width),
    }
    component = st.components.v2.component("page_picture", html=_HTML, js=_SCRIPT, isolate_styles=False)
    component(data=data, key=key)


def cited_pages(citation: Citation, document: Document) -> list[int]:
    """The pages to draw: those of the words that count, or the citation's own where no place on a page is known."""
    for spans in (citation.highlights, ((citation.start, citation.end),)):
        pages = sorted({box.page for start, end in spans for box in document.boxes(start, end)})
        if pages:
            return pages[:MOST_PAGES]
    return [citation.page] if citation.page is not None else []


def marks(citation: Citation, document: Document, page: int) -> tuple[list[Box], list[Box]]:
    """The boxes of the cited words on a page, and those of the words in them that count, where these are few."""
    tinted = [box for box in document.boxes(citation.start, citation.end) if box.page == page]
    few = [(start, end) for start, end in citation.highlights if end - start <= SHORT]
    return tinted, [box for start, end in few for box in document.boxes(start, end) if box.page == page]


def column(document: Document, page: int, cited: Sequence[Box], width: float) -> list[float]:
    """The left and right edge of the printed column that holds the cited words; of the page where it is not known."""
    if not cited:
        return [0.0, width]
    left, right = min(b.x0 for b in cited), max(b.x1 for b in cited)
    top, bottom = min(b.top for b in cited) - _NEAR, max(b.bottom for b in cited) + _NEAR
    for line in document.printed:
        x0, x1 = line.words[0][2], max(w[3] for w in line.words)
        if line.page == page and line.top < bottom and line.bottom > top and x0 < right and x1 > left:
            left, right = min(left, x0), max(right, x1)
    return [max(0.0, left - _MARGIN), min(width, right + _MARGIN)]


_NEAR = 80.0  # points above and below the cited words in which their column is looked for
_MARGIN = 12.0  # points of white left beside the column


def _corners(box: Box) -> list[float]:
    return [box.x0, box.top, box.x1, box.bottom]


@st.cache_data(max_entries=KEPT, ttl=KEPT_S, show_spinner=False)
def drawn_page(sha256: str, page: int, _corpus: Path, _path: str) -> PagePicture | str:
    """A page of the file of that hash, or the reason why it cannot be drawn."""
    file = _corpus / _path
    try:
        check_file(file, None)
        if file_hash(file) != sha256:
            return reply("source.file_changed")
        return _reader().draw(file, page, LIMITS)
    except (UnreadableFile, IndexUnusable) as problem:
        return reply("source.file_problem", problem=problem)
    except OSError as problem:
        return reply("source.file_problem", problem=f"cannot be opened ({problem.strerror})")


@lru_cache(maxsize=1)
def _reader() -> Reader:
    """The process that draws: not the one that reads the corpus's files, so that no page waits for a build."""
    reader = Reader()
    atexit.register(reader.close)
    return reader
