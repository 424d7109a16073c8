"""Tables of a PDF whose columns are parted by white space: between rules that lie flat, or below a line of bold headings.

Columns are told by the strips that the lines leave free, which may be hardly wider than the space between two words;
rows by the rules and by the room between lines. A cell may be wrapped, and prose in columns is no table.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingestion.pdf_cells import CAPTION, PrintedCell, PrintedTable, runs_of_cell
from ingestion.pdf_print import Box, Edge, Sheet, Word
from ingestion.text_table import is_value

# "•", "1.2", "(a)", "iv.": what stands before a paragraph of a list.
_MARKER = re.compile(r"^(?:\W{1,2}|\W?(?:[A-Z]{0,2}\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,5})\W?)$")
_SPACE = 0.34  # of the type's size: more than the space between two words
_WIDE = 1.0  # of the type's size: a strip that needs no edge along it
_ONE_RULE = 12.0  # points: rules that begin and end so near to one another belong together
LEVEL = 0.85  # of the type's size: lines of one cell are further apart than this
_MOST_HEADS = 5  # lines of headings above a table's first rule
_PROSE = 28  # letters in a usual line of prose in a column
_FULL = 0.8  # of a column's width: how far such a line reaches
_LONG = 8  # lines: fewer make no column of prose
_ROOM = 1.12  # of the distance of lines within a row: more parts two rows
_EVEN = 1.2  # where no two lines stand so much further apart than others, room tells no rows


@dataclass(slots=True)
class _Piece:
    """Words of one line that stand together."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return "".join(w.text if i == 0 or w.glued else f" {w.text}" for i, w in enumerate(self.words))


@dataclass(slots=True)
class PrintedLine:
    """One printed line with its pieces from the left."""

    pieces: list[_Piece]
    base: float
    top: float
    bottom: float
    size: float

    @property
    def bold(self) -> bool:
        return all(w.bold for p in self.pieces for w in p.words if any(c.isalnum() for c in w.text))

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.pieces)


def tables_between_rules(
    sheet: Sheet, edges: Sequence[Edge], words: Sequence[Word], taken: Sequence[Box]
) -> list[PrintedTable]:
    """Tables between rules of one length. taken: the boxes of tables that were found by rules that cross."""
    found: list[PrintedTable] = []
    for rules in _together(sheet, edges, taken):
        part: list[Edge] = []
        for rule in [*rules, None]:
            band = _between(words, part[-1], rule) if part and rule is not None else []
            if rule is not None and (not part or _may_be_rows(band, part[-1], rule)):
                part.append(rule)
                continue
            if len(part) > 1 and (table := _table(part, words)) is not None:
                found.append(table)
            part = [rule] if rule is not None else []
    return found


def _together(sheet: Sheet, edges: Sequence[Edge], taken: Sequence[Box]) -> list[list[Edge]]:
    """Rules that begin and end alike, from the top down; those that nearly touch are one."""
    groups: list[list[Edge]] = []
    for e in sorted((e for e in edges if not e.upright and e.x1 - e.x0 > 0.3 * sheet.width), key=lambda e: e.top):
        if any(b[0] - 4 <= e.x0 and e.x1 <= b[2] + 4 and b[1] - 4 <= e.top <= b[3] + 4 for b in taken):
            continue
        alike = (g for g in groups if abs(g[0].x0 - e.x0) < _ONE_RULE and abs(g[0].x1 - e.x1) < _ONE_RULE)
        group = next(alike, None)
        if group is None:
            groups.append([e])
        elif e.top - group[-1].top > 4:
            group.append(e)
    return groups


def _between(words: Sequence[Word], above: Edge, below: Edge) -> list[PrintedLine]:
    left, right = min(above.x0, below.x0) - 4, max(above.x1, below.x1) + 4
    return printed_lines(
        [w for w in words if left <= w.x0 and w.x1 <= right and above.top < (w.top + w.bottom) / 2 < below.top]
    )


def printed_lines(words: Sequence[Word]) -> list[PrintedLine]:
    """Words in lines from the top down, each in the pieces that a gap wider than a space parts."""
    rows: list[list[Word]] = []
    for w in sorted(words, key=lambda w: (w.base, w.x0)):
        if rows and w.base - rows[-1][0].base <= 0.3 * w.size:
            rows[-1].append(w)
        else:
            rows.append([w])
    found: list[PrintedLine] = []
    for row in rows:
        row.sort(key=lambda w: w.x0)
        size = median(w.size for w in row)
        pieces = [_Piece([row[0]])]
        for left, right in pairwise(row):
            if right.x0 - left.x1 < _SPACE * size:
                pieces[-1].words.append(right)
            else:
                pieces.append(_Piece([right]))
        found.append(PrintedLine(pieces, row[0].base, min(w.top for w in row), max(w.bottom for w in row), size))
    return found


