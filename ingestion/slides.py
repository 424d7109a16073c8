"""PPTX: the text, tables and notes of slides in their order, as python-pptx gives them. The slide's number is its page.

Left out: pictures, charts, what stands on the layout behind the slides, hidden slides, and words that a slide does
not show, which are counted.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from lxml.etree import LxmlError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.layout import Layout
from ingestion.package import check_package
from ingestion.slides_unseen import ground_of_cell, ground_of_shape, is_struck, is_unseen_run, is_unseen_shape
from ingestion.text_table import Cell
from ingestion.unseen_words import left_out

_NAME = "PowerPoint file (PPTX)"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)


def read_slides(path: Path) -> ReadText:
    """Read slides into blocks; raises UnreadableFile with a sentence for the person who put the file in."""
    check_package(path, "[Content_Types].xml", _NAME)
    try:
        read = _Reader(Presentation(str(path))).read()
    except (PythonPptxError, BadZipFile, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(f"is not a {_NAME} that can be read") from error
    if not read.text.strip():
        raise UnreadableFile("holds no text; what it shows may be pictures, which are not read yet")
    return read


class _Reader:
    """Walks the slides of one file and sets what it finds."""

    def __init__(self, presentation: Any) -> None:
        self._slides = presentation.slides
        self._size = presentation.slide_width, presentation.slide_height
        self._layout = Layout()
        self._unseen = 0

    def read(self) -> ReadText:
        for number, slide in enumerate(self._slides, 1):
            self._layout.turn_page(number)
            if slide._element.get("show") not in ("0", "false"):
                self._slide(slide)
        return replace(self._layout.read(), warnings=left_out(self._unseen))

    def _slide(self, slide: Any) -> None:
        title = slide.shapes.title
        if title is not None and title.has_text_frame and not self._is_unseen(title):
            ground = ground_of_shape(title, slide)
            words = " ".join(self._words(p, ground) for p in title.text_frame.paragraphs)
            self._layout.add(" ".join(words.split()), level=1)
        for shape in _in_order(slide.shapes):
            kind = shape.placeholder_format.type if shape.is_placeholder else None
            if kind in _TITLES or kind in _FURNITURE or self._is_unseen(shape):
                continue
            if shape.has_text_frame:
                listed = kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
                self._text(shape.text_frame, ground_of_shape(shape, slide), listed=listed)
            elif getattr(shape, "has_table", False):
                self._table(shape.table)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            self._text(slide.notes_slide.notes_text_frame, None, listed=False)

    def _is_unseen(self, shape: Any) -> bool:
        """Whether a shape is not to be seen; its words are counted."""
        if not is_unseen_shape(shape, *self._size):
            return False
        if shape.has_text_frame:
            self._unseen += len(shape.text_frame.text.split())
        return True

    def _text(self, frame: Any, ground: str | None, *, listed: bool) -> None:
        paragraphs = [(p.level, words) for p in frame.paragraphs if (words := self._words(p, ground))]
        for level, words in paragraphs:
            self._layout.add(words, bullet=level + 1 if listed and (len(paragraphs) > 1 or level) else None)

    def _words(self, paragraph: Any, ground: str | None) -> str:
        """The words of a paragraph that are to be seen and not struck through."""
        words = ""
        for part in paragraph._p:
            if part.tag == qn("a:br"):
                words += "\n"
            if part.tag not in (qn("a:r"), qn("a:fld")) or is_struck(part):
                continue
            if is_unseen_run(part, ground):
                self._unseen += len(part.text.split())
            else:
                words += part.text
        return words.replace("\v", "\n").strip()

    def _table(self, table: Any) -> None:
        cells = [
            Cell(
                "\n".join(w for p in cell.text_frame.paragraphs if (w := self._words(p, ground_of_cell(cell)))),
                row, column,
                cell.span_width if cell.is_merge_origin else 1, cell.span_height if cell.is_merge_origin else 1,
                row == 0 and bool(table.first_row),
            )
            for row, cells in enumerate(table.rows)
            for column, cell in enumerate(cells.cells)
            if not cell.is_spanned
        ]  # fmt: skip
        if any(c.words for c in cells):
            self._layout.add_table(cells)


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    """Shapes from the top down and from the left; those of a group one by one."""
    found: list[Any] = []
    for shape in shapes:
        found += _in_order(shape.shapes) if hasattr(shape, "shapes") else [shape]
    return sorted(found, key=lambda s: (round((s.top or 0) / 300_000), s.left or 0))
