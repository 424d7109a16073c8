"""Published tables of many layouts become observations: measure, place, period, value, unit and cell."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from corpus.table import figures_of
from ingestion.errors import UnreadableFile
from tests.old_workbook import old_workbook
from tests.workbooks import cells, read, workbook


def figure(found: list[tuple[object, ...]], area: str | None, period: str | None, measure: str) -> tuple[object, ...]:
    """The one figure of a place, a period and a measure that holds these words: text, value, unit, address."""
    fitting = [c for c in found if len(c) == 8 and c[1] == area and c[3] == period and measure in str(c[0])]
    assert len(fitting) == 1, fitting
    return fitting[0][4:]


def test_stacked_year_blocks_with_facts_above_each(tmp_path: Path) -> None:
    block = [
        ["labour survey"],
        ["Crown Copyright Reserved [from Nomis on 24 April 2023]"],
        [],
        ["date", "Jan 2020-Dec 2020"],
        [],
        [
            "Area",
            "T1:1 (Total - All people : Employed )",
            None,
            None,
            "T1:2 (Total - All people : Retired )",
            None,
            None,
        ],
        [None, "number", "Flags", "conf", "number", "Flags", "conf"],
        ["country:England", 100, None, 5, 40, None, 2],
        ["ladu:Dacorum", 12, None, "*", "!", None, "!"],
        [],
        ["! Estimate not available since the sample is too small."],
        ["* Estimate is unreliable."],
        [],
    ]
    later = [row if row[:1] != ["date"] else ["date", "Jan 2021-Dec 2021"] for row in block]
    later = [["ladu:Dacorum", 14, None, "*", 3, None, "*"] if row[:1] == ["ladu:Dacorum"] else row for row in later]
    records = read(workbook(tmp_path / "survey.xlsx", {"Data": [*block, *later]}))
    found = cells(records)
    assert records.tables == 2
    assert records.document.date == "2023-04-24"
    assert figure(found, "Dacorum", "Jan 2020-Dec 2020", "Employed") == ("12", Decimal(12), "count", "Data!B9")
    assert figure(found, "Dacorum", "Jan 2021-Dec 2021", "Retired") == ("3", Decimal(3), "count", "Data!E22")
    gap = next(c for c in found if len(c) == 5)
    assert gap[1:] == ("Dacorum", "Jan 2020-Dec 2020", "!", "Estimate not available since the sample is too small.")
    noted = [f.reliability for t in records.blocks for f in figures_of(t, records.document) if f.area == "Dacorum"]
    assert "Estimate is unreliable." in noted


def test_a_header_in_wrapped_lines_with_a_key_beside_the_table(tmp_path: Path) -> None:
    file = tmp_path / "pay.csv"
    file.write_bytes(
        (
            '"Table 8.7a   Annual pay - Gross (£) - For all jobsa: United Kingdom, 2025",,,,,,,,,\n,,,,,,,,,\n'
            ",,Number,,Annual,,,,,\n,,of jobsb,,percentage,Percentiles,,,,\n"
            "Description,Code,(thousand),Median,change,10,90,,,\n"
            'England,E92000001,"20,472","33,080",3.9,"11,440","70,943",,Key,Robustness\n'
            '  Dacorum,E07000096,54,"36,473",-2.1,"11,773",x,,, x = CV > 20%\n'
            "  Watford,E07000103,0,x,,x,..,,, .. = disclosive\n"
            "a  Employees on adult rates.,,,,,,,,,\nb  Numbers of jobs are for indicative purposes.,,,,,,,,,\n"
            '"Source: Annual Survey of Hours and Earnings.",,,,,,,,,\n'
        ).encode("cp1252")
    )
    records = read(file)
    found = cells(records)
    assert figure(found, "Dacorum", "2025", "Number of jobs") == ("54", Decimal(54), "thousands", "line 7, column 3")
    assert figure(found, "Dacorum", "2025", "Median") == ("36,473", Decimal(36473), "gbp", "line 7, column 4")
    assert figure(found, "Dacorum", "2025", "percentage change") == (
        "-2.1",
        Decimal("-2.1"),
        "percent",
        "line 7, column 5",
    )
    assert figure(found, "England", "2025", "90th percentile")[1] == Decimal(70943)
    assert figure(found, "Watford", "2025", "Number of jobs")[1] == 0
    assert {c[3:] for c in found if len(c) == 5} == {("x", "CV > 20%."), ("..", "disclosive.")}
    assert records.blocks[0].population == "Employees on adult rates"


def test_merged_headings_stand_for_all_their_columns(tmp_path: Path) -> None:
    rows = [
        ["Table 3: Dwellings by tenure, 2021 and 2022"],
        ["This worksheet contains one table"],
        ["Units: Number"],
        ["Code", "Area", 2021, None, 2022, None],
        [None, None, "Owned", "Rented", "Owned", "Rented"],
        ["E07000096 ", "Dacorum", 10, 20, 30, 40],
        ["E07000103 ", "Watford", 1, 2, 3, 4],
    ]
    file = workbook(tmp_path / "tenure.xlsx", {"Table 3": rows}, {"Table 3": ["C4:D4", "E4:F4"]})
    found = cells(read(file))
    assert figure(found, "Dacorum", "2022", "Rented") == ("40", Decimal(40), "count", "Table 3!F6")
    assert figure(found, "Watford", "2021", "Owned") == ("1", Decimal(1), "count", "Table 3!C7")


def test_codes_without_names_and_percentages_as_they_are_shown(tmp_path: Path) -> None:
    rows = [
        ["Employment rate by local authority"],
        ["Area code", "2022", "2023"],
        ["E07000096", (0.8134, "0.0%"), (0.79, "0%")],
        ["E92000001", (0.7512, "0.0%"), "[x]"],
        [],
        ["[x] = not available because of a change of method"],
    ]
    found = cells(read(workbook(tmp_path / "rates.xlsx", {"1": rows})))
    assert figure(found, "Dacorum", "2022", "") == ("81.3%", Decimal("81.3"), "percent", "1!B3")
    assert figure(found, "Dacorum", "2023", "")[0] == "79%"
    assert [c[3:] for c in found if len(c) == 5] == [("[x]", "not available because of a change of method.")]


def test_long_files_with_codes_beside_names(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text(
        "v4_0,calendar-years,Time,administrative-geography,Geography,sex,Sex\n"
        "42,2022,2022,E07000096,Dacorum,all,All\n21,2022,2022,E07000096,Dacorum,male,Male\n"
        "43,2023,2023,E07000096,Dacorum,all,All\n99,2022,2022,E07000103,Watford,all,All\n",
        encoding="utf-8",
    )
    found = cells(read(file))
    assert [c[1:6] for c in found] == [
        ("Dacorum", "district", "2022", "42", Decimal(42)),
        ("Dacorum", "district", "2022", "21", Decimal(21)),
        ("Dacorum", "district", "2023", "43", Decimal(43)),
        ("Watford", "district", "2022", "99", Decimal(99)),
    ]
    assert "Male" in str(found[1][0])


def test_rows_under_a_year_and_a_constituency(tmp_path: Path) -> None:
    rows = [
        ["Claimants by parliamentary constituency"],
        ["Constituency", "Claimants", "Claimants as a proportion of residents (%)"],
        ["2022"],
        ["Watford", 1500, 3.1],
        ["2023"],
        ["Watford", 1600, 3.3],
    ]
    found = cells(read(workbook(tmp_path / "claimants.xlsx", {"Sheet1": rows})))
    assert [c[1:4] for c in found] == [("Watford", "constituency", y) for y in ("2022", "2022", "2023", "2023")]
    assert found[3][4:7] == ("3.3", Decimal("3.3"), "percent")


def test_a_formula_gives_its_stored_value_and_a_sheet_without_figures_is_no_table(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "notes.xlsx", {"Notes": [["Note"], ["A birth is a business that was not there before."]]}
    )
    with pytest.raises(UnreadableFile, match="holds no table"):
        read(file)


def test_a_file_named_like_a_workbook_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "page.xlsx"
    file.write_text("<html></html>")
    with pytest.raises(UnreadableFile, match="is none"):
        read(file)


def test_a_table_in_millions_keeps_its_multiple_and_its_printed_value(tmp_path: Path) -> None:
    rows = [
        ["Gross value added by local authority in the UK, current prices, £ million"],
        ["LAD code", "LA name", "SIC07 description", "2020", "2021[p]"],
        ["E07000096", "Dacorum", "All industries", 4567, 4890],
        ["E07000096", "Dacorum", "Construction", 300, 310],
    ]
    found = cells(read(workbook(tmp_path / "gva.xlsx", {"Table1": rows})))
    assert figure(found, "Dacorum", "2021", "All industries") == ("4890", Decimal(4890), "gbp_millions", "Table1!E3")
    assert figure(found, "Dacorum", "2020", "Construction")[1:3] == (Decimal(300), "gbp_millions")


def test_two_tables_on_a_sheet_keep_their_own_titles(tmp_path: Path) -> None:
    rows = [
        ["Table 1: Homes completed"], [], ["Area", "2022/23", "2023/24"], ["Dacorum", 500, 600], ["Watford", 200, 300], [],
        ["Table 2: Homes started"], [], ["Area", "2022/23", "2023/24"], ["Dacorum", 50, 60], ["Watford", 20, 30], [],
        ["Source: council returns"],
    ]  # fmt: skip
    records = read(workbook(tmp_path / "homes.xlsx", {"Data": rows}))
    assert [t.name for t in records.blocks] == ["Homes completed", "Homes started"]
    assert figure(cells(records), "Dacorum", "2023/24", "Homes started")[0] == "60"


def test_places_across_and_years_down(tmp_path: Path) -> None:
    rows = [
        ["Unemployment rate (%)"],
        ["Year", "Dacorum", "England"],
        [2020, 3.1, 4.5],
        [2021, "*", 4.6],
        [],
        ["* sample too small for a reliable estimate"],
    ]
    found = cells(read(workbook(tmp_path / "rate.xlsx", {"Sheet1": rows})))
    assert figure(found, "England", "2021", "Unemployment rate")[:3] == ("4.6", Decimal("4.6"), "percent")
    assert [c[1:] for c in found if len(c) == 5] == [
        ("Dacorum", "2021", "*", "sample too small for a reliable estimate.")
    ]


def test_a_tidy_download_reads_its_unit_from_the_measure_and_its_year_run_together(tmp_path: Path) -> None:
    file = tmp_path / "download.csv"
    file.write_text(
        "time_period,time_identifier,la_name,new_la_code,characteristic,measure_name,obs_value\n"
        "202223,Academic year,Hertfordshire,E10000015,Total,Pupils,13000\n"
        "202223,Academic year,Hertfordshire,E10000015,Total,Pupils as a percentage of all,12.5\n",
        encoding="utf-8",
    )
    found = cells(read(file))
    assert [c[1:7] for c in found] == [
        ("Hertfordshire", "county", "2022/23", "13000", Decimal(13000), "count"),
        ("Hertfordshire", "county", "2022/23", "12.5", Decimal("12.5"), "percent"),
    ]


def test_a_row_of_units_below_stacked_headings_is_each_column_s_own(tmp_path: Path) -> None:
    rows = [
        ["Jobs and earnings by district"], [],
        [None, None, "Jobs", None, "Gross weekly pay"],
        ["Code", "District", "Male", "Female", "Median"],
        [None, None, "thousands", "thousands", "£"],
        ["E07000096", "Dacorum", 24.1, 22.8, 641.2], ["E07000103", "Watford", 18.0, 17.2, "x"],
    ]  # fmt: skip
    records = read(workbook(tmp_path / "jobs.xlsx", {"Jobs": rows}, {"Jobs": ["C3:D3"]}))
    units = [(c.measure, c.unit, c.scale) for c in records.blocks[0].columns]
    assert units == [
        ("Male; Jobs", "count", "thousand"), ("Female; Jobs", "count", "thousand"), ("Median; Gross weekly pay", "gbp", None),
    ]  # fmt: skip


def test_single_years_of_age_are_ages_and_a_column_of_kinds_of_place_is_no_place(tmp_path: Path) -> None:
    rows = [
        ["Mid-2023 population estimates by single year of age"], [],
        ["Code", "Name", "Geography", "All ages", 0, 1, 2, "90+"],
        ["E07000999", "Wendlebury", "Non-metropolitan District", 104500, 1102, 1130, 1155, 910],
        ["E07000998", "Osterby", "Non-metropolitan District", 80200, 801, 815, 830, 700],
    ]  # fmt: skip
    (table,) = read(workbook(tmp_path / "ages.xlsx", {"MYE": rows})).blocks
    assert [c.measure for c in table.columns] == ["All ages", "aged 0", "aged 1", "aged 2", "aged 90 and over"]
    assert table.rows.areas == ("Wendlebury", "Osterby") and table.name == "population estimates"


def test_what_a_sheet_hides_is_left_out_and_said(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "hidden.xlsx",
        {"Homes": [["Area", "2022", "2023"], ["Dacorum", 10, 11], ["Watford", 20, 21], ["Hertsmere", 30, 31]]},
    )
    book = openpyxl.load_workbook(file)
    book["Homes"].row_dimensions[3].hidden = True
    book["Homes"].column_dimensions["C"].hidden = True
    book.save(file)
    records = read(file)
    assert [f.quantity.text for f in figures_of(records.blocks[0], records.document)] == ["10", "30"]
    assert records.document.warnings == (
        "A hidden row of the sheet 'Homes' was left out.", "A hidden column of the sheet 'Homes' was left out.",
    )  # fmt: skip
    book["Homes"].auto_filter.ref = "A1:C4"
    book["Homes"].column_dimensions["C"].hidden = False
    book.save(file)
    assert read(file).blocks[0].figures == 6  # rows that a filter hides are shown again with a click


def test_formulas_without_stored_values_are_said(tmp_path: Path) -> None:
    rows = [["Area", "2022", "2023"], ["Dacorum", 10, "=B2+1"], ["Watford", 20, "=B3+1"]]
    warnings = read(workbook(tmp_path / "sums.xlsx", {"Homes": rows})).document.warnings
    assert any("2 cells hold formulas without a stored value" in w for w in warnings)


HOMES = [
    ["Homes by district"], [], ["Area", "Homes", "Share"], ["Dacorum", 1200, (0.412, "0.0%")],
    ["Watford", 830, (0.3, "0.0%")], ["Hertsmere", 410, (0.288, "0.0%")],
]  # fmt: skip


def told(file: Path) -> list[tuple[str, str | None, str | None]]:
    """Each figure as printed, with its place and its cell."""
    records = read(file)
    return [(f.quantity.text, f.area, f.location.cell) for t in records.blocks for f in figures_of(t, records.document)]


def test_a_workbook_of_the_old_format_is_read_like_one_of_the_new(tmp_path: Path) -> None:
    shown = [
        ("1200", "Dacorum", "Homes!B4"), ("41.2%", "Dacorum", "Homes!C4"),
        ("830", "Watford", "Homes!B5"), ("30.0%", "Watford", "Homes!C5"),
        ("410", "Hertsmere", "Homes!B6"), ("28.8%", "Hertsmere", "Homes!C6"),
    ]  # fmt: skip
    assert told(workbook(tmp_path / "homes.xlsx", {"Homes": HOMES})) == shown
    assert told(old_workbook(tmp_path / "homes.xls", {"Homes": HOMES})) == shown


def test_what_a_sheet_of_the_old_format_hides_is_left_out_and_said(tmp_path: Path) -> None:
    draft = [["Area", "Homes"], ["Dacorum", 9], ["Watford", 8]]
    file = old_workbook(
        tmp_path / "homes.xls", {"Homes": HOMES, "Draft": draft},
        hidden_rows={"Homes": [4]}, hidden_columns={"Homes": [1]}, hidden_sheets=["Draft"],
    )  # fmt: skip
    assert told(file) == [("41.2%", "Dacorum", "Homes!C4"), ("28.8%", "Hertsmere", "Homes!C6")]
    assert read(file).document.warnings == (
        "A hidden row of the sheet 'Homes' was left out.",
        "A hidden column of the sheet 'Homes' was left out.",
        "The hidden sheet 'Draft' was left out.",
    )
    filtered = old_workbook(tmp_path / "few.xls", {"Homes": HOMES}, hidden_rows={"Homes": [4]}, filtered=["Homes"])
    assert len(told(filtered)) == 6  # rows that a filter hides are shown again with a click
