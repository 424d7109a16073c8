"""Figures matched to a question on their slots: measure, area, period, unit and kind.

A figure answers only if its measure, area and period fit what was asked. How well the measure fits is the share of the
question's terms, weighted by how rare they are, that the figure's own words cover: its measure and its clause count
most, the rest of its sentence less, its headings least.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.areas import Area
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import STOPWORDS, stem, words
from corpus.location import Location
from corpus.passage import Passage
from corpus.period import Period, periods_agree, read_periods
from corpus.thesaurus import Phrase, Term, apart, phrase_stems
from retrieval.populations import ages_asked, of_fewer, of_others
from retrieval.question import Question
from retrieval.search import passage_text
from retrieval.wording import ASKING, RATE_ASKED

# Where a word stands, and how much it then says about what the figure measures.
_MEASURE, _CLAUSE, _STEM, _LEAD, _SENTENCE, _THEME, _SECTION = 1.0, 0.95, 0.9, 0.88, 0.6, 0.5, 0.3
_SOURCE, _TITLE = 0.8, 0.6
_SYNONYM = 0.95
_SCATTERED = 0.75  # a phrase whose words stand apart
_COMMON = 0.4  # the least that a term weighs, however common it is
_OF_FEWER = 0.15  # what a figure of some people costs where all are asked about
APART = 0.4  # what is left of the coverage of a thing that is not the one asked for, whatever else it shares
_LIGHT = 0.35  # how much a word of doing ("built", "created") weighs beside the thing that is done


class Fit(StrEnum):
    """How one slot of a figure stands to what was asked."""

    EXACT = "exact"
    NEAR = "near"
    UNASKED = "unasked"
    UNSTATED = "unstated"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class OtherRelease:
    """What another release of the same published table gives in place of a figure.

    is_earlier: whether it is the earlier release; None where neither says.
    """

    figure: Figure
    is_earlier: bool | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """Where a later release of the same published table has no figure for the same.

    at: its cell, or its title and header where it has no such row. cell: the cell without a figure, as published; None
    where there is no such row. reason: why, in the words of its notes; empty where they do not say.
    """

    at: Location
    cell: Figure | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A figure held against a question.

    coverage: 0 to 1, how much of what was asked the figure's words cover. score: for ranking only.
    gap: for a cell of a table that holds no figure, the reason that the table gives; its figure is not a number.
    missing: the question's terms that the figure's own words do not cover. precision: 0 to 1, how much of the figure's
        measure the question speaks of. other_unit: the unit is not one that could answer. of_others: it is of people
        of other ages, of the other sex, of jobs of other hours or homes of another tenure than those asked about.
    releases: for a cell of a table, what other releases of the table give, where they differ. withheld: where a later
        release gives none.
    """

    figure: Figure
    coverage: float
    score: float
    area: Fit
    period: Fit
    unit: Fit
    missing: tuple[Term, ...] = ()
    other_unit: bool = False
    precision: float = 0.0
    gap: str | None = None
    releases: tuple[OtherRelease, ...] = ()
    withheld: Withheld | None = None
    of_others: bool = False

    @property
    def slots_fit(self) -> bool:
        """Whether area and period are those asked for, and the unit where no other will do (a share is no count)."""
        return Fit.WRONG not in (self.area, self.period) and not self.other_unit and not self.of_others


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a figure or a sentence: for each stem its weight, and each place's stems in order for phrases."""

    weights: dict[str, float]
    places: tuple[tuple[float, str], ...]

    def phrase(self, phrase: Phrase) -> float:
        """How well the words hold a phrase: its words side by side, or scattered for less."""
        if len(phrase) == 1:
            return self.weights.get(phrase[0], 0.0)
        if any(s not in self.weights for s in phrase):
            return 0.0
        run = f" {' '.join(phrase)} "
        best = max((weight for weight, text in self.places if run in text), default=0.0)
        return best


