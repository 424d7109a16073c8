"""Tables on a page of a PDF: drawn with rules that cross, and figures below one another in columns.

``pdf_bands`` finds those between rules that lie flat and those below a line of headings.

Rules are joined and crossed by pdfplumber (the method of Anssi Nurminen's "Algorithmic extraction of data in tables in
PDF documents", 2013); what lies between them is put into rows and columns here.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from statistics import median

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from ingestion.pdf_bands import headed_tables, tables_between_rules
from ingestion.pdf_cells import PrintedCell, PrintedTable, runs_of_cell
from ingestion.pdf_print import Box, Edge, Run, Sheet, Word
from ingestion.pdf_shaded import shaded_tables, with_heads
from ingestion.text_table import is_value

_SNAP = 3.0  # points within which two rules are one
_MOST_RULES = 1500
_OPEN = 0.15  # of a table's words: so many may stand where a cell's rules do not meet
_STRIP = 9.0  # points: no column is so narrow
_PARAGRAPH = 40  # words: a cell with more is no label


def ruled_tables(sheet: Sheet) -> tuple[list[PrintedTable], list[Word]]:
    """Tables drawn with rules, and the words of the page that stand in none of them."""
    found: list[PrintedTable] = []
    words = sheet.words
    edges = [e for e in sheet.edges if max(e.x1 - e.x0, e.bottom - e.top) >= 4]
    if len(edges) > _MOST_RULES * 2:
        return [], words
    whole = [(cells, table) for cells in _crossings(edges) if (table := _table(cells, words, sheet.across)) is not None]
    for drawn in ([e for e in edges if e.thin], edges):
        free = [e for e in drawn if not any(_touches(e, table.box) for table in found)]
        groups = _crossings(free) if len(free) >= 4 else []
        if drawn is edges:
            for table in shaded_tables(groups, words):
                found.append(table)
                words = [w for w in words if not _inside(w, table.box)]
        for cells in groups:
            if any(_within(cells, table.box) for table in found):
                continue
            if (table := _table(cells, words, sheet.across)) is not None:
                table = next((larger for _, larger in whole if _is_more_of(larger, table)), table)
                table = with_heads(table, words)
                found.append(table)
                words = [w for w in words if not _inside(w, table.box)]
    for table in tables_between_rules(sheet, edges, words, [t.box for t in found]):
        found.append(table)
        words = [w for w in words if not _inside(w, table.box)]
    for table in headed_tables(words):
        found.append(table)
        words = [w for w in words if not _inside(w, table.box)]
    return found, words


def _within(boxes: Sequence[Box], box: Box) -> bool:
    """Whether cells lie in a table that was found before."""
    x = (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2
    y = (min(b[1] for b in boxes) + max(b[3] for b in boxes)) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_more_of(larger: PrintedTable, table: PrintedTable) -> bool:
    """Whether a table is the same with its labels or headings, whose cells are grounds and no lines."""
    a, b = larger.box, table.box
    around = (
        a[0] <= b[0] + 2 * _SNAP and a[1] <= b[1] + 2 * _SNAP and a[2] >= b[2] - 2 * _SNAP and a[3] >= b[3] - 2 * _SNAP
    )
    if not around or (a[2] - a[0]) * (a[3] - a[1]) < 1.05 * (b[2] - b[0]) * (b[3] - b[1]):
        return False
    longest = max(len(c.words.split()) for c in larger.cells)
    return longest <= max(_PARAGRAPH, *(len(c.words.split()) for c in table.cells))


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
    boxes = [b for b in boxes if b[2] - b[0] >= _STRIP] or boxes
    columns = _wide_enough(_starts([b[0] for b in boxes]), [(w.x0, w.x1) for w in held], whole[2])
    rows = _starts([b[1] for b in boxes])
    if len(columns) < 2 or len(rows) < 2 or not held:
        return None
    at: dict[tuple[int, int], int] = {}
    spans: list[tuple[int, int, int, int]] = []
    for i, (x0, top, x1, bottom) in enumerate(boxes):
        inset = min(_STRIP - _SNAP, 0.3 * (x1 - x0))
        c, r = _place(columns, x0 + inset), _place(rows, top)
        c_end, r_end = _place(columns, x1 - inset - _SNAP) + 1, _place(rows, bottom - _SNAP - 1) + 1
        spans.append((r, c, max(1, c_end - c), max(1, r_end - r)))
        for rr in range(r, r_end):
            for cc in range(c, c_end):
                at[rr, cc] = i
    inside: list[list[Word]] = [[] for _ in boxes]
    open_cells: dict[tuple[int, int], list[Word]] = {}
    for w in held:
        middle, centre = (w.top + w.bottom) / 2, (w.x0 + w.x1) / 2
        place = _place(rows, middle), _place(columns, centre)
        i = at.get(place, -1)
        if i < 0:
            open_cells.setdefault(place, []).append(w)
        else:
            inside[i].append(w)
    if sum(len(ws) for ws in open_cells.values()) > _OPEN * len(held) or len(open_cells) > 0.25 * len(boxes):
        return None  # words between the cells: the rules frame something else
    cells = [
        PrintedCell(r, c, wide, high, runs_of_cell(inside[i] or _turned(boxes[i], across)))
        for i, (r, c, wide, high) in enumerate(spans)
        if inside[i] or at[r, c] == i
    ]
    cells = [part for cell in cells for part in (_in_columns(cell, columns) if cell.row < 2 else [cell])]
    cells += [PrintedCell(r, c, 1, 1, runs_of_cell(ws)) for (r, c), ws in open_cells.items()]
    tidied = _tidied(PrintedTable(sorted(cells, key=lambda c: (c.row, c.column)), whole, columns))
    return _line_by_line(tidied) if tidied is not None else None


def _wide_enough(starts: list[float], words: Sequence[tuple[float, float]], end: float) -> list[float]:
    """Where columns begin: of edges so near to one another that no word stands between them, as those of a cell and of the
    ground within it, the middle one."""
    groups: list[list[float]] = []
    for x in starts:
        near = groups and x - groups[-1][-1] < _STRIP
        if near and not any(x0 >= groups[-1][-1] - 1 and x1 <= x + 1 for x0, x1 in words):
            groups[-1].append(x)
        else:
            groups.append([x])
    kept = [group[len(group) // 2] for group in groups]
    return kept[:-1] if len(kept) > 2 and end - kept[-1] < _STRIP else kept


def _in_columns(cell: PrintedCell, columns: Sequence[float]) -> list[PrintedCell]:
    """A heading's cell over several columns, of which each has words of its own, as a cell for each."""
    if cell.across < 2 or not cell.lines:
        return [cell]
    held: dict[int, list[Word]] = {}
    for line in cell.lines:
        piece: list[Word] = []
        for w in [*line.words, None]:
            if piece and (w is None or w.x0 - piece[-1].x1 > w.size):
                first, last = _place(list(columns), piece[0].x0), _place(list(columns), piece[-1].x1 - _SNAP)
                if first != last:
                    return [cell]
                held.setdefault(first, []).extend(piece)
                piece = []
            if w is not None:
                piece.append(w)
    if len(held) < 2:
        return [cell]
    return [PrintedCell(cell.row, c, 1, cell.down, runs_of_cell(held[c])) for c in sorted(held)]


