"""Sheets of an OpenDocument spreadsheet (ODS): each cell with the words that it shows, and what the sheet hides.

The file keeps for every cell the text that its program showed ("13%", "260,000"), which is what a reader of the table sees.
Sheets that are copies of another file's, kept for formulas that point there, are no part of what is published. What a group
folds away is shown again with a click, and is read.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from corpus.plain import plain
from ingestion.errors import UnreadableFile
from ingestion.table_marks import raise_digits
from ingestion.unseen import Unseen

CONTENT = "content.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SPACES = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_APART = (f"{_OFFICE}annotation", f"{_TEXT}note")
_MOST_ROWS = 1_048_576


@dataclass(slots=True)
class OpenSheet:
    """One sheet: its rows from the first, those that are hidden as None; merged ranges as row, column, row, column from 0."""

    name: str
    hidden: bool
    rows: list[list[str] | None] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unseen: Unseen = field(default_factory=Unseen)


def read_open_sheets(path: Path, most: int) -> Iterator[OpenSheet]:
    """The sheets of an ODS file in order. Raises UnreadableFile where they have more than ``most`` filled cells."""
    with zipfile.ZipFile(path) as package, package.open(CONTENT) as xml:
        try:
            yield from _Sheets(most).read(etree.iterparse(xml, events=("start", "end"), resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise UnreadableFile("could not be opened as a workbook: it is damaged; save it again") from error


class _Sheets:
    def __init__(self, most: int) -> None:
        self.most, self.count = most, 0
        self.unshown: set[str] = set()
        self.raised: set[str] = set()
        self.columns: set[int] = set()
        self.rows: set[int] = set()
        self.column = self.depth = 0
        self.linked = False
        self.blank = 0

    def read(self, events: etree.iterparse) -> Iterator[OpenSheet]:
        sheet: OpenSheet | None = None
        for event, element in events:
            tag = element.tag
            if event == "start":
                if tag == f"{_TABLE}table":
                    self.depth += 1
                    if self.depth == 1:
                        sheet = self._begun(element)
                continue
            if tag == f"{_STYLE}style":
                self._style(element)
            elif tag == f"{_TABLE}table":
                self.depth -= 1
                if self.depth == 0 and sheet is not None:
                    sheet.unseen = Unseen(frozenset(self.rows), frozenset(c + 1 for c in self.columns))
                    if not self.linked:
                        yield sheet
                    sheet = None
                    element.clear()
            elif sheet is not None and self.depth == 1:
                if tag == f"{_TABLE}table-source":
                    self.linked = True
                elif tag == f"{_TABLE}table-column":
                    self._column(element)
                elif tag == f"{_TABLE}table-row":
                    self._row(element, sheet)
                    element.clear()

    def _begun(self, table: etree._Element) -> OpenSheet:
        self.columns, self.rows, self.column, self.blank, self.linked = set(), set(), 0, 0, False
        hidden = table.get(f"{_TABLE}style-name") in self.unshown
        return OpenSheet(table.get(f"{_TABLE}name", ""), hidden)

    def _style(self, style: etree._Element) -> None:
        """Remember the styles of sheets that are not shown, and those of raised letters."""
        text = style.find(f"{_STYLE}text-properties")
        if text is not None and text.get(f"{_STYLE}text-position", "").startswith("super"):
            self.raised.add(style.get(f"{_STYLE}name", ""))
        shown = style.find(f"{_STYLE}table-properties")
        if shown is not None and shown.get(f"{_TABLE}display") == "false":
            self.unshown.add(style.get(f"{_STYLE}name", ""))

    def _column(self, column: etree._Element) -> None:
        many = int(column.get(f"{_TABLE}number-columns-repeated", 1))
        if _collapsed(column, "table-column-group") and many < 256:  # behind its last column a sheet may hide all
            self.columns |= set(range(self.column, self.column + many))
        self.column += many

    def _row(self, row: etree._Element, sheet: OpenSheet) -> None:
        many = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        cells = self._cells(row, len(sheet.rows) + self.blank, sheet)
        if not cells:
            self.blank += many
            return
        if len(sheet.rows) + self.blank + many > _MOST_ROWS:
            raise UnreadableFile("has rows beyond the last that a sheet can have; it is damaged")
        sheet.rows += [[] for _ in range(self.blank)]
        self.blank = 0
        for _ in range(many):
            self.count += len(cells)
            if self.count > self.most:
                raise UnreadableFile(f"has more than {self.most:,} cells; give the sheets that are needed")
            if _collapsed(row, "table-row-group"):
                self.rows.add(len(sheet.rows) + 1)
                sheet.rows.append(None)
            else:
                sheet.rows.append(list(cells))

    def _cells(self, row: etree._Element, number: int, sheet: OpenSheet) -> list[str]:
        """A row's cells up to the last that holds something."""
        cells: list[str] = []
        at = 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            many = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            across = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
            down = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
            if across > 1 or down > 1:
                sheet.merged.append((number, at, number + down - 1, at + across - 1))
            text = _shown(cell, self.raised)
            if text and many < 1_024:
                cells += [""] * (at - len(cells))
                cells += ["" if j in self.columns else text for j in range(at, at + many)]
            at += many
        while cells and not cells[-1]:
            cells.pop()
        return cells


def _collapsed(element: etree._Element, group: str) -> bool:
    """Whether a row or a column is hidden, and not merely folded into a group."""
    if element.get(f"{_TABLE}visibility") != "collapse":
        return False
    return next(element.iterancestors(f"{_TABLE}{group}"), None) is None


def _shown(cell: etree._Element, raised: set[str]) -> str:
    """The words of a cell as they are shown; its value, where its program kept no words."""
    text = " ".join("".join(_pieces(p, raised)) for p in cell if p.tag == f"{_TEXT}p")
    if not text and (value := cell.get(f"{_OFFICE}value")) is not None and cell.get(f"{_OFFICE}value-type") == "float":
        text = value
    return " ".join(plain(text).split())


def _pieces(element: etree._Element, raised: set[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _SPACES:
            yield " "
        elif isinstance(child.tag, str) and child.tag not in _APART:
            said = "".join(_pieces(child, raised))
            yield raise_digits(said) if child.get(f"{_TEXT}style-name") in raised else said
        yield child.tail or ""
