"""Which labels belong to which figure, in the layouts in which councils and departments publish."""

from pathlib import Path

from tests.workbooks import Rows, cells, read, workbook


def table(tmp_path: Path, rows: Rows, merged: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    return cells(read(workbook(tmp_path / "t.xlsx", {"T": rows}, {"T": merged})))


def test_a_header_that_blank_lines_part_from_its_rows_and_regions_that_head_them(tmp_path: Path) -> None:
    rows = [
        ["Journeys per head by authority"], [], ["Code", "Authority", "2019/20", "2020/21"], [],
        ["E12000006", "East of England"], ["E06000032", "Luton", 70.5, 20.1], ["E06000031", "Peterborough", 50.5, 19.2],
        ["E06000034", "Thurrock", 40.2, 15.5], [],
        ["E12000008", "South East"], ["E06000036", "Bracknell Forest", 12.1, 5.5], ["E06000038", "Reading", 130.2, 60.3],
    ]  # fmt: skip
    records = read(workbook(tmp_path / "bus.xlsx", {"T": rows}))
    (one,) = records.blocks
    assert one.rows.areas == ("Luton", "Peterborough", "Thurrock", "Bracknell Forest", "Reading")
    assert one.rows.within == ("East of England", "East of England", "East of England", "South East", "South East")
    assert [c.period for c in one.columns] == ["2019/20", "2020/21"]


def test_bands_under_one_head_keep_their_names(tmp_path: Path) -> None:
    rows = [
        ["Dwellings by council tax band"], ["Code", "Ward", "Council tax band", None, None, "All"],
        [None, None, "A", "B", "C", None], ["E05009336", "Vassall", 1, 2, 3, 6], ["E05009337", "Oval", 4, 5, 6, 15],
    ]  # fmt: skip
    found = table(tmp_path, rows, ("C2:E2",))
    assert [(c[0], c[1], c[2], c[4]) for c in found[:3]] == [
        (f"{band}, council tax band, dwellings by council tax band", "Vassall", "ward", number)
        for band, number in (("A", "1"), ("B", "2"), ("C", "3"))
    ]


def test_a_year_merged_over_its_parts_and_percentages_beside_numbers(tmp_path: Path) -> None:
    rows = [
        ["Pupils by need"], ["Area", 2021, None, None, 2022, None, None],
        [None, "Boys", "%", "Girls", "Boys", "%", "Girls"],
        ["Dacorum", 10, (0.4, "0%"), 15, 12, (0.5, "0%"), 12], ["Watford", 1, (0.5, "0%"), 1, 2, (0.5, "0%"), 2],
    ]  # fmt: skip
    (one,) = read(workbook(tmp_path / "t.xlsx", {"T": rows}, {"T": ("B2:D2", "E2:G2")})).blocks
    assert [(c.period, c.measure, c.unit) for c in one.columns][:3] == [
        ("2021", "Boys", None), ("2021", "Boys", "percent"), ("2021", "Girls", None),
    ]  # fmt: skip
    assert one.columns[3].period == "2022"


def test_quarters_have_their_years(tmp_path: Path) -> None:
    rows = [["Year", "Quarter", "Income (£000)"], ["2021/22", "Q1", 5], [None, "Q2", 6], ["2022/23", "Q1", 7]]
    found = table(tmp_path, rows)
    assert [(c[3], c[4], c[6]) for c in found] == [
        ("Q1 2021/22", "5", "gbp_thousands"), ("Q2 2021/22", "6", "gbp_thousands"), ("Q1 2022/23", "7", "gbp_thousands"),
    ]  # fmt: skip


def test_years_then_quarters_written_with_a_stroke(tmp_path: Path) -> None:
    rows = [
        ["Year", "Quarter", "Homes", "Flats"],
        [2021, None, 9, 4],
        [2022, None, 8, 3],
        [None, "2022/1", 2, 1],
        [None, "2022/2", 3, 1],
    ]
    assert [c[3] for c in table(tmp_path, rows)][::2] == ["2021", "2022", "2022 Q1", "2022 Q2"]


def test_wards_name_their_council_and_totals_are_no_places(tmp_path: Path) -> None:
    rows = [
        ["Local authority", "Ward", "Electorate"], ["Osterby Council", "Mill", 100], ["Osterby Council", "Quay", 200],
        ["Wendle Council", "Mill", 150], [None, "Grand total", 450],
    ]  # fmt: skip
    (one,) = read(workbook(tmp_path / "t.xlsx", {"T": rows})).blocks
    assert one.rows.areas == ("Mill", "Quay", "Mill", None)
    assert one.rows.within[:3] == ("Osterby Council", "Osterby Council", "Wendle Council")
    assert one.rows.labels[3] == "Grand total"


def test_the_scale_in_the_head_of_the_labels(tmp_path: Path) -> None:
    rows = [["Turnover by sector"], ["Turnover (£ thousand)", "2021", "2022"], ["Wind", 500, 700], ["Water", 300, 200]]
    assert {c[6] for c in table(tmp_path, rows)} == {"gbp_thousands"}


def test_note_numbers_that_touch_their_words(tmp_path: Path) -> None:
    rows = [
        ["Households"], ["Group", "Domestic abuse4", "Men 18-347", "Total1,4"], ["Owed a duty", 5, 6, 7], ["Others", 1, 2, 3],
        ["1 - Rounded to ten."], ["4 - Domestic abuse of any kind."], ["7 - Men alone."],
    ]  # fmt: skip
    (one,) = read(workbook(tmp_path / "t.xlsx", {"T": rows})).blocks
    assert [c.measure for c in one.columns] == ["Domestic abuse", "Men 18-34", "Total"]


def test_a_list_of_things_is_named_by_what_tells_them_apart(tmp_path: Path) -> None:
    rows = [
        ["Reference", "Publisher", "Name", "Street", "Tenure", "Use", "Size"],
        ["A001", "Osterby", "Mill Hall", "Mill Lane", "Freehold", "Hall", 120],
        ["A002", "Osterby", "Quay Depot", "Quay Road", "Leasehold", "Depot", 300],
        ["A003", "Osterby", "Green Pavilion", "Mill Lane", "Freehold", "Hall", 80],
        ["A004", "Osterby", "Old Library", "High Street", "Freehold", "Library", 210],
    ]  # fmt: skip
    (one,) = read(workbook(tmp_path / "t.xlsx", {"T": rows})).blocks
    assert one.rows.labels == ("Mill Hall", "Quay Depot", "Green Pavilion", "Old Library")
    assert [c.labels[-1] for c in one.words] == ["Reference", "Publisher", "Street", "Tenure", "Use"]


def test_header_rows_that_repeat_the_heads_of_the_labels(tmp_path: Path) -> None:
    file = tmp_path / "download.csv"
    file.write_text(
        "area label,area,Rates collected,Rates collected\narea label,area,3404,3404\narea label,area,GBP (000),GBP (000)\n"
        "area label,area,2010/11 Q1,2010/11 Q2\nLuton,E06000032,16,11\nReading,E06000038,31,28\n"
        "Thurrock,E06000034,5,6\nBrighton and Hove,E06000043,7,8\n",
        encoding="utf-8",
    )
    (one,) = read(file).blocks
    assert one.rows.areas == ("Luton", "Reading", "Thurrock", "Brighton and Hove")
    assert [(c.unit, c.scale, c.period) for c in one.columns] == [
        ("gbp", "thousand", "2010/11 Q1"), ("gbp", "thousand", "2010/11 Q2"),
    ]  # fmt: skip


def test_notes_below_a_table_are_passages(tmp_path: Path) -> None:
    rows = [
        ["Area", "Homes"],
        ["Dacorum", 1],
        ["Watford", 2],
        [],
        ["A home is a set of rooms with its own front door."],
    ]
    records = read(workbook(tmp_path / "t.xlsx", {"T": rows}))
    assert "A home is a set of rooms with its own front door." in [p.text for p in records.passages]
