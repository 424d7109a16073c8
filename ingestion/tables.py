"""Blocks of a sheet become tables: what each column measures, what each row is of, and what the notes say of the marks."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.period import read_periods
from corpus.table import Column, Table, is_value
from ingestion.beside import part
from ingestion.blocks import VALUE_NAMES, RawBlock, find_blocks, header_labels
from ingestion.cells import TEXT, is_period, kind_of
from ingestion.grid import Grid, GridRow, Sheet
from ingestion.labels import column_measure, is_boilerplate, is_interval, says_whose_interval, spaced
from ingestion.passages import record_id
from ingestion.table_marks import note_letters, read_legend, strip_glued, strip_marks, written_out
from ingestion.table_places import Place, is_known_place, place_of_titles, read_place
from ingestion.table_rows import PERIOD_HEADER, RowReader
from ingestion.table_titles import Titles, is_heading
from ingestion.table_units import is_only_unit, read_unit

_ATTRIBUTES = {
    "unit": r"^(?:units?|unit of measure|unit_of_measure|measure[ _]unit)$",
    "note": r"^(?:notes?|comments?|caveats?|observation notes?)$",
    "confidence": r"^(?:confidence|confidence interval|ci|cv|coefficient of variation|standard error|obs_conf)$",
    "source": r"^(?:source|data source)$",
    "kind": r"^kind$",
    "population": r"^population$",
}
_NO_FIGURE_HEADER = re.compile(
    r"^(?:.*[ _])?(?:code|codes|id|urn|easting|northing|latitude|longitude|postcode|sort ?order"
    r"|sortorder|ecode|row|ref|lad\d\dcd|.*\d\dcd|objectid|fid|shape.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadTables:
    """What a file's sheets hold: tables, rows of text outside them, the lines above the tables, and what was not read."""

    tables: tuple[Table, ...]
    loose: tuple[tuple[Sheet, GridRow], ...] = ()
    warnings: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def read_tables(document: str, sha256: str, grid: Grid) -> ReadTables:
    """The tables of a file, in its order; their ids are made from its SHA-256."""
    loose: list[tuple[Sheet, GridRow]] = []
    raw: list[RawBlock] = []
    for sheet in (each for whole in grid.sheets for each in part(whole)):
        blocks, text = find_blocks(sheet)
        raw += blocks
        loose += [(sheet, row) for row in text]
    lines = [_line(row) for _, row in loose]
    legend = read_legend(lines)
    titles = _contents(loose)
    tables: list[Table] = []
    warnings: list[str] = list(grid.warnings)
    above: dict[tuple[str | None, int], str] = {}
    for block in raw:
        heads = [_line(r) for r in block.titles if not is_boilerplate(_line(r))]
        place = (block.sheet.name, block.sheet.first)
        if place not in above:
            # A sheet's own title stands above its tables' only where the first table has a heading under it.
            above[place] = heads[0] if sum(map(is_heading, heads)) > 1 else ""
        table = _Reader(document, sha256, grid.text, block, legend, titles, above[place]).table()
        if table is not None and table.columns and len(table):
            tables.append(table)
        else:
            named = f"the sheet '{block.sheet.name}'" if block.sheet.name else f"line {block.body[0].number}"
            warnings.append(f"A block of cells in {named} has no labels that could be read; it was left out.")
    heads_of_all = (_line(row) for block in raw for row in (*block.titles, *block.facts))
    return ReadTables(tuple(tables), tuple(loose), tuple(dict.fromkeys(warnings)), tuple(dict.fromkeys(heads_of_all)))


def _contents(loose: Sequence[tuple[Sheet, GridRow]]) -> dict[str, str]:
    """Titles of sheets as a contents sheet lists them: sheet name → title."""
    found: dict[str, str] = {}
    for _, row in loose:
        cells = [c for c in row.cells if c]
        if len(cells) >= 2 and len(cells[0]) <= 31:
            found.setdefault(cells[0].lower(), cells[1])
    return found


def _line(row: GridRow) -> str:
    return " ".join(c for c in row.cells if c)


