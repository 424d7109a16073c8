"""Verdicts and commitments in the shape of the command-line contract."""

from typing import Any

from answering.contract import citation_row, figure_row
from answering.say import shown
from briefing.register import Row
from briefing.verdict import Finding
from corpus.index import Generation


def finding_row(f: Finding) -> dict[str, Any]:
    """A figure of a draft with its verdict."""
    return {
        "text": f.text, "sentence": f.sentence, "start": f.start, "end": f.end, "verdict": f.verdict.value, "found": f.found,
        "citation": citation_row(f.citation) if f.citation else None, "why": f.why, "notes": list(f.notes),
        "working": f.working, "measure": f.measure, "area": f.area, "period": f.period,
    }  # fmt: skip


def commitment_row(generation: Generation, r: Row) -> dict[str, Any]:
    """A row of the commitments register, with its targets and its place as a citation."""
    c = r.commitment
    document = generation.documents[c.location.document]
    return {
        "id": c.id, "theme": c.theme, "theme_number": c.theme_number, "kind": c.kind.value, "text": c.text, "lead": r.lead,
        "partners": list(r.partners), "figures": [f.quantity.text for f in r.figures], "due": c.due,
        "missing": list(r.missing), "parent": c.parent, "role": r.role,
        "targets": [
            {
                "text": t.figure.quantity.text, "measure": t.figure.measure, "baseline": t.baseline, "due": t.due,
                "latest": shown(t.latest) if t.latest else None, "latest_period": t.latest.period if t.latest else None,
                "progress": t.moved, "evidence": figure_row(generation, t.latest)["citation"] if t.latest else None,
            }
            for t in r.targets
        ],
        "citation": {
            "document": document.path, "title": document.title, "page": c.location.page,
            "section": list(c.location.section), "cell": None,
            "quote": document.text[c.location.start : c.location.end], "start": c.location.start, "end": c.location.end,
        },
    }  # fmt: skip
