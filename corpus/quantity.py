"""Quantities in text: the value, unit, range and qualifier of every figure, as British councils write them.

The printed words are kept to the letter (``text == source[start:end]``) and values are exact decimals.
What merely looks like a figure is left out: years and other periods (corpus/period.py), ages, ordinals, headings,
labels ("Theme 4", "NVQ 4"), codes, dates, times, telephone numbers, addresses and footnote marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.period import read_periods
from corpus.plain import UNSEEN


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit and precision, as printed: "nearly 100", "£1.2m", "12–15%", "one in five".

    value: in ``unit``: "3 million sq. feet" is 3000000 sq_ft, "a quarter" is 25 percent, "half an hour" is 0.5 hours.
    upper: the upper end of a range; None for a single value.
    qualifier: the words that soften or bound it ("nearly", "or more", "+"), in lower case; they belong to ``text``.
    ``text`` also holds the "between" of a range, but not the "from" of a change, which is two quantities.
    unit: "count" for a bare number, "ratio" or "index" where such a word governs it, "per_1000" and so on for rates.
    """

    text: str
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifier: str | None
    start: int
    end: int


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities state the same value; "nearly 100" and "100" do."""
    return (a.value, a.upper, a.unit) == (b.value, b.upper, b.unit)


# ---- words of numbers ------------------------------------------------------------------------------------------------

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "mn": 1_000_000, "m": 1_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000, "trillion": 1_000_000_000_000, "tn": 1_000_000_000_000,
}  # fmt: skip
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_CURRENCIES = {"£": "gbp", "gbp": "gbp", "€": "eur", "$": "usd"}

# White space inside a quantity is bounded (so that matching stays fast) and never crosses a blank line.
_GAP = r"(?:[^\S\n]{1,12}(?:\n[^\S\n]{0,12})?|\n[^\S\n]{0,12})"
_DASH = r"[-‐‑‒–—−]"
# The end of a word. A footnote mark may touch it ("six⁴"), so \b, which takes "⁴" for a letter, will not do.
_END = r"(?![A-Za-z0-9_])"

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DIGIT_WORDS = "one|two|three|four|five|six|seven|eight|nine"
_UNDER_100 = (
    rf"(?:(?:{_TENS})(?:(?:-|{_GAP})(?:{_DIGIT_WORDS}){_END})?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    rf"|eighteen|nineteen|{_DIGIT_WORDS})"
)
_UNDER_1000 = rf"(?:(?:an?|{_UNDER_100}){_GAP}hundred{_END}(?:{_GAP}and{_GAP}{_UNDER_100}{_END})?|{_UNDER_100})"
_WORDS = (
    rf"(?:(?:an?|{_UNDER_1000}){_GAP}thousand{_END}(?:{_GAP}(?:and{_GAP})?{_UNDER_1000}{_END})?"
    rf"|{_UNDER_1000}{_END}|an?(?={_GAP}(?:million|billion|trillion){_END}))"
)

# ---- what looks like a figure and is none ----------------------------------------------------------------------------

_PEOPLE = r"(?:residents?|people|persons?|adults?|population|men|women|pupils|those|everyone|anyone|workers?|learners?)"
_AGE_NUMBER = r"[0-9]{1,2}(?![0-9])(?!\s?%)(?!\.[0-9])(?!,[0-9]{3})"
# A label's number: short, and no figure itself ("level 41%", "phase 1,000").
_LABEL_END = r"(?:\.[0-9]{1,3})*+[a-z]?(?![A-Za-z0-9])(?!\s?%)(?!\s?per\s?cent)(?!,[0-9]{3})(?!\.[0-9])"
_LABEL_NUMBER = r"[0-9]{1,3}+" + _LABEL_END
_NEXT_LABEL_NUMBER = r"[0-9]{1,2}+" + _LABEL_END
_LABELS = (
    r"themes?|sections?|chapters?|articles?|appendix|appendices|annex(?:es)?|tables?|figures?|figs?\.?|charts?|pages?|pp?\."
    r"|para(?:graph)?s?|clauses?|schedule|policy|policies|phases?|stages?|levels?|parts?|steps?|priority|priorities"
    r"|objectives?|outcomes?|sites?|zones?|pillars?|strands?|workstreams?|missions?|tiers?|bands?|grades?|class(?:es)?|category|deciles?"
    r"|quintiles?|scopes?|volumes?|vol\.|version|edition|option|scenario|plots?|junctions?|platform|footnote"
    r"|nvqs?|rqf|sic|reg(?:ulation)?s?|ks|key\s+stages?|no\.|nos\.|nvq\s+levels?|sdgs?|goals?|kpis?|industry|channel|formula|ranked|ranks?"
    r"|(?:in|by|from|of|to)\s+year"
)
_MANY_LABELS = (
    "themes|sections|chapters|articles|tables|figures|paragraphs|policies|phases|stages|levels|parts|steps|priorities"
    "|objectives|outcomes|sites|zones|pillars|strands|tiers|bands|grades|classes|scopes|junctions"
)
_NOT_FIGURES = re.compile(
    "|".join(
        (
            r"https?://\S+|\bwww\.\S+|(?<!\S)[^\s@]{1,64}@[^\s@]{1,200}|\b[a-z0-9-]{1,63}\.(?:gov|org|co|com|net|ac)\b[^\s)]*",
            r"\[[0-9]{1,3}(?:,\s?[0-9]{1,3}){0,20}\]",
            rf"\brank(?:ed|s|ing)?{_GAP}(?:[a-z]{{2,4}}{_GAP})?[0-9]{{1,4}}(?:st|nd|rd|th)?{_GAP}(?:out{_GAP})?of{_GAP}[0-9]{{1,4}}\b",
            rf"\b(?:{_MANY_LABELS}){_GAP}(?:{_NEXT_LABEL_NUMBER},{_GAP}){{1,9}}(?:(?:and|or|to){_GAP})?{_NEXT_LABEL_NUMBER}"
            rf"(?:{_GAP}(?:and|or|to){_GAP}{_NEXT_LABEL_NUMBER})?",
            rf"\b(?:{_LABELS}){_GAP}?{_LABEL_NUMBER}"
            rf"(?:(?:{_GAP}(?:and|or|to){_GAP}|{_GAP}?[-–/&]{_GAP}?)(?:(?:level|phase|stage|theme){_GAP})?{_NEXT_LABEL_NUMBER})*+",
            # the same with the number as a word; "one" and "two" are the usual ones
            rf"\b(?:themes?|chapter|part|phase|stage|level|mark|tier|step|priority|objective){_GAP}(?:{_UNDER_100})\b",
            # a choice of the first or best few says nothing of a size
            rf"\b(?:top|bottom|first|last|next|final|previous|past){_GAP}"
            rf"(?:{_UNDER_100}\b(?!{_GAP}(?:per\s?cent|hundred|thousand|million))"
            r"|(?:1[0-9]|20|[1-9])(?![0-9.,]|\s?%|\s?per\s?cent))",
            # ages
            rf"\b(?:aged?s?|ages)(?:{_GAP}(?:of|between|from|over|under|group|range|band|up{_GAP}to)){{0,3}}{_GAP}{_AGE_NUMBER}\+?"
            rf"(?:{_GAP}?(?:{_DASH}|to|and|or){_GAP}?(?:{_AGE_NUMBER}|over|under|above|below|older|younger|up))?",
            rf"(?<![0-9.,])[0-9]{{1,2}}(?:{_GAP}?(?:{_DASH}|to|and|or){_GAP}?[0-9]{{1,2}})?(?:{_GAP}|-)years?(?:{_GAP}|-)olds?\b",
            rf"(?<![0-9.,])[0-9]{{1,2}}{_GAP}(?:(?:and|or){_GAP}(?:older|younger)|and{_GAP}(?:over|under))\b",
            r"(?<![0-9.,])16\s?(?:[-–−]|to)\s?64(?![0-9]|\s?%|[.,][0-9])",
            rf"\b{_PEOPLE}{_GAP}?\(?(?:aged{_GAP})?[0-9]{{2}}(?:\+|\s?[-–−]\s?[0-9]{{2}}(?![0-9]|\s?%|[.,][0-9]))",
            r"(?<![0-9.,£])1[689]\+(?![0-9])",
            rf"\bpost{_GAP}16\b",
            # telephone numbers, postcodes, times, a virus
            r"(?<![A-Za-z0-9.,£])(?:\+44\s?(?:\(0\)\s?)?|\(?0)[0-9]{2,5}\)?(?:[\s-]?[0-9]{3,8}){0,3}(?![0-9.,]*[0-9])",
            r"(?-i:\b[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9][A-Z]{2}\b)",
            r"(?<![0-9:.])[0-2]?[0-9][:.][0-5][0-9]\s?[ap]\.?m\b|(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9](?![0-9:])",
            r"(?<![0-9:.,£])(?:1[0-2]|[1-9])\s?[ap]\.?m\b",
            r"\bcovid(?:[\s-]?19)\b",
            rf"\bone{_GAP}or{_GAP}two\b",
        )
    ),
    re.IGNORECASE,
)

# A number that opens a line is a heading's or a list's, unless the line before runs on into it.
_LIST_NUMBER = re.compile(
    r"^[^\S\n]*(?:[-*•·][^\S\n]?)?(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}[.)](?=[^\S\n]+\S)"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}(?=[^\S\n]+[A-Z][a-z])|[0-9]{1,2}(?=[^\S\n]+[A-Z]{5}))",
    re.MULTILINE,
)
_RUNS_ON = re.compile(
    r"(?:\b(?:a|an|the|to|of|by|in|from|than|and|or|over|about|nearly|almost|least|under|around|approximately|is|was|are"
    r"|were|at|for|with|between|some|only|up|lost|lose|all)|[,(–-])[^\S\n]*\n[^\S\n]*\Z",
    re.IGNORECASE,
)

# ---- the pieces of a quantity ----------------------------------------------------------------------------------------

_AMOUNT = re.compile(
    rf"(?:(?P<sign>(?<![A-Za-z0-9%)\]£$€½¼¾])[-‐‑–−+](?=[£$€]?[0-9]))|\b(?P<minus>minus){_GAP}(?=[£0-9]))?"
    r"(?:(?P<currency>[£€$]|\bGBP(?=\s?[0-9]))\s{0,3}(?P<inner>[-−](?=[0-9]))?)?"
    r"(?:(?P<digits>[0-9]++(?:[.,][0-9]++)*+)(?P<vulgar>[½¼¾])?|(?P<bare>[½¼¾])"
    rf"|(?<![A-Za-z0-9-])(?P<words>{_WORDS}){_END})"
    rf"(?:(?:{_GAP}|-)(?P<scale>hundred|thousand|million|billion|trillion|mn|bn){_END}"
    rf"|(?P<suffix>bn|mn|tn|m|k)(?![A-Za-z0-9²³])|(?<=[0-9])(?P<joined>million|billion|thousand){_END})?",
    re.IGNORECASE,
)
_WELL_FORMED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,9})?")
_CHAIN = re.compile(r"[0-9.,]*(?:[-–/:][0-9.,]+)*+")
_SPACED_MILLION = re.compile(r"\s{0,3}(m|k)(?![A-Za-z0-9])", re.IGNORECASE)
_METRES = re.compile(rf"{_GAP}(?:high|wide|long|deep|tall|away|from|radius|x)\b", re.IGNORECASE)

# Longer names stand before shorter ones that open them. "h" and "%" may touch the number; words may follow a hyphen.
_UNITS = {
    "percentage_points": rf"(?:%|per{_GAP}?cent|percentage)(?:{_GAP}|-)?points?|%pts?|ppts?|pps?|p\.p\.",
    "percent": rf"%|per{_GAP}?cent|pc",
    "sq_ft": rf"(?:square|sq\.?){_GAP}?(?:feet|foot|ft)|ft²|ft2",
    "sq_miles": rf"(?:square|sq\.?){_GAP}?miles?",
    "sq_km": rf"(?:square|sq\.?){_GAP}?(?:kilomet(?:re|er)s?|km)|km²|km2",
    "sq_m": rf"(?:square|sq\.?){_GAP}?(?:met(?:re|er)s?|m)|m²|m2",
    "hectares": r"hectares?|ha",
    "acres": r"acres?",
    "hours": r"hours?|hrs?|h",
    "minutes": r"minutes?|mins?",
    "days": r"days?",
    "weeks": r"weeks?",
    "months": r"months?",
    "years": r"years?|yrs?",
    "miles": r"miles?",
    "mph": r"mph",
    "km": r"kilomet(?:re|er)s?|km",
    "metres": r"met(?:re|er)s?|(?<=\s)m",
    "kilotonnes": rf"(?:kilotonnes?|kt)(?:(?:{_GAP}of)?{_GAP}?co2e?q?)?",
    "tonnes": rf"(?:tonnes?|t(?=co2))(?:(?:{_GAP}of)?{_GAP}?co2e?q?)?",
    "mwh": r"mwh",
    "kwh": r"kwh",
    "mw": r"megawatts?|mw",
    "mbps": r"mbps",
    "gbps": r"gbps",
    "times": r"times",
}
_UNIT = re.compile(
    rf"(?:{_GAP}|-)?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items()) + r")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf"{_GAP}(?:per|(?:in|out{_GAP}of|for){_GAP}every){_GAP}(?:(?P<base>100|1,?000|10,?000|100,?000|1,000,000)(?![0-9.,]*[0-9])"
    r"|(?P<word>thousand|million)\b)",
    re.IGNORECASE,
)
# "41 and 45%": the sign is printed once for the list
_LIST_PERCENT = re.compile(
    rf"(?:(?:,{_GAP}(?:and{_GAP})?|{_GAP}(?:and|or){_GAP}|/)[0-9]{{1,3}}(?:\.[0-9]{{1,3}})?){{1,4}}{_GAP}?(?:%|per{_GAP}?cent)",
    re.IGNORECASE,
)
_TO = re.compile(rf"(?P<dash>[^\S\n]?{_DASH}{_GAP}?)|{_GAP}(?P<word>to|and){_GAP}", re.IGNORECASE)
_RATIO = re.compile(r":(?P<second>[0-9]{1,2}(?:\.[0-9]+)?)(?![0-9:])")

_BEFORE = re.compile(
    r"(?<![A-Za-z])(?P<qualifier>(?:"
    rf"(?:(?:no|not|just|well|slightly|little|significantly){_GAP})?(?:more|less|fewer|greater|higher|lower|better|worse){_GAP}than"
    rf"|(?:(?:just|well|slightly){_GAP})?(?:over|under|above|below)|(?:just|very){_GAP}(?:about|nearly)"
    rf"|nearly|almost|approximately|approx|around|about|circa|roughly|some|up{_GAP}to|at{_GAP}least|at{_GAP}most"
    rf"|(?:an?{_GAP})?(?:minimum|maximum){_GAP}of|(?:an{_GAP})?estimated|in{_GAP}excess{_GAP}of|upwards{_GAP}of|close{_GAP}to"
    rf"|exceeding|as{_GAP}(?:many|much|few|little|low|high){_GAP}as){_GAP}"
    rf"|(?:approx|ca|c)\.{_GAP}?|c(?=\s?\Z)|[~≈<>≤≥]=?{_GAP}?)\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<plus>\+)(?![0-9])"
    rf"|{_GAP}(?P<words>or{_GAP}(?:more|less|fewer|above|over|under|below|higher|lower|greater)\b"
    rf"(?!{_GAP}(?:than|[£0-9]|half\b|an?\b))"
    rf"|and{_GAP}(?:above|over|under|below)(?={_GAP}?(?:[.,;:)]|\Z)))",
    re.IGNORECASE,
)

# "LQ¹ = 3.1", "location quotient of more than 1.0": the word before, and only words that link it to its number.
_GOVERNED = re.compile(
    r"\b(?P<noun>LQs?|quotients?|ratios?|coefficients?|densit(?:y|ies)|index|indices|scores?)(?![A-Za-z])"
    r"(?:[\s¹²³⁴⁵⁶⁷⁸⁹⁰=:()]|\b(?:of|is|was|are|were|at|to|in|the|than|from|an?|now|stands?|stood|rose|fell|and|or|by"
    r"|(?:19|20)[0-9]{2}|[0-9]+\.[0-9]+)\b){0,12}\Z",
    re.IGNORECASE,
)
_GOVERNED_AFTER = re.compile(rf"{_GAP}(?:LQ|location{_GAP}quotient|ratio)\b", re.IGNORECASE)

_PROPORTION = re.compile(
    rf"(?<![A-Za-z0-9.,£/-])(?P<n>{_UNDER_100}|[0-9]{{1,3}}){_GAP}(?:in|out{_GAP}of)(?:{_GAP}every)?{_GAP}"
    rf"(?P<m>{_UNDER_100}{_END}|100,?000|10,?000|1,?000|100|[0-9]{{1,2}})(?![A-Za-z0-9-])"
    rf"(?![.,][0-9])(?!{_GAP}?(?:%|per\s?cent|years?|months?|weeks?|days?|hours?|minutes?|hundred|thousand|million|of)\b|\s?%)",
    re.IGNORECASE,
)
_PART_WORDS = "|".join(_PARTS)
_FRACTION = re.compile(
    rf"(?<![A-Za-z0-9-])(?:(?:(?P<whole>{_UNDER_100}|[0-9]{{1,3}}){_GAP}and{_GAP}an?{_GAP}(?P<extra>half|quarter))"
    rf"|(?:(?P<article>an?|one)(?:{_GAP}|-)|(?P<n>{_UNDER_100})(?:{_GAP}|-))?(?P<part>{_PART_WORDS}|halve)(?P<plural>s)?){_END}"
    rf"(?:(?:{_GAP}of)?{_GAP}an?{_GAP}(?P<each>hour|mile|day|year|month|million|billion){_END})?",
    re.IGNORECASE,
)
_SHARE_FOLLOWS = re.compile(
    rf"{_GAP}(?:of|more|less|fewer|higher|lower|are|is|were|was|have|has|had|do|did|said|say|live|work|to)\b|\s*[.)]?\s*\Z",
    re.IGNORECASE,
)
_HALF_FOLLOWS = re.compile(
    rf"{_GAP}(?:of|the|our|its|their|his|her|all|these|those|are|is|were|was|have|has|had)\b", re.IGNORECASE
)
_NO_SHARE_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|last|next|past|previous|other|latter|former|better|consecutive|each|every|per)\s+\Z",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(r"\b(?:by|to|at|from)\s+\Z", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom{_GAP}\Z", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween{_GAP}\Z", re.IGNORECASE)
# "two-way", "3-bed", "two- and three-bedroom": a hyphen makes the number part of a word; "250-home" still counts homes.
_COMPOUND = re.compile(r"[-‐‑][A-Za-z\s]")

_CAPITAL_FOLLOWS = re.compile(rf"{_GAP}[A-Z]")

_THOUSANDS_SPACE = re.compile("[\u00a0\u2009\u202f]")
_SPACED_THOUSANDS = re.compile(
    r"(?<![0-9.,])(?<![0-9][\u00a0\u2009\u202f])[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}"
    r"(?![0-9]|,[0-9]|[\u00a0\u2009\u202f][0-9])"
)
_LABEL_BEFORE = re.compile(rf"\b(?:{_LABELS}){_GAP}?\Z", re.IGNORECASE)

_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with what touches it. ``unit`` is None for a bare number; ``mantissa`` is the value before its scale."""

    start: int
    end: int
    value: Decimal
    mantissa: Decimal
    scale: Decimal
    unit: str | None
    currency: bool
    lone_word: bool


