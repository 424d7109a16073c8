"""What a question asks for: measure, areas, period, unit, theme, organisation, and the kind of answer it wants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.areas import Area
from corpus.commitment import CommitmentKind, Theme
from corpus.index import Generation
from corpus.language import stem
from corpus.period import Period, read_periods
from corpus.quantity import Quantity, read_quantities
from corpus.thesaurus import Term, Thesaurus, abbreviations


class Asks(StrEnum):
    """The kind of answer that a question wants."""

    FIGURE = "figure"
    LEAD = "lead"
    SUPPORT = "support"
    THEME = "theme"
    THEMES = "themes"
    DEFINITION = "definition"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A chat turn made standalone, with what it asks for.

    terms: what is asked about, in the question's order. weak: words such as "rate" that only lean one way.
    areas: places named; against: places named only to compare with ("than in England"); unknown_area: a capitalised name after "in" that no source knows.
    units: the units that would answer ("how many": count); empty where any would.
    parts: for a theme, the parts asked for (outputs, activities); empty for all.
    theme_number: the number asked for, also when there is no such theme.
    """

    text: str
    standalone: str
    asks: Asks
    terms: tuple[Term, ...]
    weak: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    against: tuple[Area, ...] = ()
    unknown_area: str | None = None
    periods: tuple[Period, ...] = ()
    units: frozenset[str] = frozenset()
    theme: Theme | None = None
    theme_number: int | None = None
    parts: tuple[CommitmentKind, ...] = ()
    organisation: str | None = None
    stated: tuple[Quantity, ...] = ()
    wants_figure: bool = False


# Words of asking: they shape the answer and name nothing that is measured.
_ASKING = frozenset(
    """share percentage percent proportion number amount figure figures total value many much rate level average mean
    figure statistic data stat stats information detail details plan document report strategy council's according state
    stated mention mentioned describe explain list name compare compared comparison difference currently current latest
    recent know want find out need answer question please thank thanks quote cite source sources evidence long high low
    big large small great expected forecast projected predicted predict expect planned plan plans set get got have has
    there year years theme themes priority priorities often still overall altogether approximately per cent figure's use
    used make makes made call called include included come comes typical typically local area areas borough district
    county meant mean means meaning intend intended intends intention hope hoped hopes hoping bring brings brought want wants wanted
    supposed due going able exist exists happen happens happened happening deliver delivers delivered say says claim claims
    right true correct really mentioned aim aims aimed target targets targeted stand stands stood sit sits
    hold holds held occur believe think seen see sees look looks looking give gives given giving fast quickly slowly strongly soon well badly place places anyone anything something thing things kind type sort way ways old new""".split()
)
_WEAK = frozenset("rate level average total number expected forecast new local current mean typical typically rise fall".split())

