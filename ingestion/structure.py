"""Lines become blocks: what is a heading and how deep, a bullet, a footnote, a quotation, or page furniture.

Where the format tells (Markdown's ``#``, a larger type in a PDF) it is believed; elsewhere the rules are those by
which plans are written: short lines that stand alone, numbered sections, "Theme 2 – …", Issue and Outputs.
"""

import re
from collections import Counter

from corpus.language import SUPERSCRIPTS, blank
from ingestion.block import Block, BlockKind, Line, ReadText

THEME = re.compile(
    r"^(?:strategic\s+)?(?P<word>theme|priority|objective|goal|pillar|strand|aim|ambition|mission)\s+"
    r"(?P<number>\d{1,2}|[A-Z]\b|one|two|three|four|five|six|seven|eight|nine|ten)\s*[:–—.-]?\s*(?P<name>.*)$",
    re.IGNORECASE,
)
CHAIN = re.compile(
    r"^(?:key\s+|our\s+|the\s+)?(?P<part>issues?|challenges?|inputs?|activit(?:y|ies)|actions?|outputs?|outcomes?|leads?"
    r"|partners?|resources|timescales?|milestones?)\s*:?$",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"^(?P<role>(?:jointly\s+)?(?:led|overseen|chaired|delivered|owned|managed|co-?ordinated|supported|assisted)\s+by"
    r"|input(?:s)?\s+(?:and\s+support\s+)?from|support(?:ed)?\s+(?:and\s+input\s+)?(?:from|by)|lead(?:\s+(?:organisation"
    r"|partner|officer|body|agency))?\s*(?=:)|supporting\s+(?:organisations?|partners?|bodies)\s*(?=:)"
    r"|(?:delivery\s+|key\s+)?partners?\s*(?=:)|accountable(?:\s+body)?\s*(?=:)|responsible(?:\s+body)?\s*(?=:))"
    r"\s*:?\s*(?P<who>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"^(?:section\s+|chapter\s+|part\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})[.:)]?\s+(?=\D)", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"^(?:(?:adopted|published|approved|date(?:d)?|version)[:\s]+)?(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTH})"
    r"\.?,?\s+((?:19|20)\d\d)$",
    re.IGNORECASE,
)
_DAY_ON = re.compile(rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?\s+)?\b{_MONTH}\.?,?\s+(?:19|20)\d\d", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^(?:draft|final draft|confidential|official|page\s+\d+(?:\s+of\s+\d+)?|\d{1,3})$", re.IGNORECASE
)
_ENDS_OPEN = re.compile(r"\b(?:in|of|to|for|with|by|from|on|and|or|the|a|an|are|is|include|includes|including|as)$")
_ADDRESS = re.compile(r"https?://|\bwww\.|\w@\w")
_ORDER = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def arrange(
    text: str,
    clean: str,
    lines: list[Line],
    *,
    footnote_marks: tuple[tuple[int, int], ...] = (),
    pages: tuple[tuple[int, int], ...] = (),
    warnings: tuple[str, ...] = (),
) -> ReadText:
    """Tell what each line is, and join the sentences that a page break or a wrapped line has cut in two."""
    body = _body_size(lines)
    marked = any(line.level for line in lines)
    blocks: list[Block] = []
    title: str | None = None
    date: str | None = None
    furniture: list[tuple[int, int]] = []
    draft: tuple[int, int] | None = None
    date_at: tuple[int, int] | None = None
    levels = _Levels(_depths(clean, lines, body, marked))
    for number, line in enumerate(lines):
        words = _words(clean[line.start : line.end])
        raw = text[line.start : line.end].lstrip("*_ ")
        if not words:
            continue
        previous = next((b for b in reversed(blocks) if b.kind is not BlockKind.FURNITURE), None)
        if line.row and not ROLE.match(words):
            blocks.append(Block(BlockKind.ROW, line.start, line.end, page=line.page))
        elif line.bullet is None and _FURNITURE.match(words):
            if "draft" in words.lower() and draft is None:
                draft = (line.start, line.end)
            furniture.append((line.start, line.end))
            blocks.append(Block(BlockKind.FURNITURE, line.start, line.end, page=line.page))
        elif date is None and _DATE.match(words) and len(blocks) < 12:
            date, date_at = iso_date(words), _date_within(clean, line)
            blocks.append(Block(BlockKind.PARAGRAPH, line.start, line.end, page=line.page))
        elif raw[:1] in SUPERSCRIPTS or any(s <= line.start < e for s, e in footnote_marks):
            blocks.append(Block(BlockKind.FOOTNOTE, line.start, line.end, page=line.page))
        elif line.bullet is not None:
            blocks.append(Block(BlockKind.BULLET, line.start, line.end, line.bullet, line.page))
        elif line.level is None and ROLE.match(words) and len(words) < 300:
            blocks.append(Block(BlockKind.ROLE, line.start, line.end, page=line.page))
        elif previous is not None and previous.kind is BlockKind.ROLE and _continues_role(clean, previous, words):
            blocks[blocks.index(previous)] = Block(BlockKind.ROLE, previous.start, line.end, page=previous.page)
        elif (
            previous is not None and previous.kind is BlockKind.QUOTATION and _closes_quotation(clean, previous, words)
        ):
            blocks.append(Block(BlockKind.ATTRIBUTION, line.start, line.end, page=line.page))
        elif _is_heading(line, words, body, marked) and not _opens_sentence(clean, lines, number):
            level = levels.of(line, words)
            if title is None and not _NUMBERED.match(words) and not THEME.match(words):
                title = words
                blocks.append(Block(BlockKind.TITLE, line.start, line.end, 0, line.page))
                levels.title_level = line.level
            else:
                blocks.append(Block(BlockKind.HEADING, line.start, line.end, level, line.page))
        elif previous is not None and _continues(clean, previous, words):
            blocks[blocks.index(previous)] = Block(
                previous.kind, previous.start, line.end, previous.level, previous.page
            )
        else:
            kind = BlockKind.PARAGRAPH
            if words[0] in '“"' or (previous is not None and _open_quotation(clean, previous)):
                kind = BlockKind.QUOTATION
            blocks.append(Block(kind, line.start, line.end, page=line.page))
    return ReadText(
        text=text,
        clean=blank(clean, furniture),
        blocks=tuple(blocks),
        title=title,
        date=date,
        status="draft" if draft else None,
        date_at=date_at,
        status_at=draft,
        pages=pages,
        footnote_marks=footnote_marks,
        warnings=warnings,
    )


