"""Blocks become passages: paragraphs and bullets that keep their headings, their theme and the stem they continue."""

import hashlib
import re
from dataclasses import dataclass

from corpus.language import sentence_case, sentences
from corpus.location import Location
from corpus.passage import Passage
from corpus.quantity import read_quantities
from ingestion.block import Block, BlockKind, ReadText
from ingestion.structure import CHAIN, THEME

_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")
_NUMBERED = re.compile(r"^(?:[A-Z]?\d{1,2}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,5})[.):]*\s+")
# "Table 2", "Theme 3", "Year 6": a number of a thing, and no figure.
_NUMBER_OF = re.compile(
    r"\b[A-Za-z]+\.?\s+(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])(?![\d,.%])(?=\W|$)(?!\s*(?:years?|months?|days?)\b)"
)
_ASKS = re.compile(r"(?:what|how|who|why|when|where|which)\b", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will)\b|:\s+[a-z]")
_ON_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\s+(?:19|20)\d\d\b"
)
_OPEN = re.compile(r"(?::|\b(?:in|of|to|for|with|by|from|are|is|include|includes|including|as))\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is shown, with its depth and place."""

    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage together with the block it came from and the chain part ("outputs") and theme heading above it."""

    passage: Passage
    block: Block
    part: str | None
    theme: Heading | None


def passages(document: str, read: ReadText) -> list[Placed]:
    """The passages of one document, in the source's order."""
    rows = {row.start: row for row in read.rows}
    capitals = frozenset(_ABBREVIATION.findall(" ".join(_mixed_case(read))))
    stack: list[Heading] = []
    placed: list[Placed] = []
    stems: dict[int, str] = {}
    for block in read.blocks:
        words = _spaced(read.clean[block.start : block.end])
        if block.kind is BlockKind.HEADING:
            stack = [h for h in stack if h.level < block.level]
            stack.append(Heading(sentence_case(words, capitals), block.level, block.start, block.end))
            stems.clear()
        says = block.kind is BlockKind.HEADING and _says_something(words)
        if block.kind in (BlockKind.TITLE, BlockKind.FURNITURE, BlockKind.ATTRIBUTION) or not words:
            continue
        if block.kind is BlockKind.HEADING and not says:
            continue
        stem = None
        row = rows.get(block.start) if block.kind is BlockKind.ROW else None
        if row is not None:
            about = () if any(c.label for c in row.cells) else (row.label,)
            stem = "; ".join(part for part in (row.caption, row.group, *about) if part) or None
            stems.clear()
        elif block.kind is BlockKind.BULLET:
            stem = " ".join(stems[level] for level in sorted(stems) if level < block.level) or None
            stems = {level: text for level, text in stems.items() if level < block.level}
            stems[block.level] = words.rstrip(":;. ")
        elif block.kind is not BlockKind.FOOTNOTE:
            stems.clear()
            tail = [words[s:e] for s, e in sentences(words)][-1]
            if _OPEN.search(tail):
                stems[0] = tail.rstrip(": ")
        section = tuple(h.text for h in stack)
        theme = next((h for h in reversed(stack) if THEME.match(h.text)), None)
        part = next((m["part"].lower() for h in reversed(stack) if (m := CHAIN.match(h.text))), None)
        kind = "table" if row else block.kind.value if block.kind in _KEPT_KINDS else "paragraph"
        location = Location(document, block.start, block.end, block.page, section)
        text = read.text[block.start : block.end]
        passage = Passage(
            record_id(read.origin, block.start, text), text, location, kind, stem, theme.text if theme else None,
            row.cells if row else (), row.label if row else None, row.table if row else None,
        )  # fmt: skip
        placed.append(Placed(passage, block, part, theme))
    return placed


def _says_something(heading: str) -> bool:
    """Whether a heading is a statement as well: "192,900 people aged 65 and over", "Care leavers: requires improvement"."""
    words = _NUMBER_OF.sub(" ", _NUMBERED.sub("", heading))
    if words.endswith("?") or _ASKS.match(words):
        return False
    figures = [q for q in read_quantities(words) if q.unit != "year"]
    return bool(figures) or _VERB.search(words) is not None or _ON_DAY.search(words) is not None


_KEPT_KINDS = (BlockKind.BULLET, BlockKind.QUOTATION, BlockKind.FOOTNOTE)


def record_id(*parts: object) -> str:
    """An id from the hash of the file and from place and content: never from the file's name, so that a renamed file's
    records keep their ids, and those of two files are never the same.
    """
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:20]


def _mixed_case(read: ReadText) -> list[str]:
    texts = (read.clean[b.start : b.end] for b in read.blocks)
    return [t for t in texts if not t.isupper()]


def _spaced(text: str) -> str:
    return re.sub(r"[^\S\t]+", " ", text).strip()
