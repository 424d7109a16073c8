"""Sentences that answer a question in words: ranked by what they say, by meaning, and by the kind of words expected.

A sentence is held against each word asked for, weighted by how rare the word is, wherever the word stands: in the
sentence itself, in the stem or the sentence before it, in its headings or its document's title. It answers only where
no name and no code is missing, where words of the kind expected stand in it, and where enough is covered.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from langchain_core.documents import Document as LangChainDocument

from corpus.document import Document
from corpus.language import STOPWORDS, sentences, stem, words
from corpus.passage import Passage
from corpus.period import read_periods
from corpus.thesaurus import LINKING, Term, said
from retrieval import denial
from retrieval.decide import Decider
from retrieval.expects import CONTACT, NAMES_IT, STRICT, Expects, dated, holds, narrowed
from retrieval.found import Found
from retrieval.match import Words, is_doing
from retrieval.question import Question
from retrieval.rows import parts_of_row
from retrieval.wording import ASKING

# How much a word counts that stands in the sentence, the stem, the sentence before, the headings, the title.
_SENTENCE, _STEM, _BEFORE, _HEADING, _TITLE = 1.0, 0.95, 0.8, 0.85, 0.6
# A word that may say the same in running text, and a word of the same family ("respond", "response").
_SAID, _FAMILY = 0.85, 0.8
# How much a word of asking ("report", "largest") weighs beside a word that is asked about.
_LIGHT = 0.25
# A sentence answers when it covers this much, or this much when it is also this near in meaning (cosine).
_COVERS, _COVERS_IF_NEAR, _NEAR = 0.66, 0.45, 0.6
# However much it covers, a sentence this far in meaning only shares words with the question.
_FAR = 0.25
# Somebody does it to what is asked about where this much of that is said beside.
_OBJECT = 0.55
# An address or a number answers with less: few words stand beside it.
_COVERS_CONTACT = 0.5
# What meaning, word order and the kind of words weigh beside coverage, when sentences are ranked.
_MEANING, _ORDER, _KIND, _OWN, _PLACE, _TERSE = 0.6, 0.3, 0.12, 0.3, 0.05, 0.15
# A sentence that says fewer words of its own than this beside the question's says nothing new; where "yes" or "no" is
# asked for, it need say little.
_NEW, _NEW_IF_YES_OR_NO = 2, 1
# A term is missing where it is covered by less than this.
_MISSING = 0.42
# Kinds whose words tell an answer from what is merely about the same thing.
_TELLING = STRICT | {Expects.DUTY, Expects.PURPOSE, Expects.WHY}
# How many sentences are read for their meaning, and how many are then looked at, and how near another must
# come to the best to be said as well.
_READ, _LOOKED_AT, _AS_GOOD = 40, 10, 0.05
# A sentence with a superlative answers when it covers this much of what is ranked.
_SAYS_MOST = 0.6
_ASIDE = 25  # characters: a shorter bracket is no sentence
_SHORTEST = 12  # characters
_COUNCIL = "Borough District City County Town Council"
_POINTS_BACK = re.compile(
    r"^(?:it|this|these|they|such|he|she|that|those|the (?:above|latter|former))\b", re.IGNORECASE
)


# "Source: Census 2021": the date of a source is that of nothing else.
_NAMES_A_SOURCE = re.compile(r"\W*sources?\s*:", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^(?:this|these|they|those|it)\s+(?:includes?|comprises?|consists?|are\s*:|is\s*:)", re.IGNORECASE
)


def _whole(text: str) -> Iterator[tuple[int, int, str]]:
    """The sentences of a text that is no row of a table, and so in no column."""
    return ((start, end, "") for start, end in sentences(text))


def _parted(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Sentences in which one in brackets ("(A site need not be open.) e.g. …") stands apart from what follows it."""
    for start, end, column in spans:
        closed = text.find(")", start, end) + 1
        if text[start] == "(" and _ASIDE < closed - start < end - start - 1:
            yield start, closed, column
            start = closed + len(text[closed:end]) - len(text[closed:end].lstrip())
        yield start, end, column


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with the words that place it. start, end: characters of the document."""

    passage: Passage
    start: int
    end: int
    text: str
    before: str
    held: Words
    own: Words


class SentenceFinder:
    """Finds the sentences of the documents that speak to a question."""

    def __init__(self, decider: Decider) -> None:
        self.decider = decider
        self.generation = decider.generation
        self.matcher = decider.matcher
        self.units: list[Unit] = []
        self._of: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        for passage in self.generation.passages:
            if passage.kind != "row":
                for unit in self._cut(passage):
                    self._of.setdefault(passage.id, []).append(len(self.units))
                    for word in unit.held.weights:
                        self._by_stem.setdefault(word, []).append(len(self.units))
                    self.units.append(unit)
        self._families = _families(self._by_stem)

    def _cut(self, passage: Passage) -> Iterator[Unit]:
        placed = self.placed(passage)
        before = ""
        spans = parts_of_row(passage) if passage.cells else _whole(passage.text)
        for start, end, column in _parted(passage.text, spans):
            text = " ".join(passage.text[start:end].split())
            own = self.matcher.words_in((text, _SENTENCE))
            stem = " ".join(filter(None, (passage.stem, passage.label, column)))
            held = self.matcher.words_in((text, _SENTENCE), (stem, _STEM), (before, _BEFORE), *placed)
            if len(text) >= _SHORTEST:
                yield Unit(
                    passage, passage.location.start + start, passage.location.start + end, text, before, held, own
                )
            before = text

    def placed(self, passage: Passage) -> tuple[tuple[str, float], ...]:
        """The words that place a passage, and what they count: its headings, its document's title, area, publisher."""
        document = self.generation.documents[passage.location.document]
        area = self.generation.own_areas.get(document.path)
        council = f"{area.name} {_COUNCIL}" if area else None
        named = " ".join(filter(None, (document.title, council, document.publisher)))
        headings = passage.location.section
        return ((" ".join(headings[-1:]), _HEADING), (" ".join((*headings[:-1], named, document.date or "")), _TITLE))

    def find(self, question: Question, retrieved: Iterable[LangChainDocument] = ()) -> tuple[Found, ...]:
        """The sentences that answer, the best first; none where the sources do not say."""
        able = [f for f in self.ranked(question, retrieved)[:_LOOKED_AT] if self.answers(question, f)]
        if _HOW_IT_STANDS.match(question.standalone):
            able = [f for f in able if not _SETS_A_TARGET.search(f.text)]
        kept = able[:1]
        for other in able[1:]:
            near = other.score >= able[0].score - _AS_GOOD
            if near and len(kept) < 3 and not any(self._repeats(other, k) for k in kept):
                kept.append(other)
        return tuple(self._readable(question, f) for f in kept)

    def ranked(self, question: Question, retrieved: Iterable[LangChainDocument] = ()) -> list[Found]:
        """Sentences that share words or meaning with the question, best first."""
        if question.unknown_area:
            return []
        asked = self.asked(question)
        if not self.names_something(question):
            return []
        numbers = self._candidates(asked, retrieved)
        units = [u for n in numbers if self.in_area(question, (u := self.units[n]).passage, f"{u.before} {u.text}")]
        if question.expects in STRICT:
            units = [u for u in units if holds(u.text, question.expects, question.standalone)]
        if not units:
            return []
        units = sorted(units, key=lambda u: -self.coverage(asked, u.held))[:_READ]
        likeness = self.decider.similarity(question.standalone, [_in_place(u) for u in units])
        found = [self._found(question, asked, u, s) for u, s in zip(units, likeness, strict=True)]
        return sorted(found, key=lambda f: (-f.score, f.passage.location.document, f.start))

    def names_something(self, question: Question) -> bool:
        """Whether a question names anything but the kind of its answer: "Who made you?" does not."""
        full = {*question.terms, *_idioms(question.standalone), *_times(question)}
        return any(w > _LIGHT * self._weight(t) + 1e-9 for t, w in self.asked(question) if t in full)

    def asked(self, question: Question) -> list[tuple[Term, float]]:
        """What the question asks about, each with its weight; words that only name the kind of answer weigh little."""
        named = NAMES_IT.get(question.expects) if question.expects is not None else None
        idioms = _idioms(question.standalone)
        areas = {w for a in self.generation.own_areas.values() for w in _stems(a.name)}
        weighted: list[tuple[Term, float]] = [(t, self._weight(t)) for t in idioms]
        for term in (*question.terms, *question.light):
            if any(term.start < i.end and i.start < term.end for i in idioms):
                continue
            light = term.text.lower() in ASKING or set(term.stems) <= areas or _names_no_one(question, term)
            light = light or (named is not None and named.fullmatch(term.text) is not None)
            weighted.append((term, self._weight(term) * (_LIGHT if light else 1.0)))
        weighted += [(t, _TIME) for t in _times(question)]
        if _NECESSITY.search(question.standalone):
            weighted.append((_MUST, _NEEDED))
        return weighted

    def _weight(self, term: Term) -> float:
        return self.matcher.rarity(term.stems)

    def _candidates(self, asked: list[tuple[Term, float]], retrieved: Iterable[LangChainDocument]) -> list[int]:
        """The sentences that hold most of what is asked, and those of the passages that were retrieved."""
        gained: Counter[int] = Counter()
        for term, weight in asked:
            phrases = (term.stems, *term.alternatives, *said().get(term.stems, ()))
            holding = {n for phrase in phrases for word in phrase[-1:] for n in self._near(word)}
            for n in holding:
                gained[n] += round(1000 * weight)
        best = [n for n, _ in gained.most_common(2 * _READ)]
        return list(dict.fromkeys([*best, *(n for d in retrieved for n in self._of.get(d.metadata["id"], ()))]))

    def _near(self, word: str) -> Iterator[int]:
        for other in (word, *self._families.get(word, ())):
            yield from self._by_stem.get(other, ())

    def covers(self, held: Words, term: Term) -> float:
        """How well words cover one term of a question, 0 to 1: by itself, a synonym, what may say the same, its family."""
        best = self.matcher.covers(held, term)
        if best < _SAID:
            best = max([best, *(_SAID * held.phrase(p) for p in said().get(term.stems, ()))])
        if best < _FAMILY and len(term.stems) == 1:
            best = max([best, *(_FAMILY * held.weights.get(s, 0.0) for s in self._families.get(term.stems[0], ()))])
        return best

    def coverage(self, asked: list[tuple[Term, float]], held: Words) -> float:
        """The share of what is asked that words cover, 0 to 1, rare words counting more."""
        total = sum(weight for _, weight in asked)
        return sum(weight * self.covers(held, term) for term, weight in asked) / total if total else 0.0

    def _found(self, question: Question, asked: list[tuple[Term, float]], unit: Unit, similarity: float) -> Found:
        coverage = self.coverage(asked, unit.held)
        score = self.score(question, asked, unit.text, coverage, unit.own, similarity)
        if not _says_new(question, unit):
            score -= 2 * _OWN
        return Found(unit.passage, unit.start, unit.end, unit.text, similarity, coverage, score)

    def score(
        self,
        question: Question,
        asked: list[tuple[Term, float]],
        text: str,
        coverage: float,
        own: Words,
        similarity: float,
    ) -> float:
        """How well a text speaks to a question, for ranking only."""
        score = coverage + _OWN * self.coverage(asked, own) + _MEANING * similarity
        score += _ORDER * _in_order(question, text) + _TERSE * _share_asked(question, text)
        if question.expects in _TELLING and holds(text, question.expects):
            score += _KIND
        if question.expects is Expects.WHEN and dated(text):
            score += _KIND
        if question.areas and any(m.area in question.areas for m in self.generation.gazetteer.find(text)):
            score += _PLACE
        return score

    def answers(self, question: Question, found: Found) -> bool:
        """Whether a sentence answers: nothing hard is missing, its words are of the kind expected, enough is covered."""
        if question.expects in STRICT and not holds(found.text, question.expects, question.standalone):
            return False
        asked = self.asked(question)
        unit = next(self.units[n] for n in self._of[found.passage.id] if self.units[n].start == found.start)
        missing = [t for t, _ in asked if self.covers(unit.held, t) < _MISSING]
        if found.text.rstrip().endswith("?") or not _says_new(question, unit):
            return False
        if denial.asked_of_those_without(question) and denial.differs(question, found.text):
            return False
        if question.expects is Expects.WHEN and _NAMES_A_SOURCE.match(found.text):
            return False
        if not self._in_time(question, unit):
            return False
        if self.matcher.opposed(question, self.matcher.words_of(f"{unit.before} {unit.text}")):
            return False
        if self._lacks_deed(question, unit) or self.lacks_name(question, missing) or self._other_name(question, unit):
            return False
        unknown = [t for t in missing if t in question.terms and not _names_no_one(question, t) and not self.known(t)]
        if len(unknown) > 1 or (unknown and found.similarity < _NEAR):
            return False
        enough = found.coverage >= _COVERS and (found.similarity >= _FAR or question.expects in CONTACT)
        if question.expects is Expects.WHO:
            return enough
        if question.expects in CONTACT:
            return found.coverage >= _COVERS_CONTACT
        if question.expects is None and any(self._narrows(question, t) for t in missing):
            return enough
        return enough or (found.similarity > _NEAR and found.coverage > _COVERS_IF_NEAR)

    def _narrows(self, question: Question, term: Term) -> bool:
        """Whether a term stands right before another that it narrows: without "transport", emissions are others."""
        following = next((t for t in question.terms if 0 <= t.start - term.end <= 1), None)
        return term in question.terms and following is not None and not is_doing(term) and self.known(term)

    def known(self, term: Term) -> bool:
        """Whether any sentence of the sources holds the term or what may say the same."""
        phrases = (term.stems, *term.alternatives, *said().get(term.stems, ()))
        return any(all(s in self._by_stem or s in self._families for s in p) for p in phrases)

    def _in_time(self, question: Question, unit: Unit) -> bool:
        """Whether the years and months asked for stand with a sentence, or at least in its document where the sentence, its
        stem and its heading name no other year; and whether they name no other quarter than the one asked for."""
        document = self.generation.documents[unit.passage.location.document]
        stated = " ".join((unit.text, unit.before, unit.passage.stem or "", *unit.passage.location.section[-1:]))
        for time in _times(question):
            elsewhere = time.text in document.text or time.text in (document.date or "")
            if self.covers(unit.held, time) < _MISSING and (not elsewhere or _YEAR.search(stated)):
                return False
            only_before = time.text in unit.before and time.text not in stated.replace(unit.before, " ")
            at_one_time = all(p.relation == "in" for p in question.periods)
            if at_one_time and only_before and time.text not in _FROM_THEN.sub(" ", unit.before):
                return False
        asked = {p.quarter for p in question.periods if p.quarter}
        near = (unit.text, unit.passage.stem or "", *reversed(unit.passage.location.section), document.title)
        named = next((q for text in near if (q := {p.quarter for p in read_periods(text) if p.quarter})), asked)
        return not asked or bool(asked & named)

    def _lacks_deed(self, question: Question, unit: Unit) -> bool:
        """ "Who oversees …" and "When was … adopted": the sentence itself must say who does that, or when that is done."""
        deed = deed_of(question)
        if deed is None:
            return False
        told = _ATTRIBUTE.sub(" ", unit.text) if question.expects is Expects.WHO else unit.text
        near = self.matcher.words_in((told, 1.0), (unit.passage.stem or "", 1.0))
        if _OFFICES.fullmatch(deed.text) and not re.search(rf"\b{re.escape(deed.text)}", unit.text, re.IGNORECASE):
            return True
        if self.covers(near, deed) < 0.5:
            return True
        return question.expects is Expects.WHO and (
            self._names_no_doer(deed, unit) or self._of_another(question, deed, unit)
        )

    def _names_no_doer(self, deed: Term, unit: Unit) -> bool:
        """ "Produce a strategy", "Leading on …": a line that begins with what is done says of nobody that they do it."""
        first = self.matcher.words_in((unit.text.lstrip("•-–* ").split(maxsplit=1)[0], 1.0))
        said = holds(f"{unit.passage.stem or ''} {unit.passage.label or ''}", Expects.WHO)
        return self.covers(first, deed) >= 0.5 and not said and not _SAYS_BY_WHOM.search(unit.text)

    def _of_another(self, question: Question, deed: Term, unit: Unit) -> bool:
        """Whether what somebody is said to do is done to something else: a heading far above says not to what."""
        heading = " ".join(unit.passage.location.section[-1:])
        near = self.matcher.words_in((" ".join((unit.text, unit.before, unit.passage.stem or "", heading)), 1.0))
        objects = [(t, w) for t, w in self.asked(question) if t != deed and w > _LIGHT]
        return bool(objects) and self.coverage(objects, near) < _OBJECT

    def _other_name(self, question: Question, unit: Unit) -> bool:
        """Whether a name of several words is not that of the sentence: "Economic Board" is none of an "Economic Plan"'s.

        Words in a title alone do not hold a name, unless the title holds it whole: then it names the document.
        """
        title = self.matcher.words_in(*self.placed(unit.passage)[1:])
        for name in _NAME.finditer(question.standalone):
            terms = [t for t in (*question.terms, *question.light) if name.start() <= t.start < name.end()]
            if question.standalone.isupper() or all(self.covers(title, t) for t in terms):
                continue
            if any(self.covers(unit.held, t) < _NAMED for t in terms):
                return True
        return False

    @staticmethod
    def lacks_name(question: Question, missing: list[Term]) -> bool:
        """Whether a name or a code that was asked about is missing."""
        capitals = question.standalone.isupper()
        return any(
            any(c.isdigit() for c in t.text) or (t.text[0].isupper() and t.start > 0 and not capitals)
            for t in missing
            if t in question.terms
        )

    @staticmethod
    def asks_of_papers(question: Question) -> bool:
        """Whether nothing is asked about but what is done with papers: "published"."""
        return all(_OF_PAPERS.fullmatch(t.text) for t in question.terms)

    def document_named(self, question: Question) -> Document | None:
        """The document that a question is about as a document: its title and area hold all that is named but what is done."""
        deed = deed_of(question)
        deed = deed if deed is not None and _PARTICIPLE.fullmatch(deed.text) else None
        if deed is not None and not _OF_PAPERS.fullmatch(deed.text):
            return None
        asked = [t for t in question.terms if t != deed and not _OF_PAPERS.fullmatch(t.text)]
        best: tuple[float, Document] | None = None
        for document in self.generation.documents.values():
            area = self.generation.own_areas.get(document.path)
            title = self.matcher.words_of(f"{document.title} {area.name if area else ''}")
            about = not question.areas or (area is not None and area.key in {a.key for a in question.areas})
            held = [self.covers(title, t) for t in asked]
            if (
                asked
                and about
                and not document.is_table
                and min(held) >= _FAMILY
                and (best is None or sum(held) > best[0])
            ):
                best = sum(held), document
        return best[1] if best else None

    def superlative(self, question: Question, retrieved: Iterable[LangChainDocument]) -> tuple[Found, ...]:
        """The sentence that says of something that it is the largest, for a question that asks which is."""
        asked = _SUPERLATIVE.search(question.standalone)
        family = next((f for f in _SUPERLATIVES if asked and asked[0].lower() in f), None)
        for found in self.ranked(question, retrieved) if family else ():
            said_too = any(m[0].lower() in family for m in _SUPERLATIVE.finditer(found.text)) if family else False
            own = self.coverage([(t, 1.0) for t in question.terms], self.matcher.words_in((found.text, 1.0)))
            if said_too and own >= _SAYS_MOST and self.answers(question, found):
                return (self._readable(question, found),)
        return ()

    def in_area(self, question: Question, passage: Passage, text: str | None = None) -> bool:
        """Whether a passage may speak for the places asked about: its words name one, or its document is about it. Where
        places are compared, every one that its document is not about has to be named."""
        asked = {a.key for a in question.areas}
        about = self.generation.own_areas.get(passage.location.document, self.generation.own_area)
        own = {about.key} if about is not None else set()
        compared = ({a.key for a in question.against} | (asked if question.compares is not None else set())) - own
        if not compared and (not asked or asked & own):
            return True
        context = " ".join((passage.text if text is None else text, passage.stem or "", *passage.location.section))
        context += " " + self.generation.documents[passage.location.document].title
        named = {m.area.key for m in self.generation.gazetteer.find(context)}
        return compared <= named and (not asked or bool(asked & (named | own)))

    def _repeats(self, found: Found, other: Found) -> bool:
        """Whether a sentence says again what another says."""
        mine = {w.stem for w in words(found.text) if w.text.lower() not in STOPWORDS}
        theirs = {w.stem for w in words(other.text) if w.text.lower() not in STOPWORDS}
        return len(mine & theirs) >= 0.6 * min(len(mine), len(theirs))

    def _readable(self, question: Question, found: Found) -> Found:
        """A sentence that points back takes the one before it along, and one that is gone on with the one behind it; of lines
        that are no sentences, the one asked for."""
        place = found.passage.location
        span = narrowed(found.passage.text[found.start - place.start : found.end - place.start], question.expects)
        if span is not None:
            return replace(found, start=found.start + span[0], end=found.start + span[1])
        units = [self.units[n] for n in self._of[found.passage.id]]
        before = [u for u in units if u.end <= found.start]
        after = [u for u in units if u.start >= found.end]
        if _POINTS_BACK.match(found.text) and before:
            found = replace(found, start=before[-1].start, text=f"{before[-1].text} {found.text}")
        if after and _GOES_ON.match(after[0].text):
            found = replace(found, end=after[0].end, text=f"{found.text} {after[0].text}")
        return found


