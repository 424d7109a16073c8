"""Absence asked for and absence measured: "no qualifications" is neither "basic qualifications" nor "qualifications"."""

import re

from corpus.language import words
from corpus.thesaurus import Term
from retrieval.question import Question
from retrieval.wording import Compares

# "have no car", "without a car", "do not have any car", but not "is there no target": that asks whether there is one.
_ASKED_WITHOUT = re.compile(
    r"(?:(?<!there\sis\s)(?<!there\sare\s)(?<!\bis\sthere\s)(?<!\bare\sthere\s)\bno|\bwithout(?:\s+an?y?)?"
    r"|\black(?:s|ing)?|\bnot\s+have(?:\s+any)?|n['’]t\s+have(?:\s+any)?)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
NAMED_WITHOUT = re.compile(r"(?:no|without)\s", re.IGNORECASE)  # a term that is itself of those without
_ABSENT = re.compile(
    r"\b(?:no|none|not|nil|nobody|never|without|non|lack\w*|zero|neither|nor|\w+less|cannot"
    r"|un(?!der|iqu|it|iver|ion|til|less)\w{4,})\b|n['’]t\b",
    re.IGNORECASE,
)
_STATED_WITHOUT = re.compile(r"\b(?:no|without(?:\s+any)?|lacking|not\s+having)\s+(?=\w)", re.IGNORECASE)

_NEGATORS = frozenset({"no", "without"})


def asked_of_those_without(question: Question) -> list[Term]:
    """The terms of a question that are asked to be absent."""
    text = question.standalone
    return [t for t in question.terms if _ASKED_WITHOUT.search(text[: t.start])]


def differs(question: Question, measure: str, said: str = "") -> bool:
    """Whether one of question and source is of those without something, and the other is not.

    measure: what the source measures, or its sentence. said: what else it says of it.
    """
    if question.compares is Compares.COMPLEMENT:
        return False  # the rest of those who have it is worked out from them
    if denied := asked_of_those_without(question):
        return _ABSENT.search(measure) is None and not any(_without(t, said) for t in denied)
    return _ABSENT.search(question.standalone) is None and any(_without(t, measure) for t in question.terms)


def _without(term: Term, text: str) -> bool:
    """Whether a text speaks of those without what a term names: it stands within two words behind "no" or "without"."""
    things = {tuple(s for s in p if s not in _NEGATORS) for p in (term.stems, *term.alternatives)} - {()}
    for absent in _STATED_WITHOUT.finditer(text):
        behind = [w.stem for w in words(text[absent.end() :])][:3]
        if any(tuple(behind[at : at + len(p)]) == p for p in things for at in (0, 1)):
            return True
    return False
