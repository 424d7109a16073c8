"""What search found, as the judge takes it: each statement with its figures and what search says of it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.quantity import Quantity
from corpus.statement import Statement, place_of, quantities_of
from retrieval.judged.signs import Candidate
from retrieval.judged.slots import Slots

_BASE = re.compile(r"\b(?:per|(?:for|in|of) every)\s+$", re.IGNORECASE)  # "71 per 100,000": a rate's base is no figure
Placed = tuple[Figure, tuple[int, int]]  # a figure, and its place in the text of its statement


class Candidates:
    """Makes candidates of one state of the corpus; the figures of a statement are read once."""

    def __init__(self, generation: Generation, slots: Slots) -> None:
        self.generation = generation
        self._slots = slots
        self._held: dict[str, list[Placed]] = {}
        self._known: dict[str, dict[int, Figure]] = {}

    def of(self, found: Mapping[str, Any]) -> Candidate:
        """A candidate of what search says of a statement (the metadata in ``retrieval/search.py``)."""
        statement = self._statements[found["id"]]
        ranks = {name: found[name] for name in ("cosine", "words", "by_meaning", "by_words", "fused")}
        if statement.id not in self._held:
            self._held[statement.id] = self._figures(statement)
        held = self._held[statement.id]
        return Candidate(statement, figures=tuple(f for f, _ in held), places=tuple(p for _, p in held), **ranks)

    def _figures(self, statement: Statement) -> list[Placed]:
        """The figures of a statement of a document; a series has none of its own."""
        if statement.series is not None:
            return []
        if statement.location.cell is not None:
            return self._copied(statement)
        passage = self._passages[statement.passage or ""]
        found: list[Placed] = []
        for quantity in quantities_of(statement, passage):
            if _BASE.search(statement.text[: quantity.start]):
                continue
            at = place_of(statement, passage, quantity.start, quantity.end)
            known = self._known_in(statement.location.document).get(at[0])
            found.append((known or self._unknown(statement, quantity, at), (quantity.start, quantity.end)))
        return found

    def _copied(self, statement: Statement) -> list[Placed]:
        """The figures of a row that was copied out of a document."""
        place = (statement.location.document, statement.location.cell)
        found: list[Placed] = []
        for figure in self._by_cell.get(place, ()):
            at = statement.text.find(figure.quantity.text)
            if at >= 0:
                found.append((figure, (at, at + len(figure.quantity.text))))
        return found

    def _unknown(self, statement: Statement, quantity: Quantity, at: tuple[int, int]) -> Figure:
        """A quantity that ingestion made no figure of, with its statement for a measure."""
        document = self.generation.documents[statement.location.document]
        own = self._slots.areas(statement)
        return Figure(
            id=f"{statement.id}:{quantity.start}",
            quantity=replace(quantity, text=document.text[slice(*at)]),
            measure=statement.text,
            area=own[0].name if len(own) == 1 else None,
            period=None,
            kind=FigureKind.BASELINE,
            location=statement.location,
            at=at,
            quote=document.text[statement.location.start : statement.location.end],
            clause=statement.text,
            sentence=statement.text,
        )

    def _known_in(self, document: str) -> dict[int, Figure]:
        if document not in self._known:
            self._known[document] = {
                f.at[0]: f for f in self.generation.figures_in(document) if f.location.cell is None
            }
        return self._known[document]

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {s.id: s for s in self.generation.statements}

    @cached_property
    def _passages(self) -> dict[str, Any]:
        return {p.id: p for p in self.generation.passages}

    @cached_property
    def _by_cell(self) -> dict[tuple[str, str | None], list[Figure]]:
        found: defaultdict[tuple[str, str | None], list[Figure]] = defaultdict(list)
        for path, document in self.generation.documents.items():
            if document.kind == "transcript":
                for figure in self.generation.figures_in(path):
                    found[path, figure.location.cell].append(figure)
        return found
