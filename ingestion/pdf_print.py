"""What is printed on one page of a PDF: words with their type and place, and the runs of words that stand together.

pdfplumber tells each character's box; here characters become words and words become runs. Coordinates are PDF points
from the top left corner of the page as it is shown. A page that was set sideways is turned upright first; each word
keeps its box on the page as it is shown.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingestion.block import NO_TEXT
from ingestion.pdf_forms import Field, with_fields
from ingestion.pdf_shown import Drawn, seen, shown_part

Box = tuple[float, float, float, float]

_MARK = re.compile(r"\d{1,3}(?:,\s?\d{1,3})*|[*†‡§]{1,2}")
_POWER_OF = re.compile(r"(?:^|[\d\s])(?:[kcm]?m|ft)$")
_POWERS = {"2": "²", "3": "³"}
_GLYPH = re.compile(r"^/?(f(?:_f)?_[bfhijklt]|T_h|t_t)$")
UNREAD = "[?]"  # stands for a word that could not be read
_USUAL_SPACE = "(cid:3)"  # in fonts as most programs embed them
_NONE = dict.fromkeys(NO_TEXT, "")
_NO_LETTER = re.compile(r"^\(cid:\d+\)$")
_SYMBOLS = re.compile(r"symbol|wingding|webding|dingbat", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
MARGIN = 0.13  # of the page's height, at its head and at its foot
_WORD_GAP = 0.17  # of the type's size; a narrower gap stands inside a word
_NO_ROOM = 0.07  # of the type's size; a space drawn in a narrower gap lies over the letters and parts nothing
_RUN_GAP = 1.0  # of the type's size; what stands further apart may belong to another column
_RULE = 12.0  # points: a shorter edge in a crowded drawing is no table's rule
_HOST = 1.15  # a raised mark's word is set at least this much larger


@dataclass(slots=True)
class Word:
    """A word with its box as set, its type in points, and its box on the page as shown.

    base: height of the baseline. glued: it follows what stands before it without a space. raised: a footnote's mark.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    shown: Box
    glued: bool = False
    raised: bool = False
    spaced: bool = False


@dataclass(slots=True)
class Run:
    """Words of one printed line that stand together."""

    words: list[Word]
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        """Take place and type from the words; raised marks have no say in the type."""
        plain = [w for w in self.words if not w.raised] or self.words
        self.x0, self.x1 = min(w.x0 for w in self.words), max(w.x1 for w in self.words)
        self.top, self.bottom = min(w.top for w in plain), max(w.bottom for w in plain)
        sizes: Counter[float] = Counter()
        bold = 0
        for w in plain:
            sizes[round(w.size, 1)] += len(w.text)
            bold += len(w.text) if w.bold else -len(w.text)
        self.size, self.bold = sizes.most_common(1)[0][0], bold > 0
        self.base = next(w.base for w in plain if round(w.size, 1) == self.size)

    @property
    def text(self) -> str:
        """The words, with a space wherever one stands."""
        return "".join(w.text if i == 0 or w.glued else f" {w.text}" for i, w in enumerate(self.words))


@dataclass(slots=True)
class Edge:
    """A ruled line or the side of a box. thin: it is drawn as a line, not as the side of a coloured ground."""

    x0: float
    top: float
    x1: float
    bottom: float
    thin: bool = True

    @property
    def upright(self) -> bool:
        return self.x1 - self.x0 < self.bottom - self.top


