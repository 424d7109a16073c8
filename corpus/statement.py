"""A statement: what a source says in one place, the unit that is searched, judged and cited.

Of a document it is a sentence, a bullet or a row of a table; of a published table it is a series: what the table
measures under one head and label, without place and period, which choose the cell later.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.language import sentences
from corpus.location import Location
from corpus.passage import Passage, RowCell
from corpus.quantity import Quantity, read_quantities
from corpus.records import Records
from corpus.table import Column, Table

_MOST_SERIES = 400  # of one table; with more, its rows are things (schools, payments) that a question names
_BETWEEN = " | "
_SHORTEST = 3  # letters and digits: less is a stray mark
_POINTS_BACK = re.compile(
    r"^(?:of (?:these|this|those)|in addition|however|it|its|this|these|they|their|such|those|both|the (?:above|latter|former))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Series:
    """Which cells of a published table a statement stands for: ``rows`` None means all of them; both count from 0."""

    table: str
    columns: tuple[int, ...]
    rows: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with what is needed to understand it.

    text: its words with white space evened out; for a series its title, head, label, population and unit.
    location: its place; its characters are those of the document's text, to the letter.
    title, headings: of the document. stem: what a bullet continues, or the caption and group of a row.
    before: the sentence before, where this one points back to it.
    passage: the id of the passage that it stands in; None for a series.
    """

    id: str
    kind: str
    text: str
    location: Location
    title: str
    headings: tuple[str, ...] = ()
    stem: str | None = None
    before: str | None = None
    passage: str | None = None
    series: Series | None = None

    @property
    def context(self) -> str:
        """What is read before the statement: title, last headings, stem or caption, and the sentence before."""
        parts = (self.title, *self.headings[-2:], self.stem, self.before)
        return " | ".join(dict.fromkeys(p for p in parts if p))

    @property
    def whole(self) -> str:
        """Words and context, as they are embedded and searched: its own words first, since a model reads so many and no more."""
        return f"{self.text} | {self.context}" if self.context else self.text


def statements_of(records: Records) -> Iterator[Statement]:
    """The statements of one file, in its order; ids are unique within the corpus."""
    seen: defaultdict[str, int] = defaultdict(int)
    document = records.document
    heads = {(t.start, t.end) for t in records.blocks}  # a table's title and heads are in the words of its series
    said = (p for p in records.passages if (p.location.start, p.location.end) not in heads)
    made = (s for p in said for s in _of_passage(p, document))
    for statement in (*made, *(s for t in records.blocks for s in series_of(t, document))):
        seen[statement.id] += 1
        count = seen[statement.id]
        yield statement if count == 1 else replace(statement, id=f"{statement.id}~{count}")


# ---- documents -------------------------------------------------------------------------------------------------------


def _of_passage(passage: Passage, document: Document) -> Iterator[Statement]:
    """A passage's sentences; a row of a table is one statement, its cells behind the names of their columns."""
    place, title = passage.location, document.title
    if passage.cells or place.cell is not None:  # the row of a document's table; of rows copied out of a document
        text = row_words(passage) if passage.cells else " ".join(passage.text.split())
        yield Statement(
            f"{passage.id}:0", "row", text, place, title, place.section, passage.stem, None, passage.id, None
        )
        return
    before: str | None = None
    for start, end in sentences(passage.text):
        text = " ".join(passage.text[start:end].split())
        if sum(c.isalnum() for c in text) < _SHORTEST:
            continue
        yield Statement(
            id=f"{passage.id}:{start}",
            kind=passage.kind,
            text=text,
            location=replace(place, start=place.start + start, end=place.start + end),
            title=title,
            headings=place.section,
            stem=passage.stem,
            before=before if before and _POINTS_BACK.match(text) else None,
            passage=passage.id,
        )
        before = text


def row_words(passage: Passage) -> str:
    """A row of a document's table in words: its label, then each cell behind the name of its column."""
    parts: list[str] = []
    for cell in passage.cells:
        words = _cell_words(passage, cell)
        if words:
            parts.append(f"{cell.column}: {words}" if cell.column and not cell.label else words)
    return _BETWEEN.join(parts)


def quantities_of(statement: Statement, passage: Passage) -> list[Quantity]:
    """The quantities of a statement of a document, at their place in its text; of a row those in its cells of values."""
    if not passage.cells:
        return read_quantities(statement.text)
    found: list[Quantity] = []
    for cell, words, at in _cells(passage):
        if not cell.label:
            found += [replace(q, start=q.start + at, end=q.end + at) for q in read_quantities(words)]
    return found