class Matcher:
    """Matches figures of one generation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._seen: Counter[str] = Counter()
        for passage in generation.passages:
            self._seen.update({w.stem for w in words(passage_text(passage))})
        self._count = max(1, len(generation.passages))
        self._words = [self._weigh(f) for f in generation.figures]
        self._siblings: dict[Location, list[int]] = {}
        for i, figure in enumerate(generation.figures):
            if figure.location.cell is None:
                self._siblings.setdefault(figure.location, []).append(i)
        self._by_stem: dict[str, list[int]] = {}
        for i, figure_words in enumerate(self._words):
            for word in figure_words.weights:
                self._by_stem.setdefault(word, []).append(i)

    def _weigh(self, figure: Figure) -> Words:
        """Each stem with the weight of the most telling place where it stands."""
        places = (
            (figure.measure, _MEASURE),
            (figure.clause, _CLAUSE),
            (figure.stem or "", _STEM),
            (figure.lead, _LEAD),
            (figure.sentence, _SENTENCE),
            (figure.theme or "", _THEME),
            (figure.source or "", _SOURCE),
            (" ".join(figure.location.section), _SECTION),
            (self.generation.documents[figure.location.document].title, _TITLE),
        )
        return self.words_in(*places)

    def words_of(self, text: str) -> Words:
        """The words of a plain text, all of one weight."""
        return self.words_in((text, 1.0))

    @staticmethod
    def words_in(*places: tuple[str, float]) -> Words:
        """The words of several texts, each text with the weight of its words, the weightiest first."""
        weights: dict[str, float] = {}
        runs: list[tuple[float, str]] = []
        for text, weight in places:
            stems = phrase_stems(text)
            for word in stems:
                weights.setdefault(word, weight)
            runs.append((weight, f" {' '.join(stems)} "))
        return Words(weights, tuple(runs))

    def in_measure(self, figure: Figure, term: Term) -> bool:
        """Whether the figure's measure itself holds the term."""
        return self.covers(self.words_of(figure.measure), term) > 0.5

    def rarity(self, phrase: Phrase) -> float:
        """How telling a phrase is: 1 for words that no passage holds, less for common ones."""
        seen = min((self._seen[s] for s in phrase), default=0)
        if seen == 0:
            return 1.0
        return _COMMON + (1 - _COMMON) * math.log(1 + self._count / seen) / math.log(1 + self._count)

    def known(self, term: Term) -> bool:
        """Whether any passage holds the term or a phrase that means the same."""
        return any(all(self._seen[s] for s in phrase) for phrase in (term.stems, *term.alternatives))

    def matches(self, question: Question, limit: int = 60) -> list[Match]:
        """Figures that share words with the question, best first."""
        candidates: set[int] = set()
        for term in question.terms:
            for phrase in (term.stems, *term.alternatives):
                rarest = min(phrase, key=lambda s: len(self._by_stem.get(s, ())), default=None)
                candidates.update(self._by_stem.get(rarest or "", ()))
        found = [self._match(question, i) for i in candidates]
        found.sort(key=lambda m: (-m.score, m.figure.location.document, m.figure.at))
        return found[:limit]

    def of(self, question: Question, passage: Passage) -> list[Match]:
        """The figures that stand in a passage, held against the question, in the source's order."""
        place = passage.location
        return [
            self._match(question, i)
            for i, f in enumerate(self.generation.figures)
            if f.location.document == place.document and place.start <= f.at[0] < place.end
        ]

    def covers(self, held: Words, term: Term) -> float:
        """How well the words cover one term: 0 to 1."""
        best = held.phrase(term.stems)
        if len(term.stems) > 1 and not best:
            best = _SCATTERED * min(
                (held.weights.get(s, 0.0) for s in term.stems if s not in STOPWORDS or s in _NEGATIONS), default=0.0
            )
        for phrase in term.alternatives:
            best = max(best, _SYNONYM * held.phrase(phrase))
        return best

    def _match(self, question: Question, i: int) -> Match:
        figure, held = self.generation.figures[i], self._words[i]
        total = covered = 0.0
        missing: list[Term] = []
        aged = ages_asked(question.standalone) is not None
        for term in question.terms:
            if aged and _AGED.fullmatch(term.text):
                continue  # ages are held against ages
            share = self.covers(held, term) * self._same_noun(figure, term, question)
            narrows = CODE.match(term.text) or term.text.lower() == "council"
            if share < _STEM and (narrows or self._of_a_sibling(i, term, question)):
                # A code ("NVQ2") elsewhere in the sentence, or its neighbour's measure, is another figure's; and whose plan
                # it is does not make "homes" council homes.
                share = 0.0
            if term.stems[0].isdigit() and len(term.stems) == 1 and share == 0:
                continue  # a number in a question may be a premise that is wrong
            weight = self.rarity(term.stems) * (_LIGHT if is_doing(term) else 1.0)
            total += weight
            covered += weight * share
            if share < 0.5:
                missing.append(term)
        coverage = covered / total if total else 0.0
        if self._parted(question, held, figure):
            coverage *= APART
        area, period, unit = (
            self._area(question, figure),
            self.period(question.periods, figure),
            self._unit(question, figure),
        )
        precision = self._precision(question, figure)
        score = coverage + 0.12 * precision
        score += {Fit.EXACT: 0.15, Fit.NEAR: 0.05, Fit.UNASKED: 0.0, Fit.UNSTATED: 0.0, Fit.WRONG: -0.5}[area]
        score += {Fit.EXACT: 0.15, Fit.NEAR: 0.1, Fit.UNASKED: 0.0, Fit.UNSTATED: -0.05, Fit.WRONG: -0.4}[period]
        score += {Fit.EXACT: 0.15, Fit.NEAR: 0.03, Fit.UNASKED: 0.0, Fit.UNSTATED: 0.0, Fit.WRONG: -0.2}[unit]
        score += self._kind(question, figure)
        if not question.areas and self.is_own(figure):
            score += 0.1
        if question.theme is not None and figure.theme == question.theme.heading:
            score += 0.15
        if _EACH_YEAR.search(question.standalone) and _EACH_YEAR.search(figure.measure):
            score += 0.08
        if of_fewer(question.standalone, figure.measure):
            score -= _OF_FEWER
        kind = self.generation.documents[figure.location.document].kind
        score += {"table": 0.0, "transcript": -0.3}.get(kind, 0.06)
        other = question.strict or self._is_change(question, figure) or not comparable(question, figure)
        other = other or (RATE_ASKED.search(question.standalone) is not None and not _EACH_YEAR.search(figure.sentence))
        strict = (other and unit is Fit.WRONG) or self._is_growth(question, figure) or _per_another(question, figure)
        strict = strict or self._is_share_of_other(question, figure, precision)
        others = of_others(question.standalone, _whom_it_says(figure))
        return Match(figure, coverage, score, area, period, unit, tuple(missing), strict, precision, of_others=others)

    def siblings(self, figure: Figure) -> list[Figure]:
        """The figures of a document's sentence that holds this one."""
        return [self.generation.figures[i] for i in self._siblings.get(figure.location, ())]

    def _of_a_sibling(self, i: int, term: Term, question: Question) -> bool:
        """Whether a term is what another figure of the same sentence measures, which also measures all else that is
        asked of this one: the growth of a sector is no answer where its share is asked for and stands beside it.
        """
        figures = self.generation.figures
        figure = figures[i]
        others = [figures[j] for j in self._siblings.get(figure.location, ()) if figures[j].measure != figure.measure]
        if not others or _JOINS.search(question.standalone) or self.in_measure(figure, term):
            return False
        own = [t for t in question.terms if self.in_measure(figure, t)]
        return any(self.in_measure(other, term) and all(self.in_measure(other, t) for t in own) for other in others)

    def _is_change(self, question: Question, figure: Figure) -> bool:
        """A change or a target in per cent says nothing of how many there are."""
        changing = figure.kind is FigureKind.TARGET or _CHANGES.search(figure.measure) is not None
        return "count" in question.units and figure.quantity.unit in ("percent", "percentage_points") and changing

    @staticmethod
    def _is_share_of_other(question: Question, figure: Figure, precision: float) -> bool:
        """A share or a rate says how many there are only of just what is asked about, and never how many in all: of the
        complaints that came, "93% of complaints answered on time" says nothing."""
        unit = figure.quantity.unit
        counted = "count" in question.units and not ASKS_PER.search(question.standalone)
        counted = counted and not _JOINS.search(question.standalone)
        rate = unit == "percent" or unit.startswith("per_")
        return counted and rate and (precision < _ALL_SAID or _IN_ALL.search(question.standalone) is not None)

    def _is_growth(self, question: Question, figure: Figure) -> bool:
        """The growth of a thing in per cent says nothing of how great a share it is."""
        share = question.strict and question.units == {"percent"} and not _CHANGES.search(question.standalone)
        return share and _A_CHANGE.search(figure.measure) is not None

    def _parted(self, question: Question, held: Words, figure: Figure) -> bool:
        """Whether the figure is of the other one of two things that must not be mixed up (deaths for births)."""
        if self.opposed(question, self.words_of(f"{figure.stem or ''} {figure.measure}")):
            return True
        if _another_row(question.standalone, figure.measure):
            return True
        theirs, ours = numbered(figure.measure), numbered(question.standalone)
        return any(noun in ours and number not in ours[noun] for noun, numbers in theirs.items() for number in numbers)

    @staticmethod
    def opposed(question: Question, said: Words) -> bool:
        """Whether words are of the other one of two things that must not be mixed up, and not of the one asked for."""
        asked = {p for t in question.terms for p in (t.stems, *t.alternatives)}
        for group in apart():
            wanted = [p for p in group if p in asked]
            others = [p for p in group if p not in asked and said.phrase(p)]
            if wanted and others and not any(said.phrase(p) for p in wanted):
                return True
        return False

    def _same_noun(self, figure: Figure, term: Term, question: Question) -> float:
        """ "Population" is not the "working population": a stock noun with a participle before it is another stock."""
        if term.stems not in STOCKS:
            return 1.0
        if all(t.stems in STOCKS for t in question.terms):
            plain = set(phrase_stems(head_phrase(figure.measure))) - (_PLAIN_STOCK - set(term.stems))
            return 1.0 if plain == set(term.stems) else 0.3
        asked = {s for t in question.terms for s in t.stems}
        for match in _QUALIFIED.finditer(figure.measure.lower()):
            if (stem(match[2]),) == term.stems and stem(match[1]) not in asked:
                return 0.3
        return 1.0

    def _precision(self, question: Question, figure: Figure) -> float:
        """How much of the figure's measure the question speaks of, so that the plainest measure comes first."""
        asked = {s for t in question.terms for phrase in (t.stems, *t.alternatives) for s in phrase}
        asked |= set(question.weak)
        places = {w.text.lower() for w in words(figure.area or "")}
        own = [w.stem for w in words(figure.measure) if w.text.lower() not in STOPWORDS | ASKING | places]
        return sum(s in asked for s in own) / len(own) if own else 0.0

    def is_own(self, figure: Figure) -> bool:
        own = self.generation.own_areas.get(figure.location.document, self.generation.own_area)
        return own is None or figure.area is None or self.generation.gazetteer.named(figure.area).key == own.key

    def _area(self, question: Question, figure: Figure) -> Fit:
        if question.unknown_area:
            return Fit.WRONG
        if not question.areas:
            return Fit.UNASKED
        if figure.area is None:
            own = self.generation.own_area
            return Fit.EXACT if own and any(a.key == own.key for a in question.areas) else Fit.WRONG
        stated = self.generation.gazetteer.named(figure.area)
        return max((_area_fit(asked, stated) for asked in question.areas), key=_BEST.index)

    def period(self, asked: Sequence[Period], figure: Figure) -> Fit:
        """How a figure's period stands to the periods asked for."""
        if not asked:
            return Fit.UNASKED
        stated = read_periods(figure.period) if figure.period else []
        if not stated:
            years = {p.first for p in read_periods(figure.source or "") if p.first}
            named = {p.first or p.last for p in asked}
            document = self.generation.documents[figure.location.document]
            if document.date and document.date[:4].isdigit():
                years.add(int(document.date[:4]))
            passage = self._passage_text(figure)
            years |= {p.first for p in read_periods(passage) if p.first}
            durations = all(not (p.first or p.last or p.quarter or p.month) for p in asked)
            return Fit.UNSTATED if durations or named & years else Fit.WRONG
        return Fit.EXACT if any(periods_agree(a, s) for a in asked for s in stated) else Fit.WRONG

    def _passage_text(self, figure: Figure) -> str:
        """The paragraph of a figure of a document, up to the end of its sentence: what comes later dates something else."""
        if figure.location.cell is not None:
            return ""
        text = self.generation.documents[figure.location.document].text
        return text[max(0, text.rfind("\n\n", 0, figure.at[0])) : figure.location.end]

    def _unit(self, question: Question, figure: Figure) -> Fit:
        if not question.units:
            return Fit.UNASKED
        if figure.quantity.unit in question.units:
            per_head = figure.quantity.unit.startswith("per_") and "count" in question.units
            return Fit.NEAR if per_head and not ASKS_PER.search(question.standalone) else Fit.EXACT
        share_of_people = (
            "count" in question.units and figure.quantity.unit in _RATES and not _CHANGES.search(figure.measure)
        )
        both_rates = figure.quantity.unit in _RATES and question.units & _RATES and "count" not in question.units
        return Fit.NEAR if both_rates or (share_of_people and figure.kind is not FigureKind.TARGET) else Fit.WRONG

    def _kind(self, question: Question, figure: Figure) -> float:
        text = question.standalone.lower()
        if _POINTS_OF_SPREAD.search(figure.measure) and not _POINTS_OF_SPREAD.search(text):
            return -0.2
        if figure.kind is FigureKind.DEFINITION:
            return 0.05 if "mean" in text or "defin" in text else -0.2
        if "baseline" in text or "starting point" in text:
            return {FigureKind.BASELINE: 0.2, FigureKind.TARGET: -0.2}.get(figure.kind, 0.0)
        if figure.kind is FigureKind.TARGET:
            return (
                0.12
                if any(w in text for w in ("target", "aim", "plan", "goal", "will", "output", "increase to", "new"))
                else -0.06
            )
        if figure.kind is FigureKind.FORECAST:
            return 0.15 if any(w in text for w in _FORECASTING) else 0.0
        if any(w in text for w in ("expect", "forecast", "predict")):
            return -0.15
        if any(w in text for w in ("target", " aim", "goal")):
            return -0.08
        return 0.0


