"""An answer with its citations as plain text, to be put into a mail or a report."""

from collections.abc import Mapping

from answering.answer import Answer, Citation
from briefing.dates import plainly
from corpus.document import Document
from pages.page_picture import page_said


def as_plain(answer: Answer, documents: Mapping[str, Document]) -> str:
    """The question, the answer, what to bear in mind, and each source with its place and its words."""
    parts = [answer.standalone, answer.text.replace("**", "").strip()]
    parts += [f"Note: {caveat}" for caveat in answer.caveats]
    if answer.citations:
        parts.append("\n".join(["Sources", *(_source(c, documents[c.document]) for c in answer.citations)]))
    return "\n\n".join(part for part in parts if part)


def _source(citation: Citation, document: Document) -> str:
    about = [plainly(citation.date), "DRAFT" if citation.status == "draft" else None]
    told = ", ".join(part for part in about if part)
    place = [
        page_said(citation.page, document) if citation.page is not None else None,
        " › ".join(citation.section) or None,
        citation.cell,
        f"there taken from: {citation.source}" if citation.source else None,
    ]
    words = " ".join(citation.quote.replace("**", "").split())
    said = "; ".join(part for part in place if part)
    title = f"{citation.title} ({told})" if told else citation.title
    return f"[{citation.id}] {title}{f', {said}' if said else ''}: “{words}”"
