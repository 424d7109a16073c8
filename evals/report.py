"""A run's scores as a report that explains itself: a table by kind, and every miss with what was said."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

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
    lines += [line for s in misses for line in _miss(s)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Measures:
    """A run in counts. Accuracy, precision and abstention are apart: a refusal is no error of the same kind as a wrong figure.

    right: every demand met. given, given_right: answered, and right where answered. absent, refused: the sources do not
    say, and that was said. present, missed: the sources say, and "not found" was said. unscored: left out, not wrong.
    """

    questions: int
    right: int
    given: int
    given_right: int
    absent: int
    refused: int
    present: int
    missed: int
    unscored: int = 0


def measures(scores: Sequence[Score], unscored: Iterable[str] = ()) -> Measures:
    """The counts of a run."""
    given = [s for s in scores if s.answer.status is Status.ANSWERED]
    absent = [s for s in scores if s.question.status == ("not_found",)]
    present = [s for s in scores if "not_found" not in s.question.status]
    return Measures(
        questions=len(scores),
        right=sum(s.right for s in scores),
        given=len(given),
        given_right=sum(s.right for s in given),
        absent=len(absent),
        refused=sum(s.answer.status is not Status.ANSWERED for s in absent),
        present=len(present),
        missed=sum(s.answer.status is Status.NOT_FOUND for s in present),
        unscored=len(list(unscored)),
    )


ORDER = (
    "the first 60", "the plan in depth", "the published tables", "other figures", "other names", "other documents",
)  # fmt: skip
_LEGEND = (
    "Accuracy: every demand of the question is met. Right where answered: the same, of what was answered. Refused where "
    "it should: the sources do not say, and no answer was given. Refused where it should not: the sources say, and the "
    "answer was that they do not. Left out: what a copy cannot be asked; it counts neither way."
)
_COLUMNS = (
    "questions",
    "left out",
    "accuracy",
    "right where answered",
    "refused where it should",
    "refused where it should not",
)


def _row(name: str, m: Measures) -> str:
    cells = [str(m.questions), str(m.unscored or "–")]
    pairs = ((m.right, m.questions), (m.given_right, m.given), (m.refused, m.absent), (m.missed, m.present))
    cells += [f"{100 * part / whole:.1f}% ({part}/{whole})" if whole else "–" for part, whole in pairs]
    return f"| {name} | " + " | ".join(cells) + " |"


def table(runs: Mapping[str, Measures]) -> str:
    """One line a run, as a Markdown table."""
    head = ["| evaluation | " + " | ".join(_COLUMNS) + " |", "|---|" + "---|" * len(_COLUMNS)]
    return "\n".join([*head, *(_row(name, m) for name, m in runs.items())])


def record(results: Path, name: str, m: Measures) -> None:
    """Put a run's line into ``summary.json`` and write ``summary.md`` from all of its lines."""
    file = results / "summary.json"
    runs = _recorded(results) | {name: m}
    runs = {n: runs[n] for n in sorted(runs, key=lambda n: ORDER.index(n) if n in ORDER else len(ORDER))}
    results.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({n: asdict(r) for n, r in runs.items()}, indent=1) + "\n", encoding="utf-8")
    (results / "summary.md").write_text(f"# Evaluations\n\n{table(runs)}\n\n{_LEGEND}\n", encoding="utf-8")


def put_into(readme: Path, results: Path) -> str:
    """Write the table between the README's markers; returns a sentence that says what was done."""
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition("<!-- evals:begin -->")
    _, end, after = rest.partition("<!-- evals:end -->")
    if not begin or not end:
        return f"{readme.name} has no markers <!-- evals:begin --> and <!-- evals:end -->: it was left as it is."
    readme.write_text(f"{before}{begin}\n{table(_recorded(results))}\n{end}{after}", encoding="utf-8")
    return f"The table of results is in {readme.name}."


def _recorded(results: Path) -> dict[str, Measures]:
    file = results / "summary.json"
    if not file.is_file():
        return {}
    return {name: Measures(**counts) for name, counts in json.loads(file.read_text(encoding="utf-8")).items()}


def comparison(
    name: str, before: Sequence[Score], after: Sequence[Score], unscored: Mapping[str, str], facts: Mapping[str, str]
) -> str:
    """The report on a copy: the same questions on the original and on the copy, and what was lost between them."""
    was = {s.question.id: s for s in before}
    old, new = measures([was[s.question.id] for s in after]), measures(after, unscored)
    difference = 100 * (new.right - old.right) / len(after) if after else 0
    lines = [f"# Evaluation: {name}", "", *(f"- {key}: {value}" for key, value in facts.items()), ""]
    lines += [
        table({"original": old, "copy": new}),
        "",
        f"Difference in accuracy: {difference:+.1f} percentage points.",
    ]
    lines += ["", "| kind | original | copy |", "|---|---|---|"]
    for kind in dict.fromkeys(s.question.kind for s in after):
        inside = [s for s in after if s.question.kind == kind]
        lines.append(
            f"| {kind} | {share(was[s.question.id].right for s in inside)} | {share(s.right for s in inside)} |"
        )
    lost = [s for s in after if not s.right and was[s.question.id].right]
    both = [s.question.id for s in after if not s.right and not was[s.question.id].right]
    gained = [s.question.id for s in after if s.right and not was[s.question.id].right]
    lines += [
        "",
        f"Missed on both: {', '.join(both) or 'none'}.",
        f"Missed on the original only: {', '.join(gained) or 'none'}.",
    ]
    lines += ["", f"## Missed on the copy only ({len(lost)})", "", *(line for s in lost for line in _miss(s))]
    lines += [
        "",
        f"## Left out, and not counted ({len(unscored)})",
        "",
        *(f"- **{k}**: {v}" for k, v in unscored.items()),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _miss(s: Score) -> list[str]:
    """A miss: what was asked, what was wrong with what was said."""
    wrong = [d for d, met in s.judged.items() if not met] + list(s.unsupported)
    return [
        f"- **{s.question.id}** ({s.question.kind}) {' → '.join([*s.question.history, s.question.question])}  ",
        f"  wrong: {', '.join(wrong)}; expected: {_expected(s)}  ",
        f"  {s.answer.status.value}: {' '.join(s.answer.text.split())[:300]}",
    ]


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
