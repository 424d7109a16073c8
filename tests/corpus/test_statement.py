"""What a source says in one place: sentences, bullets, rows, and series of published tables."""

from corpus.document import Document
from corpus.location import Location
from corpus.passage import Passage, RowCell
from corpus.records import Records
from corpus.statement import Series, place_of, statements_of
from corpus.table import Column, Rows, Table

TEXT = "Homes rose by 4% in 2023. This was\nless than in Anyshire (6%)."
PATH = "plan.md"


def records(*passages: Passage, text: str = TEXT, blocks: tuple[Table, ...] = ()) -> Records:
    return Records(Document(PATH, "Exampleton Plan", text, "0"), passages=passages, blocks=blocks)


def paragraph(text: str = TEXT) -> Passage:
    return Passage("p1", text, Location(PATH, 0, len(text), 2, ("1. Housing", "Growth")))


def test_a_sentence_is_a_statement_with_its_headings_title_and_page() -> None:
    first, second = statements_of(records(paragraph()))
    assert first.text == "Homes rose by 4% in 2023."
    assert (first.title, first.headings, first.location.page) == ("Exampleton Plan", ("1. Housing", "Growth"), 2)
    assert TEXT[second.location.start : second.location.end] == "This was\nless than in Anyshire (6%)."


def test_white_space_is_evened_out_in_the_text_and_not_in_the_place() -> None:
    passage = paragraph()
    second = list(statements_of(records(passage)))[1]
    assert second.text == "This was less than in Anyshire (6%)."
    at = second.text.index("6%")
    start, end = place_of(second, passage, at, at + 2)
    assert TEXT[start:end] == "6%"


def test_a_sentence_that_points_back_carries_the_one_before() -> None:
    first, second = statements_of(records(paragraph()))
    assert first.before is None
    assert second.before == "Homes rose by 4% in 2023."
    assert "Homes rose" in second.context


def test_a_row_is_one_statement_with_its_cells_behind_their_columns() -> None:
    text = "Hill End\t1,204\t31%"
    cells = (RowCell(0, 8, "Ward", label=True), RowCell(9, 14, "Homes"), RowCell(15, 18, "Share"))
    row = Passage(
        "r1", text, Location(PATH, 0, len(text)), "table", "Table 2 Homes by ward", None, cells, "Hill End", 1
    )
    (statement,) = statements_of(records(row, text=text))
    assert (statement.kind, statement.text) == ("row", "Hill End | Homes: 1,204 | Share: 31%")
    at = statement.text.index("1,204")
    assert place_of(statement, row, at, at + 5) == (9, 14)


def table(labels: tuple[str, ...], areas: tuple[str, ...], columns: tuple[Column, ...]) -> Table:
    count = len(areas)
    rows = Rows(tuple(range(2, 2 + count)), (0,) * count, (0,) * count, areas=areas, labels=labels)
    return Table("t1", PATH, "Sheet", 0, 0, ("Table 1: Homes by tenure",), "homes by tenure", columns, rows, (0,))


def test_a_series_has_no_place_and_no_period() -> None:
    columns = (
        Column(1, ("2020", "Owned"), "Owned", period="2020"),
        Column(2, ("2021", "Owned"), "Owned", period="2021"),
    )
    (found,) = statements_of(records(blocks=(table((), ("Adur", "Arun"), columns),)))
    assert found.series is not None and found.series.columns == (0, 1)
    assert "Owned" in found.text and "2021" not in found.text and "Adur" not in found.whole


def series(labels: tuple[str, ...], areas: tuple[str, ...]) -> list[Series]:
    blocks = (table(labels, areas, (Column(1, ("Count",), "Count"),)),)
    return [s.series for s in statements_of(records(blocks=blocks)) if s.series is not None]


def test_each_label_of_the_rows_is_a_series_of_its_own() -> None:
    assert [s.rows for s in series(("Men", "Women", "Men"), ("Adur", "Adur", "Arun"))] == [(0, 2), (1,)]


def test_a_label_that_goes_with_its_place_makes_no_series() -> None:
    assert [s.rows for s in series(("E1", "E2", "E3"), ("Adur", "Arun", "Crawley"))] == [None]


def test_ids_are_unique_where_a_file_repeats_itself() -> None:
    same = paragraph()
    ids = [s.id for s in statements_of(records(same, same))]
    assert len(ids) == len(set(ids)) == 4
