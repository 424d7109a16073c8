"""What a question asks for: measure, areas, period, unit, theme, and the kind of answer it wants."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.areas import Area, Mention, areas_within
from corpus.commitment import CommitmentKind, Theme
from corpus.index import Generation
from corpus.language import stem
from corpus.period import Period, read_periods
from corpus.quantity import Quantity, read_quantities
from corpus.table import Table
from corpus.thesaurus import Term, Thesaurus, abbreviations, known_words
from retrieval.expects import CONTACT, Expects, expects
from retrieval.spelling import Speller
from retrieval.wording import (
    AGAINST,
    ASKING,
    CALLED_THEME,
    COMPARES,
    COMPARES_WITH,
    DEFINITION,
    DOCUMENT,
    FIGURE,
    IN_A_PLACE,
    INVOLVED,
    ITSELF,
    LEAD,
    LISTS,
    LIVES_OR_WORKS_THERE,
    NAMES_A_PAPER,
    NARROWING,
    PART_OF_A_SCALE,
    PART_OF_WHAT,
    PARTS,
    POINT_OF_A_SPREAD,
    SORTS_OF_AREA,
    SUPPORT,
    THEME_REFERENCE,
    THEMES,
    UNITS,
    WEAK,
    WHAT_IS_IT,
    WHAT_IT_MEANS,
    WHEN,
    Compares,
)


class Asks(StrEnum):
    """The kind of answer that a question wants."""

    FIGURE = "figure"
    WHEN = "when"
    LEAD = "lead"
    SUPPORT = "support"
    THEME = "theme"
    THEMES = "themes"
    DEFINITION = "definition"
    DOCUMENT = "document"
    ITSELF = "itself"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A chat turn made standalone, with what it asks for.

    terms: what is asked about, in the question's order. light: words of asking ("report", "largest"), which a sentence
        that answers may share. expects: the kind of words that would answer. weak: words such as "rate" that only lean one way.
    areas: places named; against: places named only to compare with ("than in England"); unknown_area: a capitalised
        name after "in" that no source knows.
    units: the units that would answer ("how many": count); empty where any would. strict: no other unit will do.
    theme_number: the number asked for, also when there is no such theme.
    parts: for a theme, the parts asked for (outputs, activities); empty for all.
    papers: the tables that the question names by their title ("according to UK Business Counts"), by path; empty for all.
    stated: figures that the question itself states. several: a list is asked for ("which companies").
    """

    text: str
    standalone: str
    asks: Asks
    terms: tuple[Term, ...]
    light: tuple[Term, ...] = ()
    expects: Expects | None = None
    weak: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    against: tuple[Area, ...] = ()
    unknown_area: str | None = None
    periods: tuple[Period, ...] = ()
    units: frozenset[str] = frozenset()
    strict: bool = False
    theme: Theme | None = None
    theme_number: int | None = None
    parts: tuple[CommitmentKind, ...] = ()
    stated: tuple[Quantity, ...] = ()
    compares: Compares | None = None
    several: bool = False
    papers: frozenset[str] = frozenset()
    wants_figure: bool = False


NUMBER_WORDS = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}


# A percentage, a sum, or a number with decimals or thousands is a premise of the question, not a thing measured.
_NUMERAL = re.compile(r"[\d.,]+")
_DECIMAL = re.compile(r"\d+[.,]\d[\d.,]*")


