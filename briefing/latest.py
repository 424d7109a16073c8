"""The latest published figure of what a document's figure measures: the same measure and area in a table, of a later year."""

import re
from dataclasses import replace

from corpus.figure import Figure
from corpus.index import Generation
from corpus.language import STOPWORDS
from corpus.period import read_periods
from corpus.thesaurus import phrase_stems
from retrieval.decide import last_year
from retrieval.question import Asks, Parser, Question
from retrieval.series import TableMatcher

_SURE, _PRECISE = 0.8, 0.99


class Latest:
    """Finds later figures in one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._parser = Parser(generation)
        self._matcher = TableMatcher(generation)

    def of(self, figure: Figure) -> Figure | None:
        """The latest figure of a published table that measures the same for the same area; None where none is later.

        Only the figure's own measure counts: what a table measures beside it (another age, another kind of business)
        is another measure.
        """
        if figure.location.cell is not None or not figure.area:
            return None
        written = self._year(figure)
        found = [f for f in self._same(figure) if last_year(f) > written]
        return max(found, key=last_year, default=None)

    def earlier(self, figure: Figure, latest: Figure) -> Figure | None:
        """The figure of the latest one's own series for the year that a document's figure speaks of, or the last before it."""
        written = self._year(figure)
        for year in range(written, written - 3, -1):
            found = [f for f in self._same(figure, year) if f.measure == latest.measure and last_year(f) == year]
            if found:
                return found[0]
        return None

    def _same(self, figure: Figure, year: int | None = None) -> list[Figure]:
        """Figures of tables that measure the same for the same area: the newest, or those of a year."""
        periods = tuple(read_periods(f"in {year}")) if year else ()
        question = self._parser.parse(f"{figure.stem or ''} {figure.measure}".strip())
        area = self.generation.gazetteer.named(figure.area or "")
        asked = replace(question, asks=Asks.FIGURE, areas=(area,), against=(), unknown_area=None, periods=periods, strict=True,
                        units=frozenset({figure.quantity.unit}), theme=None)  # fmt: skip
        if not asked.terms:
            return []
        same = []
        for match in self._matcher.matches(asked, limit=200):
            document = self.generation.documents[match.figure.location.document]
            if document.kind != "table" or match.gap is not None or match.area.value != "exact":
                continue
            if (
                match.figure.quantity.unit != figure.quantity.unit
                or match.missing
                or _of_another(asked, figure, match.figure)
            ):
                continue
            if match.coverage >= _SURE and _spoken_of(match.figure, asked) >= _PRECISE:
                same.append(match.figure)
        medians = [f for f in same if re.search(r"\bmedian\b", f.measure, re.IGNORECASE)]
        averages = {f.id for f in same if re.search(r"\bmean\b", f.measure, re.IGNORECASE)}
        if medians and averages and not re.search(r"\bmean\b", figure.measure, re.IGNORECASE):
            same = [f for f in same if f.id not in averages]  # of the two averages, the one that statisticians quote
        return same

    def _year(self, figure: Figure) -> int:
        """The year that a figure speaks of: its own, its source's, or the document's."""
        if year := last_year(figure):
            return year
        named = [p.last or p.first or 0 for p in read_periods(figure.source or "")]
        date = self.generation.documents[figure.location.document].date
        return max([*named, int(date[:4]) if date and date[:4].isdigit() else 0])


# What tables say of how they count, beside what they count.
_HOW = frozenset(
    "mean median averag gross annual weekli hourli total number count all overall estim new newli month year per of".split()
)


def _spoken_of(theirs: Figure, asked: Question) -> float:
    """How much of what a table's figure measures the document's figure speaks of, 0 to 1; brackets and "gross annual" aside."""
    spoken = _spoken(asked)
    own = set(phrase_stems(re.sub(r"\([^()]*\)", " ", theirs.measure))) - _HOW - STOPWORDS
    return len(own & spoken) / len(own) if own else 0.0


def _spoken(asked: Question) -> set[str]:
    return {s for t in asked.terms for phrase in (t.stems, *t.alternatives) for s in phrase} | set(asked.weak)


# Points of a spread, which are no average.
LEVELS = re.compile(r"\b(?:\d{1,2}(?:st|nd|rd|th)\s+percentile|percentile|decile|quartile|confidence)\b", re.IGNORECASE)
_PARTS = (frozenset({"growth", "grow"}), frozenset({"death"}), frozenset({"birth"}), frozenset({"surviv"}))


def _of_another(asked: Question, ours: Figure, theirs: Figure) -> bool:
    """Whether the table's figure is of another thing: a percentile for an average, a change for a level."""
    if LEVELS.search(theirs.measure) and not LEVELS.search(ours.measure):
        return True
    one, other = _spoken(asked), set(phrase_stems(theirs.measure))
    return any(other & part and not one & part for part in _PARTS)
