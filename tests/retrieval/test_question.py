"""What a question asks for, and how a follow-up is made to stand alone."""

import pytest

from answering.ask import Asker
from corpus.commitment import CommitmentKind
from retrieval.conversation import Reader
from retrieval.question import Asks, Question


@pytest.fixture(scope="module")
def reader(asker: Asker) -> Reader:
    return Reader(asker.generation)


def asked(reader: Reader, text: str, *history: str) -> Question:
    return reader.read(text, history)


def areas(question: Question) -> list[str]:
    return [a.name for a in question.areas]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What is the NVQ4 rate in Hertfordshire?", ["Hertfordshire"]),
        ("what is the nvq4 rate in hertfordshire?", ["Hertfordshire"]),
        ("How do Dacorum and Watford compare on income?", ["Dacorum", "Watford"]),
        ("What is the UK average?", ["United Kingdom"]),
        ("How many jobs will Hemel town centre lose?", ["Hemel Hempstead town centre"]),
        ("What share of residents have NVQ4?", []),
    ],
)
def test_areas_are_read(reader: Reader, text: str, names: list[str]) -> None:
    assert areas(asked(reader, text)) == names


def test_an_area_that_is_only_compared_with_is_not_asked_for(reader: Reader) -> None:
    question = asked(reader, "Is the participation rate higher than in England?")
    assert (areas(question), [a.name for a in question.against]) == ([], ["England"])


def test_a_bound_is_no_comparison(reader: Reader) -> None:
    assert asked(reader, "What proportion of firms employ fewer than ten people?").compares is None


def test_to_be_involved_is_to_lead_or_to_support(reader: Reader) -> None:
    assert asked(reader, "Which themes is DBC involved in?").parts == (CommitmentKind.LEAD, CommitmentKind.SUPPORT)


def test_a_part_names_its_theme_by_some_of_its_words(reader: Reader) -> None:
    theme = asked(reader, "What are the outcomes for inward investment?").theme
    assert theme is not None
    assert theme.number == 4


def test_a_target_is_not_asked_for_its_definition(reader: Reader) -> None:
    assert asked(reader, "What is the export target?").asks is Asks.FIGURE
    assert asked(reader, "What is a location quotient?").asks is Asks.DEFINITION


def test_an_area_that_no_source_names_is_noticed(reader: Reader) -> None:
    assert asked(reader, "What is the NVQ4 rate in Narnia?").unknown_area == "Narnia"


@pytest.mark.parametrize(
    ("text", "first"), [("How did it stand in 2015?", 2015), ("What was pay in 2020?", 2020), ("homes by 2050?", 2050)]
)
def test_periods_are_read(reader: Reader, text: str, first: int) -> None:
    (period,) = asked(reader, text).periods
    assert (period.last or period.first) == first


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("What share of residents have NVQ4?", "percent"),
        ("What percentage work from home?", "percent"),
        ("How many jobs will be lost?", "count"),
        ("How long does the train take?", "hours"),
        ("How much do people earn?", "gbp"),
        ("How much new commercial space is there?", "sq_ft"),
    ],
)
def test_the_unit_of_an_answer_is_read(reader: Reader, text: str, unit: str) -> None:
    question = asked(reader, text)
    assert unit in question.units
    assert question.wants_figure


@pytest.mark.parametrize(
    "text", ["Who leads Theme 4?", "Who leads theme four?", "Who is in charge of Branding and Inward Investment?"]
)
def test_a_theme_is_read_by_number_and_by_name(reader: Reader, text: str) -> None:
    question = asked(reader, text)
    assert question.theme is not None
    assert (question.theme.number, question.asks) == (4, Asks.LEAD)


def test_a_theme_that_does_not_exist_is_kept_as_a_number(reader: Reader) -> None:
    question = asked(reader, "Who leads Theme 9?")
    assert (question.theme, question.theme_number) == (None, 9)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who supports Theme 2?", Asks.SUPPORT),
        ("What are the six themes?", Asks.THEMES),
        ("What does LQ mean?", Asks.DEFINITION),
        ("What are the outputs of Theme 2?", Asks.THEME),
        ("How many retail jobs will be lost?", Asks.FIGURE),
        ("Why is the town centre weak?", Asks.TEXT),
    ],
)
def test_the_kind_of_answer_is_read(reader: Reader, text: str, asks: Asks) -> None:
    assert asked(reader, text).asks is asks


def test_the_parts_of_a_theme_are_read(reader: Reader) -> None:
    question = asked(reader, "What are the activities and outcomes of Theme 6?")
    assert question.parts == (CommitmentKind.ACTIVITY, CommitmentKind.OUTCOME)


@pytest.mark.parametrize("text", ["And in Hertfordshire?", "What about Hertfordshire?", "and hertfordshire?"])
def test_a_follow_up_takes_another_area(reader: Reader, text: str) -> None:
    question = asked(reader, text, "What is the NVQ4 rate in Dacorum?")
    assert areas(question) == ["Hertfordshire"]
    assert "NVQ4" in question.standalone
    assert "Dacorum" not in question.standalone


def test_a_follow_up_takes_another_theme(reader: Reader) -> None:
    question = asked(reader, "And Theme 3?", "Who leads Theme 2?")
    assert (question.theme_number, question.asks) == (3, Asks.LEAD)


def test_a_follow_up_keeps_the_theme_for_another_part(reader: Reader) -> None:
    question = asked(reader, "And who supports it?", "Who leads Theme 3?")
    assert (question.theme_number, question.asks) == (3, Asks.SUPPORT)


def test_a_follow_up_reaches_over_several_turns(reader: Reader) -> None:
    question = asked(reader, "And in Watford?", "What is the workplace income in Dacorum?", "And in Hertfordshire?")
    assert areas(question) == ["Watford"]
    assert "workplace income" in question.standalone


def test_a_question_that_stands_alone_takes_nothing_from_before(reader: Reader) -> None:
    question = asked(reader, "How many retail jobs will be lost?", "What is the NVQ4 rate in Hertfordshire?")
    assert question.standalone == "How many retail jobs will be lost?"
    assert areas(question) == []
