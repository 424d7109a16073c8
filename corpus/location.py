"""Where something stands in a source. Set when a span is born and carried along, never searched for later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place in one document or table.

    document: path below the corpus folder, with forward slashes.
    start, end: character span in the document's text as it was read (``Document.text[start:end]``).
    page: page of the file counted from 1; None where the format has no pages.
    section: the headings above the span, outermost first.
    cell: for a table, ``Sheet!Q2126`` or ``line 184, column 4``; None elsewhere.
    """

    document: str
    start: int
    end: int
    page: int | None = None
    section: tuple[str, ...] = ()
    cell: str | None = None
