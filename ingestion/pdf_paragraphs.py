"""Printed lines of a PDF become paragraphs, headings and bullets; captions and sources go to their tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingestion.pdf_cells import CAPTION
from ingestion.pdf_layout import SOURCE, Page, Row, Table
from ingestion.structure import CHAIN, ROLE, THEME

BULLET = re.compile(r"^\s*(?:[•▪◦‣●○∙·*➢►✓❖§]|[-–]\s|o\s)\s*(?:\.\s+)?")
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_PARAGRAPH_NUMBER = re.compile(r"^\s*(?:[A-Z]{0,2}\d{1,2}(?:\.\d{1,3}){1,3}\.?)\s+(?=[A-Z“‘(])")
# "Introduction ........ 3": a line of the contents, whose dots lead to a page number.
_LEADER = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,}|(?:…\s){2,})[.…\s]*(?:\d{1,4}|[ivxlc]{1,7})\s*$")
CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?:?$", re.IGNORECASE)
_SENTENCE = 25  # letters: what is shorter is a label
_NEAR = 12  # paragraphs: how far off a sentence may go on, behind a chart's labels
_INTRODUCES = re.compile(r"\b(?:tables?|charts?|below|following|set out|as follows|shows?)\b|:$", re.IGNORECASE)


@dataclass(slots=True)
class Paragraph:
    """Printed lines that make one paragraph, heading or bullet. skip: characters of a bullet at its head."""

    rows: list[Row]
    bullet: int | None = None
    skip: int = 0

    @property
    def text(self) -> str:
        return " ".join(r.text for r in self.rows)

    @property
    def start(self) -> int:
        """Where its words begin: behind a bullet's sign, or the number of a paragraph, which is no figure."""
        if self.bullet is None and not self.rows[0].bold and (len(self.text) > 90 or self.text.rstrip()[-1:] in ".:;"):
            number = _PARAGRAPH_NUMBER.match(self.rows[0].text)
            return number.end() if number else self.skip
        return self.skip

    @property
    def page(self) -> int:
        return self.rows[0].page


def read_paragraphs(pages: Sequence[Page], size: float) -> dict[int, list["Paragraph | Table"]]:
    """What stands on each page, its lines joined to paragraphs; captions and sources go to their tables.

    size: of the type in which most is set, in points.
    """
    found: dict[int, list[Paragraph | Table]] = {p.number: [] for p in pages}
    builder = _Joiner(usual_gap([i for p in pages for i in p.items if isinstance(i, Row)]))
    tables = 0
    for page in pages:
        here = found[page.number]
        left_out = _contents([i for i in page.items if isinstance(i, Row)])
        _restore_marks(page, size)
        for item in page.items:
            if isinstance(item, Table):
                builder.stop()
                if item.continues is None:
                    item.caption = item.grid.title or _caption(here)
                    tables += 1
                    item.number = tables
                else:
                    item.caption, item.number = item.continues.caption, item.continues.number
                here.append(item)
            elif id(item) in left_out:
                builder.stop()
                here.append(Paragraph([item], bullet=-1))
            else:
                made = builder.add(item)
                if made is not None:
                    here.append(made)
    _captions_below(pages, found)
    _give_sources(pages, found)
    _join_across(pages, found, size)
    return {n: _notes_first(items) for n, items in found.items()}


def _captions_below(pages: Sequence[Page], found: dict[int, list["Paragraph | Table"]]) -> None:
    """Where numbered captions stand below the tables of a document and never only above, each table gets the one below it."""
    beside: list[tuple[Table, str | None, str | None]] = []
    for page in pages:
        items = found[page.number]
        for i, item in enumerate(items):
            if isinstance(item, Table) and item.continues is None:
                above, below = (_numbered(items, i - 1), _numbered(items, i + 1))
                beside.append((item, above, below))
    only_below = sum(below is not None and above is None for _, above, below in beside)
    only_above = sum(above is not None and below is None for _, above, below in beside)
    if only_below and not only_above:
        for table, _, below in beside:
            table.caption = below or table.caption


def _numbered(items: Sequence["Paragraph | Table"], at: int) -> str | None:
    """The caption of a table ("Table 3: …") that is this paragraph."""
    item = items[at] if 0 <= at < len(items) else None
    words = " ".join(item.text.split()) if isinstance(item, Paragraph) else ""
    return words if re.match(r"table\s", words, re.IGNORECASE) and CAPTION.match(words) and len(words) < 250 else None


def _join_across(pages: Sequence[Page], found: dict[int, list["Paragraph | Table"]], size: float) -> None:
    """A sentence that stops at the end of a column or page goes on behind what stands between: notes, tables, charts.

    size: of the type in which most is set; a heading or a caption begins no such sentence.
    """
    order = [(page.number, item) for page in pages for item in found[page.number]]
    gone: set[int] = set()
    for at, (_, item) in enumerate(order):
        if not isinstance(item, Paragraph) or id(item) in gone or item.bullet == -1:
            continue
        while (rest := _rest_of(item, order, at, gone, size)) is not None:
            item.rows += rest.rows
            gone.add(id(rest))
    for number, items in found.items():
        found[number] = [i for i in items if id(i) not in gone]


