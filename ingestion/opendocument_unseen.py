"""Which words of an OpenDocument text its styles hide: switched off, in the colour of their ground, or under two points."""

from collections.abc import Iterator
from typing import Any

from odf.namespaces import DRAWNS, FONS, STYLENS, TABLENS, TEXTNS

from ingestion.unseen_words import PAPER, is_unseen

_NAME = (STYLENS, "name")
_GROUND = (FONS, "background-color")


class OpenStyles:
    """The style sheets of one document."""

    def __init__(self, document: Any) -> None:
        styles = [s for sheet in (document.styles, document.automaticstyles) for s in sheet.childNodes if _given(s)]
        self._named = {(_given(s).get((STYLENS, "family")), _given(s).get(_NAME)): s for s in styles}
        parts = [part for style in styles for part in getattr(style, "childNodes", ())]
        behind = any(_given(p).get((STYLENS, "run-through")) == "background" for p in parts)
        coloured = any(
            p.qname == (STYLENS, "page-layout-properties") and _ground(p) not in (None, PAPER) for p in parts
        )
        self._paper = None if behind or coloured else PAPER
        self._known: dict[int, bool] = {}

    def hides(self, element: Any) -> bool:
        """Whether the words that stand in an element itself are not to be seen."""
        if id(element) not in self._known:
            self._known[id(element)] = self._hides(element)
        return self._known[id(element)]

    def _hides(self, element: Any) -> bool:
        around = list(_upwards(element))
        if any(_given(e).get((TEXTNS, "display")) == "none" or _is_hidden(e) for e in around):
            return True
        parts = [part for e in around for style in self._styles(e) for part in style.childNodes]
        of_words = [_given(p) for p in parts if p.qname == (STYLENS, "text-properties")]
        if next((p[(TEXTNS, "display")] for p in of_words if (TEXTNS, "display") in p), None) == "none":
            return True
        ground = next((found for p in parts if (found := _ground(p))), self._paper)
        if any(e.qname[0] == DRAWNS for e in around):
            ground = None  # what a box stands on is not told here
        return is_unseen(_colour(of_words), ground, _points(of_words))

    def _styles(self, element: Any) -> Iterator[Any]:
        """The style of an element, those that it is based on, and the default of its kind."""
        space, kind = element.qname
        family = {"span": "text", "a": "text", "p": "paragraph", "h": "paragraph"}.get(kind, kind)
        name = _given(element).get((space if space == TABLENS else TEXTNS, "style-name"))
        met: set[str] = set()
        while name and name not in met and (style := self._named.get((family, name))) is not None:
            met.add(name)
            yield style
            name = _given(style).get((STYLENS, "parent-style-name"))
        if family == "paragraph" and (default := self._named.get((family, None))) is not None:
            yield default


def _given(element: Any) -> dict[tuple[str, str], str]:
    return getattr(element, "attributes", None) or {}


def _upwards(element: Any) -> Iterator[Any]:
    while element is not None and getattr(element, "qname", None) is not None:
        yield element
        element = element.parentNode


def _is_hidden(element: Any) -> bool:
    """Whether a paragraph holds the mark that hides it, or words are set so that a condition hides them."""
    marks = [c for c in element.childNodes if getattr(c, "qname", None) == (TEXTNS, "hidden-paragraph")]
    own = [element] if element.qname == (TEXTNS, "hidden-text") else []
    return any(_given(m).get((TEXTNS, "is-hidden")) == "true" for m in (*marks, *own))


def _ground(properties: Any) -> str | None:
    """The colour that a style puts behind words; "picture" for one that cannot be told."""
    if any(_given(c) for c in properties.childNodes if c.qname == (STYLENS, "background-image")):
        return "picture"
    colour = _given(properties).get(_GROUND)
    return None if colour in (None, "transparent") else str(colour).lstrip("#").upper()


def _colour(of_words: list[dict[tuple[str, str], str]]) -> str | None:
    for given in of_words:
        if given.get((STYLENS, "use-window-font-color")) == "true":
            return None
        if colour := given.get((FONS, "color")):
            return colour
    return None


def _points(of_words: list[dict[tuple[str, str], str]]) -> float | None:
    """The size of letters, where it is told in points or as a share of one that is."""
    share = 1.0
    for given in of_words:
        size = str(given.get((FONS, "font-size"), ""))
        number = size.rstrip("%pt")
        if not number.replace(".", "", 1).isdigit():
            continue
        if size.endswith("pt"):
            return share * float(number)
        if size.endswith("%"):
            share *= float(number) / 100
    return None
