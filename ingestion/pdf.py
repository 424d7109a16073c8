"""PDF: words with their boxes by pdfplumber, put in reading order; encryption and the file's own title by pypdf.

The text is set anew from what is printed: one printed line a line, a blank line between paragraphs, a tab between the
cells of a row and between words that stand in columns. A word that the end of a line has cut is whole again. What
comes back on every page is set once, on the first page that has it. Each word keeps its box.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.utils.exceptions import PdfminerException
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from spellchecker import SpellChecker

from corpus.document import PrintedLine
from corpus.language import blank
from corpus.passage import RowCell
from ingestion.block import Line, ReadText, TableRow
from ingestion.errors import UnreadableFile
from ingestion.ocr import can_ocr, ocr_words
from ingestion.pdf_forms import XFA_ONLY, Field, filled_fields
from ingestion.pdf_order import zones
from ingestion.pdf_panels import find_panels
from ingestion.pdf_print import Run, Sheet, Word, read_sheet, runs
from ingestion.pdf_tables import PrintedCell, PrintedTable, by_line, open_table, ruled_tables
from ingestion.structure import CHAIN, ROLE, THEME, arrange
from ingestion.text_table import Cell, RowKind, TextTable, is_value, understand

# Their warnings are about fonts and broken cross-references; what matters is raised.
for _library in ("pypdf", "pdfminer", "pdfplumber"):
    logging.getLogger(_library).setLevel(logging.ERROR)

_BULLET = re.compile(r"^\s*(?:[•▪◦‣●○∙·*➢►✓❖§]|[-–]\s|o\s)\s*(?:\.\s+)?")
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_PARAGRAPH_NUMBER = re.compile(r"^\s*(?:[A-Z]{0,2}\d{1,2}(?:\.\d{1,3}){1,3}\.?)\s+(?=[A-Z“‘(])")
# "Introduction ........ 3": a line of the contents, whose dots lead to a page number.
_LEADER = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,}|(?:…\s){2,})[.…\s]*(?:\d{1,4}|[ivxlc]{1,7})\s*$")
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?:?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–|\s]*(\d{1,4}|[ivxlc]{1,6})[-–|\s]*(?:of\s+\d+)?$", re.IGNORECASE)
_CAPTION = re.compile(r"^(?:table|figure|fig\.|chart|schedule|matrix)\s+[A-Z]?\d+", re.IGNORECASE)
_SOURCE = re.compile(r"^sources?\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)
_INTRODUCES = re.compile(r"\b(?:tables?|charts?|below|following|set out|as follows|shows?)\b|:$", re.IGNORECASE)
_TAB_GAP = 1.6  # of the type's size: words further apart stand in columns
_MARGIN = 0.13  # of the page's height, at its head and at its foot
_FEW_LETTERS = 25  # a page with fewer is a picture where most of it is one
_MOST_READ_BY_OCR = 60


@dataclass(slots=True)
class _Row:
    """One printed line in reading order."""

    runs: list[Run]
    page: int
    zone: int
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    bold: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        self.x, self.y = self.runs[0].x0, self.runs[0].base
        main = max(self.runs, key=lambda r: len(r.text))
        self.size, self.bold = (
            main.size,
            all(w.bold for run in self.runs for w in run.words if any(c.isalnum() for c in w.text)),
        )
        self.text = _line_text(self.runs)

    @property
    def words(self) -> list[Word]:
        return [w for run in self.runs for w in run.words]

    @property
    def starts_with_mark(self) -> bool:
        return self.words[0].raised


@dataclass(slots=True)
class _Table:
    """A table in its place in the reading order."""

    printed: PrintedTable
    page: int
    grid: TextTable
    caption: str | None = None
    source: str | None = None
    continues: "_Table | None" = None
    number: int = 0


@dataclass(slots=True)
class _Paragraph:
    """Printed lines that make one paragraph, heading or bullet. skip: characters of a bullet at its head."""

    rows: list[_Row]
    bullet: int | None = None
    skip: int = 0

    @property
    def text(self) -> str:
        return " ".join(r.text for r in self.rows)

    @property
    def start(self) -> int:
        """Where its words begin: behind a bullet's sign, or the number of a paragraph, which is no figure."""
        if self.bullet is None and not self.rows[0].bold and (len(self.text) > 90 or self.text.rstrip()[-1:] in ".:;"):
            number = _PARAGRAPH_NUMBER.match(self.rows[0].text)
            return number.end() if number else self.skip
        return self.skip

    @property
    def page(self) -> int:
        return self.rows[0].page


@dataclass(slots=True)
class _Page:
    number: int
    label: str | None = None
    items: list["_Row | _Table"] = field(default_factory=list)
    furniture: list[_Row] = field(default_factory=list)
    recognised: bool = False


