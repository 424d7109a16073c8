"""Table files become grids: the cells of each sheet as they are shown, with the ranges that are merged.

A formula gives its stored value, a percentage or a price its sign, and a number no more places than its format shows.
Which rows are headers and which are data is told in ingestion/blocks.py.
"""

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from corpus.plain import plain
from corpus.table import SHEET_END, TAB, cells_of
from ingestion.errors import UnreadableFile
from ingestion.opendocument import CONTENT, read_open_sheets
from ingestion.strict import as_transitional
from ingestion.unseen import read_unseen, unseen_of_old

Merged = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0

MOST_CELLS = 3_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row that is not blank: its first and last line in the file from 1, its characters in the text, its cells."""

    number: int
    last: int
    start: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. name: None for a CSV file. rows: those that are not blank. merged: ranges of cells shown as one.

    first: the column, from 0, at which it begins. key: what stands beside its table to say what the marks mean.
    """

    name: str | None
    rows: tuple[GridRow, ...]
    merged: tuple[Merged, ...] = ()
    delimiter: str = TAB
    first: int = 0
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A file's sheets, and the text that all their places count into."""

    text: str
    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = ()


def read_csv(text: str, delimiter: str | None = None) -> Grid:
    """The grid of a CSV file; its places count into the file's own text.

    delimiter: what stands between its cells; None where the file must tell.
    """
    delimiter = delimiter or _delimiter(text)
    if delimiter == TAB:
        return _tabbed(text)
    rows: list[GridRow] = []
    starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
    line = 0
    for start, end in _records(text, delimiter):
        while line + 1 < len(starts) and starts[line + 1] <= start:
            line += 1
        cells = tuple(c for c, _, _ in cells_of(text[start:end], delimiter))
        if any(cells):
            rows.append(GridRow(line + 1, line + 1 + len(_LINE_END.findall(text, start, end)), start, end, cells))
    return Grid(text, (Sheet(None, tuple(rows), (), delimiter, _first(rows)),))


def _tabbed(text: str) -> Grid:
    """The grid of a file with tabs between its cells; its places count into its rows put anew, without quotation marks."""
    rows: list[GridRow] = []
    parts: list[str] = []
    at = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=TAB)
    number = 1
    for record in reader:
        cells = [" ".join(c.split()) for c in record]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            line = TAB.join(cells)
            rows.append(GridRow(number, reader.line_num, at, at + len(line), tuple(cells)))
            parts.append(line + "\n")
            at += len(line) + 1
        number = reader.line_num + 1
    return Grid("".join(parts), (Sheet(None, tuple(rows), (), TAB, _first(rows)),))


def _first(rows: Sequence[GridRow]) -> int:
    """The first column in which a row holds something."""
    return min((next(j for j, c in enumerate(r.cells) if c) for r in rows), default=0)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """The spans of a CSV file's rows: a line break inside quotation marks ends none."""
    start, at, quoted, fresh = 0, 0, False, True
    for match in re.finditer(rf'"|\r\n|\r|\n|{re.escape(delimiter)}', text):
        token = match[0]
        if token == '"':
            if quoted:
                quoted = False
            elif fresh and match.start() == at:
                quoted = True
            elif not fresh and match.start() == at:
                quoted = True  # a doubled mark inside quotation marks
            at, fresh = match.end(), False
        elif quoted:
            continue
        elif token == delimiter:
            at, fresh = match.end(), True
        else:
            yield start, match.start()
            start = at = match.end()
            fresh = True
    if start < len(text):
        yield start, len(text)


