"""Pages that are pictures, read by Tesseract when the machine has it: words with their boxes on the page.

Tesseract is a program of its own (https://tesseract-ocr.github.io); nothing is fetched for it here.
"""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2

from ingestion.pdf_print import UNREAD, Word

_DPI = 300
_LARGEST = 40_000_000  # pixels: an A2 page at 300 dpi
_LEAST_SURE = 40.0  # per cent: what Tesseract is less sure of is a smudge
_WORD = re.compile(r"\d|[A-Za-z]{2}")
_LONGEST = 120  # seconds a page


def can_ocr() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which("tesseract") is not None


def ocr_words(path: Path, page: int) -> list[Word]:
    """The words on a page (counted from 1), in points from its top left corner; none where nothing could be read."""
    try:
        picture, scale = _drawn(path, page)
    except pypdfium2.PdfiumError:
        return []
    command = ["tesseract", "-", "-", "-l", "eng", "--dpi", str(round(72 * scale)), "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=_LONGEST, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError):
        return []
    return _from_tsv(done.stdout.decode("utf-8", errors="replace"), scale)


def _drawn(path: Path, page: int) -> tuple[bytes, float]:
    """A page as a picture (PNG), and its pixels to the point. Raises PdfiumError where the page is broken."""
    document: Any = pypdfium2.PdfDocument(path)
    try:
        document.init_forms()
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(_DPI / 72, (_LARGEST / max(1.0, width * height)) ** 0.5)
        picture = io.BytesIO()
        sheet.render(scale=scale, grayscale=True).to_pil().save(picture, format="PNG")
    finally:
        document.close()
    return picture.getvalue(), scale


def _from_tsv(table: str, scale: float) -> list[Word]:
    """Words of Tesseract's table. Each takes the height and the baseline of its line, since letters differ in height.

    Inside a line that was read, a word that could not be stands as [?]: without it the sentence would say something else.
    """
    words: list[Word] = []
    line: list[dict[str, str]] = []
    place = (0.0, 0.0)
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "4":
            words += _of_line(line, place, scale)
            line = []
            place = (float(row["top"] or 0) / scale, (float(row["top"] or 0) + float(row["height"] or 0)) / scale)
        elif row["level"] == "5" and row["text"].strip():
            line.append(row)
    return [*words, *_of_line(line, place, scale)]


def _of_line(rows: list[dict[str, str]], place: tuple[float, float], scale: float) -> list[Word]:
    top, bottom = place
    sure = [float(row["conf"]) >= _LEAST_SURE for row in rows]
    read = 2 * sum(sure) > len(sure)
    words: list[Word] = []
    for row, is_sure in zip(rows, sure, strict=True):
        text = row["text"].strip()
        if not is_sure:
            if not read or not _WORD.search(text):
                continue  # a smudge
            text = UNREAD
        x, y, width, height = (float(row[k] or 0) / scale for k in ("left", "top", "width", "height"))
        shown = (x, y, x + width, y + height)
        words.append(Word(text, x, top, x + width, bottom, bottom, 0.8 * (bottom - top), False, shown))
    return words
