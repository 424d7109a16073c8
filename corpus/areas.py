"""Areas: the places that sources and questions name, and when two names mean the same place.

Names come from a published list (``reference/areas.csv``) and from the documents themselves, which name towns and
business parks that no list holds. No place stands in code.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spellchecker import SpellChecker

from corpus.language import STOPWORDS, blank
from corpus.period import read_periods

_REFERENCE = Path(__file__).resolve().parent / "reference" / "areas.csv"
_PART = r"(?:town centres?|city centres?|high street)"
_NAME = (
    r"[A-Z][a-z]+(?:(?:[-’'][A-Za-z]+)*)(?:[ -](?:(?:upon|on|in|the|le|under|by)[ -](?=[A-Z][a-z]))?[A-Z][a-z]+){0,3}"
)
_LOCATED = re.compile(rf"\b(?i:in|across|within|around|throughout|near|outside) +({_NAME})")
_LISTED = re.compile(rf"\b(?=({_NAME})(?:, and|, or|,| and| or)\s+({_NAME}))")
# "Towns such as Anytown (Othershire border)" names two places; "Anytown Garden Villages (AGV)" names a scheme.
_EXAMPLES = re.compile(
    rf"\b(?:towns|areas|places|boroughs|districts|villages|cities|counties)\s+(?:such\s+as|like)\s+({_NAME})"
)
# "In the county of Anyshire": a place that is said with its sort.
_OF_ITS_SORT = re.compile(rf"\b(?:county|district|borough|city|town|village|parish)\s+of\s+({_NAME})")
_BORDERING = re.compile(rf"\b({_NAME})\s+\(({_NAME})\s+border\)")
_WARD = re.compile(rf"\b({_NAME})\s+[Ww]ard\b")
_ABBREVIATED = re.compile(rf"\b({_NAME})\s+\([A-Z]{{2,6}}\)")
# What "nationally" and "the national average" stand for, where a source does not say of which country.
NATION = "the country as a whole"
# Words that make a capitalised name an organisation, a scheme or a document rather than a place.
_NOT_PLACE = frozenset(
    """Council Board Partnership Group Network Hub College University School Chamber Plan Strategy Report Review Study
    Survey Dashboard Programme Project Initiative Fund Act Quarter Park Estate Estates Road Street Lane Avenue
    Close Way Site Sites Zone Zones House Farm Industrial Mill Works Communities Community Forum Academy Trust
    Agency Authority Department Office Officer Government Commission Committee Service Services Centre Bank
    Company Charter Portal Framework Policy Section Table Figure Chapter Theme Appendix Part January February
    March April May June July August September October November December Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday Brexit Covid Science Digital Modern Business Economic Economy Employment Skills Local
    National Regional Housing Health Education Transport Innovation Growth Export Information Issue Addition
    Order Particular Relation Countries Chambers Partners Total Average The This These There All Many Most Some
    Other Spring Summer Autumn Winter Christmas""".split()
)
_PLACE_WORDS = frozenset("Town Borough District County City Village Region Centre UA".split())
_BEFORE_ORGANISATION = re.compile(
    r"\b(?:University|College|Bank|Bishop|Diocese|Port|Chamber|Institute|Duke)\s+(?:of|for)\s+$"
)


@dataclass(frozen=True, slots=True)
class Area:
    """A place. ``key`` is the same for every name of one place; ``part`` tells a town's centre from the town."""

    name: str
    key: str
    kind: str = "place"
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """An area named in a text, with its place there."""

    area: Area
    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def reference_areas() -> dict[str, tuple[str, str]]:
    """Published names and aliases: lower-case name → (name, kind)."""
    known: dict[str, tuple[str, str]] = {}
    with _REFERENCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
                known.setdefault(name.lower(), (row["name"], row["kind"]))
    return known


