"""RTF: its words, paragraphs and tables, as striprtf gives them, read as plain text is."""

from pathlib import Path

from striprtf.striprtf import rtf_to_text

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.markdown import read_markdown

_LARGEST = 50_000_000  # bytes


def read_rtf(path: Path) -> ReadText:
    """Read rich text into blocks; raises UnreadableFile with a sentence for the person who put it in."""
    if path.stat().st_size > _LARGEST:
        raise UnreadableFile(
            f"is larger than {_LARGEST // 1_000_000} MB, which is too large to be read; save it as DOCX"
        )
    words = str(rtf_to_text(path.read_bytes().decode("cp1252", "replace"), errors="replace"))
    if not words.strip():
        raise UnreadableFile("holds no text; what it shows may be pictures, which are not read yet")
    return read_markdown(_set_apart(words), typed=True)


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
