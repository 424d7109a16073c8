"""Place and period choose the cell of a published table, once the judge has said which series answers.

A row is known by its own words, whatever kind of place or thing it is: by the place that the gazetteer knows, or by the
words of its labels that the question says. Where no place is asked for, the corpus's own area counts, else the whole.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.areas import reference_areas
from corpus.figure import Figure
from corpus.index import Generation
from corpus.language import STOPWORDS, words
from corpus.period import Period, last_time, periods_agree, read_periods, years_of
from corpus.statement import Statement
from corpus.table import Column, Gap, Table, gap_figure, observation
from retrieval.judged.question import Question
from retrieval.judged.slots import Veto
from retrieval.judged.wording import WHOLE

# What councils are called beside their name.
_KINDS = frozenset(
    "council district borough city county metropolitan royal london ua unitary authority ward mbc dc bc cc the of and upon".split()
)
_SMALLER = ("constituency", "ward")
_WORD = re.compile(r"[\w'’]+")
_CODE = re.compile(r"\b[A-Z]\d{8}\b|\b\w+\d{4}:")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was chosen, as a figure. gap: why it holds none, where it does not (its figure is not a number)."""

    figure: Figure
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cells of a series for what was asked, the direct one first; or the slot in which the table differs."""

    cells: tuple[Cell, ...] = ()
    veto: Veto | None = None


class CellChooser:
    """Chooses cells in one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._tables = {t.id: (t, generation.documents[t.document]) for t in generation.tables}
        self._rows: dict[str, _RowWords] = {}

    def choose(self, question: Question, statement: Statement) -> Chosen:
        """The cell for the places and periods asked for; for several of them, one each."""
        assert statement.series is not None
        table, document = self._tables[statement.series.table]
        rows = list(statement.series.rows if statement.series.rows is not None else range(len(table)))
        columns = [table.columns[i] for i in statement.series.columns]
        places = self._places(question, statement, table, rows, columns)
        if isinstance(places, Veto):
            return Chosen(veto=places)
        chosen: list[Cell] = []
        for place in places:
            timed = _in_time(question.periods, table, place)
            if isinstance(timed, Veto):
                return Chosen(veto=timed)
            for row, column in timed:
                seen = observation(table, document, row, column)
                if isinstance(seen, Figure):
                    chosen.append(Cell(seen))
                elif isinstance(seen, Gap):
                    chosen.append(Cell(gap_figure(table, document, row, column), seen.reason))
        return Chosen(tuple(chosen)) if chosen else Chosen(veto=Veto("cell", ""))

    def line(self, question: Question, statement: Statement) -> tuple[Figure, ...]:
        """All periods of a series for the place asked for, the earliest first."""
        assert statement.series is not None
        table, document = self._tables[statement.series.table]
        rows = list(statement.series.rows if statement.series.rows is not None else range(len(table)))
        places = self._places(question, statement, table, rows, [table.columns[i] for i in statement.series.columns])
        if isinstance(places, Veto) or not places:
            return ()
        seen = [observation(table, document, row, column) for row, column in places[0]]
        figures = [f for f in seen if isinstance(f, Figure) and f.period]
        return tuple(sorted(figures, key=lambda f: last_time(f.period)))

    def _places(
        self, question: Question, statement: Statement, table: Table, rows: list[int], columns: list[Column]
    ) -> "list[list[tuple[int, Column]]] | Veto":
        """For each place asked for its cells; for none, those of the corpus's own area or of the whole."""
        words_of = self._rows.setdefault(table.id, _RowWords(table))
        said = question.text if not question.before else f"{question.before} {question.text}"
        cells = [(r, c) for r in rows for c in columns]
        asked = [a.name for a in question.areas]
        if question.unknown_area:
            asked.append(question.unknown_area)
        cells = [(r, c) for r, c in cells if not self._of_other_kind(asked, table, r, c, said)]
        if not cells:
            return Veto("area", "")
        found: list[list[tuple[int, Column]]] = []
        for name in asked:
            of_name = [(r, c) for r, c in cells if self._same_place(name, table, r, c)]
            if of_name:
                found.append(words_of.best(of_name, said))
        if found:
            return found
        places = {table.area_of(r, c) for r, c in cells}
        if len(places) > 1 or len(rows) > 1:
            named = words_of.named(cells, said)
            if named:
                return [named]
        if asked:
            return Veto("area", next((p for p in places if p), "") or "")
        if len(places) <= 1:
            return [words_of.best(cells, said)]
        own = self.generation.own_area
        for name in [own.name] if own else []:
            of_own = [(r, c) for r, c in cells if self._same_place(name, table, r, c)]
            if of_own:
                return [words_of.best(of_own, said)]
        whole = [(r, c) for r, c in cells if WHOLE.match(table.area_of(r, c) or table.label_of(r) or "")]
        if whole:
            first = table.area_of(*whole[0])
            return [words_of.best([(r, c) for r, c in whole if table.area_of(r, c) == first], said)]
        return Veto("area", next((p for p in places if p), "") or "")

    def _same_place(self, name: str, table: Table, row: int, column: Column) -> bool:
        theirs = table.area_of(row, column)
        if not theirs:
            return False
        return _plain_name(theirs) == _plain_name(name) or self._key(theirs) == self._key(name)

    def _of_other_kind(self, asked: Sequence[str], table: Table, row: int, column: Column, said: str) -> bool:
        """Whether a cell is of a constituency or a ward that has the name of a district that is asked for."""
        kind = table.area_kind_of(row, column)
        if kind not in _SMALLER or kind in said.casefold():
            return False
        return any(self._key(n) in reference_areas() and self._same_place(n, table, row, column) for n in asked)

    @lru_cache(maxsize=20000)  # noqa: B019 - one chooser lives as long as its generation
    def _key(self, name: str) -> str:
        return self.generation.gazetteer.named(name).key