class Parser:
    """Reads standalone questions against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        texts = [d.text for d in generation.documents.values() if not d.is_table]
        publishers = [d.publisher for d in generation.documents.values() if d.publisher]
        self.thesaurus = Thesaurus(abbreviations([*texts, *publishers]))
        places = [name for r in generation.records for name in r.places]
        places += [name for table in generation.tables for name in dict.fromkeys(table.rows.areas) if name]
        self._titles = _titles_of_tables(generation)
        self._tables = _words_of_tables(generation.tables)
        also = sorted(known_words()) + [r.measure for r in generation.figures] + sorted(ASKING) + places + self._tables
        self.speller = Speller([*texts, *generation.gazetteer.names], also)

    def parse(self, standalone: str, text: str | None = None) -> Question:
        """What a question that stands alone asks for; ``text`` is what was typed."""
        typed = standalone if text is None else text
        standalone = self.speller.mend(standalone)
        paper, papers = self._papers(standalone)
        mentions = [
            m
            for m in self.generation.gazetteer.find(standalone, any_case=True)
            if paper is None or m.end <= paper[0] or m.start >= paper[1]
        ]
        periods = [p for p in read_periods(standalone) if p.relation != "each"]
        theme_ref = THEME_REFERENCE.search(standalone)
        number = _number(theme_ref[2]) if theme_ref else None
        hidden = [(m.start, m.end) for m in mentions] + [(p.start, p.end) for p in periods]
        hidden += [paper] if paper is not None else []
        masked = standalone
        for start, end in [*hidden, *([theme_ref.span()] if theme_ref else [])]:
            masked = masked[:start] + " " * (end - start) + masked[end:]
        masked = LIVES_OR_WORKS_THERE.sub(
            lambda m: f" {'workplace' if m['work'] or m['jobs'] else 'residents'} ".ljust(len(m[0])), masked
        )
        areas, against = self._areas(standalone, mentions)
        unknown = None if mentions else self._unknown_area(masked)
        said = POINT_OF_A_SPREAD.sub(" ", standalone)
        units, strict = next(((u, s) for p, u, s in UNITS if p.search(said)), (frozenset[str](), False))
        asking = ASKING - {word for word, narrows in NARROWING if narrows.search(masked)}
        skip = asking | (frozenset(unknown.lower().split()) if unknown else frozenset())
        theme = self._theme(number, standalone)
        compares = next((c for pattern, c in COMPARES if pattern.search(standalone)), None)
        asks = self._asks(standalone, theme, number, units)
        stated = tuple(read_quantities(masked)) if re.search(r"\d", masked) else ()
        premises = [q for q in stated if q.unit != "count" or _DECIMAL.search(q.text)]
        terms = tuple(
            t
            for t in self.thesaurus.terms(masked, skip)
            if not (_NUMERAL.fullmatch(t.text) and any(q.start <= t.start < q.end for q in premises))
        )
        lists = LISTS.search(standalone) is not None
        expected = expects(standalone)
        if expected in CONTACT:
            asks, units, strict = Asks.TEXT, frozenset(), False
        light = tuple(
            t for t in self.thesaurus.terms(masked) if not any(t.start < o.end and o.start < t.end for o in terms)
        )
        return Question(
            text=typed,
            standalone=standalone.strip(),
            asks=asks,
            terms=terms,
            light=light,
            expects=expected,
            weak=tuple(stem(w) for w in re.findall(r"[A-Za-z]+", masked) if w.lower() in WEAK),
            areas=areas,
            against=against,
            unknown_area=unknown,
            periods=tuple(periods),
            units=units,
            strict=strict,
            theme=theme,
            theme_number=number,
            parts=self._parts(standalone, asks),
            stated=stated,
            compares=compares,
            several=lists,
            papers=papers,
            wants_figure=expected not in CONTACT
            and WHAT_IT_MEANS.search(standalone) is None
            and bool(FIGURE.search(standalone) or (units and not lists) or (stated and not lists)),
        )

    def _papers(self, text: str) -> tuple[tuple[int, int] | None, frozenset[str]]:
        """Where a question names published tables by their title as a name, and the paths of those tables."""
        for name, paths in self._titles.items():
            match = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
            if match is not None and sum(w[0].isupper() for w in match[0].split()) >= 2:
                return match.span(), paths
        return None, frozenset()

    def _areas(self, text: str, mentions: list[Mention]) -> tuple[tuple[Area, ...], tuple[Area, ...]]:
        """Areas asked for, and areas only compared with; "the county" and "national" mean those the sources name."""
        mentions = [m for m in mentions if not PART_OF_A_SCALE.search(text[: m.start])]
        papers = [m for m in mentions if NAMES_A_PAPER.match(text[m.end :])]
        if 0 < len(papers) < len(mentions):
            mentions = [m for m in mentions if m not in papers]
        compared = [m for m in mentions if AGAINST.search(text[: m.start])]
        areas = [m.area for m in mentions if m not in compared]
        against = [m.area for m in compared]
        if not areas and not COMPARES_WITH.search(text):
            areas, against = against, []  # "how many of the firms born in Anytown" compares with nothing
        for pattern, kind in SORTS_OF_AREA:
            match = pattern.search(text)
            found = self._named_most(kind) if match and not mentions else None
            if match and found is not None:
                (against if AGAINST.search(text[: match.start()]) else areas).append(found)
        return tuple(dict.fromkeys(areas)), tuple(dict.fromkeys(against))

    def _named_most(self, kind: str) -> Area | None:
        """The area of a kind that most figures are for; what a source calls national comes before any country."""
        gazetteer = self.generation.gazetteer
        named = [gazetteer.named(f.area) for f in self.generation.figures if f.area]
        national = [a for a in named if kind == "country" and a.kind == "nation"]
        fitting = national or [a for a in named if a.kind == kind]
        return max(fitting, key=fitting.count) if fitting else self._around(kind)

    def _around(self, kind: str) -> Area | None:
        """The county or the country that the corpus's own area lies in, as the published list has it."""
        gazetteer = self.generation.gazetteer
        own = self.generation.own_area
        if not self.generation.tables or own is None:
            return None
        around = [gazetteer.named(whole) for whole, parts in areas_within().items() if own.key in parts]
        around += [gazetteer.named("England")] if around else []
        return next((a for a in around if a.kind == kind), None)

    def _unknown_area(self, masked: str) -> str | None:
        """A capitalised name in a place's position that stands in no source: an area nobody wrote about."""
        texts = [r.document.text for r in self.generation.records if not r.blocks] + self._tables
        for match in IN_A_PLACE.finditer(masked):
            name = match[1]
            pattern = re.compile(rf"\b{re.escape(name)}\b".replace("\\ ", r"\s+"), re.IGNORECASE)
            if not any(pattern.search(text) for text in texts):
                return str(name)
        return None

    def _theme(self, number: int | None, standalone: str) -> Theme | None:
        """The theme that a question names by its number or by the words of its name."""
        themes = self.generation.themes
        if number is not None:
            return self._numbered(number, standalone)
        asked = [stem(w) for w in re.findall(r"[a-z]{3,}", standalone.lower())]
        names = {
            t: [stem(w) for w in re.findall(r"[a-z]{3,}", t.name.lower()) if w not in ("and", "the", "for")]
            for t in themes
        }
        if (part := PART_OF_WHAT.search(standalone)) is not None:
            of = {t.stems[0] for t in self.thesaurus.terms(part[1], ASKING) if len(t.stems) == 1}
            meant = [t for t in themes if of and of <= set(names[t])]
            if len(meant) == 1:
                return meant[0]
        called = CALLED_THEME.search(standalone)
        if called:
            words = {stem(w) for w in re.findall(r"[a-z]{4,}", called[1].lower())}
            near = sorted(themes, key=lambda t: -len(words & set(names[t])))
            if near and words & set(names[near[0]]):
                return near[0]
        best: tuple[float, Theme] | None = None
        for theme, name in names.items():
            shared = sum(w in asked for w in name)
            whole = f" {' '.join(name)} " in f" {' '.join(asked)} "
            if name and (whole or shared == len(name) or (shared >= 3 and shared / len(name) >= 0.6)):
                score = shared / len(name) + shared / 10
                if best is None or score > best[0]:
                    best = (score, theme)
        return best[1] if best else None

    def _numbered(self, number: int, standalone: str) -> Theme | None:
        """The theme of that number; of several plans' themes, the one whose name or whose plan's area is named as well."""
        said = standalone.lower()
        areas = {path: area.name.lower() for path, area in self.generation.own_areas.items()}
        found = [t for t in self.generation.themes if t.number == number]
        return max(
            found, key=lambda t: (t.name.lower() in said, areas.get(t.location.document, "\0") in said), default=None
        )

    def _parts(self, text: str, asks: Asks) -> tuple[CommitmentKind, ...]:
        """The parts of a theme that are asked for."""
        if asks in (Asks.LEAD, Asks.SUPPORT):
            if INVOLVED.search(text):
                return (CommitmentKind.LEAD, CommitmentKind.SUPPORT)
            roles = ((LEAD, CommitmentKind.LEAD), (SUPPORT, CommitmentKind.SUPPORT))
            return tuple(kind for pattern, kind in roles if pattern.search(text))
        return tuple(kind for pattern, kind in PARTS if pattern.search(text))

    def _asks(self, text: str, theme: Theme | None, number: int | None, units: frozenset[str]) -> Asks:
        named = theme is not None or number is not None
        if ITSELF.search(text):
            return Asks.ITSELF
        if DOCUMENT.search(text) and not named:
            return Asks.DOCUMENT
        if self.generation.themes and LEAD.search(text):
            return Asks.LEAD
        if self.generation.themes and SUPPORT.search(text) and not re.search(r"\bhow\s+(?:many|much)\b", text, re.I):
            return Asks.SUPPORT
        if THEMES.search(text) and not named:
            return Asks.THEMES
        defines = DEFINITION.search(text) or (WHAT_IS_IT.search(text) and not FIGURE.search(text))
        if defines and not named and not re.match(r"\s*how\b", text, re.IGNORECASE):
            return Asks.DEFINITION
        if WHEN.search(text):
            return Asks.WHEN
        parts = any(pattern.search(text) for pattern, _ in PARTS)
        asked = re.search(
            r"\b(?:contain|about|include|cover|involve|summar|what\s+is|describe|tell|outline|explain|promise|commit|propose|what\s+does)",
            text,
            re.I,
        )
        if named and parts and not re.search(r"\bhow\s+(?:many|much)\b", text, re.I) and self._only_theme(text, theme):
            return Asks.THEME
        if FIGURE.search(text) or units:
            return Asks.FIGURE
        if named and asked and self._only_theme(text, theme):
            return Asks.THEME
        return Asks.TEXT

    def _only_theme(self, text: str, theme: Theme | None) -> bool:
        """Whether little is asked beyond the theme: otherwise a sentence or a figure of it is wanted, not all of it."""
        named = {stem(w) for w in re.findall(r"[a-z]{3,}", theme.name.lower())} if theme else set()
        left = [
            t
            for t in self.thesaurus.terms(THEME_REFERENCE.sub(" ", text), ASKING)
            if not set(t.stems) <= named | _PART_STEMS
        ]
        return len(left) <= 1


_PART_STEMS = frozenset(
    stem(w)
    for w in "activities outputs outcomes issues problems challenges actions projects done theme numeric".split()
)


def _titles_of_tables(generation: Generation) -> dict[str, frozenset[str]]:
    """What published tables are called, the longest first: their titles' first parts, of two words and more."""
    found: dict[str, set[str]] = {}
    for record in generation.records:
        for title in (
            (record.document.title, *(t for table in record.blocks for t in table.titles)) if record.blocks else ()
        ):
            name = re.split(r"\s+[-–—]\s+|[:(,;]", title)[0].strip()
            if 2 <= len(name.split()) <= 6:
                found.setdefault(name, set()).add(record.document.path)
    return {name: frozenset(found[name]) for name in sorted(found, key=len, reverse=True)}


def _words_of_tables(tables: Iterable[Table]) -> list[str]:
    """What the tables' titles, headers and row labels say, each once."""
    found: dict[str, None] = {}
    for table in tables:
        for text in (table.name, *table.titles, *(c.measure for c in table.columns), *dict.fromkeys(table.rows.labels)):
            found.setdefault(text)
    return [text for text in found if text]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS[text.lower()]