def _delimiter(text: str) -> str:
    """The character between the cells: the one that the first lines have most often and most evenly."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    if not lines:
        raise UnreadableFile("is empty")
    counted = {d: sum(min(line.count(d), 30) for line in lines) for d in (",", TAB, ";", "|")}
    best = max(counted, key=lambda d: counted[d])
    return best if counted[best] else ","


def read_workbook(path: Path) -> Grid:
    """The grid of a workbook (XLSX, XLSB, ODS, XLS). Raises UnreadableFile where it cannot be opened."""
    with path.open("rb") as file:
        data = file.read(8)
    try:
        if data.startswith(b"PK"):
            sheets = list(_packaged(path))
        elif data.startswith(b"\xd0\xcf\x11\xe0"):
            sheets = list(_xls(path))
        else:
            raise UnreadableFile("is named like a workbook, but is none")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile(
            "could not be opened as a workbook: it is damaged; open it in Excel and save it again"
        ) from error
    return _grid(sheets)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A sheet's cells before they have places; ``hidden`` sheets are left out. None is a hidden row. said: what is to be said."""

    name: str
    rows: Sequence[list[str] | None]
    merged: tuple[Merged, ...]
    hidden: bool = False
    said: tuple[str, ...] = ()


def _grid(raw: Sequence[_Raw]) -> Grid:
    """Sheets put one behind the other: a line of text a row, a tab between cells."""
    parts: list[str] = []
    sheets: list[Sheet] = []
    warned: list[str] = []
    at = 0
    for sheet in raw:
        if sheet.hidden:
            warned.append(f"The hidden sheet '{plain(sheet.name)}' was left out.")
            continue
        warned += sheet.said
        rows: list[GridRow] = []
        name = plain(sheet.name)
        head = f"{name}\n"
        parts.append(head)
        at += len(head)
        for number, cells in enumerate(sheet.rows, 1):
            if cells is None:  # the rows around it stand side by side for whoever looks at the sheet
                if rows and rows[-1].last == number - 1:
                    rows[-1] = replace(rows[-1], last=number)
                continue
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            line = TAB.join(cells)
            rows.append(GridRow(number, number, at, at + len(line), tuple(cells)))
            parts.append(line + "\n")
            at += len(line) + 1
        parts.append(SHEET_END)
        at += len(SHEET_END)
        sheets.append(Sheet(name, tuple(rows), sheet.merged, TAB, _first(rows)))
    return Grid("".join(parts), tuple(sheets), tuple(warned))


