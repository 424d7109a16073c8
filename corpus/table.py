"""A table: one block of a published sheet, its value columns and its labelled rows, kept by place and not by value.

The cells' values stay where they were published, in the document's text: a table knows the row and the column of each
observation, and makes a figure of a cell when one is asked for. So a workbook of 100,000 cells stays small.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.location import Location
from corpus.quantity import Quantity, read_quantities

TAB = "\t"  # between the cells of a workbook's row in Document.text
SHEET_END = "\f"  # between the sheets of a workbook in Document.text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values.

    index: its place in the row, from 0. labels: the header cells above it as published, outermost first.
    measure: what these say is measured, without periods, places and notes; empty where they say nothing of it.
    unit: None where the table's own unit holds. scale: "thousand", "£ million" …: printed values are multiples of it.
    period, area, area_kind: where the column is for one year or one place.
    interval: the column that holds this one's confidence interval or its coefficient of variation.
    """

    index: int
    labels: tuple[str, ...]
    measure: str
    unit: str | None = None
    scale: str | None = None
    period: str | None = None
    area: str | None = None
    area_kind: str | None = None
    interval: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, one entry a row in each field; a field that no row has is empty.

    numbers: the row's number in the file, from 1. starts, ends: its characters in the document's text.
    areas: the place's name; area_kinds: its kind ("district", "county", "ward"); periods: in the source's words.
    labels: what else the row is of ("Construction", "Male"); groups: the heading above the row, as published. units: what
    the row's own words say of its unit. within: the larger place that the place lies in, where the row names it, too.
    """

    numbers: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    areas: tuple[str | None, ...] = ()
    area_kinds: tuple[str | None, ...] = ()
    periods: tuple[str | None, ...] = ()
    labels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    units: tuple[str | None, ...] = ()
    within: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One block of a sheet or of a CSV file.

    sheet: None for CSV. start, end: the characters of its title and header rows. titles: the lines above it, as published.
    name: what the titles say is measured. keys: the label columns, from 0. unit, scale, period, area, population: what
    holds for every cell unless its column or row says otherwise. facts: other pairs above the table ("industry: Total").
    marks: special cells ("x", "[c]") and why no figure is given; reasons come from the table's own notes.
    attributes: columns that say something of a row's figure: "unit", "note", "confidence", "source", "kind".
    figures: how many cells hold a figure. words: the columns that hold words, dates or codes: a comment, a region, an owner.
    """

    id: str
    document: str
    sheet: str | None
    start: int
    end: int
    titles: tuple[str, ...]
    name: str
    columns: tuple[Column, ...]
    rows: Rows
    keys: tuple[int, ...]
    delimiter: str = TAB
    unit: str | None = None
    scale: str | None = None
    period: str | None = None
    area: str | None = None
    area_kind: str | None = None
    population: str | None = None
    source: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, int], ...] = field(default=())
    figures: int = 0
    words: tuple[Column, ...] = ()

    def __len__(self) -> int:
        return len(self.rows.numbers)

    def place(self, row: int, column: int) -> str:
        """The cell's address: ``Sheet!Q2126``, or ``line 184, column 4`` for CSV."""
        number = self.rows.numbers[row]
        if self.sheet is None:
            return f"line {number}, column {column + 1}"
        return f"{self.sheet}!{letters(column)}{number}"

    def area_of(self, row: int, column: Column) -> str | None:
        """The place that a cell is for, as the table names it."""
        return (self.rows.areas[row] if self.rows.areas else None) or column.area or self.area

    def area_kind_of(self, row: int, column: Column) -> str | None:
        """The kind of that place; None where the table does not say."""
        if self.rows.areas and self.rows.areas[row]:
            return self.rows.area_kinds[row] if self.rows.area_kinds else None
        return column.area_kind if column.area else self.area_kind

    def period_of(self, row: int, column: Column) -> str | None:
        """The period that a cell is for."""
        return (self.rows.periods[row] if self.rows.periods else None) or column.period or self.period

    def label_of(self, row: int) -> str:
        """What else the row is of; empty where rows are places or periods alone."""
        return self.rows.labels[row] if self.rows.labels else ""

    def measure_of(self, row: int, column: Column) -> str:
        """What a cell measures, in the source's words."""
        parts = [p for p in (column.measure, self.label_of(row), self.name) if p]
        said: list[str] = []
        for part in (piece for p in parts for piece in p.split("; ")):
            if not any(_said(part, other) for other in said):
                said.append(
                    part if not said or part[1:2].isupper() or part[1:2].isdigit() else part[:1].lower() + part[1:]
                )
        return ", ".join(said) or "figure"


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell without a figure: the mark that stands in it, and why."""

    mark: str
    reason: str


def _said(part: str, other: str) -> bool:
    return f" {_plain(part)} " in f" {_plain(other)} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w+%£-]+", text.lower()))


def letters(column: int) -> str:
    """A column's letters as spreadsheets number them: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def column_of(place: str) -> int | None:
    """The column, from 0, of a cell's address; None where there is none."""
    match = re.search(r"(?:!([A-Z]{1,3})\d+|column (\d+))$", place)
    if match is None:
        return None
    if match[2]:
        return int(match[2]) - 1
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cells_of(line: str, delimiter: str) -> list[tuple[str, int, int]]:
    """The cells of a row with the characters of the row that hold each."""
    if delimiter == TAB:
        found: list[tuple[str, int, int]] = []
        at = 0
        for part in line.split(TAB):
            text = part.strip()
            start = at + (len(part) - len(part.lstrip()))
            found.append((text, start, start + len(text)))
            at += len(part) + 1
        return found
    pattern = _CSV_CELL[delimiter]
    found = []
    for match in pattern.finditer(line):
        quoted = match[1] is not None
        raw = match[1] if quoted else match[3]
        start, end = match.span(1) if quoted else match.span(3)
        text = (raw.replace('""', '"') + (match[2] or "")) if quoted else raw
        stripped = raw.strip()
        start += len(raw) - len(raw.lstrip())
        found.append((" ".join(text.split()), start, start + len(stripped) if not match[2] else end))
        if match[4] == "":
            break
    return found