@dataclass(slots=True)
class Sheet:
    """One page: its words in the direction in which most are set, those set across it, and its ruled lines.

    width, height: points, as set. unknown: characters that the file gives no letter for. pictures: share of the page.
    recognised: its words were read by OCR. hidden: letters of the file that the page does not show, and that are left out.
    doubtful: numbers that are not read, since the file does not say what stands against them.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    across: list[Word]
    edges: list[Edge]
    unknown: int = 0
    pictures: float = 0.0
    size: tuple[float, float] = (0.0, 0.0)
    runs: list[Run] = field(default_factory=list)
    recognised: bool = False
    hidden: int = 0
    doubtful: int = 0


_LEVEL, _UPWARDS, _DOWNWARDS, _TURNED_ROUND = range(4)  # how the lines of a page run

Turn = Callable[[float, float, float, float], Box]


def read_sheet(page: Any, fields: Sequence[Field] = (), drawn: Drawn | None = None, most_edges: int = 2500) -> Sheet:
    """The words and ruled lines of a pdfplumber page, and what its form's fields show.

    drawn: the file as it is drawn, by which words that nobody sees are left out; None: all are taken for seen.
    Of more than ``most_edges`` the longest straight ones are kept.
    """
    part = shown_part(page)
    dx, dy, width, height = part[0], part[1], part[2] - part[0], part[3] - part[1]
    pictures = min(1.0, sum(i["width"] * i["height"] for i in page.images) / max(1.0, width * height))
    picture = drawn.page(page.page_number, (width, height)) if drawn else None
    chars, hidden = seen(_once(page.chars), picture, part, page.images, pictures)
    letters: list[list[dict[str, Any]]] = [[], [], [], []]
    unnamed: list[dict[str, Any]] = []
    for c in with_fields(page, fields, chars):
        c = {**c, "x0": c["x0"] - dx, "x1": c["x1"] - dx, "top": c["top"] - dy, "bottom": c["bottom"] - dy}
        if c["x1"] < 0 or c["x0"] > width or c["bottom"] < 0 or c["top"] > height:
            continue
        if len(c["text"]) == 1 and c["text"] != "\xad" and unicodedata.category(c["text"]) == "Cf":
            continue  # it says how text runs, and shows nothing
        if text := _letters(c["text"], c["fontname"]):
            letters[_direction(c)].append({**c, "text": text})
        else:
            unnamed.append(c)
    main = max(range(4), key=lambda d: len(letters[d]))
    turn = _turn(main, width, height)
    words = _words(letters[main], turn)
    doubtful = _without_signs(words, unnamed)
    edges = [
        Edge(*turn(e["x0"] - dx, e["top"] - dy, e["x1"] - dx, e["bottom"] - dy), thin=_is_thin(e))
        for e in _rules(page.edges, most_edges)
    ]
    set_width, set_height = (width, height) if main in (_LEVEL, _TURNED_ROUND) else (height, width)
    return Sheet(
        page.page_number,
        set_width,
        set_height,
        _with_marks(words),
        [w for d in range(4) if d != main for w in _words(letters[d], _turn(d, width, height))],
        edges,
        len(unnamed),
        pictures,
        (width, height),
        hidden=hidden,
        doubtful=doubtful,
    )


def _direction(c: dict[str, Any]) -> int:
    """In which direction a letter's line runs on the page as it is shown."""
    across, up, _, upright = c["matrix"][:4]
    if not c["upright"] and any(c["matrix"][1:3]):
        return _UPWARDS if up > 0 else _DOWNWARDS
    return _TURNED_ROUND if across < 0 and upright < 0 and not any(c["matrix"][1:3]) else _LEVEL


def _turn(direction: int, width: float, height: float) -> Turn:
    """What turns boxes on a page of this size so that lines in a direction are level."""

    def turn(x0: float, top: float, x1: float, bottom: float) -> Box:
        if direction == _UPWARDS:
            return (height - bottom, x0, height - top, x1)
        if direction == _DOWNWARDS:
            return (top, width - x1, bottom, width - x0)
        if direction == _TURNED_ROUND:
            return (width - x1, height - bottom, width - x0, height - top)
        return (x0, top, x1, bottom)

    return turn


