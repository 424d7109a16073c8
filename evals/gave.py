"""What each file of a folder gives when it is read: pages, passages, tables, figures, commitments, warnings and seconds."""

import time
from collections.abc import Iterable
from pathlib import Path

from corpus.records import Records
from corpus.register import Listed, file_hash
from ingestion.errors import UnreadableFile
from ingestion.reader import Reader

_HEAD = (
    "| file | pages | passages | tables | figures | commitments | seconds | said |\n|---|---|---|---|---|---|---|---|"
)


def gave(files: Iterable[Path]) -> str:
    """A section of a report, as Markdown: each file read afresh in a process of its own, and what came of it."""
    reader = Reader()
    try:
        rows = [_row(file, reader) for file in files]
    finally:
        reader.close()
    return "\n".join(["", "## What each file gave", "", _HEAD, *rows, ""])


def _row(file: Path, reader: Reader) -> str:
    started = time.monotonic()
    try:
        records = reader.read(Listed(file.name, file, None), file_hash(file))
    except UnreadableFile as problem:
        return f"| {file.name} | – | – | – | – | – | {time.monotonic() - started:.1f} | It {problem}. |"
    cells = (f"{n:,}" if n else "–" for n in _counts(records))
    said = " ".join(records.document.warnings) or "–"
    return f"| {file.name} | {' | '.join(cells)} | {time.monotonic() - started:.1f} | {said} |"


def _counts(records: Records) -> tuple[int, ...]:
    figures = len(records.figures) + sum(table.figures for table in records.blocks)
    document = records.document
    return len(document.pages), len(records.passages), records.tables, figures, len(records.commitments)