def _turned(box: Box, across: Sequence[Word]) -> list[Word]:
    """Words set sideways in a cell, as headings of narrow columns are."""
    found = []
    for w in across:
        x, y = (w.shown[0] + w.shown[2]) / 2, (w.shown[1] + w.shown[3]) / 2
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            found.append(w)
    return found


def _line_by_line(table: PrintedTable) -> PrintedTable:
    """The table with a row for each line of a row whose cells hold as many lines each, on the same heights, with figures."""
    found: list[PrintedCell] = []
    shift = 0
    for row in sorted({c.row for c in table.cells}):
        cells = [c for c in table.cells if c.row == row]
        filled = [c for c in cells if c.lines]
        bases = [[line.base for line in c.lines] for c in filled]
        level = len(filled) > 2 and len({len(b) for b in bases}) == 1 and len(bases[0]) > 2
        level = level and all(abs(a - b) < 2 for other in bases for a, b in zip(bases[0], other, strict=True))
        figures = [line for c in filled[1:] for line in c.lines if re.search(r"\d", line.text)]
        if not level or 2 * len(figures) < sum(len(c.lines) for c in filled[1:]):
            found += [PrintedCell(row + shift, c.column, c.across, c.down, c.lines) for c in cells]
            continue
        for n in range(len(bases[0])):
            found += [PrintedCell(row + shift + n, c.column, c.across, 1, [c.lines[n]]) for c in filled]
        shift += len(bases[0]) - 1
    return PrintedTable(found, table.box, table.edges)


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
    first = min(valued)
    cells = _open_heads(lines[:first], columns)
    row = max((c.row for c in cells), default=-1)
    waiting: list[Run] = []  # lines of a label whose figures stand beside its last line
    for i in range(first, len(lines)):
        line = lines[i]
        alone = i not in valued and len(line) == 1 and _column(columns, line[0]) == 0
        if alone and (_belongs_below(lines, i, columns) or (waiting and _gaps(lines, i)[1] < 1.1 * _gaps(lines, i)[0])):
            waiting.append(line[0])
            continue
        new = i in valued or len(line) > 1 or row < 0 or (alone and _stands_apart(lines, i))
        placed = [(_column(columns, r), _covered(columns, r), r) for r in line]
        if not new and cells and len(line) == 1 and not waiting:
            last = next((c for c in reversed(cells) if c.column == placed[0][0] and c.row == row), None)
            if last is not None and line[0].bold == last.lines[0].bold:
                last.lines.append(line[0])
                continue
        row += 1
        for column, wide, run in placed:
            same = next((c for c in cells if c.row == row and c.column == column), None)
            if same is not None:
                same.lines = _joined([*same.lines, run])
            elif column == 0 and waiting:
                cells.append(PrintedCell(row, column, wide, 1, [*waiting, run]))
                waiting = []
            else:
                cells.append(PrintedCell(row, column, wide, 1, [run]))
        if waiting:
            cells.append(PrintedCell(row, 0, 1, 1, waiting))
            waiting = []
    every = [r for line in lines for r in line]
    box = (min(r.x0 for r in every), min(r.top for r in every), max(r.x1 for r in every), max(r.bottom for r in every))
    return PrintedTable(cells, box, [c[0] for c in columns])


