"""Search is a LangChain retriever of statements: what is near in meaning and what shares words, ranks fused."""

from pathlib import Path

from langchain_core.retrievers import BaseRetriever

from corpus.document import Document
from corpus.index import Generation
from corpus.location import Location
from corpus.passage import Passage
from corpus.records import Records
from retrieval.judged.search import StatementRetriever

PARTS = ("The depot closed.", "Rents rose by 4%.", "The library opened in May.", "Trees were planted by the river.")


class Near(Generation):
    """A generation in which the last statements are nearest in meaning, whatever is asked."""

    def nearest(self, text: str, k: int) -> list[tuple[str, float]]:
        return [(s.id, 0.9 - n / 10) for n, s in enumerate(self.statements[::-1])][: min(k, 2)]


def retriever(k: int = 60, parts: tuple[str, ...] = PARTS) -> StatementRetriever:
    text = "\n\n".join(parts)
    passages = tuple(
        Passage(f"p{n}", part, Location("plan.md", text.index(part), text.index(part) + len(part)))
        for n, part in enumerate(parts)
    )
    records = Records(Document("plan.md", "Plan", text, "0"), passages)
    return over(Near("g", Path(), "none", (records,)), k)


def over(generation: Generation, k: int = 60) -> StatementRetriever:
    return StatementRetriever(generation=generation, nearest=generation.nearest, k=k)


def found(question: str, k: int = 60) -> list[str]:
    return [str(d.metadata["id"]) for d in retriever(k).invoke(question)]


def test_it_is_a_retriever_of_statements_with_their_scores_best_first() -> None:
    search = retriever()
    assert isinstance(search, BaseRetriever)
    documents = search.invoke("When did the library open?")
    whole = {s.id: s.whole for s in search.generation.statements}
    assert all(d.page_content == whole[d.metadata["id"]] for d in documents)
    scores = [d.metadata["score"] for d in documents]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0
    assert [d.metadata["fused"] for d in documents] == list(range(len(documents)))


def test_what_is_not_among_the_nearest_is_as_near_as_the_last_of_them() -> None:
    said = {d.metadata["id"]: d.metadata for d in retriever(k=3).invoke("Why was the depot shut?")}
    assert said["p3:0"]["cosine"] == 0.9 and said["p2:0"]["cosine"] == said["p0:0"]["cosine"] == 0.8
    assert said["p0:0"]["words"] > 0 and said["p0:0"]["by_words"] == 0 and said["p3:0"]["words"] == 0


def test_what_is_found_by_meaning_and_by_words_comes_first() -> None:
    assert found("When did the library open?")[0] == "p2:0"


def test_what_shares_a_word_is_found_though_it_is_not_near_and_what_is_near_though_it_shares_none() -> None:
    assert set(found("Why was the depot shut?")) == {"p0:0", "p2:0", "p3:0"}


def test_no_more_are_handed_on_than_were_asked_for() -> None:
    assert len(found("Why was the depot shut?", k=2)) == 2


def test_a_question_without_a_word_that_says_anything_is_searched_by_meaning() -> None:
    assert found("?") == ["p3:0", "p2:0"]


def test_an_empty_corpus_gives_nothing() -> None:
    empty = over(Near("g", Path(), "none", ()))
    assert empty.invoke("Why was the depot shut?") == []
