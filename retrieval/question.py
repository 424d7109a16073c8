"""What a question asks for: measure, areas, period, unit, theme, and the kind of answer it wants."""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.areas import Area
from corpus.commitment import CommitmentKind, Theme
from corpus.index import Generation
from corpus.language import stem
from corpus.period import Period, read_periods
from corpus.quantity import Quantity, read_quantities
from corpus.thesaurus import Term, Thesaurus, abbreviations, synonyms
from retrieval.spelling import Speller


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
    TEXT = "text"


class Compares(StrEnum):
    """What is to be worked out from several figures."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    SUM = "sum"
    SHARE = "share"
    WHOLE = "whole"
    PRODUCT = "product"
    COMPLEMENT = "complement"
    HIGHEST = "highest"
    LOWEST = "lowest"
    SIDE_BY_SIDE = "side_by_side"


@dataclass(frozen=True, slots=True)
class Question:
    """A chat turn made standalone, with what it asks for.

    terms: what is asked about, in the question's order. weak: words such as "rate" that only lean one way.
    areas: places named; against: places named only to compare with ("than in England"); unknown_area: a capitalised
        name after "in" that no source knows.
    units: the units that would answer ("how many": count); empty where any would. strict: no other unit will do.
    theme_number: the number asked for, also when there is no such theme. every_theme: all of them are meant.
    parts: for a theme, the parts asked for (outputs, activities); empty for all.
    stated: figures that the question itself states. several: a list is asked for ("which companies").
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
    strict: bool = False
    theme: Theme | None = None
    theme_number: int | None = None
    every_theme: bool = False
    parts: tuple[CommitmentKind, ...] = ()
    stated: tuple[Quantity, ...] = ()
    compares: Compares | None = None
    several: bool = False
    wants_figure: bool = False


# Words of asking: they shape the answer and name nothing that is measured.
ASKING = frozenset(
    """share percentage percent percentages proportion number numbers amount figure figures total value values many much
    rate level average statistic data stat stats information detail details plan document report strategy council's
    according state stated mention mentioned describe explain list name names compare compared comparison compares
    difference different differ currently current latest recent know want find out need answer question please thank thanks
    quote cite source sources evidence long high higher highest low lower lowest big bigger biggest larger largest fewer fewest
    smaller smallest great greater expected forecast projected predicted predict expect planned plan plans set get
    got have has there year years theme themes priority priorities often still overall altogether approximately per cent
    used make makes made call called include included includes come comes typical typically local area areas borough
    district county place places use meant means meaning intend intended intends intention hope hoped hopes hoping bring
    brings brought wants wanted supposed due going able exist exists happen happens happened happening deliver delivers
    delivered claim claims right true correct really aim aims aimed target targets targeted stand stands stood sit sits hold
    holds held occur believe think seen see sees look looks looking give gives giving fast faster quickly slowly strongly
    soon well badly anyone anything something thing things kind type sort way ways old new promise promised promises keep
    keeps continue each every all any both exact precise word words thousand hundred million billion square feet foot sq ft
    metre metres pounds pound money sum worth time times above below than versus vs relative across among amongst around
    against nationally national country borough's report's figure's quoted quote's recovery said says tell suggest suggests
    suggested show shows showed showing reach reached reaches achieve achieved plus add added together combined between ratio gap behind ahead
    exceed exceeds exceeded points commitment commitments council council's each one baseline take takes taken should must hours hour minutes days weeks months
    two three four five six seven eight nine ten twelve count counts counted extent far away""".split()
)
_WEAK = frozenset("rate level average total number expected forecast new local current mean typical rise fall".split())

