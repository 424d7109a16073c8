"""Figures are read from text as British councils write them, and what only looks like a figure is left alone."""

import random
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.quantity import Quantity, read_quantities, same_value

PLAN = Path(__file__).parents[2] / "corpus" / "plans" / "dacorum-economic-recovery-plan-2021.md"


def seen(text: str) -> list[tuple[str, Decimal, str]]:
    return [(quantity.text, quantity.value, quantity.unit) for quantity in read_quantities(text)]


def only(text: str) -> Quantity:
    quantities = read_quantities(text)
    assert len(quantities) == 1, quantities
    return quantities[0]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("41% of residents", "41%", "41", "percent"),
        ("(33%)", "33%", "33", "percent"),
        ("19 % respectively", "19 %", "19", "percent"),
        ("19\u00a0%", "19\u00a0%", "19", "percent"),
        ("14 per cent.", "14 per cent", "14", "percent"),
        ("14 percent", "14 percent", "14", "percent"),
        ("up by 3 per\ncent", "3 per\ncent", "3", "percent"),
        ("ten per cent", "ten per cent", "10", "percent"),
        ("one per cent", "one per cent", "1", "percent"),
        ("5 percentage points", "5 percentage points", "5", "percentage_points"),
        ("3.2 ppts", "3.2 ppts", "3.2", "percentage_points"),
        ("2pp", "2pp", "2", "percentage_points"),
        ("-1.8%", "-1.8%", "-1.8", "percent"),
        ("reclining at −1.8%.", "−1.8%", "-1.8", "percent"),
        ("+4%", "+4%", "4", "percent"),
        ("minus 2%", "minus 2%", "-2", "percent"),
        ("Logistics – 25%", "25%", "25", "percent"),
        ("'41%'", "41%", "41", "percent"),
        ("**41%**", "41%", "41", "percent"),
        ("(£30,666)", "£30,666", "30666", "gbp"),
        ("£ 30,666", "£ 30,666", "30666", "gbp"),
        ("£1.2m", "£1.2m", "1200000", "gbp"),
        ("£1.2 m", "£1.2 m", "1200000", "gbp"),
        ("£25k", "£25k", "25000", "gbp"),
        ("£3.5bn", "£3.5bn", "3500000000", "gbp"),
        ("£3.5 billion", "£3.5 billion", "3500000000", "gbp"),
        ("a £5-million project", "£5-million", "5000000", "gbp"),
        ("£500,000.", "£500,000", "500000", "gbp"),
        ("-£4,000", "-£4,000", "-4000", "gbp"),
        ("£2021", "£2021", "2021", "gbp"),
        ("83,400 (employees)", "83,400", "83400", "count"),
        ("2,021 homes", "2,021", "2021", "count"),
        ("3 million people", "3 million", "3000000", "count"),
        ("3   million", "3   million", "3000000", "count"),
        ("1.1m visitors", "1.1m", "1100000", "count"),
        ("30k jobs", "30k", "30000", "count"),
        ("twenty-five thousand", "twenty-five thousand", "25000", "count"),
        ("one hundred and fifty", "one hundred and fifty", "150", "count"),
        ("a hundred homes", "a hundred", "100", "count"),
        ("one million", "one million", "1000000", "count"),
        ("half a million people", "half a million", "500000", "count"),
        ("two and a half million", "two and a half million", "2500000", "count"),
        ("six themes", "six", "6", "count"),
        ("Six themes", "Six", "6", "count"),
        ("three key opportunities", "three", "3", "count"),
        ("the two major developments", "two", "2", "count"),
        ("three", "three", "3", "count"),
        ("a 250-home site", "250", "250", "count"),
        ("In Phase 1, 250 homes", "250", "250", "count"),
        ("a quarter of the borough", "a quarter", "25", "percent"),
        ("a quarter", "a quarter", "25", "percent"),
        ("Three-quarters of", "Three-quarters", "75", "percent"),
        ("two fifths", "two fifths", "40", "percent"),
        ("half of residents", "half", "50", "percent"),
        ("half the residents", "half", "50", "percent"),
        ("one in five", "one in five", "20", "percent"),
        ("3 out of 10 residents", "3 out of 10", "30", "percent"),
        ("one in every four", "one in every four", "25", "percent"),
        ("half an hour away", "half an hour", "0.5", "hours"),
        ("three quarters of an hour", "three quarters of an hour", "0.75", "hours"),
        ("2½ hours", "2½ hours", "2.5", "hours"),
        ("one and a half hours", "one and a half hours", "1.5", "hours"),
        ("one hour away", "one hour", "1", "hours"),
        ("a 24-hour helpline", "24-hour", "24", "hours"),
        ("20 minutes", "20 minutes", "20", "minutes"),
        ("a 5-year housing land supply", "5-year", "5", "years"),
        ("5.2 years of supply", "5.2 years", "5.2", "years"),
        ("124 per 1,000", "124 per 1,000", "124", "per_1000"),
        ("5.2 per thousand", "5.2 per thousand", "5.2", "per_1000"),
        ("111 per 100,000.", "111 per 100,000", "111", "per_100000"),
        ("14% per 1,000 business", "14% per 1,000", "14", "percent"),
        ("(LQ is 2.4)", "2.4", "2.4", "ratio"),
        ("LQ = 3.1", "3.1", "3.1", "ratio"),
        ("a location quotient of 2.4", "2.4", "2.4", "ratio"),
        ("an affordability ratio of 12.5 in 2020", "12.5", "12.5", "ratio"),
        ("3:1", "3:1", "3", "ratio"),
        ("an index of 105.2", "105.2", "105.2", "index"),
        ("12.5", "12.5", "12.5", "count"),
        ("3 million sq. feet of space", "3 million sq. feet", "3000000", "sq_ft"),
        ("2021 sq ft", "2021 sq ft", "2021", "sq_ft"),
        ("5,000 sqm", "5,000 sqm", "5000", "sq_m"),
        ("500 m²", "500 m²", "500", "sq_m"),
        ("12 ha", "12 ha", "12", "hectares"),
        ("a 10-hectare site", "10-hectare", "10", "hectares"),
        ("40 acres", "40 acres", "40", "acres"),
        ("3 miles", "3 miles", "3", "miles"),
        ("5km", "5km", "5", "km"),
        ("50m away", "50m", "50", "metres"),
        ("3,000 tonnes", "3,000 tonnes", "3000", "tonnes"),
    ],
)
def test_a_figure_keeps_its_printed_words_and_has_its_value_and_unit(
    text: str, printed: str, value: str, unit: str
) -> None:
    assert seen(text) == [(printed, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "printed", "qualifier"),
    [
        ("nearly 100 companies", "nearly 100", "nearly"),
        ("Nearly 30%", "Nearly 30%", "nearly"),
        ("(over 90%)", "over 90%", "over"),
        ("over\n90%", "over\n90%", "over"),
        ("over  90%", "over  90%", "over"),
        ("more than 11,000 new homes", "more than 11,000", "more than"),
        ("no more than 10", "no more than 10", "no more than"),
        ("less than 10 employees", "less than 10", "less than"),
        ("fewer than 20", "fewer than 20", "fewer than"),
        ("approximately 13%", "approximately 13%", "approximately"),
        ("up to 500", "up to 500", "up to"),
        ("at least 3", "at least 3", "at least"),
        ("around £5m", "around £5m", "around"),
        ("about half", "about half", "about"),
        ("almost two thirds", "almost two thirds", "almost"),
        ("nearly one in five", "nearly one in five", "nearly"),
        ("under £5m", "under £5m", "under"),
        ("just over 5%", "just over 5%", "just over"),
        ("c. £1.2m", "c. £1.2m", "c."),
        ("~500", "~500", "~"),
        (">5%", ">5%", ">"),
        ("10 or less employees", "10 or less", "or less"),
        ("£40,000 or more", "£40,000 or more", "or more"),
        ("ie 12h+ specialist support", "12h+", "+"),
        ("10,000+ jobs", "10,000+", "+"),
        ("more than 2000 homes", "more than 2000", "more than"),
    ],
)
def test_a_qualifier_is_part_of_the_figure(text: str, printed: str, qualifier: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.qualifier) == (printed, qualifier)


