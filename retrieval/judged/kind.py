"""Which kind of answer a question wants, as learned from many questions: a logistic regression over its words.

The weights (``weights/kinds.json``) are made by ``make train``; a feature is a run of one to three words that stands in
the questions of several files, so that it says how something is asked and not what is asked about.
"""

import json
import math
import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

_WEIGHTS = Path(__file__).with_name("weights") / "kinds.json"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[%£]")


class Kind(StrEnum):
    """The kind of answer that a question wants."""

    FIGURE = "figure"
    WORDS = "words"
    LIST = "list"
    TOPIC = "topic"
    COMPARE = "compare"
    TREND = "trend"


def features(text: str) -> list[str]:
    """The runs of one to three words of a question, numbers evened out; where it begins and ends counts as a word."""
    said = ["^", *(re.sub(r"\d+", "0", w) for w in _WORD.findall(text.lower().replace("’", "'"))), "$"]
    return [" ".join(said[i : i + n]) for n in (1, 2, 3) for i in range(len(said) - n + 1)]


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, list[float]], list[float], list[str]]:
    read = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return read["features"], read["bias"], read["kinds"]


def probabilities(text: str) -> dict[Kind, float]:
    """How likely each kind is, in all 1."""
    known, bias, kinds = _weights()
    scores = list(bias)
    for feature in set(features(text)):
        for i, weight in enumerate(known.get(feature, ())):
            scores[i] += weight
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    return {Kind(k): p / sum(powers) for k, p in zip(kinds, powers, strict=True)}


def kind_of(text: str) -> Kind:
    """The likeliest kind."""
    found = probabilities(text)
    return max(found, key=lambda k: found[k])
