"""When: the date, the time or the occasion that a source gives for what is asked."""

import re

from corpus.period import Period, read_periods
from retrieval.decide import Decider
from retrieval.found import Dated, Found
from retrieval.match import Match
from retrieval.question import Question
from retrieval.sentences import SentenceFinder, deed_of

_JOINED = re.compile(r"\s*(?:and|to|until|–|-)\s*")
_LEADS = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
# A date that stands in a title or in brackets ("Regulations 2012", "(2021)") is a name, not a time.
_NAMED = re.compile(r"(?:[A-Z][\w’']+|[(/)])\s*$")


class OccasionFinder:
    """Finds when something is done."""

    def __init__(self, finder: SentenceFinder, decider: Decider) -> None:
        self.finder = finder
        self.decider = decider
        self.generation = decider.generation

    def find(self, question: Question, fitting: list[Match], found: tuple[Found, ...]) -> tuple[Dated, ...]:
        """The date that the best sentence gives, or the period that the best figure's sentence states."""
        sentence = self._in_sentence(question, found[0]) if found else None
        figure = self._of_figure(fitting)
        if sentence is not None and (figure is None or found[0].coverage >= fitting[0].coverage):
            return (sentence,)
        return (figure,) if figure is not None else ()

    def _in_sentence(self, question: Question, found: Found) -> Dated | None:
        """The date nearest to the words for what is done."""
        document = self.generation.documents[found.passage.location.document]
        text = document.text[found.start : found.end]
        spans = [s for s in _spans(text) if not (s[0].text[0].isdigit() and _NAMED.search(text[: s[0].start]))]
        if not spans:
            return None
        deed = deed_of(question)
        at = _place_of(text, deed.text if deed else "")
        period, start, end = min(spans, key=lambda s: min(abs(s[1] - at), abs(s[2] - at)))
        return Dated(found.passage, found.start, found.end, period, (found.start + start, found.start + end))

    def _of_figure(self, fitting: list[Match]) -> Dated | None:
        for match in fitting:
            figure = match.figure
            passage = next(
                (
                    p
                    for p in self.generation.passages
                    if p.location.document == figure.location.document
                    and p.location.start <= figure.location.start < p.location.end
                ),
                None,
            )
            periods = read_periods(figure.period) if figure.period else []
            at = figure.quote.find(figure.period) if figure.period else -1
            if passage is not None and figure.location.cell is None and at >= 0 and periods and figure.period:
                start = figure.location.start + at
                place = figure.location
                return Dated(passage, place.start, place.end, periods[0], (start, start + len(figure.period)))
        return None


def _spans(text: str) -> list[tuple[Period, int, int]]:
    """The dates of a text; "between 12 July and 25 September 2023" is one."""
    found: list[tuple[Period, int, int]] = []
    for period in read_periods(text):
        if found and _JOINED.fullmatch(text[found[-1][2] : period.start]):
            found[-1] = (period, found[-1][1], period.end)
        else:
            lead = _LEADS.search(text[: period.start])
            found.append((period, lead.start() if lead else period.start, period.end))
    return found


def _place_of(text: str, word: str) -> int:
    root = word.lower()[: max(4, len(word) - 3)]
    return max(0, text.lower().find(root)) if root else 0
