"""The draft check: each figure of a draft held against the figures of the sources.

A figure is supported when a source gives its value, in its unit, for what it measures, its area and its period.
It is contradicted when the sources give another value for the same thing, or its value for another area, period or unit,
or when a comparison that is made with it goes the other way. Otherwise it is not found.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from answering.answer import Citation
from answering.calculate import plain, printed
from answering.cite import citation
from answering.say import shown
from briefing.compared import UP, Claim, claims, direction, sort_of_area
from briefing.draft import Draft
from briefing.values import Agreement, Compared, compare_values, step
from corpus.areas import Area
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.period import read_periods
from corpus.quantity import Quantity
from corpus.thesaurus import phrase_stems
from prompts import reply
from retrieval.decide import last_year
from retrieval.match import Fit
from retrieval.question import Asks, Parser, Question
from retrieval.series import TableMatcher


class Verdict(StrEnum):
    """What became of a figure of a draft."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a draft and its verdict; start and end count into the draft's text.

    found: what the source prints, where it says something else. why: the verdict in a sentence. notes: what else to know.
    working: the arithmetic, where the figure was worked out again.
    """

    text: str
    sentence: str
    start: int
    end: int
    verdict: Verdict
    why: str
    found: str | None = None
    citation: Citation | None = None
    notes: tuple[str, ...] = ()
    working: str | None = None
    measure: str = ""
    area: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A source's figure held against one of the draft's: how well the measure fits (0 to 1), and each slot."""

    source: Figure
    fit: float
    value: Compared
    area: bool
    period: bool
    notes: tuple[str, ...] = ()

    @property
    def unit(self) -> bool:
        return self.value.agreement is not Agreement.OTHER_UNIT

    @property
    def slots(self) -> int:
        """How many of area, period and unit are right; the area counts most."""
        return 2 * self.area + self.period + self.unit


@dataclass(slots=True)
class _Read:
    """A figure of the draft with what it was held against and its verdict so far."""

    figure: Figure
    sentence: str
    held: list[_Held]
    finding: Finding
    chosen: Figure | None = None
    claims: list[Claim] = field(default_factory=list)


# How much of what a draft's figure measures a source's must speak of: less where the value itself is telling.
_ENOUGH, _ENOUGH_IF_TELLING, _SAME_MEASURE, _CLEARLY_SAME = 0.45, 0.28, 0.6, 0.85
_JOURNEYS = ("hours", "minutes", "miles", "km")
_CELLS = 200  # cells of tables that a draft's figure is held against, beside the figures of documents
_RANK = {"table": 1, "transcript": 2}


