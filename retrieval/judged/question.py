"""What a question asks for: areas, periods, unit, codes and the kind of answer. Read once, here, and nowhere else.

What it asks *about* is not read at all: the judge reads question and statement together. A follow-up keeps the turn
before it; its own areas and periods count, and those of the turn before where it names none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.areas import Area
from corpus.index import Generation
from corpus.language import STOPWORDS, words
from corpus.period import Period, read_periods
from retrieval.judged.kind import Kind, probabilities
from retrieval.judged.wording import A_RATE, HOW_MANY, IN_A_PLACE, PER_CENT, SORTS_OF_AREA

_LEANS = re.compile(
    r"^\s*(?:and|or|but|so|what about|how about|why|same|no|ok|also)\b|\b(?:it|that|this|they|them|those|these|there|its|their)\b",
    re.IGNORECASE,
)
_SHORT = 5  # words: a turn this short leans on the one before it


@dataclass(frozen=True, slots=True)
class Question:
    """A chat turn with the turn before it, and what it asks for.

    before: the question that this one leans on; None where it stands alone. kind: the kind of answer that it wants,
    certain: how likely that is. figure: how likely a figure is wanted.
    areas: places named, in order. unknown_area: a name in a place's position that no source knows.
    units: the units that would answer; empty where any would. codes: codes named ("nvq4").
    """

    text: str
    before: str | None = None
    kind: Kind = Kind.WORDS
    certain: float = 1.0
    figure: float = 1.0
    areas: tuple[Area, ...] = ()
    unknown_area: str | None = None
    periods: tuple[Period, ...] = ()
    units: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    @property
    def standalone(self) -> str:
        """The question with the one that it leans on."""
        return f"{self.before} > {self.text}" if self.before else self.text


PERCENTS = frozenset({"percent", "percentage_points"})
NO_COUNTS = frozenset({"percent", "percentage_points", "gbp"})


class Reader:
    """Reads questions against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation

    def read(self, text: str, history: Sequence[str] = ()) -> Question:
        """The question of ``text``; ``history`` holds the earlier questions, oldest first."""
        before = history[-1] if history and _leans(text) else None
        if before is not None and len(history) > 1 and _leans(before):
            before = f"{history[-2]} > {before}"
        areas, periods = self._areas(text), _periods(text)
        unknown = self._unknown_area(text) if not areas else None
        if before is not None:
            areas = areas or (() if unknown else self._areas(before))
            periods = periods or _periods(before)
        kinds = probabilities(f"{before} > {text}" if before else text)
        kind = max(kinds, key=lambda k: kinds[k])
        return Question(
            text=text,
            before=before,
            kind=kind,
            certain=kinds[kind],
            figure=kinds[Kind.FIGURE],
            areas=areas,
            unknown_area=unknown,
            periods=periods,
            units=_units(text) or (_units(before) if before else frozenset()),
            codes=codes_of(text) or (codes_of(before) if before else frozenset()),
        )

    def _areas(self, text: str) -> tuple[Area, ...]:
        """The places named; "the county" and "nationally" mean those that the sources name most."""
        gazetteer = self.generation.gazetteer
        named = gazetteer.find(text, any_case=True)
        areas = [
            m.area for m in named if text[m.start : m.end].casefold() not in STOPWORDS
        ]  # "By how much" is no place
        for pattern, kind in SORTS_OF_AREA:
            if not areas and pattern.search(text) and (found := self._named_most(kind)) is not None:
                areas.append(found)
        return tuple(dict.fromkeys(areas))

    def _named_most(self, kind: str) -> Area | None:
        gazetteer = self.generation.gazetteer
        named = [gazetteer.named(f.area) for f in self.generation.figures if f.area]
        fitting = [a for a in named if a.kind == kind] or [a for a in named if kind == "country" and a.kind == "nation"]
        return max(fitting, key=fitting.count) if fitting else None

    def _unknown_area(self, text: str) -> str | None:
        """A capitalised name in a place's position that stands in no source: an area nobody wrote about."""
        for match in IN_A_PLACE.finditer(text):
            name = match[1]
            pattern = re.compile(rf"\b{re.escape(name)}\b".replace("\\ ", r"\s+"), re.IGNORECASE)
            if not any(pattern.search(d.text) or pattern.search(d.title) for d in self.generation.documents.values()):
                return str(name)
        return None


def _units(text: str) -> frozenset[str]:
    """The units that would answer, where a question says so."""
    if PER_CENT.search(text):
        return frozenset({"percent"})
    return frozenset({"count"}) if HOW_MANY.search(text) and not A_RATE.search(text) else frozenset()


def _leans(text: str) -> bool:
    """Whether a turn cannot stand alone: it opens with "And …", points back, or is very short."""
    return len(text.split()) <= _SHORT or _LEANS.search(text) is not None


def _periods(text: str) -> tuple[Period, ...]:
    return tuple(p for p in read_periods(text) if p.relation != "each" and (p.first or p.last))


_CODE = re.compile(r"[a-z]{2,6}\d{1,3}[a-z]?")


def codes_of(text: str) -> frozenset[str]:
    """Codes such as NVQ4, KS2 or H1, in small letters without spaces."""
    return frozenset(w.stem for w in words(text) if _CODE.fullmatch(w.stem) and any(c.isupper() for c in w.text))


def other_codes(asked: Iterable[str], said: Iterable[str]) -> bool:
    """Whether codes of one series are asked for and said, and none is the same: NVQ4 asked for, NVQ3 said."""
    asked, said = set(asked), set(said)
    letters = {re.sub(r"\d.*", "", c) for c in asked}
    of_series = {c for c in said if re.sub(r"\d.*", "", c) in letters}
    return bool(of_series) and not of_series & asked
