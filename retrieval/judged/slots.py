"""Slots: area, period, unit, code, age and sex. They only veto: where question and statement both say, and differ.

Meaning proposes, slots dispose. Nothing here knows what is measured.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.areas import Area
from corpus.figure import Figure
from corpus.index import Generation
from corpus.period import Period, read_periods, years_of
from corpus.quantity import Quantity
from corpus.statement import Statement
from retrieval.judged.kind import UNITS, unit_class, units
from retrieval.judged.question import NO_COUNTS, PERCENTS, Question, codes_of, other_codes

# "16 to 24", "250 or more", "75+", "under 25s": of ages, sizes, or whatever comes in bands.
_BAND = re.compile(
    r"(?<![\d£$€.,/])(?P<low>[1-9]\d{0,3}|0)\s*(?:to|and|[-–])\s*(?P<high>\d{1,4})(?![\d%/]|[.,]\d)"
    r"|(?<![\d£$€.,/])(?P<least>\d{1,4})\s*(?:\+|plus\b|(?:or|and)\s+(?:more|over|older|above)\b)"
    r"|\b(?:under|below|fewer than|less than)[- ](?P<under>\d{1,4})(?!\d|%|[.,]\d)"
    r"|\b(?:over|more than)[- ](?P<over>\d{1,4})(?!\d|%|[.,]\d)",
    re.IGNORECASE,
)
_WOMEN = re.compile(r"\b(?:wom[ae]n|females?|girls?|mothers?)\b", re.IGNORECASE)
_MEN = re.compile(r"\b(?:m[ae]n|males?|boys?|fathers?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Veto:
    """A slot in which a statement differs from what was asked: its name, and what the statement says."""

    slot: str
    said: str


class Slots:
    """Reads the slots of statements of one state of the corpus, and holds them against those of a question."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._areas: dict[str, tuple[Area, ...]] = {}
        self._knows: dict[tuple[str, str], bool] = {}

    def vetoes(self, question: Question, statement: Statement, figure: Figure | None = None) -> tuple[Veto, ...]:
        """The slots in which a statement of a document, or the figure in it, differs; empty where none does."""
        found = (
            self._area(question, statement, figure),
            self._period(question, statement, figure),
            self.unit(question, figure),
            self._code(question, statement),
            self._group(question, statement),
        )
        return tuple(v for v in found if v is not None)

    def agreement(self, question: Question, statement: Statement, quantities: Sequence[Quantity]) -> list[float]:
        """How area, period and unit agree with what is asked for (1), are unsaid (0) or differ (-1); how likely the
        unit of one of the quantities is wanted; and how many there are, as a logarithm."""
        if statement.series is not None:  # place and period choose its cell later
            return [0.0, 0.0, 0.0, 0.0, 0.0]
        area = 0.0
        if question.unknown_area is not None:
            area = -1.0
        elif question.areas and (said := {a.key for a in self.areas(statement)}):
            area = 1.0 if said & {a.key for a in question.areas} else -1.0
        asked, years = years_of(question.periods), years_of(_said_periods(statement))
        period = (1.0 if asked & years else -1.0) if asked and years else 0.0
        unit = 0.0
        if question.units and quantities:
            wanted = "percent" in question.units
            unit = 1.0 if any(wanted == (q.unit in PERCENTS) for q in quantities) else -1.0
        likely = units(question.standalone)
        wanted_unit = max((likely[unit_class(q.unit)] for q in quantities), default=0.0)
        return [area, period, unit, wanted_unit, math.log1p(len(quantities))]

    def of_figure(self, question: Question, statement: Statement, figure: Figure) -> list[float]:
        """Where a figure differs from what is asked for (-1): area, period, unit; how likely its unit is wanted, and which
        it is."""
        differs = {v.slot for v in self.vetoes(question, statement, figure)}
        unit = unit_class(figure.quantity.unit)
        return [
            *(-float(slot in differs) for slot in ("area", "period", "unit")),
            units(question.standalone)[unit],
            *(float(unit == u) for u in UNITS),
        ]

    def areas(self, statement: Statement) -> tuple[Area, ...]:
        """The places that a statement is about: named in it, else before it, else in the last heading."""
        if statement.id not in self._areas:
            gazetteer = self.generation.gazetteer
            found: tuple[Area, ...] = ()
            for text in (statement.text, statement.before, statement.stem, *statement.headings[::-1][:2]):
                found = tuple(dict.fromkeys(m.area for m in gazetteer.find(text))) if text else ()
                if found:
                    break
            self._areas[statement.id] = found
        return self._areas[statement.id]

    def _area(self, question: Question, statement: Statement, figure: Figure | None) -> Veto | None:
        if question.unknown_area is not None:
            return Veto("area", "")
        if not question.areas:
            return None
        asked = {a.key for a in question.areas}
        areas = self.areas(statement)
        if figure is not None and figure.area and len(areas) > 1:
            areas = (self.generation.gazetteer.named(figure.area),)
        if areas:
            return None if asked & {a.key for a in areas} else Veto("area", areas[0].name)
        path = statement.location.document
        own = self.generation.own_areas.get(path)
        if own is None or own.key in asked or any(self._document_names(path, a) for a in question.areas):
            return None
        return Veto("area", own.name)

    def _document_names(self, path: str, area: Area) -> bool:
        """Whether a document speaks of a place at all."""
        if (path, area.key) not in self._knows:
            document = self.generation.documents[path]
            self._knows[path, area.key] = (
                re.search(rf"\b{re.escape(area.name)}\b", f"{document.title}\n{document.text}") is not None
            )
        return self._knows[path, area.key]

    def _period(self, question: Question, statement: Statement, figure: Figure | None) -> Veto | None:
        asked = years_of(question.periods)
        if not asked:
            return None
        said = _said_periods(statement)
        if not said:
            return None
        if figure is not None and figure.period and len(said) > 1:
            own = [p for p in read_periods(figure.period) if p.first or p.last]
            said = own or said
        years = years_of(said)
        return None if not years or asked & years else Veto("period", said[0].text)

    def unit(self, question: Question, figure: Figure | None) -> Veto | None:
        """The unit, where a figure differs in it from what was asked."""
        if figure is None or not question.units:
            return None
        unit = figure.quantity.unit
        if "percent" in question.units and unit not in PERCENTS | {"ratio", "per_100", "unavailable"}:
            return Veto("unit", unit)
        rate = unit in NO_COUNTS or unit.startswith("per_")
        return Veto("unit", unit) if "count" in question.units and rate else None

    def _code(self, question: Question, statement: Statement) -> Veto | None:
        if not question.codes:
            return None
        said = codes_of(statement.whole)
        return Veto("code", ", ".join(sorted(said))) if other_codes(question.codes, said) else None

    def _group(self, question: Question, statement: Statement) -> Veto | None:
        """Bands, as of ages or sizes, and sexes that differ. What is said of all is not said of a band of them."""
        asked = _bands(question.text)
        if asked and not asked & (said := _bands(statement.whole)):
            return Veto("band", ", ".join(sorted(said)))
        for one, other in ((_WOMEN, _MEN), (_MEN, _WOMEN)):
            text = statement.text
            if (
                one.search(question.text)
                and not other.search(question.text)
                and other.search(text)
                and not one.search(text)
            ):
                return Veto("sex", "")
        return None


@lru_cache(maxsize=50_000)
def _said_periods(statement: Statement) -> list[Period]:
    """The calendar periods of a statement: its own, else those of its caption, else those of its last heading."""
    for text in (statement.text, statement.before, statement.stem, *statement.headings[-1:]):
        found = [p for p in read_periods(text) if p.first or p.last] if text else []
        if found:
            return found
    return []


@lru_cache(maxsize=50_000)
def _bands(text: str) -> frozenset[str]:
    """The bands of a text, each as its bounds; stretches of time are none."""
    times = [(p.start, p.end) for p in read_periods(text)]
    found: set[str] = set()
    for m in _BAND.finditer(text):
        if any(start < m.end() and m.start() < end for start, end in times):
            continue
        low, high, least, under, over = (int(g) if g else None for g in m.groups())
        if low is not None and high is not None:
            if low < high:
                found.add(f"{low}-{high}")
        elif under is not None:
            found.add(f"-{under - 1}")
        else:
            found.add(f"{least if least is not None else (over or 0) + 1}-")
    return frozenset(found)
