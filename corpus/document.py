"""A document or table as it was read: its text, and what the register says of it."""

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: in points (1/72 inch) from the top left corner of the page as it is shown."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as it is printed on a page (from 1): its upper and lower edge, in points from the page's top.

    words: for each word its span of the document's text, and its left and right edge in points.
    """

    page: int
    top: float
    bottom: float
    words: tuple[tuple[int, int, float, float], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One source. ``text`` is what every Location's characters count into.

    kind: ``plan``, ``table``, ``transcript`` (rows copied by hand out of a document of the corpus, which stays the better
    citation) or another word of the register; status: ``draft``, ``adopted``, ``published`` or None.
    date: ISO 8601, as precise as the source is ("2021-09"); None where the source does not say.
    pages: for each page of the file, the span of ``text`` that it gave; empty where the format has no pages.
    date_at, status_at: where the document itself states its date and its status; None where it does not.
    page_labels: for each page the number printed on it, None where it bears none; empty where nothing is known of it.
    printed: the printed lines, in the text's order; empty where the format has no pages.
    footnote_marks: spans of ``text`` that are footnote marks, which are shown raised and never read as figures.
    """

    path: str
    title: str
    text: str
    sha256: str
    kind: str = "plan"
    publisher: str | None = None
    date: str | None = None
    status: str | None = None
    licence: str | None = None
    source: str | None = None
    pages: tuple[tuple[int, int], ...] = ()
    footnote_marks: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    date_at: tuple[int, int] | None = None
    status_at: tuple[int, int] | None = None
    page_labels: tuple[str | None, ...] = ()
    printed: tuple[PrintedLine, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether this is rows of figures (published, or transcribed from a document) rather than text."""
        return self.kind in ("table", "transcript")

    def page_label(self, page: int | None) -> str | None:
        """The number printed on a page of the file (from 1); None where it bears none or nothing is known of it."""
        return self.page_labels[page - 1] if page is not None and 0 < page <= len(self.page_labels) else None

    def boxes(self, start: int, end: int) -> list[Box]:
        """Where ``text[start:end]`` is printed: one box for each line that it touches, by the words that it touches."""
        found: list[Box] = []
        first = bisect_left(self.printed, start, key=lambda line: line.words[-1][1])
        for line in self.printed[first:]:
            if line.words[0][0] >= end:
                break
            touched = [w for w in line.words if w[0] < end and w[1] > start]
            if touched:
                found.append(Box(line.page, touched[0][2], line.top, max(w[3] for w in touched), line.bottom))
        return found
