"""Figures in the rows of a document's tables: what the row, the column and the caption say of each.

The measure comes from the column's name and the row's label, the area and the period from whichever of them names one,
the unit from the cell or the column. A cell of prose is read like any other sentences, about what the row is about.
"""

import re
from dataclasses import dataclass, replace

from corpus.areas import Gazetteer
from corpus.figure import Figure, FigureKind
from corpus.period import read_periods
from corpus.quantity import Quantity, read_quantities
from ingestion.block import TableRow

# Columns that number, name or date things; what they hold is no figure.
_NO_FIGURE = re.compile(
    r"^(?:.*\b)?(?:ref(?:erence)?s?(?:\.|\b)|id\b|code\b|page|para(?:graph)?s?\b|tel(?:ephone)?\b|phone|date\b|postcode|uprn|policy|policies"
    r"|plot(?:s| no\b)|grid ref|map\b|application\b|contact)|^(?:no\.?|#|number|item|site|row|section|question|year|when)$",
    re.IGNORECASE,
)
_TIMES = "years|months|weeks|days|hours|minutes|miles|km"
_UNITS = (
    (re.compile(r"%|\bper\s?cent\b|\bpercent(?:age)?s?\b", re.IGNORECASE), "percent", 1),
    (re.compile(r"£\s?(?:000|k)s?\b|£\s?thousands?\b|\(000s? ?£\)", re.IGNORECASE), "gbp", 1_000),
    (re.compile(r"£\s?(?:m|million|mn)s?\b", re.IGNORECASE), "gbp", 1_000_000),
    (re.compile(r"£|\bGBP\b"), "gbp", 1),
    (re.compile(r"\b(?:ha|hectares?)\b", re.IGNORECASE), "hectares", 1),
    (re.compile(r"\bsq\.?\s?(?:m|metres?)\b|\bsqm\b|\bm²|\bm2\b", re.IGNORECASE), "sq_m", 1),
    (re.compile(r"\bsq\.?\s?(?:ft|feet)\b|\bsqft\b", re.IGNORECASE), "sq_ft", 1),
    (re.compile(rf"\(\s?(?:in )?(?P<time>{_TIMES})\s?\)|^(?P<alone>months|weeks|days)$", re.IGNORECASE), "", 1),
    (re.compile(r"\bk(?:ilo)?t(?:onnes)?\b(?:\s?(?:of\s)?CO2e?)?", re.IGNORECASE), "kilotonnes", 1),
    (re.compile(r"\btonnes\b|\bt\s?CO2e?\b", re.IGNORECASE), "tonnes", 1),
    (re.compile(r"\bMWh\b"), "mwh", 1),
    (re.compile(r"\bkWh\b"), "kwh", 1),
    (re.compile(r"\bMW\b"), "mw", 1),
    (re.compile(r"\bper\s1,?000\b", re.IGNORECASE), "per_1000", 1),
    (re.compile(r"\bper\s10,?000\b", re.IGNORECASE), "per_10000", 1),
    (re.compile(r"\bper\s100,?000\b", re.IGNORECASE), "per_100000", 1),
)  # fmt: skip
_PARALLEL = re.compile(r"^(?P<outer>[^()]{3,}?)\s*\((?P<inner>[^()]{2,})\)(?P<rest>[^()]*)$")
# "1 FTE per 12 sq. m": the rate is one figure, and its second number is what is asked for.
_RATE = re.compile(
    r"^(?:c\.?\s*|approx\.?\s*)?(?:1|one|an?)\s+(?P<of>[A-Za-z][A-Za-z ]{0,30}?)\s+(?:per|for every|in|to every)\s+(?=\d)",
    re.IGNORECASE,
)
# ", Percent": the unit at the end of a column's name.
_UNIT_AT_END = re.compile(r"[\s,]*\(?(?:\bper\s?cent(?:age)?|%|\bhectares|\bha|\bsq\.?\s?m|\bsqm|£)\)?$", re.IGNORECASE)
_TARGETS = re.compile(r"\b(?:targets?|aims?|goals?|planned|to be delivered|requirement|threshold)\b", re.IGNORECASE)
_FORECASTS = re.compile(r"\b(?:forecasts?|projected|projections?|expected|estimated\s+by|predicted)\b", re.IGNORECASE)
_CAPTION = 16  # words: a longer one is a sentence, whose places and years may be those of other things
_TITLE = 9  # words: a longer caption is no name of a measure
_PROSE = 7  # words beside its figures: a cell with more is read as sentences


@dataclass(frozen=True, slots=True)
class Slots:
    """What a row says of one of its figures; None where it says nothing of it."""

    measure: str
    area: str | None
    period: str | None
    quantity: Quantity
    kind: FigureKind


def holds_figures(column: str) -> bool:
    """Whether a column by its name can hold figures, rather than references, dates or numbers of things."""
    return _NO_FIGURE.match(" ".join(column.split())) is None


def is_prose(cell: str) -> bool:
    """Whether a cell is a text to be read as sentences, rather than a figure with its unit."""
    words = " ".join(cell.split())
    if len(read_quantities(words)) > 2 or re.search(r"[a-z)]\.\s+[A-Z]", words):
        return True
    for q in reversed(read_quantities(words)):
        words = words[: q.start] + " " + words[q.end :]
    return len(re.findall(r"[A-Za-z]{2,}", words)) > _PROSE


