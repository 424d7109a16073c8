"""What of a PDF's page is to be seen: the part of it that is shown, and whether anything shows where words are said to stand.

A file may hold words that nobody sees: white on white, in a layer that is switched off, beneath a drawing, or set to be
invisible. What a reader of the page cannot see is no source. A page is drawn by pdfium, and looked at.
"""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

import pypdfium2
from PIL import Image

Box = tuple[float, float, float, float]

_LEAST = 6  # of 255: paler than this nobody sees it
_MOSTLY_PICTURE = 0.5  # of the page: words beneath a picture may be its own, as they are in scans
_ALIKE = 2.0  # points in which the page's size may differ from what is drawn
_LARGEST = 4_000_000  # pixels: a page of more is drawn smaller


class Drawn:
    """A file as pdfium draws it; where it cannot, nothing is known of what is seen."""

    def __init__(self, path: Any) -> None:
        self._document: Any = None
        try:
            self._document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            return

    def __enter__(self) -> "Drawn":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._document is not None:
            self._document.close()

    def page(self, number: int, size: tuple[float, float]) -> Image.Image | None:
        """Page ``number`` (from 1) in grey, a pixel to the point at most; None where it is not drawn in this size."""
        if self._document is None:
            return None
        try:
            sheet = self._document[number - 1]
            width, height = sheet.get_size()
            if abs(width - size[0]) > _ALIKE or abs(height - size[1]) > _ALIKE or min(width, height) < 1:
                return None
            scale = min(1.0, (_LARGEST / (width * height)) ** 0.5)
            drawn: Image.Image = sheet.render(scale=scale, grayscale=True).to_pil()
            sheet.close()
        except pypdfium2.PdfiumError:
            return None
        return drawn


def seen(
    chars: Sequence[dict[str, Any]], drawn: Image.Image | None, part: Box, pictures: float
) -> tuple[list[dict[str, Any]], int]:
    """The letters that are to be seen on a page, and how many are not.

    chars: pdfplumber's. part: the part of the page that is shown, in their coordinates. pictures: share of the page.
    """
    if drawn is None or pictures > _MOSTLY_PICTURE:
        return list(chars), 0
    scale = drawn.width / max(1.0, part[2] - part[0])
    kept: list[dict[str, Any]] = []
    hidden = 0
    for word in _stretches(chars):
        box = (
            (min(c["x0"] for c in word) - part[0]) * scale,
            (min(c["top"] for c in word) - part[1]) * scale,
            (max(c["x1"] for c in word) - part[0]) * scale,
            (max(c["bottom"] for c in word) - part[1]) * scale,
        )
        if word[0]["text"].isspace() or _shows(drawn, box):
            kept += word
        else:
            hidden += len(word)
    return kept, hidden


def _stretches(chars: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Letters that follow one another without a space, in one font, on one line."""
    part: list[dict[str, Any]] = []
    for c in chars:
        last = part[-1] if part else None
        if last is not None and not (
            c["text"].isspace() == last["text"].isspace()
            and c["fontname"] == last["fontname"]
            and abs(c["top"] - last["top"]) < 1
            and abs(c["x0"] - last["x1"]) < c["size"]
        ):
            yield part
            part = []
        part.append(c)
    if part:
        yield part


def _shows(drawn: Image.Image, box: Box) -> bool:
    """Whether anything stands out in a box of a picture; what lies beside the picture is judged elsewhere."""
    x0, top, x1, bottom = int(box[0]) - 1, int(box[1]) - 1, int(box[2]) + 2, int(box[3]) + 2
    x0, top, x1, bottom = max(0, x0), max(0, top), min(drawn.width, x1), min(drawn.height, bottom)
    if x1 <= x0 or bottom <= top:
        return True
    tones = drawn.crop((x0, top, x1, bottom)).getcolors()
    greys = [tone for _, tone in tones or () if isinstance(tone, int)]
    return not greys or max(greys) - min(greys) >= _LEAST


def on_page(page: Any, box: Sequence[float]) -> Box:
    """A box of the file's as pdfplumber places what is printed: from the top left corner, turned as the page is."""
    left, lower, right, upper = (float(n) for n in page.page_obj.mediabox)
    a, b, c, d = box
    turned = {
        0: (a - left, b - lower, c - left, d - lower),
        90: (b - lower, right - c, d - lower, right - a),
        180: (right - c, upper - d, right - a, upper - b),
        270: (upper - d, a - left, upper - b, c - left),
    }
    x0, y0, x1, y1 = turned.get(page.rotation, turned[0])
    dx, dy = page.mediabox[0], page.mediabox[1]
    return x0 + dx, page.height - y1 + dy, x1 + dx, page.height - y0 + dy


def shown_part(page: Any) -> Box:
    """The part of a page that is shown, in pdfplumber's coordinates: its crop box where that is one that can be."""
    whole: Box = tuple(float(n) for n in page.bbox)  # type: ignore[assignment]
    a, b, c, d = (float(n) for n in page.page_obj.cropbox)
    x0, top, x1, bottom = on_page(page, (min(a, c), min(b, d), max(a, c), max(b, d)))
    part = max(x0, whole[0]), max(top, whole[1]), min(x1, whole[2]), min(bottom, whole[3])
    return part if part[2] - part[0] > 36 and part[3] - part[1] > 36 else whole
