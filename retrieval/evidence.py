"""Evidence: what was found for a question, what fits, and what was set aside.

The decision whether the sources answer at all is made here, from slots and coverage, never from a fluent sentence.
"""

import re
from dataclasses import replace

from langchain_core.documents import Document as LangChainDocument

from corpus.commitment import Theme
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.passage import Passage
from corpus.quantity import same_value
from corpus.thesaurus import Term
from retrieval.comparison import Comparison
from retrieval.decide import Decider, last_time, last_year
from retrieval.definitions import DefinitionFinder
from retrieval.expects import IN_WORDS, Expects, dated
from retrieval.found import Evidence
from retrieval.lists import ListFinder
from retrieval.match import STOCKS, Fit, Match, rows_part
from retrieval.occasions import OccasionFinder
from retrieval.question import Asks, Question
from retrieval.rows import RowFinder, is_in_words, role_asked
from retrieval.sentences import SentenceFinder
from retrieval.themes import Themes
from retrieval.wording import Compares

# A figure this far below the best one no longer measures the same thing.
_CLOSE = 0.12
# How much two measures must share to be given as two values of one thing.
_ALIKE = 0.5
_THEMES_TERM = Term("themes", ("theme",))


class Finder:
    """Turns a question and the retrieved passages into evidence."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.decider = Decider(generation)
        self.matcher = self.decider.matcher
        self._comparison = Comparison(self.decider)
        self._themes = Themes(self.decider)
        self._sentences = SentenceFinder(self.decider)
        self._lists = ListFinder(self._sentences, self.decider)
        self._definitions = DefinitionFinder(self._sentences, self.decider)
        self._occasions = OccasionFinder(self._sentences, self.decider)
        self._rows = RowFinder(self.decider)
        self._passages = {p.id: p for p in generation.passages}

    def find(self, question: Question, retrieved: list[LangChainDocument]) -> Evidence:
        """The evidence for a question."""
        passages = tuple(self._passages[d.metadata["id"]] for d in retrieved)
        if question.asks is Asks.ITSELF:
            return Evidence(question)
        if question.asks is Asks.WHEN and question.papers and self._sentences.asks_of_papers(question):
            papers = (self.generation.documents[path] for path in sorted(question.papers))
            return Evidence(
                question, document=next((d for d in papers if d.date_at is not None), None), passages=passages
            )
        special = self._special(question, passages)
        if special is not None:
            return special
        matches = self.matcher.matches(question)
        fitting = self.decider.fitting(question, matches)
        if fitting and (gap := self._blank_cell(fitting)) is not None:
            return Evidence(question, unavailable=gap, rejected=(gap,), passages=passages)
        fitting = [m for m in fitting if m.gap is None]
        if not fitting and question.compares is None and any(p.relation == "from-to" for p in question.periods):
            question = replace(question, compares=Compares.SIDE_BY_SIDE)  # a stretch of years: how it stood at each end
        if question.asks is Asks.DEFINITION:
            # A cell of a table says not what a thing is.
            fitting = [m for m in fitting if m.figure.location.cell is None]
        if superlative := self._sentences.superlative(question, retrieved):
            return Evidence(question, sentences=superlative, rejected=tuple(matches[:3]), passages=passages)
        if (row := self._row(question, fitting, matches, passages)) is not None:
            return row
        if question.compares is not None and (operands := self._comparison.operands(question, fitting)):
            return Evidence(question, operands=operands, rejected=tuple(matches[:3]), passages=passages)
        if question.units == {"percent"} and not fitting and (parts := self.matcher.part_and_whole(question)):
            return Evidence(
                replace(question, compares=Compares.SHARE),
                operands=parts,
                rejected=tuple(matches[:3]),
                passages=passages,
            )
        if self._asks_nothing(question):
            return Evidence(question, unclear=self._could_mean(question), passages=passages)
        if not fitting and (some := self.decider.of_some(question, matches)):
            meant = tuple(_asks_how_many(m.figure.measure) for m in some)
            return Evidence(
                question, unclear=tuple(dict.fromkeys(meant))[:4], rejected=tuple(some[:3]), passages=passages
            )
        if question.stated and not question.terms and (valued := self._of_value(question)):
            return Evidence(question, answers=valued, passages=passages)
        in_words = question.expects in IN_WORDS
        if fitting and question.wants_figure and not in_words:
            return self._figures(question, fitting, matches, passages)
        if fitting and _is_keywords(question.standalone) and fitting[0].coverage > 0.85:
            return self._figures(question, fitting, matches, passages)
        found = () if self._needs_figure(question) and not in_words else self._sentences.find(question, retrieved)
        if not self._definitions.may_speak_of(question):
            found = ()
        if question.expects is Expects.WHEN and (document := self._sentences.document_named(question)) is not None:
            found = tuple(f for f in found if f.passage.location.document == document.path and dated(f.text))
            if not found and document.date_at is not None:
                return Evidence(question, document=document, passages=passages)
        if question.asks is Asks.WHEN and (occasion := self._occasions.find(question, fitting, found)):
            return Evidence(question, dated=occasion, rejected=tuple(matches[:3]), passages=passages)
        a_row = bool(found) and bool(found[0].passage.cells)  # its figure says more than the row as it stands
        as_good = (
            not found
            or (a_row and not in_words)
            or (not in_words and fitting and fitting[0].coverage >= found[0].coverage - 0.05)
        )
        a_cell = bool(fitting) and not found and fitting[0].figure.location.cell is not None
        if fitting and (a_row or a_cell or not question.several) and as_good and question.expects is not Expects.WHEN:
            return self._figures(question, fitting, matches, passages)
        sentences, listed = self._lists.choose(question, found)
        rejected = tuple(m for m in matches if m not in fitting)[:3]
        return Evidence(question, rejected=rejected, sentences=sentences, listed=listed, passages=passages)

    def _row(
        self, question: Question, fitting: list[Match], matches: list[Match], passages: tuple[Passage, ...]
    ) -> Evidence | None:
        """The cell of a document's table, where the question names its row, or the rows of the sort that it asks for."""
        if question.compares is not None:
            return None
        if sorts := self._rows.of_sort(question):
            return Evidence(question, sentences=sorts, rejected=tuple(matches[:3]), passages=passages)
        found = self._rows.cell(question)
        if found is None:
            return None
        if self._rows.only_others_say(question, found):
            return Evidence(question, rejected=tuple(matches[:3]), passages=passages)
        inside = [m for m in fitting if found.passage.location.start <= m.figure.at[0] < found.passage.location.end]
        bare = not is_in_words(found.text) and (question.wants_figure or any(c.isdigit() for c in found.text))
        if bare and fitting and role_asked(question) is None:
            if question.wants_figure or question.expects not in (None, Expects.YES_NO):
                return None  # a figure is matched on its row, its column, its place and its time
            return self._figures(question, inside or fitting, matches, passages)
        if fitting and (not inside or inside[0] is not fitting[0]) and fitting[0].coverage > found.coverage:
            return None
        answers = (
            self._rows.figures(question, found, self.matcher.of(question, found.passage))
            if question.wants_figure
            else []
        )
        if bare and not answers and not self._rows.speaks_for(question, found):
            return None
        if answers:
            return Evidence(question, answers=tuple(answers[:3]), rejected=tuple(matches[:3]), passages=passages)
        return Evidence(question, sentences=(found,), rejected=tuple(matches[:3]), passages=passages)

    def _blank_cell(self, fitting: list[Match]) -> Match | None:
        """The cell that would answer best, where it holds no figure and nothing else says as much of what is asked."""
        best = fitting[0]
        if best.gap is None:
            return None
        others = [m for m in fitting if m.gap is None and m.score > best.score - _CLOSE and m.period is best.period]
        return best if not any(m.figure.measure == best.figure.measure for m in others) else None

    def _special(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """Questions that are not about a passage: the document itself, the themes, who does what, what a term means."""
        if question.asks is Asks.DOCUMENT:
            return self._of_document(question, passages)
        if question.asks is Asks.THEMES and self.generation.themes:
            counted = [m for m in self.matcher.matches(replace(question, terms=(_THEMES_TERM,))) if m.coverage == 1.0]
            themes = self._themes_of_one(question)
            counted = [m for m in counted if themes and m.figure.location.document == themes[0].location.document]
            if themes:
                return Evidence(question, answers=tuple(counted[:1]), themes=themes, passages=passages)
        if question.asks in (Asks.LEAD, Asks.SUPPORT, Asks.THEME):
            found = self._themes.commitments(question, passages)
            if found is not None and (found.commitments or found.missing):
                return found
        if question.asks is Asks.DEFINITION and (cell := self._rows.cell(question)) is not None:
            return Evidence(question, sentences=(cell,), passages=passages)
        if question.asks is Asks.DEFINITION or (question.asks is Asks.TEXT and question.compares is None):
            defined, spelled_out = self._definitions.find(question)
            if defined:
                return Evidence(question, sentences=defined, spelled_out=spelled_out, passages=passages)
        return None

    def _themes_of_one(self, question: Question) -> tuple[Theme, ...]:
        """The themes of one document: of the area asked about, else of the corpus's own, else of the first that has any."""
        paths = list(dict.fromkeys(t.location.document for t in self.generation.themes))
        said = question.standalone.lower()
        asked = {a.key for a in question.areas}
        asked |= {a.key for a in self.generation.own_areas.values() if a.name.lower() in said}
        own = self.generation.own_area
        about = {p: a.key for p, a in self.generation.own_areas.items()}
        named = (
            [p for p in paths if about.get(p) in asked]
            if asked
            else [p for p in paths if own and about.get(p) == own.key]
        )
        path = next(iter(named or ([] if asked else paths)), None)
        return tuple(t for t in self.generation.themes if t.location.document == path)

    def _of_document(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """What a document says of itself: the one that the question names, else the first."""
        plans = [d for d in self.generation.documents.values() if not d.is_table]
        document = self._sentences.document_named(question) or next(iter(plans), None)
        if document is None:
            return None
        if question.expects is Expects.WHO:
            found = [f for f in self._sentences.find(question) if f.passage.location.document == document.path]
            if found:
                return Evidence(question, sentences=tuple(found[:1]), passages=passages)
            if document.publisher is None:
                return None
        return Evidence(question, document=document, passages=passages)

    def _needs_figure(self, question: Question) -> bool:
        only_stocks = bool(question.terms) and all(t.stems in STOCKS for t in question.terms)
        return question.wants_figure or only_stocks

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
            named = next((m for m in fitting if m.figure.area and self.decider.named(m.figure) == area.key), None)
            if named is not None and named not in answers:
                answers.append(named)
        kept = [a for a in answers[1:] if self.decider.like(a.figure, best.figure) or self._also_a_target(a, best)]
        answers = [best, *kept]
        shown = {a.figure.id for a in answers}
        comparators = [f for f in self.beside(best.figure) if f.id not in shown]
        same = [
            m.figure
            for m in fitting
            if m.figure.id not in shown
            and self.decider.named(m.figure) == self.decider.named(best.figure)
            and m.figure.quantity.unit == best.figure.quantity.unit
            and not rows_part(m.figure.measure, best.figure.measure)
            and m.coverage >= best.coverage - _CLOSE
            and self.decider.alike(m.figure, best.figure) >= _ALIKE
        ]
        later = self._published_later(question, best, [m for m in fitting if m.figure.id not in shown])
        answers += [later] if later is not None else []
        return Evidence(
            question, tuple(answers), tuple(same), tuple(comparators), (), tuple(matches[:3]), passages=passages
        )

    def _published_later(self, question: Question, best: Match, others: list[Match]) -> Match | None:
        """What a table published after the document gives for the same measure and area, where no period was asked for."""
        if best.figure.location.cell is not None or question.periods:
            return None
        figure = best.figure
        written = self.generation.documents[figure.location.document].date or ""
        year = last_year(figure) or (int(written[:4]) if written[:4].isdigit() else 0)
        for match in others:
            other = match.figure
            same = (
                self.decider.named(other) == self.decider.named(figure) and other.quantity.unit == figure.quantity.unit
            )
            differs = other.quantity.value != figure.quantity.value and figure.kind is FigureKind.BASELINE
            published = other.location.cell is not None and match.gap is None and last_year(other) > year > 0
            if published and same and differs and self.decider.alike(other, figure) >= _ALIKE:
                return match
        return None

    def _latest(self, fitting: list[Match]) -> list[Match]:
        """Of one measure for one area over several periods, only the latest, where no period was asked for."""
        newest: dict[tuple[str, ...], tuple[int, int]] = {}
        for match in fitting:
            if not _is_ahead(match.figure):
                key = self._series(match.figure)
                newest[key] = max(newest.get(key, (0, 0)), last_time(match.figure))
        return [
            m for m in fitting if _is_ahead(m.figure) or last_time(m.figure) in ((0, 0), newest[self._series(m.figure)])
        ]

    def _series(self, figure: Figure) -> tuple[str, ...]:
        """What figures of one measure over time have in common."""
        return (figure.location.document, figure.measure, self.decider.named(figure), figure.quantity.unit)

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
        a_figure = question.wants_figure and question.expects not in IN_WORDS  # "How long will it take?" wants words
        return question.asks in kinds and a_figure and not named and not question.stated

    def _could_mean(self, question: Question) -> tuple[str, ...]:
        """Questions that the sources answer and that a question without a subject could mean."""
        targets = "target" in question.standalone.lower()
        kinds = (FigureKind.TARGET,) if targets else (FigureKind.BASELINE, FigureKind.FORECAST)
        lead = "What is the target for" if targets else "What is the figure for"
        names: dict[str, None] = {}
        for f in self.generation.figures:
            if f.kind in kinds and f.location.cell is None and _is_noun(f.measure):
                names[self._in_small_letters(f)] = None
            if len(names) == 4:
                break
        return tuple(f"{lead} {name}?" for name in names)

    def _in_small_letters(self, figure: Figure) -> str:
        """A measure as it stands amid a sentence: its first word in small letters where the source writes it so, too."""
        first = figure.measure.split()[0]
        small = re.search(rf"\b{re.escape(first.lower())}\b", self.generation.documents[figure.location.document].text)
        return first.lower() + figure.measure[len(first) :] if small else figure.measure

    def _also_a_target(self, match: Match, best: Match) -> bool:
        """ "From 11% to 13% over 5 years and 1,100 a year": one commitment sets several targets."""
        both = match.figure.kind is FigureKind.TARGET and best.figure.kind is FigureKind.TARGET
        return both and match.figure.location == best.figure.location and match.coverage >= best.coverage - _CLOSE

    def _another(self, match: Match, answers: list[Match]) -> bool:
        """Whether a match adds a figure: the same value, measure and area said twice is one figure."""
        return not any(
            same_value(match.figure.quantity, a.figure.quantity)
            and self.decider.named(match.figure) == self.decider.named(a.figure)
            for a in answers
        )

    def beside(self, figure: Figure) -> list[Figure]:
        """Figures of other areas that the same passage or table gives for the same measure."""
        cells = self.matcher.beside(figure)
        if cells is not None:
            return cells
        found: list[Figure] = []
        areas = {self.decider.named(figure)}
        for other in self.generation.figures:
            if other.location.document != figure.location.document or self.decider.named(other) in areas:
                continue
            if figure.location.cell is None:
                passage_near = abs(other.location.start - figure.location.start) < 600
                near = passage_near and other.location.section == figure.location.section
                together = figure.group is not None and other.group == figure.group
                likeness = together or self.decider.alike(figure, other) > 0.6
                if not (near and likeness and other.quantity.unit[:4] == figure.quantity.unit[:4]):
                    continue
            elif not (other.measure == figure.measure and other.period == figure.period):
                continue
            areas.add(self.decider.named(other))
            found.append(other)
        return found[:3]


def _is_ahead(figure: Figure) -> bool:
    """Whether a figure of a document is for a time to come: each year of a target or a forecast is one of its own."""
    return figure.location.cell is None and figure.kind in (FigureKind.TARGET, FigureKind.FORECAST)


_NO_NOUN = re.compile(
    r"^(?:up|down|in|on|of|for|from|by|with|over|under|per|at|and|or|as|also|each|aim|yet)\b"
    r"|\b(?:is|are|was|were|has|have|had|will|would|can|could|be|been|that|which|who|how|we|they|it|there|them|this|to)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 8  # words


def _is_noun(measure: str) -> bool:
    """Whether a measure reads as one in a question: no clause, and no bare name of a place or a scheme."""
    words_in = re.findall(r"[^\W\d][\w’'-]*", measure)
    named = len(words_in) > 1 and all(w[0].isupper() for w in words_in)
    return 0 < len(words_in) <= _LONGEST_NAME and not named and _NO_NOUN.search(measure) is None


def _asks_how_many(measure: str) -> str:
    """A question for how many there are of what a measure counts: "How many homes in the ward are there?"."""
    measure = re.sub(r"^(?:the\s+)?(?:total\s+)?number\s+of\s+", "", measure, flags=re.IGNORECASE)
    plain = re.search(r"\b(?:are|were|is|was|have|had|has|will)\b", measure) is None
    return f"How many {measure}{' are there' if plain else ''}?"


def _is_keywords(text: str) -> bool:
    """A search rather than a sentence: no word of asking and no verb at its head."""
    return not re.match(
        r"\s*(?:what|which|who|how|when|where|why|is|are|does|do|did|will|list|name|tell|compare|describe)\b",
        text,
        re.I,
    )
