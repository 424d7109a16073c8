"""The words of a table's titles, headers and row labels: what is measured, in which unit, for when, where and whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.areas import areas_by_code, level, reference_areas
from corpus.period import read_periods

CODE = re.compile(r"^\s*([A-Z]\d{8}|[A-Z]\d{2}[A-Z]{0,2}\d{0,6}|\d{2}[A-Z]{1,2}|UK[A-Z][A-Z0-9]{0,3})\s*$")
GSS = re.compile(r"^\s*[A-Z]\d{8}\s*$")

# The kind of place that a code's first characters tell (Office for National Statistics, register of geographic codes).
_CODES = {
    "E00": "output area", "W00": "output area", "E01": "lower layer super output area", "W01": "lower layer super output area",
    "E02": "middle layer super output area", "W02": "middle layer super output area", "E04": "parish", "W04": "community",
    "E05": "ward", "W05": "ward", "S13": "ward", "N08": "ward", "E06": "unitary authority", "W06": "unitary authority",
    "E07": "district", "N09": "district", "E08": "metropolitan district", "E09": "London borough", "S12": "council area",
    "E10": "county", "E11": "metropolitan county", "E12": "region", "E13": "part of a region", "E14": "constituency",
    "W07": "constituency", "S14": "constituency", "N05": "constituency", "N06": "constituency",
    "E37": "local enterprise partnership",
    "E47": "combined authority", "E54": "integrated care board", "E38": "clinical commissioning group", "E23": "police force area",
    "E30": "travel to work area", "K01": "travel to work area", "E34": "built-up area", "E35": "built-up area",
    "E63": "built-up area",
    "E31": "fire authority", "E40": "NHS region", "E15": "European region",
    "E92": "country", "W92": "country", "S92": "country", "N92": "country", "K02": "country", "K03": "country", "K04": "country",
}  # fmt: skip
_DISTRICTS = "local authority district"
# The kinds of place that headers, titles and the words before a name tell; the first that is found counts.
_KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bconstituenc|^parl|^pcon|\bpcon", "constituency"),
        (r"\bwards?\b|^wd\d", "ward"),
        (r"\bparish", "parish"),
        (r"\blsoa|lower (?:layer )?super output", "lower layer super output area"),
        (r"\bmsoa|middle (?:layer )?super output", "middle layer super output area"),
        (r"\boutput areas?\b|^oa\d", "output area"),
        (r"\blep\b|local enterprise partnership", "local enterprise partnership"),
        (r"\blsip\b", "local skills improvement area"),
        (r"\bmca\b|combined authorit", "combined authority"),
        (r"\bttwa|travel.to.work", "travel to work area"),
        (r"\bbuilt.up area", "built-up area"),
        (r"\bicb\b|integrated care", "integrated care board"),
        (r"\bccg\b", "clinical commissioning group"),
        (r"\bpolice", "police force area"),
        (r"\buser defined", "user defined area"),
        (r"\bnuts|\bitl", "statistical region"),
        (r"\bla(?:d|du|ua)?\b|^lad\d|^la_|local.authorit|\bdistricts?\b|\bborough|\bunitary|\bcouncil", _DISTRICTS),
        (r"\bcount(?:y|ies)\b|^cty|^ctyua", "county"),
        (r"\bregions?\b|^rgn|^gor\b", "region"),
        (r"\bcountr(?:y|ies)\b|^ctry|\bnations?\b", "country"),
    )
)
_PREFIX = re.compile(r"^\s*([A-Za-z][A-Za-z0-9 _-]{1,30}):\s*(\S.*)$")
_SUFFIX = re.compile(
    r"\s*(?:\(?\b(?:UA|LB|MCD|CD|Met(?:ropolitan)?(?: County| District| Borough)?|Met|Unitary "
    r"Authority|(?:District|Borough|City|County|Metropolitan Borough) Council"
    r"|County Borough)\)?|\(county\)|/ .*)\s*$"
)
_FROM = re.compile(r"\s*-\s*from\s+\w+\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a table names it: its name, its kind where the table tells it, and its code."""

    name: str
    kind: str | None = None
    code: str | None = None


