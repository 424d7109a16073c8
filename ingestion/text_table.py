"""Tables as rows and cells, whatever format they come from: header rows, stacked headers, groups of rows, labels.

A format's reader says which cell stands where; what a cell is in its table is told here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# "1,234", "£3.5m", "12%", "(98.8)", "12–15%", "-", "n/a": what a column of figures holds. A year heads a column.
_VALUE = re.compile(
    r"^[(<>~+=≤≥c−–-]{0,2}\s?[£€$]?\s?\d[\d,. ]*(?:\s?[–—-]\s?[£€$]?\d[\d,.]*)?\s?(?:%|[kmbn]{1,2}|million|billion|ha|sq\.?\s?m|sqm"
    r"|m²|km|hrs?|mins?|years?|months?|weeks?|days?|per cent)?\)?\*?(?:\s?\(\s?[£+−-]?\d[\d,.]*\s?%?\s?\))?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:c\.?\s?)?(?:19|20)\d\d(?:\s?[/–-]\s?(?:19|20)?\d\d)?$")
_NOTHING = re.compile(r"^(?:[-–—.*…]{1,3}|n/?a|nil|tbc|\[\w\]|c|x)$", re.IGNORECASE)
_INDEX = re.compile(r"^(?:[A-Z]{0,3}\.?\d{1,3}(?:[.)]\d{1,3})*[.)a-z]?|[A-Z]|\(?[a-zivx]{1,4}[.)])$")
# "Site 12: ", "3.1 – ": the number of a row at the head of its label.
_NUMBERED = re.compile(
    r"^(?:(?:site|plot|area|item|no\.?|ref\.?)\s+)?[A-Z]{0,3}\d{1,3}(?:\.\d{1,2})*[a-z]?\s?[:.)–-]\s+(?=[A-Za-z])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\(?(?:%|£(?:000s?|m|k)?|no\.?|number|ha|sq\.?\s?m|000s?)\)?", re.IGNORECASE)
_REMARK = re.compile(r"(?:sources?|notes?|n\.?b\.?)\s*:|\*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{0,4}\d{2,}[A-Z]?|[A-Z]{1,4}")
_SHORT = 14  # words: a header's cell


class RowKind(StrEnum):
    """What a row is in its table."""

    HEADER = "header"
    GROUP = "group"
    BODY = "body"
    CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands: its words, the columns and rows that it covers, and whether it is set as a heading."""

    words: str
    row: int
    column: int
    across: int = 1
    down: int = 1
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row with what the table says of it.

    columns: for each cell the name of its column, by the column's place. label: what the row is about, from its own
    cell, from one that covers several rows, or from the row that it continues. group: the heading of the rows around it.
    labels: the columns that make up the label.
    """

    kind: RowKind
    label: str = ""
    group: str | None = None
    labels: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table understood: what each row is, and the name of each column, its stacked headings joined.

    lead: the column that says what a row is about.
    """

    rows: tuple[TextRow, ...]
    columns: tuple[str, ...]
    title: str | None = None
    lead: int = 0


def is_value(words: str) -> bool:
    """Whether a cell holds nothing but a figure, or what stands for none."""
    words = " ".join(words.split())
    return bool(words) and not _YEAR.match(words) and (_VALUE.match(words) or _NOTHING.match(words)) is not None


def understand(cells: Sequence[Cell], before: TextTable | None = None) -> TextTable:
    """What each row and column of a table is.

    before: the table on the page before that this one continues; its column names hold where none are repeated.
    """
    height = max((c.row + c.down for c in cells), default=0)
    width = max((c.column + c.across for c in cells), default=0)
    width = max(width, len(before.columns)) if before is not None else width
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(cell)
    title, first = _title(rows, width)
    heads = _header_rows(rows, first, width, before)
    columns = _names(cells, first, heads, width)
    if before is not None and heads == first:
        columns = before.columns
    lead = before.lead if before is not None else _behind_codes(rows[heads:], width, _lead_column(rows[heads:], width))
    return TextTable(tuple(_rows(cells, rows, heads, width, lead, before)), columns, title, lead)


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [c for c in row if c.words.strip()]


def _title(rows: list[list[Cell]], width: int) -> tuple[str | None, int]:
    """First rows of one cell across the table are its title where a row of several cells follows."""
    title: list[str] = []
    first = 0
    for i, row in enumerate(rows[:4]):
        filled = _filled(row)
        if not filled:
            continue
        alone = len(filled) == 1 and filled[0].across >= max(2, width if not title else width - 1)
        if not (alone and any(len(_filled(r)) > 1 for r in rows[i + 1 :]) and not is_value(filled[0].words)):
            break
        if title and len(_filled(rows[i + 1])) > 1 and not filled[0].heading:
            break
        title.append(" ".join(filled[0].words.split()))
        first = i + 1
    return " ".join(title) or None, first


