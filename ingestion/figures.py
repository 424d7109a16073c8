"""Figures out of passages: for each quantity what it measures, where, when, and what kind of statement it is.

The rules are about English and about how plans are written: what stands before "of", inside brackets, after
"compared to", behind "respectively", or above a list of bullets. They know no place and no measure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.areas import Gazetteer
from corpus.figure import Figure, FigureKind
from corpus.language import clauses, sentences
from corpus.location import Location
from corpus.passage import RowCell
from corpus.period import Period, read_periods
from corpus.quantity import Quantity, read_quantities
from ingestion.block import ReadText, TableRow
from ingestion.measure import measure_of
from ingestion.passages import Placed, record_id
from ingestion.place import FIGURE, PERIOD, Around, Where, around, places_in
from ingestion.rows import Slots, cell_slots, is_prose, labels_measure, of_row
from ingestion.when import COMPARES, When

_FORECAST = re.compile(
    r"\b(?:expected|forecast(?:s|ed)?|projected|projections?|predicted|anticipated|estimated\s+to\s+(?:rise|fall|grow|increase|decline|reach|cost|need|require|lose|create)|set\s+to|likely\s+to"
    r"|will\s+(?:be\s+)?(?:lost|lose|fall|rise|decline|shrink)|could\s+(?:lose|fall|rise|reach))\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:targets?|aims?|aspires?|ambition|plan(?:s|ned)?\s+to|will\s+(?:deliver|create|provide|support|build|increase"
    r"|reduce|transform|see|be\s+(?:delivered|created|built|provided|supported|increased|reduced))|(?:through|for)\s+the\s+delivery"
    r"|seeks?\s+to|wants?\s+(?:to|(?:the|our|its)\s+[\w\s]{2,60}?\s+to)\b|commit(?:s|ted)?\s+to|proposed?|required\s+to|need(?:s|ed)?\s+to\s+be|to\s+be\s+(?:delivered|built|created))\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:means|defined|definition|i\.?e\.?\b|refers?\s+to|has\s+an?\s|considered|classed)\b", re.IGNORECASE
)
_THRESHOLD_AFTER = re.compile(r"^\s*(?:or\s+(?:less|fewer|more|over|under)\b|employees\b\s*\))", re.IGNORECASE)
_THRESHOLD_BEFORE = re.compile(r"\b(?:have|has|having|with|employ(?:s|ing)?)\s*$", re.IGNORECASE)
# "On every site of ten or more homes": from what size on a rule holds.
_SITES_OF = re.compile(
    r"\b(?:every|each|any)\s+(?:[a-z]+\s+)?(?:site|development|scheme)\s+(?:of|for|with)\s*$", re.IGNORECASE
)
_STAFF = re.compile(r"\s*(?:employees|staff|workers|people)\b", re.IGNORECASE)
_BLANK = re.compile(r"\bfrom\s+(?:x|xx|tbc)\b\s*\(\s*$", re.IGNORECASE)
_PLAN_PARTS = re.compile(r"^(?:output|outcome|activit|action|target|milestone)")
_COMPARISON_WORDS = frozenset(
    """in of the a an average averages to with and for at is was nationally lower higher less more across as on figure
    rate only just own while whereas but where it stands stood by national county regional district local same
    this these that there than wide significantly slightly substantially surrounding areas result although greater
    below above comparison up down from target targets nearly double twice half further another baseline ratio times county's
    overall respectively around about both lagged behind ahead later earlier ago compares compared corresponding year""".split()
)
_OF_EVERY = re.compile(r"^\s+((?:[a-z][\w-]*\s+){1,4}(?:(?:for|in)\s+every|per)\s+[\d,]+(?:\s+[a-z]+)?)")
_FOR_EVERY = re.compile(r"^\s+(?:[a-z][\w-]*\s+){1,4}(?:(?:for|in)\s+every|per)\s+$")
# "£5.42/sqft (£58/sqm)": what each amount is for, and the same said for another unit.
_EACH = re.compile(
    r"\s*(?:/|per\s)\s*(?P<what>sq\.?\s?(?:ft|feet|m|metres?)|m²|ft²|ha|hectare|acre|dwelling|unit|home|plot|person|head|week|month)\b",
    re.IGNORECASE,
)
_OTHER_EACH = re.compile(r"\s*(?:/|per\s)\s*[a-z²]+\.?(?:\s?[a-z²]+)?\s*[(;,]?\s*(?:or\s+)?", re.IGNORECASE)
_OF_EACH = re.compile(r"\s*(?:\bper\s+|/)(?:sq\.?\s?\w+|\w+²?)$", re.IGNORECASE)
_NAMED_BESIDE = re.compile(
    r"[(,;]\s*(?:against\s+)?(?:an?\s+|the\s+)?(?:target|baseline|previously|last\s+year|up\s+from|down\s+from|compared\s+(?:to|with)|previous\s+year)"
    r"(?:\s+(?:of|was|is))?\s*:?\s*$",
    re.IGNORECASE,
)
# "Corresponding figures for England were 43.5% and 6.8%": those of the sentence before, in its order.
_CORRESPONDING = re.compile(
    r"^(?:the\s+)?(?:corresponding|equivalent|comparable)\s+(?:figures|rates|shares|proportions|numbers)\b", re.I
)
_OF_OTHERS = re.compile(
    r"^(?:for|among|in)\s+(?P<whom>[^,;:]+?)[\s,]+(?:it|this|that|the\s+(?:figure|rate|share|proportion|median|average|total|number))$"
    r"|^(?:and\s+)?(?:that\s+)?(?:for|among)\s+(?P<also>[^,;:]{3,60})$|^(?:and\s+)?that\s+of\s+(?P<theirs>[^,;:]{3,60})$",
    re.IGNORECASE,
)
_PART_OF_AREA = re.compile(
    r"\s+(?:in|for|across|among|within)\s+(?:(?:the|its|our|some)\s+)?((?:[a-z-]+\s+){1,3}(?:areas?|parishes|wards?|villages|neighbourhoods"
    r"|towns|communities|estates|households|settlements))\b"
)
_PROMISES = re.compile(
    r"\b(?:we|council|partners?|partnership|plan|strategy)\b[^.:]{0,30}\b(?:will|want(?:s)?\s+to|aims?\s+to|plans?\s+to|intends?\s+to"
    r"|commits?\s+to)\b[^.:]{0,20}:?$",
    re.IGNORECASE,
)
# "17% by bus, 9% by train and 6% in some other way": the part that a figure of a list is of, and how a part ends.
_PREPOSITION = r"(?:by|on|in|at|from|with|through|for|to|across)"
_PART = re.compile(
    rf"\s+(?P<part>{_PREPOSITION}\s+(?!(?:the\s+)?(?:year|month|quarter|same|last|first|next|past|\d)\b)(?:[A-Za-z][\w’'-]*\s?){{1,6}}?)"
    r"(?=\s*(?:[,;.)]|$|\b(?:and|but|while|or)\b))"
)
_PART_ENDS = re.compile(
    rf"(?:^|\s)(?P<part>{_PREPOSITION}\s+(?:(?!\b{_PREPOSITION}\b)[\w’' -])*?)\s*(?:[,;]|,?\s*\b(?:and|but|while|or))\s*$"
)
_ONLY_AT = re.compile(r"(?:in|for|across|at)\s+(?:the\s+)?")
_CHANGE_AT_END = re.compile(r",\s+(?:rise|fall)$")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_REFERS_BACK = re.compile(
    r"^\s*(?:however,?\s+)?(?:this|these|it|its|they|their|those|both|the\s+(?:rate|figure|number|share|proportion|gap|same))\b"
    r"|\bthe\s+(?:town|city|village)\b(?!\s+cent)|\bthe\s+same\s+(?:year|period|time|month|quarter)\b",
    re.IGNORECASE,
)
_THE_TOWN = re.compile(r"\bthe\s+(?:town|city|village)\b", re.IGNORECASE)
# "From 48,500 in 2015 to 52,000": what may stand between the two ends.
_FROM_TO = re.compile(rf"^\s*(?:(?:an?|per|each)\s+\w+\s*)?{PERIOD}*\s*,?\s*to\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a document says of its own sources: the text of each footnote, by its number and place."""

    notes: tuple[tuple[int, int, str], ...]

    def after(self, mark: int, offset: int) -> str | None:
        """The footnote of that number that stands nearest below the mark."""
        below = [n for n in self.notes if n[1] == mark and n[0] > offset]
        chosen = min(below, default=None) or max((n for n in self.notes if n[1] == mark), default=None)
        return chosen[2] if chosen else None


