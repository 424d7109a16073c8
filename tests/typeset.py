"""Typesets a plan's Markdown as the PDF that a council would publish, so that tests can read the same words from pages.

It knows the plain Markdown of the corpus: headings are told by their shape, since nothing marks them. It knows no
tables, links or nested emphasis. A line that is only the furniture's word ("DRAFT") is left out: the header says it.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")

NUMBERED_HEADING = re.compile(r"\d+\. [^a-z]+$")
LOGIC_CHAIN_HEADING = re.compile(r"Theme \d+|(Issue|INPUT|ACTIVITIES|OUTPUTS|OUTCOMES)$")
LEAD_IN = re.compile(r"Led by|Overseen by|Supported by|Input and support")
BULLET = re.compile(r"( *)- (.*)")

BODY = ParagraphStyle("body", fontName="Vera", bulletFontName="Vera", fontSize=9.5, leading=13.5, spaceAfter=6)
TITLE = ParagraphStyle("title", BODY, fontName="Vera-Bold", fontSize=20, leading=25, spaceAfter=8)
SECTION = ParagraphStyle("section", BODY, fontName="Vera-Bold", fontSize=14, leading=18, spaceBefore=12, keepWithNext=1)
HEADING = ParagraphStyle("heading", SECTION, fontSize=11.5, leading=15, spaceBefore=8)
LABEL = ParagraphStyle("label", HEADING, fontSize=10.5, leading=14)
QUOTATION = ParagraphStyle("quotation", BODY, leftIndent=18, rightIndent=18)
LIST_BULLET = ParagraphStyle("bullet", BODY, leftIndent=14, bulletIndent=2, spaceAfter=3)
SUB_BULLET = ParagraphStyle("sub-bullet", LIST_BULLET, leftIndent=30, bulletIndent=18)
FOOTNOTE = ParagraphStyle("footnote", BODY, fontSize=7, leading=9.5, spaceAfter=3)


def typeset(markdown: str, target: Path, furniture: str = "DRAFT") -> None:
    """Write ``markdown`` to ``target`` as an A4 PDF; the same words give the same bytes.

    Every page has ``furniture`` at its head and "Page n" at its foot. Superscript characters become raised small
    digits, as a word processor sets them, so a mark after a figure reads "27.4%6" to whatever extracts the text.
    """
    for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="Vera-Bold", italic="Vera", boldItalic="Vera-Bold")

    lines = [line.rstrip() for line in markdown.splitlines()]
    lines = [line for line in lines if line and line != furniture]
    document = BaseDocTemplate(
        str(target), pagesize=A4, title=lines[0] if lines else "", invariant=1, initialFontName="Vera"
    )
    frame = Frame(22 * mm, 20 * mm, A4[0] - 44 * mm, A4[1] - 44 * mm, id="text")
    page = PageTemplate("page", [frame], onPage=partial(_header, furniture), onPageEnd=_footer)
    document.addPageTemplates([page])
    document.build(list(_flow(lines)))


def _header(furniture: str, canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.setFont("Vera-Bold", 9)
    canvas.drawRightString(A4[0] - 22 * mm, A4[1] - 14 * mm, furniture)


def _footer(canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.setFont("Vera", 8)
    canvas.drawCentredString(A4[0] / 2, 11 * mm, f"Page {canvas.getPageNumber()}")


def _flow(lines: list[str]) -> Iterator[Flowable]:
    """The lines as paragraphs, in order; neighbouring lines with tabs become one table without rules."""
    numbered = enumerate(lines)
    for is_columns, group in groupby(numbered, key=lambda item: "\t" in item[1]):
        if is_columns:
            rows = [[Paragraph(_inline(cell), BODY) for cell in line.split("\t")] for _, line in group]
            yield Table(rows, hAlign="LEFT", colWidths=[45 * mm] * len(rows[0]))
            continue
        for index, line in group:
            before = lines[index - 1] if index else ""
            after = lines[index + 1] if index + 1 < len(lines) else ""
            yield _paragraph(line, before, after, first=index == 0)


def _paragraph(line: str, before: str, after: str, first: bool) -> Paragraph:
    if bullet := BULLET.match(line):
        indent, words = bullet.groups()
        return Paragraph(_inline(words), SUB_BULLET if indent else LIST_BULLET, bulletText="•")
    if line[0] in SUPERSCRIPTS:
        return Paragraph(_inline(line), FOOTNOTE)
    return Paragraph(_inline(line), TITLE if first else _style(line, before, after))


def _style(line: str, before: str, after: str) -> ParagraphStyle:
    if NUMBERED_HEADING.match(line):
        return SECTION
    if LOGIC_CHAIN_HEADING.match(line):
        return SECTION if line.startswith("Theme") else LABEL
    if line.startswith("“") or before.endswith("”"):
        return QUOTATION
    is_short = len(line) <= 100 and line[-1] not in ".,;:?”"
    if is_short and not BULLET.match(after) and not LEAD_IN.match(line):
        return HEADING
    return BODY


def _inline(text: str) -> str:
    """Reportlab's markup for a line: bold runs, and superscript characters as raised digits."""
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
    return re.sub(f"[{SUPERSCRIPTS}]+", lambda mark: f"<super>{mark[0].translate(TO_DIGITS)}</super>", text)