def _header_rows(rows: list[list[Cell]], first: int, width: int, before: TextTable | None) -> int:
    """The row at which the body begins."""
    at = next((i for i in range(first, len(rows)) if _filled(rows[i])), len(rows))
    if at >= len(rows) - 1:
        return first
    if before is not None:
        same = [" ".join(c.words.lower().split()) for c in _filled(rows[at])]
        names = [n.lower() for n in before.columns if n]
        return at + 1 if same and all(any(n.startswith(w) for n in names) for w in same) and len(same) > 1 else first
    marked = first
    while marked < len(rows) and (cells := _filled(rows[marked])) and all(c.heading for c in cells):
        if marked > first and sum(is_value(c.words) for c in cells[1:]) > 0.5 * len(cells[1:]):
            break  # a total of a group, or of all, set as a heading is
        marked += 1
    body_marked = all(c.heading for row in rows[marked:] for c in _filled(row)) if marked < len(rows) else True
    if marked > first and not body_marked:
        return _under_spans(rows, _without_groups(rows, first, marked))
    filled = _filled(rows[at])
    if len(filled) < 2 or any(len(c.words.split()) > _SHORT or is_value(c.words) for c in filled):
        return first
    below = [r for r in rows[at + 1 :] if len(_filled(r)) > 1]
    valued = sum(any(is_value(c.words) for c in _filled(r)[1:]) for r in below)
    prose = sum(any(len(c.words.split()) > _SHORT or re.search(r"\d", c.words) for c in _filled(r)[1:]) for r in below)
    years = any(_YEAR.match(c.words.strip()) for c in filled)
    worded = prose >= len(below) / 2 and width > 2
    if not (years or (below and (valued >= len(below) / 2 or worded))):
        return first
    return _under_spans(rows, at + 1)


def _under_spans(rows: list[list[Cell]], end: int) -> int:
    """The headings go on below one that covers several columns or rows, below words without a label, and with a row of units."""
    while end < len(rows) - 1 and _goes_on_below(rows, end):
        end += 1
    units = _filled(rows[end]) if end < len(rows) - 1 else []
    return end + 1 if units and all(_UNIT.fullmatch(c.words.strip()) for c in units) else end


def _goes_on_below(rows: list[list[Cell]], end: int) -> bool:
    """Whether the row behind the headings is one of them, too."""
    above, under = _filled(rows[end - 1]), _filled(rows[end])
    if len(under) < 2 or any(is_value(c.words) or len(c.words.split()) > _SHORT for c in under):
        return False
    if any(c.across > 1 for c in above) or any(c.row + c.down > end for c in above):
        return True
    # Under "Area | Homes | Jobs" a row without a label, "| built | created", above rows that have labels and figures.
    first = above[0].column if above else 0
    below = [filled for r in rows[end + 1 :] if len(filled := _filled(r)) > 1]
    labelled = all(filled[0].column == first and any(is_value(c.words) for c in filled[1:]) for filled in below)
    return (
        bool(below)
        and labelled
        and under[0].column > first
        and {c.column for c in under} <= {c.column for c in rows[end - 1]}
    )


def _without_groups(rows: list[list[Cell]], first: int, marked: int) -> int:
    """Rows set as headings, less those at the end that head a group of rows rather than the columns."""
    while marked - first > 1 and len(_filled(rows[marked - 1])) == 1:
        marked -= 1
    return marked


def _names(cells: Sequence[Cell], first: int, heads: int, width: int) -> tuple[str, ...]:
    """Each column's name: the headings above it from the top down, each said once."""
    parts: list[list[str]] = [[] for _ in range(width)]
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        words = " ".join((cell.words if cell.words.strip() else _carried(cells, cell, heads)).split()).strip(" :")
        if first <= cell.row < heads and words:
            for column in range(cell.column, min(width, cell.column + cell.across)):
                if words not in parts[column]:
                    parts[column].append(words)
    return tuple(" ".join(p) for p in parts)


def _carried(cells: Sequence[Cell], blank: Cell, heads: int) -> str:
    """What a blank cell of a heading that is not the last stands under: the words on its left, where they stand over words
    of their own as it does, and no cell is merged."""
    if blank.row >= heads - 1 or any(c.across > 1 or c.down > 1 for c in cells if c.row < heads):
        return ""
    at = {(c.row, c.column): c.words.strip() for c in cells if c.row < heads}
    left = next((k for k in range(blank.column - 1, 0, -1) if at.get((blank.row, k))), None)
    if left is None or not at.get((blank.row + 1, left)) or not at.get((blank.row + 1, blank.column)):
        return ""
    return at[blank.row, left]