def read_pdf(path: Path, *, ocr: bool | None = None) -> ReadText:
    """Read a PDF into blocks; raises UnreadableFile with a sentence for the person who put it in.

    ocr: whether pages that are pictures are read by Tesseract; None where it is installed.
    """
    labels, named, fields, warnings = _looked_over(path)
    sheets, said = _sheets(path, can_ocr() if ocr is None else ocr, fields)
    pages = _arranged(sheets)
    if any(p.label for p in pages):
        labels = tuple(p.label for p in pages)
    read = _Writer(pages).read(labels, (*warnings, *said), named)
    if not read.text.strip():
        raise UnreadableFile("holds no text" + (f" ({said[0].rstrip('.')})" if said else ""))
    return read


def _looked_over(
    path: Path,
) -> tuple[tuple[str | None, ...], str | None, Mapping[int, Sequence[Field]], tuple[str, ...]]:
    """The file's own page labels and title, the filled fields of each page, and what is wrong with the file.

    Raises UnreadableFile for what is no PDF or needs a password.
    """
    with path.open("rb") as file:
        head = file.read(2048)
    if not head:
        raise UnreadableFile("is empty (0 bytes), so it is not a PDF that can be read; download or save it again")
    if b"%PDF" not in head:
        if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|\?xml|!--)", head, re.IGNORECASE):
            raise UnreadableFile("is not a PDF that can be read but a web page named .pdf; download the PDF itself")
        raise UnreadableFile("is not a PDF that can be read; its first bytes are those of another kind of file")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("is protected by a password; save a copy without one")
        labels = tuple(reader.page_labels) if "/PageLabels" in reader.root_object else ()
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        fields, beyond = filled_fields(reader)
        return labels, title if _is_name(title) else None, fields, (XFA_ONLY,) if beyond else ()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return (), None, {}, ("The file is damaged; what could be read of it was read.",)


def _is_name(words: str) -> bool:
    """Whether words could be a document's title: more than one word, and not the name of a file or a program."""
    named = re.search(r"\.(?:docx?|pdf|indd|pptx?|xlsx?|pub)\b|^microsoft |^untitled|_|^page\b", words, re.IGNORECASE)
    return named is None and 8 < len(words) < 160 and len(re.findall(r"[A-Za-z]{2,}", words)) > 1


def _sheets(path: Path, ocr: bool, fields: Mapping[int, Sequence[Field]]) -> tuple[list[Sheet], list[str]]:
    """Every page, and what has to be said of those that could not be read as they are."""
    sheets: list[Sheet] = []
    broken: list[int] = []
    pictures: list[int] = []
    empty: list[int] = []
    read_by_ocr: list[int] = []
    cut_short = False
    try:
        with _opened(path) as pdf:
            for page in pdf.pages:
                try:
                    sheet = read_sheet(page, fields.get(page.page_number, ()))
                except Exception:  # whatever the library makes of a broken page: the others are still read
                    broken.append(page.page_number)
                    sheet = Sheet(page.page_number, 595, 842, [], [], [])
                page.close()
                letters = sum(len(w.text) for w in sheet.words)
                bare = (letters < _FEW_LETTERS and sheet.pictures > 0.3) or sheet.unknown > max(letters, _FEW_LETTERS)
                if bare or _is_picture_in_a_frame(sheet):
                    able = ocr and len(read_by_ocr) < _MOST_READ_BY_OCR
                    words = ocr_words(path, page.page_number) if able else []
                    if not bare and able and not _says_more(words, sheet):
                        pass  # a photograph, which has nothing to say but its page's head and foot
                    elif words:
                        read_by_ocr.append(page.page_number)
                        width, height = sheet.size
                        sheet = Sheet(page.page_number, width, height, words, [], [], size=sheet.size, recognised=True)
                    else:
                        pictures.append(page.page_number)
                elif not letters and page.page_number not in broken:
                    empty.append(page.page_number)
                sheets.append(sheet)
    except UnreadableFile:
        raise
    except Exception as error:  # damage that the library meets before it comes to a page
        if not sheets:
            raise UnreadableFile(
                "is not a PDF that can be read: it is damaged or cut short; download it again"
            ) from error
        cut_short = True
    if not sheets:
        raise UnreadableFile("is not a PDF that can be read: it is damaged or cut short, and no page is left in it")
    said = []
    if cut_short:
        said.append(f"The file is damaged behind page {len(sheets)}; what follows could not be read.")
    if read_by_ocr:
        verb = "was" if len(read_by_ocr) == 1 else "were"
        said.append(f"{_pages(read_by_ocr)} {verb} read by OCR; check figures against the page.")
    if pictures:
        verb = "is a picture" if len(pictures) == 1 else "are pictures"
        why = "and nothing could be read from it" if ocr else "which is not read: install Tesseract to read it by OCR"
        said.append(f"{_pages(pictures)} {verb}, {why}.")
    if broken:
        said.append(f"{_pages(broken)} could not be read.")
    if empty and len(empty) < len(sheets):
        said.append(f"No text on {_pages(empty)[0].lower()}{_pages(empty)[1:]}.")
    if len(empty) == len(sheets):
        raise UnreadableFile("holds no text: its pages are pictures or drawings")
    if len(pictures) + len(broken) + len(empty) == len(sheets):
        raise UnreadableFile(f"holds no text: {' '.join(said).rstrip('.')}")
    return sheets, said


