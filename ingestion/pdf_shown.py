"""What of a PDF's page is to be seen: the part of it that is shown, and whether anything shows where words are said to stand.

A file may hold words that nobody sees: white on white, in a layer that is switched off, beneath a drawing, set to be
invisible, or too small for any eye. What a reader of the page cannot see is no source. A page is drawn by pdfium with its
letters and without them, and where the two are alike no letters are seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

Box = tuple[float, float, float, float]

_LEAST = 10  # of 255 in any colour: what stands out less nobody sees
_LEAST_POINTS = 2.0  # letters smaller than this nobody reads
_MOSTLY_PICTURE = 0.5  # of the page: words beneath a picture may be its own, as they are in scans
_ALIKE = 2.0  # points in which the page's size may differ from what is drawn
_LARGEST = 4_000_000  # pixels: a page of more is drawn smaller


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as drawn. letters: only what its letters add is in it, and all else is black; else the page as it is seen."""

    tones: Image.Image
    letters: bool


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

    def page(self, number: int, size: tuple[float, float]) -> Picture | None:
        """Page ``number`` (from 1), a pixel to the point at most; None where it is not drawn in this size."""
        if self._document is None:
            return None
        try:
            sheet = self._document[number - 1]
            width, height = sheet.get_size()
            if abs(width - size[0]) > _ALIKE or abs(height - size[1]) > _ALIKE or min(width, height) < 1:
                return None
            scale = min(1.0, (_LARGEST / (width * height)) ** 0.5)
            shown: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
            texts = list(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
            cuts = any(raw.FPDFTextObj_GetTextRenderMode(text.raw) == raw.FPDF_TEXTRENDERMODE_CLIP for text in texts)
            if not cuts:  # letters that only cut out what is drawn next are seen in that, and stay in the page
                for text in texts:
                    raw.FPDFPageObj_SetIsActive(text.raw, False)
                shown = ImageChops.difference(shown, sheet.render(scale=scale).to_pil().convert("RGB"))
            sheet.close()
        except pypdfium2.PdfiumError:
            return None
        red, green, blue = shown.split()
        tones = shown.convert("L") if cuts else ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return Picture(tones, letters=not cuts)


def seen(
    chars: Sequence[dict[str, Any]],
    picture: Picture | None,
    part: Box,
    images: Sequence[dict[str, Any]],
    pictured: float,
) -> tuple[list[dict[str, Any]], int]:
    """The letters that are to be seen on a page, and how many are not.

    chars, images: pdfplumber's. part: the part of the page that is shown, in their coordinates. pictured: how much of the
    page its images cover; where it is most of it, as in a scan, letters that lie on an image are taken for its own.
    """
    scale = picture.tones.width / max(1.0, part[2] - part[0]) if picture else 1.0
    scanned = images if pictured > _MOSTLY_PICTURE else ()
    kept: list[dict[str, Any]] = []
    hidden = 0
    for word in _stretches(chars):
        box = (
            (min(c["x0"] for c in word) - part[0]) * scale,
            (min(c["top"] for c in word) - part[1]) * scale,
            (max(c["x1"] for c in word) - part[0]) * scale,
            (max(c["bottom"] for c in word) - part[1]) * scale,
        )
        if (
            word[0]["text"].isspace()
            or any(_lies_on(word[len(word) // 2], image) for image in scanned)
            or not (_is_tiny(word) or (picture and not _shows(picture, box)))
        ):
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


def _lies_on(letter: dict[str, Any], image: dict[str, Any]) -> bool:
    across, down = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return bool(image["x0"] <= across <= image["x1"] and image["top"] <= down <= image["bottom"])


def _is_tiny(word: Sequence[dict[str, Any]]) -> bool:
    """Whether letters are too small to be read; those that are set sideways are told by their width."""
    return all(max(c["x1"] - c["x0"], c["bottom"] - c["top"]) < _LEAST_POINTS for c in word)


def _shows(picture: Picture, box: Box) -> bool:
    """Whether letters stand out in a box of a picture; what lies beside the picture is judged elsewhere."""
    drawn = picture.tones
    x0, top, x1, bottom = int(box[0]) - 1, int(box[1]) - 1, int(box[2]) + 2, int(box[3]) + 2
    x0, top, x1, bottom = max(0, x0), max(0, top), min(drawn.width, x1), min(drawn.height, bottom)
    if x1 <= x0 or bottom <= top:
        return True
    tones = drawn.crop((x0, top, x1, bottom)).getcolors()
    greys = [tone for _, tone in tones or () if isinstance(tone, int)]
    return not greys or max(greys) - (0 if picture.letters else min(greys)) >= _LEAST


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
