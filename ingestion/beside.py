"""Tables that stand side by side on a sheet: each becomes a sheet of its own, with the lines that hold for both.

A blank column alone parts nothing: published tables leave columns blank for the eye. It parts two tables where labels that
tell rows apart, with figures and a header of their own, stand behind it, as they do before it. A line above them that
stands over both, or that is followed by a title of each, is a title of both; so are the notes below them.
A key to the marks that stands beside a table is part of its notes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.cells import EMPTY, MARK, NOTE, TEXT, VALUE, is_fact, is_period, kind_of
from ingestion.grid import GridRow, Sheet

_FEWEST = 2  # rows that each of two tables must have; one of them at least side by side with the other's
_TELLING = 0.7  # share of the labels of a table's rows that differ


def part(sheet: Sheet) -> list[Sheet]:
    """The sheet, or the sheets of the tables that stand side by side on it, from the left."""
    for gap, start, band in (*_behind_gaps(sheet), *_behind_headers(sheet)):
        if _holds_two(band, gap, start):
            return _split(sheet, band, gap, start)
        if gap < start and (key := _key(band, start)):
            return part(replace(sheet, rows=_before(sheet, band, gap), key=(*sheet.key, *key)))
    return [sheet]


def _behind_gaps(sheet: Sheet) -> Iterator[tuple[int, int, list[GridRow]]]:
    """Blank columns behind which labels of rows may begin: the column, that of the labels, and the rows where it is blank."""
    width = max((len(r.cells) for r in sheet.rows), default=0)
    for j in range(sheet.first + 2, width - 2):
        if sum(1 for r in sheet.rows if not _at(r, j) and _at(r, j + 1)) < _FEWEST:
            continue
        band: list[GridRow] = []
        for row in (*sheet.rows, None):
            if row is not None and not _at(row, j):
                band.append(row)
            elif band:
                yield j, j + 1, band
                band = []


def _behind_headers(sheet: Sheet) -> Iterator[tuple[int, int, list[GridRow]]]:
    """Columns whose header is that of the first column again, with nothing between: "Area | Homes | Area | Jobs"."""
    for at, row in enumerate(sheet.rows):
        head = _at(row, sheet.first)
        if kind_of(head) is not TEXT or _is_row(row.cells):
            continue
        for j in range(sheet.first + 2, len(row.cells) - 1):
            if row.cells[j] == head:
                yield j, j, _around(sheet.rows, at)
                break


def _around(rows: Sequence[GridRow], head: int) -> list[GridRow]:
    """A header with the rows below it as far as the next blank one, and the lines above it."""
    first, last = head, head
    while first > 0 and not _is_row(rows[first - 1].cells):
        first -= 1
    while last + 1 < len(rows) and rows[last + 1].number == rows[last].last + 1:
        last += 1
    return list(rows[first : last + 1])


def _holds_two(band: Sequence[GridRow], gap: int, start: int) -> bool:
    """Whether tables stand on both sides of a blank column, with rows that both of them have."""
    heads = [c for r in band if (c := _at(r, start))]
    if len(heads) < _FEWEST or 2 * sum(1 for c in heads if kind_of(c) is TEXT or is_period(c)) < len(heads):
        return False
    right = [_labels(_behind(r, start)) for r in band]
    left = [_labels(r.cells[:gap]) for r in band]
    if not any(one and two for one, two in zip(left, right, strict=True)):
        return False
    if min(sum(map(bool, left)), sum(map(bool, right))) < _FEWEST:
        return False
    first = next(i for i, labels in enumerate(right) if labels)
    headed = any(any(_behind(r, start)[1:]) for r in band[:first])
    return headed and _tell_apart(left) and _tell_apart(right)


def _tell_apart(labels: Sequence[tuple[str, ...]]) -> bool:
    """Whether most rows of a table have labels that no other row has."""
    found = [
        each for each in labels if each and not each[-1].startswith("(")
    ]  # "(percentage)" goes on with the row above
    return len(set(found)) >= _TELLING * len(found)


def _labels(cells: Sequence[str]) -> tuple[str, ...]:
    """The labels of a table's row that begins with these cells; empty where no figure or mark follows, or none stands first."""
    labels: list[str] = []
    for cell in cells:
        kind = kind_of(cell)
        if kind in (VALUE, MARK) and not is_period(cell):
            return tuple(labels)
        if kind is not EMPTY:
            labels.append(cell)
    return ()


