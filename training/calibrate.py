"""How sure rules and judge are becomes probabilities, and these a threshold, on the development files.

Logistic regressions over what ``retrieval/judged/decide.py`` tells of an answer. The threshold is the one with the most
right answers among those that keep what is shown wrong within a bound.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from answering.answer import Answer, Citation, Status
from answering.ask import Asker, Turn
from answering.choose import AHEAD, agreement, answer_of, family, of_rules, weighed
from answering.compose import compose
from corpus.settings import Settings
from corpus.statement import Statement
from retrieval.judged.decide import FAMILIES, judged_features
from retrieval.judged.judge import LearnedJudge, probability
from retrieval.judged.search import StatementRetriever
from training.examples import Corpus, Example
from training.material import Embed, Material

_MOST_WRONG = 0.08  # of what can be answered
# From here the rules' answers are kept: lower than the judge's, since over a plan they are right more often than here.
_RULED = 0.35
_FOLDS = 5
_HELPS = frozenset({"best", "lead", "support", "agrees"})


@dataclass(frozen=True, slots=True)
class Way:
    """One of two ways to an answer. right: whether what it gives answers; features: what tells how sure it is."""

    family: str
    right: bool
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Observation:
    """What came of a phrasing. judged, ruled: what judge and rules give; None where they give nothing. found: whether a
    statement that answers was among the candidates."""

    judged: Way | None
    ruled: Way | None
    answerable: bool
    phrasing: int
    file: str
    found: bool


def observe(
    material: Material, examples: Iterable[Example], embed: Embed, weights: Path, say: Callable[[str], None] = print
) -> list[Observation]:
    """Ask examples over the whole of their corpus, and see whether what rules and judge would show is right."""
    corpus, generation = material.corpus, material.generation()
    asker = Asker(generation, Settings(model=None), judge=lambda slots: LearnedJudge(generation, slots, weights))
    asker.search_with(StatementRetriever(generation=generation, nearest=material.nearest(embed)))
    seen: list[Observation] = []
    for n, example in enumerate(examples, 1):
        both = asker.retrieval.invoke(Turn(example.question, tuple(example.row.get("history") or ())))
        if not weighed(both.ruled):
            continue
        ruled, found = compose(both.ruled, generation), answer_of(both.ruled, both.judged, generation)
        answered = ruled.status is Status.ANSWERED
        agrees = agreement(ruled, found)
        able = example.answerable and example.unit != "suppressed"
        wanted = {corpus.statements[p].id for p in example.positives}
        seen.append(
            Observation(
                judged=None
                if found is None
                else Way(
                    family(both.judged),
                    able and is_right(example, found, corpus),
                    judged_features(both.judged.scores, agrees),
                ),
                ruled=Way("ruled", able and is_right(example, ruled, corpus), of_rules(ruled, both.judged, agrees))
                if answered
                else None,
                answerable=able,
                phrasing=example.phrasing,
                file=example.file,
                found=bool(wanted & {s.statement.id for s in both.judged.judged}),
            )
        )
        if n % 250 == 0:
            say(f"asked {n}")
    return seen


def is_right(example: Example, answer: Answer, corpus: Corpus) -> bool:
    """Whether an answer answers an example: its first figure is the right one and is cited to a place that holds the
    evidence; in words, something that is cited is such a place."""
    places = [corpus.statements[p] for p in example.positives]
    cells = [c for c in (_cell(piece) for piece in example.row.get("evidence") or []) if c]
    if example.kind not in ("figure", "followup") or not any(c.isdigit() for c in str(example.row.get("answer", ""))):
        return any(_holds(c, places, cells, example.file) for c in answer.citations)
    first = answer.figures[0] if answer.figures else None
    if first is None:
        return False
    cited = [c for c in answer.citations if c.id == first.citation]
    if not any(_holds(c, places, cells, example.file) for c in cited):
        return False
    if any(c.cell in cells for c in cited):
        return True
    own = {
        _digits(s.text[m.start : m.end])
        for s, marks in zip(places, example.positives.values(), strict=True)
        for m in marks
    }
    return _digits(first.text) in own


def _cell(piece: dict[str, object]) -> str | None:
    """A piece of evidence as citations name a cell."""
    if piece.get("cell"):
        return f"{piece.get('sheet', '')}!{piece['cell']}"
    return f"line {piece['line']}, column {piece['col']}" if piece.get("line") and piece.get("col") else None


def _holds(cited: Citation, places: Sequence[Statement], cells: Sequence[str], file: str) -> bool:
    if cited.document != file:
        return False
    if cited.cell is not None:
        return cited.cell in cells
    spans = [s.location for s in places if s.series is None]
    return any(s.start < cited.end and cited.start < s.end for s in spans)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def calibrate(seen: Sequence[Observation], out: Path) -> dict[str, dict[str, float]]:
    """Fit weights and choose the threshold; write them to ``out`` with the figures that chose them."""
    weights: dict[str, dict[str, float]] = {}
    sureness = [[0.0, 0.0] for _ in seen]  # of the judge's and of the rules' answer, each by weights from other files
    for name in (*FAMILIES, "ruled"):
        at = [i for i, o in enumerate(seen) if (w := o.ruled if name == "ruled" else o.judged) and w.family == name]
        ways = [w for i in at if (w := seen[i].ruled if name == "ruled" else seen[i].judged) is not None]
        right = np.array([w.right for w in ways])
        if len(set(right.tolist())) < 2:
            raise ValueError(f"Too few of the {len(ways)} answers for {name} are right, or wrong, to calibrate on.")
        rows = np.array([list(w.features.values()) for w in ways])
        files = [seen[i].file for i in at]
        parts = min(_FOLDS, len(set(files)))
        names = list(ways[0].features)
        for learn, ask in GroupKFold(parts).split(rows, right, files) if parts > 1 else []:
            if len(set(right[learn].tolist())) > 1:
                coefficients, bias = _fit(names, rows[learn], right[learn])
                for k in ask:
                    sureness[at[k]][name == "ruled"] = probability(float(rows[k] @ coefficients) + bias)
        coefficients, bias = _fit(names, rows, right)
        weights[name] = {"bias": bias} | dict(zip(names, (float(w) for w in coefficients), strict=True))
    shown, said = _threshold(seen, sureness)
    lines = [
        f"# Made by `make train` on {date.today().isoformat()}, from {len(seen)} phrasings over the development files.",
        f"# Chosen: the most right answers with at most {_MOST_WRONG:.0%} shown wrong of what can be answered.",
        f"# {said}",
        "[thresholds]",
        f"ruled = {_RULED}",
        f"judged = {shown:.3f}",
    ]
    for name, own in weights.items():
        lines += ["", f"[{name}]", *(f"{key} = {value:.4f}" for key, value in own.items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return weights


def _fit(names: Sequence[str], rows: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, float]:
    """The weight of each feature, and the bias. A better score never makes an answer less sure: a feature that few files
    seem to turn about is left out."""
    kept = list(range(len(names)))
    while True:
        model = LogisticRegression(C=0.5, max_iter=1000).fit(rows[:, kept], right)
        turned = [k for k, w in zip(kept, model.coef_[0], strict=True) if names[k] in _HELPS and w < 0]
        if not turned:
            break
        kept = [k for k in kept if k not in turned]
    weights = np.zeros(len(names))
    weights[kept] = model.coef_[0]
    return weights, float(model.intercept_[0])


def given(observation: Observation, sureness: Sequence[float], limits: tuple[float, float]) -> Way | None:
    """What is given, as ``answering/choose.py`` chooses: the judge's way, the rules', or None. limits: the thresholds for
    what the rules give, and for what the judge gives."""
    own, theirs = sureness
    ruled, judged = observation.ruled, observation.judged
    agrees = ruled is not None and ruled.features["agrees"] > 0
    gives_way = (
        ruled is None
        or not ruled.features["figure"]
        or theirs < limits[0]
        or judged is None
        or judged.family != "words"
    )
    if judged is not None and gives_way and own >= limits[1] and not agrees and own > theirs + AHEAD:
        return judged
    return ruled if ruled is not None and (max(own, theirs) if agrees else theirs) >= limits[0] else None


def _threshold(seen: Sequence[Observation], sureness: Sequence[Sequence[float]]) -> tuple[float, str]:
    """The lowest threshold for the judge's answers that keeps what is shown wrong within the bound."""
    able = np.array([o.answerable for o in seen])
    chosen, said = 0.95, "no threshold keeps the bound"
    for at in np.arange(0.95, 0.04, -0.01):
        shown = [given(o, s, (_RULED, float(at))) for o, s in zip(seen, sureness, strict=True)]
        right = np.array([w is not None and w.right for w in shown])
        answered = np.array([w is not None for w in shown])
        wrong = float((answered & able & ~right).sum() / max(1, able.sum()))
        if wrong > _MOST_WRONG:
            break
        refused = float((~answered & ~able).sum() / max(1, (~able).sum()))
        good = float(right.sum() / max(1, able.sum()))
        chosen = float(at)
        said = (
            f"at {at:.2f} right {good:.1%}, wrong {wrong:.1%} of {able.sum()}; refused {refused:.1%} of {(~able).sum()}"
        )
    return chosen, said
