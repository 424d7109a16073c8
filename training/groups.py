"""Groups to learn from: a question, statements of which one answers or none does, and which one that is.

Negatives are mined from what search finds: of the same document, of the same measure with another area, period or
group, of the same words with another measure, and of other documents. What answers as well (it gives the same figure,
or says nearly the same) is no negative.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.quantity import read_quantities
from corpus.statement import Statement
from retrieval.judged.judge import Pair, asked, judged
from training.examples import Corpus, Example, squash

SIZE = 7  # statements of a group
_SAME = 0.93  # cosine at which two statements say the same
_DEEP = 60


@dataclass(frozen=True, slots=True)
class Candidates:
    """What search found for an example, best first, without what answers: of its own file, and of others."""

    own: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of one question; ``target`` is the index of the one that answers, ``len(pairs)`` where none does."""

    pairs: tuple[Pair, ...]
    target: int


def mine(example: Example, corpus: Corpus, ranked: Sequence[int], vectors: np.ndarray) -> Candidates:
    """The hard negatives of an example among the statements that search ranked for it."""
    positives = list(example.positives)
    near = vectors[positives].astype(np.float32) if positives else None
    printed = squash(str(example.row.get("answer", ""))) if example.family in ("figure", "followup") else ""
    own: list[int] = []
    others: list[int] = []
    for place in ranked:
        statement = corpus.statements[place]
        if place in example.positives or (printed and printed in squash(statement.text)):
            continue
        if (
            near is not None
            and statement.series is None
            and float((near @ vectors[place].astype(np.float32)).max()) > _SAME
        ):
            continue
        (own if statement.location.document == example.file else others).append(place)
    tempting = [p for p in example.tempting if p not in own and p not in example.positives]
    return Candidates((*tempting, *own[:_DEEP]), tuple(others[:_DEEP]))


def group(
    example: Example, found: Candidates, corpus: Corpus, chance: random.Random, earlier: str | None = None
) -> Group | None:
    """One group of an example; another each time it is asked for. None where there is too little to choose from.

    earlier: a question of something else, asked before this one, which the judge has to pass over.
    """
    before = example.before or earlier
    question = asked(example.question, (before,) if before else ())
    own = _some(found.own[:12], 3, chance) + _some(found.own[12:], 1, chance)
    negatives = list(dict.fromkeys(own + _some(found.others[:25], SIZE - 1 - len(own), chance)))
    marking = any(example.positives.values()) and chance.random() < 0.6
    texts: list[str] = []
    target: int | None = None
    if example.positives:
        choices = [p for p, marks in example.positives.items() if marks] if marking else list(example.positives)
        place = chance.choice(choices)
        statement = corpus.statements[place]
        marks = example.positives[place]
        if marking:
            right = chance.choice(marks)
            texts.append(judged(statement, (right.start, right.end)))
            known = {(m.start, m.end) for m in marks}
            wrong = [q for q in quantities(statement) if q not in known]
            texts += [judged(statement, q) for q in _some(wrong, 2, chance)]
        else:
            texts.append(judged(statement))
        target = 0
    elif example.answerable:
        return None
    for place in negatives[: SIZE - len(texts)]:
        statement = corpus.statements[place]
        marks_of = quantities(statement) if marking or (example.unit and chance.random() < 0.4) else []
        texts.append(judged(statement, chance.choice(marks_of) if marks_of else None))
    if len(texts) < 3:
        return None
    order = list(range(len(texts)))
    chance.shuffle(order)
    question, texts = _disguised(question, [texts[i] for i in order], chance)
    return Group(tuple(Pair(question, t) for t in texts), order.index(0) if target == 0 else len(texts))


def quantities(statement: Statement) -> list[tuple[int, int]]:
    """The places of a statement's quantities in its text; a series has none of its own."""
    return [] if statement.series is not None else [(q.start, q.end) for q in read_quantities(statement.text)]


def _some(places: Sequence[int] | Sequence[tuple[int, int]], most: int, chance: random.Random) -> list:  # type: ignore[type-arg]
    return chance.sample(list(places), min(most, len(places)))


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_SYLLABLES = (
    "bar cor den fen gar hol ket lam mor nor pen ral sto tar wen wick ford ley ham bury mere stead ton dale".split()
)


def _disguised(question: str, texts: list[str], chance: random.Random) -> tuple[str, list[str]]:
    """Other years and other names in some of the groups, the same in question and statements: years and names are
    looked after by the slots, and a judge that has learned the names of its training files knows no others."""
    whole = [question, *texts]
    if chance.random() < 0.2:
        shift = chance.choice([n for n in range(-9, 10) if n])
        whole = [_YEAR.sub(lambda m: str(int(m[0]) + shift), t) for t in whole]
    if chance.random() < 0.3:
        names = {n for n in _NAME.findall(question) if any(n in t for t in texts)}
        for name in sorted(names):
            other = "".join(chance.sample(_SYLLABLES, 2)).capitalize()
            whole = [t.replace(name, other) for t in whole]
    return whole[0], whole[1:]