def _rest_of(
    item: Paragraph, order: Sequence[tuple[int, "Paragraph | Table"]], at: int, gone: set[int], size: float
) -> Paragraph | None:
    """The paragraph with which this one goes on; None where it ends, or nothing near goes on from it."""
    last = item.rows[-1]
    words = item.text.rstrip()
    if not _is_open(words) or len(words) < _SENTENCE or last.size > 1.08 * size or last.starts_with_mark:
        return None
    if "\t" in last.text or (last.bold and len(item.rows) < 3):
        return None
    instead: Paragraph | None = None
    stopped = not _fills_its_column(item)
    for number, other in order[at + 1 : at + 1 + _NEAR]:
        if number > last.page + 1:
            break
        if not isinstance(other, Paragraph) or id(other) in gone or other.rows[0].starts_with_mark:
            continue
        first = other.rows[0]
        alike = abs(first.size - last.size) < 0.4 and first.bold == last.bold and "\t" not in first.text
        if alike and _goes_on_with(other, item):
            return other
        if not alike or stopped:
            continue
        # What begins with a capital may go on only where it is what comes next, at the head of another column.
        elsewhere = (first.page, first.zone) != (last.page, last.zone)
        begins = other.bullet is None and not first.text.isupper() and not _PARAGRAPH_NUMBER.match(first.text)
        instead = other if elsewhere and begins else None
        stopped = True
    return instead


def _goes_on_with(other: Paragraph, item: Paragraph) -> bool:
    """Whether a paragraph begins in the middle of a sentence; a dash at its head is no bullet then."""
    begins = other.text.lstrip(" “‘\"'(")
    if other.bullet is None:
        return begins[:1].islower()
    if item.bullet is not None or re.match(r"[–-]\s+[a-z]", begins) is None:
        return False
    other.bullet, other.skip = None, 0
    return True


def _is_open(words: str) -> bool:
    """Whether words stop in the middle of a sentence."""
    return words[-1:] not in ".!?:;”"


def _fills_its_column(item: Paragraph) -> bool:
    """Whether a paragraph's last line is as long as its others, so that there was no room for what follows."""
    ends = [row.runs[-1].x1 for row in item.rows[-5:]]
    return len(ends) > 2 and ends[-1] >= max(ends) - 4 * item.rows[-1].size and item.rows[-1].x <= item.rows[-2].x + 3


def _give_sources(pages: Sequence[Page], found: dict[int, list["Paragraph | Table"]]) -> None:
    last: Table | None = None
    for page in pages:
        for item in found[page.number]:
            if isinstance(item, Table):
                last = item
                continue
            match = SOURCE.match(item.text.strip())
            table = last
            while match and table is not None and table.source is None:
                table.source = match[1].strip()
                table = table.continues
            last = last if item.rows[0].starts_with_mark else None


def usual_gap(rows: Sequence[Row]) -> float:
    """The usual distance between the baselines of a paragraph's lines, in points."""
    gaps = [b.y - a.y for a, b in pairwise(rows) if (a.page, a.zone) == (b.page, b.zone) and 0 < b.y - a.y < 3 * a.size]
    return median(gaps) if gaps else 14.0


def _contents(rows: Sequence[Row]) -> set[int]:
    """Lines of a list of contents, by their dots or below its heading, and the first lines of those that are wrapped."""
    found = [i for i, row in enumerate(rows) if _LEADER.search(row.text)]
    heading = next((i for i, row in enumerate(rows) if CONTENTS.match(row.text.strip())), None)
    if heading is not None and not found:
        found = [i for i in range(heading + 1, len(rows)) if re.search(r"\D\s+\d{1,3}$", rows[i].text)]
        found = found if len(found) >= 3 else []
    wrapped = [i for a, b in pairwise(found) if b - a <= 3 for i in range(a + 1, b)]
    return {id(rows[i]) for i in found + wrapped}


def _restore_marks(page: Page, body: float) -> None:
    """A note below the text whose number is not raised is told by its small type and by the mark in the text."""
    rows = [i for i in page.items if isinstance(i, Row)]
    pointed = {w.text for r in rows for w in r.words[1:] if w.raised}
    for row in rows:
        first = row.words[0]
        if row.size < 0.93 * body and first.text in pointed and len(row.words) > 1:
            first.raised = True


def _caption(before: Sequence["Paragraph | Table"]) -> str | None:
    """What stands right above a table and says what it shows: its caption, a heading, or the words that introduce it."""
    above = before[-1] if before else None
    if not isinstance(above, Paragraph) or above.bullet is not None:
        return None
    words = " ".join(above.text.split())
    if CAPTION.match(words):
        return words
    first = above.rows[0]
    if len(words) < 120 and first.bold:
        return words
    return words if len(words) < 320 and _INTRODUCES.search(words) else None


def _notes_first(items: list["Paragraph | Table"]) -> list["Paragraph | Table"]:
    """A paragraph that goes on overleaf stands last on its page, behind the notes below it."""
    at = next((i for i, p in enumerate(items) if isinstance(p, Paragraph) and p.rows[-1].page != p.page), None)
    if at is None:
        return items
    return [*items[:at], *items[at + 1 :], items[at]]


