"""What is kept for a briefing: each answer once, in the visitor's order, and nobody else's."""

from streamlit.testing.v1 import AppTest

from tests.app.seen import labels, seen
from tests.app.test_ask import NVQ4, ask, press

INCOME = "What is the average workplace income in Dacorum?"


def kept() -> None:
    """A page of its own that keeps three answers and moves them."""
    import streamlit as st

    from answering.answer import Answer, CheckedAnswer, Receipt, Status
    from pages import basket

    for name in ("one", "two", "three", "two"):
        answer = Answer(name, name, Status.ANSWERED, f"It is {name}.")
        basket.add(CheckedAnswer(answer, Receipt("g", "0")), "g")
    basket.move(2, -1)
    basket.move(0, -1)
    basket.remove(7)
    basket.basket().clear()
    st.text(" ".join(k.checked.answer.question for k in basket.basket()))
    basket.remove(0)
    st.text(" ".join(k.checked.answer.question for k in basket.basket()))


def test_answers_are_kept_once_and_in_the_order_that_the_visitor_gives_them() -> None:
    app = AppTest.from_function(kept).run()
    assert [text.value for text in app.text] == ["one three two", "three two"]


def test_an_answer_is_added_to_the_briefing_and_taken_out_again(app: AppTest) -> None:
    ask(app.run(), NVQ4)
    press(app, "Add to briefing")
    assert "1 answer is kept for your briefing" in seen(app)
    assert [k.checked.answer.question for k in app.session_state["basket"]] == [NVQ4]
    ask(app, INCOME)
    press(app, "Add to briefing")
    assert "2 answers are kept for your briefing" in seen(app)
    press(app, "Take out of briefing")
    assert [k.checked.answer.question for k in app.session_state["basket"]] == [INCOME]


def test_what_is_not_answered_cannot_be_added(app: AppTest) -> None:
    ask(app.run(), "What is the council tax in Dacorum?")
    assert "Add to briefing" not in labels(app)


def test_visitors_do_not_share_what_they_keep(app: AppTest, other_visitor: AppTest) -> None:
    ask(app.run(), NVQ4)
    press(app, "Add to briefing")
    ask(other_visitor.run(), NVQ4)
    assert "kept for your briefing" not in seen(other_visitor)
