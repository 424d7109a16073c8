"""Which figures of a file are new, changed, gone and kept, those in the cells of its tables too."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from corpus.document import Document
from corpus.figure import Figure
from corpus.records import Records
from corpus.table import Table, observation, row_text
from ingestion.change import NUMBER, Change, Changes, paired, plain, told, without_numbers, without_same

LISTED = 200  # of each sort, so many are listed; the counts are of all


def changed_figures(before: Records | None, after: Records | None) -> Changes[Figure]:
    """What becomes of the figures of a file; None stands for a file that is not there."""
    if before is None or after is None:
        sides = [r for r in (before, after) if r is not None]
        count = sum(_count(r) for r in sides)
        first = islice(chain.from_iterable(map(_figures, sides)), LISTED)
        listed = tuple(Change(f, None) if after is None else Change(None, f) for f in first)
        return Changes(0 if after is None else count, 0, count if after is None else 0, 0, listed)
    same = _same_rows(before, after)
    gone, new = without_same(list(_figures(before, same)), list(_figures(after, same)), _told)
    changed: list[tuple[Figure, Figure]] = []
    for key in (_named, _worded):
        pairs, gone, new = paired(gone, new, key)
        changed += pairs
    return told(changed, gone, new, _count(after) - len(new) - len(changed), LISTED)


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


def _named(figure: Figure) -> tuple[object, ...]:
    """What a figure is of."""
    said = (figure.measure, figure.area, figure.period, figure.population)
    return (*(plain(part) for part in said), figure.kind)


def _told(figure: Figure) -> tuple[object, ...]:
    return (*_named(figure), plain(figure.quantity.text), figure.quantity.unit)


def _worded(figure: Figure) -> tuple[object, ...]:
    """The words around a figure with every number blanked: the same sentence with another year is the same figure.

    Which of the sentence's numbers it is counts, too.
    """
    numbers = re.findall(NUMBER, figure.quote[: figure.at[0] - figure.location.start])
    return (without_numbers(figure.quote), len(numbers))
