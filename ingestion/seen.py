"""What a page holds and nobody sees: it is taken out before the page is read.

Judged by what the page's own styles come to on a screen: not displayed, see-through, of no size, off the page, clipped
away, in letters of a pixel, or in the colour of their background. What lies behind pictures or is moved by scripts is
not judged; where a background cannot be told, its words count as seen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from ingestion.lengths import SCREEN, Colour, apart, colour_of, length_of, over
from ingestion.styles import Styles

Point = tuple[float, float]

_LEAST_LETTER = 1.0  # px
_LEAST_BOX = 3.0  # px: no line can be read in less
_LEAST_OPACITY = 0.09
_NEAR = 24 / 255  # colours that lie nearer to each other are one to the eye
_OFF = -500.0  # px: what begins further to the left or above is off the page
_FAR = 5000.0  # px: and what begins this far to the right
_BLACK, _WHITE = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0)
_NOT_WORDS = frozenset("script style template noscript".split())
_PICTURES = ["img", "picture", "video", "canvas", "svg"]
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup"
    " time tt u var".split()
)
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_LONGEST_VALUE = 2_000
_CALL = re.compile(r"([\w-]+)\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Look:
    """How the words of an element look.

    ground: the colour behind it, None where it cannot be told. at: where it begins, as far as its styles move it;
    base: where the element begins from which it is placed. indent: of its first line; indents: of blocks within it.
    edges: colours of shadows and outlines of its letters.
    """

    colour: Colour = _BLACK
    ground: Colour | None = _WHITE
    size: float = 16.0
    visible: bool = True
    opacity: float = 1.0
    scale: float = 1.0
    at: Point = (0.0, 0.0)
    base: Point = (0.0, 0.0)
    indent: float = 0.0
    indents: float = 0.0
    edges: tuple[Colour, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


def take_out_unseen(soup: BeautifulSoup) -> int:
    """Take what nobody sees out of a page; how many words that were."""
    styles = Styles(soup)
    gone: list[Tag | NavigableString] = []
    words = 0
    waiting = [(child, _Look()) for child in soup.children if isinstance(child, Tag)]
    while waiting:
        tag, around = waiting.pop()
        if tag.name == "head":
            continue
        look, shown = _look(tag, _resolved(styles.of(tag), around.variables), around)
        if not shown or tag.name in _NOT_WORDS:
            gone.append(tag)
            words += len(tag.get_text(" ").split()) if tag.name not in _NOT_WORDS else 0
            continue
        read = _reads(look)
        for child in tag.children:
            if isinstance(child, Tag):
                waiting.append((child, look))
            elif not read and isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                words += len(child.split())
                gone.append(child)
    for part in gone:
        part.extract()
    return words


def _resolved(sets: dict[str, str], around: Mapping[str, str]) -> dict[str, str]:
    """What is set, with the values of variables put in; variables are kept under their names."""
    own = {**around, **{name: value for name, value in sets.items() if name.startswith("--")}}
    found = dict(own)
    for name, value in sets.items():
        for _ in range(5):
            if "var(" not in value or len(value) > _LONGEST_VALUE:
                break
            value = _VARIABLE.sub(lambda m: own.get(m[1], m[2] or ""), value)
        found[name] = value.strip()
    return found


def _look(tag: Tag, sets: dict[str, str], around: _Look) -> tuple[_Look, bool]:
    """How an element looks within what is around it, and whether its box is shown at all."""
    size = around.size
    if (said := sets.get("font-size")) is not None:
        given = 16.0 if said == "initial" else length_of(said, around.size, around.size)
        size = given if given is not None and given >= 0 else size
    block = _is_block(tag, sets)
    moves = sets.get("animation", sets.get("animation-name", "none")) == "none"  # an animation may show it yet
    own_opacity = _opacity(sets) if moves else 1.0
    shift, own_scale = _moved(sets, size) if moves and block else ((0.0, 0.0), 1.0)
    indents = length_of(sets.get("text-indent", ""), size, SCREEN)
    indents = around.indents if indents is None else indents
    at = _place(sets, size, around, shift)
    visibility = sets.get("visibility", "")
    look = _Look(
        colour=_colour(sets, around),
        ground=_ground(tag, sets, around),
        size=size,
        visible=around.visible if visibility in ("", "inherit", "unset") else visibility not in ("hidden", "collapse"),
        opacity=around.opacity * own_opacity,
        scale=around.scale * own_scale,
        at=at,
        base=at if sets.get("position", "static") not in ("static", "") else around.base,
        indent=indents if block else around.indent,
        indents=indents,
        edges=_edges(sets, around),
        variables={name: value for name, value in sets.items() if name.startswith("--")},
    )
    hidden = (
        sets.get("display") == "none"
        or sets.get("content-visibility") == "hidden"
        or look.opacity < _LEAST_OPACITY
        or at[0] <= _OFF
        or at[1] <= _OFF
        or at[0] >= _FAR
        or _is_beyond(sets, size)
        or (block and (_is_flat(sets, size) or _is_indented_away(sets)))
        or _is_clipped(sets, size)
    )
    return look, not hidden


def _reads(look: _Look) -> bool:
    """Whether words of this look can be seen in a box that is shown."""
    start = look.at[0] + look.indent
    if not look.visible or look.size * look.scale <= _LEAST_LETTER or start <= _OFF or start >= _FAR:
        return False
    if look.ground is None:
        return True
    return any(apart(over(c, look.ground), look.ground) >= _NEAR for c in (look.colour, *look.edges))


def _is_block(tag: Tag, sets: Mapping[str, str]) -> bool:
    """Whether an element is a box, which may have a height, and not a stretch of a line."""
    if _is_lifted(sets) or sets.get("float", "none") != "none":
        return True
    return sets.get("display", "inline" if tag.name in _INLINE else "block") not in ("inline", "contents")


def _is_lifted(sets: Mapping[str, str]) -> bool:
    return sets.get("position") in ("absolute", "fixed")


def _colour(sets: Mapping[str, str], around: _Look) -> Colour:
    said = sets.get("-webkit-text-fill-color", "")
    said = sets.get("color", "") if said in ("", "currentcolor") else said
    if said == "initial":
        return _BLACK
    return colour_of(said) or around.colour


def _ground(tag: Tag, sets: Mapping[str, str], around: _Look) -> Colour | None:
    """The colour behind an element's words."""
    if sets.get("background-image", "none") not in ("none", "initial", "") or _stands_on_picture(tag, sets):
        return None
    if "text" in (sets.get("background-clip"), sets.get("-webkit-background-clip")):
        return None
    said = sets.get("background-color", "")
    own = around.colour if said == "currentcolor" else colour_of(said)
    if own is None or own[3] == 0:
        return around.ground
    if own[3] >= 1:
        return own
    return over(own, around.ground) if around.ground is not None else None


