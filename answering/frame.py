"""The frame of every answer, and the refusal: "not found", with the nearest evidence named as such."""

from answering.answer import Answer, AnswerFigure, Citation, Status
from answering.cite import Citations
from answering.say import bare_period
from prompts import reply
from retrieval.evidence import Evidence, Scored
from retrieval.kind import Kind
from retrieval.question import Question


def refuse(evidence: Evidence, citations: Citations) -> Answer:
    """``not_found``, with the nearest evidence named as such and no figure offered as the answer."""
    question = evidence.question
    slots = {v.slot: v.said for s in evidence.rejected[:1] for v in s.vetoes}
    wants = question.kind is not Kind.WORDS
    area = question.unknown_area or (question.areas[0].name if question.areas else None)
    if area and ("area" in slots or question.unknown_area):
        text = reply("not_found.figure_area" if wants else "not_found.text_area", area=area)
    elif wants and question.periods and "period" in slots:
        text = reply("not_found.figure_period", period=bare_period(question.periods[0].text))
    else:
        text = reply("not_found.figure" if wants else "not_found.text")
    return answer(
        question, Status.NOT_FOUND, text, nearest=nearest(evidence.rejected, citations), confidence=evidence.probability
    )


def unavailable(evidence: Evidence, citations: Citations) -> Answer:
    """``not_found`` for a cell that holds no figure, with the reason that its table gives, and the cell as the nearest."""
    best = evidence.kept[0]
    assert best.figure is not None
    mark = best.figure.quantity.text
    name = "not_found.not_available" if best.gap else "not_found.not_available_unsaid"
    text = reply(name, mark=mark, **({"reason": best.gap} if best.gap else {}))
    return answer(
        evidence.question,
        Status.NOT_FOUND,
        text,
        nearest=nearest(evidence.kept, citations),
        confidence=evidence.probability,
    )


def nearest(scored: tuple[Scored, ...], citations: Citations) -> tuple[Citation, ...]:
    """Citations of what came near."""
    for s in scored:
        if s.statement.series is None:
            citations.statement(s.statement)
        elif s.figure is not None:
            citations.figure(s.figure)
    return tuple(citations.made)


def answer(
    question: Question,
    status: Status,
    text: str,
    *,
    figures: tuple[AnswerFigure, ...] = (),
    citations: tuple[Citation, ...] = (),
    caveats: tuple[str, ...] = (),
    nearest: tuple[Citation, ...] = (),
    suggestions: tuple[str, ...] = (),
    confidence: float | None = None,
) -> Answer:
    """An answer to a question."""
    return Answer(
        question.text, question.standalone, status, text, figures, citations, caveats, suggestions, nearest, confidence
    )
