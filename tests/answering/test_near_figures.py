"""A true figure of something near is no answer: other people, a part for the whole, a share for a number, another time."""

import pytest

from answering.answer import Answer, Status
from answering.ask import Asker
from tests.conftest import asker_over

PLAN = """# Quillham District Council Town Centre and Jobs Plan 2024 to 2029

Quillham District Council. Adopted by Cabinet on 5 March 2024.

## 1. Our people

In Quillham, 74% of residents aged 16 to 64 are in work. The employment rate for men was 77.5% and that for women 70.1%.
Some 3,150 residents are full-time students. Nearly 120 companies in Quillham are exporting. There are 48,900 homes in the
District.

## 2. Our shops

The number of shops in Quillham fell from 412 in 2018 to 367 in 2023. The Council answered 93% of complaints on time. There
were 71 missed bins per 100,000 collections. Of all household waste, the share sent for reuse, recycling or composting was 43.6%.

In 2022 the Council let the market hall to Quillham Traders Limited for ten years.
"""


@pytest.fixture(scope="module")
def quillham(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    return asker_over(tmp_path_factory.mktemp("quillham"), plan=PLAN)


def ask(asker: Asker, question: str) -> Answer:
    return asker.ask(question).answer


def given(answer: Answer) -> list[str]:
    return [figure.text for figure in answer.figures]


@pytest.mark.parametrize(
    "question",
    [
        "How many people aged 3 live in Quillham?",
        "What share of residents aged 16 to 24 are in work?",
        "What is the employment rate for women aged 50 to 64?",
    ],
)
def test_a_figure_of_other_ages_is_no_answer(quillham: Asker, question: str) -> None:
    assert (ask(quillham, question).status, given(ask(quillham, question))) == (Status.NOT_FOUND, [])


def test_a_figure_of_the_ages_asked_for_is_one(quillham: Asker) -> None:
    assert given(ask(quillham, "What share of residents aged 16 to 64 are in work?")) == ["74%"]


def test_a_figure_of_the_other_sex_is_no_answer(quillham: Asker) -> None:
    assert given(ask(quillham, "What is the employment rate for women?"))[0] == "70.1%"


def test_how_many_there_are_is_not_how_many_of_them_do_something(quillham: Asker) -> None:
    answer = ask(quillham, "How many businesses are there?")
    assert (answer.status, given(answer)) == (Status.CLARIFY, [])
    assert answer.suggestions == ("How many companies in Quillham are exporting?",)
    assert given(ask(quillham, answer.suggestions[0])) == ["Nearly 120"]


def test_council_houses_are_not_all_houses(quillham: Asker) -> None:
    assert ask(quillham, "How many council houses are there?").status is Status.NOT_FOUND
    assert given(ask(quillham, "How many houses are there?")) == ["48,900"]


@pytest.mark.parametrize(
    "question", ["How many complaints did Quillham receive?", "How many missed bins were there in total?"]
)
def test_a_share_of_some_and_a_rate_say_no_number(quillham: Asker, question: str) -> None:
    assert ask(quillham, question).status is Status.NOT_FOUND


def test_of_two_times_the_later_answers_and_the_earlier_is_said(quillham: Asker) -> None:
    answer = ask(quillham, "How many shops are there?")
    assert given(answer) == ["367", "412"]
    assert "For 2018, it was 412" in answer.text


def test_the_earlier_time_answers_where_it_is_asked_for(quillham: Asker) -> None:
    assert given(ask(quillham, "How many shops were there in 2018?"))[0] == "412"


def test_a_rate_of_one_word_is_found_under_a_long_name(quillham: Asker) -> None:
    assert given(ask(quillham, "What is the recycling rate?")) == ["43.6%"]


def test_a_sentence_of_another_year_is_no_answer(quillham: Asker) -> None:
    assert "Quillham Traders" in ask(quillham, "Who was the market hall let to in 2022?").text
    assert ask(quillham, "Who was the market hall let to in 2018?").status is Status.NOT_FOUND