_SUPERLATIVES = (
    frozenset(
        {"largest", "biggest", "greatest", "most", "highest", "main", "leading", "top", "major", "principal", "key"}
    ),
    frozenset({"smallest", "lowest", "least", "fewest"}),
    frozenset({"oldest", "earliest", "first"}),
    frozenset({"newest", "latest"}),
    frozenset({"fastest", "quickest"}),
    frozenset({"slowest"}),
    frozenset({"best", "strongest"}),
    frozenset({"worst", "weakest", "poorest"}),
    frozenset({"nearest", "closest"}),
)
_SUPERLATIVE = re.compile(
    r"\b(?:largest|biggest|greatest|most|highest|main|smallest|lowest|least|fewest|oldest|newest|fastest|slowest|best"
    r"|strongest|worst|weakest|poorest|nearest|closest)\b",
    re.IGNORECASE,
)
# Words for papers and for what is done with them.
_OF_PAPERS = re.compile(
    r"(?:date|dated|adopt(?:ed)?|publish(?:ed)?|issued?|approved?|written|wrote|produced?|prepared?|version|form|page|spd|note"
    r"|application|assessment|report|plan|strategy|guide|guidance|document|review|study)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)\b(?:[A-Z][\w’-]+\s+){1,5}[A-Z][\w’-]+")
