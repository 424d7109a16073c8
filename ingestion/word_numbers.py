"""The numbers that Word sets before headings and items of lists, which the text of the paragraphs does not hold."""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from ingestion.word_styles import child_value

_LEVELS = 9
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: by which signs, from where, and in what words ("%1.%2")."""

    signs: str
    start: int
    words: str


class WordNumbers:
    """Counts a document's numbered paragraphs in the order in which they are met."""

    def __init__(self, numbering: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        for element in numbering if numbering is not None else ():
            if element.tag == qn("w:abstractNum"):
                self._levels[str(element.get(qn("w:abstractNumId")))] = dict(map(_level, element.iter(qn("w:lvl"))))
            elif element.tag == qn("w:num"):
                self._read_list(element)

    def _read_list(self, element: Any) -> None:
        name = str(element.get(qn("w:numId")))
        self._lists[name] = child_value(element, "w:abstractNumId") or ""
        for override in element.iter(qn("w:lvlOverride")):
            start = child_value(override, "w:startOverride")
            if start and start.isdigit():
                self._restarts[name, _digits(override.get(qn("w:ilvl")))] = int(start)

    def next(self, name: str, depth: int) -> str | None:
        """The number of the next paragraph of a list at a depth from 0, as Word shows it; None where it is a bullet."""
        kind = self._lists.get(name, "")
        levels = self._levels.get(kind, {})
        if depth not in levels or not 0 <= depth < _LEVELS:
            return None
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        restart = self._restarts.pop((name, depth), None)
        before = counts[depth]
        counts[depth] = restart if restart is not None else levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        words = levels[depth].words
        for i in range(depth + 1):
            level = levels.get(i, _Level("decimal", 1, ""))
            count = counts[i]
            words = words.replace(f"%{i + 1}", _written(level.start if count is None else count, level.signs))
        return words.strip() if levels[depth].signs not in ("bullet", "none") and any(map(str.isalnum, words)) else None


def _level(element: Any) -> tuple[int, _Level]:
    start = child_value(element, "w:start")
    return _digits(element.get(qn("w:ilvl"))), _Level(
        child_value(element, "w:numFmt") or "decimal",
        _digits(start) if start else 1,
        child_value(element, "w:lvlText") or "",
    )


def _digits(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0


def _written(number: int, signs: str) -> str:
    """A number in a list's own signs: 4 is "d" or "iv"."""
    if signs in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else "0"
        return letters.upper() if signs == "upperLetter" else letters
    if signs in ("lowerRoman", "upperRoman"):
        roman, left = "", number
        for value, sign in _ROMAN:
            while left >= value:
                roman, left = roman + sign, left - value
        return roman.upper() if signs == "upperRoman" else roman
    return str(number)
