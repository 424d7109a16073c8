"""The index: one generation of records with their vectors, built whole, verified, and swapped in. Sole home of Chroma.

Chroma is neither crash-safe nor safe for two processes. So each generation is built in a new folder by one process
under a lock, verified by another process, and only then named in the pointer file ``CURRENT``. Readers keep the
generation that they opened until they open again. A generation that has lost something is told by its manifest and
built again from the store, in a folder of its own.
"""

import fcntl
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from corpus.areas import Area, Gazetteer, own_area
from corpus.commitment import Commitment, Theme
from corpus.document import Document
from corpus.embedder import ModelError, embedder, fingerprint
from corpus.figure import Figure
from corpus.passage import Passage
from corpus.records import Records, from_json, to_json
from corpus.register import file_hash
from corpus.statement import Statement, all_statements
from corpus.table import Table, figures_of

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_LOG = logging.getLogger(__name__)

POINTER = "CURRENT"
_STATEMENTS = "statements"
_MANIFEST = "manifest.json"
_RECORDS = "records.jsonl"
_VECTORS = "vectors.npy"
_BUILDING = ".building-"
_BATCH = 4000
_GRACE = 3600.0  # seconds for which a generation older than the one before is kept for those who still read it


class IndexUnusable(Exception):
    """An index that cannot be used; the message says what to do."""


class IndexBusy(IndexUnusable):
    """An index that is out of date while another process builds it."""


class Manifest(BaseModel):
    """What a generation is and what must be there of it.

    files: size in bytes of each file when the generation was built; a file may have grown since, never shrunk.
    """

    model_config = ConfigDict(frozen=True)

    generation: str
    embedding_model: str
    embedding_hash: str
    statements: int
    figures: int
    records_sha256: str
    files: dict[str, int]


