"""The verdict on a figure of a draft, from the sources' figures that it was held against.

A figure is supported when a source gives its value, in its unit, for what it measures, its area and its period.
It is contradicted when the sources give another value for the same thing, or its value for another area, period or unit.
Otherwise it is not found.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answering.answer import Citation
from answering.cite import citation
from answering.say import bare_period, shown
from briefing.compared import direction
from briefing.held import CLEARLY_SAME, ENOUGH, ENOUGH_IF_TELLING, SAME_MEASURE, Held, Holder
from briefing.values import Agreement
from corpus.figure import Figure, FigureKind
from corpus.quantity import Quantity
from corpus.thesaurus import phrase_stems
from prompts import reply
from retrieval.decide import last_year

_AHEAD = re.compile(
    r"\b(?:will|would|could|aims?|aiming|targets?|goals?|ambitions?|plans?\s+to|planned|wants?\s+to|hopes?\s+to|seeks?\s+to"
    r"|expect(?:s|ed)?|forecast|projected|stands?\s+to|set\s+to|due\s+to|next|to\s+(?:rise|increase|grow|reach|raise|deliver"
    r"|create|build|fall|lose|be))\b",
    re.IGNORECASE,
)
_PREPOSITIONS = frozenset("in by since from between over before after during until within at to on for".split())


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


class Judge:
    """Gives verdicts over one state of the corpus."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder
        self._generation = holder.generation

    def judge(self, figure: Figure, held: Sequence[Held]) -> tuple[Finding, Figure | None]:
        """The verdict on a figure, and the source's figure that supports it.

        held: the sources' figures that share words with it, best measure first (``Holder.held``).
        """
        enough = ENOUGH_IF_TELLING if _telling(figure.quantity) else ENOUGH
        agreeing = [h for h in held if h.value.agrees and h.area and h.period and h.fit >= enough]
        agreeing = [h for h in agreeing if not self._other_way(figure, h.source)]
        rivals = [
            h for h in held
            if h.area and h.period and h.unit and not h.value.agrees and h.fit >= CLEARLY_SAME
            and h.source.kind == figure.kind
        ]  # fmt: skip
        agreeing.sort(
            key=lambda h: (
                -round(h.fit, 1),
                h.value.agreement is not Agreement.SAME,
                self._holder.rank(h.source),
                -h.fit,
            )
        )
        if agreeing and (today := self._today(figure, agreeing, held)) is not None:
            why = reply("check.only_target", text=shown(agreeing[0].source), now=shown(today))
            return self.finding(figure, Verdict.CONTRADICTED, why, today, found=shown(today)), None
        if agreeing and not (rivals and rivals[0].fit > agreeing[0].fit + 0.3):
            best = agreeing[0]
            return self._supported(figure, best, held), best.source
        near = [h for h in held if h.fit >= SAME_MEASURE or (h.value.agrees and h.fit >= enough)]
        if not near:
            return self.finding(figure, Verdict.NOT_FOUND, reply("check.not_found")), None
        near.sort(key=lambda h: (-h.slots - (2 if h.value.agrees else 0) - 4 * h.fit, self._holder.rank(h.source)))
        best = near[0]
        right = next(
            (h for h in held if h.area and h.period and h.unit and h.fit >= max(SAME_MEASURE, best.fit - 0.2)), None
        )
        return self._contradicted(figure, best, right), None

    def _today(self, figure: Figure, agreeing: Sequence[Held], held: Sequence[Held]) -> Figure | None:
        """Where things stand, for a target that a draft gives as what is so already; None where it does not."""
        near = [h for h in agreeing if h.fit >= agreeing[0].fit - 0.3]
        if any(h.source.kind is not FigureKind.TARGET for h in near):
            return None
        ahead = (
            figure.kind in (FigureKind.TARGET, FigureKind.FORECAST) or figure.baseline or _AHEAD.search(figure.sentence)
        )
        if ahead:
            return None
        now = [h for h in held if h.source.kind is FigureKind.BASELINE and h.area and h.unit and h.fit >= CLEARLY_SAME]
        target = set(phrase_stems(agreeing[0].source.measure))
        now = [h for h in now if len(target & set(phrase_stems(h.source.measure))) >= 0.35 * len(target)]
        return now[0].source if now and not now[0].value.agrees else None

    def _other_way(self, figure: Figure, source: Figure) -> bool:
        """ "Rose by 22%" where the source speaks of a fall."""
        ours = direction(f"{figure.clause} {figure.measure}")
        theirs = -1 if source.quantity.value < 0 else direction(f"{source.clause} {source.measure} {source.stem or ''}")
        return ours is not None and theirs is not None and ours != theirs

    def _supported(self, figure: Figure, held: Held, others: Sequence[Held]) -> Finding:
        says = reply("check.supported") if held.value.agreement is Agreement.SAME else (held.value.note or "")
        notes = [n for n in held.notes if n != says]
        if not (figure.kind in (FigureKind.TARGET, FigureKind.FORECAST) or _AHEAD.search(figure.sentence)):
            if held.source.kind is FigureKind.FORECAST:
                notes.append(reply("check.forecast"))
            if held.source.kind is FigureKind.TARGET:
                notes.append(reply("check.target"))
        if (later := _later(held.source, others)) is not None and not figure.period:
            notes.append(reply("check.later", text=shown(later), period=later.period))
        return self.finding(figure, Verdict.SUPPORTED, says, held.source, notes=notes)

    def _contradicted(self, figure: Figure, best: Held, right: Held | None) -> Finding:
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
                return self.finding(
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
                return self.finding(figure, Verdict.NOT_FOUND, reply("check.not_for_area", area=figure.area), source)
            return self.finding(
                figure,
                Verdict.NOT_FOUND,
                reply("check.not_for_period", period=bare_period(figure.period or "")),
                source,
            )
        else:
            why = reply("check.other_value", text=shown(source), draft=text)
        return self.finding(figure, Verdict.CONTRADICTED, why, source, found=shown(source))

    def finding(
        self, figure: Figure, verdict: Verdict, why: str, source: Figure | None = None, *, found: str | None = None,
        notes: Iterable[str] = (), working: str | None = None,
    ) -> Finding:  # fmt: skip
        cited = None
        if source is not None:
            document = self._generation.documents[source.location.document]
            cited = citation(1, document, source.location, source.quote, source.source, (source.at,))
        return Finding(
            " ".join(figure.quantity.text.split()), figure.sentence, *figure.at, verdict, why,
            found or (shown(source) if source is not None and verdict is Verdict.SUPPORTED else None),
            cited, tuple(dict.fromkeys(notes)), working, figure.measure, figure.area, figure.period,
        )  # fmt: skip


def _later(source: Figure, held: Sequence[Held]) -> Figure | None:
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


def _telling(quantity: Quantity) -> bool:
    """Whether a value is unlikely to be met by chance: three significant digits or more."""
    return len(re.sub(r"\D", "", f"{quantity.value.normalize():f}").strip("0")) >= 3


def _when(period: str) -> str:
    """A period behind a verb: "for 2020", "by 2050"."""
    first = period.split()[0].lower()
    return f"{first}{period[len(first) :]}" if first in _PREPOSITIONS else f"for {period}"
