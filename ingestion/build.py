"""The corpus becomes a generation of the index: read what changed, embed what is new, verify, swap."""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from corpus.document import Document
from corpus.embedder import BASE_MODEL, DEFAULT_MODEL, embed_texts, fingerprint
from corpus.index import (
    IndexBusy,
    IndexUnusable,
    build_generation,
    building,
    built_with,
    check_model,
    current,
    is_building,
    serves,
    unwritable,
    usable,
)
from corpus.records import Records, from_json, to_json
from corpus.register import REGISTER, Entry, Listed, file_hash, read_register
from corpus.settings import ROOT, Settings
from corpus.statement import all_statements
from corpus.store import Store
from ingestion.add import NONE, At, Incoming, Named, by_hand, incoming, take_in
from ingestion.admit import check_file, check_name
from ingestion.errors import FileChanged, UnreadableFile
from ingestion.leaving import Replacing, announce, replaced, settle
from ingestion.reader import shared_reader

Progress = Callable[[str, int, int], None]

WAITING = "Waiting for another planchat that is building this index"


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
    incoming: dict[str, Incoming] = field(default_factory=dict)


def ensure_index(settings: Settings, progress: Progress = silent) -> IngestReport | None:
    """Build the index where it is missing, damaged or out of date; None where it is up to date.

    Raises RegisterError, ModelError or IndexUnusable with a sentence for the person. Where the index is out of date and
    another process is building it, IndexBusy: what was served before can be answered from in the meantime.
    """
    index = settings.index_folder
    _refuse_other_model(settings)
    plan = _plan(settings)
    name = _served_by(plan, settings, index)
    if name is not None and serves(index, name):
        return None
    if usable(index) and is_building(index):
        raise IndexBusy(
            "Another planchat is reading the corpus; until it is done, answers come from its earlier state."
        )
    return ingest(settings, progress)


def behind(error: IndexUnusable) -> str:
    """What to say where the index could not be brought up to date, and what was served before is served on."""
    return str(error) if isinstance(error, IndexBusy) else f"{error} Answers come from the state of the corpus before."


def unread(settings: Settings) -> dict[str, str]:
    """The files of the corpus that are not answered from as they are now, each with the sentence that says why.

    Raises RegisterError or IndexUnusable.
    """
    plan = _plan(settings)
    with _opened(settings.index_folder) as store:
        known, failures = store.states(), store.failures()
    why = dict(plan.errors)
    first: dict[str, str] = {}
    for path in (item.path for item in plan.listed if item.path not in plan.errors):
        state, sha256 = plan.states[path], plan.hashes[path]
        if (twin := first.get(sha256)) is not None:
            why[path] = f"{path} is the same file as {twin}, and is not read twice."
        elif known.get(path) == state:
            first[sha256] = path
        elif failures.get(path, ("", ""))[0] == state:
            why[path] = failures[path][1]
        else:
            why[path] = f"{path} has not been read yet: run 'planchat ingest'."
    return why


def ingest(settings: Settings, progress: Progress = silent, named: Sequence[Path | At] = ()) -> IngestReport:
    """Bring the index up to date with the corpus. One bad file never stops the others, nor changes what stood before.

    named: files and folders to take into the corpus; the report then tells of these alone.
    A corpus from which every file went is served as an empty one, so that nothing is answered from what is gone.
    Raises RegisterError, ModelError or IndexUnusable with a sentence for the person.
    """
    started = time.monotonic()
    index = settings.index_folder
    _refuse_other_model(settings)
    with building(index, lambda: progress(WAITING, 0, 0)), _opened(index) as store:
        with incoming(settings.corpus, named) if named else nullcontext(NONE) as taken:
            plan = _plan(settings, taken)
            for file in taken.files:
                store.forget_failure(file.path)  # whoever names a file wants it tried again
            records, reports = _read(plan, settings, store, progress)
            out = replaced(settings.corpus, read_register(settings.corpus))
            records = [r for r in records if r.document.path not in out]
            reports = [r for r in reports if r.path not in out]
        name = _name([r.document.path for r in records], store.states(), settings)
        if not serves(index, name):
            _embed_and_build(index, name, records, settings, store, progress)
        reports += _removed(records, reports, store)
        settle(settings.corpus)
    if named:
        paths = {path for file in taken.files for path in (file.path, file.instead_of)}
        reports = [r for r in reports if r.path in paths]
        reports += [FileReport(path, "failed", error=error) for path, error in taken.errors]
    return IngestReport(tuple(reports), time.monotonic() - started, current(index))


@contextmanager
def _opened(index: Path) -> Iterator[Store]:
    """The index's store. What SQLite and the disk say of it becomes a sentence for the person."""
    store: Store | None = None
    try:
        store = Store(index / "store.sqlite")
        yield store
    except (sqlite3.OperationalError, OSError) as error:
        raise unwritable(index, error) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusable(
            f"The store in {index} is damaged. Delete that folder and run 'planchat ingest'."
        ) from error
    finally:
        if store is not None:
            store.close()


