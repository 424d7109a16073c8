"""Scores become probabilities, and probabilities thresholds, on the development files.

A logistic regression over the best score, its lead over the second and how many come near (small models over sorted
scores beat maximum and margin rules for telling what cannot be answered). The thresholds are those with the most right
answers among those that keep what is shown wrong, and what is answered though nothing answers, within bounds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from corpus.statement import Statement
from retrieval.judged.candidates import Candidates
from retrieval.judged.decide import Thresholds, sorted_features
from retrieval.judged.evidence import Evidence, Finder, Found, Scored
from retrieval.judged.judge import LearnedJudge
from retrieval.judged.question import Reader
from retrieval.judged.search import StatementRetriever
from retrieval.judged.slots import Slots
from training.examples import Corpus, Example
from training.material import Embed, Material

ALWAYS = Thresholds(0.0, 0.0, 2.0, 4.0)
FAMILIES = ("figure", "words")
_MOST_WRONG, _LEAST_REFUSED = 0.08, 0.92


@dataclass(frozen=True, slots=True)
class Observation:
    """What came of a phrasing when everything is answered. right: whether what stood first answers; found: whether a
    statement that answers was among the candidates."""

    family: str
    scores: tuple[float, ...]
    right: bool
    answerable: bool
    phrasing: int
    file: str
    found: bool


def observe(
    material: Material, examples: Iterable[Example], embed: Embed, weights: Path, say: Callable[[str], None] = print
) -> list[Observation]:
    """Ask examples over the whole of their corpus, and see whether what would be shown first is right."""
    corpus, generation = material.corpus, material.generation()
    slots = Slots(generation)
    finder = Finder(generation, LearnedJudge(generation, slots, weights), slots, ALWAYS)
    reader, held = Reader(generation), Candidates(generation, slots)
    retriever = StatementRetriever(generation=generation, nearest=material.nearest(embed))
    seen: list[Observation] = []
    for n, example in enumerate(examples, 1):
        question = reader.read(example.question, example.row.get("history") or [])
        candidates = [held.of(d.metadata) for d in retriever.invoke(question.standalone)]
        evidence = finder.find(question, candidates)
        if evidence.found in (Found.PLAN, Found.DOCUMENT, Found.ITSELF):
            continue
        family = "words" if evidence.found is Found.WORDS else "figure"
        answerable = example.answerable and example.unit != "suppressed"
        right = answerable and bool(evidence.kept) and is_right(example, evidence, corpus)
        wanted = {corpus.statements[p].id for p in example.positives}
        found = bool(wanted & {c.statement.id for c in candidates})
        seen.append(Observation(family, evidence.scores, right, answerable, example.phrasing, example.file, found))
        if n % 250 == 0:
            say(f"asked {n}")
    return seen


def is_right(example: Example, evidence: Evidence, corpus: Corpus) -> bool:
    """Whether evidence answers an example: its first figure is the right one, or a passage shown is."""
    places = {corpus.statements[p].id: p for p in example.positives}
    if evidence.found is Found.WORDS:
        if example.kind == "figure":
            return _figure_right(example, evidence.kept[0], places, corpus)
        return any(s.statement.id in places for s in evidence.kept)
    return bool(evidence.kept) and _figure_right(example, evidence.kept[0], places, corpus)


def _figure_right(example: Example, first: Scored, places: dict[str, int], corpus: Corpus) -> bool:
    statement: Statement = first.statement
    if first.figure is None or statement.id not in places:
        return False
    if statement.series is not None:
        cells = [corpus.cell(example.file, e) for e in example.row.get("evidence") or []]
        wanted = {f"{statement.series.table}:{c[0]}:" for c in cells if c is not None}
        return any(first.figure.id.startswith(w) for w in wanted)
    marks = example.positives[places[statement.id]]
    own = statement.text
    return any(_digits(own[m.start : m.end]) == _digits(first.figure.quantity.text) for m in marks)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def calibrate(seen: Sequence[Observation], out: Path) -> dict[str, dict[str, float]]:
    """Fit weights and choose thresholds; write them to ``out`` with the figures that chose them."""
    lines = [
        f"# Made by `make train` on {date.today().isoformat()}, from {len(seen)} phrasings over the development files.",
        "# Chosen: the most right answers with at most 8% shown wrong of what can be answered, and 92% refused of what cannot.",
    ]
    weights: dict[str, dict[str, float]] = {}
    thresholds: dict[str, float] = {}
    for family in FAMILIES:
        rows = [o for o in seen if o.family == family]
        if len({o.right for o in rows}) < 2:
            raise ValueError(f"Too few of the {len(rows)} phrasings for {family} are right, or wrong, to calibrate on.")
        features = np.array([sorted_features(o.scores) for o in rows])
        model = LogisticRegression(C=1.0).fit(features, np.array([o.right for o in rows]))
        best, lead, near = (float(w) for w in model.coef_[0])
        weights[family] = {"bias": float(model.intercept_[0]), "best": best, "lead": lead, "near": near}
        sure = model.predict_proba(features)[:, 1]
        thresholds[family], said = _threshold(rows, sure)
        lines.append(f"# {family}: {said}")
    lines += [
        "[thresholds]",
        f"figure = {thresholds['figure']:.3f}",
        f"words = {thresholds['words']:.3f}",
        "near = 2.0",
        "wide = 4.0",
    ]
    for family in FAMILIES:
        lines += ["", f"[{family}]", *(f"{name} = {value:.4f}" for name, value in weights[family].items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return weights


def _threshold(rows: Sequence[Observation], sure: np.ndarray) -> tuple[float, str]:
    able = np.array([o.answerable for o in rows])
    right = np.array([o.right for o in rows])
    chosen, said = 0.9, "no threshold keeps the bounds"
    for at in np.arange(0.96, 0.04, -0.02):
        shown = sure >= at
        wrong = float((shown & able & ~right).sum() / max(1, able.sum()))
        refused = float((~shown & ~able).sum() / max(1, (~able).sum()))
        if wrong > _MOST_WRONG or refused < _LEAST_REFUSED:
            break
        chosen = float(at)
        good = float((shown & right).sum() / max(1, able.sum()))
        said = (
            f"at {at:.2f} right {good:.1%}, wrong {wrong:.1%} of {able.sum()}; refused {refused:.1%} of {(~able).sum()}"
        )
    return chosen, said
