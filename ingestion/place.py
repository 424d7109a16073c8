"""Where a figure is: the area of each quantity of a sentence, as English ties them together.

A place is tied to a figure by standing in its brackets or right before them, by "compared with … in", by a preposition
right behind, or by being what the sentence is about. "The borough", "the county" and "nationally" are places too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.areas import NATION, Gazetteer
from corpus.quantity import Quantity

# What stands for a figure or a period in a sentence whose figures are masked.
FIGURE, PERIOD = "\x01", "\x02"

_COMPARES = re.compile(
    r"\b(?:compared?\s+(?:to|with|against)|(?:in|by)\s+comparison\s+(?:to|with)|than|against|versus|vs\.?|(?<!or\s)(?<!and\s)(?:below|above)"
    r"|behind|ahead\s+of|relative\s+to|exceed(?:s|ed|ing)?|outpac(?:es|ed|ing)|match(?:es|ed)?)(?!\w)",
    re.IGNORECASE,
)
# Words between a comparing word and the place that it compares with.
_LINK = (
    rf"(?:[\s-]+(?:both|either|the|an?|average|averages|figures?|rates?|levels?|median|mean|total|of|in|for|across|that|those|at"
    rf"|only|just|nearly|about|around|on|wider|overall|{FIGURE}+|{PERIOD}+))*"
)
_COMPARED = re.compile(rf"{_COMPARES.pattern}{_LINK}[\s-]*$", re.IGNORECASE)
_AWAY = re.compile(r"\b(?:close\s+to|near(?:\s+to)?|from|outside|unlike)\s+(?:the\s+)?$", re.IGNORECASE)
_EXAMPLE = re.compile(r"\b(?:like|such\s+as|including)\s+(?:the\s+)?$", re.IGNORECASE)
# What may stand between two places of one comparison: "the county (£35.40), the region (£34.20) and England".
_CHAINED = re.compile(
    rf"^(?:\s*(?:averages?|figures?|rates?|levels?|as\s+a\s+whole))?\s*(?:\([^()]*\))?\s*{FIGURE}*\s*(?:,|;)?\s*(?:and|or|&)?"
    rf"{_LINK}\s*$",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"^(?:\s+(?:averages?|figures?|rates?|levels?|as\s+a\s+whole|wards?|district|borough|county|town|city))?\s*$", re.I
)
_ATTACHED = re.compile(r"^\s*(?:in|for|across|within|at|of)\s+(?:the\s+)?$", re.IGNORECASE)
_BREAK = re.compile(r"[,;:](?!\d)|\)|\(|\s[–—]\s|\s(?:while|whereas|although|but|with|which|where)\s", re.IGNORECASE)
_WHOLE = re.compile(
    r"^\s*(?:of|in|across|within)\s+(?:the|our)\s+(?:borough|district|county|city|council|local\s+area|area)\b",
    re.IGNORECASE,
)
_FINITE_NEXT = re.compile(
    r"^(?:[’']s\s+[\w-]+(?:\s+[\w-]+)?)?\s+(?:\w+ly\s+)?(?:is|are|was|were|has|have|had|will|would|could|can|remains?|needs?|sits?)\b",
    re.IGNORECASE,
)
_OWN = r"\b(?:the|our|this)\s+(?:{})\b(?![’']?\s?\w*\s+council)"
_COUNTY = re.compile(
    r"\bthe\s+(?:wider\s+)?county(?!\s+(?:council|court|town|hall))\b|\bcounty(?:[\s-]wide)?\s+average\b", re.I
)
_REGION = re.compile(r"\bthe\s+(?:wider\s+)?region\b|\bregional\s+average\b|\bregionally\b", re.IGNORECASE)
_NATION = re.compile(
    r"\bnationally\b|\bnational\s+(?:average|figure|rate|level|median)s?\b|\bacross\s+the\s+country\b|\bthe\s+country\s+as\s+a\s+whole\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An area named in a sentence; ``name`` is the source's word for it, or what "the county" stands for."""

    name: str
    key: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Around:
    """What "the county" and "the region" mean in one document: those that it names most; None where it names none.

    own: the words by which it calls its own area: "the city" where that has a city council.
    """

    county: str | None = None
    region: str | None = None
    own: str = "borough|district"


def around(text: str, gazetteer: Gazetteer) -> Around:
    """The county and the region that a document names most."""
    counted = {kind: Counter[str]() for kind in ("county", "region")}
    for mention in gazetteer.find(text):
        if mention.area.kind in counted:
            counted[mention.area.kind][mention.area.name] += 1
    most = {kind: names.most_common(1)[0][0] if names else None for kind, names in counted.items()}
    own = gazetteer.own.name if gazetteer.own else None
    governed = own and re.search(rf"\b{re.escape(own)}\s+(City|Town|County)\s+Council\b", text)
    also = f"|{governed[1].lower()}(?!\\s+cent)" if governed else ""
    return Around(most["county"], most["region"], f"borough|district{also}")


def places_in(text: str, gazetteer: Gazetteer, about: Around) -> list[Place]:
    """The places of a sentence in their order, "the borough" and its like among them."""
    found = [
        Place(_named(m.text, m.area.name, gazetteer), m.area.key, m.area.kind, m.start, m.end)
        for m in gazetteer.find(text)
    ]
    own = gazetteer.own.name if gazetteer.own else None
    owns = re.compile(_OWN.format(about.own), re.IGNORECASE)
    sorts = ((owns, own), (_COUNTY, about.county), (_REGION, about.region), (_NATION, NATION))
    for pattern, name in sorts:
        for match in pattern.finditer(text) if name else ():
            area = gazetteer.named(name or "")
            if not any(p.start < match.end() and match.start() < p.end for p in found):
                found.append(Place(area.name, area.key, area.kind, match.start(), match.end()))
    return sorted(found, key=lambda p: p.start)


