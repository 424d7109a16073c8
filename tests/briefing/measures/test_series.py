"""The cell of a published table that a measure, a place and a time stand for, as the draft check looks for it."""

from decimal import Decimal
from pathlib import Path

import pytest

from briefing.measures.match import Match
from briefing.measures.question import Parser
from briefing.measures.series import TableMatcher
from corpus.index import Generation
from corpus.register import Listed, file_hash
from ingestion.read import read_file
from tests.answering.test_published_tables import ACTIVE, PAY, SIZES
from tests.answering.test_releases import EARLIER, HOMES, IN_YEAR, LATEST
from tests.workbooks import workbook


def generation_of(folder: Path) -> Generation:
    """The files of a folder, read and not embedded."""
    files = sorted(folder.iterdir())
    records = [read_file(Listed(f.name, f, None), file_hash(f)) for f in files]
    return Generation("g", folder, "none", tuple(records), "Dacorum")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    folder = tmp_path_factory.mktemp("tables")
    workbook(folder / "home geography pay.xlsx", {"All": PAY})
    workbook(folder / "business counts.xlsx", {"Data": SIZES})
    workbook(folder / "demography.xlsx", {"Active": ACTIVE})
    return generation_of(folder)


def best(generation: Generation, text: str) -> Match:
    """The first figure or cell whose place, time and unit fit."""
    found = TableMatcher(generation).matches(Parser(generation).parse(text))
    return next(m for m in found if m.slots_fit)


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("What is median annual pay in Watford?", Decimal(37172), "All!D7"),
        ("What is mean annual pay in Watford?", Decimal(50172), "All!F7"),
        ("How many enterprises in Watford had 10 to 49 employees in 2022?", Decimal(360), None),
        ("According to UK Business Counts, how many enterprises were there in Watford in 2018?", Decimal(4520), None),
    ],
)
def test_the_cell_of_measure_place_and_time(tables: Generation, text: str, value: Decimal, place: str | None) -> None:
    figure = best(tables, text).figure
    assert figure.quantity.value == value
    assert place is None or figure.location.cell == place


def test_a_cell_without_a_figure_is_a_gap_with_its_reason(tables: Generation) -> None:
    found = best(tables, "What is mean annual pay in East Hertfordshire?")
    assert found.gap is not None and "estimates are unreliable" in found.gap


def test_a_cell_knows_its_table_and_what_stands_beside_it_for_the_county_and_the_country(tables: Generation) -> None:
    matcher = TableMatcher(tables)
    figure = best(tables, "What is median annual pay in Watford?").figure
    table = matcher.table_of(figure)
    assert table is not None and table.sheet == "All"
    assert [f.area for f in matcher.beside(figure) or ()] == ["Hertfordshire", "England"]


def released(folder: Path, **files: str) -> Generation:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return generation_of(folder)


@pytest.mark.parametrize("text", [LATEST, IN_YEAR])
def test_of_two_releases_the_later_one_s_cell_comes_with_the_earlier_one_s(tmp_path: Path, text: str) -> None:
    later = HOMES.format(released="Released 20 November 2024", dacorum="655 [r]")
    found = best(released(tmp_path, a_later=later, b_earlier=EARLIER), text)
    assert found.figure.quantity.text == "655"
    assert [(r.figure.quantity.text, r.is_earlier) for r in found.releases] == [("640", True)]


def test_what_the_later_release_withholds_is_said_of_the_earlier_one_s_figure(tmp_path: Path) -> None:
    withheld = (
        HOMES.format(released="Released 20 November 2024", dacorum="[c]") + "[c] = withheld: fewer than 5 sites\n"
    )
    found = TableMatcher(generation := released(tmp_path, a=EARLIER, b=withheld)).matches(
        Parser(generation).parse(IN_YEAR)
    )
    match = next(m for m in found if m.figure.quantity.text == "640")
    assert match.withheld is not None and "fewer than 5 sites" in match.withheld.reason
    assert match.withheld.at.document == "b.csv"


def test_tables_of_residents_and_of_workplaces_are_no_releases_of_each_other(tmp_path: Path) -> None:
    pay = "Median annual pay by {by}, 2025\n{released}\n\nArea,Median annual pay (£)\nDacorum,{pay}\nWatford,30111\n"
    generation = released(
        tmp_path,
        a=pay.format(by="resident", released="Released 1 March 2025", pay=36000),
        b=pay.format(by="workplace", released="Released 1 May 2025", pay=33000),
    )
    found = TableMatcher(generation).matches(Parser(generation).parse("What is median annual pay in Dacorum?"))
    assert {m.figure.quantity.text for m in found if m.figure.area == "Dacorum"} == {"36000", "33000"}
    assert not any(m.releases for m in found)