def cell_slots(row: TableRow, column: str, cell: str, gazetteer: Gazetteer) -> list[Slots]:
    """The figures of a cell that is a figure, with what row, column and caption say of them. ``cell`` is on one line."""
    if not holds_figures(column):
        return []
    rate = _RATE.match(cell.strip())
    lead = len(cell) - len(cell.lstrip())
    found = [q for q in read_quantities(cell) if not (rate and q.start < lead + rate.end() - 1)]
    if rate and found:
        first = found[0]
        whole = cell[lead : first.end]
        found = [replace(first, text=whole, start=lead)]
    names = _names(column, len(found))
    return [_slots(row, name, q, cell, gazetteer, column) for q, name in zip(found, names, strict=True)]


def _names(column: str, count: int) -> list[str]:
    """The name of each of a cell's figures: "Units (Occupancy, percent)" names the two of "899 (98.8)"."""
    match = _PARALLEL.match(column)
    if count == 2 and match:
        return [" ".join(f"{match['outer']}{match['rest']}".split()), match["inner"].strip()]
    return [column] * count


def _slots(row: TableRow, name: str, quantity: Quantity, cell: str, gazetteer: Gazetteer, column: str) -> Slots:
    caption = row.caption if row.caption and len(row.caption.split()) <= _CAPTION else ""
    said = [name, row.label, row.group or "", caption]
    area = next((m[0].text for part in said if (m := gazetteer.find(part))), None)
    period = next((p[-1].text for part in said if (p := [x for x in read_periods(part) if x.relation != "each"])), None)
    own_name = _UNIT_AT_END.sub("", _rest(name, gazetteer))
    own_name = own_name if gazetteer.find(own_name) else _in_small_letters(own_name)
    own_label = _rest(row.label, gazetteer)
    if not own_name and (title := _titled(row.caption or "", gazetteer)) and title.lower() not in own_label.lower():
        own_name = title  # the columns are years or places: what is measured stands above the table
    measure = _joined(own_name, own_label) or _joined(_rest(row.group or "", gazetteer), "") or row.caption or name
    context = f"{name} {row.caption or ''}"
    kind = (
        FigureKind.FORECAST if _FORECASTS.search(context)
        else FigureKind.TARGET if _TARGETS.search(name)
        else FigureKind.BASELINE
    )  # fmt: skip
    return Slots(measure, area, period, _with_unit(quantity, name, row), kind)


def _titled(caption: str, gazetteer: Gazetteer) -> str:
    """A short caption without its number, its unit, its place and its years: "Table 1: Emissions by sector, 2005 (kt)"."""
    words = re.sub(
        r"^(?:table|figure|chart)\s+[\dA-Z]+(?:\.\d+)?\s*[:.–—-]?\s*",
        "",
        " ".join(caption.split()),
        flags=re.IGNORECASE,
    )
    words = re.sub(r"\s*\([^()]{1,30}\)\s*$", "", words)
    for period in reversed(read_periods(words)):
        if not words[period.end :].strip(" ,.;"):
            words = words[: period.start]
    for mention in reversed(gazetteer.find(words)):
        if not words[mention.end :].strip(" ,.;"):
            words = re.sub(r"[\s,]*(?:\b(?:in|for|of|across)\s+)?$", "", words[: mention.start])
    words = re.sub(r"[\s,:;.–—-]+$", "", re.sub(r",?\s+by\s+\w+(?:\s\w+)?[\s,]*$", "", words.strip(" ,")))
    return words if 0 < len(words.split()) <= _TITLE else ""


def _with_unit(quantity: Quantity, name: str, row: TableRow) -> Quantity:
    """The quantity in the unit that its column, or else its row or caption, gives where the cell gives none."""
    if quantity.unit != "count":
        return quantity
    for said in (name, row.label, row.group or "", row.caption or ""):
        for pattern, unit, scale in _UNITS:
            match = pattern.search(said)
            if not match:
                continue
            named = unit or (match["time"] or match["alone"]).lower()
            upper = quantity.upper * scale if quantity.upper is not None else None
            return replace(quantity, value=quantity.value * scale, upper=upper, unit=named)
    return quantity


def _in_small_letters(name: str) -> str:
    """A column's name whose every word begins with a capital ("Number of Units") as it stands in a sentence."""
    parts = name.split()
    titled = [w for w in parts if w.isalpha() and len(w) > 3]
    if len(parts) < 2 or not all(w[0].isupper() for w in titled):
        return name
    return " ".join([parts[0], *(w.lower() if re.fullmatch(r"[A-Z][a-z]+", w) else w for w in parts[1:])])


def _joined(name: str, label: str) -> str:
    """ "number of units (Cotes Park)": what is measured, and of what."""
    if not name or not label:
        return name or label
    if label.lower() in name.lower():
        return name
    return f"{name}, {label}" if "(" in label else f"{name} ({label})"


def _rest(words: str, gazetteer: Gazetteer) -> str:
    """Words without a place or a period where there is little else; "" where there is nothing else."""
    spans = [(m.start, m.end) for m in gazetteer.find(words)] + [(p.start, p.end) for p in read_periods(words)]
    left = words
    for start, end in spans:
        left = left[:start] + " " * (end - start) + left[end:]
    return " ".join(words.split()) if any(c.isalpha() for c in left) else ""


def of_row(figure: Figure, row: TableRow) -> Figure:
    """A figure of a cell of prose, which is about what its row is about."""
    if not row.label or row.label.lower() in figure.measure.lower():
        return figure
    return replace(
        figure,
        measure=_joined(figure.measure, row.label),
        lead=" ".join(filter(None, (figure.lead, row.label))),
        stem=figure.stem or row.caption,
        source=figure.source or row.source,
    )
