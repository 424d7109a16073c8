"""When a figure is: the period of each quantity of a sentence, as English ties them together.

A period is tied to a figure by standing in its own words, before or behind it; else by opening the sentence, by "in the
same year", or by the stem that a bullet continues.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.period import Period, read_periods
from corpus.quantity import Quantity

COMPARES = re.compile(
    r"\b(?:compared?\s+(?:to|with|against)|comparison|than|against|versus|vs|(?<!or\s)(?<!and\s)(?:below|above)|relative\s+to)\b",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"\b(?:in|over|during|at|for)\s+the\s+same\s+(?:year|period|time|month|quarter)\b", re.IGNORECASE
)
# A period right before one of these words belongs to the figure before it.
_GOES_ON = re.compile(
    r"^\s*,?\s*(?:to|and|or|but|up\s+to|compared?\s+(?:to|with)|from|against|while|whereas)\s*$", re.IGNORECASE
)
# What may stand between a period in a label and the figure that the label names.
_LABEL_ENDS = re.compile(r"^[^.;:]{0,60}:\s*$")


@dataclass(frozen=True, slots=True)
class When:
    """The periods of one sentence. before: the period of the sentence before it. stem: what a bullet continues."""

    text: str
    clauses: Sequence[tuple[int, int]]
    periods: Sequence[Period]
    quantities: Sequence[Quantity]
    stem: str
    before: str | None

    def period(self, i: int) -> str | None:
        """The period in the figure's own words, else one that opens the sentence or the stem."""
        q = self.quantities[i]
        begin = q.start - len(self._between(i))
        finish = self.quantities[i + 1].start if i + 1 < len(self.quantities) else len(self.text)
        own = [p for p in self.periods if begin <= p.start and p.end <= q.start and self._same_clause(p, q)]
        if i and own and _GOES_ON.match(self.text[own[-1].end : q.start]):
            own = []  # "48,500 in 2015 to 52,000": the year is the figure's before
        after = [p for p in self.periods if q.end <= p.start and p.end <= finish and self._same_clause(p, q)]
        if after and i + 1 < len(self.quantities) and re.search(r"\band\b", self.text[q.end : after[0].start]):
            after = []
        if i and own and after and re.fullmatch(r"[^,;:]{0,30}", self.text[begin : own[-1].start]):
            own = []  # "£0.4m in 2022/23, £0.8m in 2023/24": each figure's year stands behind it
        if (
            after
            and not (own and own[-1].end > q.start - 12)
            and not COMPARES.search(self.text[q.end : after[0].start])
        ):
            return after[0].text
        if own:
            return own[-1].text
        if labelled := [p for p in self.periods if begin <= p.start and _LABEL_ENDS.match(self.text[p.end : q.start])]:
            return labelled[-1].text  # "Homes built in 2023: 640"
        if self.periods and self.periods[0].start < 4 and not (self.periods[0].end > q.start):
            return self.periods[0].text
        following = self.quantities[i + 1] if i + 1 < len(self.quantities) else None
        if following is not None and re.fullmatch(
            r"\s*(?:or|to|and)\s*|.{0,40}\band\s", self.text[q.end : following.start]
        ):
            joined = [p for p in self.periods if p.start >= following.end and self._same_clause(p, following)]
            if joined and joined[0].relation in ("by", "over"):
                return joined[0].text
        if self.before and _SAME_TIME.search(self.text):
            return self.before
        stem = [p for p in read_periods(self.stem) if p.relation != "each"]
        return stem[-1].text if stem else None

    def _same_clause(self, period: Period, quantity: Quantity) -> bool:
        low, high = min(period.start, quantity.start), max(period.end, quantity.end)
        return any(s <= low and high <= e for s, e in self.clauses)

    def _between(self, i: int) -> str:
        begin = self.quantities[i - 1].end if i else 0
        return self.text[begin : self.quantities[i].start]
