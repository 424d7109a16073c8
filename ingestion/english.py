"""Whether a word is an English one, by a list of words that is at hand (pyspellchecker's)."""

from functools import lru_cache

from spellchecker import SpellChecker


@lru_cache(maxsize=1)
def _english() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def is_english(word: str) -> bool:
    """Whether a word in small letters is on the list; words with a hyphen are not."""
    return "-" not in word and word in _english()
