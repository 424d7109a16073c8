"""One page of a PDF as a picture. It runs in a child of ``worker.py``: a file of the corpus is not to be trusted.

Nothing of a file is run: PDFium is built without scripts here, and a form is drawn with what stands in it.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pydantic import TypeAdapter
from pydantic.config import ConfigDict

from ingestion.errors import UnreadableFile

_WIDTH, _HEIGHT = 1500, 3000  # pixels at most: sharp in a panel beside the answer on a screen of double density
_QUALITY = 80


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it is shown: its size in points, and its picture (WebP)."""

    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    width: float
    height: float
    picture: bytes


PICTURE_OF_PAGE = TypeAdapter(PagePicture)


def draw_page(file: Path, page: int) -> PagePicture:
    """Draw a page (counted from 1). Raises UnreadableFile where the file has none of that number, or is no PDF."""
    try:
        document: Any = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableFile("cannot be drawn: it is damaged, or needs a password") from problem
    try:
        document.init_forms()
        if not 0 < page <= len(document):
            raise UnreadableFile(f"has no page {page}")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(_WIDTH / max(width, 1.0), _HEIGHT / max(height, 1.0))
        made = io.BytesIO()
        sheet.render(scale=scale).to_pil().convert("RGB").save(made, format="WEBP", quality=_QUALITY, method=2)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableFile(f"has a page {page} that cannot be drawn") from problem
    finally:
        document.close()
    return PagePicture(width, height, made.getvalue())
