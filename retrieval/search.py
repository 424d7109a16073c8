"""Search: passages by meaning (Chroma) and by words (BM25), their ranks fused. A LangChain retriever."""

from typing import Any

import bm25s
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from corpus.index import Generation, passage_text
from corpus.language import content_stems

RRF_CONSTANT = 60  # Cormack, Clarke and Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet …".


class PassageRetriever(BaseRetriever):
    """Finds passages of documents for a question; rows of tables are matched as figures.

    Each result's metadata holds ``id``, ``similarity`` (cosine) and ``score`` (reciprocal rank fusion).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    generation: Generation
    k: int = 12
    _words: Any = PrivateAttr(default=None)
    _place: dict[str, int] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any) -> None:
        """Index the passages' words once."""
        passages = self.generation.passages
        self._place = {p.id: i for i, p in enumerate(passages)}
        if passages:
            self._words = bm25s.BM25()
            self._words.index([content_stems(passage_text(p)) or ["∅"] for p in passages], show_progress=False)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        passages = self.generation.passages
        if not passages:
            return []
        deep = min(4 * self.k, len(passages))
        by_meaning = self.generation.nearest_passages(query, deep, rows=False)
        similarity = dict(by_meaning)
        fused: dict[str, float] = {}
        for rank, (name, _) in enumerate(by_meaning):
            fused[name] = fused.get(name, 0.0) + 1.0 / (RRF_CONSTANT + rank)
        stems = content_stems(query)
        if stems:
            found, scores = self._words.retrieve([stems], k=deep, show_progress=False)
            for rank, (place, score) in enumerate(zip(found[0], scores[0], strict=True)):
                if score > 0 and passages[int(place)].kind != "row":
                    name = passages[int(place)].id
                    fused[name] = fused.get(name, 0.0) + 1.0 / (RRF_CONSTANT + rank)
        best = sorted(fused.items(), key=lambda item: -item[1])[: self.k]
        return [
            LangChainDocument(
                page_content=passages[self._place[name]].text,
                metadata={"id": name, "score": score, "similarity": similarity.get(name, 0.0)},
            )
            for name, score in best
            if name in self._place
        ]
