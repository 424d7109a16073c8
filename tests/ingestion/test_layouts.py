"""Layouts in which councils and public bodies give their figures: each cell keeps its measure, place, period and unit."""

from pathlib import Path

from tests.workbooks import cells, read, workbook


def told(file: Path) -> list[tuple[object, ...]]:
    """Each figure: its measure, place, period, printed text and unit."""
    return [(c[0], c[1], c[3], c[4], c[6]) for c in cells(read(file)) if len(c) == 8]


def written(folder: Path, text: str) -> Path:
    (folder / "download.csv").write_text(text, encoding="utf-8")
    return folder / "download.csv"


def test_three_header_rows_with_numbers_and_shares_keep_sex_and_age(tmp_path: Path) -> None:
    rows = [
        ["Employment by sex and age, 2023/24 [note 1]"],
        ["Area", "Male [note 2]", None, "Female", None],
        [None, "16 to 24", None, "16 to 24", None],
        [None, "Number", "%", "Number", "%"],
        ["Dacorum", 1000, (0.41, "0%"), 900, (0.39, "0%")],
        ["Watford", 800, (0.4, "0%"), 700, (0.38, "0%")],
    ]  # fmt: skip
    merged = ["B2:C2", "D2:E2", "B3:C3", "D3:E3", "A2:A4"]
    found = told(workbook(tmp_path / "jobs.xlsx", {"T": rows}, {"T": merged}))
    assert found[:4] == [
        ("16 to 24, male, employment", "Dacorum", "2023/24", "1000", "count"),
        ("16 to 24, male, employment", "Dacorum", "2023/24", "41%", "percent"),
        ("16 to 24, female, employment", "Dacorum", "2023/24", "900", "count"),
        ("16 to 24, female, employment", "Dacorum", "2023/24", "39%", "percent"),
    ]


def test_a_row_s_own_multiple_and_a_column_of_remarks(tmp_path: Path) -> None:
    rows = [
        ["Performance report"],
        ["Indicator", "Q1 2024/25", "Q2 2024/25", "Target", "Direction"],
        ["Homes let within 28 days (%)", "71", "74.5", "80", "Up"],
        ["Rent arrears (£000)", 412, 398, 350, "Down"],
        ["Firms with a turnover under £1 million", 4100, 4150, 4200, "Up"],
    ]  # fmt: skip
    found = told(workbook(tmp_path / "report.xlsx", {"Report": rows}))
    assert [(m, p, t, u) for m, _, p, t, u in found][:4] == [
        ("Homes let within 28 days (%), performance report", "Q1 2024/25", "71", "percent"),
        ("Homes let within 28 days (%), performance report", "Q2 2024/25", "74.5", "percent"),
        ("Target, homes let within 28 days (%), performance report", None, "80", "percent"),
        ("Rent arrears (£000), performance report", "Q1 2024/25", "412", "gbp_thousands"),
    ]
    assert not any("million" in str(u) for *_, u in found)


def test_columns_behind_the_value_are_no_labels_where_the_others_tell_rows_apart(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Time period,Value,Lower CI 95.0 limit,Compared to England\n"
        "90366,Life expectancy at birth,E07000096,Dacorum,Male,2020 - 22,80.1,79.5,Better\n"
        "90366,Life expectancy at birth,E07000096,Dacorum,Female,2020 - 22,83.9,83.3,Better\n",
    )
    assert [(m, a, t) for m, a, _, t, _ in told(file)] == [
        ("Life expectancy at birth, male", "Dacorum", "80.1"), ("Life expectancy at birth, female", "Dacorum", "83.9"),
    ]  # fmt: skip


def test_columns_behind_the_value_are_labels_where_nothing_else_tells_rows_apart(tmp_path: Path) -> None:
    file = written(tmp_path, "Area,Value,Sex\nDacorum,41,Male\nDacorum,43,Female\nWatford,39,Male\nWatford,40,Female\n")
    assert [(m, a, t) for m, a, _, t, _ in told(file)][:2] == [("Male", "Dacorum", "41"), ("Female", "Dacorum", "43")]


def test_names_run_together_are_read_as_words_and_prices_are_in_pounds(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "Date,RegionName,AreaCode,AveragePrice,SalesVolume\n01/09/2024,Dacorum,E07000096,451234,155\n"
        "01/10/2024,Dacorum,E07000096,449871,\n",
    )
    assert told(file)[:2] == [
        ("Average price", "Dacorum", "01/09/2024", "451234", "gbp"), ("Sales volume", "Dacorum", "01/09/2024", "155", "count"),
    ]  # fmt: skip


def test_a_part_of_a_place_is_no_place(tmp_path: Path) -> None:
    rows = [
        ["Gross value added, £m"], ["Area", "2021", "2022"],
        ["Dacorum", 4567, 4890], ["of which: services", 3500, 3700], ["Hertfordshire", 40100, 41900],
    ]  # fmt: skip
    found = told(workbook(tmp_path / "gva.xlsx", {"GVA": rows}))
    assert found[2:4] == [
        ("of which: services, gross value added", "Dacorum", "2021", "3500", "gbp_millions"),
        ("of which: services, gross value added", "Dacorum", "2022", "3700", "gbp_millions"),
    ]
    assert found[4][1] == "Hertfordshire"