def _named(text: str, official: str, gazetteer: Gazetteer) -> str:
    """The area as the source names it; the corpus's own by its own name."""
    if gazetteer.own is not None and official == gazetteer.own.name:
        return official
    return re.sub(r"[’']s?(?=\s|$)", "", " ".join(text.split()))


class Where:
    """Ties the places of one sentence to its quantities.

    masked: the sentence with each quantity overwritten by FIGURE and each period by PERIOD, offsets kept.
    """

    def __init__(
        self, masked: str, places: Sequence[Place], quantities: Sequence[Quantity], gazetteer: Gazetteer
    ) -> None:
        self.text, self.quantities, self.gazetteer = masked, quantities, gazetteer
        self.compared: list[Place] = []
        self.places: list[Place] = []
        for place in places:
            if _AWAY.search(masked[: place.start]) and place.kind != "country":
                continue
            before = self.places[-1] if self.places else None
            chained = (
                before in self.compared and before is not None and _CHAINED.match(masked[before.end : place.start])
            )
            if chained or _COMPARED.search(masked[: place.start]):
                self.compared.append(place)
            elif place.key == NATION.lower():
                continue  # "among the most deprived nationally" says against what, not where
            self.places.append(place)

    def area(self, i: int) -> str | None:
        """The area tied to one quantity; None where only what the sentence is about can tell."""
        behind = self._behind(i)
        right_behind = behind is not None and _ATTACHED.match(self.text[self.quantities[i].end : behind.start])
        place = self._in_brackets(i) or (behind if right_behind else None) or self._compared_before(i)
        place = place or behind or self._before(i)
        return place.name if place else None

    def subject(self) -> str | None:
        """The area that the sentence is about: named before its first figure, or behind it as what "is" or "has"."""
        first = self.quantities[0].start if self.quantities else len(self.text)
        for place in self.places:
            if place in self.compared or self._aside(place):
                continue
            if place.start < first or _FINITE_NEXT.match(self.text[place.end :]):
                return place.name
        return None

    def _from(self, i: int) -> int:
        return self.quantities[i - 1].end if i else 0

    def _until(self, i: int) -> int:
        return self.quantities[i + 1].start if i + 1 < len(self.quantities) else len(self.text)

    def _opened(self, at: int) -> int:
        """Where the bracket opens that holds a position; -1 where none does."""
        opened = self.text.rfind("(", 0, at)
        return opened if opened >= 0 and ")" not in self.text[opened:at] else -1

    def _in_brackets(self, i: int) -> Place | None:
        """ "Anyshire (41%)", "(41% in Anyshire)", "(Anyshire 41%)"."""
        q = self.quantities[i]
        opened = self._opened(q.start)
        if opened < 0:
            return None
        closed = self.text.find(")", q.end)
        closed = closed if closed >= 0 else len(self.text)
        inside = [p for p in self.places if opened < p.start < closed]
        behind = [
            p
            for p in inside
            if q.end <= p.start < self._until(i) and not re.search(r"[,;]", self.text[q.end : p.start])
        ]
        before = [p for p in inside if self._from(i) <= p.start < q.start]
        host = [p for p in self.places if p.end <= opened and _HOST.match(self.text[p.end : opened])]
        return next(iter([*behind[:1], *before[-1:], *host[-1:]]), None)

    def _compared_before(self, i: int) -> Place | None:
        """ "Above the Anyshire average of 13.9%": what it is compared with, named before it."""
        q = self.quantities[i]
        named = [p for p in self.compared if self._from(i) <= p.start < q.start]
        return named[-1] if named and not re.search(r"[,;]\s", self.text[named[-1].end : q.start]) else None

    def _behind(self, i: int) -> Place | None:
        """ "7.4% in Anytown": a place behind the figure, before the sentence goes on to something else."""
        q = self.quantities[i]
        following = self.text[q.end : self._until(i)]
        for pattern in (_BREAK, _COMPARES):
            cut = pattern.search(following)
            following = following[: cut.start()] if cut else following
        if _WHOLE.match(following) and self.gazetteer.own and not re.match(r"\s*\w+\s+the\s+county", following):
            own = self.gazetteer.own
            return Place(own.name, own.key, own.kind, q.end, q.end)
        found = next((p for p in self.places if q.end <= p.start < q.end + len(following)), None)
        if found is None or _EXAMPLE.search(self.text[: found.start]):
            return None
        after = next((n.start for n in self.quantities if n.start >= found.end), None)
        leads_on = re.match(r"\s*(?:,|and|,\s*and)\s+(?:for|in|across)\s+(?:the\s+)?$", self.text[q.end : found.start])
        return None if leads_on and after is not None and after - found.end <= 1 else found

    def _before(self, i: int) -> Place | None:
        """A place named between the figure before and this one, unless it is only compared with or an aside."""
        q = self.quantities[i]
        earlier = [
            p
            for p in self.places
            if self._from(i) <= p.start < q.start and p not in self.compared and not self._aside(p, q.start)
        ]
        if not earlier:
            return None
        return earlier[0] if i == 0 else earlier[-1]

    def _aside(self, place: Place, before: int | None = None) -> bool:
        """Whether a place stands in brackets that close before the figure."""
        opened = self._opened(place.start)
        closed = self.text.find(")", opened) if opened >= 0 else -1
        first = self.quantities[0].start if self.quantities else len(self.text)
        return opened >= 0 and place.end <= closed + 1 <= (first if before is None else before)