@pytest.mark.parametrize(
    ("text", "printed", "value", "upper", "unit"),
    [
        ("12–15%", "12–15%", "12", "15", "percent"),
        ("12-15%", "12-15%", "12", "15", "percent"),
        ("12%−15%", "12%−15%", "12", "15", "percent"),
        ("12% - 15%", "12% - 15%", "12", "15", "percent"),
        ("500 to 900 homes", "500 to 900", "500", "900", "count"),
        ("12,000 – 15,000", "12,000 – 15,000", "12000", "15000", "count"),
        ("between 5 and 10 per cent", "between 5 and 10 per cent", "5", "10", "percent"),
        ("between around 5 and 10%", "between around 5 and 10%", "5", "10", "percent"),
        ("between -2% and 3%", "between -2% and 3%", "-2", "3", "percent"),
        ("£1.2m-£1.5m", "£1.2m-£1.5m", "1200000", "1500000", "gbp"),
        ("£1.2–1.5m", "£1.2–1.5m", "1200000", "1500000", "gbp"),
        ("£1–2 million", "£1–2 million", "1000000", "2000000", "gbp"),
        ("£500-£1m", "£500-£1m", "500", "1000000", "gbp"),
        ("five to ten businesses", "five to ten", "5", "10", "count"),
        ("6,000–10,000 sq ft", "6,000–10,000 sq ft", "6000", "10000", "sq_ft"),
    ],
)
def test_a_range_is_one_figure_with_two_ends(text: str, printed: str, value: str, upper: str, unit: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.value, quantity.upper, quantity.unit) == (
        printed,
        Decimal(value),
        Decimal(upper),
        unit,
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("from 11% to 13%", ["11%", "13%"]),
        ("from 11 to 13%", ["11", "13%"]),
        ("from 13% to 11%", ["13%", "11%"]),
        ("from nearly 11% to over 13%", ["nearly 11%", "over 13%"]),
        ("13% to 11%", ["13%", "11%"]),
        ("(41% and 45% respectively)", ["41%", "45%"]),
        ("41 and 45%", ["41", "45%"]),
        ("41%/45%", ["41%", "45%"]),
    ],
)
def test_a_change_or_a_pair_is_two_figures_in_one_unit(text: str, printed: list[str]) -> None:
    quantities = read_quantities(text)
    assert [quantity.text for quantity in quantities] == printed
    assert {(quantity.unit, quantity.upper) for quantity in quantities} == {("percent", None)}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("£33,662 − £30,666 = £2,996", ["£33,662", "£30,666", "£2,996"]),
        ("£30,666 − £33,662 = −£2,996", ["£30,666", "£33,662", "−£2,996"]),
        ("41% - 45% = -4 percentage points", ["41%", "45%", "-4 percentage points"]),
        ("100 + 15 = 115", ["100", "15", "115"]),
    ],
)
def test_shown_arithmetic_is_no_range(text: str, printed: list[str]) -> None:
    assert [quantity.text for quantity in read_quantities(text)] == printed


