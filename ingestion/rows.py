"""Figures in the rows of a document's tables: what the row, the column and the caption say of each.

The measure comes from the column's name and the row's label, the area and the period from whichever of them names one,
the unit from the cell or the column. A cell of prose is read like any other sentences, about what the row is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.areas import Gazetteer, without_places_and_periods
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
# Columns that say which of a measure's values they hold, and nothing of what is measured: "Baseline", "Latest figure".
_WHICH_VALUE = re.compile(
    r"(?:the\s+)?(?:(?:current|latest|previous|interim|final|overall|full[- ]year|year[- ]end|annual|long[- ]term)\s+)*"
    r"(?:baseline|starting point|targets?|milestones?|actuals?|outturn|position|values?|figures?|results?|performance|latest"
    r"|current|now|today|forecasts?|projections?|goal|ambition)(?:\s+(?:figures?|values?|position|year))?",
    re.IGNORECASE,
)
_BASELINES = re.compile(r"\b(?:baseline|starting point|current|latest|now|today|position)\b", re.IGNORECASE)
# A label that is a number or a letter of its column's: "Two" of "Bedrooms", "B – high need" of "Band".
_BARE_LABEL = re.compile(
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})(?:\s+or\s+(?:more|less|fewer|over))?\+?|[A-H](?:\s[–—-]\s.+)?)",
    re.IGNORECASE,
)
# Words by which a row's label measures something by itself: "Employment rate", "Missed bins per 100,000 collections".
_MEASURING = re.compile(
    r"\b(?:rates?|ratio|shares?|proportion|percentage|number|average|median|mean|total|count|index|score|per|level|days?|hours?"
    r"|income|earnings|pay|expectancy|satisfaction|turnover|spend(?:ing)?|completed|answered|collected|recycled|visits?)\b|%|£",
    re.IGNORECASE,
)
# "42% below 2005": against what the figure of a cell stands.
_AGAINST = re.compile(r"\s*((?:below|above|lower|higher|less|more|fewer)\b[^()|;]{0,40})$", re.IGNORECASE)
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


def labels_measure(labels: Sequence[str]) -> bool:
    """Whether the labels of a table's rows are measures themselves, which need no caption to be understood."""
    return sum(_MEASURING.search(label) is not None for label in labels) >= max(1, len(labels) / 3)


def cell_slots(row: TableRow, column: str, cell: str, gazetteer: Gazetteer, by_label: bool = False) -> list[Slots]:
    """The figures of a cell that is a figure, with what row, column and caption say of them. ``cell`` is on one line.

    by_label: the rows' labels are measures (``labels_measure``).
    """
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
    return [_slots(row, name, q, cell, gazetteer, by_label) for q, name in zip(found, names, strict=True)]


def _names(column: str, count: int) -> list[str]:
    """The name of each of a cell's figures: "Units (Occupancy, percent)" names the two of "899 (98.8)"."""
    match = _PARALLEL.match(column)
    if count == 2 and match:
        return [" ".join(f"{match['outer']}{match['rest']}".split()), match["inner"].strip()]
    return [column] * count


def _slots(row: TableRow, name: str, quantity: Quantity, cell: str, gazetteer: Gazetteer, by_label: bool) -> Slots:
    caption = row.caption if row.caption and len(row.caption.split()) <= _CAPTION else ""
    said = [name, row.label, row.group or "", caption]
    area = next((m[0].text for part in said if (m := gazetteer.find(part))), None)
    dated = [p for part in said if (p := [x for x in read_periods(part) if x.relation != "each"])]
    own_period = re.search(r"\(([^()]+)\)\s*$", cell[quantity.end :])
    in_cell = read_periods(own_period[1]) if own_period else []
    period = in_cell[0].text if in_cell and in_cell[0].first else next((p[-1].text for p in dated), None)
    own_name = _UNIT_AT_END.sub("", _rest(name, gazetteer))
    which = _WHICH_VALUE.fullmatch(_without(own_name, gazetteer)) is not None
    own_name = own_name if gazetteer.find(own_name) else _in_small_letters(own_name)
    own_label = _rest(row.label, gazetteer)
    if which and own_label:
        own_name = ""
    head = next((c.column for c in row.cells if c.label), "")
    if head and _BARE_LABEL.fullmatch(own_label):
        own_label = f"{head[0].lower()}{head[1:]}: {own_label}"
    if (
        not (own_name or which or by_label)
        and (title := _titled(row.caption or "", gazetteer))
        and title.lower() not in own_label.lower()
    ):
        own_name = title  # the columns are years or places: what is measured stands above the table
    measure = _joined(own_name, own_label) or _joined(_rest(row.group or "", gazetteer), "") or row.caption or name
    if against := _AGAINST.match(cell[quantity.end :]):
        measure = f"{measure}, {' '.join(against[1].split())}"
    return Slots(measure, area, period, _with_unit(quantity, name, row), _kind(row, name, own_name, head))


def _kind(row: TableRow, name: str, own_name: str, head: str) -> FigureKind:
    """The kind of a cell's figure, by its column's name; the years beside a baseline are those of targets."""
    if _FORECASTS.search(f"{name} {row.caption or ''}"):
        return FigureKind.FORECAST
    beside = [c.column for c in row.cells if not c.label and c.column != name]
    dated = not own_name and read_periods(name) and not _BASELINES.search(name)
    if _TARGETS.search(name) or (dated and (_TARGETS.search(head) or any(_BASELINES.search(c) for c in beside))):
        return FigureKind.TARGET
    return FigureKind.BASELINE


def _without(words: str, gazetteer: Gazetteer) -> str:
    """Words without the places and periods among them."""
    words = without_places_and_periods(words, gazetteer)
    return " ".join(re.sub(r"\(\s*\)", " ", words).split()).strip(" ,–-")


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
    return " ".join(words.split()) if any(c.isalpha() for c in _without(words, gazetteer)) else ""


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
