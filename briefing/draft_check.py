"""The draft check: each figure of a draft held against the figures of the sources, and the figures of a sentence together."""

import re
from dataclasses import replace

from briefing.draft import Draft
from briefing.held import SAME_MEASURE, Holder
from briefing.together import Read, Together
from briefing.verdict import Finding, Judge, Verdict
from corpus.figure import Figure
from corpus.index import Generation


class DraftChecker:
    """Holds drafts against one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.holder = Holder(generation)
        self._judge = Judge(self.holder)
        self._together = Together(self.holder, self._judge)

    def check(self, draft: Draft) -> list[Finding]:
        """A finding for each figure of the draft, in its order."""
        reads = [self._read(figure, draft) for figure in draft.figures]
        by_sentence: dict[tuple[int, int], list[Read]] = {}
        for read in reads:
            by_sentence.setdefault((read.figure.location.start, read.figure.location.end), []).append(read)
        earlier: list[Read] = []
        labels = [read for read in reads if _names_what_is_measured(read, by_sentence)]
        for key, sentence in by_sentence.items():
            by_sentence[key] = sentence = [read for read in sentence if read not in labels] or sentence
            self._lend(sentence, labels)
            self._together.recompute(sentence, earlier)
            self._together.compare(sentence, earlier)
            earlier = sentence
        return [read.finding for read in reads if read not in labels]

    def _lend(self, reads: list[Read], labels: list[Read]) -> None:
        """ "845 firms (50 to 249 staff) in Anytown in 2022": what stands behind a number of the measure is the figure's."""
        for read in reads:
            beside = [n.figure for n in labels if n.figure.location == read.figure.location]
            period = next((f.period for f in beside if f.period), None)
            area = next((area for f in beside if (area := self._behind(f))), None)
            again = replace(read.figure, period=read.figure.period or period)
            if area is not None and not self._named(again):
                again = replace(again, area=area)
            if again != read.figure:
                read.figure, read.held = again, self.holder.held(again)
                read.finding, read.chosen = self._judge.judge(again, read.held)

    def _behind(self, label: Figure) -> str | None:
        """The area that is named right behind a number of the measure: "(50 to 249) in Anytown"."""
        at = label.sentence.find(" ".join(label.quantity.text.split()))
        after = label.sentence[at + len(label.quantity.text) :] if at >= 0 else ""
        match = re.match(r"[^,.;]{0,12}?\)\s+(?:in|for|across)\s+(?:the\s+)?", after)
        found = self.holder.gazetteer.find(after[match.end() :]) if match else []
        return found[0].area.name if found and found[0].start == 0 else None

    def _named(self, figure: Figure) -> bool:
        """Whether a figure's area is named in its sentence."""
        area = self.holder.gazetteer.named(figure.area or "").key
        return any(m.area.key == area for m in self.holder.gazetteer.find(figure.sentence))

    def _read(self, figure: Figure, draft: Draft) -> Read:
        figure = self.holder.with_named_kind_of_area(figure)
        held = self.holder.held(figure)
        finding, chosen = self._judge.judge(figure, held)
        return Read(
            figure, " ".join(draft.text[figure.location.start : figure.location.end].split()), held, finding, chosen
        )


def _names_what_is_measured(read: Read, by_sentence: dict[tuple[int, int], list[Read]]) -> bool:
    """Whether a number is part of the measure of the figure beside it ("the 3-year survival rate"), and so no figure."""
    beside = by_sentence[(read.figure.location.start, read.figure.location.end)]
    text = read.finding.text.lower()
    measures = [h.source.measure.lower() for r in beside if r is not read for h in r.held if h.fit >= SAME_MEASURE]
    pattern = re.compile(rf"(?<![\d.,]){re.escape(text)}(?![\d%])")
    return read.finding.verdict is not Verdict.SUPPORTED and any(pattern.search(m) for m in measures)