def test_a_change_of_counts_is_two_counts() -> None:
    assert seen("from 6 to 15 in 2022") == [("6", Decimal(6), "count"), ("15", Decimal(15), "count")]


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("27.4%⁶ of residents", "27.4%", "27.4"),
        ("LQ¹ = 3.1", "3.1", "3.1"),
        ("£3 million³", "£3 million", "3000000"),
        ("£1.2m²", "£1.2m", "1200000"),
        ("six⁴ themes", "six", "6"),
        ("45% [1].", "45%", "45"),
    ],
)
def test_a_footnote_mark_is_not_part_of_the_figure(text: str, printed: str, value: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.value) == (printed, Decimal(value))


def test_a_footnote_mark_does_not_part_a_ratio_from_its_word() -> None:
    assert only("LQ¹ = 3.1").unit == "ratio"
    assert seen("LQ of more than 1.0") == [("more than 1.0", Decimal("1.0"), "ratio")]


@pytest.mark.parametrize(
    "text",
    """2021|2015-19|in 2020|2024/25|over the next 5 years|over 5 years|within 10 years|last 5 years|in the next 10 years
5 March 2022|12/05/2021|20th November 2025|5 March|Q1 2021|Q1|at 10:30am|9am-5pm|10.30am|24/7|12 months to March 2024
aged 16-64|aged 16 to 64|aged 16 and over|16-64 year olds|16–64|residents 16+|16+ year olds|people aged 50+|over-65s
one of the most|one stop shop|no one|one message|one-to-one|one day|two-way|third|first
the third sector|a third party|two- and three-bedroom homes
21st century|mark one|mark two|top two deciles|the second half of 2021|a quarter later|net zero|hundreds of homes
level 2|level 3 or above|phase 2|stage 3|Theme 4 – Branding|Section 3|Section 106|Table 1.1a|NVQ4|NVQ 4 or above
Article 4|chapter 3|Phases 1, 2 and 3|levels 2 and 3|No. 10|ranked 5 out of 10|GCSE grades 9-4|Industry 4.0|junction 8
2. INTRODUCTION|1. Dacorum has a workforce|1.1 Introduction|2) Access|M25|M1 and A41|E07000096|R&D|B2B|COVID-19|Covid 19
HP1 1HH|01442 228000|020 7946 0000|+44 (0)1442 228000|4G|CO2|businesses⁵|[3]|Three Bridges
council4@example.gov.uk|https://example.gov.uk/2/41%25|www.example.org/41|1.2.3|12.05.2021|5,10,15|007|9-4
10,00|99999999999999999999|what share of residents have NVQ4?""".replace("\n", "|").split("|"),
)
def test_what_only_looks_like_a_figure_is_not_read(text: str) -> None:
    assert read_quantities(text) == []


