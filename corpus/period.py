"""Periods in text: calendar years, quarters, months, durations and repetition, as British councils write them.

It reads only what is printed: "last year" is not turned into a calendar year, because that needs today's date.
Numbers that are figures ("2,021", "£2021", "2021 sq ft") are left to corpus/quantity.py.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed: ``text`` is ``source[start:end]``, with the word that governs it ("since 2016").

    first, last: the calendar years covered, where stated. "since 2016" has no last, "by 2050" has no first.
    month: the month stated; for a run of months that is not a calendar year, the month in which it starts.
    relation: in, since, by, from-to, over (a duration), each ("per year"), before, after.
    years: the length of a duration in whole years; 1 for "per year".
    """

    text: str
    start: int
    end: int
    first: int | None
    last: int | None
    quarter: int | None = None
    month: int | None = None
    relation: str = "in"
    years: int | None = None


@dataclass(frozen=True, slots=True)
class _Point:
    """A stretch of the calendar without a word before it: "2021", "2024/25", "Q1 2021", "5 March 2022"."""

    first: int
    last: int
    quarter: int | None = None
    month: int | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = ("spring", "summer", "autumn", "winter")
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip

# White space inside a period is bounded (so that matching stays fast) and never crosses a blank line.
_GAP = r"(?:[^\S\n]{1,12}(?:\n[^\S\n]{0,12})?|\n[^\S\n]{0,12})"
_DASH = r"[-‐‑‒–—−]"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![A-Za-z])\.?"
)
_CAPITAL_MONTH = "(?:" + "|".join(name.capitalize() + r"[a-z]*" for name in _MONTHS) + ")"
# A year is not part of a longer number, a code, a price, a decimal or a date in figures, and measures nothing.
_YEAR_ALONE = (
    r"(?<!nearly\s)(?<!almost\s)(?<!more\sthan\s)(?<!less\sthan\s)(?<!fewer\sthan\s)(?<!approximately\s)"
    r"(?<![A-Za-z0-9_£$€])(?<![0-9][.,:/])(?:19|20)[0-9]{2}(?![A-Za-z0-9_])(?![.,:/][0-9])"
)
_MEASURES = (
    r"(?!\s{0,12}(?:%|per\s?cent|per\s1|sq\b|sqm|sqft|square|acres|ha\b|hectares|miles|km\b|hours|minutes|tonnes"
    r"|thousand|million|billion|bn\b))"
)
_YEAR_SPAN = (
    rf"(?<![A-Za-z0-9_£$€])(?<![0-9][.,:/])(?:19|20)[0-9]{{2}}"
    rf"(?:\s?{_DASH}\s?(?:19|20)[0-9]{{2}}|\s?/\s?(?:19|20)[0-9]{{2}}|{_DASH}[0-9]{{2}}|/[0-9]{{2}})"
    r"(?![A-Za-z0-9_%])(?![.,:/][0-9])"
)
_YEARS = rf"(?:{_YEAR_SPAN}|{_YEAR_ALONE}{_MEASURES})"
_QUARTER = rf"(?:Q[1-4]|quarter{_GAP}[1-4]|(?:first|second|third|fourth|final){_GAP}quarter)"
_DAY = r"(?<![A-Za-z0-9_£$€.,/])[0-3]?[0-9](?:st|nd|rd|th)?"
_POINT = (
    "(?:"
    + "|".join(
        (
            r"(?<![0-9])(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])",
            r"(?<![0-9/.])[0-3]?[0-9]/[01]?[0-9]/(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/])",
            r"(?<![0-9/.])[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}(?![0-9.])",
            rf"{_DAY}{_GAP}?(?:of{_GAP})?{_MONTH},?{_GAP}?{_YEAR_ALONE}",
            rf"\b{_MONTH}{_GAP}[0-3]?[0-9](?:st|nd|rd|th)?,{_GAP}?{_YEAR_ALONE}",
            rf"\b{_MONTH},?{_GAP}?{_YEAR_ALONE}",
            rf"\b(?:{'|'.join(_SEASONS)}){_GAP}(?:of{_GAP})?{_YEARS}",
            rf"\b{_QUARTER}{_GAP}?(?:of{_GAP})?{_YEARS}",
            rf"{_YEARS}{_GAP}Q[1-4]\b",
            rf"\bFY{_GAP}?(?:20)?[0-9]{{2}}[-/][0-9]{{2}}(?![0-9])",
            _YEARS,
        )
    )
    + ")"
)
_MODIFIER = (
    rf"(?:(?:the{_GAP})?(?:early|mid|late|later{_GAP}in|(?:start|beginning|middle|end){_GAP}of"
    rf"|(?:(?:financial|fiscal|academic|calendar){_GAP})?year)(?:{_GAP}|-))?"
)

