"""Organisations under one name each: abbreviations that the documents spell out, and names that say the same in another order."""

import re
from collections.abc import Iterable

from corpus.areas import reference_areas

_UNIVERSITY = re.compile(r"^(?P<place>[A-Z][\w’' -]+?)\s+University$")
_INITIALS = re.compile(r"[A-Z][A-Z&]{1,5}")
# Words of a name that lend no letter to its initials.
_LINKING = frozenset({"of", "for", "and", "the", "in", "&"})


class Organisations:
    """The canonical names of one corpus: "DBC" is the council's full name, "Anyshire University" is "University of Anyshire".

    names: every organisation that is named. texts: where abbreviations may be spelt out; publishers stand among them.
    """

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        names = [plain(name) for name in names]
        joined = "\n".join(texts)
        self._canonical: dict[str, str] = {}
        self._spelt = {name: found for name in names if (found := _spelt_out(name, joined, names)) is not None}
        for name in names:
            self._canonical.setdefault(_key(self._spelt.get(name, name)), _ordered(self._spelt.get(name, name)))

    def name(self, name: str) -> str:
        """The canonical name of an organisation."""
        full = self._spelt.get(plain(name), plain(name))
        return self._canonical.get(_key(full), _ordered(full))

    def known(self) -> list[str]:
        """Every canonical name, in the order of the alphabet."""
        return sorted(set(self._canonical.values()), key=str.casefold)

    def find(self, wanted: str) -> str | None:
        """The canonical name that a person means: by any of its names, or by a part that only it has."""
        exact = self.name(wanted)
        names = self.known()
        if exact in names:
            return exact
        key = _key(wanted)
        spelt = [self.name(full) for short, full in self._spelt.items() if short.lower() == wanted.strip().lower()]
        same = [n for n in names if _key(n) == key]
        part = [n for n in names if key and key in _key(n)]
        found = spelt or same or part
        return found[0] if len(found) == 1 or spelt or same else None

    def names_of(self, canonical: str) -> list[str]:
        """The names under which an organisation may stand in a text: its own, its abbreviations, and its other order."""
        short = [name for name, full in self._spelt.items() if self.name(full) == canonical]
        match = re.fullmatch(r"University of (.+)", canonical)
        return [canonical, *short, *([f"{match[1]} University"] if match else [])]


def plain(name: str) -> str:
    """A name without the article, the full stop and the white space around it."""
    return re.sub(r"^(?:the)\s+", "", " ".join(name.split()).strip(" .,;"), flags=re.IGNORECASE)


def _spelt_out(name: str, text: str, names: list[str]) -> str | None:
    """What an abbreviation stands for: "Anytown Borough Council (ABC)", or the one name of these initials that is written."""
    if not _INITIALS.fullmatch(name):
        return None
    bracketed = re.search(rf"((?:[A-Z][\w’'-]*\s+(?:(?:of|for|and|the)\s+)*){{1,7}})\(\s*{re.escape(name)}\s*\)", text)
    candidates = [bracketed[1]] if bracketed else []
    letters = r"\s+(?:(?:of|for|and|the|&)\s+)?".join(rf"{re.escape(c)}[a-z’'-]+" for c in name if c.isalpha())
    candidates += [m[0] for m in re.finditer(rf"\b{letters}\b", text)]
    for candidate in candidates:
        words = [w for w in candidate.split() if w.lower() not in _LINKING]
        tail = words[-len(name.replace("&", "")) :]
        if "".join(w[0].upper() for w in tail) == name.replace("&", "") and len(tail) > 1:
            start = candidate.index(tail[0])
            return plain(candidate[start:])
    return None


def _ordered(name: str) -> str:
    """ "Anyshire University" as "University of Anyshire"."""
    match = _UNIVERSITY.match(name)
    return f"University of {match['place']}" if match else name


def _key(name: str) -> str:
    """Names that differ in case, order, article or a county's short form alone have one key."""
    words = _ordered(plain(name)).lower().replace("&", "and").split()
    known = reference_areas()
    spelt = [known[w][0].lower() if w in known and known[w][1] == "county" else w for w in words]
    return " ".join(re.sub(r"[^\w ]", "", w) for w in spelt)