# Kinds of place that are one level: a district is a borough, a unitary authority or a council area.
_LEVELS = {
    "local authority district": "district", "district": "district", "unitary authority": "district",
    "metropolitan district": "district", "London borough": "district", "council area": "district", "county": "county",
    "metropolitan county": "county",
}  # fmt: skip


def level(kind: str) -> str:
    """The level of a kind of place, by which tables are told apart: "district", "county", "ward"."""
    return _LEVELS.get(kind, kind)


@lru_cache(maxsize=1)
def areas_by_code() -> dict[str, tuple[str, str]]:
    """Published codes: code → (name, kind)."""
    with _REFERENCE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["kind"]) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def areas_within() -> dict[str, frozenset[str]]:
    """Counties and regions in lower case, with the districts that the published list sets below each of them."""
    below: dict[str, set[str]] = {}
    region = county = None
    for name, kind in areas_by_code().values():
        if kind in ("region", "country", "part of a region"):
            county = None
            region = name.lower() if kind == "region" else region if kind == "part of a region" else None
            continue
        if kind in ("county", "metropolitan county"):
            county = name.lower()
            continue
        inside = county if kind in ("district", "metropolitan district") else None
        for whole in filter(None, (region, inside)):
            below.setdefault(whole, set()).add(name.lower())
    return {whole: frozenset(parts) for whole, parts in below.items()}


class Gazetteer:
    """Every area name that the corpus may use, and the corpus's own area.

    learned: names that the documents use as places. own: the area that is meant when none is named. texts: the sources,
    whose longer names ("Anytown Growth Hub") tell a place from an organisation in a question. listed: names of places
    that tables have rows for, with their kind; English words are left out ("Castle" may be a ward).
    """

    def __init__(
        self,
        learned: Iterable[str] = (),
        own: str | None = None,
        texts: Iterable[str] = (),
        listed: Mapping[str, str] | None = None,
    ) -> None:
        learned = list(learned)
        self._known = dict(reference_areas()) | {NATION: (NATION, "nation")}
        for name, kind in (listed or {}).items():
            if len(name) > 3 and name.lower() not in self._known and not _is_english(name):
                self._known[name.lower()] = (name, kind)
        for name in learned:
            self._known.setdefault(name.lower(), (name, "county" if name.endswith("shire") else "place"))
        if own:
            self._known.setdefault(own.lower(), (own, "place"))
        self._add_short_names(learned)
        self.own = self.named(own) if own else None
        self.names = tuple(learned)
        self._compounds = frozenset(
            m[1].lower() for t in texts for m in re.finditer(r"\b(?=([A-Z][A-Za-z]+ [A-Z][A-Za-z]+)\b)", t)
        )
        names = sorted(self._known, key=len, reverse=True)
        alternatives = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
        self._pattern = re.compile(rf"(?<![\w])({alternatives})(?![A-Za-z])(?:[’']s?)?(\s+{_PART})?", re.IGNORECASE)

    def _add_short_names(self, learned: list[str]) -> None:
        """Short names by which a text goes on to call its places.

        The first word of a two-word place is one when no other place begins with that word; so is a county's name cut
        before "hire", as in "Herts", though the text uses it as a place of its own.
        """
        firsts = Counter(n.split()[0] for n in learned if " " in n)
        for name in learned:
            first = name.split()[0]
            short = " " in name and firsts[first] == 1 and len(first) > 3 and first not in _NOT_PLACE
            short = short and not _is_english(first)  # "Castle" is no short name of Castle Orton
            if short and self._known.get(first.lower(), (first, "place"))[1] == "place":
                self._known[first.lower()] = (name, "place")
            if name.endswith("shire") and " " not in name:
                self._known[name.removesuffix("hire").lower()] = (name, "county")

    def named(self, name: str) -> Area:
        """The area of that name; a name that nobody listed is a place of its own."""
        match = re.match(rf"(?i)(.*?)(?:\s+({_PART}))?$", " ".join(name.split()))
        base, part = (match[1], match[2]) if match else (name, None)
        official, kind = self._known.get(base.lower().removeprefix("the "), (base, "place"))
        part = _plain_part(part)
        return Area(f"{official} {part}" if part else official, official.lower(), kind, part)

    def find(self, text: str, *, any_case: bool = False) -> list[Mention]:
        """Areas named in the text. Names that are part of a longer proper name (an organisation) are left out.

        any_case: also take names in small letters, as people type questions.
        """
        found: list[Mention] = []
        for match in self._pattern.finditer(text):
            name, end = match[1], match.end()
            if not any_case and not name[0].isupper():
                continue
            if name.islower() and name.lower() in _ALSO_WORDS:
                continue
            if name.lower() in STOPWORDS and (name.islower() or not text[: match.start()].strip()):
                continue  # "By how much …": a word of the question, though some place is called so
            if not any_case and name.lower() in _SHORT_CAPITALS and not name.isupper():
                continue
            before = text[max(0, match.start() - _NEAR) : match.start()]
            after = text[match.end(1) : match.end(1) + _NEAR]
            if match[2] is None and self._in_longer_name(name, after, any_case):
                continue
            if re.match(r"\s+(?:Borough|District|County|City|Town)\s+Council\b", after):
                continue
            if _BEFORE_ORGANISATION.search(before) or _BEHIND_COMPASS.search(before):
                continue
            if self._ends_a_name(match[1], before):
                continue
            found.append(Mention(self.named(match[1] + (match[2] or "")), match[0], match.start(), end))
        return found

    def _ends_a_name(self, name: str, before: str) -> bool:
        """Whether a country ends the name of a body, amid a sentence: "a grant of Homes England"."""
        word = _CAPITAL_BEFORE.search(before)
        if word is None or word[1].lower() in STOPWORDS or word[1].lower() in self._known:
            return False
        return self.named(name).kind == "country"

    def _in_longer_name(self, name: str, after: str, any_case: bool) -> bool:
        """Whether a place's name goes on as the name of an organisation or a scheme.

        In a source a capital tells; in a question, where people type as they like, the sources' own names tell.
        """
        following = re.match(r"\s+([A-Za-z]+)", after)
        if following is None or following[1].capitalize() in _PLACE_WORDS | {"Ua"}:
            return False
        if any_case and self._compounds:
            return f"{name.split()[-1]} {following[1]}".lower() in self._compounds
        return following[1][0].isupper()


