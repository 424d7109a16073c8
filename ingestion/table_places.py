"""The places that a table's rows and columns are of: their names, their kinds and their codes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.areas import areas_by_code, level, reference_areas
from ingestion.table_marks import strip_marks

CODE = re.compile(r"^\s*([A-Z]\d{8}|[A-Z]\d{2}[A-Z]{0,2}\d{0,6}|\d{2}[A-Z]{1,2}|UK[A-Z][A-Z0-9]{0,3})\s*$")
GSS = re.compile(r"^\s*[A-Z]\d{8}\s*$")

# The kind of place that a code's first characters tell (Office for National Statistics, register of geographic codes).
_CODES = {
    "E00": "output area", "W00": "output area", "E01": "lower layer super output area", "W01": "lower layer super output area",
    "E02": "middle layer super output area", "W02": "middle layer super output area", "E04": "parish", "W04": "community",
    "E05": "ward", "W05": "ward", "S13": "ward", "N08": "ward", "E06": "unitary authority", "W06": "unitary authority",
    "E07": "district", "N09": "district", "E08": "metropolitan district", "E09": "London borough", "S12": "council area",
    "E10": "county", "E11": "metropolitan county", "E12": "region", "E13": "part of a region", "E14": "constituency",
    "W07": "constituency", "S14": "constituency", "N05": "constituency", "N06": "constituency",
    "E37": "local enterprise partnership",
    "E47": "combined authority", "E54": "integrated care board", "E38": "clinical commissioning group", "E23": "police force area",
    "E30": "travel to work area", "K01": "travel to work area", "E34": "built-up area", "E35": "built-up area",
    "E63": "built-up area",
    "E31": "fire authority", "E40": "NHS region", "E15": "European region",
    "E92": "country", "W92": "country", "S92": "country", "N92": "country", "K02": "country", "K03": "country", "K04": "country",
}  # fmt: skip
_DISTRICTS = "local authority district"
# The kinds of place that headers, titles and the words before a name tell; the first that is found counts.
_KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bconstituenc|^parl|^pcon|\bpcon", "constituency"),
        (r"\bwards?(?:\b|\d)|^wd\d", "ward"),
        (r"\bparish", "parish"),
        (r"\blsoa|lower (?:layer )?super output", "lower layer super output area"),
        (r"\bmsoa|middle (?:layer )?super output", "middle layer super output area"),
        (r"\bsuper output areas?\b|^soa", "super output area"),
        (r"\boutput areas?\b|^oa\d", "output area"),
        (r"\blep\b|local enterprise partnership", "local enterprise partnership"),
        (r"\blsip\b", "local skills improvement area"),
        (r"\bmca\b|combined authorit", "combined authority"),
        (r"\bttwa|travel.to.work", "travel to work area"),
        (r"\bbuilt.up area", "built-up area"),
        (r"\bicb\b|integrated care", "integrated care board"),
        (r"\bccg\b", "clinical commissioning group"),
        (r"\bpolice", "police force area"),
        (r"\buser defined", "user defined area"),
        (r"\bnuts|\bitl", "statistical region"),
        (
            r"\bla(?:d|du|ua)?\b|^ladu?\d|^lgd\d|^la_|local.authorit|\bdistricts?\b|\bborough|\bunitary|\bcouncil",
            _DISTRICTS,
        ),
        (r"\bcount(?:y|ies)\b|^cty|^ctyua", "county"),
        (r"\bregions?\b|^rgn|^gor\b", "region"),
        (r"\bcountr(?:y|ies)\b|^ctry|\bnations?\b", "country"),
    )
)
_PREFIX = re.compile(r"^\s*([A-Za-z][A-Za-z0-9 _-]{1,30}):\s*(\S.*)$")
_SUFFIX = re.compile(
    r"\s*(?:\(?\b(?:UA|LB|MCD|CD|Met(?:ropolitan)?(?: County| District| Borough)?|Met|Unitary "
    r"Authority|(?:(?:Metropolitan|London|Royal|City|County|District|Borough|Unitary|(?:and )?District|(?:& )?District) ?)*Council"
    r"|County Borough|MBC|BC|DC|CC)\)?|\(county\)|/ .*)\s*$"
)
_OF = re.compile(
    r"^(?:the )?(?:(?:metropolitan|london|royal|county) ?)*(?:city|county|borough|district)(?: and county| council)? of (?:the )?",
    re.IGNORECASE,
)
_CODED = re.compile(r"^([A-Z]\d{8})\s*[:–-]?\s+(?=\S)")  # "E05000001 : Anyward"
_FROM = re.compile(r"\s*-\s*from\s+\w+\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a table names it: its name, its kind where the table tells it, and its code."""

    name: str
    kind: str | None = None
    code: str | None = None


