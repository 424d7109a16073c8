"""What stands on a page comes out in the order in which a person reads it, each word with its place on its page."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from corpus.records import Records
from corpus.register import Listed
from ingestion.block import BlockKind, ReadText
from ingestion.errors import UnreadableFile
from ingestion.ocr import _from_tsv, can_ocr
from ingestion.pdf import read_pdf
from ingestion.pdf_print import read_sheet
from ingestion.pdf_tables import ruled_tables
from ingestion.read import read_file

LEFT = (
    "The first column is read from its head to its foot before the second one is begun, as any person would read it, "
    "and its sentences are never mixed with those beside them on the page, however near they stand."
)
RIGHT = (
    "The second column comes after the first. It has its own sentences about bridges and canals, and these stay "
    "together too, since nobody reads across the gap between two columns of prose on one page."
)


def drawn(file: Path, *pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> Path:
    canvas = Canvas(str(file), pagesize=size)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file


def lines(canvas: Canvas, words: Iterable[str], x: float, y: float, size: float = 10, leading: float = 13) -> float:
    canvas.setFont("Helvetica", size)
    for line in words:
        canvas.drawString(x, y, line)
        y -= leading
    return y


def wrapped(words: str, letters: int) -> list[str]:
    found = [""]
    for word in words.split():
        if len(found[-1]) + len(word) > letters:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def shown(read: ReadText, *kinds: BlockKind) -> list[str]:
    return [" ".join(read.clean[b.start : b.end].split()) for b in read.blocks if not kinds or b.kind in kinds]


def records(file: Path) -> Records:
    return read_file(Listed(file.name, file, None), "x")


def test_columns_are_read_one_after_the_other_below_a_heading_across_them(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 780, "A heading that stands across both of the columns")
        lines(canvas, wrapped(LEFT, 42), 60, 740)
        lines(canvas, wrapped(RIGHT, 42), 315, 740)

    said = shown(read_pdf(drawn(tmp_path / "columns.pdf", page)))
    assert said == ["A heading that stands across both of the columns", LEFT, RIGHT]


def test_each_word_has_its_place_on_its_page(tmp_path: Path) -> None:
    file = drawn(
        tmp_path / "place.pdf",
        lambda c: lines(c, ["Nothing here."], 72, 700),
        lambda c: lines(c, ["In Exampleton 12% of residents work at home."], 72, 600),
    )
    document = records(file).document
    start = document.text.index("12%")
    (box,) = document.boxes(start, start + 3)
    assert (box.page, document.text[start : start + 3]) == (2, "12%")
    assert 72 < box.x0 < box.x1 < 200
    assert 841.9 - 612 < box.top < box.bottom < 841.9 - 595


def ruled(
    file: Path,
    rows: list[list[str]],
    *,
    repeat: int = 0,
    spans: Iterable[tuple[str, tuple[int, int], tuple[int, int]]] = (),
    rules: bool = True,
) -> Path:
    style = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"), *spans]
    if rules:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    SimpleDocTemplate(str(file), pagesize=A4).build([Table(rows, style=TableStyle(style), repeatRows=repeat)])
    return file


def test_a_ruled_table_gives_each_figure_its_row_and_column(tmp_path: Path) -> None:
    file = ruled(
        tmp_path / "ruled.pdf",
        [["Business park", "Units", "Occupancy (%)"], ["Hill End", "1,899", "98.8"], ["Mill Lane", "17", "86.4"]],
    )
    found = records(file)
    assert found.tables == 1
    assert [(f.quantity.text, f.quantity.unit, f.measure) for f in found.figures] == [
        ("1,899", "count", "Units (Hill End)"), ("98.8", "percent", "Occupancy (Hill End)"),
        ("17", "count", "Units (Mill Lane)"), ("86.4", "percent", "Occupancy (Mill Lane)"),
    ]  # fmt: skip
    assert found.figures[0].quote.split() == ["Hill", "End", "1,899", "98.8"]


def test_stacked_headings_of_a_ruled_table_are_joined(tmp_path: Path) -> None:
    rows = [
        ["Ward", "Homes", "", "Jobs", ""],
        ["", "2021", "2031", "2021", "2031"],
        ["North", "100", "120", "30", "45"],
    ]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 0), (0, 1))]
    figures = records(ruled(tmp_path / "stacked.pdf", rows, spans=spans)).figures
    assert [(f.quantity.text, f.period) for f in figures] == [
        ("100", "2021"),
        ("120", "2031"),
        ("30", "2021"),
        ("45", "2031"),
    ]
    assert all("Homes" in f.measure for f in figures[:2]) and all("Jobs" in f.measure for f in figures[2:])


def test_a_table_without_rules_is_rows_and_cells_too(tmp_path: Path) -> None:
    rows = [
        ["Area", "Residents", "Jobs"],
        ["North Ward", "12,400", "3,100"],
        ["South Ward", "9,800", "4,250"],
        ["Hill Ward", "7,150", "1,020"],
    ]
    figures = records(ruled(tmp_path / "open.pdf", rows, rules=False)).figures
    assert [f.quantity.text for f in figures] == ["12,400", "3,100", "9,800", "4,250", "7,150", "1,020"]
    assert "Residents" in figures[0].measure and "North Ward" in figures[0].measure


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_goes_on_overleaf_with_or_without_its_headings_said_again(tmp_path: Path, repeat: int) -> None:
    rows = [
        ["Business park", "Units"],
        *[[f"Park {chr(65 + n % 26)}{chr(97 + n // 26)}", str(200 + n)] for n in range(60)],
    ]
    found = records(ruled(tmp_path / "long.pdf", rows, repeat=repeat))
    assert found.tables == 1
    assert len(found.figures) == 60
    assert {f.location.page for f in found.figures} == {1, 2}
    assert all(f.measure.startswith("Units (Park ") for f in found.figures)


def test_running_heads_and_page_numbers_are_no_passages_and_the_number_is_kept(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            lines(canvas, ["Exampleton Borough Council – Economic Plan"], 72, 805, 8)
            lines(canvas, wrapped(f"On sheet {'abc'[number]} something else is said. {LEFT}", 80), 72, 700)
            lines(canvas, [str(number + 7)], 290, 30, 8)

        return draw

    read = read_pdf(drawn(tmp_path / "heads.pdf", page(0), page(1), page(2)))
    assert not any("Economic Plan" in words for words in shown(read))
    assert read.page_labels == ("7", "8", "9")


def test_a_word_cut_at_the_end_of_a_line_is_whole_and_a_hyphen_that_is_its_own_stays(tmp_path: Path) -> None:
    words = ["The council will sup-", "port local work-", "shops on a site-", "by-site basis."]
    read = read_pdf(drawn(tmp_path / "cut.pdf", lambda c: lines(c, words, 72, 700)))
    assert shown(read) == ["The council will support local workshops on a site-by-site basis."]
    assert len(read.clean) == len(read.text)


def test_a_note_is_tied_to_its_raised_mark(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 700, "In Exampleton 41% of residents have degrees")
        width = canvas.stringWidth("In Exampleton 41% of residents have degrees", "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(72 + width, 704, "3")
        canvas.drawString(72, 104, "3")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(78, 100, "Annual Population Survey, 2023")

    (figure,) = records(drawn(tmp_path / "note.pdf", page)).figures
    assert (figure.quantity.text, figure.source) == ("41%", "Annual Population Survey, 2023")


def test_a_page_set_sideways_is_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.rotate(90)
        lines(canvas, wrapped(f"In Exampleton 41% of residents have degrees. {LEFT}", 70), 100, -100)

    read = read_pdf(drawn(tmp_path / "sideways.pdf", page))
    assert shown(read)[0].startswith("In Exampleton 41% of residents have degrees. The first column")


def test_a_heading_with_spaces_between_its_letters_is_words(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(72, 760)
        text.setFont("Helvetica-Bold", 14)
        text.setCharSpace(5)
        text.textLine("ECONOMIC PLAN")
        canvas.drawText(text)
        lines(canvas, wrapped(LEFT, 80), 72, 700)

    assert shown(read_pdf(drawn(tmp_path / "spaced.pdf", page)))[0] == "ECONOMIC PLAN"


# ---- files that are hard to read -------------------------------------------------------------------------------------


def plain(file: Path) -> Path:
    return drawn(
        file, *[lambda c: lines(c, wrapped(f"In Exampleton 12% of residents work at home. {LEFT}", 80), 72, 700)] * 3
    )


def test_a_pdf_locked_for_its_owner_alone_is_read(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=plain(tmp_path / "plain.pdf"))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    assert "12%" in read_pdf(tmp_path / "locked.pdf").text


def test_of_a_damaged_file_what_can_be_read_is_read(tmp_path: Path) -> None:
    whole = plain(tmp_path / "plain.pdf").read_bytes()
    (tmp_path / "xref.pdf").write_bytes(whole[: whole.rindex(b"xref")])
    assert "12%" in read_pdf(tmp_path / "xref.pdf").text


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(UnreadableFile, match="is empty"):
        read_pdf(tmp_path / "empty.pdf")


def scanned(file: Path) -> Path:
    """A page of words and a page that is a picture of words."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((120, 200), "In Exampleton 41% of residents have degrees.", fill=0, font=ImageFont.load_default(36))
    picture.save(file.with_suffix(".png"))

    def page(canvas: Canvas) -> None:
        canvas.drawImage(str(file.with_suffix(".png")), 0, 0, *A4)

    return drawn(file, lambda c: lines(c, wrapped(LEFT, 80), 72, 700), page)