def _may_be_rows(band: Sequence[PrintedLine], above: Edge, below: Edge) -> bool:
    """Whether what stands between two rules may be rows of a table: no caption, no paragraph, no empty page."""
    if not band:
        return below.top - above.top < 30
    alone = [line for line in band if len(line.pieces) == 1]
    if len(band) == 1:
        return not (alone and CAPTION.match(band[0].text))
    full = sum(line.pieces[0].x1 - line.pieces[0].x0 > 0.7 * (above.x1 - above.x0) for line in alone)
    return full < 0.3 * len(band)


def _table(rules: list[Edge], words: Sequence[Word]) -> PrintedTable | None:
    bands = [band for a, b in pairwise(rules) if (band := _between(words, a, b))]
    every = [line for band in bands for line in band]
    several = [line for line in every if len(line.pieces) > 1]
    if len(every) < 2 or len(several) < 2:
        return None
    rooms = _rooms(every)
    strips = [(left + right) / 2 for left, right in rooms]
    headed = every[0].bold and len(every[0].pieces) > 1
    if not strips or any(_is_prose(band, strips) for band in bands) or _is_list(every, strips):
        return None
    if len(several) < 0.4 * len(every):
        return None
    rows = [row for band in bands for row in _rows(band, strips, alone=len(bands) > 2)]
    filled = _filled(rows, strips)
    bare = len(bands) == 1 and not headed
    if filled < 0.5 or (len(bands) == 1 and not all(rule.thin for rule in rules)):
        return None
    if bare and (len(strips) < 2 or len(rows) < 3 or filled < 0.8):
        return None
    if sum(any(len(line.pieces) > 1 for line in band) for band in bands) < 0.6 * len(bands):
        return None
    top, bottom = Edge(rules[0].x0, 0, rules[0].x1, 0), Edge(rules[0].x0, 1e6, rules[0].x1, 1e6)
    above = _between(words, top, rules[0])
    strips = _clear_of(rooms, [line for line in above[-_MOST_HEADS:] if line.bold and not every[0].bold])
    heads = _heads_above(above, every[0], strips)
    foot = _goes_on_below(_between(words, rules[-1], bottom), every, strips)
    rows = [
        *([heads] if heads else []),
        *rows,
        *(_rows(foot, strips) if foot else []),
    ]
    box = (
        min(r.x0 for r in rules) - 4,
        min([rules[0].top - 1, *(line.top for line in heads)]),
        max(r.x1 for r in rules) + 4,
        max([rules[-1].top + 1, *(line.bottom for line in foot)]),
    )
    return _set(rows, strips, box)


def _filled(rows: Sequence[Sequence[PrintedLine]], strips: Sequence[float]) -> float:
    """The share of a table's cells that hold words."""
    filled = sum(len({bisect_right(strips, p.x0) for line in row for p in line.pieces}) for row in rows)
    return filled / (len(rows) * (len(strips) + 1))


def _heads_above(lines: Sequence[PrintedLine], first: PrintedLine, strips: Sequence[float]) -> list[PrintedLine]:
    """The headings of the columns where they stand above the first rule."""
    found: list[PrintedLine] = []
    below = first
    for line in reversed(lines):
        line = _parted(line, strips)
        beside = len(line.pieces) > 1 or bisect_right(strips, line.pieces[0].x0) > 0
        named = line.bold and beside and all(len(p.text) < 2 * _PROSE for p in line.pieces)
        if first.bold or not named or below.base - line.base > 3.2 * line.size or _crosses(line, strips):
            break
        found.insert(0, line)
        below = line
    return found


def _goes_on_below(
    lines: Sequence[PrintedLine], rows: Sequence[PrintedLine], strips: Sequence[float]
) -> list[PrintedLine]:
    """The rows of a table that stand below its last rule, as where a ground is set behind every other row."""
    usual = max([b.base - a.base for a, b in pairwise(rows)], default=0.0)
    found: list[PrintedLine] = []
    above = rows[-1]
    for line in lines:
        enough = len(line.pieces) > 1 and 2 * len(line.pieces) > len(strips)
        if line.base - above.base > 1.1 * usual or _crosses(line, strips) or not (enough or found) or line.bold:
            break
        found.append(line)
        above = line
    return found


def _parted(line: PrintedLine, strips: Sequence[float]) -> PrintedLine:
    """The line with its pieces parted where one strip lies between two of their words, as headings set close may be."""
    pieces: list[_Piece] = []
    for piece in line.pieces:
        words = [piece.words[0]]
        for left, right in pairwise(piece.words):
            if not right.glued and any(left.x1 <= strip <= right.x0 + 0.5 * line.size for strip in strips):
                pieces.append(_Piece(words))
                words = []
            words.append(right)
        pieces.append(_Piece(words))
    return replace(line, pieces=pieces)


