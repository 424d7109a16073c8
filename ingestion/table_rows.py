"""The rows of a table: which columns are labels, places, periods and codes, and what each row is of."""

import re
from collections.abc import Sequence

from corpus.period import read_periods
from corpus.table import Rows, scaled
from ingestion.blocks import RawBlock
from ingestion.table_marks import only_period, strip_glued, strip_marks, written_out
from ingestion.table_places import CODE, COUNCIL, GSS, Place, is_known_place, kind_named, read_place
from ingestion.table_units import is_only_unit, read_unit

PERIOD_HEADER = re.compile(
    r"^(?:(?:calendar |financial |academic |reference |mid-?)?years?(?: ending| ended)?|date|dates"
    r"|period(?: end(?:ing)?)?|time|time[ _]?period|reference period|month|quarter|date_name|snapshot date)$",
    re.IGNORECASE,
)
_AREA_HEADER = re.compile(
    r"^(?:.*\b)?(?:area|geography|local.authority|district|region|country|county|ward|constituency"
    r"|place|location|la|lad|utla|ltla|lsoa|msoa|council|borough|nation|authority|settlement|town"
    r"|city|parish|settlement|neighbourhood|locality|soa|lgd)"
    r"(?:[ _-]?(?:name|names|nm|label|description|\d{2,4}nm|\d{4}(?:name)?|\(.*\)))*$|^(?:geography_name|area_name"
    r"|la_name|lad\d\dnm|rgn\d\dnm|ctry\d\dnm|wd\d\dnm|pcon\d\dnm|utla\d\dnm|ltla\d\dnm)$",
    re.IGNORECASE,
)
_CODE_HEADER = re.compile(r"\b[a-z]?codes?\b|_code$|cd$|\bid\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"^(?=.*\d)[A-Z0-9][A-Z0-9/_.-]{2,}$|^https?:")  # a reference, a code, an address: no words
_LINE_NUMBER = re.compile(r"^\d{1,4}[a-z]?$")
_TOTAL = re.compile(r"\b(?:sub-?)?totals?\b", re.IGNORECASE)
_QUARTER = re.compile(r"^((?:19|20)\d\d)\s?[/ -]?\s?(?:Q(?:uarter)?\s?)?([1-4])$", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    r"^(?:Q(?:uarter)?\s?[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s?(?:to|-|–)\s?[a-z]{3,9})?"
    r"|spring|summer|autumn|winter)$",
    re.IGNORECASE,
)
_IGNORED_LABELS = re.compile(
    r"^(?:time_identifier|geographic_level|publisher|release|licen[cs]e|published_?cell|record_?count"
    r"|record_?offset|urn|(?:\w+[ _])?id|geography"
    r"|geography_?type(?:code)?|geography_?typecode|obs_status(?:_name)?|.*_sortorder|.*_type"
    r"|date_?code|date_type|"
    r"measures|time|data marking|[a-z]+(?:-[a-z0-9]+)+|.*_code|.*\bcodes?)$",
    re.IGNORECASE,
)
# A row of a part of the place above it, in the column of places.
_PART_OF_ABOVE = re.compile(r"^\s*%|^\W*(?:of which|of whom|including|excluding)\b", re.IGNORECASE)


class RowReader:
    """Reads the rows of one block.

    labels: the header cells above each column. titles, facts: what stands above it. letters: the marks of its notes.
    """

    def __init__(
        self,
        block: RawBlock,
        labels: dict[int, tuple[str, ...]],
        titles: Sequence[str],
        facts: Sequence[tuple[str, ...]],
        letters: frozenset[str] = frozenset(),
    ) -> None:
        self.block, self.labels, self.titles, self.facts, self.letters = block, labels, titles, facts, letters

    def rows(
        self, keys: list[int], attributes: dict[str, int], values: list[int]
    ) -> tuple[Rows | None, tuple[int, ...]]:
        body = self.block.body
        cells = {j: [r.cells[j] if j < len(r.cells) else "" for r in body] for j in keys}
        keys = [j for j in keys if j not in attributes.values()]
        codes = [j for j in keys if self._is_code_column(j, cells[j])]
        names = [j for j in keys if j not in codes and not _holds_kinds(cells[j])]
        dates = [j for j in names if self._is_period_column(j, cells[j])]
        parts, dates = self._parts_of_year(dates, cells)
        dates = self._finest(dates, cells)
        names = [j for j in names if j not in (*dates, *parts) and not self._is_period_column(j, cells[j])]
        places = [j for j in names if self._is_area_column(j, cells[j], bool(codes))]
        worded = [j for j in places if not _are_identifiers(cells[j])]
        places = worded or places
        codes.sort(key=lambda j: not any(map(GSS.match, cells[j])))
        shown = {*places, *dates, *parts}
        others = [j for j in names if j not in shown and not self._is_ignored(j, names)]
        others = _without_remarks(others, [*places, *codes, *dates], values, cells)
        others = self._telling(others, [*places, *codes, *dates], cells)
        if not names and not codes and not dates:
            return None, ()
        places = _finest_last(places, cells)
        kinds = self._area_kinds([*places, *codes])
        areas: list[str | None] = []
        area_kinds: list[str | None] = []
        within: list[str | None] = []
        periods: list[str | None] = []
        labels: list[str] = []
        groups: list[str] = []
        units: list[str | None] = []
        carried: dict[int, str] = {}
        whole: Place | None = None
        above = ""
        for i in range(len(body)):
            for j in (*others, *dates, *(places if others else ())):
                if cells[j][i]:
                    carried[j] = cells[j][i]
            group = self.block.groups[i][0] if self.block.groups[i] else ""
            place = self._place(i, places, codes, cells, kinds, carried if others else {})
            inside = self._larger(i, places, cells, place)
            part = next((cells[j][i] for j in parts if cells[j][i]), "")
            year = next(
                (cells[j][i] for j in dates if cells[j][i]), next((carried[j] for j in dates if j in carried), "")
            )
            period = self._period(part, year)
            words = [cells[j][i] or carried.get(j, "") for j in others]
            if place is not None and _PART_OF_ABOVE.match(place.name):
                words, place = [*words, place.name], whole
            elif place is not None and place.code is None and _TOTAL.search(place.name):
                words, place = [*words, place.name], self._total_of(place.name)
            else:
                whole = place
            if group and period is None and only_period(group):
                period = group
            elif group:
                if place is None and is_known_place(group):
                    place = read_place(group)
                elif is_known_place(group):
                    inside = inside or group
                else:
                    words = [group, *words]
            if words and above and re.fullmatch(r"\(.*\)", words[-1]):
                units.append(_row_unit(words))
                words = [f"{above} {words[-1]}"]
            else:
                units.append(_row_unit(words))
                above = words[-1] if words else ""
            words = [
                _row_label(strip_glued(w, self.letters))
                for w in words
                if (w and not is_only_unit(w)) or w in ("All", "all")
            ]
            areas.append(place.name if place else None)
            area_kinds.append(place.kind if place else None)
            within.append(inside)
            periods.append(period)
            labels.append("; ".join(dict.fromkeys(w for w in words if w)))
            groups.append(group)
        used = tuple(sorted({*places, *codes[:1], *dates, *parts, *others}))
        rows = Rows(
            numbers=tuple(r.number for r in body),
            starts=tuple(r.start for r in body),
            ends=tuple(r.end for r in body),
            areas=tuple(areas) if any(areas) else (),
            area_kinds=tuple(area_kinds) if any(areas) else (),
            periods=tuple(periods) if any(periods) else (),
            labels=tuple(labels) if any(labels) else (),
            groups=tuple(groups) if any(groups) else (),
            units=tuple(units) if any(units) and "unit" not in attributes else (),
            within=tuple(within) if any(within) else (),
        )
        return rows, used

    def _parts_of_year(self, dates: list[int], cells: dict[int, list[str]]) -> tuple[list[int], list[int]]:
        """Of columns of dates, those of quarters and months that a column of years completes; and the rest."""
        parts = [j for j in dates if all(_PART_OF_YEAR.match(c) for c in cells[j] if c)]
        rest = [j for j in dates if j not in parts]
        return (parts, rest) if rest else ([], dates)

    def _period(self, part: str, year: str) -> str | None:
        """A row's period: its year with its quarter or its month."""
        whole = self._period_text(year)
        if not part or not whole:
            return whole or part or None
        return f"{part} {whole}" if re.match(r"[A-Za-z]", part) else f"{whole} {part}"

    def _total_of(self, name: str) -> Place | None:
        """The place that a row of totals is of, where its words name one: "England total"."""
        left = " ".join(_TOTAL.sub(" ", re.sub(r"\bgrand\b", " ", name, flags=re.IGNORECASE)).split()).strip(" :-–()")
        return read_place(left) if left and is_known_place(left) else None

    def _telling(self, labels: list[int], others: Sequence[int], cells: dict[int, list[str]]) -> list[int]:
        """The columns of labels that say what a row is: without line numbers, references and what is the same in every row.

        Of a list of things with many columns (assets, sites) the one that names each of them is enough.
        """
        found = list(labels)
        for j in labels:
            filled = [c for c in cells[j] if c]
            headed = self.labels.get(j, ())
            idle = len(filled) > 3 and len(set(filled)) == 1 and len(filled) == len(cells[j])
            bare = not headed and all(map(_LINE_NUMBER.match, filled))
            reference = _are_identifiers(cells[j])
            if (idle or bare or reference) and len(found) > 1 - bool(others):
                found.remove(j)
        apart = len(set(zip(*(cells[j] for j in others), strict=True))) if others else 0
        if len(found) > 3 and apart < 0.5 * len(cells[found[0]]):
            naming = [j for j in found if len(set(cells[j])) >= 0.9 * len(cells[j]) and _names(cells[j])]
            found = naming[:1] or found
        return found or list(labels[:1] if not others else ())

    def _is_code_column(self, j: int, cells: Sequence[str]) -> bool:
        filled = [c for c in cells if c]
        gss = sum(bool(GSS.match(c)) for c in filled)
        if filled and gss >= 0.5 * len(filled):
            return True
        named = bool(self.labels.get(j)) and _CODE_HEADER.search(self.labels[j][-1]) is not None
        return named and sum(bool(CODE.match(c)) for c in filled) >= 0.5 * len(filled) > 0

    def _is_period_column(self, j: int, cells: Sequence[str]) -> bool:
        label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        filled = [c for c in cells if c][:200]
        dated = sum(bool(only_period(strip_marks(c))) for c in filled)
        if PERIOD_HEADER.match(label):
            if filled and all(_QUARTER.match(c) or _PART_OF_YEAR.match(c) for c in filled):
                return True
            return bool(filled) and sum(bool(read_periods(written_out(c))) for c in filled) >= 0.5 * len(filled)
        return bool(filled) and dated == len(filled) and not is_known_place(filled[0])

    def _finest(self, dates: list[int], cells: dict[int, list[str]]) -> list[int]:
        """Of several columns of dates, the one that tells most apart; of equals, the one in words. Another fills its gaps."""
        if len(dates) < 2:
            return dates
        best = max(dates, key=lambda j: (len(set(cells[j])), bool(re.search(r"[A-Za-z]{3}", cells[j][0])), j))
        gaps = [i for i, c in enumerate(cells[best]) if not c]
        return [best, *(j for j in dates if j != best and any(cells[j][i] for i in gaps))]

    def _is_area_column(self, j: int, cells: Sequence[str], coded: bool) -> bool:
        label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        filled = [c for c in cells if c]
        if not filled:
            return False
        sample = filled[:60]
        known = sum(is_known_place(c) for c in sample)
        if label and _AREA_HEADER.match(label) and not re.search(r"type|number|size|count", label, re.IGNORECASE):
            return True
        alone = coded and len(set(filled)) > 0.5 * len(filled)
        if alone and label.lower() in ("name", "names"):
            return True
        if sum(bool(COUNCIL.search(c)) for c in sample) >= 0.6 * len(sample) and len(set(filled)) > 1:
            return True
        return known >= 0.4 * len(sample) or (alone and j <= max(self.block.values, default=9) and known > 0)

    def _is_ignored(self, j: int, names: Sequence[int]) -> bool:
        """Codes and housekeeping beside the column that gives the same in words."""
        label = strip_marks(self.labels[j][-1]) if self.labels.get(j) else ""
        spelt = [self.labels[k][-1] for k in names if k != j and self.labels.get(k)]
        if label and label.islower() and any(o != label and o.lower() == label for o in spelt):
            return True
        if not label or not _IGNORED_LABELS.match(label):
            return False
        base = re.sub(r"[_ -]?(?:code|name)$", "", label, flags=re.IGNORECASE).replace("-", " ").lower()
        others = {
            strip_marks(self.labels[k][-1]).lower().replace("_name", "") for k in names if k != j and self.labels.get(k)
        }
        housekeeping = re.match(
            r"^(?:time_identifier|geographic_level|publisher|release|licen[cs]e|published_?cell|record_?|urn"
            r"|obs_status|data marking|(?:\w+[ _])?id$)"
            r"|_sortorder$|_type(?:code)?$",
            label,
            re.IGNORECASE,
        )
        return bool(housekeeping) or base in others or any(base in o or o in base for o in others if o)

    def _area_kinds(self, columns: Sequence[int]) -> dict[int, str | None]:
        found: dict[int, str | None] = {}
        titled = next((k for line in self.titles if (k := kind_named(line)) in ("constituency", "ward")), None)
        fact = next((kind_named(v) for k, v in self.facts if "area" in k.lower() or "geograph" in k.lower()), None)
        for j in columns:
            label = " ".join(self.labels.get(j, ()))
            mixed = (
                re.search(r"\band\b|/|,| [-–] ", label)
                and len({k for part in re.split(r"\band\b|/|,| [-–] ", label) if (k := kind_named(part))}) > 1
            )
            found[j] = None if mixed else kind_named(label) or titled or fact
        return found

    def _place(
        self,
        i: int,
        places: Sequence[int],
        codes: Sequence[int],
        cells: dict[int, list[str]],
        kinds: dict[int, str | None],
        carried: dict[int, str],
    ) -> Place | None:
        """A row's place: of several columns of names (region, county, district) the last that is filled."""
        named = [j for j in places if cells[j][i]]  # the last is of the smallest place
        label = cells[named[-1]][i] if named else next((carried[j] for j in reversed(places) if j in carried), "")
        at = named[-1] if named else (places[-1] if places else None)
        beside = [j for j in codes if cells[j][i]]
        code = ""
        if beside:
            beside = [j for j in beside if GSS.match(cells[j][i])] or beside
            nearest = min(beside, key=lambda j: abs(j - at)) if at is not None else beside[-1]
            code = cells[nearest][i] if GSS.match(cells[nearest][i]) or not places else ""
        if not label and not code:
            return None
        return read_place(strip_glued(label, self.letters), code, kinds.get(at) if at is not None else None)

    def _larger(self, i: int, places: Sequence[int], cells: dict[int, list[str]], place: Place | None) -> str | None:
        """The place that a row names beside its own, of the column before."""
        named = [cells[j][i] for j in places if cells[j][i]]
        if place is None or len(named) < 2 or read_place(named[-2]).name == place.name:
            return None
        return strip_marks(named[-2])

    def _period_text(self, text: str) -> str | None:
        if not text:
            return None
        if (quarter := _QUARTER.match(text)) is not None and not re.fullmatch(r"\d{5}", text):
            return f"{quarter[1]} Q{quarter[2]}"
        stamp = re.match(r"^(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+Z?)?$", text)
        return text[:10] if stamp else written_out(strip_marks(text))


def _are_identifiers(cells: Sequence[str]) -> bool:
    """Whether a column holds references, codes or addresses of the web."""
    filled = [c for c in cells if c]
    return bool(filled) and sum(bool(_IDENTIFIER.match(c)) for c in filled) >= 0.9 * len(filled)


def _names(cells: Sequence[str]) -> bool:
    """Whether a column holds names: words, and not addresses of the web or codes."""
    filled = [c for c in cells if c]
    worded = sum(bool(re.search(r"[^\W\d_]{3}", c)) and len(c) <= 120 and "://" not in c for c in filled)
    return worded >= 0.9 * len(filled)


def _finest_last(places: list[int], cells: dict[int, list[str]]) -> list[int]:
    """Columns of places, that of the smallest places last: it has the most names where both are filled."""
    return sorted(places, key=lambda j: (len({c for c in cells[j] if c}), j))


def _holds_kinds(cells: Sequence[str]) -> bool:
    """Whether a column says of which kind each row's place is ("Non-metropolitan District"), and not which place."""
    filled = [c for c in cells if c]
    return bool(filled) and all(_KIND_OF_PLACE.match(c) for c in filled)


_KIND_OF_PLACE = re.compile(
    r"^(?:(?:non-?metropolitan|metropolitan|unitary|london|council|local|upper|lower|single|two|tier|combined|electoral"
    r"|administrative|ceremonial) ?)*\b(?:district|county|borough|authority|region|country|nation|ward|council area"
    r"|city|county district|local government district)s?$",
    re.IGNORECASE,
)


def _without_remarks(
    labels: list[int], others: Sequence[int], values: Sequence[int], cells: dict[int, list[str]]
) -> list[int]:
    """The columns of labels without those behind the figures ("Direction", "Better") where the rest tells the rows apart."""
    before = [j for j in labels if j < max(values)]
    if before == labels:
        return labels
    rest = list(zip(*(cells[j] for j in (*before, *others)), strict=True))
    return before if rest and len(set(rest)) == len(rest) else labels


def _row_unit(words: Sequence[str]) -> str | None:
    """The unit that a row's own words state, with the multiple that a bracket gives: "Rent arrears (£000)"."""
    if not words:
        return None
    unit, _ = read_unit("; ".join(words), guess=True)
    for bracket in re.findall(r"\(([^()1-9]*)\)", "; ".join(words)):
        named, scale = read_unit(bracket)
        if scale and (named or unit or "count") in ("count", "gbp"):
            return scaled(named or unit or "count", scale)
    return unit


def _row_label(text: str) -> str:
    """A row's label as words: without its marks, and without the code before it ("05 : Mining")."""
    text = strip_marks(text)
    return " ".join(re.sub(r"^\s*[A-Z]?\d[\d.,/&-]*[A-Z]?\s*[:–-]\s+", "", text).split())
