"""A file of tables becomes its records: its tables, what its cover and notes say of it, and one passage a table."""

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.document import Document
from corpus.location import Location
from corpus.passage import Passage, RowCell
from corpus.records import Records
from corpus.register import Listed
from corpus.table import TAB, Table, cells_of
from ingestion.errors import UnreadableFile
from ingestion.grid import Grid, GridRow, read_csv, read_workbook
from ingestion.imprint import date_in_name, published_on, publisher_of
from ingestion.labels import is_boilerplate
from ingestion.passages import record_id
from ingestion.table import decode
from ingestion.tables import ReadTables, read_tables

_COVER = re.compile(
    r"^(?:cover|cover ?sheet|title|front ?page|information|about|introduction|metadata|read ?me|contents?|index)",
    re.IGNORECASE,
)


def read_workbook_file(listed: Listed, sha256: str) -> Records:
    """The records of a file of tables. Raises UnreadableFile where it holds no table that can be read."""
    suffix = listed.file.suffix.lower()
    if suffix in (".csv", ".tsv"):
        grid = read_csv(decode(listed.file.read_bytes()), TAB if suffix == ".tsv" else None)
    else:
        grid = read_workbook(listed.file)
    if not any(sheet.rows for sheet in grid.sheets):
        raise UnreadableFile("is empty")
    read = read_tables(listed.path, sha256, grid)
    passages = _of_words(sha256, listed.path, grid) if not read.tables else []
    if not read.tables and not passages:
        raise UnreadableFile(
            "holds no table that can be read: no rows of figures stand below a header. "
            "A table needs one header row at least, and labels in its first columns"
        )
    document = _document(listed, sha256, grid, read)
    passages = passages or [*_of_tables(document, read.tables), *_of_notes(document, grid, read.tables)]
    return Records(
        document=document,
        passages=tuple(passages),
        tables=len(read.tables),
        blocks=read.tables,
    )


def _document(listed: Listed, sha256: str, grid: Grid, read: ReadTables) -> Document:
    entry = listed.entry
    return Document(
        path=listed.path,
        title=(entry and entry.title) or _title(read) or named_by_file(listed.file),
        text=grid.text,
        sha256=sha256,
        kind=listed.kind,
        publisher=(entry and entry.publisher) or publisher_of(_lines(read)),
        date=(entry and entry.date) or _date(read, listed.file),
        status=entry.status if entry else None,
        licence=entry.licence if entry else None,
        source=entry.source if entry else None,
        warnings=read.warnings,
    )


def named_by_file(file: Path) -> str:
    """A title from a file's name."""
    words = " ".join(re.sub(r"[-_+]+", " ", file.stem).split())
    return words[:1].upper() + words[1:]


def _title(read: ReadTables) -> str | None:
    """The title that a cover sheet gives; that of the only table, where it says enough."""
    for sheet, row in read.loose:
        filled = [c for c in row.cells if c]
        titled = len(filled) > 1 and re.match(r"^(?:dataset )?title\s*:?$", filled[0], re.IGNORECASE)
        line = filled[1] if titled else filled[0] if len(filled) == 1 else ""
        if (
            sheet.name
            and not re.match(r"^(?:data |live )?table \w*\d|.*[.:]$", line, re.IGNORECASE)
            and len(re.findall(r"[^\W\d_]{2,}", line)) >= 3
            and _COVER.match(sheet.name)
            and not _COVER.match(line)
            and 8 <= len(line) <= 160
            and not is_boilerplate(line)
        ):
            return re.sub(r"^(?:dataset )?title\s*:\s+", "", line, flags=re.IGNORECASE)
    if len(read.tables) == 1 and read.tables[0].titles:
        line = read.tables[0].titles[0]
        if len(line.split()) >= 3 and len(line) <= 200:
            return line
    return None


def _date(read: ReadTables, file: Path) -> str | None:
    """The date on which the file says that it was published, in ISO 8601; failing that, the whole date in its name."""
    return published_on(_lines(read)) or date_in_name(file.stem)


def _lines(read: ReadTables) -> list[str]:
    """The lines of a file that stand outside its tables' rows."""
    loose = [" ".join(c for c in row.cells if c) for _, row in read.loose]
    return [*read.heads, *loose, *(line for t in read.tables for line in (*t.titles, *t.notes, t.source or ""))]


def _of_tables(document: Document, tables: Sequence[Table]) -> list[Passage]:
    """One passage a table: its titles and its header."""
    found: list[Passage] = []
    for table in tables:
        section = (table.sheet,) if table.sheet else ()
        place = Location(document.path, table.start, table.end, None, section)
        text = document.text[table.start : table.end]
        found.append(Passage(record_id(document.sha256, table.start, text), text, place, "row"))
    return found


def _of_words(sha256: str, path: str, grid: Grid) -> list[Passage]:
    """The rows of tables that hold words alone (definitions, representations), each cell under its column's head.

    A table of words has a header of two columns at least, and rows that fill two of them.
    """
    found: list[Passage] = []
    for number, sheet in enumerate(grid.sheets):
        rows = [r for r in sheet.rows if sum(map(bool, r.cells)) > 1]
        if len(rows) < 3 or any(len(c) > _LONGEST_HEAD for c in rows[0].cells):
            continue
        heads = rows[0].cells
        for row in rows[1:]:
            cells: list[RowCell] = []
            for j, (text, start, end) in enumerate(cells_of(grid.text[row.start : row.end], sheet.delimiter)):
                if text:
                    head = heads[j] if j < len(heads) else ""
                    cells.append(RowCell(row.start + start, row.start + end, head, label=not cells))
            text = grid.text[row.start : row.end]
            place = Location(path, row.start, row.end, None, (sheet.name,) if sheet.name else ())
            label = next(c for c in row.cells if c)
            found.append(
                Passage(
                    record_id(sha256, row.start, text),
                    text,
                    place,
                    "row",
                    cells=tuple(cells),
                    label=label,
                    table=number,
                )
            )
    return found[:_MOST_LINES]


_LONGEST_HEAD = 80  # characters


def _of_notes(document: Document, grid: Grid, tables: Sequence[Table]) -> list[Passage]:
    """The words outside the tables' rows: titles, notes and definitions, a passage a line.

    A line whose first cell is blank goes on with the one above, and so does what follows a line of a word or two.
    """
    taken: dict[str | None, set[int]] = {}
    heads: dict[str | None, list[tuple[int, int]]] = {}
    for table in tables:
        taken.setdefault(table.sheet, set()).update(table.rows.numbers)
        heads.setdefault(table.sheet, []).append((table.start, table.end))
    found: list[Passage] = []
    for sheet in grid.sheets:
        runs: list[list[GridRow]] = []
        for row in sheet.rows:
            if row.number in taken.get(sheet.name, ()) or not re.search(r"[^\W\d_]{2}", " ".join(row.cells)):
                continue
            if any(start <= row.start and row.end <= end for start, end in heads.get(sheet.name, ())):
                continue
            follows = bool(runs) and runs[-1][-1].last + 1 == row.number
            if follows and (not row.cells[0] or runs[-1][-1].end - runs[-1][0].start < _SHORT):
                runs[-1].append(row)
            else:
                runs.append([row])
        section = (sheet.name,) if sheet.name else ()
        for rows in runs:
            start, end = rows[0].start, rows[-1].end
            text = document.text[start:end]
            place = Location(document.path, start, end, None, section)
            found.append(Passage(record_id(document.sha256, start, text), text, place, "row"))
    return found[:_MOST_LINES]


_SHORT = 25  # characters of a line that is the head of the next
_MOST_LINES = 2_000
