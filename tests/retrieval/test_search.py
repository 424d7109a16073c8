"""The passages that the rules read: those of the statements that search found."""

import pytest
from langchain_core.documents import Document

from answering.ask import Asker
from retrieval.judged.search import StatementRetriever
from retrieval.search import passages_in


def passages(asker: Asker, query: str) -> list[Document]:
    retriever = StatementRetriever(generation=asker.generation, nearest=asker.generation.nearest)
    return passages_in(retriever.invoke(query), asker.generation)


def test_each_result_is_a_passage_with_its_scores_best_first(asker: Asker) -> None:
    known = {p.id: p for p in asker.generation.passages}
    found = passages(asker, "What is the participation rate?")
    assert found and all(d.page_content == known[d.metadata["id"]].text for d in found)
    scores = [d.metadata["score"] for d in found]
    assert scores == sorted(scores, reverse=True)
    assert all(-1.0 <= d.metadata["similarity"] <= 1.001 for d in found)
    assert len({d.metadata["id"] for d in found}) == len(found)
    assert all(known[d.metadata["id"]].kind != "row" for d in found)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("participation rate before the pandemic", "participation rate of 85.2%"),
        ("people furloughed", "workers on furlough"),
        ("quick trains to the capital", "London Euston is only half an hour away"),
    ],
)
def test_the_passage_is_among_those_found(asker: Asker, query: str, words: str) -> None:
    assert any(words in d.page_content for d in passages(asker, query))


@pytest.mark.parametrize("query", ["", "???", "the of and", "zzzz qqqq", "£", "\U0001f682"])
def test_a_query_without_words_is_no_error(asker: Asker, query: str) -> None:
    assert isinstance(passages(asker, query), list)