# What a word before a point of the calendar makes of it.
_RELATIONS = {
    "since": "since", "from": "since",
    "by": "by", "until": "by", "till": "by", "up to": "by", "to": "by",
    "before": "before", "prior to": "before", "pre": "before",
    "after": "after", "post": "after",
}  # fmt: skip
# "Compared to 2020" speaks of 2020; "to 2050" sets a date.
_GOVERNORS = (
    rf"(?:by|until|till|up{_GAP}to|(?<!compared\s)(?<!relative\s)(?<!similar\s)(?<!close\s)(?<!equal\s)to|since|from"
    rf"|before|prior{_GAP}to|after|in|during|throughout|on|over|for|within|as{_GAP}(?:at|of)|between)"
)

_NUMBER = "(?:[0-9]{1,2}|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_LENGTH = (
    rf"(?P<number>{_NUMBER}(?:(?:{_GAP}(?:to|or){_GAP}|\s?{_DASH}\s?){_NUMBER})?|few|several|couple{_GAP}of|coming|recent)"
    rf"(?:{_GAP}|-)(?:(?:financial|calendar|full|academic){_GAP})?(?P<unit>years?|months?|decades?|weeks?|days?)\b['’]?"
)
_DIRECTION = r"(?:next|last|past|previous|coming|following|preceding|first)"


def read_periods(text: str) -> list[Period]:
    """The periods in ``text``, in order. Where two readings overlap, the more specific one stands."""
    taken = bytearray(len(text))
    periods: list[Period] = []
    for pattern, build in _READERS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            period = build(match)
            if period is not None:
                periods.append(period)
                taken[period.start : period.end] = b"\x01" * (period.end - period.start)
    return sorted(periods, key=lambda period: period.start)


def last_time(text: str | None) -> tuple[int, int]:
    """The last year that a period in words covers and the quarter or month in it; 0 for what is not stated."""
    periods = read_periods(text or "")
    return max(((p.last or p.first or 0, p.quarter or p.month or 0) for p in periods), default=(0, 0))


def years_of(periods: Iterable[Period]) -> set[int]:
    """The calendar years that periods cover; an open end counts as the year that is stated."""
    years: set[int] = set()
    for period in periods:
        first, last = period.first or period.last, period.last or period.first
        if first is not None and last is not None:
            years.update(range(first, min(last, first + 60) + 1))
    return years


def periods_agree(asked: Period, stated: Period) -> bool:
    """Could a figure stated for ``stated`` answer a question about ``asked``?

    Years must match exactly: a figure for 2015 to 2019 says nothing of 2017. Where one side is finer
    (a quarter, a month) and the other gives only the year, the figure may answer; its own period is shown with it.
    """
    if _is_dated(asked) != _is_dated(stated):
        return False
    if not _is_dated(asked):
        same_kind = asked.relation == stated.relation and asked.years == stated.years
        opposite = {_looks_ahead(asked), _looks_ahead(stated)} == {True, False}
        return same_kind and not opposite and _unit(asked) == _unit(stated) and asked.quarter == stated.quarter
    if _extent(asked) != _extent(stated):
        return False
    pairs = (
        (asked.month, stated.month),
        (_quarter(asked), _quarter(stated)),
        (_season(asked), _season(stated)),
    )
    return all(a is None or b is None or a == b for a, b in pairs)


def _is_dated(period: Period) -> bool:
    return period.first is not None or period.last is not None


