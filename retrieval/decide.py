"""The decision whether a figure answers: its measure, area, period and unit must be those asked for.

The rule comes from slots and coverage, so that it holds on documents that nobody tuned it to.
"""

import re

import numpy as np

from corpus.embedder import BASE_MODEL, DEFAULT_MODEL, embedder
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import STOPWORDS, blank, stem, words
from corpus.period import last_time as last_time_of
from corpus.thesaurus import Term, Thesaurus
from retrieval import denial
from retrieval.labels import RowNames
from retrieval.match import CODE, Fit, Match, head_noun, is_doing, numbers_part, rows_part
from retrieval.question import Question
from retrieval.series import TableMatcher
from retrieval.wording import ASKING, RATE_ASKED, TARGET_ASKED, Compares

# A figure answers when its words cover this much of what was asked,
ENOUGH = 0.72
# or this much when its sentence is also this near in meaning (cosine).
ENOUGH_IF_NEAR = 0.5
NEAR = 0.62
# A word that no source holds may be passed over only where the figure is this near.
SURELY_NEAR = 0.7


class Decider:
    """Tells which figures answer a question, and which figures measure the same thing."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.matcher = TableMatcher(generation)
        self.labels = RowNames(generation)
        self._thesaurus = Thesaurus()
        self._vectors: dict[str, np.ndarray] = {}

    def fitting(self, question: Question, matches: list[Match]) -> list[Match]:
        """Figures whose measure, area and period are those asked for, best first."""
        possible = [
            m
            for m in matches
            if m.slots_fit
            and self._is_target(question, m)
            and self._nothing_hard_missing(question, m)
            and self._is_the_thing(question, m)
            and self._is_the_part(question, m.figure)
            and not self._of_those_without(question, m.figure)
            and self._says_what(m.figure)
            and not outside(question.standalone, f"{m.figure.stem or ''} {m.figure.sentence}")
            and (not question.papers or m.figure.location.document in question.papers)
        ]
        possible = self._in_rows_named(question, possible)
        sure = [m for m in possible if m.coverage >= ENOUGH]
        if sure:
            return sure
        near = [m for m in possible if m.coverage >= ENOUGH_IF_NEAR and m.unit is not Fit.WRONG]
        near = [m for m in near if not self._leaves_out_most(question, m)][:6]
        if not near:
            return []
        similar = self.similarity(question.standalone, [_said(m.figure) for m in near])
        return [m for m, s in zip(near, similar, strict=True) if s >= NEAR]

    def _is_the_part(self, question: Question, figure: Figure) -> bool:
        """ "How much of the budget goes to roads?" is answered by what is measured of roads, and not by the budget; "What
        will the depot save?" by what is saved."""
        if (part := _PART_OF.search(question.standalone)) is not None and figure.quantity.unit != "percent":
            own = self.matcher.words_of(f"{figure.measure} {figure.stem or ''} {self._behind(figure)}")
            named = [t for t in question.terms if t.start >= part.end() and not is_doing(t)]
            return sum(self.matcher.covers(own, t) for t in named) >= 0.5 * len(named)
        if (deed := _deed_asked(question)) is None:
            return True
        own = self.matcher.words_of(f"{figure.measure} {figure.stem or ''} {figure.clause}")
        return self.matcher.covers(own, deed) > 0.5

    def _behind(self, figure: Figure) -> str:
        """What a document says behind a figure, up to the next one of its sentence: "28 in bed and breakfast"."""
        if figure.location.cell is not None:
            return ""
        following = [f.at[0] for f in self.matcher.siblings(figure) if f.at[0] > figure.at[0]]
        text = self.generation.documents[figure.location.document].text
        behind = text[figure.at[1] : min([*following, figure.location.end])]
        return "" if behind.rstrip().endswith("(") else behind  # what a bracket follows is measured in the bracket

    @staticmethod
    def _of_those_without(question: Question, figure: Figure) -> bool:
        """Whether a figure is of those without what is asked about, or of those with what is asked to be absent."""
        said = " ".join(filter(None, (figure.population, figure.sentence, figure.stem)))
        return denial.differs(question, figure.measure, said)

    def _says_what(self, figure: Figure) -> bool:
        """Whether a figure of a document measures anything: "Site 4, Anytown (5 ha)" gives a name, and not what there is
        so much of."""
        if figure.location.cell is not None:
            return True
        places = [(m.start, m.end) for m in self.generation.gazetteer.find(figure.measure)]
        return any(c.isalpha() for c in blank(figure.measure, places))

    def _in_rows_named(self, question: Question, matches: list[Match]) -> list[Match]:
        """Without the figures of rows that the question does not name, unless it asks for all or for the first of them."""
        if (question.several and not question.wants_figure) or question.compares in (Compares.HIGHEST, Compares.LOWEST):
            return matches
        return [m for m in matches if (row := self.labels.row_of(m.figure)) is None or self.labels.calls(question, row)]

    def _is_target(self, question: Question, match: Match) -> bool:
        """Where a target is asked for, whether the figure is one: how things stand now is none, nor is a target how they
        were."""
        figure = match.figure
        if not TARGET_ASKED.search(question.standalone):
            past = _PAST.search(question.standalone) and not _AIMS.search(question.standalone)
            to_be = figure.kind is FigureKind.TARGET or _REQUIRES.search(figure.sentence) is not None
            return not (past and to_be and figure.location.cell is None)
        if figure.kind in (FigureKind.TARGET, FigureKind.FORECAST):
            return True
        own = " ".join(filter(None, (figure.measure, figure.sentence, figure.stem, *figure.location.section)))
        return _AIMS.search(own) is not None

    def _leaves_out_most(self, question: Question, match: Match) -> bool:
        """Whether a figure's words leave out the rarest thing that is asked for."""
        things = [t for t in question.terms if not is_doing(t) and not t.stems[0].isdigit()]
        rarest = max(things, key=lambda t: self.matcher.rarity(t.stems), default=None)
        return len(things) > 1 and rarest in match.missing

    def _is_the_thing(self, question: Question, match: Match) -> bool:
        """A question of one word is about that thing itself: "how many businesses" is not answered by "business areas",
        nor by how many of them export."""
        if len(question.terms) != 1 or question.theme is not None or question.papers:
            return True
        figure = match.figure
        a_cell = figure.location.cell is not None and figure.quantity.unit == "percent" and match.unit is not Fit.WRONG
        a_cell = a_cell and "count" not in question.units
        a_rate = RATE_ASKED.search(question.standalone) is not None and match.unit is Fit.EXACT
        a_rate = a_rate and self.matcher.in_measure(figure, question.terms[0])  # "the recycling rate" is no long name
        if match.precision < 0.25 and not CODE.match(question.terms[0].text) and not a_cell and not a_rate:
            return False
        counted = "count" in question.units and match.figure.quantity.unit == "count"
        if "count" in question.units and match.figure.quantity.unit == "percent":
            return False
        term = question.terms[0]
        heads = {phrase[-1] for phrase in (term.stems, *term.alternatives)} | _AGENTS
        if "count" in question.units and match.figure.quantity.unit == "ratio":
            return stem(head_noun(match.figure.measure)) in heads
        return not counted or (stem(head_noun(match.figure.measure)) in heads and not self._of_some(question, figure))

    def _of_some(self, question: Question, figure: Figure) -> bool:
        """Whether a figure of a document counts only some of the things that a question of one word asks about; what
        companies do ("exporting") is itself what a question for those who do it asks about."""
        named = {phrase[-1] for t in question.terms for phrase in (t.stems, *t.alternatives)}
        if figure.location.cell is not None or stem(head_noun(figure.measure)) not in named:
            return False
        asked = {s for t in question.terms for phrase in (t.stems, *t.alternatives) for s in phrase} | _AGENTS | _WHOLE
        places = {w.text.lower() for w in words(figure.area or "")}
        own = [w for w in words(figure.measure) if w.text.lower() not in STOPWORDS | ASKING | places]
        return any(w.stem not in asked for w in own)

    def of_some(self, question: Question, matches: list[Match]) -> list[Match]:
        """Figures of some of the things that a question of one word asks about, where "how many" is asked."""
        if len(question.terms) != 1 or "count" not in question.units or is_doing(question.terms[0]):
            return []
        some = [
            m
            for m in matches
            if m.slots_fit
            and not m.missing
            and m.figure.quantity.unit == "count"
            and m.figure.kind in (FigureKind.BASELINE, FigureKind.OUTTURN)
            and self._of_some(question, m.figure)
        ]
        return self._in_rows_named(question, some)

    def similarity(self, question: str, texts: list[str]) -> list[float]:
        """Cosine of the question with each text, by the model as it comes: it tells what is alike, the trained one what
        answers. Vectors of texts are kept."""
        own = self.generation.embedding_model
        model = embedder(BASE_MODEL if own == DEFAULT_MODEL else own)
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
        head = head_asked(question)
        if head is not None and self._of_another_head(question, match.figure):
            return False
        for term in match.missing:
            proper = term.text[0].isupper() and term.start > 0
            if (
                CODE.match(term.text)
                or denial.NAMED_WITHOUT.match(term.text)
                or proper
                or (term.stems[0] in _PRICED and question.units == {"gbp"})
            ):
                return False
            if not self.matcher.known(term) and not is_doing(term) and not self._may_be_passed_over(question, match):
                return False
            anybody = term == head and term.stems in _ANYBODY and match.coverage >= ENOUGH
            if (term == head and not anybody) or re.match(
                r"\s+(?:rate|ratio|quotient)\b", question.standalone[term.end :], re.IGNORECASE
            ):
                return False
            following = next((t for t in question.terms if 0 <= t.start - term.end <= 1), None)
            narrows = following is not None and following not in match.missing and not is_doing(term)
            if narrows and following is not None and self.matcher.in_measure(match.figure, following):
                return False
        return True

    def _of_another_head(self, question: Question, figure: Figure) -> bool:
        """ "How many nurses are there?" is not answered by "job adverts: nurses"."""
        head, part, _ = figure.measure.partition(": ")
        if not part or figure.quantity.unit != "count" or figure.location.cell is not None:
            return False
        asked = {phrase[-1] for t in question.terms for phrase in (t.stems, *t.alternatives)}
        return stem(head_noun(head)) not in asked | _AGENTS

    def _may_be_passed_over(self, question: Question, match: Match) -> bool:
        """One word that no source holds, in a long question that is otherwise covered and near in meaning."""
        unknown = [t for t in match.missing if not self.matcher.known(t)]
        if len(unknown) > 1 or len(question.terms) < 3 or match.coverage < ENOUGH_IF_NEAR:
            return False
        return self.similarity(question.standalone, [_said(match.figure)])[0] >= SURELY_NEAR

    def like(self, figure: Figure, other: Figure) -> bool:
        """The same sentence or row set, or a measure of the same words and unit."""
        if figure.group and figure.group == other.group:
            return True
        if figure.location.document == other.location.document and figure.location.start == other.location.start:
            return self.alike(figure, other) > 0.6 or figure.measure == other.measure
        return figure.quantity.unit == other.quantity.unit and self.alike(figure, other) > 0.34

    def alike(self, figure: Figure, other: Figure) -> float:
        """How much two measures share, 0 to 1 (Dice 1945), in their words or in words that mean the same.

        A code or a number parts them, whatever else they share: "residents with NVQ2" are not those "with NVQ4".
        """
        if numbers_part(figure.measure, other.measure) or rows_part(figure.measure, other.measure):
            return 0.0
        a, b = self._measure_terms(figure), self._measure_terms(other)
        if not a or not b:
            return float(figure.measure == other.measure)
        short, long = sorted((a, b), key=len)
        held = {phrase for term in long for phrase in (term.stems, *term.alternatives)}
        return 2 * sum(bool(held & {t.stems, *t.alternatives}) for t in short) / (len(short) + len(long))

    def _measure_terms(self, figure: Figure) -> list[Term]:
        """The terms of a figure's measure, its area aside."""
        places = frozenset(w.text.lower() for w in words(figure.area or ""))
        return self._thesaurus.terms(figure.measure, _OF_MEASURING | places)

    def named(self, figure: Figure) -> str:
        own = self.generation.own_area
        if figure.area is None:
            return own.key if own else ""
        return self.generation.gazetteer.named(figure.area).key

    def covers(self, question: Question, text: str) -> float:
        held = self.matcher.words_of(text)
        terms = [t for t in question.terms if not t.stems[0].isdigit()]
        total = sum(self.matcher.rarity(t.stems) for t in terms)
        covered = sum(self.matcher.rarity(t.stems) * self.matcher.covers(held, t) for t in terms)
        return covered / total if total else 0.0