def read_quantities(text: str) -> list[Quantity]:
    """The quantities in ``text``, in the order in which they stand.

    Signs without width are seen through, and so are thin and no-break spaces between thousands ("219 700").
    """
    if text.isascii():
        return _read(text)
    # Each character that is read, by its place in the text; None where all are.
    places = [n for n, c in enumerate(text) if not UNSEEN.match(c)] if UNSEEN.search(text) else None
    seen = _SPACED_THOUSANDS.sub(_with_commas, "".join(text[n] for n in places) if places is not None else text)
    found = _read(seen)
    if places is not None:
        found = [replace(q, start=places[q.start], end=places[q.end - 1] + 1) for q in found]
    return [replace(q, text=text[q.start : q.end]) for q in found]


def _with_commas(match: re.Match[str]) -> str:
    """The spaces between thousands as commas, unless the number before them is that of a label ("Theme 4")."""
    if _LABEL_BEFORE.search(match.string[max(0, match.start() - _LOOK_BACK) : match.start()]):
        return match[0]
    return _THOUSANDS_SPACE.sub(",", match[0])


def _read(text: str) -> list[Quantity]:
    blocked = _blocked(text)
    found: list[Quantity] = []
    for reader in (_proportions, _fractions, _amounts):
        for quantity in reader(text, blocked):
            found.append(quantity)
            blocked[quantity.start : quantity.end] = b"\x01" * (quantity.end - quantity.start)
    return sorted(found, key=lambda quantity: quantity.start)


