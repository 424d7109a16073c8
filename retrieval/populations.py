"""Whom a text speaks of: people of which ages and sex, jobs of which hours, homes of which tenure, firms of which size.

A true figure of other people is a wrong answer: what is asked of some is answered only by a figure of the same. The label
of a table may give ages bare ("16-24"); in running text a number is an age only where the words say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

Ages = tuple[int, int]  # the youngest and the oldest, both included
_OLDEST = 120
_WIDE = 40  # years: ages this far apart are those of people at large ("16 to 64"), not of some of them

_DIGITS = {
    w: str(n)
    for n, w in enumerate(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty""".split(),
        1,
    )
}
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_DIGITS)})\b", re.IGNORECASE)
AGES_OF_LABEL = re.compile(
    r"(?<![\w,.£])(?P<low>\d{1,2})\s?(?:-|–|to)\s?(?P<high>\d{1,2})(?![\d,.%])"
    r"|(?<![\w,.£])(?P<over>\d{1,2})\s?(?:\+|and over|or over|plus|years and over)"
    r"|\bunder (?P<below>\d{1,2})s?\b(?!\s+(?:employees|staff|workers|minutes|hours|miles))"
    r"|\baged? (?P<one>\d{1,2})(?![\d,.+]|\s?(?:-|–|to\b|and\b|or\b|plus\b|years and\b))",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"\b(?:age[sd]?|years?|people|persons?|males?|females?|men|women|adults?|residents?|population|children|over|under)\b",
    re.IGNORECASE,
)
_OLD = r"(?:[\s-]*years?[\s-]*olds?\b|\s+years\s+of\s+age\b)"
_LED = r"\b(?:aged?|ages)\s+(?:between\s+|from\s+)?"
_WHO = r"\b(?:people|persons?|residents?|those|men|women|adults?|population|children|pupils)\s+(?:who\s+are\s+)?"
_NUMBER = r"(?<![\w,.£])(?:{})(?![\d%]|[,.]\d)"
_RANGE = _NUMBER.format(r"(?P<low>\d{1,2})(?:\s?[-–]\s?|,?\s+(?:to|and|or)\s+)(?P<high>\d{1,2})")
_OVER = _NUMBER.format(r"(?P<over>\d{1,2})(?:\s?\+|\s+(?:years\s+)?(?:and|or)\s+(?:over|older|above)\b|\s+plus\b)")
_UP_TO = _NUMBER.format(r"(?P<up_to>\d{1,2})\s+(?:years\s+)?(?:and|or)\s+(?:under|younger|below)\b")
_ABOVE = r"\b(?:over|older\s+than|above)[\s-](?:the\s+age\s+of\s+)?" + _NUMBER.format(r"(?P<over>\d{1,2})")
_BELOW = r"\b(?:under|younger\s+than|below)[\s-](?:the\s+age\s+of\s+)?" + _NUMBER.format(r"(?P<below>\d{1,2})")
_ONE = _NUMBER.format(r"(?P<one>\d{1,2})")
_NO_FIRMS = r"(?<!firms )(?<!businesses )(?<!enterprises )(?<!companies )(?<!employers )"  # "small firms (10 to 49)"
_NO_COUNT = r"(?!\s+(?:employees|staff|workers|people|minutes?|hours?|miles?|km|years?\s+(?!old|of\s+age)))"
# How running text speaks of ages, the longest form first.
_IN_TEXT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LED}{_RANGE}",
        rf"{_RANGE}{_OLD}",
        rf"{_NO_FIRMS}\((?:aged?\s+|ages\s+)?{_RANGE}\)",
        rf"{_LED}{_OVER}",
        rf"{_WHO}{_OVER}",
        rf"{_OVER}{_OLD}",
        rf"{_LED}{_UP_TO}",
        rf"{_LED}{_ABOVE}",
        rf"{_LED}{_BELOW}",
        rf"{_WHO}(?:{_ABOVE}|{_BELOW}){_NO_COUNT}",
        rf"{_ABOVE}(?:{_OLD}|['’]?s\b)",
        rf"{_BELOW}(?:{_OLD}|['’]?s\b)",
        rf"{_ONE}{_OLD}",
        rf"{_LED}{_ONE}",
    )
)
_ASKS_AGES = re.compile(
    r"\bage[sd]?\b|\byears? olds?\b|\byear-olds?\b|\bover \d\d|\bunder \d\d|\d\d-\d\d", re.IGNORECASE
)
# Bands of firms by how many people they employ: "10 to 49 employees", "fewer than ten staff", "250 or more".
_STAFF = r"(?:\s+(?:or\s+(?:more|over|fewer|less)\s+)?(?:employees|staff|workers|people))"
_BANDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<low>\d{{1,4}})\s?(?:-|–|to|and)\s?(?P<high>\d{{1,4}}){_STAFF}",
        rf"\b(?:fewer|less)\s+than\s+(?P<below>\d{{1,4}}){_STAFF}|\bunder\s+(?P<under>\d{{1,4}}){_STAFF}",
        rf"\b(?:more\s+than|over|at\s+least)\s+(?P<over>\d{{1,4}}){_STAFF}|\b(?P<more>\d{{1,4}})(?:\+|\s+or\s+more){_STAFF}",
        r"\b(?P<micro>micro)(?:[\s-]?(?:business|firm|enterprise|compan)|\b)",
    )
)
# The same as a question names them where a table is asked, and as the label of a row or column gives them.
_SIZE_ASKED = re.compile(
    r"\b(?:(\d[\d,]*)\s?(?:-|–|to)\s?(\d[\d,]*)|(\d[\d,]*)\s?(?:\+|or more|and over|and more|or over|plus)"
    r"|(?:over|more than|at least)\s(\d[\d,]*))\s+(?:employees?|staff|workers|people employed)\b"
    r"|(?:business(?:es)?|enterprises?|firms?|companies)\s+(?P<bracket>\((\d[\d,]*)\s?(?:(?:-|–|to)\s?(\d[\d,]*)|\+)\))",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?<![\w,.£])(?:(\d[\d,]*)\s?(?:-|–|to)\s?(\d[\d,]*)|(\d[\d,]*)\s?(?:\+|or more|and over))")
