"""Blocks: the paragraphs, headings and bullets of a document, as each format's reader hands them on."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.document import PrintedLine
from corpus.passage import RowCell

# Characters that are no text, each with the space that is read in its place: no Word file could be made with one in it.
NO_TEXT = dict.fromkeys((*range(9), *range(14, 28), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")


class BlockKind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    ATTRIBUTION = "attribution"
    BULLET = "bullet"
    FOOTNOTE = "footnote"
    ROLE = "role"
    ROW = "row"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text that stands alone, before it is known what it is.

    size: font size in points where the format tells, else None; bold likewise.
    level: heading level where the format says so itself (``## Title`` is 2), else None.
    row: it is a row of a table. plain: it heads nothing, however it is set.
    """

    start: int
    end: int
    page: int | None = None
    size: float | None = None
    bold: bool = False
    level: int | None = None
    bullet: int | None = None
    row: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table in a document, with what the table says of it.

    label: what the row is about, which a cell above may say. group: the heading of the rows around it.
    caption: what stands above the table. source: what the line below it names. continued: a part of the row before,
    which the end of a page has cut. table: which of the document's tables it stands in, from 1.
    """

    start: int
    end: int
    label: str
    group: str | None
    caption: str | None
    cells: tuple[RowCell, ...]
    source: str | None = None
    continued: bool = False
    table: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the document's text with its part on the page.

    level: for a heading its depth from 1; for a bullet its depth from 1; else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reader made of one file, before passages and figures are taken from it.

    clean: ``text`` with emphasis marks and footnote marks overwritten by spaces: same length, same offsets.
    rows: the rows of its tables, in order. tables: how many tables. printed: its printed lines, with the place of each
    word on its page. page_labels: the number printed on each page, None where there is none. origin: the SHA-256 of the
    file, from which the ids of its records are made.
    """

    text: str
    clean: str
    blocks: tuple[Block, ...]
    title: str | None = None
    date: str | None = None
    status: str | None = None
    publisher: str | None = None
    date_at: tuple[int, int] | None = None
    status_at: tuple[int, int] | None = None
    pages: tuple[tuple[int, int], ...] = ()
    footnote_marks: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    tables: int = 0
    printed: tuple[PrintedLine, ...] = ()
    page_labels: tuple[str | None, ...] = ()
    origin: str = ""
