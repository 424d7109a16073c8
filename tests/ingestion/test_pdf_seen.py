"""What a page of a PDF does not show is not read and becomes no figure; what cannot be read is said, with its page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingestion.errors import UnreadableFile
from ingestion.pdf import read_pdf
from tests.ingestion.test_pdf_pages import drawn, records

SAID = "The council will build 148 affordable homes by March 2027."
UNSEEN = "The council has demolished 555 homes since March 2019."
LEFT_OUT = "Page 1: words that the file holds but does not show there were left out."


PHOTOGRAPH = Image.effect_noise((200, 100), 80).convert("RGB")


def plain(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(50, 700, SAID)


def white_on_white(canvas: Canvas) -> None:
    plain(canvas)
    canvas.setFillColor(colors.white)
    canvas.drawString(50, 600, UNSEEN)


def covered(canvas: Canvas) -> None:
    plain(canvas)
    canvas.drawString(50, 600, UNSEEN)
    canvas.setFillColor(colors.white)
    canvas.rect(40, 590, 400, 30, stroke=0, fill=1)


def invisible(canvas: Canvas) -> None:
    plain(canvas)
    unseen = canvas.beginText(50, 600)
    unseen.setTextRenderMode(3)
    unseen.textLine(UNSEEN)
    canvas.drawText(unseen)


def nearly_white(canvas: Canvas) -> None:
    plain(canvas)
    canvas.setFillColor(colors.HexColor(0xF8F8F8))
    canvas.drawString(50, 600, UNSEEN)


def invisible_on_a_rule(canvas: Canvas) -> None:
    invisible(canvas)
    canvas.line(40, 603, 400, 603)


def white_in_a_box(canvas: Canvas) -> None:
    white_on_white(canvas)
    canvas.rect(49, 598, 300, 12, fill=0)


def beneath_a_photograph(canvas: Canvas) -> None:
    plain(canvas)
    canvas.drawString(50, 600, UNSEEN)
    canvas.drawImage(ImageReader(PHOTOGRAPH), 40, 500, 400, 150)


def tiny(canvas: Canvas) -> None:
    plain(canvas)
    canvas.setFont("Helvetica", 1.5)
    canvas.drawString(50, 600, UNSEEN)


def navy_on_navy(canvas: Canvas) -> None:
    plain(canvas)
    canvas.setFillColor(colors.navy)
    canvas.rect(40, 590, 400, 30, stroke=0, fill=1)
    canvas.drawString(50, 600, UNSEEN)


HIDDEN = [
    white_on_white, nearly_white, white_in_a_box, covered, invisible, invisible_on_a_rule, beneath_a_photograph, tiny, navy_on_navy,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDDEN)
def test_words_that_nobody_sees_become_no_figure_and_are_said(tmp_path: Path, hide: Callable[[Canvas], None]) -> None:
    found = records(drawn(tmp_path / "hidden.pdf", hide))
    assert [f.quantity.text for f in found.figures] == ["148"]
    assert "555" not in found.document.text and found.document.warnings == (LEFT_OUT,)


def test_a_layer_that_is_switched_off_is_not_read(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=drawn(tmp_path / "layer.pdf", plain))
    layer = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("old")})
    )
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off}
    )
    page = writer.pages[0]
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L0"): layer})
    written = DecodedStreamObject()
    written.set_data(f"/OC /L0 BDC BT /F1 11 Tf 50 600 Td ({UNSEEN}) Tj ET EMC".encode())
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(written)])
    writer.write(tmp_path / "layer.pdf")
    read = read_pdf(tmp_path / "layer.pdf")
    assert SAID in read.text and "555" not in read.text and read.warnings == (LEFT_OUT,)


def test_white_words_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(colors.navy)
        canvas.rect(40, 690, 500, 30, fill=1)
        canvas.setFillColor(colors.white)
        plain(canvas)

    read = read_pdf(drawn(tmp_path / "dark.pdf", page))
    assert SAID in read.text and read.warnings == ()


def test_invisible_words_over_a_scanned_page_are_what_it_shows(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(PHOTOGRAPH), 0, 0, *A4)
        words = canvas.beginText(50, 500)
        words.setTextRenderMode(3)
        words.textLine(SAID)
        canvas.drawText(words)

    read = read_pdf(drawn(tmp_path / "scan.pdf", page), ocr=False)
    assert SAID in read.text and read.warnings == ()


def test_words_beside_the_page_are_not_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        plain(canvas)
        canvas.drawString(50, -40, UNSEEN)
        canvas.drawString(700, 600, UNSEEN)

    assert "555" not in read_pdf(drawn(tmp_path / "beside.pdf", page)).text


@pytest.mark.parametrize("mode", [0, 1, 2, 7])
def test_small_grey_and_sideways_words_and_those_cut_out_of_a_ground_are_read(tmp_path: Path, mode: int) -> None:
    def page(canvas: Canvas) -> None:
        plain(canvas)
        canvas.setFont("Helvetica", 6)
        canvas.setFillColor(colors.HexColor(0xBFBFBF))
        canvas.drawString(50, 650, "Small and grey.")
        canvas.saveState()
        canvas.setFont("Helvetica", 6)
        canvas.rotate(90)
        canvas.drawString(100, -500, "Hill lilt.")
        canvas.restoreState()
        canvas.setFont("Helvetica", 20)
        words = canvas.beginText(50, 600)
        words.setTextRenderMode(mode)
        words.textLine("Lettered")
        canvas.drawText(words)
        canvas.setFillColor(colors.navy)
        canvas.rect(40, 590, 200, 40, stroke=0, fill=mode == 7)

    read = read_pdf(drawn(tmp_path / "visible.pdf", page))
    assert all(words in " ".join(read.text.split()) for words in (SAID, "Small and grey.", "Hill lilt.", "Lettered"))
    assert read.warnings == ()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_and_cropped_gives_what_it_shows(tmp_path: Path, turned: int) -> None:
    def page(canvas: Canvas) -> None:
        plain(canvas)
        canvas.drawString(50, 100, UNSEEN)

    writer = PdfWriter(clone_from=drawn(tmp_path / "turned.pdf", page))
    writer.pages[0].cropbox = RectangleObject((20, 500, 590, 800))
    writer.pages[0].rotate(turned)
    writer.write(tmp_path / "turned.pdf")
    found = records(tmp_path / "turned.pdf")
    assert found.document.text.strip() == SAID
    shown = PdfReader(tmp_path / "turned.pdf").pages[0].cropbox
    width, height = (shown.width, shown.height) if turned % 180 == 0 else (shown.height, shown.width)
    for box in found.document.boxes(0, len(SAID)):
        assert 0 <= box.x0 < box.x1 <= width and 0 <= box.top < box.bottom <= height


def test_files_within_a_file_and_notes_on_its_pages_are_said(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=drawn(tmp_path / "noted.pdf", plain, plain))
    writer.add_attachment("homes.csv", b"area,homes\nNorthgate,888\n")
    writer.add_annotation(1, FreeText(text="It should be 666 homes", rect=(50, 400, 300, 440)))
    writer.add_annotation(1, Text(text="It was 222 homes", rect=(300, 400, 320, 420)))
    writer.write(tmp_path / "noted.pdf")
    read = read_pdf(tmp_path / "noted.pdf")
    assert read.warnings == (
        "Files within the file were not read (homes.csv); save them and add them by themselves.",
        "Page 2: notes that were put on the page afterwards were not read.",
    )
    assert not any(number in read.text for number in ("888", "666", "222"))


def test_letters_that_the_file_does_not_tell_are_no_text(tmp_path: Path) -> None:
    """A font that draws its letters as pictures, and names them all alike."""
    writer = PdfWriter()
    page = writer.add_blank_page(*A4)
    square = DecodedStreamObject()
    square.set_data(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    numbers = ArrayObject([NumberObject(n) for n in (0, 0, 500, 700)])
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): numbers,
            NameObject("/FontMatrix"): ArrayObject([FloatObject(n) for n in (0.001, 0, 0, 0.001, 0, 0)]),
            NameObject("/CharProcs"): DictionaryObject({NameObject("/g"): writer._add_object(square)}),
            NameObject("/Encoding"): DictionaryObject(
                {NameObject("/Differences"): ArrayObject([NumberObject(32), *[NameObject("/g")] * 90])}
            ),
            NameObject("/FirstChar"): NumberObject(32),
            NameObject("/LastChar"): NumberObject(121),
            NameObject("/Widths"): ArrayObject([NumberObject(600)] * 90),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    written = DecodedStreamObject()
    written.set_data(f"BT /F1 11 Tf 50 700 Td ({SAID} {SAID}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(written)
    writer.write(tmp_path / "shapes.pdf")
    with pytest.raises(UnreadableFile, match="Page 1: the file does not say which letters stand there"):
        read_pdf(tmp_path / "shapes.pdf", ocr=False)
