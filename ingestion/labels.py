"""The words of a table's titles and headers: what they say is measured, and of whom."""

import re
from collections.abc import Sequence

from corpus.areas import reference_areas
from corpus.period import read_periods
from ingestion.table_marks import strip_marks, written_out
from ingestion.table_units import is_only_unit

_INTERVAL = re.compile(
    r"\b(?:lci|uci|conf|confidence(?: intervals?| limits?)?|c\.?i\.?|c\.?v\.?s?|coefficients? of variation"
    r"|standard errors?|std err|margins? of error|"
    r"lower (?:ci|cl|limit|bound|95|confidence)|upper (?:ci|cl|limit|bound|95|confidence)|flags?"
    r"|obs_status|observation status|data markings?|markers?|quality|"
    r"(?:95|99)% ?(?:ci|confidence|lower|upper))\b|^(?:lower|upper|ci|\+/-|±)$|_(?:lci|uci|lowerci|upperci)$",
    re.IGNORECASE,
)


def is_interval(label: str) -> bool:
    """Whether a column says how sure its neighbour is, and is no measure of its own."""
    return _INTERVAL.search(label) is not None


def says_whose_interval(labels: Sequence[str]) -> bool:
    """Whether a column's one label says what its intervals are of ("2021 Private Rent CV (%)"), and so stands by itself."""
    return len(labels) == 1 and len(re.findall(r"[^\W\d_]{3,}", _INTERVAL.sub(" ", labels[0]))) >= 2


_NUMBERED = re.compile(
    r"^\s*(?:(?:data\s+|live\s+)?tables?|figures?|sheet|worksheet"
    r"|chart)\s+[A-Z]{0,3}\d*[\w.()-]*\s*(?:[-–—:.|]\s*|\s+)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"^\s*(?:[A-Z]|\d{1,2}(?:\.\d{1,2})*[a-z]?|[ivx]{1,4})[.):]\s+(?=[A-Z])")
_COUNT_OF = re.compile(
    r"^\s*(?:counts?|numbers?|total numbers?|estimates?|estimated numbers?)\s+of\s+(?:the\s+)?", re.IGNORECASE
)
_GEOGRAPHY = (
    r"(?:lower tier |upper tier |single tier )?(?:local (?:and unitary )?authorit(?:y|ies)(?: "
    r"districts?)?|district(?:s)?|count(?:y|ies)|unitary authorit(?:y|ies)|region(?:s)?|"
    r"countr(?:y|ies)|wards?|(?:parliamentary )?constituenc(?:y|ies)|area(?:s)?|geograph(?:y|ies)"
    r"|boroughs?|LSOAs?|MSOAs?|LADs?|nations?)"
)
_BY_PLACE = re.compile(
    rf"[,:;–-]?\s*\(?(?:\b(?:by|for|in|across|within)\s+(?:each\s+|all\s+"
    rf"|every\s+)?)?\b{_GEOGRAPHY}(?:\s*(?:,|and|&|/|or)\s*{_GEOGRAPHY})*"
    rf"(?:\s+within\s+{_GEOGRAPHY}(?:\s*(?:,|and|&)\s*{_GEOGRAPHY})*)?(?:\s+(?:in|of)\s+(?:England"
    rf"|Wales|Scotland|Great Britain|the UK|United Kingdom|England and Wales|the United "
    rf"Kingdom))?\)?\s*$",
    re.IGNORECASE,
)
_BY_LEVEL = re.compile(
    rf"\s*\bby\s+(?:{_GEOGRAPHY})(?:\s+in\s+(?:the\s+)?(?:UK|United Kingdom|England|Wales|Great "
    rf"Britain))?(?=\s*(?:[,:;]|$))",
    re.IGNORECASE,
)
_BY_AGE = re.compile(
    r"\s*\bby\s+(?:sex\s+and\s+)?(?:single\s+)?(?:years?\s+of\s+)?age(?:\s+(?:groups?|bands?))?(?:\s+and\s+sex)?(?=\s*(?:[,:;]|$))",
    re.IGNORECASE,
)
_IN_MILLIONS = re.compile(r",?\s*£\s?(?:millions?|thousands?|billions?|m|bn|k)\b", re.IGNORECASE)
_OF_COUNTRY = re.compile(
    r"[,:;–-]\s*(?:England|Wales|Scotland|Northern Ireland|Great Britain|UK|United Kingdom|England "
    r"and Wales|England & Wales)(?:,?\s+and\s+\w+)?\s*$",
    re.IGNORECASE,
)
_PLACES_LISTED = re.compile(
    rf"\s*\b(?:by\s+)?{_GEOGRAPHY}(?:\s*,\s*{_GEOGRAPHY})*\s*(?:,|and"
    rf"|&)\s*{_GEOGRAPHY}(?:\s+within\s+{_GEOGRAPHY}(?:\s*(?:,|and|&)\s*{_GEOGRAPHY})*)?",
    re.IGNORECASE,
)
_CLASSIFIED = re.compile(
    r"\s*\b(?:by\s+)?standard industrial classification\s*(?:\(sic\s?\d*\))?\s*(?:groups?|sections?|divisions?)?",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"^(?:this (?:work)?sheet|the (?:work)?sheet|(?:©|copyright|crown copyright|ONS crown copyright)"
    r"|back to|return to|link to|go to|contents?$|notes?\b|some (?:cells|shorthand|tables)|source\b"
    r"|units?\b|"
    r"(?:counts?|figures|numbers|values)? ?(?:are )?(?:given|rounded|shown) to|(?:date )?(?:published"
    r"|publication|released?|last updated|next update)|freeze panes|geographic"
    r"|coverage|access notes|see |for more|download|https?:|released|contact|the notes|worksheet)",
    re.IGNORECASE,
)
_SMALL = frozenset("of the and in by for to from a an with at on or their within per".split())


