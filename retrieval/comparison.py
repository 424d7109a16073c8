"""What a comparison, a sum or a ranking is about: one figure for each thing that the question sets side by side."""

import re
from dataclasses import replace

from corpus.figure import Figure, FigureKind
from corpus.language import sentences
from corpus.period import Period, read_periods
from corpus.thesaurus import Term
from retrieval.decide import ENOUGH_IF_NEAR, Decider
from retrieval.match import Match
from retrieval.question import Question
from retrieval.wording import GROWS, Compares


class Comparison:
    """Finds the operands of what a question wants worked out."""

    def __init__(self, decider: Decider) -> None:
        self.decider = decider
        self.generation = decider.generation
        self.matcher = decider.matcher

    def operands(self, question: Question, fitting: list[Match]) -> tuple[Match, ...]:
        """The figures that a comparison or a sum is about, one for each thing set side by side; empty where not all are found."""
        if question.compares in (Compares.HIGHEST, Compares.LOWEST):
            cells, _ = self.matcher.ranked(question)
            if cells and (not fitting or cells[0].coverage >= fitting[0].coverage - 0.1):
                ordered = sorted(
                    cells, key=lambda m: m.figure.quantity.value, reverse=question.compares is Compares.HIGHEST
                )
                return tuple(ordered[:6])
        best = fitting[0] if fitting else None
        if question.compares in (Compares.WHOLE, Compares.PRODUCT):
            return self._part_and_share(question)
        if question.compares is Compares.COMPLEMENT:
            positive = [
                m for m in fitting if m.figure.quantity.unit == "percent" and not _NEGATED.search(m.figure.measure)
            ]
            return tuple(positive[:1])
        if question.compares is Compares.DIFFERENCE and best and _SAYS_DIFFERENCE.match(_after(best.figure)):
            return ()
        if question.compares is Compares.SHARE and GROWS.search(question.standalone) and self._prints_growth(fitting):
            return ()
        if best and _ITSELF_A_CHANGE.search(best.figure.measure) and not question.against and len(question.areas) < 2:
            return ()  # the source gives the change itself
        parts = self._sides(question)
        ends = next((m for m in fitting if m.figure.baseline), None)
        if not parts and question.compares is Compares.DIFFERENCE and ends is not None:
            return self._both_ends(ends)
        if not parts and question.compares is Compares.SHARE and best and best.figure.quantity.unit.startswith("per_"):
            return (best,)
        able = [self.decider.fitting(part, self.matcher.matches(part)) for part in parts]
        if not parts:
            return self._ranked(question)
        if any(matches and matches[0].gap is not None for matches in able):
            return ()
        able = [[m for m in matches if m.gap is None] for matches in able]
        one_measure = all(part.terms == parts[0].terms for part in parts)
        return self._one_measure(able) if one_measure else self._one_each(able)

    def _prints_growth(self, fitting: list[Match]) -> bool:
        """Whether a source itself gives the change in per cent, so that none needs to be worked out."""
        near = [m for m in fitting if m.figure.quantity.unit == "percent" and m.coverage >= fitting[0].coverage - 0.1]
        return any(GROWS.search(m.figure.measure) for m in near)

    def _one_each(self, able: list[list[Match]]) -> tuple[Match, ...]:
        """The best figure of each side that is not another side's already, in the first one's unit where it can be."""
        found: list[Match] = []
        for matches in able:
            unit = found[0].figure.quantity.unit if found else None
            fresh = [m for m in matches if all(m.figure.id != f.figure.id for f in found)]
            fresh.sort(key=lambda m: m.figure.quantity.unit != unit if unit else False)
            if not fresh:
                return ()
            found.append(fresh[0])
        return tuple(found)

    def _one_measure(self, able: list[list[Match]]) -> tuple[Match, ...]:
        """Of several areas or years, the figures of one measure: unlike measures are never set side by side."""
        best: tuple[float, tuple[Match, ...]] = (0.0, ())
        for lead in able[0][:_TRIED]:
            found = [lead]
            for matches in able[1:]:
                same = [m for m in matches[:_TRIED] if self._comparable(lead.figure, m.figure)]
                if same:
                    found.append(max(same, key=lambda m: self._kinship(lead, m)))
            if len(found) == len(able):
                score = sum(self._kinship(lead, m) for m in found)
                best = max(best, (score, tuple(found)), key=lambda item: item[0])
        return best[1]

    def _kinship(self, lead: Match, match: Match) -> float:
        """How well a figure serves beside the first: how well it fits, and how near its measure and source are."""
        near = lead.figure.location.document == match.figure.location.document
        together = lead.figure.location == match.figure.location  # the source itself sets them side by side
        return match.score + 0.3 * self.decider.alike(lead.figure, match.figure) + 0.1 * near + 0.2 * together

    def _comparable(self, figure: Figure, other: Figure) -> bool:
        """Whether two figures measure one thing, so that they may be set side by side; unlike rates may be, with a caveat."""
        if figure.id == other.id:
            return False
        together = figure.group is not None and figure.group == other.group
        unit, second = figure.quantity.unit, other.quantity.unit
        units = unit == second or (together and unit.startswith("per_") and second.startswith("per_"))
        return units and (together or self.decider.alike(figure, other) >= _ONE_MEASURE)

    def _part_and_share(self, question: Question) -> tuple[Match, ...]:
        """A count and the share that it is, or that is taken of it, as the question names them."""
        stated = {(q.value, q.unit) for q in question.stated}
        loose = replace(question, units=frozenset(), strict=False, periods=())
        able = [m for m in self.matcher.matches(loose) if m.slots_fit and m.coverage >= ENOUGH_IF_NEAR]
        named = [m for m in able if (m.figure.quantity.value, m.figure.quantity.unit) in stated] or able
        share = next((m for m in named if m.figure.quantity.unit == "percent"), None)
        counts = [m for m in named if m.figure.quantity.unit not in ("percent", "percentage_points")]
        together = [m for m in counts if share and m.figure.location == share.figure.location]
        count = next(iter(together or counts), None)
        return (count, share) if count is not None and share is not None else ()

    def _both_ends(self, target: Match) -> tuple[Match, ...]:
        """A target and the baseline that its sentence starts from."""
        for figure in self.generation.figures:
            if figure.location == target.figure.location and figure.quantity.text == target.figure.baseline:
                return (replace(target, figure=figure), target)
        return ()

    def _sides(self, question: Question) -> list[Question]:
        """The questions that a comparison is made of: one an area, a year, or a thing of "A or B", "A and that of B"."""
        areas = list(dict.fromkeys([*question.areas, *question.against]))
        own = self.generation.own_area if self.generation.is_of_one_area else None
        works = question.compares in (Compares.SHARE, Compares.RATIO, Compares.DIFFERENCE)
        units = question.units if not works or question.units == {"gbp"} else frozenset[str]()
        plain = replace(question, compares=None, against=(), units=units, strict=question.strict and not works)
        years = [p for p in question.periods if p.first is not None]
        ends = _ends(years[0]) if len(years) == 1 and years[0].relation == "from-to" else [[y] for y in years]
        over_time = len(ends) >= 2 and ends[0] != ends[1]
        if over_time:
            terms = tuple(t for t in question.terms if not _CHANGING.fullmatch(t.text))
            plain = replace(plain, terms=terms or question.terms)
        if (
            len(areas) == 1
            and not over_time
            and own is not None
            and areas[0].key != own.key
            and (question.against or question.compares not in (Compares.HIGHEST, Compares.LOWEST))
            and (question.against or not _ASKS_CHANGE.search(question.standalone))
        ):
            sides = _alternatives(question)
            if not sides:
                areas = [own, areas[0]]
        if len(areas) >= 2:
            return [replace(plain, areas=(a,)) for a in areas[:4]]
        if over_time:
            return [replace(plain, periods=tuple(end)) for end in ends[:4]]
        return [replace(plain, terms=terms) for terms in _alternatives(question)]

    def _ranked(self, question: Question) -> tuple[Match, ...]:
        """All figures of the measure that a "which is highest" asks about."""
        if question.compares not in (Compares.HIGHEST, Compares.LOWEST) or self._source_ranks(question):
            return ()
        generic = replace(
            question, terms=tuple(t for t in question.terms if t.text.lower() not in _SUBJECTS), compares=None
        )
        fitting = [
            m
            for m in self.matcher.matches(generic, 400)
            if m.coverage >= 0.8 and m.figure.kind is not FigureKind.DEFINITION
        ]
        if not fitting:
            return ()
        unit = fitting[0].figure.quantity.unit
        kept = [m for m in fitting if m.figure.quantity.unit == unit]
        by_area = re.search(
            r"\b(?:which|what)\s+(?:area|district|borough|town|county|place)|\bwhere\b",
            question.standalone,
            re.IGNORECASE,
        )
        if not by_area:
            kept = [m for m in kept if self.matcher.is_own(m.figure)]
        unique: list[Match] = []
        for match in kept:
            if all(
                m.figure.measure != match.figure.measure
                or self.decider.named(m.figure) != self.decider.named(match.figure)
                for m in unique
            ):
                unique.append(match)
        return tuple(unique) if len(unique) >= 2 else ()

    def _source_ranks(self, question: Question) -> bool:
        """Whether a source itself says which is largest, so that nothing needs to be ranked."""
        word = re.search(
            r"\b(?:highest|largest|biggest|greatest|fastest|lowest|smallest|most|least)\b", question.standalone, re.I
        )
        if word is None:
            return False
        for passage in self.generation.passages:
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                if re.search(rf"\b{word[0]}\b", text, re.IGNORECASE) and self.decider.covers(question, text) >= 0.85:
                    return True
        return False


