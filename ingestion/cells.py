"""What one cell of a sheet holds: nothing, a figure, a mark in place of one, or words; a period alone; the head of a note."""

import re
from collections.abc import Sequence

from corpus.period import read_periods
from corpus.table import is_mark, is_value

EMPTY, VALUE, MARK, TEXT = "empty", "value", "mark", "text"

NOTE = re.compile(
    r"^(?:notes?\b|source|sources\b|footnote|key\b|copyright|©|contact|\[?\w{1,2}\]?[\s:=.)]+\S"
    r"|\(?\d{1,2}\)|[*†‡!~#:]\s|\.\.|--|less than|figures|totals?\s(?:may|might)|please|"
    r"data (?:are|is)|this table|the table|estimates|these|all figures|an? |in \d{4}|from |for more"
    r"|further|see |https?:|includes|excludes|symbols?)",
    re.IGNORECASE,
)

FACT_NAMES = re.compile(
    r"^(?:date|period|time|time period|year|measure|measures|variable|industry|sex|gender|age|ages"
    r"|geography|area|area type|units?|"
    r"item name|value type|legal status|employment size ?band|confidence|flow|occupation|ethnicity"
    r"|rural urban|cell|tenure|"
    r"qualification|economic activity|nationality|religion|dataset|title|source|population|release "
    r"date|contact)s?\s*:?$",
    re.IGNORECASE,
)


def kind_of(text: str) -> str:
    """What a cell holds: nothing, a figure, a mark in place of one, or words."""
    if not text:
        return EMPTY
    if is_value(text):
        return VALUE
    return MARK if is_mark(text) else TEXT


def is_period(text: str) -> bool:
    """A year, a financial year, a quarter, a month or a run of them, and nothing else."""
    if re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text) or re.fullmatch(r"[12],\d{3}", text):
        return 1900 <= int(text.replace(",", "")[:4]) <= 2060
    if len(text) > 40 or not re.search(r"\d{4}|[^\W\d_]", text):
        return False
    periods = read_periods(text)
    if not periods:
        return False
    left = text
    for p in periods:
        left = left.replace(p.text, " ")
    return not re.search(
        r"[^\W\d_]{3,}", re.sub(r"\b(?:to|and|year|ending|ended|end|mid|the|in|at)\b", " ", left, flags=re.I)
    )


def is_fact(cells: Sequence[str]) -> bool:
    """Whether a row's cells are a pair that says something of a whole table: "date | 2022"."""
    filled = [c for c in cells if c]
    return len(filled) == 2 and FACT_NAMES.match(filled[0]) is not None