def _rules(edges: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """The edges of a page; of a drawing's thousands, those that could be the rules of a table: straight, and the longest."""
    if len(edges) <= most:
        return edges
    straight = [e for e in edges if e.get("orientation") in ("h", "v") and max(e["width"], e["height"]) >= _RULE]
    return sorted(straight, key=lambda e: -max(e["width"], e["height"]))[:most]


def _is_thin(edge: dict[str, Any]) -> bool:
    """Whether an edge is a line, a box drawn in outline, or a box so flat that it is a line."""
    if edge.get("object_type") == "line":
        return True
    points = edge.get("pts") or [(0.0, 0.0)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return bool(edge.get("stroke")) or min(max(xs) - min(xs), max(ys) - min(ys)) < 3


def _letters(text: str, font: str) -> str:
    """The letters of a glyph: ligatures parted, symbols of a bullet font as a bullet; "" where the file tells none."""
    if text == "\xa0":
        return " "
    if text == "\xad":
        return "\xad"
    if _NO_LETTER.match(text):
        return "•" if _SYMBOLS.search(font) else ""
    if glyph := _GLYPH.match(text):
        return glyph[1].replace("_", "")
    if len(text) == 1 and (unicodedata.category(text) == "Co" or (_SYMBOLS.search(font) and not text.isascii())):
        return "•"
    if len(text) == 1 and "\ufb00" <= text <= "\ufb06":
        return unicodedata.normalize("NFKC", text)
    return text.translate(_NONE)


def _once(chars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Characters without those set again almost in the same place, as for a shadow or to look bold."""
    seen: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    kept: list[dict[str, Any]] = []
    for c in chars:
        if c["text"].isspace():
            kept.append(c)
            continue
        at = (int(c["x0"] // 4), int(c["top"] // 4))
        near = (seen.get((c["text"], at[0] + i, at[1] + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        width, height = 0.25 * max(c["width"], 0.1), 0.25 * max(c["height"], 0.1)
        if any(abs(o["x0"] - c["x0"]) < width and abs(o["top"] - c["top"]) < height for group in near for o in group):
            continue
        seen.setdefault((c["text"], *at), []).append(c)
        kept.append(c)
    return kept


def _words(chars: list[dict[str, Any]], turn: Turn) -> list[Word]:
    """Words: characters on one baseline with no space and no wide gap between them."""
    placed = []
    for c in chars:
        x0, top, x1, bottom = turn(c["x0"], c["top"], c["x1"], c["bottom"])
        placed.append((_base(c), x0, top, x1, bottom, c))
    placed.sort(key=lambda p: p[0])
    lines: list[list[tuple[float, float, float, float, float, dict[str, Any]]]] = []
    for p in placed:
        if lines and p[0] - lines[-1][0][0] <= 0.12 * max(4.0, p[5]["size"]):
            lines[-1].append(p)
        else:
            lines.append([p])
    found: list[Word] = []
    for line in lines:
        line.sort(key=lambda p: p[1])
        found += _line_words(line)
    return found


def _without_signs(words: list[Word], unnamed: Sequence[dict[str, Any]]) -> int:
    """Numbers against which a sign stands that the file does not name, as a pound sign may, are not read; how many."""
    found = 0
    for w in words:
        x0, top, x1, bottom = w.shown
        if any(ch.isdigit() for ch in w.text) and any(
            -_WORD_GAP * w.size < max(x0 - c["x1"], c["x0"] - x1) < _WORD_GAP * w.size
            and min(bottom, c["bottom"]) - max(top, c["top"]) > 0.5 * w.size
            and c["text"] != _USUAL_SPACE
            for c in unnamed
        ):
            w.text = UNREAD
            found += 1
    return found


def _base(c: dict[str, Any]) -> float:
    """The height of a letter's baseline in the direction in which its line is read, downwards."""
    x, y = float(c["matrix"][4]), float(c["matrix"][5])
    return {_LEVEL: -y, _TURNED_ROUND: y, _UPWARDS: x, _DOWNWARDS: -x}[_direction(c)]


def _line_words(line: list[tuple[float, float, float, float, float, dict[str, Any]]]) -> list[Word]:
    found: list[Word] = []
    word: Word | None = None
    space = True
    for base, x0, top, x1, bottom, c in line:
        text = c["text"]
        if text.isspace():
            space = True
            continue
        size = c["size"]
        shown = (c["x0"], c["top"], c["x1"], c["bottom"])
        gap = x0 - word.x1 if word else 0.0
        space = space and not (word is not None and -0.5 * size < gap < _NO_ROOM * size)
        near = word is not None and not space and -0.5 * size < gap < _WORD_GAP * size
        if word is not None and near and abs(word.size - size) < 0.1 * size:
            word.text += text
            word.x0, word.x1 = min(word.x0, x0), max(word.x1, x1)
            word.top, word.bottom = min(word.top, top), max(word.bottom, bottom)
            word.shown = _around(word.shown, shown)
        else:
            bold = _BOLD.search(c["fontname"] or "") is not None
            word = Word(text, x0, top, x1, bottom, base, size, bold, shown, glued=near, spaced=space)
            found.append(word)
        space = False
    return found


def _around(a: Box, b: Box) -> Box:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


def _with_marks(words: list[Word]) -> list[Word]:
    """Small words that stand against a larger one on another baseline are put on its line: marks, "th", "m²"."""
    rows: dict[int, list[Word]] = {}
    for w in words:
        rows.setdefault(int(w.base // 12), []).append(w)
    largest = max((w.size for w in words), default=0.0)
    for w in words:
        if w.size * _HOST > largest or len(w.text) > 7:
            continue
        around = [h for k in range(-1, 2) for h in rows.get(int(w.base // 12) + k, ()) if h.size >= _HOST * w.size]
        host = min((h for h in around if _touches(h, w)), key=lambda h: abs(h.base - w.base), default=None)
        if host is None:
            continue
        before = host.x0 < w.x0
        lift = max(host.base - w.base, host.bottom - w.bottom - 0.25 * (host.size - w.size))
        rises = lift > 0.12 * host.size
        letters = _MARK.fullmatch(w.text) is None
        if rises and w.text in _POWERS and before and _POWER_OF.search(host.text):
            w.text = _POWERS[w.text]
        elif rises and not letters:
            w.raised = True
        elif rises and (not before or len(w.text) > 2):
            continue
        w.base = host.base
        w.glued = before
    return words


def _touches(host: Word, small: Word) -> bool:
    level = -0.35 * host.size < host.base - small.base < 0.75 * host.size
    behind = -0.25 * host.size < small.x0 - host.x1 < 0.3 * host.size
    ahead = -0.25 * host.size < host.x0 - small.x1 < 0.6 * host.size
    return level and (behind or ahead)


def runs(words: Sequence[Word]) -> list[Run]:
    """Words that stand on one baseline, parted where the gap is wide."""
    ordered = sorted(words, key=lambda w: (w.base, w.x0))
    rows: list[list[Word]] = []
    for w in ordered:
        if rows and w.base - rows[-1][0].base <= 0.15 * max(4.0, w.size):
            rows[-1].append(w)
        else:
            rows.append([w])
    found: list[Run] = []
    for row in rows:
        row.sort(key=lambda w: w.x0)
        current = [row[0]]
        for w in row[1:]:
            last = current[-1]
            size = max(last.size, w.size)
            if w.x0 - last.x1 > _RUN_GAP * size or last.x1 - w.x0 > 2 * size:
                found.append(Run(current))
                current = []
            elif not w.glued and not w.spaced and w.x0 - last.x1 < _WORD_GAP * size:
                w.glued = True
            current.append(w)
        found.append(Run(current))
    for run in found:
        _close_up(run)
    return found


def _close_up(run: Run) -> None:
    """A heading set with spaces between its letters: letters that stand evenly apart are one word."""
    letters = [w for w in run.words if len(w.text) == 1 and w.text.isalnum()]
    if len(run.words) < 5 or len(letters) < 0.8 * len(run.words):
        return
    gaps = sorted(b.x0 - a.x1 for a, b in zip(run.words, run.words[1:], strict=False))
    usual = gaps[len(gaps) // 4]
    joined: list[Word] = []
    for w in run.words:
        if joined and w.x0 - joined[-1].x1 < max(1.8 * usual, usual + 0.15 * w.size):
            last = joined[-1]
            last.text, last.x1 = last.text + w.text, w.x1
            last.shown = _around(last.shown, w.shown)
        else:
            joined.append(w)
    run.words = joined
    run.measure()