def _is_picture_in_a_frame(sheet: Sheet) -> bool:
    """Whether a picture covers most of a page, and its only words are a running head and foot: a cover, a scanned page."""
    near_edge = (w.bottom < _MARGIN * sheet.height or w.top > (1 - _MARGIN) * sheet.height for w in sheet.words)
    return sheet.pictures > 0.5 and bool(sheet.words) and all(near_edge)


def _says_more(words: Sequence[Word], sheet: Sheet) -> bool:
    """Whether what was recognised on a page are words, and more of them than its text layer has."""
    return _letters_in(words) > _letters_in(sheet.words) + _FEW_LETTERS


def _letters_in(words: Sequence[Word]) -> int:
    """Letters of what look like words: a photograph's smudges are read as one or two."""
    return sum(len(w.text) for w in words if re.match(r"[A-Za-z]{3}|\W*[\d£]", w.text))


def _opened(path: Path) -> Any:
    """The file as pdfplumber opens it; one whose directory is damaged is first put in order by pdfium."""
    try:
        return pdfplumber.open(path, password="")
    except PdfminerException:
        mended = io.BytesIO()
        document: Any = pypdfium2.PdfDocument(path)
        try:
            document.save(mended)
        finally:
            document.close()
        return pdfplumber.open(mended, password="")


def _pages(numbers: Sequence[int]) -> str:
    """ "Page 3", "Pages 3, 4 and 7"."""
    if len(numbers) == 1:
        return f"Page {numbers[0]}"
    return f"Pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


# ---- what stands where -----------------------------------------------------------------------------------------------


def _arranged(sheets: list[Sheet]) -> list[_Page]:
    """Pages with their lines and tables in reading order, and what comes back on every page set apart."""
    tables: list[list[PrintedTable]] = []
    for sheet in sheets:
        ruled, rest = ruled_tables(sheet)
        tables.append(ruled)
        sheet.runs = runs(rest)
    furniture = _furniture(sheets)
    pages: list[_Page] = []
    last: _Table | None = None
    for sheet, ruled, repeated in zip(sheets, tables, furniture, strict=True):
        page = _Page(sheet.number, furniture=repeated, recognised=sheet.recognised)
        taken = {id(run) for row in repeated for run in row.runs}
        flow = [run for run in sheet.runs if id(run) not in taken]
        for item in _in_order(sheet, flow, ruled):
            if isinstance(item, _Row):
                page.items.append(item)
                continue
            before = last if last is not None and not any(isinstance(i, _Row) for i in page.items) else None
            last = _understood(item, sheet.number, before)
            page.items.append(last)
        if not _ends_in_table(page):
            last = None
        across = [run for run in runs(sheet.across) if len(run.text) > 2 and not _in_tables(run, ruled)]
        page.items += [_Row([run], sheet.number, 99) for run in across]
        pages.append(page)
    _label(pages)
    return pages


def _ends_in_table(page: _Page) -> bool:
    """Whether a table stands last on a page, footnotes aside, or the page is empty: the table may go on overleaf."""
    at = max((i for i, item in enumerate(page.items) if isinstance(item, _Table)), default=-1)
    behind = page.items[at + 1 :]
    return all(isinstance(i, _Row) and (i.starts_with_mark or _SOURCE.match(i.text)) for i in behind)


def _in_tables(run: Run, tables: Sequence[PrintedTable]) -> bool:
    x, y = (run.words[0].shown[0] + run.words[-1].shown[2]) / 2, (run.words[0].shown[1] + run.words[0].shown[3]) / 2
    return any(t.box[0] <= x <= t.box[2] and t.box[1] <= y <= t.box[3] for t in tables)


def _in_order(sheet: Sheet, flow: list[Run], ruled: list[PrintedTable]) -> Iterator["_Row | PrintedTable"]:
    """Lines and tables from the top down; tables part the page into bands, each read column by column."""
    waiting = sorted(ruled, key=lambda t: t.top)
    bands: list[tuple[list[Run], PrintedTable | None]] = []
    rest = sorted(flow, key=lambda r: r.top)
    for table in waiting:
        beside = [r for r in rest if r.top < table.top - 1]
        bands.append((beside, table))
        rest = [r for r in rest if r.top >= table.top - 1]
    bands.append((rest, None))
    zone = 0
    for band, below in bands:
        for lines in zones(band):
            start = 0
            for found in find_panels(lines):
                zone += 1
                yield from _lines_and_tables(lines[start : found.start], sheet.number, zone)
                for panel in found.panels:
                    zone += 1
                    yield _Row(list(panel), sheet.number, zone)
                start = found.end
            zone += 1
            yield from _lines_and_tables(lines[start:], sheet.number, zone)
        if below is not None:
            yield below


