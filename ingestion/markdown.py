"""Markdown and plain text, also text that was extracted from a council's document and has no marks of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.language import SUPERSCRIPTS, blank
from corpus.passage import RowCell
from ingestion.block import Line, ReadText, TableRow
from ingestion.layout import may_caption
from ingestion.raw_html import without_unseen
from ingestion.spaced_lines import set_together
from ingestion.structure import arrange, iso_date
from ingestion.text_table import Cell, RowKind, understand
from ingestion.unseen_words import left_out

_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?:[-*+•▪◦‣–]|\(?[a-z\d]{1,2}[.)])[ \t]+(?P<dot>\.[ \t]+)?(?=\S)")
_NUMBER = re.compile(r"^[ \t]*\(?(?:[a-z]|\d{1,2})[.)]")
_HEADING = re.compile(r"^(#{1,6})[ \t]+")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\](\([^)\s]*\))")
_MARKS = re.compile(f"[{SUPERSCRIPTS}]+")
# "[^2]" refers to a footnote, "[^2]:" opens it; the mark is its number.
_NOTE = re.compile(r"\[\^(\d{1,3})\](:)?")
_FRONT = re.compile(r"\A---[ \t]*\n(?P<inside>.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w -]*):[ \t]*(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
# A table: a row of cells, a row of dashes, and rows of cells; pipes may stand between the cells alone.
_TABLE = re.compile(
    r"^[^|\n]*\|.*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|?)*[ \t]*\n(?:.*\|.*(?:\n|\Z))*", re.MULTILINE
)
# Words that the page strikes out are withdrawn; those set in their place stand.
_WITHDRAWN = re.compile(r"~~(?=\S)[^~]+?(?<=\S)~~|<(del|s|strike)\b[^>]*>.*?</\1>", re.IGNORECASE | re.DOTALL)
_INSERTED = re.compile(r"</?ins\b[^>]*>", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z][\w ]{0,40}:\s")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read_markdown(text: str, typed: bool = False) -> ReadText:
    """Read Markdown text into blocks. Offsets count into ``text``, less what is withdrawn in it and what nobody sees.

    typed: it is seen as it was typed, comments and all, as plain text is.
    """
    text, unseen = (text, 0) if typed else without_unseen(text)
    text = set_together(_standing(text))
    front = _FRONT.match(text)
    marks = [m.span() for m in _MARKS.finditer(text)] + [m.span(1) for m in _NOTE.finditer(text)]
    hidden = [m.span() for m in _EMPHASIS.finditer(text)] + ([front.span()] if front else [])
    hidden += [span for m in _LINK.finditer(text) for span in ((m.start(), m.start(1)), (m.end(1), m.end()))]
    hidden += [span for m in _NOTE.finditer(text) for span in ((m.start(), m.start(1)), (m.end(1), m.end()))]
    tables = [_table(text, m) for m in _TABLE.finditer(text)]
    hidden += [span for table in tables for span in table.hidden]
    clean = blank(text, marks + hidden)
    lines = [line for line in _lines(text, front.end() if front else 0) if not _in_table(line, tables)]
    lines = sorted([*lines, *(line for table in tables for line in table.lines)], key=lambda line: line.start)
    read = arrange(text, clean, lines, footnote_marks=tuple(sorted(marks)))
    rows = tuple(
        replace(_captioned(row, table, lines, clean), table=number)
        for number, table in enumerate(tables, 1)
        for row in table.rows
    )
    read = replace(read, rows=rows, tables=len(tables), warnings=left_out(unseen))
    return _described(read, front) if front else read


def _standing(text: str) -> str:
    """The text without words that are struck out."""
    if _FENCED.search(text):
        return text
    return _INSERTED.sub("", _WITHDRAWN.sub("", text))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of pipes: its span, its rows, and what of it is no text (its headings, its dashes, its pipes)."""

    start: int
    end: int
    rows: tuple[TableRow, ...]
    lines: tuple[Line, ...]
    hidden: tuple[tuple[int, int], ...]


def _table(text: str, match: re.Match[str]) -> _Table:
    placed: list[list[tuple[int, int]]] = []
    spans: list[tuple[int, int]] = []
    for start, end in _line_spans(text, match.start(), match.end()):
        if re.fullmatch(r"[|:\s-]*-[|:\s-]*", text[start:end]):
            continue
        placed.append(_pipe_cells(text, start, end))
        spans.append((start, end))
    cells = [
        Cell(_plain(text[s:e]), row, column, heading=row == 0)
        for row, inside in enumerate(placed)
        for column, (s, e) in enumerate(inside)
    ]
    grid = understand(cells)
    rows: list[TableRow] = []
    kept: list[tuple[int, int]] = []
    for index, inside in enumerate(placed):
        about = grid.rows[index]
        if about.kind in (RowKind.HEADER, RowKind.GROUP) or not inside:
            continue
        held = tuple(
            RowCell(s, e, grid.columns[i], i in about.labels)
            for i, (s, e) in enumerate(inside)
            if s < e and i < len(grid.columns)
        )
        if not held:
            continue
        kept.append((inside[0][0], inside[-1][1]))
        rows.append(TableRow(*kept[-1], about.label, about.group, grid.title, held))
    pipes = [m.span() for m in re.compile(r"\|").finditer(text, match.start(), match.end())]
    hidden = [span for span in spans if not any(span[0] <= s < span[1] for s, _ in kept)]
    lines = tuple(Line(s, e, row=True) for s, e in kept)
    return _Table(match.start(), match.end(), tuple(rows), lines, (*hidden, *pipes))