def _stands_on_picture(tag: Tag, sets: Mapping[str, str]) -> bool:
    """Whether an element may lie on a picture: it is placed, or lays out what is in it, beside one or around one."""
    if sets.get("position", "static") == "static" and "grid" not in sets.get("display", ""):
        return False
    beside = [tag, tag.parent] if _is_lifted(sets) and tag.parent is not None else [tag]
    return any(part.find(_PICTURES, recursive=False) is not None for part in beside)


def _edges(sets: Mapping[str, str], around: _Look) -> tuple[Colour, ...]:
    said = [sets[name] for name in ("text-shadow", "-webkit-text-stroke") if name in sets]
    if not said:
        return around.edges
    parts = re.findall(r"[\w-]+\([^()]*\)|[^\s,]+", " ".join(said))
    return tuple(c for c in (colour_of(part) for part in parts) if c is not None)


def _opacity(sets: Mapping[str, str]) -> float:
    found = 1.0
    filters = [value for name, value in _CALL.findall(sets.get("filter", "")) if name == "opacity"]
    for said in (sets.get("opacity", ""), *filters):
        value = length_of(said.strip(), 1.0, 1.0)
        found *= min(1.0, max(0.0, value)) if value is not None else 1.0
    return found


def _place(sets: Mapping[str, str], size: float, around: _Look, shift: Point) -> Point:
    """Where an element begins. Padding counts, which sites set against a margin; margins of floats do not, nor parts of a width."""
    position = sets.get("position", "static")
    start = {"absolute": around.base, "fixed": (0.0, 0.0)}.get(position, around.at)
    found = []
    for begin, by, side in zip(start, shift, ("left", "top"), strict=True):
        begin += by + (_px(sets, f"padding-{side}", size, 0.0) or 0.0)
        if sets.get("float", "none") == "none":
            begin += _px(sets, f"margin-{side}", size, 0.0) or 0.0
        if position not in ("static", ""):
            begin += _px(sets, side, size, SCREEN) or 0.0
        found.append(begin)
    return found[0], found[1]


def _is_beyond(sets: Mapping[str, str], size: float) -> bool:
    """Whether an element is placed from the right or from below so that it lies off the page."""
    if not _is_lifted(sets):
        return False
    right = _px(sets, "right", size, SCREEN) if _px(sets, "left", size, SCREEN) is None else None
    bottom = _px(sets, "bottom", size, SCREEN) if _px(sets, "top", size, SCREEN) is None else None
    return (right is not None and not _OFF < right < _FAR) or (bottom is not None and bottom <= _OFF)


