"""The questions that a first visitor is offered, by who asks and by theme: made from what the corpus holds, and only those
that it answers."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice

import streamlit as st

from answering.answer import Status
from answering.ask import Asker
from corpus.commitment import Theme
from corpus.figure import Figure, FigureKind
from corpus.index import Generation

MOST = 4  # questions offered at once
_TRIED = 8  # candidates of one sort that are asked before the sort is given up
_LONGEST_MEASURE = 6  # words


class Role(StrEnum):
    """Who asks."""

    COUNCILLOR = "Councillors"
    OFFICER = "Officers"
    PARTNER = "Partners"


Sort = Iterable[str]  # candidates for one question, the likeliest first


@st.cache_data(show_spinner="Opening the sources…", max_entries=60)
def starters(generation: str, _asker: Asker, role: Role, theme: str | None) -> tuple[str, ...]:
    """Up to four questions of different sorts for a role, each of which has been asked and was answered.

    theme: the heading of the theme that they are about; None: whatever the corpus holds.
    """
    chosen = next((t for t in _asker.generation.themes if t.heading == theme), None)
    sorts = _on_theme(chosen, _asker.generation, role) if chosen else _on_all(_asker.generation, role)
    found: list[str] = []
    for sort in sorts:
        question = next(_answered((q for q in sort if q not in found), _asker), None)
        if question is not None:
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _answered(questions: Iterable[str], asker: Asker) -> Iterator[str]:
    for question in islice(questions, _TRIED):
        if asker.ask(question).answer.status is Status.ANSWERED:
            yield question


def _on_all(generation: Generation, role: Role) -> Iterator[Sort]:
    shares = (f"What is the share of {f.measure} in {f.area}?" for f in _compared(generation, "percent"))
    amounts = (f"What is the {f.measure} in {f.area}?" for f in _compared(generation, None))
    leads = (f"Who leads {t.heading}?" for t in generation.themes)
    outputs = (f"What are the outputs of {t.heading}?" for t in generation.themes)
    published = [_published(generation, path) for path, d in generation.documents.items() if d.kind == "table"]
    sections = [p.location.section[-1] for p in generation.passages if p.location.section]
    said = (f"What does the plan say about {name}?" for name in dict.fromkeys(sections))
    own: dict[Role, tuple[Sort, ...]] = {
        Role.COUNCILLOR: (shares, amounts, leads, _targets(generation, None), outputs),
        Role.OFFICER: (*published[:2], _targets(generation, None), outputs, amounts, shares),
        Role.PARTNER: (
            (f"Who supports {t.heading}?" for t in generation.themes),
            (f"What are the activities of {t.heading}?" for t in generation.themes),
            (f"What are the outcomes of {t.heading}?" for t in generation.themes),
            shares,
            amounts,
        ),
    }
    yield from own[role]
    yield from published
    yield said
    yield said


def _on_theme(theme: Theme, generation: Generation, role: Role) -> Iterator[Sort]:
    """What a role would ask first of one theme."""
    name = theme.heading
    parts: dict[str, Sort] = {
        "lead": [f"Who leads {name}?"],
        "support": [f"Who supports {name}?"],
        "target": _targets(generation, theme),
        "activities": [f"What are the activities of {name}?"],
        "outputs": [f"What are the outputs of {name}?"],
        "outcomes": [f"What are the outcomes of {name}?"],
        "issue": [f"What is the issue of {name}?"],
    }
    first = {
        Role.COUNCILLOR: ("lead", "outcomes", "target", "issue"),
        Role.OFFICER: ("target", "outputs", "activities", "outcomes"),
        Role.PARTNER: ("support", "activities", "lead", "outputs"),
    }[role]
    for part in dict.fromkeys((*first, *parts)):
        yield parts[part]


def _targets(generation: Generation, theme: Theme | None) -> Iterator[str]:
    """Targets whose measure reads well in a question, of one theme or of any."""
    of_theme = {
        i for c in generation.commitments for i in c.figures
        if theme is not None and (c.theme_number, c.theme) == (theme.number, theme.name)
    }  # fmt: skip
    for f in generation.figures:
        reads_well = len(f.measure.split()) <= _LONGEST_MEASURE and ":" not in f.measure
        if f.kind is FigureKind.TARGET and reads_well and (theme is None or f.id in of_theme):
            yield f"What is the target for {f.measure}?"


def _published(generation: Generation, path: str) -> Iterator[str]:
    """The figures of a published table for the corpus's own area."""
    own = generation.own_area
    for f in generation.figures_with("", own.name, path, _TRIED) if own else ():
        if f.location.cell:
            where = f"{f.area}{f', {f.period}' if f.period else ''}"
            counted = f.quantity.unit == "count"
            measure = _running(f.measure).removeprefix("number of ")
            yield f"How many {measure} are there in {where}?" if counted else f"What is the {measure} in {where}?"


def _running(measure: str) -> str:
    """A measure as it stands in a sentence: a header's capital goes, an abbreviation keeps its own."""
    return measure[:1].lower() + measure[1:] if measure[1:2].islower() else measure


def _compared(generation: Generation, unit: str | None) -> Iterator[Figure]:
    """The corpus's own figures that stand beside another area's, with a measure that reads well in a question.

    unit: "percent" for shares; None for amounts, which are in any other.
    """
    own = generation.own_area
    areas: dict[str, set[str]] = {}
    for f in generation.figures:
        if f.group and f.area:
            areas.setdefault(f.group, set()).add(f.area)
    for f in generation.figures:
        plain = len(f.measure.split()) <= _LONGEST_MEASURE and ":" not in f.measure
        compared = len(areas.get(f.group or "", ())) > 1
        asked = (f.quantity.unit == "percent") == (unit == "percent")
        if plain and compared and asked and own and f.area == own.name and f.location.cell is None:
            yield f
