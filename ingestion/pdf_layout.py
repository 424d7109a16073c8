"""What stands where on the pages of a PDF: lines and tables in reading order, and what comes back on every page apart."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingestion.pdf_cells import PrintedTable, by_line
from ingestion.pdf_order import zones
from ingestion.pdf_panels import find_panels
from ingestion.pdf_print import MARGIN, Run, Sheet, Word, runs
from ingestion.pdf_tables import open_table, ruled_tables
from ingestion.text_table import Cell, TextTable, is_value, understand

PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–|\s]*(\d{1,4}|[ivxlc]{1,6})[-–|\s]*(?:of\s+\d+)?$", re.IGNORECASE)
SOURCE = re.compile(r"^sources?\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)
_TAB_GAP = 1.6  # of the type's size: words further apart stand in columns


@dataclass(slots=True)
class Row:
    """One printed line in reading order."""

    runs: list[Run]
    page: int
    zone: int
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    bold: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        self.x, self.y = self.runs[0].x0, self.runs[0].base
        main = max(self.runs, key=lambda r: len(r.text))
        self.size, self.bold = (
            main.size,
            all(w.bold for run in self.runs for w in run.words if any(c.isalnum() for c in w.text)),
        )
        self.text = _line_text(self.runs)

    @property
    def words(self) -> list[Word]:
        return [w for run in self.runs for w in run.words]

    @property
    def starts_with_mark(self) -> bool:
        return self.words[0].raised


@dataclass(slots=True)
class Table:
    """A table in its place in the reading order."""

    printed: PrintedTable
    page: int
    grid: TextTable
    caption: str | None = None
    source: str | None = None
    continues: "Table | None" = None
    number: int = 0


@dataclass(slots=True)
class Page:
    number: int
    label: str | None = None
    items: list["Row | Table"] = field(default_factory=list)
    furniture: list[Row] = field(default_factory=list)
    recognised: bool = False


def stands_apart(left: Run, right: Run) -> bool:
    """Whether two runs of one line stand in columns: clearly apart, and the first is no number of a list."""
    named = re.search(r"[^\W\d_]{2}", left.text) is not None and not (left.bold and right.bold)
    return named and right.x0 - left.x1 > _TAB_GAP * max(left.size, right.size)


def _line_text(found: Sequence[Run]) -> str:
    words = found[0].text
    for left, right in pairwise(found):
        words += ("\t" if stands_apart(left, right) else " ") + right.text
    return words


def in_reading_order(sheets: list[Sheet]) -> list[Page]:
    """Pages with their lines and tables in reading order, and what comes back on every page set apart."""
    tables: list[list[PrintedTable]] = []
    for sheet in sheets:
        ruled, rest = ruled_tables(sheet)
        tables.append(ruled)
        sheet.runs = runs(rest)
    furniture = _furniture(sheets)
    pages: list[Page] = []
    last: Table | None = None
    for sheet, ruled, repeated in zip(sheets, tables, furniture, strict=True):
        page = Page(sheet.number, furniture=repeated, recognised=sheet.recognised)
        taken = {id(run) for row in repeated for run in row.runs}
        flow = [run for run in sheet.runs if id(run) not in taken]
        for item in _in_order(sheet, flow, ruled):
            if isinstance(item, Row):
                page.items.append(item)
                continue
            before = last if last is not None and not any(isinstance(i, Row) for i in page.items) else None
            last = _understood(item, sheet.number, before)
            page.items.append(last)
        if not _ends_in_table(page):
            last = None
        across = [run for run in runs(sheet.across) if len(run.text) > 2 and not _in_tables(run, ruled)]
        page.items += [Row([run], sheet.number, 99) for run in across]
        pages.append(page)
    _label(pages)
    return pages


def _ends_in_table(page: Page) -> bool:
    """Whether a table stands last on a page, footnotes aside, or the page is empty: the table may go on overleaf."""
    at = max((i for i, item in enumerate(page.items) if isinstance(item, Table)), default=-1)
    behind = page.items[at + 1 :]
    return all(isinstance(i, Row) and (i.starts_with_mark or SOURCE.match(i.text)) for i in behind)


def _in_tables(run: Run, tables: Sequence[PrintedTable]) -> bool:
    x, y = (run.words[0].shown[0] + run.words[-1].shown[2]) / 2, (run.words[0].shown[1] + run.words[0].shown[3]) / 2
    return any(t.box[0] <= x <= t.box[2] and t.box[1] <= y <= t.box[3] for t in tables)


def _in_order(sheet: Sheet, flow: list[Run], ruled: list[PrintedTable]) -> Iterator[Row | PrintedTable]:
    """Lines and tables in reading order: a table stands in its column, or parts the columns above it from those below."""
    holders = [_place_of(t, flow) for t in ruled]
    places = {id(run): table for run, table in zip(holders, ruled, strict=True)}
    zone = 0
    for lines in zones([*flow, *holders]):
        for part, table in _around_tables(lines, places):
            start = 0
            for found in find_panels(part):
                zone += 1
                yield from _lines_and_tables(part[start : found.start], sheet.number, zone)
                for panel in found.panels:
                    zone += 1
                    yield Row(list(panel), sheet.number, zone)
                start = found.end
            zone += 1
            yield from _lines_and_tables(part[start:], sheet.number, zone)
            if table is not None:
                yield table


def _place_of(table: PrintedTable, flow: Sequence[Run]) -> Run:
    """A line as wide as a table that stands where it begins, so that the table finds its place among the lines."""
    x0, top, x1, _ = table.box
    base = top + (flow[0].base - flow[0].top if flow else 0.0)
    return Run([Word("", x0, top, x1, top + 1, base, 1.0, False, table.box)])


def _around_tables(
    lines: list[list[Run]], places: Mapping[int, PrintedTable]
) -> Iterator[tuple[list[list[Run]], PrintedTable | None]]:
    """The lines above each table of a zone with that table, and those below the last."""
    part: list[list[Run]] = []
    for line in lines:
        beside = [run for run in line if id(run) not in places]
        if beside:
            part.append(beside)
        for run in line:
            if id(run) in places:
                yield part, places[id(run)]
                part = []
    if part:
        yield part, None


def _lines_and_tables(lines: list[list[Run]], page: int, zone: int) -> Iterator[Row | PrintedTable]:
    """The lines of a zone; those that stand in columns of figures make a table."""
    start = 0
    for first, end in _stretches(lines):
        table = open_table(lines[first:end])
        if table is None:
            continue
        yield from (Row(line, page, zone) for line in lines[start:first])
        yield table
        start = end
    yield from (Row(line, page, zone) for line in lines[start:])


def _stretches(lines: list[list[Run]]) -> Iterator[tuple[int, int]]:
    """Where lines with figures in columns follow one another, with the headings of the columns above them."""
    valued = [len(line) > 1 and any(is_value(r.text) for r in line[1:]) and not _numbers_only(line) for line in lines]
    at = 0
    while at < len(lines):
        if not valued[at]:
            at += 1
            continue
        end = last = at
        while end + 1 < len(lines) and lines[end + 1][0].top - lines[end][0].bottom < 1.6 * lines[end][0].size:
            end += 1
            if valued[end]:
                last = end
            elif end - last > 2:
                break
        if sum(valued[at : last + 1]) >= 3 or (sum(valued[at : last + 1]) == 2 and len(lines[at]) > 2):
            first = at
            while first > 0 and at - first < 5 and _heads(lines[first - 1], lines[first], lines[at]):
                first -= 1
            yield first, last + 1
        at = max(last, at) + 1


def _numbers_only(line: list[Run]) -> bool:
    """ "Introduction      3" has one number and it is a page; a row of a table has a word and a figure."""
    return not any(c.isalpha() for r in line for c in r.text)


def _heads(line: list[Run], below: list[Run], row: list[Run]) -> bool:
    """Whether a line heads the columns of a row below it: several short runs, or one that stands over figures alone."""
    close = below[0].top - line[0].bottom < 1.6 * below[0].size
    over = len(line) == 1 and line[0].x0 > row[0].x1 and any(line[0].x0 < r.x1 and r.x0 < line[0].x1 for r in row[1:])
    return close and (len(line) > 1 or over) and all(len(r.text) < 60 for r in line)


def _understood(printed: PrintedTable, page: int, before: "Table | None") -> Table:
    """The table with its headings; where it continues the one before it, its columns are that one's."""
    if before is not None and (places := _same_columns(printed, before.printed)):
        for cell in printed.cells:
            end = places[min(len(places) - 1, cell.column + cell.across - 1)] + 1
            cell.column = places[cell.column]
            cell.across = max(1, end - cell.column)
        printed.edges = before.printed.edges
        grid = understand(_cells(printed), before.grid)
        return Table(printed, page, grid, continues=before)
    return Table(printed, page, understand(_cells(printed)))


