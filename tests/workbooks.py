"""Small workbooks and CSV files in the layouts that public bodies publish, made for the tests."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from corpus.document import Document
from corpus.records import Records
from corpus.register import Listed
from corpus.table import Column, Gap, Table, observation
from ingestion.workbook import read_workbook_file

Rows = Sequence[Sequence[Any]]


def workbook(path: Path, sheets: dict[str, Rows], merged: dict[str, Sequence[str]] | None = None) -> Path:
    """A workbook of these sheets. A cell that is a pair is a value with its number format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                cell = sheet.cell(r, c)
                if isinstance(value, tuple):
                    cell.value, cell.number_format = value
                elif value is not None:
                    cell.value = value
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def read(file: Path) -> Records:
    """The records of a file of tables."""
    return read_workbook_file(Listed(file.name, file, None), "0" * 64)


def cells(records: Records) -> list[tuple[Any, ...]]:
    """Every cell of every table: measure, label, area, kind of area, period, printed text, value, unit, address."""
    return [
        seen
        for table in records.blocks
        for row in range(len(table))
        for column in table.columns
        if (seen := cell(table, records.document, row, column)) is not None
    ]


def cell(table: Table, document: Document, row: int, column: Column) -> tuple[Any, ...] | None:
    """One cell; None where it is blank. A cell without a figure gives its mark and the reason."""
    found = observation(table, document, row, column)
    area, kind = table.area_of(row, column), table.area_kind_of(row, column)
    if found is None:
        return None
    if isinstance(found, Gap):
        return (table.measure_of(row, column), area, table.period_of(row, column), found.mark, found.reason)
    q = found.quantity
    return (found.measure, area, kind, found.period, q.text, q.value, q.unit, found.location.cell)
