"""A table's row inside a document: the first cell is the measure, a column's name the place or the period."""

from corpus.areas import Gazetteer
from corpus.quantity import read_quantities
from ingestion.rows import row_slots


def test_each_figure_of_a_row_has_its_own_column_s_place() -> None:
    text = "Residents with NVQ4 | Watford: 41% | England: 37%"
    first, second = (row_slots(text, q, Gazetteer()) for q in read_quantities(text))
    assert first is not None and second is not None
    assert (first.measure, first.area) == ("Residents with NVQ4", "Watford")
    assert (second.measure, second.area) == ("Residents with NVQ4", "England")


def test_a_column_of_a_year_gives_the_period() -> None:
    text = "Median pay | 2021: £31,000 | 2025: £36,473"
    slots = [row_slots(text, q, Gazetteer()) for q in read_quantities(text)]
    assert [s.period for s in slots if s] == ["2021", "2025"]


def test_a_sentence_is_no_row() -> None:
    text = "41% of residents have NVQ4."
    assert row_slots(text, read_quantities(text)[0], Gazetteer()) is None