def place_of(statement: Statement, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The characters of the document that are ``statement.text[start:end]``: white space there is not evened out."""
    begin = passage.location.start
    if not passage.cells:
        return _raw(passage.text, statement.location.start - begin, begin, start, end)
    for cell, words, at in _cells(passage):
        if at <= start and end <= at + len(words):
            return _raw(passage.text, cell.start - begin, begin, start - at, end - at)
    return statement.location.start, statement.location.end


def _cells(passage: Passage) -> Iterator[tuple[RowCell, str, int]]:
    """The cells of a row that hold words, with these, and where they stand in the row in words."""
    at = 0
    for cell in passage.cells:
        words = _cell_words(passage, cell)
        if words:
            lead = len(f"{cell.column}: ") if cell.column and not cell.label else 0
            yield cell, words, at + lead
            at += lead + len(words) + len(_BETWEEN)


def _cell_words(passage: Passage, cell: RowCell) -> str:
    begin = passage.location.start
    return " ".join(passage.text[cell.start - begin : cell.end - begin].split())


def _raw(text: str, at: int, begin: int, start: int, end: int) -> tuple[int, int]:
    """Offsets of evened-out words, which begin at ``at`` of a text, as offsets of the document."""
    while at < len(text) and text[at].isspace():
        at += 1
    places: list[int] = []
    i = at
    while i < len(text) and len(places) <= end:
        places.append(i)
        if text[i].isspace():
            while i < len(text) and text[i].isspace():
                i += 1
        else:
            i += 1
    places += [i] * (end + 1 - len(places))
    return begin + places[start], begin + (places[end - 1] + 1 if end > start else places[start])


# ---- published tables ------------------------------------------------------------------------------------------------


def series_of(table: Table, document: Document) -> Iterator[Statement]:
    """The series of a published table: one for each head and each row label that says what is measured."""
    heads = _heads(table)
    labels = _labels(table, len(heads))
    start, end = table.start, table.end
    title = table.titles[:1] if table.titles else ()
    place = Location(document.path, start, end, None, title, None)
    named = " | ".join(dict.fromkeys(p for p in (table.sheet, *table.titles[:2]) if p))
    for head, columns in heads.items():
        column = table.columns[columns[0]]
        for label, rows in labels.items():
            says = [head, label, table.population, unit_words(table, column)]
            text = " | ".join(dict.fromkeys(p for p in says if p)) or table.name or document.title
            yield Statement(
                id=f"{table.id}:{columns[0]}:{rows[0] if rows is not None else '*'}",
                kind="series",
                text=text,
                location=place,
                title=document.title,
                headings=tuple(p for p in (named,) if p),
                series=Series(table.id, tuple(columns), rows),
            )


def _heads(table: Table) -> dict[str, list[int]]:
    """What each column measures, without place and period, and the columns that measure it."""
    heads: defaultdict[str, list[int]] = defaultdict(list)
    for i, column in enumerate(table.columns):
        heads[column.measure or ("" if column.period or column.area else " ".join(column.labels))].append(i)
    return heads


def _labels(table: Table, heads: int) -> dict[str, tuple[int, ...] | None]:
    """What the rows' own words add to what is measured, and the rows that say so; None: all rows of the table.

    A label that goes with a place (its code, its region) adds nothing; where there are very many, rows are things that
    are found by name.
    """
    count = len(table)
    if not table.rows.labels and not table.rows.groups:
        return {"": None}
    rows: defaultdict[str, list[int]] = defaultdict(list)
    of_area: defaultdict[str, set[str]] = defaultdict(set)
    for i in range(count):
        group = table.rows.groups[i] if table.rows.groups else ""
        label = " | ".join(dict.fromkeys(p for p in (group, table.label_of(i)) if p))
        rows[label].append(i)
        if table.rows.areas and table.rows.areas[i]:
            of_area[str(table.rows.areas[i])].add(label)
    goes_with_place = len(of_area) > 1 and all(len(said) == 1 for said in of_area.values()) and len(rows) > 1
    if goes_with_place and len(of_area) >= count // 2:
        return {"": None}
    if len(rows) * heads > _MOST_SERIES:
        return {"": None}
    return {label: tuple(found) for label, found in rows.items()}


def unit_words(table: Table, column: Column) -> str:
    """The unit and scale of a column in words; empty where the table does not say."""
    unit, scale = column.unit or table.unit, column.scale or table.scale
    said = {"percent": "per cent", "gbp": "pounds (£)", "count": "number"}.get(
        unit or "", (unit or "").replace("_", " ")
    )
    return " ".join(p for p in (said, f"({scale})" if scale else "") if p)


def all_statements(records: Iterable[Records]) -> Iterator[Statement]:
    """The statements of a corpus, in its order."""
    for record in records:
        yield from statements_of(record)
