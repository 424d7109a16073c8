"""DOCX: paragraphs, lists, tables and footnotes in the order of the document's body, with its own heading styles.

Left out: headers and footers (but for the word "draft"), tables of contents, deleted text, pictures, and words that the
page does not show, which are counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from defusedxml.ElementTree import fromstring
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.layout import TITLE_LEVEL, Layout, joined_in_cell, numbered_mark, raised
from ingestion.package import check_package
from ingestion.text_table import Cell
from ingestion.unseen_words import left_out
from ingestion.word_numbers import WordNumbers
from ingestion.word_styles import WordStyles, child_value, is_on

_NAME = "Word document (DOCX)"
_DRAFT = re.compile(r"^(?:final )?draft$", re.IGNORECASE)
_MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NOTES = {
    qn("w:footnoteReference"): (RELATIONSHIP_TYPE.FOOTNOTES, qn("w:footnote")),
    qn("w:endnoteReference"): (RELATIONSHIP_TYPE.ENDNOTES, qn("w:endnote")),
}
_WHITE = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
}  # fmt: skip
_GONE = {
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:instrText"), qn("w:delText"),
    f"{{{_MARKUP}}}Fallback",
}  # fmt: skip


@dataclass(slots=True)
class _Words:
    """The words of one paragraph or cell while it is read, with their type, the notes they point to, boxes set beside
    and tables inside."""

    text: str = ""
    sizes: Counter[float] = field(default_factory=Counter)
    plain: int = 0
    notes: list[tuple[int, Any]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)

    @property
    def size(self) -> float | None:
        return self.sizes.most_common(1)[0][0] if self.sizes else None

    @property
    def bold(self) -> bool:
        return bool(self.sizes) and self.plain == 0


def read_docx(path: Path) -> ReadText:
    """Read a Word document into blocks; raises UnreadableFile with a sentence for the person who put it in."""
    check_package(path, "[Content_Types].xml", _NAME)
    try:
        read = _Reader(Document(str(path))).read()
    except (OpcError, BadZipFile, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(f"is not a {_NAME} that can be read") from error
    except RecursionError as error:
        raise UnreadableFile("is nested too deeply to be read") from error
    if not read.text.strip():
        raise UnreadableFile("holds no text; what it shows may be pictures, which are not read yet")
    return read


class _Reader:
    """Walks one document and sets what it finds."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._styles = WordStyles(document.styles.element)
        self._layout = Layout()
        self._numbers = WordNumbers(_numbering_of(document))
        self._noted = 0
        self._titled = False
        self._unseen = 0

    def read(self) -> ReadText:
        if draft := self._draft():
            self._layout.add(draft, size=1.0)
        self._blocks(self._document.element.body)
        return replace(self._layout.read(), warnings=left_out(self._unseen))

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child, self._caption_below(child))
            elif child.tag not in _GONE and not _is_contents(child):
                self._blocks(child)

    def _caption_below(self, table: Any) -> str | None:
        """The caption that stands below a table, where none stands above it."""
        below, above = table.getnext(), table.getprevious()
        if not self._is_caption(below) or self._is_caption(above):
            return None
        return " ".join(self._words(below).text.split())

    def _is_caption(self, p: Any) -> bool:
        """Whether this is a paragraph in Word's style of captions that names a table."""
        style = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if p is not None and p.tag == qn("w:p") else None
        if style is None or (style.get(qn("w:val")) or "").lower() != "caption":
            return False
        return "".join(t.text or "" for t in p.iter(qn("w:t"))).strip().lower().startswith("table")

    def _paragraph(self, p: Any) -> None:
        style = self._styles.of_paragraph(p)
        if style.contents:
            return
        words = self._words(p)
        level = style.level if len(words.text) <= 250 else None
        if level == TITLE_LEVEL and words.text.strip():
            level, self._titled = (1 if self._titled else TITLE_LEVEL), True
        bullet = style.bullet if level is None else None
        number = self._numbers.next(*style.numbering) if style.numbering and words.text.strip() else None
        text = f"{number} {words.text}" if number and level not in (None, TITLE_LEVEL) else words.text
        self._layout.add(
            text, size=words.size, bold=words.bold, level=level, bullet=bullet, number=number if bullet else None
        )
        self._after(words)

    def _after(self, words: _Words) -> None:
        """What a paragraph points to stands below it: its footnotes, and the boxes set beside it."""
        for number, note in words.notes:
            inside = [self._words(p) for p in note.iter(qn("w:p"))]
            text = " ".join(" ".join(i.text for i in inside).split())
            self._layout.add(f"{numbered_mark(number)} {text}", size=next((i.size for i in inside if i.size), None))
        for box in words.boxes:
            self._blocks(box)

    def _words(self, p: Any) -> _Words:
        words = _Words()
        self._inline(p, p, words)
        return words

    def _inline(self, parent: Any, p: Any, words: _Words) -> None:
        for child in parent:
            if child.tag == qn("w:r"):
                self._run(child, p, words)
            elif child.tag not in _GONE:
                self._inline(child, p, words)

    def _run(self, r: Any, p: Any, words: _Words) -> None:
        kind = self._styles.of_run(r, p)
        if kind.struck:
            return
        if kind.hidden:
            self._unseen += sum(len((t.text or "").split()) for t in r.iter(qn("w:t")))
            return
        for child in r:
            if child.tag == qn("w:t") and child.text:
                text = raised(child.text) if kind.raised else child.text
                words.text += text
                letters = 0 if kind.raised else len("".join(text.split()))
                if letters:
                    words.sizes[kind.size] += letters
                    words.plain += 0 if kind.bold else letters
            elif child.tag in _WHITE:
                words.text += _WHITE[child.tag]
            elif child.tag == qn("w:br"):
                words.text += "\n" if child.get(qn("w:type")) in (None, "textWrapping") else "\n\n"
            elif child.tag in _NOTES:
                self._point(child, words)
            elif child.tag not in _GONE:
                words.boxes.extend(_boxes(child))

    def _point(self, reference: Any, words: _Words) -> None:
        """A footnote's mark, numbered as it is met."""
        relation, tag = _NOTES[reference.tag]
        note = self._notes(relation, tag).get(reference.get(qn("w:id")))
        if note is not None:
            self._noted += 1
            words.text += numbered_mark(self._noted)
            words.notes.append((self._noted, note))

    def _notes(self, relation: str, tag: str) -> dict[str | None, Any]:
        try:
            part = self._document.part.part_related_by(relation)
        except KeyError:
            return {}
        return {note.get(qn("w:id")): note for note in fromstring(part.blob).iter(tag)}

    def _table(self, table: Any, caption: str | None = None) -> None:
        """Rows of several cells are set as a table; a row that is one cell of paragraphs is part of the text."""
        cells: list[Cell] = []
        read: list[_Words] = []
        rows = [row for row in _inside(table, "w:tr") if not _is_deleted_row(row)]
        grid = [[(cell, _span(cell)) for cell in _inside(row, "w:tc")] for row in rows]
        single = all(len(row) <= 1 for row in grid)
        for row, inside in zip(rows, grid, strict=True):
            if len(inside) == 1 and (single or _is_text(inside[0][0])):
                self._set(cells, read, caption)
                cells, read = [], []
                self._blocks(inside[0][0])
                continue
            index, column = (cells[-1].row + 1 if cells else 0), 0
            for cell, across in inside:
                words = self._cell(cell)
                heading = words.bold or _is_header_row(row)
                if _goes_on_above(cell):
                    above = next((i for i in reversed(range(len(cells))) if cells[i].column == column), None)
                    if above is not None:
                        cells[above] = replace(cells[above], down=index - cells[above].row + 1)
                cells.append(Cell(words.text, index, column, across, 1, heading))
                read.append(words)
                column += across
        self._set(cells, read, caption)

    def _set(self, cells: list[Cell], read: list[_Words], caption: str | None) -> None:
        """The cells as a table; the notes, boxes and tables of its cells stand below it."""
        if any(c.words for c in cells):
            self._layout.add_table(cells, caption=caption, size=next((r.size for r in read if r.size), None))
        for cell, words in zip(cells, read, strict=True):
            self._after(words)
            first = next(c for c in cells if c.row == cell.row)
            about = " ".join(first.words.split()) if first is not cell else ""
            for table in words.tables:
                self._table(table, about or None)

    def _cell(self, cell: Any) -> _Words:
        """The paragraphs of a cell as one run of words. The lower part of a cell merged downwards is empty."""
        joined = _Words()
        if _goes_on_above(cell):
            return joined
        for block in _cell_blocks(cell):
            if block.tag == qn("w:tbl"):
                joined.tables.append(block)
                continue
            words = self._words(block)
            joined.text = joined_in_cell(joined.text, words.text)
            joined.sizes += words.sizes
            joined.plain += words.plain
            joined.notes += words.notes
        return joined

    def _draft(self) -> str | None:
        """The word "draft" where it stands alone in a header, as words or as a watermark."""
        for section in self._document.sections:
            for header in (section.header, section.first_page_header):
                if header.is_linked_to_previous:
                    continue
                for element in header._element.iter():
                    words = element.get("string") if str(element.tag).endswith("}textpath") else None
                    if element.tag == qn("w:p"):
                        words = "".join(t.text or "" for t in element.iter(qn("w:t")))
                    if words and _DRAFT.match(words.strip()):
                        return str(words).strip()
        return None


