"""Office files are zip packages: what one would unpack to is looked up in its directory before anything is opened."""

import zlib
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingestion.errors import UnreadableFile

_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
_SMALL = 1_000_000
_ENCRYPTED = 0x1


def check_package(
    path: Path, needs: str, name: str, *, limit: int = 200_000_000, ratio: int = 200, entries: int = 5_000
) -> None:
    """Raise UnreadableFile unless the file is a package that holds ``needs`` and unpacks to a size that can be read.

    name: what the file should be ("Word document (DOCX)"). limit: bytes, unpacked; ratio: unpacked to packed.
    The sizes of the directory bind: nothing more than they say is ever unpacked of an entry. Packages within a package
    are never opened. One that holds macros is refused, and so is one whose XML declares entities of its own.
    """
    try:
        with ZipFile(path) as package:
            listed = package.infolist()
            _check_sizes(listed, path.stat().st_size, limit, ratio, entries)
            _check_parts(package, listed)
    except (BadZipFile, ValueError, NotImplementedError) as error:
        with path.open("rb") as file:
            if file.read(8) == _OLD_OR_LOCKED:
                raise UnreadableFile(
                    f"is protected by a password or of an old kind; save it as a {name} without one"
                ) from error
        raise UnreadableFile(f"is not a {name}") from error
    if needs not in {entry.filename for entry in listed}:
        raise UnreadableFile(f"is not a {name}")


def _check_sizes(listed: list[ZipInfo], size: int, limit: int, ratio: int, entries: int) -> None:
    unpacked = sum(entry.file_size for entry in listed)
    packed = min(size, sum(entry.compress_size for entry in listed))  # entries may be made to share their bytes
    if unpacked > limit:
        raise UnreadableFile(
            f"would unpack to {unpacked // 1_000_000} MB; the most that is read is {limit // 1_000_000} MB"
        )
    if len(listed) > entries or unpacked > max(_SMALL, packed * ratio):
        raise UnreadableFile("is packed so tightly that it may be made to fill the memory; save it anew and try again")


def _check_parts(package: ZipFile, listed: list[ZipInfo]) -> None:
    for entry in listed:
        name = entry.filename.lower()
        if name.endswith("vbaproject.bin"):
            raise UnreadableFile("holds macros, which are refused; save it without them")
        if name.endswith((".xml", ".rels")) and not entry.flag_bits & _ENCRYPTED:
            with package.open(entry) as part:
                _check_xml(part)


def _check_xml(part: IO[bytes]) -> None:
    """Read XML up to its first element, before which all declarations stand; no part of an Office file has any."""
    try:
        for _ in iterparse(part, events=("start",), forbid_dtd=True):
            return
    except DefusedXmlException as error:
        raise UnreadableFile(
            "declares entities in its XML, which may be made to fill the memory; save it anew"
        ) from error
    except (ParseError, LookupError, ValueError, EOFError, zlib.error):
        return  # whoever reads this part says what is wrong with it