def _extent(period: Period) -> tuple[str, int | None, int | None]:
    """What is covered: "by 2050" is a statement about 2050, but "since 2016" is not one about 2016."""
    if period.relation == "by":
        return "in", period.last, period.last
    relation = "in" if period.relation == "from-to" else period.relation
    return relation, period.first, period.last


def _quarter(period: Period) -> int | None:
    if period.quarter is not None or period.month is None:
        return period.quarter
    return (period.month + 2) // 3


def _season(period: Period) -> str | None:
    return next((season for season in _SEASONS if season in period.text.lower()), None)


def _looks_ahead(period: Period) -> bool | None:
    """True for the next five years, False for the last five, None where the words do not say."""
    words = period.text.lower().split()
    if any(word in words for word in ("next", "coming", "following")):
        return True
    return False if any(word in words for word in ("last", "past", "previous", "preceding", "recent")) else None


def _unit(period: Period) -> str | None:
    """For "each": per what. Years and "annually" are the same; other units are told apart by their first letters."""
    if period.relation != "each" or period.years:
        return None
    word = re.sub(r"^(?:per|each|every)\s+", "", period.text.lower())
    return word[:3]


def _year_of(two_digits: str, after: int) -> int:
    """The "19" of "2015-19"; "1999-00" runs into the next century."""
    year = after // 100 * 100 + int(two_digits)
    return year if year > after else year + 100


def _years(words: str) -> _Point | None:
    """The years of "2021", "2015-19", "2024/25"; "2021-09" is a month, as dates are written in files."""
    match = re.search(rf"([0-9]{{4}})(?:\s?(?:({_DASH})|/)\s?([0-9]{{2,4}}))?", words)
    if match is None:
        return None
    first, dash, second = int(match[1]), match[2], match[3]
    if second is None:
        return _Point(first, first)
    if len(second) == 4:
        return _Point(first, int(second)) if int(second) > first else None
    if dash == "-" and len(second) == 2 and 1 <= int(second) <= 12 and int(second) <= first % 100:
        return _Point(first, first, month=int(second))
    return _Point(first, _year_of(second, first)) if len(second) == 2 else None


def _month_of(words: str) -> int | None:
    match = re.search(rf"(?<![a-z]){_MONTH}", words, re.IGNORECASE)
    return _MONTHS.index(match[0][:3].lower()) + 1 if match else None


def _quarter_of(words: str) -> int | None:
    match = re.search(r"Q([1-4])", words, re.IGNORECASE)
    if match:
        return int(match[1])
    ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
    match = re.search(r"(first|second|third|fourth|final)\s+quarter", words, re.IGNORECASE)
    return ordinals[match[1].lower()] if match else None


def _read_point(words: str) -> _Point | None:
    if match := re.match(r"([0-9]{4})-([0-9]{2})-[0-9]{2}", words):
        return _Point(int(match[1]), int(match[1]), month=int(match[2]))
    if match := re.match(r"[0-9]{1,2}[/.]([0-9]{1,2})[/.]([0-9]{2,4})", words):
        year = int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
        return _Point(year, year, month=int(match[1])) if 1 <= int(match[1]) <= 12 else None
    if match := re.match(r"FY\s*((?:20)?[0-9]{2})[-/]([0-9]{2})", words, re.IGNORECASE):
        first = int(match[1]) % 100 + 2000
        return _Point(first, _year_of(match[2], first))
    # The day of "5 March 2022" and the 1 of "Q1 2021" are never four digits, so the year is the first such number.
    point = _years(words)
    if point is None:
        return None
    month = point.month or _month_of(words)
    return _Point(point.first, point.last, _quarter_of(words), month)


def _period(match: re.Match[str], point: _Point, relation: str) -> Period:
    open_start = relation in ("by", "before")
    open_end = relation in ("since", "after")
    return Period(
        text=match[0],
        start=match.start(),
        end=match.end(),
        first=None if open_start else point.first,
        last=None if open_end else point.last,
        quarter=point.quarter,
        month=point.month,
        relation=relation,
    )


