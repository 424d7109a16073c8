"""HTML: the main content of a council's page, without its navigation, banners and footers.

What a script would fill in later is not there, and pictures are not read. What nobody sees is left out (seen.py); what a
sheet outside the file may hide is read, for a click opens it ("Show all sections").
"""

import re
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from ingestion.block import ReadText
from ingestion.errors import UnreadableFile
from ingestion.layout import TITLE_LEVEL, Layout, joined_in_cell, numbered_mark, raised
from ingestion.seen import take_out_unseen
from ingestion.text_table import Cell
from ingestion.unseen_words import left_out

_LARGEST = 20_000_000
_DEEPEST = 250  # elements inside one another
_MAIN = 0.4  # of a page's prose: where its main part holds less, the page is read whole
_SIZE = 12.0  # points; a page does not say, so that only bold paragraphs can stand out
_WITHDRAWN = frozenset(("del", "s", "strike"))
_DROPPED = (
    "script style noscript template nav footer aside header button input select textarea label iframe svg object"
    " video audio canvas dialog link meta title"
).split()
_ROLES = frozenset("navigation banner contentinfo search complementary dialog alert alertdialog".split())
_CHROME = re.compile(
    r"(?:^|[-_])(?:cookies?|breadcrumbs?|pagination|share|sharing|social|socialmedia|skip|skiplink|feedback|backtotop"
    r"|nav|navbar|navigation|menu|masthead|header|footer|sidebar|related|banner"
    r"|visuallyhidden|visually-hidden|sr-only|screen-reader-text|skip-link|back-to-top)(?:$|[-_])",
    re.IGNORECASE,
)
_CHROME_LENGTH = 600  # characters: what is longer is content, whatever its class is called
_BLOCKS = frozenset(
    "address article blockquote body caption center details div dl fieldset figcaption figure form h1 h2 h3 h4 h5 h6 hr"
    " li main ol p pre section summary table ul".split()
)
_HEADING = re.compile(r"^h([1-6])$")
_BOLD = frozenset(("b", "strong"))
_NOTE_ID = re.compile(r"^(?:_?fn|_?ftn|footnote|cite_note|note)[-_:]?(\d{1,3})$", re.IGNORECASE)
_WRITTEN_MARK = re.compile(r"^\s*\[?\s*(?:foot)?note\s+(\d{1,3})\s*\]?\s*$", re.IGNORECASE)
_STRUCK = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_PART = "\x1f"  # parts the paragraphs of a cell
_BACK = re.compile(r"^#_?(?:fn|ftn|footnote|cite_?)[-_]?ref", re.IGNORECASE)