def test_list_numbers_are_not_figures_but_a_sentence_that_runs_on_is_read() -> None:
    assert read_quantities("1. First\n2. Second\n\n3. Third") == []
    assert seen("an increase from 6 to\n15. This is new.") == [("6", Decimal(6), "count"), ("15", Decimal(15), "count")]
    assert seen("- 250 businesses\n- 10% growth") == [
        ("250", Decimal(250), "count"),
        ("10%", Decimal(10), "percent"),
    ]


def test_a_figure_does_not_run_across_a_blank_line() -> None:
    assert seen("up to\n\n3\n\nmillion") == [("3", Decimal(3), "count")]


def test_a_number_that_counts_years_is_no_calendar_year() -> None:
    assert seen("in 2021 1,401 jobs were lost, 2% of 2020's") == [
        ("1,401", Decimal(1401), "count"),
        ("2%", Decimal(2), "percent"),
    ]


def test_thirds_are_as_exact_as_decimals_allow() -> None:
    assert same_value(only("a third"), only("one third"))
    assert round(only("two thirds").value, 3) == Decimal("66.667")


def test_same_value_looks_past_the_qualifier_only() -> None:
    assert same_value(only("nearly 100"), only("100"))
    assert same_value(only("£1.2m"), only("£1,200,000"))
    assert same_value(only("one in five"), only("20%"))
    assert not same_value(only("100"), only("100%"))
    assert not same_value(only("12%"), only("12–15%"))
    assert not same_value(only("45%"), only("41%"))


