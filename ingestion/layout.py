"""Text that we set ourselves, one paragraph a line, for formats that have no text of their own: DOCX and HTML.

What a paragraph is, the format's reader says; spaces, footnote marks and the depth of headings are put in order here.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.language import SUPERSCRIPTS, blank
from corpus.passage import RowCell
from corpus.plain import plain
from ingestion.block import NO_TEXT, Block, BlockKind, Line, ReadText, TableRow
from ingestion.structure import THEME, arrange
from ingestion.text_table import Cell, RowKind, understand

TITLE_LEVEL = 0
_TO_SUPERSCRIPTS = str.maketrans("0123456789", SUPERSCRIPTS)
_MARK = re.compile(r"\s*\[?(\d{1,3}(?:\s?,\s?\d{1,3})*)\]?\s*")
_MARKS = re.compile(f"[{SUPERSCRIPTS}]+")
_POWER = re.compile(r"(?<![A-Za-z])(?:[kcm]?m|ft|in)$")
_SPACES = str.maketrans(
    {**dict.fromkeys("\xa0\u202f\u205f\u3000", " "), **{chr(n): " " for n in range(0x2000, 0x200B)}}
    | NO_TEXT
    | {"\u2011": "-", "\u2028": "\n", "\r": "\n"}
)
_HELD = "\ue000"  # stands for a space that is kept, while the others are put in order
_THOUSANDS = re.compile(r"(?<=\d)[\xa0\u2009\u202f](?=\d{3}(?!\d))")
_SPACED_NUMBER = re.compile(r"[-−–]?[£€$]?[1-9]\d{0,2}(?:[ \xa0]\d{3})+(?:\.\d+)?%?")
_TYPED_BULLET = re.compile(r"^(?:[•▪◦‣●○∙·]\s*|[-–*]\s+)(?=\S)")
_TYPED_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
_INTRODUCES = re.compile(r"\b(?:tables?|figures?|below|following|shows?|shown|sets? out)\b", re.IGNORECASE)
_DOT = re.compile(r"^\.\s+")
_NUMBER_TAB = re.compile(r"^(\(?(?:\d[\d.]{0,7}|[A-Za-z])[.)]?|[^\w\s])\t")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.:)]?\s")


def raised(words: str) -> str:
    """Words set as superscript: digits become superscript characters, anything else ("21st") stays as it is."""
    match = _MARK.fullmatch(words)
    return match[1].translate(_TO_SUPERSCRIPTS) if match else words


def numbered_mark(number: int) -> str:
    """The mark of footnote ``number``."""
    return str(number).translate(_TO_SUPERSCRIPTS)


def joined_in_cell(before: str, words: str) -> str:
    """Two paragraphs of one cell, each on a line of its own unless the second goes on from the first."""
    words = " ".join(words.split())
    if not before or not words:
        return before or words
    if before[-1] == "-" and words[0].islower():
        return before + words
    return before + (" " if words[0].islower() and before[-1] not in ".:;" else "\n") + words


def may_caption(words: str) -> bool:
    """Whether the words right above a table may say what it shows: a heading or what introduces it, no sentence of its own."""
    if len(words) >= 120:
        return len(words) < 320 and words.endswith(":")
    return not words.endswith(".") or len(words.split()) < 5 or _INTRODUCES.search(words) is not None


class Layout:
    """Sets paragraphs with a blank line between them, and remembers where each one stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lines: list[Line] = []
        self._length = 0
        self._rows: list[TableRow] = []
        self._hidden: list[tuple[int, int]] = []
        self._tables = 0
        self._page: int | None = None
        self._begins: list[int] = []

    def turn_page(self, number: int) -> None:
        """What is set from here on stands on this page."""
        self._page = number
        self._begins.append(self._length + 2 if self._parts else 0)

    def add(
        self,
        words: str,
        *,
        size: float | None = None,
        bold: bool = False,
        level: int | None = None,
        bullet: int | None = None,
        number: str | None = None,
    ) -> None:
        """Set one paragraph; a blank line in it parts it in two. Nothing is set where there are no words.

        number: what counts a list's item; it stands before its words and is no part of them.
        """
        words = _tidied(words)
        if level is not None or bullet is not None:
            words = re.sub(r"\n+", " " if level is not None else "\n", words)
        for part in re.split(r"\n\n+", words):
            depth = bullet
            if level is None and bullet is None and (typed := _typed(part, bold)):
                part, depth = part[typed:], 1
            if depth is not None:
                part = _DOT.sub("", part)
            if not part:
                continue
            start = self._length + 2 if self._parts else 0
            if number:
                part, begin, number = f"{number} {part}", start + len(number) + 1, None
            else:
                begin = start
            self._lines.append(
                Line(begin, start + len(part), self._page, size=size, bold=bold, level=level, bullet=depth)
            )
            self._parts.append(part)
            self._length = start + len(part)

    def add_table(self, cells: Sequence[Cell], *, caption: str | None = None, size: float | None = None) -> None:
        """Set a table: each row a paragraph, its cells parted by tabs. Headings are set, and name the cells below them."""
        cells = [replace(c, words=_in_cell(_tidied(c.words))) for c in cells]
        grid = understand(cells)
        by_row: dict[int, list[Cell]] = {}
        for cell in cells:
            if cell.words:
                by_row.setdefault(cell.row, []).append(cell)
        self._tables += 1
        caption = caption or grid.title or self._caption()
        for index in sorted(by_row):
            row = grid.rows[index]
            start = at = self._length + 2 if self._parts else 0
            placed: list[RowCell] = []
            for cell in sorted(by_row[index], key=lambda c: c.column):
                name = grid.columns[cell.column]
                placed.append(RowCell(at, at + len(cell.words), name, cell.column in row.labels))
                at += len(cell.words) + 1
            self._parts.append("\t".join(c.words for c in sorted(by_row[index], key=lambda c: c.column)))
            self._length = at - 1
            if row.kind in (RowKind.HEADER, RowKind.GROUP):
                self._hidden.append((start, at - 1))
            else:
                self._rows.append(
                    TableRow(start, at - 1, row.label, row.group, caption, tuple(placed), table=self._tables)
                )
                self._lines.append(Line(start, at - 1, self._page, size=size, row=True))

    def _caption(self) -> str | None:
        """The paragraph right above, where it is short or introduces what follows."""
        if not self._lines or self._lines[-1].row or self._lines[-1].bullet is not None:
            return None
        words = " ".join(self._parts[-1].split())
        return words if may_caption(words) else None

    def read(self) -> ReadText:
        """The blocks of what was set, with the depth of headings as the format tells it."""
        text = "\n\n".join(self._parts)
        marks = tuple(m.span() for m in _MARKS.finditer(text) if not _is_power(text, m))
        lines = _with_title(text, self._lines)
        ends = [*self._begins, len(text)]
        pages = tuple((min(a, len(text)), min(b, len(text))) for a, b in pairwise(ends)) if self._begins else ()
        clean = blank(text, [*marks, *self._hidden])
        read = arrange(text, clean, lines, footnote_marks=marks, pages=pages)
        levels = {line.start: line.level for line in lines if line.level is not None}
        blocks = tuple(_levelled(block, levels) for block in read.blocks)
        title = read.title
        if any(levels.values()):
            first = next((b for b in blocks if b.kind is BlockKind.TITLE), None)
            title = " ".join(read.clean[first.start : first.end].split()) if first else None
        return replace(read, blocks=blocks, title=title, rows=tuple(self._rows), tables=self._tables)


