"""What became of a figure: the same, changed, gone or new; it is known by what it measures, and where."""

from dataclasses import replace
from decimal import Decimal

from answering.answer import AnswerFigure
from answering.standing import Standing, changes

SHARE = AnswerFigure("41%", Decimal(41), "percent", "residents with NVQ4", "Aford", "2020", "baseline", None, 1)
OTHER = replace(SHARE, text="45%", value=Decimal(45), area="Bshire")


def told(*now: AnswerFigure) -> list[tuple[str, str | None, str | None]]:
    found = changes([SHARE, OTHER], now)
    return [(c.standing.value, c.then.text if c.then else None, c.now.text if c.now else None) for c in found]


def test_the_same_figures_stand_whatever_their_order_and_numbers() -> None:
    assert told(replace(OTHER, citation=4), replace(SHARE, text="41 %")) == [
        ("same", "41%", "41 %"),
        ("same", "45%", "45%"),
    ]


def test_another_value_or_another_period_is_a_change() -> None:
    new = replace(SHARE, text="43%", value=Decimal(43))
    assert told(new, OTHER)[0] == ("changed", "41%", "43%")
    later = replace(new, period="2024")
    assert told(later, OTHER)[0] == ("changed", "41%", "43%")
    assert told(later, SHARE, OTHER) == [("same", "41%", "41%"), ("same", "45%", "45%"), ("new", None, "43%")]


def test_a_figure_that_is_not_given_any_more_is_gone_and_never_another_area_s() -> None:
    assert told(replace(SHARE, area="Cton"), OTHER) == [
        ("gone", "41%", None),
        ("same", "45%", "45%"),
        ("new", None, "41%"),
    ]


def test_another_unit_or_kind_is_another_figure() -> None:
    for other in (replace(SHARE, unit="count"), replace(SHARE, kind="target"), replace(SHARE, measure="jobs")):
        assert [c.standing for c in changes([SHARE], [other])] == [Standing.GONE, Standing.NEW]


def test_words_of_the_measure_may_be_set_in_other_letters() -> None:
    assert changes([SHARE], [replace(SHARE, measure="Residents  with NVQ4")])[0].standing is Standing.SAME
