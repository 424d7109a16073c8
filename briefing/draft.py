"""A draft as it is read: the same readers and the same reading of figures as for sources, with the corpus's own places."""

from dataclasses import dataclass
from pathlib import Path

from corpus.figure import Figure
from corpus.index import Generation
from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.figures import read_figures
from ingestion.markdown import read_markdown
from ingestion.passages import Placed, passages
from ingestion.read import read_text

KINDS = (".docx", ".md", ".txt", ".pdf", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its name, its text, its passages and the figures in it; offsets count into ``text``."""

    name: str
    text: str
    placed: tuple[Placed, ...]
    figures: tuple[Figure, ...]


def read_draft(file: Path, generation: Generation) -> Draft:
    """Read a draft from a file. Raises UnreadableFile with a sentence for the person."""
    if not file.is_file():
        raise UnreadableFile(f"The draft {file} does not exist.")
    try:
        return _draft(file.name, read_text(file), generation)
    except UnreadableFile as error:
        raise UnreadableFile(f"The draft {file.name} {error}.") from error


def draft_of(text: str, generation: Generation, name: str = "draft") -> Draft:
    """A draft from its text, as it was typed or came from standard input."""
    return _draft(name, read_markdown(text), generation)


def _draft(name: str, read: ReadText, generation: Generation) -> Draft:
    placed = passages(name, read)
    figures = read_figures(name, read, placed, generation.gazetteer)
    return Draft(name, read.text, tuple(placed), tuple(figures))
