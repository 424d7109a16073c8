"""Blocks of a sheet become tables: what each column measures, what each row is of, and what the notes say of the marks."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.areas import reference_areas
from corpus.period import read_periods
from corpus.table import Column, Rows, Table, is_value, scaled
from ingestion.beside import part
from ingestion.blocks import VALUE_NAMES, RawBlock, find_blocks, header_labels
from ingestion.cells import TEXT, kind_of
from ingestion.grid import Grid, GridRow, Sheet
from ingestion.labels import (
    CODE,
    GSS,
    Place,
    column_measure,
    glued_marks,
    is_boilerplate,
    is_interval,
    is_known_place,
    is_only_unit,
    kind_named,
    measured,
    note_letters,
    population_named,
    read_legend,
    read_place,
    read_unit,
    spaced,
    strip_glued,
    strip_marks,
    written_out,
)
from ingestion.passages import record_id

_PERIOD_HEADER = re.compile(
    r"^(?:(?:calendar |financial |academic |reference |mid-?)?years?(?: ending| ended)?|date|dates"
    r"|period|time|time[ _]?period|reference period|month|quarter|date_name|snapshot date)$",
    re.IGNORECASE,
)
_AREA_HEADER = re.compile(
    r"^(?:.*\b)?(?:area|geography|local.authority|district|region|country|county|ward|constituency"
    r"|place|location|la|lad|utla|ltla|lsoa|msoa|council|borough|nation|authority|settlement|town"
    r"|city)"
    r"(?:[ _-]?(?:name|names|nm|description|\d{2,4}nm|\d{4}|\(.*\)))*$|^(?:geography_name|area_name"
    r"|la_name|lad\d\dnm|rgn\d\dnm|ctry\d\dnm|wd\d\dnm|pcon\d\dnm|utla\d\dnm|ltla\d\dnm)$",
    re.IGNORECASE,
)
_CODE_HEADER = re.compile(r"\bcodes?\b|_code$|cd$|\bid\b", re.IGNORECASE)
_ATTRIBUTES = {
    "unit": r"^(?:units?|unit of measure|unit_of_measure|measure[ _]unit)$",
    "note": r"^(?:notes?|comments?|caveats?|observation notes?)$",
    "confidence": r"^(?:confidence|confidence interval|ci|cv|coefficient of variation|standard error|obs_conf)$",
    "source": r"^(?:source|data source)$",
    "kind": r"^kind$",
    "population": r"^population$",
}
_IGNORED_LABELS = re.compile(
    r"^(?:time_identifier|geographic_level|publisher|release|licen[cs]e|published_?cell|record_?count"
    r"|record_?offset|urn|(?:\w+[ _])?id|geography"
    r"|geography_?type(?:code)?|geography_?typecode|obs_status(?:_name)?|.*_sortorder|.*_type"
    r"|date_?code|date_type|"
    r"measures|time|data marking|[a-z]+(?:-[a-z0-9]+)+|.*_code|.*\bcodes?)$",
    re.IGNORECASE,
)
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
            above[place] = heads[0] if sum(map(_is_heading, heads)) > 1 else ""
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
        side = self._side_notes()
        self.notes = [*block.notes, *block.sheet.key, *side]
        letters = note_letters(self.notes)
        self.footnotes = letters
        self.letters = frozenset(letters)
        lines = [_line(r) for r in block.titles]
        self.marks = {**legend, **read_legend([*lines, *self.notes])}
        self.titles = [above, *lines] if above and above not in lines else lines
        self.facts = [tuple(c for c in r.cells if c)[:2] for r in block.facts]

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
        name = self._name()
        unit, scale = self._unit(name)
        columns = self._columns(values, unit, name)
        if not columns:
            return None
        rows, used = self._rows(keys, attributes, [c.index for c in columns])
        if rows is None:
            return None
        first = (block.titles or block.facts or block.header or block.body)[0]
        last = (block.header or block.titles or block.body)[-1] if block.header else first
        place = (
            read_place_in(self.titles, block.sheet.name)
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
            period=self._period(),
            area=place.name if place else None,
            area_kind=place.kind if place else None,
            population=self._population(),
            source=self._source(),
            facts=tuple(
                (k, v) for k, v in self.facts if k.lower().rstrip(":") not in ("date", "time", "period", "confidence")
            ),
            notes=tuple(dict.fromkeys(n for n in self.notes if n))[:40],
            marks=tuple(self.marks.items()),
            attributes=tuple(attributes.items()),
        )
        return replace(table, figures=self._count(table))

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
        named = bool(self.labels.get(j)) and _PERIOD_HEADER.match(strip_marks(self.labels[j][-1])) is not None
        cells = [r.cells[j] for r in self.block.body if j < len(r.cells) and r.cells[j]]
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
                continue
            labels = tuple(spaced(strip_glued(label, self.letters)) for label in self.labels.get(j, ()))
            joined = " ".join(labels)
            period = self._column_period(labels)
            measure = column_measure(labels)
            own, scale = read_unit(joined)
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

    # ---- rows ----

    def _rows(
        self, keys: list[int], attributes: dict[str, int], values: list[int]
    ) -> tuple[Rows | None, tuple[int, ...]]:
        body = self.block.body
        cells = {j: [r.cells[j] if j < len(r.cells) else "" for r in body] for j in keys}
        keys = [j for j in keys if j not in attributes.values()]
        codes = [j for j in keys if self._is_code_column(j, cells[j])]
        names = [j for j in keys if j not in codes and not _holds_kinds(cells[j])]
        dates = [j for j in names if self._is_period_column(j, cells[j])]
        dates = self._finest(dates, cells)
        names = [j for j in names if j not in dates and not self._is_period_column(j, cells[j])]
        places = [j for j in names if self._is_area_column(j, cells[j], bool(codes))]
        shown = {*places, *dates}
        others = [j for j in names if j not in shown and not self._is_ignored(j, names)]
        others = _without_remarks(others, [*places, *codes, *dates], values, cells)
        if not names and not codes and not dates:
            return None, ()
        kinds = self._area_kinds([*places, *codes])
        areas: list[str | None] = []
        area_kinds: list[str | None] = []
        periods: list[str | None] = []
        labels: list[str] = []
        groups: list[str] = []
        units: list[str | None] = []
        carried: dict[int, str] = {}
        whole: Place | None = None
        for i in range(len(body)):
            for j in (*others, *dates, *(places if others else ())):
                if cells[j][i]:
                    carried[j] = cells[j][i]
            group = self.block.groups[i][0] if self.block.groups[i] else ""
            place = self._place(i, places, codes, cells, kinds, carried if others else {})
            period = next((self._period_text(cells[j][i] or carried.get(j, "")) for j in dates), None)
            words = [cells[j][i] or carried.get(j, "") for j in others]
            if place is not None and _PART_OF_ABOVE.match(place.name):
                words, place = [*words, place.name], whole
            else:
                whole = place
            if group and period is None and _only_period(group):
                period = group
            elif group:
                if place is None and is_known_place(group):
                    place = read_place(group)
                else:
                    words = [group, *words]
            units.append(_row_unit(words))
            words = [_row_label(w) for w in words if (w and not is_only_unit(w)) or w in ("All", "all")]
            areas.append(place.name if place else None)
            area_kinds.append(place.kind if place else None)
            periods.append(period)
            labels.append("; ".join(dict.fromkeys(w for w in words if w)))
            groups.append(group)
        used = tuple(sorted({*places, *codes[:1], *dates, *others}))
        rows = Rows(
            numbers=tuple(r.number for r in body),
            starts=tuple(r.start for r in body),
            ends=tuple(r.end for r in body),
            areas=tuple(areas) if any(areas) else (),
            area_kinds=tuple(area_kinds) if any(areas) else (),
            periods=tuple(periods) if any(periods) else (),
            labels=tuple(labels) if any(labels) else (),
            groups=tuple(groups) if any(groups) else (),
            units=tuple(units) if any(units) and "unit" not in attributes else (),
        )
        return rows, used

    def _is_code_column(self, j: int, cells: Sequence[str]) -> bool:
        filled = [c for c in cells if c]
        gss = sum(bool(GSS.match(c)) for c in filled)
        if filled and gss >= 0.5 * len(filled):
            return True
        named = bool(self.labels.get(j)) and _CODE_HEADER.search(self.labels[j][-1]) is not None
        return named and sum(bool(CODE.match(c)) for c in filled) >= 0.5 * len(filled) > 0

    def _is_period_column(self, j: int, cells: Sequence[str]) -> bool:
        label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        filled = [c for c in cells if c][:200]
        dated = sum(bool(_only_period(c)) for c in filled)
        if _PERIOD_HEADER.match(label):
            return bool(filled) and sum(bool(read_periods(written_out(c))) for c in filled) >= 0.5 * len(filled)
        return bool(filled) and dated == len(filled) and not is_known_place(filled[0])

    def _finest(self, dates: list[int], cells: dict[int, list[str]]) -> list[int]:
        """Of several columns of dates, the one that tells most apart; of equals, the one in words."""
        if len(dates) < 2:
            return dates
        return [max(dates, key=lambda j: (len(set(cells[j])), bool(re.search(r"[A-Za-z]{3}", cells[j][0])), j))]

    def _is_area_column(self, j: int, cells: Sequence[str], coded: bool) -> bool:
        label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        filled = [c for c in cells if c]
        if not filled:
            return False
        sample = filled[:60]
        known = sum(is_known_place(c) for c in sample)
        if label and _AREA_HEADER.match(label) and not re.search(r"type|number|size|count", label, re.IGNORECASE):
            return True
        alone = coded and len(set(filled)) > 0.5 * len(filled)
        if alone and label.lower() in ("name", "names"):
            return True
        return known >= 0.4 * len(sample) or (alone and j <= max(self.block.values, default=9) and known > 0)

    def _is_ignored(self, j: int, names: Sequence[int]) -> bool:
        """Codes and housekeeping beside the column that gives the same in words."""
        label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        spelt = [self.labels[k][-1] for k in names if k != j and self.labels.get(k)]
        if label and label.islower() and any(o != label and o.lower() == label for o in spelt):
            return True
        if not label or not _IGNORED_LABELS.match(label):
            return False
        base = re.sub(r"[_ -]?(?:code|name)$", "", label, flags=re.IGNORECASE).replace("-", " ").lower()
        others = {
            strip_marks(self.labels[k][-1]).lower().replace("_name", "") for k in names if k != j and self.labels.get(k)
        }
        housekeeping = re.match(
            r"^(?:time_identifier|geographic_level|publisher|release|licen[cs]e|published_?cell|record_?|urn"
            r"|obs_status|data marking|(?:\w+[ _])?id$)"
            r"|_sortorder$|_type(?:code)?$",
            label,
            re.IGNORECASE,
        )
        return bool(housekeeping) or base in others or any(base in o or o in base for o in others if o)

    def _area_kinds(self, columns: Sequence[int]) -> dict[int, str | None]:
        found: dict[int, str | None] = {}
        titled = next((k for line in self.titles if (k := kind_named(line)) in ("constituency", "ward")), None)
        fact = next((kind_named(v) for k, v in self.facts if "area" in k.lower() or "geograph" in k.lower()), None)
        for j in columns:
            label = " ".join(self.labels.get(j, ()))
            mixed = (
                re.search(r"\band\b|/|,", label)
                and len({k for part in re.split(r"\band\b|/|,", label) if (k := kind_named(part))}) > 1
            )
            found[j] = (None if mixed else kind_named(label)) or titled or fact
        return found

    def _place(
        self,
        i: int,
        places: Sequence[int],
        codes: Sequence[int],
        cells: dict[int, list[str]],
        kinds: dict[int, str | None],
        carried: dict[int, str],
    ) -> Place | None:
        """A row's place: of several columns of names (region, county, district) the last that is filled."""
        named = [j for j in places if cells[j][i]]
        label = cells[named[-1]][i] if named else next((carried[j] for j in reversed(places) if j in carried), "")
        at = named[-1] if named else (places[-1] if places else None)
        beside = [j for j in codes if cells[j][i]]
        code = ""
        if beside:
            nearest = min(beside, key=lambda j: abs(j - at)) if at is not None else beside[-1]
            code = cells[nearest][i] if GSS.match(cells[nearest][i]) or not places else ""
        if not label and not code:
            return None
        return read_place(label, code, kinds.get(at) if at is not None else None)

    def _period_text(self, text: str) -> str | None:
        if not text:
            return None
        stamp = re.match(r"^(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+Z?)?$", text)
        return text[:10] if stamp else written_out(text)

    # ---- what holds for the whole table ----

    def _name(self) -> str:
        """What the table measures, from the first line above it that says so, else from its sheet's name."""
        found: list[str] = []
        for line in self._title_lines():
            name = measured(strip_glued(line, self.letters))
            told = len(re.findall(r"[A-Za-z]{3,}", name)) >= 1 and not is_known_place(name)
            if told and (not found or _is_heading(line)):
                found.append(name)
        if len(found) < 2:
            return found[0] if found else ""
        under = found[-1]
        return f"{under}; {found[0]}"

    def _title_lines(self) -> list[str]:
        lines = [line for line in self.titles if not is_boilerplate(line)]
        sheet = self.block.sheet.name or ""
        listed = self.sheet_titles.get(sheet.lower())
        if not lines and listed:
            lines = [listed]
        if not lines and sheet and not re.match(r"^(?:sheet|table|data|tab)?\s*\d*[a-z]?$", sheet, re.IGNORECASE):
            lines = [sheet]
        return lines

    def _unit(self, name: str) -> tuple[str | None, str | None]:
        """The unit that a line "Units: …", a fact or the title states for the whole table."""
        for line in self.titles:
            stated = re.match(r"^\s*\(?units?(?: of measure(?:ment)?)?\s*[:=-]\s*(.+)$", line, re.IGNORECASE)
            if stated:
                unit, scale = read_unit(stated[1])
                return unit, scale or self._in_thousands()
        for key, value in self.facts:
            if re.match(r"^(?:units?|measures?|value type)\b", key, re.IGNORECASE):
                unit, scale = read_unit(value)
                if unit or scale:
                    return unit, scale
        for line in self.titles:
            bracket = re.search(
                r"\(([^()]*(?:£|%|per ?cent|thousand|million|billion|000s?|number|count)[^()]*)\)", line, re.IGNORECASE
            )
            if bracket:
                unit, scale = read_unit(bracket[1])
                if unit or scale:
                    return unit or ("gbp" if "£" in bracket[1] else None), scale
        for line in self.titles:
            if re.match(
                r"^\W*(?:£|%|per ?cent|percentages?|numbers?|thousands?|£ ?million|£ ?thousand|count)\W*(?:million"
                r"|thousand)?s?\W*$",
                line,
                re.IGNORECASE,
            ):
                return read_unit(line)
        for line in self.titles:
            many = re.search(
                r"£\s?(?:millions?|thousands?|billions?|m|bn|k)\b|\b(?:thousands|millions)\b|['’]000s?\b", line, re.I
            )
            if many and not is_boilerplate(line):
                unit, scale = read_unit(many[0])
                return unit, scale
        return None, None

    def _in_thousands(self) -> str | None:
        """ "Given to the nearest thousand", above figures that are all below a thousand: they are thousands."""
        if not any(re.search(r"\bnearest thousand\b", line, re.IGNORECASE) for line in self.titles):
            return None
        shown = [c for r in self.block.body for j, c in enumerate(r.cells) if j in self.block.values]
        return "thousand" if not any("," in c or re.match(r"-?\d{4}", c) for c in shown) else None

    def _period(self) -> str | None:
        """The period that a fact, the title or the sheet's name gives for the whole table."""
        for key, value in self.facts:
            if re.match(r"^(?:date|time|period|time period|year|month|quarter)\b", key, re.IGNORECASE):
                return value
        for line in [*self._title_lines(), *self.titles]:
            if re.match(r"^(?:source|©|ons crown|date published|published|release)", line, re.IGNORECASE):
                continue
            stated = [p for p in read_periods(line) if p.first is not None or p.last is not None]
            if stated:
                same = stated[-1] if len(stated) == 1 else None
                if same is not None:
                    return _bare(same.text)
                stated = [p for p in stated if p.first is not None] or stated
                return (
                    f"{_bare(stated[0].text)} to {_bare(stated[-1].text)}"
                    if re.search(r"\bto\b|[-–]", line)
                    else _bare(stated[-1].text)
                )
        sheet = self.block.sheet.name or ""
        return sheet if _only_period(sheet) else None

    def _population(self) -> str | None:
        """Of whom the table is: from a line above it, or from the note that its title's mark points to."""
        found = population_named([*self.titles, *(f"{k}: {v}" for k, v in self.facts)])
        if found:
            return found
        for line in self._title_lines()[:1]:
            for mark in glued_marks(line, self.letters):
                note = self.footnotes[mark]
                if len(note) <= 160 and re.match(
                    r"^(?:all |usual )?(?:employees|people|residents|households|persons|adults|children|pupils|workers"
                    r"|dwellings)\b",
                    note,
                    re.IGNORECASE,
                ):
                    return note.rstrip(".")
        return None

    def _source(self) -> str | None:
        for line in (*self.titles, *self.notes):
            match = re.match(r"^\s*sources?\s*[:–-]\s*(.{4,200})$", line, re.IGNORECASE)
            if match:
                return match[1].strip().rstrip(".")
        return next((line for line in self.titles if re.search(r"crown copyright|©", line, re.IGNORECASE)), None)


