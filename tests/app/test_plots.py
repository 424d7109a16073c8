"""Charts as pictures: what is measured, what is ahead and what is uncertain are each drawn, with title and source."""

from dataclasses import replace

import pytest

from answering.ask import Asker
from corpus.figure import Figure, FigureKind
from pages.plots import CAUTION, Plot, bars, cautioned, lines, picture


@pytest.fixture(scope="module")
def births(asker: Asker) -> list[Figure]:
    """Births of enterprises in several places; those of the own place over several years."""
    found = asker.generation.figures_with("births of new enterprises", None, None, 500)
    return [f for f in found if f.area in ("Dacorum", "Watford", "Harlow")]


def drawn(chart: Plot) -> str:
    return picture(chart, "Births of enterprises", "Source: the statistics office.", "svg").decode()


def test_bars_carry_the_figures_as_printed_in_the_order_given(asker: Asker, births: list[Figure]) -> None:
    of_a_year = [f for f in births if f.period == "2024"]
    svg = drawn(bars(of_a_year, "Dacorum", asker.generation, "light"))
    assert all(f">{f.quantity.text}<" in svg for f in of_a_year)
    assert "Births of enterprises" in svg and "Source: the statistics office." in svg


def test_intervals_and_targets_are_drawn_apart(asker: Asker, births: list[Figure]) -> None:
    first, second, *rest = (replace(f, reliability="± 60") for f in births if f.period == "2024")
    mixed = [first, replace(second, kind=FigureKind.TARGET), *rest]
    svg = drawn(bars(mixed, "Dacorum", asker.generation, "light"))
    assert svg.index(f">{first.area}<") < svg.index(f">{second.area} (target)<")
    assert "stroke-dasharray" in svg
    plain = drawn(bars([replace(f, reliability=None) for f in mixed], "Dacorum", asker.generation, "light"))
    assert svg.count("<path") > plain.count("<path") or svg.count("<line") > plain.count("<line")


def test_lines_show_each_period(asker: Asker, births: list[Figure]) -> None:
    own = [f for f in births if f.area == "Dacorum"]
    svg = drawn(lines(own, "Dacorum", asker.generation, "light"))
    assert all(f">{year}<" in svg for year in range(2019, 2025))


def test_a_note_on_some_figures_marks_them_and_one_on_all_marks_none(asker: Asker, births: list[Figure]) -> None:
    same = [replace(f, reliability="Rounded.") for f in births[:3]]
    assert cautioned(same, asker.generation) == frozenset()
    some = [replace(births[0], reliability="Use with caution."), *(replace(f, reliability=None) for f in births[1:3])]
    assert cautioned(some, asker.generation) == {births[0].id}
    assert CAUTION in drawn(bars(some, "Dacorum", asker.generation, "dark"))
