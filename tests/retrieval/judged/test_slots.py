"""Slots veto where question and statement both say, and differ; where either is silent, they do not."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.index import Generation
from corpus.location import Location
from corpus.passage import Passage
from corpus.records import Records
from corpus.statement import Statement, statements_of
from retrieval.judged.question import Question, Reader, codes_of, other_codes
from retrieval.judged.slots import Slots

TEXT = (
    "In Adur 41% of residents hold NVQ4 in 2021.\n\nIn England the figure was 45% in 2019.\n\n"
    "Women aged 16 to 64 earn less.\n\nThe work will be done soon."
)


@pytest.fixture(scope="module")
def generation() -> Generation:
    at = 0
    passages = []
    for n, part in enumerate(TEXT.split("\n\n")):
        passages.append(Passage(f"p{n}", part, Location("plan.md", at, at + len(part))))
        at += len(part) + 2
    document = Document("plan.md", "Adur Plan", TEXT, "0")
    return Generation("g", Path(), "none", (Records(document, tuple(passages), own_area="Adur", places=("Adur",)),))


def statement(generation: Generation, words: str) -> Statement:
    return next(s for r in generation.records for s in statements_of(r) if words in s.text)


def vetoed(generation: Generation, question: str, words: str) -> list[str]:
    asked: Question = Reader(generation).read(question)
    return [v.slot for v in Slots(generation).vetoes(asked, statement(generation, words))]


@pytest.mark.parametrize(
    ("question", "words", "slots"),
    [
        ("What share of residents in Adur hold NVQ4?", "In Adur", []),
        ("What share of residents in England hold NVQ4?", "In Adur", ["area"]),
        ("What share of residents hold NVQ4?", "In England", []),
        ("What share of residents in Adur hold NVQ4 in 2015?", "In Adur", ["period"]),
        ("What share of residents in Adur hold NVQ4 in 2021?", "In Adur", []),
        ("What share of residents in Adur hold NVQ3?", "In Adur", ["code"]),
        ("What do women aged 50 to 64 earn?", "Women aged", ["band"]),
        ("What do men earn?", "Women aged", ["sex"]),
        ("When will the work be done in 2015?", "The work", []),
    ],
)
def test_vetoes(generation: Generation, question: str, words: str, slots: list[str]) -> None:
    assert vetoed(generation, question, words) == slots


def test_a_place_that_no_source_knows_vetoes_everything(generation: Generation) -> None:
    assert "area" in vetoed(generation, "What share of residents in Zedburgh hold NVQ4?", "In Adur")


def test_codes_of_one_series_differ_and_others_say_nothing() -> None:
    assert codes_of("the NVQ 4 rate") == frozenset({"nvq4"})
    assert other_codes({"nvq4"}, {"nvq3"})
    assert not other_codes({"nvq4"}, {"nvq3", "nvq4"})
    assert not other_codes({"nvq4"}, {"ks2"})