_UNITS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"\b(?:what|which)?\s*(?:per\s*cent(?:age)?|percentage|proportion|share|%|fraction)\b", frozenset({"percent"})),
    (r"\bhow\s+many\b|\bnumber\s+of\b|\bcount\s+of\b", frozenset({"count", "per_1000", "per_100000"})),
    (r"\bhow\s+(?:long|far|quick(?:ly)?)\b|\bjourney\s+time\b", frozenset({"hours", "minutes", "years", "days", "miles", "km", "months"})),
    (r"\bhow\s+much\s+(?:\w+\s+){0,3}(?:space|floorspace|land|area)\b|\bhow\s+big\b|\bhow\s+large\b", frozenset({"sq_ft", "sq_m", "hectares", "acres"})),
    (r"\bhow\s+much\s+(?:do|does|did|are|is)\b[^?]*\b(?:earn|paid|pay|cost|make|spend|worth)|\bhow\s+much\s+money\b", frozenset({"gbp"})),
    (r"\b(?:salary|salaries|wages?|earnings|income|pay|cost|funding|budget)\b", frozenset({"gbp"})),
)  # fmt: skip
_PARTS: tuple[tuple[str, CommitmentKind], ...] = (
    (r"\bactivit(?:y|ies)\b|\bactions?\b|\bprojects?\b", CommitmentKind.ACTIVITY),
    (r"\boutputs?\b|\btargets?\b", CommitmentKind.OUTPUT),
    (r"\boutcomes?\b|\baims?\b|\bgoals?\b", CommitmentKind.OUTCOME),
    (r"\bissues?\b|\bproblems?\b|\bchallenges?\b", CommitmentKind.ISSUE),
)
_LEAD = re.compile(
    r"\bwho(?:'s| is| are| will)?\s+(?:be\s+)?(?:lead(?:s|ing)?|led|runs?|running|oversees?|overseeing|heads?|in\s+charge|responsible|accountable)\b"
    r"|\bled\s+by\b|\bwho\s+(?:is|are)\s+the\s+lead|\blead(?:er|\s+(?:organi[sz]ation|body|partner|agency))\b|\bwhich\s+organi[sz]ation\s+(?:leads|runs|oversees)\b"
    r"|\bwho\s+is\s+(?:leading|overseeing)\b|\boverseen\s+by\b|\bwho\b.{0,30}\bin\s+charge\b|\bwho\b.{0,20}\b(?:leads?|oversees?)\b",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"\bwho\s+(?:else\s+)?(?:supports?|is\s+supporting|are\s+supporting|helps?|will\s+support)\b|\bsupport(?:ed|ing)\s+(?:by|organi[sz]ations?|partners?|bodies)\b"
    r"|\b(?:which|what|who\s+are\s+the)\b.{0,30}\b(?:partners?|supporters?|organi[sz]ations?)\b|\bpartners?\s+(?:of|for|in|on)\s+theme\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\s*what\s+(?:does|do|did)\s+.{1,60}\b(?:mean|stand\s+for|refer\s+to)\b|\b(?:definition|meaning)\s+of\b|\bdefined?\b"
    r"|^\s*what\s+(?:is|are)\s+(?:an?\s+|the\s+)?(?:[A-Z]{2,6}|[\w-]+(?:\s[\w-]+)?)\s*\??$",
    re.IGNORECASE,
)
_THEMES = re.compile(
    r"\b(?:what|which|list|name|how\s+many)\b.{0,40}\b(?:themes|priorities|logic\s+chains|objectives|pillars)\b", re.IGNORECASE
)
_THEME_REF = re.compile(r"\b(theme|priority|objective|goal|pillar|strand|aim|ambition)\s+(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
_NUMBER_WORDS = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_FIGURE = re.compile(
    r"\bhow\s+(?:many|much|long|far|big|large|high|low|fast|quickly|great|old)\b|\bwhat\s+(?:share|percentage|proportion|number|fraction|rate|level)\b"
    r"|\b(?:percentage|per\s*cent|proportion|rate|number|figure|average|median|total|target)\b|%|£",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"^\s*(?:and|what\s+about|how\s+about|or|but|so|then)\b|\b(?:it|that|this|they|them|those|these|there|same|its|their)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:than|compared?\s+(?:to|with|against)|versus|vs\.?|against|above|below|relative\s+to)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_CAPITALISED = re.compile(r"\b(?:in|for|across|within|at|of|about)\s+((?:[A-Z][a-z]+)(?:[ -][A-Z][a-z]+)*)")


class Reader:
    """Reads questions against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        texts = [d.text for d in generation.documents.values() if not d.is_table]
        publishers = [d.publisher for d in generation.documents.values() if d.publisher]
        self.thesaurus = Thesaurus(abbreviations([*texts, *publishers]))

    def read(self, text: str, history: Sequence[str] = ()) -> Question:
        """The question, made standalone from the earlier questions of its conversation (oldest first)."""
        question: Question | None = None
        for turn in (*history, text):
            question = self._read_one(turn, question)
        assert question is not None
        return question

    def _read_one(self, text: str, before: Question | None) -> Question:
        asked = self._parse(text, text)
        if before is None or not self._leans(asked, text):
            return asked
        return self._merged(asked, before, text)

    def _leans(self, asked: Question, text: str) -> bool:
        """Whether a turn cannot stand alone: nothing is asked about, or it begins with "And …"."""
        names_nothing = not asked.terms and asked.theme_number is None and asked.asks in (Asks.FIGURE, Asks.TEXT)
        opens = re.match(r"\s*(?:and|what\s+about|how\s+about|or)\b", text, re.IGNORECASE)
        return names_nothing or (opens is not None and len(text.split()) <= 8) or (
            len(asked.terms) <= 1 and _FOLLOW_UP.search(text) is not None and len(text.split()) <= 8
        )

    def _merged(self, asked: Question, before: Question, text: str) -> Question:
        """The earlier question with what the new turn puts in its place."""
        standalone = before.standalone
        words = text.strip().rstrip("?. ")
        if asked.theme_number is not None and before.theme_number is not None:
            standalone = _THEME_REF.sub(f"Theme {asked.theme_number}", standalone)
        elif asked.asks in (Asks.LEAD, Asks.SUPPORT) or asked.parts:
            reference = f"Theme {before.theme_number}" if before.theme_number else ""
            standalone = f"{words} of {reference}?" if reference else f"{words}?"
        elif (asked.areas or asked.unknown_area) and not asked.terms:
            place = asked.areas[0].name if asked.areas else asked.unknown_area
            for mention in reversed(self.generation.gazetteer.find(standalone, any_case=True)):
                standalone = standalone[: mention.start] + standalone[mention.end :]
            standalone = re.sub(r"\b(?:in|of|for|across|among)\s*(?=[?.]|$)", "", " ".join(standalone.split()).rstrip("?. "))
            standalone = f"{standalone.rstrip('?. ')} in {place}?"
        elif asked.periods and not asked.terms:
            for period in reversed(read_periods(standalone)):
                standalone = standalone[: period.start] + standalone[period.end :]
            standalone = f"{' '.join(standalone.split()).rstrip('?. ')} {_in_period(asked.periods[0].text)}?"
        elif asked.terms:
            areas = " ".join(f"in {a.name}" for a in before.areas if not asked.areas)
            theme = f" in Theme {before.theme_number}" if before.theme_number and asked.theme_number is None else ""
            lead = re.sub(r"^\s*(?:and|or|but|so|then)\s+", "", words, flags=re.IGNORECASE)
            joined = self._parse(f"{lead} {areas}{theme}?", text)
            if len(asked.terms) < 2 and before.asks is Asks.FIGURE:
                kept = " ".join(t.text for t in before.terms if t.stems not in {x.stems for x in asked.terms})
                return self._parse(f"{lead} {kept} {areas}?", text)
            return joined
        return self._parse(standalone, text)

    def _parse(self, standalone: str, text: str) -> Question:
        gazetteer = self.generation.gazetteer
        mentions = gazetteer.find(standalone, any_case=True)
        periods = [p for p in read_periods(standalone) if p.relation != "each"]
        theme_ref = _THEME_REF.search(standalone)
        number = None
        if theme_ref:
            number = int(theme_ref[2]) if theme_ref[2].isdigit() else _NUMBER_WORDS[theme_ref[2].lower()]
        masked = standalone
        hidden = [(m.start, m.end) for m in mentions] + [(p.start, p.end) for p in periods]
        if theme_ref:
            hidden.append(theme_ref.span())
        for start, end in hidden:
            masked = masked[:start] + " " * (end - start) + masked[end:]
        unknown = None if mentions else self._unknown_area(masked)
        stated = tuple(read_quantities(masked)) if re.search(r"\d", masked) else ()
        units = next((u for pattern, u in _UNITS if re.search(pattern, standalone, re.IGNORECASE)), frozenset[str]())
        skip = _ASKING | ({w.lower() for w in unknown.split()} if unknown else frozenset())
        terms = self.thesaurus.terms(masked, frozenset(skip))
        weak = tuple(stem(w) for w in re.findall(r"[A-Za-z]+", masked) if w.lower() in _WEAK)
        compared = [m for m in mentions if _AGAINST.search(standalone[: m.start])]
        theme = self._theme(number, standalone)
        asks = self._asks(standalone, theme, number, units)
        return Question(
            text=text,
            standalone=standalone.strip(),
            asks=asks,
            terms=tuple(terms),
            weak=weak,
            areas=tuple(dict.fromkeys(m.area for m in mentions if m not in compared)),
            against=tuple(dict.fromkeys(m.area for m in compared)),
            unknown_area=unknown,
            periods=tuple(periods),
            units=units,
            theme=theme,
            theme_number=number,
            parts=self._parts(standalone, asks),
            stated=stated,
            wants_figure=bool(_FIGURE.search(standalone)) or bool(units),
        )

    def _unknown_area(self, masked: str) -> str | None:
        """A capitalised name in a place's position that stands in no source: an area nobody wrote about."""
        for match in _CAPITALISED.finditer(masked):
            name = match[1]
            if not any(re.search(rf"\b{re.escape(name)}\b", d.text, re.I) for d in self.generation.documents.values()):
                return str(name)
        return None

    def _theme(self, number: int | None, standalone: str) -> Theme | None:
        themes = self.generation.themes
        if number is not None:
            return next((t for t in themes if t.number == number), None)
        asked = {w for w in re.findall(r"[a-z]{3,}", standalone.lower())}
        best: tuple[float, Theme] | None = None
        for theme in themes:
            name = [w for w in re.findall(r"[a-z]{3,}", theme.name.lower()) if w not in ("and", "the", "for")]
            shared = sum(w in asked for w in name)
            if name and shared == len(name) or (shared >= 2 and shared / len(name) >= 0.6):
                score = shared / len(name) + shared / 10
                if best is None or score > best[0]:
                    best = (score, theme)
        return best[1] if best else None

    def _parts(self, text: str, asks: Asks) -> tuple[CommitmentKind, ...]:
        """The parts of a theme that are asked for."""
        if asks in (Asks.LEAD, Asks.SUPPORT):
            roles = ((_LEAD, CommitmentKind.LEAD), (_SUPPORT, CommitmentKind.SUPPORT))
            return tuple(kind for pattern, kind in roles if pattern.search(text))
        return tuple(kind for pattern, kind in _PARTS if re.search(pattern, text, re.IGNORECASE))

    def _asks(self, text: str, theme: Theme | None, number: int | None, units: frozenset[str]) -> Asks:
        if _LEAD.search(text):
            return Asks.LEAD
        if _DEFINITION.search(text) and theme is None and number is None:
            return Asks.DEFINITION
        if _THEMES.search(text) and number is None:
            return Asks.THEMES
        if _SUPPORT.search(text):
            return Asks.SUPPORT
        if _FIGURE.search(text):
            return Asks.FIGURE
        parts = any(re.search(pattern, text, re.IGNORECASE) for pattern, _ in _PARTS)
        about = re.search(r"\b(?:contain|about|include|cover|involve|summar|what\s+is|describe|tell|outline|explain)", text, re.I)
        if (theme is not None or number is not None) and (parts or (about and not units)):
            return Asks.THEME
        if units:
            return Asks.FIGURE
        return Asks.TEXT


def _in_period(text: str) -> str:
    return text if re.match(r"(?:in|by|since|over|between|from)\b", text, re.IGNORECASE) else f"in {text}"


def without_period(question: Question) -> Question:
    """The same question, asked of any period: for the nearest evidence of a refusal."""
    return replace(question, periods=())
