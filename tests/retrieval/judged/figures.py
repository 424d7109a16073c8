"""Figures for tests of candidates."""

from corpus.figure import Figure, FigureKind
from corpus.location import Location
from corpus.quantity import read_quantities


def figure(text: str) -> Figure:
    """A figure of a plan as it is printed, of nothing in particular."""
    quantity = read_quantities(text)[0]
    place = Location("plan.md", 0, len(text))
    return Figure(text, quantity, "homes", None, None, FigureKind.BASELINE, place, (0, len(text)), text, text, text)