_CSV_CELL = {
    d: re.compile(
        rf'(?:"([^"]*(?:""[^"]*)*)(?:"|\Z)([^{re.escape(d)}\r\n]*)|([^{re.escape(d)}\r\n]*))({re.escape(d)}|\Z)'
    )
    for d in (",", ";", "|")
}


def row_text(table: Table, document: Document, row: int) -> str:
    """The row as it stands in the document's text."""
    return document.text[table.rows.starts[row] : table.rows.ends[row]]


def cell_text(table: Table, document: Document, row: int, column: int) -> str:
    """One cell as published; empty where the row is shorter."""
    line = row_text(table, document, row)
    if table.delimiter == TAB:
        parts = line.split(TAB, column + 1)
        return parts[column].strip() if column < len(parts) else ""
    cells = next(csv.reader(io.StringIO(line, newline=""), delimiter=table.delimiter), [])
    return " ".join(cells[column].split()) if column < len(cells) else ""


# ---- values ----------------------------------------------------------------------------------------------------------

# A figure as tables print it, with the marks that may stand behind it: "12.3r", "45 [note 2]", "1,234 (p)", "67*".
_VALUE = re.compile(
    r"^(?P<text>(?P<open>\()?(?P<sign>[-−–+])?\s?(?P<currency>[£€$])?\s?(?P<sign2>[-−–])?"
    r"(?P<digits>\d{1,3}(?:[,\s\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|\.\d+)(?:[eE](?P<power>[-+]?\d+))?\s?(?P<percent>%)?(?P<close>\))?)"
    r"(?P<mark>(?:\s*(?:\[[\w ,]{1,12}\]|\([a-z]{1,2}\)|[*†‡§^]|[rpe]|[¹²³⁴⁵⁶⁷⁸⁹]))*)$"
)
# A bound that stands for a figure too small to print: "<5", "less than 10".
_BOUND = re.compile(
    r"^(?P<word><|>|≤|≥|less than|fewer than|under|over|more than)\s?(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?$",
    re.I,
)
_MARK = re.compile(
    r"^(?:[!*#:~^-]|[–—−]|\.{1,3}|…|\[[a-z]{1,4}\]|\(?[a-z]\)?|low|n/?a|n\.a\.|s|nil|suppressed|disclosive|confidential"
    r"|not (?:available|applicable|collected|recorded|known)|missing|null|none|nan|unavailable"
    r"|redacted|withheld|withdrawn|(?:being |to be |under )?(?:revised|reviewed|review|confirmed)|tb[ac]|discontinued|unknown"
    r"|#n/a|-+)$",
    re.IGNORECASE,
)


