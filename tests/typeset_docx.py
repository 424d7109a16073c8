"""Typesets a plan's Markdown as the Word document that a council would publish, with Word's own styles.

Headings, which nothing marks in the Markdown, are told by their shape. It knows no tables, links or nested emphasis. A
line that is only the furniture's word ("DRAFT") is left out: the header says it.
"""

import re
from itertools import pairwise
from pathlib import Path

from docx import Document
from docx.text.paragraph import Paragraph

from tests.typeset import BULLET, LEAD_IN, LOGIC_CHAIN_HEADING, NUMBERED_HEADING, SUPERSCRIPTS, TO_DIGITS

NUMBER = re.compile(r"\d{1,2}\. (?=.*[.;]$)")
RUN = re.compile(rf"\*\*(?P<bold>.+?)\*\*|(?P<mark>[{SUPERSCRIPTS}]+)|[^*{SUPERSCRIPTS}]+|\*")


def typeset_docx(markdown: str, target: Path, furniture: str = "DRAFT") -> None:
    """Write ``markdown`` to ``target``: real headings, lists and raised digits; footnotes as paragraphs of their own."""
    lines = printed_lines(markdown, furniture)
    document = Document()
    document.sections[0].header.paragraphs[0].text = furniture
    for before, line, after in around(lines):
        level = heading_level(line, before, after)
        if bullet := BULLET.match(line):
            indent, words = bullet.groups()
            _set(document.add_paragraph(style="List Bullet 2" if indent else "List Bullet"), words)
        elif number := NUMBER.match(line):
            _set(document.add_paragraph(style="List Number"), line[number.end() :])
        elif level is not None:
            _set(document.add_paragraph(style=f"Heading {level}" if level else "Title"), line)
        else:
            _set(document.add_paragraph(), line)
    document.save(str(target))


def printed_lines(markdown: str, furniture: str) -> list[str]:
    """The lines that have words, without the furniture's."""
    lines = [line.replace("\xa0", " ").rstrip() for line in markdown.splitlines()]
    return [line for line in lines if line and line != furniture]


def around(lines: list[str]) -> list[tuple[str, str, str]]:
    """Each line with the one before and the one after it."""
    pairs = list(pairwise(["", *lines, ""]))
    return [(before, line, after) for (before, line), (_, after) in pairwise(pairs)]


def heading_level(line: str, before: str, after: str) -> int | None:
    """0 for the title, which comes first; else the depth of the heading that the line is, or None."""
    if not before:
        return 0
    if NUMBERED_HEADING.match(line):
        return 1
    if LOGIC_CHAIN_HEADING.match(line):
        return 2 if line.startswith("Theme") else 3
    stands_out = len(line) <= 100 and line[-1] not in ".,;:?”" and "\t" not in line
    in_list = BULLET.match(line) or BULLET.match(after) or LEAD_IN.match(line)
    is_note = line[0] in SUPERSCRIPTS or line.startswith("“") or before.endswith("”")
    is_date = re.fullmatch(r"[A-Z][a-z]+ \d{4}", line) is not None
    return 2 if stands_out and not in_list and not is_note and not is_date else None


def _set(paragraph: Paragraph, words: str) -> None:
    """The words as runs: bold ones, and superscript characters as raised digits."""
    for run in RUN.finditer(words):
        if run["mark"]:
            paragraph.add_run(run["mark"].translate(TO_DIGITS)).font.superscript = True
        else:
            paragraph.add_run(run["bold"] or run[0]).bold = bool(run["bold"]) or None
