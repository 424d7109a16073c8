"""Tables side by side on a sheet keep each its own title, year, labels and figures."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.workbooks import cells, read, workbook


def told(file: Path) -> set[tuple[Any, ...]]:
    """Every figure: what it measures, of where and when, as printed, and its cell."""
    return {(c[0], c[1], c[3], c[4], c[7]) for c in cells(read(file)) if len(c) == 8}


LEFT_AND_RIGHT = [
    ["Table 1: Homes completed, 2023/24", None, None, "Table 2: Homes started, 2024/25"],
    [],
    ["Area", "Homes", None, "Area", "Homes"],
    ["Dacorum", 610, None, "Dacorum", 720],
    ["Watford", 305, None, "Watford", 411],
]


def test_each_of_two_tables_keeps_its_title_and_its_year(tmp_path: Path) -> None:
    assert told(workbook(tmp_path / "homes.xlsx", {"Data": LEFT_AND_RIGHT})) == {
        ("Homes, homes completed", "Dacorum", "2023/24", "610", "Data!B4"),
        ("Homes, homes completed", "Watford", "2023/24", "305", "Data!B5"),
        ("Homes, homes started", "Dacorum", "2024/25", "720", "Data!E4"),
        ("Homes, homes started", "Watford", "2024/25", "411", "Data!E5"),
    }


def test_the_same_in_a_csv_file(tmp_path: Path) -> None:
    file = tmp_path / "homes.csv"
    lines = (",".join(f'"{c}"' if c is not None else "" for c in row) for row in LEFT_AND_RIGHT)
    file.write_text("\n".join(lines), encoding="utf-8")
    found = told(file)
    assert ("Homes, homes completed", "Dacorum", "2023/24", "610", "line 4, column 2") in found
    assert ("Homes, homes started", "Watford", "2024/25", "411", "line 5, column 5") in found


@pytest.mark.parametrize("merged", [[], ["A1:H1"]])
def test_a_title_over_both_belongs_to_both_and_so_do_the_notes_below(tmp_path: Path, merged: list[str]) -> None:
    rows = [
        ["Empty homes by district, 31 March 2024"],
        ["Table 1: Long-term empty homes", None, None, None, "Table 2: Second homes"],
        ["District", "Number", "Rate (%)", None, "District", "Number", "Rate (%)"],
        ["Dacorum", 512, 0.8, None, "Dacorum", 214, 0.3],
        ["Watford", "[c]", 0.7, None, "Watford", 180, "[c]"],
        ["Hertsmere", 400, 0.9, None, "Hertsmere", 150, 0.2],
        [],
        ["Source: council tax base"],
        ["[c] withheld so that no household can be recognised"],
    ]
    records = read(workbook(tmp_path / "empty.xlsx", {"Empty": rows}, {"Empty": merged}))
    assert [t.name for t in records.blocks] == [
        "Long-term empty homes; Empty homes", "Second homes; Empty homes",
    ]  # fmt: skip
    found = cells(records)
    assert {c[3] for c in found if len(c) == 8} == {"31 March 2024"}
    gaps = [c for c in found if len(c) == 5]
    assert [(c[1], c[4]) for c in gaps] == [("Watford", "withheld so that no household can be recognised.")] * 2
    assert [t.source for t in records.blocks] == ["council tax base"] * 2


def test_tables_of_unlike_height_that_begin_on_unlike_rows(tmp_path: Path) -> None:
    rows = [
        ["Jobs by sector, 2022", None, None, None],
        ["Sector", "Jobs", None, None],
        ["Construction", 4100, None, "Unemployment, 2024"],
        ["Retail", 5200, None, "Age", "Claimants"],
        ["Health", 6300, None, "Under 25", 310],
        [None, None, None, "25 to 49", 890],
        [None, None, None, "50 and over", 402],
    ]
    assert told(workbook(tmp_path / "jobs.xlsx", {"Dashboard": rows})) == {
        ("Jobs, construction, jobs by sector", None, "2022", "4100", "Dashboard!B3"),
        ("Jobs, retail, jobs by sector", None, "2022", "5200", "Dashboard!B4"),
        ("Jobs, health, jobs by sector", None, "2022", "6300", "Dashboard!B5"),
        ("Claimants, under 25, unemployment", None, "2024", "310", "Dashboard!E5"),
        ("Claimants, 25 to 49, unemployment", None, "2024", "890", "Dashboard!E6"),
        ("Claimants, 50 and over, unemployment", None, "2024", "402", "Dashboard!E7"),
    }


def test_three_tables_in_a_row(tmp_path: Path) -> None:
    years = ("2021", "2022", "2023")
    rows: list[list[Any]] = [
        [c for y in years for c in (f"Recycling rate, {y}", None, None)],
        [c for _ in years for c in ("Council", "Rate (%)", None)],
        *([c for n, _ in enumerate(years) for c in (name, base + n, None)] for name, base in (("Dacorum", 40), ("Watford", 30))),
    ]  # fmt: skip
    found = told(workbook(tmp_path / "recycling.xlsx", {"Rates": rows}))
    assert {(area, period, text) for _, area, period, text, _ in found} == {
        (area, period, str(base + n))
        for area, base in (("Dacorum", 40), ("Watford", 30))
        for n, period in enumerate(years)
    }


def test_tables_with_nothing_between_are_told_by_the_header_that_begins_again(tmp_path: Path) -> None:
    rows = [
        ["Homes and jobs, 2023"], ["Area", "Homes", "Area", "Jobs"],
        ["Dacorum", 610, "Hertsmere", 51000], ["Watford", 305, "Dacorum", 64000],
    ]  # fmt: skip
    found = told(workbook(tmp_path / "two.xlsx", {"Data": rows}))
    assert {(m.split(",")[0], area, period, text) for m, area, period, text, _ in found} == {
        ("Homes", "Dacorum", "2023", "610"), ("Homes", "Watford", "2023", "305"),
        ("Jobs", "Hertsmere", "2023", "51000"), ("Jobs", "Dacorum", "2023", "64000"),
    }  # fmt: skip


def test_a_column_left_blank_for_the_eye_parts_no_table(tmp_path: Path) -> None:
    rows = [
        ["Dwellings by tenure"],
        ["Area", "2022", None, "2023", None, "Change", "Status"],
        ["Dacorum", 10, None, 12, None, 2, "up"],
        ["Watford", 20, None, 19, None, -1, "down"],
        ["Hertsmere", 5, None, 6, None, 1, "up"],
    ]
    records = read(workbook(tmp_path / "spaced.xlsx", {"Tenure": rows}))
    assert records.tables == 1
    assert [c[5] for c in cells(records) if c[1] == "Watford"] == [Decimal(20), Decimal(19), Decimal(-1)]


def test_a_key_beside_a_table_is_no_table(tmp_path: Path) -> None:
    rows = [
        ["Pay by area, 2024"],
        ["Area", "Median pay (£)", None, "Key", "Meaning"],
        ["Dacorum", 33000, None, "x", "not reliable"],
        ["Watford", "x", None, "..", "disclosive"],
        ["Hertsmere", 35000, None, "-", "nil"],
    ]
    records = read(workbook(tmp_path / "key.xlsx", {"Pay": rows}))
    found = cells(records)
    assert [(c[1], c[3], *c[4:5]) for c in found if len(c) == 5] == [("Watford", "x", "not reliable.")]
    assert [(c[1], c[4]) for c in found if len(c) == 8] == [("Dacorum", "33000"), ("Hertsmere", "35000")]


def test_a_sheet_that_begins_in_its_second_column_keeps_its_title(tmp_path: Path) -> None:
    rows = [[None, "Homes built, 2023"], [None, "Area", "Homes"], [None, "Dacorum", 61], [None, "Watford", 35]]
    found = told(workbook(tmp_path / "second.xlsx", {"Built": rows}))
    assert ("Homes, homes built", "Dacorum", "2023", "61", "Built!C3") in found
