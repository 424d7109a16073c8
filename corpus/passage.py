"""A stretch of a document with its location and its headings. It never loses them."""

from dataclasses import dataclass

from corpus.location import Location


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row: its span of the document's text, the name of its column, and whether it says what the row is about."""

    start: int
    end: int
    column: str
    label: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, bullet, footnote or table row.

    text: the words to the letter (``Document.text[location.start:location.end]``).
    stem: for a bullet, the sentence that it continues ("there has been high employment growth since 2015 in").
    kind: ``paragraph``, ``bullet``, ``quotation``, ``footnote``, ``row`` of a published table, or ``table``: the row of
        a table in a document, whose ``stem`` is the table's caption.
    cells, label, table: for a row of a table in a document, its cells from the left, what the row is about, and which
        of the document's tables it stands in.
    """

    id: str
    text: str
    location: Location
    kind: str = "paragraph"
    stem: str | None = None
    theme: str | None = None
    cells: tuple[RowCell, ...] = ()
    label: str | None = None
    table: int | None = None