def is_value(text: str) -> bool:
    """Whether a cell holds a figure."""
    return _VALUE.match(text) is not None


def is_mark(text: str) -> bool:
    """Whether a cell holds a mark that stands in place of a figure."""
    return _MARK.match(text) is not None


def read_value(text: str, unit: str | None, scale: str | None = None) -> Quantity | None:
    """A cell as a quantity in the table's unit; None where it holds no figure. Printed values are never rescaled: "41"
    in a column "(thousand)" is 41 in the unit "thousands".
    """
    match = _VALUE.match(text)
    qualifier = None
    if match is None:
        match = _BOUND.match(text)
        if match is None:
            return _in_words(text, unit)
        qualifier = match["word"].lower()
        printed, negative, currency = text, False, None
        digits, power = match["digits"], None
    else:
        printed = match["text"]
        currency = match["currency"]
        bracketed = bool(match["open"] and match["close"])
        negative = (match["sign"] or match["sign2"] or "+") != "+" or bracketed
        if match["open"] and not match["close"]:
            return None
        digits, power = match["digits"], match["power"]
    try:
        value = Decimal(re.sub(r"[,\s]", "", digits) + (f"e{power}" if power else ""))
    except InvalidOperation:
        return None
    value = -value if negative else value
    named = unit or "count"
    if match["percent"]:
        named = "percentage_points" if unit == "percentage_points" else "percent"
    elif currency:
        named = {"£": "gbp", "€": "eur", "$": "usd"}[currency] if named in ("count", "gbp", "eur", "usd") else named
    if scale and named in ("count", "gbp"):
        named = scaled(named, scale)
    return Quantity(printed.strip(), value, None, named, qualifier, 0, len(printed.strip()))


def _in_words(text: str, unit: str | None) -> Quantity | None:
    """A cell that says its multiple or its unit itself: "54 thousand", "£1.2m", "3 hours"."""
    read = read_quantities(text) if re.search(r"\d", text) and len(text) <= 40 else []
    if len(read) != 1 or (read[0].start, read[0].end) != (0, len(text)):
        return None
    known = unit is not None and unit != "count" and read[0].unit in ("count", "ratio")
    return replace(read[0], unit=unit) if known and unit is not None else read[0]


def scaled(unit: str, scale: str) -> str:
    """The name of a unit whose printed values are multiples: "thousands", "gbp_millions"."""
    many = scale.split()[-1].rstrip("s") + "s"
    return many if unit == "count" else f"{unit}_{many}"


def plain_unit(unit: str) -> str:
    """The unit without its multiple: "count" of "thousands", "gbp" of "gbp_millions"."""
    base = re.sub(r"_?(?:hundreds|thousands|millions|billions)$", "", unit)
    return base or "count"


# ---- figures of cells ------------------------------------------------------------------------------------------------


def unit_of(table: Table, document: Document, row: int, column: Column) -> tuple[str | None, str | None]:
    """The unit and the multiple of a cell."""
    if column.unit is not None or column.scale is not None:
        return column.unit or (table.unit if column.scale else None), column.scale
    at = dict(table.attributes).get("unit")
    if at is not None:
        named = cell_text(table, document, row, at)
        if named:
            return unit_named(named)
    if table.unit is None and table.rows.units and table.rows.units[row]:
        return table.rows.units[row], table.scale
    return table.unit, table.scale


_UNIT_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), unit)
    for pattern, unit in (
        (r"percentage points?", "percentage_points"),
        (r"per 100,?000", "per_100000"),
        (r"per 1,?000|per thousand", "per_1000"),
        (r"%|per ?cent|^rate$|proportion", "percent"),
        (r"£|gbp|pounds? sterling|^pounds?$", "gbp"),
        (r"^pence$", "pence"),
        (r"ratio", "ratio"),
        (r"^index|index$", "index"),
    )
)
_COUNTS = re.compile(
    r"^(?:numbers?|counts?|people|persons?|households?|dwellings?|homes?|values?|enterprises|jobs|employees|residents|units?|"
    r"businesses|claimants|pupils|adults|children|)$",
    re.IGNORECASE,
)


