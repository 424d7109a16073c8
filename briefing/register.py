"""The commitments register: what plans commit to, with organisations under one name, figures, dates, and what has come of targets.

What a plan leaves out is shown as missing, never filled in. The latest figure is always a published table's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from answering.say import shown
from briefing.latest import Latest
from briefing.organisations import Organisations
from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.period import read_periods
from corpus.quantity import read_quantities
from corpus.thesaurus import phrase_stems
from prompts import reply


class UnknownName(Exception):
    """A theme or an organisation that the sources do not have; the message lists those that they have."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is to be reached.

    baseline: where it starts from, as printed; None where the plan does not say. due: as printed.
    latest: the latest figure of a published table that measures the same. earlier: the table's figure for the time of the plan,
    where the plan states no baseline. moved: in words, whether it has moved towards the target.
    """

    figure: Figure
    baseline: str | None
    due: str | None
    latest: Figure | None
    earlier: Figure | None
    moved: str


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment of the register.

    role: what the partner that was asked for is to it ("lead", "support", "named"); None where none was asked for.
    missing: what the plan does not state: for its theme, and for the commitment itself.
    """

    commitment: Commitment
    theme: str
    lead: str | None
    partners: tuple[str, ...]
    figures: tuple[Figure, ...]
    targets: tuple[Target, ...]
    missing: tuple[str, ...]
    year: int | None
    role: str | None = None


