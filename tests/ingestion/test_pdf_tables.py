"""Tables of a PDF are read as rows and cells, however they are ruled; prose, lists and frames of pages are no tables."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from ingestion.pdf import read_pdf
from tests.ingestion.test_pdf_pages import LEFT, RIGHT, lines, wrapped

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11)
HEAD = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold")
HEADINGS = ["Ref", "Action", "Lead", "Partners", "Cost", "By when"]
ACTIONS = [
    ["1.1", "Open the riverside workspace for small firms", "Borough Council", "University; Growth Hub", "£3.1m", "June 2027"],
    ["1.2", "Start a grant scheme for shop fronts", "College", "–", "£400,000", "Under way"],
    ["2.1", "Train residents for jobs in care", "Chamber of Commerce", "Traders; landlords of the town", "Not known", "March 2026"],
    ["2.2", "Winter events in both squares of the old town", "Borough Council", "Town Team", "£90,000 a year", "Annual"],
]  # fmt: skip
_BLACK = (0.7, colors.black)
STYLES = {
    "head and foot ruled": [
        ("LINEABOVE", (0, 0), (-1, 0), *_BLACK), ("LINEBELOW", (0, 0), (-1, 0), *_BLACK),
        ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), *_BLACK), ("LINEBELOW", (0, -1), (-1, -1), *_BLACK),
    ],
    "a rule below each row": [("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey)],
    "a rule below the head": [("LINEBELOW", (0, 0), (-1, 0), *_BLACK)],
    "rules between columns": [("LINEAFTER", (0, 0), (-2, -1), 0.3, colors.grey)],
    "a ground behind every other row": [("BACKGROUND", (0, i), (-1, i), colors.whitesmoke) for i in range(0, 4, 2)],
    "no rules": [],
}  # fmt: skip


def action_plan(file: Path, style: str, rows: Sequence[Sequence[str]], padding: float = 3) -> Path:
    set_rows = [[Paragraph(w, HEAD if n == 0 else BODY) for w in row] for n, row in enumerate([HEADINGS, *rows])]
    table = Table(
        set_rows,
        colWidths=[30, 140, 95, 100, 65, 65],
        repeatRows=1,
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), padding),
                ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
                *STYLES[style],
            ]
        ),
    )
    before = Paragraph(
        "The plan is reviewed each year by a board that meets in June and in December of the year.", BODY
    )
    after = Paragraph("Progress will be reported to the board each quarter and published by the council.", BODY)
    SimpleDocTemplate(str(file), pagesize=A4).build([before, table, after])
    return file


def cells(file: Path) -> list[list[str]]:
    """The cells of each row that is no heading, as they came out."""
    read = read_pdf(file, ocr=False)
    return [[" ".join(read.text[c.start : c.end].split()) for c in row.cells] for row in read.rows]


@pytest.mark.parametrize("style", STYLES)
def test_wrapped_cells_stand_in_their_row_and_column(tmp_path: Path, style: str) -> None:
    file = action_plan(tmp_path / "plan.pdf", style, ACTIONS)
    assert cells(file) == ACTIONS
    assert [c.column for c in read_pdf(file, ocr=False).rows[0].cells] == HEADINGS


@pytest.mark.parametrize("style", ["head and foot ruled", "a rule below each row", "no rules"])
def test_a_table_goes_on_over_pages(tmp_path: Path, style: str) -> None:
    rows = [[f"{n}.{row[0]}", *row[1:]] for n in range(9) for row in ACTIONS]
    file = action_plan(tmp_path / "long.pdf", style, rows)
    read = read_pdf(file, ocr=False)
    assert len(read.pages) > 1 and read.tables == 1
    assert cells(file) == rows


def test_rows_are_told_apart_where_their_lines_stand_evenly(tmp_path: Path) -> None:
    assert cells(action_plan(tmp_path / "tight.pdf", "head and foot ruled", ACTIONS, padding=0)) == ACTIONS


def test_a_table_in_a_column_parts_nothing_in_the_other_column(tmp_path: Path) -> None:
    file = tmp_path / "columns.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    lines(canvas, wrapped(LEFT, 42), 60, 740)
    for y in (640, 622, 568):
        canvas.line(60, y, 270, y)
    canvas.setFont("Helvetica-Bold", 9)
    for x, words in ((62, "Measure"), (160, "Baseline"), (220, "Target")):
        canvas.drawString(x, 628, words)
    canvas.setFont("Helvetica", 9)
    for n, row in enumerate(
        (("Vacant shops", "14.8%", "10%"), ("Staying visitors", "262,000", "320,000"), ("Jobs", "2,150", "2,400"))
    ):
        for x, words in zip((62, 160, 220), row, strict=True):
            canvas.drawString(x, 608 - 15 * n, words)
    lines(canvas, wrapped(LEFT, 42), 60, 545)
    lines(canvas, wrapped(RIGHT + " " + RIGHT, 42), 315, 740)
    canvas.save()
    read = read_pdf(file)
    assert cells(file) == [
        ["Vacant shops", "14.8%", "10%"],
        ["Staying visitors", "262,000", "320,000"],
        ["Jobs", "2,150", "2,400"],
    ]
    flat = " ".join(read.text.split())
    assert f"{RIGHT} {RIGHT}" in flat and flat.count(LEFT) == 2


def test_columns_of_prose_between_rules_are_no_table(tmp_path: Path) -> None:
    file = tmp_path / "prose.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    for y in (770, 60):
        canvas.line(60, y, 535, y)
    lines(canvas, wrapped(LEFT + " " + LEFT, 42), 60, 740)
    lines(canvas, wrapped(RIGHT + " " + RIGHT, 42), 315, 740)
    canvas.save()
    read = read_pdf(file)
    assert read.tables == 0 and f"{LEFT} {LEFT}" in " ".join(read.text.split())


def test_numbered_paragraphs_between_rules_are_no_table(tmp_path: Path) -> None:
    file = tmp_path / "numbered.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    for y in (770, 60):
        canvas.line(60, y, 535, y)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(60, 750, "1.0")
    canvas.drawString(95, 750, "INTRODUCTION")
    y = 725.0
    for n in range(1, 9):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, y, f"1.{n}")
        y = lines(canvas, wrapped(LEFT[: 60 * n], 80), 95, y) - 8
    canvas.save()
    assert read_pdf(file).tables == 0


def test_two_tables_with_words_between_them_are_two(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    for top, place in ((740, "Northgate"), (600, "Southgate")):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, top + 8, f"Table {place[0]}: homes in {place}")
        for y in (top, top - 18, top - 56):
            canvas.line(60, y, 400, y)
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(62, top - 13, "Year")
        canvas.drawString(200, top - 13, "Homes")
        canvas.setFont("Helvetica", 10)
        for n, row in enumerate((("2022/23", f"{top}"), ("2023/24", f"{top + 7}"))):
            canvas.drawString(62, top - 33 - 15 * n, row[0])
            canvas.drawString(200, top - 33 - 15 * n, row[1])
        lines(canvas, wrapped(LEFT, 80), 60, top - 80)
    canvas.save()
    read = read_pdf(file)
    assert read.tables == 2
    assert cells(file) == [["2022/23", "740"], ["2023/24", "747"], ["2022/23", "600"], ["2023/24", "607"]]
