"""How much one file may ask of the machine that reads it."""

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingestion.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take before it is stopped, and said to be too large.

    memory: bytes of address space (held on Linux, where the system keeps to it). cpu: seconds of computing time.
    wall: seconds by the clock, in which scanned pages are recognised, too. pages: pages of a PDF. How far a package may
    unpack is said in ``package.py``.
    """

    memory: int = 3_000_000_000
    cpu: int = 240
    wall: int = 900
    pages: int = 2_000


LIMITS = Limits()


def check_pages(file: Path, most: int) -> None:
    """Raise UnreadableFile where a PDF has more than ``most`` pages.

    What cannot be counted is left to the reader of PDFs, which says what is wrong with the file.
    """
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            return
        count = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    if count > most:
        raise UnreadableFile(
            f"has {count:,} pages, and the most that is read of one file is {most:,}; give it in parts"
        )