def test_without_ocr_a_scanned_page_is_named(tmp_path: Path) -> None:
    read = read_pdf(scanned(tmp_path / "scan.pdf"), ocr=False)
    assert any("Page 2 is a picture" in w and "Tesseract" in w for w in read.warnings)
    assert len(read.pages) == 2


@pytest.mark.skipif(not can_ocr(), reason="Tesseract is not installed")
def test_with_ocr_a_scanned_page_is_read_and_said_to_be(tmp_path: Path) -> None:
    file = scanned(tmp_path / "scan.pdf")
    assert any("Page 2 was read by OCR" in w for w in read_pdf(file).warnings)
    (figure,) = records(file).figures
    assert (figure.quantity.text, figure.location.page) == ("41%", 2)
    (box,) = records(file).document.boxes(*figure.at)
    assert box.page == 2 and 80 < box.top < box.bottom < 130


def test_the_pages_are_as_many_as_the_file_s(tmp_path: Path) -> None:
    file = plain(tmp_path / "plain.pdf")
    assert len(read_pdf(file).pages) == len(PdfReader(file).pages)


def test_a_scanned_page_in_a_running_head_and_foot_is_no_page_of_text(tmp_path: Path) -> None:
    picture = scanned(tmp_path / "scan.pdf").with_suffix(".png")

    def page(canvas: Canvas) -> None:
        canvas.drawImage(str(picture), 60, 110, A4[0] - 120, A4[1] - 220)
        lines(canvas, ["Exampleton Borough Council: a plan for the local economy"], 72, 810)
        lines(canvas, ["Page 1"], 280, 30)

    file = drawn(tmp_path / "framed.pdf", page, lambda c: lines(c, wrapped(LEFT, 80), 72, 700))
    assert any("Page 1 is a picture" in w and "Tesseract" in w for w in read_pdf(file, ocr=False).warnings)
    if can_ocr():
        read = read_pdf(file, ocr=True)
        assert "41% of residents have degrees" in read.text
        assert any("Page 1 was read by OCR" in w for w in read.warnings)


