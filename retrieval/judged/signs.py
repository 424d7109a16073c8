"""Signs that a statement answers a question, and that one of its quantities does: numbers that the judge weighs.

They say how much of the question's words a statement shares (each word weighed by how rare it is), how near in meaning the
others are (by the embedded model's own word vectors), where they stand, and whether place, period and unit are those asked
for. None of them knows any word: what they are worth is learned (``training/``).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.figure import Figure
from corpus.language import STOPWORDS, words
from corpus.passage import Passage
from corpus.statement import Statement
from retrieval.judged.question import Question
from retrieval.judged.wording import WHOLE

Vectors = Callable[[Sequence[str]], np.ndarray]  # words to unit vectors, shape (words, dimensions)
_NEAR = 0.15  # similarity of word vectors below which words have nothing to do with each other
_SIGNS = 14  # signs of a quantity's surroundings
_REACH = 5.0  # words: how far from a quantity a word still tells about it
# Small words that change what is measured or asked for: they count, however often they stand.
_TELLING = frozenset("no not without only less more most all other under over below above before after per own".split())
_SILENT = STOPWORDS - _TELLING
_NOUGHT = np.zeros(0, dtype=np.int32)


@dataclass(slots=True)
class Words:
    """The content words of a text, by their number in the lexicon, with the place of each in characters and in words."""

    ids: np.ndarray
    starts: np.ndarray
    places: np.ndarray


@dataclass(slots=True)
class Reading:
    """A statement as its words: its own, those of its context, of the passage around it, and of each of its parts."""

    own: Words
    context: np.ndarray
    around: np.ndarray
    parts: list[np.ndarray]


@dataclass(slots=True)
class Asked:
    """A question as its words. weights: how rare each is, adding up to one. similar: each word's nearness to every word of
    the lexicon, 0 to 1, where 1 is the word itself."""

    question: Question
    ids: np.ndarray
    weights: np.ndarray
    similar: np.ndarray


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that search found: its cosine and its BM25 score, and its ranks by them and by both (from 0).

    figures: those of a statement of a document, with their places in its text.
    """

    statement: Statement
    cosine: float
    words: float
    by_meaning: int
    by_words: int
    fused: int
    figures: tuple[Figure, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


class Lexicon:
    """The words of a corpus: how rare each is, and how near in meaning each is to another."""

    def __init__(self, statements: Sequence[Statement], passages: Mapping[str, Passage], vectors: Vectors) -> None:
        self._vectors = vectors
        self._passages = passages
        self._numbers: dict[str, int] = {}
        self._surface: list[str] = []
        count: Counter[int] = Counter()
        for statement in statements:
            count.update(set(self._read(statement.whole).ids.tolist()))
        self._rarity = np.zeros(len(self._surface), dtype=np.float32)
        for number, times in count.items():
            self._rarity[number] = np.log(1 + len(statements) / (1 + times))
        self._rarity.flags.writeable = False
        self._most = float(np.log(1 + len(statements)))
        self._known: dict[str, Reading] = {}

    @cached_property
    def _matrix(self) -> np.ndarray:
        return self._vectors(self._surface)

    def _read(self, text: str, *, grow: bool = True) -> Words:
        ids: list[int] = []
        starts: list[int] = []
        places: list[int] = []
        for place, word in enumerate(words(text)):
            if word.text.lower() in _SILENT or (len(word.text) == 1 and not word.text.isdigit()):
                continue
            number = self._numbers.get(word.stem)
            if number is None:
                if not grow:
                    continue
                number = self._numbers[word.stem] = len(self._surface)
                self._surface.append(word.text.lower())
            ids.append(number)
            starts.append(word.start)
            places.append(place)
        return Words(np.array(ids, dtype=np.int32), np.array(starts), np.array(places, dtype=np.float32))

    def reading(self, statement: Statement) -> Reading:
        """A statement's words; kept."""
        found = self._known.get(statement.id)
        if found is None:
            passage = self._passages.get(statement.passage or "")
            found = self._known[statement.id] = Reading(
                self._read(statement.text, grow=False),
                self._read(statement.context, grow=False).ids,
                self._read(passage.text, grow=False).ids if passage is not None else _NOUGHT,
                [self._read(p, grow=False).ids for p in statement.text.split(" | ")],
            )
        return found

    def rarity(self, ids: np.ndarray) -> np.ndarray:
        """How rare each word is."""
        found: np.ndarray = self._rarity[ids]
        return found

    def asked(self, question: Question) -> Asked:
        """A question's words, held against all words of the corpus."""
        said: dict[str, str] = {}
        for word in words(question.standalone):
            if word.text.lower() not in _SILENT and (len(word.text) > 1 or word.text.isdigit()):
                said.setdefault(word.stem, word.text.lower())
        numbers = [self._numbers.get(stem, -1) for stem in said]
        weights = np.array([self._rarity[n] if n >= 0 else self._most for n in numbers], dtype=np.float32)
        if not said or not len(self._surface):
            return Asked(
                question, _NOUGHT, np.zeros(0, np.float32), np.zeros((0, max(1, len(self._surface))), np.float32)
            )
        near = np.asarray(self._vectors(list(said.values())) @ self._matrix.T, dtype=np.float32)
        near = np.clip((near - _NEAR) / (1 - _NEAR), 0.0, 0.9)
        for row, number in enumerate(numbers):
            if number >= 0:
                near[row, number] = 1.0
        return Asked(question, np.array(numbers, dtype=np.int32), weights / weights.sum(), near)


def _covered(asked: Asked, ids: np.ndarray) -> tuple[float, float]:
    """How much of the question a text says: in the same words, and in words that mean nearly the same."""
    if not len(ids) or not len(asked.weights):
        return 0.0, 0.0
    best = asked.similar[:, ids].max(axis=1)
    return float(asked.weights[best >= 1.0].sum()), float(asked.weights @ best)


def _covers(asked: Asked, ids: np.ndarray, rarity: np.ndarray) -> tuple[float, float]:
    """How much of a text the question says."""
    total = float(rarity.sum())
    if not len(ids) or not len(asked.weights) or total <= 0:
        return 0.0, 0.0
    best = asked.similar[:, ids].max(axis=0)
    return float(rarity[best >= 1.0].sum()) / total, float(rarity @ best) / total


KINDS = ("row", "series", "bullet")
ANSWERS = ("figure", "words", "list", "topic", "compare", "trend")


def of_statements(
    lexicon: Lexicon,
    asked: Asked,
    candidates: Sequence[Candidate],
    kinds: Sequence[float],
    slots: Sequence[Sequence[float]],
) -> np.ndarray:
    """The signs of each candidate, shape (candidates, signs).

    kinds: how likely each kind of answer is wanted, in the order of ``ANSWERS``. slots: for each candidate how area, period
    and unit agree (1), are unsaid (0) or differ (-1), and how many quantities it has.
    """
    rows: list[list[float]] = []
    most = max((c.words for c in candidates), default=0.0) or 1.0
    nearest = max((c.cosine for c in candidates), default=0.0)
    in_document = Counter(c.statement.location.document for c in sorted(candidates, key=lambda c: c.fused)[:20])
    pairs = set(zip(asked.ids.tolist(), asked.ids[1:].tolist(), strict=False))
    for candidate, slot in zip(candidates, slots, strict=True):
        statement = candidate.statement
        reading = lexicon.reading(statement)
        own = reading.own.ids
        whole = np.concatenate([own, reading.context]) if len(reading.context) else own
        said, near = _covered(asked, own)
        said_whole, near_whole = _covered(asked, whole)
        said_context, near_context = _covered(asked, reading.context)
        says, means = _covers(asked, own, lexicon.rarity(own))
        says_context, means_context = _covers(asked, reading.context, lexicon.rarity(reading.context))
        of_parts = [_covers(asked, p, lexicon.rarity(p)) for p in reading.parts[:12] if len(p)] or [(0.0, 0.0)]
        first, second = of_parts[0], of_parts[1] if len(of_parts) > 1 else (0.0, 0.0)
        missing = _rarest_missing(asked, whole)
        together = len(pairs & set(zip(own.tolist(), own[1:].tolist(), strict=False))) / max(1, len(pairs))
        length = float(np.log1p(len(own)))
        rows.append([
            candidate.cosine, candidate.cosine - nearest, candidate.words / most,
            1 / (1 + candidate.by_meaning), 1 / (1 + candidate.by_words), 1 / (1 + candidate.fused),
            float(np.log1p(candidate.by_meaning)), float(np.log1p(candidate.by_words)),
            said, near, said_whole, near_whole, said_context, near_context,
            says, means, says_context, means_context, *_covered(asked, reading.around),
            *first, *second, min(p[1] for p in of_parts), max(p[1] for p in of_parts),
            missing, together, length, float(np.log1p(len(asked.ids))),
            in_document[statement.location.document] / 20,
            *(float(statement.kind == k) for k in KINDS), float(statement.text.rstrip().endswith(":")),
            *kinds, *slot, float(bool(asked.question.before)),
        ])  # fmt: skip
    made = np.array(rows, dtype=np.float32).reshape(len(rows), -1)
    lead = made[:, _LEADING] - made[:, _LEADING].max(axis=0, keepdims=True)
    return np.concatenate([made, lead], axis=1)


_LEADING = slice(8, 20)  # the signs of covering: how far each comes behind the best candidate's counts, too


def _rarest_missing(asked: Asked, ids: np.ndarray) -> float:
    """The weight of the weightiest word of the question that a text has nothing near to."""
    if not len(asked.weights):
        return 0.0
    if not len(ids):
        return float(asked.weights.max())
    return float((asked.weights * (1 - asked.similar[:, ids].max(axis=1))).max())


def of_quantities(
    lexicon: Lexicon,
    asked: Asked,
    statement: Statement,
    places: Sequence[tuple[int, int]],
    differs: Sequence[Sequence[float]],
) -> np.ndarray:
    """The signs of each quantity of a statement, shape (quantities, signs).

    places: of the quantities in the statement's text. differs: for each, in which slots its figure differs from the question.
    """
    if not places:
        return np.zeros((0, 0), dtype=np.float32)
    reading = lexicon.reading(statement).own
    rows: list[list[float]] = []
    best = asked.similar[:, reading.ids] if len(reading.ids) and len(asked.weights) else None
    bounds = _clauses(statement.text, _CELL_ENDS if statement.kind == "row" else _ENDS)
    for n, ((start, end), slot) in enumerate(zip(places, differs, strict=True)):
        inside = (reading.starts < end) & (reading.starts >= start)
        place = float(np.interp(start, reading.starts, reading.places)) if len(reading.ids) else 0.0
        row = [0.0] * _SIGNS
        if best is not None:
            away = np.abs(reading.places - place)
            before = (reading.starts < start) & ~inside
            behind = (reading.starts >= end) & ~inside
            fade = np.exp(-away / _REACH)
            clause = _inside(reading.starts, bounds, start)
            row = [
                *_near_by(asked, best, fade, before), *_near_by(asked, best, fade, behind),
                *_near_by(asked, best, fade, ~inside), *_near_by(asked, best, np.ones_like(fade), clause & ~inside),
                _first(asked, best, behind), _last(asked, best, before),
                _first(asked, best, clause & behind), _last(asked, best, clause & before),
                *_said_of(best, lexicon.rarity(reading.ids), clause & ~inside),
            ]  # fmt: skip
        rows.append(
            [
                *row,
                n / max(1, len(places) - 1),
                float(n == 0),
                float(np.log1p(len(places))),
                *_stands(statement.text, bounds, start),
                *slot,
            ]
        )
    made = np.array(rows, dtype=np.float32).reshape(len(rows), -1)
    lead = made[:, :_SIGNS] - made[:, :_SIGNS].max(axis=0, keepdims=True)
    return np.concatenate([made, lead], axis=1)


def _stands(text: str, bounds: list[int], start: int) -> tuple[float, float]:
    """Whether a quantity is that of a whole ("Total: 12"), and whether it stands in brackets."""
    low = max((b for b in bounds if b <= start), default=0)
    before = text[:start]
    whole = WHOLE.match(text[low:start].lstrip(" |")) is not None
    return float(whole), float(before.count("(") > before.count(")"))


def _near_by(asked: Asked, best: np.ndarray, fade: np.ndarray, kept: np.ndarray) -> tuple[float, float]:
    """How much of the question stands about a quantity, nearer words counting for more: the same words, and near ones."""
    if not kept.any():
        return 0.0, 0.0
    weighed = best[:, kept] * fade[kept]
    exact = (best[:, kept] >= 1.0) * fade[kept]
    return float(asked.weights @ exact.max(axis=1)), float(asked.weights @ weighed.max(axis=1))


def _said_of(best: np.ndarray, rarity: np.ndarray, kept: np.ndarray) -> tuple[float, float]:
    """How much of the words about a quantity the question says, and how many they are, as a logarithm."""
    total = float(rarity[kept].sum())
    said = float(rarity[kept] @ best[:, kept].max(axis=0)) / total if total > 0 else 0.0
    return said, float(np.log1p(kept.sum()))


def _first(asked: Asked, best: np.ndarray, kept: np.ndarray) -> float:
    at = np.flatnonzero(kept)
    return float(best[:, at[0]].max()) if len(at) else 0.0


def _last(asked: Asked, best: np.ndarray, kept: np.ndarray) -> float:
    at = np.flatnonzero(kept)
    return float(best[:, at[-1]].max()) if len(at) else 0.0


_CELL_ENDS = (" | ",)  # a cell is said with the name of its column
_ENDS = (", ", "; ", " and ", " but ", " while ", " compared ", " | ", " (", ") ", ": ", " – ", " or ")


def _clauses(text: str, ends: Sequence[str]) -> list[int]:
    """Where the clauses of a sentence part, or the cells of a row."""
    found = {0, len(text)}
    for end in ends:
        at = text.find(end)
        while at >= 0:
            found.add(at + 1)
            at = text.find(end, at + 1)
    return sorted(found)


def _inside(starts: np.ndarray, bounds: list[int], at: int) -> np.ndarray:
    low = max((b for b in bounds if b <= at), default=0)
    high = min((b for b in bounds if b > at), default=at + 1)
    kept: np.ndarray = (starts >= low) & (starts < high)
    return kept