def _whom_it_says(figure: Figure) -> tuple[str, ...]:
    """The words that say whom a figure is of, the nearest to it first."""
    near = (figure.measure, figure.population, figure.clause, figure.stem, figure.lead, figure.sentence)
    return tuple(text for text in (*near, *reversed(figure.location.section)) if text)


_AGED = re.compile(r"aged?|ages", re.IGNORECASE)
_NEGATIONS = frozenset({"no", "not", "without"})
CODE = re.compile(r"[A-Za-z]+[ -]?\d")
# A question that joins two things ("the Council and the Hub each") asks of both.
_JOINS = re.compile(r"\b(?:and|or|both|each)\b", re.IGNORECASE)
# A row of a table that is told by a number or a letter: "rent (Two)" for a two-bedroom home, "households (B – high need)".
_SIZE_ASKED = re.compile(r"\b(one|two|three|four|five|six|\d)[\s-]*(?:bed(?:room)?|person|room|storey)", re.IGNORECASE)
_SIZE_OF_ROW = re.compile(r"\((?:[^():]+: )?(one|two|three|four|five|six|\d)\b[^()]*\)$", re.IGNORECASE)
_ALL_ROWS = re.compile(r"\((?:all|any|total)\b[^()]*\)$", re.IGNORECASE)
_BAND_ASKED = re.compile(r"\b(?:band|group|category|grade)\s+([a-h])\b", re.IGNORECASE)
_BAND_OF_ROW = re.compile(r"\((?:(?:band|group|category|grade)[^():]*:?\s+)?([A-H])(?:\s[–—-]\s[^()]*)?\)$")


