"""Which rows of a sheet are titles, headers, data and notes: a sheet becomes blocks, each with its header and its rows.

A column is one of values where figures, or marks in their place, stand in it below its header. Header rows are those
that hold words, or years alone, in such columns; several of them may be stacked. Text alone in the first column is a
title before the data, a group's heading between its rows, and a note behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingestion.cells import FACT_NAMES, MARK, NOTE, TEXT, VALUE, is_fact, is_period, kind_of
from ingestion.grid import GridRow, Merged, Sheet
from ingestion.table_places import CODE

VALUE_NAMES = re.compile(
    r"^(?:obs_value|obs value|observation|value|values|v4_\d|figure|indicator value|estimate)$", re.IGNORECASE
)


@dataclass(slots=True)
class RawBlock:
    """A table as found: its header rows, its rows, and the lines around it; all as rows of the grid."""

    sheet: Sheet
    titles: list[GridRow] = field(default_factory=list)
    facts: list[GridRow] = field(default_factory=list)
    header: list[GridRow] = field(default_factory=list)
    body: list[GridRow] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


def find_blocks(sheet: Sheet) -> tuple[list[RawBlock], list[GridRow]]:
    """The tables of a sheet in order, and the rows of text that belong to none."""
    blocks: list[RawBlock] = []
    waiting: list[list[GridRow]] = []  # runs of text since the last table
    for run in _runs(sheet.rows):
        found = _tables_of(run, sheet, blocks[-1] if blocks and not waiting else None)
        if found is None:
            waiting.append(run)
            continue
        _settle(waiting, blocks, found[0])
        waiting = []
        for block in found:
            if block.header or not blocks:
                blocks.append(block)
            else:
                _continue(blocks[-1], block)
    loose = _settle(waiting, blocks, None)
    return [b for b in blocks if b.values and b.body], loose


def _runs(rows: Sequence[GridRow]) -> list[list[GridRow]]:
    """Rows without a blank row between them."""
    runs: list[list[GridRow]] = []
    for row in rows:
        if runs and row.number == runs[-1][-1].last + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _value_columns(run: Sequence[GridRow]) -> list[int]:
    """The columns in which figures stand below any words."""
    width = max(len(r.cells) for r in run)
    seen = [[0, 0, 0] for _ in range(width)]  # figures, marks, words below the first of them
    for row in run:
        for j, text in enumerate(row.cells):
            kind = kind_of(text)
            if kind is VALUE:
                seen[j][0] += 1
            elif kind is MARK:
                seen[j][1] += 1
            elif kind is TEXT and (seen[j][0] or seen[j][1] > 1):
                seen[j][2] += 1
    found = [
        j
        for j, (figures, marks, words) in enumerate(seen)
        if (figures or marks > 1) and words <= 0.5 * (figures + marks)
    ]
    first = next((j for j in range(width) if any(j < len(r.cells) and r.cells[j] for r in run)), 0)
    named = [j for j in found if any(j < len(r.cells) and VALUE_NAMES.match(r.cells[j]) for r in run[:8])]
    if named:
        return named
    return [j for j in found if j != first]


def _tables_of(run: list[GridRow], sheet: Sheet, before: RawBlock | None) -> list[RawBlock] | None:
    """The tables of one run of rows; None where it holds text alone. The first may go on from the one before."""
    values = _value_columns(run)
    filled = [sum(1 for c in r.cells if c) for r in run]
    if not values or max(filled) < 2 or _is_facts(run):
        return None
    if not any(kind_of(r.cells[j]) is VALUE for r in run for j in values if j < len(r.cells)):
        return None
    found: list[RawBlock] = []
    block = RawBlock(sheet, values=values)
    group: list[str] = []
    for at, row in enumerate(run):
        words = [j for j, c in enumerate(row.cells) if c]
        top = block.header[0] if block.header else None
        if top is not None and not block.body and _same_labels(row, top, values):
            block.header.append(row)
        elif _is_header(row, values, top, started=bool(block.body)):
            if block.body:
                found.append(block)
                block = RawBlock(sheet, values=values)
                group = []
                while found[-1].notes and not NOTE.match(found[-1].notes[-1]):
                    found[-1].notes.pop()
                    block.titles.insert(0, run[at - 1 - len(block.titles)])
            block.header.append(row)
        elif len(words) == 1 and words[0] not in values:
            text = row.cells[words[0]]
            if _heads_labels(row, words[0], block, run[at + 1 :]):
                block.header.append(row)
                continue
            later = any(_is_body(r, values) for r in run[at + 1 :])
            if not block.header and not block.body:
                (block.header if words[0] > min(values) and later else block.titles).append(row)
            elif later and len(text) <= 120 and not (block.body and _long_note(text)):
                group = [text]
            else:
                block.notes.append(text)
        elif _is_body(row, values):
            block.body.append(row)
            block.groups.append(tuple(group))
        elif (named := _group(row, values)) and any(_is_body(r, values) for r in run[at + 1 :]):
            group = [named]
        elif not block.body:
            if len(words) >= 2 or (words and words[0] in values):
                block.header.append(row)
        else:
            block.notes.append(" ".join(c for c in row.cells if c))
    found.append(block)
    found = [b for b in found if b.body]
    if not found:
        return None
    if not found[0].header and before is None and len(found) == 1 and not _is_plain_table(found[0]):
        return None
    return found


def _same_labels(row: GridRow, first: GridRow, values: Sequence[int]) -> bool:
    """Whether a row has, where the labels of rows stand, what the first row of the header has there: it goes on with it."""
    labels = [c for j, c in enumerate(row.cells) if c and j not in values]
    return bool(labels) and labels == [c for j, c in enumerate(first.cells) if c and j not in values]


def _heads_labels(row: GridRow, column: int, block: RawBlock, below: Sequence[GridRow]) -> bool:
    """Whether a word under the header heads the column of labels below it, which has no other head."""
    if block.body or not block.header or any(column < len(r.cells) and r.cells[column] for r in block.header):
        return False
    alone = [r for r in below if [j for j, c in enumerate(r.cells) if c] == [column]]
    labelled = bool(below) and column < len(below[0].cells) and bool(below[0].cells[column])
    return labelled and not alone and column > block.sheet.first


def _group(row: GridRow, values: Sequence[int]) -> str:
    """The place that heads the rows below it, where a row has its code and its name and no figures; empty where it has none."""
    filled = [c for j, c in enumerate(row.cells) if c and j not in values]
    if len(filled) != 2 or any(j < len(row.cells) and row.cells[j] for j in values) or not CODE.match(filled[0]):
        return ""
    return filled[1]


def _long_note(text: str) -> bool:
    return len(text) > 60 or re.match(r"^(?:notes?|source)\b", text, re.IGNORECASE) is not None


def _is_plain_table(block: RawBlock) -> bool:
    """Rows without any header that are still a table: several rows of label and figures."""
    return len(block.body) >= 3


def _is_body(row: GridRow, values: Sequence[int]) -> bool:
    kinds = [kind_of(row.cells[j]) for j in values if j < len(row.cells)]
    return any(k in (VALUE, MARK) for k in kinds) and any(c for j, c in enumerate(row.cells) if j not in values)


def _is_header(row: GridRow, values: Sequence[int], first: GridRow | None, *, started: bool) -> bool:
    """Words in columns of values, or nothing but periods (or the numbers of percentiles) in them."""
    held = [(j, row.cells[j]) for j in values if j < len(row.cells) and row.cells[j]]
    if not held:
        return False
    words = [t for _, t in held if kind_of(t) is TEXT and not is_period(t)]
    years = [t for _, t in held if is_period(t)]
    labels = [c for j, c in enumerate(row.cells) if c and j not in values]
    if started:
        # A stray word among figures is a cell without a figure; a header has words in most of its cells.
        if not words:
            return len(years) == len(held) and not labels
        repeated = first is not None and [c for c in row.cells if c][:1] == [c for c in first.cells if c][:1]
        return len(words) + len(years) > 0.6 * len(held) and (len(words) >= 2 or repeated)
    if words:
        return len(words) >= 0.3 * len(held) or len(words) >= 2
    return len(years) == len(held) and not any(kind_of(c) is VALUE for c in labels)


def _is_facts(run: Sequence[GridRow]) -> bool:
    """Pairs such as "date: 2022", "industry: Total" above a table."""
    pairs = [r for r in run if sum(1 for c in r.cells if c) == 2]
    named = [r for r in pairs if FACT_NAMES.match(next(c for c in r.cells if c))]
    return (
        len(run) <= 12 and len(pairs) == len(run) and len(named) >= max(1, len(run) * 0.5) and not _heads_a_table(run)
    )


def _heads_a_table(run: Sequence[GridRow]) -> bool:
    """ "Area | 2022" and "Anytown | 825" are a table of one column, not two facts; so is a column called "value"."""
    named = VALUE_NAMES.match([c for c in run[0].cells if c][1]) is not None
    return (named or len(run) > 3) and all(kind_of([c for c in r.cells if c][1]) is VALUE for r in run[1:])


def _continue(block: RawBlock, more: RawBlock) -> None:
    """Rows behind a blank row that have no header of their own go on with the table before."""
    group = more.titles[-1].cells if more.titles else ()
    named = tuple(c for c in group if c)[:1]
    block.body += more.body
    block.groups += [g or named for g in more.groups]
    block.notes += more.notes
    block.values = sorted({*block.values, *more.values})


def _settle(waiting: list[list[GridRow]], blocks: list[RawBlock], following: RawBlock | None) -> list[GridRow]:
    """Give the text between two tables to the one before as notes, or to the one behind as titles and facts."""
    loose: list[GridRow] = []
    first_title = _words(blocks[0].titles[0]) if blocks and blocks[0].titles else None
    cut = len(waiting)
    if following is not None:
        cut = 0
        if blocks and following.header:
            repeated = next((i for i, run in enumerate(waiting) if _words(run[0]) == first_title), None)
            if repeated is not None:
                cut = repeated
            else:
                cut = next((i for i in range(len(waiting) - 1, -1, -1) if _is_notes(waiting[i])), -1) + 1
        elif blocks:
            cut = len(waiting) if all(_is_notes(run) for run in waiting) else 0
    for run in waiting[:cut]:
        if blocks:
            blocks[-1].notes += [_words(r) for r in run]
        else:
            loose += run
    if following is not None:
        titles: list[GridRow] = []
        for run in waiting[cut:]:
            for row in run:
                (following.facts if is_fact(row.cells) else titles).append(row)
        following.titles = titles + following.titles
        _take_heads(following)
    return loose


def _take_heads(block: RawBlock) -> None:
    """Lines of headings that stand among a table's titles become its header; a line under them heads its first rows."""
    titles = block.titles
    under = len(titles) > 1 and not block.header and len(_cells(titles[-1])) == 1 and len(_cells(titles[-2])) > 1
    if under and _spans_columns(titles[-2], block) and not _spans_columns(titles[-1], block):
        group = tuple(_cells(titles.pop()))
        first = next((i for i, g in enumerate(block.groups) if g), len(block.groups))
        block.groups[:first] = [group] * first
    while titles and _spans_columns(titles[-1], block):
        block.header.insert(0, titles.pop())