def _cells(printed: PrintedTable) -> list[Cell]:
    return [Cell(c.words, c.row, c.column, c.across, c.down, c.bold) for c in printed.cells]


def _same_columns(printed: PrintedTable, before: PrintedTable) -> list[int]:
    """For each column its place in the table before; empty where the columns are not the same."""
    places = []
    for edge in printed.edges:
        near = [i for i, other in enumerate(before.edges) if abs(edge - other) <= 6]
        if not near:
            return []
        places.append(near[0])
    return places if abs(printed.box[2] - before.box[2]) <= 12 else []


def _furniture(sheets: list[Sheet]) -> list[list[Row]]:
    """Running heads and feet of each page, and page numbers: lines near its edges that come back on other pages."""
    edges: list[list[tuple[str, Row]]] = []
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        lines = by_line(sheet.runs)
        near = [line for line in (*lines[:3], *lines[-3:]) if _near_edge(line, sheet)]
        found: dict[int, tuple[str, Row]] = {}
        for line in near:
            row = Row(line, sheet.number, 0)
            key = re.sub(r"\d+", "#", " ".join(row.text.lower().split()))
            if id(line) not in found:
                found[id(line)] = (key, row)
        edges.append(list(found.values()))
        seen.update({(key, line[0].top < sheet.height / 2) for key, row in found.values() for line in [row.runs]})
    least = 3 if len(sheets) > 4 else 2
    kept: list[list[Row]] = []
    for sheet, found_here in zip(sheets, edges, strict=True):
        kept.append(
            [
                row
                for key, row in found_here
                if seen[key, row.runs[0].top < sheet.height / 2] >= least or PAGE_NUMBER.match(row.text.strip())
            ]
        )
    return kept


def _near_edge(line: list[Run], sheet: Sheet) -> bool:
    return line[0].bottom < MARGIN * sheet.height or line[0].top > (1 - MARGIN) * sheet.height


def _label(pages: list[Page]) -> None:
    """The number printed on each page, where at least two pages in order bear one."""
    found: list[tuple[Page, str]] = []
    for page in pages:
        for row in page.furniture:
            alone = PAGE_NUMBER.match(row.text.strip())
            ending = re.search(r"(?:^|\s|\|)(\d{1,4})$|^(\d{1,4})(?:\s|\|)", row.text.strip())
            if alone or ending:
                number = alone[1] if alone else next(g for g in ending.groups() if g) if ending else ""
                if alone or not re.fullmatch(r"(?:19|20)\d\d", number):
                    found.append((page, number))
                    break
    numbers = [int(n) for _, n in found if n.isdigit()]
    rising = sum(b > a for a, b in pairwise(numbers))
    if len(numbers) >= 2 and rising >= 0.8 * (len(numbers) - 1):
        for page, number in found:
            page.label = number
