"""ODT, RTF and PPTX: sentences, tables with their columns, and the slide as the page."""

from pathlib import Path

import pytest
from odf import table, text
from odf.opendocument import OpenDocumentText
from pptx import Presentation
from pptx.util import Inches

from ingestion.block import BlockKind, ReadText
from ingestion.errors import UnreadableFile
from ingestion.read import read_text

_ROWS = (("Town", "Berths"), ("Ardmouth", "34"), ("Tolverne", "20"))


def texts(read: ReadText, kind: BlockKind) -> list[str]:
    return [read.text[b.start : b.end] for b in read.blocks if b.kind is kind]


def columns(read: ReadText) -> list[list[str]]:
    return [[c.column for c in row.cells] for row in read.rows]


def test_opendocument_text(tmp_path: Path) -> None:
    document = OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text="Harbour plan"))
    document.text.addElement(text.P(text="The quay will cost £2.9 million."))
    held = table.Table()
    for words in _ROWS:
        row = table.TableRow()
        for word in words:
            cell = table.TableCell()
            cell.addElement(text.P(text=word))
            row.addElement(cell)
        held.addElement(row)
    document.text.addElement(held)
    document.save(str(tmp_path / "plan.odt"))
    read = read_text(tmp_path / "plan.odt")
    assert texts(read, BlockKind.PARAGRAPH) == ["The quay will cost £2.9 million."]
    assert columns(read) == [["Town", "Berths"]] * 2


def test_slides_are_pages_with_their_tables_and_notes(tmp_path: Path) -> None:
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "Harbour plan"
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "Berths"
    held = slide.shapes.add_table(3, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
    for r, words in enumerate(_ROWS):
        for c, word in enumerate(words):
            held.cell(r, c).text = word
    slide.notes_slide.notes_text_frame.text = "The quay is let until 2031."
    slides.save(str(tmp_path / "plan.pptx"))
    read = read_text(tmp_path / "plan.pptx")
    assert columns(read) == [["Town", "Berths"]] * 2
    note = next(b for b in read.blocks if "let until" in read.text[b.start : b.end])
    assert note.page == 2 and len(read.pages) == 2


def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "plan.rtf").write_text(
        r"{\rtf1\ansi\f0 Harbour plan\par The quay will cost \'a32.9 million.\par"
        r"\trowd\cellx900\cellx1900 Town\cell Berths\cell\row\trowd\cellx900\cellx1900 Ardmouth\cell 34\cell\row"
        r"\pard It opens in 2026.\par}"
    )
    read = read_text(tmp_path / "plan.rtf")
    assert "The quay will cost £2.9 million." in texts(read, BlockKind.PARAGRAPH)
    assert columns(read) == [["Town", "Berths"]]


def test_what_is_no_slides_says_so(tmp_path: Path) -> None:
    (tmp_path / "plan.pptx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnreadableFile):
        read_text(tmp_path / "plan.pptx")