def _rows(
    cells: Sequence[Cell],
    rows: list[list[Cell]],
    heads: int,
    width: int,
    lead: int,
    before: TextTable | None,
) -> list[TextRow]:
    found: list[TextRow] = []
    covering: dict[tuple[int, int], Cell] = {
        (r, c.column): c for c in cells if c.words.strip() for r in range(c.row, c.row + c.down)
    }
    labelled = [" ".join(covering[r, lead].words.split()) for r in range(heads, len(rows)) if (r, lead) in covering]
    several = bool(labelled) and len(set(labelled)) < len(labelled)
    last = before.rows[-1] if before and before.rows else None
    group = last.group if last else None
    label, inherits = (last.label if last else ""), last is not None
    for index, row in enumerate(rows):
        filled = _filled(row)
        if index < heads or not filled:
            found.append(TextRow(RowKind.HEADER))
            continue
        only = filled[0]
        if (
            len(filled) == 1
            and width > 1
            and not is_value(only.words)
            and _heads_group(only, index, heads, width, inherits)
        ):
            group = " ".join(only.words.split()).strip(" :")
            found.append(TextRow(RowKind.GROUP, group=group))
            inherits = False
            continue
        own = covering.get((index, lead))
        if own is None and inherits and _goes_on(filled):
            found.append(TextRow(RowKind.CONTINUED, label, group))
            continue
        labels = {lead} if own is not None else set()
        if own is not None:
            label = _label(own.words)
        elif lead > 0 or not label:
            label = ""
        second = next((c for c in filled if c.column == lead + 1), None)
        if second is not None and (several or own is None) and _could_label(second, filled):
            first_part = label.split(" – ")[0] if own is None else label
            label = f"{first_part} – {_label(second.words)}" if first_part else _label(second.words)
            labels.add(lead + 1)
        labels |= {c.column for c in filled if c.column < lead}
        found.append(TextRow(RowKind.BODY, label, group, frozenset(labels)))
        inherits = own is None and inherits
    return found


def _lead_column(body: list[list[Cell]], width: int) -> int:
    """The column that says what a row is about: the first, or the one behind numbers of rows and references."""
    for column in range(width - 1):
        words = [c.words.strip() for row in body for c in row if c.column == column and c.words.strip()]
        numbered = words and sum(_INDEX.match(w) is not None or w.isdigit() for w in words) >= 0.8 * len(words)
        if words and not (numbered and not any(_YEAR.match(w) for w in words)):
            return column
        if words and all(is_value(w) for w in words) and len(set(words)) < len(words):
            return column
    return 0


def _behind_codes(body: list[list[Cell]], width: int, lead: int) -> int:
    """The column of names behind one of codes (E07000096, "WM"), by which no reader knows a row; else the lead itself."""
    for column in range(lead, width - 1):
        words = [c.words.strip() for row in body for c in row if c.column == column and c.words.strip()]
        codes = words and sum(_CODE.fullmatch(w) is not None for w in words) >= 0.9 * len(words)
        if codes:
            continue
        named = words and column > lead and len(words) > 2 and len(set(words)) > 0.7 * len(words)
        plain = named and not any(is_value(w) or len(w.split()) > _SHORT for w in words)
        return column if plain and all(re.search(r"[A-Za-z]{3}", w) for w in words) else lead
    return lead


def _heads_group(cell: Cell, index: int, heads: int, width: int, inherits: bool) -> bool:
    """A row of one cell heads the rows below it where it covers the table, is set as a heading, or stands first in a row."""
    words = cell.words.split()
    if (
        len(words) > 2 * _SHORT
        or _REMARK.match(cell.words.strip())
        or (len(words) > _SHORT and words[-1].endswith("."))
    ):
        return False  # a remark on the table, which says something of its own
    if cell.across >= width or cell.heading:
        return True
    starts = cell.column == 0 and len(cell.words.split()) <= _SHORT and cell.words.strip()[:1].isupper()
    return starts and not (inherits and index == heads) and width > 2


def _goes_on(filled: Sequence[Cell]) -> bool:
    """Whether the words of a row's cells go on from a row that a page's end has cut."""
    if any(is_value(c.words) for c in filled):
        return False
    return any(c.words.lstrip()[:1].islower() or c.words.lstrip()[:1] in "•▪-–" for c in filled)


def _could_label(cell: Cell, filled: Sequence[Cell]) -> bool:
    return len(cell.words.split()) <= 8 and not is_value(cell.words) and any(c.column > cell.column for c in filled)


def _label(words: str) -> str:
    """A label's first paragraph, or all of it where it is short; an area's size in brackets at its end is no part of it."""
    flat = " ".join(words.split())
    if len(flat.split()) > 20:
        flat = " ".join(words.strip().split("\n")[0].split())
    flat = _NUMBERED.sub("", flat)
    return re.sub(r"\s*\(\s*[\d.,]+(?:\s?(?:ha|sq\.?\s?m|sqm|%))?\s*\)$", "", flat).strip(" :")