def _another_row(question: str, measure: str) -> bool:
    """Whether a question names a size or a band, and the figure's row is of another."""
    for wanted, row in ((_SIZE_ASKED, _SIZE_OF_ROW), (_BAND_ASKED, _BAND_OF_ROW)):
        asked = {stem_of_number(m[1]) for m in wanted.finditer(question)}
        of_row = row.search(measure)
        if asked and (_ALL_ROWS.search(measure) or (of_row and stem_of_number(of_row[1]) not in asked)):
            return True
    return False


def rows_part(measure: str, other: str) -> bool:
    """Whether two measures are of different rows of one table, or of different parts of one thing: "emissions (Transport)" and
    "emissions (Total)", "job adverts: nurses" and "job adverts: carers"."""
    a, b = (re.search(r"\(([^()]+)\)$", m) for m in (measure, other))
    if a is not None and b is not None:
        return set(phrase_stems(a[1])).isdisjoint(phrase_stems(b[1]))
    (whole, _, part), (another, _, second) = measure.partition(": "), other.partition(": ")
    return whole == another and bool(part) and set(phrase_stems(part)).isdisjoint(phrase_stems(second))


def stem_of_number(word: str) -> str:
    """A number word or a digit as a digit; a letter in small: "Two" is "2"."""
    return words(word)[0].stem if words(word) else word.lower()


