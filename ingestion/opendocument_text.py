"""ODT: paragraphs, headings, lists, tables and footnotes in the order of the document's body, as odfpy gives them.

Left out: headers and footers, tables of contents, tracked deletions, remarks, pictures, and words that the page does
not show, which are counted.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax import SAXException
from zipfile import BadZipFile

from odf.element import Text
from odf.namespaces import OFFICENS, STYLENS, TABLENS, TEXTNS
from odf.opendocument import load

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.layout import Layout, joined_in_cell, numbered_mark
from ingestion.opendocument_unseen import OpenStyles
from ingestion.package import check_package
from ingestion.text_table import Cell
from ingestion.unseen_words import left_out

_NAME = "text in OpenDocument form (ODT)"
_GONE = {
    (TEXTNS, "tracked-changes"), (TEXTNS, "table-of-content"), (TEXTNS, "alphabetical-index"),
    (OFFICENS, "annotation"), (OFFICENS, "annotation-end"), (TEXTNS, "sequence-decls"),
}  # fmt: skip
_WHITE = {(TEXTNS, "tab"): "\t", (TEXTNS, "line-break"): "\n"}
_MOST_REPEATED = 64  # columns; more are a way to say "and nothing to the end"


def read_odt(path: Path) -> ReadText:
    """Read an OpenDocument text into blocks; raises UnreadableFile with a sentence for the person who put it in."""
    check_package(path, "content.xml", _NAME)
    try:
        document = load(str(path))
    except (BadZipFile, SAXException, KeyError, ValueError, AttributeError, AssertionError) as error:
        raise UnreadableFile(f"is not an {_NAME} that can be read") from error
    read = _Reader(document).read()
    if not read.text.strip():
        raise UnreadableFile("holds no text; what it shows may be pictures, which are not read yet")
    return read


class _Reader:
    """Walks one document and sets what it finds."""

    def __init__(self, document: Any) -> None:
        self._body = document.text
        self._struck = frozenset(_struck_styles(document))
        self._styles = OpenStyles(document)
        self._unseen = 0
        self._layout = Layout()
        self._noted = 0
        self._waiting: list[tuple[int, str]] = []

    def read(self) -> ReadText:
        self._blocks(self._body, 0)
        return replace(self._layout.read(), warnings=left_out(self._unseen))

    def _blocks(self, parent: Any, depth: int) -> None:
        for child in parent.childNodes:
            kind = getattr(child, "qname", None)
            if kind == (TEXTNS, "h"):
                level = str(child.getAttribute("outlinelevel") or "1")
                self._add(child, level=int(level) if level.isdigit() else 1)
            elif kind == (TEXTNS, "p"):
                self._add(child, bullet=depth or None)
            elif kind == (TEXTNS, "list"):
                self._blocks(child, depth + 1)
            elif kind == (TABLENS, "table"):
                self._table(child)
            elif kind is not None and kind not in _GONE:
                self._blocks(child, depth)

    def _add(self, p: Any, *, level: int | None = None, bullet: int | None = None) -> None:
        self._layout.add(self._words(p), level=level, bullet=bullet)
        self._notes()

    def _notes(self) -> None:
        """The footnotes that a paragraph points to stand below it."""
        for number, words in self._waiting:
            self._layout.add(f"{numbered_mark(number)} {words}")
        self._waiting = []

    def _words(self, parent: Any) -> str:
        words = ""
        for child in parent.childNodes:
            if isinstance(child, Text):
                if self._styles.hides(parent):
                    self._unseen += len(str(child).split())
                else:
                    words += str(child)
                continue
            kind = child.qname
            if kind in _WHITE:
                words += _WHITE[kind]
            elif kind == (TEXTNS, "s"):
                words += " "
            elif kind == (TEXTNS, "note"):
                words += self._note(child)
            elif kind not in _GONE and not (
                kind == (TEXTNS, "span") and child.getAttribute("stylename") in self._struck
            ):
                words += self._words(child)
        return words

    def _note(self, note: Any) -> str:
        self._noted += 1
        number = self._noted
        body = [c for c in note.childNodes if getattr(c, "qname", None) == (TEXTNS, "note-body")]
        self._waiting.append((number, " ".join(" ".join(self._words(b) for b in body).split())))
        return numbered_mark(number)

    def _table(self, table: Any) -> None:
        cells: list[Cell] = []
        heads = {id(row) for head in _inside(table, "table-header-rows") for row in _inside(head, "table-row")}
        for index, row in enumerate(_inside(table, "table-row")):
            column = 0
            for cell in row.childNodes:
                if getattr(cell, "qname", None) not in ((TABLENS, "table-cell"), (TABLENS, "covered-table-cell")):
                    continue
                if cell.qname[1] == "table-cell":
                    words = ""
                    for p in _paragraphs(cell):
                        words = joined_in_cell(words, self._words(p))
                    across, down = _number(cell, "numbercolumnsspanned"), _number(cell, "numberrowsspanned")
                    cells.append(Cell(words, index, column, across, down, id(row) in heads))
                column += _number(cell, "numbercolumnsrepeated")
        if any(c.words.strip() for c in cells):
            self._layout.add_table(cells)
        self._notes()


def _struck_styles(document: Any) -> list[str]:
    """The names of the styles in which words are struck through."""
    found = []
    for style in document.automaticstyles.childNodes:
        for part in getattr(style, "childNodes", ()):
            line = part.attributes.get((STYLENS, "text-line-through-style")) if hasattr(part, "attributes") else None
            if line not in (None, "none"):
                found.append(style.getAttribute("name"))
    return found


def _inside(parent: Any, name: str) -> list[Any]:
    """The parts of a table of one kind, also where they are grouped."""
    found: list[Any] = []
    for child in parent.childNodes:
        kind = getattr(child, "qname", None)
        if kind == (TABLENS, name):
            found.append(child)
        elif kind in ((TABLENS, "table-header-rows"), (TABLENS, "table-rows"), (TABLENS, "table-row-group")):
            found += _inside(child, name)
    return found


def _paragraphs(cell: Any) -> list[Any]:
    found: list[Any] = []
    for child in cell.childNodes:
        kind = getattr(child, "qname", None)
        if kind in ((TEXTNS, "p"), (TEXTNS, "h")):
            found.append(child)
        elif kind is not None and kind not in _GONE:
            found += _paragraphs(child)
    return found


def _number(cell: Any, name: str) -> int:
    value = str(cell.getAttribute(name) or "1")
    return min(int(value), _MOST_REPEATED) if value.isdigit() and int(value) > 0 else 1