def _lines_and_tables(lines: list[list[Run]], page: int, zone: int) -> Iterator["_Row | PrintedTable"]:
    """The lines of a zone; those that stand in columns of figures make a table."""
    start = 0
    for first, end in _stretches(lines):
        table = open_table(lines[first:end])
        if table is None:
            continue
        yield from (_Row(line, page, zone) for line in lines[start:first])
        yield table
        start = end
    yield from (_Row(line, page, zone) for line in lines[start:])


def _stretches(lines: list[list[Run]]) -> Iterator[tuple[int, int]]:
    """Where lines with figures in columns follow one another, with the headings of the columns above them."""
    valued = [len(line) > 1 and any(is_value(r.text) for r in line[1:]) and not _numbers_only(line) for line in lines]
    at = 0
    while at < len(lines):
        if not valued[at]:
            at += 1
            continue
        end = last = at
        while end + 1 < len(lines) and lines[end + 1][0].top - lines[end][0].bottom < 1.6 * lines[end][0].size:
            end += 1
            if valued[end]:
                last = end
            elif end - last > 2:
                break
        if sum(valued[at : last + 1]) >= 3 or (sum(valued[at : last + 1]) == 2 and len(lines[at]) > 2):
            first = at
            while first > 0 and at - first < 4 and _heads(lines[first - 1], lines[first]):
                first -= 1
            yield first, last + 1
        at = max(last, at) + 1


def _numbers_only(line: list[Run]) -> bool:
    """ "Introduction      3" has one number and it is a page; a row of a table has a word and a figure."""
    return not any(c.isalpha() for r in line for c in r.text)


def _heads(line: list[Run], below: list[Run]) -> bool:
    close = below[0].top - line[0].bottom < 1.6 * below[0].size
    return close and len(line) > 1 and all(len(r.text) < 60 for r in line)


def _understood(printed: PrintedTable, page: int, before: "_Table | None") -> _Table:
    """The table with its headings; where it continues the one before it, its columns are that one's."""
    if before is not None and (places := _same_columns(printed, before.printed)):
        for cell in printed.cells:
            end = places[min(len(places) - 1, cell.column + cell.across - 1)] + 1
            cell.column = places[cell.column]
            cell.across = max(1, end - cell.column)
        printed.edges = before.printed.edges
        grid = understand(_cells(printed), before.grid)
        return _Table(printed, page, grid, continues=before)
    return _Table(printed, page, understand(_cells(printed)))


def _cells(printed: PrintedTable) -> list[Cell]:
    return [Cell(c.words, c.row, c.column, c.across, c.down, c.bold) for c in printed.cells]


def _same_columns(printed: PrintedTable, before: PrintedTable) -> list[int]:
    """For each column its place in the table before; empty where the columns are not the same."""
    places = []
    for edge in printed.edges:
        near = [i for i, other in enumerate(before.edges) if abs(edge - other) <= 6]
        if not near:
            return []
        places.append(near[0])
    return places if abs(printed.box[2] - before.box[2]) <= 12 else []


def _furniture(sheets: list[Sheet]) -> list[list[_Row]]:
    """Running heads and feet of each page, and page numbers: lines near its edges that come back on other pages."""
    edges: list[list[tuple[str, _Row]]] = []
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        lines = by_line(sheet.runs)
        near = [line for line in (*lines[:3], *lines[-3:]) if _near_edge(line, sheet)]
        found: dict[int, tuple[str, _Row]] = {}
        for line in near:
            row = _Row(line, sheet.number, 0)
            key = re.sub(r"\d+", "#", " ".join(row.text.lower().split()))
            if id(line) not in found:
                found[id(line)] = (key, row)
        edges.append(list(found.values()))
        seen.update({(key, line[0].top < sheet.height / 2) for key, row in found.values() for line in [row.runs]})
    least = 3 if len(sheets) > 4 else 2
    kept: list[list[_Row]] = []
    for sheet, found_here in zip(sheets, edges, strict=True):
        kept.append(
            [
                row
                for key, row in found_here
                if seen[key, row.runs[0].top < sheet.height / 2] >= least or _PAGE_NUMBER.match(row.text.strip())
            ]
        )
    return kept


def _near_edge(line: list[Run], sheet: Sheet) -> bool:
    return line[0].bottom < _MARGIN * sheet.height or line[0].top > (1 - _MARGIN) * sheet.height


