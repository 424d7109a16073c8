"""The questions that a first visitor is offered: made from what the corpus holds, and only those it answers."""

from collections.abc import Iterable, Iterator
from itertools import islice

import streamlit as st

from answering.answer import Status
from answering.ask import Asker
from corpus.commitment import CommitmentKind
from corpus.figure import Figure
from corpus.index import Generation

_LONGEST_MEASURE = 6  # words


@st.cache_data(show_spinner="Opening the sources…", max_entries=3)
def starters(generation: str, _asker: Asker) -> tuple[str, ...]:
    """Up to four questions of different sorts, each of which has been asked and was answered."""
    found = (next(_answered(sort, _asker), None) for sort in _candidates(_asker.generation))
    return tuple(islice((question for question in found if question), 4))


def _answered(questions: Iterable[str], asker: Asker) -> Iterator[str]:
    for question in islice(questions, 8):
        if asker.ask(question).answer.status is Status.ANSWERED:
            yield question


def _candidates(generation: Generation) -> Iterator[Iterable[str]]:
    shares = (f for f in _compared(generation) if f.quantity.unit == "percent")
    amounts = (f for f in _compared(generation) if f.quantity.unit != "percent")
    yield (f"What is the share of {f.measure} in {f.area}?" for f in shares)
    yield (f"What is the {f.measure} in {f.area}?" for f in amounts)
    yield (f"Who leads {c.theme}?" for c in generation.commitments if c.kind is CommitmentKind.LEAD and c.theme)
    yield (f"What are the outputs of {t.heading}?" for t in generation.themes)
    tables = (f for f in generation.figures if f.location.cell and f.reliability is None and f.area)
    yield (f"What is the {f.measure} in {f.area}?" for f in tables)
    yield (f"What does the plan say about {p.location.section[-1]}?" for p in generation.passages if p.location.section)


def _compared(generation: Generation) -> Iterator[Figure]:
    """The corpus's own figures that stand beside another area's, with a measure that reads well in a question."""
    own = generation.own_area
    areas: dict[str, set[str]] = {}
    for f in generation.figures:
        if f.group and f.area:
            areas.setdefault(f.group, set()).add(f.area)
    for f in generation.figures:
        plain = len(f.measure.split()) <= _LONGEST_MEASURE and ":" not in f.measure
        compared = len(areas.get(f.group or "", ())) > 1
        if plain and compared and own and f.area == own.name and f.location.cell is None:
            yield f