# Words of a name stand in the sentence, its stem, the sentence before or a heading.
_NAMED = 0.7
_DEED = re.compile(r"\b(?:was|were|is|are|be|been|being|has|have|had)\b", re.IGNORECASE)
# "Rents have fallen to £45, from £70 in 2015" speaks of 2015, and dates nothing that follows.
_FROM_THEN = re.compile(
    r"\b(?:from|since|than|against|below|above|compared)\b[^.;]{0,40}?\b(?:19|20)\d\d\b", re.IGNORECASE
)
# "How long does it take?" asks how things stand; "reduce the time to 20 weeks by March" is what is wanted.
_HOW_IT_STANDS = re.compile(
    r"\W*(?:and\s+)?(?:what|how\s+\w+)\s+(?:is|are|does|do|has|have)\b"
    r"(?!.*\b(?:targets?|goals?|aims?|plan(?:s|ned)?|will|should|must|need|going|by\s+20\d\d)\b)",
    re.IGNORECASE,
)
_SETS_A_TARGET = re.compile(
    r"^\W*(?:to\s+)?(?:reduce|increase|raise|cut|lower|halve|double|improve|reach|achieve|bring)\b.*\d|\btarget\b[^.]*\d",
    re.IGNORECASE,
)
_DATE_OF = re.compile(r"\b(?:dates?|deadline)\b(?P<of>\s+(?:of|for|when)\b)?", re.IGNORECASE)
_MUST_I = re.compile(r"\bwhat\s+(?:must|should|do|can|shall)\s+(?:i|we|you|they|one)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\w{2,}(?:ed|en|wn|ght|ld|nt|un|ade|ung|et)$", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:organi[sz]ations?|bod(?:y|ies)|persons?|people|groups?|part(?:y|ies)|respects?|ways?|aspects?|things?|points?)",
    re.IGNORECASE,
)
# Whoever holds an office is named with it: "will lead to" says nothing of a leader.
_OFFICES = re.compile(
    r"(?:leader|mayor|director|manager|president|secretary|minister|chairman|chairwoman|chairperson|treasurer|executive)s?",
    re.IGNORECASE,
)
# "Drafted by the clerk", "responses were received from the county", "Lead member: …".
_SAYS_BY_WHOM = re.compile(r"\b(?:by|from)\b|^\W*(?:\w+\s+){0,4}\w+:", re.IGNORECASE)
# "A leading maker" leads nothing, nor does "the world leader": such a word says of what sort somebody is.
_ATTRIBUTE = re.compile(r"\b(?:an?|the|world[- ]|market[- ])\s*(?:leading|leader)\b(?=\s+\w)", re.IGNORECASE)
_NECESSITY = re.compile(
    r"\b(?:do|does|must|should)\s+(?:\w+\s+){1,3}(?:have|need)\s+to\b|\bmandatory\b|\bcompulsory\b|\bobligatory\b"
    r"|\b(?:am|are|is)\s+(?:\w+\s+){1,3}(?:obliged|required|forced|bound)\s+to\b",
    re.IGNORECASE,
)
_TIME = 0.8
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MUST, _NEEDED = Term("mandatory", ("mandatori",)), 0.7
_KINDS_OF_ONE = re.compile(
    r"(?:organi[sz]ations?|bod(?:y|ies)|compan(?:y|ies)|councils?|authorit(?:y|ies)|teams?|departments?|committees?|boards?"
    r"|agenc(?:y|ies)|partners?|partnerships?|officers?|persons?|people|groups?)",
    re.IGNORECASE,
)


