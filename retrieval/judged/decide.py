"""How sure it is that an answer answers: calibrated probabilities, from what the judge and the rules say of it.

Small logistic regressions, learned on the development files by ``make train``: over the sorted scores of what was not
vetoed (such small models beat maximum and margin rules for telling what cannot be answered), and over whether rules and
judge give the same. Weights and thresholds stand in ``weights/decision.toml`` with the figures that chose them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from retrieval.judged.judge import probability

_FILE = Path(__file__).with_name("weights") / "decision.toml"
FAMILIES = ("figure", "cell", "words")  # of what the judge found: a sentence's figure, a table's, a sentence
_ABSENT = -12.0  # the score of what is not there
_LEAST = -8.0  # below it, what the judge says of the rules' answer tells no more


@lru_cache(maxsize=1)
def decision() -> Mapping[str, Mapping[str, float]]:
    """The weights by family, and the thresholds: from which probability the rules' answer is kept, and the judge's shown."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def sorted_features(scores: Sequence[float]) -> dict[str, float]:
    """The best score, by how much it leads the second, and how many come within one of it; what is absent is far off."""
    ordered = sorted(scores, reverse=True)
    best = ordered[0] if ordered else _ABSENT
    second = ordered[1] if len(ordered) > 1 else _ABSENT
    return {"best": best, "lead": min(6.0, best - second), "near": float(sum(s > best - 1.0 for s in ordered))}


def judged_features(scores: Sequence[float], agrees: bool | None) -> dict[str, float]:
    """What tells how sure the judge's answer is. agrees: whether the rules give the same; None where they give nothing."""
    return sorted_features(scores) | {"agrees": float(agrees is True), "differs": float(agrees is False)}


def ruled_features(
    support: float | None, best: float, agrees: bool | None, figure: bool, cell: bool
) -> dict[str, float]:
    """What tells how sure the rules' answer is. support: the judge's score for it; best: that for the judge's own; figure:
    whether it gives a figure; cell: whether that is a table's. None for support: the judge did not see it."""
    held = max(_LEAST, support if support is not None else _LEAST)
    return {
        "support": held, "behind": max(0.0, best - held), "agrees": float(agrees is True),
        "figure": float(figure), "cell": float(cell),
    }  # fmt: skip


def sure(family: str, features: Mapping[str, float]) -> float:
    """The probability that an answer of a family, or that of the rules ("ruled"), answers."""
    weights = decision()[family]
    return probability(weights["bias"] + sum(weights[name] * value for name, value in features.items()))
