"""A checked draft and the source audit as HTML: the draft's words with its figures marked, each with its verdict and source."""

from collections.abc import Sequence
from html import escape

from briefing.audit import KINDS, Query
from briefing.draft import Draft
from briefing.verdict import Finding, Verdict
from pages.markup import cited_by

WORDS = {Verdict.SUPPORTED: "supported", Verdict.CONTRADICTED: "contradicted", Verdict.NOT_FOUND: "not found"}


def draft_html(draft: Draft, findings: Sequence[Finding]) -> str:
    """The draft's paragraphs with each figure marked by its verdict; the mark says it in words, too, and opens its source."""
    parts = []
    numbered = list(enumerate(findings, 1))
    for placed in draft.placed:
        start, end = placed.passage.location.start, placed.passage.location.end
        inside = [(n, f) for n, f in numbered if start <= f.start < end]
        words = _marked(draft.text, start, end, inside)
        parts.append(f"<ul><li>{words}</li></ul>" if placed.passage.kind == "bullet" else f"<p>{words}</p>")
    return f'<div class="draft-words">{"".join(parts)}</div>'


def _marked(text: str, start: int, end: int, findings: Sequence[tuple[int, Finding]]) -> str:
    pieces, at = [], start
    for number, f in sorted(findings, key=lambda item: item[1].start):
        words = WORDS[f.verdict]
        button = f" {cited_by(number, None, f'Open the source for {f.text}: {words}')}" if f.citation else ""
        pieces.append(escape(text[at : f.start]))
        pieces.append(
            f'<mark class="{f.verdict.value}" title="{escape(f.why)}">{escape(text[f.start : f.end])}'
            f'<span class="verdict"> {words}</span></mark>{button}'
        )
        at = f.end
    return "".join([*pieces, escape(text[at:end])])


def findings_html(findings: Sequence[Finding]) -> str:
    """The verdicts as a list, what needs a look first; each with a button that opens its source."""
    parts = []
    for verdict in (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.SUPPORTED):
        chosen = [(n, f) for n, f in enumerate(findings, 1) if f.verdict is verdict]
        if chosen:
            items = "".join(_finding(n, f) for n, f in chosen)
            parts.append(f"<h3>{WORDS[verdict].capitalize()} ({len(chosen)})</h3><ul>{items}</ul>")
    return "".join(parts)


def _finding(number: int, f: Finding) -> str:
    button = f" {cited_by(number, 'source', f'Open the source for {f.text}')}" if f.citation else ""
    notes = "".join(f'<div class="quiet">{escape(note)}</div>' for note in f.notes)
    working = f'<div class="quiet">{escape(f.working)}</div>' if f.working and f.working not in f.why else ""
    said = f'<div class="quiet">“{escape(f.sentence)}”</div>'
    return f"<li><strong>{escape(f.text)}</strong> {escape(f.why)}{button}{notes}{working}{said}</li>"


def audit_html(queries: Sequence[Query], document: str | None = None) -> str:
    """What is doubtful in the sources, or in one of them, by kind, with why it matters."""
    parts = []
    for kind in KINDS:
        chosen = [
            (n, q) for n, q in enumerate(queries, 1) if q.kind == kind and document in (None, q.citations[0].document)
        ]
        if chosen:
            items = "".join(
                f"<li>{escape(q.message)} {cited_by(n, 'source', f'Open the source of: {q.message[:80]}')}</li>"
                for n, q in chosen
            )
            name = kind.replace("_", " ").capitalize()
            parts.append(
                f'<h3>{name} ({len(chosen)})</h3><p class="quiet">{escape(chosen[0][1].why)}</p><ul>{items}</ul>'
            )
    return "".join(parts)
