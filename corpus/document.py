"""A document or table as it was read: its text, and what the register says of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One source. ``text`` is what every Location's characters count into.

    kind: ``plan``, ``table``, ``transcript`` (rows copied by hand out of a document of the corpus, which stays the better
    citation) or another word of the register; status: ``draft``, ``adopted``, ``published`` or None.
    date: ISO 8601, as precise as the source is ("2021-09"); None where the source does not say.
    pages: for each page of the file, the span of ``text`` that it gave; empty where the format has no pages.
    date_at, status_at: where the document itself states its date and its status; None where it does not.
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

    @property
    def is_table(self) -> bool:
        """Whether this is rows of figures (published, or transcribed from a document) rather than text."""
        return self.kind in ("table", "transcript")