class _Reader:
    """Reads one block."""

    def __init__(
        self,
        document: str,
        sha256: str,
        text: str,
        block: RawBlock,
        legend: dict[str, str],
        titles: dict[str, str],
        above: str | None = None,
    ) -> None:
        self.sha256 = sha256
        self.document, self.text, self.block, self.sheet_titles = document, text, block, titles
        self.delimiter = block.sheet.delimiter
        width = max(len(r.cells) for r in (*block.header, *block.body))
        self.labels = {j: header_labels(block, j) for j in range(width)}
        self._whose_units()
        side = self._side_notes()
        self.notes = [*block.notes, *block.sheet.key, *side]
        letters = note_letters(self.notes)
        self.footnotes = letters
        self.letters = frozenset(letters)
        lines = [_line(r) for r in block.titles]
        self.marks = {**legend, **read_legend([*lines, *self.notes])}
        self.titles = [above, *lines] if above and above not in lines else lines
        self.facts = [tuple(c for c in r.cells if c)[:2] for r in block.facts]

    def _whose_units(self) -> None:
        """Columns headed by a unit alone ("16-17 | % | 18-24 | %") are of the column before them."""
        whole: tuple[str, ...] = ()
        for j in self.block.values:
            labels = self.labels.get(j, ())
            whole_of = bool(labels) and re.match(r"^(?:all|total)\b", labels[-1], re.IGNORECASE) is not None
            if (
                labels
                and not whole_of
                and is_only_unit(labels[-1])
                and all(is_only_unit(x) or is_period(x) for x in labels)
            ):
                self.labels[j] = (*labels[:-1], *(x for x in whole if x not in labels), labels[-1])
            else:
                whole = labels

    def _side_notes(self) -> list[str]:
        """Words beside the table: a key or a legend in columns that hold neither labels nor figures."""
        used = {*self.block.values}
        last = max(used, default=0)
        found: list[str] = []
        for row in self.block.body[:60]:
            for j in range(last + 1, len(row.cells)):
                text = row.cells[j]
                if len(text) > 3 and kind_of(text) is TEXT:
                    found.append(text)
        return found if len(found) <= 30 else []

    def table(self) -> Table | None:
        """The table; None where its columns or rows cannot be told."""
        block = self.block
        values = [j for j in block.values if not self._is_no_figure(j)]
        keys = [j for j in range(max(self.labels, default=-1) + 1) if j not in block.values and self._holds_labels(j)]
        dated = [j for j in values if self._holds_periods(j)]
        if dated and len(values) > len(dated):
            values = [j for j in values if j not in dated]
            keys = sorted([*keys, *dated])
        attributes = self._attributes([*keys, *values], values)
        values = [j for j in values if j not in attributes.values()]
        says = Titles(block, self.titles, self.facts, self.notes, self.footnotes, self.sheet_titles)
        name = says.name()
        unit, scale = says.unit(name)
        if scale is None:
            unit, scale = self._of_corner(keys, unit)
        columns = self._columns(values, unit, name)
        if not columns:
            return None
        reader = RowReader(block, self.labels, self.titles, self.facts, self.letters)
        rows, used = reader.rows(keys, attributes, [c.index for c in columns])
        if rows is None:
            return None
        first = (block.titles or block.facts or block.header or block.body)[0]
        last = (block.header or block.titles or block.body)[-1] if block.header else first
        place = (
            place_of_titles(self.titles, block.sheet.name)
            if not any(rows.areas) and not any(c.area for c in columns)
            else None
        )
        table = Table(
            id=record_id(self.sha256, block.sheet.name, block.body[0].number, block.sheet.first),
            document=self.document,
            sheet=block.sheet.name,
            start=first.start,
            end=max(last.end, first.end),
            titles=tuple(line for line in self.titles if not is_boilerplate(line)) or tuple(self.titles[:1]),
            name=name,
            columns=tuple(columns),
            rows=rows,
            keys=used,
            delimiter=self.delimiter,
            unit=unit,
            scale=scale,
            period=says.period(),
            area=place.name if place else None,
            area_kind=place.kind if place else None,
            population=says.population(),
            source=says.source(),
            facts=tuple(
                (k, v) for k, v in self.facts if k.lower().rstrip(":") not in ("date", "time", "period", "confidence")
            ),
            notes=tuple(dict.fromkeys(n for n in self.notes if n))[:40],
            marks=tuple(self.marks.items()),
            attributes=tuple(attributes.items()),
            words=self._words(
                {*used, *attributes.values(), *(c.index for c in columns), *(c.interval for c in columns)}
            ),
        )
        return replace(table, figures=self._count(table))

    def _words(self, told: set[int | None]) -> tuple[Column, ...]:
        """The columns that hold no figures and tell no rows apart: comments, dates, codes."""
        filled = {j for r in self.block.body for j, c in enumerate(r.cells) if c} - told
        return tuple(
            Column(j, self.labels[j], column_measure(self.labels[j])) for j in sorted(filled) if self.labels.get(j)
        )

    def _of_corner(self, keys: Sequence[int], unit: str | None) -> tuple[str | None, str | None]:
        """The unit and the multiple that the head of the labels or a note states for all figures: "Turnover (£ thousand)"."""
        heads = [label for j in keys for label in self.labels.get(j, ())]
        notes = [n for n in self.notes if _FIGURES_IN.search(n)]
        for line in (*(h for h in heads if "(" in h or is_only_unit(h)), *notes):
            bracket = re.search(r"\(([^()]*)\)", line)
            own, scale = read_unit(bracket[1] if bracket and line not in notes else line)
            if scale and own in (None, "count", "gbp", "eur", unit):
                return own or unit, scale
        return unit, None

    def _count(self, table: Table) -> int:
        """How many cells hold a figure."""
        marks = dict(table.marks)
        return sum(
            1
            for row in self.block.body
            for c in table.columns
            if c.index < len(row.cells) and is_value(row.cells[c.index]) and row.cells[c.index].lower() not in marks
        )

    # ---- columns ----

    def _is_no_figure(self, j: int) -> bool:
        return bool(self.labels.get(j)) and _NO_FIGURE_HEADER.match(self.labels[j][-1]) is not None

    def _holds_labels(self, j: int) -> bool:
        """Whether a column holds labels of the rows; a key beside the table is none."""
        filled = sum(1 for r in self.block.body if j < len(r.cells) and r.cells[j])
        beside = j > max(self.block.values, default=0) and not self.labels.get(j)
        return filled > (0.5 * len(self.block.body) if beside else 0)

    def _holds_periods(self, j: int) -> bool:
        """Whether a column of numbers is one of years."""
        headed = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        named = PERIOD_HEADER.match(headed) is not None or (not headed and j == min(self.block.values))
        cells = [strip_marks(r.cells[j]) for r in self.block.body if j < len(r.cells) and r.cells[j]]
        years = sum(bool(re.fullmatch(r"(?:19|20)\d\d(?:[-/]?\d{2,4})?", c)) for c in cells)
        return named and years >= 0.9 * len(cells)

    def _attributes(self, candidates: Sequence[int], values: Sequence[int]) -> dict[str, int]:
        """Columns that say something of a row's figure and are no measure: its unit, its note."""
        found: dict[str, int] = {}
        long = len(values) == 1 or any(VALUE_NAMES.match(self.labels[j][-1]) for j in values if self.labels.get(j))
        for j in candidates:
            label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
            for name, pattern in _ATTRIBUTES.items():
                if (
                    re.match(pattern, label, re.IGNORECASE)
                    and (long or name in ("note", "unit"))
                    and not (name == "confidence" and j in values and not long)
                ):
                    found.setdefault(name, j)
        return found

    def _columns(self, values: Sequence[int], unit: str | None, name: str) -> list[Column]:
        """The value columns; those that say how sure their neighbour is become its interval."""
        intervals = [j for j in values if self.labels.get(j) and is_interval(self.labels[j][-1])]
        if len(intervals) == len(values):
            intervals = []
        found: list[Column] = []
        for j in values:
            if j in intervals:
                if found and found[-1].interval is None:
                    found[-1] = replace(found[-1], interval=j)
                if not says_whose_interval(self.labels[j]):
                    continue
            labels = tuple(spaced(strip_glued(label, self.letters)) for label in self.labels.get(j, ()))
            joined = " ".join(labels)
            period = self._column_period(labels)
            measure = column_measure(labels)
            own, scale = read_unit(joined)
            own = "percent" if own in (None, "count") and self._all_percent(j) else own
            if own is None and unit is None:
                own, guessed = read_unit(joined, guess=True) if measure else (None, None)
                if own is None:  # what the column's own labels say goes before the title
                    own, guessed = read_unit(f"{measure} {name}" if measure else name, guess=True)
                scale = scale or guessed
            area = self._column_area(measure)
            found.append(
                Column(
                    index=j,
                    labels=self.labels.get(j, ()),
                    measure="" if area else measure,
                    unit=own
                    or (
                        "count"
                        if scale and unit in (None, "count", "gbp") and "£" not in joined and not _money(joined, unit)
                        else None
                    ),
                    scale=scale,
                    period=period,
                    area=area.name if area else None,
                    area_kind=area.kind if area else None,
                )
            )
        return _told_apart(_aged(found, self.titles))

    def _all_percent(self, j: int) -> bool:
        """Whether every figure of a column is printed with "%"."""
        cells = [r.cells[j] for r in self.block.body if j < len(r.cells) and is_value(r.cells[j])]
        return bool(cells) and all(c.endswith("%") for c in cells)

    def _column_period(self, labels: Sequence[str]) -> str | None:
        for label in reversed(labels):
            plain = label.replace(",", "") if re.fullmatch(r"[12],\d{3}", label) else written_out(strip_marks(label))
            stated = [p for p in read_periods(plain) if p.first is not None or p.last is not None]
            if stated:
                return (
                    " to ".join(dict.fromkeys((stated[0].text, stated[-1].text)))
                    if len(stated) > 1 and "to" in plain
                    else stated[-1].text
                )
        return None

    def _column_area(self, measure: str) -> Place | None:
        """The place of a column whose header is nothing but a place."""
        if not measure or not is_known_place(measure):
            return None
        return read_place(measure)


