"""Files that a person names are put into the corpus: copied into its folder where needed, and registered."""

import json
import re
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.register import READABLE, REGISTER, RegisterError, file_hash, read_entries

_BLOCK = re.compile(r"^[ \t]*\[\[[ \t]*file[ \t]*\]\]", re.MULTILINE)
_HASH = re.compile(r"""^([ \t]*sha256[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Added:
    """Paths below the corpus folder that were named, and the sentence for each that could not be taken."""

    paths: tuple[str, ...]
    errors: tuple[tuple[Path, str], ...]


def add(corpus: Path, named: Sequence[Path]) -> Added:
    """Take files and folders into the corpus. A file from elsewhere is copied; the register gains or renews its entry.

    Raises RegisterError when the corpus folder does not exist or its register cannot be read.
    """
    if not corpus.is_dir():
        raise RegisterError(f"The corpus folder {corpus} does not exist. Give an existing folder with --corpus.")
    if (corpus / REGISTER).is_file():
        read_entries(corpus / REGISTER)
    paths: list[str] = []
    errors: list[tuple[Path, str]] = []
    for name in named:
        if not name.exists():
            errors.append((name, f"{name} does not exist."))
            continue
        files = sorted(p for p in name.rglob("*") if p.is_file()) if name.is_dir() else [name]
        readable = [p for p in files if p.suffix.lower() in READABLE]
        if not readable:
            kinds = ", ".join(sorted(READABLE))
            errors.append((name, f"{name} holds nothing that can be read. Files must end in one of: {kinds}."))
        paths += [_take(corpus, file) for file in readable]
    return Added(tuple(dict.fromkeys(paths)), tuple(errors))


def _take(corpus: Path, file: Path) -> str:
    """The file's path below the corpus folder, after copying it there where it came from elsewhere."""
    root, source = corpus.resolve(), file.resolve()
    if source.is_relative_to(root):
        path = source.relative_to(root).as_posix()
    else:
        folder = "indicators" if READABLE[file.suffix.lower()] == "table" else "plans"
        path = f"{folder}/{file.name}"
        (root / folder).mkdir(exist_ok=True)
        beside = root / folder / f".{file.name}.new"
        shutil.copyfile(source, beside)
        beside.replace(root / path)
    if (root / REGISTER).is_file():
        _register(root / REGISTER, path, file_hash(root / path))
    return path


def _register(register: Path, path: str, sha256: str) -> None:
    """Renew the entry's hash, or add an entry; every other line of the register stays as its editors wrote it."""
    text, entries = read_entries(register)
    place = next((i for i, e in enumerate(entries) if e.path == path), None)
    if place is None:
        end = "\r\n" if "\r\n" in text else "\n"
        lines = ["", "[[file]]", f"path = {json.dumps(path, ensure_ascii=False)}", f'sha256 = "{sha256}"', ""]
        text = (text.rstrip() + end if text.strip() else "") + end.join(lines)
    elif entries[place].sha256 not in (None, sha256):
        text = _renewed(register, text, place, sha256)
    else:
        return
    beside = register.with_suffix(".toml.new")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(register)


def _renewed(register: Path, text: str, place: int, sha256: str) -> str:
    """The register with a new hash in one entry, told by its place: another entry may have the same hash or path."""
    blocks = [m.start() for m in _BLOCK.finditer(text)]
    wanted = tomllib.loads(text)
    wanted["file"][place]["sha256"] = sha256
    if place < len(blocks):
        start, end = blocks[place], (*blocks, len(text))[place + 1]
        block = _HASH.sub(lambda m: f'{m[1]}"{sha256}"', text[start:end], count=1)
        renewed = text[:start] + block + text[end:]
        if tomllib.loads(renewed) == wanted:
            return renewed
    name = wanted["file"][place]["path"]
    raise RegisterError(
        f'The entry of {name} in {register} could not be renewed: put in its sha256 = "{sha256}" yourself.'
    )