def _tidied(words: str) -> str:
    """Plain spaces, one at a time, and none at the ends of lines; between the thousands of a number they hold it together."""
    words = _THOUSANDS.sub(_HELD, plain(words)).translate(_SPACES)
    words = re.sub(r"[^\S\t\n]+", " ", words).replace(_HELD, "\xa0")
    words = re.sub(r" ?\t[ \t]*", "\t", words)
    words = re.sub(r"[ \t]*\n[ \t]*", "\n", words).strip()
    return _NUMBER_TAB.sub(r"\1 ", words)


def _in_cell(words: str) -> str:
    """A cell on one line; one that holds nothing but a number is that number, however its thousands are parted."""
    words = words.replace("\t", " ")
    return words.replace(" ", "\xa0") if _SPACED_NUMBER.fullmatch(words) else words


def _typed(words: str, bold: bool) -> int:
    """How many characters of a bullet or an item's number were typed by hand; 0 where none were."""
    if match := _TYPED_BULLET.match(words):
        return match.end()
    match = _TYPED_NUMBER.match(words)
    if match and not bold and not words.isupper() and (len(words) > 60 or words[-1] in ".;,"):
        return match.end()
    return 0


def _is_power(text: str, mark: re.Match[str]) -> bool:
    """ "500 m²" is a size and not a mark."""
    return mark[0] in "²³" and _POWER.search(text[max(0, mark.start() - 4) : mark.start()]) is not None


def _with_title(text: str, lines: list[Line]) -> list[Line]:
    """Say which line is the title: the one so styled, the one heading above all others, or the largest type on top.

    Headings are counted from the one below the title, or from the topmost where there is no title.
    """
    levels = [line.level for line in lines if line.level is not None]
    if TITLE_LEVEL not in levels and (cover := _cover(lines)):
        first, last = cover
        title = replace(lines[first], end=lines[last].end, level=TITLE_LEVEL)
        return _with_title(text, [*lines[:first], title, *lines[last + 1 :]])
    top = min((level for level in levels if level != TITLE_LEVEL), default=1)
    alone = TITLE_LEVEL not in levels and levels[:1] == [top] and levels.count(top) == 1
    if alone:
        first = next(i for i, line in enumerate(lines) if line.level == top)
        words = text[lines[first].start : lines[first].end]
        if not THEME.match(words) and not _NUMBERED.match(words):
            top += 1
    found: list[Line] = []
    titled = False
    for line in lines:
        if line.level is None:
            found.append(line)
        elif line.level < top and not titled:
            found.append(replace(line, level=TITLE_LEVEL))
            titled = True
        else:
            found.append(replace(line, level=max(1, line.level - top + 1)))
    return found


def _cover(lines: list[Line]) -> tuple[int, int] | None:
    """First and last of the lines on top that are set in the largest type of all, clearly larger than the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size is not None and line.level is None:
            sizes[line.size] += line.end - line.start
    heading = next((i for i, line in enumerate(lines) if line.level is not None), len(lines))
    if not sizes or max(sizes) < 1.3 * sizes.most_common(1)[0][0]:
        return None
    largest = [i for i, line in enumerate(lines[: min(heading, 12)]) if line.size == max(sizes) and line.bullet is None]
    if not largest:
        return None
    last = largest[0]
    while last + 1 in largest:
        last += 1
    return (largest[0], last) if lines[last].end - lines[largest[0]].start <= 160 else None


def _levelled(block: Block, levels: dict[int, int]) -> Block:
    level = levels.get(block.start)
    if level is None or not any(levels.values()) or block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
        return block
    return replace(block, kind=BlockKind.HEADING if level else BlockKind.TITLE, level=level)