def deed_of(question: Question) -> Term | None:
    """What is done: the first thing named after "who" or "what must I", the participle after "when was", the occasion
    whose date is asked for; None where none can be told."""
    text, terms = question.standalone, sorted((*_idioms(question.standalone), *question.terms), key=lambda t: t.start)
    if question.expects is Expects.WHO:
        return next((t for t in terms if not _KINDS_OF_ONE.fullmatch(t.text)), None)
    if question.expects is Expects.DUTY and (asked := _MUST_I.search(text)):
        return next((t for t in terms if t.start >= asked.end()), None)
    if question.expects is Expects.WHEN:
        if asked := _DATE_OF.search(text):
            before = [t for t in terms if t.end <= asked.start()]
            after = [t for t in terms if t.start >= asked.end()]
            return after[0] if asked["of"] and after else before[-1] if before and not asked["of"] else None
        helper = _DEED.search(text)
        named = not text.isupper()
        done = [
            t
            for t in terms
            if helper
            and t.start > helper.end()
            and _PARTICIPLE.fullmatch(t.text)
            and not (named and t.text[0].isupper())
        ]
        return done[0] if done else None
    return None


def _times(question: Question) -> list[Term]:
    """The years and months that a question names, which a sentence that answers has to name too."""
    return [
        Term(m[0], (stem(m[0]),), (), p.start + m.start(), p.start + m.end())
        for p in question.periods
        if p.first or p.last or p.month
        for m in re.finditer(r"\b(?:19|20)\d\d\b|\b[A-Z][a-z]{2,}\b", p.text)
    ]