def kind_named(words: str) -> str | None:
    """The kind of place that a header or a title speaks of."""
    return next((kind for pattern, kind in _KINDS if pattern.search(words)), None)


def read_place(label: str, code: str = "", kind: str | None = None) -> Place:
    """A row's place from its name, its code, or both. kind: what the column's header tells."""
    code = code.strip()
    by_code = areas_by_code().get(code)
    kind = _CODES.get(code[:3], kind) if GSS.match(code) else kind
    prefix = _PREFIX.match(label)
    if prefix and (told := kind_named(prefix[1])) is not None:
        kind, label = told, _FROM.sub("", prefix[2])
        if kind == "user defined area" and (inner := re.search(r"[- ](LSIP|MCA|LEP)\b", label)):
            kind = kind_named(inner[1]) or kind
    label = " ".join(strip_marks(label).split())
    if by_code is not None:
        return Place(by_code[0], by_code[1], code)
    if not label:
        return Place(code, kind, code or None)
    known = reference_areas()
    for name in (
        label,
        _SUFFIX.sub("", label),
        re.sub(r"^(?:the )?(?:city|county|borough|london borough|royal borough|district) of ", "", label, flags=re.I),
    ):
        found = known.get(name.lower().strip()) or known.get(name.lower().replace("&", "and").strip())
        if found is not None:
            fine = kind is None or level(kind) == level(found[1])
            return Place(found[0], found[1] if fine else kind, code or None)
    name = _SUFFIX.sub("", label) or label
    return Place(name.title() if name.isupper() and len(name) > 4 else name, kind, code or None)


def is_known_place(label: str) -> bool:
    """Whether a row's label is a place of the published list, however the table writes it."""
    prefix = _PREFIX.match(label)
    if prefix and kind_named(prefix[1]):
        return True
    plain = " ".join(strip_marks(label).split())
    return any(n.lower().strip() in reference_areas() for n in (plain, _SUFFIX.sub("", plain)))


# ---- marks and notes -------------------------------------------------------------------------------------------------

_NOTE_MARKS = re.compile(
    r"\s*(?:\[(?:notes?\s*)?[\w ,]{1,16}\]|\((?:notes?|see note|footnote)s?\s*[\w, ]{1,10}\)"
    r"|[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]+)(?=\s|$|[.,;:)])",
    re.IGNORECASE,
)


_STATUS = re.compile(r"\s*[\[(](?:p|r|e|prov(?:isional)?|rev(?:ised)?|estimated?)[\])]", re.IGNORECASE)


def strip_marks(text: str) -> str:
    """A label without its footnote marks, and without the word that its figures are provisional or revised."""
    return _NOTE_MARKS.sub("", _STATUS.sub("", text)).strip()


_MONTH_YEAR = re.compile(
    r"^\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s'’]+(\d\d)\s*$", re.IGNORECASE
)
_RUN_TOGETHER = re.compile(r"^((?:19|20)\d\d)(\d\d)$")


def written_out(text: str) -> str:
    """A period as a sentence gives it: "Mar-23" is Mar 2023, and "202223" is 2022/23; other words as they are."""
    month = _MONTH_YEAR.match(text)
    if month:
        return f"{month[1].capitalize()} 20{month[2]}"
    years = _RUN_TOGETHER.match(text.strip())
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        return f"{years[1]}/{years[2]}"
    return text


def strip_glued(text: str, letters: frozenset[str]) -> str:
    """A label without footnote letters that touch its words ("jobsb"), where the notes use these letters as marks."""
    if not letters:
        return text

    def without(match: re.Match[str]) -> str:
        word, mark = match[1], match[2]
        return word if mark in letters and _is_word(word) and not _is_word(word + mark) else match[0]

    return re.sub(r"\b([A-Za-z]{3,})([a-z0-9])(?![\w])", without, text)


def glued_marks(text: str, letters: frozenset[str]) -> list[str]:
    """The footnote letters that touch a label's words."""
    found = []
    for match in re.finditer(r"\b([A-Za-z]{3,})([a-z0-9])(?![\w])", text):
        if match[2] in letters and _is_word(match[1]) and not _is_word(match[0]):
            found.append(match[2])
    return found


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    from corpus.areas import english

    return word.lower() in english() or word.lower().rstrip("s") in english()


