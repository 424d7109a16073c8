"""The report of a training: what search finds and what the judge answers, on files that nothing was trained on."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from retrieval.judged.decide import FAMILIES
from training.calibrate import Observation
from training.examples import Example
from training.splits import side_of

_FIRST = 60  # of the candidates, as the judge is given them


def report(examples: Sequence[Example], seen: Sequence[Observation], out: Path) -> None:
    """Write the report as Markdown."""
    lines = ["# Report of the training", "", "## Reading: evidence that stands in a statement", ""]
    lines += ["| side | questions | found |", "|---|---|---|"]
    for side in ("train", "development", "test"):
        able = [e for e in examples if side_of(e.file) == side and e.answerable and e.phrasing == 1]
        if able:
            lines.append(f"| {side} | {len(able)} | {sum(e.found for e in able) / len(able):.1%} |")
    lines += ["", f"## Search: an expected statement among the first {_FIRST}", ""]
    lines += ["| side | plain | indirect | short |", "|---|---|---|---|"]
    for side in ("development", "test"):
        cells = []
        for k in (1, 2, 3):
            of = [o.found for o in seen if side_of(o.file) == side and o.answerable and o.phrasing == k]
            cells.append(f"{sum(of) / len(of):.1%} of {len(of)}" if of else "–")
        lines.append(f"| {side} | {' | '.join(cells)} |")
    lines += ["", "## Answers, where everything is answered: what stands first is right", ""]
    lines += ["| side | way | plain | indirect | short |", "|---|---|---|---|---|"]
    for side in ("development", "test"):
        for name in (*FAMILIES, "ruled"):
            cells = []
            for k in (1, 2, 3):
                of = [w.right for o in seen if side_of(o.file) == side and o.answerable and o.phrasing == k
                      if (w := o.ruled if name == "ruled" else o.judged) is not None and w.family == name]  # fmt: skip
                cells.append(f"{sum(of) / len(of):.1%} of {len(of)}" if of else "–")
            lines.append(f"| {side} | {name} | {' | '.join(cells)} |")
    wrong = Counter(o.file for o in seen if o.answerable and not any(w.right for w in (o.ruled, o.judged) if w))
    lines += ["", "## Files with the most misses by rules and judge alike", ""]
    lines += [f"- {file}: {count}" for file, count in wrong.most_common(12)]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
