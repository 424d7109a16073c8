"""Releases of one published table: the later one's cell answers, and carries what the others give for the same.

Two files hold the same table where its name, its number and the rest of what it says are the same; a table of residents'
pay is no release of one of pay by workplace. Which file is the later is told by the dates of the documents, then by the
last year that each table reaches, then by what they call themselves ("provisional", "revised"); else it is not told.
A figure that a later release no longer gives is still the earlier one's, and goes with where the later one has none.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.document import Document
from corpus.figure import Figure
from corpus.index import Generation
from corpus.location import Location
from corpus.period import read_periods
from corpus.table import Column, Gap, Table, gap_figure, observation
from corpus.thesaurus import apart, phrase_stems
from retrieval.match import Match, OtherRelease, Withheld, Words
from retrieval.question import Question

_NUMBER = re.compile(r"^\W*(?:table|sheet|worksheet)\s+([\w.]*\d[\w.]*)", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:provisional|preliminary|early|first estimates?|draft)\b", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:revised|revisions?|final|corrected|corrections?)\b", re.IGNORECASE)

# The cells of a table, by row and column, under the words of their period and the stems of their measure.
_Cells = dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[int, Column]]]


class Releases:
    """Tells releases of one table apart from different tables, for one generation."""

    def __init__(
        self,
        generation: Generation,
        table_of: Callable[[Figure], Table | None],
        words_of: Callable[[str], Words],
    ) -> None:
        self._documents = generation.documents
        self._gazetteer = generation.gazetteer
        self._table_of, self._words_of = table_of, words_of
        self._cells: dict[tuple[str, int], _Cells] = {}
        self._named: dict[tuple[str, ...], list[tuple[Table, Document]]] = {}
        for records in generation.records:
            for table in records.blocks:
                self._named.setdefault(phrase_stems(table.name), []).append((table, records.document))

    def later_first(self, question: Question, matches: Sequence[Match]) -> list[Match]:
        """The matches in their order, with one cell where several releases of a table have it: the latest one's.

        Where no period is asked for, a release whose last year is behind another's has nothing to say of the latest.
        """
        groups: dict[tuple[object, ...], list[Match]] = {}
        for match in matches:
            if match.gap is None and (table := self._table_of(match.figure)) is not None:
                groups.setdefault(self._key(match, table), []).append(match)
        found: dict[str, Match | None] = {}
        for group in groups.values():
            if len({m.figure.location.document for m in group}) > 1:
                for cells in self._by_period(group, newest=not question.periods, gone=found):
                    self._choose(cells, found)
        kept = (found.get(m.figure.id, m) for m in matches)
        return [replace(m, withheld=self._withheld(m)) for m in kept if m is not None]

    def _withheld(self, match: Match) -> Withheld | None:
        """Where a later release of a cell's table has no figure for the same; None where none is later, or it has one."""
        table = self._table_of(match.figure) if match.gap is None else None
        if table is None:
            return None
        own = (table, self._documents[match.figure.location.document])
        newer = [p for p in self._named[phrase_stems(table.name)] if _is_release(p, own, self._words_of)]
        newer = [p for p in newer if _is_later(p, own)]
        if not newer:
            return None
        last = newer[0]
        for place in newer[1:]:
            if _is_later(place, last):
                last = place
        return self._missing(match.figure, *last)

    def _missing(self, figure: Figure, table: Table, document: Document) -> Withheld | None:
        """What a table has in place of a figure: a cell without one, or no row for its place beside rows for others."""
        others, area = False, self._key_of(figure.area)
        same = (_words_of_period(figure.period), phrase_stems(figure.measure))
        for row, column in self._cells_of(table, document).get(same, ()):
            if self._key_of(table.area_of(row, column)) != area:
                others = True
                continue
            seen = observation(table, document, row, column)
            if isinstance(seen, Figure):
                return None
            reason = seen.reason if isinstance(seen, Gap) else ""
            cell = gap_figure(table, document, row, column)
            return Withheld(cell.location, cell, reason)
        place = Location(document.path, table.start, table.end, None, table.titles[:1])
        return Withheld(place) if others and figure.area else None

    def _cells_of(self, table: Table, document: Document) -> _Cells:
        """The cells of a table by the words of their period and of their measure; told once, for a table can be long."""
        place = (document.path, table.start)
        if place not in self._cells:
            cells: _Cells = {}
            stems: dict[str, tuple[str, ...]] = {}
            for row in range(len(table)):
                for column in table.columns:
                    measure = table.measure_of(row, column)
                    if measure not in stems:
                        stems[measure] = phrase_stems(measure)
                    when = _words_of_period(table.period_of(row, column))
                    cells.setdefault((when, stems[measure]), []).append((row, column))
            self._cells[place] = cells
        return self._cells[place]

    def _key_of(self, area: str | None) -> str | None:
        return self._gazetteer.named(area).key if area else None

    def _key(self, match: Match, table: Table) -> tuple[object, ...]:
        """What two cells have in common where one may be a release of the other, their period aside."""
        figure = match.figure
        area = self._key_of(figure.area)
        facts = frozenset(phrase_stems(" ".join(fact)) for fact in table.facts)
        return (
            phrase_stems(figure.measure), figure.quantity.unit, area, phrase_stems(figure.population or ""),
            phrase_stems(table.name), facts,
        )  # fmt: skip

    def _by_period(self, group: Sequence[Match], newest: bool, gone: dict[str, Match | None]) -> list[list[Match]]:
        """Cells of one period together; with ``newest``, those of the last period alone, the others being gone."""
        periods: dict[tuple[str, ...], list[Match]] = {}
        for match in group:
            periods.setdefault(_words_of_period(match.figure.period), []).append(match)
        if not newest:
            return list(periods.values())
        last = max(last_of(m.figure.period) for m in group)
        cells = [c for c in periods.values() if last_of(c[0].figure.period) == last]
        for match in group:
            if last_of(match.figure.period) != last and self._is_release(match, cells[0][0]):
                gone[match.figure.id] = None
        return cells

    def _choose(self, cells: Sequence[Match], found: dict[str, Match | None]) -> None:
        """Of the same cell in several documents the latest is kept, with the others' figures where they differ."""
        lead = cells[0]
        for match in cells[1:]:
            if self._is_release(match, lead) and self._is_later(match, lead):
                lead = match
        others: list[OtherRelease] = []
        for match in cells:
            if match is not lead and self._is_release(match, lead):
                found[match.figure.id] = None
                if match.figure.quantity.value != lead.figure.quantity.value:
                    others.append(OtherRelease(match.figure, self._is_later(lead, match)))
        found[lead.figure.id] = replace(lead, releases=tuple(others))

    def _is_release(self, one: Match, two: Match) -> bool:
        return _is_release(self._place(one), self._place(two), self._words_of)

    def _is_later(self, one: Match, two: Match) -> bool | None:
        return _is_later(self._place(one), self._place(two))

    def _place(self, match: Match) -> tuple[Table, Document]:
        table = self._table_of(match.figure)
        assert table is not None
        return table, self._documents[match.figure.location.document]