def _refuse_other_model(settings: Settings) -> None:
    """Raise ModelError where the index was built with another model; one that shipped earlier is built anew instead."""
    built = built_with(settings.index_folder)
    shipped = (
        settings.embedding_model == DEFAULT_MODEL and built is not None and built[1] in (DEFAULT_MODEL, BASE_MODEL)
    )
    if built is not None and not shipped:
        check_model(*built, settings.embedding_model, settings.index_folder)


def _plan(settings: Settings, named: Named = NONE) -> _Plan:
    """Look at every file before it is opened, hash it, and hold it against the register."""
    listed_now = read_register(settings.corpus)
    out = replaced(settings.corpus, listed_now)
    plan = _Plan([item for item in listed_now if item.path not in out])
    for listed in plan.listed:
        try:
            _look(listed, settings.corpus, plan)
        except UnreadableFile as problem:
            plan.errors[listed.path] = f"{listed.path} {problem}."
    for file in named.files:
        _expect(file, settings.corpus, plan)
    return plan


def _look(listed: Listed, corpus: Path, plan: _Plan) -> None:
    """Note a file's hash and state; raises UnreadableFile where it must not be opened, or cannot be."""
    check_name(listed.entry.path if listed.entry else listed.file.relative_to(corpus).as_posix())
    if not os.path.lexists(listed.file):
        raise UnreadableFile("is in the register but not in the corpus folder")
    check_file(listed.file, corpus)
    try:
        found = file_hash(listed.file)
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror})") from error
    plan.hashes[listed.path] = found
    wanted = listed.entry.sha256 if listed.entry else None
    if wanted and wanted != found:
        raise UnreadableFile(
            f"is not the file that was registered: its SHA-256 is {found}, not {wanted}. If the new file is right, "
            f"'planchat ingest {listed.file}' registers it; if not, put the registered file back"
        )
    plan.states[listed.path] = _state(found, listed.entry)


def _expect(file: Incoming, corpus: Path, plan: _Plan) -> None:
    """Put a named file into the plan, unless it is in the corpus and registered as it is."""
    place = next((i for i, item in enumerate(plan.listed) if item.path == file.path), None)
    found = file_hash(file.waiting)
    if place is not None and plan.hashes.get(file.path) == found and file.path not in plan.errors:
        return
    listed = Listed(file.path, file.waiting, plan.listed[place].entry if place is not None else None)
    plan.errors.pop(file.path, None)
    plan.hashes[file.path] = found
    plan.states[file.path] = _state(found, listed.entry)
    plan.incoming[file.path] = file
    known = {sha256 for path, sha256 in plan.hashes.items() if path != file.path and path not in plan.errors}
    if place is not None:
        plan.listed[place] = listed
    else:
        plan.listed.append(listed)
        if found not in known and not (corpus / REGISTER).is_file():
            plan.listed.sort(key=lambda item: Path(item.path))


def _read(plan: _Plan, settings: Settings, store: Store, progress: Progress) -> tuple[list[Records], list[FileReport]]:
    """The records of every file that can be answered from, and what became of each file."""
    kept: list[Records] = []
    reports: list[FileReport] = []
    first: dict[str, str] = {}
    for done, listed in enumerate(plan.listed):
        progress(f"Reading {listed.path}", done, len(plan.listed))
        twin = first.get(plan.hashes.get(listed.path, ""))
        if twin is not None and listed.path not in plan.errors:
            warning = f"This is the same file as {twin}, and is not read twice."
            reports.append(FileReport(listed.path, "unchanged", warnings=(warning,)))
            continue
        status, error, said = _bring(listed, plan, settings, store)
        records = _stored(listed.path, store)
        if error is not None and records is not None and _lies_elsewhere(records, listed.path, plan):
            store.forget(listed.path)
            records = None
        if error is None:
            first.setdefault(plan.hashes[listed.path], listed.path)
        if records is None:
            reports.append(FileReport(listed.path, status, error=error))
            continue
        kept.append(records)
        reports.append(report_of(records, status, error, said))
    progress("Reading", len(plan.listed), len(plan.listed))
    return kept, reports


def _bring(listed: Listed, plan: _Plan, settings: Settings, store: Store) -> tuple[str, str | None, tuple[str, ...]]:
    """Read a file unless its records are there.

    Returns its status, the sentence that says why it could not be read, and what else there is to say of it.
    """
    path = listed.path
    if path in plan.errors:
        return "failed", plan.errors[path], _STILL_USED
    state, known = plan.states[path], store.states().get(path)
    if path not in plan.incoming:
        if known == state:
            return "unchanged", None, ()
        tried, why = store.failures().get(path, ("", ""))
        if tried == state:
            return "failed", why, _STILL_USED
    said: tuple[str, ...] = ()
    try:
        if path in plan.incoming:
            records, entry, said = _take_in(plan.incoming[path], plan.hashes[path], settings.corpus)
            state = _state(plan.hashes[path], entry)
        else:
            records = shared_reader().read(listed, plan.hashes[path])
            _check_unchanged(listed.file, plan.hashes[path])
        store.put(path, state, to_json(records))
    except UnreadableFile as problem:
        error = f"{path} {problem}."
        if path not in plan.incoming and not isinstance(problem, FileChanged):
            store.put_failure(path, state, error)
        return "failed", error, _STILL_USED
    return "updated" if known is not None or said else "added", None, said


