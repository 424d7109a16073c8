"""Which words of a slide nobody sees: in a shape that is hidden or lies beside the slide, in the colour of their ground, tiny.

The ground is told where a shape or cell is filled with a colour of its own, and where a shape lies on a plain white slide
with nothing beneath it. Elsewhere it is not known, and its words are read.
"""

from collections.abc import Iterator
from typing import Any

from pptx.oxml.ns import qn

from ingestion.unseen_words import PAPER, is_unseen

_PAPER_NAMES = ("bg1", "lt1")


def is_unseen_run(run: Any, ground: str | None) -> bool:
    """Whether a run's own colour or size hides it."""
    own = run.find(qn("a:rPr"))
    if own is None:
        return False
    size = own.get("sz") or ""
    return is_unseen(_filled(own), ground, int(size) / 100 if size.isdigit() else None)


def is_struck(run: Any) -> bool:
    """Whether a run is struck through, and so withdrawn."""
    own = run.find(qn("a:rPr"))
    return own is not None and own.get("strike") not in (None, "noStrike")


def is_unseen_shape(shape: Any, width: int, height: int) -> bool:
    """Whether a shape is switched off, or lies beside a slide of this size."""
    named = next(shape._element.iter(qn("p:cNvPr")), None)
    if named is not None and named.get("hidden") in ("1", "true"):
        return True
    if _is_grouped(shape) or None in (shape.left, shape.top, shape.width, shape.height):
        return False
    beside = shape.left >= width or shape.top >= height or shape.left + shape.width < 0 or shape.top + shape.height < 0
    return bool(beside)


def ground_of_shape(shape: Any, slide: Any) -> str | None:
    """The colour that a shape's words stand on; None where it is not told."""
    own = shape._element.find(qn("p:spPr"))
    if own is not None and (colour := _filled(own)):
        return colour
    drawn = own is not None and any(
        own.find(qn(f"a:{kind}Fill")) is not None for kind in ("solid", "grad", "blip", "patt")
    )
    if drawn or shape._element.find(qn("p:style")) is not None or _is_grouped(shape) or not _is_plain(slide):
        return None
    layers = (slide.shapes, slide.slide_layout.shapes, slide.slide_layout.slide_master.shapes)
    others = (s for layer in layers for s in layer if s.shape_id != shape.shape_id or layer is not slide.shapes)
    return None if any(_may_lie_beneath(other, shape) for other in others) else PAPER


def ground_of_cell(cell: Any) -> str | None:
    """The colour that fills a cell of a table, where it is the cell's own."""
    own = cell._tc.find(qn("a:tcPr"))
    return _filled(own) if own is not None else None


def _filled(properties: Any) -> str | None:
    """The one colour that fills a shape or letters, where it is told as such."""
    fill = properties.find(qn("a:solidFill"))
    colour = fill[0] if fill is not None and len(fill) else None
    if colour is None or len(colour):  # made lighter, darker or clear
        return None
    if colour.tag == qn("a:schemeClr"):
        return PAPER if colour.get("val") in _PAPER_NAMES else None
    return str(colour.get("val")) if colour.tag == qn("a:srgbClr") else None


def _is_plain(slide: Any) -> bool:
    """Whether a slide has the white ground of its theme, on itself, its layout and its master."""
    names = next(slide.slide_layout.slide_master._element.iter(qn("p:clrMap")), None)
    if names is None or names.get("bg1") != "lt1":
        return False
    return all(_is_white(ground) for part in _behind(slide) for ground in part._element.iter(qn("p:bg")))


def _behind(slide: Any) -> Iterator[Any]:
    yield from (slide, slide.slide_layout, slide.slide_layout.slide_master)


def _is_white(ground: Any) -> bool:
    own, named = ground.find(qn("p:bgPr")), ground.find(qn("p:bgRef"))
    if own is not None:
        return _filled(own) == PAPER
    return named is not None and named.get("idx") == "1001" and any(
        c.get("val") in _PAPER_NAMES for c in named.iter(qn("a:schemeClr"))
    )  # fmt: skip


def _may_lie_beneath(other: Any, shape: Any) -> bool:
    """Whether another shape, which is no empty frame for words, touches this one."""
    if other.is_placeholder and not hasattr(other, "image"):
        return False
    if None in (other.left, other.top, other.width, other.height, shape.left, shape.top, shape.width, shape.height):
        return True
    apart = (
        other.left >= shape.left + shape.width or shape.left >= other.left + other.width
        or other.top >= shape.top + shape.height or shape.top >= other.top + other.height
    )  # fmt: skip
    return not apart


def _is_grouped(shape: Any) -> bool:
    """Whether a shape's place is told within a group, and not on the slide."""
    return bool(shape._element.getparent().tag == qn("p:grpSp"))
