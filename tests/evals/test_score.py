"""Scores judge each demand apart, so that a wrong area is no wrong figure and a refusal no error of the same kind."""

from dataclasses import replace
from typing import Any

import pytest

from answering.answer import Answer, Status
from answering.ask import Asker
from evals.questions import EvalQuestion
from evals.score import Score, score

NVQ4 = "What share of our residents have NVQ4?"


@pytest.fixture(scope="module")
def right(asker: Asker) -> Answer:
    return asker.ask(NVQ4).answer


@pytest.fixture(scope="module")
def refusal(asker: Asker) -> Answer:
    return asker.ask("What share of residents have NVQ3?").answer


def judge(asker: Asker, answer: Answer, **demands: Any) -> Score:
    question = EvalQuestion.model_validate({"id": "t", "kind": "lookup", "question": NVQ4, **demands})
    return score(question, answer, asker.generation.documents)


def test_a_right_answer_is_right(asker: Asker, right: Answer) -> None:
    result = judge(
        asker, right, figures=[{"value": 41, "unit": "percent", "area": "Dacorum"}], first={"value": 41},
        text_has=["41%"], section=["baseline evidence"], quote_has=["41%"], must_not=["21%"],
    )  # fmt: skip
    assert result.right
    assert {k: v for k, v in result.judged.items() if not v} == {}
    assert {"status", "figures", "first", "area", "text", "section", "quote", "must_not"} <= set(result.judged)


def test_the_right_number_of_the_wrong_area_is_wrong_in_area_alone(asker: Asker, right: Answer) -> None:
    result = judge(asker, right, figures=[{"value": 41, "unit": "percent", "area": "Watford"}])
    assert not result.right
    assert [d for d, met in result.judged.items() if not met] == ["area"]


def test_the_wrong_number_is_wrong_in_figures(asker: Asker, right: Answer) -> None:
    assert judge(asker, right, figures=[{"value": 42}]).judged["figures"] is False


def test_the_wrong_unit_is_wrong_in_figures(asker: Asker, right: Answer) -> None:
    assert judge(asker, right, figures=[{"value": 41, "unit": "gbp"}]).judged["figures"] is False


def test_the_right_figure_in_second_place_is_not_first(asker: Asker, right: Answer) -> None:
    result = judge(asker, right, figures=[{"value": 45}], first={"value": 45})
    assert (result.judged["figures"], result.judged["first"]) == (True, False)


def test_a_wrong_period_is_wrong_in_period_alone(asker: Asker) -> None:
    income = asker.ask("What is the average workplace income in Hertfordshire?").answer
    result = judge(asker, income, figures=[{"value": 32541, "period": "2019"}])
    assert [d for d, met in result.judged.items() if not met] == ["period"]


def test_a_refusal_where_an_answer_was_demanded_is_wrong_in_status_alone(asker: Asker, refusal: Answer) -> None:
    result = judge(asker, refusal, figures=[{"value": 41}], text_has=["41%"])
    assert result.judged["status"] is False
    assert "figures" not in result.judged


def test_an_answer_where_a_refusal_was_demanded_is_wrong(asker: Asker, right: Answer) -> None:
    assert judge(asker, right, status="not_found").judged["status"] is False


def test_a_refusal_that_was_demanded_is_right(asker: Asker, refusal: Answer) -> None:
    assert judge(asker, refusal, status="not_found", must_not=["41%"]).right


def test_a_refusal_that_is_allowed_is_right_without_the_figures(asker: Asker, refusal: Answer) -> None:
    assert judge(asker, refusal, status=["answered", "not_found"], figures=[{"value": 41}]).right


def test_what_must_not_be_said_is_caught_whole_and_not_inside_another_number(asker: Asker, right: Answer) -> None:
    assert judge(asker, right, must_not=["45%"]).judged["must_not"] is False
    assert judge(asker, right, must_not=["5%", "1%"]).judged["must_not"] is True


def test_an_unsupported_figure_is_never_right(asker: Asker, right: Answer) -> None:
    invented = replace(right, text=right.text + " In England it is 43.1% [1].")
    result = judge(asker, invented, figures=[{"value": 41}])
    assert result.unsupported
    assert not result.right


def test_minutes_and_hours_are_the_same_time(asker: Asker) -> None:
    train = asker.ask("How long does it take to get to London Euston by train?").answer
    assert train.status is Status.ANSWERED
    assert judge(asker, train, first={"value": 30, "unit": "minutes"}).judged["first"] is True
    assert judge(asker, train, first={"value": 31, "unit": "minutes"}).judged["first"] is False


def test_what_is_not_demanded_is_not_judged(asker: Asker, right: Answer) -> None:
    assert set(judge(asker, right).judged) == {"status", "must_not"}


def test_a_misspelt_demand_is_refused() -> None:
    with pytest.raises(ValueError, match="figurs"):
        EvalQuestion.model_validate({"id": "t", "kind": "k", "question": "q", "figurs": []})