def _dated(match: re.Match[str]) -> Period | None:
    """A point of the calendar with the word that governs it: "since Jan 2020", "by 2050", "in 2024/25"."""
    point = _read_point(match["point"])
    if point is None:
        return None
    governor = re.sub(r"\s+", " ", (match["governor"] or match["prefix"] or "").lower())
    several = point.last - point.first > 1 or (
        point.last > point.first and re.search(rf"{_DASH}\s?[0-9]{{4}}", match["point"]) is not None
    )
    relation = "from-to" if several else "in"
    if not several or governor not in ("from", "over", "between"):
        relation = _RELATIONS.get(governor, relation)
    return _period(match, point, relation)


def _range(match: re.Match[str]) -> Period | None:
    """From one point to another: "from 2015 to 2019", "Jan 2021-Dec 2021", "January to March 2021", "Q1-Q3 2021"."""
    if match["to"].strip().lower() == "and" and (match["governor"] or "").lower() != "between":
        return None  # "2019 and 2020" are two periods
    end = _read_point(match["b"])
    if end is None:
        return None
    start = _read_point(match["a"])
    if start is None:  # "January to March 2021": the year is printed once
        start = _Point(end.first, end.first, _quarter_of(match["a"]), _month_of(match["a"]))
    if start.first > end.last:
        return None
    return _period(match, _whole(start, end), "from-to")


