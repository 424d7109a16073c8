"""Words of sources and answers as HTML. All of it is escaped: a document can show nothing but text.

What a document says is never given to Markdown, which would load its images and follow its links.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import escape
from itertools import groupby

from corpus.document import Document

Span = tuple[int, int]

SHORT = 60  # characters; a longer mark is a sentence, and is not set in bold

_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_CITATION = re.compile(r"\[(\d{1,3})\]")
_LIST_ITEM = re.compile(r"^(\s*)[-*•]\s+(.*)$")


def marked(document: Document, span: Span, quoted: Span, marks: Iterable[Span]) -> str:
    """A stretch of a document: what is cited tinted, the words that matter marked, footnote marks raised."""
    start, end = span
    text = document.text[start:end]
    opening = len(text) - len(text.lstrip())
    looks: list[set[str]] = [set() for _ in text]

    def put(look: str, spans: Iterable[Span]) -> None:
        for first, last in spans:
            for at in range(max(first, start) - start, min(last, end) - start):
                looks[at].add(look)

    put("cited", [quoted])
    for mark in marks:
        put("mark" if mark[1] - mark[0] <= SHORT else "long", [mark])
    put("sup", document.footnote_marks)
    for match in _EMPHASIS.finditer(text):
        put("strong", [(start + match.start(2), start + match.end(2))])
        put("hidden", [(start + match.start(), start + match.start(2)), (start + match.end(2), start + match.end())])
    put("hidden", [(start, start + opening)])
    parts = []
    for look, run in groupby(range(len(text)), key=lambda at: frozenset(looks[at])):
        if "hidden" not in look:
            parts.append(_dressed("".join(text[at] for at in run), look))
    return "".join(parts)


def _dressed(text: str, look: frozenset[str]) -> str:
    # A raised character of its own ("⁴") is lowered first, or it would be raised twice.
    html = escape(unicodedata.normalize("NFKC", text) if "sup" in look else text)
    for name in ("sup", "strong"):
        if name in look:
            html = f"<{name}>{html}</{name}>"
    if "mark" in look:
        return f"<mark>{html}</mark>"
    if "long" in look:
        return f'<mark class="long">{html}</mark>'
    return f'<span class="cited">{html}</span>' if "cited" in look else html


def answer_text(text: str) -> str:
    """An answer's text: paragraphs and lists, with a button for each citation mark."""
    parts: list[str] = []
    depth = 0
    for line in text.splitlines():
        item = _LIST_ITEM.match(line)
        wanted = 0 if not item else 2 if len(item[1]) >= 2 and depth else 1
        while depth < wanted:
            parts.append("<ul>")
            depth += 1
        while depth > wanted:
            parts.append("</ul>")
            depth -= 1
        if item:
            parts.append(f"<li>{_inline(item[2])}</li>")
        elif line.strip():
            parts.append(f"<p>{_inline(line)}</p>")
    parts.append("</ul>" * depth)
    return "".join(parts)


def _inline(text: str) -> str:
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text.strip()))
    return re.sub(r"\s+(?=<button)", "\N{NO-BREAK SPACE}", _CITATION.sub(lambda m: cited_by(int(m[1])), html))


def cited_by(number: int, words: str | None = None, label: str | None = None) -> str:
    """The small button that opens a source: its number, or ``words``; ``label`` is what a screen reader says."""
    name = escape(label or f"Open source {number}")
    shown = escape(words or str(number))
    return f'<button type="button" class="cite" data-source="{number}" aria-label="{name}">{shown}</button>'


def badge(status: str | None) -> str:
    """DRAFT, where the source is one."""
    return '<strong class="draft">DRAFT</strong>' if status == "draft" else ""