class _Joiner:
    """Joins printed lines to paragraphs until a gap, a change of type, a bullet, or a new page with a new sentence."""

    def __init__(self, usual: float) -> None:
        self.usual = usual
        self.current: Paragraph | None = None
        self.previous: Row | None = None
        self.waiting: Row | None = None
        self.bullet_x: float | None = None
        self.indents: list[float] = []

    def stop(self) -> None:
        """What follows begins anew."""
        self.current = self.previous = self.waiting = None
        self.bullet_x = None

    def add(self, row: Row) -> Paragraph | None:
        """The paragraph that the line begins; None where it continues one or is only a bullet's sign."""
        words = row.text
        bullet = BULLET.match(words) if not self._dashes_on(row) else None
        item = _ITEM.match(words) if not row.bold or self._goes_on(row) else None
        if bullet and not words[bullet.end() :].strip():
            self.waiting = self.previous = row
            return None
        made: Paragraph | None = None
        if self.waiting is not None or bullet or item:
            x = self.waiting.x if self.waiting is not None else row.x
            skip = bullet.end() if bullet else item.end() if item else 0
            made = Paragraph([row], self._depth(x), skip)
            self.waiting, self.bullet_x = None, x
        elif self._continues_bullet(row):
            assert self.current is not None
            self.current.rows.append(row)
        elif self.bullet_x is not None and row.x <= self.bullet_x + 3 and words.lstrip()[:1].isupper():
            made = Paragraph([row])
            self.bullet_x = None
        elif self.current is not None and self.previous is not None and not row.starts_with_mark and self._joins(row):
            self.current.rows.append(row)
        else:
            made = Paragraph([row])
            self.bullet_x = None
        self.current = made or self.current
        self.previous = row
        return made

    def _depth(self, x: float) -> int:
        """A bullet's depth, by where the bullets of the list begin."""
        if self.bullet_x is None:
            self.indents = []
        self.indents = [i for i in self.indents if i < x - 4]
        self.indents.append(x)
        return len(self.indents)

    def _continues_bullet(self, row: Row) -> bool:
        if self.bullet_x is None or self.current is None or self.current.bullet is None or self.previous is None:
            return False
        same = (row.page, row.zone) == (self.previous.page, self.previous.zone)
        return same and row.x > self.bullet_x + 3 and self._close(row) and abs(row.size - self.previous.size) < 0.7

    def _goes_on(self, row: Row) -> bool:
        """Whether a bold line stands in the list above it."""
        above = self.previous
        return (
            above is not None and self.bullet_x is not None and abs(row.x - self.bullet_x) < 3
            and abs(row.size - above.size) < 0.3
        )  # fmt: skip

    def _dashes_on(self, row: Row) -> bool:
        """Whether a dash at the head of a line stands in the sentence above it, and opens no bullet."""
        above = self.previous
        if above is None or self.current is None or not re.match(r"\s*[-–—]\s+[a-z\d£]", row.text):
            return False
        inside = self.bullet_x is None or row.x > self.bullet_x + 3
        same = (row.page, row.zone) == (above.page, above.zone) and self._close(row)
        return inside and same and _is_open(self.current.text.rstrip()) and not BULLET.match(above.text)

    def _close(self, row: Row) -> bool:
        assert self.previous is not None
        usual = min(max(self.usual, 1.1 * row.size), 2.2 * row.size)
        return 0 <= row.y - self.previous.y <= usual * 1.3 + 0.5

    def _joins(self, row: Row) -> bool:
        above, paragraph = self.previous, self.current
        assert above is not None and paragraph is not None
        words, begins = paragraph.text.rstrip(), row.text.lstrip()
        if "\t" in begins:
            return False
        if _PARAGRAPH_NUMBER.match(begins) and _PARAGRAPH_NUMBER.match(words) and row.x <= paragraph.rows[0].x + 3:
            return False  # "1.7 …" below "1.6 …"
        if "\t" in words and row.x <= above.x + 3 and "\t" in above.text:
            return _is_last_name(words, begins, row) and row.y - above.y <= self.usual * 1.6
        if (above.page, above.zone) != (row.page, row.zone):
            return _is_open(words) and begins[:1].islower() and abs(above.size - row.size) < 0.7
        if abs(above.size - row.size) > 0.6:
            return False
        headed = all(r.bold for r in paragraph.rows) and not row.bold
        if headed and len(words) < 120 and words[-1:] not in ",;-":
            return False
        if not above.bold and row.bold and words[-1:] in ".:;":
            return False
        return self._close(row)


def _is_last_name(names: str, words: str, row: Row) -> bool:
    """Below names in columns, a short line at the left edge that is no heading and no sentence is one name more."""
    words = words.rstrip()
    heads = CHAIN.match(words) or ROLE.match(words) or THEME.match(words)
    plain = not row.bold and not heads and len(words) < 60 and words[-1] not in ".!?:;”"
    return plain and not re.search(r"\d", names + words)
