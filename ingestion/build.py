"""The corpus becomes a generation of the index: read what changed, embed what is new, verify, swap."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from corpus.embedder import embedder, fingerprint
from corpus.index import (
    IndexUnusable,
    build_generation,
    building,
    built_with,
    check_model,
    current,
    passage_text,
    serves,
)
from corpus.records import Records, from_json, to_json
from corpus.register import Listed, file_hash, read_register
from corpus.settings import ROOT, Settings
from corpus.store import Store
from ingestion.errors import UnreadableFile
from ingestion.read import read_file

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """A progress display that shows nothing."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; ``status`` is added, updated, unchanged, removed or failed."""

    path: str
    status: str
    pages: int = 0
    passages: int = 0
    tables: int = 0
    figures: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file, the generation that is served now, and how long it took."""

    documents: tuple[FileReport, ...]
    seconds: float
    generation: str | None = None

    @property
    def failed(self) -> bool:
        """Whether some file failed (the rest was done)."""
        return any(d.status == "failed" for d in self.documents)


@dataclass(slots=True)
class _Plan:
    """What a build has to do: each file's state, and the files whose records can be used as they are."""

    listed: list[Listed]
    states: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def ensure_index(settings: Settings, progress: Progress = silent) -> IngestReport | None:
    """Build the index where it is missing, damaged or out of date; None where it is up to date.

    Raises RegisterError, ModelError or IndexUnusable with a sentence for the person.
    """
    index = settings.index_folder
    _refuse_other_model(settings)
    plan = _plan(settings)
    name = _served_by(plan, settings, index)
    if name is not None and serves(index, name):
        return None
    return ingest(settings, progress=progress)


def ingest(settings: Settings, progress: Progress = silent) -> IngestReport:
    """Bring the index up to date with the corpus. One bad file never stops the others, nor changes what stood before.

    A corpus from which every file went is served as an empty one, so that nothing is answered from what is gone.
    """
    started = time.monotonic()
    index = settings.index_folder
    _refuse_other_model(settings)
    with building(index), _opened(index) as store:
        plan = _plan(settings)
        records, reports = _read(plan, store, progress)
        name = _name([r.document.path for r in records], store.states(), settings)
        if not serves(index, name):
            _embed_and_build(index, name, records, settings, store, progress)
        reports += _removed(plan, store)
    return IngestReport(tuple(reports), time.monotonic() - started, current(index))


@contextmanager
def _opened(index: Path) -> Iterator[Store]:
    """The index's store. What SQLite says of it becomes a sentence for the person."""
    store: Store | None = None
    try:
        store = Store(index / "store.sqlite")
        yield store
    except sqlite3.OperationalError as error:
        raise IndexUnusable(
            f"The index in {index} cannot be written ({error}). "
            "Make room on the disk or choose another folder with --index, then run 'planchat ingest'."
        ) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusable(
            f"The store in {index} is damaged. Delete that folder and run 'planchat ingest'."
        ) from error
    finally:
        if store is not None:
            store.close()


def _refuse_other_model(settings: Settings) -> None:
    built = built_with(settings.index_folder)
    if built is not None:
        check_model(*built, settings.embedding_model, settings.index_folder)


def _plan(settings: Settings) -> _Plan:
    """Hash every file, and hold it against the register."""
    plan = _Plan(read_register(settings.corpus))
    for listed in plan.listed:
        if not listed.file.is_file():
            plan.errors[listed.path] = f"{listed.path} is in the register but not in the corpus folder."
            continue
        found = file_hash(listed.file)
        plan.hashes[listed.path] = found
        wanted = listed.entry.sha256 if listed.entry else None
        if wanted and wanted != found:
            plan.errors[listed.path] = (
                f"{listed.path} is not the file that was registered: its SHA-256 is {found}, not {wanted}. "
                "Put the registered file back, or correct the register if the new file is right."
            )
            continue
        described = listed.entry.model_dump_json() if listed.entry else ""
        plan.states[listed.path] = _digest(found, described, reader_version())
    return plan


