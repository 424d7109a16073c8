"""A briefing as a Word document: heading styles, a table whose header row is repeated, captions, alternative text, page numbers."""

import io
import re
from collections.abc import Sequence

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from briefing import layout
from briefing.brief import Briefing, sources_line
from briefing.chart import Chart
from briefing.kept import lines
from ingestion.remarks import saved
from prompts import reply

FONT = "Arial"
_TEAL, _INK, _RED, _GREY = (
    RGBColor(0x0B, 0x5C, 0x6B),
    RGBColor(0x0A, 0x14, 0x18),
    RGBColor(0x8A, 0x1F, 0x11),
    RGBColor(0x4A, 0x5A, 0x60),
)
_WIDTHS = (5.0, 2.5, 3.2, 2.3, 4.0)  # of the key figures' columns, in cm; a page of A4 has 17 between its margins


def as_word(made: Briefing, chart: Chart | None = None) -> bytes:
    """The briefing as the bytes of a .docx file."""
    document = _styled(made)
    document.add_paragraph(made.title, "Title")
    if made.drafts:
        _draft_mark(document, made)
    _facts(document, made)
    document.add_heading("Purpose", 1)
    document.add_paragraph(made.purpose)
    if made.summary or made.own:
        document.add_heading("Summary", 1)
    for line in (*made.summary, *made.own):
        _cited(document.add_paragraph(), line)
    if made.answers:
        _answers(document, made)
    if not made.of_answers:
        document.add_heading("Key figures", 1)
    if made.figures:
        _key_figures(document, made)
    elif not made.of_answers:
        document.add_paragraph(reply("brief.no_figures"))
    if chart is not None:
        _picture(document, chart)
    if not made.of_answers:
        document.add_heading("What the plan commits to", 1)
    if not made.promises and not made.of_answers:
        document.add_paragraph(reply("brief.no_promises"))
    for name, chosen in layout.promises(made):
        document.add_heading(name, 2)
        for p in chosen:
            style = "List Bullet 2" if p.commitment.parent else "List Bullet"
            _cited(document.add_paragraph(style=style), f"{p.text} [{p.number}]")
    if made.gaps or made.caveats:
        document.add_heading("Gaps and caveats", 1)
        for line in (*made.gaps, *made.caveats):
            _cited(document.add_paragraph(style="List Bullet"), line)
    document.add_heading("Sources", 1)
    for c in made.sources:
        paragraph = document.add_paragraph(style="Source")
        paragraph.add_run(f"[{c.id}]\t").bold = True
        paragraph.add_run(f"{layout.source(c)}: “{layout.quote(c)}”")
    return saved(document)


# ---- the page ----


def _styled(made: Briefing) -> Document:
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    core = document.core_properties
    core.title, core.author, core.language = made.title, "planchat", "en-GB"
    core.comments = ""
    sizes = {
        "Normal": (11, False, _INK), "Title": (22, True, _TEAL), "Heading 1": (15, True, _TEAL), "Heading 2": (12, True, _INK),
        "Caption": (10, True, _INK), "List Bullet": (11, False, _INK), "List Bullet 2": (11, False, _INK),
    }  # fmt: skip
    for name, (size, bold, colour) in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
        style.font.color.rgb = colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(which), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(7), 1.15
    for name in ("List Bullet", "List Bullet 2"):
        document.styles[name].paragraph_format.space_after = Pt(4)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(16)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(5)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(9)
    document.styles["Heading 2"].paragraph_format.space_after = Pt(3)
    title = document.styles["Title"]
    title.paragraph_format.space_after = Pt(6)
    for border in title.element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    source = document.styles.add_style("Source", 1)
    source.base_style, source.font.size = document.styles["Normal"], Pt(9.5)
    source.paragraph_format.left_indent, source.paragraph_format.first_line_indent = Cm(1), Cm(-1)
    source.paragraph_format.tab_stops.add_tab_stop(Cm(1))
    source.paragraph_format.space_after, source.paragraph_format.line_spacing = Pt(3), 1.0
    _header_and_footer(document, made)
    return document


