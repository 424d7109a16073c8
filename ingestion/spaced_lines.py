"""Text that was copied out of a printed document line by line, with a blank line after each, set as paragraphs again.

A line goes on in the next where it fills the width of the page. What stood between two pages (a rule, a page number) is
left out, so that a sentence that goes on overleaf is whole. Labels and figures that were copied out cell by cell are
rows of a table again where each label is followed by as many figures as the headings above them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingestion.english import is_english
from ingestion.text_table import is_value

_PAGE_END = re.compile(r"^[ \t]*-{3,}[ \t]*\n+[ \t]*(?:page\s+)?\d{1,4}[ \t]*(?=\n)", re.MULTILINE | re.IGNORECASE)
_BEGINS = re.compile(r"^(?:#{1,6}\s|[-+•▪◦‣]\s|\*\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\|)")
_EMPHASIS = re.compile(r"[*_]{1,3}")
_HEAD = re.compile(r"\*+[^*]{1,60}\*+")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?")
_FEWEST = 40  # lines: of fewer nothing can be told
_FULL = 0.8  # of the usual width of a line: a shorter line ends its paragraph
_CELL = 70  # letters: a longer line is no cell of a table
_MOST_COLUMNS = 12


def set_together(text: str) -> str:
    """The text as paragraphs, where it has a blank line after every line; else the text as it is."""
    lines = [line.strip() for line in _PAGE_END.sub("", text).splitlines()]
    said = [line for line in lines if line]
    if len(said) < _FEWEST or not _is_spaced(lines):
        return text
    width = sorted(len(line) for line in said)[int(0.9 * len(said))]
    return "\n\n".join(_with_tables(_paragraphs(said, width))) + "\n"


def _is_spaced(lines: Sequence[str]) -> bool:
    """Whether nearly every line stands alone, and many go on in the middle of a sentence."""
    apart = sum(bool(a) and not b for a, b in pairwise([*lines, ""]))
    said = [line for line in lines if line]
    goes_on = sum(b[0].islower() for a, b in pairwise(said) if len(a) > 40)
    return apart > 0.85 * len(said) and goes_on > 0.15 * sum(len(line) > 40 for line in said)


def _paragraphs(lines: Sequence[str], width: int) -> list[str]:
    found: list[str] = []
    last = ""
    for line in lines:
        if found and _goes_on(last, line, width):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line)
        last = line
    return found


def _goes_on(above: str, line: str, width: int) -> bool:
    """Whether a line goes on from the one above it."""
    if _is_set_out(above) != _is_set_out(line) and not (above.endswith("***") and line.startswith("***")):
        return False
    if re.match(r"-{3,}$|#", above) or _BEGINS.match(line) or line.startswith("-"):
        return False
    if len(above) >= _FULL * width:
        return True
    words = _EMPHASIS.sub("", line)
    return len(above) > 0.5 * width and above[-1] not in ".:;!?" and words[:1].islower()


def _is_set_out(line: str) -> bool:
    """Whether the whole line is set as a heading is."""
    return re.fullmatch(r"\*\*[^*].*\*\*", line) is not None


def _joined(above: str, line: str) -> str:
    """Two lines as one; a word cut between them is whole again."""
    cut = re.search(r"([A-Za-z]+)-$", above)
    tail = re.match(r"[a-z]+", line)
    if cut and tail:
        return above[:-1] + line if is_english((cut[1] + tail[0]).lower()) else above + line
    return above + line if cut and re.match(r"[A-Z]", line) else f"{above} {line}"


def _with_tables(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, with those that are the cells of a table as its rows."""
    found: list[str] = []
    at = 0
    while at < len(paragraphs):
        rows, end = _rows(paragraphs, at)
        if len(rows) < 2:
            found.append(paragraphs[at])
            at += 1
            continue
        columns = len(rows[0]) - 1
        heads = _heads(found, columns)
        table = [heads or [""] * (columns + 1), *rows]
        lines = ["| " + " | ".join(cell or " " for cell in row) + " |" for row in table]
        found.append("\n".join([lines[0], "|" + "---|" * (columns + 1), *lines[1:]]))
        at = end
    return found


def _rows(paragraphs: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """Rows from here on, and where they end: a label and its figures, every row with as many; headings between them."""
    rows: list[list[str]] = []
    group: str | None = None
    end = at
    while at < len(paragraphs) and len(paragraphs[at]) <= _CELL and not is_value(_plain(paragraphs[at])):
        label = paragraphs[at]
        at += 1
        if rows and group is None and re.fullmatch(r"\*+[^*]+\*+", label):
            group = _plain(label)
            continue
        while rows and label.count("(") > label.count(")") and at < len(paragraphs) and len(paragraphs[at]) <= _CELL:
            label, at = _joined(label, paragraphs[at]), at + 1
        held = [_plain(label)]
        while at < len(paragraphs) and is_value(_plain(paragraphs[at])):
            held.append(_plain(paragraphs[at]))
            at += 1
        if not 2 <= len(held) <= _MOST_COLUMNS or (rows and len(held) != len(rows[0])):
            break
        if group is not None:
            rows.append([group, *[""] * (len(held) - 1)])
            group = None
        rows.append(held)
        end = at
    return rows, end


def _heads(before: list[str], columns: int) -> list[str] | None:
    """The headings right above a table's rows, taken from what stands before: a year for each column, or all that is set
    as a heading, where there is one for each column and one over the labels. Others may be anything's."""
    first = len(before)
    while first > 0 and len(before) - first < 3 * _MOST_COLUMNS and _HEAD.fullmatch(before[first - 1]):
        first -= 1
    heads = [_plain(line) for line in before[first:]]
    years = [bool(_YEAR.fullmatch(words)) for words in heads]
    for at in range(len(heads) - columns + 1):
        if all(years[at : at + columns]) and sum(years) == columns:
            del before[first + at : first + at + columns]
            return ["", *heads[at : at + columns]]
    while len(heads) > columns + 1 and True in years[1:] and not all(years[1:]):
        at = years.index(True, 1)  # "Adopted budget", "2022": one heading on two lines
        heads[at - 1 : at + 1] = [f"{heads[at - 1]} {heads[at]}"]
        years[at - 1 : at + 1] = [False]
    if len(heads) != columns + 1:
        return None
    del before[first:]
    return heads


def _plain(words: str) -> str:
    return _EMPHASIS.sub("", words).strip()