@dataclass(frozen=True)
class Generation:
    """One state of the corpus, read-only: its records, its words and its vectors."""

    id: str
    folder: Path
    embedding_model: str
    records: tuple[Records, ...]
    area: str | None = None

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents and tables by path."""
        return {r.document.path: r.document for r in self.records}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the corpus's order."""
        return tuple(p for r in self.records for p in r.passages)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the corpus's order."""
        return tuple(all_statements(self.records))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in the corpus's order."""
        return tuple(f for r in self.records for f in r.figures)

    def figures_in(self, document: str) -> tuple[Figure, ...]:
        """The figures of one document, in its order; those of a table's cells are not among them."""
        return self._figures_of.get(document, ())

    @cached_property
    def _figures_of(self) -> dict[str, tuple[Figure, ...]]:
        return {r.document.path: r.figures for r in self.records}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables whose figures stay in their cells, in the corpus's order."""
        return tuple(t for r in self.records for t in r.blocks)

    def every_figure(self) -> Iterator[Figure]:
        """Every figure of the documents and of the tables' cells, in the corpus's order."""
        for r in self.records:
            yield from r.figures
            for table in r.blocks:
                yield from figures_of(table, r.document)

    def figures_with(self, words: str, area: str | None, document: str | None, most: int) -> list[Figure]:
        """Figures whose measure has all the words, of one area and one source where these are given; the first ``most``."""
        wanted = words.casefold().split()
        found: list[Figure] = []
        for r in self.records:
            if document not in (None, r.document.path):
                continue
            cells = (f for t in r.blocks for f in figures_of(t, r.document, wanted, area))
            for f in (*r.figures, *islice(cells, most)):
                named = all(w in f.measure.casefold() for w in wanted)
                if named and area in (None, f.area):
                    found.append(f)
            if len(found) >= most:
                break
        return found[:most]

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """All themes, in the corpus's order."""
        return tuple(t for r in self.records for t in r.themes)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """All commitments, in the corpus's order."""
        return tuple(c for r in self.records for c in r.commitments)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Every area that the corpus names, and its own: the one that was set, or the one its plans are about."""
        places = [name for r in self.records for name in (*r.places, *filter(None, [r.own_area]))]
        learned = Gazetteer(places)
        plans = [r for r in self.records if not r.document.is_table] or list(self.records)
        own = self.area or next((r.own_area for r in plans if r.own_area), None)
        titles, texts = [r.document.title for r in plans], [r.document.text for r in plans if not r.blocks]
        own = own or own_area(titles, texts, learned)
        return Gazetteer(places, own, [r.document.text for r in plans if not r.blocks], self._listed_places())

    def _listed_places(self) -> dict[str, str]:
        """The places that tables have rows or columns for, with their kind."""
        found: dict[str, str] = {}
        for table in self.tables:
            named = zip(table.rows.areas, table.rows.area_kinds, strict=False)
            for name, kind in (*named, *((c.area, c.area_kind) for c in table.columns)):
                if name and kind not in ("user defined area", "output area") and len(found) < 5000:
                    found.setdefault(name, kind or "place")
        return found

    @cached_property
    def own_areas(self) -> dict[str, Area]:
        """The area that each document is about, by path."""
        return {r.document.path: self.gazetteer.named(r.own_area) for r in self.records if r.own_area}

    @cached_property
    def is_of_one_area(self) -> bool:
        """Whether the documents are about one place, or the corpus is said to be: then no other needs to be named."""
        return self.area is not None or len({a.key for a in self.own_areas.values()}) <= 1

    @property
    def own_area(self) -> Area | None:
        """The area that a question means when it names none."""
        return self.gazetteer.own

    @cached_property
    def chroma(self) -> "Chroma":
        """The statements' vectors as a LangChain vector store."""
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from langchain_chroma import Chroma

        settings = ChromaSettings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(path=str(self.folder / "chroma"), settings=settings)
        return Chroma(client=client, collection_name=_STATEMENTS, embedding_function=embedder(self.embedding_model))

    def nearest(self, text: str, k: int) -> list[tuple[str, float]]:
        """Ids of the statements nearest in meaning with their cosine similarity (1 is the same), best first."""
        from chromadb.errors import ChromaError

        if not self.statements:
            return []
        try:
            found = self.chroma.similarity_search_with_score(text, k=min(k, len(self.statements)))
        except (ChromaError, OSError, ValueError, AttributeError) as error:
            # The last two are what a client of Chroma's that could not open once makes of it when it is asked again.
            _LOG.warning("Chroma cannot open %s (%s): its vectors are compared one by one.", self.folder, error)
            return self._nearest_by_hand(text, k)
        # Chroma gives squared distance of unit vectors or cosine distance; this index is built with cosine.
        return [(str(doc.metadata["id"]), 1.0 - distance) for doc, distance in found]

    def _nearest_by_hand(self, text: str, k: int) -> list[tuple[str, float]]:
        """The nearest statements without Chroma, which writes when it opens and cannot do so on a disk that is full."""
        try:
            vectors = np.load(self.folder / _VECTORS, mmap_mode="r")
            similar = vectors @ np.asarray(embedder(self.embedding_model).embed_query(text), dtype=np.float32)
        except (OSError, ValueError) as error:
            raise IndexUnusable(
                f"The vectors of the index in {self.folder.parent.parent} cannot be read. "
                "Delete that folder and run 'planchat ingest'."
            ) from error
        return [(self.statements[int(i)].id, float(similar[i])) for i in np.argsort(-similar)[:k]]


def current(index: Path) -> str | None:
    """The name of the generation that is served, or None where nothing has been built."""
    pointer = index / POINTER
    return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else None


def open_generation(index: Path, embedding_model: str, area: str | None = None) -> Generation:
    """Open the generation that is served.

    Raises IndexUnusable when there is none or something of it is missing, and ModelError when it was built with
    another embedding model.
    """
    name = current(index)
    if name is None:
        raise IndexUnusable(f"There is no index in {index}. Run 'planchat ingest' to build it.")
    folder = index / "generations" / name
    try:
        manifest = _whole(folder)
        with (folder / _RECORDS).open("rb") as file:
            records = tuple(from_json(line) for line in file)
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"The index in {index} is damaged. Run 'planchat ingest' to build it again.") from error
    check_model(manifest.embedding_hash, manifest.embedding_model, embedding_model, index)
    return Generation(manifest.generation, folder, embedding_model, records, area)


