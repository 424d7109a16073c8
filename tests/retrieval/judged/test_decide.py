"""How sure an answer is: what tells it, and that the weights that ship know every sign."""

import pytest

from retrieval.judged.decide import FAMILIES, decision, judged_features, ruled_features, sorted_features, sure


def test_the_best_score_its_lead_and_what_comes_near_are_told() -> None:
    assert sorted_features([0.5, 3.0, 2.5]) == {"best": 3.0, "lead": 0.5, "near": 2.0}
    assert sorted_features([]) == {"best": -12.0, "lead": 0.0, "near": 0.0}
    assert sorted_features([4.0])["lead"] == 6.0


def test_what_the_judge_did_not_see_of_the_rules_answer_is_no_support() -> None:
    unseen = ruled_features(None, 2.0, None, True, False)
    assert (unseen["support"], unseen["behind"]) == (-8.0, 10.0)
    assert ruled_features(-20.0, 2.0, True, True, True)["support"] == -8.0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_better_score_and_agreement_make_an_answer_surer(family: str) -> None:
    low, high = (sure(family, judged_features([best, -4.0], None)) for best in (-3.0, 3.0))
    agreed = sure(family, judged_features([3.0, -4.0], True))
    assert 0.0 < low < high < agreed < 1.0


def test_support_and_agreement_make_the_rules_answer_surer() -> None:
    low, high = (sure("ruled", ruled_features(support, 3.0, False, True, False)) for support in (-6.0, 3.0))
    assert low < high < sure("ruled", ruled_features(3.0, 3.0, True, True, False))


def test_the_rules_answers_are_kept_from_a_lower_threshold_than_the_judge_s_are_shown() -> None:
    limits = decision()["thresholds"]
    assert 0.0 < limits["ruled"] < limits["judged"] < 1.0
