"""Sorted scores become a probability, and thresholds are read from the file that training writes."""

import random
import tomllib

import pytest

from retrieval.judged.decide import _FILE, THRESHOLDS, confidence, sorted_features
from retrieval.judged.kind import Kind


def test_the_features_are_the_best_its_lead_and_how_many_come_near() -> None:
    assert sorted_features([1.0, 3.0, 2.5, 2.1]) == (3.0, 0.5, 3.0)
    assert sorted_features([3.0, 1.0]) == (3.0, 2.0, 1.0)


def test_what_is_absent_is_far_off_and_a_lead_is_bounded() -> None:
    assert sorted_features([3.0]) == (3.0, 6.0, 1.0)
    assert sorted_features([]) == (-12.0, 0.0, 0.0)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_scores_does_not_count(seed: int) -> None:
    chance = random.Random(seed)
    scores = [chance.uniform(-10, 8) for _ in range(chance.randint(1, 12))]
    shuffled = chance.sample(scores, len(scores))
    assert sorted_features(scores) == sorted_features(shuffled)
    assert all(confidence(kind, scores) == confidence(kind, shuffled) for kind in Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_better_best_is_never_less_sure(kind: Kind) -> None:
    sure = [confidence(kind, [best, -11.0, -11.5]) for best in (-9.0, -4.0, -2.0, 0.0, 2.0, 4.0, 8.0)]
    assert sure == sorted(sure) and sure[0] < sure[-1]
    assert all(0.0 <= p <= 1.0 for p in sure)


@pytest.mark.parametrize("kind", list(Kind))
def test_where_nothing_is_left_nothing_is_sure(kind: Kind) -> None:
    assert confidence(kind, []) < min(THRESHOLDS.figure, THRESHOLDS.words)


def test_thresholds_are_those_of_the_file() -> None:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    said = {n: getattr(THRESHOLDS, n) for n in ("figure", "words", "near", "wide")}
    assert said == read["thresholds"]
    assert 0 < THRESHOLDS.figure < 1 and 0 < THRESHOLDS.words < 1 and 0 < THRESHOLDS.near <= THRESHOLDS.wide
    assert {"figure", "words"} <= set(read)