def _pipe_cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of one line: what stands between its pipes, which may stand at its ends, too."""
    line = text[start:end].rstrip()
    at = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    first = -1 if not line.lstrip().startswith("|") else at.pop(0)
    last = len(line) if not line.endswith("|") or not at else at.pop()
    edges = [first, *at, last]
    return [_without_space(text, start + a + 1, start + b) for a, b in pairwise(edges)]


def _captioned(row: TableRow, table: _Table, lines: list[Line], clean: str) -> TableRow:
    """The row with the line right above its table for a caption, where that is short or introduces it."""
    above = next((line for line in reversed(lines) if line.end <= table.start), None)
    words = " ".join(clean[above.start : above.end].split()) if above and not above.row and above.bullet is None else ""
    return replace(row, caption=row.caption or words) if words and may_caption(words) else row


def _in_table(line: Line, tables: list[_Table]) -> bool:
    return any(t.start <= line.start < t.end for t in tables)


def _line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text[start:end]):
        yield start + match.start(), start + match.end()


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), max(
        start + len(words.rstrip()), start + len(words) - len(words.lstrip())
    )


def _plain(words: str) -> str:
    return " ".join(_EMPHASIS.sub("", words).split())


def _described(read: ReadText, front: re.Match[str]) -> ReadText:
    """The text with what its front matter says of it: title, date and status."""
    begin = front.start("inside")
    said = {m["name"].strip().lower(): (m["value"].strip("\"'"), begin + m.start("value"), begin + m.end("value"))
            for m in _FIELD.finditer(front["inside"])}  # fmt: skip
    if "title" in said:
        read = replace(read, title=said["title"][0])
    if "date" in said:
        value, start, end = said["date"]
        date = value if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value) else iso_date(value)
        read = replace(read, date=date, date_at=(start, end)) if date else read
    if "status" in said:
        value, start, end = said["status"]
        status = next((s for s in ("draft", "adopted", "published") if s in value.lower()), None)
        read = replace(read, status=status, status_at=(start, end)) if status else read
    return read


def _lines(text: str, begin_at: int) -> list[Line]:
    """Paragraphs, headings and bullets as lines; soft-wrapped lines of one paragraph are one."""
    lines: list[Line] = []
    start: int | None = None
    end = offset = 0
    plain = False
    raws = text.splitlines(keepends=True)
    filled = [False, *(bool(raw.strip()) for raw in raws), False]

    def flush() -> None:
        nonlocal start, plain
        if start is not None:
            lines.append(Line(start, end, plain=plain))
        start, plain = None, False

    for number, raw in enumerate(raws, 1):
        stripped = raw.strip()
        begin = offset + len(raw) - len(raw.lstrip())
        finish = offset + len(raw.rstrip())
        heading = _HEADING.match(raw)
        bullet = _BULLET.match(raw)
        note = _NOTE.match(stripped)
        if not stripped or offset < begin_at:
            flush()
        elif note and note[2]:
            flush()
            start, end = begin + note.start(1), finish
        elif heading:
            flush()
            lines.append(Line(offset + heading.end(), finish, level=len(heading[1])))
        elif bullet and not (_NUMBER.match(raw) and _is_numbered_heading(raw)):
            flush()
            depth = 1 + (len(bullet["indent"].expandtabs(2)) + 1) // 2
            lines.append(Line(offset + bullet.end(), finish, bullet=depth))
        elif start is not None and "\t" not in stripped and not _stands_alone(stripped):
            end = finish
        else:
            flush()
            start, end = begin, finish
            # "Time period: 2013 to 2022" among lines of its kind heads nothing.
            plain = _NAMED.match(stripped) is not None and (filled[number - 1] or filled[number + 1])
        offset += len(raw)
    flush()
    return lines


def _is_numbered_heading(raw: str) -> bool:
    """``2. INTRODUCTION`` is a heading; ``1. Residents have access to skills.`` is an item of a list."""
    words = _NUMBER.sub("", raw).strip()
    return words.isupper() or (len(words) <= 60 and words[-1] not in ".;," and words.istitle())


def _stands_alone(stripped: str) -> bool:
    return bool(_NAMED.match(stripped) or re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", stripped))
