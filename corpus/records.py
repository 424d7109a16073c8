"""The records of one file, and how they are kept: JSON of the nouns, checked when it is read back."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from corpus.commitment import Commitment, Theme
from corpus.document import Document
from corpus.figure import Figure
from corpus.passage import Passage
from corpus.table import Table


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that was read from one document or table.

    blocks: the tables of a file of tables, whose figures stay in their cells. tables: how many there are.
    """

    document: Document
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = ()
    themes: tuple[Theme, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    tables: int = 0
    own_area: str | None = None
    places: tuple[str, ...] = ()
    blocks: tuple[Table, ...] = ()


_ADAPTER = TypeAdapter(Records)


def to_json(records: Records) -> bytes:
    """The records as JSON."""
    return _ADAPTER.dump_json(records)


def from_json(data: bytes) -> Records:
    """Records from JSON made by ``to_json``."""
    return _ADAPTER.validate_json(data)
