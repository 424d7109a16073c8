"""Periods are read as councils write them, and a figure answers only for the period that it was stated for."""

import pytest

from corpus.period import Period, periods_agree, read_periods


def only(text: str) -> Period:
    periods = read_periods(text)
    assert len(periods) == 1, periods
    return periods[0]


@pytest.mark.parametrize(
    ("text", "printed", "first", "last", "relation"),
    [
        ("2021", "2021", 2021, 2021, "in"),
        ("(14% in 2017)", "in 2017", 2017, 2017, "in"),
        ("since 2016 is 2.8%", "since 2016", 2016, None, "since"),
        ("by 2050.", "by 2050", None, 2050, "by"),
        ("by the end of 2025", "by the end of 2025", None, 2025, "by"),
        ("until later in 2021", "until later in 2021", None, 2021, "by"),
        ("2015-19", "2015-19", 2015, 2019, "from-to"),
        ("2015–19", "2015–19", 2015, 2019, "from-to"),
        ("1999-03", "1999-03", 1999, 1999, "in"),
        ("2015 to 2019", "2015 to 2019", 2015, 2019, "from-to"),
        ("between 2015-19).", "between 2015-19", 2015, 2019, "from-to"),
        ("between 2015 and 2019", "between 2015 and 2019", 2015, 2019, "from-to"),
        ("from 2015 to 2019", "from 2015 to 2019", 2015, 2019, "from-to"),
        ("2024/25", "2024/25", 2024, 2025, "in"),
        ("2024-25", "2024-25", 2024, 2025, "in"),
        ("FY 2024/25", "FY 2024/25", 2024, 2025, "in"),
        ("2021/22 to 2023/24", "2021/22 to 2023/24", 2021, 2024, "from-to"),
        ("Jan 2021-Dec 2021", "Jan 2021-Dec 2021", 2021, 2021, "from-to"),
        ("spring 2022", "spring 2022", 2022, 2022, "in"),
        ("year ending March 2024", "year ending March 2024", 2023, 2024, "in"),
        ("year ending December 2024", "year ending December 2024", 2024, 2024, "in"),
        ("compared to 2020", "2020", 2020, 2020, "in"),
        ("before 2020", "before 2020", None, 2020, "before"),
        ("pre-2020", "pre-2020", None, 2020, "before"),
        ("the 1980s", "the 1980s", 1980, 1989, "in"),
        ("2019³", "2019", 2019, 2019, "in"),
    ],
)
def test_calendar_years_are_read(text: str, printed: str, first: int | None, last: int | None, relation: str) -> None:
    period = only(text)
    assert (period.text, period.first, period.last, period.relation) == (printed, first, last, relation)


@pytest.mark.parametrize(
    ("text", "year", "quarter", "month"),
    [
        ("in Q1 2021", 2021, 1, None),
        ("the first quarter of 2021", 2021, 1, None),
        ("January to March 2021", 2021, 1, None),
        ("Q1-Q3 2021", 2021, None, None),
        ("Sep 2021", 2021, None, 9),
        ("September 2021", 2021, None, 9),
        ("since Jan 2020", 2020, None, 1),
        ("5 March 2022", 2022, None, 3),
        ("20th November 2025", 2025, None, 11),
        ("12/05/2021", 2021, None, 5),
        ("2021-09-05", 2021, None, 9),
        ("2021-09", 2021, None, 9),
        ("Jul 2020-Jun 2021", 2020, None, 7),
    ],
)
def test_quarters_and_months_are_read(text: str, year: int, quarter: int | None, month: int | None) -> None:
    period = only(text)
    assert (period.first, period.quarter, period.month) == (year, quarter, month)


@pytest.mark.parametrize(
    ("text", "printed", "relation", "years"),
    [
        ("over the next 5 years", "over the next 5 years", "over", 5),
        ("13% over 5 years and", "over 5 years", "over", 5),
        ("in the next 10 years, due", "in the next 10 years", "over", 10),
        ("within five years", "within five years", "over", 5),
        ("over the next\nfew years", "over the next\nfew years", "over", None),
        ("the last 5 years", "last 5 years", "over", 5),
        ("over the next 18 months", "over the next 18 months", "over", None),
        ("in the last 12 months", "in the last 12 months", "over", 1),
        ("over the past decade", "over the past decade", "over", 10),
        ("1,100 business starts per year", "per year", "each", 1),
        ("supported yearly by", "yearly", "each", 1),
        ("Engagement annually of", "annually", "each", 1),
        ("£20,000 a year", "a year", "each", 1),
        ("per month", "per month", "each", None),
        ("Before the pandemic, it", "Before the pandemic", "before", None),
        ("compared to pre-pandemic levels and", "pre-pandemic levels", "before", None),
    ],
)
def test_durations_and_repetition_have_a_length_and_no_calendar_year(
    text: str, printed: str, relation: str, years: int | None
) -> None:
    period = only(text)
    assert (period.text, period.relation, period.years) == (printed, relation, years)
    assert (period.first, period.last) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["2,021", "£2021", "2021 sq ft", "2021%", "12,2021", "E07002021", "20213", "you may 5", "3.2019", "more than 2000"],
)
def test_a_number_that_is_a_figure_or_a_code_is_no_period(text: str) -> None:
    assert read_periods(text) == []


def test_years_joined_by_and_are_two_periods() -> None:
    assert [period.text for period in read_periods("2019 and 2020")] == ["2019", "2020"]


def test_the_printed_text_is_kept_to_the_letter() -> None:
    text = "Since Jan 2020, and over the next 5 years from 2021/22 to 2023/24, 3% a year by 2050."
    periods = read_periods(text)
    assert [period.text for period in periods] == [
        *["Since Jan 2020", "over the next 5 years", "from 2021/22 to 2023/24", "a year", "by 2050"]
    ]
    assert all(text[period.start : period.end] == period.text for period in periods)


@pytest.mark.parametrize(
    ("asked", "stated", "agree"),
    [
        ("2020", "in 2020", True),
        ("2019", "2020", False),
        ("2015-19", "2015 to 2019", True),
        ("between 2015-19", "from 2015 to 2019", True),
        ("2017", "2015 to 2019", False),
        ("2015", "2015 to 2019", False),
        ("by 2050", "2050", True),
        ("2050", "by 2050", True),
        ("2021", "Jan 2021-Dec 2021", True),
        ("Q1 2021", "2021", True),
        ("2021", "Q1 2021", True),
        ("Q2 2021", "Q1 2021", False),
        ("March 2021", "Q1 2021", True),
        ("June 2021", "Q1 2021", False),
        ("March 2021", "April 2021", False),
        ("2024/25", "2024-25", True),
        ("2024/25", "2024", False),
        ("year ending March 2025", "2024/25", True),
        ("Apr 2020-Mar 2021", "Jul 2020-Jun 2021", False),
        ("spring 2022", "autumn 2022", False),
        ("in 2016", "since 2016", False),
        ("since 2020", "since Jan 2020", True),
        ("since 2015", "since 2016", False),
        ("before 2020", "2020", False),
        ("over the next 5 years", "over 5 years", True),
        ("over the next 5 years", "over the last 5 years", False),
        ("over 5 years", "within 10 years", False),
        ("2022", "over the next 5 years", False),
        ("over 5 years", "2022", False),
        ("per year", "annually", True),
        ("per year", "per month", False),
        ("before the pandemic", "pre-pandemic levels", True),
        ("before the pandemic", "2019", False),
    ],
)
def test_a_figure_answers_only_for_its_own_period(asked: str, stated: str, agree: bool) -> None:
    assert periods_agree(only(asked), only(stated)) is agree