def outside(question: str, source: str) -> bool:
    """Whether the question is of so many things ("sites of 5 homes") and the source speaks only of more, or of fewer."""
    for many in _SO_MANY.finditer(question):
        number, thing = int(many[1].replace(",", "")), stem(many[2])
        bounds = [m for m in _BOUND.finditer(source) if stem(m["thing"] or m["thing_"]) == thing]
        if bounds and not any(_holds(m, number) for m in bounds):
            return True
    return False


def _holds(bound: re.Match[str], number: int) -> bool:
    limit = int((bound["n"] or bound["m"]).replace(",", ""))
    if bound["over"]:
        return number > limit
    if bound["under"]:
        return number < limit
    return number >= limit if bound["more"] or bound["least"] else number <= limit


# "How much of the grant goes to", "what share of the homes are": what stands behind is the part that is asked for.
_PART_OF = re.compile(
    r"^\W*(?:and\s+)?(?:how\s+(?:much|many)|what\s+(?:\w+\s+)?(?:share|percentage|proportion|fraction|amount|part))\s+of\s"
    r"[^?]*?\b(?:is|are|was|were|will\s+be|goes|go|went|comes?|came)\b(?:\s+(?:to|from|for|on|spent|paid|made\s+up))*",
    re.IGNORECASE,
)
_WHAT_IT_DOES = re.compile(
    r"^\W*(?:and\s+)?(?:what|how\s+much)\s+(?:will|would|does|do|did|has|have|could)\s", re.IGNORECASE
)
_NOTHING_BEHIND = re.compile(
    r"\s*(?:(?:(?:per|an?|each|every|in|over|by)\s*)*(?:year|annum|month|week|total|all|the|now|so\s+far)?\s*)*\W*",
    re.IGNORECASE,
)
_SO_MANY = re.compile(r"(?<![\w£.,-])(\d[\d,]*)\s+([a-z]{4,})")
_BOUND = re.compile(
    r"\b(?:(?P<over>over|more than|above)|(?P<under>under|below|fewer than|less than)|(?P<least>at least)|up to)"
    r"\s+(?P<n>\d[\d,]*)\s+(?P<thing>[a-z]{4,})"
    r"|(?<![\w£.,-])(?P<m>\d[\d,]*)\s+or\s+(?:(?P<more>more)|fewer|less)\s+(?P<thing_>[a-z]{4,})",
)
# What is required of others is not what was done.
_REQUIRES = re.compile(
    r"\b(?:should|must)\b[^.]{0,40}?\b(?:provide|meet|include|deliver|achieve|contribute|be)\b", re.IGNORECASE
)
_PAST = re.compile(r"^\W*(?:and\s+)?(?:what|how\s+\w+(?:\s+\w+){0,6}?|which)\s+(?:was|were|did)\b", re.IGNORECASE)
_AIMS = re.compile(
    r"\b(?:targets?|goals?|aims?|ambitions?|aspir\w+|objectives?|will|want|by 20\d\d|outcomes?|outputs?|increase to|reduce to)\b",
    re.IGNORECASE,
)
# Words of a measure that leave out none of the things that it counts.
_WHOLE = frozenset(
    stem(w) for w in "the total overall estimated current resident number active existing registered all local".split()
)
# What money is asked for as: a grant towards a thing is not its cost.
_PRICED = frozenset(stem(w) for w in ("cost", "price", "rent", "spend", "budget", "turnover", "value"))
# Words that say how a measure is taken, not of what.
_OF_MEASURING = frozenset(
    "number average median mean total overall current level levels rate rates share proportion".split()
)
# "How many people work in …": a count of jobs, claimants or starts is one of people.
_ANYBODY = frozenset({(stem("people"),), (stem("adults"),)})
# "Companies … exporting" are exporters: the head of such a measure is who does it.
_AGENTS = frozenset(stem(w) for w in ("companies", "businesses", "firms", "people", "residents", "employers"))


