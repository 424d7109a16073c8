"""Definitions: what a document says a term is, and what an abbreviation stands for.

The patterns are those by which English defines (Hearst 1992, "Automatic acquisition of hyponyms"; and for
abbreviations Schwartz and Hearst 2003): "X is a …", "X, a … which …", "X means …", "a … called X", "X – …" in a
glossary, "Long Form (LF)". What a sentence merely says of a term is no definition.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.figure import FigureKind
from corpus.language import Word, sentences, words
from corpus.passage import Passage
from retrieval.decide import Decider
from retrieval.found import Found
from retrieval.question import Asks, Question
from retrieval.sentences import SentenceFinder

_ARTICLES = frozenset({"a", "an", "the", "any", "our", "this", "term", "word", "abbreviation", "acronym"})
_PLACED = r"(?:\s+(?:in|at|under|for|according|within|as used)\b.*)?"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat\s+(?:do|does|did)\s+(?P<x>.{{1,70}}?)\s+(?:mean|stand\s+for|refer\s+to|denote){_PLACED}\s*\??$",
        rf"\bwhat\s+(?:is|are)\s+meant\s+by\s+(?P<x>.{{1,70}}?){_PLACED}\s*\??$",
        rf"\b(?:definition|meaning)\s+of\s+(?P<x>.{{1,70}}?){_PLACED}\s*\??$",
        rf"\bdefined?\s+(?:as\s+)?(?P<x>.{{1,70}}?){_PLACED}\s*\??$",
        rf"\bcounts?\s+as\s+(?P<x>.{{1,70}}?){_PLACED}\s*\??$",
        r"^\s*(?P<x>.{1,70}?)\s+(?:meaning|definition|defined|stands\s+for)\b.*$",
        rf"^\s*(?:so\s+)?(?:what\s+(?:exactly\s+)?(?:is|are|was|were)|what['’]s|who\s+are)\s+(?P<x>.{{1,70}}?){_PLACED}\s*\??$",
        r"^\s*(?P<x>[A-Z][A-Z&]{1,6})\s*\??$",
    )
)
_ALL_ASKED = re.compile(
    r"^\s*(?:so\s+)?(?:what\s+(?:exactly\s+)?(?:is|are|was|were)|what['’]s|who\s+are)\s+(?P<x>.{1,90}?)\s*\??$",
    re.IGNORECASE,
)
_BRACKET = r"\W{0,3}(?:\([^)]{1,40}\)\W{0,3})?"
# What follows "is" where something is said of a term rather than what it is.
_NOT_WHAT = (
    r"(?:not|now|also|still|currently|being|to\s+be|due|located|based|likely|expected|required|needed|necessary|essential"
    r"|important|available|set|shown|higher|lower|up|down|under|very|well|in|on|at|to|by|from|about|around|over|nearly|just"
    r"|only|up|approximately|estimated|forecast|projected|planned|proposed|welcome|responsible|committed|£|[-+]?\d)"
)
_VERBS = (
    rf"(?:(?:is|are|was|were)\s+(?!{_NOT_WHAT})|means?\b|refers?\s+to\b|comprises?\b|consists?\s+of\b|describes?\b"
    r"|stands?\s+for\b|(?:is|are)\s+defined\b|(?:is|are)\s+set\s+up\s+to\b)"
)
# The patterns that follow a term, and how plainly each defines it.
_AFTER: tuple[tuple[re.Pattern[str], float, bool], ...] = (
    (re.compile(rf"^{_BRACKET}\s*{_VERBS}", re.IGNORECASE), 3.0, True),
    (re.compile(rf"^{_BRACKET}\s*(?:which|that|who)\s+{_VERBS}", re.IGNORECASE), 2.6, False),
    (re.compile(rf"^{_BRACKET}\s*,?\s*(?:which|who)\s+{_VERBS}", re.IGNORECASE), 2.6, False),
    (re.compile(r"^\s*(?:\([^)]{1,40}\))?\s*(?::|\||[–—=]|-\s)\s*\w", re.IGNORECASE), 2.4, True),
    (re.compile(r"^\s*(?:\([^)]{1,40}\))?\s*,\s*(?:an?|the|our|part\s+of)\s", re.IGNORECASE), 2.0, False),
    (re.compile(rf"^{_BRACKET}\s*{_VERBS}", re.IGNORECASE), 1.8, False),
)
_BEFORE = re.compile(
    r"\b(?:called|known\s+as|named|referred\s+to\s+as|termed|titled|entitled)\s+(?:an?\s+|the\s+|[‘“'\"])*$",
    re.IGNORECASE,
)
_SAYS_NEXT = re.compile(
    r"^(?:this|that|these|it|they)\s+(?:means?|is|are|refers?|comprises?|involves?|includes?)\b", re.IGNORECASE
)


class DefinitionFinder:
    """Finds what a term means."""

    def __init__(self, finder: SentenceFinder, decider: Decider) -> None:
        self.finder = finder
        self.matcher = decider.matcher
        self.generation = decider.generation

    def find(self, question: Question) -> tuple[tuple[Found, ...], tuple[str, str] | None]:
        """The sentence that says what a term is; and, for an abbreviation, itself and what it stands for."""
        for asked in terms_asked(question):
            phrases = self._phrases(question, asked)
            long = self._long_form(question, asked)
            if long is not None:
                phrases = [*phrases, tuple(w.stem for w in _plain_words(long[1]))]
            best = max(self._said(question, phrases), key=lambda item: item[0], default=None)
            spelled = (_without_article(asked), long[1]) if long is not None else None
            if best is not None and long is not None:
                return tuple(dict.fromkeys((long[0], best[1]))), spelled
            if best is not None:
                return (best[1],), None
            if long is not None:
                return (long[0],), spelled
        return (self._counted(question) if question.asks is Asks.DEFINITION else ()), None

    def may_speak_of(self, question: Question) -> bool:
        """Whether the sources hold the name whose meaning is asked for; of a name that they never use they say nothing."""
        if question.asks is not Asks.DEFINITION:
            return True
        for asked in terms_asked(question):
            if re.fullmatch(r"(?:[A-Z][\w&’'-]*\s?){1,5}", _without_article(asked)):
                name = re.compile(r"\s+".join(re.escape(w) for w in _without_article(asked).split()), re.IGNORECASE)
                return any(name.search(d.text) for d in self.generation.documents.values() if not d.is_table)
        return True

    def _phrases(self, question: Question, asked: str) -> list[tuple[str, ...]]:
        own = tuple(w.stem for w in _plain_words(asked))
        same: list[tuple[str, ...]] = []
        for term in question.terms:
            for at in range(len(own) - len(term.stems) + 1):
                if own[at : at + len(term.stems)] == term.stems:
                    same += [(*own[:at], *p, *own[at + len(term.stems) :]) for p in term.alternatives]
        return [p for p in dict.fromkeys([own, *same]) if p]

    def _said(self, question: Question, phrases: list[tuple[str, ...]]) -> Iterator[tuple[float, Found]]:
        """Sentences that define a phrase, with how plainly they do."""
        for passage in self.generation.passages:
            if passage.kind == "row" or not self.finder.in_area(question, passage):
                continue
            spans = list(sentences(passage.text))
            for i, (start, end) in enumerate(spans):
                text = passage.text[start:end]
                following = passage.text[slice(*spans[i + 1])] if i + 1 < len(spans) else ""
                plainly, more = _defines(text, phrases, following)
                if plainly:
                    last = spans[i + 1][1] if more else end
                    last = len(passage.text) if passage.kind == "footnote" else last
                    plainly += 0.2 * (passage.kind == "footnote") - 0.001 * i
                    yield plainly, self._found(passage, start, last)

    def _long_form(self, question: Question, asked: str) -> tuple[Found, str] | None:
        """What an abbreviation stands for: "Long Form (LF)", the words before the bracket that have its letters."""
        short = _without_article(asked)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9&]{1,7}", short) or not (short.isupper() or len(short) <= 5):
            return None
        named = re.compile(
            rf"\(\s*(?:the\s+)?[‘“'\"]?{re.escape(short)}s?[’”'\"]?\s*\)", re.IGNORECASE if short.islower() else 0
        )
        other = re.compile(rf"\b{re.escape(short)}\s*\(([A-Z][\w’' &/-]{{4,80}})\)")
        for passage in self.generation.passages:
            if passage.kind == "row" or not self.finder.in_area(question, passage):
                continue
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                found = named.search(text)
                long = _with_letters(text[: found.start()], short) if found else None
                if long is None and (spelled := other.search(text)) and _with_letters(spelled[1], short):
                    long = spelled[1]
                if long is not None:
                    return self._found(passage, start, end), long
        return None

    def _counted(self, question: Question) -> tuple[Found, ...]:
        """A figure that defines ("micro businesses, with less than 10 employees")."""
        fitting = [
            m for m in self.matcher.matches(question) if m.figure.kind is FigureKind.DEFINITION and m.coverage >= 0.8
        ]
        for match in fitting[:1]:
            figure = match.figure
            for passage in self.generation.passages:
                place = passage.location
                if place.document == figure.location.document and place.start <= figure.location.start < place.end:
                    return (Found(passage, figure.location.start, figure.location.end, figure.quote, 1.0, 1.0, 1.0),)
        return ()

    @staticmethod
    def _found(passage: Passage, start: int, end: int) -> Found:
        place = passage.location.start
        return Found(passage, place + start, place + end, " ".join(passage.text[start:end].split()), 1.0, 1.0, 1.0)


def terms_asked(question: Question) -> Iterable[str]:
    """What a question asks the meaning of: with all its words first, then without those that only place it.

    "What is the rate for shops?" asks for a rate, not what a rate is: words are left out only where a meaning is asked for.
    """
    whole = _ALL_ASKED.match(question.standalone)
    found = [whole["x"]] if whole else []
    if question.asks is Asks.DEFINITION:
        found += [m["x"] for pattern in _ASKED if (m := pattern.search(question.standalone))]
    elif short := _ASKED[-1].match(question.standalone):
        found.append(short["x"])
    return dict.fromkeys(x.strip(" ‘’“”'\"") for x in found)


def _without_article(text: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", text.strip(" ?.‘’'\""), flags=re.IGNORECASE)


def _plain_words(text: str) -> list[Word]:
    return [w for w in words(text) if w.text.lower() not in _ARTICLES]


def _defines(text: str, phrases: list[tuple[str, ...]], following: str) -> tuple[float, bool]:
    """How plainly a sentence defines one of the phrases (0: not at all), and whether the next sentence does so."""
    tokens = words(text)
    stems = [w.stem for w in tokens]
    best, more = 0.0, False
    for phrase in phrases:
        for at in range(len(stems) - len(phrase) + 1):
            if tuple(stems[at : at + len(phrase)]) != phrase:
                continue
            before, after = text[: tokens[at].start], text[tokens[at + len(phrase) - 1].end :]
            opens = len([w for w in words(before) if w.text.lower() not in _ARTICLES and w.text.isalpha()]) == 0
            for pattern, plainly, opening in _AFTER:
                if (opens or not opening) and plainly > best and pattern.search(after.lstrip("’”'\"")):
                    best, more = plainly, False
            if _BEFORE.search(before) and best < 2.2:
                best, more = 2.2, False
            itself = phrase == phrases[0] or len(phrase) > 1  # one word that may mean the same is said of much else
            if itself and _SAYS_NEXT.match(following) and best < 1.6:
                best, more = 1.6, True
    return best, more


def _with_letters(text: str, short: str) -> str | None:
    """The last words of a text whose initials are the letters of an abbreviation, small words between them allowed."""
    tokens = re.findall(r"[A-Za-z0-9][\w’'-]*", text)
    letters = [c.lower() for c in short if c.isalnum()]
    for count in range(len(letters), 2 * len(letters) + 3):
        run = tokens[-count:]
        if len(run) < count:
            return None
        initials = [part[0].lower() for word in run for part in word.split("-") if part]
        if _within(letters, initials) and initials[0] == letters[0]:
            start = text.rfind(run[0]) if count == 1 else _start_of(text, run)
            return " ".join(text[start:].split()).strip(" ,;:–-")
    return None


def _within(letters: list[str], initials: list[str]) -> bool:
    """Whether the letters stand among the initials in order, and at most as many words again are passed over."""
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _start_of(text: str, run: list[str]) -> int:
    pattern = r"\W+".join(re.escape(word) for word in run)
    return [m.start() for m in re.finditer(pattern, text)][-1]