def _crosses(line: PrintedLine, strips: Sequence[float]) -> bool:
    return any(p.x0 < strip < p.x1 for p in line.pieces for strip in strips)


def headed_tables(words: Sequence[Word]) -> list[PrintedTable]:
    """Tables without rules: three bold headings or more on one line, and below them lines that stand in their columns."""
    lines = printed_lines(words)
    found: list[PrintedTable] = []
    at = 0
    while at < len(lines):
        body = _below_heads(lines, at) if lines[at].bold and len(lines[at].pieces) > 2 else []
        part = [lines[at], *body]
        several = [line for line in body if len(line.pieces) > 1]
        strips = _strips(part) if len(several) > 1 and 2 * len(several) >= len(body) else []
        apart = {bisect_right(strips, piece.x0) for piece in lines[at].pieces}
        if (
            len(apart) < 3
            or len(apart) < len(lines[at].pieces)
            or _crosses(lines[at], strips)
            or _is_prose(part, strips)
        ):
            at += 1
            continue
        pieces = [p for line in part for p in line.pieces]
        box = (min(p.x0 for p in pieces) - 4, part[0].top - 1, max(p.x1 for p in pieces) + 4, part[-1].bottom + 1)
        table = _set([[part[0]], *_rows(body, strips)], strips, box)
        if table is not None:
            found.append(table)
        at += len(part)
    return found


def _below_heads(lines: Sequence[PrintedLine], at: int) -> list[PrintedLine]:
    """The lines below a line of headings that may be rows: until a gap, a heading, or a line across the columns."""
    heads = lines[at]
    left, right = heads.pieces[0].x0, heads.pieces[-1].x1
    body: list[PrintedLine] = []
    for above, line in pairwise(lines[at:]):
        gaps = [b.base - a.base for a, b in pairwise([heads, *body])]
        far = line.base - above.base > (1.25 * max(gaps) if len(gaps) > 1 else 3.2 * line.size)
        begins = [p.x0 for p in heads.pieces]
        over = any(sum(p.x0 + line.size < x < p.x1 for x in begins[1:]) > 0 for p in line.pieces)
        outside = line.pieces[0].x0 < left - 2 * line.size or line.pieces[-1].x0 > right + 2 * line.size
        if far or outside or (over and len(line.pieces) == 1) or abs(line.size - heads.size) > 0.25 * heads.size:
            break
        body.append(line)
    return body


def _set(rows: Sequence[Sequence[PrintedLine]], strips: Sequence[float], box: Box) -> PrintedTable | None:
    """The table of these rows; None where it has but one."""
    if len(rows) < 2:
        return None
    cells: list[PrintedCell] = []
    for n, row in enumerate(rows):
        held: dict[int, list[Word]] = {}
        across: dict[int, int] = {}
        for line in row:
            for piece in line.pieces:
                first, last = bisect_right(strips, piece.x0), bisect_right(strips, piece.x1)
                held.setdefault(first, []).extend(piece.words)
                across[first] = max(across.get(first, 1), last - first + 1)
        cells += [PrintedCell(n, c, across[c], 1, runs_of_cell(held[c])) for c in sorted(held)]
    return PrintedTable(cells, box, _edges(rows, strips))


def _edges(rows: Sequence[Sequence[PrintedLine]], strips: Sequence[float]) -> list[float]:
    """Where each column begins."""
    begin: dict[int, float] = {}
    for line in (line for row in rows for line in row):
        for piece in line.pieces:
            column = bisect_right(strips, piece.x0)
            begin[column] = min(begin.get(column, piece.x0), piece.x0)
    return [begin.get(c, strips[c - 1] if c else 0.0) for c in range(len(strips) + 1)]


def _strips(lines: Sequence[PrintedLine]) -> list[float]:
    """The middles of the strips that part columns, from the left."""
    return [(left + right) / 2 for left, right in _rooms(lines)]


def _clear_of(rooms: Sequence[tuple[float, float]], heads: Sequence[PrintedLine]) -> list[float]:
    """Where to part the columns so that no word of their headings is cut, which may be wider than what stands below."""
    words = [w for line in heads for p in line.pieces for w in p.words]
    found: list[float] = []
    for left, right in rooms:
        at, widest = (left + right) / 2, 0.0
        begin = left
        for w in sorted((w for w in words if w.x0 < right and w.x1 > left), key=lambda w: w.x0):
            if w.x0 - begin > widest:
                at, widest = (begin + w.x0) / 2, w.x0 - begin
            begin = max(begin, w.x1)
        found.append((begin + right) / 2 if begin > left and right - begin > widest else at)
    return found


