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
from retrieval.judged.decide import Thresholds
from retrieval.judged.evidence import Evidence, Finder, Found
from retrieval.judged.judge import Pair
from retrieval.judged.question import Reader

TEXT = (
    "The council let 311 homes to families and 94 homes to single people in 2023.\n\n"
    "The depot closed because the lease ran out.\n\nRents in Anyshire rose by 4% in 2019."
)


class SharedWords:
    """Scores a pair by the words that question and statement share, those beside the mark twice."""

    name = "shared words"

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        found = []
        for pair in pairs:
            asked = set(content_stems(pair.question))
            behind = pair.statement.split("»", 1)[1].split()[:3] if "»" in pair.statement else []
            shared = asked & set(content_stems(pair.statement))
            found.append(2.0 * len(shared) + len(asked & set(content_stems(" ".join(behind)))) - 4.0)
        return found


@pytest.fixture(scope="module")
def generation() -> Generation:
    passages, at = [], 0
    for n, part in enumerate(TEXT.split("\n\n")):
        passages.append(Passage(f"p{n}", part, Location("plan.md", at, at + len(part))))
        at += len(part) + 2
    return Generation("g", Path(), "none", (Records(Document("plan.md", "Plan", TEXT, "0"), tuple(passages)),))


def find(generation: Generation, question: str, figure: float = 0.5, words: float = 0.5) -> Evidence:
    finder = Finder(generation, SharedWords(), Thresholds(figure, words, 2.0, 4.0))
    return finder.find(Reader(generation).read(question), [s.id for s in generation.statements])


def test_the_quantity_that_answers_is_told_from_its_neighbour(generation: Generation) -> None:
    found = find(generation, "How many homes were let to single people?", figure=0.0)
    assert found.found is Found.FIGURE
    figure = found.kept[0].figure
    assert figure is not None and figure.quantity.text == "94"
    assert TEXT[slice(*figure.at)] == "94"


def test_what_is_asked_in_words_is_answered_by_the_sentence(generation: Generation) -> None:
    found = find(generation, "Why did the depot close?", words=0.0)
    assert found.found is Found.WORDS
    assert found.kept[0].statement.text == "The depot closed because the lease ran out."


def test_below_the_threshold_nothing_is_answered_and_the_nearest_is_kept(generation: Generation) -> None:
    found = find(generation, "How many homes were let to single people?", figure=1.1)
    assert found.found is Found.NOTHING and found.kept == ()
    assert "311 homes" in found.rejected[0].statement.text


def test_what_is_vetoed_never_answers_and_says_why(generation: Generation) -> None:
    found = find(generation, "What percentage did rents in Anyshire rise by in 2015?", figure=0.0, words=0.0)
    assert all(s.statement.text != "Rents in Anyshire rose by 4% in 2019." for s in found.kept)
    assert any(v.slot == "period" for s in found.rejected for v in s.vetoes)
