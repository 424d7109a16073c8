"""Files that a person names are put into the corpus: copied into its folder where needed, and registered."""

import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.register import READABLE, REGISTER, RegisterError, file_hash


@dataclass(frozen=True, slots=True)
class Added:
    """Paths below the corpus folder that were named, and the sentence for each that could not be taken."""

    paths: tuple[str, ...]
    errors: tuple[tuple[Path, str], ...]


def add(corpus: Path, named: Sequence[Path]) -> Added:
    """Take files and folders into the corpus. A file from elsewhere is copied; the register gains or renews its entry.

    Raises RegisterError when the corpus folder does not exist.
    """
    if not corpus.is_dir():
        raise RegisterError(f"The corpus folder {corpus} does not exist. Give an existing folder with --corpus.")
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
    text = register.read_text(encoding="utf-8")
    entries = tomllib.loads(text).get("file", [])
    entry = next((e for e in entries if e.get("path") == path), None)
    if entry is None:
        quoted = path.replace("\\", "\\\\").replace('"', '\\"')
        text = f'{text.rstrip()}\n\n[[file]]\npath = "{quoted}"\nsha256 = "{sha256}"\n'
    elif entry.get("sha256") != sha256:
        text = text.replace(str(entry["sha256"]), sha256) if entry.get("sha256") else text
    else:
        return
    beside = register.with_suffix(".toml.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(register)