_FIGURES_IN = re.compile(
    r"\b(?:figures|values|amounts|expenditure|numbers)\b[^.;]{0,40}\b(?:in|to)\b[^.;]{0,12}(?:£|thousand|million|billion|['’]?000)"
    r"|^\W*(?:in )?(?:£\s?(?:000s?|m|bn|thousands?|millions?|billions?)|thousands|millions)\W*$",
    re.IGNORECASE,
)


def _aged(columns: list[Column], titles: Sequence[str]) -> list[Column]:
    """Columns headed by single years of age ("0", "1" … "90+") say so; their title or their total says what they are."""
    ages = [c for c in columns if _AGE.match(c.measure)]
    if len(ages) < 3 or not _OF_AGE.search(" ".join([*titles, *(c.measure for c in columns)])):
        return columns
    return [
        replace(c, measure=re.sub(r"\s*\+$", " and over", f"aged {c.measure}")) if _AGE.match(c.measure) else c
        for c in columns
    ]


_AGE = re.compile(r"^\d{1,2}\s*\+?$")
_OF_AGE = re.compile(r"\bage[sd]?\b|\byears? old\b", re.IGNORECASE)


def _told_apart(columns: list[Column]) -> list[Column]:
    """Columns with the same words and unit ("Annual percentage change") are of the column before them."""
    seen = Counter((c.measure, c.period, c.area, c.unit) for c in columns)
    found: list[Column] = []
    whole = ""
    for c in columns:
        if c.measure and seen[c.measure, c.period, c.area, c.unit] > 1 and whole:
            c = replace(c, measure=f"{c.measure} in {whole[:1].lower()}{whole[1:]}")
        elif c.measure:
            whole = c.measure
        found.append(c)
    return found


def _money(words: str, unit: str | None) -> bool:
    return unit == "gbp" and not re.search(
        r"\b(?:number|jobs|employees|people|persons|count|households|dwellings)\b", words, re.IGNORECASE
    )
