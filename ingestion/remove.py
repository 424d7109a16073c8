"""A document is taken out of the corpus: its entry goes from the register, and its file into a hidden folder.

The file is kept there until somebody deletes it by hand, for a web page should not be able to destroy a council's
document for good.
"""

import os
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.index import building
from corpus.register import REGISTER, RegisterError, read_entries, read_register
from corpus.settings import Settings
from ingestion.add import blocks_of
from ingestion.build import IngestReport, Progress, ingest, silent

KEPT = ".planchat-removed"


def take_out(settings: Settings, paths: Sequence[str], progress: Progress = silent) -> IngestReport:
    """Take documents out of the corpus and bring the index up to date; the report tells of what is gone.

    A path that is not there is passed over.
    Raises RegisterError where the register or the folder cannot be changed, and what ``ingest`` raises.
    """
    with building(settings.index_folder):
        listed = {item.path: item for item in read_register(settings.corpus)}
        going = [listed[path] for path in paths if path in listed]
        try:
            _strike(settings.corpus / REGISTER, {item.entry.path for item in going if item.entry})
            room = settings.corpus / KEPT / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")
            for item in going:
                if os.path.lexists(item.file):
                    kept = room / item.path
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    item.file.rename(kept)
        except OSError as error:
            raise RegisterError(
                f"The document could not be taken out of {settings.corpus} ({error.strerror})."
            ) from error
    report = ingest(settings, progress)
    return replace(report, documents=tuple(d for d in report.documents if d.status == "removed"))


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
    beside = register.with_suffix(".toml.new")
    with beside.open("wb") as opened:
        opened.write(left.encode("utf-8"))
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(register)


def _length(block: str) -> int:
    """How far an entry reaches: up to the comments above the next one, which are that one's."""
    lines = block.splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return len("".join(lines))
