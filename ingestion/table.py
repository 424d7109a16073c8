"""Transcripts: figures copied by hand out of a document, a row each, with columns for measure, area, value, unit and kind.

Published tables of any layout are read in ingestion/workbook.py.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from corpus.areas import Gazetteer
from corpus.figure import Figure, FigureKind
from corpus.location import Location
from corpus.passage import Passage
from corpus.plain import plain_in_place
from corpus.quantity import Quantity, read_quantities
from ingestion.errors import UnreadableFile
from ingestion.passages import record_id

_COLUMNS = {
    "measure": ("measure", "indicator", "variable", "metric", "statistic"),
    "area": ("area", "area name", "geography", "place", "district", "local authority"),
    "value": ("value", "figure", "obs_value", "observation"),
    "unit": ("unit", "units", "unit of measure"),
    "period": ("period", "year", "date", "time", "time period"),
    "kind": ("kind",),
    "population": ("population", "group"),
    "confidence": ("confidence", "confidence interval", "ci"),
    "source": ("source",),
    "publisher": ("publisher",),
    "release": ("release",),
    "note": ("note", "notes"),
}
_UNITS = {
    "%": "percent", "per cent": "percent", "percentage": "percent", "£": "gbp", "gbp": "gbp", "pounds": "gbp",
    "number": "count", "people": "count", "persons": "count", "enterprises": "count", "jobs": "count", "": "count",
}  # fmt: skip
_UNAVAILABLE = re.compile(r"^(?:[!*#x:~c-]|\.{1,2}|\[\w\]|n/?a|)$", re.IGNORECASE)
# A cell with what ends it: in quotation marks, within which a doubled one stands for one, or plain.
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)(?:"|\Z)([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\r|\n|\Z)')
_LINE_END = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"^[-+−]?\d[\d,]*(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's value without the white space around it, and the characters of the file that are this value."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    cells: tuple[_Cell, ...]


def decode(data: bytes) -> str:
    """Text of a file in UTF-8 or UTF-16, or in the Windows encoding that British spreadsheets save, without what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return plain_in_place(data.decode("utf-16", errors="replace"))
    try:
        return plain_in_place(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return plain_in_place(data.decode("cp1252", errors="replace"))


def is_transcript(text: str) -> bool:
    """Whether a CSV's first row names its columns as rows copied out of a document do: measure, value and kind."""
    rows = _rows(text[:4000].split("\n", 1)[0] + "\n")
    header = {cell.value.lower() for cell in rows[0].cells} if rows else set()
    return all(header & set(_COLUMNS[name]) for name in ("measure", "value", "kind"))


def read_table(
    document: str, sha256: str, text: str, gazetteer: Gazetteer
) -> tuple[list[Passage], list[Figure], list[str]]:
    """Passages (one a row), figures and warnings of a tidy CSV; their ids are made from the file's SHA-256.

    Raises UnreadableFile where the header row has no measure or value column.
    """
    rows = _rows(text)
    if not rows:
        raise UnreadableFile("is empty")
    header = [cell.value.lower() for cell in rows[0].cells]
    columns = {
        name: header.index(alias) for name, known in _COLUMNS.items() for alias in known[::-1] if alias in header
    }
    if not {"measure", "value"} <= columns.keys():
        raise UnreadableFile("is not a tidy table: its first row needs at least the columns 'measure' and 'value'")
    passages: list[Passage] = []
    figures: list[Figure] = []
    warnings: list[str] = []
    starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
    for line in rows[1:]:
        at = {name: line.cells[place] for name, place in columns.items() if place < len(line.cells)}
        row = {name: at[name].value if name in at else "" for name in columns}
        value = at.get("value", _Cell("", line.end, line.end))
        cell = f"line {bisect_right(starts, value.start)}, column {columns['value'] + 1}"
        location = Location(document, line.start, line.end, None, (), cell)
        label = [row[k] for k in ("measure", "area", "period", "population") if row.get(k)]
        words = " | ".join([*label, row["value"], *([row["note"]] if row.get("note") else [])])
        passages.append(Passage(record_id(sha256, line.start, words), words, location, "row"))
        quantity = _quantity(row["value"], row.get("unit", ""))
        if quantity is None:
            if not _UNAVAILABLE.match(row["value"]):
                warnings.append(f"The value '{row['value']}' in {cell} could not be read.")
            continue
        figures.append(_figure(document, sha256, row, quantity, location, label, (value.start, value.end)))
    return passages, figures, warnings


def _rows(text: str) -> list[_Row]:
    """Rows that are not blank. Each cell keeps its own place, so that none is ever looked for by its characters."""
    found: list[_Row] = []
    cells: list[_Cell] = []
    start = 0
    for match in _CELL.finditer(text):
        if match.start() == len(text) and match.start() == start:
            break  # nothing stands behind the last line end
        cells.append(_cell(match))
        if match[4] != ",":
            if any(cell.value for cell in cells):
                found.append(_Row(start, match.start(4), tuple(cells)))
            start, cells = match.end(), []
    return found


def _cell(match: re.Match[str]) -> _Cell:
    quoted = match[1] is not None
    value = match[1].replace('""', '"') + match[2] if quoted else match[3]
    start, end = match.span(1) if quoted else match.span(3)
    if quoted and match[2].strip():
        end = match.end(2)
    raw = match.string[start:end]
    start += len(raw) - len(raw.lstrip())
    return _Cell(value.strip(), start, max(start, end - (len(raw) - len(raw.rstrip()))))


def _quantity(value: str, unit: str) -> Quantity | None:
    """The cell as a quantity: by its own signs, else by the unit column."""
    named = _UNITS.get(unit.lower(), unit.lower().replace(" ", "_"))
    if _PLAIN.match(value):
        number = Decimal(value.replace(",", "").replace("−", "-"))
        return Quantity(value, number, None, named, None, 0, len(value))
    read = read_quantities(value)
    if not read:
        return None
    first = read[0]
    if named != "count" and first.unit in ("count", "ratio"):
        return Quantity(first.text, first.value, first.upper, named, first.qualifier, first.start, first.end)
    return first


def _figure(
    document: str,
    sha256: str,
    row: dict[str, str],
    quantity: Quantity,
    location: Location,
    label: list[str],
    at: tuple[int, int],
) -> Figure:
    kind = FigureKind(row["kind"]) if row.get("kind") in set(FigureKind) else FigureKind.OUTTURN
    release = ", ".join(
        part for part in (row.get("publisher", ""), row.get("release", "") or row.get("source", "")) if part
    )
    population = row.get("population") or ""
    said = not population or population.lower() in row["measure"].lower()
    return Figure(
        id=record_id(sha256, location.cell, row["measure"], row.get("area")),
        quantity=quantity,
        measure=row["measure"],
        area=row.get("area") or None,
        period=row.get("period") or None,
        kind=kind,
        location=location,
        at=at,
        quote=" | ".join([*label, row["value"]]),
        clause=row["measure"],
        sentence=" ".join([*label, row.get("note", "")]),
        source=release or None,
        group=record_id(sha256, row["measure"], row.get("period")),
        reliability=row.get("confidence") or row.get("note") or None,
        population=None if said else population,
    )
