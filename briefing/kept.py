"""Checked answers that an officer kept: their words to the letter, with the citation numbers of the briefing they go into."""

import re
from collections.abc import Iterator
from dataclasses import replace

from answering.answer import Answer, Citation
from answering.cite import Citations

_MARK = re.compile(r"\[(\d{1,3})\]")
_BULLET = re.compile(r"^\s*[-*•]\s+")


def taken(answer: Answer, citations: Citations) -> Answer:
    """The answer with its citations numbered as in the briefing. Its words and its figures stay as they were checked."""
    numbers = {c.id: _again(c, citations) for c in answer.citations}
    text = _MARK.sub(lambda mark: f"[{numbers.get(int(mark[1]), mark[1])}]", answer.text)
    figures = tuple(replace(f, citation=numbers.get(f.citation) if f.citation else None) for f in answer.figures)
    cited = tuple(replace(c, id=numbers[c.id]) for c in answer.citations)
    return replace(answer, text=text, figures=figures, citations=cited, nearest=())


def _again(c: Citation, citations: Citations) -> int:
    """The number of a citation that was made for an answer: of one of the same place, or the next."""
    place = (c.document, c.start, c.end, c.cell)
    same = next((m for m in citations.made if (m.document, m.start, m.end, m.cell) == place), None)
    if same is None:
        citations.made.append(replace(c, id=len(citations.made) + 1))
        return len(citations.made)
    return same.id


def lines(answer: Answer) -> Iterator[tuple[bool, str]]:
    """The answer's lines, each with whether it is an item of a list; the working of what was worked out comes last."""
    for line in answer.text.splitlines():
        if line.strip():
            yield _BULLET.match(line) is not None, _BULLET.sub("", line).strip().replace("**", "")
    for figure in answer.figures:
        if figure.derived and figure.working and figure.working not in answer.text:
            yield False, f"Worked out: {figure.working}."
