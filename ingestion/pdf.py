"""PDF: text and page numbers by pypdf, with the size and place of each piece of type to tell headings and marks.

What pypdf makes of a ligature ("/f_i") is its own slip, not the source's words: letters are put in before any offset is
taken. Columns that are parted by white space alone are parted by a tab in the clean text.
"""

import logging
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus.language import blank
from ingestion.block import Line, ReadText
from ingestion.errors import UnreadableFile
from ingestion.structure import CHAIN, ROLE, THEME, arrange

# Its warnings are about fonts and broken cross-references; what matters is raised.
logging.getLogger("pypdf").setLevel(logging.ERROR)

_BULLET = re.compile(r"^\s*(?:[•▪◦‣●○∙·*]|[-–]\s|o\s)\s*(?:\.\s+)?")
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_GLYPH = re.compile(r"/(f(?:_f)?_[bfhijklt]|T_h|t_t)|/uni([0-9A-F]{4})(?![0-9A-Fa-f])|([\ufb00-\ufb06])")
# "Introduction ........ 3": a line of the contents, whose dots lead to a page number.
_LEADER = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,}|(?:…\s){2,})[.…\s]*(?:\d{1,4}|[ivxlc]{1,7})\s*$")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    x: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class _Row:
    """One printed line."""

    start: int
    end: int
    page: int
    x: float
    y: float
    size: float
    bold: bool


def read_pdf(path: Path) -> ReadText:
    """Read a PDF into blocks; raises UnreadableFile with a sentence for the person who put it in."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("is protected by a password; save a copy without one")
        text, pieces, pages, page_of = _extract(reader)
    except PyPdfError as error:
        raise UnreadableFile(f"is not a PDF that can be read ({error})") from error
    if not text.strip():
        raise UnreadableFile("holds no text: its pages are pictures, which are not read yet")
    empty = [str(n) for n, (start, end) in enumerate(pages, 1) if not text[start:end].strip()]
    warnings = (f"No text on page {', '.join(empty)}.",) if empty else ()
    gaps = _column_gaps(text, pieces, page_of)
    rows = _rows(text, pieces, page_of, gaps)
    marks = _raised_marks(text, pieces, rows)
    repeated = _furniture(text, rows)
    left_out = repeated | _contents(text, rows)
    rows = [row for row in rows if (row.start, row.end) not in left_out]
    gaps |= _ends_of_columns(text, rows, gaps)
    spaced = "".join("\t" if i in gaps else " " if c in "\n\t" else c for i, c in enumerate(text))
    clean = blank(spaced, marks + list(left_out))
    lines = _lines(clean, rows, marks)
    read = arrange(text, clean, lines, footnote_marks=tuple(marks), pages=tuple(pages), warnings=warnings)
    if (named := _title(clean, rows)) is not None:
        read = replace(read, title=named)
    marked = next(((s, e) for s, e in sorted(repeated) if "draft" in text[s:e].lower()), None)
    if marked is not None:
        read = replace(read, status="draft", status_at=marked)
    return read


def _extract(reader: PdfReader) -> tuple[str, list[_Piece], list[tuple[int, int]], list[int]]:
    """The text of all pages as pypdf gives it, with each piece's place in it and on the page."""
    parts: list[str] = []
    pieces: list[_Piece] = []
    pages: list[tuple[int, int]] = []
    page_of: list[int] = []
    offset = 0
    for number, page in enumerate(reader.pages, 1):
        begin = offset

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float, number: int = number) -> None:
            nonlocal offset
            if not text:
                return
            text = _GLYPH.sub(_letters, text)
            scale = abs(tm[3] * cm[3]) or 1.0
            name = str((font or {}).get("/BaseFont", "")) if font else ""
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            pieces.append(_Piece(offset, offset + len(text), x, y, size * scale, "bold" in name.lower()))
            page_of.append(number)
            parts.append(text)
            offset += len(text)

        page.extract_text(visitor_text=visit)
        parts.append("\n\f")
        offset += 2
        pages.append((begin, offset))
    return "".join(parts), pieces, pages, page_of


def _letters(match: re.Match[str]) -> str:
    """The letters of a ligature that stands in the text by its glyph's name, or as one character."""
    if match[1]:
        return match[1].replace("_", "")
    return unicodedata.normalize("NFKC", chr(int(match[2], 16)) if match[2] else match[3])


