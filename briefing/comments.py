"""A copy of a draft in Word with a comment on each figure: its verdict, why, and the source's words."""

import io
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

from docx import Document as new_document
from docx.document import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from briefing.draft import Draft
from briefing.places import place_in_words
from briefing.verdict import Finding, Verdict

AUTHOR, INITIALS = "planchat", "pc"
_NAMES = {Verdict.SUPPORTED: "Supported", Verdict.CONTRADICTED: "Contradicted", Verdict.NOT_FOUND: "Not found"}


def commented(draft: Draft, findings: Sequence[Finding], file: Path | None) -> bytes:
    """The draft as a Word file with comments: a copy of ``file`` where that is a Word file, else its text anew."""
    document = _opened(draft, file)
    paragraphs = list(_paragraphs(document))
    at = 0
    offsets = [0] * len(paragraphs)
    for finding in findings:
        for i in range(at, len(paragraphs)):
            start = _found(paragraphs[i], finding, offsets[i])
            if start is not None:
                run = _run_of(paragraphs[i], start, len(finding.text))
                document.add_comment(run, text=said(finding), author=AUTHOR, initials=INITIALS)
                at, offsets[i] = i, start + len(finding.text)
                break
    file_bytes = io.BytesIO()
    document.save(file_bytes)
    return file_bytes.getvalue()


def said(finding: Finding) -> str:
    """A verdict in words: what it is, why, and where the source stands."""
    lines = [f"{_NAMES[finding.verdict]}. {finding.why}", *finding.notes]
    if finding.working and finding.working not in finding.why:
        lines.append(f"Working: {finding.working}.")
    if finding.citation is not None:
        quote = " ".join(finding.citation.quote.split())
        lines.append(f"{place_in_words(finding.citation)}: “{quote}”")
    return "\n".join(lines)


def _opened(draft: Draft, file: Path | None) -> Document:
    if file is not None and file.suffix.lower() == ".docx":
        return new_document(str(file))
    document = new_document()
    for placed in draft.placed:
        style = "List Bullet" if placed.passage.kind == "bullet" else None
        document.add_paragraph(" ".join(placed.passage.text.split()), style)
    return document


def _paragraphs(document: Document) -> list[Paragraph]:
    """Every paragraph of the body in its order, those in tables too."""
    return [Paragraph(element, document) for element in document.element.body.iter() if element.tag.endswith("}p")]


def _found(paragraph: Paragraph, finding: Finding, offset: int) -> int | None:
    """Where the figure stands in a paragraph, at or behind ``offset``; None where the paragraph does not hold it."""
    text = paragraph.text.replace("\N{NO-BREAK SPACE}", " ")
    sentence = text.find(finding.sentence.split(" | ")[0][:40])
    if sentence < 0 and finding.sentence[:40] not in " ".join(text.split()):
        return None
    at = text.find(finding.text, max(offset, sentence, 0))
    return at if at >= 0 else None


def _run_of(paragraph: Paragraph, start: int, length: int) -> Run:
    """The run that is just these characters of a paragraph; runs that hold more are parted, each in its own look."""
    end, offset = start + length, 0
    chosen: list[Run] = []
    for run in list(paragraph.runs):
        text = run.text
        low, high = max(start - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if low >= high:
            continue
        chosen.append(_part(run, low, high) if (low, high) != (0, len(text)) else run)
    return chosen[0] if chosen else paragraph.add_run("")


def _part(run: Run, low: int, high: int) -> Run:
    """Part a run in up to three, in place, and give the middle one."""
    before, middle, after = run.text[:low], run.text[low:high], run.text[high:]
    made = []
    for text in (middle, after):
        element = deepcopy(run._r)
        part = Run(element, run._parent)
        part.text = text
        made.append(part)
    run.text = before
    run._r.addnext(made[0]._r)
    if after:
        made[0]._r.addnext(made[1]._r)
    return made[0]
