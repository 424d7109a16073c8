"""The chart of an answer: one measure, one unit, several areas or periods; what cannot be compared is not drawn."""

from dataclasses import replace
from decimal import Decimal

from answering.answer import Answer, AnswerFigure, Status
from answering.ask import Asker
from pages.bars import bars_html, compared


def figure(text: str, value: str, area: str | None = "Aford", period: str | None = "2024") -> AnswerFigure:
    return AnswerFigure(text, Decimal(value), "percent", "residents <in> work", area, period, "baseline", None, 1)


def answer(*figures: AnswerFigure) -> Answer:
    return Answer("q", "q", Status.ANSWERED, "a", figures)


def test_areas_are_drawn_with_the_highest_first_and_the_direct_answer_set_off() -> None:
    html = bars_html(answer(figure("40%", "40"), figure("80%", "80", "Bford")))
    assert html.index("Bford") < html.index("Aford")
    assert 'class="fill" style="margin-left:0.0%;width:100.0%"' in html
    assert 'class="fill own" style="margin-left:0.0%;width:50.0%"' in html
    assert "<caption>Residents &lt;in&gt; work, 2024</caption>" in html


def test_a_period_that_no_source_states_is_said_once_for_all_bars_and_beside_one_that_is_stated() -> None:
    none = bars_html(answer(figure("40%", "40", period=None), figure("80%", "80", "Bford", None)))
    assert "<caption>Residents &lt;in&gt; work, period not stated</caption>" in none
    assert none.count("period not stated") == 1
    one = bars_html(answer(figure("40%", "40", period=None), figure("80%", "80", "Bford")))
    assert "<caption>Residents &lt;in&gt; work</caption>" in one
    assert one.count("period not stated") == 1


def test_periods_are_drawn_in_the_order_of_time() -> None:
    shown = compared(
        answer(figure("3%", "3", period="2023"), figure("1%", "1", period="in 2021"), figure("2%", "2", period="2022"))
    )
    assert [f.text for f in shown] == ["1%", "2%", "3%"]


def test_a_fall_is_drawn_to_the_left_of_nothing() -> None:
    html = bars_html(answer(figure("-10%", "-10"), figure("30%", "30", "Bford")))
    assert "margin-left:0.0%;width:25.0%" in html
    assert "margin-left:25.0%;width:75.0%" in html


def test_what_cannot_be_compared_is_not_drawn() -> None:
    one, other = figure("40%", "40"), figure("80%", "80", "Bford")
    assert compared(answer(one)) == ()
    assert compared(answer(one, replace(other, unit="count"))) == ()
    assert compared(answer(one, replace(other, measure="jobs"))) == ()
    assert compared(answer(one, replace(other, kind="target"))) == ()
    assert compared(answer(one, replace(other, upper=Decimal(90)))) == ()
    assert compared(answer(one, replace(other, area="Aford"))) == ()  # two figures for the same area and period
    assert compared(answer(one, replace(other, area="Aford", period=None))) == ()
    assert compared(answer(one, figure("4,000", "4000", "Bford"))) == ()  # one bar could not be seen
    assert compared(replace(answer(one, other), status=Status.NOT_FOUND)) == ()


def test_an_answer_over_the_plan_is_drawn(asker: Asker) -> None:
    shown = compared(asker.ask("What is the average workplace income in Dacorum?").answer)
    assert [(f.area, f.text) for f in shown] == [
        ("Watford", "£33,662"),
        ("Hertfordshire", "£32,541"),
        ("Dacorum", "£30,666"),
    ]