class DraftChecker:
    """Holds drafts against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.gazetteer = generation.gazetteer
        self.parser = Parser(generation)
        self.matcher = TableMatcher(generation)

    def check(self, draft: Draft) -> list[Finding]:
        """A finding for each figure of the draft, in its order."""
        reads = [self._read(figure, draft) for figure in draft.figures]
        by_sentence: dict[tuple[int, int], list[_Read]] = {}
        for read in reads:
            by_sentence.setdefault((read.figure.location.start, read.figure.location.end), []).append(read)
        earlier: list[_Read] = []
        labels = [read for read in reads if _names_what_is_measured(read, by_sentence)]
        for key, sentence in by_sentence.items():
            by_sentence[key] = sentence = [read for read in sentence if read not in labels] or sentence
            self._lend(sentence, labels)
            self._recompute(sentence, earlier)
            self._compare(sentence, earlier)
            earlier = sentence
        return [read.finding for read in reads if read not in labels]

    def _lend(self, reads: list[_Read], labels: list[_Read]) -> None:
        """ "845 firms (50 to 249 staff) in Anytown in 2022": what stands behind a number of the measure is the figure's."""
        for read in reads:
            beside = [n.figure for n in labels if n.figure.location == read.figure.location]
            period = next((f.period for f in beside if f.period), None)
            area = next((area for f in beside if (area := self._behind(f))), None)
            again = replace(read.figure, period=read.figure.period or period)
            if area is not None and not self._named(again):
                again = replace(again, area=area)
            if again != read.figure:
                read.figure, read.held = again, self._held(again)
                read.finding, read.chosen = self._judge(again, read.held)

    def _behind(self, label: Figure) -> str | None:
        """The area that is named right behind a number of the measure: "(50 to 249) in Anytown"."""
        at = label.sentence.find(" ".join(label.quantity.text.split()))
        after = label.sentence[at + len(label.quantity.text) :] if at >= 0 else ""
        match = re.match(r"[^,.;]{0,12}?\)\s+(?:in|for|across)\s+(?:the\s+)?", after)
        found = self.gazetteer.find(after[match.end() :]) if match else []
        return found[0].area.name if found and found[0].start == 0 else None

    def _named(self, figure: Figure) -> bool:
        """Whether a figure's area is named in its sentence."""
        area = self.gazetteer.named(figure.area or "").key
        return any(m.area.key == area for m in self.gazetteer.find(figure.sentence))

    # ---- one figure ----

    def _read(self, figure: Figure, draft: Draft) -> _Read:
        figure = self._with_named_kind_of_area(figure)
        held = self._held(figure)
        finding, chosen = self._judge(figure, held)
        return _Read(
            figure, " ".join(draft.text[figure.location.start : figure.location.end].split()), held, finding, chosen
        )

    def _with_named_kind_of_area(self, figure: Figure) -> Figure:
        """ "The county figure is 45%" is the county's that the sources name most."""
        kind = sort_of_area(figure.clause, self.gazetteer)
        area = self._area_of_kind(kind) if kind and not claims(figure.clause, self.gazetteer) else None
        return replace(figure, area=area.name) if area else figure

    def _area_of_kind(self, kind: str) -> Area | None:
        named = [self.gazetteer.named(f.area) for f in self.generation.figures if f.area]
        fitting = [a for a in named if a.kind == kind]
        return max(fitting, key=fitting.count) if fitting else None

    def _held(self, figure: Figure) -> list[_Held]:
        """The sources' figures that share words with the draft's, best measure first."""
        fits: dict[str, tuple[float, Figure]] = {}
        texts = dict.fromkeys((figure.measure, figure.clause, f"{figure.stem or ''} {figure.sentence}".strip()))
        for question in (q for words in texts for q in self._questions(words, figure) if q.terms):
            for match in self.matcher.matches(question, limit=len(self.generation.figures) + _CELLS):
                fit = match.coverage * 0.85 + match.precision * 0.15
                if match.gap is None and fit > fits.get(match.figure.id, (0.0, None))[0]:
                    fits[match.figure.id] = (fit, match.figure)
        held = [self._hold(figure, source, fit) for fit, source in fits.values() if fit >= _ENOUGH_IF_TELLING]
        return sorted(held, key=lambda h: (-h.fit, self._rank(h.source), h.source.at))

    def _questions(self, words: str, figure: Figure) -> list[Question]:
        """What the draft's words name, without its figures, places and periods; over tables of many cells, also with."""
        asked = self.parser.parse(words.replace(figure.quantity.text, " "))
        plain = replace(asked, asks=Asks.FIGURE, areas=(), against=(), unknown_area=None, periods=(), units=frozenset(),
                        strict=False, theme=None)  # fmt: skip
        if not self.generation.tables:
            return [plain]
        area = (self.gazetteer.named(figure.area),) if figure.area else ()
        periods = tuple(p for p in read_periods(figure.period or "") if p.relation != "each")
        return [plain, *(replace(plain, areas=area, periods=p) for p in dict.fromkeys(((), periods)))]

    def _rank(self, source: Figure) -> int:
        return _RANK.get(self.generation.documents[source.location.document].kind, 0)

    def _hold(self, figure: Figure, source: Figure, fit: float) -> _Held:
        value = compare_values(figure.quantity, source.quantity)
        area, area_note = self._area(figure, source)
        period, period_note = self._period(figure, source)
        notes = (value.note, area_note, period_note) if value.agrees else (area_note, period_note)
        return _Held(source, fit, value, area, period, tuple(n for n in notes if n))

    def _area(self, figure: Figure, source: Figure) -> tuple[bool, str | None]:
        """Whether the source's area is the draft's; where the draft names none, a place within the area will do."""
        if source.area is None or figure.area is None or source.quantity.unit in _JOURNEYS:
            return True, None  # "London is half an hour away": the place named is where a journey goes
        ours, theirs = self.gazetteer.named(figure.area), self.gazetteer.named(source.area)
        if ours.key == theirs.key:
            near = ours.part == theirs.part
            return True, None if near else reply("check.area_is", area=source.area)
        named = any(m.area.key == ours.key for m in self.gazetteer.find(figure.sentence))
        own = self.gazetteer.own
        counted = source.quantity.unit in ("count", "sq_ft", "sq_m", "hectares")
        if own is not None and ours.key == own.key and theirs.kind == "place" and (not named or counted):
            return True, reply("check.area_is", area=source.area)
        return False, None

    def _period(self, figure: Figure, source: Figure) -> tuple[bool, str | None]:
        """Whether the source's period is the draft's; where the draft names none, the source's is noted."""
        asked = [p for p in read_periods(figure.period or "") if p.relation != "each"]
        if any(
            p.text in source.measure for p in asked
        ):  # "still active after 3 years" is measured; when, stands elsewhere
            others = read_periods(figure.sentence)
            asked = [p for p in others if p.relation != "each" and p.text not in source.measure]
        stated = [p for p in read_periods(source.period or "") if p.relation != "each"]
        if not asked:
            dated = any(p.first or p.last for p in stated)
            return True, reply("check.period_is", period=source.period) if dated else None
        fit = self.matcher.period(tuple(asked), source)
        if fit is Fit.EXACT:
            return True, None
        if fit is Fit.UNSTATED:
            return True, reply("check.period_unstated")
        document = self.generation.documents[source.location.document]
        written = int(document.date[:4]) if document.date and document.date[:4].isdigit() else 0
        for a in asked:
            for s in stated:
                ends = s.relation == "over" and s.years and written and a.last == written + s.years
                if ends:
                    return True, reply("check.period_is", period=source.period)
        return False, None

    def _judge(self, figure: Figure, held: Sequence[_Held]) -> tuple[Finding, Figure | None]:
        enough = _ENOUGH_IF_TELLING if _telling(figure.quantity) else _ENOUGH
        agreeing = [h for h in held if h.value.agrees and h.area and h.period and h.fit >= enough]
        agreeing = [h for h in agreeing if not self._other_way(figure, h.source)]
        rivals = [
            h for h in held
            if h.area and h.period and h.unit and not h.value.agrees and h.fit >= _CLEARLY_SAME
            and h.source.kind == figure.kind
        ]  # fmt: skip
        agreeing.sort(
            key=lambda h: (-round(h.fit, 1), h.value.agreement is not Agreement.SAME, self._rank(h.source), -h.fit)
        )
        if agreeing and (today := self._today(figure, agreeing, held)) is not None:
            why = reply("check.only_target", text=shown(agreeing[0].source), now=shown(today))
            return self._finding(figure, Verdict.CONTRADICTED, why, today, found=shown(today)), None
        if agreeing and not (rivals and rivals[0].fit > agreeing[0].fit + 0.3):
            best = agreeing[0]
            return self._supported(figure, best, held), best.source
        near = [h for h in held if h.fit >= _SAME_MEASURE or (h.value.agrees and h.fit >= enough)]
        if not near:
            return self._finding(figure, Verdict.NOT_FOUND, reply("check.not_found")), None
        near.sort(key=lambda h: (-h.slots - (2 if h.value.agrees else 0) - 4 * h.fit, self._rank(h.source)))
        best = near[0]
        right = next(
            (h for h in held if h.area and h.period and h.unit and h.fit >= max(_SAME_MEASURE, best.fit - 0.2)), None
        )
        return self._contradicted(figure, best, right), None

    def _today(self, figure: Figure, agreeing: Sequence[_Held], held: Sequence[_Held]) -> Figure | None:
        """Where things stand, for a target that a draft gives as what is so already; None where it does not."""
        near = [h for h in agreeing if h.fit >= agreeing[0].fit - 0.3]
        if any(h.source.kind is not FigureKind.TARGET for h in near):
            return None
        ahead = (
            figure.kind in (FigureKind.TARGET, FigureKind.FORECAST) or figure.baseline or _AHEAD.search(figure.sentence)
        )
        if ahead:
            return None
        now = [h for h in held if h.source.kind is FigureKind.BASELINE and h.area and h.unit and h.fit >= _CLEARLY_SAME]
        target = set(phrase_stems(agreeing[0].source.measure))
        now = [h for h in now if len(target & set(phrase_stems(h.source.measure))) >= 0.35 * len(target)]
        return now[0].source if now and not now[0].value.agrees else None

    def _other_way(self, figure: Figure, source: Figure) -> bool:
        """ "Rose by 22%" where the source speaks of a fall."""
        ours = direction(f"{figure.clause} {figure.measure}")
        theirs = -1 if source.quantity.value < 0 else direction(f"{source.clause} {source.measure} {source.stem or ''}")
        return ours is not None and theirs is not None and ours != theirs

    def _supported(self, figure: Figure, held: _Held, others: Sequence[_Held]) -> Finding:
        says = reply("check.supported") if held.value.agreement is Agreement.SAME else (held.value.note or "")
        notes = [n for n in held.notes if n != says]
        if not (figure.kind in (FigureKind.TARGET, FigureKind.FORECAST) or _AHEAD.search(figure.sentence)):
            if held.source.kind is FigureKind.FORECAST:
                notes.append(reply("check.forecast"))
            if held.source.kind is FigureKind.TARGET:
                notes.append(reply("check.target"))
        if (later := _later(held.source, others)) is not None and not figure.period:
            notes.append(reply("check.later", text=shown(later), period=later.period))
        return self._finding(figure, Verdict.SUPPORTED, says, held.source, notes=notes)

    def _contradicted(self, figure: Figure, best: _Held, right: _Held | None) -> Finding:
        text = " ".join(figure.quantity.text.split())
        source = best.source
        if best.value.agrees and best.area and best.period:
            why = reply("check.other_way", text=shown(source))
        elif best.value.agrees and not best.area:
            why = reply("check.other_area", text=shown(source), area=source.area)
            if right is not None:
                why += " " + reply("check.for_area", area=right.source.area or figure.area, text=shown(right.source))
                source = right.source
        elif best.value.agrees:
            if source.period is None:
                return self._finding(
                    figure, Verdict.NOT_FOUND, reply("check.no_period", text=shown(source)), source, notes=best.notes
                )
            why = reply("check.other_period", text=shown(source), period=_when(source.period))
            if right is not None:
                why += " " + reply("check.for_period", text=shown(right.source))
                source = right.source
        elif not best.unit:
            why = reply("check.other_unit", text=shown(source), draft=text)
        elif not best.area or not best.period:
            if not best.area:
                return self._finding(figure, Verdict.NOT_FOUND, reply("check.not_for_area", area=figure.area), source)
            return self._finding(
                figure, Verdict.NOT_FOUND, reply("check.not_for_period", period=_bare(figure.period or "")), source
            )
        else:
            why = reply("check.other_value", text=shown(source), draft=text)
        return self._finding(figure, Verdict.CONTRADICTED, why, source, found=shown(source))

    def _finding(
        self, figure: Figure, verdict: Verdict, why: str, source: Figure | None = None, *, found: str | None = None,
        notes: Iterable[str] = (), working: str | None = None,
    ) -> Finding:  # fmt: skip
        cited = None
        if source is not None:
            document = self.generation.documents[source.location.document]
            cited = citation(1, document, source.location, source.quote, source.source, (source.at,))
        return Finding(
            " ".join(figure.quantity.text.split()), figure.sentence, *figure.at, verdict, why,
            found or (shown(source) if source is not None and verdict is Verdict.SUPPORTED else None),
            cited, tuple(dict.fromkeys(notes)), working, figure.measure, figure.area, figure.period,
        )  # fmt: skip

    # ---- figures of one sentence together ----

    def _recompute(self, reads: list[_Read], earlier: list[_Read]) -> None:
        """Shares are worked out again from the part and the whole beside them; differences, from what they part."""
        for read in reads:
            if read.figure.quantity.unit != "percent":
                continue
            parts = _part_and_whole(reads, read)
            if parts is None:
                continue
            part, whole = parts
            self._recompute_share(read, part, whole)
        for read in reads:
            if read.finding.verdict is not Verdict.SUPPORTED and (made := self._difference(read, reads, earlier)):
                read.finding = made

    def _recompute_share(self, share: _Read, part: _Read, whole: _Read) -> None:
        stated = share.figure.quantity
        value = part.figure.quantity.value * 100 / whole.figure.quantity.value
        place = min(step(stated.text, stated.value), Decimal(1))
        said = printed(value.quantize(place), "percent")
        working = f"{plain(part.figure)} ÷ {plain(whole.figure)} × 100 = {said}"
        adds_up = abs(value - stated.value) <= place / 2
        adds_up = adds_up or compare_values(stated, replace(stated, text=said, value=value, qualifier=None)).agrees
        if not adds_up:
            why = reply("check.does_not_add_up", working=working, draft=share.finding.text)
            share.finding = replace(
                share.finding, verdict=Verdict.CONTRADICTED, why=why, found=said, working=working, notes=()
            )
            return
        three = [share, part, whole]
        unsupported = [r for r in three if r.finding.verdict is not Verdict.SUPPORTED]
        for read in three:
            if unsupported == [read]:  # the other two are the sources', and give the third
                by = next(r for r in three if r is not read)
                read.finding = replace(
                    read.finding, verdict=Verdict.SUPPORTED, why=reply("check.worked_out", working=working),
                    found=None, citation=by.finding.citation, notes=(),
                )  # fmt: skip
        share.finding = replace(share.finding, working=working)

    def _difference(self, read: _Read, reads: list[_Read], earlier: list[_Read]) -> Finding | None:
        """ "Four percentage points below the county": the difference of two figures of the sources."""
        if not _DIFFERENCE.search(read.sentence) or read.figure.quantity.upper is not None:
            return None
        quantity = read.figure.quantity
        unit = "percent" if quantity.unit == "percentage_points" else quantity.unit
        pool = [r.chosen for r in (*reads, *earlier) if r.chosen is not None and r is not read]
        pool += [h.source for h in read.held if h.fit >= _SAME_MEASURE and h.period][:12]
        for i, a in enumerate(pool):
            for b in pool[i + 1 :]:
                same = a.group == b.group or a.measure == b.measure
                if not same or {a.quantity.unit, b.quantity.unit} != {unit} or a.area == b.area:
                    continue
                value = abs(a.quantity.value - b.quantity.value)
                if (
                    value
                    and compare_values(
                        replace(quantity, unit=unit), replace(a.quantity, value=value, qualifier=None, unit=unit)
                    ).agrees
                ):
                    high, low = sorted((a, b), key=lambda f: -f.quantity.value)
                    working = f"{plain(high)} − {plain(low)} = {printed(value, quantity.unit)}"
                    return self._finding(
                        read.figure, Verdict.SUPPORTED, reply("check.worked_out", working=working), high, working=working,
                        found=printed(value, quantity.unit),
                    )  # fmt: skip
        return None

    def _compare(self, reads: list[_Read], earlier: list[_Read]) -> None:
        """Comparisons in words, held against the figures that they compare."""
        sentence = reads[0].figure.sentence
        for claim in claims(sentence, self.gazetteer):
            area = claim.area or self._area_of_kind(claim.kind or "")
            if area is None:
                continue
            subject = _subject(claim, area, reads, self) or (_subject(claim, area, earlier, self) if earlier else None)
            if subject is None or subject.finding.verdict is Verdict.CONTRADICTED:
                continue
            answer = self._goes_that_way(claim, area, subject, reads)
            if answer is None:
                continue
            right, other = answer
            if not right:
                base = shown(subject.chosen) if subject.chosen else subject.finding.text
                name = (
                    "check.wrong_way_said"
                    if other is subject.chosen or not self._is(other, area)
                    else "check.wrong_way"
                )
                why = reply(name, claim=claim.text, text=base, other=shown(other), area=area.name)
                subject.finding = replace(
                    self._finding(subject.figure, Verdict.CONTRADICTED, why, other, found=shown(other)),
                    notes=subject.finding.notes,
                )

    def _goes_that_way(
        self, claim: Claim, area: Area, subject: _Read, reads: list[_Read]
    ) -> tuple[bool, Figure] | None:
        """Whether a comparison is right, and the figure that it compares with; None where the sources do not tell."""
        ours = subject.chosen or subject.figure
        beside = [r.chosen for r in reads if r.chosen and r is not subject and self._is(r.chosen, area)]
        grouped = [
            h.source for h in subject.held
            if self._is(h.source, area) and h.period and h.source.quantity.unit == ours.quantity.unit
            and (h.source.group == ours.group or h.fit >= _CLEARLY_SAME or h.source.measure == ours.measure)
        ]  # fmt: skip
        grouped.sort(key=lambda f: f.group != ours.group)
        for other in (*beside, *grouped):
            if other.quantity.unit == ours.quantity.unit and other.quantity.value != ours.quantity.value:
                up = ours.quantity.value > other.quantity.value
                return up == (claim.way == UP), other
        same = [h.source for h in subject.held if h.value.agrees and h.area and h.period and h.fit >= _SAME_MEASURE]
        return next((said for source in same if (said := self._said_in_words(claim, area, source))), None)

    def _said_in_words(self, claim: Claim, area: Area, ours: Figure) -> tuple[bool, Figure] | None:
        """What the source itself says beside its figure: "This is higher than national averages"."""
        if ours.location.cell is not None:
            return None
        text = self.generation.documents[ours.location.document].text
        end = text.find("\n\n", ours.location.end)
        for said in claims(text[ours.location.start : end if end >= 0 else len(text)], self.gazetteer):
            if said.area.key == area.key if said.area else said.kind == area.kind:
                return said.way == claim.way, ours
        return None

    def _is(self, figure: Figure, area: Area) -> bool:
        return figure.area is not None and self.gazetteer.named(figure.area).key == area.key


