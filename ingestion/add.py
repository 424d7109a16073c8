"""Files that a person names become part of the corpus: read first, then put in its folder, then registered.

A file from elsewhere waits in a hidden folder of the corpus until it has been read; what cannot be read never takes the
place of what could. The register gains what the document says of itself, and keeps what an editor wrote.
"""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from corpus.document import Document
from corpus.register import READABLE, REGISTER, UNREAD, Entry, RegisterError, file_hash, files, read_entries, shown
from ingestion.admit import check_file, check_name
from ingestion.errors import UnreadableFile

DESCRIBED = ("title", "publisher", "date", "kind", "status")
_WAITING = ".planchat-incoming"
_BLOCK = re.compile(r"^[ \t]*\[\[[ \t]*file[ \t]*\]\]", re.MULTILINE)
_VALUE = r"""^([ \t]*{key}[ \t]*=[ \t]*)(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""


@dataclass(frozen=True, slots=True)
class At:
    """A file with the path below the corpus folder at which it is to stand, whatever its own name.

    instead_of: the path of a document that goes for it.
    """

    path: str
    file: Path
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A named file: its path below the corpus folder, and where its content lies until it is taken in.

    waiting: a copy in the corpus's hidden folder, or the file itself where it lies in the corpus already.
    instead_of: the path of a document that goes for it.
    """

    path: str
    waiting: Path
    place: Path
    instead_of: str | None = None

    @property
    def is_copied(self) -> bool:
        """Whether the file comes from elsewhere."""
        return self.waiting != self.place


