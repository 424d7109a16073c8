"""The figures of a table's row: the column and the label are the measure, whichever names one the place or the period."""

from decimal import Decimal

import pytest

from corpus.areas import Gazetteer
from ingestion.block import TableRow
from ingestion.rows import Slots, cell_slots, holds_figures, is_prose


def slots(column: str, cell: str, label: str = "Residents with NVQ4", caption: str | None = None) -> list[Slots]:
    return cell_slots(TableRow(0, 1, label, None, caption, ()), column, cell, Gazetteer())


def test_each_figure_of_a_row_has_its_own_column_s_place() -> None:
    first, second = (slots(column, cell)[0] for column, cell in (("Watford", "41%"), ("England", "37%")))
    assert (first.measure, first.area) == ("Residents with NVQ4", "Watford")
    assert (second.measure, second.area) == ("Residents with NVQ4", "England")


def test_a_column_of_a_year_gives_the_period() -> None:
    assert [slots(year, "£31,000", "Median pay")[0].period for year in ("2021", "2025")] == ["2021", "2025"]


def test_a_row_s_place_is_the_area_and_no_part_of_the_measure() -> None:
    (figure,) = slots("Population", "97,300", "Watford")
    assert (figure.measure, figure.area) == ("Population", "Watford")


def test_the_caption_s_place_and_year_hold_where_the_row_names_none() -> None:
    (figure,) = slots("Units", "99", "Hill End", "Table 4: Business parks in Watford, 2024")
    assert (figure.measure, figure.area, figure.period) == ("Units (Hill End)", "Watford", "2024")


@pytest.mark.parametrize(
    ("column", "cell", "value", "unit"),
    [
        ("Occupancy, percent", "98.7", "98.7", "percent"), ("Budget (£000)", "125", "125000", "gbp"),
        ("Cost (£m)", "1.5", "1500000.0", "gbp"), ("Size (ha)", "22.68", "22.68", "hectares"),
        ("Floorspace (sq m)", "1,200", "1200", "sq_m"), ("Jobs", "1,200", "1200", "count"),
        ("Duration (months)", "6", "6", "months"), ("Threshold", "of 1,000m² or more", "1000", "sq_m"),
    ],
)  # fmt: skip
def test_the_unit_is_the_cell_s_or_else_the_column_s(column: str, cell: str, value: str, unit: str) -> None:
    (figure,) = slots(column, cell)
    assert (figure.quantity.value, figure.quantity.unit) == (Decimal(value), unit)


def test_a_column_that_names_two_figures_names_each() -> None:
    units, rate = slots("Number of Units (Occupancy Rate, Percent)", "899 (98.8)", "Hill End")
    assert (units.measure, units.quantity.unit) == ("Number of units (Hill End)", "count")
    assert (rate.measure, rate.quantity.unit) == ("Occupancy rate (Hill End)", "percent")


def test_a_rate_is_one_figure() -> None:
    (figure,) = slots("Number of jobs", "1 FTE per 12 sq. m", "Offices")
    assert (figure.quantity.text, figure.quantity.value, figure.quantity.unit) == (
        "1 FTE per 12 sq. m", Decimal(12), "sq_m",
    )  # fmt: skip


@pytest.mark.parametrize(
    "column", ["Ref", "Site ref", "No.", "Page", "Planning application", "Date", "Telephone", "Policy"]
)
def test_numbers_and_names_of_things_are_no_figures(column: str) -> None:
    assert not holds_figures(column)
    assert slots(column, "12") == []


def test_a_text_is_told_from_a_figure_with_its_unit() -> None:
    assert is_prose("By some margin the largest estate, with 899 units close to the trunk road.")
    assert not is_prose("30 or more dwellings")


def test_the_caption_says_what_is_measured_where_the_columns_are_years() -> None:
    (figure,) = slots("2021", "262.3", "Transport", "Table 1: Emissions by sector, Watford (kt CO2e)")
    assert (figure.measure, figure.quantity.unit, figure.period) == ("Emissions (Transport)", "kilotonnes", "2021")
