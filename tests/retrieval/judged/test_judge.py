"""The judge weighs signs: it tells the statement that answers, and which of its figures does."""

import math
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document
from corpus.embedder import BASE_MODEL, ModelError
from corpus.index import Generation
from corpus.location import Location
from corpus.passage import Passage
from corpus.records import Records
from retrieval.judged.candidates import Candidates
from retrieval.judged.judge import LearnedJudge, Score, log_shares, networks, probability
from retrieval.judged.question import Reader
from retrieval.judged.slots import Slots

OTHERS = ("The depot closed because the lease ran out.", "Rents in Anyshire rose by 4% in 2019.")


def test_shares_of_quantities_add_up_to_one() -> None:
    assert sum(math.exp(v) for v in log_shares([3.0, -1.0, 0.5])) == pytest.approx(1.0)
    assert log_shares([]) == () and log_shares([7.0]) == (0.0,)


def test_a_score_above_nought_is_rather_an_answer_and_no_score_is_too_large() -> None:
    assert probability(0.0) == 0.5
    assert 0.0 < probability(-1e9) < probability(-1.0) < probability(1.0) < probability(1e9) <= 1.0


def test_weights_that_are_none_are_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "judge.npz"
    file.write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"cannot be read\. Get the file again from the repository\."):
        networks(file)
    np.savez(file, other=np.zeros(3))
    with pytest.raises(ModelError, match="cannot be read"):
        networks(file)


def scores(question: str, *sentences: str) -> list[Score]:
    """What the judge that ships says of sentences, each a passage of one plan."""
    text = "\n\n".join(sentences)
    passages = tuple(
        Passage(f"p{n}", s, Location("plan.md", text.index(s), text.index(s) + len(s))) for n, s in enumerate(sentences)
    )
    records = Records(Document("plan.md", "Plan", text, "0"), passages)
    generation = Generation("g", Path(), BASE_MODEL, (records,))
    slots = Slots(generation)
    held = Candidates(generation, slots)
    found = [
        held.of({"id": s.id, "cosine": 0.4, "words": 1.0, "by_meaning": n, "by_words": n, "fused": n})
        for n, s in enumerate(generation.statements)
    ]
    return LearnedJudge(generation, slots).scores(Reader(generation).read(question), found)


def test_it_tells_the_sentence_that_answers() -> None:
    best, *rest = (
        s.answers
        for s in scores(
            "How many homes were let to families?", "The council let 311 homes to families and 94 to others.", *OTHERS
        )
    )
    assert best > max(rest) + 2


def test_no_candidates_have_no_scores() -> None:
    assert scores("How many homes were let?") == []


# A sentence with two figures, and a question with the figure that answers it and the one beside it.
FIGURES = [
    ("The council let 311 homes to families and 94 to single people.", "How many homes were let to families?", "311", "94"),
    ("The council let 311 homes to families and 94 to single people.", "How many homes were let to single people?", "94", "311"),
    ("In 2023 the library lent 48,200 books and 7,150 films.", "How many films were lent?", "7,150", "48,200"),
    ("In 2023 the library lent 48,200 books and 7,150 films.", "How many books were lent?", "48,200", "7,150"),
    ("In Adur 41% hold NVQ4, compared with 45% in West Sussex.", "What share in Adur hold NVQ4?", "41%", "45%"),
    ("In Adur 41% hold NVQ4, compared with 45% in West Sussex.", "What share in West Sussex hold NVQ4?", "45%", "41%"),
    ("The rate for men was 77.5% and that for women 70.1%.", "What is the rate for women?", "70.1%", "77.5%"),
    ("The number of shops fell from 412 in 2018 to 367 in 2023.", "How many shops were there in 2018?", "412", "367"),
    ("The number of shops fell from 412 in 2018 to 367 in 2023.", "How many shops were there in 2023?", "367", "412"),
]  # fmt: skip


def test_of_two_figures_in_a_sentence_the_one_that_answers_is_mostly_chosen() -> None:
    wrong = []
    for text, question, right, other in FIGURES:
        (score,) = scores(question, text)
        figures = sorted((right, other), key=text.index)
        if figures[int(np.argmax(score.marks))] != right:
            wrong.append((question, right, score.marks))
    assert len(wrong) <= 2, wrong