@pytest.mark.skipif(not can_ocr(), reason="Tesseract is not installed")
def test_a_photograph_on_a_cover_is_not_taken_for_words(tmp_path: Path) -> None:
    from PIL import Image

    Image.effect_noise((620, 877), 90).save(tmp_path / "photo.png")

    def cover(canvas: Canvas) -> None:
        canvas.drawImage(str(tmp_path / "photo.png"), 0, 0, *A4)
        lines(canvas, ["Exampleton Borough Council: a plan for the local economy"], 72, 810)

    read = read_pdf(drawn(tmp_path / "photo.pdf", cover, lambda c: lines(c, wrapped(LEFT, 80), 72, 700)))
    assert "a plan for the local economy" in read.text and read.warnings == ()


def test_a_table_beside_a_drawing_of_thousands_of_strokes_keeps_its_rules(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(300, 300)
        for n in range(6000):
            path.lineTo(300 + n % 97, 300 + n % 89)
        canvas.drawPath(path)
        table = Table([["Area", "Jobs"], ["Exampleton", "1,200"], ["Muchbinding", "3,400"]], colWidths=200)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        table.wrapOn(canvas, *A4)
        table.drawOn(canvas, 72, 640)

    with pdfplumber.open(drawn(tmp_path / "chart.pdf", page)) as pdf:
        sheet = read_sheet(pdf.pages[0])
    (table,), _ = ruled_tables(sheet)
    assert [c.words for c in table.cells] == ["Area", "Jobs", "Exampleton", "1,200", "Muchbinding", "3,400"]


def test_headings_without_numbers_have_the_depth_of_their_type(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        y = lines(canvas, ["A plan for Exampleton"], 72, 790, 26, 50)
        for part, below in (("Our economy", ("Jobs", "Skills")), ("Our places", ("Town centres",))):
            y = lines(canvas, [part], 72, y, 18, 30)
            for heading in below:
                y = lines(canvas, [heading], 72, y, 13, 24)
                y = lines(canvas, wrapped(f"{heading} are what this part is about. {LEFT}", 90), 72, y) - 20

    read = records(drawn(tmp_path / "depth.pdf", page))
    assert [p.location.section for p in read.passages] == [
        ("Our economy", "Jobs"), ("Our economy", "Skills"), ("Our places", "Town centres"),
    ]  # fmt: skip


def test_a_word_that_could_not_be_recognised_inside_a_line_is_not_passed_over() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["4\t1\t1\t1\t1\t0\t0\t0\t300\t20\t-1\t"]
    for n, (word, sure) in enumerate(
        [("42", 96), ("grants", 95), ("worth", 96), ("86,500", 4), ("|", 3), ("went", 90)]
    ):
        rows.append(f"5\t1\t1\t1\t1\t{n}\t{n * 50}\t0\t40\t20\t{sure}\t{word}")
    assert [w.text for w in _from_tsv("\n".join([head, *rows]), 1.0)] == ["42", "grants", "worth", "[?]", "went"]


def test_numbers_set_large_side_by_side_go_with_the_words_below_them(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["Exampleton at a glance"], 60, 780, 20)
        facts = [
            ("104,500", "residents"),
            ("3,420", "active businesses"),
            ("£641", "median weekly pay"),
            ("71.3%", "in work"),
        ]
        for i, (number, words) in enumerate(facts):
            lines(canvas, [number], 60 + i % 2 * 250, 680 - i // 2 * 120, 28)
            lines(canvas, [words], 60 + i % 2 * 250, 660 - i // 2 * 120, 11)

    read = records(drawn(tmp_path / "panels.pdf", page))
    assert read.document.title == "Exampleton at a glance"
    assert [" ".join(p.text.split()) for p in read.passages] == [
        "104,500 residents", "3,420 active businesses", "£641 median weekly pay", "71.3% in work",
    ]  # fmt: skip
