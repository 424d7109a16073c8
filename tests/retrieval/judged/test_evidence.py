"""From candidates to evidence: judged, marked, vetoed, decided. The judge here is one that counts shared words."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.index import Generation
from corpus.language import content_stems
from corpus.location import Location
from corpus.passage import Passage
from corpus.records import Records
from retrieval.judged.candidates import Candidates
from retrieval.judged.evidence import Evidence, Finder, Found
from retrieval.judged.judge import Score, log_shares
from retrieval.judged.question import Question, Reader
from retrieval.judged.signs import Candidate
from retrieval.judged.slots import Slots

TEXT = (
    "The council let 311 homes to families and 94 homes to single people in 2023.\n\n"
    "The depot closed because the lease ran out.\n\nRents in Anyshire rose by 4% in 2019."
)


class SharedWords:
    """Scores a statement by the words that it shares with the question, and a figure by those that follow it."""

    name = "shared words"

    def scores(self, question: Question, candidates: Sequence[Candidate]) -> list[Score]:
        found = []
        asked = set(content_stems(question.standalone))
        for c in candidates:
            text = c.statement.text
            shared = asked & set(content_stems(text))
            behind = [content_stems(" ".join(text[start:].split()[1:6])) for start, _ in c.places]
            found.append(Score(2.0 * len(shared) - 4.0, log_shares([len(asked & set(b)) for b in behind])))
        return found


@pytest.fixture(scope="module")
def generation() -> Generation:
    passages, at = [], 0
    for n, part in enumerate(TEXT.split("\n\n")):
        passages.append(Passage(f"p{n}", part, Location("plan.md", at, at + len(part))))
        at += len(part) + 2
    return Generation("g", Path(), "none", (Records(Document("plan.md", "Plan", TEXT, "0"), tuple(passages)),))


def find(generation: Generation, question: str) -> Evidence:
    slots = Slots(generation)
    held = Candidates(generation, slots)
    found = [
        held.of({"id": s.id, "cosine": 0.5, "words": 1.0, "by_meaning": n, "by_words": n, "fused": n})
        for n, s in enumerate(generation.statements)
    ]
    finder = Finder(generation, SharedWords(), slots)
    return finder.find(Reader(generation).read(question), found)


def test_the_quantity_that_answers_is_told_from_its_neighbour(generation: Generation) -> None:
    found = find(generation, "How many homes were let to single people?")
    assert found.found is Found.FIGURE
    figure = found.kept[0].figure
    assert figure is not None and figure.quantity.text == "94"
    assert TEXT[slice(*figure.at)] == "94"


def test_what_is_asked_in_words_is_answered_by_the_sentence(generation: Generation) -> None:
    found = find(generation, "Why did the depot close?")
    assert found.found is Found.WORDS
    assert found.kept[0].statement.text == "The depot closed because the lease ran out."


def test_all_that_was_judged_is_kept_with_its_score_figures_first(generation: Generation) -> None:
    judged = find(generation, "How many homes were let to single people?").judged
    first = next(s for s in judged if s.figure is not None and s.figure.quantity.text == "94")
    assert first.score == max(s.score for s in judged if s.figure is not None)
    assert {s.statement.id for s in judged} == {s.id for s in generation.statements}


def test_what_is_vetoed_never_answers_and_says_why(generation: Generation) -> None:
    found = find(generation, "What percentage did rents in Anyshire rise by in 2015?")
    assert all(s.statement.text != "Rents in Anyshire rose by 4% in 2019." for s in found.kept)
    assert any(v.slot == "period" for s in found.rejected for v in s.vetoes)
