"""Questions over published tables are answered to the cell, or refused with the table's own reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from answering.answer import Answer, Status
from answering.ask import Asker, open_asker
from corpus.settings import Settings
from ingestion.build import ensure_index
from tests.workbooks import workbook

PAY = [
    ["Table 8.7a Annual pay - Gross (£) - For all employee jobs: United Kingdom, 2025"],
    [
        "Area",
        "Code",
        "Number of jobs (thousand)",
        "Median",
        "Annual percentage change",
        "Mean",
        "Annual percentage change",
    ],
    ["England", "E92000001", 20472, 33080, 3.9, 41038, 5.3],
    ["Hertfordshire", "E10000015", 439, 39949, 9.1, 54231, 12.8],
    ["Dacorum", "E07000096", 54, 36473, 12.1, 48213, 18.6],
    ["East Hertfordshire", "E07000242", 60, 44154, 11.9, "x", None],
    ["Watford", "E07000103", 39, 37172, 6.4, 50172, 8.0],
    [],
    ["x = CV > 20%, estimates are unreliable"],
]
# Two sources that count firms differently; by size and by year, as Nomis stacks them.
SIZES = [
    row
    for year, watford, england in (
        (2018, (4520, 4100, 350, 20), (2300, 2070, 190, 9)),
        (2022, (4640, 4210, 360, 25), (2400, 2150, 200, 10)),
    )
    for row in (
        ["UK Business Counts - enterprises by employment size band"],
        ["ONS Crown Copyright Reserved [from Nomis on 24 April 2023]"],
        [],
        ["date", year],
        [],
        ["Area", "Total", "Micro (0 to 9)", "Small (10 to 49)", "Large (250+)"],
        ["ladu:Watford", *watford],
        ["country:England", *england],
        [],
    )
]
ACTIVE = [
    ["Active enterprises by district, 2022"],
    ["Area", "Active enterprises", "Active enterprises with 10+ employees"],
    ["Watford", 4815, 405],
    ["England", 2581080, 251495],
]
CLAIMANTS = [
    ["Claimants by parliamentary constituency, March 2024"],
    ["Constituency", "Claimants"],
    ["Watford", 1500],
    ["Hitchin", 700],
    ["St Albans", 900],
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    corpus = tmp_path_factory.mktemp("tables")
    workbook(corpus / "home geography pay.xlsx", {"All": PAY})
    workbook(corpus / "claimants.xlsx", {"Data": CLAIMANTS})
    workbook(corpus / "business counts.xlsx", {"Data": SIZES})
    workbook(corpus / "demography.xlsx", {"Active": ACTIVE})
    settings = Settings(corpus=corpus, index=Path(corpus.parent / "tables-index"), area="Dacorum")
    ensure_index(settings)
    return open_asker(settings)


def ask(asker: Asker, question: str) -> Answer:
    return asker.ask(question).answer


def test_the_own_area_s_cell_answers_where_no_place_is_named(tables: Asker) -> None:
    answer = ask(tables, "What is median annual pay?")
    figure = answer.figures[0]
    assert (figure.text, figure.value, figure.unit, figure.area, figure.period) == (
        "36473", Decimal(36473), "gbp", "Dacorum", "2025",
    )  # fmt: skip
    assert (answer.citations[0].cell, answer.citations[0].quote) == ("All!D5", "Dacorum | E07000096 | Median | 36473")


def test_a_cell_in_thousands_is_shown_as_printed_with_its_multiple(tables: Asker) -> None:
    answer = ask(tables, "How many jobs do Dacorum residents hold?")
    assert (answer.figures[0].value, answer.figures[0].unit) == (Decimal(54), "thousands")
    assert "54 (thousand)" in answer.text


def test_a_suppressed_cell_is_refused_with_the_table_s_reason(tables: Asker) -> None:
    answer = ask(tables, "What is mean annual pay in East Hertfordshire?")
    assert answer.status is Status.NOT_FOUND
    assert "estimates are unreliable" in answer.text
    assert answer.nearest[0].cell == "All!F6"


def test_a_constituency_does_not_answer_for_the_district_of_its_name(tables: Asker) -> None:
    assert ask(tables, "How many claimants are there in Watford?").status is Status.NOT_FOUND
    named = ask(tables, "How many claimants are there in the Watford constituency?")
    assert named.figures[0].value == Decimal(1500)


def test_weekly_pay_and_pay_by_workplace_are_other_measures(tables: Asker) -> None:
    assert ask(tables, "What is median weekly pay in Dacorum?").status is Status.NOT_FOUND
    assert (
        ask(tables, "What is the median annual pay of jobs based in Dacorum, by workplace?").status is Status.NOT_FOUND
    )


def test_districts_of_a_county_are_ranked(tables: Asker) -> None:
    answer = ask(tables, "Which district in Hertfordshire has the highest median annual pay?")
    assert (answer.figures[0].area, answer.figures[0].value) == ("East Hertfordshire", Decimal(44154))


def test_a_change_that_the_source_gives_is_not_worked_out(tables: Asker) -> None:
    answer = ask(tables, "By what percentage did median annual pay change in Watford?")
    assert (answer.figures[0].value, answer.figures[0].unit) == (Decimal("6.4"), "percent")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many enterprises with 250 or more employees did Watford have in 2022?", 25),
        ("How many enterprises in Watford had 10 to 49 employees in 2022?", 360),
    ],
)
def test_a_band_of_sizes_is_the_column_of_that_band(tables: Asker, question: str, value: int) -> None:
    assert ask(tables, question).figures[0].value == value


def test_another_band_of_sizes_is_not_found(tables: Asker) -> None:
    assert ask(tables, "How many enterprises in Watford had 20 to 49 employees in 2022?").status is Status.NOT_FOUND


def test_a_table_named_by_its_title_answers_and_no_other(tables: Asker) -> None:
    answer = ask(tables, "According to UK Business Counts, how many enterprises were there in Watford in 2022?")
    assert (answer.figures[0].value, answer.figures[0].area) == (Decimal(4640), "Watford")


def test_a_stretch_of_years_gives_both_its_ends(tables: Asker) -> None:
    answer = ask(tables, "micro enterprises in Watford from 2018 to 2022")
    assert {f.value for f in answer.figures} >= {Decimal(4100), Decimal(4210)}


def test_pay_of_full_time_workers_is_not_that_of_all_jobs(tables: Asker) -> None:
    assert ask(tables, "What is median annual pay of full-time workers in Watford?").status is Status.NOT_FOUND


def test_what_a_mark_means_is_no_mean(tables: Asker) -> None:
    assert not ask(tables, "What does x mean in the annual pay table?").figures


def test_how_much_pay_grew_is_its_growth(tables: Asker) -> None:
    figure = ask(tables, "How much did mean annual pay grow in Watford?").figures[0]
    assert (figure.value, figure.unit) == (Decimal("8.0"), "percent")
