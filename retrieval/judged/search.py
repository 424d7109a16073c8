"""Search: statements by meaning (Chroma) and by words (BM25), their ranks fused. A LangChain retriever."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import bm25s
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from corpus.index import Generation
from corpus.language import content_stems

RRF_CONSTANT = 60  # Cormack, Clarke and Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet …".
# The ids of the statements nearest in meaning to a text with their cosine similarity, best first; at most so many.
Nearest = Callable[[str, int], list[tuple[str, float]]]
_DEEPER = 3  # each list is read this many times deeper than what is handed on


class StatementRetriever(BaseRetriever):
    """Finds statements for a question; a follow-up is asked together with the question before it ("… > …").

    Each result's metadata holds ``id``, ``cosine``, ``words`` (its BM25 score), the ranks ``by_meaning``, ``by_words`` and
    ``fused`` (from 0), and ``score`` (reciprocal rank fusion). What is not among the nearest is taken to be as near as the
    last of them.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    generation: Generation
    nearest: Nearest
    k: int = 60
    _words: Any = PrivateAttr(default=None)
    _place: dict[str, int] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any) -> None:
        """Index the statements' words once."""
        statements = self.generation.statements
        self._place = {s.id: i for i, s in enumerate(statements)}
        if statements:
            self._words = bm25s.BM25()
            self._words.index([content_stems(s.whole) or ["∅"] for s in statements], show_progress=False)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        statements = self.generation.statements
        if not statements:
            return []
        deep = min(_DEEPER * self.k, len(statements))
        fused: defaultdict[str, float] = defaultdict(float)
        nearest = self.nearest(query, deep)
        cosine = dict(nearest)
        by_meaning = {name: rank for rank, (name, _) in enumerate(nearest)}
        shared: dict[str, float] = {}
        stems = content_stems(query)
        if stems:
            found, scores = self._words.retrieve([stems], k=deep, show_progress=False)
            shared = {statements[int(p)].id: float(s) for p, s in zip(found[0], scores[0], strict=True) if s > 0}
        by_words = {name: rank for rank, name in enumerate(shared)}
        for ranks in (by_meaning, by_words):
            for name, rank in ranks.items():
                fused[name] += 1.0 / (RRF_CONSTANT + rank)
        best = sorted(fused.items(), key=lambda item: -item[1])[: self.k]
        furthest = min(cosine.values(), default=0.0)
        return [
            LangChainDocument(
                page_content=statements[self._place[name]].whole,
                metadata={
                    "id": name, "score": score, "cosine": cosine.get(name, furthest), "words": shared.get(name, 0.0),
                    "by_meaning": by_meaning.get(name, deep), "by_words": by_words.get(name, deep), "fused": rank,
                },
            )
            for rank, (name, score) in enumerate(best)
            if name in self._place
        ]  # fmt: skip