def read_html(source: Path | str) -> ReadText:
    """Read a page, from its file or its text, into blocks.

    Raises UnreadableFile with a sentence for the person who put it in.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    if len(data) > _LARGEST:
        raise UnreadableFile(f"is a page of more than {_LARGEST // 1_000_000} MB, which is too large to be read")
    if isinstance(data, bytes) and (data.startswith((b"%PDF", b"PK\x03\x04")) or b"\0\0" in data[:4096]):
        raise UnreadableFile("is not a web page")
    soup = BeautifulSoup(data, "lxml")
    unseen = take_out_unseen(soup)
    read = _Reader(soup).read()
    if not read.text.strip():
        raise UnreadableFile("holds no text; a page that scripts fill in must be saved after it has been shown")
    return replace(read, warnings=(*read.warnings, *left_out(unseen)))


class _Reader:
    """Walks one page; inline words gather in ``_parts`` until a block ends."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._page_title = _page_title(soup)
        self._root = _main(soup)
        self._layout = Layout()
        self._parts: list[str] = []
        self._bold = self._plain = 0

    def read(self) -> ReadText:
        if self._root is None:
            return self._layout.read()
        _prune(self._root)
        if self._root.find("h1") is None and self._page_title and self._root.get_text(strip=True):
            self._layout.add(self._page_title, size=_SIZE, level=TITLE_LEVEL)
        self._children(self._root, 0)
        self._flush()
        return self._layout.read()

    def _children(self, parent: Tag, depth: int, item: bool = False) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self._tag(child, depth, item)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._write(str(child), parent)

    def _write(self, words: str, parent: PageElement) -> None:
        in_pre = isinstance(parent, Tag) and (parent.name == "pre" or parent.find_parent("pre") is not None)
        words = words if in_pre else re.sub(r"[ \t\n\r\f]+", " ", words)
        self._parts.append(words)
        letters = len("".join(words.split()))
        bold = isinstance(parent, Tag) and (parent.name in _BOLD or parent.find_parent(_BOLD) is not None)
        self._bold += letters if bold else 0
        self._plain += 0 if bold else letters

    def _tag(self, tag: Tag, depth: int, item: bool) -> None:
        heading = _HEADING.match(tag.name)
        if heading:
            self._flush(depth if item else None)
            self._children(tag, depth)
            self._flush(level=int(heading[1]))
        elif tag.name == "br":
            self._parts.append("\n")
        elif tag.name == "sup":
            self._parts.append(raised(_mark(tag.get_text())))
        elif tag.name in ("ul", "ol"):
            self._flush(depth if item else None)
            self._list(tag, depth + 1)
        elif tag.name == "dl":
            self._flush(depth if item else None)
            self._definitions(tag, depth)
        elif tag.name == "table" and _holds_data(tag):
            self._flush(depth if item else None)
            self._table(tag)
        elif item and tag.name in _BLOCKS:
            self._parts.append("\n")
            self._children(tag, depth, item=True)
            self._parts.append("\n")
        elif tag.name in _BLOCKS or tag.name in ("td", "th", "dd", "dt"):
            self._flush()
            self._children(tag, depth)
            self._flush()
        else:
            self._children(tag, depth, item)

    def _list(self, tag: Tag, depth: int) -> None:
        number = 0
        for item in tag.find_all(True, recursive=False):
            if item.name in ("ul", "ol"):  # a list put straight into a list, as editors write it
                self._list(item, depth + 1)
                continue
            number += 1
            note = _NOTE_ID.match(str(item.get("id") or ""))
            if note:
                self._parts = [f"{numbered_mark(int(note[1]))} "]
                self._children(item, depth, item=True)
                self._parts = ["".join(self._parts).replace("\n", " ")]
                self._flush()
            else:
                self._children(item, depth, item=True)
                self._flush(depth)

    def _definitions(self, tag: Tag, depth: int) -> None:
        """ "Term: definition", one paragraph each."""
        for child in tag.find_all(["dt", "dd"]):
            if child.find_parent("dl") is not tag:
                continue
            if child.name == "dt":
                self._flush()
                self._children(child, depth)
                self._parts = [f"{''.join(self._parts).strip().rstrip(':')}: "]
            else:
                self._children(child, depth, item=child.find(["ul", "ol", "table", "dl"]) is None)
                self._flush()

    def _table(self, table: Tag) -> None:
        named = table.find("caption")
        caption = _inline(named) if named is not None else None
        if caption:
            self._layout.add(caption, size=_SIZE)
        else:
            caption = _captioned_by_figure(table)
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for index, row in enumerate(table.find_all("tr")):
            column = 0
            head = row.find_parent("thead") is not None
            for cell in row.find_all(["td", "th"]):
                while (index, column) in taken:
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                taken |= {(index + i, column + j) for i in range(down) for j in range(across)}
                cells.append(Cell(_inline(cell), index, column, across, down, head or cell.name == "th"))
                column += across
        if cells:
            self._layout.add_table(cells, caption=caption, size=_SIZE)

    def _flush(self, bullet: int | None = None, level: int | None = None) -> None:
        bold = self._bold > 0 and self._plain == 0
        self._layout.add("".join(self._parts), size=_SIZE, bold=bold, bullet=bullet, level=level)
        self._parts = []
        self._bold = self._plain = 0


def _captioned_by_figure(table: Tag) -> str | None:
    """The caption of the figure in which a table stands alone, which may be below it."""
    figure = table.find_parent("figure")
    if figure is None or len(figure.find_all("table")) != 1:
        return None
    caption = figure.find("figcaption")
    return " ".join(caption.get_text(" ").split()) or None if caption is not None else None


def _main(soup: BeautifulSoup) -> Tag | None:
    """The part of the page that is its own: main, or else its only article, or else the body.

    Some sites set only a part of their words in it, or a row of buttons; then it is the body.
    """
    whole = _prose(soup)
    for found in (soup.find_all("main"), soup.find_all(None, {"role": "main"}), soup.find_all("article")):
        filled = [tag for tag in found if tag.get_text(strip=True) and _prose(tag) >= _MAIN * whole]
        if len(filled) == 1 or (filled and filled[0].name != "article"):
            return max(filled, key=lambda tag: len(tag.get_text()))
    return soup.body or soup


