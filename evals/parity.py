"""One plan in several formats: the figures that are read from each, and the answers given from each, must be the same."""

import importlib
import inspect
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from answering.answer import Answer, AnswerFigure
from corpus.figure import Figure
from corpus.register import READABLE, Listed, file_hash
from evals.questions import EvalQuestion
from evals.run import ask_all, asker_of
from ingestion.build import Progress, silent
from ingestion.errors import UnreadableFile
from ingestion.read import read_file

Writer = Callable[[str, Path], object]

SLOTS = ("value", "upper", "unit", "area", "period", "kind", "measure")
# What writes a format, by the suffix of its files; these live with the tests, which an installation may lack.
_WRITERS = {
    ".pdf": ("tests.typeset", "typeset"),
    ".docx": ("tests.typeset_docx", "typeset_docx"),
    ".html": ("tests.typeset_html", "typeset_html"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be the same in every format; periods, areas and measures are compared as words, not as they wrap."""

    value: Decimal
    upper: Decimal | None
    unit: str
    area: str | None
    period: str | None
    kind: str
    measure: str


@dataclass(frozen=True, slots=True)
class Parity:
    """One format against Markdown.

    figures, answers: every difference, in words. read, expected: figures read from it, and from Markdown. asked: questions.
    missing: why it could not be compared.
    """

    suffix: str
    figures: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    read: int = 0
    expected: int = 0
    asked: int = 0
    missing: str | None = None

    @property
    def headline(self) -> str:
        """One line of result."""
        if self.missing:
            return f"not compared: {self.missing}"
        return (
            f"{len(self.figures)} differences in {self.expected} figures, "
            f"{len(self.answers)} in the answers to {self.asked} questions"
        )


def parity(plan: str, questions: Sequence[EvalQuestion], progress: Progress = silent) -> list[Parity]:
    """Every format against Markdown."""
    figures, answers = _read(plan, ".md", _write_text, questions, progress)
    found: list[Parity] = []
    for suffix, (module, name) in _WRITERS.items():
        writer = _writer(module, name)
        if writer is None:
            found.append(Parity(suffix, missing=f"nothing here writes it ({module} is missing)"))
            continue
        if suffix not in READABLE:
            found.append(Parity(suffix, missing="such files are not read"))
            continue
        try:
            their_figures, their_answers = _read(plan, suffix, writer, questions, progress)
        except UnreadableFile as error:
            found.append(Parity(suffix, missing=str(error)))
            continue
        differences = [d for q in questions for d in _answers(q, answers[q.id], their_answers[q.id])]
        found.append(
            Parity(
                suffix,
                tuple(compare(figures, their_figures)),
                tuple(differences),
                len(their_figures),
                len(figures),
                len(questions),
            )
        )
    return found


def report(results: Sequence[Parity]) -> str:
    """The differences as Markdown."""
    lines = [
        "# Evaluation: formats",
        "",
        f"Compared with Markdown: {', '.join(SLOTS)} of every figure; figures of answers.",
        "",
    ]
    lines += [
        "| format | figures read | of | differences | answers compared | differences |",
        "|---|---|---|---|---|---|",
    ]
    for r in results:
        counts = [r.read, r.expected, len(r.figures), r.asked, len(r.answers)]
        lines.append(f"| {r.suffix} | " + " | ".join("–" if r.missing else str(n) for n in counts) + " |")
    for r in results:
        lines += ["", f"## {r.suffix}", ""]
        if r.missing:
            lines.append(f"Not compared: {r.missing}.")
            continue
        lines += ["Figures:", "", *(f"- {d}" for d in r.figures or ("no difference",))]
        lines += ["", "Answers:", "", *(f"- {d}" for d in r.answers or ("no difference",))]
    return "\n".join(lines) + "\n"


def compare(ours: Sequence[Facts], theirs: Sequence[Facts]) -> list[str]:
    """The differences in words; figures of one value and unit are paired, so that the slot that differs is named."""
    lost, extra = list((Counter(ours) - Counter(theirs)).elements()), list((Counter(theirs) - Counter(ours)).elements())
    found: list[str] = []
    for fact in lost:
        same = [e for e in extra if (e.value, e.unit) == (fact.value, fact.unit)]
        if not same:
            found.append(f"{_named(fact)}: missing")
            continue
        nearest = max(same, key=lambda e: sum(getattr(e, s) == getattr(fact, s) for s in SLOTS))
        extra.remove(nearest)
        changes = [
            f"{s} {getattr(fact, s)!s} → {getattr(nearest, s)!s}"
            for s in SLOTS
            if getattr(fact, s) != getattr(nearest, s)
        ]
        found.append(f"{_named(fact)}: {'; '.join(changes)}")
    return found + [f"{_named(fact)}: not in Markdown" for fact in extra]


def _read(
    plan: str, suffix: str, write: Writer, questions: Sequence[EvalQuestion], progress: Progress
) -> tuple[list[Facts], Mapping[str, Answer]]:
    with TemporaryDirectory(prefix="planchat-evals-") as name:
        file = Path(name) / f"plan{suffix}"
        write(plan, file)
        records = read_file(Listed(file.name, file, None), file_hash(file))
    with asker_of(lambda corpus: write(plan, corpus / f"plan{suffix}"), progress) as asker:
        answers = ask_all(asker, questions, progress)
    by_id = {q.id: a.answer for q, a in zip(questions, answers, strict=True)}
    return [_facts(f) for f in records.figures], by_id


def _answers(question: EvalQuestion, ours: Answer, theirs: Answer) -> list[str]:
    if ours.status is not theirs.status:
        return [f"{question.id} {question.question} {ours.status.value} → {theirs.status.value}"]
    shown = [[_shown(f) for f in a.figures] for a in (ours, theirs)]
    return [f"{question.id} {question.question} {difference}" for difference in compare(*shown)]


def _facts(figure: Figure) -> Facts:
    quantity = figure.quantity
    return Facts(
        quantity.value, quantity.upper, quantity.unit, _plain(figure.area), _plain(figure.period), figure.kind.value,
        _plain(figure.measure) or "",
    )  # fmt: skip


def _shown(figure: AnswerFigure) -> Facts:
    value, area, period = figure.value or Decimal(0), _plain(figure.area), _plain(figure.period)
    return Facts(value, figure.upper, figure.unit, area, period, figure.kind, _plain(figure.measure) or "")


def _plain(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


def _named(fact: Facts) -> str:
    upper = f"–{fact.upper}" if fact.upper is not None else ""
    return f"{fact.value}{upper} {fact.unit} “{fact.measure}”"


def _write_text(text: str, target: Path) -> None:
    target.write_text(text, encoding="utf-8")


def _writer(module: str, name: str) -> Writer | None:
    """The function that writes the format into a file; None where it is not there."""
    try:
        found: Any = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError:
        return None
    if "target" in inspect.signature(found).parameters:
        return lambda plan, target: found(plan, target)
    return lambda plan, target: _write_text(found(plan), target)
