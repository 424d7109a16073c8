"""How much one file may ask of the machine that reads it."""

from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

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


def check_pages(file: Path, most: int, *, unpacked: int = 30_000_000) -> None:
    """Raise UnreadableFile where a PDF has more than ``most`` pages, or one that would unpack to more than can be meant.

    unpacked: bytes of what is drawn on one page; a page of print has thousands, a detailed map some millions.
    What cannot be counted is left to the reader of PDFs, which says what is wrong with the file.
    """
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            return
        count = len(reader.pages)
        if count > most:
            raise UnreadableFile(
                f"has {count:,} pages, and the most that is read of one file is {most:,}; give it in parts"
            )
        for number, page in enumerate(reader.pages, 1):
            if _drawn(page, unpacked) > unpacked:
                raise UnreadableFile(
                    f"would unpack to more than {unpacked // 1_000_000} MB on page {number}, which may be made to fill the "
                    "memory; print it to a new PDF and try again"
                )
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _drawn(page: PageObject, unpacked: int) -> int:
    """The bytes of what is drawn on a page; what pypdf itself refuses to unpack is more than ``unpacked``."""
    try:
        contents = page.get_contents()
        return len(contents.get_data()) if contents is not None else 0
    except LimitReachedError:
        return unpacked + 1
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 0