def _blocked(text: str) -> bytearray:
    """One byte a character: 1 where a number is no figure."""
    blocked = bytearray(len(text))
    spans = [match.span() for match in _NOT_FIGURES.finditer(text)]
    spans += [(period.start, period.end) for period in read_periods(text)]
    for match in _LIST_NUMBER.finditer(text):
        if not _RUNS_ON.search(text[max(0, match.start() - 40) : match.start()]):
            spans.append(match.span())
    for start, end in spans:
        blocked[start:end] = b"\x01" * (end - start)
    return blocked


def _proportions(text: str, blocked: bytearray) -> Iterator[Quantity]:
    """ "One in five", "3 out of 10", as percentages."""
    for match in _PROPORTION.finditer(text):
        n, m = _number(match["n"]), _number(match["m"])
        if any(blocked[match.start() : match.end()]) or not 0 < n < m or (n > 10 and m < 100):
            continue
        yield _quantity(text, blocked, match.start(), match.end(), 100 * n / m, None, "percent")


def _fractions(text: str, blocked: bytearray) -> Iterator[Quantity]:
    """ "A quarter of", "two thirds", "over half", as percentages; "half an hour" and "half a million" as they are."""
    for match in _FRACTION.finditer(text):
        start, end = match.span()
        if any(blocked[start:end]):
            continue
        if match["whole"]:
            value = _number(match["whole"]) + Decimal(1) / _PARTS[match["extra"].lower()]
        else:
            part = "half" if match["part"].lower() == "halve" else match["part"].lower()
            value = (_number(match["n"]) if match["n"] else Decimal(1)) / _PARTS[part]
        each = (match["each"] or "").lower()
        if each in _SCALES:
            yield _quantity(text, blocked, start, end, value * _SCALES[each], None, "count")
        elif each:
            yield _quantity(text, blocked, start, end, value, None, each + "s")
        elif match["whole"]:
            amount = _with_unit(text, _Amount(start, end, value, value, Decimal(1), None, False, False))
            scale = re.compile(rf"{_GAP}(thousand|million|billion)\b", re.IGNORECASE).match(text, end)
            if scale:
                yield _quantity(text, blocked, start, scale.end(), value * _SCALES[scale[1].lower()], None, "count")
            elif amount.unit:
                yield _quantity(text, blocked, start, amount.end, value, None, amount.unit)
        elif _is_share(text, match):
            share = 100 * (_number(match["n"]) if match["n"] else Decimal(1)) / _PARTS[part]
            yield _quantity(text, blocked, start, end, share, None, "percent")


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Tells "a third of residents" from "a third party", and "half of" from "the second half of 2021"."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _NO_SHARE_BEFORE.search(before):
        return False
    if match["n"]:
        return bool(match["plural"]) and _number(match["n"]) > 1
    if match["plural"] or _COMPOUND.match(text, match.end()):
        return False
    if _BEFORE.search(before) or _CHANGE_BEFORE.search(before):
        return match["article"] is not None or match["part"].lower() == "half"
    if match["article"]:
        return _SHARE_FOLLOWS.match(text, match.end()) is not None
    return match["part"].lower() == "half" and _HALF_FOLLOWS.match(text, match.end()) is not None


