"""Passages by meaning and by words, as LangChain documents."""

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from answering.ask import Asker
from retrieval.search import PassageRetriever


@pytest.fixture(scope="module")
def retriever(asker: Asker) -> PassageRetriever:
    return PassageRetriever(generation=asker.generation)


def test_it_is_a_langchain_retriever_of_langchain_documents(retriever: PassageRetriever) -> None:
    found = retriever.invoke("retail jobs lost")
    assert isinstance(retriever, BaseRetriever)
    assert found and all(isinstance(d, Document) for d in found)
    assert len(found) <= retriever.k


def test_each_result_is_a_passage_with_its_scores_best_first(asker: Asker, retriever: PassageRetriever) -> None:
    known = {p.id: p.text for p in asker.generation.passages}
    found = retriever.invoke("What is the participation rate?")
    assert all(d.page_content == known[d.metadata["id"]] for d in found)
    scores = [d.metadata["score"] for d in found]
    assert scores == sorted(scores, reverse=True)
    assert all(-1.0 <= d.metadata["similarity"] <= 1.001 for d in found)
    assert len({d.metadata["id"] for d in found}) == len(found)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("participation rate before the pandemic", "participation rate of 85.2%"),
        ("people furloughed", "workers on furlough"),
        ("quick trains to the capital", "London Euston is only half an hour away"),
    ],
)
def test_the_passage_is_among_those_found(retriever: PassageRetriever, query: str, words: str) -> None:
    assert any(words in d.page_content for d in retriever.invoke(query))


@pytest.mark.parametrize("query", ["", "???", "the of and", "zzzz qqqq", "£", "\U0001f682"])
def test_a_query_without_words_is_no_error(retriever: PassageRetriever, query: str) -> None:
    assert isinstance(retriever.invoke(query), list)
