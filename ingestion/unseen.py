"""What a workbook (XLSX, XLS) holds and does not show: hidden rows and columns, and formulas saved without their values.

What nobody who opens the file sees is no published figure. Rows that a filter hides, and rows and columns that are folded
into a group, are shown again with a click, and count.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MOST_COLUMNS = 16384
_FILTERED = "_FilterDatabase"  # the name that a filter's range has in the old format
_FIRST_TO_TELL = 30  # Excel 3; what the versions before it hide is not read


@dataclass(frozen=True, slots=True)
class Unseen:
    """Numbers, from 1, of a sheet's hidden rows and columns; valueless: how many formulas have no stored value.

    untold: whether the file's format does not let it be told what is hidden.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    valueless: int = 0
    untold: bool = False

    def said(self, sheet: str) -> tuple[str, ...]:
        """What is to be said of the sheet of that name."""
        found: list[str] = []
        for noun, count in (("row", len(self.rows)), ("column", len(self.columns))):
            if count:
                many = f"{count:,} hidden {noun}s" if count > 1 else f"A hidden {noun}"
                found.append(f"{many} of the sheet '{sheet}' {'were' if count > 1 else 'was'} left out.")
        if self.valueless:
            cells = "1 cell holds a formula" if self.valueless == 1 else f"{self.valueless:,} cells hold formulas"
            found.append(
                f"On the sheet '{sheet}', {cells} without a stored value: open the file in Excel and save it again."
            )
        if self.untold:
            found.append(
                f"Whether the sheet '{sheet}' hides rows or columns cannot be told from a file this old: "
                "open it in Excel and save it as XLSX."
            )
        return tuple(found)


def read_unseen(path: Path, part: str) -> Unseen:
    """What the sheet that lies in this part of the package does not show."""
    with zipfile.ZipFile(path) as package:
        xml = package.read(part.lstrip("/"))
    rows = (
        frozenset()
        if _FILTER.search(xml)
        else frozenset(
            n for m in _ROW.finditer(xml) if (n := _number(m[1], b"r")) and not _number(m[1], b"outlineLevel")
        )
    )
    columns: set[int] = set()
    for match in _COLUMN.finditer(xml):
        first, last = _number(match[1], b"min"), _number(match[1], b"max")
        folded = _number(match[1], b"outlineLevel")
        if first and last - first < 256 and not folded:  # a sheet may hide all that lies behind its last column
            columns |= set(range(first, min(last, _MOST_COLUMNS) + 1))
    return Unseen(rows, frozenset(columns), len(_NO_VALUE.findall(xml)))


def unseen_of_old(book: Any, sheet: Any) -> Unseen:
    """What a sheet of the old format (XLS) does not show, as xlrd read it with its formatting."""
    filtered = any(n.builtin and n.name == _FILTERED and n.scope == sheet.number for n in book.name_obj_list)
    rows = () if filtered else (r + 1 for r, info in sheet.rowinfo_map.items() if _hidden(info) and r < sheet.nrows)
    columns = (c + 1 for c, info in sheet.colinfo_map.items() if _hidden(info) and c < sheet.ncols)
    return Unseen(frozenset(rows), frozenset(columns), untold=book.biff_version < _FIRST_TO_TELL)


def _hidden(info: Any) -> bool:
    """Whether a row or a column of the old format is hidden, and not merely folded into a group."""
    return bool(info.hidden) and not info.outline_level


def _number(attributes: bytes, name: bytes) -> int:
    """A whole number among an element's attributes; 0 where it has none of that name."""
    match = re.search(rb"\b" + name + rb"=\"(\d+)\"", attributes)
    return int(match[1]) if match else 0