_AHEAD = re.compile(
    r"\b(?:will|would|could|aims?|aiming|targets?|goals?|ambitions?|plans?\s+to|planned|wants?\s+to|hopes?\s+to|seeks?\s+to"
    r"|expect(?:s|ed)?|forecast|projected|stands?\s+to|set\s+to|due\s+to|next|to\s+(?:rise|increase|grow|reach|raise|deliver"
    r"|create|build|fall|lose|be))\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:points?|gap|difference|more|less|fewer|higher|lower|above|below|behind|ahead|exceeds?)\b", re.IGNORECASE
)
_OF = re.compile(r"\b(?:out\s+)?of\s+(?:(?:the|its|our|their|all|a|some|total(?:\s+of)?)\s+){0,3}$", re.IGNORECASE)


def _part_and_whole(reads: list[_Read], share: _Read) -> tuple[_Read, _Read] | None:
    """The part and the whole that a sentence states beside a share: "12 of the 48 firms (25%)", "of 48 firms, 12 …"."""
    counts = [
        r
        for r in reads
        if r is not share and r.figure.quantity.unit in ("count", "gbp") and r.figure.quantity.value > 0
    ]
    for whole in counts:
        before = whole.figure.sentence
        at = before.find(" ".join(whole.figure.quantity.text.split()))
        if at < 0 or not _OF.search(before[:at]):
            continue
        parts = [
            r for r in counts
            if r is not whole and r.figure.quantity.unit == whole.figure.quantity.unit
            and r.figure.quantity.value <= whole.figure.quantity.value
        ]  # fmt: skip
        if len(parts) == 1:
            return parts[0], whole
    return None


