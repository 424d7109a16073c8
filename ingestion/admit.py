"""What may be opened at all: names, links and kinds of file, looked at before anything in a file is read.

Names end up in citations, spreadsheets and terminals, so a name that one of these would act upon is refused.
"""

import re
import stat
from pathlib import Path

from corpus.plain import UNSHOWABLE
from corpus.register import UNREAD
from ingestion.errors import UnreadableFile

_FORMULA = ("=", "+", "-", "@")
_START = 4096  # bytes in which a file shows what it is

# What the first bytes of a file say it is, and the endings that such a file may have.
_SIGNS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a zip package", (".docx", ".xlsx", ".xlsb", ".ods", ".odt", ".pptx")),
    (b"PK\x05\x06", "an empty zip package", (".docx", ".xlsx", ".xlsb", ".ods")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", (".xls", ".docx", ".xlsx", ".xlsb")),
    (b"{\\rtf", "a rich text file (RTF)", (".rtf",)),
    (b"\x89PNG", "a picture", ()),
    (b"\xff\xd8\xff", "a picture", ()),
    (b"GIF8", "a picture", ()),
    (b"II*\x00", "a picture", ()),
    (b"MM\x00*", "a picture", ()),
    (b"\x1f\x8b", "a compressed file", ()),
    (b"BZh", "a compressed file", ()),
    (b"7z\xbc\xaf", "a compressed file", ()),
    (b"Rar!", "a compressed file", ()),
    (b"\xfd7zXZ", "a compressed file", ()),
    (b"\x7fELF", "a program", ()),
    (b"MZ\x90", "a program", ()),
    (b"SQLite format 3", "a database", ()),
)  # fmt: skip
_WEB_PAGE = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_TEXT = (".md", ".txt", ".csv", ".tsv", ".html", ".htm")
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def check_name(path: str) -> None:
    """Raise UnreadableFile for a path below the corpus folder that must not be shown, or that leads out of it."""
    parts = path.split("/")
    if Path(path).is_absolute() or ".." in parts:
        raise UnreadableFile("is outside the corpus folder; put the file into that folder")
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFile("has a name that is not UTF-8; rename it") from error
    if UNSHOWABLE.search(path) or "\\" in path:
        raise UnreadableFile("has control characters or a backslash in its name; rename it")
    if any(part.startswith(_FORMULA) for part in parts):
        raise UnreadableFile("has a name that a spreadsheet would take for a formula; rename it")


def check_file(file: Path, folder: Path | None) -> None:
    """Raise UnreadableFile unless ``file`` is an ordinary file, of a kind that is read, inside ``folder`` if one is given."""
    try:
        mode = file.stat().st_mode
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror})") from error
    if folder is not None and not file.resolve().is_relative_to(folder.resolve()):
        raise UnreadableFile(f"is a link to a place outside {folder}; put a copy of the file there")
    if stat.S_ISDIR(mode):
        raise UnreadableFile("is a folder that cannot be opened or a link to one; put the files themselves there")
    if not stat.S_ISREG(mode):
        raise UnreadableFile("is no ordinary file but a pipe or a device")
    if (why := UNREAD.get(file.suffix.lower())) is not None:
        raise UnreadableFile(why)


def check_kind(file: Path) -> None:
    """Raise UnreadableFile where the first bytes of a file show another kind than its name says, or none."""
    suffix = file.suffix.lower()
    with file.open("rb") as opened:
        start = opened.read(_START)
    if not start:
        raise UnreadableFile("is empty")
    for sign, kind, endings in _SIGNS:
        if start.startswith(sign) and suffix not in endings:
            advice = f"; give it the ending {endings[0]}" if len(endings) == 1 else ""
            raise UnreadableFile(f"is {kind}, not what its ending {suffix} says{advice}")
    if _WEB_PAGE.match(start.removeprefix(b"\xef\xbb\xbf")) and suffix not in (".html", ".htm"):
        raise UnreadableFile(
            f"is a web page, not what its ending {suffix} says; give it the ending .html if it is meant"
        )
    if suffix in _TEXT and b"\x00" in start and not start.startswith(_MARKS_OF_UTF_16):
        raise UnreadableFile("is not text, though its ending says so")
