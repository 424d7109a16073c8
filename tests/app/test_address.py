"""The address holds the conversation: what it shares gives the same answers to whoever opens it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.seen import seen
from tests.app.test_ask import NVQ4, ask, press

INCOME = "What is the average workplace income in Dacorum?"


def test_the_address_holds_the_questions_of_the_conversation(app: AppTest) -> None:
    ask(app.run(), INCOME)
    ask(app, "And in Watford?")
    assert app.query_params["q"] == [INCOME, "And in Watford?"]
    press(app, "Start again")
    assert "q" not in app.query_params


def test_an_address_with_a_conversation_gives_all_its_answers_again(app: AppTest) -> None:
    app.query_params["q"] = [INCOME, "And in Watford?"]
    app.run()
    assert seen(app).count("You asked") == 2
    assert "£33,662" in seen(app)
    app.run()
    assert seen(app).count("You asked") == 2


def test_another_address_opens_another_conversation(app: AppTest) -> None:
    ask(app.run(), INCOME)
    app.query_params["q"] = NVQ4
    app.run()
    assert seen(app).count("You asked") == 1
    assert "41%" in seen(app)


def test_an_address_that_comes_late_takes_nothing_back(app: AppTest) -> None:
    ask(app.run(), INCOME)
    earlier = app.query_params["q"]
    ask(app, NVQ4)
    app.query_params["q"] = earlier
    app.run()
    assert seen(app).count("You asked") == 2


def long_talk() -> None:
    import streamlit as st

    from pages.address import remember

    remember([f"{n} {'x' * 500}" for n in range(20)])
    st.text(" ".join(q.split()[0] for q in st.query_params.get_all("q")))


def test_a_long_conversation_keeps_its_newest_questions_in_the_address() -> None:
    app = AppTest.from_function(long_talk).run()
    assert app.text[0].value == "15 16 17 18 19"


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_question_in_the_address_is_none(app: AppTest, question: str) -> None:
    app.query_params["q"] = question
    app.run()
    assert "You asked" not in seen(app)
    assert not app.warning
