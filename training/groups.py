"""Groups to learn from: a question, statements of which one answers or none does, and which one that is.

Negatives are mined from what search finds: of the same document, of the same measure with another area, period or
group, of the same words with another measure, and of other documents. What answers as well (it gives the same figure,
or says nearly the same) is no negative.
"""

import random
import re
from collections.abc import Callable, Sequence
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
    """Pairs of one question; ``target`` is the index of the one that answers, ``len(pairs)`` where none does.

    right: which of the target's marks (by index) are the figure that is asked for; empty where no figure is, or all are.
    """

    pairs: tuple[Pair, ...]
    target: int
    right: tuple[int, ...] = ()


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
    places = list(dict.fromkeys(own + _some(found.others[:25], SIZE - 1 - len(own), chance)))
    right: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()
    answering: int | None = None
    if example.positives:
        answering = chance.choice([p for p, m in example.positives.items() if m] or list(example.positives))
        places = [answering, *places[: SIZE - 1]]
        known = {m.start for m in example.positives[answering]}
        marks = tuple(start for start, _ in quantities(corpus.statements[answering]))
        right = tuple(i for i, start in enumerate(marks) if start in known)
        if len(right) == len(marks):
            right = marks = ()
    elif example.answerable:
        return None
    if len(places) < 3:
        return None
    chance.shuffle(places)
    target = places.index(answering) if answering is not None else len(places)
    replaced = _disguise(question, [judged(corpus.statements[p]) for p in places], chance)
    pairs = []
    for i, place in enumerate(places):
        text = judged(corpus.statements[place])
        pairs.append(
            Pair(
                replaced(question), replaced(text), tuple(len(replaced(text[:m])) for m in marks) if i == target else ()
            )
        )
    return Group(tuple(pairs), target, right)


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


def _disguise(question: str, texts: Sequence[str], chance: random.Random) -> Callable[[str], str]:
    """Other years and other names in some of the groups, the same in question and statements: years and names are
    looked after by the slots, and a judge that has learned the names of its training files knows no others."""
    shift = chance.choice([n for n in range(-9, 10) if n]) if chance.random() < 0.2 else 0
    other: dict[str, str] = {}
    if chance.random() < 0.3:
        for name in sorted({n for n in _NAME.findall(question) if any(n in t for t in texts)}):
            other[name] = "".join(chance.sample(_SYLLABLES, 2)).capitalize()

    def replaced(text: str) -> str:
        if shift:
            text = _YEAR.sub(lambda m: str(int(m[0]) + shift), text)
        for name, instead in other.items():
            text = text.replace(name, instead)
        return text

    return replaced