_RATES = frozenset({"percent", "per_1000", "per_100000", "percentage_points"})
_COUNTS = frozenset({"count", "per_1000", "per_100000"})
_SPACE = frozenset({"sq_ft", "sq_m", "hectares", "acres"})
# Pattern, units that answer, and whether nothing else will do.
_UNITS: tuple[tuple[str, frozenset[str], bool], ...] = (
    (r"\bpercentage\s+points?\b", frozenset({"percent", "percentage_points"}), False),
    (r"\b(?:per\s*cent|percent(?:age)?|proportion|share|fraction)\b|%", frozenset({"percent"}), True),
    (r"\bin\s+(?:pounds|£|money)\b|\bhow\s+much\s+money\b|\bvalue\s+of\b.*\bpounds\b", frozenset({"gbp"}), True),
    (r"\bsq(?:uare)?\.?\s*(?:ft|feet|foot|m|metres?)\b", _SPACE, True),
    (r"\bhow\s+(?:many|much)\s+hours\b|\bhow\s+long\b|\btravel\s+time\b|\bjourney\s+time\b", frozenset({"hours", "minutes"}), False),
    (r"\bhow\s+many\b|\bnumber\s+of\b(?<!by number of)|\bcount\s+of\b|^number\b", _COUNTS, False),
    (r"\bhow\s+far\b", frozenset({"hours", "minutes", "miles", "km"}), False),
    (r"\b(?:how\s+much|amount\s+of|how\s+big|how\s+large)\b.{0,40}\b(?:space|floorspace|land|area)\b", _SPACE, False),
    (r"\bhow\s+much\s+(?:do|does|did|are|is)\b[^?]*\b(?:earn|paid|pay|cost|make|spend|worth)\b", frozenset({"gbp"}), False),
    (r"\b(?:salary|salaries|wages?|earnings|earns?|income|pay|cost|funding|budget)\b", frozenset({"gbp"}), False),
)  # fmt: skip
_PARTS: tuple[tuple[str, CommitmentKind], ...] = (
    (r"\bactivit(?:y|ies)\b|\bactions?\b|\bprojects?\b|\bwill\s+be\s+done\b|\bbeing\s+done\b", CommitmentKind.ACTIVITY),
    (r"\boutputs?\b|\btargets?\b", CommitmentKind.OUTPUT),
    (r"\boutcomes?\b|\baims?\b|\bgoals?\b", CommitmentKind.OUTCOME),
    (r"\bissues?\b|\bproblems?\b|\bchallenges?\b", CommitmentKind.ISSUE),
)
_LEAD = re.compile(
    r"\bwho\b.{0,30}\b(?:lead(?:s|ing)?|led|runs?|running|oversees?|overseeing|overseen|heads?|in\s+charge|responsible|accountable|chairs?)\b"
    r"|\bled\s+by\b|\b(?:the|every|each)\s+leads?\b|\blead(?:er|ers|\s+(?:organi[sz]ations?|body|bodies|partners?|agency|agencies))\b"
    r"|\bwhich\s+(?:organi[sz]ation|body|partner|agency)s?\s+(?:leads?|runs?|oversees?|is\s+leading)\b|\boverseen\s+by\b"
    r"|\b(?:which|what)\s+themes?\b.{0,40}\b(?:leads?|oversees?|led)\b|\bwhat\s+does\s+.{2,40}\s+(?:lead|oversee)\b",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"\bwho\b.{0,40}\b(?:support(?:s|ing)?|helps?|helping|involved|input)\b|\bsupport(?:ed|ing)\s+(?:by|organi[sz]ations?|partners?|bodies)\b"
    r"|\b(?:which|what|who\s+are\s+the|list|name)\b.{0,40}\b(?:partners?|supporters?|organi[sz]ations?)\b|\bpartners?\s+(?:of|for|in|on)\b"
    r"|\b(?:which|what)\s+themes?\b.{0,40}\b(?:supports?|involved|named)\b|\bwhat\s+does\s+.{2,40}\s+support\s*\?",
    re.IGNORECASE,
)
_THEMES = re.compile(r"\b(?:what|which|list|name|how\s+many|tell)\b.{0,40}\b(?:themes|priorities|pillars)\b|\bthemes\b.{0,20}\bwhich\b", re.I)
_DEFINITION = re.compile(
    r"^\s*what\s+(?:does|do|did)\s+.{1,60}\b(?:mean|stand\s+for|refer\s+to)\b|\b(?:definition|meaning)\s+of\b|\bdefined?\b"
    r"|\bcounts?\s+as\b|\bwhat\s+is\s+meant\s+by\b"
    r"|^\s*what\s+(?:is|are)\s+(?:an?\s+|the\s+)?(?:[A-Z]{2,6}|[\w-]+(?:\s[\w-]+)?)(?:\s+in\s+(?:the|this)\s+(?:plan|document))?\s*\??$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:date|dated|when|year)\b.{0,30}\b(?:plan|document|report|strategy)\b(?:.{0,40}\b(?:published|dated|written|issued|produced|from)\b)?\s*\??$"
    r"|\bis\s+(?:the|this)\s+(?:\w+\s+){0,3}(?:plan|document|strategy|report)\s+(?:an?\s+|still\s+)?(?:draft|adopted|final|approved)\b"
    r"|\bdate\s+of\s+the\b.{0,50}\bplan\b|\bstatus\s+of\s+the\b.{0,50}\b(?:plan|document)\b|\bwho\s+(?:published|wrote|produced)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^\s*(?:and\s+)?(?:when\b|by\s+when\b|(?:in|by|over|for)?\s*(?:what|which)\s+(?:year|date|period)\b|over\s+how\s+many\s+years|how\s+soon\b"
    r"|over\s+what\s+(?:period|time))|\bby\s+when\b|\bwhat(?:'s|\s+is)\s+the\s+(?:deadline|due\s+date|timescale)\b|\bover\s+how\s+many\s+years\b",
    re.IGNORECASE,
)
_THEME_REF = re.compile(
    r"\b(theme|priority|objective|goal|pillar|strand|aim|ambition)\s+(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
NUMBER_WORDS = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_FIGURE = re.compile(
    r"\bhow\s+(?:many|much|long|far|big|large|high|low|fast|quickly|great|old)\b|\b(?:what|which)\s+(?:share|percentage|proportion|number|fraction|rate|level)\b"
    r"|\b(?:percentage|per\s*cent|proportion|rate|figure|average|median|mean|total)\b|(?<!by )\bnumber\s+of\b|^number\b|%|£"
    r"|\b(?:what|which)\s+(?:is|are|was|were)\s+the\s+(?:\w+\s+){0,4}targets?\b|\btarget\b",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\b(?:which|what|list|name)\s+(?!is\b|was\b|does\b|has\b|proportion|percentage)(?:[\w-]+\s+){0,4}?(?!this\b|does\b|across\b|less\b|was\b|has\b)\w{2,}[^s\W]s\b|\bwhat\s+(?:are|were)\s+the\b|\bwho\s+are\s+the\b|\bin\s+what\s+(?:ways|respects)\b", re.I
)
_AGAINST = re.compile(
    r"\b(?:than|compared?\s+(?:to|with|against)|versus|vs\.?|against|above|below|relative\s+to|exceeds?|of\s+the)\s+(?:\w+\s+){0,3}$", re.I
)
_CAPITALISED = re.compile(r"\b(?:in|for|across|within|at|of|about)\s+((?:[A-Z][a-z]+)(?:[ -][A-Z][a-z]+)*)")
_COMPARES: tuple[tuple[str, Compares], ...] = (
    (r"\bif\b\s+\d+%\s+of\b|\bhow\s+many\s+is\s+\d+%\s+of\b|\bwhat\s+is\s+\d+%\s+of\b", Compares.PRODUCT),
    (r"\bif\b.*\d.*(?:%|per\s*cent).*\b(?:total|how\s+many|altogether|in\s+all|whole)\b"
     r"|\b(?:total|altogether|in\s+all)\b.*\bif\b.*%|\bimpl(?:y|ies|ied)\b.*\btotal\b|\bhow\s+many\b.*\b(?:are\s+there|were\s+there)\b.*\bif\b", Compares.WHOLE),
    (r"(?:\b(?:per\s*cent|percent(?:age)?|proportion|share)\b|%).*(?:\b(?:do|does|are|is|have|has|were|was)\s+not\b|n['’]t\b|\bwithout\b|\bother\s+than\b|\bthe\s+rest\b)", Compares.COMPLEMENT),
    (r"\bas\s+a\s+(?:percentage|proportion|share|per\s*cent)\b|\bwhat\s+percentage\s+(?:higher|lower|more|less|above|below)\b|\bby\s+what\s+percentage\b|\bper\s*cent\s+(?:higher|lower|more|less)\b", Compares.SHARE),
    (r"\bby\s+how\s+(?:many|much)\b|\bhow\s+many\b.{0,40}\bto\s+be\s+added\b|\bhow\s+(?:many|much)\s+percentage\s+points\b|\bhow\s+much\s+did\b.*\b(?:change|grow|fall|rise|increase|decrease)\b", Compares.DIFFERENCE),
    (r"\bdifference\b|\bgap\b|\b(?:how\s+much|how\s+many|by\s+how\s+much)\b.{0,60}(?<!or\s)\b(?:more|less|fewer|higher|lower|bigger|smaller|greater|faster)\b.{1,60}\bthan\b"
     r"|\bhow\s+(?:much|many)\s+(?:more|less|fewer|higher|lower|faster)\b|\bexceed\b"
     r"|\b(?:percentage\s+points?)\b.*\b(?:higher|lower|above|below|more|less|than)\b|\bhow\s+(?:far|much|many)\b.{0,60}(?<!or\s)\b(?:above|below|behind|ahead)\b|\bby\s+how\s+(?:much|many)\b.*\bexceed", Compares.DIFFERENCE),
    (r"\bratio\b|\bhow\s+many\s+times\b|\btimes\s+(?:as|more|higher|larger)\b", Compares.RATIO),
    (r"\b(?:combined|altogether|in\s+total|together|sum\s+of|total\s+of)\b|\badd(?:ed)?\s+(?:up|together)\b", Compares.SUM),
    (r"\b(?:which|where|who)\b.{0,60}\b(?:highest|most|largest|biggest|greatest|fastest|top)\b|\b(?:highest|largest|fastest|biggest)\b.{0,60}\?|\bwhich\b.{0,60}\b(?:higher|faster|more|larger|greater|bigger)\b", Compares.HIGHEST),
    (r"\bwhich\b.{0,60}\b(?:lowest|least|smallest|slowest|fewest|lower|slower|less|fewer|smaller)\b|\b(?:lowest|smallest|slowest)\b.{0,60}\?", Compares.LOWEST),
    (r"\bcompare[sd]?\b|\band\b.*\beach\b|\bhow\s+did\b.*\bchange\b|\bcomparison\b|\bversus\b|\bvs\b|\bagainst\b|\b(?:higher|lower|more|less|better|worse|above|below|faster|slower|larger|smaller)\b.{0,40}\b(?:than|or)\b|\bdiffer\b", Compares.SIDE_BY_SIDE),
)  # fmt: skip


_SORTS_OF_AREA = (
    (r"\b(?:the\s+county|county[\s-]?wide|county(?:'s)?\s+average)\b", ("county",)),
    (r"\bnational\s+(?:average|figure|rate|level)\b|\bcountry\s+as\s+a\s+whole\b", ("country",)),
)


class Parser:
    """Reads standalone questions against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        texts = [d.text for d in generation.documents.values() if not d.is_table]
        publishers = [d.publisher for d in generation.documents.values() if d.publisher]
        self.thesaurus = Thesaurus(abbreviations([*texts, *publishers]))
        places = [name for r in generation.records for name in r.places]
        also = [" ".join(p) for p in synonyms()] + [r.measure for r in generation.figures] + sorted(ASKING) + places
        self.speller = Speller([*texts, *generation.gazetteer.names], also)

    def parse(self, standalone: str, text: str | None = None) -> Question:
        """What a question that stands alone asks for; ``text`` is what was typed."""
        typed = standalone if text is None else text
        standalone = self.speller.mend(standalone)
        mentions = self.generation.gazetteer.find(standalone, any_case=True)
        periods = [p for p in read_periods(standalone) if p.relation != "each"]
        theme_ref = _THEME_REF.search(standalone)
        number = _number(theme_ref[2]) if theme_ref else None
        hidden = [(m.start, m.end) for m in mentions] + [(p.start, p.end) for p in periods]
        masked = standalone
        for start, end in [*hidden, *([theme_ref.span()] if theme_ref else [])]:
            masked = masked[:start] + " " * (end - start) + masked[end:]
        areas, against = self._areas(standalone, mentions)
        unknown = None if mentions else self._unknown_area(masked)
        units, strict = next(((u, s) for p, u, s in _UNITS if re.search(p, standalone, re.I)), (frozenset[str](), False))
        skip = ASKING | (frozenset(unknown.lower().split()) if unknown else frozenset())
        theme = self._theme(number, standalone)
        compares = next((c for pattern, c in _COMPARES if re.search(pattern, standalone, re.I)), None)
        asks = self._asks(standalone, theme, number, units)
        stated = tuple(read_quantities(masked)) if re.search(r"\d", masked) else ()
        lists = _LISTS.search(standalone) is not None
        return Question(
            text=typed,
            standalone=standalone.strip(),
            asks=asks,
            terms=tuple(self.thesaurus.terms(masked, skip)),
            weak=tuple(stem(w) for w in re.findall(r"[A-Za-z]+", masked) if w.lower() in _WEAK),
            areas=areas,
            against=against,
            unknown_area=unknown,
            periods=tuple(periods),
            units=units,
            strict=strict,
            theme=theme,
            theme_number=number,
            every_theme=re.search(r"\b(?:each|every|all(?:\s+the)?)\s+themes?\b|\bthemes\b", standalone, re.I) is not None,
            parts=self._parts(standalone, asks),
            stated=stated,
            compares=compares,
            several=lists,
            wants_figure=bool(_FIGURE.search(standalone) or (units and not lists) or (stated and not lists)),
        )

    def _areas(self, text: str, mentions: list) -> tuple[tuple[Area, ...], tuple[Area, ...]]:  # type: ignore[type-arg]
        """Areas asked for, and areas only compared with; "the county" and "nationally" mean those the sources name."""
        mentions = [m for m in mentions if not re.search(r"\b(?:decile|quintile|quartile|tenth|fifth)s?\s+(?:of|in)\s+$", text[: m.start], re.I)]
        compared = [m for m in mentions if _AGAINST.search(text[: m.start])]
        areas = [m.area for m in mentions if m not in compared]
        against = [m.area for m in compared]
        for pattern, kinds in _SORTS_OF_AREA:
            match = re.search(pattern, text, re.IGNORECASE)
            found = self._named_most(kinds) if match and not mentions else None
            if match and found is not None:
                (against if _AGAINST.search(text[: match.start()]) else areas).append(found)
        return tuple(dict.fromkeys(areas)), tuple(dict.fromkeys(against))

    def _named_most(self, kinds: tuple[str, ...]) -> Area | None:
        """The area of a kind that most figures are for."""
        gazetteer = self.generation.gazetteer
        named = [gazetteer.named(f.area) for f in self.generation.figures if f.area]
        fitting = [a for a in named if a.kind in kinds]
        return max(fitting, key=fitting.count) if fitting else None

    def _unknown_area(self, masked: str) -> str | None:
        """A capitalised name in a place's position that stands in no source: an area nobody wrote about."""
        for match in _CAPITALISED.finditer(masked):
            name = match[1]
            if not any(re.search(rf"\b{re.escape(name)}\b", d.text, re.I) for d in self.generation.documents.values()):
                return str(name)
        return None

    def _theme(self, number: int | None, standalone: str) -> Theme | None:
        """The theme that a question names by its number or by the words of its name."""
        themes = self.generation.themes
        if number is not None:
            return next((t for t in themes if t.number == number), None)
        asked = [stem(w) for w in re.findall(r"[a-z]{3,}", standalone.lower())]
        names = {t: [stem(w) for w in re.findall(r"[a-z]{3,}", t.name.lower()) if w not in ("and", "the", "for")] for t in themes}
        called = re.search(r"\b((?:[\w’'-]+\s+){1,6})(?:theme|priority|strand)\b", standalone, re.IGNORECASE)
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

    def _parts(self, text: str, asks: Asks) -> tuple[CommitmentKind, ...]:
        """The parts of a theme that are asked for."""
        if asks in (Asks.LEAD, Asks.SUPPORT):
            roles = ((_LEAD, CommitmentKind.LEAD), (_SUPPORT, CommitmentKind.SUPPORT))
            return tuple(kind for pattern, kind in roles if pattern.search(text))
        return tuple(kind for pattern, kind in _PARTS if re.search(pattern, text, re.IGNORECASE))

    def _asks(self, text: str, theme: Theme | None, number: int | None, units: frozenset[str]) -> Asks:
        named = theme is not None or number is not None
        if _DOCUMENT.search(text) and not named:
            return Asks.DOCUMENT
        if self.generation.themes and _LEAD.search(text):
            return Asks.LEAD
        if self.generation.themes and _SUPPORT.search(text) and not re.search(r"\bhow\s+(?:many|much)\b", text, re.I):
            return Asks.SUPPORT
        if _THEMES.search(text) and not named:
            return Asks.THEMES
        if _DEFINITION.search(text) and not named and not re.match(r"\s*how\b", text, re.IGNORECASE):
            return Asks.DEFINITION
        if _WHEN.search(text):
            return Asks.WHEN
        parts = any(re.search(pattern, text, re.IGNORECASE) for pattern, _ in _PARTS)
        asked = re.search(r"\b(?:contain|about|include|cover|involve|summar|what\s+is|describe|tell|outline|explain|what\s+does)", text, re.I)
        if named and parts and not re.search(r"\bhow\s+(?:many|much)\b", text, re.I) and self._only_theme(text, theme):
            return Asks.THEME
        if _FIGURE.search(text) or units:
            return Asks.FIGURE
        if named and asked and self._only_theme(text, theme):
            return Asks.THEME
        return Asks.TEXT

    def _only_theme(self, text: str, theme: Theme | None) -> bool:
        """Whether little is asked beyond the theme: otherwise a sentence or a figure of it is wanted, not all of it."""
        named = {stem(w) for w in re.findall(r"[a-z]{3,}", theme.name.lower())} if theme else set()
        left = [t for t in self.thesaurus.terms(_THEME_REF.sub(" ", text), ASKING) if not set(t.stems) <= named | _PART_STEMS]
        return len(left) <= 1


_PART_STEMS = frozenset(stem(w) for w in "activities outputs outcomes issues problems challenges actions projects done theme numeric".split())


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS[text.lower()]


def theme_reference(text: str) -> re.Match[str] | None:
    """"Theme 4" in a text."""
    return _THEME_REF.search(text)