def _subject(claim: Claim, area: Area, reads: list[_Read], checker: DraftChecker) -> _Read | None:
    """The figure that a comparison is made with: the nearest before it that is not the other area's, else after it."""
    own = [r for r in reads if not checker._is(r.figure, area)]
    base = reads[0].figure.location.start
    before = [r for r in own if r.figure.at[0] - base < claim.start]
    return before[-1] if before else own[0] if own else None


def _later(source: Figure, held: Sequence[_Held]) -> Figure | None:
    """A later figure of the same series in a published table."""
    if source.location.cell is None or not last_year(source):
        return None
    same = [
        h.source for h in held
        if (h.source.measure, h.source.area, h.source.population, h.source.location.document, h.source.quantity.unit)
        == (source.measure, source.area, source.population, source.location.document, source.quantity.unit)
    ]  # fmt: skip
    latest = max(same, key=last_year, default=None)
    return latest if latest is not None and last_year(latest) > last_year(source) else None


def _names_what_is_measured(read: _Read, by_sentence: dict[tuple[int, int], list[_Read]]) -> bool:
    """Whether a number is part of the measure of the figure beside it ("the 3-year survival rate"), and so no figure."""
    beside = by_sentence[(read.figure.location.start, read.figure.location.end)]
    text = read.finding.text.lower()
    measures = [h.source.measure.lower() for r in beside if r is not read for h in r.held if h.fit >= _SAME_MEASURE]
    pattern = re.compile(rf"(?<![\d.,]){re.escape(text)}(?![\d%])")
    return read.finding.verdict is not Verdict.SUPPORTED and any(pattern.search(m) for m in measures)


def _telling(quantity: Quantity) -> bool:
    """Whether a value is unlikely to be met by chance: three significant digits or more."""
    return len(re.sub(r"\D", "", f"{quantity.value.normalize():f}").strip("0")) >= 3


def _bare(period: str) -> str:
    """A period in running text: "2020" of "in 2020"."""
    return re.sub(r"^(?:in|during|for)\s+", "", period, flags=re.IGNORECASE)


def _when(period: str) -> str:
    """A period behind a verb: "for 2020", "by 2050"."""
    first = period.split()[0].lower()
    return f"{first}{period[len(first) :]}" if first in _PREPOSITIONS else f"for {period}"


_PREPOSITIONS = frozenset("in by since from between over before after during until within at to on for".split())