def _label(pages: list[_Page]) -> None:
    """The number printed on each page, where at least two pages in order bear one."""
    found: list[tuple[_Page, str]] = []
    for page in pages:
        for row in page.furniture:
            alone = _PAGE_NUMBER.match(row.text.strip())
            ending = re.search(r"(?:^|\s|\|)(\d{1,4})$|^(\d{1,4})(?:\s|\|)", row.text.strip())
            if alone or ending:
                number = alone[1] if alone else next(g for g in ending.groups() if g) if ending else ""
                if alone or not re.fullmatch(r"(?:19|20)\d\d", number):
                    found.append((page, number))
                    break
    numbers = [int(n) for _, n in found if n.isdigit()]
    rising = sum(b > a for a, b in pairwise(numbers))
    if len(numbers) >= 2 and rising >= 0.8 * (len(numbers) - 1):
        for page, number in found:
            page.label = number


# ---- the text --------------------------------------------------------------------------------------------------------


class _Writer:
    """Sets the text of all pages, and remembers where each word, line and row came to stand."""

    def __init__(self, pages: list[_Page]) -> None:
        self.pages = pages
        self.parts: list[str] = []
        self.length = 0
        self.printed: list[PrintedLine] = []
        self.lines: list[Line] = []
        self.rows: list[TableRow] = []
        self.marks: list[tuple[int, int]] = []
        self.hidden: list[tuple[int, int]] = []
        self.starts: dict[int, int] = {}
        self.kept: set[int] = set()  # line ends that part the paragraphs of a cell
        self.ends: set[int] = set()  # line ends that part a line of columns from what begins below it
        self.draft: tuple[int, int] | None = None
        self.tables = 0
        self.flat: dict[
            int, float
        ] = {}  # scanned pages among others: what is large there heads nothing of the document

    def read(self, labels: tuple[str | None, ...], warnings: tuple[str, ...], named: str | None) -> ReadText:
        rows = [i for p in self.pages for i in p.items if isinstance(i, _Row)]
        usual = _usual_gap(rows)
        body = Counter(round(r.size, 1) for r in rows for _ in range(len(r.text)))
        size = body.most_common(1)[0][0] if body else 0.0
        recognised = {p.number for p in self.pages if p.recognised}
        self.plain = recognised if 2 * len(recognised) < len(self.pages) else set()
        self.known = _known_words(rows)
        self.compounds = {w.lower() for r in rows for w in re.findall(r"[A-Za-z]+-[A-Za-z-]+", r.text)}
        said: set[str] = set()
        items = self._paragraphs(usual, size)
        for page in self.pages:
            self.starts.setdefault(page.number, self.length)
            for row in page.furniture:
                key = re.sub(r"\d+", "#", row.text.lower())
                if key not in said and not _PAGE_NUMBER.match(row.text.strip()):
                    self._furniture(row)
                said.add(key)
            for item in items[page.number]:
                if isinstance(item, _Table):
                    self._table(item)
                else:
                    self._paragraph(item)
            self._write("\n\f")
        begins = [self.starts[p.number] for p in self.pages]
        return self._arrange(tuple(pairwise([*begins, self.length])), labels, warnings, named)

    def _arrange(
        self,
        spans: tuple[tuple[int, int], ...],
        labels: tuple[str | None, ...],
        warnings: tuple[str, ...],
        named: str | None,
    ) -> ReadText:
        text = "".join(self.parts)
        on_one_line = {i for i, c in enumerate(text) if c in "\n\f"} - self.kept
        set_in_line = "".join("\t" if i in self.ends else " " if i in on_one_line else c for i, c in enumerate(text))
        clean = blank(set_in_line, [*self.marks, *self.hidden])
        marks = tuple(sorted(self.marks))
        named = named or next(
            (" ".join(r.text.split()) for p in self.pages[:4] for r in p.furniture if _is_name(r.text)), None
        )
        read = arrange(text, clean, self.lines, footnote_marks=marks, pages=spans, warnings=warnings)
        return replace(
            read,
            title=self._title() or named or read.title,
            status="draft" if self.draft else read.status,
            status_at=read.status_at or self.draft,
            rows=tuple(self.rows),
            tables=self.tables,
            printed=tuple(self.printed),
            page_labels=labels,
        )

    def _title(self) -> str | None:
        """The largest type on the first page that has words, joined over its lines; None where none stands out."""
        rows = [i for p in self.pages for i in p.items if isinstance(i, _Row)]
        first = [r for r in rows if r.page == rows[0].page and len(r.text.strip()) > 2]
        if not first or rows[0].page > 2:
            return None
        largest = max(r.size for r in first)
        if largest < 1.25 * median(r.size for r in rows):
            return None
        lines = [r.text.strip() for r in first if r.size >= 0.85 * largest]
        title = " ".join(" ".join(lines[:4]).split())
        return title if 3 < len(title) < 160 and not _CONTENTS.match(title) else None

    def _paragraphs(self, usual: float, size: float) -> dict[int, list["_Paragraph | _Table"]]:
        """What stands on each page, its lines joined to paragraphs; captions and sources go to their tables."""
        found: dict[int, list[_Paragraph | _Table]] = {p.number: [] for p in self.pages}
        builder = _Joiner(usual)
        for page in self.pages:
            here = found[page.number]
            left_out = _contents([i for i in page.items if isinstance(i, _Row)])
            _restore_marks(page, size)
            for item in page.items:
                if isinstance(item, _Table):
                    builder.stop()
                    if item.continues is None:
                        item.caption = item.grid.title or _caption(here)
                        self.tables += 1
                        item.number = self.tables
                    else:
                        item.caption, item.number = item.continues.caption, item.continues.number
                    here.append(item)
                elif id(item) in left_out:
                    builder.stop()
                    here.append(_Paragraph([item], bullet=-1))
                else:
                    made = builder.add(item)
                    if made is not None:
                        here.append(made)
        self._sources(found)
        return {n: _notes_first(items) for n, items in found.items()}

    def _sources(self, found: dict[int, list["_Paragraph | _Table"]]) -> None:
        last: _Table | None = None
        for page in self.pages:
            for item in found[page.number]:
                if isinstance(item, _Table):
                    last = item
                    continue
                match = _SOURCE.match(item.text.strip())
                table = last
                while match and table is not None and table.source is None:
                    table.source = match[1].strip()
                    table = table.continues
                last = last if item.rows[0].starts_with_mark else None

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _furniture(self, row: _Row) -> None:
        start = self.length
        self._row(row.runs, row.page)
        self.hidden.append((start, self.length))
        if "draft" in row.text.lower() and self.draft is None:
            self.draft = (start, self.length)
        self._write("\n\n")

    def _paragraph(self, paragraph: _Paragraph) -> None:
        start = self.length
        for i, row in enumerate(paragraph.rows):
            if i and not self._mend(row):
                above = paragraph.rows[i - 1]
                if "\t" in above.text and row.x <= above.x + 3:
                    self.ends.add(self.length)
                self._write("\n")
            self.starts.setdefault(row.page, self.length)
            self._row(row.runs, row.page)
        first = paragraph.rows[0]
        if "\t" in paragraph.rows[-1].text:
            self.ends.add(self.length)
        if paragraph.bullet == -1:
            self.hidden.append((start, self.length))
        else:
            self.lines.append(
                Line(
                    start + paragraph.start,
                    self.length,
                    first.page,
                    first.size,
                    first.bold,
                    bullet=paragraph.bullet,
                    plain=first.page in self.plain,
                )
            )
        self._write("\n\n")

    def _mend(self, row: _Row) -> bool:
        """A word cut at the end of the line above is made whole; whether it was."""
        last = self.parts[-1]
        follows = row.words[0].text
        if re.search(r"\d[-–‐]$", last) and re.match(r"[£€]?\d", follows):
            return True
        if not re.search(r"[A-Za-z][-‐\xad]$", last) or not follows[:1].islower():
            return False
        before = re.search(r"[A-Za-z-]+$", last.rstrip("-‐\xad"))
        head = before[0] if before else ""
        tail = re.match(r"[A-Za-z-]+", follows)
        whole = (head + (tail[0] if tail else "")).lower()
        hyphened = f"{head}-{tail[0] if tail else ''}".lower()
        if last.endswith("\xad") or (hyphened not in self.compounds and (whole in self.known or _is_english(whole))):
            self.parts[-1] = last[:-1]
            self.length -= 1
            line = self.printed[-1]
            start, end, x0, x1 = line.words[-1]
            self.printed[-1] = replace(line, words=(*line.words[:-1], (start, end - 1, x0, x1)))
        return True

    def _row(self, found: Sequence[Run], page: int) -> None:
        """Set one printed line."""
        words: list[tuple[int, int, float, float]] = []
        shown = [w.shown for run in found for w in run.words]
        for i, run in enumerate(found):
            for j, w in enumerate(run.words):
                if (i or j) and not (j and w.glued):
                    wide = j == 0 and _stands_apart(found[i - 1], run)
                    self._write("\t" if wide else " ")
                start = self.length
                self._write(w.text)
                if w.raised:
                    self.marks.append((start, self.length))
                words.append((start, self.length, round(w.shown[0], 1), round(w.shown[2], 1)))
        top, bottom = round(min(b[1] for b in shown), 1), round(max(b[3] for b in shown), 1)
        self.printed.append(PrintedLine(page, top, bottom, tuple(words)))

    def _table(self, table: _Table) -> None:
        """Set a table: one line a row, its cells parted by tabs."""
        grid, cells = table.grid, table.printed.cells
        by_row: dict[int, list[PrintedCell]] = {}
        for cell in cells:
            if cell.lines:
                by_row.setdefault(cell.row, []).append(cell)
        for index in sorted(by_row):
            row = grid.rows[index]
            start = self.length
            placed: list[RowCell] = []
            for n, cell in enumerate(sorted(by_row[index], key=lambda c: c.column)):
                if n:
                    self._write("\t")
                begin = self.length
                self._cell(cell, table.page)
                name = grid.columns[cell.column] if cell.column < len(grid.columns) else ""
                placed.append(RowCell(begin, self.length, name, cell.column in row.labels))
            first = by_row[index][0].lines[0]
            if row.kind in (RowKind.HEADER, RowKind.GROUP):
                self.hidden.append((start, self.length))
            else:
                self.rows.append(
                    TableRow(
                        start, self.length, row.label, row.group, table.caption, tuple(placed), table.source,
                        row.kind is RowKind.CONTINUED, table.number,
                    )
                )  # fmt: skip
                self.lines.append(Line(start, self.length, table.page, first.size, False, row=True))
            self._write("\n")
        self._write("\n")

    def _cell(self, cell: PrintedCell, page: int) -> None:
        right = max(line.x1 for line in cell.lines)
        for i, line in enumerate(cell.lines):
            row = _Row([line], page, 0)
            if i and not self._mend(row):
                anew = _begins_anew(cell.lines[i - 1], line, right)
                if anew:
                    self.kept.add(self.length)
                self._write("\n" if anew else " ")
            self._row([line], page)