_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _first_number(mark: str) -> int | None:
    """The number of a footnote's mark, the first of several ("5,6"); None of a sign ("†")."""
    number = re.match(r"\d+", mark.translate(_SUPER))
    return int(number[0]) if number else None


def footnotes(read: ReadText) -> Sources:
    """Footnotes that name a publication (a year, no sentence); definitions are no source."""
    notes: list[tuple[int, int, str]] = []
    for block in read.blocks:
        if block.kind.value != "footnote":
            continue
        marks = [m for m in read.footnote_marks if m[0] >= block.start - 1 and m[1] <= block.end]
        if marks:
            number = _first_number(read.text[marks[0][0] : marks[0][1]])
            words = " ".join(read.clean[marks[0][1] : block.end].split())
            if number is not None and (not words.endswith(".") or len(words) < 90):
                notes.append((block.start, number, words))
    return Sources(tuple(notes))


_SCALE = re.compile(r"[£€$]\s?0{3}s?")  # "£000" says in what figures are given, and is none


def read_figures(document: str, read: ReadText, placed: Sequence[Placed], gazetteer: Gazetteer) -> list[Figure]:
    """Every figure of a document, in the source's order."""
    sources = footnotes(read)
    about = around(read.clean, gazetteer)
    rows = {row.start: row for row in read.rows}
    labels: dict[int, list[str]] = {}
    for row in read.rows:
        labels.setdefault(row.table, []).append(row.label)
    by_label = {table for table, said in labels.items() if labels_measure(said)}
    found: list[Figure] = []
    for item in placed:
        if item.passage.kind == "table":
            row = rows[item.block.start]
            found += _row_figures(document, read, item, row, row.table in by_label, gazetteer, sources, about)
            continue
        if item.passage.kind == "footnote" and not _DEFINES.search(item.passage.text):
            continue
        start, end = item.passage.location.start, item.passage.location.end
        clean = read.clean[start:end]
        last_area: str | None = None
        last_period: str | None = None
        before = ""
        figures_before: list[Figure] = []
        for s, e in sentences(clean):
            refers_back = _REFERS_BACK.search(clean[s:e]) is not None
            earlier = found[-1] if found and found[-1].location.start >= start else None
            sentence = _Sentence(
                document, read, item, gazetteer, sources, about, start + s, start + e, last_area, last_period,
                before if refers_back else "", earlier, figures_before,
            )  # fmt: skip
            figures, area = sentence.figures()
            before, figures_before = clean[s:e], figures
            last_area = area or last_area
            last_period = next((f.period for f in reversed(figures) if f.period), last_period)
            found.extend(figures)
    return [f for f in found if _SCALE.fullmatch(f.quantity.text) is None]