# Figures of each side that are tried, and how much of one measure the other must hold to be the same.
_TRIED = 12
_ONE_MEASURE = 0.6
# "By how much did pay in Anytown change?" sets Anytown beside no other place.
_ASKS_CHANGE = re.compile(r"\bchang(?:e|ed|es)\b|\b(?:go|gone|goes|went)\s+(?:up|down)\b|\bsince\b", re.IGNORECASE)
_ITSELF_A_CHANGE = re.compile(r"\b(?:percentage|annual|year-on-year|%) change\b|\bchange in\b", re.IGNORECASE)
_CHANGING = re.compile(
    r"(?:f[ae]ll|fallen|falling|drop(?:ped)?|r[io]se|risen|rising|gr[eo]w|grown|growth|chang(?:e|ed)|increas(?:e|ed)|decreas(?:e|ed)"
    r"|declin(?:e|ed)|reduc(?:e|ed|tion)|gone|go|went)",
    re.IGNORECASE,
)
_SUBJECTS = frozenset(
    "sector sectors area areas district districts industry industries town towns place places council".split()
)
_NEGATED = re.compile(r"\b(?:no|not|without|lack\w*)\b", re.IGNORECASE)
_SAYS_DIFFERENCE = re.compile(r"\s*(?:more|less|higher|lower|fewer|above|below)\s+than\b", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:or|and|versus|vs\.?|than|compared\s+(?:with|to)|exceed(?:s|ed)?|against)\b", re.IGNORECASE)
_RATIO_JOINT = re.compile(r"\bto\b", re.IGNORECASE)


