"""Misspelt words of a question, mended to the nearest word that the sources use. English words are left alone."""

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from spellchecker import SpellChecker

_WORD = re.compile(r"[A-Za-z][a-z]{3,}(?![\w’'])")
# Small words are typed wrongly too often to be looked up.
_SMALL = {"teh": "the", "wat": "what", "waht": "what", "whta": "what", "wht": "what", "hwo": "how", "hw": "how", "adn": "and",
          "fo": "of", "si": "is", "ar": "are", "whos": "who is", "whats": "what is", "wheres": "where is"}  # fmt: skip
_SHORT = 6  # letters: shorter words may differ in one place, longer ones in two


class Speller:
    """Knows the words of one corpus and of English."""

    def __init__(self, texts: Iterable[str], also: Iterable[str] = ()) -> None:
        counts = Counter(w.lower() for text in texts for w in re.findall(r"[A-Za-z]{4,}", text))
        known = {w.lower() for phrase in also for w in re.findall(r"[A-Za-z]{4,}", phrase)}
        self._known = set(counts) | known
        self._targets = sorted(self._known, key=lambda w: -counts[w])
        self._english = SpellChecker(language="en", distance=1)

    def mend(self, text: str) -> str:
        """The text with unknown words put right; capitalised names inside a sentence are left as they are typed."""

        def word(match: re.Match[str]) -> str:
            typed = match[0]
            lowered = typed.lower()
            if lowered in self._known or (typed[0].isupper() and match.start() > 0):
                return typed
            if lowered in self._english or re.sub("our", "or", lowered) in self._english:
                return typed
            if re.sub(r"is(e|ed|ing|ation)$", r"iz\1", lowered) in self._english:
                return typed
            allowed = 1 if len(typed) < _SHORT else 2
            found = process.extractOne(lowered, self._targets, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
            return str(found[0]) if found and found[0][0] == lowered[0] else typed

        small = re.sub(r"\b[a-z]{2,6}\b", lambda m: _SMALL.get(m[0], m[0]), text)
        return _WORD.sub(word, small)