def _row_figures(
    document: str,
    read: ReadText,
    item: Placed,
    row: TableRow,
    by_label: bool,
    gazetteer: Gazetteer,
    sources: Sources,
    about: Around,
) -> list[Figure]:
    """The figures of one row of a table, cell by cell."""
    found: list[Figure] = []
    named = [m[0].text for words in (row.label, row.group or "") if (m := gazetteer.find(words))]
    for cell in row.cells:
        words = read.clean[cell.start : cell.end]
        if cell.label:
            continue
        if not is_prose(words):
            slots = cell_slots(row, cell.column, words.replace("\n", " "), gazetteer, by_label)
            found += [_of_cell(document, read, item, row, cell, s, gazetteer) for s in slots]
            continue
        for start, end in parts_of_cell(words):
            at = (cell.start + start, cell.start + end)
            sentence = _Sentence(document, read, item, gazetteer, sources, about, *at, None, None, "", None)
            for figure in sentence.figures()[0]:
                area = figure.area if sentence.names_a_place or not named else named[0]
                period = figure.period or next((p.text for p in read_periods(cell.column) if p.first), None)
                found.append(of_row(replace(figure, area=area, period=period), row))
    return found


_BULLET_IN_CELL = re.compile(r"(?:^|(?<=\s))[•▪◦●➢✓-]\s+|\n(?=\S)")