# "GVA per head" is not GVA, nor GVA per hour: what a figure is a share of by the head, hour or home.
_PER_BASE = re.compile(
    r"\bper\s+(head|capita|person|resident|household|hour|employee|worker|pupil|home|dwelling|hectare|visitor|job)\b",
    re.IGNORECASE,
)
_HEADS = frozenset({"head", "capita", "person", "resident"})


def _per_another(question: Question, figure: Figure) -> bool:
    """Whether the question asks for so much per head, hour or home, and the figure is not one of that."""
    asked = {m[1].lower() for m in _PER_BASE.finditer(question.standalone)}
    if not asked:
        return False
    own = " ".join(filter(None, (figure.measure, figure.clause, figure.quantity.text, figure.stem, figure.lead)))
    stated = {m[1].lower() for m in _PER_BASE.finditer(own)}
    return not (asked & stated or (asked & _HEADS and stated & _HEADS))


_EACH_YEAR = re.compile(
    r"\b(?:per|an?|each|every)\s+(?:year|annum|month|week|quarter)\b|\b(?:annual|yearly|monthly)\b", re.I
)
# "How many homes were started?" asks for a number; only "per 1,000", "for every" or a rate asks for one of those.
ASKS_PER = re.compile(r"\bper\b|\bfor (?:every|each)\b|\brates?\b|\bin every\b", re.IGNORECASE)
PER_SO_MANY = re.compile(r"\bper\s+(?:1,?0|head\b|capita\b|thousand\b)", re.IGNORECASE)
_ALL_SAID = 0.75  # of a measure, how much a question says that asks about nothing less
_IN_ALL = re.compile(r"\b(?:in\s+(?:total|all)|altogether|total\s+number)\b", re.IGNORECASE)
_RATES = frozenset({"percent", "per_1000", "per_100000", "percentage_points"})
_CHANGES = re.compile(
    r"\b(?:increas|grow|grew|reduc|declin|decreas|fall|fell|rise|rising|rose|chang|los[est]|drop|shr[aiu]nk|gone|went|cut)",
    re.IGNORECASE,
)
_A_CHANGE = re.compile(
    r"^(?:growth|increase|reduction|decline|decrease|fall|rise|change)\b|(?:[:,]\s*|\b)(?:growth|reduction|decline|decrease)$",
    re.I,
)
_DOING = frozenset(
    stem(w)
    for w in """built build created create provide provided increase rise proposed propose undertake commission planned found
    develop offer establish started start add rise grow change complete finished completed finish made sector industry
    qualification produce
    produced came come held open opened part role main key major overall current programme scheme project""".split()
)
_PLAIN_STOCK = frozenset(stem(w) for w in ("the", "total", "overall", "estimated", "current", "resident", "number"))
STOCKS = ((stem("population"),), (stem("residents"),), (stem("households"),))
_QUALIFIED = re.compile(r"\b([a-z]+(?:ing|ed))\s+([a-z]+)\b")
_POINTS_OF_SPREAD = re.compile(r"\b(?:percentile|decile|quartile|quintile)", re.IGNORECASE)
_FORECASTING = ("expect", "will", "forecast", "future", "predict", "continue", "keep", "going to")
_BEST = [Fit.WRONG, Fit.UNSTATED, Fit.UNASKED, Fit.NEAR, Fit.EXACT]