@lru_cache(maxsize=50000)
def _plain_name(name: str) -> str:
    """A place's name without its code and its kind: "E07000223 : Adur District Council" is "adur"."""
    bare = _CODE.sub(" ", name)
    bare = re.sub(r"\([^)]*\)", " ", bare)
    kept = [w for w in _WORD.findall(bare.casefold()) if w not in _KINDS]
    return " ".join(kept) or " ".join(_WORD.findall(bare.casefold()))


class _RowWords:
    """The words of a table's rows, weighed by how few rows have them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._stems: dict[int, frozenset[str]] = {}
        count: Counter[str] = Counter()
        for row in range(len(table)):
            parts = (
                (table.rows.areas[row] or "") if table.rows.areas else "",
                table.label_of(row),
                table.rows.groups[row] if table.rows.groups else "",
            )
            self._stems[row] = frozenset(_stems(_CODE.sub(" ", " ".join(parts)) if parts[0] else " ".join(parts)))
            count.update(self._stems[row])
        self._weight = {s: math.log(1 + len(table) / n) for s, n in count.items()}

    def score(self, row: int, said: frozenset[str]) -> float:
        return sum(self._weight[s] for s in self._stems[row] & said)

    def best(self, cells: Sequence[tuple[int, Column]], said: str) -> list[tuple[int, Column]]:
        """Of some cells, those of the rows that the question's words name best; all where it names none of them."""
        asked = frozenset(_stems(said))
        scores = {row: self.score(row, asked) for row, _ in cells}
        top = max(scores.values(), default=0.0)
        return [(r, c) for r, c in cells if scores[r] >= top - 1e-9]

    def named(self, cells: Sequence[tuple[int, Column]], said: str) -> list[tuple[int, Column]]:
        """The cells of the row whose own words the question says: of a place's name all of them."""
        asked = frozenset(_stems(said))
        spoken = " ".join(_WORD.findall(said.casefold()))
        plain = f" {spoken} "
        best: tuple[float, int] = (0.0, -1)
        for row in dict.fromkeys(r for r, _ in cells):
            area = (self._table.rows.areas[row] if self._table.rows.areas else None) or ""
            name = _plain_name(area) if area else ""
            whole = 10.0 + len(name) if len(name) > 2 and f" {name} " in plain else 0.0
            if not area:
                own = self._stems[row] & asked
                rare = max((self._weight[s] for s in own), default=0.0)
                whole = self.score(row, asked) if rare >= 0.6 * math.log(1 + len(self._table)) else 0.0
            if whole > best[0]:
                best = (whole, row)
        if best[0] <= 0:
            return []
        chosen = self._stems[best[1]]
        return [(r, c) for r, c in cells if r == best[1] or (self._stems[r] == chosen)]


def _stems(text: str) -> list[str]:
    return [w.stem for w in words(text) if w.text.casefold() not in STOPWORDS and w.text.casefold() not in _KINDS]


def _in_time(
    asked: Sequence[Period], table: Table, cells: Sequence[tuple[int, Column]]
) -> list[tuple[int, Column]] | Veto:
    """Of cells of one place, those of the periods asked for, one each; the latest where none is asked for."""
    stated = {(r, c.index): table.period_of(r, c) for r, c in cells}
    if asked:
        chosen: list[tuple[int, Column]] = []
        for period in _points(asked):
            fitting = [(r, c) for r, c in cells if _agrees(period, stated[r, c.index])]
            if fitting and fitting[0] not in chosen:
                chosen.append(fitting[0])
        if chosen:
            return chosen
        if all(stated.values()):
            return Veto("period", next(iter(stated.values())) or "")
        return list(cells[:1])
    latest = max((last_time(p) for p in stated.values()), default=(0, 0))
    return [(r, c) for r, c in cells if last_time(stated[r, c.index]) == latest][:1]


def _points(asked: Sequence[Period]) -> list[Period]:
    """The periods asked for; a stretch of years asks for itself, and else for its two ends."""
    points: list[Period] = []
    for period in asked:
        points.append(period)
        if period.first and period.last and period.last > period.first + (period.relation != "from-to"):
            points += [replace(period, first=y, last=y, relation="in", month=None) for y in (period.first, period.last)]
    return points


def _agrees(asked: Period, stated: str | None) -> bool:
    if not stated:
        return False
    theirs = [p for p in read_periods(stated) if p.first or p.last]
    if any(periods_agree(asked, p) for p in theirs):
        return True
    finer = asked.month or asked.quarter
    mine = years_of([asked])
    return not finer and len(theirs) == 1 and bool(mine) and years_of(theirs) == mine
