"""RTF: its words, paragraphs and tables, as striprtf gives them, read as plain text is.

Left out: words that the page does not show, which are counted.
"""

from dataclasses import replace
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.markdown import read_markdown
from ingestion.rich_text_unseen import without_unseen
from ingestion.unseen_words import left_out

_LARGEST = 50_000_000  # bytes


def read_rtf(path: Path) -> ReadText:
    """Read rich text into blocks; raises UnreadableFile with a sentence for the person who put it in."""
    if path.stat().st_size > _LARGEST:
        raise UnreadableFile(
            f"is larger than {_LARGEST // 1_000_000} MB, which is too large to be read; save it as DOCX"
        )
    source, unseen = without_unseen(path.read_bytes().decode("cp1252", "replace"))
    words = str(rtf_to_text(source, errors="replace"))
    if not words.strip():
        raise UnreadableFile("holds no text; what it shows may be pictures, which are not read yet")
    read = read_markdown(_set_apart(words), typed=True)
    return replace(read, warnings=(*read.warnings, *left_out(unseen)))


def _set_apart(words: str) -> str:
    """Each paragraph between blank lines, and the rows of a table, whose cells end in pipes, as one."""
    found: list[str] = []
    in_table = False
    for line in (line.strip() for line in words.splitlines()):
        row = line.endswith("|") and line.count("|") > 1
        if row:
            found.append(("" if in_table else "\n") + f"| {line}")
            if not in_table:
                found.append("|" + "---|" * line.count("|"))
        elif line:
            found.append(f"\n{line}")
        in_table = row or (in_table and not line)
    return "\n".join(found) + "\n"
