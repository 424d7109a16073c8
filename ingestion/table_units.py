"""The unit and the multiple that the words of a table state: "Units: £ thousand", "Rate per 1,000", "(000s)"."""

import re

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


# Two units that stand side by side tell neither: "Number and % of households".
_BOTH = re.compile(
    r"\b(?:number|count|total|value)s? (?:and|/|or|&) (?:%|per ?cents?\b|percentages?\b|proportions?\b|rates?\b)",
    re.IGNORECASE,
)


def read_unit(words: str, *, guess: bool = False) -> tuple[str | None, str | None]:
    """The unit and the multiple that a header, a title or a line "Units: …" states; None where it states none.

    guess: also take a unit from what is measured ("pay" is in pounds), as titles and headers imply it.
    """
    plain = re.sub(r"\b(?:by|of) (?:tenure|percentile|decile|quintile)s?\b", " ", _BOTH.sub(" ", words))
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
