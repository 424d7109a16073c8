"""Whether an answer that was given over an earlier state of the corpus still stands, figure by figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answering.answer import AnswerFigure


class Standing(StrEnum):
    """What became of a figure."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure as it was answered then (None: it was not), and as it is answered now (None: it is not)."""

    standing: Standing
    then: AnswerFigure | None
    now: AnswerFigure | None


def changes(then: Sequence[AnswerFigure], now: Sequence[AnswerFigure]) -> list[Change]:
    """Each figure of the earlier answer with what became of it, in its order, and then the figures that are new.

    A figure is known again by its measure, area, unit and kind; of several, the one of the same period is the same figure.
    """
    left = list(now)
    found: dict[int, AnswerFigure] = {}
    for alike in (_same, _of_one_period, _of_one_measure):
        for i, figure in enumerate(then):
            match = _first(left, figure, alike) if i not in found else None
            if match is not None:
                found[i] = match
                left.remove(match)
    told = [_told(figure, found.get(i)) for i, figure in enumerate(then)]
    return [*told, *(Change(Standing.NEW, None, figure) for figure in left)]


def _told(then: AnswerFigure, now: AnswerFigure | None) -> Change:
    if now is None:
        return Change(Standing.GONE, then, None)
    return Change(Standing.SAME if _same(then, now) else Standing.CHANGED, then, now)


def _first(
    figures: Sequence[AnswerFigure], wanted: AnswerFigure, alike: Callable[[AnswerFigure, AnswerFigure], bool]
) -> AnswerFigure | None:
    return next((figure for figure in figures if alike(wanted, figure)), None)


def _of_one_measure(one: AnswerFigure, other: AnswerFigure) -> bool:
    return _key(one) == _key(other)


def _of_one_period(one: AnswerFigure, other: AnswerFigure) -> bool:
    return _of_one_measure(one, other) and one.period == other.period


def _same(one: AnswerFigure, other: AnswerFigure) -> bool:
    said = (one.value, one.upper, one.qualifier) == (other.value, other.upper, other.qualifier)
    return said and (one.value is not None or one.text == other.text) and _of_one_period(one, other)


def _key(figure: AnswerFigure) -> tuple[object, ...]:
    measure = " ".join(figure.measure.casefold().split())
    return measure, figure.area, figure.unit, figure.kind, figure.derived
