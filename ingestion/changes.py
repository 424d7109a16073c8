"""What a file changes: its figures before and after, told apart into new, changed, gone and kept.

A figure is known again by what it says and not by where it stands: a paragraph more at the top of a plan, or a row
more in a table, changes none of the figures below it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from corpus.document import Document
from corpus.figure import Figure
from corpus.records import Records
from corpus.table import Table, observation, row_text

LISTED = 200  # of each sort, so many are listed; the counts are of all


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after: before is None where it is new, after where it is gone."""

    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class Changes:
    """How many figures are new, changed, gone and kept; and the first that are changed, then gone, then new."""

    new: int
    changed: int
    gone: int
    kept: int
    first: tuple[Change, ...] = ()

    @property
    def none(self) -> bool:
        """Whether every figure stays as it is."""
        return not (self.new or self.changed or self.gone)


def changes(before: Records | None, after: Records | None) -> Changes:
    """What becomes of the figures of a file; None stands for a file that is not there."""
    if before is None or after is None:
        sides = [r for r in (before, after) if r is not None]
        count = sum(_count(r) for r in sides)
        first = islice(chain.from_iterable(map(_figures, sides)), LISTED)
        listed = tuple(Change(f, None) if after is None else Change(None, f) for f in first)
        return Changes(0 if after is None else count, 0, count if after is None else 0, 0, listed)
    same = _same_rows(before, after)
    gone, new = _without_same(list(_figures(before, same)), list(_figures(after, same)))
    changed: list[Change] = []
    for key in (_named, _worded):
        pairs, gone, new = _paired(gone, new, key)
        changed += pairs
    listed = (
        *changed[:LISTED],
        *(Change(f, None) for f in gone[:LISTED]),
        *(Change(None, f) for f in new[:LISTED]),
    )
    return Changes(len(new), len(changed), len(gone), _count(after) - len(new) - len(changed), listed)


def _count(records: Records) -> int:
    return len(records.figures) + sum(table.figures for table in records.blocks)


def _figures(records: Records, without: Counter[tuple[object, ...]] | None = None) -> Iterator[Figure]:
    """The figures of a file, but for those of the rows that are the same before and after."""
    yield from records.figures
    passed = Counter(without or {})
    for table in records.blocks:
        head = _head(table)
        for row in range(len(table)):
            key = _row(table, records.document, row, head)
            if passed[key] > 0:
                passed[key] -= 1
                continue
            for column in table.columns:
                found = observation(table, records.document, row, column)
                if isinstance(found, Figure):
                    yield found


def _same_rows(before: Records, after: Records) -> Counter[tuple[object, ...]]:
    """The rows that stand in tables of both, cell for cell, under the same headings: most rows of most new editions."""
    counted = [
        Counter(_row(t, r.document, row, head) for t in r.blocks for head in [_head(t)] for row in range(len(t)))
        for r in (before, after)
    ]
    return counted[0] & counted[1]


def _head(table: Table) -> int:
    """What holds for every row of a table."""
    columns = tuple((c.index, c.labels, c.measure, c.unit, c.scale, c.period, c.area) for c in table.columns)
    own = (table.sheet, table.titles, table.name, table.unit, table.scale, table.period, table.area, table.population)
    return hash((columns, own, table.marks))


def _row(table: Table, document: Document, row: int, head: int) -> tuple[object, ...]:
    rows = table.rows
    own = tuple(field[row] if field else None for field in (rows.areas, rows.periods, rows.labels, rows.units))
    return (head, own, row_text(table, document, row))


def _without_same(before: Sequence[Figure], after: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Both sides without the figures that say the same of the same thing."""
    shared = Counter(map(_told, before)) & Counter(map(_told, after))
    sides = []
    for side in (before, after):
        left, passed = [], Counter(shared)
        for figure in side:
            if passed[_told(figure)] > 0:
                passed[_told(figure)] -= 1
            else:
                left.append(figure)
        sides.append(left)
    return sides[0], sides[1]


def _paired(
    gone: Sequence[Figure], new: Sequence[Figure], key: Callable[[Figure], object]
) -> tuple[list[Change], list[Figure], list[Figure]]:
    """The figures of both sides that share a key, in their order, and what is left of each side."""
    waiting: dict[object, list[Figure]] = defaultdict(list)
    for figure in gone:
        waiting[key(figure)].append(figure)
    pairs: list[Change] = []
    left: list[Figure] = []
    taken: set[int] = set()
    for figure in new:
        same = waiting.get(key(figure))
        if same:
            old = same.pop(0)
            taken.add(id(old))
            pairs.append(Change(old, figure))
        else:
            left.append(figure)
    return pairs, [f for f in gone if id(f) not in taken], left


def _named(figure: Figure) -> tuple[object, ...]:
    """What a figure is of."""
    said = (figure.measure, figure.area, figure.period, figure.population)
    return (*(_plain(part) for part in said), figure.kind)


def _told(figure: Figure) -> tuple[object, ...]:
    return (*_named(figure), _plain(figure.quantity.text), figure.quantity.unit)


def _worded(figure: Figure) -> tuple[object, ...]:
    """The words around a figure with every number blanked: the same sentence with another year is the same figure.

    Which of the sentence's numbers it is counts, too.
    """
    numbers = re.findall(_NUMBER, figure.quote[: figure.at[0] - figure.location.start])
    return (re.sub(_NUMBER, "#", _plain(figure.quote)), len(numbers))


_NUMBER = r"\d[\d,.]*"


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