def _cells(row: GridRow) -> list[str]:
    return [c for c in row.cells if c]


def _spans_columns(row: GridRow, block: RawBlock) -> bool:
    """A line of headings over the table's columns that a blank row parts from what is below it."""
    held = [j for j, c in enumerate(row.cells) if c]
    wide = {c for m in _across(block.sheet.merged, row.number - 1) if m[1] in held for c in range(m[1], m[3] + 1)}
    over = sum(1 for j in {*held, *wide} if j in block.values)
    most = not block.header and over >= 0.6 * len(block.values)
    if most and all(j in block.values for j in held):
        return True
    return len(held) >= 2 and over > 0 and (held[0] > block.sheet.first or most)


def _is_notes(run: Sequence[GridRow]) -> bool:
    lines = [_words(r) for r in run]
    return any(NOTE.match(line) or len(line) > 200 for line in lines) and not _is_facts(run)


def _words(row: GridRow) -> str:
    return " ".join(c for c in row.cells if c)


# ---- header labels ---------------------------------------------------------------------------------------------------


def header_labels(block: RawBlock, column: int) -> tuple[str, ...]:
    """The labels above a column, outermost first: merged cells and cells that stand for several columns carried right."""
    found: list[str] = []
    rows = block.header
    for depth, row in enumerate(rows):
        text = row.cells[column] if column < len(row.cells) else ""
        if not text:
            text = _merged_label(block, row, column)
        if not text and column in block.values and depth < len(rows) - 1:
            text = _carried(block, depth, column)
        if text and text not in found:
            found.append(text)
    return tuple(found)


