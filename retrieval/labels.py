"""What the rows of a document's tables are called, and whether a question calls a row by its name.

A figure of a row answers only a question that names the row, or asks for what its total row gives: households "in Band B"
are not all households, and "social rent" is not "shared ownership".
"""

import math
import re
from collections import Counter, defaultdict

from corpus.figure import Figure
from corpus.index import Generation
from corpus.language import STOPWORDS, stem, words
from corpus.passage import Passage
from retrieval.question import Question
from retrieval.wording import ASKING

_NAMES = 0.3  # of what tells a row from its table's others, the least that a question says that names it
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_BARE = re.compile(rf"(?P<number>{_NUMBER}|[A-H])(?:\s+or\s+\w+|\+|\s[–—-]\s.*)?", re.IGNORECASE)
# "Band B", "scope 1", "three-bedroom": a noun with the number or the letter that tells one from the others.
_NUMBERED_AFTER = re.compile(r"\b(?P<noun>[A-Za-z]{3,})\s+(?P<number>\d{1,2}|[A-H])\b(?![\w.,/%]*\d)")
_NUMBERED_BEFORE = re.compile(rf"\b(?P<number>{_NUMBER})[\s-]+(?P<noun>[a-z]{{3,}})", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:(?:grand|sub)[- ]?)?(?:totals?|all|overall|any|altogether|together|whole|both|everyone)\b", re.I
)
_ASIDE = re.compile(r"\([^()]*\)")  # "Employment rate (16–64)" is named by what stands outside
_SHORT_FORMS = {"bed": "bedroom"}


class RowNames:
    """The names of the rows of one generation's documents."""

    def __init__(self, generation: Generation) -> None:
        self.tables: dict[tuple[str, int], list[Passage]] = defaultdict(list)
        for passage in generation.passages:
            if passage.cells and passage.label:
                self.tables[passage.location.document, passage.table or 0].append(passage)
        self._rows = {
            (p.location.document, p.location.start, p.location.end): p for rows in self.tables.values() for p in rows
        }
        self._places = {w.stem for a in generation.own_areas.values() for w in words(a.name)}
        self.stems = {p.id: self._label(p) for rows in self.tables.values() for p in rows}
        self._counts = {table: self._counted(rows) for table, rows in self.tables.items()}

    def row_of(self, figure: Figure) -> Passage | None:
        """The row whose cell a figure is; None for a figure of running text or of a cell of prose."""
        place = figure.location
        return self._rows.get((place.document, place.start, place.end)) if place.cell is None else None

    def calls(self, question: Question, passage: Passage) -> bool:
        """Whether a question names the row, or names none of its table's and the row is their total.

        A row is named by words that mean the same as well; another row stands before it only where the question's own
        words name that one whole.
        """
        said, own_words = self.said(question), label_stems(question.standalone) | numbered_nouns(question.standalone)
        own = self.stems[passage.id] - self._places
        core = label_stems(_ASIDE.sub(" ", passage.label or "")) - self._places
        if not own or own <= said or (core and not any("#" in s for s in own) and core <= said):
            return True
        rows = self.tables[passage.location.document, passage.table or 0]
        if any(o and o <= own_words for p in rows if p is not passage and (o := self.stems[p.id] - self._places)):
            return False
        if _TOTAL.match(passage.label or ""):
            return True
        told = {s for s in own if "#" in s}
        if told:
            return bool(told & said)
        share, _, tells = self.share(passage, said)
        return tells and share >= _NAMES

    def share(self, passage: Passage, said: set[str]) -> tuple[float, float, bool]:
        """How much of what tells a row from its table's others is said, as a share and by itself; whether any of it tells."""
        count, seen = self._counts[passage.location.document, passage.table or 0]
        own = self.stems[passage.id]
        weight = {s: math.log(1 + count / seen[s]) for s in own}
        named = sum(weight[s] for s in own & said)
        tells = any(seen[s] <= max(1, count // 5) for s in own & said)
        return (named / sum(weight.values()) if own else 0.0), named, tells

    def _counted(self, rows: list[Passage]) -> tuple[int, Counter[str]]:
        """How many labels a table has, and in how many of them each stem stands."""
        labels = {p.label: self.stems[p.id] for p in rows}
        return len(labels), Counter(s for stems in labels.values() for s in stems)

    @staticmethod
    def said(question: Question) -> set[str]:
        """What a question says, and what may say the same, by which it can name a row."""
        alternatives = {s for t in question.terms for phrase in t.alternatives for s in phrase}
        return label_stems(question.standalone) | alternatives | numbered_nouns(question.standalone)

    def _label(self, passage: Passage) -> set[str]:
        """The stems of a row's label; of a bare number or letter, what its column counts or names, with it."""
        label = passage.label or ""
        bare = _BARE.fullmatch(label)
        head = next((c.column for c in passage.cells if c.label), "")
        if bare and head:
            return {f"{_noun(w.text)}#{_number(bare['number'])}" for w in words(head) if w.text[0].isalpha()}
        begins = _NUMBERED_AFTER.match(label)
        numbered = {f"{_noun(begins['noun'])}#{_number(begins['number'])}"} if begins else set()
        return {s for s in label_stems(label) if not (numbered and s.isdigit())} | numbered


def numbered_nouns(text: str) -> set[str]:
    """Nouns with the number or letter that goes with each: "Band B" is ``band#b``, "three-bedroom" ``bedroom#3``."""
    found = [*_NUMBERED_AFTER.finditer(text), *_NUMBERED_BEFORE.finditer(text)]
    return {f"{_noun(m['noun'])}#{_number(m['number'])}" for m in found}


def label_stems(text: str) -> set[str]:
    """The stems of a text by which a row may be named: without words of asking, capitals aside."""
    return {w.stem for w in words(text) if w.text.lower() not in STOPWORDS | ASKING or w.text[0].isupper()}


def _noun(word: str) -> str:
    found = stem(word)
    return _SHORT_FORMS.get(found, found)


def _number(word: str) -> str:
    """A number word or a digit as a digit, a letter in small."""
    return words(word)[0].stem if words(word) else word.lower()
