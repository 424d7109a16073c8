"""Filled forms in a PDF: what was typed, chosen and ticked, set at its place on the page as if it were printed there.

A form keeps its values apart from the page's text. What a field shows is taken: the text of its appearance, or its value
where it has none or the file asks that none be trusted. Forms in XFA alone have no fields on their pages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_high
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, StreamObject

from ingestion.block import NO_TEXT
from ingestion.pdf_shown import on_page

TICKED, UNTICKED = "☒", "☐"
XFA_ONLY = "The file is a form of a kind (XFA) whose values are not on its pages; print it to PDF, and add that."

_HIDDEN = 0b100010  # not shown at all, or not on a screen
_SEVERAL_LINES, _SECRET, _PUSHED = 1 << 12, 1 << 13, 1 << 16
_DEEPEST = 8  # a field and its parents; more is a loop
_SIZE_SET = re.compile(r"([\d.]+)\s+Tf")
_LETTER = 0.5  # of the type's size: how wide a letter is taken to be
_HEAD = 12  # letters at the head of a line, by which it is known
_TO_WRITE_ON = "_.…"
_NO_NAME = re.compile(r"[\[\]_.#]|\d$|^(?:text|field|untitled|check ?box|undefined)", re.IGNORECASE)
_WHAT_STOPS = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that is shown, with what it shows.

    box: its corners in the page's own space, as the file gives them. label: what the file calls it, for the case that the
    page does not. size: of its type in points, None where the file leaves it open. tick: it is a box to tick.
    """

    lines: tuple[str, ...]
    box: tuple[float, float, float, float]
    label: str | None
    size: float | None
    wraps: bool = False
    tick: bool = False


def filled_fields(reader: PdfReader) -> tuple[dict[int, list[Field]], bool]:
    """The fields with a value by their page (from 1), and whether the form is one whose values cannot be read."""
    form = _whole(reader.root_object.get("/AcroForm"))
    if not isinstance(form, DictionaryObject):
        return {}, False
    stale = _whole(form.get("/NeedAppearances")) == BooleanObject(True)
    found: dict[int, list[Field]] = {}
    widgets = 0
    for number, page in enumerate(reader.pages, start=1):
        for widget in _whole(page.get("/Annots")) or ():
            widget = _whole(widget)
            if not isinstance(widget, DictionaryObject) or widget.get("/Subtype") != "/Widget":
                continue
            widgets += 1
            try:
                field = _field(widget, page, form, stale)
            except _WHAT_STOPS:  # one broken field; the others and the page are read
                continue
            if field is not None:
                found.setdefault(number, []).append(field)
    return found, "/XFA" in form and not widgets


def _whole(found: Any) -> Any:
    return found.get_object() if found is not None else None


def _inherited(widget: DictionaryObject, key: str) -> Any:
    """What a field or one of its parents says."""
    at: Any = widget
    for _ in range(_DEEPEST):
        if not isinstance(at, DictionaryObject):
            return None
        if key in at:
            return _whole(at[key])
        at = _whole(at.get("/Parent"))
    return None


def _field(widget: DictionaryObject, page: Any, form: DictionaryObject, stale: bool) -> Field | None:
    x0, y0, x1, y1 = (float(n) for n in _whole(widget["/Rect"]))
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    kind, flags = _inherited(widget, "/FT"), int(_inherited(widget, "/Ff") or 0)
    if int(widget.get("/F", 0)) & _HIDDEN or box[2] - box[0] < 1 or box[3] - box[1] < 1:
        return None
    label = _label(widget)
    if kind == "/Btn":
        if flags & _PUSHED:
            return None
        state = str(widget.get("/AS") or _inherited(widget, "/V") or "/Off")
        return Field((UNTICKED if state == "/Off" else TICKED,), box, label, None, tick=True)
    if kind not in ("/Tx", "/Ch") or (kind == "/Tx" and flags & _SECRET):
        return None
    lines = _value(widget)
    if lines and kind == "/Tx" and not stale:
        lines = _appearance(widget, page) or lines
    if not lines:
        return None
    size = _SIZE_SET.search(str(_inherited(widget, "/DA") or form.get("/DA") or ""))
    points = float(size[1]) if size else 0.0
    return Field(lines, box, label, points or None, wraps=kind == "/Tx" and bool(flags & _SEVERAL_LINES))


def _label(widget: DictionaryObject) -> str | None:
    """The words that a form gives for a field to whoever cannot see it, or its name where that is in words."""
    told = " ".join(str(_inherited(widget, "/TU") or "").split()).rstrip(" :")
    name = " ".join(str(_inherited(widget, "/T") or "").split())
    return told or (name if name and not _NO_NAME.search(name) else None)


def _value(widget: DictionaryObject) -> tuple[str, ...]:
    value = _inherited(widget, "/V")
    shown = {str(_whole(o)[0]): str(_whole(o)[1]) for o in _options(widget) if isinstance(_whole(o), ArrayObject)}
    if isinstance(value, StreamObject):
        value = value.get_data().decode("utf-8", errors="replace")
    values = [_whole(v) for v in value] if isinstance(value, ArrayObject) else [value]
    said = [shown.get(str(v), str(v)) for v in values if v is not None]
    return _lines("\n".join(said))


