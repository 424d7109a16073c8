"""The figure check: no number is shown that is not in a cited source. Independent of how the answer was made.

Every number in the text is tied to a quotation cited in its own sentence, to shown working, or to the question that it
denies; every quotation stands in its source to the letter and holds the figures cited to it.
"""

import re
from collections.abc import Iterable, Mapping

from answering.answer import Answer, Citation
from corpus.document import Document
from corpus.quantity import Quantity, read_quantities

_CITED = re.compile(r"\[(\d{1,3})\]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def check(answer: Answer, documents: Mapping[str, Document]) -> list[str]:
    """What is wrong with the answer, in sentences; empty where nothing is."""
    problems = [p for c in (*answer.citations, *answer.nearest) for p in _quote(c, documents)]
    by_id = {c.id: c for c in answer.citations}
    for figure in answer.figures:
        if figure.derived:
            if not figure.working:
                problems.append(f"The derived figure {figure.text} shows no working.")
            continue
        cited = by_id.get(figure.citation or 0)
        if cited is None:
            problems.append(f"The figure {figure.text} has no citation.")
        elif _squeezed(figure.text) not in _squeezed(cited.quote):
            problems.append(f"The figure {figure.text} is not in the quotation cited for it.")
    for text in (answer.text, *answer.caveats):
        problems += _text(text, answer, by_id, documents)
    return problems


def _quote(citation: Citation, documents: Mapping[str, Document]) -> list[str]:
    document = documents.get(citation.document)
    if document is None:
        return [f"The document {citation.document} is not in the corpus."]
    if citation.cell is not None:
        row = _squeezed(document.text[citation.start : citation.end])
        absent = [part for part in citation.quote.split(" | ") if part and _squeezed(part) not in row.replace('""', '"')]
        return [f"'{part}' is not in the row cited." for part in absent]
    if _squeezed(citation.quote) != _squeezed(document.text[citation.start : citation.end]):
        return [f"The quotation of citation {citation.id} does not stand in {citation.document}."]
    return []


def _text(text: str, answer: Answer, by_id: Mapping[int, Citation], documents: Mapping[str, Document]) -> list[str]:
    """Each line's numbers, held against what that line cites; a line without citations may cite nothing but words."""
    problems: list[str] = []
    for line in _cited_lines(text):
        cited = [by_id[int(n)] for n in _CITED.findall(line) if int(n) in by_id]
        unknown = [n for n in _CITED.findall(line) if int(n) not in by_id]
        problems += [f"Citation [{n}] does not exist." for n in unknown]
        words = _CITED.sub(" ", line)
        allowed = [c.quote for c in cited] or [c.quote for c in answer.citations]
        allowed += [" ".join(c.section) for c in cited or answer.citations] + [c.title for c in answer.citations]
        allowed += [documents[c.document].text[c.start : c.end] for c in cited or answer.citations if c.cell]
        allowed += [w for f in answer.figures if f.working for w in (f.working, f.text)]
        allowed += [p for f in answer.figures if f.period and (not cited or f.citation in {c.id for c in cited}) for p in [f.period]]
        known = [q for part in allowed for q in read_quantities(part)]
        for quantity in read_quantities(words):
            if not (_is_known(quantity, known) or _stands(quantity.text, allowed) or _stands(quantity.text, [answer.question])):
                if not _counts_the_list(quantity, answer):
                    problems.append(f"The figure {quantity.text} is in no source cited for it.")
        for number in _NUMBER.findall(words):
            if not _has_number(number, [*allowed, answer.question, answer.standalone]) and not _counts(number, answer):
                problems.append(f"The number {number} is in no source cited for it.")
    return list(dict.fromkeys(problems))


def _cited_lines(text: str) -> Iterable[str]:
    """Sentences with their citation marks: each runs to the mark that closes it."""
    for line in text.splitlines():
        start = 0
        for match in re.finditer(r"(?:\[\d{1,3}\]\s*)+[.;]?(?:\s|$)", line):
            yield line[start : match.end()]
            start = match.end()
        if line[start:].strip():
            yield line[start:]


def _is_known(quantity: Quantity, known: Iterable[Quantity]) -> bool:
    return any(k.unit == quantity.unit and k.value == quantity.value and k.upper == quantity.upper for k in known)


def _stands(text: str, sources: Iterable[str]) -> bool:
    wanted = _squeezed(text)
    return any(re.search(rf"(?<![\d.,]){re.escape(wanted)}(?!\d|[.,]\d)", _squeezed(s)) for s in sources)


def _has_number(number: str, sources: Iterable[str]) -> bool:
    wanted = number.replace(",", "").rstrip(".")
    return any(wanted == found.replace(",", "").rstrip(".") for s in sources for found in _NUMBER.findall(s))


def _counts(number: str, answer: Answer) -> bool:
    """"The plan has 6 themes:" counts the cited list below it."""
    return number == str(len(answer.citations)) or (not answer.citations and not answer.figures)


def _counts_the_list(quantity: Quantity, answer: Answer) -> bool:
    return quantity.unit == "count" and _counts(str(quantity.value), answer)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