def _moved(sets: Mapping[str, str], size: float) -> tuple[Point, float]:
    """How far an element is moved by a transformation, and how much smaller it becomes.

    A share of its own width, which is not known, is taken of a hundred pixels.
    """
    x = y = 0.0
    scale = 1.0
    calls = _CALL.findall(sets.get("transform", ""))
    for name in ("translate", "scale"):
        if name in sets and sets[name] != "none":
            calls.append((name, ",".join(sets[name].split())))
    for name, inside in calls:
        values = [length_of(v.strip(), size, 100.0 if "translate" in name else 1.0) or 0.0 for v in inside.split(",")]
        if name in ("translate", "translate3d", "translatex"):
            x += values[0]
        if name in ("translate", "translate3d") and len(values) > 1:
            y += values[1]
        if name == "translatey":
            y += values[0]
        if name in ("scale", "scale3d", "scalex", "scaley"):
            scale *= min(abs(v) for v in values[:2])
        if name == "matrix" and len(values) == 6:
            x, y = x + values[4], y + values[5]
            scale *= abs(values[0] * values[3] - values[1] * values[2]) ** 0.5
    return (x, y), scale


def _px(sets: Mapping[str, str], name: str, size: float, whole: float) -> float | None:
    return length_of(sets.get(name, ""), size, whole)


def _is_cut(sets: Mapping[str, str]) -> bool:
    """Whether an element cuts off what does not fit into it."""
    return any(sets.get(f"overflow-{axis}", "visible") not in ("visible", "initial", "") for axis in "xy")


def _is_flat(sets: Mapping[str, str], size: float) -> bool:
    """Whether an element has no height or no width, and cuts off what does not fit."""
    for name, before, behind in (("height", "top", "bottom"), ("width", "left", "right")):
        known = [sets.get(n, "") for n in (name, f"max-{name}")]
        # A part of a height that nobody has set is none.
        given = [length_of(v, size, SCREEN) for v in known if not (name == "height" and v.endswith("%"))]
        lengths = [v for v in given if v is not None]
        if lengths and _is_cut(sets):
            padding = sum(_px(sets, f"padding-{side}", size, SCREEN) or 0.0 for side in (before, behind))
            if max(min(lengths), _px(sets, f"min-{name}", size, 0.0) or 0.0) + padding <= _LEAST_BOX:
                return True
    return False


def _is_indented_away(sets: Mapping[str, str]) -> bool:
    """Whether the words begin behind the end of their own line, where they are cut off."""
    indent = length_of(sets.get("text-indent", ""), 0.0, 100.0)
    share = sets.get("text-indent", "").endswith("%")
    return share and indent is not None and indent >= 100 and _is_cut(sets) and sets.get("white-space") == "nowrap"


def _is_clipped(sets: Mapping[str, str], size: float) -> bool:
    """Whether an element is clipped so that nothing of it is left."""
    if _is_lifted(sets):
        for name, inside in _CALL.findall(sets.get("clip", "")):
            sides = [length_of(v, size, 0.0) for v in re.split(r"[\s,]+", inside.strip())]
            if name == "rect" and len(sides) == 4 and _closed(sides):
                return True
    return any(_leaves_nothing(name, inside, size) for name, inside in _CALL.findall(sets.get("clip-path", "")))


def _closed(sides: list[float | None]) -> bool:
    top, right, bottom, left = sides
    flat = top is not None and bottom is not None and bottom - top <= _LEAST_BOX
    return flat or (left is not None and right is not None and right - left <= _LEAST_BOX)


def _leaves_nothing(name: str, inside: str, size: float) -> bool:
    """Whether a shape of a clip path holds nothing. A hundred per cent are taken for the width of the screen."""
    if name == "polygon":
        points = [tuple(_spans(point, size)) for point in inside.split(",")]
        return all(len(p) == 2 for p in points) and any(len({p[i] for p in points}) == 1 for i in (0, 1))
    lengths = list(_spans(re.split(r"\b(?:round|at)\b", inside)[0], size))
    if name == "inset" and lengths:
        top, right, bottom, left = (lengths * 4)[:4] if len(lengths) < 3 else (*lengths, lengths[1])[:4]
        return top + bottom >= SCREEN or left + right >= SCREEN
    return name in ("circle", "ellipse") and bool(lengths) and min(lengths) <= _LEAST_LETTER


def _spans(words: str, size: float) -> Iterator[float]:
    yield from (v for v in (length_of(part, size, SCREEN) for part in words.split()) if v is not None)