def is_boilerplate(line: str) -> bool:
    """Whether a line above a table says nothing of what it measures."""
    return _BOILERPLATE.match(line.strip()) is not None


def spaced(label: str) -> str:
    """A label's words apart where they are run together: "AveragePrice" is "Average price"; other labels as they are."""
    if not _RUN_ON.match(label):
        return label
    first, *rest = re.findall(r"[A-Z][a-z]+", label)
    return " ".join((first, *(w.lower() for w in rest)))


_RUN_ON = re.compile(r"^(?:[A-Z][a-z]+){2,}$")


def measured(title: str) -> str:
    """What a title says is measured: without its number, its periods, and the places that it is broken down by."""
    title = re.sub(r"^\s*(?:title|dataset|table title|indicator|measure)\s*:\s+(?=\w)", "", title, flags=re.IGNORECASE)
    text = _LETTERED.sub("", _NUMBERED.sub("", strip_marks(title)))
    text = _CLASSIFIED.sub("", _PLACES_LISTED.sub("", _without_periods(text)))
    for _ in range(3):
        text = _without_place(_OF_COUNTRY.sub("", _BY_PLACE.sub("", text)).strip(" ,:;-–"))
    text = _BY_AGE.sub("", _COUNT_OF.sub("", text))
    text = _BY_LEVEL.sub("", _IN_MILLIONS.sub("", text))
    text = re.sub(r"\(\s*(?:£|%|per cent|number|numbers|thousands?)\s*\)", " ", text, flags=re.IGNORECASE)
    text = " ".join(text.split()).strip(" ,:;-–(")
    if _sentence_case(title) != title:
        text = _sentence_case(text)
    return re.sub(r"(?<= [-–] )[A-Z](?=[a-z])", lambda m: m[0].lower(), text)


def _without_place(text: str) -> str:
    """A title without the place that it ends with: "Housing supply, Anyshire"."""
    for between in (",", " - ", " – "):
        head, found, tail = text.rpartition(between)
        if found and tail.strip().lower() in reference_areas():
            return head.strip()
    return text