def _amounts(text: str, blocked: bytearray) -> Iterator[Quantity]:
    """Everything that is written as a number: amounts, ranges, rates and ratios."""
    position = 0
    while match := _AMOUNT.search(text, position):
        position = match.end()
        amount = _amount(text, blocked, match)
        if amount is None:
            if match["digits"]:  # "1.2.3", "24/7": no piece of it is a figure
                chain = _CHAIN.match(text, match.end("digits"))
                position = max(position, chain.end() if chain else position)
            continue
        ratio = _RATIO.match(text, amount.end) if amount.unit is None and not amount.lone_word else None
        if ratio and Decimal(ratio["second"]):
            value = amount.value / Decimal(ratio["second"])
            yield _quantity(text, blocked, amount.start, ratio.end(), value, None, "ratio")
            position = ratio.end()
            continue
        second = _second(text, blocked, amount)
        if second is None:
            if _ends_as_figure(text, amount) and not _is_idle_word(text, amount):
                quantity = _single(text, blocked, amount)
                yield quantity
                position = max(position, quantity.end)
            elif match["digits"]:
                chain = _CHAIN.match(text, amount.end)
                position = max(position, chain.end() if chain else position)
            continue
        first = _share_scale(amount, second)
        unit = first.unit or second.unit
        if second.unit is None and first.currency:
            second = replace(second, unit=first.unit)
        if _FROM.search(_before_qualifier(text, amount.start)) and _TO_WORD.match(text, amount.end):
            # "From 11% to 13%" is a change: two figures. The first may borrow the unit that is printed once.
            yield _single(text, blocked, replace(first, unit=unit))
            quantity = _single(text, blocked, second)
            yield quantity
            position = quantity.end
            continue
        start = amount.start
        before = _words_before(text, start)
        between = _BETWEEN.search(_before_qualifier(text, start))
        if between:
            start -= len(before) - between.start()
        quantity = _single(text, blocked, replace(first, start=start, end=second.end, unit=unit), second.value)
        yield quantity
        position = quantity.end