def _whole(start: _Point, end: _Point) -> _Point:
    """The point that a run of months or quarters makes: January to December is the year, April to June its quarter."""
    first, last = start.first, end.last
    if start.month is None or end.month is None:
        quarter = start.quarter if (first, start.quarter) == (last, end.quarter) else None
        return _Point(first, last, quarter)
    if first == last and (start.month, end.month) == (1, 12):
        return _Point(first, last)
    if first == last and start.month % 3 == 1 and end.month == start.month + 2:
        return _Point(first, last, quarter=(start.month + 2) // 3)
    return _Point(first, last, month=start.month)


def _year_ending(match: re.Match[str]) -> Period | None:
    """ "Year ending March 2024" is the twelve months from April 2023."""
    end = _read_point(match["point"])
    if end is None or end.month is None:
        return None
    if end.month == 12:
        return _period(match, _Point(end.last, end.last), "in")
    return _period(match, _Point(end.last - 1, end.last, month=end.month + 1), "in")


def _day_of_month(match: re.Match[str]) -> Period:
    return Period(match[0], match.start(), match.end(), None, None, month=_month_of(match[0]))


def _decade(match: re.Match[str]) -> Period:
    first = int(match["decade"])
    return Period(match[0], match.start(), match.end(), first, first + 9)


def _duration(match: re.Match[str]) -> Period:
    """ "Over the next 5 years", "within 18 months", "over the next few years"; "3 to 5 years" has the length 5."""
    numbers = [
        int(word) if word.isdigit() else _NUMBER_WORDS[word] for word in re.findall(_NUMBER, match["number"].lower())
    ]
    unit = match["unit"].lower()
    years: int | None = None
    if numbers and unit.startswith("year"):
        years = numbers[-1]
    elif numbers and unit.startswith("decade"):
        years = 10 * numbers[-1]
    elif numbers and unit.startswith("month") and numbers[-1] % 12 == 0:
        years = numbers[-1] // 12
    word = match["governor"].lower() if "governor" in match.re.groupindex and match["governor"] else ""
    relation = {"every": "each", "after": "after"}.get(word, "over")
    return Period(match[0], match.start(), match.end(), None, None, relation=relation, years=years)


def _single_duration(match: re.Match[str]) -> Period | None:
    """ "Over the next decade", "in the last year": one, though no number is printed."""
    if re.match(r"over\s+an?\s+quarter", match[0], re.IGNORECASE):
        return None  # "over a quarter of firms" is a share
    years = {"year": 1, "decade": 10}.get(match["unit"].lower())
    return Period(match[0], match.start(), match.end(), None, None, relation="over", years=years)


def _ago(match: re.Match[str]) -> Period:
    period = _duration(match)
    return Period(period.text, period.start, period.end, None, None, relation="before", years=period.years)


def _each(match: re.Match[str]) -> Period:
    years = 1 if re.search(r"year|ann|p\.?a", match[0], re.IGNORECASE) else None
    return Period(match[0], match.start(), match.end(), None, None, relation="each", years=years)


def _quarter_alone(match: re.Match[str]) -> Period:
    return Period(match[0], match.start(), match.end(), None, None, quarter=int(match["quarter"]))


def _pandemic(match: re.Match[str]) -> Period:
    word = re.sub(r"[\s-]+", " ", match["governor"].lower())
    return Period(match[0], match.start(), match.end(), None, None, relation=_RELATIONS.get(word, "in"))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PANDEMIC = rf"(?:(?:covid(?:[\s-]?19)?{_GAP})?pandemic|covid(?:[\s-]?19)?|lockdown)\b(?:{_GAP}levels?\b)?"

# In order: what stands earlier wins where two overlap.
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (
        _compile(
            rf"\b(?:in{_GAP}|for{_GAP})?(?:the{_GAP})?(?:year|(?:12|twelve){_GAP}months){_GAP}(?:ending|ended|to){_GAP}"
            rf"(?P<point>{_POINT})"
        ),
        _year_ending,
    ),
    (
        _compile(
            rf"(?:\b(?P<governor>from|between|over|in|during|for|by){_GAP})?"
            rf"(?P<a>{_POINT}|\b{_MONTH}|\bQ[1-4]\b)"
            rf"(?P<to>\s?{_DASH}\s?|{_GAP}(?:to|until|and|through){_GAP})(?P<b>{_POINT})"
        ),
        _range,
    ),
    (
        _compile(
            rf"(?:\b(?P<governor>{_GOVERNORS}){_GAP}|\b(?P<prefix>pre|post){_DASH})?{_MODIFIER}(?P<point>{_POINT})"
        ),
        _dated,
    ),
    (
        # Without a year, "may" and "march" are months only beside a day, with a capital.
        re.compile(rf"(?<![A-Za-z0-9_.,£])(?:[0-3]?[0-9](?:st|nd|rd|th)?{_GAP}(?:of{_GAP})?{_CAPITAL_MONTH})\b"),
        _day_of_month,
    ),
    (_compile(rf"\b(?:(?:in|during){_GAP})?(?:the{_GAP})?(?P<decade>(?:19|20)[0-9]0)s\b"), _decade),
    (_compile(rf"\b{_LENGTH}{_GAP}ago\b"), _ago),
    (
        _compile(
            rf"\b(?P<governor>over|within|in|during|for|across|throughout|after|every){_GAP}(?:the{_GAP})?"
            rf"(?:{_DIRECTION}{_GAP})?{_LENGTH}"
        ),
        _duration,
    ),
    (
        _compile(
            rf"\b(?:(?:in|for|at|during|by){_GAP}(?:the{_GAP}end{_GAP}of{_GAP})?)?(?:quarter{_GAP}|Q)(?P<quarter>[1-4])(?![0-9A-Za-z%]|\.[0-9])"
        ),
        _quarter_alone,
    ),
    (_compile(rf"\b{_DIRECTION}{_GAP}{_LENGTH}"), _duration),
    (
        _compile(
            rf"\b(?:(?:over|within|in|during|for){_GAP}(?:the{_GAP}|an?{_GAP})?(?:{_DIRECTION}{_GAP})?"
            rf"|{_DIRECTION}{_GAP})(?P<unit>year|decade|month|quarter)\b"
        ),
        _single_duration,
    ),
    (
        _compile(
            rf"\b(?:(?:per|each|every){_GAP}(?:year|annum|quarter|month|week|day)|annually|yearly|quarterly|monthly|weekly"
            rf"|a{_GAP}year(?!{_GAP}(?:ago|later|of|before|after|or)\b)|p\.?a\b\.?)"
        ),
        _each,
    ),
    (
        _compile(
            rf"\b(?P<governor>before|prior{_GAP}to|pre|post|after|since|during)(?:{_GAP}|-)(?:the{_GAP})?{_PANDEMIC}"
        ),
        _pandemic,
    ),
)
