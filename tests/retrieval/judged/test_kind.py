"""The kind of answer that a question wants, as learned from how questions are worded."""

import pytest

from retrieval.judged.kind import Kind, features, kind_of, probabilities


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What percentage of households in Anytown rent privately?", Kind.FIGURE),
        ("How many homes were completed in 2023?", Kind.FIGURE),
        ("Why did the council close the depot?", Kind.WORDS),
        ("Who is responsible for the parking review?", Kind.WORDS),
        ("Which has the higher rate, Anytown or Otherton, and by how much?", Kind.COMPARE),
        ("How did the rate change between 2011 and 2021?", Kind.TREND),
    ],
)
def test_kinds(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


def test_probabilities_add_up() -> None:
    assert sum(probabilities("How many homes are there?").values()) == pytest.approx(1.0)


def test_numbers_are_evened_out_and_the_ends_count_as_words() -> None:
    assert "^ how many" in features("How many in 2021?")
    assert "in 0 $" in features("How many in 2021?")
