"""The register: what each file of the corpus is, who published it, when, and the hash it must have.

The register is ``register.toml`` in the corpus folder. A folder without one is read as it is: every readable file in
it and its subfolders belongs to the corpus.
"""

import hashlib
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from corpus.plain import UNSHOWABLE, plain

REGISTER = "register.toml"
READABLE = {
    ".md": "plan", ".txt": "plan", ".pdf": "plan", ".docx": "plan", ".html": "plan", ".htm": "plan", ".csv": "table",
    ".xlsx": "table", ".xls": "table", ".xlsb": "table", ".ods": "table", ".tsv": "table", ".odt": "plan", ".rtf": "plan",
    ".pptx": "plan",
}  # fmt: skip
# Kinds that a person may expect to be read, and what to do instead: the rest of a sentence "NAME …".
_MACROS = "is a kind of file that holds macros, which are refused; save it as {} without them"
_OTHER = "is of a kind that is not read; save it as {}"
UNREAD = {
    ".docm": _MACROS.format("DOCX"), ".dotm": _MACROS.format("DOCX"), ".pptm": _MACROS.format("PDF"),
    ".xlsm": _MACROS.format("XLSX"), ".xltm": _MACROS.format("XLSX"),
    ".doc": _OTHER.format("DOCX or PDF"), ".ppt": _OTHER.format("PDF"),
    ".odp": _OTHER.format("PDF"), ".zip": "is an archive; unpack it and give the files in it",
}  # fmt: skip


class RegisterError(Exception):
    """A register that cannot be used; the message is a sentence for the person who edits it."""


class Entry(BaseModel):
    """One ``[[file]]`` of the register."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    kind: str | None = None
    status: str | None = None
    licence: str | None = None
    source: str | None = None
    sha256: str | None = None

    @field_validator("title", "publisher", "date", "kind", "status", "licence", "source")
    @classmethod
    def _plain(cls, words: str | None) -> str | None:
        """What is said of a file is shown wherever it is cited."""
        return words and plain(words)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the corpus, with its register entry where it has one.

    path: the file's path below the corpus folder, as it can be shown; ``file`` is where it really lies.
    """

    path: str
    file: Path
    entry: Entry | None

    @property
    def kind(self) -> str:
        """The register's word, or what the file's name ends with."""
        return (self.entry and self.entry.kind) or READABLE.get(self.file.suffix.lower(), "plan")


def read_register(corpus: Path) -> list[Listed]:
    """The files of the corpus, in the register's order, or in the order of their paths where there is no register.

    Raises RegisterError when the folder does not exist or the register cannot be read.
    """
    if not corpus.is_dir():
        raise RegisterError(f"The corpus folder {corpus} does not exist. Give an existing folder with --corpus.")
    register = corpus / REGISTER
    if not register.is_file():
        return [Listed(shown(file.relative_to(corpus)), file, None) for file in sorted(files(corpus))]
    _, entries = read_entries(register)
    return [Listed(shown(entry.path), corpus / entry.path, entry) for entry in entries]


def shown(path: Path | str) -> str:
    """A path with forward slashes as it can be printed anywhere: what no one could read or type stands as �."""
    text = path.as_posix() if isinstance(path, Path) else path
    return UNSHOWABLE.sub("\ufffd", text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def read_entries(register: Path) -> tuple[str, list[Entry]]:
    """The register's text, its line ends as they are, and its entries in order. Raises RegisterError."""
    try:
        text = register.read_bytes().decode("utf-8-sig")
        listed = tomllib.loads(text).get("file", [])
        if not isinstance(listed, list):
            raise RegisterError(f"The register {register} has a 'file' that is no list: write each file as [[file]].")
        return text, [Entry.model_validate(item) for item in listed]
    except UnicodeDecodeError as error:
        raise RegisterError(
            f"The register {register} is not saved as UTF-8. Save it again with that encoding."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(f"The register {register} is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RegisterError(f"The register {register} has an entry with a wrong '{place}': {first['msg']}.") from error


def files(folder: Path) -> Iterator[Path]:
    """What may belong to the corpus below a folder: files by their endings, and folders that cannot be looked into.

    Hidden files, and the lock files that Word and Excel leave beside an open document, are passed over.
    """
    closed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(place)
        yield from (here / name for name in folders if (here / name).is_symlink())
        for name in names:
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in (*READABLE, *UNREAD):
                yield here / name
    yield from closed


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