def _read(plan: _Plan, store: Store, progress: Progress) -> tuple[list[Records], list[FileReport]]:
    known, failures = store.states(), store.failures()
    kept: list[Records] = []
    reports: list[FileReport] = []
    for done, listed in enumerate(plan.listed):
        progress(f"Reading {listed.path}", done, len(plan.listed))
        path = listed.path
        error = plan.errors.get(path)
        status = "unchanged"
        warnings: tuple[str, ...] = ()
        if error is None and failures.get(path, ("", ""))[0] == plan.states[path]:
            error = failures[path][1]
        if error is None and known.get(path) != plan.states[path]:
            status = "updated" if path in known else "added"
            try:
                store.put(path, plan.states[path], to_json(read_file(listed, plan.hashes[path])))
            except UnreadableFile as problem:
                error = f"{path} {problem}."
            except sqlite3.Error:
                raise
            except Exception as problem:  # whatever a library makes of a broken file: the others are still read
                error = f"{path} could not be read ({type(problem).__name__}: {' '.join(str(problem).split())})."
            if error is not None:
                store.put_failure(path, plan.states[path], error)
        records = _stored(path, store)
        if error is not None:
            if records is not None:
                warnings = ("The state that was read before is still used.",)
            status = "failed"
        if records is not None:
            kept.append(records)
            reports.append(_report(records, status, error, warnings))
        else:
            reports.append(FileReport(path, status, error=error))
    progress("Reading", len(plan.listed), len(plan.listed))
    return kept, reports


def _stored(path: str, store: Store) -> Records | None:
    """The records that were read from a file; those that an earlier planchat wrote in another shape are dropped."""
    data = store.records(path)
    try:
        return from_json(data) if data is not None else None
    except ValueError:
        store.forget(path)
        return None


def _report(records: Records, status: str, error: str | None, warnings: tuple[str, ...]) -> FileReport:
    document = records.document
    return FileReport(
        document.path,
        status,
        len(document.pages),
        len(records.passages),
        records.tables,
        len(records.figures) + sum(b.figures for b in records.blocks),
        (*document.warnings, *warnings),
        error,
    )


def _removed(plan: _Plan, store: Store) -> list[FileReport]:
    listed = {item.path for item in plan.listed}
    gone = [path for path in store.states() if path not in listed]
    for path in gone:
        store.remove(path)
    return [FileReport(path, "removed") for path in gone]


def _embed_and_build(
    index: Path, name: str, records: Sequence[Records], settings: Settings, store: Store, progress: Progress
) -> None:
    texts = [passage_text(p) for r in records for p in r.passages]
    model = fingerprint(settings.embedding_model)

    def embed(batch: list[str]) -> list[list[float]]:
        return embedder(settings.embedding_model).embed_documents(batch)

    vectors = store.vectors(texts, model, embed, lambda done, total: progress("Embedding passages", done, total))
    build_generation(
        index, name, records, vectors, settings.embedding_model, lambda done, total: progress("Building", done, total)
    )


def _served_by(plan: _Plan, settings: Settings, index: Path) -> str | None:
    """The id of the generation that a build now would give, or None where some file has yet to be read."""
    if not (index / "store.sqlite").is_file():
        return None
    with _opened(index) as store:
        known, failures = store.states(), store.failures()
    for path, state in plan.states.items():
        if known.get(path) != state and failures.get(path, ("", ""))[0] != state:
            return None
    return _name([item.path for item in plan.listed if item.path in known], known, settings)


def _name(paths: Sequence[str], states: dict[str, str], settings: Settings) -> str:
    """A generation's id: from the states of its files and the model, never from the time."""
    used = sorted((path, states[path]) for path in paths)
    return _digest(json.dumps(used), fingerprint(settings.embedding_model))[:16]


@lru_cache(maxsize=1)
def reader_version() -> str:
    """A hash of the code that reads files, so that records never outlive the reader that made them."""
    digest = hashlib.sha256()
    for folder in ("corpus", "ingestion"):
        for path in sorted((ROOT / folder).glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    digest.update((ROOT / "corpus" / "reference" / "areas.csv").read_bytes())
    return digest.hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
