"""What becomes of the things of a file when another takes its place: new, changed, gone or kept.

A thing is known again by what it says and not by where it stands: a paragraph more at the top of a plan changes nothing
below it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

NUMBER = r"\d[\d,.]*"

T = TypeVar("T")
Key = Callable[[T], Hashable]


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """A thing before and after: before is None where it is new, after where it is gone."""

    before: T | None
    after: T | None


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """How many things are new, changed, gone and kept; and the first that are changed, then gone, then new."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    kept: int = 0
    first: tuple[Change[T], ...] = ()

    @property
    def none(self) -> bool:
        """Whether everything stays as it is."""
        return not (self.new or self.changed or self.gone)


def told(pairs: Sequence[tuple[T, T]], gone: Sequence[T], new: Sequence[T], kept: int, listed: int) -> Changes[T]:
    """The counts, and the first ``listed`` of each sort."""
    first = (
        *(Change(old, thing) for old, thing in pairs[:listed]),
        *(Change(old, None) for old in gone[:listed]),
        *(Change(None, thing) for thing in new[:listed]),
    )
    return Changes(len(new), len(pairs), len(gone), kept, first)


def without_same(before: Sequence[T], after: Sequence[T], key: Key[T]) -> tuple[list[T], list[T]]:
    """Both sides without the things that have the same key, each as often as both sides have it."""
    shared = Counter(map(key, before)) & Counter(map(key, after))
    sides = []
    for side in (before, after):
        left, passed = [], Counter(shared)
        for thing in side:
            if passed[key(thing)] > 0:
                passed[key(thing)] -= 1
            else:
                left.append(thing)
        sides.append(left)
    return sides[0], sides[1]


def paired(gone: Sequence[T], new: Sequence[T], key: Key[T]) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """The things of both sides that share a key, in their order, and what is left of each side."""
    waiting: dict[Hashable, list[T]] = defaultdict(list)
    for thing in gone:
        waiting[key(thing)].append(thing)
    pairs: list[tuple[T, T]] = []
    left: list[T] = []
    taken: set[int] = set()
    for thing in new:
        if same := waiting.get(key(thing)):
            old = same.pop(0)
            taken.add(id(old))
            pairs.append((old, thing))
        else:
            left.append(thing)
    return pairs, [old for old in gone if id(old) not in taken], left


def without_numbers(text: str) -> str:
    """Words by which a sentence is known again when another number or another year stands in it."""
    return re.sub(NUMBER, "#", plain(text))


def plain(text: str | None) -> str:
    """Words by which a thing is known again: without the look of their spaces and capitals."""
    return " ".join((text or "").split()).casefold()