_EQUALS = re.compile(rf"{_GAP}?=")
_TO_WORD = re.compile(rf"{_GAP}to\b", re.IGNORECASE)


def _amount(text: str, blocked: bytearray, match: re.Match[str], ends_range: bool = False) -> _Amount | None:
    """The amount that ``match`` found, with its unit; None where the number belongs to something else."""
    start, end = match.span()
    if any(blocked[start:end]) or not (ends_range or _starts_as_figure(text, match)):
        return None
    if match["digits"]:
        if not _WELL_FORMED.fullmatch(match["digits"]):
            return None
        mantissa = Decimal(match["digits"].replace(",", ""))
        if match["digits"].startswith("0") and mantissa >= 1:
            return None  # a code or a telephone number
        mantissa += Decimal(_VULGAR[match["vulgar"]]) if match["vulgar"] else 0
    else:
        mantissa = Decimal(_VULGAR[match["bare"]]) if match["bare"] else _number(match["words"])
    if match["minus"] or match["inner"] or (match["sign"] and match["sign"] != "+"):
        mantissa = -mantissa
    scale_word = (match["scale"] or match["suffix"] or match["joined"] or "").lower()
    unit = _CURRENCIES[match["currency"].lower()] if match["currency"] else None
    if unit and not scale_word and (spaced := _SPACED_MILLION.match(text, end)):
        scale_word, end = spaced[1].lower(), spaced.end()
    if scale_word == "m" and unit is None and _METRES.match(text, end):
        scale_word, unit = "", "metres"
    scale = Decimal(_SCALES.get(scale_word, 1))
    lone_word = match["words"] is not None and not scale_word
    amount = _Amount(start, end, mantissa * scale, mantissa, scale, unit, bool(match["currency"]), lone_word)
    return amount if unit else _with_unit(text, amount)


