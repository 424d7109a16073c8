"""Words that a page or a slide does not show: letters in the colour of what they stand on, or too small for any eye.

What a format hides outright is its reader's to know; here stands what is alike in all of them, and how it is said.
"""

import re

PAPER = "FFFFFF"
_LEAST_POINTS = 2.0
_ALIKE = 16  # of 255 in each colour: closer to the ground than this, letters do not stand out
_COLOUR = re.compile(r"#?([0-9a-f]{6})", re.IGNORECASE)


def is_unseen(colour: str | None, ground: str | None, points: float | None) -> bool:
    """Whether letters of a colour and size cannot be seen on a ground.

    colour, ground: six hexadecimal digits. What is not known is None, and hides nothing.
    """
    if points is not None and points < _LEAST_POINTS:
        return True
    letters, behind = _parts(colour), _parts(ground)
    return bool(letters and behind) and all(abs(a - b) < _ALIKE for a, b in zip(letters, behind, strict=True))


def left_out(words: int) -> tuple[str, ...]:
    """What is to be said of a file that holds so many words that it does not show."""
    if not words:
        return ()
    many = f"{words:,} words that the file holds but does not show were" if words > 1 else (
        "A word that the file holds but does not show was"
    )  # fmt: skip
    return (f"{many} left out.",)


def _parts(colour: str | None) -> tuple[int, ...]:
    """Red, green and blue; nothing where the colour is not told as such."""
    match = _COLOUR.fullmatch(colour or "")
    return tuple(bytes.fromhex(match[1])) if match else ()
