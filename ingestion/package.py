"""Office files are zip packages: what one would unpack to is looked up in its directory before anything is opened."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ingestion.errors import UnreadableFile

_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
_SMALL = 1_000_000


def check_package(
    path: Path, needs: str, name: str, *, limit: int = 200_000_000, ratio: int = 200, entries: int = 5_000
) -> None:
    """Raise UnreadableFile unless the file is a package that holds ``needs`` and unpacks to a size that can be read.

    name: what the file should be ("Word document (DOCX)"). limit: bytes, unpacked; ratio: unpacked to packed.
    The sizes of the directory bind: nothing more than they say is ever unpacked of an entry.
    """
    try:
        with ZipFile(path) as package:
            listed = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        with path.open("rb") as file:
            if file.read(8) == _OLD_OR_LOCKED:
                raise UnreadableFile(
                    f"is protected by a password or of an old kind; save it as a {name} without one"
                ) from error
        raise UnreadableFile(f"is not a {name}") from error
    unpacked = sum(entry.file_size for entry in listed)
    packed = sum(entry.compress_size for entry in listed)
    if unpacked > limit:
        raise UnreadableFile(
            f"would unpack to {unpacked // 1_000_000} MB; the most that is read is {limit // 1_000_000} MB"
        )
    if len(listed) > entries or unpacked > max(_SMALL, packed * ratio):
        raise UnreadableFile("is packed so tightly that it may be made to fill the memory; save it anew and try again")
    if needs not in {entry.filename for entry in listed}:
        raise UnreadableFile(f"is not a {name}")
