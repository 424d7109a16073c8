"""A draft as it is read: the same readers and the same reading of figures as for sources, with the corpus's own places."""

import atexit
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.figure import Figure
from corpus.index import Generation
from corpus.plain import plain_in_place
from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.figures import read_figures
from ingestion.limits import Limits
from ingestion.markdown import read_markdown
from ingestion.passages import Placed, passages
from ingestion.reader import Reader

KINDS = (".docx", ".md", ".txt", ".pdf", ".html", ".htm")
LIMITS = Limits(cpu=60, wall=120, pages=300)  # a draft is read while its writer waits


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its name, its text, its passages and the figures in it; offsets count into ``text``."""

    name: str
    text: str
    placed: tuple[Placed, ...]
    figures: tuple[Figure, ...]


def read_draft(file: Path, generation: Generation) -> Draft:
    """Read a draft from a file, in a process of its own with limits: a draft may come from anybody.

    Raises UnreadableFile with a sentence for the person.
    """
    if not file.is_file():
        raise UnreadableFile(f"The draft {file} does not exist.")
    try:
        return _draft(file.name, drafts_reader().read_text(file, LIMITS), generation)
    except UnreadableFile as error:
        raise UnreadableFile(f"The draft {file.name} {error}.") from error


def draft_of(text: str, generation: Generation, name: str = "draft") -> Draft:
    """A draft from its text, as it was typed or came from standard input."""
    return _draft(name, read_markdown(plain_in_place(text)), generation)


@lru_cache(maxsize=1)
def drafts_reader() -> Reader:
    """The process in which drafts are opened: not the one of the corpus's files, so that no draft waits for a build."""
    reader = Reader()
    atexit.register(reader.close)
    return reader


def _draft(name: str, read: ReadText, generation: Generation) -> Draft:
    placed = passages(name, read)
    figures = read_figures(name, read, placed, generation.gazetteer)
    return Draft(name, read.text, tuple(placed), tuple(figures))
