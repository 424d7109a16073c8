"""Evidence: the statements kept and rejected for a question, with their probabilities and vetoes.

``Finder.find`` is the table of contents: candidates are judged, each quantity of the best is marked in turn, place and
period choose cells, slots veto, and what is left is decided on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.areas import Area
from corpus.document import Document
from corpus.figure import Figure
from corpus.index import Generation
from corpus.quantity import same_value
from corpus.statement import Statement
from retrieval.judged.cells import CellChooser
from retrieval.judged.judge import Judge, log_shares
from retrieval.judged.kind import Kind
from retrieval.judged.question import Question
from retrieval.judged.signs import Candidate
from retrieval.judged.slots import Slots, Veto

_LOOKED_INTO = 12  # statements whose quantities are held against the question
_SERIES, _SERIES_TRIED = 8, 30  # series that have a cell for what was asked, and how many are looked at for them
_NEAREST = 3
_KEPT_SCORES = 12
_MAY_BE_FIGURE = 0.1  # above this probability that a figure is wanted, words that answer are given with theirs
_AS_WELL = 0.7  # how far below the best score a figure may come and answer about as well
_COPIED = 1.5  # how far below a copy what it was copied from may come
_STANDING = {"table": 1, "transcript": 2}  # of kinds of documents; those of others is 0
_SURELY = 0.8  # how sure it must be that a figure is asked for, to give no words in its place
_NEAR, _WIDE = 2.0, 4.0  # how far below the best a further passage may come to be shown; for a topic or a list
_LONGEST_LIST = 12  # items
_NEAR_BY = 6000  # characters: an item further off is of another list


class Found(StrEnum):
    """What was found: each has one composer."""

    FIGURE = "figure"
    WORDS = "words"
    SIDES = "sides"
    UNAVAILABLE = "unavailable"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with the judge's score; ``figure`` is the quantity of it, or the cell, that was chosen.

    marks: its figures, each with the logarithm of its probability of being the one that is asked for.
    gap: why the cell holds no figure, where it holds none. vetoes: the slots in which it differs from what was asked.
    """

    statement: Statement
    score: float
    figure: Figure | None = None
    gap: str | None = None
    vetoes: tuple[Veto, ...] = ()
    marks: tuple[tuple[Figure, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    kept: what answers, best first. rejected: what came near, best first, with its vetoes. scores: of what
    was not vetoed. judged: all that was judged, figures first. also: what other releases of the table give in the same place.
    """

    question: Question
    found: Found
    kept: tuple[Scored, ...] = ()
    rejected: tuple[Scored, ...] = ()
    scores: tuple[float, ...] = ()
    judged: tuple[Scored, ...] = ()
    also: tuple[Scored, ...] = ()


class Finder:
    """Turns a question and the statements that search found into evidence."""

    def __init__(self, generation: Generation, judge: Judge, slots: Slots | None = None) -> None:
        self.generation = generation
        self.judge = judge
        self.slots = slots or Slots(generation)
        self.cells = CellChooser(generation)

    def find(self, question: Question, candidates: Sequence[Candidate]) -> Evidence:
        """The evidence for a question."""
        scored = self._judged(question, candidates)
        held = self._held(question, scored)
        figures = self._figures(question, held)
        return replace(self._answering(question, held, figures), judged=(*figures, *held))

    # ---- steps -------------------------------------------------------------------------------------------------------

    def _judged(self, question: Question, candidates: Sequence[Candidate]) -> list[Scored]:
        """The candidates with the judge's scores, best first."""
        scores = self.judge.scores(question, candidates)
        scored = [
            Scored(c.statement, score.answers, marks=tuple(zip(c.figures, score.marks, strict=True)))
            for c, score in zip(candidates, scores, strict=True)
        ]
        return sorted(scored, key=lambda s: -s.score)

    def _held(self, question: Question, scored: Sequence[Scored]) -> list[Scored]:
        """Statements of documents with their vetoes; what is vetoed keeps its score."""
        return [
            s if s.statement.series is not None else replace(s, vetoes=self.slots.vetoes(question, s.statement))
            for s in scored
        ]

    def _figures(self, question: Question, held: Sequence[Scored]) -> list[Scored]:
        """The figures of the best statements: of each its quantities, of a series the cell that place and period choose."""
        figures = [s for s in held if s.vetoes][:_NEAREST]
        for s in [s for s in held if s.statement.series is None and not s.vetoes][:_LOOKED_INTO]:
            figures += self._marked(question, s)
        chosen = 0
        for s in [s for s in held if s.statement.series is not None][:_SERIES_TRIED]:
            cells = self._cells(question, s)
            figures += cells
            chosen += any(not c.vetoes for c in cells)
            if chosen == _SERIES:
                break
        return sorted(figures, key=lambda s: -s.score)

    def _marked(self, question: Question, s: Scored) -> list[Scored]:
        """The figures in a statement; the probability of those that are vetoed goes to the others."""
        found: list[Scored] = []
        for figure, _ in s.marks:
            found.append(replace(s, figure=figure, vetoes=self.slots.vetoes(question, s.statement, figure)))
        shares = log_shares([-30.0 if f.vetoes else share for f, (_, share) in zip(found, s.marks, strict=True)])
        return [replace(f, score=s.score + share) for f, share in zip(found, shares, strict=True)]

    def _cells(self, question: Question, s: Scored) -> list[Scored]:
        """The cells of a series for what was asked; the series itself with its veto where it has none."""
        chosen = self.cells.choose(question, s.statement)
        if chosen.veto is not None:
            return [replace(s, vetoes=(chosen.veto,))]
        found: list[Scored] = []
        for cell in chosen.cells:
            unit = self.slots.unit(question, cell.figure)
            found.append(replace(s, figure=cell.figure, gap=cell.gap, vetoes=(unit,) if unit else ()))
        return found

    # ---- decisions ---------------------------------------------------------------------------------------------------

    def _answering(self, question: Question, held: Sequence[Scored], figures: Sequence[Scored]) -> Evidence:
        match question.kind:
            case Kind.FIGURE:
                found = self._figure(question, figures)
                unsure = found.found is Found.NOTHING and question.certain < _SURELY
                return self._words(question, held) if unsure else found
            case Kind.COMPARE | Kind.TREND:
                return self._sides(question, held, figures)
            case _:
                return self._words(question, held)

    def _figure(self, question: Question, figures: Sequence[Scored]) -> Evidence:
        able = self._preferred(question, [f for f in figures if not f.vetoes and f.figure is not None])
        rejected = self._nearest(figures, able[:1])
        scores = tuple(f.score for f in able[:_KEPT_SCORES])
        if not able:
            return Evidence(question, Found.NOTHING, (), self._nearest(figures), scores)
        if able[0].gap is not None:
            return Evidence(question, Found.UNAVAILABLE, (able[0],), rejected, scores)
        others = [f for f in able[1:] if _same_cell(able[0], f) and not _same_value(able[0], f)]
        kept = [able[0], *self._said_as_well(question, able)]
        return Evidence(question, Found.FIGURE, tuple(kept), rejected, scores, also=tuple(others[:1]))

    def _preferred(self, question: Question, able: list[Scored]) -> list[Scored]:
        """What answers about as well, in the order in which councils stand by it: what a source says itself before what was
        copied out of it, a plan's own words before tables, the latest release first. Where no place is asked for, the
        corpus's own counts."""
        if not able:
            return able
        near = [f for f in able if f.score > able[0].score - _AS_WELL]
        itself = next((f for f in able if self._document(f).kind != "transcript"), None)
        if itself is not None and itself.score > able[0].score - _COPIED:
            near = [f for f in able if f.score > itself.score - _AS_WELL]
        first = min(near, key=self._standing)
        own = self.generation.own_area
        if own is not None and not question.areas and first.figure is not None and self._elsewhere(first.figure, own):
            same = [f for f in able if f.figure and f.figure.measure == first.figure.measure]
            first = next((f for f in same if f.figure and not self._elsewhere(f.figure, own)), first)
        releases = [first, *(f for f in able if _same_cell(first, f))]
        latest = max(releases, key=lambda f: self._document(f).date or "")
        return [latest, *(f for f in able if f is not latest)]

    def _elsewhere(self, figure: Figure, own: Area) -> bool:
        return figure.area is not None and self.generation.gazetteer.named(figure.area).key != own.key

    def _standing(self, scored: Scored) -> tuple[int, float]:
        return _STANDING.get(self._document(scored).kind, 0), -scored.score

    def _document(self, scored: Scored) -> Document:
        return self.generation.documents[scored.statement.location.document]

    def _said_as_well(self, question: Question, able: Sequence[Scored]) -> list[Scored]:
        """The figures of other places that the question names, of the same statement."""
        first = able[0]
        if len(question.areas) < 2 or first.figure is None:
            return []
        return [
            s
            for s in able[1:]
            if s.statement.id == first.statement.id and s.figure and s.figure.area != first.figure.area
        ][: len(question.areas) - 1]

    def _sides(self, question: Question, held: Sequence[Scored], figures: Sequence[Scored]) -> Evidence:
        """What is set side by side: cells of one series, or the best statement for each place or period named."""
        able = [f for f in figures if not f.vetoes and f.figure is not None and f.gap is None]
        scores = tuple(f.score for f in able[:_KEPT_SCORES])
        best = able[0] if able else None
        if best is not None and best.statement.series is not None:
            of_one = [f for f in able if f.statement.id == best.statement.id]
            if len(of_one) < 2 and question.kind is Kind.TREND:
                line = self.cells.line(question, best.statement)
                of_one = [replace(best, figure=f) for f in (line[0], line[-1])] if len(line) > 1 else of_one
            if len(of_one) > 1:
                return Evidence(question, Found.SIDES, tuple(of_one[:6]), self._nearest(figures, of_one), scores)
            return Evidence(question, Found.FIGURE, tuple(of_one[:1]), self._nearest(figures, of_one), scores)
        return self._words(question, held)

    def _words(self, question: Question, held: Sequence[Scored]) -> Evidence:
        able = [s for s in held if not s.vetoes and s.statement.series is None]
        scores = tuple(s.score for s in able[:_KEPT_SCORES])
        if not able:
            return Evidence(question, Found.NOTHING, (), self._nearest(held), scores)
        wide = question.kind in (Kind.TOPIC, Kind.LIST)
        most, floor = (6, able[0].score - _WIDE) if wide else (3, able[0].score - _NEAR)
        kept = self._one_each(question, able) if question.kind in (Kind.COMPARE, Kind.TREND) else []
        kept += [s for s in able[:most] if s.score >= floor and s not in kept]
        if question.figure > _MAY_BE_FIGURE:
            kept[0] = self._with_figure(question, kept[0])
        if question.kind is Kind.LIST or able[0].statement.text.rstrip().endswith(":"):
            kept += [s for s in self._listed(able[0]) if s.statement.id not in {k.statement.id for k in kept}]
        return Evidence(question, Found.WORDS, tuple(kept[:_LONGEST_LIST]), self._nearest(held, kept), scores)

    def _with_figure(self, question: Question, best: Scored) -> Scored:
        """A statement with that of its quantities that answers best, for a question that may want a figure."""
        figures = [f for f in self._figures(question, [best]) if f.figure is not None and not f.vetoes]
        return replace(best, figure=figures[0].figure) if figures else best

    def _one_each(self, question: Question, able: Sequence[Scored]) -> list[Scored]:
        """For each place that a comparison names, the best statement about it."""
        found: list[Scored] = []
        for area in question.areas if len(question.areas) > 1 else ():
            own = next((s for s in able if any(a.key == area.key for a in self.slots.areas(s.statement))), None)
            if own is not None and own not in found:
                found.append(own)
        return found

    def _listed(self, best: Scored) -> list[Scored]:
        """The items of the list that a statement opens or stands in, in the source's order."""
        statement = best.statement
        opens = statement.text.rstrip(" :")
        items = [
            s
            for s in self.generation.statements
            if s.location.document == statement.location.document
            and s.kind == "bullet"
            and s.stem is not None
            and (s.stem == statement.stem or s.stem.endswith(opens))
            and abs(s.location.start - statement.location.start) < _NEAR_BY
        ]
        return [Scored(s, best.score) for s in items]

    def _nearest(self, scored: Sequence[Scored], kept: Sequence[Scored] = ()) -> tuple[Scored, ...]:
        """What came near, one a statement, best first."""
        shown = {s.statement.id for s in kept}
        nearest: list[Scored] = []
        for s in scored:
            if s.statement.id not in shown and len(nearest) < _NEAREST:
                nearest.append(s)
                shown.add(s.statement.id)
        return tuple(nearest)


def _same_cell(one: Scored, other: Scored) -> bool:
    a, b = one.figure, other.figure
    return a is not None and b is not None and (a.measure, a.area, a.period) == (b.measure, b.area, b.period)


def _same_value(one: Scored, other: Scored) -> bool:
    return (
        one.figure is not None and other.figure is not None and same_value(one.figure.quantity, other.figure.quantity)
    )
