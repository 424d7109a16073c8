"""Which commitments and passages of a document are new, changed, gone and kept.

What stands nowhere to the letter is sought among what is alike: the words of a sentence with another number or another
year, or one that shares most of its pairs of neighbouring words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import TypeVar

from corpus.commitment import Commitment, CommitmentKind
from corpus.passage import Passage
from corpus.records import Records
from ingestion.change import NUMBER, Changes, Key, paired, plain, told, without_numbers, without_same

LISTED = 50  # of each sort, so many are listed; the counts are of all
ALIKE = 0.5  # of two texts' pairs of neighbouring words, this share is in both when one is the other reworded
_COMMON = 30  # texts that share a pair of words; a pair that stands in more tells none of them
_WORD = re.compile(rf"{NUMBER}|[^\W_]+(?:['’-][^\W_]+)*")
_ROLES = (CommitmentKind.LEAD, CommitmentKind.SUPPORT)

T = TypeVar("T", bound=Commitment | Passage)


def changed_commitments(before: Records | None, after: Records | None) -> Changes[Commitment]:
    """What becomes of the commitments: another wording, due date, lead, partner or theme is a change."""
    old, new = (_owned(r) for r in (before, after))
    leads = {id(c): lead for c, lead in (*old, *new)}

    def whole(c: Commitment) -> Hashable:
        partners = tuple(map(plain, c.partners))
        return (c.kind, _theme(c), plain(c.text), plain(c.due), plain(leads[id(c)]), partners)

    def role(c: Commitment) -> Hashable:
        """Who leads or supports a theme is one commitment, whoever it is."""
        return (c.kind, _theme(c)) if c.kind in _ROLES else id(c)

    steps: tuple[Key[Commitment], ...] = (lambda c: (c.kind, plain(c.text)), role)
    return _compared([c for c, _ in old], [c for c, _ in new], whole, steps, lambda c: c.kind)


def changed_passages(before: Records | None, after: Records | None) -> Changes[Passage]:
    """What becomes of the passages: other words are a change, and another place is none."""
    old, new = (r.passages if r else () for r in (before, after))
    return _compared(old, new, lambda p: plain(p.text), (), lambda p: p.kind == "table")


def _owned(records: Records | None) -> list[tuple[Commitment, str | None]]:
    """The commitments, each with its lead where that is said of it alone; the lead of a theme is a commitment itself."""
    if records is None:
        return []
    of_themes = {c.text for c in records.commitments if c.kind is CommitmentKind.LEAD}
    return [(c, None if c.lead in of_themes else c.lead) for c in records.commitments]


def _theme(commitment: Commitment) -> Hashable:
    return commitment.theme_number if commitment.theme_number is not None else plain(commitment.theme)


def _compared(
    before: Sequence[T],
    after: Sequence[T],
    whole: Key[T],
    steps: Sequence[Key[T]],
    sort: Key[T],
) -> Changes[T]:
    """whole: all that counts of a thing. steps: by what else it is known again, the surest first. sort: things of two
    sorts are never the same one reworded.
    """
    gone, new = without_same(before, after, whole)
    kept = len(after) - len(new)
    changed: list[tuple[T, T]] = []
    keys: tuple[Key[T], ...] = (*steps, lambda thing: (sort(thing), without_numbers(thing.text)))
    for key in keys:
        pairs, gone, new = paired(gone, new, key)
        changed += pairs
    pairs, gone, new = _alike(gone, new, sort)
    place = {id(thing): at for at, thing in enumerate(after)}
    changed = sorted([*changed, *pairs], key=lambda pair: place[id(pair[1])])
    return told(changed, gone, new, kept, LISTED)


def _alike(gone: Sequence[T], new: Sequence[T], sort: Key[T]) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """The things of both sides that are most alike, the most alike first, and what is left of each side."""
    olds, news = ([_neighbours(thing.text) for thing in side] for side in (gone, new))
    standing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, words in enumerate(olds):
        for pair in words:
            standing[pair].append(i)
    found: list[tuple[float, int, int]] = []
    for j, words in enumerate(news):
        near = {i for pair in words if len(at := standing.get(pair, ())) <= _COMMON for i in at}
        for i in near:
            share = 2 * (olds[i] & words).total() / (olds[i].total() + words.total())
            if share >= ALIKE and sort(gone[i]) == sort(new[j]):
                found.append((-share, i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(found):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs = [(gone[i], new[j]) for i, j in partner.items()]
    old = [thing for i, thing in enumerate(gone) if i not in partner]
    return pairs, old, [thing for j, thing in enumerate(new) if j not in taken]


def _neighbours(text: str) -> Counter[tuple[str, str]]:
    """The pairs of neighbouring words, numbers blanked; the beginning and the end of a text are neighbours, too."""
    words = ["", *(w if w[0].isalpha() else "#" for w in _WORD.findall(plain(text))), ""]
    return Counter(pairwise(words))