class Register:
    """The commitments of one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        named = [name for c in generation.commitments for name in (*c.partners, *([c.lead] if c.lead else ()))]
        texts = [d.text for d in generation.documents.values() if not d.is_table]
        publishers = [d.publisher for d in generation.documents.values() if d.publisher]
        self.organisations = Organisations(named, [*publishers, *texts])
        self._figures = {f.id: f for f in generation.figures}
        self._latest: Latest | None = None
        self._rows: list[Row] | None = None

    def rows(self) -> list[Row]:
        """Every commitment, in the sources' order."""
        if self._rows is None:
            self._rows = [self._row(c) for c in self.generation.commitments]
        return self._rows

    def chosen(
        self, *, theme: str | None = None, partner: str | None = None, kind: str | None = None, due: str | None = None,
        targets: bool = False,
    ) -> list[Row]:  # fmt: skip
        """The rows that fit every filter. due: a year, for what is due by then. Raises UnknownName."""
        rows = self.rows()
        if theme is not None:
            rows = [r for r in rows if self._of_theme(r, theme)]
            if not rows and not any(self._themed(t, theme) for t in self.generation.themes):
                raise UnknownName(reply("register.no_theme", theme=theme, themes="; ".join(self.themes()) or "none"))
        if partner is not None:
            name = self.organisations.find(partner)
            if name is None:
                known = "; ".join(self.organisations.known()) or "none"
                raise UnknownName(reply("register.no_partner", partner=partner, partners=known))
            rows = [found for r in rows if (found := self._for_partner(r, name)) is not None]
        if kind is not None:
            rows = [r for r in rows if r.commitment.kind.value == kind]
        if due is not None:
            rows = sorted((r for r in rows if r.year is not None and r.year <= int(due)), key=lambda r: r.year or 0)
        return [r for r in rows if r.targets] if targets else rows

    def themes(self) -> list[str]:
        """The themes, and for what stands outside them the headings, in the sources' order."""
        named = [t.heading for t in self.generation.themes]
        return list(dict.fromkeys([*named, *(r.theme for r in self.rows() if r.theme)]))

    def years(self) -> list[int]:
        """The years in which something is due."""
        return sorted({r.year for r in self.rows() if r.year is not None})

    # ---- one row ----

    def _row(self, c: Commitment) -> Row:
        figures = tuple(self._figures[i] for i in c.figures if i in self._figures)
        partners = tuple(dict.fromkeys(self.organisations.name(p) for p in self._partners(c)))
        targets = tuple(self._target(f, c) for f in figures if f.kind is FigureKind.TARGET)
        heading = next((t.heading for t in self.generation.themes if _same_theme(c, t)), c.theme)
        lead = self.organisations.name(c.lead) if c.lead else None
        return Row(
            c,
            heading or reply("register.elsewhere"),
            lead,
            partners,
            figures,
            targets,
            self._missing(c, targets),
            self._year(c),
        )

    def _partners(self, c: Commitment) -> Sequence[str]:
        """Who supports a commitment: those named for it, else those named for its theme."""
        if c.partners:
            return c.partners
        return [
            p for other in self.generation.commitments
            if other.kind is CommitmentKind.SUPPORT and other.theme is not None and c.theme_number is not None
            and (other.location.document, other.theme) == (c.location.document, c.theme)
            for p in other.partners
        ]  # fmt: skip

    def _missing(self, c: Commitment, targets: Sequence[Target]) -> tuple[str, ...]:
        lacks = list(c.missing)
        if c.kind is CommitmentKind.OUTPUT:
            blank = _BLANK.search(c.text) is not None
            if blank or (targets and not any(t.baseline for t in targets)):
                lacks.append("baseline")
            if blank:
                lacks.append("target")
            if c.due is None:
                lacks.append("due")
        return tuple(dict.fromkeys(lacks))

    def _year(self, c: Commitment) -> int | None:
        """The year by which it is due: stated, or so many years after the document's date."""
        periods = read_periods(c.due or "")
        date = self.generation.documents[c.location.document].date
        for period in reversed(periods):
            if period.last or period.first:
                return period.last or period.first
            if period.years and date and date[:4].isdigit():
                return int(date[:4]) + period.years
        return None

    def _target(self, figure: Figure, c: Commitment) -> Target:
        if self._latest is None:
            self._latest = Latest(self.generation)
        latest = self._latest.of(figure)
        baseline = figure.baseline or self._stated_baseline(figure)
        earlier = self._latest.earlier(figure, latest) if latest is not None and baseline is None else None
        return Target(
            figure, baseline, figure.period or c.due, latest, earlier, _moved(figure, baseline, earlier, latest)
        )

    def _stated_baseline(self, target: Figure) -> str | None:
        """Where a target's measure stands, by the same document."""
        wanted = set(phrase_stems(target.measure)) - _LIGHT
        for f in self.generation.figures:
            same = f.location.document == target.location.document and f.quantity.unit == target.quantity.unit
            if same and f.kind is FigureKind.BASELINE and f.area == target.area and f.id != target.id:
                held = set(phrase_stems(f.measure)) - _LIGHT
                if len(wanted & held) >= 2 and len(wanted & held) >= 0.6 * len(wanted):
                    return shown(f)
        return None

    # ---- filters ----

    def _of_theme(self, row: Row, wanted: str) -> bool:
        number = row.commitment.theme_number
        return wanted.strip() == str(number) or wanted.strip().lower() in row.theme.lower()

    def _themed(self, theme: Theme, wanted: str) -> bool:
        return wanted.strip() == str(theme.number) or wanted.strip().lower() in theme.heading.lower()

    def _for_partner(self, row: Row, name: str) -> Row | None:
        """The row with what the partner is to it; None where the partner is nothing to it."""
        c = row.commitment
        role = "lead" if row.lead == name else "support" if name in row.partners else None
        if c.kind is CommitmentKind.LEAD and name not in row.partners and row.lead != name:
            role = None
        if c.kind is CommitmentKind.SUPPORT:
            role = "support" if name in [self.organisations.name(p) for p in c.partners] else None
        if c.kind is CommitmentKind.LEAD:
            role = "lead" if name in [self.organisations.name(p) for p in c.partners] or row.lead == name else None
        if c.kind is CommitmentKind.ISSUE:
            role = None
        if role is None and c.kind not in (CommitmentKind.LEAD, CommitmentKind.SUPPORT):
            names = [re.escape(n) for n in self.organisations.names_of(name)]
            role = "named" if re.search(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", c.text) else None
        if role is None:
            return None
        return Row(c, row.theme, row.lead, row.partners, row.figures, row.targets, row.missing, row.year, role)


_LIGHT = frozenset("averag number total rate level figur share proport increas high low at a".split())
_BLANK = re.compile(r"\b(?:from|to|of)\s+[xX]{1,3}(?=[\s.,;(]|$)|\bTB[CAD]\b")


def _same_theme(c: Commitment, theme: Theme) -> bool:
    return c.location.document == theme.document and (c.theme_number, c.theme) == (theme.number, theme.name)


def _moved(target: Figure, baseline: str | None, earlier: Figure | None, latest: Figure | None) -> str:
    """Whether a measure has moved towards its target, in words."""
    if latest is None:
        return reply("register.no_evidence")
    start = earlier.quantity.value if earlier is not None else _value(baseline, target)
    goal, now = target.quantity.value, latest.quantity.value
    if (now >= goal) if start is None or goal >= start else (now <= goal):
        return reply("register.reached")
    if start is None or start == goal:
        return reply("register.no_start")
    if now == start:
        return reply("register.unchanged")
    return reply("register.towards" if (now > start) == (goal > start) else "register.away")


def _value(printed: str | None, target: Figure) -> Decimal | None:
    found = [q for q in read_quantities(printed or "") if q.unit == target.quantity.unit]
    return found[0].value if found else None
