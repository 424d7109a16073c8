"""Sentences that answer: open questions, definitions, dates, and the lists that a sentence opens."""

import re

from langchain_core.documents import Document as LangChainDocument

from corpus.figure import Figure, FigureKind
from corpus.language import sentences
from corpus.passage import Passage
from corpus.period import read_periods
from retrieval.decide import ENOUGH, Decider
from retrieval.found import Dated, Found
from retrieval.match import Match
from retrieval.question import Question

# A sentence answers an open question when it covers this much of its terms.
_COVERS_TEXT = 0.62
# or when it is this near in meaning (cosine) and covers some of them.
_SURELY_NEAR = 0.6
# Where several things are asked for, a sentence that opens a list comes before its equals.
_OPENS_A_LIST = 0.15


class SentenceFinder:
    """Finds the words of the documents that speak to a question."""

    def __init__(self, decider: Decider) -> None:
        self.decider = decider
        self.generation = decider.generation
        self.matcher = decider.matcher
        self._passages = {p.id: p for p in self.generation.passages}
        self._place = {p.id: i for i, p in enumerate(self.generation.passages)}

    def sentences(self, question: Question, retrieved: list[LangChainDocument]) -> tuple[Found, ...]:
        """Sentences of the retrieved passages that speak to an open question, best first."""
        if question.unknown_area:
            return ()
        candidates: list[tuple[Passage, int, int, str]] = []
        for document in retrieved:
            passage = self._passages[document.metadata["id"]]
            if passage.kind == "row" or not self._in_area(question, passage):
                continue
            for start, end in sentences(passage.text):
                text = " ".join(passage.text[start:end].split())
                if len(text) > 25:
                    candidates.append((passage, passage.location.start + start, passage.location.start + end, text))
        if not candidates:
            return ()
        lead = [
            f"{c[0].location.section[-1] if c[0].location.section else ''}. {c[0].stem or ''} {c[3]}"
            for c in candidates
        ]
        found: list[Found] = []
        for (passage, start, end, text), similarity in zip(
            candidates, self.decider.similarity(question.standalone, lead), strict=True
        ):
            around = self._around(text, passage)
            found.append(Found(passage, start, end, text, similarity, self.decider.covers(question, around)))
        opens = {f.start for f in found if question.several and self._opens_a_list(f)}
        found.sort(key=lambda f: -(f.similarity + 0.8 * f.coverage + (_OPENS_A_LIST if f.start in opens else 0.0)))
        best = found[0]
        enough = best.coverage >= _COVERS_TEXT or (best.similarity > _SURELY_NEAR and best.coverage > 0.35)
        if not enough or not self._knows(question, best):
            return ()
        top = best.similarity + 0.8 * best.coverage
        return tuple(f for f in found if f.similarity + 0.8 * f.coverage > top - 0.15)[:3]

    def _opens_a_list(self, found: Found) -> bool:
        """Whether bullets follow right behind a sentence."""
        at_end = found.end >= found.passage.location.end - 2 and found.passage.kind != "bullet"
        return at_end and bool(self._bullets_after(self._place[found.passage.id]))

    def _knows(self, question: Question, found: Found) -> bool:
        """No name, no code, and no "who does this" is left out; one word that the sources never use may be."""
        held = self.matcher.words_of(self._around(found.text, found.passage))
        missing = [t for t in question.terms if self.matcher.covers(held, t) < 0.5]
        if (
            re.match(r"\s*who\b", question.standalone, re.IGNORECASE)
            and question.terms
            and question.terms[0] in missing
        ):
            return False
        named = [t for t in missing if (t.text[0].isupper() and t.start > 0) or any(c.isdigit() for c in t.text)]
        unknown = [t for t in missing if not self.matcher.known(t)]
        return not named and (not unknown or (len(unknown) == 1 and found.similarity > _SURELY_NEAR))

    def _around(self, text: str, passage: Passage) -> str:
        """A sentence with the words that place it: its stem, its headings and its document's title."""
        title = self.generation.documents[passage.location.document].title
        return " ".join([text, passage.stem or "", *passage.location.section, title])

    def _in_area(self, question: Question, passage: Passage) -> bool:
        """A passage that speaks of other places only does not answer for the place asked about."""
        own = self.generation.own_area
        asked = {a.key for a in question.areas}
        if not asked or (own is not None and own.key in asked):
            return True
        about = self.generation.own_areas.get(passage.location.document)
        if about is not None and about.key in asked:
            return True
        context = self._around(passage.text, passage)
        return any(m.area.key in asked for m in self.generation.gazetteer.find(context))

    def definitions(self, question: Question) -> tuple[Found, ...]:
        """Sentences that say what a term is: they open with it, or with what it stands for, and go on "is" or "means"."""
        phrases = [p for t in question.terms for p in (t.stems, *t.alternatives)]
        for passage in sorted(self.generation.passages, key=lambda p: p.kind != "footnote"):
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                verb = re.search(r"\b(?:is|are|means?|refers? to)\b", text)
                opening = self.matcher.words_of(text[: verb.start()]) if verb else None
                if opening is None or not opening.weights or not any(opening.phrase(p) for p in phrases):
                    continue
                if len(opening.weights) <= max(len(p) for p in phrases) + 2:
                    place = passage.location.start
                    end = len(passage.text) if passage.kind == "footnote" else end
                    return (Found(passage, place + start, place + end, passage.text[start:end], 1.0, 1.0),)
        for term in question.terms:
            named = re.compile(rf"\(\s*{re.escape(term.text)}\s*\)")
            for passage in self.generation.passages if term.text.isupper() else ():
                for start, end in sentences(passage.text):
                    if named.search(passage.text, start, end):
                        place = passage.location.start
                        return (Found(passage, place + start, place + end, passage.text[start:end], 1.0, 1.0),)
        bracketed = [
            f for f in self.matcher.matches(question) if f.figure.kind is FigureKind.DEFINITION and f.coverage >= 0.8
        ]
        if bracketed and (holding := self._holding(bracketed[0].figure)) is not None:
            figure = bracketed[0].figure
            return (Found(holding, figure.location.start, figure.location.end, figure.quote, 1.0, 1.0),)
        return ()

    def dated(self, question: Question, fitting: list[Match]) -> tuple[Dated, ...]:
        """The period that the best figure's sentence states, or the best bullet or sentence about a thing that is dated."""
        for match in fitting:
            figure = match.figure
            passage = self._holding(figure)
            if passage is None or not figure.period or figure.location.cell is not None:
                continue
            at = figure.quote.find(figure.period)
            periods = read_periods(figure.period)
            if at >= 0 and periods:
                start = figure.location.start + at
                return (
                    Dated(
                        passage,
                        figure.location.start,
                        figure.location.end,
                        periods[0],
                        (start, start + len(figure.period)),
                    ),
                )
        best: tuple[float, Dated] | None = None
        for passage in self.generation.passages:
            if passage.kind in ("row", "footnote"):
                continue
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                periods = [
                    p
                    for p in read_periods(text)
                    if p.relation in ("by", "over", "in") and (p.first or p.last or p.years)
                ]
                covered = self.decider.covers(question, f"{text} {passage.stem or ''}") if periods else 0.0
                if covered >= ENOUGH and (best is None or covered > best[0]):
                    place = passage.location.start + start
                    span = (place + periods[-1].start, place + periods[-1].end)
                    best = (covered, Dated(passage, place, passage.location.start + end, periods[-1], span))
        return (best[1],) if best else ()

    def _holding(self, figure: Figure) -> Passage | None:
        place = figure.location
        return next(
            (
                p
                for p in self.generation.passages
                if p.location.document == place.document and p.location.start <= place.start < p.location.end
            ),
            None,
        )

    def listed(self, question: Question, found: tuple[Found, ...]) -> tuple[Passage, ...]:
        """The bullets that the best sentence opens, or that it is one of, when several things are asked for."""
        if not found:
            return ()
        best = found[0]
        passages = self.generation.passages
        at = self._place[best.passage.id]
        for one in found:
            if one.coverage >= best.coverage - 0.2 and (children := self._children(one.passage)):
                return children
        opens = best.end >= best.passage.location.end - 2 and best.passage.kind != "bullet"
        if opens and (items := self._bullets_after(at)) and (question.several or best.text.rstrip().endswith(":")):
            return items
        if best.passage.kind == "bullet" and question.several and best.passage.stem:
            held = self.matcher.words_of(f"{best.passage.stem} {' '.join(best.passage.location.section[-1:])}")
            covered = [t for t in question.terms if self.matcher.covers(held, t) > 0.5]
            if len(covered) >= max(1, len(question.terms) - 1) or question.terms[0] in covered:
                start = at
                while (
                    start > 0 and passages[start - 1].kind == "bullet" and passages[start - 1].stem == best.passage.stem
                ):
                    start -= 1
                return self._bullets_after(start - 1)
        return ()

    def _children(self, passage: Passage) -> tuple[Passage, ...]:
        """The bullets that stand under a bullet."""
        if passage.kind != "bullet":
            return ()
        opening = " ".join(passage.text.replace("*", " ").split()).rstrip(":;. ")
        following = self.generation.passages[self._place[passage.id] + 1 :]
        items: list[Passage] = []
        for other in following:
            if other.kind != "bullet" or not (other.stem or "").endswith(opening):
                break
            items.append(other)
        return tuple(items)

    def _bullets_after(self, at: int) -> tuple[Passage, ...]:
        """The run of bullets that follows a passage, footnotes left out."""
        passages = self.generation.passages
        items: list[Passage] = []
        for passage in passages[at + 1 :]:
            same = passage.location.document == passages[max(at, 0)].location.document
            if passage.kind == "footnote" and same:
                continue
            if (
                passage.kind != "bullet"
                or not same
                or (items and passage.location.section != items[0].location.section)
            ):
                break
            items.append(passage)
        return tuple(items)
