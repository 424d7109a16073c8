"""Markdown and plain text, also text that was extracted from a council's document and has no marks of its own."""

import re

from corpus.language import SUPERSCRIPTS, blank
from ingestion.block import Line, ReadText
from ingestion.structure import arrange

_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?:[-*+•▪◦‣–]|\(?[a-z\d]{1,2}[.)])[ \t]+(?P<dot>\.[ \t]+)?(?=\S)")
_NUMBER = re.compile(r"^[ \t]*\(?(?:[a-z]|\d{1,2})[.)]")
_HEADING = re.compile(r"^(#{1,6})[ \t]+")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\](\([^)\s]*\))")
_MARKS = re.compile(f"[{SUPERSCRIPTS}]+")


def read_markdown(text: str) -> ReadText:
    """Read Markdown text into blocks. Offsets count into ``text`` as it is given."""
    marks = [m.span() for m in _MARKS.finditer(text)]
    hidden = [m.span() for m in _EMPHASIS.finditer(text)]
    hidden += [span for m in _LINK.finditer(text) for span in ((m.start(), m.start(1)), (m.end(1), m.end()))]
    clean = blank(text, marks + hidden)
    return arrange(text, clean, _lines(text), footnote_marks=tuple(marks))


def _lines(text: str) -> list[Line]:
    """Paragraphs, headings and bullets as lines; soft-wrapped lines of one paragraph are one."""
    lines: list[Line] = []
    start: int | None = None
    end = offset = 0

    def flush() -> None:
        nonlocal start
        if start is not None:
            lines.append(Line(start, end))
        start = None

    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        begin = offset + len(raw) - len(raw.lstrip())
        finish = offset + len(raw.rstrip())
        heading = _HEADING.match(raw)
        bullet = _BULLET.match(raw)
        if not stripped:
            flush()
        elif heading:
            flush()
            lines.append(Line(offset + heading.end(), finish, level=len(heading[1])))
        elif bullet and not (_NUMBER.match(raw) and _is_numbered_heading(raw)):
            flush()
            depth = 1 + (len(bullet["indent"].expandtabs(2)) + 1) // 2
            lines.append(Line(offset + bullet.end(), finish, bullet=depth))
        elif start is not None and "\t" not in stripped and not _stands_alone(stripped):
            end = finish
        else:
            flush()
            start, end = begin, finish
        offset += len(raw)
    flush()
    return lines


def _is_numbered_heading(raw: str) -> bool:
    """``2. INTRODUCTION`` is a heading; ``1. Residents have access to skills.`` is an item of a list."""
    words = _NUMBER.sub("", raw).strip()
    return words.isupper() or (len(words) <= 60 and words[-1] not in ".;," and words.istitle())


def _stands_alone(stripped: str) -> bool:
    return bool(re.match(r"(?:[A-Z][\w ]{0,40}:\s)|[⁰¹²³⁴⁵⁶⁷⁸⁹]", stripped))