def _open_heads(lines: Sequence[list[Run]], columns: list[tuple[float, float]]) -> list[PrintedCell]:
    """The headings above the first row with figures; those close below one another in one column are one heading."""
    cells: list[PrintedCell] = []
    above: list[Run] | None = None
    row = -1
    for line in lines:
        goes_on = above is not None and line[0].base - above[0].base < 1.6 * line[0].size
        row += 0 if goes_on else 1
        for run in line:
            column, wide = _column(columns, run), _covered(columns, run)
            same = next((c for c in cells if c.row == row and c.column == column and c.across == wide), None)
            if same is not None:
                same.lines = [*same.lines, run]
            elif any(c.row == row and c.column < column + wide and column < c.column + c.across for c in cells):
                row += 1  # a heading over several columns, above the headings of each
                cells.append(PrintedCell(row, column, wide, 1, [run]))
            else:
                cells.append(PrintedCell(row, column, wide, 1, [run]))
        above = line
    return cells


def _gaps(lines: Sequence[list[Run]], i: int) -> tuple[float, float]:
    """How far a line's baseline is from those above and below it."""
    above = lines[i][0].base - lines[i - 1][0].base if i else float("inf")
    below = lines[i + 1][0].base - lines[i][0].base if i + 1 < len(lines) else float("inf")
    return above, below


def _belongs_below(lines: Sequence[list[Run]], i: int, columns: list[tuple[float, float]]) -> bool:
    """Whether a line without figures is the head of the label below it: it stands nearer to that than to what is above."""
    above, below = _gaps(lines, i)
    if i + 1 >= len(lines) or _column(columns, lines[i + 1][0]) != 0 or lines[i][0].bold != lines[i + 1][0].bold:
        return False
    goes_on = lines[i + 1][0].text[:1].islower() or lines[i + 1][0].x0 > lines[i][0].x0 + 3
    return below < 0.9 * above and (goes_on or below < 1.5 * lines[i][0].size)


def _stands_apart(lines: Sequence[list[Run]], i: int) -> bool:
    """Whether a line without figures is a row of its own, as the heading of a group is: far from the line above it."""
    above, _ = _gaps(lines, i)
    return above > 1.7 * lines[i][0].size and lines[i][0].x0 <= lines[i - 1][0].x0 + 3


def _joined(lines: Sequence[Run]) -> list[Run]:
    return runs_of_cell([w for line in lines for w in line.words])


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
