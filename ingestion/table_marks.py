"""What hangs on a table's words: footnote marks, letters glued to them, legends of marks, and periods in short."""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.period import read_periods

_NOTE_MARKS = re.compile(
    r"\s*(?:\[(?:notes?\s*)?[\w ,]{1,16}\]|\((?:notes?|see note|footnote)s?\s*[\w, ]{1,10}\)"
    r"|[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]+(?:\s?,\s?[¹²³⁴⁵⁶⁷⁸⁹⁰]+)*)(?=\s|$|[.,;:)])",
    re.IGNORECASE,
)

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raise_digits(text: str) -> str:
    """Numbers of notes as they are printed, raised: "1,2" behind a word is "¹,²"."""
    return text.translate(_RAISED) if re.fullmatch(r"[\d\s,]+", text) else text


_STATUS = re.compile(r"\s*[\[(](?:p|r|e|prov(?:isional)?|rev(?:ised)?|estimated?)[\])]", re.IGNORECASE)


def strip_marks(text: str) -> str:
    """A label without its footnote marks, and without the word that its figures are provisional or revised."""
    return _NUMBERS.sub("", _NOTE_MARKS.sub("", _STATUS.sub("", text))).strip()


_NUMBERS = re.compile(r"(?<=\d)\s?\(\d{1,2}(?:,\s?\d{1,2})*\)$")  # of notes, in brackets behind a year: "2011(4, 5)"


_MONTH_YEAR = re.compile(
    r"^\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s'’]+(\d\d)\s*$", re.IGNORECASE
)
_RUN_TOGETHER = re.compile(r"^((?:19|20)\d\d)(\d\d)$")


def written_out(text: str) -> str:
    """A period as a sentence gives it: "Mar-23" is Mar 2023, and "202223" is 2022/23; other words as they are."""
    month = _MONTH_YEAR.match(text)
    if month:
        return f"{month[1].capitalize()} 20{month[2]}"
    years = _RUN_TOGETHER.match(text.strip())
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        return f"{years[1]}/{years[2]}"
    return text


def strip_glued(text: str, letters: frozenset[str]) -> str:
    """A label without footnote marks that touch its words ("jobsb", "abuse4", "18-347"), where the notes use these marks."""
    if not letters:
        return text

    def without(match: re.Match[str]) -> str:
        word, mark = match[1], match[2]
        return word if mark in letters and _is_word(word) and not _is_word(word + mark) else match[0]

    def numbers(match: re.Match[str]) -> str:
        return match[1] if all(n in letters for n in match[2].split(",")) else match[0]

    text = re.sub(r"\b([A-Za-z]{3,})([a-z0-9])(?![\w,])", without, text)
    return _AGES.sub(numbers, _GLUED_NUMBERS.sub(numbers, text))


_GLUED_NUMBERS = re.compile(r"((?:[A-Za-z]{3}|[A-Z]{2}|[a-z)])(?<!\bm))(\d{1,2}(?:,\d{1,2})*)(?![\w,])")
# Ages and years with the number of a note behind them: "18-347" is 18-34 with note 7.
_AGES = re.compile(r"(\b(?:\d\d(?:\s?[-–]\s?\d\d|\+)|(?:19|20)\d\d[-–/]\d\d))(\d{1,2})(?![\w,])")


def glued_marks(text: str, letters: frozenset[str]) -> list[str]:
    """The footnote letters that touch a label's words."""
    found = []
    for match in re.finditer(r"\b([A-Za-z]{3,})([a-z0-9])(?![\w])", text):
        if match[2] in letters and _is_word(match[1]) and not _is_word(match[0]):
            found.append(match[2])
    return found


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    from corpus.areas import english

    return word.lower() in english() or word.lower().rstrip("s") in english()


_LEGEND = re.compile(
    r"^\s*[‘'\"“]?(?P<mark>\[[a-z]{1,4}\]|\([a-z]{1,3}\)|[!*#~:^]|\.{1,3}|…|[-–—]|[a-z]{1,3}|low|n/a)[’'\"”]?\s*"
    r"(?P<link>=|:|–|-|—|means|denotes|indicates|represents|signifies|is used (?:for|where|to)|refers "
    r"to|shows)?\s+(?P<reason>\S.*)$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(\[[a-z]{1,4}\])\s*(?:=|:|–|-|means|denotes|indicates|represents|is used (?:for|where|to(?: "
    r"indicate)?))?\s*([^\[\];.]{3,160})",
    re.IGNORECASE,
)


def read_legend(lines: Sequence[str]) -> dict[str, str]:
    """What marks mean, from a table's notes: "! Estimate not available since …", "x = CV > 20%", "[c] confidential"."""
    found: dict[str, str] = {}
    for line in lines:
        if "[note" in line.lower():
            line = _NOTE_MARKS.sub("", line)
        match = _LEGEND.match(line)
        if match and (not match["mark"].isalpha() or match["link"] or match["mark"].lower() in ("low",)):
            mark = match["mark"].lower()
            word = mark.isalpha() and len(mark) > 1 and mark != "low"
            if not word and not (match["mark"].isalpha() and match["link"] in ("-", None)):
                found.setdefault(mark, _sentence(match["reason"]))
                continue
        for inline in _INLINE.finditer(line):
            if not re.match(r"\[(?:note|r|p)", inline[1], re.IGNORECASE):
                found.setdefault(inline[1].lower(), _sentence(inline[2]))
    return found


def note_letters(lines: Sequence[str]) -> dict[str, str]:
    """Footnotes by their mark: "a  Employees on adult rates …" and "1. Figures …" give "a" and "1"."""
    found: dict[str, str] = {}
    for line in lines:
        match = re.match(r"^\(?([a-z]|\d{1,2})[).:]?\s+(?:[-–=]\s+)?([A-Z].+)$", line)
        if match:
            found.setdefault(match[1], match[2].strip())
    return found


def _sentence(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ,;")
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def only_period(text: str) -> bool:
    """Whether a cell holds a period and nothing else."""
    text = written_out(text)
    if re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text):
        return True
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?", text):
        return True
    if len(text) > 40 or not re.search(r"\d", text):
        return False
    periods = read_periods(text)
    left = text
    for p in periods:
        left = left.replace(p.text, " ")
    left = re.sub(
        r"\b(?:to|and|year|years|ending|ended|end|mid|the|in|at|financial|academic|calendar|quarter|month"
        r"|q[1-4])\b|[-–/,.]",
        " ",
        left,
        flags=re.IGNORECASE,
    )
    return bool(periods) and not left.strip()
