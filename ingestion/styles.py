"""Which styles hold for each element of a page, from its own style sheets and attributes, as a screen shows it.

Sheets that lie outside the file are not there to be read. Of media queries it is asked what a wide screen answers.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import soupsieve
import tinycss2
from bs4 import BeautifulSoup
from bs4.element import Tag
from cssselect import SelectorError
from cssselect import parse as parse_selectors
from cssselect.parser import Class, CombinedSelector, Element, Hash, Pseudo

from ingestion.lengths import SCREEN, colour_of, length_of

_Order = tuple[bool, bool, tuple[int, int, int], int]  # what outranks what: important, inline, specificity, place
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([^)]+?)\s*\)")
_LIGHT = re.compile(
    r"\(\s*(?:prefers-color-scheme\s*:\s*light|orientation\s*:\s*landscape|scripting\s*:\s*enabled)\s*\)"
)
_SIDES = ("top", "right", "bottom", "left")
# Which of one to four values holds for each side.
_FOUR = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
_COLOURS = ("color", "background-color", "-webkit-text-fill-color")
_MOMENTS = ("hover", "focus", "focus-within", "focus-visible", "active", "visited", "target")
# What seen.py asks for: what sets nothing of it need not be kept.
_JUDGED = frozenset(
    "display visibility opacity filter color font-size text-indent white-space position float left top right bottom"
    " height width max-height max-width min-height min-width clip clip-path transform translate scale animation"
    " animation-name content-visibility text-shadow -webkit-text-stroke -webkit-text-fill-color"
    " -webkit-background-clip".split()
)
_GROUPS = ("--", "margin-", "padding-", "background-", "overflow-")
_LENGTHS = ("font-size", "opacity")
_KNOWN = {
    "display": re.compile(
        r"none|contents|flow|flow-root|list-item|ruby|math|-webkit-(?:inline-)?(?:box|flex)"
        r"|(?:inline-)?(?:block|flex|grid|table)|inline|table-[\w-]+"
    ),
    "visibility": re.compile(r"visible|hidden|collapse"),
}
_WIDE = ("inherit", "initial", "unset", "revert", "currentcolor")
# What the browser's own sheet and the attributes of older pages say; every rule of the page outranks them.
_OWN = {"mark": "color: black; background: yellow", "template": "display: none", "noscript": "display: none"}
_SIZES = dict(zip("1234567", ("10px", "13px", "16px", "18px", "24px", "32px", "48px"), strict=True))


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector with what it sets: each property, its value, and whether it is important.

    needs: the classes and ids that an element and those around it must have for the selector to hold.
    """

    selector: soupsieve.SoupSieve
    needs: frozenset[str]
    specificity: tuple[int, int, int]
    number: int
    sets: tuple[tuple[str, str, bool], ...]