def _is_release(one: tuple[Table, Document], two: tuple[Table, Document], words_of: Callable[[str], Words]) -> bool:
    """Whether tables of one name, in two documents, are releases of one table."""
    if one[1].path == two[1].path:
        return False
    numbers = [n[1].rstrip(".").lower() for t, _ in (one, two) if t.titles and (n := _NUMBER.match(t.titles[0]))]
    return len(set(numbers)) < 2 and not _parted(*(words_of(_said(t, d)) for t, d in (one, two)))


def _said(table: Table, document: Document) -> str:
    return " ".join((*table.titles, document.title, re.sub(r"[/_.-]+", " ", document.path), table.source or ""))


def _is_later(one: tuple[Table, Document], two: tuple[Table, Document]) -> bool | None:
    """Whether the first table's release is the later one; None where nothing tells."""
    (table_a, a), (table_b, b) = one, two
    if a.date and b.date and not (a.date.startswith(b.date) or b.date.startswith(a.date)):
        return a.date > b.date
    reach_a, reach_b = _reach(table_a), _reach(table_b)
    if reach_a != reach_b and reach_a and reach_b:
        return reach_a > reach_b
    edition_a, edition_b = _edition(table_a, a), _edition(table_b, b)
    return edition_a > edition_b if edition_a != edition_b else None


def _words_of_period(period: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", (period or "").lower()))


@lru_cache(maxsize=16384)
def last_of(period: str | None) -> int:
    """The last year of a period in the source's words; 0 where it names none."""
    return max((p.last or p.first or 0 for p in read_periods(period or "")), default=0)


def _reach(table: Table) -> int:
    """The last year that a table has; 0 where it says none."""
    stated = {table.period, *table.rows.periods, *(c.period for c in table.columns)}
    return max((last_of(p) for p in stated), default=0)


def _edition(table: Table, document: Document) -> int:
    """-1 where a release calls itself provisional, 1 where it calls itself revised or final, else 0."""
    said = " ".join((*table.titles, document.title, re.sub(r"[/_.-]+", " ", document.path)))
    return -1 if _FIRST.search(said) else 1 if _SECOND.search(said) else 0


def _parted(one: Words, two: Words) -> bool:
    """Whether one text says of a pair of opposites what the other does not: "resident" and "workplace"."""
    for group in apart():
        a, b = ({p for p in group if said.phrase(p)} for said in (one, two))
        if a - b and b - a:
            return True
    return False
