"""A run's scores as a report that explains itself: a table by kind, and every miss with what was said."""

from collections.abc import Iterable, Sequence

from answering.answer import Status
from evals.score import Score

DEMANDS = ("status", "figures", "first", "derived", "area", "period", "kind", "text", "section", "quote", "must_not")


def share(met: Iterable[bool]) -> str:
    """Met of judged, with the percentage; a dash where nothing was judged (unscored is not zero)."""
    results = list(met)
    return f"{sum(results)}/{len(results)} ({100 * sum(results) / len(results):.1f}%)" if results else "–"


def summary(scores: Sequence[Score]) -> dict[str, str]:
    """The headline figures of a run."""
    answerable = [s for s in scores if "not_found" not in s.question.status]
    refusals = [s for s in scores if s.question.status == ("not_found",)]
    answered = [s for s in scores if s.answer.status is Status.ANSWERED]
    return {
        "All right": share(s.right for s in scores),
        "Lookups right": share(s.right for s in scores if "lookup" in s.question.kind),
        "Expected figures given": share(s.judged["figures"] for s in scores if "figures" in s.judged),
        "First figure right": share(s.judged["first"] for s in scores if "first" in s.judged),
        "Answered where the sources say": share(s.answer.status is not Status.NOT_FOUND for s in answerable),
        "Refused where they do not": share(s.answer.status is not Status.ANSWERED for s in refusals),
        "Right where answered": share(s.right for s in answered),
        "Unsupported figures or quotations": str(sum(len(s.unsupported) for s in scores)),
    }


def report(name: str, scores: Sequence[Score], facts: dict[str, str]) -> str:
    """The report as Markdown."""
    lines = [f"# Evaluation: {name}", ""]
    lines += [f"- {key}: {value}" for key, value in facts.items()]
    lines += ["", "| what | result |", "|---|---|"]
    lines += [f"| {key} | {value} |" for key, value in summary(scores).items()]
    kinds = list(dict.fromkeys(s.question.kind for s in scores))
    lines += [
        "",
        "## By kind",
        "",
        "| kind | right | " + " | ".join(DEMANDS) + " |",
        "|---|---|" + "---|" * len(DEMANDS),
    ]
    for kind in kinds:
        inside = [s for s in scores if s.question.kind == kind]
        cells = [_cell(s.judged[d] for s in inside if d in s.judged) for d in DEMANDS]
        lines.append(f"| {kind} | {share(s.right for s in inside)} | " + " | ".join(cells) + " |")
    misses = [s for s in scores if not s.right]
    lines += ["", f"## Misses ({len(misses)})", ""]
    for s in misses:
        wrong = [d for d, met in s.judged.items() if not met] + list(s.unsupported)
        history = " → ".join([*s.question.history, s.question.question])
        lines.append(f"- **{s.question.id}** ({s.question.kind}) {history}  ")
        lines.append(f"  wrong: {', '.join(wrong)}; expected: {_expected(s)}  ")
        lines.append(f"  {s.answer.status.value}: {' '.join(s.answer.text.split())[:300]}")
    return "\n".join(lines) + "\n"


def _cell(met: Iterable[bool]) -> str:
    results = list(met)
    return f"{sum(results)}/{len(results)}" if results else "–"


def _expected(s: Score) -> str:
    q = s.question
    parts = ["/".join(q.status)]
    parts += [f"{e.value} {e.unit or ''} {e.area or ''} {e.period or ''}".strip() for e in q.figures]
    if q.first:
        parts.append(f"first {q.first.value}")
    if q.derived:
        parts.append(f"derived {q.derived.value} {q.derived.unit or ''}")
    if q.text_has:
        parts.append("says " + ", ".join(q.text_has))
    if q.must_not:
        parts.append("not " + ", ".join(q.must_not))
    if q.section:
        parts.append("section " + ", ".join(q.section))
    return "; ".join(parts)