@dataclass(frozen=True, slots=True)
class Named:
    """What a person named: the files, and the sentence for each that cannot be taken."""

    files: tuple[Incoming, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()


NONE = Named()


@contextmanager
def incoming(corpus: Path, named: Sequence[Path | At]) -> Iterator[Named]:
    """The files and folders that were named, copied into a hidden folder that is gone afterwards.

    Raises RegisterError when the corpus folder does not exist or its register cannot be read.
    """
    if not corpus.is_dir():
        raise RegisterError(f"The corpus folder {corpus} does not exist. Give an existing folder with --corpus.")
    if (corpus / REGISTER).is_file():
        read_entries(corpus / REGISTER)
    room = corpus / _WAITING
    shutil.rmtree(room, ignore_errors=True)  # what a run that was killed left behind
    try:
        yield _gather(corpus, named, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _gather(corpus: Path, named: Sequence[Path | At], room: Path) -> Named:
    found: dict[str, Incoming] = {}
    errors: list[tuple[str, str]] = []
    for given in named:
        name, at = (given.file, given) if isinstance(given, At) else (given, None)
        said = shown(name)
        if not os.path.lexists(name):
            errors.append((said, f"{said} does not exist."))
            continue
        inside = sorted(files(name)) if name.is_dir() else [name]
        if not inside:
            kinds = ", ".join(sorted(READABLE))
            errors.append((said, f"{said} holds nothing that can be read. Files must end in one of: {kinds}."))
        for file in inside:
            try:
                taken = _one(corpus, name, file, room / str(len(found)), at)
                if taken.path in found and file_hash(found[taken.path].waiting) != file_hash(taken.waiting):
                    raise UnreadableFile("has the same name as another file that was named; rename one of them")
                found.setdefault(taken.path, taken)
            except UnreadableFile as problem:
                errors.append((shown(file), f"{shown(file)} {problem}."))
            except OSError as problem:
                why = f"could not be copied into the corpus folder ({problem.strerror})"
                errors.append((shown(file), f"{shown(file)} {why}."))
    return Named(tuple(found.values()), tuple(errors))


def _one(corpus: Path, name: Path, file: Path, waiting: Path, at: At | None = None) -> Incoming:
    """One file, copied to ``waiting`` where it comes from elsewhere. Folders below a named folder are kept.

    at: where it is to stand; None: where its name and its kind say.
    """
    suffix = file.suffix.lower()
    check_file(file, name if name.is_dir() else None)
    if suffix not in READABLE:
        kinds = ", ".join(sorted(READABLE))
        raise UnreadableFile(UNREAD.get(suffix, f"is of a kind that is not read; files must end in one of: {kinds}"))
    root, source = corpus.resolve(), file.resolve()
    if source.is_relative_to(root):
        path = source.relative_to(root).as_posix()
        check_name(path)
        return Incoming(path, source, source)
    below = file.relative_to(name).as_posix() if name.is_dir() else file.name
    check_name(below)
    path = at.path if at else f"{'indicators' if READABLE[suffix] == 'table' else 'plans'}/{below}"
    check_name(path)
    waiting = waiting / file.name
    waiting.parent.mkdir(parents=True)
    shutil.copyfile(source, waiting)
    return Incoming(path, waiting, root / path, at.instead_of if at else None)


def take_in(corpus: Path, file: Incoming, sha256: str, document: Document, before: Document | None) -> Entry | None:
    """Put a file that was read in its place, and write into the register what it says of itself.

    before: what the file that it replaces said of itself; an entry's words that are still those are renewed, and those
    that an editor wrote are kept. Returns the file's entry; None where the corpus has no register.
    Raises UnreadableFile where the entry cannot be written, with nothing changed.
    """
    register = corpus / REGISTER
    text = None
    if register.is_file():
        try:
            text = _registered(register, file.path, sha256, document, before)
        except RegisterError as error:
            raise UnreadableFile(f"was read and is not taken in: {error}".rstrip(".")) from error
    if file.is_copied:
        file.place.parent.mkdir(parents=True, exist_ok=True)
        file.waiting.replace(file.place)
    if text is None:
        return None
    beside = register.with_suffix(".toml.new")
    with beside.open("wb") as opened:
        opened.write(text.encode("utf-8"))
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(register)
    return next(e for e in read_entries(register)[1] if e.path == file.path)


def by_hand(entry: Entry | None, document: Document) -> list[str]:
    """The words of an entry that the document does not say of itself."""
    said = entry.model_dump(exclude={"path", "sha256"}) if entry else {}
    return [key for key, value in said.items() if value is not None and value != getattr(document, key)]


def _registered(register: Path, path: str, sha256: str, document: Document, before: Document | None) -> str:
    """The register's text with the file's entry; every other line stays as its editors wrote it."""
    text, entries = read_entries(register)
    place = next((i for i, e in enumerate(entries) if e.path == path), None)
    if place is None:
        end = "\r\n" if "\r\n" in text else "\n"
        words = {"path": path, **{k: getattr(document, k) for k in DESCRIBED}, "sha256": sha256}
        lines = ["", "[[file]]", *(f"{k} = {_quoted(v)}" for k, v in words.items() if v), ""]
        return (text.rstrip() + end if text.strip() else "") + end.join(lines)
    entry = entries[place]
    changes: dict[str, str | None] = {}
    if entry.sha256 is not None:
        changes["sha256"] = sha256
    for key in DESCRIBED if before is not None else ():
        if getattr(entry, key) is not None and getattr(entry, key) == getattr(before, key):
            changes[key] = getattr(document, key)
    changes = {key: value for key, value in changes.items() if value != getattr(entry, key)}
    return _renewed(register, text, place, changes) if changes else text


def _quoted(value: str) -> str:
    """A string as TOML: JSON's is one, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _renewed(register: Path, text: str, place: int, changes: Mapping[str, str | None]) -> str:
    """The register with some values of one entry changed, or gone where they are None.

    The entry is told by its place: another one may have the same hash or path.
    """
    blocks = blocks_of(text)
    wanted = tomllib.loads(text)
    for key, value in changes.items():
        wanted["file"][place][key] = value
    wanted["file"][place] = {k: v for k, v in wanted["file"][place].items() if v is not None}
    if place < len(blocks):
        start, end = blocks[place]
        block = text[start:end]
        for key, value in changes.items():
            block = _with_value(block, key, value)
        renewed = text[:start] + block + text[end:]
        if tomllib.loads(renewed) == wanted:
            return renewed
    name = wanted["file"][place]["path"]
    says = ", ".join(f"{key} = {_quoted(value or '')}" for key, value in changes.items())
    raise RegisterError(f"The entry of {name} in {register} could not be renewed: put in its {says} yourself.")


def blocks_of(text: str) -> list[tuple[int, int]]:
    """The characters of each entry of a register's text, up to where the next one begins."""
    starts = [m.start() for m in _BLOCK.finditer(text)]
    return list(pairwise([*starts, len(text)]))


def _with_value(block: str, key: str, value: str | None) -> str:
    pattern = _VALUE.format(key=key)
    if value is None:
        return re.sub(pattern + r".*(?:\r?\n|\Z)", "", block, count=1, flags=re.MULTILINE)
    return re.sub(pattern, lambda m: m[1] + _quoted(value), block, count=1, flags=re.MULTILINE)
