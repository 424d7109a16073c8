"""Words that mean the same: general English, and the abbreviations that the documents define themselves."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.language import STOPWORDS, stem, words

_REFERENCE = Path(__file__).resolve().parent / "reference" / "thesaurus.toml"
# Words that link others and carry nothing.
LINKING = frozenset({"in", "who", "or", "of", "to", "at", "the", "and", "than", "with", "have"})

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a question names: its own words as stems, and the phrases that mean the same."""

    text: str
    stems: Phrase
    alternatives: tuple[Phrase, ...] = ()
    start: int = 0
    end: int = 0


@lru_cache(maxsize=1)
def synonyms() -> dict[Phrase, tuple[Phrase, ...]]:
    """Phrase → the phrases that mean the same, all as stems without linking words."""
    groups = tomllib.loads(_REFERENCE.read_text(encoding="utf-8"))["same"]
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    for group in groups:
        phrases = tuple(dict.fromkeys(phrase_stems(text) for text in group))
        for phrase in phrases:
            others = (*found.get(phrase, ()), *(p for p in phrases if p != phrase))
            found[phrase] = tuple(dict.fromkeys(others))
    return found


@lru_cache(maxsize=1)
def said() -> dict[Phrase, tuple[Phrase, ...]]:
    """Phrase → the phrases by which running text may say the same, all as stems without linking words."""
    groups = tomllib.loads(_REFERENCE.read_text(encoding="utf-8"))["said"]
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    for group in groups:
        phrases = tuple(dict.fromkeys(phrase_stems(text) for text in group))
        for phrase in phrases:
            others = (*found.get(phrase, ()), *(p for p in phrases if p and p != phrase))
            found[phrase] = tuple(dict.fromkeys(others))
    return found


@lru_cache(maxsize=1)
def apart() -> tuple[tuple[Phrase, ...], ...]:
    """Sets of phrases that part measures from each other: "births" and "deaths", "men" and "women"."""
    groups = tomllib.loads(_REFERENCE.read_text(encoding="utf-8"))["apart"]
    return tuple(tuple(phrase_stems(text) for text in group) for group in groups)


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word that the thesaurus knows, as it is spelt."""
    groups = tomllib.loads(_REFERENCE.read_text(encoding="utf-8"))["same"]
    return frozenset(w for group in groups for text in group for w in re.findall(r"[a-z]+", text.lower()))


def phrase_stems(text: str) -> Phrase:
    """A text's stems in order without linking words, so that "share of jobs" and "job share" differ only in order."""
    return tuple(w.stem for w in words(text) if w.text.lower() not in LINKING)


def abbreviations(texts: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
    """Abbreviations and what they stand for, as the texts define them.

    "Anytown Innovation Quarter (AIQ)" defines one; so does a run of words whose initials are a known abbreviation, the
    first of them a capital ("Location quotient" for LQ).
    """
    texts = list(texts)
    joined = "\n".join(texts)
    used = {a for a in re.findall(r"\b[A-Z][A-Z&]{1,5}\b", joined)}
    found: dict[str, set[Phrase]] = {}
    tokens = list(re.finditer(r"[A-Za-z][A-Za-z’'&-]*|[.!?\n]", joined))
    initials = [t[0][0] for t in tokens]
    for size in range(2, 6):
        for i in range(len(tokens) - size + 1):
            run = tokens[i : i + size]
            if not run[0][0][0].isupper() or len(run[0][0]) < 2 or run[0][0].isupper():
                continue
            short = "".join(initials[i : i + size]).upper()
            if short not in used or any(len(t[0]) < 2 or t[0].isupper() for t in run):
                continue
            if any(joined[a.end() : b.start()].strip() for a, b in pairwise(run)):
                continue
            named = size > 2 and all(t[0][0].isupper() for t in run)
            defined = re.match(r"\W{0,6}(?:is|are|means)\b", joined[run[-1].end() :]) is not None
            if named or defined:
                found.setdefault(short.lower(), set()).add(tuple(stem(t[0]) for t in run))
    for match in re.finditer(
        r"((?:[A-Z][\w’'-]*\s+(?:of\s+|for\s+|and\s+|the\s+)?){1,6})\W{0,4}\(([A-Z]{2,6})\)", joined
    ):
        name = [w for w in match[1].split() if w.lower() not in STOPWORDS]
        letters = match[2]
        if len(name) >= len(letters) and [n[0].upper() for n in name[-len(letters) :]] == list(letters):
            found.setdefault(letters.lower(), set()).add(tuple(stem(n) for n in name[-len(letters) :]))
    return {short: tuple(sorted(names)) for short, names in found.items()}


class Thesaurus:
    """Synonyms of general English together with one corpus's own abbreviations."""

    def __init__(self, own: dict[str, tuple[Phrase, ...]] | None = None) -> None:
        self._same = dict(synonyms())
        for short, names in (own or {}).items():
            for name in names:
                self._same[(short,)] = (*self._same.get((short,), ()), name)
                self._same[name] = (*self._same.get(name, ()), (short,))
        for phrase in (p for group in apart() for p in group if len(p) > 1):
            self._same.setdefault(phrase, ())  # "full-time" is one thing: "full" alone parts nothing
        self._longest = max(map(len, self._same))

    def terms(self, text: str, skip: frozenset[str] = frozenset()) -> list[Term]:
        """The terms of a text: longest known phrases first, then single words that carry meaning."""
        found: list[Term] = []
        tokens = [w for w in words(text) if w.text.lower() not in LINKING]
        i = 0
        while i < len(tokens):
            for size in range(min(self._longest, len(tokens) - i), 1, -1):
                run = tokens[i : i + size]
                phrase = tuple(w.stem for w in run)
                if phrase in self._same and len(re.findall(r"[.,;?!]", text[run[0].start : run[-1].end])) == 0:
                    found.append(
                        Term(text[run[0].start : run[-1].end], phrase, self._same[phrase], run[0].start, run[-1].end)
                    )
                    i += size
                    break
            else:
                w = tokens[i]
                i += 1
                plain = w.text.lower().replace("’", "'").removesuffix("'s")  # "What's" is a word of asking
                if {w.text.lower(), plain} & (STOPWORDS | skip) or w.stem in skip:
                    continue
                if len(w.text) == 1 and not w.text.isdigit():
                    continue
                found.append(Term(w.text, (w.stem,), self._same.get((w.stem,), ()), w.start, w.end))
        # "Employer enterprises": of two words side by side that may mean the same, the first says more than the second.
        beside = zip(found, [*found[1:], None], strict=False)
        return [
            replace(t, alternatives=())
            if n and n.start - t.end <= 1 and len(t.stems) == 1 and n.stems in t.alternatives
            else t
            for t, n in beside
        ]
