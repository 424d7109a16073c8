"""The text of a PDF, set anew from what is printed: where each word, line and row came to stand is remembered.

One printed line a line, a blank line between paragraphs, a tab between the cells of a row and between words that stand in
columns. A word that the end of a line has cut is whole again. What comes back on every page is set once.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.document import PrintedLine
from corpus.language import blank
from corpus.passage import RowCell
from ingestion.block import Line, ReadText, TableRow
from ingestion.english import is_english
from ingestion.pdf_cells import PrintedCell
from ingestion.pdf_layout import PAGE_NUMBER, Page, Row, Table, stands_apart
from ingestion.pdf_paragraphs import BULLET, CONTENTS, Paragraph, read_paragraphs
from ingestion.pdf_print import Run
from ingestion.structure import arrange
from ingestion.text_table import RowKind


class Writer:
    """Sets the text of all pages, and remembers where each word, line and row came to stand."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.parts: list[str] = []
        self.length = 0
        self.printed: list[PrintedLine] = []
        self.lines: list[Line] = []
        self.rows: list[TableRow] = []
        self.marks: list[tuple[int, int]] = []
        self.hidden: list[tuple[int, int]] = []
        self.starts: dict[int, int] = {}
        self.kept: set[int] = set()  # line ends that part the paragraphs of a cell
        self.ends: set[int] = set()  # line ends that part a line of columns from what begins below it
        self.draft: tuple[int, int] | None = None
        self.tables = 0
        self.plain: set[int] = set()  # scanned pages among others: what is large there heads nothing of the document

    def read(self, labels: tuple[str | None, ...], warnings: tuple[str, ...], named: str | None) -> ReadText:
        rows = [i for p in self.pages for i in p.items if isinstance(i, Row)]
        body = Counter(round(r.size, 1) for r in rows for _ in range(len(r.text)))
        size = body.most_common(1)[0][0] if body else 0.0
        recognised = {p.number for p in self.pages if p.recognised}
        self.plain = recognised if 2 * len(recognised) < len(self.pages) else set()
        self.known = _known_words(rows)
        self.compounds = {w.lower() for r in rows for w in re.findall(r"[A-Za-z]+-[A-Za-z-]+", r.text)}
        said: set[str] = set()
        items = read_paragraphs(self.pages, size)
        self.tables = sum(isinstance(i, Table) and i.continues is None for p in self.pages for i in p.items)
        for page in self.pages:
            self.starts.setdefault(page.number, self.length)
            for row in page.furniture:
                key = re.sub(r"\d+", "#", row.text.lower())
                if key not in said and not PAGE_NUMBER.match(row.text.strip()):
                    self._furniture(row)
                said.add(key)
            for item in items[page.number]:
                if isinstance(item, Table):
                    self._table(item)
                else:
                    self._paragraph(item)
            self._write("\n\f")
        begins = [self.starts[p.number] for p in self.pages]
        return self._arrange(tuple(pairwise([*begins, self.length])), labels, warnings, named)

    def _arrange(
        self,
        spans: tuple[tuple[int, int], ...],
        labels: tuple[str | None, ...],
        warnings: tuple[str, ...],
        named: str | None,
    ) -> ReadText:
        text = "".join(self.parts)
        on_one_line = {i for i, c in enumerate(text) if c in "\n\f"} - self.kept
        set_in_line = "".join("\t" if i in self.ends else " " if i in on_one_line else c for i, c in enumerate(text))
        clean = blank(set_in_line, [*self.marks, *self.hidden])
        marks = tuple(sorted(self.marks))
        named = named or next(
            (" ".join(r.text.split()) for p in self.pages[:4] for r in p.furniture if is_name(r.text)), None
        )
        read = arrange(text, clean, self.lines, footnote_marks=marks, pages=spans, warnings=warnings)
        return replace(
            read,
            title=self._title() or named or read.title,
            status="draft" if self.draft else read.status,
            status_at=read.status_at or self.draft,
            rows=tuple(self.rows),
            tables=self.tables,
            printed=tuple(self.printed),
            page_labels=labels,
        )

    def _title(self) -> str | None:
        """The largest type on the first page that has words, joined over its lines; None where none stands out."""
        rows = [i for p in self.pages for i in p.items if isinstance(i, Row)]
        first = [r for r in rows if r.page == rows[0].page and len(r.text.strip()) > 2]
        if not first or rows[0].page > 2:
            return None
        largest = max(r.size for r in first)
        if largest < 1.25 * median(r.size for r in rows):
            return None
        lines = [r.text.strip() for r in first if r.size >= 0.85 * largest]
        title = " ".join(" ".join(lines[:4]).split())
        return title if 3 < len(title) < 160 and not CONTENTS.match(title) else None

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _furniture(self, row: Row) -> None:
        start = self.length
        self._row(row.runs, row.page)
        self.hidden.append((start, self.length))
        if "draft" in row.text.lower() and self.draft is None:
            self.draft = (start, self.length)
        self._write("\n\n")

    def _paragraph(self, paragraph: Paragraph) -> None:
        start = self.length
        for i, row in enumerate(paragraph.rows):
            if i and not self._mend(row):
                above = paragraph.rows[i - 1]
                if "\t" in above.text and row.x <= above.x + 3:
                    self.ends.add(self.length)
                self._write("\n")
            self.starts.setdefault(row.page, self.length)
            self._row(row.runs, row.page)
        first = paragraph.rows[0]
        if "\t" in paragraph.rows[-1].text:
            self.ends.add(self.length)
        if paragraph.bullet == -1:
            self.hidden.append((start, self.length))
        else:
            self.lines.append(
                Line(
                    start + paragraph.start,
                    self.length,
                    first.page,
                    first.size,
                    first.bold,
                    bullet=paragraph.bullet,
                    plain=first.page in self.plain,
                )
            )
        self._write("\n\n")

    def _mend(self, row: Row) -> bool:
        """A word cut at the end of the line above is made whole; whether it was."""
        last = self.parts[-1]
        follows = row.words[0].text
        if re.search(r"\d[-–‐]$", last) and re.match(r"[£€]?\d", follows):
            return True
        if not re.search(r"[A-Za-z][-‐\xad]$", last) or not follows[:1].islower():
            return False
        before = re.search(r"[A-Za-z-]+$", last.rstrip("-‐\xad"))
        head = before[0] if before else ""
        tail = re.match(r"[A-Za-z-]+", follows)
        whole = (head + (tail[0] if tail else "")).lower()
        hyphened = f"{head}-{tail[0] if tail else ''}".lower()
        if last.endswith("\xad") or (hyphened not in self.compounds and (whole in self.known or is_english(whole))):
            self.parts[-1] = last[:-1]
            self.length -= 1
            line = self.printed[-1]
            start, end, x0, x1 = line.words[-1]
            self.printed[-1] = replace(line, words=(*line.words[:-1], (start, end - 1, x0, x1)))
        return True

    def _row(self, found: Sequence[Run], page: int) -> None:
        """Set one printed line."""
        words: list[tuple[int, int, float, float]] = []
        shown = [w.shown for run in found for w in run.words]
        for i, run in enumerate(found):
            for j, w in enumerate(run.words):
                if (i or j) and not (j and w.glued):
                    wide = j == 0 and stands_apart(found[i - 1], run)
                    self._write("\t" if wide else " ")
                start = self.length
                self._write(w.text)
                if w.raised:
                    self.marks.append((start, self.length))
                words.append((start, self.length, round(w.shown[0], 1), round(w.shown[2], 1)))
        top, bottom = round(min(b[1] for b in shown), 1), round(max(b[3] for b in shown), 1)
        self.printed.append(PrintedLine(page, top, bottom, tuple(words)))

    def _table(self, table: Table) -> None:
        """Set a table: one line a row, its cells parted by tabs."""
        grid, cells = table.grid, table.printed.cells
        by_row: dict[int, list[PrintedCell]] = {}
        for cell in cells:
            if cell.lines:
                by_row.setdefault(cell.row, []).append(cell)
        for index in sorted(by_row):
            row = grid.rows[index]
            start = self.length
            placed: list[RowCell] = []
            for n, cell in enumerate(sorted(by_row[index], key=lambda c: c.column)):
                if n:
                    self._write("\t")
                begin = self.length
                self._cell(cell, table.page)
                name = grid.columns[cell.column] if cell.column < len(grid.columns) else ""
                placed.append(RowCell(begin, self.length, name, cell.column in row.labels))
            first = by_row[index][0].lines[0]
            if row.kind in (RowKind.HEADER, RowKind.GROUP):
                self.hidden.append((start, self.length))
            else:
                self.rows.append(
                    TableRow(
                        start, self.length, row.label, row.group, table.caption, tuple(placed), table.source,
                        row.kind is RowKind.CONTINUED, table.number,
                    )
                )  # fmt: skip
                self.lines.append(Line(start, self.length, table.page, first.size, False, row=True))
            self._write("\n")
        self._write("\n")

    def _cell(self, cell: PrintedCell, page: int) -> None:
        right = max(line.x1 for line in cell.lines)
        for i, line in enumerate(cell.lines):
            row = Row([line], page, 0)
            if i and not self._mend(row):
                anew = _begins_anew(cell.lines[i - 1], line, right)
                if anew:
                    self.kept.add(self.length)
                self._write("\n" if anew else " ")
            self._row([line], page)


def _begins_anew(above: Run, line: Run, right: float) -> bool:
    """Whether a line of a cell begins a paragraph: by a bullet, or because its first word had room on the line above."""
    first = line.words[0]
    if BULLET.match(line.text):
        return True
    room = above.x1 + 0.3 * line.size + (first.x1 - first.x0) < right
    return room and not first.text[:1].islower()


def _known_words(rows: Sequence[Row]) -> frozenset[str]:
    """The words of the document that no line's end has cut."""
    return frozenset(w.lower() for r in rows for w in re.findall(r"[A-Za-z]{4,}(?![A-Za-z]|[-‐\xad]$)", r.text))


def is_name(words: str) -> bool:
    """Whether words could be a document's title: more than one word, and not the name of a file or a program."""
    named = re.search(r"\.(?:docx?|pdf|indd|pptx?|xlsx?|pub)\b|^microsoft |^untitled|_|^page\b", words, re.IGNORECASE)
    return named is None and 8 < len(words) < 160 and len(re.findall(r"[A-Za-z]{2,}", words)) > 1
