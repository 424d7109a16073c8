"""Tidy tables: one figure a row, with its cell; what is not published is no figure."""

from decimal import Decimal

import pytest

from corpus.areas import Gazetteer
from corpus.figure import Figure
from corpus.passage import Passage
from corpus.settings import BUILT_IN_CORPUS
from ingestion.errors import UnreadableFile
from ingestion.table import decode, read_table

HEADER = "measure,area,value,unit,period,kind,note\n"


def read(text: str) -> tuple[list[Passage], list[Figure], list[str]]:
    return read_table("t.csv", "0" * 64, text, Gazetteer())


def test_a_row_is_a_figure_with_every_slot() -> None:
    text = HEADER + 'enterprises,Watford,"4,815",count,2022,comparator,Rounded.\n'
    (passage,), (figure,), warnings = read(text)
    assert (figure.quantity.value, figure.quantity.unit) == (Decimal(4815), "count")
    assert (figure.measure, figure.area, figure.period, figure.kind.value) == (
        "enterprises",
        "Watford",
        "2022",
        "comparator",
    )
    assert figure.reliability == "Rounded."
    assert figure.location.cell == "line 2, column 3"
    assert figure.quote == "enterprises | Watford | 2022 | 4,815"
    assert text[figure.at[0] : figure.at[1]] == "4,815"
    assert text[passage.location.start : passage.location.end].startswith("enterprises,Watford")
    assert warnings == []


@pytest.mark.parametrize("value", ["!", "*", "#", "x", ":", "-", ".", "..", "~", "[c]", "[x]", "n/a", "N/A"])
def test_a_suppressed_value_is_no_figure_and_no_fault(value: str) -> None:
    passages, figures, warnings = read(HEADER + f"enterprises,Watford,{value},count,2022,,\n")
    assert (len(passages), figures, warnings) == (1, [], [])


def test_a_value_that_cannot_be_read_is_reported_with_its_cell() -> None:
    _, figures, warnings = read(HEADER + "enterprises,Watford,see note,count,2022,,\n")
    assert figures == []
    assert warnings == ["The value 'see note' in line 2, column 3 could not be read."]


@pytest.mark.parametrize(
    ("value", "unit", "number", "read_as"),
    [
        ("12.1%", "percent", "12.1", "percent"), ("12.1", "%", "12.1", "percent"), ('"£36,473"', "gbp", "36473", "gbp"),
        ("36473", "£", "36473", "gbp"), ("-1.8", "percent", "-1.8", "percent"), ("−1.8", "percent", "-1.8", "percent"),
        ("415", "", "415", "count"), ("0", "count", "0", "count"),
    ],
)  # fmt: skip
def test_the_unit_is_the_cells_own_or_the_columns(value: str, unit: str, number: str, read_as: str) -> None:
    _, (figure,), _ = read(HEADER + f"m,Watford,{value},{unit},2022,,\n")
    assert (figure.quantity.value, figure.quantity.unit) == (Decimal(number), read_as)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = HEADER + 'a,Watford,1,count,2022,,"two\nlines"\n\nb,Watford,2,count,2022,,\n'
    _, (first, second), _ = read(text)
    assert first.location.cell == "line 2, column 3"
    assert second.location.cell == "line 5, column 3"
    assert text[second.at[0] : second.at[1]] == "2"


def test_a_value_that_also_stands_in_its_label_is_marked_in_its_own_cell() -> None:
    text = "measure,area,value,unit,period\nenterprises with 10 to 49 staff,Watford,10,count,2022\n"
    _, (figure,), _ = read(text)
    assert text[figure.at[0] - 1 : figure.at[1] + 1] == ",10,"


def test_a_group_of_people_is_kept_beside_the_measure_unless_the_measure_names_it() -> None:
    header = "measure,area,value,unit,period,population\n"
    _, (part, named), _ = read(
        header + "pay,Watford,1,gbp,2022,part-time\npay of all employees,Watford,2,gbp,2022,all employees\n"
    )
    assert (part.measure, part.population) == ("pay", "part-time")
    assert (named.measure, named.population) == ("pay of all employees", None)


def test_a_value_below_a_break_in_its_own_row_is_on_the_line_below() -> None:
    text = 'note,measure,value\n"two\nlines",m,7\n'
    _, (figure,), _ = read(text)
    assert figure.location.cell == "line 3, column 3"
    assert text[figure.at[0] : figure.at[1]] == "7"


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ('"a ""1,200"" b","1,200"', "1,200"), ('"1,200 or more", "1200" ', '"1200"'), ("1200, 1200 ", "1200"),
        ('m,"over ""100"""', 'over ""100""'),
    ],
)  # fmt: skip
def test_the_figure_is_marked_in_its_own_cell_whatever_the_quotation_marks(row: str, shown: str) -> None:
    text = f"measure,value\n{row}\n"
    _, (figure,), _ = read(text)
    assert text[figure.at[0] : figure.at[1]] == shown
    assert figure.at[0] > text.index(",", text.index("\n")) or "," in row.split('"')[1]
    assert figure.at[1] > len(text) - 5 - row.count('"')


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_row(end: str) -> None:
    _, (first, second), _ = read(end.join(["measure,value", "a,1", "b,2"]))
    assert [f.location.cell for f in (first, second)] == ["line 2, column 2", "line 3, column 2"]


def test_rows_of_one_measure_and_period_share_a_group() -> None:
    rows = "m,Watford,1,count,2022,,\nm,Dacorum,2,count,2022,,\nm,Dacorum,3,count,2021,,\n"
    _, figures, _ = read(HEADER + rows)
    assert figures[0].group == figures[1].group != figures[2].group


def test_published_column_names_are_known() -> None:
    _, (figure,), _ = read("indicator,local authority,obs_value,unit of measure,year\nm,Watford,7,count,2022\n")
    assert (figure.measure, figure.area, figure.period, figure.quantity.value) == ("m", "Watford", "2022", Decimal(7))


def test_a_file_without_a_header_is_said_to_need_one() -> None:
    with pytest.raises(UnreadableFile, match="'measure' and 'value'"):
        read("enterprises,Watford,4815\nenterprises,Dacorum,8105\n")


def test_an_empty_file_is_said_to_be_empty() -> None:
    with pytest.raises(UnreadableFile, match="is empty"):
        read("")


def test_the_windows_encoding_of_spreadsheets_is_read() -> None:
    text = HEADER + "pay,Watford,£36,gbp,2022,,median – all\n"
    assert decode(text.encode("cp1252")) == text
    assert decode(b"\xef\xbb\xbf" + text.encode("utf-8")) == text


@pytest.mark.parametrize("name", sorted(p.name for p in (BUILT_IN_CORPUS / "indicators").glob("*.csv")))
def test_every_table_of_the_corpus_is_read_without_a_doubt(name: str) -> None:
    text = decode((BUILT_IN_CORPUS / "indicators" / name).read_bytes())
    passages, figures, warnings = read_table(name, "0" * 64, text, Gazetteer())
    assert warnings == []
    assert len(figures) > 50
    lines = text.splitlines()
    for f in figures:
        assert f.location.cell is not None
        line = int(f.location.cell.split(",")[0].removeprefix("line "))
        assert f.quantity.text in lines[line - 1]
        assert f.quote.split(" | ")[-1] == text[f.at[0] : f.at[1]]
    assert len(passages) >= len(figures)
