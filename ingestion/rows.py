"""Figures in a table's row that stands in a document: "Residents with NVQ4 | Anytown: 41% | England: 37%".

The first cell says what is measured; a column's name before a cell says of which place or period it is.
"""

from dataclasses import dataclass

from corpus.areas import Gazetteer
from corpus.period import read_periods
from corpus.quantity import Quantity

CELL = " | "


@dataclass(frozen=True, slots=True)
class Slots:
    """What a row says of one of its figures; None where it says nothing of it."""

    measure: str
    area: str | None
    period: str | None


def row_slots(text: str, quantity: Quantity, gazetteer: Gazetteer) -> Slots | None:
    """Measure, area and period of a quantity in a row; None where the text is no row."""
    if CELL not in text:
        return None
    start = text.rfind(CELL, 0, quantity.start)
    if start < 0:
        return None
    cells = text[:start].split(CELL)
    label = " ".join(cells[0].split()).strip(" :")
    column = text[start + len(CELL) : quantity.start].strip(" :(")
    placed, dated = gazetteer.find(label), read_periods(label)
    area = gazetteer.find(column) or placed
    period = read_periods(column) or dated
    names = [n for n in (label, column) if n and not _only(n, gazetteer)]
    return Slots(": ".join(names), area[0].text if area else None, period[0].text if period else None)


def _only(words: str, gazetteer: Gazetteer) -> bool:
    """Whether words are nothing but a place or a period."""
    spans = [(m.start, m.end) for m in gazetteer.find(words)] + [(p.start, p.end) for p in read_periods(words)]
    left = words
    for start, end in spans:
        left = left[:start] + " " * (end - start) + left[end:]
    return not any(c.isalpha() for c in left)
