"""Workbooks of the kind "Strict Open XML" are given the names of elements that every other XLSX has, so that they can be read."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The names of ISO/IEC 29500 Strict and those of its Transitional part; longer ones first, for each is replaced where it begins.
_NAMES = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
)
_STRICT = _NAMES[0][0]


@contextmanager
def as_transitional(path: Path) -> Iterator[Path]:
    """The workbook, or a copy of it with the usual names, which is deleted afterwards."""
    with zipfile.ZipFile(path) as package:
        if not _is_strict(package):
            yield path
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
                for entry in package.infolist():
                    data = package.read(entry)
                    if entry.filename.lower().endswith((".xml", ".rels")):
                        for strict, usual in _NAMES:
                            data = data.replace(strict, usual)
                    written.writestr(entry.filename, data)
            yield copy


def _is_strict(package: zipfile.ZipFile) -> bool:
    try:
        with package.open("xl/workbook.xml") as part:
            return _STRICT in part.read(4096)
    except KeyError:
        return False
