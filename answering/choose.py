"""Which of two answers is given, if any: the one that the rules composed, or the one that the judge found.

Each has a probability (``retrieval/judged/decide.py``); the judge's is given where it is sure enough and surer than the
rules, the rules' where the judge does not gainsay it. What the judge cannot weigh (a plan's themes, a document's date, what is
worked out, why a cell is blank) stays as the rules say it.
"""

from dataclasses import replace

from answering.answer import Answer, Citation, Status
from answering.frame import refuse
from answering.judged import compose_judged
from corpus.index import Generation
from retrieval.expects import STRICT, Expects, holds
from retrieval.found import Evidence as Ruled
from retrieval.judged.decide import decision, judged_features, ruled_features, sorted_features, sure
from retrieval.judged.evidence import Evidence, Found, Scored
from retrieval.question import Asks

AHEAD = 0.15  # how much surer the judge must be to put another answer in the place of the rules'


def choose(ruled: Answer, by_rules: Ruled, evidence: Evidence, generation: Generation) -> Answer:
    """The answer that is given; a refusal where neither is sure enough."""
    refused = refuse(by_rules, generation)
    if not weighed(by_rules) or (ruled.status is Status.NOT_FOUND and ruled.text != refused.text):
        return ruled  # also where the rules say why a figure is not given
    found = answer_of(by_rules, evidence, generation)
    answered = ruled.status is Status.ANSWERED
    agrees = agreement(ruled, found)
    own = sure(family(evidence), judged_features(evidence.scores, agrees)) if found is not None else 0.0
    theirs = sure("ruled", of_rules(ruled, evidence, agrees)) if answered else 0.0
    limits = decision()["thresholds"]
    gives_way = not ruled.figures or theirs < limits["ruled"] or evidence.found is not Found.WORDS
    if found is not None and gives_way and own >= limits["judged"] and not agrees and own > theirs + AHEAD:
        return replace(found, confidence=own)  # a figure does not give way to words
    theirs = max(own, theirs) if agrees else theirs
    if not answered or theirs >= limits["ruled"]:
        return replace(ruled, confidence=theirs) if answered else ruled
    return replace(refused, confidence=theirs)


def answer_of(by_rules: Ruled, evidence: Evidence, generation: Generation) -> Answer | None:
    """The judge's answer; None where it gives none, or words that hold nothing of the kind asked for: no name, no time. Of
    who does something it does not tell a doer from whoever else is named: that is left to the rules."""
    found = compose_judged(evidence, generation)
    question = by_rules.question
    if evidence.found is Found.WORDS and question.expects is Expects.WHO:
        return None
    if found is not None and evidence.found is Found.WORDS and question.expects in STRICT:
        return found if holds(found.text, question.expects, question.standalone) else None
    return found


def weighed(by_rules: Ruled) -> bool:
    """Whether the judge can weigh what the rules found: figures, sentences, or nothing at all."""
    e = by_rules
    if e.question.asks is Asks.ITSELF:
        return False
    other = (
        e.themes or e.commitments or e.missing or e.operands or e.dated or e.document or e.unavailable or e.spelled_out
    )
    return not other


def family(evidence: Evidence) -> str:
    """Of which family the judge's answer is."""
    if evidence.found is Found.WORDS:
        return "words"
    return "cell" if evidence.kept and evidence.kept[0].statement.series is not None else "figure"


def of_rules(ruled: Answer, evidence: Evidence, agrees: bool | None) -> dict[str, float]:
    """What tells how sure the rules' answer is."""
    best = sorted_features(evidence.scores)["best"]
    first = ruled.figures[0] if ruled.figures else None
    cell = first is not None and any(c.id == first.citation and c.cell is not None for c in ruled.citations)
    return ruled_features(support(ruled, evidence), best, agrees, first is not None, cell)


def agreement(ruled: Answer, found: Answer | None) -> bool | None:
    """Whether both give the same first: the same figure, else words of the same place; None where one gives nothing."""
    if found is None or ruled.status is not Status.ANSWERED:
        return None
    if ruled.figures and found.figures:
        return (ruled.figures[0].text, ruled.figures[0].area) == (found.figures[0].text, found.figures[0].area) or (
            ruled.figures[0].value is not None and ruled.figures[0].value == found.figures[0].value
        )
    return any(_overlap(a, b) for a in ruled.citations[:1] for b in found.citations[:1])


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def support(answer: Answer, evidence: Evidence) -> float | None:
    """The judge's score for what an answer gives first: its first figure, else its first words; None where it saw neither."""
    first = answer.figures[0] if answer.figures else None
    cited = [c for c in answer.citations if first is None or c.id == first.citation]
    held = [s for s in evidence.judged if any(_within(s, c) for c in cited)]
    same = [s for s in held if first is not None and s.figure is not None and s.figure.quantity.text == first.text]
    words = [s for s in held if first is None or s.figure is None]
    return max((s.score for s in same or words), default=None)


def _within(scored: Scored, cited: Citation) -> bool:
    place = scored.figure.location if scored.figure is not None else scored.statement.location
    if place.document != cited.document:
        return False
    if cited.cell is not None:
        return place.cell == cited.cell
    return place.start < cited.end and cited.start < place.end