def _after(figure: Figure) -> str:
    return figure.quote[figure.at[1] - figure.location.start :] if figure.location.cell is None else ""


def _ends(period: Period) -> list[list[Period]]:
    """The two ends of a stretch of time, each as it is written: "between 2021/22 and 2023/24" has 2021/22 and 2023/24."""
    written = [read_periods(part.strip()) for part in _BETWEEN.split(_FROM.sub("", period.text))]
    dated = [[p for p in part if p.first is not None] for part in written]
    if len(dated) == 2 and all(len(part) == 1 for part in dated):
        return dated
    return [read_periods(str(year)) for year in (period.first, period.last)]


_FROM = re.compile(r"^(?:from|between|since|over|in)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:and|to|until)\s+|\s*[–—]\s*|(?<=\d{4})-(?=\d{4})")


def _alternatives(question: Question) -> list[tuple[Term, ...]]:
    """The terms of each side of "A or B", "between A and B": the nearest unlike terms, each with what both share."""
    if question.compares is None:
        return []
    pattern = _RATIO_JOINT if question.compares is Compares.RATIO and not _JOINT.search(question.standalone) else _JOINT
    for joint in reversed(list(pattern.finditer(question.standalone))):
        if any(t.start < joint.start() < t.end for t in question.terms):
            continue
        before = [t for t in question.terms if t.end <= joint.start()]
        after = [t for t in question.terms if t.start >= joint.end()]
        shared = {t.stems for t in before} & {t.stems for t in after}
        left = [t for t in before if t.stems not in shared][-1:]
        right = [t for t in after if t.stems not in shared][:1]
        if left and right:
            common = tuple(t for t in question.terms if t not in left and t not in right)
            return [(*common, *left), (*common, *right)]
    return []