def _date_within(clean: str, line: Line) -> tuple[int, int]:
    """The characters of a line that are its date, without "Adopted" or "Date:" before it."""
    match = _DAY_ON.search(clean, line.start, line.end)
    return match.span() if match else (line.start, line.end)


def iso_date(words: str) -> str | None:
    """``Sep 2021`` is ``2021-09``; ``5 March 2022`` is ``2022-03-05``; None where the words are no date."""
    match = _DATE.match(" ".join(words.split()))
    if match is None:
        return None
    month = _ORDER.index(match[2][:3].lower()) + 1
    day = f"-{int(match[1]):02d}" if match[1] else ""
    return f"{match[3]}-{month:02d}{day}"


class _Levels:
    """Depth of headings where the format does not tell: numbered sections, then themes, then their parts; where there
    are neither, the size of the type.
    """

    def __init__(self, by_size: dict[float, int]) -> None:
        self.by_size = by_size
        self.title_level: int | None = None
        self.in_numbered = False
        self.in_theme: int | None = None

    def of(self, line: Line, words: str) -> int:
        if line.level is not None:
            return max(1, line.level - (self.title_level or 0)) if (self.title_level or 0) < line.level else line.level
        numbered = _NUMBERED.match(words)
        if numbered:
            self.in_numbered, self.in_theme = True, None
            return 1 + numbered[1].count(".")
        if THEME.match(words):
            self.in_theme = 2 if self.in_numbered else 1
            return self.in_theme
        if line.size is not None and round(line.size, 1) in self.by_size:
            return self.by_size[round(line.size, 1)]
        if self.in_theme is not None:
            return self.in_theme + 1
        return 2 if self.in_numbered else 1