def _begins_anew(above: Run, line: Run, right: float) -> bool:
    """Whether a line of a cell begins a paragraph: by a bullet, or because its first word had room on the line above."""
    first = line.words[0]
    if _BULLET.match(line.text):
        return True
    room = above.x1 + 0.3 * line.size + (first.x1 - first.x0) < right
    return room and not first.text[:1].islower()


def _stands_apart(left: Run, right: Run) -> bool:
    """Whether two runs of one line stand in columns: clearly apart, and the first is no number of a list."""
    named = re.search(r"[^\W\d_]{2}", left.text) is not None and not (left.bold and right.bold)
    return named and right.x0 - left.x1 > _TAB_GAP * max(left.size, right.size)


def _line_text(found: Sequence[Run]) -> str:
    words = found[0].text
    for left, right in pairwise(found):
        words += ("\t" if _stands_apart(left, right) else " ") + right.text
    return words


def _usual_gap(rows: Sequence[_Row]) -> float:
    """The usual distance between the baselines of a paragraph's lines, in points."""
    gaps = [b.y - a.y for a, b in pairwise(rows) if (a.page, a.zone) == (b.page, b.zone) and 0 < b.y - a.y < 3 * a.size]
    return median(gaps) if gaps else 14.0


def _known_words(rows: Sequence[_Row]) -> frozenset[str]:
    """The words of the document that no line's end has cut."""
    return frozenset(w.lower() for r in rows for w in re.findall(r"[A-Za-z]{4,}(?![A-Za-z]|[-‐\xad]$)", r.text))


