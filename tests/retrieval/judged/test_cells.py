"""Place and period choose the cell of a published table."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.index import Generation
from corpus.records import Records
from corpus.statement import statements_of
from corpus.table import Column, Rows, Table
from retrieval.judged.cells import CellChooser, Chosen
from retrieval.judged.question import Reader

LINES = ("Area\t2020\t2021", "England\t100\t110", "Adur\t10\t11", "Hill End Ward\t1\t[c]")
TEXT = "\n".join(LINES)


@pytest.fixture(scope="module")
def generation() -> Generation:
    starts = [sum(len(line) + 1 for line in LINES[:n]) for n in range(len(LINES))]
    rows = Rows(
        (2, 3, 4), tuple(starts[1:]), tuple(s + len(line) for s, line in zip(starts[1:], LINES[1:], strict=True)),
        areas=("England", "Adur", "Hill End Ward"),
    )  # fmt: skip
    columns = (Column(1, ("2020",), "", period="2020"), Column(2, ("2021",), "", period="2021"))
    table = Table(
        "t", "homes.xlsx", "Homes", 0, len(LINES[0]), ("Homes completed",), "homes completed", columns, rows, (0,),
        unit="count", marks=(("[c]", "confidential"),),
    )  # fmt: skip
    document = Document("homes.xlsx", "Homes", TEXT, "0", kind="table")
    return Generation("g", Path(), "none", (Records(document, blocks=(table,)),))


def chosen(generation: Generation, question: str) -> Chosen:
    (series,) = [s for r in generation.records for s in statements_of(r) if s.series]
    return CellChooser(generation).choose(Reader(generation).read(question), series)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("How many homes were completed in Adur in 2020?", ["Homes!B3"]),
        ("How many homes were completed in Adur?", ["Homes!C3"]),
        ("How many homes were completed?", ["Homes!C2"]),
        ("homes hill end 2020", ["Homes!B4"]),
        ("How did homes in Adur change between 2020 and 2021?", ["Homes!B3", "Homes!C3"]),
        ("How do Adur and England compare on homes completed in 2021?", ["Homes!C3", "Homes!C2"]),
    ],
)
def test_the_cell_for_place_and_period(generation: Generation, question: str, places: list[str]) -> None:
    assert [c.figure.location.cell for c in chosen(generation, question).cells] == places


def test_a_mark_in_place_of_a_figure_is_a_gap_with_its_reason(generation: Generation) -> None:
    (cell,) = chosen(generation, "How many homes in Hill End in 2021?").cells
    assert (cell.gap, cell.figure.quantity.text) == ("confidential", "[c]")


@pytest.mark.parametrize(
    ("question", "slot"),
    [
        ("How many homes were completed in Zedburgh in 2020?", "area"),
        ("How many homes were completed in Adur in 2015?", "period"),
    ],
)
def test_a_table_that_differs_vetoes(generation: Generation, question: str, slot: str) -> None:
    found = chosen(generation, question)
    assert found.cells == () and found.veto is not None and found.veto.slot == slot
