"""What Word's styles say of a paragraph or a run: heading, list, size, bold; a style takes after the one it is based on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from ingestion.layout import TITLE_LEVEL
from ingestion.unseen_words import PAPER, is_unseen
from ingestion.word_ground import before_a_picture, ground_of, shaded_table_styles

_HEADING = re.compile(r"^heading (\d)$")
_LIST = re.compile(r"^list (?:bullet|number)(?: (\d))?$|^list(?: (\d))?$")
_CONTENTS = re.compile(r"^toc (?:\d|heading)$|^table of figures$")
_WORD_SIZE = 10.0  # points, where nothing says otherwise


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """level: of a heading, 0 for the title; bullet: depth of a list's item; contents: of a table of contents.

    numbering: the list that counts the paragraph, and its depth there from 0.
    """

    level: int | None
    bullet: int | None
    contents: bool
    numbering: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run is set: size in points. struck: it is withdrawn. hidden: nobody sees it."""

    size: float
    bold: bool
    raised: bool
    struck: bool
    hidden: bool


class WordStyles:
    """The style sheet of one document."""

    def __init__(self, styles: Any) -> None:
        found = list(styles.iter(qn("w:style")))
        self._by_id = {style.get(qn("w:styleId")): style for style in found}
        self._default = next(
            (
                s.get(qn("w:styleId"))
                for s in found
                if s.get(qn("w:type")) == "paragraph" and s.get(qn("w:default")) in ("1", "true", "on")
            ),
            None,
        )
        self._rest = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._shaded = shaded_table_styles(styles)

    def of_paragraph(self, p: Any) -> ParagraphStyle:
        """What the paragraph is, by its own properties and then by its style's."""
        own = p.find(qn("w:pPr"))
        styles = list(self._chain(child_value(own, "w:pStyle") or self._default))
        names = [(child_value(style, "w:name") or "").lower() for style in styles]
        properties = [own, *(style.find(qn("w:pPr")) for style in styles)]
        numbering = _numbering(properties)
        return ParagraphStyle(
            _level(names, properties), _bullet(names, numbering), any(map(_CONTENTS.match, names)), numbering
        )

    def of_run(self, r: Any, p: Any) -> RunStyle:
        """How the run is set, by its own properties, its style's, its paragraph's style's, and the document's."""
        own = r.find(qn("w:rPr"))
        around = list(self._chain(child_value(p.find(qn("w:pPr")), "w:pStyle") or self._default))
        chain = [*self._chain(child_value(own, "w:rStyle")), *around]
        properties = [own, *(style.find(qn("w:rPr")) for style in chain), self._rest]
        size = next((v for v in (child_value(x, "w:sz") for x in properties) if v), None)
        points = float(size) / 2 if size and re.fullmatch(r"\d+(?:\.\d+)?", size) else _WORD_SIZE
        colour = next((v for v in (child_value(x, "w:color") for x in properties) if v), None)
        ground = None
        if colour not in (None, "auto"):
            ground = ground_of(
                p, properties, [p.find(qn("w:pPr")), *(style.find(qn("w:pPr")) for style in around)], self._shaded
            )
            if ground == PAPER and is_unseen(colour, ground, None) and before_a_picture(p):
                ground = None
        return RunStyle(
            size=points,
            bold=_first(properties, "w:b"),
            raised=next((v for v in (child_value(x, "w:vertAlign") for x in properties) if v), None) == "superscript",
            struck=any(_first(properties, tag) for tag in ("w:strike", "w:dstrike")),
            hidden=any(_first(properties, tag) for tag in ("w:vanish", "w:specVanish"))
            or is_unseen(colour, ground, points),
        )

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self._by_id:
            seen.add(style_id)
            yield self._by_id[style_id]
            style_id = child_value(self._by_id[style_id], "w:basedOn")


def child_value(element: Any, tag: str) -> str | None:
    """The value of a property, where it is given."""
    child = element.find(qn(tag)) if element is not None else None
    return child.get(qn("w:val")) if child is not None else None


def is_on(element: Any, tag: str) -> bool | None:
    """Whether a property is switched on or off; None where nothing is said of it."""
    child = element.find(qn(tag)) if element is not None else None
    return None if child is None else child.get(qn("w:val")) not in ("0", "false", "off")


def _first(properties: list[Any], tag: str) -> bool:
    return next((on for on in (is_on(x, tag) for x in properties) if on is not None), False)


def _level(names: list[str], properties: list[Any]) -> int | None:
    if "title" in names:
        return TITLE_LEVEL
    heading = next((match for match in map(_HEADING.match, names) if match), None)
    if heading:
        return int(heading[1])
    outline = next((v for v in (child_value(x, "w:outlineLvl") for x in properties) if v), None)
    return int(outline) + 1 if outline and outline in "012345678" else None


def _numbering(properties: list[Any]) -> tuple[str, int] | None:
    """The list that a paragraph belongs to, by its own properties or its style's, and its depth from 0."""
    found = (x.find(qn("w:numPr")) for x in properties if x is not None)
    numbering = next((n for n in found if n is not None), None)
    number, at = child_value(numbering, "w:numId"), child_value(numbering, "w:ilvl") or "0"
    return (number, int(at) if at.isdigit() else 0) if number is not None else None


def _bullet(names: list[str], numbering: tuple[str, int] | None) -> int | None:
    """Depth by the numbering's level or the style's name ("List Bullet 2"), whichever is deeper."""
    named = next((match for match in map(_LIST.match, names) if match), None)
    depth = int(named[1] or named[2] or 1) if named else None
    if numbering is None:
        return depth
    number, at = numbering
    return None if number == "0" else max(depth or 1, at + 1)