def numbered(text: str) -> dict[str, set[str]]:
    """Nouns with the numbers before them: "5-year survival" gives year → 5."""
    found: dict[str, set[str]] = {}
    for match in re.finditer(r"\b(\d+)(?:st|nd|rd|th)?[\s-]+([a-z]{3,})", text.lower()):
        found.setdefault(stem(match[2]), set()).add(match[1])
    return found


def numbers_part(measure: str, other: str) -> bool:
    """Whether a code or a counted noun parts two measures: "NVQ2" and "NVQ4", "1-year survival" and "5-year survival"."""
    codes, others = ({w.stem for w in words(m) if CODE.match(w.stem)} for m in (measure, other))
    if codes != others and codes and others:
        return True
    ours, theirs = numbered(measure), numbered(other)
    return any(theirs[noun].isdisjoint(numbers) for noun, numbers in ours.items() if noun in theirs)


_HEAD_ENDS = re.compile(
    r"\s+(?:and|or|of|in|with|who|that|which|are|is|to|from|for|by|per|at|whose|will|\w{3,}ing)\b|[,(:;]"
)


def head_phrase(measure: str) -> str:
    """What a measure is of, before anything that narrows it: "population" of "population of the borough"."""
    match = _HEAD_ENDS.search(measure)
    return measure[: match.start()] if match and match.start() else measure


