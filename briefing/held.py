"""One figure of a draft held against the sources' figures: how well the measure fits, and value, area, period, unit."""

from dataclasses import dataclass, replace

from briefing.compared import claims, sort_of_area
from briefing.values import Agreement, Compared, compare_values
from corpus.areas import Area
from corpus.figure import Figure
from corpus.index import Generation
from corpus.period import read_periods
from prompts import reply
from retrieval.match import Fit
from retrieval.question import Asks, Parser, Question
from retrieval.series import TableMatcher

# How much of what a draft's figure measures a source's must speak of: less where the value itself is telling.
ENOUGH, ENOUGH_IF_TELLING, SAME_MEASURE, CLEARLY_SAME = 0.45, 0.28, 0.6, 0.85
_JOURNEYS = ("hours", "minutes", "miles", "km")
_CELLS = 200  # cells of tables that a draft's figure is held against, beside the figures of documents
_RANK = {"table": 1, "transcript": 2}


@dataclass(frozen=True, slots=True)
class Held:
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


class Holder:
    """Holds a draft's figures against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.gazetteer = generation.gazetteer
        self.parser = Parser(generation)
        self.matcher = TableMatcher(generation)

    def held(self, figure: Figure) -> list[Held]:
        """The sources' figures that share words with the draft's, best measure first."""
        fits: dict[str, tuple[float, Figure]] = {}
        texts = dict.fromkeys((figure.measure, figure.clause, f"{figure.stem or ''} {figure.sentence}".strip()))
        for question in (q for words in texts for q in self._questions(words, figure) if q.terms):
            for match in self.matcher.matches(question, limit=len(self.generation.figures) + _CELLS):
                fit = match.coverage * 0.85 + match.precision * 0.15
                if match.gap is None and fit > fits.get(match.figure.id, (0.0, None))[0]:
                    fits[match.figure.id] = (fit, match.figure)
        held = [self._hold(figure, source, fit) for fit, source in fits.values() if fit >= ENOUGH_IF_TELLING]
        return sorted(held, key=lambda h: (-h.fit, self.rank(h.source), h.source.at))

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

    def rank(self, source: Figure) -> int:
        """0 for a document; a transcript and a table stand behind it."""
        return _RANK.get(self.generation.documents[source.location.document].kind, 0)

    def _hold(self, figure: Figure, source: Figure, fit: float) -> Held:
        value = compare_values(figure.quantity, source.quantity)
        area, area_note = self._area(figure, source)
        period, period_note = self._period(figure, source)
        notes = (value.note, area_note, period_note) if value.agrees else (area_note, period_note)
        return Held(source, fit, value, area, period, tuple(n for n in notes if n))

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

    def with_named_kind_of_area(self, figure: Figure) -> Figure:
        """ "The county figure is 45%" is the county's that the sources name most."""
        kind = sort_of_area(figure.clause, self.gazetteer)
        area = self.area_of_kind(kind) if kind and not claims(figure.clause, self.gazetteer) else None
        return replace(figure, area=area.name) if area else figure

    def area_of_kind(self, kind: str) -> Area | None:
        """The area of a kind ("county") that the sources name most."""
        named = [self.gazetteer.named(f.area) for f in self.generation.figures if f.area]
        fitting = [a for a in named if a.kind == kind]
        return max(fitting, key=fitting.count) if fitting else None

    def is_of(self, figure: Figure, area: Area) -> bool:
        """Whether a figure is an area's."""
        return figure.area is not None and self.gazetteer.named(figure.area).key == area.key
