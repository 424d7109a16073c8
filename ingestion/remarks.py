"""A Word file with comments set on its words: the file's own text and look stay, and the comments are added.

Left out: words in headers and footers, text boxes, and insertions that nobody has accepted yet; they get no comment.
"""

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from docx import Document as new_document
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingestion.admit import check_kind
from ingestion.package import check_package

AUTHOR, INITIALS = "planchat", "pc"
_WORDS = {qn(f"w:{name}") for name in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen")}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: the words that it is on, the sentence in which they stand, and what is said of them."""

    words: str
    sentence: str
    said: str


def with_remarks(file: Path, remarks: Sequence[Remark]) -> bytes:
    """A copy of a Word file with comments. Raises UnreadableFile where the file is not one that may be opened.

    Call it in a process with limits (``reader.py``): the whole file is loaded, whatever it holds.
    """
    check_kind(file)
    check_package(file, "[Content_Types].xml", "Word document (DOCX)")
    document = new_document(str(file))
    set_remarks(document, remarks)
    return saved(document)


def set_remarks(document: Document, remarks: Sequence[Remark]) -> None:
    """Set each remark on the first place, behind that of the one before, at which its words stand in its sentence."""
    paragraphs = list(_paragraphs(document))
    at = 0
    offsets = [0] * len(paragraphs)
    for remark in remarks:
        for i in range(at, len(paragraphs)):
            start = _found(paragraphs[i], remark, offsets[i])
            if start is not None:
                runs = _runs_of(paragraphs[i], start, len(remark.words))
                document.add_comment(runs, text=remark.said, author=AUTHOR, initials=INITIALS)
                at, offsets[i] = i, start + len(remark.words)
                break


def saved(document: Document) -> bytes:
    """The bytes of a Word file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraphs(document: Document) -> list[Paragraph]:
    """Every paragraph of the body in its order, those in tables too."""
    return [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]


def _found(paragraph: Paragraph, remark: Remark, offset: int) -> int | None:
    """Where the words stand in a paragraph, at or behind ``offset``; None where the paragraph does not hold them."""
    text = paragraph.text.replace("\N{NO-BREAK SPACE}", " ")
    sentence = text.find(remark.sentence.split(" | ")[0][:40])
    if sentence < 0 and remark.sentence[:40] not in " ".join(text.split()):
        return None
    at = text.find(remark.words, max(offset, sentence, 0))
    return at if at >= 0 else None


def _runs_of(paragraph: Paragraph, start: int, length: int) -> list[Run]:
    """The runs that are just these characters of a paragraph; runs that hold more are parted, each in its own look."""
    end, offset = start + length, 0
    chosen: list[Run] = []
    for run in _runs(paragraph):
        text = run.text
        low, high = max(start - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if low >= high:
            continue
        whole = (low, high) == (0, len(text)) or not _is_words_alone(run)
        chosen.append(run if whole else _part(run, low, high))
    return chosen or [paragraph.add_run("")]


def _runs(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph's text, those of its links too."""
    inner = list(paragraph.iter_inner_content())
    return [run for one in inner for run in ([one] if isinstance(one, Run) else one.runs)]


def _is_words_alone(run: Run) -> bool:
    """Whether a run can be parted: a picture or a footnote's mark in it would be lost."""
    return all(child.tag in _WORDS for child in run._r)


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