def _manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises OSError or ValueError where there is none that can be used."""
    return Manifest.model_validate_json((folder / _MANIFEST).read_bytes())


def _whole(folder: Path) -> Manifest:
    """The manifest of a generation of which nothing is missing; raises OSError or ValueError where something is."""
    manifest = _manifest(folder)
    for name, size in manifest.files.items():
        if (folder / name).stat().st_size < size:
            raise ValueError(f"{name} was cut short")
    if file_hash(folder / _RECORDS) != manifest.records_sha256:
        raise ValueError(f"{_RECORDS} was changed")
    return manifest


def serves(index: Path, generation: str) -> bool:
    """Whether this state of the corpus is the one that is served, with nothing of it missing."""
    name = current(index)
    try:
        return name is not None and _whole(index / "generations" / name).generation == generation
    except (OSError, ValueError):
        return False


def check_model(built_hash: str, built_name: str, name: str, index: Path) -> None:
    """Raise ModelError unless the index was built with this model."""
    if built_hash != fingerprint(name):
        raise ModelError(
            f"The index in {index} was built with the embedding model '{built_name}', not with '{name}'. "
            f"Set PLANCHAT_EMBEDDING_MODEL to '{built_name}', or use another folder with --index."
        )


def built_with(index: Path) -> tuple[str, str] | None:
    """Hash and name of the embedding model of the generation that is served; None where none is, or it is damaged."""
    name = current(index)
    if name is None:
        return None
    try:
        manifest = _manifest(index / "generations" / name)
    except (OSError, ValueError):
        return None
    return manifest.embedding_hash, manifest.embedding_model


def usable(index: Path) -> bool:
    """Whether a generation is served, with nothing of it missing, whatever state of the corpus it is."""
    name = current(index)
    try:
        return name is not None and bool(_whole(index / "generations" / name))
    except (OSError, ValueError):
        return False


def unwritable(index: Path, error: Exception) -> IndexUnusable:
    """What the disk or SQLite said of an index, as a sentence for the person."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return IndexUnusable(
        f"The index in {index} cannot be written ({_plain(said)}). "
        "Make room on the disk or choose another folder with --index, then run 'planchat ingest'."
    )


def _plain(said: str) -> str:
    """What a library said, without the names of its errors and their numbers."""
    return re.sub(r"^(?:[\w.]*Error: )?(?:error returned from database: )?(?:\(code: \d+\) )?", "", said)