def _idioms(text: str) -> list[Term]:
    """Phrases of several words that running text may say otherwise ("make up", "hand in")."""
    tokens = [w for w in words(text) if w.text.lower() not in LINKING]
    found: list[Term] = []
    for size in (3, 2):
        for at in range(len(tokens) - size + 1):
            run = tokens[at : at + size]
            phrase = tuple(w.stem for w in run)
            if phrase in said() and not any(run[0].start < f.end and f.start < run[-1].end for f in found):
                found.append(Term(text[run[0].start : run[-1].end], phrase, (), run[0].start, run[-1].end))
    return found


def _says_new(question: Question, unit: Unit) -> bool:
    """Whether a sentence, with its stem, says anything that the question does not: a heading said again does not."""
    new = set(_stems(f"{unit.passage.stem or ''} {unit.text}")) - set(_stems(question.standalone))
    little = question.expects in (Expects.YES_NO, Expects.DUTY, Expects.CONSEQUENCE)
    return question.expects in CONTACT or len(new) >= (_NEW_IF_YES_OR_NO if little else _NEW)


def _names_no_one(question: Question, term: Term) -> bool:
    """ "Which bodies …", "in what respects": words that name the kind of answer only."""
    asks = re.search(r"\b(?:which|what|who)\s+(?:\w+\s+)?$", question.standalone[: term.start], re.IGNORECASE)
    return _GENERIC.fullmatch(term.text) is not None or (
        asks is not None and _KINDS_OF_ONE.fullmatch(term.text) is not None
    )


