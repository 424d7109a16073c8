"""A figure: a quantity with what it measures, the area, the period, its kind and its location."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.location import Location
from corpus.quantity import Quantity


class FigureKind(StrEnum):
    """What sort of statement a figure makes; the words are those of the command-line contract."""

    BASELINE = "baseline"
    TARGET = "target"
    FORECAST = "forecast"
    OUTTURN = "outturn"
    COMPARATOR = "comparator"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity tied to what it measures.

    measure: what is counted or measured, in the source's words ("residents with NVQ4").
    area, period: the source's words; None where the source does not say.
    location: the quotation that holds the figure; ``quote`` is its text, to the letter.
    at: the characters of the document that are the figure itself, inside ``location``.
    clause, lead, sentence, stem: words around the figure, by which questions find it; ``lead`` is what opens its
        sentence, before any figure, and so says what the sentence is about; for a sentence that points back ("it is below …"), also
        the sentence before.
    source: what the document's own footnote or the table names as the source of the figure.
    baseline: for a target that states where it starts from, the text of the starting figure.
    group: figures of one sentence that measure the same thing share a group, and are comparators of each other.
    population: of whom or of what a table's figure is ("aged 16 to 64"), where its measure does not say.
    reliability: the table's own note on the cell, when it has one.
    """

    id: str
    quantity: Quantity
    measure: str
    area: str | None
    period: str | None
    kind: FigureKind
    location: Location
    at: tuple[int, int]
    quote: str
    clause: str
    sentence: str
    lead: str = ""
    stem: str | None = None
    source: str | None = None
    theme: str | None = None
    group: str | None = None
    baseline: str | None = None
    reliability: str | None = None
    population: str | None = None