_STILL_USED = ("The state that was read before is still used.",)


def _lies_elsewhere(records: Records, path: str, plan: _Plan) -> bool:
    """Whether a file's earlier content now stands under another name, from which it is read: it was renamed."""
    sha256 = records.document.sha256
    return any(p != path and plan.hashes[p] == sha256 and p not in plan.errors for p in plan.states)


def _check_unchanged(file: Path, sha256: str) -> None:
    """Raise FileChanged where a file is no longer what was hashed before it was read."""
    try:
        same = file_hash(file) == sha256
    except OSError:
        same = False
    if not same:
        raise FileChanged("was changed while it was read; run 'planchat ingest' again when it has been saved")


def _take_in(file: Incoming, sha256: str, corpus: Path) -> tuple[Records, Entry | None, tuple[str, ...]]:
    """Read a named file, put it into the corpus and its register; its records, its entry and what to say of it."""
    records = shared_reader().read(Listed(file.path, file.waiting, None), sha256)
    _check_unchanged(file.waiting, sha256)
    before = _replaced(file)
    try:
        if file.instead_of is not None:
            announce(corpus, Replacing(file.instead_of, file.path, sha256))
        entry = take_in(corpus, file, sha256, records.document, before)
    except OSError as error:
        raise UnreadableFile(f"could not be put into the corpus folder ({error.strerror})") from error
    kept = by_hand(entry, records.document)
    if kept:
        records = shared_reader().read(Listed(file.path, file.place, entry), sha256)
    if before is None:
        return records, entry, ()
    said = f"It replaces the file of the same name, “{before.title}”."
    if kept:
        said += f" Its entry in the register keeps what was written there by hand ({', '.join(kept)})."
    return records, entry, (said,)


def _replaced(file: Incoming) -> Document | None:
    """What the file that a named one will replace says of itself; None where there is none, or it cannot be read."""
    if not file.is_copied or not file.place.is_file():
        return None
    try:
        return shared_reader().read(Listed(file.path, file.place, None), file_hash(file.place)).document
    except UnreadableFile:
        return None


def _stored(path: str, store: Store) -> Records | None:
    """The records that were read from a file; those that an earlier planchat wrote in another shape are dropped."""
    data = store.records(path)
    try:
        return from_json(data) if data is not None else None
    except ValueError:
        store.forget(path)
        return None


def report_of(records: Records, status: str, error: str | None = None, warnings: tuple[str, ...] = ()) -> FileReport:
    """What was read in one file, with its status and what else there is to say of it."""
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


def _removed(records: Sequence[Records], reports: Sequence[FileReport], store: Store) -> list[FileReport]:
    """Forget the files that are no longer served; those that went are reported."""
    used, told = {r.document.path for r in records}, {r.path for r in reports}
    gone = [path for path in store.states() if path not in used]
    for path in gone:
        store.remove(path)
    return [FileReport(path, "removed") for path in gone if path not in told]


def _embed_and_build(
    index: Path, name: str, records: Sequence[Records], settings: Settings, store: Store, progress: Progress
) -> None:
    texts = [s.whole for s in all_statements(records)]
    model = fingerprint(settings.embedding_model)

    def embed(batch: list[str]) -> list[list[float]]:
        return embed_texts(settings.embedding_model, batch)

    vectors = store.vectors(texts, model, embed, lambda done, total: progress("Embedding statements", done, total))
    build_generation(
        index, name, records, vectors, settings.embedding_model, lambda done, total: progress("Building", done, total)
    )


def _served_by(plan: _Plan, settings: Settings, index: Path) -> str | None:
    """The id of the generation that a build now would give, or None where some file has yet to be read."""
    if not (index / "store.sqlite").is_file():
        return None
    with _opened(index) as store:
        known, failures = store.states(), store.failures()
    used: list[str] = []
    first: set[str] = set()
    for path in (item.path for item in plan.listed):
        state, found = plan.states.get(path), plan.hashes.get(path)
        if state is not None and found in first:
            continue  # the same file under another name
        if state is not None and known.get(path) == state:
            first.add(plan.hashes[path])
        elif state is not None and failures.get(path, ("", ""))[0] != state:
            return None
        if path in known:
            used.append(path)
    return _name(used, known, settings)


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


def _state(sha256: str, entry: Entry | None) -> str:
    """What a file's records depend on: its content, what the register says of it, and the code that reads."""
    return _digest(sha256, entry.model_dump_json() if entry else "", reader_version())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
