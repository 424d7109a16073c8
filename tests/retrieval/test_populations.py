"""Whom a text speaks of is read from the words that say so, and a number beside something else is no age."""

import pytest

from retrieval.populations import Ages, ages_asked, ages_in, bands_in, of_fewer, of_others, size_asked


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("How many people aged 3 are there?", (3, 3)),
        ("three-year-olds in nursery", (3, 3)),
        ("16 and 17 year olds", (16, 17)),
        ("residents aged between 16 and 64", (16, 64)),
        ("the employment rate (16–64)", (16, 64)),
        ("people aged 85 and over", (85, 120)),
        ("over-65s", (65, 120)),
        ("children under five", (0, 4)),
        ("young people aged 15 and under", (0, 15)),
        ("those older than 75", (75, 120)),
    ],
)
def test_ages_are_read_where_the_words_say_so(text: str, ages: Ages) -> None:
    assert ages_in(text) == (ages,)
    assert ages_asked(text) == ages


@pytest.mark.parametrize(
    "text",
    [
        "firms with 10-49 employees", "firms with under 10 employees", "over 50 people came", "within 30 to 40 minutes",
        "three-year survival", "aged debt of £3m", "between 10 and 20 homes", "under 3 miles",
    ],
)  # fmt: skip
def test_a_number_of_something_else_is_no_age(text: str) -> None:
    assert ages_in(text) == ()
    assert ages_asked(text) is None


def test_bands_of_firms_are_read_by_how_many_they_employ() -> None:
    assert bands_in("fewer than ten employees") == bands_in("micro businesses") == {(0, 9)}
    assert bands_in("firms with 10 to 49 staff") == {(10, 49)}
    assert bands_in("250 or more employees") == {(250, None)}
    assert bands_in("10 to 49 homes") == frozenset()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many people aged 3 live here?", "residents aged 16 to 64"),
        ("How many people aged 3 live here?", "residents"),
        ("What do women earn?", "median pay of men"),
        ("What do women earn?", "median pay"),
        ("What is part-time pay?", "pay of full-time employees"),
        ("What is the workplace income?", "income of residents"),
        ("How many firms have 10 to 49 employees?", "micro businesses"),
        ("How many homes are for social rent?", "homes for affordable rent"),
    ],
)
def test_a_figure_of_others_is_told_from_one_of_those_asked_about(question: str, said: str) -> None:
    assert of_others(question, [said])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many people aged 16 to 64 live here?", "16–64 year olds"),
        ("What do women earn?", "median pay: females"),
        ("What is the income of residents?", "household income"),
        ("What share of firms have fewer than ten employees?", "micro businesses"),
        ("What do people earn?", "median pay of men"),
    ],
)
def test_the_same_people_may_be_named_otherwise(question: str, said: str) -> None:
    assert not of_others(question, [said])


def test_the_nearest_words_say_whom_a_figure_is_of() -> None:
    said = ["pay of men", "Women earn £13.20 an hour and men £15.10"]
    assert of_others("What do women earn?", said)
    assert not of_others("What do men earn?", said)


def test_a_measure_of_some_is_of_fewer_than_all() -> None:
    assert of_fewer("What is the employment rate?", "employment rate: women")
    assert of_fewer("What is the employment rate?", "employment rate of people aged 16 to 24")
    assert not of_fewer("What is the employment rate?", "employment rate (16–64)")
    assert not of_fewer("What is the employment rate of women?", "employment rate: women")


def test_a_band_of_firms_in_brackets_is_a_size_and_no_age() -> None:
    assert ages_asked("How many small enterprises (10 to 49) are there?") is None
    assert ages_asked("How many people (16 to 64) are there?") == (16, 64)
    found = [size_asked(f"How many firms {said} are there?") for said in ("(10 to 49)", "(250+)", "")]
    assert [size and size.band for size in found] == [(10, 49), (250, None), None]
    assert of_others("How many enterprises (250+) are there?", ["active enterprises"])