def _is_english(name: str) -> bool:
    """Whether a name is made of English words alone."""
    known = english()
    return all(word in known for word in re.findall(r"[a-z]+", name.lower()))


_CAPITAL_BEFORE = re.compile(r"[a-z]\s+([A-Z][A-Za-z]+)\s$")
_BEHIND_COMPASS = re.compile(r"\b(?:north|south|east|west|central|greater|mid)\s$", re.IGNORECASE)
_NEAR = 120  # characters around a name that tell whether it is one
_ALSO_WORDS = frozenset({"reading", "bath", "rugby", "sandwich", "deal", "barking", "poole", "east", "bury", "crawley"})
_SHORT_CAPITALS = frozenset({"uk", "gb"})


def _plain_part(part: str | None) -> str | None:
    if part is None:
        return None
    return re.sub(r"\s+", " ", part.lower()).replace("centres", "centre")


def learn(text: str) -> list[str]:
    """Names that a document uses as places: after "in" or "across", or listed beside a place.

    A name made of English words only ("Flood Zones", "Jobs Fairs") is no place, and neither is one whose words the
    document also writes in small letters.
    """
    lowered = set(re.findall(r"\b[a-z][a-z]+\b", text))
    reference = reference_areas()
    dictionary = english()

    def is_place(name: str) -> bool:
        parts = re.split(r"[\s-]+", name)
        if any(p in _NOT_PLACE for p in parts) or len(name) < 4 or len(parts) > 3:
            return False
        written_small = any(p.lower() in lowered for p in (parts[0], parts[-1]))
        return not written_small and not (len(parts) == 1 and name.lower() in dictionary)

    counted: Counter[str] = Counter()
    for match in _LOCATED.finditer(text):
        name = _trimmed(match[1])
        if name and is_place(name):
            counted[name] += 1
    for match in [*_EXAMPLES.finditer(text), *_OF_ITS_SORT.finditer(text), *_BORDERING.finditer(text)]:
        for name in filter(None, match.groups()):
            if is_place(name):
                counted[name] += 1
    for match in _WARD.finditer(text):
        name = re.sub(r"^(?:In|The|Of|For|And|While|Where)\s+", "", match[1])
        if not any(p in _NOT_PLACE for p in name.split()):
            counted[name] += 1
    schemes = {m[1] for m in _ABBREVIATED.finditer(text) if _trimmed(m[1]) == m[1]}
    for match in [*_LISTED.finditer(text), *_LISTED.finditer(text)]:
        left, right = match[1], _trimmed(match[2])
        for known, other in ((left, right), (right, left)):
            listed = known in counted or known.lower() in reference
            if listed and other and is_place(other) and other.lower() not in reference:
                counted[other] += 1

    def is_scheme(name: str) -> bool:
        return any(f" {scheme}".removesuffix("s").endswith(f" {name}".removesuffix("s")) for scheme in schemes)

    return [name for name in counted if name.lower() not in reference and not is_scheme(name)]