def _header_and_footer(document: Document, made: Briefing) -> None:
    """DRAFT in the header of every page where a source is one; the title and "Page 1 of 3" in the footer."""
    section = document.sections[0]
    header = section.header.paragraphs[0]
    if made.drafts:
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = header.add_run("DRAFT SOURCE")
        run.bold, run.font.color.rgb, run.font.size = True, _RED, Pt(10)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Normal"]
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    for part in (f"{made.title}\tPage ", "PAGE", " of ", "NUMPAGES"):
        if part.isupper():
            _field(footer, part)
        else:
            footer.add_run(part)
    for run in footer.runs:
        run.font.size, run.font.color.rgb = Pt(9), _GREY


def _draft_mark(document: Document, made: Briefing) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(f"DRAFT SOURCE. {' '.join(made.caveats[: len(made.drafts)])}")
    run.bold, run.font.color.rgb = True, _RED


def _facts(document: Document, made: Briefing) -> None:
    """Date and what the note was prepared from."""
    day = f"{made.prepared.day} {made.prepared:%B %Y}"
    for name, said in (("Date", day), ("Prepared from", "; ".join(sources_line(made.documents)))):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(3.4), Cm(-3.4)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(3.4))
        paragraph.add_run(f"{name}\t").bold = True
        paragraph.add_run(said)


# ---- the parts ----


def _cited(paragraph: Paragraph, line: str) -> None:
    """A line with its citation marks set apart in colour."""
    for part in re.split(r"((?:\[\d{1,3}\])+)", line):
        if not part:
            continue
        run = paragraph.add_run(part)
        if re.fullmatch(r"(?:\[\d{1,3}\])+", part):
            run.font.color.rgb, run.font.size = _TEAL, Pt(9)


def _answers(document: Document, made: Briefing) -> None:
    """Each question with its answer, as it was given."""
    document.add_heading(layout.ANSWERS, 1)
    for answer in made.answers:
        document.add_heading(answer.question, 2)
        for item, line in lines(answer):
            _cited(document.add_paragraph(style="List Bullet" if item else None), line)


def _key_figures(document: Document, made: Briefing) -> None:
    _caption(document, "Table", 1, "Key figures as the sources print them", keep_with_next=True)
    table = document.add_table(rows=1, cols=len(layout.COLUMNS))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _fill(table, 0, layout.COLUMNS, bold=True)
    repeat_header(table)
    for key in made.figures:
        table.add_row()
        _fill(table, len(table.rows) - 1, layout.row(key, made))
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    _never_split(table)
    borders(table)
    _describe(table, "Key figures", "Each row is a figure with its measure, area, period and source.")
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(table: Table, row: int, cells: Sequence[str], *, bold: bool = False) -> None:
    for i, (cell, text) in enumerate(zip(table.rows[row].cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(3)
        paragraph.paragraph_format.line_spacing = 1.0
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(9.5), bold or i == 2


def repeat_header(table: Table) -> None:
    """The header row stands again on every page that the table reaches."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def _never_split(table: Table) -> None:
    """No row is parted by the end of a page."""
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(whole)


def borders(table: Table) -> None:
    """A line under each row, a stronger one under the header; no boxes."""
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            properties = cell._tc.get_or_add_tcPr()
            borders = OxmlElement("w:tcBorders")
            bottom = OxmlElement("w:bottom")
            size, colour = ("12", "0B5C6B") if number == 0 else ("4", "C3D2D6")
            for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
                bottom.set(qn(f"w:{name}"), value)
            borders.append(bottom)
            properties.append(borders)


def _describe(table: Table, title: str, words: str) -> None:
    """Title and description of a table, which a screen reader says."""
    properties = table._tbl.tblPr
    for name, value in (("w:tblCaption", title), ("w:tblDescription", words)):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        properties.append(element)


def _picture(document: Document, chart: Chart) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(chart.png), width=Cm(14))
    described = shape._inline.docPr
    described.set("descr", chart.alt)
    described.set("title", chart.caption)
    _caption(document, "Figure", 1, chart.caption)


def _caption(document: Document, label: str, number: int, words: str, *, keep_with_next: bool = False) -> None:
    """A caption whose number is a field, so that Word can list tables and figures."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = keep_with_next
    paragraph.add_run(f"{label} ")
    _field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f". {words}")


def _field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """A field that Word works out, such as a page number."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", shown), ("end", None)):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text or ""
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
