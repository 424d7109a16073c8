"""Tables on a page of a PDF: drawn with rules on all sides, with rules between rows only, or with white space alone.

Rules are joined and crossed by pdfplumber (the method of Anssi Nurminen's "Algorithmic extraction of data in tables in
PDF documents", 2013); what lies between them is put into rows and columns here.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from ingestion.pdf_print import Box, Edge, Run, Sheet, Word, runs
from ingestion.text_table import is_value

_SNAP = 3.0  # points within which two rules are one
_MOST_RULES = 1500


@dataclass(slots=True)
class PrintedCell:
    """A cell's printed lines, with the rows and columns it covers."""

    row: int
    column: int
    across: int
    down: int
    lines: list[Run]

    @property
    def words(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def bold(self) -> bool:
        letters = [(w.bold, len(w.text)) for line in self.lines for w in line.words]
        return sum(n for bold, n in letters if bold) > 0.8 * sum(n for _, n in letters) > 0


@dataclass(slots=True)
class PrintedTable:
    """A table's cells in their order, its box, and the left edge of each column."""

    cells: list[PrintedCell]
    box: Box
    edges: list[float]

    @property
    def top(self) -> float:
        return self.box[1]


def ruled_tables(sheet: Sheet) -> tuple[list[PrintedTable], list[Word]]:
    """Tables drawn with rules, and the words of the page that stand in none of them."""
    found: list[PrintedTable] = []
    words = sheet.words
    edges = [e for e in sheet.edges if max(e.x1 - e.x0, e.bottom - e.top) >= 4]
    if not 4 <= len(edges) <= _MOST_RULES * 2:
        return [], words
    for drawn in ([e for e in edges if e.thin], edges):
        free = [e for e in drawn if not any(_touches(e, table.box) for table in found)]
        for cells in _crossings(free) if len(free) >= 4 else []:
            if (table := _table(cells, words, sheet.across)) is not None:
                found.append(table)
                words = [w for w in words if not _inside(w, table.box)]
    for table in _between_rules(sheet, edges, words, [t.box for t in found]):
        found.append(table)
        words = [w for w in words if not _inside(w, table.box)]
    return found, words


def _touches(edge: Edge, box: Box) -> bool:
    inside_x = box[0] - _SNAP <= edge.x0 and edge.x1 <= box[2] + _SNAP
    return inside_x and box[1] - _SNAP <= edge.top and edge.bottom <= box[3] + _SNAP


def _crossings(edges: Sequence[Edge]) -> list[list[Box]]:
    """Cells of each set of rules that cross, as boxes."""
    drawn = [
        {
            "x0": e.x0, "x1": e.x1, "top": e.top, "bottom": e.bottom, "width": e.x1 - e.x0, "height": e.bottom - e.top,
            "orientation": "v" if e.upright else "h", "object_type": "line",
        }
        for e in edges
    ]  # fmt: skip
    merged = merge_edges(drawn, _SNAP, _SNAP, _SNAP, _SNAP)
    if len(merged) > _MOST_RULES:
        return []
    crossings = edges_to_intersections(merged, _SNAP, _SNAP)
    return [list(table) for table in cells_to_tables(intersections_to_cells(crossings))]


def _table(boxes: list[Box], words: Sequence[Word], across: Sequence[Word]) -> PrintedTable | None:
    """The table that cells of these boxes make, or None where they are a frame, a chart or a background."""
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    held = [w for w in words if _inside(w, whole)]
    columns, rows = _starts([b[0] for b in boxes]), _starts([b[1] for b in boxes])
    if len(columns) < 2 or len(rows) < 2 or not held:
        return None
    at: dict[tuple[int, int], int] = {}
    spans: list[tuple[int, int, int, int]] = []
    for i, (x0, top, x1, bottom) in enumerate(boxes):
        c, r = _place(columns, x0), _place(rows, top)
        c_end, r_end = _place(columns, x1 - _SNAP - 1) + 1, _place(rows, bottom - _SNAP - 1) + 1
        spans.append((r, c, max(1, c_end - c), max(1, r_end - r)))
        for rr in range(r, r_end):
            for cc in range(c, c_end):
                at[rr, cc] = i
    inside: list[list[Word]] = [[] for _ in boxes]
    for w in held:
        middle, centre = (w.top + w.bottom) / 2, (w.x0 + w.x1) / 2
        i = at.get((_place(rows, middle), _place(columns, centre)), -1)
        if i < 0:
            return None  # words between the cells: the rules frame something else
        inside[i].append(w)
    cells = [
        PrintedCell(r, c, wide, high, runs_of_cell(inside[i] or _turned(boxes[i], across)))
        for i, (r, c, wide, high) in enumerate(spans)
    ]
    return _tidied(PrintedTable(sorted(cells, key=lambda c: (c.row, c.column)), whole, columns))


def _turned(box: Box, across: Sequence[Word]) -> list[Word]:
    """Words set sideways in a cell, as headings of narrow columns are."""
    found = []
    for w in across:
        x, y = (w.shown[0] + w.shown[2]) / 2, (w.shown[1] + w.shown[3]) / 2
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            found.append(w)
    return found


def _tidied(table: PrintedTable) -> PrintedTable | None:
    """The table without rows and columns that hold nothing; None where what is left is no table."""
    filled = [c for c in table.cells if c.lines]
    columns = sorted({c.column for c in filled})
    rows = sorted({c.row for c in filled})
    if len(columns) < 2 or len(rows) < 2 or len(filled) < 3:
        return None
    if len(filled) < 0.2 * len(columns) * len(rows):
        return None
    cells = []
    for cell in table.cells:
        wide = [c for c in columns if cell.column <= c < cell.column + cell.across]
        high = [r for r in rows if cell.row <= r < cell.row + cell.down]
        if wide and high:
            cells.append(PrintedCell(rows.index(high[0]), columns.index(wide[0]), len(wide), len(high), cell.lines))
    beside = Counter(c.row for c in cells if c.lines and c.across < len(columns))
    if not any(n > 1 for n in beside.values()):
        return None
    return PrintedTable(cells, table.box, [table.edges[c] for c in columns])


def runs_of_cell(words: Sequence[Word]) -> list[Run]:
    """The printed lines of a cell; within a cell, wide gaps part nothing."""
    lines: list[Run] = []
    for run in sorted(runs(words), key=lambda r: (r.base, r.x0)):
        if lines and abs(run.base - lines[-1].base) <= 0.3 * run.size:
            lines[-1].words += run.words
            lines[-1].measure()
        else:
            lines.append(run)
    return lines


def _between_rules(sheet: Sheet, edges: Sequence[Edge], words: Sequence[Word], taken: list[Box]) -> list[PrintedTable]:
    """Tables whose rows are parted by rules and whose columns by white space."""
    rules: list[Edge] = []
    for e in sorted((e for e in edges if not e.upright and e.x1 - e.x0 > 0.3 * sheet.width), key=lambda e: e.top):
        if any(b[0] - 4 <= e.x0 and e.x1 <= b[2] + 4 and b[1] - 4 <= e.top <= b[3] + 4 for b in taken):
            continue
        if not rules or e.top - rules[-1].top > 4:
            rules.append(e)
    found: list[PrintedTable] = []
    group: list[Edge] = []
    for rule in [*rules, Edge(-99, 1e9, -98, 1e9)]:
        if group and abs(rule.x0 - group[-1].x0) < 12 and abs(rule.x1 - group[-1].x1) < 12:
            group.append(rule)
            continue
        if len(group) >= 3 and (table := _banded(group, words, sheet)) is not None:
            found.append(table)
        group = [rule]
    return found


def _banded(rules: list[Edge], words: Sequence[Word], sheet: Sheet) -> PrintedTable | None:
    tops = [r.top for r in rules]
    left, right = min(r.x0 for r in rules) - 4, max(r.x1 for r in rules) + 4
    inside = [w for w in words if left <= w.x0 and w.x1 <= right and tops[0] < (w.top + w.bottom) / 2 < tops[-1]]
    if len(inside) < 6:
        return None
    bands: list[list[Run]] = [[] for _ in range(len(tops) - 1)]
    for run in runs(inside):
        bands[bisect_right(tops, (run.top + run.bottom) / 2) - 1].append(run)
    columns = _columns([run for band in bands for run in band])
    if len(columns) < 2:
        return None
    several = sum(len({_column(columns, r) for r in band}) > 1 for band in bands)
    if several < 2 or several < 0.6 * sum(bool(b) for b in bands):
        return None
    cells: list[PrintedCell] = []
    row = 0
    for band in bands:
        for part in _lines_as_rows(band, columns):
            for c in range(len(columns)):
                lines = [r for r in part if _column(columns, r) == c]
                if lines:
                    cells.append(PrintedCell(row, c, 1, 1, _joined(lines)))
            row += 1
    if row < 2:
        return None
    return PrintedTable(cells, (left, tops[0] - 1, right, tops[-1] + 1), [c[0] for c in columns])


def _lines_as_rows(band: list[Run], columns: list[tuple[float, float]]) -> list[list[Run]]:
    """A band between two rules is one row, unless each of its lines is a row with a figure of its own."""
    lines = by_line(band)
    valued = [line for line in lines if any(is_value(r.text) for r in line)]
    if len(lines) > 1 and len(valued) >= max(2, 0.7 * len(lines)):
        return lines
    return [band] if band else []


def open_table(lines: Sequence[list[Run]]) -> PrintedTable | None:
    """The table that printed lines make by white space alone: figures below one another in columns.

    Lines are from the top down, each its runs from the left. A line without figures goes on from the row above it.
    """
    valued = [i for i, line in enumerate(lines) if len(line) > 1 and any(is_value(r.text) for r in line[1:])]
    if len(valued) < 2:
        return None
    columns = _columns([r for i in valued for r in lines[i]])
    if len(columns) < 2:
        return None
    cells: list[PrintedCell] = []
    row = -1
    for i, line in enumerate(lines):
        new = i in valued or i < valued[0] or len(line) > 1 or row < 0
        placed = [(_column(columns, r), _covered(columns, r), r) for r in line]
        if not new and cells and len(line) == 1:
            last = next((c for c in reversed(cells) if c.column == placed[0][0] and c.row == row), None)
            if last is not None and line[0].bold == last.lines[0].bold:
                last.lines.append(line[0])
                continue
        row += 1
        for column, wide, run in placed:
            same = next((c for c in cells if c.row == row and c.column == column), None)
            if same is not None:
                same.lines = _joined([*same.lines, run])
            else:
                cells.append(PrintedCell(row, column, wide, 1, [run]))
    every = [r for line in lines for r in line]
    box = (min(r.x0 for r in every), min(r.top for r in every), max(r.x1 for r in every), max(r.bottom for r in every))
    return PrintedTable(cells, box, [c[0] for c in columns])


def _joined(lines: Sequence[Run]) -> list[Run]:
    return runs_of_cell([w for line in lines for w in line.words])


def by_line(found: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(found, key=lambda r: (r.base, r.x0)):
        if lines and abs(run.base - lines[-1][0].base) <= 0.3 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda r: r.x0)
    return lines


def _columns(found: Sequence[Run]) -> list[tuple[float, float]]:
    """Columns as the spans that runs cover, where white space parts them from top to bottom."""
    if not found:
        return []
    least = 0.7 * median(r.size for r in found)
    spans: list[list[float]] = []
    for run in sorted(found, key=lambda r: r.x0):
        if spans and run.x0 < spans[-1][1] + least:
            spans[-1][1] = max(spans[-1][1], run.x1)
        else:
            spans.append([run.x0, run.x1])
    return [(a, b) for a, b in spans]


def _column(columns: list[tuple[float, float]], run: Run) -> int:
    """The first column that a run covers, or the one nearest to its middle."""
    return next((i for i, (a, b) in enumerate(columns) if run.x0 < b and run.x1 > a), _nearest(columns, run))


def _nearest(columns: list[tuple[float, float]], run: Run) -> int:
    middle = (run.x0 + run.x1) / 2
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))


def _covered(columns: list[tuple[float, float]], run: Run) -> int:
    return max(1, sum(run.x0 < b and run.x1 > a for a, b in columns))


def _starts(values: list[float]) -> list[float]:
    found: list[float] = []
    for v in sorted(values):
        if not found or v - found[-1] > _SNAP:
            found.append(v)
    return found


def _place(starts: list[float], value: float) -> int:
    return max(0, bisect_right(starts, value + _SNAP / 2) - 1)


def _inside(w: Word, box: Box) -> bool:
    x, y = (w.x0 + w.x1) / 2, (w.top + w.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