def _with_unit(text: str, amount: _Amount) -> _Amount:
    match = _UNIT.match(text, amount.end)
    return replace(amount, unit=match.lastgroup, end=match.end()) if match else amount


def _number(words: str) -> Decimal:
    """ "Two hundred and fifty thousand" as 250000; digits are read as they are."""
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("a", "an"):
            current += 1
        elif word == "hundred":
            current *= 100
        elif word in _SCALES:
            total, current = total + current * _SCALES[word], 0
        elif word != "and":
            current += _SMALL[word]
    return Decimal(total + current)


def _starts_as_figure(text: str, match: re.Match[str]) -> bool:
    """No letter, digit or point runs into the number: not "M25", "COVID-19", "v1.2", "end.5" or "and/5"."""
    start = match.start()
    if start == 0:
        return True
    previous = text[start - 1]
    if match["sign"] or match["words"] or match["minus"]:
        return previous not in "0123456789"
    before = text[max(0, start - 8) : start]
    if previous in ".cC" and re.search(r"(?<![A-Za-z])(?:approx\.|ca?\.|c)\Z", before, re.IGNORECASE):
        return previous == "." or match["currency"] is not None
    if previous.isascii() and (previous.isalnum() or previous in "_.#@\\&"):
        return False
    if previous in "'’" and re.fullmatch(r"[0-9]{2}", match[0]):
        return text[match.end() : match.end() + 1] == "%"  # "'19" is a year
    if previous in "-‐‑/" and len(before) > 1:
        return not (before[-2].isascii() and before[-2].isalnum())
    return True


