"""Figures that may stand in one chart: of one source, one measure, one unit, one population, and real or nominal alike.

What a chart shows is put in order here: its periods, and how sure the table says that each figure is. Targets and
forecasts are told from what was measured.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.period import read_periods
from corpus.table import Table, cells_of

AHEAD = (FigureKind.TARGET, FigureKind.FORECAST)
_REAL = re.compile(
    r"\b(?:real terms|constant prices|chained volume|adjusted for inflation|inflation.adjusted|\d{4} prices)\b", re.I
)
_NOMINAL = re.compile(r"\b(?:nominal|current prices|cash terms|not adjusted for inflation)\b", re.I)
_HALF_WIDTH = re.compile(r"±\s?(\d[\d,]*(?:\.\d+)?)\s?%?\Z")
_CONFIDENCE = re.compile(r"\bconf|\bc\.?i\.?(?![a-z])", re.I)


@dataclass(frozen=True, slots=True)
class Measure:
    """What all figures of a chart share. basis: "real", "nominal", or None where the source does not say."""

    document: str
    measure: str
    unit: str
    population: str | None = None
    basis: str | None = None


def measure_of(figure: Figure) -> Measure:
    """What a figure can be compared within."""
    words = " ".join(filter(None, (figure.measure, figure.population, figure.sentence)))
    basis = "nominal" if _NOMINAL.search(words) else "real" if _REAL.search(words) else None
    return Measure(figure.location.document, figure.measure, figure.quantity.unit, figure.population, basis)


def grouped(figures: Iterable[Figure]) -> dict[Measure, list[Figure]]:
    """The figures that can be drawn, by what they share; each area and period once, what was measured before a forecast.

    Ranges and figures without an area are left out: a bar has one length and one name.
    """
    found: dict[Measure, dict[tuple[str, str | None, bool], Figure]] = {}
    for f in figures:
        drawn = f.area and f.quantity.upper is None and f.kind is not FigureKind.DEFINITION
        if drawn and f.area and f.quantity.value.is_finite():
            found.setdefault(measure_of(f), {}).setdefault((f.area, f.period, f.kind in AHEAD), f)
    return {measure: list(of.values()) for measure, of in found.items()}


def periods(figures: Sequence[Figure]) -> list[str]:
    """The periods of the figures, earliest first; those that state no year keep the source's order, at the end."""
    said = dict.fromkeys(f.period for f in figures if f.period)
    return sorted(said, key=_when)


def _when(period: str) -> tuple[int, int, int]:
    read = read_periods(period)
    years = [y for p in read for y in (p.first, p.last) if y is not None]
    if not years:
        return (9999, 0, 0)
    return (max(years), max((p.quarter or 0 for p in read), default=0), max((p.month or 0 for p in read), default=0))


def latest(figures: Sequence[Figure]) -> str | None:
    """The last period that most areas have a measured figure for; None where no period is stated."""
    measured = [f for f in figures if f.kind not in AHEAD] or list(figures)
    count = {p: len({f.area for f in measured if f.period == p}) for p in periods(measured)}
    return max(count, key=lambda p: (count[p] > 1, _when(p)[0] < 9999, _when(p))) if count else None


def half_width(figure: Figure, generation: Generation) -> Decimal | None:
    """Half of the figure's confidence interval, in the figure's own unit, where its table gives one.

    A coefficient of variation stands in such a column, too, and is none.
    """
    match = _HALF_WIDTH.match(figure.reliability or "")
    if match is None or ("%" in match[0] and figure.quantity.unit != "percent"):
        return None
    table = next((t for t in generation.tables if figure.id.startswith(f"{t.id}:")), None)
    if table is not None:
        column = next((c for c in table.columns if figure.id.endswith(f":{c.index}")), None)
        heading = _heading(table, generation.documents[table.document], column.interval if column else None)
        if heading is not None and not _CONFIDENCE.search(heading):
            return None
    try:
        return Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return None


def _heading(table: Table, document: Document, index: int | None) -> str | None:
    """The words above a column of the table; None where there is no such column."""
    if index is None:
        return None
    lines = document.text[table.start : table.end].splitlines()
    cells = [cells_of(line, table.delimiter) for line in lines]
    return " ".join(row[index][0] for row in cells if index < len(row))