def kind_named(words: str) -> str | None:
    """The kind of place that a header or a title speaks of."""
    return next((kind for pattern, kind in _KINDS if pattern.search(words)), None)


def read_place(label: str, code: str = "", kind: str | None = None) -> Place:
    """A row's place from its name, its code, or both. kind: what the column's header tells."""
    code = code.strip()
    by_code = areas_by_code().get(code)
    kind = _CODES.get(code[:3], kind) if GSS.match(code) else kind
    prefix = _PREFIX.match(label)
    if prefix and (told := kind_named(prefix[1])) is not None:
        kind, label = told, _FROM.sub("", prefix[2])
        if kind == "user defined area" and (inner := re.search(r"[- ](LSIP|MCA|LEP)\b", label)):
            kind = kind_named(inner[1]) or kind
    label = " ".join(strip_marks(label).split())
    if by_code is None and (coded := _CODED.match(label)) is not None:
        return read_place(label[coded.end() :], coded[1], kind)
    if by_code is not None:
        return Place(by_code[0], by_code[1], code)
    if not label:
        return Place(code, kind, code or None)
    if (found := _listed(label)) is not None:
        fine = kind is None or level(kind) == level(found[1]) or (found[1] == "country" and not code)
        return Place(found[0], found[1] if fine else kind, code or None)
    name = _SUFFIX.sub("", label) or label
    return Place(_in_small(name) if name.isupper() and len(name) > 4 else name, kind, code or None)


def _in_small(name: str) -> str:
    """A name in capitals as it is written elsewhere; what has a number, or no vowel, stays ("NHS", "95AA01")."""

    def small(match: re.Match[str]) -> str:
        word = match[0]
        if re.search(r"\d", word) or not re.search(r"[AEIOUY]", word):
            return word
        return (
            word.lower()
            if word in ("OF", "AND", "THE", "ON", "IN", "UPON", "FOR") and match.start()
            else word.capitalize()
        )

    return re.sub(r"[\w’']+", small, name)


def _listed(label: str) -> tuple[str, str] | None:
    """The published name and kind of a place, however a table writes it."""
    known = reference_areas()
    short = _SUFFIX.sub("", label)
    for name in dict.fromkeys((label, short, _OF.sub("", label), _OF.sub("", short))):
        plain = name.lower().strip()
        found = known.get(plain) or known.get(plain.replace("&", "and"))
        if found is not None:
            return found
    return None


def is_known_place(label: str) -> bool:
    """Whether a row's label is a place of the published list, however the table writes it."""
    prefix = _PREFIX.match(label)
    if prefix and kind_named(prefix[1]):
        return True
    return _listed(" ".join(strip_marks(label).split())) is not None


# The name of a council, which stands for the place that it governs.
COUNCIL = re.compile(
    r"\b(?:Council|Borough|Corporation|LB|MBC|BC|DC|CC|UA)$|^(?:City|London Borough|Royal Borough) of\b"
)


def place_of_titles(titles: Sequence[str], sheet: str | None) -> Place | None:
    """The place that a table without places in it is about: named by its sheet, or alone at the end or the head of its title."""
    if sheet and is_known_place(sheet):
        return read_place(sheet)
    known = reference_areas()
    for line in titles[:3]:
        for piece in re.split(r"\s*[:,–]\s*|\s+-\s+|\s+in\s+|\s+for\s+", strip_marks(line)):
            plain = re.sub(r"\s*\(?(?:19|20)\d\d.*$", "", piece).strip(" .")
            if plain.lower() in known and kind_named(plain) is None:
                return read_place(plain)
    return None
