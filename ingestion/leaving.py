"""Documents leave the corpus: taken out, or because a file of another kind takes their place.

Their files are kept in a hidden folder until somebody deletes them by hand, for a web page should not be able to destroy
a council's document for good.

A replacement is one step whatever cuts it short: a note says beforehand which document goes for which file. As soon as the
new file is one of the corpus, the other is answered from no longer, and whoever builds next takes it out.
"""

import os
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corpus.register import REGISTER, Listed, RegisterError, file_hash, read_entries, read_register
from ingestion.add import blocks_of

KEPT = ".planchat-removed"
NOTE = ".planchat-replacing"


@dataclass(frozen=True, slots=True)
class Replacing:
    """The document at ``gone`` goes as soon as the file with this hash stands at ``by``; paths below the corpus folder."""

    gone: str
    by: str
    sha256: str


_NOTE = TypeAdapter(tuple[Replacing, ...])


def announce(corpus: Path, replacing: Replacing) -> None:
    """Note a replacement before the new file is put in its place. Raises OSError."""
    _write(corpus / NOTE, _NOTE.dump_json((*_noted(corpus), replacing)))


def replaced(corpus: Path, listed: Sequence[Listed]) -> set[str]:
    """The paths of documents whose replacement is one of the corpus's files; they are answered from no longer.

    listed: the files of the corpus. Raises RegisterError where the note cannot be read.
    """
    files = {item.path: item.file for item in listed}
    return {r.gone for r in _noted(corpus) if _stands(files.get(r.by), r.sha256)}


def settle(corpus: Path) -> None:
    """Put away what has been replaced, and forget the notes; hold the index's lock. Raises RegisterError."""
    if (corpus / NOTE).exists():
        put_away(corpus, replaced(corpus, read_register(corpus)))
        (corpus / NOTE).unlink()


def put_away(corpus: Path, paths: Iterable[str]) -> None:
    """Strike documents from the register and move their files into the hidden folder; what is not there is passed over.

    Raises RegisterError where the register or the folder cannot be changed.
    """
    going = sorted(paths)
    room = corpus / KEPT / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")
    try:
        _strike(corpus / REGISTER, set(going))
        for path in going:
            if os.path.lexists(corpus / path):
                (room / path).parent.mkdir(parents=True, exist_ok=True)
                (corpus / path).rename(room / path)
    except OSError as error:
        raise RegisterError(f"The document could not be taken out of {corpus} ({error.strerror}).") from error


def _noted(corpus: Path) -> tuple[Replacing, ...]:
    try:
        return _NOTE.validate_json((corpus / NOTE).read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as error:
        raise RegisterError(
            f"{corpus / NOTE} cannot be read. Look which documents it names, then delete it."
        ) from error


def _stands(file: Path | None, sha256: str) -> bool:
    try:
        return file is not None and file_hash(file) == sha256
    except OSError:
        return False


def _strike(register: Path, paths: set[str]) -> None:
    """Take the entries of these paths out of the register; every other line stays as its editors wrote it."""
    if not register.is_file() or not paths:
        return
    text, entries = read_entries(register)
    wanted = tomllib.loads(text)
    wanted["file"] = [item for item, entry in zip(wanted["file"], entries, strict=True) if entry.path not in paths]
    left = text
    blocks = blocks_of(text)
    for place in reversed(range(len(entries))):
        if entries[place].path in paths and place < len(blocks):
            start, end = blocks[place]
            left = left[:start] + left[start + _length(left[start:end]) :]
    found = tomllib.loads(left)
    if {**found, "file": found.get("file", [])} != wanted:
        raise RegisterError(f"The entries of {', '.join(sorted(paths))} in {register} must be deleted by hand.")
    _write(register, left.encode("utf-8"))


def _length(block: str) -> int:
    """How far an entry reaches: up to the comments above the next one, which are that one's."""
    lines = block.splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return len("".join(lines))


def _write(file: Path, content: bytes) -> None:
    """Put content into a file in one step."""
    beside = file.with_name(f"{file.name}.new")
    with beside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)
