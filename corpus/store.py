"""What was read and embedded, in SQLite: safe against kills, and the reason why unchanged files cost only a hash.

Chroma's files are built from here and can be thrown away; this store cannot lose a committed row.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

_SCHEMA = """
create table if not exists files (path text primary key, state text not null, records blob not null);
create table if not exists failures (path text primary key, state text not null, error text not null);
create table if not exists vectors (text text not null, model text not null, vector blob not null,
                                    primary key (text, model)) without rowid;
"""


class Store:
    """Records by file and vectors by text. One writer at a time (the builder holds the index's lock)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.executescript("pragma journal_mode = wal; pragma synchronous = full;" + _SCHEMA)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def states(self) -> dict[str, str]:
        """For each known file, the state (hash of file, register entry and reader) that its records were read from."""
        return dict(self._db.execute("select path, state from files"))

    def records(self, path: str) -> bytes | None:
        """The records of a file as JSON; None where there are none."""
        row = self._db.execute("select records from files where path = ?", (path,)).fetchone()
        return row[0] if row else None

    def put(self, path: str, state: str, records: bytes) -> None:
        """Replace exactly one file's records."""
        with self._db:
            self._db.execute("insert or replace into files values (?, ?, ?)", (path, state, records))
            self._db.execute("delete from failures where path = ?", (path,))

    def failures(self) -> dict[str, tuple[str, str]]:
        """For each file that could not be read, the state that was tried and the sentence that said why."""
        return {path: (state, error) for path, state, error in self._db.execute("select * from failures")}

    def put_failure(self, path: str, state: str, error: str) -> None:
        """Remember that a file in this state cannot be read, so that it is not tried at every question."""
        with self._db:
            self._db.execute("insert or replace into failures values (?, ?, ?)", (path, state, error))

    def forget_failure(self, path: str) -> None:
        """Forget that a file could not be read, so that it is tried again."""
        with self._db:
            self._db.execute("delete from failures where path = ?", (path,))

    def forget(self, path: str) -> None:
        """Drop a file's records; what is known of its failure stays."""
        with self._db:
            self._db.execute("delete from files where path = ?", (path,))

    def remove(self, path: str) -> None:
        """Forget a file that has gone."""
        with self._db:
            self._db.execute("delete from files where path = ?", (path,))
            self._db.execute("delete from failures where path = ?", (path,))

    def vectors(
        self,
        texts: Sequence[str],
        model: str,
        embed: Callable[[list[str]], list[list[float]]],
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> np.ndarray:
        """One unit vector a text, shape (texts, dimensions), float32; each distinct text is embedded once, ever."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known: dict[str, bytes] = {}
        for begin in range(0, len(keys), 500):
            part = keys[begin : begin + 500]
            marks = ",".join("?" * len(part))
            query = f"select text, vector from vectors where model = ? and text in ({marks})"
            known.update(self._db.execute(query, (model, *part)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        todo = sorted(missing.items(), key=lambda item: len(item[1]))
        for begin in range(0, len(todo), 64):
            batch = todo[begin : begin + 64]
            made = np.asarray(embed([text for _, text in batch]), dtype=np.float32)
            rows = [(key, model, made[i].tobytes()) for i, (key, _) in enumerate(batch)]
            with self._db:
                self._db.executemany("insert or ignore into vectors values (?, ?, ?)", rows)
            known.update({key: vector for key, _, vector in rows})
            progress(min(begin + 64, len(todo)), len(todo))
        if not keys:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys])
