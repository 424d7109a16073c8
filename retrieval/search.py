"""Passages of documents for a question: those that hold the statements that search found (``retrieval/judged/search.py``)."""

from collections.abc import Sequence

from langchain_core.documents import Document as LangChainDocument

from corpus.index import Generation
from corpus.passage import Passage

_PASSAGES = 12


def passage_text(passage: Passage) -> str:
    """What is matched of a passage: its headings, its stem and its words, a cell behind its column's name."""
    lead = ". ".join(part for part in (*passage.location.section[-2:], passage.stem) if part)
    text = passage.text
    if passage.cells:
        begin = passage.location.start
        words = [(c.column, " ".join(text[c.start - begin : c.end - begin].split()), c.label) for c in passage.cells]
        text = " | ".join(f"{name}: {cell}" if name and not label else cell for name, cell, label in words)
    return f"{lead}. {text}" if lead else text


def passages_in(found: Sequence[LangChainDocument], generation: Generation) -> list[LangChainDocument]:
    """The passages of the statements found, best first; rows of tables are matched as figures and left out.

    Each result's metadata holds ``id``, ``similarity`` (the best cosine of its statements) and ``score`` (their best
    reciprocal rank fusion).
    """
    of_statement = {s.id: s.passage for s in generation.statements}
    passages = {p.id: p for p in generation.passages}
    best: dict[str, LangChainDocument] = {}
    for statement in found:
        name = of_statement.get(statement.metadata["id"])
        if name is None or passages[name].kind == "row":
            continue
        cosine = float(statement.metadata["cosine"])
        if name in best:
            best[name].metadata["similarity"] = max(best[name].metadata["similarity"], cosine)
        elif len(best) < _PASSAGES:
            best[name] = LangChainDocument(
                page_content=passages[name].text,
                metadata={"id": name, "score": statement.metadata["score"], "similarity": cosine},
            )
    return list(best.values())
