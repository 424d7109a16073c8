"""The register: what each file of the corpus is, who published it, when, and the hash it must have.

The register is ``register.toml`` in the corpus folder. A folder without one is read as it is: every readable file in
it and its subfolders belongs to the corpus.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

REGISTER = "register.toml"
READABLE = {
    ".md": "plan", ".txt": "plan", ".pdf": "plan", ".docx": "plan", ".html": "plan", ".htm": "plan", ".csv": "table",
    ".xlsx": "table", ".xlsm": "table", ".xls": "table",
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


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the corpus, with its register entry where it has one."""

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
        files = sorted(p for p in corpus.rglob("*") if p.is_file() and p.suffix.lower() in READABLE)
        return [Listed(p.relative_to(corpus).as_posix(), p, None) for p in files if not _hidden(p, corpus)]
    _, entries = read_entries(register)
    for entry in entries:
        if Path(entry.path).is_absolute() or ".." in Path(entry.path).parts:
            raise RegisterError(f"The register lists {entry.path}, which is outside the corpus folder.")
    return [Listed(entry.path, corpus / entry.path, entry) for entry in entries]


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


def _hidden(path: Path, corpus: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(corpus).parts)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