def _numbering_of(document: WordDocument) -> Any | None:
    """The part of the package that says how lists are numbered."""
    try:
        return fromstring(document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).blob)
    except KeyError:
        return None


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Children of a kind, also where a content control stands between."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _inside(child, tag)


def _cell_blocks(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell and the tables inside it, in order."""
    for child in cell:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag not in _GONE:
            yield from _cell_blocks(child)


def _goes_on_above(cell: Any) -> bool:
    """Whether a cell is the lower part of one that is merged downwards."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _is_text(cell: Any) -> bool:
    """Whether a cell across a table holds paragraphs of text rather than a heading of the rows below it."""
    return len([p for p in cell.iter(qn("w:p"))]) > 2 or len("".join(t.text or "" for t in cell.iter(qn("w:t")))) > 160


def _boxes(element: Any) -> Iterator[Any]:
    if element.tag == qn("w:txbxContent"):
        yield element
    elif element.tag not in _GONE and not _is_unseen_box(element):
        for child in element:
            yield from _boxes(child)


def _is_unseen_box(element: Any) -> bool:
    """Whether a drawing has no height or width, or is switched off."""
    extent, named = element.find(qn("wp:extent")), element.find(qn("wp:docPr"))
    flat = extent is not None and "0" in (extent.get("cx"), extent.get("cy"))
    return flat or (named is not None and named.get("hidden") in ("1", "true"))


def _is_contents(element: Any) -> bool:
    """A table of contents repeats the headings that follow."""
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _is_deleted_row(row: Any) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _is_header_row(row: Any) -> bool:
    return is_on(row.find(qn("w:trPr")), "w:tblHeader") is True


def _span(cell: Any) -> int:
    value = child_value(cell.find(qn("w:tcPr")), "w:gridSpan")
    return min(int(value), 64) if value and value.isdigit() else 1