@lru_cache(maxsize=1)
def _english() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def _is_english(word: str) -> bool:
    return "-" not in word and word in _english()


def _contents(rows: Sequence[_Row]) -> set[int]:
    """Lines of a list of contents, by their dots or below its heading, and the first lines of those that are wrapped."""
    found = [i for i, row in enumerate(rows) if _LEADER.search(row.text)]
    heading = next((i for i, row in enumerate(rows) if _CONTENTS.match(row.text.strip())), None)
    if heading is not None and not found:
        found = [i for i in range(heading + 1, len(rows)) if re.search(r"\D\s+\d{1,3}$", rows[i].text)]
        found = found if len(found) >= 3 else []
    wrapped = [i for a, b in pairwise(found) if b - a <= 3 for i in range(a + 1, b)]
    return {id(rows[i]) for i in found + wrapped}


def _restore_marks(page: _Page, body: float) -> None:
    """A note below the text whose number is not raised is told by its small type and by the mark in the text."""
    rows = [i for i in page.items if isinstance(i, _Row)]
    pointed = {w.text for r in rows for w in r.words[1:] if w.raised}
    for row in rows:
        first = row.words[0]
        if row.size < 0.93 * body and first.text in pointed and len(row.words) > 1:
            first.raised = True


def _caption(before: Sequence["_Paragraph | _Table"]) -> str | None:
    """What stands right above a table and says what it shows: its caption, a heading, or the words that introduce it."""
    above = before[-1] if before else None
    if not isinstance(above, _Paragraph) or above.bullet is not None:
        return None
    words = " ".join(above.text.split())
    if _CAPTION.match(words):
        return words
    first = above.rows[0]
    if len(words) < 120 and first.bold:
        return words
    return words if len(words) < 320 and _INTRODUCES.search(words) else None