# Every figure of the plan, paragraph by paragraph, in the order in which it stands.
PLAN_FIGURES = [
    *["83,400", "85.2%", "over 90%", "less than 10", "half an hour", "three", "3 million sq. feet"],
    *[
        "more than 11,000",
        "10,000",
        "two",
        "3.1",
        "2.8%",
        "2.4",
        "4.6%",
        "2.4",
        "20%",
        "33%",
        "25%",
        "nearly 100",
        "three",
    ],
    *[
        "more than 1.0",
        "£30,666",
        "£32,541",
        "£33,662",
        "41%",
        "45%",
        "21%",
        "19 %",
        "approximately 13%",
        "20%",
        "10 or less",
        "-1.8%",
    ],
    *["92%", "31%", "1,401", "22%", "21%", "6%", "£35,134", "£32,007", "£36,346", "£25,827", "a quarter", "£4,000"],
    *["41%", "27.4%", "£30,666", "£32,541", "124 per 1,000", "111 per 100,000", "Nearly 30%", "31%", "1,401", "six"],
    *["six", "21%", "approximately 1,401", "20%", "approximately 13%", "20%", "22%", "11%", "13%", "1,100", "250"],
    *["500", "10%", "12h+", "14% per 1,000", "27%", "14%", "nearly 100", "3", "over 100", "6", "15", "10"],
]


def test_the_plan_yields_its_figures_and_nothing_else() -> None:
    text = PLAN.read_text(encoding="utf-8")
    assert [quantity.text for quantity in read_quantities(text)] == PLAN_FIGURES
    paragraphs = [quantity.text for line in text.split("\n") for quantity in read_quantities(line)]
    assert paragraphs == PLAN_FIGURES


def test_the_printed_text_is_kept_to_the_letter() -> None:
    pieces = (
        "41% £1.2m nearly 12–15 half an hour of from to between and one in five , . - \n 2021 aged 16 per 1,000 ⁶ ("
    )
    choose = random.Random(7)
    for _ in range(300):
        text = " ".join(choose.choice(pieces.split(" ")) for _ in range(20))
        quantities = read_quantities(text)
        assert all(text[quantity.start : quantity.end] == quantity.text for quantity in quantities)
        assert all(a.end <= b.start for a, b in pairwise(quantities)), text


@pytest.mark.parametrize("alphabet", ["0123456789, ", "0123456789", "0123456789,.-–/: ", " ", "1,", "a one ", "£m x@"])
def test_a_long_hostile_text_is_read_in_linear_time(alphabet: str) -> None:
    choose = random.Random(7)
    short, long = ("".join(choose.choice(alphabet) for _ in range(size)) for size in (10_000, 100_000))

    def seconds(text: str) -> float:
        start = time.process_time()
        read_quantities(text)
        return time.process_time() - start

    seconds(short)
    # Ten times the text in about ten times the time; a busy machine gets some leave.
    assert seconds(long) < max(1.0, 30 * seconds(short))


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("about 1\u200b,401 jobs", "about 1\u200b,401", "1401"),
        ("4\u00ad1% of residents", "4\u00ad1%", "41"),
        ("a rise to 4\u20601%", "4\u20601%", "41"),
        ("4\u200e1%", "4\u200e1%", "41"),
        ("for 219\u00a0700 people", "219\u00a0700", "219700"),
        ("for 219\u2009700 people", "219\u2009700", "219700"),
        ("£3\u202f000\u202f000 spent", "£3\u202f000\u202f000", "3000000"),
        ("12\u2009345.5 tonnes", "12\u2009345.5 tonnes", "12345.5"),
    ],
)
def test_signs_without_width_and_thin_spaces_are_seen_through_and_the_printed_words_kept(
    text: str, printed: str, value: str
) -> None:
    (read,) = read_quantities(text)
    assert (read.text, read.value) == (printed, Decimal(value))
    assert text[read.start : read.end] == printed


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("in 2019\u00a0200 jobs", ["200"]),
        ("Theme 4\u00a0300 jobs", ["300"]),
        ("call 0800\u00a0123\u00a0456", []),
        ("219 700 people", ["219", "700"]),
    ],
)
def test_a_space_that_does_not_part_thousands_parts_two_numbers(text: str, values: list[str]) -> None:
    assert [str(read.value) for read in read_quantities(text)] == values
