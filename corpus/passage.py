"""A stretch of a document with its location and its headings. It never loses them."""

from dataclasses import dataclass

from corpus.location import Location


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, bullet, footnote or table row.

    text: the words to the letter (``Document.text[location.start:location.end]``).
    stem: for a bullet, the sentence that it continues ("there has been high employment growth since 2015 in").
    kind: ``paragraph``, ``bullet``, ``quotation``, ``footnote`` or ``row``.
    """

    id: str
    text: str
    location: Location
    kind: str = "paragraph"
    stem: str | None = None
    theme: str | None = None
