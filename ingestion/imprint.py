"""What a document says of itself as a publication: when it was published, by whom, and whether it is a draft.

A date counts where a line is there to give it ("Released 12 March 2025", "Date of publication: March 2025"); one that a
sentence mentions in passing may be of anything.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from ingestion.block import ReadText

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH}),?\s+(?P<year>(?:19|20)\d\d)"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)(?:[T ]\d\d:\d\d.*)?)"
)
_SAYS = (
    r"(?:(?:date|time|month)\s+(?:of\s+)?(?:published|publication|first\s+published|release[d]?|issued?)"
    r"|(?:publication|release|published|issue)\s+date|(?:first\s+)?published(?:\s+on)?|released?(?:\s+on)?"
    r"|issued(?:\s+on)?|(?:last\s+)?updated(?:\s+on)?|last\s+revised(?:\s+on)?|from\s+nomis\s+on)"
)
# A line that is there to give the date, or whose last words do.
_LINE = re.compile(rf"^\W*{_SAYS}\s*[:–—-]?\s*{_DATE}", re.IGNORECASE)
_TAIL = re.compile(rf"\b{_SAYS}\s*[:–—-]?\s*{_DATE}[\s\]).;]*$", re.IGNORECASE)
_ASKS = re.compile(rf"^\W*{_SAYS}\s*[:–—-]?\s*$", re.IGNORECASE)
_ALONE = re.compile(rf"^\W*{_DATE}\W*$", re.IGNORECASE)
_GIVEN = re.compile(
    r"^\W*(?P<how>adopted|approved|endorsed|agreed|published|first published|issued|last updated|updated|date|dated"
    r"|date of publication|publication date|version\s+[\d.]+)\b(?:\s+(?:by|at)\s+(?:[A-Z]\w+|the|of|and|full|\s)+)?"
    rf"[\s:,;–—-]*(?:\b(?:on|in)\b\s*)?(?P<when>{_DATE})",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"^\W*((?:consultation |final |working )?draft(?: version)?(?:\s+(?:for (?:public )?(?:consultation|comment|discussion)"
    r"|document|[\d.]+))?)\W*$",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(r"^\W*(?:published by|publisher|produced by|issued by|from)\s*:?\s+(.{4,120})$", re.IGNORECASE)
_COUNCIL = re.compile(
    r"^((?:(?:[A-Z][\w'’-]+|and|on|of|the|upon)\s+){1,5}(?:Council|Combined Authority|Corporation of London))"
    r"(?=\s*(?:$|[|:–—-]|[A-Z]))"
)
_HEAD, _FOOT = 5000, 1500  # characters of a document's text in which it speaks of itself
_LONGEST = 160  # characters of a line that is there to give a date
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")


def published_on(lines: Iterable[str]) -> str | None:
    """The date of publication that the lines give, in ISO 8601 and as precise as they are; None where they give none.

    A line that gives it ("Released 12 March 2025") goes before one that ends with it ("… [from Nomis on 24 April 2023]").
    """
    kept = [line.strip() for line in lines if 0 < len(line.strip()) <= _LONGEST]
    for i, line in enumerate(kept):
        found = _LINE.match(line)
        if found is None and _ASKS.match(line) and i + 1 < len(kept):
            found = _ALONE.match(kept[i + 1])
        if found is not None and (date := _iso(found)) is not None:
            return date
    for line in kept:
        found = _TAIL.search(line)
        if found is not None and (date := _iso(found)) is not None:
            return date
    return None


def with_imprint(read: ReadText) -> ReadText:
    """A document with the date, status and publisher that its first lines give, where its reader found none."""
    lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n\f]+", read.text[:_HEAD])][:60]
    for start, line in lines:
        found = _GIVEN.match(line) if len(line) <= _LONGEST else None
        if found is None or len(line) - found.end() > 40:
            continue
        date = _iso(found)
        if read.date is None and date is not None:
            read = replace(read, date=date, date_at=(start + found.start("when"), start + found.end("when")))
        if read.status is None and (found["how"] or "").lower() == "adopted":
            read = replace(read, status="adopted", status_at=(start + found.start("how"), start + found.end("how")))
    for start, line in lines[:40] if read.status in (None, "adopted") else ():
        if (draft := _DRAFT.match(line)) is not None:
            read = replace(read, status="draft", status_at=(start + draft.start(1), start + draft.end(1)))
            break
    named = publisher_of([*(line for _, line in lines), *read.text[-_FOOT:].splitlines()])
    return replace(read, publisher=named or _council([read.title or "", *(line for _, line in lines[:25])]))


def publisher_of(lines: Iterable[str]) -> str | None:
    """Who published a file, where a line is there to say so ("Published by …", "Publisher: …")."""
    for line in lines:
        match = _PUBLISHER.match(line.strip())
        if match is not None:
            name = re.sub(rf"[,;]?\s*(?:on|in)?\s*{_DATE.replace('?P<', '?P<_')}.*$", "", match[1], flags=re.IGNORECASE)
            name = re.sub(r"^the\s+", "", " ".join(name.split()).strip(" .,;:|–-©"))
            if 3 < len(name) <= 80 and name[0].isupper() and len(name.split()) <= 10:
                return name
    return None


def _council(lines: Iterable[str]) -> str | None:
    """The council whose name stands alone on a line, or opens the title or a running head."""
    for line in lines:
        match = _COUNCIL.match(line.strip().lstrip("#*_ "))
        if match is not None:
            return match[1]
    return None


def date_in_name(stem: str) -> str | None:
    """A whole date in a file's name ("…_2023_04_24_…"), in ISO 8601; a year or a month alone may be that of the data."""
    match = _IN_NAME.search(stem)
    return _valid(match[1], match[2], match[3]) if match else None


def _iso(found: re.Match[str]) -> str | None:
    if found["iso"]:
        year, month, *day = found["iso"].split("-")
        return _valid(year, month, day[0] if day else None)
    if found["y"]:
        return _valid(found["y"], found["m"], found["d"])
    month = str(_MONTHS.index(found["month"][:3].lower()) + 1)
    return _valid(found["year"], month, found["day"])


def _valid(year: str, month: str, day: str | None) -> str | None:
    """A date of the calendar in ISO 8601; None where there is no such day."""
    try:
        date = datetime.date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else date.isoformat()[:7]
