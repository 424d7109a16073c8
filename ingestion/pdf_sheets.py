"""The pages of a PDF as they are printed: those that are pictures read by OCR, and what is to be said of the others."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.utils.exceptions import PdfminerException

from ingestion.english import is_english
from ingestion.errors import UnreadableFile
from ingestion.ocr import ocr_words
from ingestion.pdf_beside import pages_named
from ingestion.pdf_forms import Field
from ingestion.pdf_print import MARGIN, Sheet, Word, read_sheet
from ingestion.pdf_shown import Drawn

_FEW_LETTERS = 25  # a page with fewer is a picture where most of it is one
_MOST_READ_BY_OCR = 60
_COMMON = frozenset("etaoinsrhldyw")  # in English and in Welsh, three letters of four and more
_LEAST_COMMON = 0.45
_LEAST_WORDS = 0.1


def read_sheets(path: Path, ocr: bool, fields: Mapping[int, Sequence[Field]]) -> tuple[list[Sheet], list[str]]:
    """Every page, and what has to be said of those that could not be read as they are."""
    sheets: list[Sheet] = []
    broken: list[int] = []
    pictures: list[int] = []
    empty: list[int] = []
    read_by_ocr: list[int] = []
    garbled: list[int] = []
    cut_short = False
    try:
        with _opened(path) as pdf, Drawn(path) as drawn:
            for page in pdf.pages:
                try:
                    sheet = read_sheet(page, fields.get(page.page_number, ()), drawn)
                except Exception:  # whatever the library makes of a broken page: the others are still read
                    broken.append(page.page_number)
                    sheet = Sheet(page.page_number, 595, 842, [], [], [])
                page.close()
                letters = sum(len(w.text) for w in sheet.words)
                bare = (letters < _FEW_LETTERS and sheet.pictures > 0.3) or sheet.unknown > max(letters, _FEW_LETTERS)
                bare = bare or (letters > 2 * _FEW_LETTERS and _is_garbled(sheet))
                if bare or _is_picture_in_a_frame(sheet):
                    able = ocr and len(read_by_ocr) < _MOST_READ_BY_OCR
                    words = ocr_words(path, page.page_number) if able else []
                    if not bare and able and not _says_more(words, sheet):
                        pass  # a photograph, which has nothing to say but its page's head and foot
                    elif words:
                        read_by_ocr.append(page.page_number)
                        width, height = sheet.size
                        sheet = Sheet(page.page_number, width, height, words, [], [], size=sheet.size, recognised=True)
                    elif letters > 2 * _FEW_LETTERS and _is_garbled(sheet):
                        garbled.append(page.page_number)
                        sheet = Sheet(page.page_number, *sheet.size, [], [], [], size=sheet.size)
                    else:
                        pictures.append(page.page_number)
                elif not letters and page.page_number not in broken:
                    empty.append(page.page_number)
                sheets.append(sheet)
    except UnreadableFile:
        raise
    except Exception as error:  # damage that the library meets before it comes to a page
        if not sheets:
            raise UnreadableFile(
                "is not a PDF that can be read: it is damaged or cut short; download it again"
            ) from error
        cut_short = True
    if not sheets:
        raise UnreadableFile("is not a PDF that can be read: it is damaged or cut short, and no page is left in it")
    said = []
    if cut_short:
        said.append(f"The file is damaged behind page {len(sheets)}; what follows could not be read.")
    if read_by_ocr:
        verb = "was" if len(read_by_ocr) == 1 else "were"
        said.append(f"{pages_named(read_by_ocr)} {verb} read by OCR; check figures against the page.")
    if pictures:
        verb = "is a picture" if len(pictures) == 1 else "are pictures"
        why = "and nothing could be read from it" if ocr else "which is not read: install Tesseract to read it by OCR"
        said.append(f"{pages_named(pictures)} {verb}, {why}.")
    if garbled:
        said.append(
            f"{pages_named(garbled)}: the file does not say which letters stand there, and they could not be read."
        )
    if doubtful := [sheet.number for sheet in sheets if sheet.doubtful]:
        said.append(f"{pages_named(doubtful)}: numbers beside a sign that the file does not name were not read ([?]).")
    if hidden := [sheet.number for sheet in sheets if sheet.hidden > 2]:
        said.append(f"{pages_named(hidden)}: words that the file holds but does not show there were left out.")
    if broken:
        said.append(f"{pages_named(broken)} could not be read.")
    if empty and len(empty) < len(sheets):
        said.append(f"No text on {pages_named(empty)[0].lower()}{pages_named(empty)[1:]}.")
    if len(empty) == len(sheets):
        raise UnreadableFile("holds no text: its pages are pictures or drawings")
    if len(pictures) + len(broken) + len(empty) + len(garbled) == len(sheets):
        raise UnreadableFile(f"holds no text: {' '.join(said).rstrip('.')}")
    return sheets, said


def _is_picture_in_a_frame(sheet: Sheet) -> bool:
    """Whether a picture covers most of a page, and its only words are a running head and foot: a cover, a scanned page."""
    near_edge = (w.bottom < MARGIN * sheet.height or w.top > (1 - MARGIN) * sheet.height for w in sheet.words)
    return sheet.pictures > 0.5 and bool(sheet.words) and all(near_edge)


def _is_garbled(sheet: Sheet) -> bool:
    """Whether a page's letters are not those that it shows, as where a font has no table of them.

    They are no language's mixture then, and hardly a word of them is one.
    """
    letters = [c for w in sheet.words for c in w.text.lower() if c.isalpha()]
    if len(letters) <= _FEW_LETTERS or sum(c in _COMMON for c in letters) >= _LEAST_COMMON * len(letters):
        return False
    words = [w.text.lower().strip(".,;:()") for w in sheet.words if len(w.text) > 2]
    return sum(is_english(w) for w in words) < _LEAST_WORDS * len(words)


def _says_more(words: Sequence[Word], sheet: Sheet) -> bool:
    """Whether what was recognised on a page are words, and more of them than its text layer has."""
    return _letters_in(words) > _letters_in(sheet.words) + _FEW_LETTERS


def _letters_in(words: Sequence[Word]) -> int:
    """Letters of what look like words: a photograph's smudges are read as one or two."""
    return sum(len(w.text) for w in words if re.match(r"[A-Za-z]{3}|\W*[\d£]", w.text))


def _opened(path: Path) -> Any:
    """The file as pdfplumber opens it; one whose directory is damaged is first put in order by pdfium."""
    try:
        return pdfplumber.open(path, password="")
    except PdfminerException:
        mended = io.BytesIO()
        document: Any = pypdfium2.PdfDocument(path)
        try:
            document.save(mended)
        finally:
            document.close()
        return pdfplumber.open(mended, password="")
