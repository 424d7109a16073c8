"""What a PDF holds beside the text of its pages, and is not read: files within it, and notes that people put on it."""

from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

_NOTES = frozenset({"/Text", "/FreeText"})


def beside_the_text(reader: PdfReader) -> tuple[str, ...]:
    """A sentence for the files that a PDF holds, and one for the pages that bear notes."""
    said = []
    files = sorted({str(file.name) for file in reader.attachment_list})
    if files:
        named = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        said.append(f"Files within the file were not read ({named}); save them and add them by themselves.")
    if noted := [number for number, page in enumerate(reader.pages, start=1) if _bears_notes(page)]:
        said.append(f"{pages_named(noted)}: notes that were put on the page afterwards were not read.")
    return tuple(said)


def _bears_notes(page: Any) -> bool:
    notes = page.get("/Annots")
    notes = notes.get_object() if notes is not None else ()
    found = (note.get_object() for note in notes or ())
    return any(isinstance(n, DictionaryObject) and n.get("/Subtype") in _NOTES and n.get("/Contents") for n in found)


def pages_named(numbers: Sequence[int]) -> str:
    """ "Page 3", "Pages 3, 4 and 7"."""
    if len(numbers) == 1:
        return f"Page {numbers[0]}"
    return f"Pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