def _ends_as_figure(text: str, amount: _Amount) -> bool:
    """Nothing runs on from the number: not "21st", "4G", "24/7", "12-5" or "two-way"."""
    rest = text[amount.end : amount.end + 2]
    if rest[:1].isascii() and (rest[:1].isalnum() or rest[:1] in ("_", "@")):
        return False
    if amount.unit is not None:
        return True
    if len(rest) == 2 and rest[0] in "-–−/:" and rest[1].isdigit():
        return False
    return not (_COMPOUND.match(rest) and (amount.lone_word or amount.value < 10))


def _is_idle_word(text: str, amount: _Amount) -> bool:
    """ "One" that counts nothing ("one of the most", "one day"), and numbers in names ("Three Bridges")."""
    if not amount.lone_word:
        return False
    word = text[amount.start : amount.end]
    if amount.value == 1 and amount.unit in (None, "days", "times"):
        return True
    return amount.unit is None and word[0].isupper() and _CAPITAL_FOLLOWS.match(text, amount.end) is not None


def _second(text: str, blocked: bytearray, first: _Amount) -> _Amount | None:
    """The upper end where ``first`` opens a range ("12–15%", "500 to 900", "between 5 and 10 per cent") or a change."""
    link = _TO.match(text, first.end)
    if link is None:
        return None
    word = (link["word"] or "").lower()
    if word == "and" and not _BETWEEN.search(_before_qualifier(text, first.start)):
        return None
    if link["dash"] and link["dash"][0].isspace() and not link["dash"][-1].isspace():
        return None  # "5% -3%": the dash is a sign
    if link["dash"] and link["dash"].strip() == "−" and link["dash"][0].isspace():
        return None  # "£30,666 − £33,662" is a subtraction
    at = link.end()
    qualifier = _QUALIFIER_THEN.match(text, at) if word == "to" else None
    match = _AMOUNT.match(text, qualifier.end() if qualifier else at)
    if match is None or match["minus"] or (match["sign"] and link["dash"]):
        return None
    second = _amount(text, blocked, match, ends_range=True)
    if second is None or not _ends_as_figure(text, second) or _EQUALS.match(text, second.end):
        return None
    if first.unit is not None and second.unit != first.unit and not (first.currency and second.unit is None):
        return None
    if first.unit is None and second.currency and link["dash"] is not None:
        return None  # "2 - £500"
    change = word == "to" and _FROM.search(_before_qualifier(text, first.start)) is not None
    if change:
        return second
    first = _share_scale(first, second)
    return second if first.value < second.value and qualifier is None else None


