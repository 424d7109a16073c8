"""PDF: the file as a whole. Its own title, labels, form and encryption by pypdf; what is printed by the files beside this.

``pdf_sheets`` reads the pages as they are printed, ``pdf_layout`` puts lines and tables in reading order,
``pdf_paragraphs`` joins lines, and ``pdf_text`` sets the text anew, with the place of each word on its page.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.ocr import can_ocr
from ingestion.pdf_beside import beside_the_text
from ingestion.pdf_forms import XFA_ONLY, Field, filled_fields
from ingestion.pdf_layout import in_reading_order
from ingestion.pdf_sheets import read_sheets
from ingestion.pdf_text import Writer, is_name

# Their warnings are about fonts and broken cross-references; what matters is raised.
for _library in ("pypdf", "pdfminer", "pdfplumber"):
    logging.getLogger(_library).setLevel(logging.ERROR)


def read_pdf(path: Path, *, ocr: bool | None = None) -> ReadText:
    """Read a PDF into blocks; raises UnreadableFile with a sentence for the person who put it in.

    ocr: whether pages that are pictures are read by Tesseract; None where it is installed.
    """
    labels, named, fields, warnings = _looked_over(path)
    sheets, said = read_sheets(path, can_ocr() if ocr is None else ocr, fields)
    pages = in_reading_order(sheets)
    if any(p.label for p in pages):
        labels = tuple(p.label for p in pages)
    read = Writer(pages).read(labels, (*warnings, *said), named)
    if not read.text.strip():
        raise UnreadableFile("holds no text" + (f" ({said[0].rstrip('.')})" if said else ""))
    return read


def _looked_over(
    path: Path,
) -> tuple[tuple[str | None, ...], str | None, Mapping[int, Sequence[Field]], tuple[str, ...]]:
    """The file's own page labels and title, the filled fields of each page, and what is wrong with the file.

    Raises UnreadableFile for what is no PDF or needs a password.
    """
    with path.open("rb") as file:
        head = file.read(2048)
    if not head:
        raise UnreadableFile("is empty (0 bytes), so it is not a PDF that can be read; download or save it again")
    if b"%PDF" not in head:
        if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|\?xml|!--)", head, re.IGNORECASE):
            raise UnreadableFile("is not a PDF that can be read but a web page named .pdf; download the PDF itself")
        raise UnreadableFile("is not a PDF that can be read; its first bytes are those of another kind of file")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("is protected by a password; save a copy without one")
        labels = tuple(reader.page_labels) if "/PageLabels" in reader.root_object else ()
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        fields, beyond = filled_fields(reader)
        warnings = ((XFA_ONLY,) if beyond else ()) + beside_the_text(reader)
        return labels, title if is_name(title) else None, fields, warnings
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return (), None, {}, ("The file is damaged; what could be read of it was read.",)
