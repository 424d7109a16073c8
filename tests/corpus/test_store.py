"""The store embeds each text once, ever, and replaces exactly one file's records at a time."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "deep" / "store.sqlite")
    yield opened
    opened.close()


class Counting:
    """Embeds a text as its length, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, batch: list[str]) -> list[list[float]]:
        self.given += batch
        return [[float(len(text)), 1.0] for text in batch]


def test_each_distinct_text_is_embedded_once(store: Store) -> None:
    embed = Counting()
    store.vectors(["one", "three", "one"], "m", embed)
    store.vectors(["three", "seven"], "m", embed)
    assert sorted(embed.given) == ["one", "seven", "three"]


def test_rows_stand_in_the_order_of_the_texts(store: Store) -> None:
    texts = [("x" * n) for n in (9, 2, 150, 2, 30)] + ["y" * n for n in range(1, 90)]
    vectors = store.vectors(texts, "m", Counting())
    assert vectors[:, 0].tolist() == [float(len(t)) for t in texts]
    assert vectors.dtype == np.float32


def test_another_model_has_vectors_of_its_own(store: Store) -> None:
    embed = Counting()
    store.vectors(["one"], "m", embed)
    store.vectors(["one"], "n", embed)
    assert embed.given == ["one", "one"]


def test_vectors_survive_the_process(tmp_path: Path) -> None:
    first = Store(tmp_path / "store.sqlite")
    first.vectors(["kept"], "m", Counting())
    first.close()
    embed, second = Counting(), Store(tmp_path / "store.sqlite")
    second.vectors(["kept"], "m", embed)
    second.close()
    assert embed.given == []


def test_no_texts_give_no_vectors(store: Store) -> None:
    assert store.vectors([], "m", Counting()).shape[0] == 0


def test_a_file_is_replaced_alone(store: Store) -> None:
    store.put("a", "1", b"old")
    store.put("b", "1", b"other")
    store.put("a", "2", b"new")
    assert (store.records("a"), store.records("b")) == (b"new", b"other")
    assert store.states() == {"a": "2", "b": "1"}


def test_a_failure_is_remembered_until_the_file_is_read(store: Store) -> None:
    store.put_failure("a", "1", "a is empty.")
    assert store.failures() == {"a": ("1", "a is empty.")}
    store.put("a", "2", b"read")
    assert store.failures() == {}


def test_a_removed_file_is_forgotten(store: Store) -> None:
    store.put("a", "1", b"x")
    store.remove("a")
    assert store.records("a") is None
    assert store.states() == {}