def _is_heading(line: str) -> bool:
    """Whether a line under a table's title heads a part of it ("A. Net additional dwellings")."""
    return len(line.split()) <= 10 and not line.rstrip().endswith((".", ";")) and "http" not in line


def _holds_kinds(cells: Sequence[str]) -> bool:
    """Whether a column says of which kind each row's place is ("Non-metropolitan District"), and not which place."""
    filled = [c for c in cells if c]
    return bool(filled) and all(_KIND_OF_PLACE.match(c) for c in filled)


_KIND_OF_PLACE = re.compile(
    r"^(?:(?:non-?metropolitan|metropolitan|unitary|london|council|local|upper|lower|single|two|tier|combined|electoral"
    r"|administrative|ceremonial) ?)*\b(?:district|county|borough|authority|region|country|nation|ward|council area"
    r"|city|county district|local government district)s?$",
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


# A row of a part of the place above it, in the column of places.
_PART_OF_ABOVE = re.compile(r"^\W*(?:of which|of whom|including|excluding)\b", re.IGNORECASE)
_AGE = re.compile(r"^\d{1,2}\s*\+?$")
_OF_AGE = re.compile(r"\bage[sd]?\b|\byears? old\b", re.IGNORECASE)


def _without_remarks(
    labels: list[int], others: Sequence[int], values: Sequence[int], cells: dict[int, list[str]]
) -> list[int]:
    """The columns of labels without those behind the figures ("Direction", "Better") where the rest tells the rows apart."""
    before = [j for j in labels if j < max(values)]
    if before == labels:
        return labels
    rest = list(zip(*(cells[j] for j in (*before, *others)), strict=True))
    return before if rest and len(set(rest)) == len(rest) else labels


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


def _bare(period: str) -> str:
    return re.sub(r"^(?:in|for|during|at|on|from|to)\s+", "", period, flags=re.IGNORECASE)


def _money(words: str, unit: str | None) -> bool:
    return unit == "gbp" and not re.search(
        r"\b(?:number|jobs|employees|people|persons|count|households|dwellings)\b", words, re.IGNORECASE
    )


def _row_unit(words: Sequence[str]) -> str | None:
    """The unit that a row's own words state, with the multiple that a bracket gives: "Rent arrears (£000)"."""
    if not words:
        return None
    unit, _ = read_unit("; ".join(words), guess=True)
    for bracket in re.findall(r"\(([^()1-9]*)\)", "; ".join(words)):
        named, scale = read_unit(bracket)
        if scale and (named or unit or "count") in ("count", "gbp"):
            return scaled(named or unit or "count", scale)
    return unit


def _row_label(text: str) -> str:
    """A row's label as words: without its marks, and without the code before it ("05 : Mining")."""
    text = strip_marks(text)
    return " ".join(re.sub(r"^\s*[A-Z]?\d[\d.,/&-]*[A-Z]?\s*[:–-]\s+", "", text).split())


def _only_period(text: str) -> bool:
    """Whether a cell holds a period and nothing else."""
    text = written_out(text)
    if re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text):
        return True
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?", text):
        return True
    if len(text) > 40 or not re.search(r"\d", text):
        return False
    periods = read_periods(text)
    left = text
    for p in periods:
        left = left.replace(p.text, " ")
    left = re.sub(
        r"\b(?:to|and|year|years|ending|ended|end|mid|the|in|at|financial|academic|calendar|quarter|month"
        r"|q[1-4])\b|[-–/,.]",
        " ",
        left,
        flags=re.IGNORECASE,
    )
    return bool(periods) and not left.strip()


def read_place_in(titles: Sequence[str], sheet: str | None) -> Place | None:
    """The place that a table without places in it is about: named by its sheet, or alone at the end or the head of its title."""
    if sheet and is_known_place(sheet):
        return read_place(sheet)
    known = reference_areas()
    for line in titles[:3]:
        for piece in re.split(r"\s*[:,–]\s*|\s+-\s+|\s+in\s+|\s+for\s+", strip_marks(line)):
            plain = re.sub(r"\s*\(?(?:19|20)\d\d.*$", "", piece).strip(" .")
            if plain.lower() in known and kind_named(plain) is None:
                return read_place(plain)
    return None