def unit_named(name: str) -> tuple[str | None, str | None]:
    """The unit that a cell of a unit column names, and its multiple: "GBP per week", "Number (thousands)"."""
    plain = " ".join(name.lower().split())
    many = re.search(r"\(?\b(thousand|million|billion)s?\b\)?|\(?'?000s?\)?", re.sub(r"per \d[\d,]*", "", plain))
    unit = next((unit for pattern, unit in _UNIT_NAMES if pattern.search(plain)), None)
    scale = (many[1] or "thousand") if many and not (unit or "").startswith("per_") else None
    if unit is None:
        left = plain.replace(many[0], "").strip(" ()'’") if many else plain
        unit = "count" if _COUNTS.match(left) else re.sub(r"\W+", "_", left).strip("_") or "count"
    return unit, scale


def observation(table: Table, document: Document, row: int, column: Column) -> Figure | Gap | None:
    """The figure of a cell, or why there is none; None where the cell is blank and the table gives no reason."""
    cells = cells_of(row_text(table, document, row), table.delimiter)
    text, start, end = cells[column.index] if column.index < len(cells) else ("", 0, 0)
    unit, scale = unit_of(table, document, row, column)
    marks = dict(table.marks)
    quantity = None if text.lower() in marks else read_value(text, unit, scale)
    if quantity is None:
        if not text and "" not in marks:
            return None
        return Gap(text, marks.get(text.lower(), ""))
    return _figure(table, document, row, column, quantity, cells, (start, end))


def gap_figure(table: Table, document: Document, row: int, column: Column) -> Figure:
    """A cell without a figure, with its labels and its place; its quantity is not a number."""
    cells = cells_of(row_text(table, document, row), table.delimiter)
    text, start, end = cells[column.index] if column.index < len(cells) else ("", 0, 0)
    nothing = Quantity(text, Decimal("NaN"), None, "unavailable", None, 0, len(text))
    return _figure(table, document, row, column, nothing, cells, (start, end))


def figures_of(
    table: Table, document: Document, words: Sequence[str] = (), area: str | None = None
) -> Iterator[Figure]:
    """Every figure of a table, row by row; with words or an area, only those whose measure has the words and whose place
    the area is."""
    for row in range(len(table)):
        for column in table.columns:
            if area is not None and table.area_of(row, column) != area:
                continue
            if words and not all(w in table.measure_of(row, column).casefold() for w in words):
                continue
            found = observation(table, document, row, column)
            if isinstance(found, Figure):
                yield found


def quote_of(table: Table, row: int, column: Column, cells: list[tuple[str, int, int]]) -> str:
    """Row label | column labels | cell, each as published."""
    keys = [cells[k][0] for k in table.keys if k < len(cells) and cells[k][0]]
    group = (table.rows.groups[row],) if table.rows.groups and table.rows.groups[row] else ()
    value = cells[column.index][0] if column.index < len(cells) else ""
    return " | ".join(part for part in (*group, *keys, *column.labels, value) if part)


def _figure(
    table: Table,
    document: Document,
    row: int,
    column: Column,
    quantity: Quantity,
    cells: list[tuple[str, int, int]],
    at: tuple[int, int],
) -> Figure:
    start, end = table.rows.starts[row], table.rows.ends[row]
    extra = {name: cells[i][0] for name, i in table.attributes if i < len(cells)}
    measure = table.measure_of(row, column)
    kind = FigureKind(extra["kind"]) if extra.get("kind") in set(FigureKind) else FigureKind.OUTTURN
    cell = table.place(row, column.index)
    title = table.titles[:1] if table.titles else ()
    return Figure(
        id=f"{table.id}:{row}:{column.index}",
        quantity=quantity,
        measure=measure,
        area=table.area_of(row, column),
        period=table.period_of(row, column),
        kind=kind,
        location=Location(document.path, start, end, None, title, cell),
        at=(start + at[0], start + at[1]),
        quote=quote_of(table, row, column, cells),
        clause=measure,
        sentence=" ".join(table.titles[:2]),
        source=extra.get("source") or table.source,
        group=f"{table.id}:{column.index}:{table.label_of(row)}",
        reliability=_reliability(table, cells, column, extra),
        population=extra.get("population") or table.population,
    )


def _reliability(table: Table, cells: list[tuple[str, int, int]], column: Column, extra: dict[str, str]) -> str | None:
    """What the table says of how good a figure is: its interval, or the mark in the interval's place."""
    at = column.interval
    text = cells[at][0] if at is not None and at < len(cells) else extra.get("confidence", "")
    marks = dict(table.marks)
    if text and text.lower() in marks:
        return marks[text.lower()] or extra.get("note") or None
    if text and is_value(text):
        return f"± {text}" if at is not None else text
    return text or extra.get("note") or None
