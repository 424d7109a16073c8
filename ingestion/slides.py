"""PPTX: the text, tables and notes of slides in their order, as python-pptx gives them. The slide's number is its page.

Left out: pictures, charts, what stands on the layout behind the slides, and hidden slides.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from lxml.etree import LxmlError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.layout import Layout
from ingestion.package import check_package
from ingestion.text_table import Cell

_NAME = "PowerPoint file (PPTX)"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)


def read_slides(path: Path) -> ReadText:
    """Read slides into blocks; raises UnreadableFile with a sentence for the person who put the file in."""
    check_package(path, "[Content_Types].xml", _NAME)
    try:
        layout = Layout()
        for number, slide in enumerate(Presentation(str(path)).slides, 1):
            layout.turn_page(number)
            if slide._element.get("show") != "0":
                _slide(slide, layout)
        read = layout.read()
    except (PythonPptxError, BadZipFile, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(f"is not a {_NAME} that can be read") from error
    if not read.text.strip():
        raise UnreadableFile("holds no text; what it shows may be pictures, which are not read yet")
    return read


def _slide(slide: Any, layout: Layout) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        layout.add(" ".join(title.text_frame.text.split()), level=1)
    for shape in _in_order(slide.shapes):
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if kind in _TITLES or kind in _FURNITURE:
            continue
        if shape.has_text_frame:
            _text(shape.text_frame, layout, listed=kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT))
        elif getattr(shape, "has_table", False):
            _table(shape.table, layout)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        _text(slide.notes_slide.notes_text_frame, layout, listed=False)


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    """Shapes from the top down and from the left; those of a group one by one."""
    found: list[Any] = []
    for shape in shapes:
        found += _in_order(shape.shapes) if hasattr(shape, "shapes") else [shape]
    return sorted(found, key=lambda s: (round((s.top or 0) / 300_000), s.left or 0))


def _text(frame: Any, layout: Layout, *, listed: bool) -> None:
    paragraphs = [p for p in frame.paragraphs if _words(p)]
    for p in paragraphs:
        layout.add(_words(p), bullet=p.level + 1 if listed and (len(paragraphs) > 1 or p.level) else None)


def _words(paragraph: Any) -> str:
    """The words of a paragraph that are not struck through."""
    runs = [r for r in paragraph.runs if r._r.rPr is None or r._r.rPr.get("strike") in (None, "noStrike")]
    return "".join(r.text for r in runs).replace("\v", "\n").strip()


def _table(table: Any, layout: Layout) -> None:
    cells = [
        Cell(
            "\n".join(w for p in cell.text_frame.paragraphs if (w := _words(p))), row, column,
            cell.span_width if cell.is_merge_origin else 1, cell.span_height if cell.is_merge_origin else 1,
            row == 0 and bool(table.first_row),
        )
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells.cells)
        if not cell.is_spanned
    ]  # fmt: skip
    if any(c.words for c in cells):
        layout.add_table(cells)
