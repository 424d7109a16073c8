"""Comparisons in words ("above the county average", "fell by 22%"): which way they say it goes, and against which area."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.areas import Area, Gazetteer
from corpus.quantity import Quantity, read_quantities

UP, DOWN = 1, -1

_CLAIM = re.compile(
    r"\b(?:(?P<up>above|higher|more|greater|larger|ahead\s+of|exceed(?:s|ing|ed)?|outstrips?|surpass(?:es|ing)?|beat(?:s|ing)?|outperform(?:s|ing|ed)?)"
    r"|(?P<down>below|lower|less|fewer|smaller|(?:lag(?:s|ging)?\s+)?behind|trail(?:s|ing)?|short\s+of))(?:[\s-]+than)?\b",
    re.IGNORECASE,
)
_FILLER = frozenset(
    """the a an that those average averages mean median in of for across figure figures rate rates level levels share
    proportion is at is's s national nationally overall whole as county regional both and elsewhere borough's seen
    recorded found by than number percentage""".split()
)
# Areas that are named by their kind alone.
_SORTS = (
    (re.compile(r"\b(?:county(?:[ -]?wide)?)\b(?!\s+council)", re.IGNORECASE), "county"),
    (re.compile(r"\b(?:national(?:ly)?\b(?:\s+average)?|(?:the\s+)?(?:country|nation)\b)", re.IGNORECASE), "country"),
    (re.compile(r"\bregion(?:al(?:ly)?)?\b", re.IGNORECASE), "region"),
)
_REACH = 70  # characters within which a comparison names what it compares with

_RISING = re.compile(
    r"\b(?:grow(?:s|n|th|ing)?|grew|increas\w+|ris(?:e|es|en|ing)|rose|expan\w+|gain\w*|creat\w+|add(?:s|ed)?|up\s+by|climb\w*)\b",
    re.IGNORECASE,
)
_FALLING = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|declin\w+|decreas\w+|reduc\w+|drop\w*|shr[iau]nk\w*|los(?:e|es|t|s|ses|ing)|contract(?:ed|ing)"
    r"|down\s+by|cut(?:s|ting)?|reclining|go(?:ne)?|disappear\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """ "Above the Anyshire average": up or down, the area compared with, and its place in the sentence.

    area is None where only a kind of area is named ("the county", "nationally"); then ``kind`` says which.
    """

    text: str
    start: int
    end: int
    way: int
    area: Area | None
    kind: str | None


def claims(sentence: str, gazetteer: Gazetteer) -> list[Claim]:
    """The comparisons of a sentence that name an area, in their order."""
    found: list[Claim] = []
    quantities = read_quantities(sentence)
    mentions = gazetteer.find(sentence)
    for match in _CLAIM.finditer(sentence):
        if any(q.start < match.end() and match.start() < q.end for q in quantities):
            continue  # "more than 11,000" bounds a figure
        reach = min(len(sentence), match.end() + _REACH)
        places: list[tuple[int, int, Area | None, str | None]]
        places = [(m.start, m.end, m.area, None) for m in mentions if match.end() <= m.start < reach]
        for pattern, kind in _SORTS:
            places += [(m.start(), m.end(), None, kind) for m in pattern.finditer(sentence, match.end(), reach)]
        places.sort(key=lambda place: place[0])
        if not places:
            continue
        start, end, area, sort = places[0]
        if _only_filler(sentence, match.end(), start, quantities):
            way = UP if match["up"] else DOWN
            found.append(Claim(sentence[match.start() : end], match.start(), end, way, area, sort))
    return found


def _only_filler(sentence: str, start: int, end: int, quantities: Sequence[Quantity]) -> bool:
    between = sentence[start:end]
    for q in reversed(quantities):
        if start <= q.start and q.end <= end:
            between = between[: q.start - start] + between[q.end - start :]
    return all(word in _FILLER for word in re.findall(r"[a-z]+", between.lower())) and ";" not in between


def direction(text: str) -> int | None:
    """Whether the words speak of a rise (1) or a fall (-1); None where they speak of neither, or of both."""
    rising, falling = _RISING.search(text) is not None, _FALLING.search(text) is not None
    return None if rising == falling else UP if rising else DOWN


def sort_of_area(text: str, gazetteer: Gazetteer) -> str | None:
    """The kind of area that a clause is about without naming one: "the county figure is …"."""
    if gazetteer.find(text):
        return None
    return next((kind for pattern, kind in _SORTS if pattern.search(text)), None)