_QUALIFIER_THEN = re.compile(
    rf"(?:nearly|almost|approximately|around|about|over|under|up{_GAP}to|at{_GAP}least|(?:more|less|fewer){_GAP}than){_GAP}",
    re.IGNORECASE,
)


def _share_scale(first: _Amount, second: _Amount) -> _Amount:
    """ "£1–2 million" is one to two million; "£500-£1m" is not 500 million."""
    if first.scale != 1 or second.scale == 1 or first.mantissa >= second.mantissa:
        return first
    return replace(first, scale=second.scale, value=first.mantissa * second.scale)


def _before_qualifier(text: str, start: int) -> str:
    """The text that ends where the quantity at ``start`` begins, its qualifier included."""
    before = _words_before(text, start)
    qualifier = _BEFORE.search(before)
    return before[: qualifier.start()] if qualifier else before


def _words_before(text: str, start: int) -> str:
    """The text before ``start``; nothing where another number stands there, so that long tables stay quick to read."""
    before = text[max(0, start - _LOOK_BACK) : start]
    last = before.rstrip()[-1:]
    return "" if not last or (last in "0123456789,%") else before


def _single(text: str, blocked: bytearray, amount: _Amount, upper: Decimal | None = None) -> Quantity:
    """An amount as a quantity: its rate ("per 1,000") and, for a bare number, the word that makes it a ratio."""
    unit, end = amount.unit, amount.end
    if rate := _RATE.match(text, end):
        end = rate.end()
        base = (rate["base"] or str(_SCALES[(rate["word"] or "thousand").lower()])).replace(",", "")
        unit = unit or f"per_{base}"
    if unit is None:
        unit = _governed_unit(text, amount)
    if unit == "count" and amount.scale == 1 and 0 < amount.value <= 100 and _LIST_PERCENT.match(text, end):
        unit = "percent"
    return _quantity(text, blocked, amount.start, end, amount.value, upper, unit)


def _governed_unit(text: str, amount: _Amount) -> str:
    before = _before_qualifier(text, amount.start)
    match = _GOVERNED.search(before)
    if match:
        return "index" if match["noun"].lower() in ("index", "indices", "score", "scores") else "ratio"
    return "ratio" if _GOVERNED_AFTER.match(text, amount.end) else "count"


def _quantity(
    text: str, blocked: bytearray, start: int, end: int, value: Decimal, upper: Decimal | None, unit: str
) -> Quantity:
    """The quantity with the qualifiers around it, which are part of its printed text."""
    qualifier: str | None = None
    after = _AFTER.match(text, end)
    if after and not any(blocked[end : after.end()]):
        qualifier, end = after["plus"] or after["words"], after.end()
    words = _words_before(text, start)
    before = _BEFORE.search(words)
    if before and not any(blocked[start - len(words) + before.start() : start]):
        qualifier, start = before["qualifier"].strip(), start - len(words) + before.start()
    if qualifier:
        qualifier = re.sub(r"\s+", " ", qualifier.lower())
    return Quantity(text[start:end], value, upper, unit, qualifier, start, end)