def _depths(clean: str, lines: list[Line], body: float | None, marked: bool) -> dict[float, int]:
    """The depth of each size of type in which headings are set; none where numbers or themes tell their depth.

    The first heading is the title, and has no depth where nothing else is set in its size.
    """
    found: list[tuple[float, str]] = []
    for line in lines:
        words = _words(clean[line.start : line.end])
        plain = line.bullet is None and not line.row and line.level is None and words and line.size is not None
        if plain and not _FURNITURE.match(words) and not _DATE.match(words) and _is_heading(line, words, body, marked):
            found.append((round(line.size or 0.0, 1), words))
    if any(_NUMBERED.match(words) or THEME.match(words) or CHAIN.match(words) for _, words in found):
        return {}
    sizes = sorted({size for size, _ in found[1:]}, reverse=True)
    depths: dict[float, int] = {}
    for size in sizes:
        near = next((s for s in depths if s - size < _SAME_SIZE * s), None)
        depths[size] = depths[near] if near is not None else min(len(set(depths.values())) + 1, 4)
    return depths


_SAME_SIZE = 0.04  # of the type: sizes closer than this are one, as a line set tight is


def _is_heading(line: Line, words: str, body: float | None, marked: bool) -> bool:
    if line.level is not None:
        return True
    if line.plain or marked or "\t" in words or len(words) > 120 or len(words.split()) > 16:
        return False
    if (
        _ADDRESS.search(words)
        or _ENDS_OPEN.search(words)
        or (words[-1] in ".;:," and not CHAIN.match(words) and not THEME.match(words))
    ):
        return False
    if not re.match(r"(?:\.{2,}|…)?\s*[A-Z0-9]|(?:\.{2,}|…)\s*\w|[“\"‘'(]", words) or not re.search(
        r"[A-Za-z]{3}", words
    ):
        return False
    if body is None or line.size is None:
        return True
    if CHAIN.match(words) or (THEME.match(words) and len(words) < 90):
        return True
    return line.size > body * 1.08 or line.bold or (words.isupper() and bool(_NUMBERED.match(words)))


def _opens_sentence(clean: str, lines: list[Line], number: int) -> bool:
    """Whether a line set large is the head of a sentence that goes on below in smaller type."""
    line = lines[number]
    below = lines[number + 1] if number + 1 < len(lines) else None
    if line.level is not None or below is None or below.row or below.bullet is not None or below.page != line.page:
        return False
    words, under = _words(clean[line.start : line.end]), _words(clean[below.start : below.end])
    return len(words.split()) > 3 and len(under.split()) > 3 and under[:1].islower() and words[-1] not in ".:;!?"


def _continues(clean: str, previous: Block, words: str) -> bool:
    """A sentence goes on: what stands before does not end, and this does not begin."""
    if previous.kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.QUOTATION):
        return False
    before = _words(clean[previous.start : previous.end])
    return before[-1] not in '.!?:;”"' and words[0].islower()


def _continues_role(clean: str, previous: Block, words: str) -> bool:
    """ "Input and support from:" is followed by names on lines of their own."""
    before = _words(clean[previous.start : previous.end])
    return (before.endswith(":") or "\t" in words) and not CHAIN.match(words) and not ROLE.match(words)


def _open_quotation(clean: str, previous: Block) -> bool:
    before = clean[previous.start : previous.end]
    return previous.kind is BlockKind.QUOTATION and not before.rstrip().endswith("”")


def _closes_quotation(clean: str, previous: Block, words: str) -> bool:
    """The line below a finished quotation that names its source."""
    before = _words(clean[previous.start : previous.end])
    return before[-1] in '”"' and len(words) < 120 and words[-1] not in ".:;" and not CHAIN.match(words)


def _body_size(lines: list[Line]) -> float | None:
    """The type size in which most of the text is set, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size is not None:
            sizes[round(line.size, 1)] += line.end - line.start
    return sizes.most_common(1)[0][0] if sizes else None


def _words(text: str) -> str:
    return re.sub(r"[^\S\t]+", " ", text).strip()
