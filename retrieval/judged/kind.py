"""Which kind of answer a question wants, and in what unit, as learned from many questions: regressions over its words.

The weights (``weights/kinds.json``, ``weights/units.json``) are made by ``make train``; a feature is a run of one to three
words that stands in the questions of several files, so that it says how something is asked and not what is asked about.
"""

import json
import math
import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

_WEIGHTS = Path(__file__).with_name("weights")
UNITS = ("percent", "gbp", "count", "years", "other")
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


@lru_cache(maxsize=2)
def _weights(name: str) -> tuple[dict[str, list[float]], list[float], list[str]]:
    read = json.loads((_WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return read["features"], read["bias"], read["classes"]


def _shares(name: str, text: str) -> dict[str, float]:
    known, bias, classes = _weights(name)
    scores = list(bias)
    for feature in set(features(text)):
        for i, weight in enumerate(known.get(feature, ())):
            scores[i] += weight
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    return {k: p / sum(powers) for k, p in zip(classes, powers, strict=True)}


@lru_cache(maxsize=512)
def probabilities(text: str) -> dict[Kind, float]:
    """How likely each kind is, in all 1."""
    return {Kind(k): p for k, p in _shares("kinds", text).items()}


@lru_cache(maxsize=512)
def units(text: str) -> dict[str, float]:
    """How likely a figure in each of ``UNITS`` is wanted, in all 1."""
    return _shares("units", text)


def unit_class(unit: str) -> str:
    """The one of ``UNITS`` that a unit counts as."""
    return unit if unit in UNITS else "percent" if unit == "percentage_points" else "other"


def kind_of(text: str) -> Kind:
    """The likeliest kind."""
    found = probabilities(text)
    return max(found, key=lambda k: found[k])
