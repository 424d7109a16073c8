"""Reading English: words, stems, sentences and clauses, always with their offsets.

Nothing here knows a place, an organisation or a measure; it knows how British English is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

# Words that carry no meaning of their own for finding a figure.
STOPWORDS = frozenset(
    """a about above after again against all also although am an and any are as at be because been before being below
    between both but by can could did do does doing down during each either etc few for from further had has have
    having he her here hers him his how however i if in into is it its itself just less let like may me might more
    most much must my near no nor not now of off on once one only or other our ours out over own per please same she
    should since so some such than that the their theirs them then there these they this those through to too under
    until up upon us very via was we were what when where whether which while who whom whose why will with within
    without would you your yours said say says tell show give given according actually really roughly exactly
    currently today can't cannot don't doesn't didn't isn't aren't wasn't won't wouldn't shouldn't couldn't haven't hasn't
    can’t don’t doesn’t didn’t isn’t aren’t wasn’t won’t wouldn’t shouldn’t couldn’t haven’t hasn’t""".split()
)

_TOKEN = re.compile(r"[A-Za-z]+\d+[a-z]?\b|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.UNICODE)
# "NVQ 4", "NVQ Level 4" and "nvq4" are one code: a word in capitals, or one without vowels, and a digit.
_LEVEL = re.compile(r"\b([A-Z]{2,}|[bcdfghjklmnpqrstvwxz]{2,4})\s?(?:[Ll]evel\s)?(\d)\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the text it was read from, and its stem."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a word, with British spellings and irregular plurals brought together."""
    lowered = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    lowered = _IRREGULAR.get(lowered, lowered)
    if len(lowered) > 5:
        lowered = re.sub(r"is(e|ed|es|ing|ation)$", r"iz\1", lowered)
    return _IRREGULAR.get(lowered) or str(_STEMMER.stemWord(lowered))


_IRREGULAR = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "lost": "lose",
    "loss": "lose", "losses": "lose", "losing": "lose", "led": "lead", "leads": "lead", "leading": "lead",
    "leader": "lead", "grew": "grow", "growth": "grow", "grown": "grow", "growing": "grow", "born": "birth",
    "births": "birth", "died": "death", "die": "death", "dies": "death", "dying": "death", "deaths": "death",
    "paid": "pay", "built": "build", "centre": "center", "centres": "center", "businesses": "business",
    "firms": "firm", "declining": "decline", "reclining": "decline", "homes": "home", "earned": "earn",
    "earnings": "earn", "earning": "earn", "earners": "earn", "working": "work", "workers": "worker",
    "exporters": "export", "exporter": "export", "exporting": "export", "deprived": "deprivation",
    "qualified": "qualification", "qualifications": "qualification", "unemployed": "unemployment",
    "startup": "start", "startups": "start", "survived": "survive", "survival": "survive", "retailers": "retail",
    "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall",
    "written": "write", "wrote": "write", "overseen": "oversee", "oversaw": "oversee", "undertaken": "undertake",
    "given": "give", "gave": "give", "taken": "take", "took": "take", "chosen": "choose", "chose": "choose",
    "sent": "send", "sought": "seek", "begun": "begin", "began": "begin", "drawn": "draw", "drew": "draw", "met": "meet",
    "held": "hold", "responsible": "responsible",
    "responsibility": "responsibility", "responsibilities": "responsibility",
    "responsive": "responsive", "expectancy": "expectancy", "found": "find",
    "spent": "spend", "kept": "keep", "brought": "bring", "bought": "buy", "sold": "sell",
    "vacancy": "vacant", "vacancies": "vacant",
    "proportions": "proportion", "organisation": "organization", "organisations": "organization",
}  # fmt: skip


def words(text: str) -> list[Word]:
    """Words and codes of a text. ``NVQ 4``, ``NVQ4`` and ``NVQ4+`` all give the one word ``nvq4``."""
    found: list[Word] = []
    taken_to = 0
    joined = {m.start(): m for m in _LEVEL.finditer(text)}
    for match in _TOKEN.finditer(text):
        if match.start() < taken_to:
            continue
        level = joined.get(match.start())
        if level is not None:
            code = (level[1] + level[2]).lower()
            found.append(Word(level[0], code, level.start(), level.end()))
            taken_to = level.end()
            continue
        token = _NUMBER_WORDS.get(match[0].lower(), match[0])
        found.append(
            Word(match[0], stem(token) if token[0].isalpha() else token.replace(",", ""), match.start(), match.end())
        )
        taken_to = match.end()
    return found


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept."""
    return [w.stem for w in words(text) if w.text.lower() not in STOPWORDS and (len(w.text) > 1 or w.text.isdigit())]


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans overwritten by spaces, so that every offset stays true."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_NUMBER_WORDS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|sq|approx|no|nos|fig|figs|st|mr|mrs|ms|dr|co|ltd|inc|dept|est|para|pp?|vol|jan|feb"
    r"|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|(?<![’'])\b(?-i:[A-Z]))\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9£•–-])|[.!?]+[\"”’')\]]*\s*$|\n\s*\n")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a paragraph, without the white space around them.

    What runs on without an end is parted where a clause or a word ends: nobody wrote it as one sentence, and what reads
    sentences would take minutes over it.
    """
    for start, end in _ended(text):
        while end - start > _LONGEST_SENTENCE:
            part = text[start : start + _LONGEST_SENTENCE]
            at = max(part.rfind(mark) + 1 for mark in (";", "\n", ","))
            cut = start + (at if at > _LONGEST_SENTENCE // 2 else part.rfind(" ") + 1 or _LONGEST_SENTENCE)
            yield from _trimmed(text, start, cut)
            start = cut
        yield from _trimmed(text, start, end)


def _ended(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match[0].startswith(".") and _ABBREVIATION.search(text[max(start, match.start() - 24) : match.start() + 1]):
            rest = text[match.end() : match.end() + 80].lstrip()
            word = text[max(0, match.start() - 8) : match.start()].lower()
            if rest and not (rest[0].isupper() and word.endswith(("etc", "co", "ltd"))):
                continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


_LONGEST_SENTENCE = 2500  # characters


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


_CLAUSE = re.compile(
    r";\s|:\s|,\s(?=(?:and|but|while|whereas|although|however|resulting|which|drawing|evidencing)\b)"
    r"|\s(?=(?:while|whereas|although|but)\s)|\s[–—]\s"
)


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of the clauses of one sentence, parted at semicolons, colons, dashes and joining words."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CLAUSE.finditer(sentence):
        spans.extend(_trimmed(sentence, start, match.start()))
        start = match.end()
    spans.extend(_trimmed(sentence, start, len(sentence)))
    return spans


def sentence_case(heading: str, known_capitals: frozenset[str] = frozenset()) -> str:
    """A heading in capitals as a person would write it; others as they are."""
    letters = [c for c in heading if c.isalpha()]
    if len(letters) < 2 or not all(c.isupper() for c in letters):
        return heading
    first = True
    parts: list[str] = []
    for part in re.split(r"(\W+)", heading):
        if part.isalpha() and part not in known_capitals:
            parts.append(part.capitalize() if first else part.lower())
        else:
            parts.append(part)
        first = first and not part.isalpha()
    return "".join(parts)
