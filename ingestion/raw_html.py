"""What Markdown holds and does not show: comments, definitions of links, titles of links, and HTML that is not displayed.

The tags of the HTML stay where their words do. Code stands as it is written.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

from ingestion.seen import take_out_unseen

_PIECE = re.compile(
    r"(?P<code>^[ \t]*(?P<fence>```|~~~).*?(?:^[ \t]*(?P=fence)|\Z)|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<unshown><!--.*?-->|^ {0,3}<!--.*\Z|<\?.*?\?>|<!\[CDATA\[.*?\]\]>)"
    r"|(?P<sheet><style\b.*?(?:</style\s*>|\Z))"
    r"|(?P<script><(?P<kind>script|template|noscript|title|head)\b[^<>]*>.*?</(?P=kind)\s*>)"
    r"|(?P<tag></?[a-z][a-z\d-]*(?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_TITLE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))"
_DEFINITION = re.compile(
    rf"^ {{0,3}}\[(?!\^)[^\[\]\n]+\]:[ \t]*(?:\n[ \t]*)?(?:<[^<>\n]*>|[^\s<]\S*)(?:[ \t]*\n?[ \t]+{_TITLE})?[ \t]*$\n?",
    re.MULTILINE,
)
_LINK_TITLE = re.compile(rf"(?<=\S)(?<!\])[ \t]+{_TITLE}[ \t]*(?=\))")
_LINK = re.compile(rf"\]\([^()\s]*[ \t]+{_TITLE}[ \t]*\)")
_BLANK = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"\ue000(\d+)\ue001")


def without_unseen(text: str) -> tuple[str, int]:
    """The text without what is not shown of it, and how many words that were."""
    code = [m.span() for m in _PIECE.finditer(text) if m["code"]]
    spans: list[tuple[int, int]] = []
    for definition in _DEFINITION.finditer(text):
        before = (
            text[max(0, definition.start() - 1000) : definition.start()].removesuffix("\n").rpartition("\n")[2].strip()
        )
        # Within a paragraph it defines nothing, and is shown.
        if not before or before.startswith("#") or (spans and spans[-1][1] == definition.start()):
            spans.append(definition.span())
    for link in _LINK.finditer(text):
        title = _LINK_TITLE.search(text, *link.span())
        spans += [title.span()] if title else []
    spans = [s for s in spans if not any(a <= s[0] < b for a, b in code)]
    spans += _undisplayed(text)
    kept: list[str] = []
    words = at = 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            kept.append(text[at:start])
            words += len(_PIECE.sub(_inside, text[start:end]).split())
            at = end
    return "".join(kept) + text[at:], words


def _inside(piece: re.Match[str]) -> str:
    """The words of a piece that is left out: tags and scripts are none."""
    return piece["unshown"].strip("<!->") if piece["unshown"] else piece[0] if piece["code"] else " "


def _undisplayed(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that the HTML in a text does not display.

    A page is made of its tags, with a mark in place of each stretch between them; what marks are left on it are seen.
    """
    parts: list[str] = ["<p>"]
    spans: list[tuple[int, int]] = []
    tagged = False

    def mark(start: int, end: int) -> str:
        spans.append((start, end))
        return f"\ue000{len(spans) - 1}\ue001"

    def words(start: int, end: int) -> None:
        """A blank line ends a paragraph, and with it what was opened there."""
        for blank_line in _BLANK.finditer(text, start, end):
            parts.extend((mark(start, blank_line.start()), "</p><p>"))
            start = blank_line.start()
        parts.append(mark(start, end))

    at = 0
    for piece in _PIECE.finditer(text):
        words(at, piece.start())
        at = piece.end()
        if piece["code"]:
            parts.append(mark(*piece.span()))
        elif piece["tag"]:
            tagged = True
            own = mark(*piece.span())
            parts.extend((own, piece[0]) if piece[0].startswith("</") else (piece[0], own))
        else:
            parts.append(piece[0] if piece["sheet"] else "")
            yield piece.span()
    words(at, len(text))
    if tagged:
        page = BeautifulSoup("".join(parts), "lxml")
        take_out_unseen(page)
        seen = {int(number) for number in _MARK.findall(page.get_text())}
        yield from (span for number, span in enumerate(spans) if number not in seen)