_STOOD = "\x00"
_LED_UP = re.compile(
    rf"[,:;–(-]*\s*(?:\b(?:for|in|from|during|between|as at|at|to|by|the|year ending|years? ended"
    rf"|financial year|calendar year)\s*)*{_STOOD}"
    rf"(?:\s*(?:,|and|to|-|–|&|/)+\s*(?:to\s+)?{_STOOD})*\)?",
    re.IGNORECASE,
)


def _without_periods(text: str) -> str:
    """A title without the years that it gives, and the words that led up to them."""
    for period in reversed(read_periods(text)):
        if period.first is not None or period.last is not None:
            text = f"{text[: period.start]}{_STOOD}{text[period.end :]}"
    return " ".join(_LED_UP.sub(" ", text).replace(_STOOD, " ").split())


def _sentence_case(text: str) -> str:
    """A Title In Capitals as a person would write it in running text; other titles as they are."""
    found = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    long = [w for w in found if w.lower() not in _SMALL]
    if len(long) < 2 or not all(w[0].isupper() for w in long):
        return text
    first = True

    def small(match: re.Match[str]) -> str:
        nonlocal first
        word = match[0]
        keep = first or word.isupper() or any(c.isupper() for c in word[1:])
        first = False
        return word if keep else word.lower()

    return re.sub(r"[A-Za-z][A-Za-z'’-]*", small, text)


_WRAPPED = re.compile(r"^[A-Za-z]{1,3}\d{1,3}[A-Za-z]?:\d+\s*\((.*)\)$")
_PERCENTILE = re.compile(r"^(\d{1,2})(?:th|st|nd|rd)?(?:\s*percentile)?$", re.IGNORECASE)


def column_measure(labels: Sequence[str]) -> str:
    """What a column's stacked labels say is measured: broken words joined, the last said first, units alone left out."""
    parts: list[str] = []
    for depth, label in enumerate(labels):
        text = written_out(strip_marks(label)).replace("_", " ")
        wrapped = _WRAPPED.match(text)
        text = wrapped[1].strip() if wrapped else text
        if parts and (text[:1].islower() or text[:1] == "(") and not (depth == len(labels) - 1 and is_only_unit(text)):
            parts[-1] = f"{parts[-1]} {text}"
        else:
            parts.append(text)
    percentile = next((p for p in parts if re.match(r"^percentiles?$", p, re.IGNORECASE)), None)
    if percentile and (number := _PERCENTILE.match(parts[-1])):
        parts = [p for p in parts if p not in (percentile, parts[-1])] + [f"{number[1]}th percentile"]
    kept: list[str] = []
    single = True
    for part in parts:
        part = re.sub(r"^Total\s*[-–:]\s*", "", part)
        pieces = re.split(r"\s+[:–]\s+|\s+-\s+|\s*;\s+", part)
        single = single and len(pieces) == 1
        for piece in reversed(pieces):
            piece = _without_periods(piece) if re.search(r"\d{4}", piece) else piece
            piece = re.sub(
                r"\(\s*(?:thousands?|millions?|'?000s?|numbers?|£|%|£ ?(?:m|k|bn|'?000s?|millions?|thousands?|billions?))\s*\)",
                "",
                piece,
                flags=re.IGNORECASE,
            )
            piece = " ".join(piece.split()).strip(" ,:;-–")
            if piece and not is_only_unit(piece) and piece not in kept:
                kept.append(piece)
    outer = kept[::-1] if single else kept
    return "; ".join(outer)


def population_named(lines: Sequence[str]) -> str | None:
    """Of whom a table is, where a line above it says so."""
    for line in lines:
        match = re.search(
            r"\b(?:population|coverage|base|universe)\s*[:=]\s*(.{4,120})$|\b((?:all |usual |working "
            r"|economically active )*(?:residents?|people|persons|households|employees|adults|children|pupils"
            r"|men|women|workers) aged [\w +–-]{2,30})",
            line,
            re.IGNORECASE,
        )
        if match:
            return " ".join((match[1] or match[2]).split()).rstrip(" .,")
    return None