def _deed_asked(question: Question) -> Term | None:
    """What "what will it …" and "how much did it …" ask about, where nothing is named behind it: "save", "raise"."""
    asked = _WHAT_IT_DOES.match(question.standalone)
    last = question.terms[-1] if asked and len(question.terms) > 1 else None
    if last is None or asked is None or last.start < asked.end() or is_doing(last) or not last.text.islower():
        return None
    behind = blank(question.standalone, [(p.start, p.end) for p in question.periods])[last.end :]
    return last if _NOTHING_BEHIND.fullmatch(behind) else None


def head_asked(question: Question) -> Term | None:
    """The thing that "how many" counts: the last of the terms that follow it side by side."""
    match = re.search(r"\bhow\s+many\b", question.standalone, re.IGNORECASE)
    head: Term | None = None
    for term in question.terms if match else ():
        if match is not None and term.start >= match.end():
            if (head is None and term.start - match.end() > 12) or (head is not None and term.start - head.end > 1):
                break
            head = term
    return head if head is None or not is_doing(head) else None


def last_year(figure: Figure) -> int:
    """The last year that a figure's period covers; 0 where none is stated."""
    return last_time(figure)[0]


def last_time(figure: Figure) -> tuple[int, int]:
    """The last year that a figure's period covers and the quarter or month in it; 0 for what is not stated."""
    return last_time_of(figure.period)


def _said(figure: Figure) -> str:
    """A figure in words, for its nearness in meaning to a question."""
    return " ".join(filter(None, (figure.measure, figure.area, figure.period, "–", figure.stem, figure.sentence)))