def _share_asked(question: Question, text: str) -> float:
    """How much of what a sentence says is asked about, so that of equals the plainer comes first."""
    own, asked = set(_stems(text)), set(_stems(question.standalone))
    return len(own & asked) / len(own) if own else 0.0


def _in_order(question: Question, text: str) -> float:
    """The share of the question's neighbouring words that stand side by side in the text too."""
    asked, held = [_stems(t) for t in (question.standalone, text)]
    pairs = set(pairwise(asked))
    return len(pairs & set(pairwise(held))) / len(pairs) if pairs else 0.0


def _stems(text: str) -> list[str]:
    return [w.stem for w in words(text) if w.text.lower() not in STOPWORDS]


def _in_place(unit: Unit) -> str:
    """A sentence with its nearest heading and its stem, for its nearness in meaning."""
    heading = unit.passage.location.section[-1] if unit.passage.location.section else ""
    return f"{heading}. {unit.passage.stem or ''} {unit.text}"


def _families(stems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Stems that differ in their last letter only ("respond", "respons"; "appli", "applic"): words of one family."""
    by_root: dict[str, set[str]] = {}
    for word in stems:
        if len(word) >= 5 and word.isalpha():
            for root in (word, word[:-1]):
                if len(root) >= 5:
                    by_root.setdefault(root, set()).add(word)
    found: dict[str, set[str]] = {}
    for root, members in by_root.items():
        found.setdefault(root, set()).update(members)
        for word in members:
            found.setdefault(word, set()).update(members)
    return {word: tuple(sorted(others - {word})) for word, others in found.items() if others - {word}}
