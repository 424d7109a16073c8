"""The commitments register as CSV, as a workbook and as a Word document. No cell can be taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from answering.say import shown
from briefing.brief import words_of
from briefing.register import Row
from corpus.index import Generation
from prompts import reply

COLUMNS = (
    "Theme number", "Theme", "Kind", "Commitment", "Led by", "Partners", "Figures", "Baseline", "Target", "Due", "Latest",
    "Progress", "Not stated", "Source",
)  # fmt: skip
_WIDTHS = (8, 26, 12, 60, 24, 36, 16, 12, 14, 18, 22, 24, 24, 40)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")


def cells(row: Row, generation: Generation) -> tuple[str | int | None, ...]:
    """A commitment as the cells of a table."""
    c = row.commitment
    document = generation.documents[c.location.document]
    page = f"page {c.location.page}" if c.location.page is not None else None
    targets = row.targets
    latest = [f"{shown(t.latest)} ({t.latest.period})" for t in targets if t.latest is not None]
    evidence = "; ".join(latest) or (reply("register.no_evidence") if targets else None)
    return (
        c.theme_number, row.theme, c.kind.value, words_of(c), row.lead, "; ".join(row.partners),
        "; ".join(shown(f) for f in row.figures), "; ".join(t.baseline or "not stated" for t in targets),
        "; ".join(shown(t.figure) for t in targets), c.due, evidence,
        "; ".join(dict.fromkeys(t.moved for t in targets)), ", ".join(row.missing),
        ", ".join(part for part in (document.title, *c.location.section, page) if part),
    )  # fmt: skip


def as_csv(rows: Iterable[Row], generation: Generation, about: str = "") -> bytes:
    """CSV in UTF-8, with the mark by which spreadsheets know it. It holds rows alone, and does not say what was chosen."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in cells(row, generation)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def safe(cell: object) -> object:
    """Text that a spreadsheet would calculate gets an apostrophe before it; true numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def as_workbook(rows: Sequence[Row], generation: Generation, about: str = "") -> bytes:
    """An XLSX workbook with a header row that stays in view; text is stored as text, whatever it begins with.

    about: what was chosen; it stands in the file's properties.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Commitments"
    book.properties.title, book.properties.subject = "Commitments", about or None
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([None] * len(COLUMNS))
        for column, value in enumerate(cells(row, generation), 1):
            cell = sheet.cell(row=sheet.max_row, column=column)
            cell.value = value
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"
                cell.style = cell.style
                cell.quotePrefix = value.startswith(_FORMULA)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_word(rows: Sequence[Row], generation: Generation, about: str = "", title: str = "Commitments") -> bytes:
    """A Word document: a heading for each theme, and a table of its commitments. about: what was chosen, said above."""
    from briefing.word import borders, repeat_header
    from ingestion.remarks import saved

    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    document.styles["Normal"].font.name = "Arial"
    document.core_properties.title = title
    if any(generation.documents[r.commitment.location.document].status == "draft" for r in rows):
        document.sections[0].header.paragraphs[0].add_run("DRAFT SOURCE").bold = True
    document.add_heading(title, 0)
    document.add_paragraph(f"{len(rows)} statements{f'. Chosen: {about}' if about else ''}.")
    names = ("Kind", "Commitment", "Led by", "Partners", "Target", "Due", "Latest", "Not stated")
    widths = (2, 8.2, 2.8, 3.6, 2.4, 2.4, 2.6, 2.2)
    for theme in dict.fromkeys(r.theme for r in rows):
        document.add_heading(theme or "Elsewhere", 1)
        table = document.add_table(rows=1, cols=len(names))
        table.autofit = False
        lines: list[tuple[str, ...]] = [names]
        for row in (r for r in rows if r.theme == theme):
            of = dict(zip(COLUMNS, cells(row, generation), strict=True))
            target = f"{of['Target']} (from {of['Baseline']})" if of["Target"] else None
            lines.append(
                (str(of["Kind"]), str(of["Commitment"]), *(str(of[n] or "") for n in ("Led by", "Partners")), target or "",
                 *(str(of[n] or "") for n in ("Due", "Latest", "Not stated")))
            )  # fmt: skip
            table.add_row()
        for line, made in zip(lines, table.rows, strict=True):
            for text, cell, width in zip(line, made.cells, widths, strict=True):
                cell.width = Cm(width)
                run = cell.paragraphs[0].add_run(text)
                run.font.size, run.bold = Pt(8.5), line is names
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        repeat_header(table)
        borders(table)
    return saved(document)
