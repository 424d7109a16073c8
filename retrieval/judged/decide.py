"""The decision whether the sources answer: a calibrated probability, held against thresholds.

Both come from the development files, by ``make train``: the weights of a small regression over the sorted scores of
what was not vetoed, and the thresholds at which a wrong figure costs ten refusals. They stand in ``weights/decision.toml``
with the date and the figures that chose them.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retrieval.judged.judge import probability
from retrieval.judged.kind import Kind

_FILE = Path(__file__).with_name("weights") / "decision.toml"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """figure, words: the probabilities from which an answer is given. near, wide: how far below the best score a further
    passage may come to be shown as well, and for a topic or a list."""

    figure: float
    words: float
    near: float
    wide: float


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, float]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _thresholds() -> Thresholds:
    return Thresholds(**_read()["thresholds"])


THRESHOLDS = _thresholds()


def sorted_features(scores: Sequence[float]) -> tuple[float, float, float]:
    """The best score, by how much it leads the second, and how many come within one of it; what is absent is far off."""
    ordered = sorted(scores, reverse=True)
    best = ordered[0] if ordered else -12.0
    second = ordered[1] if len(ordered) > 1 else -12.0
    return best, min(6.0, best - second), float(sum(s > best - 1.0 for s in ordered))


def confidence(kind: Kind, scores: Sequence[float]) -> float:
    """The probability that the best of the scores answers."""
    weights = _read().get(kind.value) or _read()["figure"]
    best, lead, near = sorted_features(scores)
    return probability(weights["bias"] + weights["best"] * best + weights["lead"] * lead + weights["near"] * near)