def _packaged(path: Path) -> Iterator[_Raw]:
    """The sheets of a workbook that is a package, by what the package holds."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
    if CONTENT in names:
        for sheet in read_open_sheets(path, MOST_CELLS):
            yield _Raw(sheet.name, sheet.rows, tuple(sheet.merged), sheet.hidden, sheet.unseen.said(sheet.name))
    elif "xl/workbook.bin" in names:
        yield from _xlsb(path)
    else:
        with as_transitional(path) as plain:
            yield from _xlsx(plain)


def _xlsb(path: Path) -> Iterator[_Raw]:
    """The sheets of a binary workbook: its values, for the form in which they are shown cannot be read."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        count = 0
        for listed in book.sheets_metadata:
            if listed.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(listed.name)
            count += sheet.total_height * sheet.total_width
            if count > MOST_CELLS:
                raise UnreadableFile(f"has more than {MOST_CELLS:,} cells; give the sheets that are needed")
            rows = [[_shown(v, "General") for v in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = tuple((r1, c1, r2, c2) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ())
            yield _Raw(listed.name, rows, merged, listed.visible != python_calamine.SheetVisibleEnum.Visible)
    except python_calamine.CalamineError as error:
        raise UnreadableFile(
            "could not be opened as a workbook: it is damaged; open it in Excel and save it as XLSX"
        ) from error


def _xlsx(path: Path) -> Iterator[_Raw]:
    import openpyxl

    merged = _merged_ranges(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        count = 0
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows: list[list[str] | None] = []
            unseen = read_unseen(path, sheet._worksheet_path)
            for number, row in enumerate(sheet.iter_rows(), 1):
                if number in unseen.rows:
                    rows.append(None)
                    continue
                cells = [_shown(c.value, c.number_format) if c.value is not None else "" for c in row]
                for column in unseen.columns:
                    if column <= len(cells):
                        cells[column - 1] = ""
                count += len(cells)
                if count > MOST_CELLS:
                    raise UnreadableFile(f"has more than {MOST_CELLS:,} cells; give the sheets that are needed")
                rows.append(cells)
            hidden = sheet.sheet_state != "visible"
            yield _Raw(sheet.title, rows, merged.get(sheet.title, ()), hidden, unseen.said(sheet.title))
        book.close()


def _merged_ranges(path: Path) -> dict[str, tuple[Merged, ...]]:
    """Merged ranges by sheet, which a workbook opened for reading alone does not tell."""
    import python_calamine

    found: dict[str, tuple[Merged, ...]] = {}
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            ranges = book.get_sheet_by_name(name).merged_cell_ranges or []
            found[name] = tuple((r1, c1, r2, c2) for (r1, c1), (r2, c2) in ranges)
    except python_calamine.CalamineError:
        return {}
    return found


def _xls(path: Path) -> Iterator[_Raw]:
    import xlrd

    try:
        book = xlrd.open_workbook(path, formatting_info=True, on_demand=True, logfile=io.StringIO())
    except (xlrd.XLRDError, AssertionError, IndexError, NotImplementedError) as error:
        raise UnreadableFile(
            "could not be opened as a workbook: it is damaged; open it in Excel and save it as XLSX"
        ) from error
    for sheet in book.sheets():
        rows: list[list[str] | None] = []
        unseen = unseen_of_old(book, sheet)
        for r in range(sheet.nrows):
            if r + 1 in unseen.rows:
                rows.append(None)
                continue
            cells: list[str] = []
            for c, cell in enumerate(sheet.row(r), 1):
                value = _xls_value(cell, book.datemode, xlrd)
                if value is None or c in unseen.columns:
                    cells.append("")
                    continue
                cells.append(_shown(value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str))
            rows.append(cells)
        merged = tuple((r1, c1, r2 - 1, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells)
        yield _Raw(sheet.name, rows, merged, sheet.visibility != 0, unseen.said(sheet.name))


def _xls_value(cell: Any, datemode: int, xlrd: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    return cell.value


# ---- how a value is shown --------------------------------------------------------------------------------------------

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?!\$)[^\]]*\]')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")


def _shown(value: Any, form: str) -> str:
    """A value as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return _number(value, form or "General")
    if isinstance(value, datetime.datetime):
        return _date(value, form)
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    return " ".join(plain(str(value)).split())


def _date(value: datetime.datetime, form: str) -> str:
    lowered = form.lower()
    if "d" not in lowered:
        return str(value.year) if "m" not in lowered else f"{value:%b %Y}"
    return f"{value.day} {value:%B %Y}"


def _number(value: int | float, form: str) -> str:
    """A number with the places, thousands commas and sign of its format; zero is always shown as a number."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    section = form.split(";")[0]
    words = _CURRENCY.sub(lambda m: m[1], section)
    literal = "".join(m[1] or m[2] or "" for m in _QUOTED.finditer(words))
    bare = _QUOTED.sub("", words)
    if "general" in bare.lower() or not re.search(r"[0#?]", bare) or bare.strip() == "@":
        return _general(value)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if re.search(r"[eE][+-]", bare) or "/" in bare:
        return _general(value)
    percent = "%" in bare
    if percent:
        number *= 100
    scaling = re.search(r"[0#?](,+)(?:[^0#?,]*$)", bare.split(".")[0] if "." in bare else bare)
    if scaling:
        number /= Decimal(1000) ** len(scaling[1])
    places = re.search(r"\.([0#?]+)", bare)
    most = len(places[1]) if places else 0
    least = len(places[1].rstrip("#?")) if places else 0
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if abs(number) < 10**20 else number
    text = f"{abs(rounded):,f}" if re.search(r"[0#?],[0#?]", bare) else f"{abs(rounded):f}"
    if most > least and "." in text:
        head, tail = text.split(".")
        kept = tail.rstrip("0").ljust(least, "0")
        text = f"{head}.{kept}" if kept else head
    sign = next((c for c in "£€$" if c in bare or c in literal), "")
    minus = "-" if rounded < 0 else ""
    return f"{minus}{sign}{text}{'%' if percent else ''}"


def _general(value: int | float) -> str:
    if isinstance(value, int):
        return str(value)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    return f"{Decimal(text):f}" if "e" in text else text