_NUMBER_OF = re.compile(r"^(?:the\s+)?(?:total\s+)?(?:number|count|stock)\s+of\s+(?:the\s+|all\s+)?", re.IGNORECASE)


def head_noun(measure: str) -> str:
    """The thing that a measure is of: "enterprises" of "active enterprises with 10+ employees", "shops" of "number of shops"."""
    phrase = head_phrase(_NUMBER_OF.sub("", measure)).split()
    return phrase[-1] if phrase else measure


_FAMILIES = (
    frozenset({"count", "per_1000", "per_100000", "percent", "ratio"}),
    frozenset({"gbp", "percent", "percentage_points"}),
    frozenset({"hours", "minutes", "days", "weeks", "months", "years", "miles", "km"}),
    frozenset({"sq_ft", "sq_m", "hectares", "acres"}),
    frozenset({"percent", "percentage_points", "per_1000", "per_100000", "ratio"}),
)


def comparable(question: Question, figure: Figure) -> bool:
    """Whether a figure's unit could at all speak to the unit asked for: square feet say nothing of how many jobs."""
    return not question.units or any(question.units & f and figure.quantity.unit in f for f in _FAMILIES)


def is_doing(term: Term) -> bool:
    """Whether a term is a word of doing ("built"), which narrows nothing."""
    return len(term.stems) == 1 and term.stems[0] in _DOING


def _area_fit(asked: Area, stated: Area) -> Fit:
    """The same place is exact; a town for its own centre, or the other way round, is near."""
    if asked.kind == "nation" and stated.kind == "country":
        return Fit.NEAR
    if asked.key != stated.key:
        return Fit.WRONG
    return Fit.EXACT if asked.part == stated.part else Fit.NEAR