def _options(widget: DictionaryObject) -> Sequence[Any]:
    return _inherited(widget, "/Opt") or ()


def _appearance(widget: DictionaryObject, page: Any) -> tuple[str, ...]:
    """The text that a field is drawn with, as "£1,250.00" for a value of 1250; empty where it cannot be told."""
    drawn = _whole((_whole(widget.get("/AP")) or {}).get("/N"))
    if not isinstance(drawn, StreamObject):
        return ()
    try:
        words = page.extract_xform_text(drawn)
    except _WHAT_STOPS:
        return ()
    return _lines(words) if all(c.isprintable() or c.isspace() for c in words) and "�" not in words else ()


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line for part in re.split(r"\r\n|\r|\n", words) if (line := " ".join(part.translate(NO_TEXT).split())))


def with_fields(page: Any, fields: Sequence[Field], chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is printed on a page, and what its fields show where the page's own text does not say it yet.

    page: a page of pdfplumber's. chars: its letters; those added have the same keys. Lines and dots drawn for somebody to
    write on give way.
    """
    kept = list(chars)
    added: list[dict[str, Any]] = []
    for field in fields:
        x0, top, x1, bottom = box = on_page(page, field.box)
        inside = [c for c in kept if x0 - 1 <= _middle(c)[0] <= x1 + 1 and top - 1 <= _middle(c)[1] <= bottom + 1]
        if _says(inside, field):
            continue
        level = [c for c in kept if c["text"] == "_" and c["bottom"] > top and c["top"] < bottom]
        near = [c for c in level if x0 - 3 * c["size"] < c["x0"] < x1 + 3 * c["size"]]
        drawn = {id(c) for c in (*inside, *near) if c["text"] in _TO_WRITE_ON}
        kept = [c for c in kept if id(c) not in drawn]
        added += _set(page, field, box, [c for c in kept if not c["text"].isspace()])
    return kept + added


def _says(inside: Sequence[dict[str, Any]], field: Field) -> bool:
    """Whether what is printed in a field's box is what the field holds, or so much of it as has room there."""
    printed = _bare("".join(c["text"] for c in inside))
    if not any(c.isalnum() for c in printed):
        return bool(printed) and field.tick
    return field.tick or printed in _bare("".join(field.lines)) or any(_bare(i)[:_HEAD] in printed for i in field.lines)


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if not c.isspace() and c not in _TO_WRITE_ON)


def _middle(c: dict[str, Any]) -> tuple[float, float]:
    return (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2


def _set(
    page: Any, field: Field, box: tuple[float, float, float, float], placed: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """A field's letters, on the line of the words beside it, or in its box; behind what is printed in the box."""
    x0, top, x1, bottom = box
    middle = (top + bottom) / 2
    level = [c for c in placed if c["upright"] and c["top"] < middle < c["bottom"]]
    before, behind = [c for c in level if c["x1"] <= x0 + 2], [c for c in level if c["x0"] >= x1 - 2]
    beside = max(before, key=lambda c: c["x1"], default=None) or min(behind, key=lambda c: c["x0"], default=None)
    over = [c for c in placed if c["x0"] < x1 and c["x1"] > x0 and 0 <= top - c["bottom"] < 1.5 * c["size"]]
    lines = list(field.lines)
    if field.label and not over and not (behind and field.tick) and not before:
        lines = [f"{lines[0]} {field.label}" if field.tick else f"{field.label}: {lines[0]}", *lines[1:]]
    usual = median_high(c["size"] for c in placed) if placed else 12.0
    size = beside["size"] if beside else min(field.size or 12.0, usual, 0.9 * (bottom - top))
    if field.wraps:
        most = max(10, int((x1 - x0) / (_LETTER * size)))
        lines = [part for line in lines for part in _wrapped(line, most)]
    one = len(lines) == 1 and not field.wraps
    base = (
        -beside["matrix"][5] if one and beside is not None else _base(page, middle + 0.3 * size if one else top + size)
    )
    printed = [c for c in level if c["x0"] >= x0 - 1 and c["x1"] <= (x0 + x1) / 2]
    x0 = max(
        [x0, *(c["x1"] + 0.3 * size * c["text"].isalnum() for c in printed), *(c["x1"] + 0.3 * size for c in before)]
    )
    for n, line in enumerate(lines):
        width = min(_LETTER * size, max(1.0, (x1 - x0) / len(line))) if lines == list(field.lines) else _LETTER * size
        at = base + n * 1.2 * size
        foot = at + page.height + page.mediabox[1] + 0.2 * size
        for i, letter in enumerate(line):
            left = x0 + i * width
            yield {
                "text": letter, "fontname": "", "size": size, "upright": True, "matrix": (1, 0, 0, 1, left, -at),
                "x0": left, "x1": left + width, "top": foot - size, "bottom": foot, "width": width, "height": size,
            }  # fmt: skip


def _base(page: Any, y: float) -> float:
    """A baseline y below the page's top, as the letters of a page give it: counted from its lower edge, downwards."""
    return float(y - page.height - page.mediabox[1])


def _wrapped(line: str, most: int) -> list[str]:
    found = [""]
    for word in line.split():
        if found[-1] and len(found[-1]) + len(word) >= most:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found
