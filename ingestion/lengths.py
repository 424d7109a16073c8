"""Lengths and colours as style sheets write them."""

import re

from tinycss2.color4 import parse_color

Colour = tuple[float, float, float, float]  # red, green, blue and how opaque, each from 0 to 1

SCREEN = 1280.0  # px: how wide the screen is taken to be
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]+|%)?")
_PX = {
    **{"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6},
    **{"rem": 16.0, "vw": SCREEN / 100, "vh": 8.0, "vmin": 8.0, "vmax": SCREEN / 100},
}
# Spaces of colour whose first number is the lightness, with the number that white has; of them only that is read.
_LIGHTNESS = {"lab": 100.0, "lch": 100.0, "oklab": 1.0, "oklch": 1.0}
_OF_TYPE = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2}
_NAMED = {
    **{"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0},
    **{"large": 18.0, "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0},
}


def length_of(value: str, size: float, whole: float) -> float | None:
    """A length in px; None where it is none. size: of the type around it. whole: what a hundred per cent are."""
    value = value.removeprefix("calc(").removesuffix(")").strip() if value.startswith("calc(") else value
    if value in _NAMED:
        return _NAMED[value]
    if value in ("smaller", "larger"):
        return size / 1.2 if value == "smaller" else size * 1.2
    match = _LENGTH.fullmatch(value)
    if match is None:
        return None
    number, unit = float(match[1]), match[2] or "px"
    if unit == "%":
        return number * whole / 100
    per = _PX.get(unit, size * _OF_TYPE[unit] if unit in _OF_TYPE else None)
    return number * per if per is not None else None


def colour_of(value: str) -> Colour | None:
    """A colour; None where the words are none, or the colour of the text around."""
    found = parse_color(value)
    if found is None or isinstance(found, str):
        return None
    if found.space in _LIGHTNESS:
        red = green = blue = float(found.coordinates[0] or 0) / _LIGHTNESS[found.space]
    else:
        try:
            red, green, blue = (min(1.0, max(0.0, float(c or 0))) for c in found.to("srgb").coordinates)
        except NotImplementedError:
            return None
    return red, green, blue, float(found.alpha)


def over(top: Colour, below: Colour) -> Colour:
    """A colour as it looks on another, which is opaque."""
    a = top[3]
    return top[0] * a + below[0] * (1 - a), top[1] * a + below[1] * (1 - a), top[2] * a + below[2] * (1 - a), 1.0


def apart(one: Colour, other: Colour) -> float:
    """How far two colours lie apart in the channel in which they differ most, from 0 to 1."""
    return max(abs(a - b) for a, b in zip(one[:3], other[:3], strict=True))
