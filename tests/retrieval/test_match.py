"""Figures held against a question: what fits slot by slot, and what only comes near."""

import pytest

from answering.ask import Asker
from corpus.figure import Figure
from retrieval.conversation import Reader
from retrieval.decide import ENOUGH, outside
from retrieval.found import Evidence
from retrieval.match import Fit, Match, Matcher, rows_part


@pytest.fixture(scope="module")
def matcher(asker: Asker) -> Matcher:
    return Matcher(asker.generation)


def matches(asker: Asker, matcher: Matcher, text: str) -> list[Match]:
    return matcher.matches(Reader(asker.generation).read(text))


def evidence(asker: Asker, text: str) -> Evidence:
    from answering.ask import Turn

    return asker.retrieval.invoke(Turn(text)).ruled


def printed(figures: list[Figure]) -> list[str]:
    return [f.quantity.text for f in figures]


def test_the_best_match_is_the_figure_asked_for(asker: Asker, matcher: Matcher) -> None:
    best = matches(asker, matcher, "What share of residents have NVQ4?")[0]
    assert (best.figure.quantity.text, best.figure.area) == ("41%", "Dacorum")
    assert best.coverage >= ENOUGH
    assert best.slots_fit


def test_another_area_is_wrong_even_where_every_word_fits(asker: Asker, matcher: Matcher) -> None:
    found = matches(asker, matcher, "What share of residents in Watford have NVQ4?")
    assert all(m.area is Fit.WRONG for m in found if m.figure.area == "Dacorum")
    assert not any(m.slots_fit and m.coverage >= ENOUGH for m in found)


def test_the_neighbours_measure_is_not_this_figures(asker: Asker) -> None:
    """A sector's growth stands beside its location quotient, and is not the answer to a question about the latter."""
    found = evidence(asker, "What's the location quotient for Information and communication?")
    assert printed([m.figure for m in found.answers])[:1] == ["3.1"]


def test_the_growth_of_a_thing_is_not_its_share(asker: Asker) -> None:
    found = evidence(asker, "What proportion of firms are micro businesses?")
    assert "-1.8%" not in printed([m.figure for m in found.answers])


def test_a_rate_is_not_a_number_of_people(asker: Asker) -> None:
    assert evidence(asker, "What is the NVQ4 rate in England?").answers == ()


def test_another_level_is_never_a_comparator(asker: Asker) -> None:
    found = evidence(asker, "What percentage of residents only have NVQ2?")
    assert {f.quantity.text for f in found.comparators} == {"19 %"}


def test_unlike_measures_are_never_set_side_by_side(asker: Asker) -> None:
    found = evidence(asker, "How does Dacorum's share of new businesses compare to the UK's?")
    assert printed([m.figure for m in found.operands]) == ["approximately 13%", "20%"]


def test_a_figure_per_head_is_not_the_whole(asker: Asker) -> None:
    assert evidence(asker, "What is the workplace income per household?").answers == ()


def test_another_year_is_wrong_even_where_every_word_fits(asker: Asker, matcher: Matcher) -> None:
    found = matches(asker, matcher, "What was the workplace income in Hertfordshire in 2011?")
    assert found
    assert not any(m.slots_fit for m in found if m.figure.period)


def test_the_centre_of_a_town_is_near_the_town_and_no_other(asker: Asker, matcher: Matcher) -> None:
    found = matches(asker, matcher, "How many retail jobs will Hemel Hempstead lose?")
    fits = {m.figure.area: m.area for m in found}
    assert (fits["Hemel Hempstead"], fits["Hemel town centre"]) == (Fit.EXACT, Fit.NEAR)
    assert fits["Dacorum"] is Fit.WRONG


def test_a_count_is_no_share(asker: Asker, matcher: Matcher) -> None:
    found = matches(asker, matcher, "What percentage of retail jobs will be lost?")
    counts = [m for m in found if m.figure.quantity.unit == "count"]
    assert counts and not any(m.slots_fit for m in counts)


@pytest.mark.parametrize(
    "text",
    [
        "What share of residents have NVQ3?",
        "What share of residents in Watford have NVQ4?",
        "How many wholesale jobs will be lost?",
        "What was the workplace income in Dacorum in 2011?",
        "What is the population of Dacorum?",
        "What share of businesses in Tring are micro businesses?",
        "How many farms are in Dacorum?",
    ],
)
def test_a_near_miss_is_not_found(asker: Asker, text: str) -> None:
    found = evidence(asker, text)
    assert printed([m.figure for m in found.answers]) == []
    assert found.sentences == ()


def test_what_came_near_is_kept_as_rejected(asker: Asker) -> None:
    found = evidence(asker, "How many wholesale jobs will be lost?")
    assert found.rejected
    assert found.passages


def test_the_same_measure_elsewhere_is_a_comparator_and_no_answer(asker: Asker) -> None:
    found = evidence(asker, "What share of our residents have NVQ4?")
    assert {m.figure.area for m in found.answers} == {"Dacorum"}
    assert ("45%", "Hertfordshire") in [(f.quantity.text, f.area) for f in found.comparators]


def test_both_areas_that_were_asked_for_are_answers(asker: Asker) -> None:
    found = evidence(asker, "What is the average workplace income in Dacorum and Watford?")
    assert {(m.figure.quantity.text, m.figure.area) for m in found.answers} >= {
        ("£30,666", "Dacorum"),
        ("£33,662", "Watford"),
    }


def test_a_term_that_no_passage_holds_weighs_most(matcher: Matcher) -> None:
    assert matcher.rarity(("zeppelin",)) == 1.0
    assert matcher.rarity(("dacorum",)) < matcher.rarity(("furlough",)) <= 1.0


def test_two_rows_of_one_table_are_two_measures() -> None:
    assert rows_part("emissions (Transport)", "emissions (Total)")
    assert not rows_part("emissions (Transport)", "emissions")


@pytest.mark.parametrize("question", ["What applies to sites of 5 dwellings?", "Do schemes of 9 dwellings pay?"])
def test_what_is_said_of_ten_or_more_is_not_said_of_fewer(question: str) -> None:
    assert outside(question, "Developments of 10 or more dwellings should provide 20% affordable housing.")
    assert not outside(
        question.replace("5", "12").replace("9", "12"), "Developments of 10 or more dwellings provide 20%."
    )


def test_a_bound_on_another_thing_leaves_nothing_out() -> None:
    assert not outside("What applies to sites of 5 dwellings?", "Schemes of over 1,000 metres need a plan.")
