"""The plan's figures, as a careful reader would list them: what each measures, where, when, and what kind it is."""

from typing import NamedTuple

import pytest

from corpus.figure import Figure
from corpus.records import Records


class Fact(NamedTuple):
    """A figure as printed, words that its measure must hold, and its other slots."""

    text: str
    measure: str
    area: str
    period: str | None
    kind: str


FACTS = [
    Fact("83,400", "working population", "Dacorum", None, "baseline"),
    Fact("85.2%", "participation rate", "Dacorum", "Before the pandemic", "baseline"),
    Fact("3 million sq. feet", "commercial space", "Dacorum", None, "baseline"),
    Fact("more than 11,000", "new homes", "Hemel Hempstead", "by 2050", "target"),
    Fact("10,000", "new jobs", "Hemel Hempstead", "by 2050", "target"),
    Fact("3.1", "information and communication lq", "Dacorum", None, "baseline"),
    Fact("2.8%", "information and communication growth", "Dacorum", "since 2016", "baseline"),
    Fact("2.4", "professional lq", "Dacorum", None, "baseline"),
    Fact("2.4", "construction lq", "Dacorum", None, "baseline"),
    Fact("20%", "construction growth", "Dacorum", None, "baseline"),
    Fact("33%", "employment growth professional", "Dacorum", "since 2015", "baseline"),
    Fact("25%", "employment growth logistics", "Dacorum", "since 2015", "baseline"),
    Fact("nearly 100", "companies exporting", "Dacorum", None, "baseline"),
    Fact("£30,666", "workplace income", "Dacorum", "in 2020", "baseline"),
    Fact("£32,541", "workplace income", "Hertfordshire", "in 2020", "comparator"),
    Fact("£33,662", "workplace income", "Watford", None, "comparator"),
    Fact("41%", "residents nvq4", "Dacorum", None, "baseline"),
    Fact("45%", "residents nvq4", "Hertfordshire", None, "comparator"),
    Fact("21%", "residents only nvq2", "Dacorum", None, "baseline"),
    Fact("19 %", "residents only nvq2", "Hertfordshire", None, "comparator"),
    Fact("approximately 13%", "businesses incorporated", "Dacorum", "since Jan 2020", "baseline"),
    Fact("20%", "businesses incorporated", "UK", "since Jan 2020", "comparator"),
    Fact("-1.8%", "growth of micro businesses", "Dacorum", None, "baseline"),
    Fact("92%", "micro businesses", "Dacorum", None, "baseline"),
    Fact("10 or less", "employees", "Dacorum", None, "definition"),
    Fact("31%", "retail jobs", "Hemel town centre", None, "forecast"),
    Fact("1,401", "retail jobs", "Hemel town centre", None, "forecast"),
    Fact("22%", "manufacturing employment", "Dacorum", "from 2015 to 2019", "baseline"),
    Fact("6%", "multiple deprivation", "Dacorum", None, "baseline"),
    Fact("£35,134", "resident earnings", "Dacorum", "in 2020", "baseline"),
    Fact("£32,007", "resident earnings", "UK", "in 2020", "comparator"),
    Fact("£36,346", "earnings", "Hertfordshire", None, "comparator"),
    Fact("£25,827", "resident income", "Harlow", None, "comparator"),
    Fact("£4,000", "household income after housing costs", "Dacorum", None, "baseline"),
    Fact("27.4%", "residents working from home", "Dacorum", "post pandemic", "baseline"),
    Fact("124 per 1,000", "workers on furlough", "Dacorum", None, "baseline"),
    Fact("111 per 100,000", "workers on furlough", "England", None, "comparator"),
    Fact("Nearly 30%", "working from home", "Dacorum", None, "forecast"),
    Fact("31%", "retail jobs", "Hemel Hempstead", "over the next few years", "forecast"),
    Fact("20%", "apprenticeships", "Dacorum", None, "target"),
    Fact("11%", "business start-ups", "Dacorum", None, "baseline"),
    Fact("13%", "business start-ups", "Dacorum", "over 5 years", "target"),
    Fact("14%", "office space", "Dacorum", "in 2017", "baseline"),
    Fact("over 100", "companies exporting", "Dacorum", "over the next 5 years", "target"),
    Fact("15", "companies peer network", "Dacorum", "in 2022", "target"),
]


def agrees(fact: Fact, figure: Figure) -> bool:
    measure = figure.measure.lower().replace("/", " ")
    return (
        fact[2:] == (figure.area, figure.period, figure.kind.value)
        and " ".join(figure.quantity.text.split()) == fact.text
        and all(word in measure for word in fact.measure.split())
    )


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.text}-{f.measure}-{f.area}".replace(" ", "_"))
def test_the_plan_says(plan: Records, fact: Fact) -> None:
    read = [
        (f.quantity.text, f.measure, f.area, f.period, f.kind.value)
        for f in plan.figures
        if f.quantity.text == fact.text
    ]
    assert any(agrees(fact, f) for f in plan.figures), f"read instead: {read}"


def test_every_figure_stands_where_it_says_to_the_letter(plan: Records) -> None:
    text = plan.document.text
    for f in plan.figures:
        assert text[f.at[0] : f.at[1]].split() == f.quantity.text.split()
        assert text[f.location.start : f.location.end] == f.quote
        assert f.location.start <= f.at[0] < f.at[1] <= f.location.end


def test_every_figure_has_an_id_of_its_own(plan: Records) -> None:
    assert len({f.id for f in plan.figures}) == len(plan.figures)


def test_codes_footnote_marks_and_years_are_no_figures(plan: Records) -> None:
    marks = plan.document.footnote_marks
    for f in plan.figures:
        assert not any(s < f.at[1] and f.at[0] < e for s, e in marks), f.quote
        assert f.quantity.text not in ("2015", "2016", "2020", "2050", "4", "25"), f.quote


@pytest.mark.parametrize(
    ("text", "area", "source"),
    [
        ("£30,666", "Dacorum", "Skills and Labour Market Review Hertfordshire, 2020"),
        ("41%", "Dacorum", "Dacorum Economic Dashboard, 2021"),
        ("19 %", "Hertfordshire", "Dacorum Economic Dashboard, 2021"),
        ("27.4%", "Dacorum", "The Future of Towns and Cities Post Covid, KPMG 2021"),
    ],
)
def test_a_footnote_names_the_figures_source(plan: Records, text: str, area: str, source: str) -> None:
    first = next(f for f in plan.figures if f.quantity.text == text and f.area == area)
    assert first.source == source


def test_a_definition_in_a_footnote_is_no_source(plan: Records) -> None:
    assert next(f for f in plan.figures if f.quantity.text == "3.1").source is None


@pytest.mark.parametrize(("target", "start"), [("13%", "11%"), ("15", "6")])
def test_a_target_knows_where_it_starts_from(plan: Records, target: str, start: str) -> None:
    figure = next(f for f in plan.figures if f.quantity.text == target and f.kind == "target")
    assert figure.baseline == start


def test_figures_of_one_comparison_share_a_group(plan: Records) -> None:
    group = {(f.quantity.text, f.area): f.group for f in plan.figures}
    assert group["41%", "Dacorum"] is not None
    nvq4 = next(f for f in plan.figures if f.quantity.text == "41%")
    assert [f.area for f in plan.figures if f.group == nvq4.group] == ["Dacorum", "Hertfordshire"]
