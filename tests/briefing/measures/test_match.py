"""Figures held against what a draft's figure measures: what fits slot by slot, and what only comes near."""

import pytest

from answering.ask import Asker
from briefing.measures.match import Fit, Match, Matcher, rows_part
from briefing.measures.question import Parser


@pytest.fixture(scope="module")
def matcher(asker: Asker) -> Matcher:
    return Matcher(asker.generation)


@pytest.fixture(scope="module")
def parser(asker: Asker) -> Parser:
    return Parser(asker.generation)


def covered(match: Match) -> bool:
    """Whether the figure's words hold nearly all that is asked."""
    return match.coverage >= 0.72


def test_the_best_match_is_the_figure_asked_for(matcher: Matcher, parser: Parser) -> None:
    best = matcher.matches(parser.parse("What share of residents have NVQ4?"))[0]
    assert (best.figure.quantity.text, best.figure.area) == ("41%", "Dacorum")
    assert covered(best) and best.slots_fit


def test_another_area_is_wrong_even_where_every_word_fits(matcher: Matcher, parser: Parser) -> None:
    found = matcher.matches(parser.parse("What share of residents in Watford have NVQ4?"))
    assert all(m.area is Fit.WRONG for m in found if m.figure.area == "Dacorum")
    assert not any(m.slots_fit and covered(m) for m in found)


def test_another_year_is_wrong_even_where_every_word_fits(matcher: Matcher, parser: Parser) -> None:
    found = matcher.matches(parser.parse("What was the workplace income in Hertfordshire in 2011?"))
    assert found
    assert not any(m.slots_fit for m in found if m.figure.period)


def test_the_centre_of_a_town_is_near_the_town_and_no_other(matcher: Matcher, parser: Parser) -> None:
    found = matcher.matches(parser.parse("How many retail jobs will Hemel Hempstead lose?"))
    fits = {m.figure.area: m.area for m in found}
    assert (fits["Hemel Hempstead"], fits["Hemel town centre"]) == (Fit.EXACT, Fit.NEAR)
    assert fits["Dacorum"] is Fit.WRONG


def test_a_count_is_no_share(matcher: Matcher, parser: Parser) -> None:
    found = matcher.matches(parser.parse("What percentage of retail jobs will be lost?"))
    counts = [m for m in found if m.figure.quantity.unit == "count"]
    assert counts and not any(m.slots_fit for m in counts)


@pytest.mark.parametrize(
    "text",
    [
        "What share of residents in Watford have NVQ4?",
        "How many wholesale jobs will be lost?",
        "What was the workplace income in Dacorum in 2011?",
        "What share of businesses in Tring are micro businesses?",
        "How many farms are in Dacorum?",
    ],
)
def test_nothing_fits_a_near_miss(matcher: Matcher, parser: Parser, text: str) -> None:
    assert not any(m.slots_fit and covered(m) and not m.missing for m in matcher.matches(parser.parse(text)))


def test_a_term_that_no_passage_holds_weighs_most(matcher: Matcher) -> None:
    assert matcher.rarity(("zeppelin",)) == 1.0
    assert matcher.rarity(("dacorum",)) < matcher.rarity(("furlough",)) <= 1.0


def test_two_rows_of_one_table_are_two_measures() -> None:
    assert rows_part("emissions (Transport)", "emissions (Total)")
    assert not rows_part("emissions (Transport)", "emissions")