def parts_of_cell(words: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a cell; each bullet and each paragraph in it is a part of its own."""
    starts = [0, *(m.start() for m in _BULLET_IN_CELL.finditer(words)), len(words)]
    found: list[tuple[int, int]] = []
    for begin, end in pairwise(starts):
        sign = _BULLET_IN_CELL.match(words, begin, end)
        begin = sign.end() if sign else begin
        found += [(begin + s, begin + e) for s, e in sentences(words[begin:end])]
    return found


def _of_cell(
    document: str, read: ReadText, item: Placed, row: TableRow, cell: RowCell, slots: Slots, gazetteer: Gazetteer
) -> Figure:
    """The figure of a cell that is one; its quotation is the row."""
    at = (cell.start + slots.quantity.start, cell.start + slots.quantity.end)
    place = item.passage.location
    own = gazetteer.own.name if gazetteer.own else None
    return Figure(
        id=record_id(read.origin, at[0], slots.quantity.text),
        quantity=slots.quantity,
        measure=slots.measure,
        area=slots.area or own,
        period=slots.period,
        kind=slots.kind,
        location=Location(document, row.start, row.end, place.page, place.section),
        at=at,
        quote=read.text[row.start : row.end],
        clause=" ".join(f"{cell.column} {row.label} {read.clean[cell.start : cell.end]}".split()),
        sentence=" ".join(read.clean[row.start : row.end].split()),
        lead=" ".join(filter(None, (row.caption, row.group, row.label))),
        stem=row.caption,
        source=row.source,
        theme=item.passage.theme,
        group=record_id(read.origin, row.start, slots.measure),
    )


class _Sentence:
    """The figures of one sentence, read together because they lean on each other."""

    def __init__(
        self,
        document: str,
        read: ReadText,
        item: Placed,
        gazetteer: Gazetteer,
        sources: Sources,
        about: Around,
        start: int,
        end: int,
        area_before: str | None,
        period_before: str | None,
        said_before: str,
        earlier: Figure | None,
        figures_before: Sequence[Figure] = (),
    ) -> None:
        self.document, self.read, self.item, self.gazetteer, self.sources = document, read, item, gazetteer, sources
        self.start, self.end, self.area_before, self.said_before = start, end, area_before, said_before
        self.earlier = figures_before
        self.measure_before = earlier.measure if earlier else None
        self.quantity_before = earlier.quantity if earlier else None
        self.text = read.clean[start:end].replace("\n", " ")
        self.periods = [p for p in read_periods(self.text) if p.relation != "each"]
        read_here = _as_rates(read_quantities(self.text), self.text)
        self.quantities = [
            q
            for q in read_here
            if not any(_inside(q, p) for p in self.periods)
            and not (_labels(q, self.text) or _dates(q, self.text) or _only_describes(q, self.text))
        ]
        self.clauses = clauses(self.text)
        self.masked = self.text
        marks = [(q.start, q.end, FIGURE) for q in self.quantities] + [(p.start, p.end, PERIOD) for p in self.periods]
        for begin, finish, sign in marks:
            self.masked = self.masked[:begin] + sign * (finish - begin) + self.masked[finish:]
        places = [p for p in places_in(self.text, gazetteer, about) if not _aside(self.text, p.start)]
        self.names_a_place = bool(places)
        stem = item.passage.stem or ""
        self._when = When(self.text, self.clauses, self.periods, self.quantities, stem, period_before)
        self.where = Where(self.masked, places, self.quantities, gazetteer)

    def figures(self) -> tuple[list[Figure], str | None]:
        """The figures, and the area that the sentence is about (for a following "it")."""
        subject = self.where.subject()
        made: list[Figure] = []
        previous_measure: str | None = self.measure_before
        root, parted = "", False
        parallel = self._parallel()
        for i, quantity in enumerate(self.quantities):
            between = self._between(i)
            measure = measure_of(self.text, self.quantities, i, self.item.passage.stem, self.clauses, previous_measure)
            each = _EACH.match(self.text[quantity.end :])
            if each and previous_measure and _OTHER_EACH.fullmatch(between):
                measure = previous_measure
            comparing = (
                i > 0 and self._only_compares(between) and bool(made) and _of_one_sort(made[-1].quantity, quantity)
            )
            if self._beside_it(i) and previous_measure:
                measure, unit_before = previous_measure, made[-1].quantity.unit if made else quantity.unit
                quantity = replace(quantity, unit=unit_before) if quantity.unit == "count" else quantity
            else:
                measure = self._among(i, measure)
            measure = self._for_whom(measure, previous_measure)
            if _CORRESPONDING.match(self.text) and len(self.earlier) == len(self.quantities):
                measure = self.earlier[i].measure
            alternative = i > 0 and bool(re.fullmatch(r"\s*(?:\(|or|\(or|, or)\s*", between))
            if alternative and previous_measure and self.quantities[i - 1].unit != quantity.unit and made:
                shared = previous_measure if previous_measure.startswith(measure) else measure
                made[-1] = replace(made[-1], measure=shared)
                measure = shared
            elif (comparing or not self._names_a_measure(measure)) and previous_measure:
                measure = previous_measure
                before = made[-1].quantity if made else self.quantity_before
                if before is not None and quantity.unit == "count" and _of_one_sort(before, quantity):
                    quantity = replace(quantity, unit=before.unit)
                if before is not None and before.unit != quantity.unit:
                    measure = re.sub(r"^(?:reduction|increase) in ", "", measure)
            if quantity.unit.startswith("per_") and (every := _OF_EVERY.match(self.text[quantity.end :])):
                own = measure != previous_measure and self._names_a_measure(measure)
                measure = ": ".join(filter(None, (measure if own else "", every[1])))
            area = parallel.get(i) or self.where.area(i) or subject or self._carried_area()
            part = self._part_of_list(i, measure == previous_measure) if previous_measure else None
            if part is not None and previous_measure and not measure.endswith(f" {part.split(' ', 1)[1]}"):
                root = root if i > 0 and parted else self._root(i, previous_measure)
                measure, named = self._of_part(root, part)
                area, parted = named or area, True
            else:
                parted = False
            period = self._when.period(i)
            if (comparing or alternative) and period is None and made:
                period = made[-1].period
            if self._ends_of_change(i) and made:
                measure = _CHANGE_AT_END.sub("", measure)
                period = period or (made[0].period if self._between(i).strip() == "to" else None)
            if each:
                measure = f"{_OF_EACH.sub('', measure)} per {each['what']}" if measure else ""
            group = record_id(self.read.origin, self.start, measure) if measure else None
            made.append(self._figure(i, quantity, measure, area, period, group))
            previous_measure = measure or previous_measure
        return self._targets(made), subject

    def _part_of_list(self, i: int, unnamed: bool) -> str | None:
        """ "46% said by car, 22% on foot and 17% by bus": the words behind a figure of a list that say of which part it is.

        unnamed: its own sentence says nothing else of what it measures, so that it can open a list.
        """
        after = _PART.match(self.text[self.quantities[i].end :])
        units = [q.unit for q in self.quantities]
        if after is None:
            return None
        goes_on = i > 0 and units[i - 1] == units[i] and _PART_ENDS.search(self._between(i)) is not None
        opens = (
            (unnamed or re.search(r":\s*$", self.text[: self.quantities[i].start]) is not None)
            and i + 1 < len(units)
            and units[i + 1] == units[i]
            and _PART_ENDS.search(self._between(i + 1)) is not None
            and _PART.match(self.text[self.quantities[i + 1].end :]) is not None
        )
        return " ".join(after["part"].split()) if goes_on or opens else None

    def _root(self, i: int, before: str) -> str:
        """What the figures of a list measure: the measure before without the part that its own figure is of."""
        ended = _PART_ENDS.search(self._between(i)) if i else None
        part = " ".join(ended["part"].split()) if ended else ""
        return before.removesuffix(part).strip() if part else before

    def _of_part(self, root: str, part: str) -> tuple[str, str | None]:
        """The measure of a figure of a list, and the place that its part is, if it is one."""
        mentions = self.gazetteer.find(part)
        if mentions and mentions[0].end == len(part) and _ONLY_AT.fullmatch(part[: mentions[0].start]):
            return root, mentions[0].text
        own = self.gazetteer.own.name if self.gazetteer.own and re.search(r"[A-Z]", part) and not mentions else None
        return f"{root} {part}".strip(), own

    def _ends_of_change(self, i: int) -> bool:
        """ "Grew by 64%, from 3,900 to 6,400": the ends between which something has changed are of the thing itself."""
        lead = self.text[: self.quantities[i].start].rstrip()
        other = self.quantities[0].unit != self.quantities[i].unit
        return i > 0 and other and (lead.endswith(" from") or (self._between(i).strip() == "to" and i > 1))

    def _beside_it(self, i: int) -> bool:
        """ "8.9 days (target: 8.0)", "from 0.9% in Anytown to 7.4%": a figure of what the one before measures."""
        lead = self.text[: self.quantities[i].start]
        if _NAMED_BESIDE.search(lead):
            return True
        from_place = i > 0 and re.search(r"\bfrom\s*$", self.text[: self.quantities[i - 1].start]) is not None
        return from_place and re.match(r"^\s+(?:in|for|at)\s+[A-Z][\w’' -]+\sto\s+$", self._between(i)) is not None

    def _for_whom(self, measure: str, previous: str | None) -> str:
        """ "For disabled people it was 46%", "and that for women 68.5%": what the figure before measures, of others."""
        match = _OF_OTHERS.match(measure) if previous else None
        if match is None or previous is None:
            return measure
        root = re.split(r":\s|\sof\s" if match["theirs"] else r":\s|\sfor\s", previous)[0]
        whom = match["whom"] or match["also"] or match["theirs"]
        named = self._names_a_measure(whom)
        return f"{root}: {whom}" if named else root

    def _among(self, i: int, measure: str) -> str:
        """The measure with the part of the area that it is of, where that has no name: "in the rural parishes"."""
        part = _PART_OF_AREA.match(self.text[self.quantities[i].end :])
        return (
            f"{measure} {' '.join(part[0].split())}"
            if part and measure and part[1].lower() not in measure.lower()
            else measure
        )

    def _names_a_measure(self, measure: str) -> bool:
        """Whether a measure is more than "this", an area, or "the county average"."""
        words = measure
        for mention in reversed(self.gazetteer.find(measure)):
            words = words[: mention.start] + words[mention.end :]
        return any(w not in _COMPARISON_WORDS for w in re.findall(r"[a-z]+\d*", words.lower()))

    def _figure(
        self, i: int, quantity: Quantity, measure: str, area: str | None, period: str | None, group: str | None
    ) -> Figure:
        at = (self.start + quantity.start, self.start + quantity.end)
        location = self.item.passage.location
        place = Location(self.document, self.start, self.end, self._page(at[0]), location.section)
        joins = [k for k in (i, i + 1) if 0 < k < len(self.quantities) and re.fullmatch(r"\s*or\s*", self._between(k))]
        first, last = (joins[0] - 1, joins[-1]) if joins else (i, i)
        return Figure(
            id=record_id(self.read.origin, at[0], quantity.text),
            quantity=quantity,
            measure=measure or " ".join(self.text.split()),
            area=area,
            period=period,
            kind=self._kind(i, quantity, area),
            location=place,
            at=at,
            quote=self.read.text[self.start : self.end],
            clause=self._segment(first, last),
            sentence=" ".join(self.text.split()),
            lead=" ".join(f"{self.said_before} {self.text[: self.quantities[0].start]}".split()),
            stem=self.item.passage.stem,
            source=self._source(at[1]),
            theme=self.item.passage.theme,
            group=group,
        )

    def _between(self, i: int) -> str:
        begin = self.quantities[i - 1].end if i else 0
        return self.text[begin : self.quantities[i].start]

    def _segment(self, first: int, last: int) -> str:
        """The words around the quantities first..last: to their neighbours, and not beyond their clause."""
        q, r = self.quantities[first], self.quantities[last]
        clause_start = max((s for s, _ in self.clauses if s <= q.start), default=0)
        clause_end = min((e for _, e in self.clauses if e >= r.end), default=len(self.text))
        begin = max(clause_start, self.quantities[first - 1].end if first else 0)
        if first and re.search(r"\w.*(?:,|\band|;)\s*$", self.text[begin : q.start]):
            begin = q.start  # "11,000 new homes and 10,000 new jobs": the homes are the other figure's
        finish = min(clause_end, self.quantities[last + 1].start if last + 1 < len(self.quantities) else len(self.text))
        if first and not _words_in(self.text[begin : q.start]) and not _words_in(self.text[r.end : finish]):
            begin = clause_start
        return " ".join(self.text[begin:finish].split())

    def _only_compares(self, between: str) -> bool:
        """Nothing but "compared to Anyshire average" stands before the second figure: both measure the same thing."""
        compares = list(COMPARES.finditer(between))
        words = between[compares[-1].end() :] if compares else between
        mentions = self.gazetteer.find(words)
        if not compares and not mentions:
            return False
        for mention in reversed(mentions):
            words = words[: mention.start] + words[mention.end :]
        left = re.findall(r"[A-Za-z]+\d*", words.lower())
        return sum(w not in _COMPARISON_WORDS for w in left) == 0

    def _parallel(self) -> dict[int, str]:
        """Areas of "lower-than-Anyshire … (41% and 45% respectively)": as many areas as figures, in order."""
        chosen: dict[int, str] = {}
        for match in _RESPECTIVELY.finditer(self.text):
            run: list[int] = []
            for i in reversed(range(len(self.quantities))):
                q = self.quantities[i]
                if q.end <= match.start() and (not run or self.quantities[run[0]].start - q.end <= 8):
                    if not run and match.start() - q.end > 4:
                        break
                    run.insert(0, i)
            if len(run) < 2:
                continue
            names: list[str] = []
            for place in self.where.places:
                if place.end <= self.quantities[run[0]].start and place.name not in names:
                    names.append(place.name)
            if len(names) < len(run) and self.gazetteer.own and self.gazetteer.own.name not in names:
                names.insert(0, self._carried_area() or self.gazetteer.own.name)
            if len(names) >= len(run):
                names = names[: len(run)] if len(names) == len(run) else [names[0], *names[-(len(run) - 1) :]]
                chosen.update(zip(run, names, strict=True))
        return chosen

    def _carried_area(self) -> str | None:
        """The area of a stem, of the sentence before or of the heading, else the corpus's own."""
        own = self.gazetteer.own
        if self.area_before and _REFERS_BACK.search(self.text):
            wide = self.gazetteer.named(self.area_before).kind in ("country", "nation", "region", "county")
            if not (wide and _THE_TOWN.search(self.text)):
                return self.area_before
        for words in (self.item.passage.stem or "", *self.item.passage.location.section[-1:]):
            for mention in self.gazetteer.find(words):
                if mention.area.kind not in ("country", "nation", "region", "county"):
                    same = own is not None and mention.area == own
                    return own.name if same and own else " ".join(mention.text.split())
        return own.name if own else None

    def _kind(self, i: int, quantity: Quantity, area: str | None) -> FigureKind:
        before, after = self.text[: quantity.start], self.text[quantity.end :]
        bounded = quantity.qualifier is not None and _STAFF.match(after) is not None
        from_size = quantity.qualifier is not None and _SITES_OF.search(before) is not None
        if _THRESHOLD_AFTER.match(after) or (_THRESHOLD_BEFORE.search(before) and bounded) or from_size:
            return FigureKind.DEFINITION
        if self.item.passage.kind == "footnote" or (quantity.unit == "ratio" and re.search(r"\bmeans\b", self.text)):
            return FigureKind.DEFINITION
        if _BLANK.search(before):
            return FigureKind.BASELINE
        segment = self._segment(i, i)
        if _FORECAST.search(self.text[: quantity.end]) or _FORECAST.search(segment):
            return FigureKind.FORECAST
        if self.item.part and _PLAN_PARTS.match(self.item.part):
            return FigureKind.TARGET
        if _TARGET.search(self.text[: quantity.start]) or _PROMISES.search(self.item.passage.stem or ""):
            return FigureKind.TARGET
        own = self.gazetteer.own
        if area and own and self.gazetteer.named(area).key != own.key and self.gazetteer.named(area).kind != "place":
            return FigureKind.COMPARATOR
        return FigureKind.BASELINE

    def _targets(self, made: list[Figure]) -> list[Figure]:
        """ "From 11% to 13%" is one target with two ends: the first figure is where it starts from."""
        for i in range(1, len(made)):
            before, figure = made[i - 1], made[i]
            lead = self.text[: self.quantities[i - 1].start].rstrip().lower()
            between = self.masked[self.quantities[i - 1].end : self.quantities[i].start]
            if _FROM_TO.match(between) and lead.endswith("from") and figure.quantity.unit == before.quantity.unit:
                shared = before.measure if len(before.measure) >= 4 else figure.measure
                made[i] = replace(figure, baseline=before.quantity.text, measure=shared)
                kind = FigureKind.BASELINE if figure.kind is FigureKind.TARGET else before.kind
                dated = before.period if PERIOD in between else None
                made[i - 1] = replace(before, kind=kind, measure=shared, period=dated)
        return made

    def _source(self, at: int) -> str | None:
        """What the nearest footnote mark behind the figure in its sentence names."""
        marks = [m for m in self.read.footnote_marks if at <= m[0] <= self.end + 2]
        if not marks:
            return None
        number = _first_number(self.read.text[marks[0][0] : marks[0][1]])
        return self.sources.after(number, at) if number is not None else None

    def _page(self, at: int) -> int | None:
        for number, (start, end) in enumerate(self.read.pages, 1):
            if start <= at < end:
                return number
        return None


def _aside(text: str, start: int) -> bool:
    """A place that only helps to say where or against what: "close to London", "the least deprived decile of England"."""
    lead = text[max(0, start - 40) : start]
    return bool(
        re.search(
            r"(?:close\s+to|near(?:\s+to)?|away\s+from|(?:decile|quintile|quartile)s?\s+(?:of|in))\s+(?:the\s+)?$",
            lead,
            re.I,
        )
        or re.search(r"\b(?:most|least)\s+\w+\s+(?:\w+\s+)?(?:of|in)\s+(?:the\s+)?$", lead, re.I)
    )


def _labels(quantity: Quantity, text: str) -> bool:
    """The number of a row or a paragraph ("1.3 | Organisation …"), not a figure."""
    return not text[: quantity.start].strip() and re.match(r"\s*\|", text[quantity.end :]) is not None


def _dates(quantity: Quantity, text: str) -> bool:
    """ "Three years later" says when, and "every £1" what a ratio is of; neither is a figure."""
    if quantity.unit in ("years", "months", "weeks", "days"):
        return re.match(r"\s+(?:later|earlier|ago|on|before|after)\b", text[quantity.end :]) is not None
    return (
        quantity.value == 1
        and re.search(r"\b(?:every|each|per)\s+$", text[: quantity.start], re.IGNORECASE) is not None
    )


def _only_describes(quantity: Quantity, text: str) -> bool:
    """The "three-year" of "three-year survival rate" says which rate it is; it is no figure."""
    hyphened = re.fullmatch(r"[\w]+-(?:year|month)", quantity.text, re.IGNORECASE) is not None
    return hyphened and re.match(r"\s+[a-z]", text[quantity.end :]) is not None


def _of_one_sort(before: Quantity, quantity: Quantity) -> bool:
    """Whether a figure may measure what the one before does: a bare number may be a ratio or a rate like it."""
    bare = quantity.unit == "count" and (before.unit in ("ratio", "index") or before.unit.startswith("per_"))
    return bare or before.unit[:3] == quantity.unit[:3]


def _as_rates(quantities: list[Quantity], text: str) -> list[Quantity]:
    """ "358 enterprises for every 10,000 residents" is one rate, not two numbers."""
    found: list[Quantity] = []
    for quantity in quantities:
        last = found[-1] if found else None
        between = text[last.end : quantity.start] if last else ""
        base = quantity.unit == "count" and quantity.value in (100, 1000, 10000, 100000)
        if last and base and last.unit == "count" and _FOR_EVERY.match(between):
            found[-1] = replace(last, unit=f"per_{quantity.value:f}")
        else:
            found.append(quantity)
    return found


def _inside(quantity: Quantity, period: Period) -> bool:
    return quantity.start < period.end and period.start < quantity.end and period.relation != "each"


def _words_in(text: str) -> bool:
    return len(re.findall(r"[A-Za-z]{3,}", text)) > 0
