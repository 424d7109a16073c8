"""The frame of every answer, and the refusal: "not found", with the nearest evidence named as such."""

from answering.answer import Answer, AnswerFigure, Citation, Status
from answering.cite import Citations
from answering.say import bare_period
from corpus.index import Generation
from prompts import reply
from retrieval.found import Evidence
from retrieval.question import Asks, Question


def refuse(evidence: Evidence, generation: Generation) -> Answer:
    """``not_found``, with the nearest evidence named as such and no figure offered as the answer."""
    question = evidence.question
    area = question.unknown_area or (question.areas[0].name if question.areas else None)
    own = generation.own_area
    wants = question.wants_figure or question.asks is Asks.FIGURE
    if wants and area and not (own and question.areas and question.areas[0].key == own.key):
        text = reply("not_found.figure_area", area=area)
    elif wants and question.periods:
        text = reply("not_found.figure_period", period=bare_period(question.periods[0].text))
    elif wants:
        text = reply("not_found.figure")
    else:
        text = reply("not_found.text")
    return answer(question, Status.NOT_FOUND, text, nearest=nearest(evidence, generation))


def unavailable(evidence: Evidence, generation: Generation) -> Answer:
    """``not_found`` for a cell that holds no figure, with the reason that its table gives, and the cell as the nearest."""
    match = evidence.unavailable
    assert match is not None
    mark = match.figure.quantity.text
    about = {"measure": match.figure.measure, "area": match.figure.area or "", "period": match.figure.period or ""}
    if match.gap:
        text = reply("not_found.not_available", mark=mark, reason=match.gap, **about)
    else:
        text = reply("not_found.not_available_unsaid", mark=mark, **about)
    return answer(evidence.question, Status.NOT_FOUND, text, nearest=nearest(evidence, generation))


def nearest(evidence: Evidence, generation: Generation) -> tuple[Citation, ...]:
    citations = Citations(generation)
    for match in evidence.rejected:
        if match.coverage > 0.3:
            citations.figure(match.figure)
    for theme in evidence.themes[:1]:
        citations.span(theme.location, theme.location.start, theme.location.end)
    for passage in evidence.passages:
        if len(citations.made) >= 3:
            break
        if passage.location.cell is None and passage.kind != "footnote":
            citations.span(passage.location, passage.location.start, passage.location.end)
    return tuple(citations.made[:3])


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
    return Answer(
        question.text, question.standalone, status, text, figures, citations, caveats, suggestions, nearest, confidence
    )