@contextmanager
def building(index: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the index's lock: one builder at a time, others wait. The lock goes when its process goes.

    waiting: called once where another builder is at work. What an earlier one left behind when it was killed is removed.
    Raises IndexUnusable where the folder cannot be written.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        file = (index / "LOCK").open("w")
    except OSError as error:
        raise unwritable(index, error) from error
    with file:
        if not _locked(file):
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        for left in index.glob(f"generations/{_BUILDING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def is_building(index: Path) -> bool:
    """Whether a process is building the index now."""
    try:
        with (index / "LOCK").open("r") as file:
            return not _locked(file, fcntl.LOCK_SH)
    except OSError:
        return False


def _locked(file: IO[str], how: int = fcntl.LOCK_EX) -> bool:
    """Take the lock where no other process has it."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def build_generation(
    index: Path,
    name: str,
    records: Sequence[Records],
    vectors: np.ndarray,
    embedding_model: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Build a generation in a new folder, verify it in another process, and make it the one that is served.

    vectors: one row for each statement of ``records``, in their order. Raises IndexUnusable when verification fails;
    the generation that was served before is served on.
    """
    generations = index / "generations"
    # A new name each time: a client of Chroma's that could not write keeps the name of its folder for broken.
    folder = generations / f"{_BUILDING}{os.getpid()}-{time.monotonic_ns()}"
    try:
        folder.mkdir(parents=True)
        _make(folder, name, records, vectors, embedding_model, progress)
        before = current(index)
        target = _free(generations, name, before)
        folder.rename(target)
        _sync_folder(generations)
        _point(index, target.name)
    except OSError as error:
        raise unwritable(index, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _clear(generations, {target.name, before})


def _make(
    folder: Path,
    name: str,
    records: Sequence[Records],
    vectors: np.ndarray,
    embedding_model: str,
    progress: Callable[[int, int], None],
) -> None:
    """Write a generation into an empty folder, verify it there, and see it onto the disk."""
    with (folder / _RECORDS).open("wb") as file:
        file.writelines(to_json(r) + b"\n" for r in records)
    statements = list(all_statements(records))
    manifest = Manifest(
        generation=name,
        embedding_model=embedding_model,
        embedding_hash=fingerprint(embedding_model),
        statements=len(statements),
        figures=sum(len(r.figures) + sum(b.figures for b in r.blocks) for r in records),
        records_sha256=file_hash(folder / _RECORDS),
        files={},
    )
    _write(folder, manifest)
    np.save(folder / _VECTORS, vectors)
    _fill(folder / "chroma", statements, vectors, progress)
    _verify_elsewhere(folder)
    _write(folder, manifest.model_copy(update={"files": _sizes(folder)}))
    _sync(folder)


def _write(folder: Path, manifest: Manifest) -> None:
    (folder / _MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")


def _sizes(folder: Path) -> dict[str, int]:
    """The files of a generation that a reader needs; SQLite's passing ones are not among them."""
    passing = ("-wal", "-shm", "-journal")
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.endswith((*passing, _MANIFEST))]
    return {p.relative_to(folder).as_posix(): p.stat().st_size for p in files}


def _free(generations: Path, name: str, before: str | None) -> Path:
    """A folder that holds no generation and is not the served one's, even if that is gone: Chroma keeps what it opened
    by path, and readers notice a new generation by its name.
    """
    target, number = generations / name, 2
    while target.exists() or target.name == before:
        target, number = generations / f"{name}-{number}", number + 1
    return target


def _clear(generations: Path, kept: set[str | None]) -> None:
    """Remove old generations. The one before stays until the next build; those before it, an hour for late readers.

    The time of a folder is when its generation was superseded.
    """
    now = time.time()
    for old in generations.iterdir():
        if old.name in kept:
            os.utime(old)
        elif old.is_dir() and old.stat().st_mtime < now - _GRACE:
            shutil.rmtree(old, ignore_errors=True)


def _point(index: Path, name: str) -> None:
    """Name the generation that is served: written beside, synced, and put in place in one step."""
    beside = index / f"{POINTER}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(index / POINTER)
    _sync_folder(index)


def _fill(
    folder: Path, statements: Sequence[Statement], vectors: np.ndarray, progress: Callable[[int, int], None]
) -> None:
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from chromadb.errors import ChromaError

    try:
        client: Any = chromadb.PersistentClient(path=str(folder), settings=ChromaSettings(anonymized_telemetry=False))
        collection = client.get_or_create_collection(_STATEMENTS, metadata={"hnsw:space": "cosine"})
        for begin in range(0, len(statements), _BATCH):
            part = statements[begin : begin + _BATCH]
            collection.upsert(
                ids=[s.id for s in part],
                embeddings=vectors[begin : begin + len(part)],
                documents=[s.whole for s in part],
                metadatas=[{"id": s.id, "document": s.location.document, "kind": s.kind} for s in part],
            )
            progress(begin + len(part), len(statements))
        client.close()
    except ChromaError as error:
        raise OSError(str(error)) from error


def _verify_elsewhere(folder: Path) -> None:
    """Open the new generation in a process of its own, as a reader will."""
    command = [sys.executable, "-m", "corpus.index", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=False)
    if result.returncode != 0:
        said = (result.stderr.strip().splitlines() or ["it did not open"])[-1]
        raise IndexUnusable(
            f"The new index failed its check ({_plain(said)}); the earlier one is still served. Run 'planchat ingest' again."
        )


def verify(folder: Path) -> None:
    """Raise IndexUnusable unless all statements are there and a sample of them is found by its own vectors."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    manifest = _manifest(folder)
    settings = ChromaSettings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(path=str(folder / "chroma"), settings=settings)
    collection = client.get_collection(_STATEMENTS)
    if collection.count() != manifest.statements:
        raise IndexUnusable(f"{collection.count()} of {manifest.statements} statements are in it")
    sample: Any = collection.get(limit=200, include=["embeddings"])
    if not sample["ids"]:
        return
    found = collection.query(query_embeddings=sample["embeddings"], n_results=min(3, manifest.statements))
    for i, wanted in enumerate(sample["ids"]):
        distances = found["distances"]
        if wanted not in found["ids"][i] and (distances is None or distances[i][0] > 1e-4):
            raise IndexUnusable("a statement is not found by its own vector")


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """What a folder holds is on the disk only when the folder is, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


if __name__ == "__main__":
    verify(Path(sys.argv[1]))
