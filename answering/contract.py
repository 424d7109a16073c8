"""Answers, citations and figures in the shape of the command-line contract: what `--json` prints, and what is kept."""

from decimal import Decimal
from typing import Any

from answering.answer import CheckedAnswer, Citation
from corpus.figure import Figure
from corpus.index import Generation


def as_contract(checked: CheckedAnswer) -> dict[str, Any]:
    """A checked answer in the shape of the command-line contract."""
    answer = checked.answer
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "status": answer.status.value,
        "answer": answer.text,
        "figures": [
            {
                "text": f.text, "value": number(f.value), "unit": f.unit, "measure": f.measure, "area": f.area,
                "period": f.period, "kind": f.kind, "qualifier": f.qualifier, "citation": f.citation,
                "derived": f.derived, "working": f.working, **({"upper": number(f.upper)} if f.upper is not None else {}),
            }
            for f in answer.figures
        ],
        "citations": [citation_row(c) for c in answer.citations],
        "caveats": list(answer.caveats),
        "suggestions": list(answer.suggestions),
        "nearest": [citation_row(c) for c in answer.nearest],
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
        "receipt": {
            "corpus": checked.receipt.corpus, "planchat": checked.receipt.planchat, "judge": checked.receipt.judge,
            "model": checked.receipt.model,
        },
        "timing_ms": checked.timing_ms,
    }  # fmt: skip


def citation_row(c: Citation) -> dict[str, Any]:
    """A citation in the shape of the contract."""
    return {
        "id": c.id, "document": c.document, "title": c.title, "date": c.date, "page": c.page, "section": list(c.section),
        "cell": c.cell, "quote": c.quote, "start": c.start, "end": c.end, "source": c.source,
    }  # fmt: skip


def figure_row(generation: Generation, f: Figure) -> dict[str, Any]:
    """A figure known, with its place as a citation."""
    document = generation.documents[f.location.document]
    place = {
        "document": document.path, "title": document.title, "page": f.location.page, "section": list(f.location.section),
        "cell": f.location.cell, "quote": f.quote, "start": f.location.start, "end": f.location.end, "source": f.source,
    }  # fmt: skip
    return {
        "id": f.id, "text": f.quantity.text, "value": number(f.quantity.value), "upper": number(f.quantity.upper),
        "unit": f.quantity.unit, "qualifier": f.quantity.qualifier, "measure": f.measure, "area": f.area,
        "period": f.period, "kind": f.kind.value, "baseline": f.baseline, "theme": f.theme, "citation": place,
    }  # fmt: skip


def number(value: Decimal | None) -> int | float | None:
    """A plain number for JSON: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) >= 1000 else float(value)