_LEGEND = re.compile(
    r"^\s*[‘'\"“]?(?P<mark>\[[a-z]{1,4}\]|\([a-z]{1,3}\)|[!*#~:^]|\.{1,3}|…|[-–—]|[a-z]{1,3}|low|n/a)[’'\"”]?\s*"
    r"(?P<link>=|:|–|-|—|means|denotes|indicates|represents|signifies|is used (?:for|where|to)|refers "
    r"to|shows)?\s+(?P<reason>\S.*)$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(\[[a-z]{1,4}\])\s*(?:=|:|–|-|means|denotes|indicates|represents|is used (?:for|where|to(?: "
    r"indicate)?))?\s*([^\[\];.]{3,160})",
    re.IGNORECASE,
)


def read_legend(lines: Sequence[str]) -> dict[str, str]:
    """What marks mean, from a table's notes: "! Estimate not available since …", "x = CV > 20%", "[c] confidential"."""
    found: dict[str, str] = {}
    for line in lines:
        if "[note" in line.lower():
            line = _NOTE_MARKS.sub("", line)
        match = _LEGEND.match(line)
        if match and (not match["mark"].isalpha() or match["link"] or match["mark"].lower() in ("low",)):
            mark = match["mark"].lower()
            word = mark.isalpha() and len(mark) > 1 and mark != "low"
            if not word and not (match["mark"].isalpha() and match["link"] in ("-", None)):
                found.setdefault(mark, _sentence(match["reason"]))
                continue
        for inline in _INLINE.finditer(line):
            if not re.match(r"\[(?:note|r|p)", inline[1], re.IGNORECASE):
                found.setdefault(inline[1].lower(), _sentence(inline[2]))
    return found


def note_letters(lines: Sequence[str]) -> dict[str, str]:
    """Footnotes by their mark: "a  Employees on adult rates …" and "1. Figures …" give "a" and "1"."""
    found: dict[str, str] = {}
    for line in lines:
        match = re.match(r"^\(?([a-z]|\d{1,2})[).:]?\s+([A-Z].+)$", line)
        if match:
            found.setdefault(match[1], match[2].strip())
    return found


def _sentence(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ,;")
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


# ---- units -----------------------------------------------------------------------------------------------------------

_UNITS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), unit)
    for pattern, unit in (
        (r"\b(?:per|/) ?100,?000\b", "per_100000"),
        (r"\b(?:per|/) ?10,?000\b", "per_10000"),
        (r"\b(?:per|/) ?1,?000\b|per thousand", "per_1000"),
        (r"\bpercentage points?\b|\bppts?\b|% ?points?", "percentage_points"),
        (r"%|\bper ?cent\b|\bpercentages?\b|\bproportions?\b|\bpct\b", "percent"),
        (r"\bratio\b", "ratio"),
        (r"\bquotient\b", "ratio"),
        (r"\bind(?:ex|ices)\b(?! of multiple)", "index"),
        (r"\brank(?:s|ing|ed)?\b", "rank"),
        (r"\bscores?\b", "score"),
        (r"\bdecile\b", "decile"),
        (r"\bquintile\b", "quintile"),
        (r"£|\bGBP\b|\bpounds sterling\b", "gbp"),
        (r"€", "eur"),
        (r"\bpence\b", "pence"),
        (r"\bhectares?\b|\(ha\)", "hectares"),
        (r"\bsq(?:uare)? ?(?:km|kilomet)", "sq_km"),
        (r"\bsq(?:uare)?\.? ?(?:m|metres?)\b|\bm2\b|m²", "sq_m"),
        (r"\bhours?\b", "hours"),
        (r"\bminutes?\b", "minutes"),
        (r"\bmedian age\b|\bmean age\b|\baverage age\b|\(years\)|\blife expectancy\b", "years"),
        (r"\btonnes\b|\bktco2|\btco2", "tonnes"),
        (r"\bkwh\b", "kwh"),
        (r"\bgwh\b", "gwh"),
        (r"\bmwh\b", "mwh"),
        (r"\bmbit|\bmbps", "mbps"),
    )
)
_RATES = re.compile(r"\brates?\b(?! (?:of pay|payer))", re.IGNORECASE)
_TENURE = re.compile(
    r"\b(?:social|affordable|intermediate|private(?:ly)?|council|market|living)\s+rent(?:s|ed|al)?\b|\brent(?:ed|al)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:prices?|pay|earnings|income|salar(?:y|ies)|wages?|rents?|turnover|expenditure|cost|gva|gdp)\b", re.IGNORECASE
)
_COUNTING = re.compile(
    r"^(?:count|counts|number|numbers|total|all)\b|\bnumber of\b|\bcount of\b|\(number\)", re.IGNORECASE
)
_SCALE = re.compile(
    r"\(?(?P<pound>£|€)?\s?(?:\b(?P<word>thousand|million|billion)s?\b|(?P<zeros>'?000s?|’000s?|000’s"
    r"|000's)(?=\s|\)|$|,)|(?<=£)(?P<letter>m|bn|k)\b|(?<=£ )(?P<letter2>m|bn|k)\b)\)?",
    re.IGNORECASE,
)
_LETTERS = {"m": "million", "bn": "billion", "k": "thousand"}