# Sorts of people, jobs and homes of which one says what another does not.
_SORTS: tuple[tuple[tuple[str, re.Pattern[str]], ...], ...] = tuple(
    tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in group)
    for group in (
        (("men", "men|males?|boys?"), ("women", "wom[ae]n|females?|girls?")),
        (("full-time", r"full[\s-]time"), ("part-time", r"part[\s-]time")),
        (
            ("owned", r"owner[\s-]occup\w+"),
            ("social rent", r"social(?:ly)?[\s-]rent\w*"),
            ("private rent", r"private(?:ly)?[\s-]rent\w*"),
            ("affordable rent", r"affordable[\s-]rent\w*"),
            ("shared ownership", r"shared[\s-]ownership"),
        ),
    )
)


# Who lives in a place and who works there: only the other one is another; many figures name neither.
_BASES = (
    (
        "residents",
        re.compile(r"\bresidents?\b|\bresidence\b|\blives?\s+(?:in|there)\b|\bliving\s+(?:in|there)\b", re.IGNORECASE),
    ),
    ("workplace", re.compile(r"\bworkplaces?\b|\bplaces?\s+of\s+work\b|\bwho\s+work\s+(?:in|there)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Size:
    """A band of sizes that a question names. band: from and up to how many, the latter None where it is open."""

    band: tuple[int, int | None]
    start: int
    end: int


def ages_asked(question: str) -> Ages | None:
    """The ages that a question names: "aged 25 to 29", "16-64 year olds", "over 65s", "three-year-olds"; None for none."""
    found = ages_in(question)
    if found:
        return found[0]
    return ages_of_label(question) if _ASKS_AGES.search(question) else None


@lru_cache(maxsize=16384)
def ages_of_label(text: str) -> Ages | None:
    """The ages that a label gives; a band of sizes ("10 to 49 employees") gives none."""
    match = AGES_OF_LABEL.search(text)
    if match is None or not (_OF_PEOPLE.search(text) or match[0].strip() == text.strip()):
        return None
    return _ages(match)


@lru_cache(maxsize=16384)
def ages_in(text: str) -> tuple[Ages, ...]:
    """The ages that running text speaks of, in its order, each once."""
    text = _NUMBER_WORD.sub(lambda m: _DIGITS[m[1].lower()], text)
    found: list[tuple[int, Ages]] = []
    for pattern in _IN_TEXT:
        for match in pattern.finditer(text):
            if (ages := _ages(match)) is not None:
                found.append((match.start(), ages))
        text = pattern.sub(lambda m: "·" * len(m[0]), text)
    return tuple(dict.fromkeys(ages for _, ages in sorted(found)))


def _ages(match: re.Match[str]) -> Ages | None:
    """The ages of a match; None where its ends are no range."""
    given = {name: int(number) for name, number in match.groupdict().items() if number}
    if "low" in given:
        return (given["low"], given["high"]) if given["low"] < given["high"] else None
    if "over" in given:
        return given["over"], _OLDEST
    if "below" in given:
        return 0, max(0, given["below"] - 1)
    return (0, given["up_to"]) if "up_to" in given else (given["one"], given["one"])


@lru_cache(maxsize=16384)
def sorts_in(text: str) -> tuple[frozenset[str], ...]:
    """For each group of sorts, those that a text names."""
    return tuple(frozenset(name for name, words in group if words.search(text)) for group in _SORTS)


@lru_cache(maxsize=16384)
def bands_in(text: str) -> frozenset[tuple[int, int | None]]:
    """The bands of firms that a text names, by the fewest and the most that they employ (None: no end)."""
    text = _NUMBER_WORD.sub(lambda m: _DIGITS[m[1].lower()], text)
    found: set[tuple[int, int | None]] = set()
    for match in (m for pattern in _BANDS for m in pattern.finditer(text)):
        given = {name: word for name, word in match.groupdict().items() if word}
        if "micro" in given:
            found.add((0, 9))
        elif "low" in given:
            found.add((int(given["low"]), int(given["high"])))
        elif below := given.get("below") or given.get("under"):
            found.add((0, int(below) - 1))
        else:
            found.add((int(given.get("over") or given["more"]), None))
    return frozenset(found)


@lru_cache(maxsize=64)
def size_asked(text: str) -> Size | None:
    """The band of sizes of firms that a question names: "with 10 to 49 employees", "250+ staff"."""
    match = _SIZE_ASKED.search(text)
    if match is None:
        return None
    if match["bracket"]:
        return Size(_band(match[6] if match[7] else None, match[7], match[6]), *match.span("bracket"))
    return Size(_band(match[1], match[2], match[3] or match[4]), *match.span())


@lru_cache(maxsize=16384)
def size_of_label(*texts: str) -> tuple[int, int | None] | None:
    """The band of sizes that a label gives ("Small (10 to 49)", "with 10+ employees"); of several texts, the first."""
    match = next((m for text in texts if (m := _SIZE.search(text))), None)
    return _band(match[1], match[2], match[3]) if match else None


def _band(low: str | None, high: str | None, least: str | None) -> tuple[int, int | None]:
    start = int((low or least or "0").replace(",", ""))
    return (start, int(high.replace(",", "")) if high else None)


@lru_cache(maxsize=16384)
def _bases(text: str) -> frozenset[str]:
    return frozenset(name for name, words in _BASES if words.search(text))


def of_others(question: str, said: Iterable[str]) -> bool:
    """Whether a question is about people, jobs, homes or firms of one sort, and a figure's words are not about the same.

    said: the figure's words, the nearest to it first; what the nearest say of it counts.
    """
    said = [text for text in said if text]
    ages = ages_asked(question)
    if ages is not None and ages not in next(filter(None, map(_stated, said)), ()):
        return True
    for n, asked in enumerate(sorts_in(question)):
        named = next((sorts for text in said if (sorts := sorts_in(text)[n])), frozenset[str]())
        if len(asked) == 1 and not asked <= named:
            return True
    size = size_asked(question)
    bands = bands_in(question) or (frozenset({size.band}) if size is not None else frozenset())
    if bands and not bands & next(filter(None, map(bands_in, said)), frozenset()):
        return True
    base = _bases(question)
    return len(base) == 1 and not base & next(filter(None, map(_bases, said)), base)


def of_fewer(question: str, measure: str) -> bool:
    """Whether a measure is of one sex or of few ages ("employment rate: men"), and a question is about all people."""
    asked, named = sorts_in(question)[0], sorts_in(measure)[0]
    if len(named) == 1 and not asked:
        return True
    return ages_asked(question) is None and any(high - low < _WIDE for low, high in _stated(measure))


def _stated(text: str) -> tuple[Ages, ...]:
    """The ages that the words of a figure state, as running text or as the label of its row does."""
    row = _ROW.search(text)
    label = ages_of_label(row[1]) if row else None
    return ages_in(text) or ((label,) if label is not None else ())


_ROW = re.compile(r"\(([^()]+)\)$")
