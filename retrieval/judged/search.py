"""Search: statements by meaning and by words (BM25), their ranks fused. A LangChain retriever."""

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

    Each result's metadata holds ``id`` and ``score`` (reciprocal rank fusion).
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
        for rank, (name, _) in enumerate(self.nearest(query, deep)):
            fused[name] += 1.0 / (RRF_CONSTANT + rank)
        stems = content_stems(query)
        if stems:
            found, scores = self._words.retrieve([stems], k=deep, show_progress=False)
            for rank, (place, score) in enumerate(zip(found[0], scores[0], strict=True)):
                if score > 0:
                    fused[statements[int(place)].id] += 1.0 / (RRF_CONSTANT + rank)
        best = sorted(fused.items(), key=lambda item: -item[1])[: self.k]
        return [
            LangChainDocument(page_content=statements[self._place[name]].whole, metadata={"id": name, "score": score})
            for name, score in best
            if name in self._place
        ]