def read_unit(words: str, *, guess: bool = False) -> tuple[str | None, str | None]:
    """The unit and the multiple that a header, a title or a line "Units: …" states; None where it states none.

    guess: also take a unit from what is measured ("pay" is in pounds), as titles and headers imply it.
    """
    plain = re.sub(r"\b(?:by|of) (?:tenure|percentile|decile|quintile)s?\b", " ", words)
    scale = None
    if (match := _SCALE.search(plain)) is not None and not re.search(rf"per\s+{re.escape(match[0])}", plain):
        letter = match["letter"] or match["letter2"]
        scale = (match["word"] or _LETTERS.get((letter or "").lower()) or "thousand").lower()
    unit = next((unit for pattern, unit in _UNITS if pattern.search(plain)), None)
    if unit is None and _COUNTING.search(plain):
        unit = "count"
    if unit is None and guess:
        if _RATES.search(plain):
            unit = "percent"
        elif _MONEY.search(_TENURE.sub(" ", plain)) and not _COUNTING.search(plain):
            unit = "gbp"
    if scale and unit is None:
        unit = None if not guess else "count"
    return unit, scale


_ONLY_UNIT = re.compile(
    r"^\(?(?:column labels|number|numbers|value|values|count|counts|%|per ?cent|percentages?|£|£ ?(?:m|k|bn|million"
    r"|thousand|billion)|\(?£\)?|thousands?|millions?|"
    r"'?000s?|rate|no\.?|n|obs[_ ]value|observation|figure|estimate|total number|actual|v4[_ ]\d|all|)\)?$",
    re.IGNORECASE,
)


def is_only_unit(label: str) -> bool:
    """Whether a header says nothing but the unit ("number", "%", "(£)")."""
    return _ONLY_UNIT.match(label.strip()) is not None


# ---- what is measured ------------------------------------------------------------------------------------------------

_INTERVAL = re.compile(
    r"\b(?:conf|confidence(?: intervals?| limits?)?|c\.?i\.?|c\.?v\.?s?|coefficients? of variation"
    r"|standard errors?|std err|margins? of error|"
    r"lower (?:ci|cl|limit|bound|95|confidence)|upper (?:ci|cl|limit|bound|95|confidence)|flags?"
    r"|obs_status|observation status|data markings?|markers?|quality|"
    r"(?:95|99)% ?(?:ci|confidence|lower|upper))\b|^(?:lower|upper|ci|\+/-|±)$|_(?:lci|uci|lowerci|upperci)$",
    re.IGNORECASE,
)


def is_interval(label: str) -> bool:
    """Whether a column says how sure its neighbour is, and is no measure of its own."""
    return _INTERVAL.search(label) is not None


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
    return re.sub(r"(?<= [-–] )[A-Z](?=[a-z])", lambda m: m[0].lower(), _sentence_case(text))


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
                r"\(\s*(?:thousands?|millions?|'?000s?|numbers?|£|%|£ ?m|£ million)\s*\)",
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