def _rooms(lines: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """The strips that part columns, from the left: where each begins and ends.

    Lines of several pieces leave them free; of lines in one piece, which may head a group of rows, a few may cross one.
    """
    several = [line for line in lines if len(line.pieces) > 1]
    spans: list[list[float]] = []
    for piece in sorted((p for line in several for p in line.pieces), key=lambda p: p.x0):
        if spans and piece.x0 <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], piece.x1)
        else:
            spans.append([piece.x0, piece.x1])
    size = median(line.size for line in several) if several else 0.0
    found: list[tuple[float, float]] = []
    for (_, left), (right, _) in pairwise(spans):
        middle = (left + right) / 2
        crossing = sum(any(p.x0 < middle < p.x1 for p in line.pieces) for line in lines)
        wide = right - left >= _WIDE * size
        narrow = right - left >= _SPACE * size and _has_edge(several, left, right, size)
        if (wide or narrow) and crossing <= max(1, 0.2 * len(lines)):
            found.append((left, right))
    return found


def _has_edge(lines: Sequence[PrintedLine], left: float, right: float, size: float) -> bool:
    """Whether the lines behind a strip begin on one edge, or those before it end on one, as the cells of a column do."""
    behind = [min(p.x0 for p in line.pieces if p.x0 >= right - 1) for line in lines if line.pieces[-1].x0 >= right - 1]
    before = [max(p.x1 for p in line.pieces if p.x1 <= left + 1) for line in lines if line.pieces[0].x1 <= left + 1]
    on_edge = sum(x - right < 0.3 * size for x in behind) >= max(3, 0.6 * len(behind))
    return on_edge or sum(left - x < 0.3 * size for x in before) >= max(3, 0.6 * len(before))


def _is_prose(band: Sequence[PrintedLine], strips: Sequence[float]) -> bool:
    """Whether two columns or more of a band are columns of prose: long lines, most of them as wide as their column."""
    columns: dict[int, list[_Piece]] = {}
    for line in band:
        for piece in line.pieces:
            columns.setdefault(bisect_right(strips, piece.x0), []).append(piece)
    prose = 0
    for pieces in columns.values():
        width = max(p.x1 for p in pieces) - min(p.x0 for p in pieces)
        full = sum(p.x1 - p.x0 > _FULL * width for p in pieces)
        prose += len(pieces) >= _LONG and median(len(p.text) for p in pieces) >= _PROSE and full > 0.6 * len(pieces)
    return prose > 1


def _is_list(lines: Sequence[PrintedLine], strips: Sequence[float]) -> bool:
    """Whether lines in two columns are paragraphs with their numbers or bullets before them."""
    first = [line.pieces[0].text for line in lines if line.pieces[0].x0 < strips[0] and len(line.pieces) > 1]
    marked = [_MARKER.match(words) is not None for words in first]
    return len(strips) == 1 and sum(marked) > 0.8 * len(marked) and (marked[0] or not lines[0].bold)


def _rows(band: Sequence[PrintedLine], strips: Sequence[float], alone: bool = False) -> list[list[PrintedLine]]:
    """The rows of a band: parted by room, or each line a row of its own; lines that only go on with a cell join it.

    alone: rules part the table's rows, so that a band with figures on one line is one row.
    """
    if len(band) < 2:
        return [list(band)]
    figured = [any(is_value(p.text) for p in line.pieces[1:]) for line in band]
    if alone and sum(figured) == 1 and not any(a.bold != b.bold for a, b in pairwise(band)):
        return [list(band)]
    filled = [{bisect_right(strips, p.x0) for p in line.pieces} for line in band]
    gaps = [b.base - a.base for a, b in pairwise(band)]
    least = min(gaps)
    if max(gaps) >= _EVEN * least:
        begins = [gap > _ROOM * least for gap in gaps]
    else:
        valued = [any(is_value(p.text) for p in line.pieces[1:]) for line in band]
        whole = [0 in columns and 2 * len(columns) > len(strips) + 1 for columns in filled]
        if all(len(columns) > 1 for columns in filled) and sum(valued) < 0.5 * len(band) and not all(whole):
            return [list(band)]  # one row whose cells are all wrapped
        begins = [
            v or (w and not a.bold) or a.bold != b.bold
            for v, w, (a, b) in zip(valued[1:], whole[1:], pairwise(band), strict=True)
        ]
    rows = [[band[0]]]
    for above, line, new in zip(band, band[1:], begins, strict=False):
        if new and line.base - above.base >= LEVEL * line.size:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows
