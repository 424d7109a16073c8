"""Tables of a PDF whose rows are told by their grounds: every other row is shaded, and no rules run between the others.

The grounds of the shaded rows are cells; what stands between them, and right above and below, is put into their columns.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.pdf_bands import LEVEL as _LEVEL
from ingestion.pdf_bands import PrintedLine, printed_lines
from ingestion.pdf_cells import CAPTION, PrintedCell, PrintedTable, runs_of_cell
from ingestion.pdf_print import Box, Word
from ingestion.text_table import is_value

_SAME = 4.0  # points: grounds that begin and end so near to one another belong together
_MOST_HEADS = 5  # lines
_NEAR = 2.6  # of the type's size: lines further apart do not belong to one table
_WRAPPED = 1.4  # of the type's size: the distance of the lines of one cell


@dataclass(slots=True)
class _Ground:
    """The cells of one shaded row, or of several that touch, as a box, and where its columns begin."""

    box: Box
    columns: list[float]


def shaded_tables(groups: Sequence[Sequence[Box]], words: Sequence[Word]) -> list[PrintedTable]:
    """Tables of which only some rows have a ground. groups: the boxes that touch one another, of each ground."""
    grounds = [_ground(group) for group in groups]
    grounds = [g for g in grounds if g.box[2] - g.box[0] > 100 and g.box[3] - g.box[1] < 400]
    found: list[PrintedTable] = []
    left = sorted(grounds, key=lambda g: g.box[1])
    while left:
        first = left.pop(0)
        alike = [g for g in left if abs(g.box[0] - first.box[0]) < _SAME and abs(g.box[2] - first.box[2]) < _SAME]
        if not alike:
            continue
        left = [g for g in left if not any(g is a for a in alike)]
        table = _table([first, *alike], words)
        if table is not None:
            found.append(table)
    return found


def with_heads(table: PrintedTable, words: Sequence[Word]) -> PrintedTable:
    """A table whose first row has figures, with the bold headings right above it, which have no ground of their own."""
    if not any(is_value(c.words) for c in table.cells if c.row == 0 and c.column > 0):
        return table
    x0, top, x1, bottom = table.box
    lines = printed_lines([w for w in words if x0 - 2 <= w.x0 and w.x1 <= x1 + 2 and w.bottom <= top + 3])
    first = len(lines)
    while first > 0 and lines[first - 1].bold and len(lines) - first < _MOST_HEADS:
        line = lines[first - 1]
        below = lines[first].top if first < len(lines) else top
        beside = len(line.pieces) > 1 or _column(table.edges, line.pieces[0].x0) > 0
        near = below - line.bottom < (0.6 if first < len(lines) else 1.5) * line.size
        if not near or not (beside or first < len(lines)) or CAPTION.match(line.text) or not _fits(line, table.edges):
            break
        first -= 1
    part = lines[first:]
    if not any(len(line.pieces) > 1 for line in part):
        return table
    heads = _rows(part, table.edges)
    for cell in table.cells:
        cell.row += len(heads)
    return PrintedTable([*_cells(heads, table.edges), *table.cells], (x0, part[0].top - 1, x1, bottom), table.edges)


def _cells(rows: Sequence[Sequence[PrintedLine]], edges: Sequence[float]) -> list[PrintedCell]:
    cells: list[PrintedCell] = []
    for n, row in enumerate(rows):
        held: dict[int, list[Word]] = {}
        across: dict[int, int] = {}
        for line in row:
            for piece in line.pieces:
                c = _column(edges, piece.x0)
                held.setdefault(c, []).extend(piece.words)
                across[c] = max(across.get(c, 1), _column(edges, piece.x1 - 4) - c + 1)
        cells += [PrintedCell(n, c, across[c], 1, runs_of_cell(held[c])) for c in sorted(held)]
    return cells


def _ground(boxes: Sequence[Box]) -> _Ground:
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return _Ground(whole, sorted(b[0] for b in boxes))


def _table(grounds: Sequence[_Ground], words: Sequence[Word]) -> PrintedTable | None:
    x0, x1 = min(g.box[0] for g in grounds), max(g.box[2] for g in grounds)
    inside = [w for w in words if x0 - 2 <= w.x0 and w.x1 <= x1 + 2]
    edges = _columns([x for g in grounds for x in g.columns], inside, grounds)
    if len(edges) < 2:
        return None
    lines = printed_lines(inside)
    top, bottom = min(g.box[1] for g in grounds), max(g.box[3] for g in grounds)
    held = [i for i, line in enumerate(lines) if top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1]
    if len(held) < 3 or not all(_fits(lines[i], edges) for i in held):
        return None
    first, last = held[0], held[-1]
    if any(b.base - a.base > 2 * _NEAR * b.size for a, b in pairwise(lines[first : last + 1])):
        return None
    while first > 0 and _may_head(lines[first - 1], lines[first], edges):
        first -= 1
    while (more := _rows_below(lines, last, edges)) > 0:
        last += more
    part = lines[first : last + 1]
    beside = sum(len({_column(edges, p.x0) for p in line.pieces}) > 1 for line in part)
    if beside < 0.4 * len(part) or beside < 3:
        return None
    cells = _cells(_rows(part, edges), edges)
    box = (x0 - 1, min(part[0].top, top) - 1, x1 + 1, max(part[-1].bottom, bottom) + 1)
    return PrintedTable(cells, box, edges)


def _columns(starts: Sequence[float], words: Sequence[Word], grounds: Sequence[_Ground]) -> list[float]:
    """Where the columns begin: those edges of the grounds that no word of a shaded row crosses, and behind which one stands."""
    found: list[float] = []
    for x in sorted(starts):
        if not found or x - found[-1] > _SAME:
            found.append(x)
    top, bottom = min(g.box[1] for g in grounds), max(g.box[3] for g in grounds)
    held = [w for w in words if top <= (w.top + w.bottom) / 2 <= bottom]
    found = [x for x in found if not any(w.x0 < x - 2 and w.x1 > x + 2 for w in held)]
    ends = [*found[1:], float("inf")]
    return [a for a, b in zip(found, ends, strict=True) if any(a - 2 <= w.x0 < b - 2 for w in held)]


def _column(edges: Sequence[float], x: float) -> int:
    return max(0, bisect_right(edges, x + 2) - 1)


def _fits(line: PrintedLine, edges: Sequence[float]) -> bool:
    """Whether every word stands in one column; a label may run on over the next where nothing stands there."""
    for piece in line.pieces:
        for w in piece.words:
            if any(w.x0 < x - 2 and w.x1 > x + 2 for x in edges[1:]) and len(line.pieces) > 1:
                return False
    return True


def _may_head(line: PrintedLine, below: PrintedLine, edges: Sequence[float]) -> bool:
    near = below.base - line.base < _NEAR * max(line.size, below.size)
    beside = len(line.pieces) > 1 or _column(edges, line.pieces[0].x0) > 0
    label = line.bold and below.bold
    return near and not CAPTION.match(line.text) and (beside or label) and _fits(line, edges)


def _rows_below(lines: Sequence[PrintedLine], last: int, edges: Sequence[float]) -> int:
    """How many lines below the last go on with the table: a row, or the heading of a group with its first row."""
    for more in (1, 2):
        if last + more >= len(lines):
            return 0
        line, above = lines[last + more], lines[last + more - 1]
        if line.base - above.base >= _NEAR * line.size or abs(line.size - lines[last].size) >= 0.5:
            return 0
        if len(line.pieces) > 1:
            return more if _fits(line, edges) else 0
        if not line.bold or _column(edges, line.pieces[0].x0) > 0:
            return 0
    return 0


def _rows(lines: Sequence[PrintedLine], edges: Sequence[float]) -> list[list[PrintedLine]]:
    """Lines of one row: those close below one another of which one fills more columns, and lines of headings."""
    rows: list[list[PrintedLine]] = [[lines[0]]]
    for above, line in pairwise(lines):
        close = line.base - above.base < _WRAPPED * line.size
        filled = [{_column(edges, p.x0) for p in part.pieces} for part in (above, line)]
        heading = above.bold and line.bold
        wrapped = filled[1] <= filled[0] and len(filled[1]) < len(filled[0]) and above.bold <= line.bold
        opens = len(filled[0]) == 1 and 0 in filled[0] and len(filled[1]) > 1 and len(rows[-1]) == 1 and not above.bold
        level = line.base - above.base < _LEVEL * line.size  # figures set midway beside a label of two lines
        if level or (close and (heading or wrapped or opens)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
