"""Figures of a draft's sentence together: shares and differences worked out again, comparisons in words held against them."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from answering.calculate import plain, printed
from answering.say import shown
from briefing.compared import UP, Claim, claims
from briefing.held import CLEARLY_SAME, SAME_MEASURE, Held, Holder
from briefing.values import compare_values, step
from briefing.verdict import Finding, Judge, Verdict
from corpus.areas import Area
from corpus.figure import Figure
from prompts import reply

_DIFFERENCE = re.compile(
    r"\b(?:points?|gap|difference|more|less|fewer|higher|lower|above|below|behind|ahead|exceeds?)\b", re.IGNORECASE
)
_OF = re.compile(r"\b(?:out\s+)?of\s+(?:(?:the|its|our|their|all|a|some|total(?:\s+of)?)\s+){0,3}$", re.IGNORECASE)


@dataclass(slots=True)
class Read:
    """A figure of the draft with what it was held against and its verdict so far."""

    figure: Figure
    sentence: str
    held: list[Held]
    finding: Finding
    chosen: Figure | None = None
    claims: list[Claim] = field(default_factory=list)


class Together:
    """Looks at the figures that stand in one sentence, over one state of the corpus; it changes their findings."""

    def __init__(self, holder: Holder, judge: Judge) -> None:
        self._holder = holder
        self._judge = judge

    def recompute(self, reads: list[Read], earlier: list[Read]) -> None:
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

    def _recompute_share(self, share: Read, part: Read, whole: Read) -> None:
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

    def _difference(self, read: Read, reads: list[Read], earlier: list[Read]) -> Finding | None:
        """ "Four percentage points below the county": the difference of two figures of the sources."""
        if not _DIFFERENCE.search(read.sentence) or read.figure.quantity.upper is not None:
            return None
        quantity = read.figure.quantity
        unit = "percent" if quantity.unit == "percentage_points" else quantity.unit
        pool = [r.chosen for r in (*reads, *earlier) if r.chosen is not None and r is not read]
        pool += [h.source for h in read.held if h.fit >= SAME_MEASURE and h.period][:12]
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
                    return self._judge.finding(
                        read.figure, Verdict.SUPPORTED, reply("check.worked_out", working=working), high, working=working,
                        found=printed(value, quantity.unit),
                    )  # fmt: skip
        return None

    def compare(self, reads: list[Read], earlier: list[Read]) -> None:
        """Comparisons in words, held against the figures that they compare."""
        sentence = reads[0].figure.sentence
        for claim in claims(sentence, self._holder.gazetteer):
            area = claim.area or self._holder.area_of_kind(claim.kind or "")
            if area is None:
                continue
            subject = _subject(claim, area, reads, self._holder) or (
                _subject(claim, area, earlier, self._holder) if earlier else None
            )
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
                    if other is subject.chosen or not self._holder.is_of(other, area)
                    else "check.wrong_way"
                )
                why = reply(name, claim=claim.text, text=base, other=shown(other), area=area.name)
                subject.finding = replace(
                    self._judge.finding(subject.figure, Verdict.CONTRADICTED, why, other, found=shown(other)),
                    notes=subject.finding.notes,
                )

    def _goes_that_way(self, claim: Claim, area: Area, subject: Read, reads: list[Read]) -> tuple[bool, Figure] | None:
        """Whether a comparison is right, and the figure that it compares with; None where the sources do not tell."""
        ours = subject.chosen or subject.figure
        beside = [r.chosen for r in reads if r.chosen and r is not subject and self._holder.is_of(r.chosen, area)]
        grouped = [
            h.source for h in subject.held
            if self._holder.is_of(h.source, area) and h.period and h.source.quantity.unit == ours.quantity.unit
            and (h.source.group == ours.group or h.fit >= CLEARLY_SAME or h.source.measure == ours.measure)
        ]  # fmt: skip
        grouped.sort(key=lambda f: f.group != ours.group)
        for other in (*beside, *grouped):
            if other.quantity.unit == ours.quantity.unit and other.quantity.value != ours.quantity.value:
                up = ours.quantity.value > other.quantity.value
                return up == (claim.way == UP), other
        same = [h.source for h in subject.held if h.value.agrees and h.area and h.period and h.fit >= SAME_MEASURE]
        return next((said for source in same if (said := self._said_in_words(claim, area, source))), None)

    def _said_in_words(self, claim: Claim, area: Area, ours: Figure) -> tuple[bool, Figure] | None:
        """What the source itself says beside its figure: "This is higher than national averages"."""
        if ours.location.cell is not None:
            return None
        text = self._holder.generation.documents[ours.location.document].text
        end = text.find("\n\n", ours.location.end)
        for said in claims(text[ours.location.start : end if end >= 0 else len(text)], self._holder.gazetteer):
            if said.area.key == area.key if said.area else said.kind == area.kind:
                return said.way == claim.way, ours
        return None


def _part_and_whole(reads: list[Read], share: Read) -> tuple[Read, Read] | None:
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


def _subject(claim: Claim, area: Area, reads: list[Read], holder: Holder) -> Read | None:
    """The figure that a comparison is made with: the nearest before it that is not the other area's, else after it."""
    own = [r for r in reads if not holder.is_of(r.figure, area)]
    if not own:
        return None
    base = reads[0].figure.location.start
    before = [r for r in own if r.figure.at[0] - base < claim.start]
    return before[-1] if before else own[0]