def _column_gaps(text: str, pieces: list[_Piece], page_of: list[int]) -> set[int]:
    """The white-space characters that part columns: between words of one printed line that stand clearly apart.

    How wide words are is not told and is estimated; the wider they are, the wider must be the gap.
    """
    gaps: set[int] = set()
    above: tuple[_Piece, str, int] | None = None
    for piece, page in zip(pieces, page_of, strict=True):
        words = text[piece.start : piece.end].strip()
        if not words:
            continue
        if above is not None:
            left, before, left_page = above
            size = max(left.size, piece.size)
            width = len(before) * left.size * 0.5
            free = piece.x - left.x - width
            level = page == left_page and abs(piece.y - left.y) < 0.3 * size
            named = _LETTERS.search(before) and "\n" not in before and not (left.bold and piece.bold)
            if level and named and free > 1.5 * size + 0.3 * width:
                last = left.start + len(text[left.start : left.end].rstrip())
                if text[last : last + 1].isspace():
                    gaps.add(last)
        above = (piece, words, page)
    return gaps


def _ends_of_columns(text: str, rows: list[_Row], gaps: set[int]) -> set[int]:
    """The line ends that part a line of columns from what begins at the left edge below it."""
    return {
        row.end
        for row, below in pairwise(rows)
        if row.page == below.page and below.x <= row.x + 3 and text[row.end : row.end + 1].isspace()
        if any(i in gaps for i in range(row.start, row.end))
    }


def _rows(text: str, pieces: list[_Piece], page_of: list[int], gaps: set[int]) -> list[_Row]:
    """Printed lines: what stands between two line ends, with the place of its first words and its largest type.

    A line end that is a gap between columns ends no printed line.
    """
    rows: list[_Row] = []
    current: list[tuple[int, int, _Piece, int]] = []

    def flush() -> None:
        if current:
            main = max(current, key=lambda c: c[1] - c[0])[2]
            first = current[0]
            rows.append(_Row(first[0], current[-1][1], first[3], first[2].x, main.y, main.size, main.bold))
        current.clear()

    last_page = 0
    for piece, page in zip(pieces, page_of, strict=True):
        if page != last_page:
            flush()
            last_page = page
        start = piece.start
        for segment in text[piece.start : piece.end].split("\n"):
            end = start + len(segment)
            if segment.strip():
                lead = len(segment) - len(segment.lstrip())
                current.append((start + lead, start + len(segment.rstrip()), piece, page))
            if end < piece.end and not (current and current[-1][1] in gaps):
                flush()
            start = end + 1
    flush()
    return rows


