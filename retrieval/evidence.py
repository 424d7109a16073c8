"""Evidence: what was found for a question, what fits, and what was set aside.

The decision whether the sources answer at all is made here, from slots and coverage, never from a fluent sentence.
"""

import re
from dataclasses import dataclass

import numpy as np
from langchain_core.documents import Document as LangChainDocument

from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.embedder import embedder
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import sentences, words
from corpus.passage import Passage
from corpus.quantity import same_value
from retrieval.match import STOCKS, Fit, Match, Matcher
from retrieval.question import Asks, Question

# A figure answers when its words cover this much of what was asked.
ENOUGH = 0.72
# A figure this far below the best one no longer measures the same thing.
_CLOSE = 0.12
# A sentence answers an open question when it is this near in meaning, or covers this much of its terms.
_NEAR_IN_MEANING = 0.45
_COVERS_TEXT = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of a passage that speaks to an open question; start and end count into the document."""

    passage: Passage
    start: int
    end: int
    text: str
    similarity: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    answers: figures that answer it, the direct one first. same: the same measure said elsewhere in the sources.
    comparators: the same measure for other areas. rejected: figures that came near, best first.
    commitments: what the plan says for a question about a theme. missing: the part of a theme that is not stated.
    """

    question: Question
    answers: tuple[Match, ...] = ()
    same: tuple[Figure, ...] = ()
    comparators: tuple[Figure, ...] = ()
    rejected: tuple[Match, ...] = ()
    themes: tuple[Theme, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    missing: tuple[str, ...] = ()
    sentences: tuple[Found, ...] = ()
    passages: tuple[Passage, ...] = ()


class Finder:
    """Turns a question and the retrieved passages into evidence."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.matcher = Matcher(generation)
        self._passages = {p.id: p for p in generation.passages}

    def find(self, question: Question, retrieved: list[LangChainDocument]) -> Evidence:
        """The evidence for a question."""
        passages = tuple(self._passages[d.metadata["id"]] for d in retrieved)
        if question.asks is Asks.THEMES and self.generation.themes:
            return Evidence(question, themes=self.generation.themes, passages=passages)
        if question.asks in (Asks.LEAD, Asks.SUPPORT, Asks.THEME):
            found = self._commitments(question, passages)
            if found is not None:
                return found
        if question.asks is Asks.DEFINITION and (defined := self._definitions(question)):
            return Evidence(question, sentences=defined, passages=passages)
        matches = self.matcher.matches(question)
        fitting = [m for m in matches if m.slots_fit and m.coverage >= ENOUGH and self._nothing_hard_missing(m)]
        text = self._sentences(question, retrieved) if question.asks is not Asks.FIGURE or not fitting else ()
        if fitting and (question.wants_figure or not text or fitting[0].coverage > 0.85):
            return self._figures(question, fitting, matches, passages)
        only_stocks = bool(question.terms) and all(t.stems in STOCKS for t in question.terms)
        if question.wants_figure or only_stocks:
            text = ()
        rejected = tuple(m for m in matches if m not in fitting)[:3]
        return Evidence(question, rejected=rejected, sentences=text, passages=passages)

    def _nothing_hard_missing(self, match: Match) -> bool:
        """Codes ("NVQ3") and words that no source holds cannot be waived, however well the rest fits."""
        return all(self.matcher.known(t) and not any(c.isdigit() for c in t.text) for t in match.missing)

    def _figures(
        self, question: Question, fitting: list[Match], matches: list[Match], passages: tuple[Passage, ...]
    ) -> Evidence:
        best = fitting[0]
        answers = [best]
        for match in fitting[1:]:
            close = match.score >= best.score - _CLOSE
            if (close or self._also_a_target(match, best)) and self._another(match, answers):
                answers.append(match)
        if len(question.areas) > 1:
            for area in question.areas:
                named = next((m for m in fitting if m.figure.area and self._named(m.figure) == area.key), None)
                if named is not None and named not in answers and self._like(named.figure, best.figure):
                    answers.append(named)
        answers = [best, *(a for a in answers[1:] if self._like(a.figure, best.figure) or self._also_a_target(a, best))]
        shown = {a.figure.id for a in answers}
        comparators = [f for f in self._beside(best.figure) if f.id not in shown]
        same = [
            m.figure
            for m in fitting
            if m.figure.id not in shown
            and self._named(m.figure) == self._named(best.figure)
            and m.figure.quantity.unit == best.figure.quantity.unit
            and m.coverage >= best.coverage - _CLOSE
        ]
        return Evidence(
            question, tuple(answers), tuple(same), tuple(comparators), tuple(matches[:3]), passages=passages
        )

    def _also_a_target(self, match: Match, best: Match) -> bool:
        """"From 11% to 13% over 5 years and 1,100 a year": one commitment sets several targets."""
        both = match.figure.kind is FigureKind.TARGET and best.figure.kind is FigureKind.TARGET
        return both and match.figure.location == best.figure.location and match.coverage >= best.coverage - _CLOSE

    def _another(self, match: Match, answers: list[Match]) -> bool:
        """Whether a match adds a figure: the same value, measure and area said twice is one figure."""
        return not any(
            same_value(match.figure.quantity, a.figure.quantity) and self._named(match.figure) == self._named(a.figure)
            for a in answers
        )

    def _like(self, figure: Figure, other: Figure) -> bool:
        """The same sentence or row set, or a measure of the same words and unit."""
        if figure.group and figure.group == other.group:
            return True
        if figure.location.document == other.location.document and figure.location.start == other.location.start:
            return self._alike(figure, other) > 0.6 or figure.measure == other.measure
        return figure.quantity.unit == other.quantity.unit and self._alike(figure, other) > 0.34

    def _alike(self, figure: Figure, other: Figure) -> float:
        a = {w.stem for w in words(figure.measure)}
        b = {w.stem for w in words(other.measure)}
        return len(a & b) / max(1, min(len(a), len(b)))

    def _named(self, figure: Figure) -> str:
        own = self.generation.own_area
        if figure.area is None:
            return own.key if own else ""
        return self.generation.gazetteer.named(figure.area).key

    def _beside(self, figure: Figure) -> list[Figure]:
        """Figures of other areas that the same passage or table gives for the same measure."""
        found: list[Figure] = []
        areas = {self._named(figure)}
        for other in self.generation.figures:
            if other.location.document != figure.location.document or self._named(other) in areas:
                continue
            if figure.location.cell is None:
                passage_near = abs(other.location.start - figure.location.start) < 600
                near = passage_near and other.location.section == figure.location.section
                likeness = self._alike(figure, other) > 0.6 or other.group == figure.group
                if not (near and likeness and other.quantity.unit[:4] == figure.quantity.unit[:4]):
                    continue
            elif not (other.measure == figure.measure and other.period == figure.period):
                continue
            areas.add(self._named(other))
            found.append(other)
        return found[:3]

    def _commitments(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """Who leads, who supports, and what a theme holds; None where the question is about no theme."""
        theme = question.theme
        if theme is None:
            if (named := self._by_organisation(question)) is not None:
                return named
            if question.theme_number is not None and self.generation.themes:
                return Evidence(question, missing=("theme",), passages=passages)
            return None
        wanted = question.parts
        own = [c for c in self.generation.commitments if c.theme == theme.name and c.location.document == theme.document]
        kept = tuple(c for c in own if not wanted or c.kind in wanted)
        missing = tuple(part for part in theme.missing if not wanted or any(_part_is(part, k) for k in wanted))
        return Evidence(question, themes=(theme,), commitments=kept, missing=missing, passages=passages)

    def _by_organisation(self, question: Question) -> Evidence | None:
        """Which themes an organisation leads or supports; None where the question names none that the plan names."""
        kinds = (CommitmentKind.LEAD, CommitmentKind.SUPPORT)
        roles = [c for c in self.generation.commitments if c.kind in kinds and c.kind in question.parts]
        found: list[Commitment] = []
        for commitment in roles:
            for name in commitment.partners:
                held = self.matcher.words_of(name)
                if question.terms and all(self.matcher.covers(held, t) > 0.5 for t in question.terms):
                    found.append(commitment)
                    break
        return Evidence(question, commitments=tuple(found)) if found else None

    def _definitions(self, question: Question) -> tuple[Found, ...]:
        """Sentences that say what a term is: they open with it, or with what it stands for, and go on "is" or "means"."""
        phrases = [p for t in question.terms for p in (t.stems, *t.alternatives)]
        for passage in sorted(self.generation.passages, key=lambda p: p.kind != "footnote"):
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                verb = re.search(r"\b(?:is|are|means?|refers? to)\b", text)
                opening = self.matcher.words_of(text[: verb.start()]) if verb else None
                if opening and len(opening.weights) <= 8 and any(opening.phrase(p) for p in phrases):
                    if len(opening.weights) <= max(len(p) for p in phrases) + 2:
                        place = passage.location.start
                        end = len(passage.text) if passage.kind == "footnote" else end
                        return (Found(passage, place + start, place + end, text, 1.0, 1.0),)
        return ()

    def _sentences(self, question: Question, retrieved: list[LangChainDocument]) -> tuple[Found, ...]:
        """Sentences of the retrieved passages that speak to an open question, best first."""
        candidates: list[tuple[Passage, int, int, str]] = []
        for document in retrieved:
            passage = self._passages[document.metadata["id"]]
            if passage.kind == "row":
                continue
            for start, end in sentences(passage.text):
                words_of = " ".join(passage.text[start:end].split())
                if len(words_of) > 25:
                    candidates.append((passage, passage.location.start + start, passage.location.start + end, words_of))
        if not candidates or question.unknown_area:
            return ()
        model = embedder(self.generation.embedding_model)
        asked = np.asarray(model.embed_query(question.standalone))
        lead = [f"{c[0].location.section[-1] if c[0].location.section else ''}. {c[3]}" for c in candidates]
        vectors = np.asarray(model.embed_documents(lead))
        found: list[Found] = []
        for (passage, start, end, text), similarity in zip(candidates, vectors @ asked, strict=True):
            coverage = self._covers(question, f"{text} {passage.stem or ''} {' '.join(passage.location.section)}")
            found.append(Found(passage, start, end, text, float(similarity), coverage))
        found.sort(key=lambda f: -(f.similarity + 0.8 * f.coverage))
        best = found[0]
        if best.coverage < _COVERS_TEXT and not (best.similarity > 0.6 and best.coverage > 0.4):
            return ()
        if best.similarity < _NEAR_IN_MEANING * 0.6:
            return ()
        top = best.similarity + 0.8 * best.coverage
        return tuple(f for f in found if f.similarity + 0.8 * f.coverage > top - 0.2)[:3]

    def _covers(self, question: Question, text: str) -> float:
        held = self.matcher.words_of(text)
        total = sum(self.matcher.rarity(t.stems) for t in question.terms)
        covered = sum(self.matcher.rarity(t.stems) * self.matcher.covers(held, t) for t in question.terms)
        return covered / total if total else 0.0


def _part_is(part: str, kind: CommitmentKind) -> bool:
    return part.startswith(kind.value[:6])


__all__ = ["Evidence", "Finder", "Fit", "Found", "Match"]
