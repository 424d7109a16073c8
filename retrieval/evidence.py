"""Evidence: what was found for a question, what fits, and what was set aside.

The decision whether the sources answer at all is made here, from slots and coverage, never from a fluent sentence.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
from langchain_core.documents import Document as LangChainDocument

from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.document import Document
from corpus.embedder import embedder
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import sentences, stem, words
from corpus.passage import Passage
from corpus.period import Period, read_periods
from corpus.quantity import same_value
from corpus.thesaurus import Term
from retrieval.match import STOCKS, Fit, Match, Matcher, head_noun, is_doing
from retrieval.question import Asks, Question
from retrieval.wording import Compares

# A figure answers when its words cover this much of what was asked,
ENOUGH = 0.72
# or this much when its sentence is also this near in meaning (cosine).
ENOUGH_IF_NEAR = 0.5
NEAR = 0.62
# A figure this far below the best one no longer measures the same thing.
_CLOSE = 0.12
# A sentence answers an open question when it covers this much of its terms.
_COVERS_TEXT = 0.62


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
class Dated:
    """Words of a source that say when: the sentence and the period in it; start and end count into the document."""

    passage: Passage
    start: int
    end: int
    period: Period
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    answers: figures that answer it, the direct one first. same: the same measure said elsewhere in the sources.
    comparators: the same measure for other areas. operands: figures to be compared or worked with, in the order asked.
    rejected: figures that came near, best first. commitments: what the plan says for a question about a theme.
    dated: what the source says of when. unclear: the questions that a question without a subject could mean.
    missing: parts of the themes that are not stated. listed: the items of the list that a sentence opens.
    """

    question: Question
    answers: tuple[Match, ...] = ()
    same: tuple[Figure, ...] = ()
    comparators: tuple[Figure, ...] = ()
    operands: tuple[Match, ...] = ()
    rejected: tuple[Match, ...] = ()
    themes: tuple[Theme, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    missing: tuple[str, ...] = ()
    sentences: tuple[Found, ...] = ()
    listed: tuple[Passage, ...] = ()
    dated: tuple[Dated, ...] = ()
    unclear: tuple[str, ...] = ()
    document: Document | None = None
    passages: tuple[Passage, ...] = ()


class Finder:
    """Turns a question and the retrieved passages into evidence."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.matcher = Matcher(generation)
        self._passages = {p.id: p for p in generation.passages}
        self._place = {p.id: i for i, p in enumerate(generation.passages)}
        self._vectors: dict[str, np.ndarray] = {}

    def find(self, question: Question, retrieved: list[LangChainDocument]) -> Evidence:
        """The evidence for a question."""
        passages = tuple(self._passages[d.metadata["id"]] for d in retrieved)
        special = self._special(question, passages)
        if special is not None:
            return special
        matches = self.matcher.matches(question)
        fitting = self._fitting(question, matches)
        if question.compares is not None and (operands := self._operands(question, fitting)):
            return Evidence(question, operands=operands, rejected=tuple(matches[:3]), passages=passages)
        if question.asks is Asks.WHEN and (dated := self._dated(question, fitting)):
            return Evidence(question, dated=dated, rejected=tuple(matches[:3]), passages=passages)
        if self._asks_nothing(question):
            return Evidence(question, unclear=self._could_mean(question), passages=passages)
        if question.stated and not question.terms and (valued := self._of_value(question)):
            return Evidence(question, answers=valued, passages=passages)
        if fitting and question.wants_figure:
            return self._figures(question, fitting, matches, passages)
        if fitting and _is_keywords(question.standalone) and fitting[0].coverage > 0.85:
            return self._figures(question, fitting, matches, passages)
        found = () if self._needs_figure(question) else self._sentences(question, retrieved)
        if fitting and not question.several and (not found or fitting[0].coverage >= found[0].coverage - 0.05):
            return self._figures(question, fitting, matches, passages)
        listed = self._list(question, found)
        rejected = tuple(m for m in matches if m not in fitting)[:3]
        return Evidence(question, rejected=rejected, sentences=found, listed=listed, passages=passages)

    def _special(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """Questions that are not about a passage: the document itself, the themes, who does what, what a term means."""
        if question.asks is Asks.DOCUMENT:
            document = next((d for d in self.generation.documents.values() if not d.is_table), None)
            return Evidence(question, document=document, passages=passages) if document else None
        if question.asks is Asks.THEMES and self.generation.themes:
            counted = [m for m in self.matcher.matches(replace(question, terms=(_THEMES_TERM,))) if m.coverage == 1.0]
            return Evidence(question, answers=tuple(counted[:1]), themes=self.generation.themes, passages=passages)
        if question.asks in (Asks.LEAD, Asks.SUPPORT, Asks.THEME):
            found = self._commitments(question, passages)
            if found is not None:
                return found
        if question.asks is Asks.DEFINITION and (defined := self._definitions(question)):
            return Evidence(question, sentences=defined, passages=passages)
        return None

    def _needs_figure(self, question: Question) -> bool:
        only_stocks = bool(question.terms) and all(t.stems in STOCKS for t in question.terms)
        return question.wants_figure or only_stocks

    def _fitting(self, question: Question, matches: list[Match]) -> list[Match]:
        """Figures whose measure, area and period are those asked for, best first."""
        possible = [
            m
            for m in matches
            if m.slots_fit and self._nothing_hard_missing(question, m) and self._is_the_thing(question, m)
        ]
        sure = [m for m in possible if m.coverage >= ENOUGH]
        if sure:
            return sure
        near = [m for m in possible if m.coverage >= ENOUGH_IF_NEAR and m.unit is not Fit.WRONG][:6]
        if not near:
            return []
        similar = self._similarity(question.standalone, [_said(m.figure) for m in near])
        return [m for m, s in zip(near, similar, strict=True) if s >= NEAR]

    def _is_the_thing(self, question: Question, match: Match) -> bool:
        """A question of one word is about that thing itself: "how many businesses" is not answered by "business areas"."""
        if len(question.terms) != 1 or question.theme is not None:
            return True
        if match.precision < 0.3:
            return False
        counted = "count" in question.units and match.figure.quantity.unit == "count"
        term = question.terms[0]
        heads = {phrase[-1] for phrase in (term.stems, *term.alternatives)}
        return not counted or stem(head_noun(match.figure.measure)) in heads

    def _similarity(self, question: str, texts: list[str]) -> list[float]:
        """Cosine of the question with each text; vectors of texts are kept."""
        model = embedder(self.generation.embedding_model)
        new = [t for t in dict.fromkeys(texts) if t not in self._vectors]
        if len(self._vectors) > 20_000:
            self._vectors.clear()
            new = list(dict.fromkeys(texts))
        if new:
            for text, vector in zip(new, model.embed_documents(new), strict=True):
                self._vectors[text] = np.asarray(vector, dtype=np.float32)
        asked = np.asarray(model.embed_query(question), dtype=np.float32)
        return [float(self._vectors[t] @ asked) for t in texts]

    def _nothing_hard_missing(self, question: Question, match: Match) -> bool:
        """What cannot be waived, however well the rest fits: codes ("NVQ3"), words that no source holds, and a word
        right before the thing measured, which narrows it ("affordable homes")."""
        head = _head_asked(question)
        for term in match.missing:
            proper = term.text[0].isupper() and term.start > 0
            if not self.matcher.known(term) or any(c.isdigit() for c in term.text) or proper:
                return False
            if term == head or re.match(
                r"\s+(?:rate|ratio|quotient)\b", question.standalone[term.end :], re.IGNORECASE
            ):
                return False
            following = next((t for t in question.terms if 0 <= t.start - term.end <= 1), None)
            narrows = following is not None and following not in match.missing and not is_doing(term)
            if narrows and following is not None and self.matcher.in_measure(match.figure, following):
                return False
        return True

    def _figures(
        self, question: Question, fitting: list[Match], matches: list[Match], passages: tuple[Passage, ...]
    ) -> Evidence:
        if not question.periods:
            fitting = self._latest(fitting)
        best = fitting[0]
        answers = [best]
        for match in fitting[1:]:
            close = match.score >= best.score - _CLOSE and (bool(question.areas) or self.matcher.is_own(match.figure))
            if (close or self._also_a_target(match, best)) and self._another(match, answers):
                answers.append(match)
        for area in question.areas if len(question.areas) > 1 else ():
            named = next((m for m in fitting if m.figure.area and self._named(m.figure) == area.key), None)
            if named is not None and named not in answers:
                answers.append(named)
        kept = [a for a in answers[1:] if self._like(a.figure, best.figure) or self._also_a_target(a, best)]
        answers = [best, *kept]
        shown = {a.figure.id for a in answers}
        comparators = [f for f in self.beside(best.figure) if f.id not in shown]
        same = [
            m.figure
            for m in fitting
            if m.figure.id not in shown
            and self._named(m.figure) == self._named(best.figure)
            and m.figure.quantity.unit == best.figure.quantity.unit
            and m.coverage >= best.coverage - _CLOSE
        ]
        return Evidence(
            question, tuple(answers), tuple(same), tuple(comparators), (), tuple(matches[:3]), passages=passages
        )

    def _latest(self, fitting: list[Match]) -> list[Match]:
        """Of one measure for one area over several periods, only the latest, where no period was asked for."""
        newest: dict[tuple[str, str, str], int] = {}
        for match in fitting:
            key = (match.figure.location.document, match.figure.measure, self._named(match.figure))
            newest[key] = max(newest.get(key, 0), _year(match.figure))
        return [
            m
            for m in fitting
            if m.figure.location.cell is None
            or _year(m.figure) == newest[(m.figure.location.document, m.figure.measure, self._named(m.figure))]
        ]

    def _dated(self, question: Question, fitting: list[Match]) -> tuple[Dated, ...]:
        """The period that the best figure's sentence states, or the best bullet or sentence about a thing that is dated."""
        for match in fitting:
            figure = match.figure
            passage = self._holding(figure)
            if passage is None or not figure.period or figure.location.cell is not None:
                continue
            at = figure.quote.find(figure.period)
            periods = read_periods(figure.period)
            if at >= 0 and periods:
                start = figure.location.start + at
                return (
                    Dated(
                        passage,
                        figure.location.start,
                        figure.location.end,
                        periods[0],
                        (start, start + len(figure.period)),
                    ),
                )
        best: tuple[float, Dated] | None = None
        for passage in self.generation.passages:
            if passage.kind in ("row", "footnote"):
                continue
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                periods = [
                    p
                    for p in read_periods(text)
                    if p.relation in ("by", "over", "in") and (p.first or p.last or p.years)
                ]
                covered = self._covers(question, f"{text} {passage.stem or ''}") if periods else 0.0
                if covered >= ENOUGH and (best is None or covered > best[0]):
                    place = passage.location.start + start
                    at = (place + periods[-1].start, place + periods[-1].end)
                    best = (covered, Dated(passage, place, passage.location.start + end, periods[-1], at))
        return (best[1],) if best else ()

    def _of_value(self, question: Question) -> tuple[Match, ...]:
        """ "What does the 20% refer to?": every figure of the documents that has the value."""
        wanted = {(q.value, q.unit) for q in question.stated}
        return tuple(
            Match(f, 1.0, 1.0, Fit.UNASKED, Fit.UNASKED, Fit.EXACT)
            for f in self.generation.figures
            if (f.quantity.value, f.quantity.unit) in wanted and f.location.cell is None
        )[:8]

    def _asks_nothing(self, question: Question) -> bool:
        """Whether a question about a figure names nothing that could be measured."""
        named = question.terms or question.areas or question.theme or question.theme_number or question.unknown_area
        kinds = (Asks.FIGURE, Asks.DEFINITION, Asks.TEXT)
        return question.asks in kinds and question.wants_figure and not named and not question.stated

    def _could_mean(self, question: Question) -> tuple[str, ...]:
        """Questions that the sources answer and that a question without a subject could mean."""
        targets = "target" in question.standalone.lower()
        kinds = (FigureKind.TARGET,) if targets else (FigureKind.BASELINE, FigureKind.FORECAST)
        able = [
            f for f in self.generation.figures if f.kind in kinds and f.location.cell is None and len(f.measure) < 90
        ]
        lead = "What is the target for" if targets else "What is the figure for"
        names = dict.fromkeys(
            f.measure[:1].lower() + f.measure[1:] if f.measure[1:2].islower() else f.measure for f in able
        )
        return tuple(f"{lead} {name}?" for name in names)[:4]

    def _also_a_target(self, match: Match, best: Match) -> bool:
        """ "From 11% to 13% over 5 years and 1,100 a year": one commitment sets several targets."""
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

    def beside(self, figure: Figure) -> list[Figure]:
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

    def _operands(self, question: Question, fitting: list[Match]) -> tuple[Match, ...]:
        """The figures that a comparison or a sum is about, one for each thing set side by side; empty where not all are found."""
        best = fitting[0] if fitting else None
        if question.compares in (Compares.WHOLE, Compares.PRODUCT):
            return self._part_and_share(question)
        if question.compares is Compares.COMPLEMENT:
            positive = [
                m for m in fitting if m.figure.quantity.unit == "percent" and not _NEGATED.search(m.figure.measure)
            ]
            return tuple(positive[:1])
        if question.compares is Compares.DIFFERENCE and best and _SAYS_DIFFERENCE.match(_after(best.figure)):
            return ()
        parts = self._sides(question)
        ends = next((m for m in fitting if m.figure.baseline), None)
        if not parts and question.compares is Compares.DIFFERENCE and ends is not None:
            return self._both_ends(ends)
        if not parts and question.compares is Compares.SHARE and best and best.figure.quantity.unit.startswith("per_"):
            return (best,)
        found: list[Match] = []
        for part in parts:
            able = self._fitting(part, self.matcher.matches(part))
            unit = found[0].figure.quantity.unit if found else None
            fresh = [m for m in able if all(m.figure.id != f.figure.id for f in found)]
            fresh.sort(key=lambda m: m.figure.quantity.unit != unit if unit else False)
            if not fresh:
                return ()
            found.append(fresh[0])
        return tuple(found) if len(found) >= 2 else self._ranked(question)

    def _part_and_share(self, question: Question) -> tuple[Match, ...]:
        """A count and the share that it is, or that is taken of it, as the question names them."""
        stated = {(q.value, q.unit) for q in question.stated}
        loose = replace(question, units=frozenset(), strict=False, periods=())
        able = [m for m in self.matcher.matches(loose) if m.slots_fit and m.coverage >= ENOUGH_IF_NEAR]
        named = [m for m in able if (m.figure.quantity.value, m.figure.quantity.unit) in stated] or able
        share = next((m for m in named if m.figure.quantity.unit == "percent"), None)
        counts = [m for m in named if m.figure.quantity.unit not in ("percent", "percentage_points")]
        together = [m for m in counts if share and m.figure.location == share.figure.location]
        count = next(iter(together or counts), None)
        return (count, share) if count is not None and share is not None else ()

    def _both_ends(self, target: Match) -> tuple[Match, ...]:
        """A target and the baseline that its sentence starts from."""
        for figure in self.generation.figures:
            if figure.location == target.figure.location and figure.quantity.text == target.figure.baseline:
                return (replace(target, figure=figure), target)
        return ()

    def _sides(self, question: Question) -> list[Question]:
        """The questions that a comparison is made of: one an area, a year, or a thing of "A or B", "A and that of B"."""
        areas = list(dict.fromkeys([*question.areas, *question.against]))
        own = self.generation.own_area
        works = question.compares in (Compares.SHARE, Compares.RATIO, Compares.DIFFERENCE)
        units = question.units if not works or question.units == {"gbp"} else frozenset[str]()
        plain = replace(question, compares=None, against=(), units=units, strict=question.strict and not works)
        if (
            len(areas) == 1
            and own is not None
            and areas[0].key != own.key
            and (question.against or question.compares is not Compares.HIGHEST)
        ):
            sides = _alternatives(question)
            if not sides:
                areas = [own, areas[0]]
        if len(areas) >= 2:
            return [replace(plain, areas=(a,)) for a in areas[:4]]
        years = [p for p in question.periods if p.first is not None]
        if len(years) >= 2:
            return [replace(plain, periods=(p,)) for p in years[:4]]
        if len(years) == 1 and years[0].relation == "from-to" and years[0].last != years[0].first:
            ends = [read_periods(str(y)) for y in (years[0].first, years[0].last)]
            return [replace(plain, periods=tuple(p)) for p in ends]
        return [replace(plain, terms=terms) for terms in _alternatives(question)]

    def _ranked(self, question: Question) -> tuple[Match, ...]:
        """All figures of the measure that a "which is highest" asks about."""
        if question.compares not in (Compares.HIGHEST, Compares.LOWEST) or self._source_ranks(question):
            return ()
        generic = replace(
            question, terms=tuple(t for t in question.terms if t.text.lower() not in _SUBJECTS), compares=None
        )
        fitting = [
            m
            for m in self.matcher.matches(generic, 400)
            if m.coverage >= 0.8 and m.figure.kind is not FigureKind.DEFINITION
        ]
        if not fitting:
            return ()
        unit = fitting[0].figure.quantity.unit
        kept = [m for m in fitting if m.figure.quantity.unit == unit]
        by_area = re.search(
            r"\b(?:which|what)\s+(?:area|district|borough|town|county|place)|\bwhere\b",
            question.standalone,
            re.IGNORECASE,
        )
        if not by_area:
            kept = [m for m in kept if self.matcher.is_own(m.figure)]
        unique: list[Match] = []
        for match in kept:
            if all(
                m.figure.measure != match.figure.measure or self._named(m.figure) != self._named(match.figure)
                for m in unique
            ):
                unique.append(match)
        return tuple(unique) if len(unique) >= 2 else ()

    def _source_ranks(self, question: Question) -> bool:
        """Whether a source itself says which is largest, so that nothing needs to be ranked."""
        word = re.search(
            r"\b(?:highest|largest|biggest|greatest|fastest|lowest|smallest|most|least)\b", question.standalone, re.I
        )
        if word is None:
            return False
        for passage in self.generation.passages:
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                if re.search(rf"\b{word[0]}\b", text, re.IGNORECASE) and self._covers(question, text) >= 0.85:
                    return True
        return False

    def _commitments(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """Who leads, who supports, and what a theme holds; None where the question is about no theme."""
        theme = question.theme
        if theme is None:
            if (named := self._by_organisation(question)) is not None:
                return named
            if question.theme_number is not None and self.generation.themes:
                return Evidence(question, missing=("theme",), passages=passages)
            return self._of_every_theme(question, passages)
        wanted = question.parts
        own = [
            c for c in self.generation.commitments if c.theme == theme.name and c.location.document == theme.document
        ]
        kept = tuple(c for c in own if not wanted or c.kind in wanted)
        missing = tuple(part for part in theme.missing if not wanted or any(_part_is(part, k) for k in wanted))
        return Evidence(question, themes=(theme,), commitments=kept, missing=missing, passages=passages)

    def _of_every_theme(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """ "Who leads each theme?": every lead, and the themes for which none is stated."""
        left = [t for t in question.terms if t.stems[0] not in _ROLE_STEMS]
        if left or question.asks is Asks.THEME:
            return None
        kept = tuple(c for c in self.generation.commitments if c.kind in question.parts)
        without = tuple(
            t for t in self.generation.themes if any(_part_is(p, k) for p in t.missing for k in question.parts)
        )
        return Evidence(question, themes=without, commitments=kept, passages=passages) if kept else None

    def _by_organisation(self, question: Question) -> Evidence | None:
        """Which themes an organisation leads or supports; None where the question names none that the plan names."""
        kinds = (CommitmentKind.LEAD, CommitmentKind.SUPPORT)
        roles = [c for c in self.generation.commitments if c.kind in kinds and c.kind in question.parts]
        terms = [t for t in question.terms if t.stems[0] not in _ROLE_STEMS]
        asked = question.standalone
        found: list[Commitment] = []
        for commitment in roles:
            for name in commitment.partners:
                held = self.matcher.words_of(name)
                spelled = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked, re.IGNORECASE)
                if spelled or (terms and all(self.matcher.covers(held, t) > 0.5 for t in terms)):
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
                if opening and opening.weights and any(opening.phrase(p) for p in phrases):
                    if len(opening.weights) <= max(len(p) for p in phrases) + 2:
                        place = passage.location.start
                        end = len(passage.text) if passage.kind == "footnote" else end
                        return (Found(passage, place + start, place + end, passage.text[start:end], 1.0, 1.0),)
        bracketed = [
            f for f in self.matcher.matches(question) if f.figure.kind is FigureKind.DEFINITION and f.coverage >= 0.8
        ]
        if bracketed and (passage := self._holding(bracketed[0].figure)) is not None:
            figure = bracketed[0].figure
            return (Found(passage, figure.location.start, figure.location.end, figure.quote, 1.0, 1.0),)
        return ()

    def _holding(self, figure: Figure) -> Passage | None:
        place = figure.location
        return next(
            (
                p
                for p in self.generation.passages
                if p.location.document == place.document and p.location.start <= place.start < p.location.end
            ),
            None,
        )

    def _sentences(self, question: Question, retrieved: list[LangChainDocument]) -> tuple[Found, ...]:
        """Sentences of the retrieved passages that speak to an open question, best first."""
        if question.unknown_area:
            return ()
        candidates: list[tuple[Passage, int, int, str]] = []
        for document in retrieved:
            passage = self._passages[document.metadata["id"]]
            if passage.kind == "row" or not self._in_area(question, passage):
                continue
            for start, end in sentences(passage.text):
                text = " ".join(passage.text[start:end].split())
                if len(text) > 25:
                    candidates.append((passage, passage.location.start + start, passage.location.start + end, text))
        if not candidates:
            return ()
        lead = [
            f"{c[0].location.section[-1] if c[0].location.section else ''}. {c[0].stem or ''} {c[3]}"
            for c in candidates
        ]
        found: list[Found] = []
        for (passage, start, end, text), similarity in zip(
            candidates, self._similarity(question.standalone, lead), strict=True
        ):
            around = f"{text} {passage.stem or ''} {' '.join(passage.location.section)}"
            found.append(Found(passage, start, end, text, similarity, self._covers(question, around)))
        found.sort(key=lambda f: -(f.similarity + 0.8 * f.coverage))
        best = found[0]
        enough = best.coverage >= _COVERS_TEXT or (best.similarity > 0.65 and best.coverage > 0.45)
        if not enough or not self._knows(question, best):
            return ()
        top = best.similarity + 0.8 * best.coverage
        return tuple(f for f in found if f.similarity + 0.8 * f.coverage > top - 0.15)[:3]

    def _knows(self, question: Question, found: Found) -> bool:
        """No word of the question that the sources never use is left out; a "who" needs all of its words."""
        held = self.matcher.words_of(
            f"{found.text} {found.passage.stem or ''} {' '.join(found.passage.location.section)}"
        )
        missing = [t for t in question.terms if self.matcher.covers(held, t) < 0.5]
        if re.match(r"\s*who\b", question.standalone, re.IGNORECASE) and missing:
            return False
        return all(self.matcher.known(t) for t in missing)

    def _in_area(self, question: Question, passage: Passage) -> bool:
        """A passage that speaks of other places only does not answer for the place asked about."""
        own = self.generation.own_area
        asked = {a.key for a in question.areas}
        if not asked or (own is not None and own.key in asked):
            return True
        context = f"{passage.text} {passage.stem or ''} {' '.join(passage.location.section)}"
        return any(m.area.key in asked for m in self.generation.gazetteer.find(context))

    def _list(self, question: Question, found: tuple[Found, ...]) -> tuple[Passage, ...]:
        """The bullets that the best sentence opens, or that it is one of, when several things are asked for."""
        if not found:
            return ()
        best = found[0]
        passages = self.generation.passages
        at = self._place[best.passage.id]
        for one in found:
            if one.coverage >= best.coverage - 0.2 and (children := self._children(one.passage)):
                return children
        opens = best.end >= best.passage.location.end - 2 and best.passage.kind != "bullet"
        if opens and (items := self._bullets_after(at)) and (question.several or best.text.rstrip().endswith(":")):
            return items
        if best.passage.kind == "bullet" and question.several and best.passage.stem:
            held = self.matcher.words_of(f"{best.passage.stem} {' '.join(best.passage.location.section[-1:])}")
            covered = [t for t in question.terms if self.matcher.covers(held, t) > 0.5]
            if len(covered) >= max(1, len(question.terms) - 1) or question.terms[0] in covered:
                start = at
                while (
                    start > 0 and passages[start - 1].kind == "bullet" and passages[start - 1].stem == best.passage.stem
                ):
                    start -= 1
                return self._bullets_after(start - 1)
        return ()

    def _children(self, passage: Passage) -> tuple[Passage, ...]:
        """The bullets that stand under a bullet."""
        if passage.kind != "bullet":
            return ()
        opening = " ".join(passage.text.replace("*", " ").split()).rstrip(":;. ")
        following = self.generation.passages[self._place[passage.id] + 1 :]
        items: list[Passage] = []
        for other in following:
            if other.kind != "bullet" or not (other.stem or "").endswith(opening):
                break
            items.append(other)
        return tuple(items)

    def _bullets_after(self, at: int) -> tuple[Passage, ...]:
        """The run of bullets that follows a passage, footnotes left out."""
        passages = self.generation.passages
        items: list[Passage] = []
        for passage in passages[at + 1 :]:
            same = passage.location.document == passages[max(at, 0)].location.document
            if passage.kind == "footnote" and same:
                continue
            if (
                passage.kind != "bullet"
                or not same
                or (items and passage.location.section != items[0].location.section)
            ):
                break
            items.append(passage)
        return tuple(items)

    def _covers(self, question: Question, text: str) -> float:
        held = self.matcher.words_of(text)
        terms = [t for t in question.terms if not t.stems[0].isdigit()]
        total = sum(self.matcher.rarity(t.stems) for t in terms)
        covered = sum(self.matcher.rarity(t.stems) * self.matcher.covers(held, t) for t in terms)
        return covered / total if total else 0.0


_THEMES_TERM = Term("themes", ("theme",))
_SUBJECTS = frozenset(
    "sector sectors area areas district districts industry industries town towns place places council".split()
)
_ROLE_STEMS = frozenset(
    "lead oversee support help run head chair partner organization involv input respons account bodi agenc".split()
)


def _year(figure: Figure) -> int:
    """The last year that a figure's period covers; 0 where none is stated."""
    return max((p.last or p.first or 0 for p in read_periods(figure.period or "")), default=0)


def _is_keywords(text: str) -> bool:
    """A search rather than a sentence: no word of asking and no verb at its head."""
    return not re.match(
        r"\s*(?:what|which|who|how|when|where|why|is|are|does|do|did|will|list|name|tell|compare|describe)\b",
        text,
        re.I,
    )


def _head_asked(question: Question) -> Term | None:
    """The thing that "how many" counts: the last of the terms that follow it side by side."""
    match = re.search(r"\bhow\s+many\b", question.standalone, re.IGNORECASE)
    head: Term | None = None
    for term in question.terms if match else ():
        if match is not None and term.start >= match.end():
            if (head is None and term.start - match.end() > 12) or (head is not None and term.start - head.end > 1):
                break
            head = term
    return head if head is None or not is_doing(head) else None


_NEGATED = re.compile(r"\b(?:no|not|without|lack\w*)\b", re.IGNORECASE)
_SAYS_DIFFERENCE = re.compile(r"\s*(?:more|less|higher|lower|fewer|above|below)\s+than\b", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:or|and|versus|vs\.?|than|compared\s+(?:with|to)|exceed(?:s|ed)?|against)\b", re.IGNORECASE)
_RATIO_JOINT = re.compile(r"\bto\b", re.IGNORECASE)


def _after(figure: Figure) -> str:
    return figure.quote[figure.at[1] - figure.location.start :] if figure.location.cell is None else ""


def _alternatives(question: Question) -> list[tuple[Term, ...]]:
    """The terms of each side of "A or B", "between A and B": the nearest unlike terms, each with what both share."""
    if question.compares is None:
        return []
    pattern = _RATIO_JOINT if question.compares is Compares.RATIO and not _JOINT.search(question.standalone) else _JOINT
    for joint in reversed(list(pattern.finditer(question.standalone))):
        if any(t.start < joint.start() < t.end for t in question.terms):
            continue
        before = [t for t in question.terms if t.end <= joint.start()]
        after = [t for t in question.terms if t.start >= joint.end()]
        shared = {t.stems for t in before} & {t.stems for t in after}
        left = [t for t in before if t.stems not in shared][-1:]
        right = [t for t in after if t.stems not in shared][:1]
        if left and right:
            common = tuple(t for t in question.terms if t not in left and t not in right)
            return [(*common, *left), (*common, *right)]
    return []


def _part_is(part: str, kind: CommitmentKind) -> bool:
    return part.startswith(kind.value[:6])


def _said(figure: Figure) -> str:
    """A figure in words, for its nearness in meaning to a question."""
    return " ".join(filter(None, (figure.measure, figure.area, figure.period, "–", figure.stem, figure.sentence)))


__all__ = ["Evidence", "Finder", "Fit", "Found", "Match"]