def _prose(root: Tag) -> int:
    """How many letters of paragraphs, lists and tables stand in a part of a page, its navigation and its foot aside."""
    found = 0
    for tag in root.find_all(["p", "li", "td"]):
        if tag.find(["p", "li", "td"]) is None and tag.find_parent(_DROPPED) is None and not _is_led_away(tag):
            found += len(tag.get_text(strip=True))
    return found


def _is_led_away(tag: Tag) -> bool:
    """Whether an item is but a link."""
    link = tag.find("a")
    return link is not None and link.get_text(strip=True) == tag.get_text(strip=True)


def _prune(root: Tag) -> None:
    """Take out of ``root`` what is no content of its own."""
    whole = len(root.get_text(" ", strip=True))
    waiting = [(root, 0)]
    while waiting:
        parent, depth = waiting.pop()
        if depth > _DEEPEST:
            raise UnreadableFile("is nested too deeply to be read")
        for tag in [child for child in parent.children if isinstance(child, Tag)]:
            if _is_chrome(tag, whole):
                tag.decompose()
            else:
                waiting.append((tag, depth + 1))


def _is_chrome(tag: Tag, whole: int) -> bool:
    if tag.name == "header":
        return tag.find("h1") is None or tag.find("nav") is not None
    if tag.name in _DROPPED or tag.name in _WITHDRAWN or _STRUCK.search(str(tag.get("style") or "")):
        return True
    if tag.name == "a" and (_BACK.match(str(tag.get("href") or "")) or tag.get("role") == "doc-backlink"):
        return tag.find("sup") is None and tag.find_parent("sup") is None
    if tag.get("role") in _ROLES:
        return True
    if tag.name == "form":  # some sites wrap the whole page in one
        return len(tag.get_text(" ", strip=True)) < whole / 2
    if tag.name in ("ul", "ol") and _leads_within_the_page(tag):
        return True
    names = [*_words_of(tag.get("class")), *_words_of(tag.get("id"))]
    if not any(_CHROME.search(name) for name in names) or tag.find("h1") is not None:
        return False
    return len(tag.get_text(" ", strip=True)) <= _CHROME_LENGTH


def _leads_within_the_page(tag: Tag) -> bool:
    """ "On this page": a list in which every item is a link to a place on the page."""
    first = tag.find("a")
    if first is None or not str(first.get("href") or "").startswith("#"):
        return False
    items = tag.find_all("li")
    links = [item.find("a") for item in items]
    return all(
        link is not None
        and str(link.get("href") or "").startswith("#")
        and link.get_text(strip=True) == item.get_text(strip=True)
        for link, item in zip(links, items, strict=True)
    )


def _words_of(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else str(value or "").split()


def _page_title(soup: BeautifulSoup) -> str | None:
    """The title without the name of the site that follows it."""
    words = " ".join(soup.title.get_text().split()) if soup.title else ""
    parts = re.split(r"\s+[|–—-]\s+", words)
    return " – ".join(parts[:-1]) if len(parts) > 1 else words or None


def _holds_data(table: Tag) -> bool:
    """A table that only lays out the page holds headings, lists of its own or other tables."""
    if table.get("role") in ("presentation", "none") or table.find(["table", "h1", "h2", "h3", "h4"]) is not None:
        return False
    return any(len(row.find_all(["td", "th"])) > 1 for row in table.find_all("tr"))


def _inline(tag: Tag) -> str:
    """The words of a cell on one line, with its footnote marks; its paragraphs are parted by semicolons."""
    for mark in tag.find_all("sup"):
        mark.replace_with(raised(_mark(mark.get_text())))
    for child in tag.find_all(["br", "p", "li", "div"]):
        child.insert_after(_PART)
    words = ""
    for part in tag.get_text().split(_PART):
        words = joined_in_cell(words, part)
    return words


def _mark(words: str) -> str:
    """The number of a footnote's mark, which some sites write out: "[footnote 1]"."""
    match = _WRITTEN_MARK.match(words)
    return match[1] if match else words


def _span(cell: Tag, name: str) -> int:
    """How many columns or rows a cell covers."""
    value = str(cell.get(name) or "1")
    return min(int(value), 64) if value.isdigit() and int(value) > 0 else 1