def _raised_marks(text: str, pieces: list[_Piece], rows: list[_Row]) -> list[tuple[int, int]]:
    """Digits set clearly smaller than the line that they stand in, or superscript characters: footnote marks.

    Where a raised mark's height is not told, digits that touch the word before them and are somewhat smaller are marks.
    """
    marks = [m.span() for m in re.finditer("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text)]
    for piece in pieces:
        words = text[piece.start : piece.end].strip()
        if not re.fullmatch(r"\d{1,3}", words):
            continue
        row = next((r for r in rows if r.start <= piece.start < r.end or r.start < piece.end <= r.end), None)
        raised = row is not None and piece.y > row.y + 0.15 * row.size
        touching = row is not None and row.start < piece.start and not text[piece.start - 1].isspace()
        limit = 0.95 if raised else 0.9 if touching else 0.8
        if row is not None and piece.size < row.size * limit:
            start = piece.start + text[piece.start : piece.end].index(words)
            marks.append((start, start + len(words)))
    return sorted(set(marks))


def _furniture(text: str, rows: list[_Row]) -> set[tuple[int, int]]:
    """Running heads and feet: lines near a page's edge that come back on other pages, page numbers aside."""
    pages: dict[int, list[_Row]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(row)
    if len(pages) < 3:
        return set()
    edge: Counter[str] = Counter()
    found: list[tuple[str, _Row]] = []
    for group in pages.values():
        ordered = sorted(group, key=lambda r: -r.y)
        for row in {id(r): r for r in ordered[:2] + ordered[-2:]}.values():
            key = re.sub(r"\d+", "#", text[row.start : row.end].strip().lower())
            edge[key] += 1
            found.append((key, row))
    return {(row.start, row.end) for key, row in found if edge[key] >= max(3, len(pages) // 2)}


def _contents(text: str, rows: list[_Row]) -> set[tuple[int, int]]:
    """Lines of a list of contents, whose dots lead to a page number, and the first lines of those that are wrapped."""
    found = [i for i, row in enumerate(rows) if _LEADER.search(text[row.start : row.end])]
    wrapped = [
        i
        for above, below in pairwise(found)
        if below - above <= 3 and rows[above].page == rows[below].page
        for i in range(above + 1, below)
    ]
    return {(rows[i].start, rows[i].end) for i in found + wrapped}


def _lines(clean: str, rows: list[_Row], marks: list[tuple[int, int]]) -> list[Line]:
    """Paragraphs: printed lines joined until a gap, a change of type, a bullet, or a new page with a new sentence."""
    gaps = [a.y - b.y for a, b in pairwise(rows) if a.page == b.page and 0 < a.y - b.y < 3 * a.size]
    usual = median(gaps) if gaps else 14.0
    lines: list[Line] = []
    indents = sorted({round(r.x) for r in rows if _BULLET.match(clean[r.start : r.end])})
    mark_starts = {start for start, _ in marks}
    previous: _Row | None = None
    waiting: int | None = None
    bullet_x: float | None = None
    for row in rows:
        words = clean[row.start : row.end]
        bullet = _BULLET.match(words)
        item = _ITEM.match(words) if row.size and not row.bold else None
        if bullet and not words[bullet.end() :].strip():
            waiting, previous = round(row.x), row
            continue
        starts_with_mark = row.start in mark_starts
        if waiting is not None or bullet or item:
            x = waiting if waiting is not None else round(row.x)
            start = row.start + (bullet.end() if bullet else item.end() if item else 0)
            depth = 1 + sum(1 for other in indents if other < x - 4)
            lines.append(Line(start, row.end, row.page, row.size, row.bold, bullet=depth))
            waiting, bullet_x = None, float(x)
        elif bullet_x is not None and row.x <= bullet_x + 3 and words.lstrip()[:1].isupper():
            lines.append(Line(row.start, row.end, row.page, row.size, row.bold))
            bullet_x = None
        elif previous is not None and lines and not starts_with_mark and _joins(clean, lines[-1], previous, row, usual):
            last = lines[-1]
            lines[-1] = Line(last.start, row.end, last.page, last.size, last.bold, bullet=last.bullet)
        else:
            lines.append(Line(row.start, row.end, row.page, row.size, row.bold))
            bullet_x = None
        previous = row
    return lines


def _title(clean: str, rows: list[_Row]) -> str | None:
    """The largest type on the first page that has words, joined over its lines; None where no type stands out."""
    first = [r for r in rows if rows and r.page == rows[0].page and len(clean[r.start : r.end].strip()) > 2]
    if not first:
        return None
    largest = max(r.size for r in first)
    if largest < 1.25 * median(r.size for r in rows):
        return None
    lines = [clean[r.start : r.end].strip() for r in first if r.size >= 0.85 * largest]
    title = " ".join(" ".join(lines[:4]).split())
    return title if 3 < len(title) < 160 else None


def _joins(clean: str, line: Line, above: _Row, row: _Row, usual: float) -> bool:
    words = clean[line.start : line.end].rstrip()
    begins = clean[row.start : row.end].lstrip()
    if "\t" in begins:
        return False
    if "\t" in words and row.x <= above.x + 3 and "\t" in clean[above.start : above.end]:
        return _is_last_name(words, begins, row) and above.y - row.y <= usual * 1.6
    if above.page != row.page:
        return words[-1:] not in ".!?:;”" and begins[:1].islower()
    if abs(above.size - row.size) > 0.6 or (above.bold != row.bold and line.size != row.size):
        return False
    if above.bold and not row.bold and line.bold and above.start == line.start and len(words) < 90:
        return False
    return 0 <= above.y - row.y <= usual * 1.3 + 0.5


def _is_last_name(names: str, words: str, row: _Row) -> bool:
    """Below names in columns, a short line at the left edge that is no heading and no sentence is one name more."""
    words = words.rstrip()
    heads = CHAIN.match(words) or ROLE.match(words) or THEME.match(words)
    plain = not row.bold and not heads and len(words) < 60 and words[-1] not in ".!?:;”"
    return plain and not re.search(r"\d", names + words)
