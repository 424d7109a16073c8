"""Lists that answer: the bullets that a sentence or a heading opens, whole and in the source's order."""

import re
from dataclasses import dataclass, replace

from corpus.language import sentences
from corpus.passage import Passage
from retrieval.decide import Decider
from retrieval.expects import CONTACT
from retrieval.found import Found
from retrieval.match import Words
from retrieval.question import Question
from retrieval.sentences import SentenceFinder, deed_of

# What the words of the opening sentence, the heading and the items count, when a list is held against a question.
_OPENING, _HEADING, _ITEM = 1.0, 0.9, 0.6
# A list answers when its opening and its heading cover this much of what is asked.
_COVERS = 0.6
# How far below the best sentence a list may stand and still come first where a list is asked for.
_LIST_FIRST = 0.35
_OPENS = re.compile(
    r"(?::|\b(?:in|of|to|for|with|by|from|are|is|include|includes|including|as|following|will|should|must))\s*$"
)
# "What must an action plan set out?" asks for all that it sets out.
_SETS_OUT = re.compile(
    r"\bwhat\b.{0,20}\b(?:must|should|shall|will|does|do|can|could|might|would|has\s+to|have\s+to)\b.*"
    r"\b(?:set\s+out|include|provide|contain|cover|address|comprise|consist|do|show|require|need|expect|support)\b"
    r"|\bwho\s+(?:makes?\s+up|belongs?|sits?\s+on|is\s+on|is\s+in|does)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Bullets that stand together, with the sentence that opens them (None where only a heading does)."""

    items: tuple[Passage, ...]
    opener: Passage | None
    span: tuple[int, int]
    opening: str
    held: Words
    over: Words


class ListFinder:
    """Finds the list that a question asks for."""

    def __init__(self, finder: SentenceFinder, decider: Decider) -> None:
        self.finder = finder
        self.decider = decider
        self.passages = decider.generation.passages
        self._place = {p.id: i for i, p in enumerate(self.passages)}
        self.runs = [run for i in range(len(self.passages)) if (run := self._run(i)) is not None]

    def _run(self, at: int) -> Run | None:
        """The run of bullets whose first item is this passage."""
        first = self.passages[at]
        if first.kind != "bullet" or (at and self._together(self.passages[at - 1], first)):
            return None
        items = [first]
        for passage in self.passages[at + 1 :]:
            if passage.kind == "footnote" and passage.location.document == first.location.document:
                continue
            if not self._together(items[-1], passage):
                break
            items.append(passage)
        opener = self._opener(at)
        span, opening = (0, 0), first.stem or ""
        if opener is not None:
            start, end = list(sentences(opener.text))[-1]
            span = (opener.location.start + start, opener.location.start + end)
            opening = " ".join(opener.text[start:end].split())
        texts = ((opening, _OPENING), (" ".join(first.location.section), _HEADING), *self.finder.placed(first)[1:])
        matcher = self.decider.matcher
        held = matcher.words_in(*texts, (" ".join(i.text for i in items), _ITEM))
        return Run(tuple(items), opener, span, opening, held, matcher.words_in(*texts))

    @staticmethod
    def _together(one: Passage, other: Passage) -> bool:
        """Whether two passages are items of one list."""
        same = one.location.document == other.location.document and one.location.section == other.location.section
        nested = (other.stem or "").startswith(one.stem or "\0") or (one.stem or "").startswith(other.stem or "\0")
        return same and one.kind == other.kind == "bullet" and (one.stem == other.stem or nested)

    def _opener(self, at: int) -> Passage | None:
        """The paragraph right before a run that its first item continues, or that ends as a list is opened."""
        for passage in reversed(self.passages[max(0, at - 3) : at]):
            if passage.kind == "footnote":
                continue
            if passage.kind == "bullet" or passage.location.document != self.passages[at].location.document:
                return None
            ends = " ".join(passage.text.split())
            opens = _OPENS.search(ends) is not None or (len(ends) < 80 and ends[-1] not in ".!?")
            continued = (
                self.passages[at].stem is not None and self.passages[at].location.section == passage.location.section
            )
            return passage if opens or continued else None
        return None

    def choose(self, question: Question, found: tuple[Found, ...]) -> tuple[tuple[Found, ...], tuple[Passage, ...]]:
        """The sentences that answer, and the items of the list that they open, or that answers in their place."""
        asks_for_list = question.several or _SETS_OUT.search(question.standalone) is not None
        opening = self._best(question) if asks_for_list else None
        if opening is not None and (not found or opening[1].score >= found[0].score - _LIST_FIRST):
            return (opening[1],), opening[0].items
        for one in found:
            if one.coverage >= found[0].coverage - 0.2 and (children := self._under(one)):
                return (one,), children
        if found and (run := self._opened_by(found[0])) is not None and (asks_for_list or _OPENS.search(found[0].text)):
            return found[:1], run.items
        for run in self.runs if len(found) > 1 else ():
            if sum(any(i.id == f.passage.id for i in run.items) for f in found) > 1 and run.opening:
                return self._opening(run, found[0]), run.items
        if found and question.several and (run := self._around(question, found[0])) is not None:
            return self._opening(run, found[0]), run.items
        return found, ()

    def _best(self, question: Question) -> tuple[Run, Found] | None:
        """The list whose opening and heading speak to the question, with the words that open it."""
        if question.unknown_area or question.expects in CONTACT or not self.finder.names_something(question):
            return None
        asked = self.finder.asked(question)
        deed = deed_of(question)
        best: tuple[Run, Found] | None = None
        scored = [(self.finder.coverage(asked, r.over), i) for i, r in enumerate(self.runs)]
        for over, i in sorted(scored, reverse=True)[:5]:
            run = self.runs[i]
            first = run.opener or run.items[0]
            missing = [t for t, _ in asked if self.finder.covers(run.held, t) < 0.5]
            lacks = self.finder.lacks_name(question, missing) or (deed and self.finder.covers(run.over, deed) < 0.5)
            if over < _COVERS or lacks or not self.finder.in_area(question, first):
                continue
            opening = self._opening(run, None)[0]
            heading = first.location.section[-1] if first.location.section else ""
            near = self.decider.similarity(question.standalone, [f"{heading}. {run.opening}"])[0]
            score = self.finder.score(question, asked, f"{heading} {run.opening}", over, run.over, near)
            if best is None or score > best[1].score:
                best = run, replace(opening, similarity=near, coverage=over, score=score)
        return best

    def _opening(self, run: Run, item: Found | None) -> tuple[Found, ...]:
        """The words that open a list; where only a heading does, the item that was found, or the first."""
        if run.opener is not None:
            return (Found(run.opener, *run.span, run.opening, 1.0, 1.0),)
        first = run.items[0]
        return (item or Found(first, first.location.start, first.location.end, first.text, 1.0, 1.0),)

    def _around(self, question: Question, found: Found) -> Run | None:
        """The list that a bullet is an item of, where its opening or heading speaks to the question."""
        run = next((r for r in self.runs if any(i.id == found.passage.id for i in r.items)), None)
        if run is None or not run.opening:
            return None
        over = self.decider.matcher.words_of(f"{run.opening} {' '.join(found.passage.location.section[-1:])}")
        covered = [t for t in question.terms if self.decider.matcher.covers(over, t) > 0.5]
        enough = len(covered) >= max(1, len(question.terms) - 1) or question.terms[0] in covered
        return run if enough else None

    def _opened_by(self, found: Found) -> Run | None:
        """The list that a sentence opens."""
        return next(
            (r for r in self.runs if r.opener and r.opener.id == found.passage.id and found.end >= r.span[1] - 2), None
        )

    def _under(self, found: Found) -> tuple[Passage, ...]:
        """The bullets that stand under a bullet."""
        if found.passage.kind != "bullet":
            return ()
        opening = " ".join(found.passage.text.replace("*", " ").split()).rstrip(":;. ")
        items: list[Passage] = []
        for other in self.passages[self._place[found.passage.id] + 1 :]:
            if other.kind != "bullet" or not (other.stem or "").endswith(opening):
                break
            items.append(other)
        return tuple(items)
