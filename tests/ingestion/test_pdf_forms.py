"""What is typed, chosen and ticked in a PDF form is read at its place, once, as if it were printed there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.records import Records
from corpus.register import Listed
from ingestion.draw import draw_page
from ingestion.pdf import read_pdf
from ingestion.pdf_forms import XFA_ONLY
from ingestion.read import read_file

TYPED = {
    "homes": "148",
    "area": "Northgate",
    "spend": "£1.2 million",
    "met": "/Yes",
    "words": "The waiting list fell to 2,310 households.\rThe next return is due in June.",
}


def blank_form(file: Path) -> Path:
    """A return with five fields; the page has words for all but one of them."""
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 740, "Affordable homes completed:")
    form = canvas.acroForm
    form.textfield(name="homes", tooltip="Homes", x=280, y=734, width=120, height=20)
    canvas.drawString(60, 700, "Area:")
    form.choice(
        name="area", tooltip="Area", x=280, y=694, width=120, height=20,
        options=[("Northgate", "n"), ("Southgate", "s")], value="s",
    )  # fmt: skip
    form.textfield(name="spend", tooltip="Spend on repairs", x=60, y=640, width=200, height=20)
    canvas.drawString(60, 600, "Was the target met?")
    form.checkbox(name="met", tooltip="Yes", x=180, y=598, size=12)
    canvas.drawString(200, 600, "Yes")
    form.checkbox(name="missed", tooltip="No", x=240, y=598, size=12)
    canvas.drawString(260, 600, "No")
    canvas.drawString(60, 560, "What else should be known?")
    form.textfield(name="words", tooltip="Words", x=60, y=500, width=400, height=50, fieldFlags="multiline", maxlen=200)
    canvas.showPage()
    canvas.save()
    return file


def filled(
    file: Path, typed: dict[str, str] = TYPED, change: Callable[[PdfWriter], None] | None = None, **how: Any
) -> Path:
    writer = PdfWriter(clone_from=blank_form(file))
    writer.update_page_form_field_values(writer.pages[0], typed, **{"auto_regenerate": False, **how})
    if change is not None:
        change(writer)
    writer.write(file)
    return file


def widgets(writer: PdfWriter) -> dict[str, DictionaryObject]:
    return {a.get_object()["/T"]: a.get_object() for a in writer.pages[0]["/Annots"]}


def without_appearances(writer: PdfWriter) -> None:
    for widget in widgets(writer).values():
        widget.pop("/AP", None)


def lines(file: Path) -> list[str]:
    return [line for line in read_pdf(file, ocr=False).text.splitlines() if line.strip()]


def records(file: Path) -> Records:
    return read_file(Listed(file.name, file, None), "x")


SHOWN = [
    "Affordable homes completed:\t148",
    "Area:\tNorthgate",
    "Spend on repairs: £1.2 million",
    "Was the target met?\t☒ Yes\t☐ No",
    "What else should be known?",
    "The waiting list fell to 2,310 households.",
    "The next return is due in June.",
]


@pytest.mark.parametrize("change", [None, without_appearances])
def test_values_stand_behind_the_words_of_the_page_or_the_fields_own(
    tmp_path: Path, change: Callable[[PdfWriter], None] | None
) -> None:
    assert lines(filled(tmp_path / "form.pdf", change=change)) == SHOWN


def test_figures_come_from_what_was_typed_with_their_page_and_place(tmp_path: Path) -> None:
    found = records(filled(tmp_path / "form.pdf"))
    said = {(f.quantity.text, f.measure): f for f in found.figures}
    assert set(said) == {
        ("148", "Affordable homes completed"), ("£1.2 million", "Spend on repairs"), ("2,310", "waiting list"),
    }  # fmt: skip
    homes = said["148", "Affordable homes completed"].location
    at = found.document.text.index("148")
    box = found.document.boxes(at, at + 3)[0]
    assert homes.page == 1 and 279 < box.x0 < box.x1 < 400 and 842 - 756 < box.top < box.bottom < 842 - 732


def test_a_form_that_was_flattened_says_nothing_twice(tmp_path: Path) -> None:
    kept = lines(filled(tmp_path / "kept.pdf", flatten=True))
    gone = lines(filled(tmp_path / "gone.pdf", flatten=True, change=lambda w: w.remove_annotations("/Widget")))
    for said in (kept, gone):
        whole = "\n".join(said)
        assert [whole.count(v) for v in ("148", "£1.2 million", "Northgate", "2,310")] == [1, 1, 1, 1]


def test_the_drawn_form_of_a_value_is_what_is_read(tmp_path: Path) -> None:
    def formatted(writer: PdfWriter) -> None:
        widgets(writer)["spend"][NameObject("/V")] = TextStringObject("1250")

    file = filled(tmp_path / "form.pdf", TYPED | {"spend": "£1,250.00"}, formatted)
    assert "Spend on repairs: £1,250.00" in lines(file)


def test_an_empty_form_adds_no_values(tmp_path: Path) -> None:
    assert lines(blank_form(tmp_path / "blank.pdf"))[0] == "Affordable homes completed:"
    assert records(tmp_path / "blank.pdf").figures == ()


def test_a_hidden_field_and_a_password_are_not_read(tmp_path: Path) -> None:
    def hide(writer: PdfWriter) -> None:
        widgets(writer)["homes"][NameObject("/F")] = NumberObject(2)
        widgets(writer)["spend"][NameObject("/Ff")] = NumberObject(1 << 13)

    said = "\n".join(lines(filled(tmp_path / "form.pdf", change=hide)))
    assert "148" not in said and "1.2" not in said and "2,310" in said


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_values_stand_in_their_place_on_a_page_that_the_file_turns(tmp_path: Path, turned: int) -> None:
    """A page is set sideways and shown upright: words and values are turned alike."""
    file = tmp_path / "turned.pdf"
    wide, high = A4 if turned == 180 else (A4[1], A4[0])
    canvas = Canvas(str(file), pagesize=(wide, high))
    canvas.rotate(turned)
    shift = {90: (0, -wide), 180: (-wide, -high), 270: (-high, 0)}[turned]
    canvas.translate(*shift)
    canvas.drawString(60, 700, "Homes completed:")
    canvas.drawString(60, 670, "Jobs:")
    # The corners of each field, on the sheet as it lies.
    for name, y in (("homes", 696), ("jobs", 666)):
        x0, y0 = canvas.absolutePosition(200, y)
        x1, y1 = canvas.absolutePosition(300, y + 16)
        canvas.acroForm.textfield(name=name, x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0), height=abs(y1 - y0))
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=file)
    writer.update_page_form_field_values(writer.pages[0], {"homes": "148", "jobs": "27"}, auto_regenerate=False)
    writer.pages[0].rotate(turned)
    writer.write(file)
    assert lines(file) == ["Homes completed:\t148", "Jobs:\t27"]


def test_lines_to_write_on_give_way_to_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "lined.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawString(60, 740, "Homes completed: ______________ in the year to March 2024.")
    canvas.acroForm.textfield(name="homes", x=152, y=736, width=90, height=16)
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=file)
    writer.update_page_form_field_values(writer.pages[0], {"homes": "148"}, auto_regenerate=False)
    writer.write(file)
    said = lines(file)[0]
    assert "148" in said and "_" not in said


def test_a_form_in_xfa_alone_is_said_to_be_unread(tmp_path: Path) -> None:
    file = tmp_path / "xfa.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawString(60, 740, "Please wait. If this message stays, your reader cannot show this kind of form.")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=file)
    packet = DecodedStreamObject()
    packet.set_data(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): writer._add_object(packet)})
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    writer.write(file)
    assert read_pdf(file).warnings == (XFA_ONLY,)


def test_a_page_is_drawn_with_what_was_typed(tmp_path: Path) -> None:
    """An answer's source is shown as a picture: it must show the value that the answer gives."""
    empty, full = blank_form(tmp_path / "empty.pdf"), filled(tmp_path / "full.pdf", change=without_appearances)
    assert len(draw_page(full, 1).picture) > 1.05 * len(draw_page(empty, 1).picture)
    assert PdfReader(full).pages[0].extract_text().count("148") == 0
