"""What kind of words would answer a question, and which words are of that kind."""

import pytest

from retrieval.expects import Expects, dated, expects, holds, narrowed


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who oversees the examination?", Expects.WHO),
        ("Which organisations responded to the consultation?", Expects.WHO),
        ("When was the plan adopted?", Expects.WHEN),
        ("consultation dates skills plan", Expects.WHEN),
        ("How soon will the council reply?", Expects.HOW_LONG),
        ("How many weeks does it take to decide an application?", Expects.HOW_LONG),
        ("How often is the plan monitored?", Expects.HOW_OFTEN),
        ("Where can I see a paper copy?", Expects.WHERE),
        ("Why was the report published?", Expects.WHY),
        ("What is the phone number of the planning team?", Expects.PHONE),
        ("What happens if the application is refused?", Expects.CONSEQUENCE),
        ("What must the developer provide?", Expects.DUTY),
        ("Is it mandatory to follow the guidance?", Expects.DUTY),
        ("Can a developer amend a proposal?", Expects.YES_NO),
        ("What is the population?", None),
    ],
)
def test_a_question_tells_the_kind_of_its_answer(question: str, kind: Expects | None) -> None:
    assert expects(question) is kind


@pytest.mark.parametrize(
    ("text", "kind", "held"),
    [
        ("The council will reply within three weeks.", Expects.HOW_LONG, True),
        ("The council will reply in writing.", Expects.HOW_LONG, False),
        ("Reports are due on a bi-monthly basis.", Expects.HOW_OFTEN, True),
        ("Reports are due.", Expects.HOW_OFTEN, False),
        ("Tel: 01234 567890", Expects.PHONE, True),
        ("The plan covers 2018-2033.", Expects.PHONE, False),
        ("Decisions are confirmed once the plan is adopted.", Expects.WHEN, True),
        ("Decisions are confirmed.", Expects.WHEN, False),
        ("If it is refused, reasons will be given.", Expects.CONSEQUENCE, True),
        ("Anything at all.", None, True),
    ],
)
def test_words_of_a_kind_are_told(text: str, kind: Expects | None, held: bool) -> None:
    assert holds(text, kind) is held


def test_an_occasion_is_no_date() -> None:
    assert dated("It was adopted on 7 November 2023.")
    assert not dated("It is confirmed once the plan is adopted.")


def test_of_an_address_block_the_line_asked_for_is_given() -> None:
    text = "Anytown Council\nThe Hall\nHigh Street\nTel: 01234 567890\nEmail: info@anytown.gov.uk"
    span = narrowed(text, Expects.PHONE)
    assert span is not None and text[slice(*span)] == "Tel: 01234 567890"
    assert narrowed("Please write to info@anytown.gov.uk with your views.", Expects.EMAIL) is None
