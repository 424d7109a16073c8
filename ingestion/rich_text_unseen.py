"""Rich text without the words that it does not show: marked hidden, white on paper, or under two points."""

import re
from dataclasses import dataclass, replace

from ingestion.unseen_words import PAPER, is_unseen

_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'[0-9a-f]{2}|\\[^a-z]|[{}]|[^\\{}]+", re.IGNORECASE)
_COLOURS = re.compile(r"\{\\colortbl([^{}]*)\}")
_COLOUR = re.compile(r"\\red(\d{1,3})\s*\\green(\d{1,3})\s*\\blue(\d{1,3})")
_SHADED = re.compile(r"\\(?:highlight|cb|chcbpat|cbpat|clcbpat|clshdng|shading|shp|dp|do)(?![a-z])")


@dataclass(frozen=True, slots=True)
class _Set:
    """How letters are set: hidden, the number of their colour, and their size in half points."""

    hidden: bool = False
    colour: int = 0
    size: int = 24


def without_unseen(source: str) -> tuple[str, int]:
    """The source of a rich text without what it does not show, and how many words that were."""
    table = _COLOURS.search(source)
    colours = [_hexadecimal(entry) for entry in table[1].split(";")] if table else []
    ground = None if _SHADED.search(source) else PAPER  # where anything is shaded, what is behind is not told here
    kept: list[str] = []
    dropped: list[str] = []
    around: list[_Set] = []
    now = _Set()
    unseen = False
    for token in _TOKEN.finditer(source):
        word, number = token[1], token[2]
        if token[0] == "{":
            around.append(now)
        elif token[0] == "}":
            now = around.pop() if around else _Set()
        elif word is None or word == "u":
            if unseen:
                dropped.append(token[0])
                continue
        else:
            now = _changed(now, word, number)
        colour = colours[now.colour] if 0 <= now.colour < len(colours) else None
        now_unseen = now.hidden or is_unseen(colour, ground, now.size / 2)
        if unseen and not now_unseen:
            dropped.append(" ")
        unseen = now_unseen
        kept.append(token[0])
    return "".join(kept), len("".join(dropped).split())


def _changed(now: _Set, word: str, number: str | None) -> _Set:
    if word == "plain":
        return _Set()
    if word == "v":
        return replace(now, hidden=number != "0")
    if word == "cf":
        return replace(now, colour=int(number or 0))
    if word == "fs" and number:
        return replace(now, size=int(number))
    return now


def _hexadecimal(entry: str) -> str | None:
    """A colour of the file's table; None for the one that a reader's program chooses."""
    match = _COLOUR.search(entry)
    return "".join(f"{min(255, int(n)):02X}" for n in match.groups()) if match else None