def _is_row(cells: Sequence[str]) -> bool:
    return bool(_labels(cells))


def _split(sheet: Sheet, band: Sequence[GridRow], gap: int, start: int) -> list[Sheet]:
    """The sheet without what stands behind the blank column, and what stands there as a sheet; each parted further."""
    inside = {r.number for r in band}
    shared = {r.number for r in (*_shared_titles(sheet, band, gap, start), *_shared_notes(sheet, band, gap, start))}
    right: list[GridRow] = []
    for row in sheet.rows:
        there = _behind(row, start) if row.number in inside else ()
        if row.number in shared:
            there = (*(c for c in row.cells[:gap] if c), *there)
        if any(there):
            right.append(replace(row, cells=("",) * start + there))
    return [
        *part(replace(sheet, rows=_before(sheet, band, gap))),
        *part(replace(sheet, rows=tuple(right), first=start)),
    ]


def _before(sheet: Sheet, band: Sequence[GridRow], gap: int) -> tuple[GridRow, ...]:
    """A sheet's rows without what stands behind a column in the rows of a band."""
    inside = {r.number for r in band}
    kept = (replace(r, cells=_ended(r.cells[:gap])) if r.number in inside else r for r in sheet.rows)
    return tuple(r for r in kept if r.cells)


def _key(band: Sequence[GridRow], start: int) -> list[str]:
    """The lines of a key that stands beside a table: marks alone, each with what it means; empty where it is none."""
    said: dict[str, str] = {}
    for row in band:
        filled = [c for c in _behind(row, start) if c]
        if len(filled) == 2 and kind_of(filled[0]) is MARK and re.search(r"[^\W\d_]{3}", filled[1]):
            if filled[0] in said:
                return []
            said[filled[0]] = filled[1]
        elif said and filled:
            return []
    if len(said) < _FEWEST or not any(_is_row(r.cells[:start]) for r in band):
        return []
    return [f"{mark} = {meaning}" for mark, meaning in said.items()]


def _shared_titles(sheet: Sheet, band: Sequence[GridRow], gap: int, start: int) -> list[GridRow]:
    """The lines above two tables that are titles of both, though they begin over the one on the left."""
    head = next(r.number for r in band if any(_behind(r, start)[1:]))
    own = next((r.number for r in band if r.number < head and _at(r, start)), None)
    above: list[GridRow] = []
    for row in reversed([r for r in sheet.rows if r.number < head]):
        left = row.cells[:gap]
        if _is_row(left):
            break
        if _is_line(left) and not any(row.cells[gap:start]):
            above.insert(0, row)
    if own is None:
        return above
    lower = [r for r in above if r.number >= own]
    upper = [r for r in above if r.number < own]
    if upper and not lower and own - upper[-1].last == 1 and not _spans(sheet, upper[-1], start):
        upper.pop()  # the title of the table on the left stands a line above the other's
    return [*upper, *(r for r in lower if _spans(sheet, r, start))]


def _shared_notes(sheet: Sheet, band: Sequence[GridRow], gap: int, start: int) -> list[GridRow]:
    """The notes that follow when both tables have ended."""
    last = max(r.number for r in band if _is_row(r.cells[:gap]) or _is_row(_behind(r, start)))
    found: list[GridRow] = []
    for row in sheet.rows:
        if row.number <= last:
            continue
        if not _is_line(row.cells) or not (NOTE.match(row.cells[sheet.first]) or found):
            break
        found.append(row)
    return found


def _spans(sheet: Sheet, row: GridRow, start: int) -> bool:
    """Whether a line's cell is merged with cells above the table on the right."""
    at = row.number - 1
    return any(r1 <= at <= r2 and c1 < start <= c2 for r1, c1, r2, c2 in sheet.merged)


def _is_line(cells: Sequence[str]) -> bool:
    """A line of text, or a pair such as "date | 2022"."""
    filled = [c for c in cells if c]
    return bool(filled) and kind_of(filled[0]) is TEXT and (len(filled) == 1 or is_fact(cells))


def _behind(row: GridRow, start: int) -> tuple[str, ...]:
    return row.cells[start:]


def _at(row: GridRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _ended(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells without the blank ones at their end."""
    last = max((j for j, c in enumerate(cells) if c), default=-1)
    return tuple(cells[: last + 1])