def _merged_label(block: RawBlock, row: GridRow, column: int) -> str:
    at = row.number - 1
    for r1, c1, r2, c2 in _across(block.sheet.merged, at):
        if r1 <= at <= r2 and c1 <= column <= c2:
            origin = next((r for r in block.header if r.number - 1 == r1), None)
            return origin.cells[c1] if origin is not None and c1 < len(origin.cells) else ""
    return ""


def _across(merged: Sequence[Merged], row: int) -> list[Merged]:
    return [m for m in merged if m[0] <= row <= m[2]]


def _carried(block: RawBlock, depth: int, column: int) -> str:
    """The nearest label on the left that stands for this column too; none where the label is one of wrapped words."""
    row, below = block.header[depth], block.header[depth + 1 :]
    if block.sheet.merged and any(_across(block.sheet.merged, r.number - 1) for r in block.header):
        known = {c for m in _across(block.sheet.merged, row.number - 1) for c in range(m[1], m[3] + 1)}
        if known & set(block.values):
            return ""
    left = next((k for k in range(column - 1, -1, -1) if k < len(row.cells) and row.cells[k]), None)
    if left is None or left < min(block.values):
        return ""
    under_left = next((r.cells[left] for r in below if left < len(r.cells) and r.cells[left]), "")
    under = next((r.cells[column] for r in below if column < len(r.cells) and r.cells[column]), "")
    if not under or not under_left or _goes_on(under_left):
        return ""
    return row.cells[left]


def _goes_on(text: str) -> bool:
    """Whether a label in a header goes on with the label above it: "Number / of jobs / (thousand)"."""
    return text[:1].islower() or text[:1] == "("