class Styles:
    """The style sheets of one page, and what they set for each of its elements."""

    def __init__(self, soup: BeautifulSoup) -> None:
        # By the class, the id or the name that an element must have for the rule to hold: few rules are tried on each.
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        self._count = 0
        self._within: dict[int, frozenset[str]] = {}
        self._there = {name for tag in soup.find_all(True) for name in _names(tag)}
        for sheet in soup.find_all("style"):
            if sheet.find_parent(["noscript", "template"]) is None and shows_on_screen(str(sheet.get("media") or "")):
                words = "".join(str(part) for part in sheet.contents)
                self._add(tinycss2.parse_stylesheet(words, skip_comments=True, skip_whitespace=True))

    def of(self, tag: Tag) -> dict[str, str]:
        """The value of each property that is set for an element itself, in small letters."""
        found: dict[str, tuple[_Order, str]] = {}
        for name, value, _ in _declarations(_hints(tag)):
            found[name] = ((False, False, (-1, 0, 0), 0), value)
        around = self._around(tag)
        for rule in self._tried(tag):
            if rule.needs <= around and rule.selector.match(tag):
                for name, value, important in rule.sets:
                    _set(found, name, value, (important, False, rule.specificity, rule.number))
        for name, value, important in _declarations(str(tag.get("style") or "")):
            _set(found, name, value, (important, True, (0, 0, 0), 0))
        return {name: value for name, (_, value) in found.items()}

    def _around(self, tag: Tag) -> frozenset[str]:
        """The names of an element and of those around it; elements are asked for after those around them."""
        outer = self._within.get(id(tag.parent), frozenset())
        names = _names(tag)
        found = outer if outer.issuperset(names) else outer.union(names)
        self._within[id(tag)] = found
        return found

    def _tried(self, tag: Tag) -> Iterator[_Rule]:
        for key in ("*", *_names(tag)):
            yield from self._rules.get(key, ())

    def _add(self, nodes: Sequence[Any]) -> None:
        for node in nodes:
            if node.type == "at-rule" and node.content is not None:
                about = tinycss2.serialize(node.prelude).strip()
                name = node.lower_at_keyword
                if name in ("supports", "layer") or (name == "media" and shows_on_screen(about)):
                    self._add(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
            elif node.type == "qualified-rule":
                sets = tuple(_declarations(node.content))
                for selector in _parts(node.prelude) if sets else ():
                    self._count += 1
                    self._keep(selector, sets)

    def _keep(self, selector: str, sets: tuple[tuple[str, str, bool], ...]) -> None:
        """Keep a rule; one that cannot be understood holds for nothing, as in a browser."""
        try:
            parsed = parse_selectors(selector)[0]
            needs = _needs(parsed.parsed_tree)
            if parsed.pseudo_element is None and needs <= self._there:
                # What a neighbour must have is not found around an element.
                own = frozenset() if re.search(r"[+~]", selector) else frozenset(needs)
                rule = _Rule(soupsieve.compile(selector), own, parsed.specificity(), self._count, sets)
                self._rules[_key(parsed.parsed_tree)].append(rule)
        except (SelectorError, soupsieve.SelectorSyntaxError, NotImplementedError):
            return


def shows_on_screen(query: str) -> bool:
    """Whether a media query holds on a wide screen that is set to light colours."""
    queries = [part.strip().lower() for part in query.split(",")]
    return any(_holds(part) for part in queries)


def _holds(query: str) -> bool:
    if query.startswith("not "):
        return not _holds(query[4:])
    for kind, value in _WIDTH.findall(query):
        width = length_of(value, 16.0, SCREEN)
        if width is None or (width > SCREEN if kind == "min" else width < SCREEN):
            return False
    rest = _LIGHT.sub("", _WIDTH.sub("", query))
    return set(re.sub(r"\b(?:only|and|all|screen)\b", "", rest).split()) == set()


def _set(found: dict[str, tuple[_Order, str]], name: str, value: str, order: _Order) -> None:
    if name not in found or order >= found[name][0]:
        found[name] = order, value


def _names(tag: Tag) -> list[str]:
    """An element's name, ".class" for each of its classes, and "#id"."""
    classes = tag.get("class")
    names = [str(name) for name in classes] if isinstance(classes, list) else str(classes or "").split()
    return [
        tag.name,
        *([f"#{tag['id']}"] if tag.has_attr("id") else []),
        *(f".{name}" for name in dict.fromkeys(names)),
    ]


def _needs(tree: object) -> set[str]:
    """The classes and ids without which, anywhere on a page, a selector holds for nothing on it."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Class):
            found.add(f".{part.class_name}")
        elif isinstance(part, Hash):
            found.add(f"#{part.id}")
        elif isinstance(part, CombinedSelector):
            waiting.append(part.subselector)
        elif isinstance(part, Pseudo) and part.ident in _MOMENTS:
            found.add(f":{part.ident}")  # no element of a page that nobody touches is in that state
        waiting += [part.selector] if hasattr(part, "selector") else []
    return found


def _key(tree: object) -> str:
    """What the element itself must have for a selector to hold: ".class", "#id" or its name; "*" for any."""
    while True:
        if isinstance(tree, CombinedSelector):
            tree = tree.subselector
        elif isinstance(tree, Class):
            return f".{tree.class_name}"
        elif isinstance(tree, Hash):
            return f"#{tree.id}"
        elif isinstance(tree, Element):
            return (tree.element or "*").lower()
        else:
            tree = getattr(tree, "selector", None) or Element()


def _parts(tokens: Sequence[Any]) -> list[str]:
    """The selectors of a list with commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _declarations(content: Any) -> Iterator[tuple[str, str, bool]]:
    """Each property that is set, with its value; what sets several at once is parted."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            value = tinycss2.serialize(node.value).strip().lower()
            for name, part in _longhands(node.lower_name, value):
                if (name in _JUDGED or name.startswith(_GROUPS)) and _is_understood(name, part):
                    yield name, part, bool(node.important)


def _is_understood(name: str, value: str) -> bool:
    """Whether a browser takes the value; where it does not, what was set before holds."""
    if value in _WIDE or "var(" in value:
        return True
    if name in _COLOURS:
        return colour_of(value) is not None
    if name in _LENGTHS:
        return "(" in value or length_of(value, 16.0, 16.0) is not None
    return name not in _KNOWN or all(_KNOWN[name].fullmatch(word) for word in value.split())


def _longhands(name: str, value: str) -> list[tuple[str, str]]:
    parts = _words(value)
    if name in ("margin", "padding", "inset") and len(parts) in _FOUR:
        four = [parts[i] for i in _FOUR[len(parts)]]
        return [(side if name == "inset" else f"{name}-{side}", v) for side, v in zip(_SIDES, four, strict=True)]
    if name == "overflow" and parts:
        return [("overflow-x", parts[0]), ("overflow-y", parts[-1])]
    if name == "background":
        colours = [p for p in parts if p in _WIDE or "var(" in p or colour_of(p) is not None]
        image = next((p for p in parts if "(" in p and p not in colours), "none")
        return [("background-color", colours[-1] if colours else "transparent"), ("background-image", image)]
    if name == "font":
        sizes = [p.split("/")[0] for p in parts if length_of(p.split("/")[0], 16.0, 16.0) is not None]
        # A weight is a number without a unit; no size is, but nought.
        sizes = [s for s in sizes if not re.fullmatch(r"[1-9]\d*", s)]
        return [("font-size", sizes[0])] if sizes else [("font-size", value)] if value in _WIDE else []
    return [(name, value)]


def _words(value: str) -> list[str]:
    """The parts of a value between spaces; what stands in brackets is one part."""
    return re.findall(r"[^\s(]*\((?:[^()]|\([^()]*\))*\)|[^\s]+", value)


def _hints(tag: Tag) -> str:
    """What the browser's own sheet and the attributes of an element say of its look."""
    said = [_OWN.get(tag.name, "")]
    if tag.has_attr("hidden"):
        said.append("display: none")
    if tag.name == "a" and tag.has_attr("href"):
        said.append("color: #0000ee")
    for attribute, name in (("bgcolor", "background-color"), ("text", "color"), ("color", "color")):
        if tag.has_attr(attribute) and (
            attribute == "bgcolor" or tag.name == {"text": "body", "color": "font"}[attribute]
        ):
            said.append(f"{name}: {tag[attribute]}")
    if tag.name == "font" and str(tag.get("size")) in _SIZES:
        said.append(f"font-size: {_SIZES[str(tag['size'])]}")
    return "; ".join(part for part in said if part)