@lru_cache(maxsize=1)
def english() -> SpellChecker:
    """English words, without which "Public" at the head of a line would pass for a village."""
    return SpellChecker(language="en", distance=1)


def _trimmed(name: str) -> str:
    """The name without place words at its end ("Hill Town" stays, "Hill Town Centre" is "Hill Town")."""
    return re.sub(r"\s+(?:Town|City)\s+Centre$|\s+(?:Borough|District|County)$", "", name)


def own_area(titles: Iterable[str], texts: Iterable[str], gazetteer: Gazetteer) -> str | None:
    """The area that a corpus is about: named in a title, else named most often; countries only as a last resort."""
    texts = list(texts)
    for title in titles:
        for mention in gazetteer.find(title.lower(), any_case=True):
            if mention.area.kind != "country":
                return mention.area.name
        if (lead := _lead_name(title) or _used_name(title, texts)) is not None:
            return lead
    counted: Counter[str] = Counter()
    for text in texts:
        for match in _GOVERNED_BY.finditer(text):
            counted[gazetteer.named(match[1]).name] += 5
        counted.update(m.area.name for m in gazetteer.find(text) if m.area.kind not in ("country", "region", "county"))
    return counted.most_common(1)[0][0] if counted else None


_GOVERNED_BY = re.compile(r"\b([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?) (?:Borough|District|City|Metropolitan|Town) Council\b")


def _used_name(title: str, texts: Iterable[str]) -> str | None:
    """ "Anytown Economic Strategy" begins with a name that is no English word, and that the text goes on to use."""
    name: list[str] = []
    for word in (title.title() if title.isupper() else title).split()[:3]:
        if not re.fullmatch(r"[A-Z][a-z]{3,}", word) or word in _NOT_PLACE or _is_english(word):
            break
        name.append(word)
    said = " ".join(name)
    return said if said and sum(len(re.findall(rf"\b{said}\b", text)) for text in texts) >= 3 else None


def _lead_name(title: str) -> str | None:
    """ "Anytown Borough Council Local Plan" begins with the place."""
    words = title.title() if title.isupper() else title
    match = re.match(rf"({_NAME}?)\s+(?:Borough|District|City|County|Town)\b", words)
    return match[1] if match else None


def without_places_and_periods(words: str, gazetteer: Gazetteer) -> str:
    """Words with blanks in place of the places and the periods among them; their length stays."""
    spans = [(m.start, m.end) for m in gazetteer.find(words)] + [(p.start, p.end) for p in read_periods(words)]
    return blank(words, spans)
