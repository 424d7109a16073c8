"""Tidy tables: CSV with a header row, one figure a row, with columns for measure, area, value, unit and period.

Other layouts (stacked headers, years across) are told apart and reported, not guessed at.
"""

import csv
import io
import re
from decimal import Decimal

from corpus.areas import Gazetteer
from corpus.figure import Figure, FigureKind
from corpus.location import Location
from corpus.passage import Passage
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
_PLAIN = re.compile(r"^[-+−]?\d[\d,]*(?:\.\d+)?$")


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, or in the Windows encoding that British spreadsheets save."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_table(document: str, text: str, gazetteer: Gazetteer) -> tuple[list[Passage], list[Figure], list[str]]:
    """Passages (one a row), figures and warnings of a tidy CSV.

    Raises UnreadableFile where the header row has no measure or value column.
    """
    rows = _rows(text)
    if not rows:
        raise UnreadableFile("is empty")
    header = [cell.strip().lower() for cell in rows[0][2]]
    columns = {
        name: header.index(alias) for name, known in _COLUMNS.items() for alias in known[::-1] if alias in header
    }
    if not {"measure", "value"} <= columns.keys():
        raise UnreadableFile("is not a tidy table: its first row needs at least the columns 'measure' and 'value'")
    passages: list[Passage] = []
    figures: list[Figure] = []
    warnings: list[str] = []
    for line, (start, end, cells) in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        cell = f"line {line}, column {columns['value'] + 1}"
        location = Location(document, start, end, None, (), cell)
        label = [row[k] for k in ("measure", "area", "period", "population") if row.get(k)]
        words = " | ".join([*label, row["value"], *([row["note"]] if row.get("note") else [])])
        passages.append(Passage(record_id(document, line, words), words, location, "row"))
        quantity = _quantity(row["value"], row.get("unit", ""))
        if quantity is None:
            if not _UNAVAILABLE.match(row["value"]):
                warnings.append(f"The value '{row['value']}' in {cell} could not be read.")
            continue
        figures.append(_figure(document, row, quantity, location, label, gazetteer, text, cells))
    return passages, figures, warnings


def _rows(text: str) -> list[tuple[int, int, list[str]]]:
    """Rows with the characters of the text that they stand in."""
    found: list[tuple[int, int, list[str]]] = []
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    reader = csv.reader(io.StringIO(text, newline=""))
    before = 0
    for cells in reader:
        last = min(reader.line_num, len(lines))
        found.append((starts[before], starts[last], cells))
        before = last
    return found


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
    row: dict[str, str],
    quantity: Quantity,
    location: Location,
    label: list[str],
    gazetteer: Gazetteer,
    text: str,
    cells: list[str],
) -> Figure:
    kind = FigureKind(row["kind"]) if row.get("kind") in set(FigureKind) else FigureKind.OUTTURN
    at = location.start + max(0, text[location.start : location.end].find(row["value"]))
    release = ", ".join(
        part for part in (row.get("publisher", ""), row.get("release", "") or row.get("source", "")) if part
    )
    population = row.get("population") or ""
    said = not population or population.lower() in row["measure"].lower()
    return Figure(
        id=record_id(document, location.cell, row["measure"], row.get("area")),
        quantity=quantity,
        measure=row["measure"],
        area=row.get("area") or None,
        period=row.get("period") or None,
        kind=kind,
        location=location,
        at=(at, at + len(row["value"])),
        quote=" | ".join([*label, row["value"]]),
        clause=row["measure"],
        sentence=" ".join([*label, row.get("note", "")]),
        source=release or None,
        group=record_id(document, row["measure"], row.get("period")),
        reliability=row.get("confidence") or row.get("note") or None,
        population=None if said else population,
        unit_words=row.get("unit") or None,
    )
