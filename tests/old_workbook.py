"""Small workbooks in the format of Excel 97 (BIFF8 in a compound file), made for the tests; no library here writes it."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

Cell = str | float | tuple[float, str] | None

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def old_workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden_rows: Mapping[str, Sequence[int]] | None = None,
    hidden_columns: Mapping[str, Sequence[int]] | None = None,
    hidden_sheets: Sequence[str] = (),
    filtered: Sequence[str] = (),
) -> Path:
    """A workbook of these sheets. A cell that is a pair is a number with its format. Rows and columns count from 0."""
    forms = [
        "General",
        *dict.fromkeys(c[1] for rows in sheets.values() for row in rows for c in row if isinstance(c, tuple)),
    ]
    parts = [
        _sheet(rows, forms, (hidden_rows or {}).get(name, ()), (hidden_columns or {}).get(name, ()))
        for name, rows in sheets.items()
    ]
    start = len(_globals(sheets, forms, hidden_sheets, filtered, [0] * len(parts)))
    places = [start + sum(map(len, parts[:n])) for n in range(len(parts))]
    path.write_bytes(_compound(_globals(sheets, forms, hidden_sheets, filtered, places) + b"".join(parts)))
    return path


def _globals(
    sheets: Mapping[str, object],
    forms: Sequence[str],
    hidden: Sequence[str],
    filtered: Sequence[str],
    places: Sequence[int],
) -> bytes:
    """What holds for the whole book: fonts, number formats, and where each sheet begins."""
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _short("Arial")
    body = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)), _record(0x42, b"\xb0\x04")]
    body += [_record(0x31, font)] * 5
    body += [_record(0x041E, struct.pack("<H", 164 + n) + _long(form)) for n, form in enumerate(forms)]
    body += [_record(0xE0, struct.pack("<HHH14x", 0, 0, 0xFFF5))]
    body += [_record(0xE0, struct.pack("<HHH14x", 0, 164 + n, 1)) for n in range(len(forms))]
    for name, place in zip(sheets, places, strict=True):
        body.append(_record(0x85, struct.pack("<IBB", place, name in hidden, 0) + _short(name)))
    for number, name in enumerate(sheets, 1):
        if name in filtered:  # the range of a filter is a name that Excel makes itself
            body.append(_record(0x18, struct.pack("<HBBHHHBBBB", 0x21, 0, 1, 0, 0, number, 0, 0, 0, 0) + b"\0\x0d"))
    return b"".join(body) + _record(0x0A, b"")


def _sheet(
    rows: Sequence[Sequence[Cell]], forms: Sequence[str], hidden_rows: Sequence[int], hidden_columns: Sequence[int]
) -> bytes:
    width = max(map(len, rows))
    body = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))]
    body += [_record(0x7D, struct.pack("<HHHHHH", c, c, 2560, 1, 1, 0)) for c in hidden_columns]
    body.append(_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for r, row in enumerate(rows):
        options = 0x100 | (0x20 if r in hidden_rows else 0)
        body.append(_record(0x0208, struct.pack("<HHHHHHI", r, 0, len(row), 255, 0, 0, options)))
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                body.append(_record(0x0204, struct.pack("<HHH", r, c, 1) + _long(cell)))
            elif cell is not None:
                value, form = cell if isinstance(cell, tuple) else (cell, "General")
                body.append(_record(0x0203, struct.pack("<HHHd", r, c, 1 + forms.index(form), value)))
    return b"".join(body) + _record(0x0A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _long(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _compound(stream: bytes) -> bytes:
    """A compound file that holds one stream: its header, one sector of allocation, one of names, and the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    assert count + 2 <= _SECTOR // 4, "a test's workbook has to be small"
    chain = [_FAT, _END, *range(3, count + 2), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0) + struct.pack("<108I", *[_FREE] * 108)
    names = _name("Root Entry", 5, 1, _END, 0) + _name("Workbook", 2, _FREE, 2, len(stream))
    return head + table + names.ljust(_SECTOR, b"\0") + stream


def _name(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<III", start, size, 0)