def _notes_first(items: list["_Paragraph | _Table"]) -> list["_Paragraph | _Table"]:
    """A paragraph that goes on overleaf stands last on its page, behind the notes below it."""
    at = next((i for i, p in enumerate(items) if isinstance(p, _Paragraph) and p.rows[-1].page != p.page), None)
    if at is None:
        return items
    return [*items[:at], *items[at + 1 :], items[at]]


class _Joiner:
    """Joins printed lines to paragraphs until a gap, a change of type, a bullet, or a new page with a new sentence."""

    def __init__(self, usual: float) -> None:
        self.usual = usual
        self.current: _Paragraph | None = None
        self.previous: _Row | None = None
        self.waiting: _Row | None = None
        self.bullet_x: float | None = None
        self.indents: list[float] = []

    def stop(self) -> None:
        """What follows begins anew."""
        self.current = self.previous = self.waiting = None
        self.bullet_x = None

    def add(self, row: _Row) -> _Paragraph | None:
        """The paragraph that the line begins; None where it continues one or is only a bullet's sign."""
        words = row.text
        bullet = _BULLET.match(words)
        item = _ITEM.match(words) if not row.bold or self._goes_on(row) else None
        if bullet and not words[bullet.end() :].strip():
            self.waiting = self.previous = row
            return None
        made: _Paragraph | None = None
        if self.waiting is not None or bullet or item:
            x = self.waiting.x if self.waiting is not None else row.x
            skip = bullet.end() if bullet else item.end() if item else 0
            made = _Paragraph([row], self._depth(x), skip)
            self.waiting, self.bullet_x = None, x
        elif self._continues_bullet(row):
            assert self.current is not None
            self.current.rows.append(row)
        elif self.bullet_x is not None and row.x <= self.bullet_x + 3 and words.lstrip()[:1].isupper():
            made = _Paragraph([row])
            self.bullet_x = None
        elif self.current is not None and self.previous is not None and not row.starts_with_mark and self._joins(row):
            self.current.rows.append(row)
        else:
            made = _Paragraph([row])
            self.bullet_x = None
        self.current = made or self.current
        self.previous = row
        return made

    def _depth(self, x: float) -> int:
        """A bullet's depth, by where the bullets of the list begin."""
        if self.bullet_x is None:
            self.indents = []
        self.indents = [i for i in self.indents if i < x - 4]
        self.indents.append(x)
        return len(self.indents)

    def _continues_bullet(self, row: _Row) -> bool:
        if self.bullet_x is None or self.current is None or self.current.bullet is None or self.previous is None:
            return False
        same = (row.page, row.zone) == (self.previous.page, self.previous.zone)
        return same and row.x > self.bullet_x + 3 and self._close(row) and abs(row.size - self.previous.size) < 0.7

    def _goes_on(self, row: _Row) -> bool:
        """Whether a bold line stands in the list above it."""
        above = self.previous
        return (
            above is not None and self.bullet_x is not None and abs(row.x - self.bullet_x) < 3
            and abs(row.size - above.size) < 0.3
        )  # fmt: skip

    def _close(self, row: _Row) -> bool:
        assert self.previous is not None
        usual = min(max(self.usual, 1.1 * row.size), 2.2 * row.size)
        return 0 <= row.y - self.previous.y <= usual * 1.3 + 0.5

    def _joins(self, row: _Row) -> bool:
        above, paragraph = self.previous, self.current
        assert above is not None and paragraph is not None
        words, begins = paragraph.text.rstrip(), row.text.lstrip()
        if "\t" in begins:
            return False
        if _PARAGRAPH_NUMBER.match(begins) and _PARAGRAPH_NUMBER.match(words) and row.x <= paragraph.rows[0].x + 3:
            return False  # "1.7 …" below "1.6 …"
        if "\t" in words and row.x <= above.x + 3 and "\t" in above.text:
            return _is_last_name(words, begins, row) and row.y - above.y <= self.usual * 1.6
        if (above.page, above.zone) != (row.page, row.zone):
            open_ended = words[-1:] not in ".!?:;”" and begins[:1].islower()
            return open_ended and abs(above.size - row.size) < 0.7
        if abs(above.size - row.size) > 0.6:
            return False
        headed = all(r.bold for r in paragraph.rows) and not row.bold
        if headed and len(words) < 120 and words[-1:] not in ",;-":
            return False
        if not above.bold and row.bold and words[-1:] in ".:;":
            return False
        return self._close(row)


def _is_last_name(names: str, words: str, row: _Row) -> bool:
    """Below names in columns, a short line at the left edge that is no heading and no sentence is one name more."""
    words = words.rstrip()
    heads = CHAIN.match(words) or ROLE.match(words) or THEME.match(words)
    plain = not row.bold and not heads and len(words) < 60 and words[-1] not in ".!?:;”"
    return plain and not re.search(r"\d", names + words)
