"""Evidence becomes an answer without a language model: the direct answer first, then comparators, then caveats."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answering import plan_says
from answering.answer import Answer, AnswerFigure, Status
from answering.calculate import derive
from answering.cite import Citations, draft_caveats
from answering.frame import answer, nearest, refuse, unavailable
from answering.say import (
    answer_figure,
    bare_period,
    in_place,
    measure_said,
    said_date,
    sentence,
    shown,
    stated,
)
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from prompts import reply
from retrieval.decide import last_year
from retrieval.found import Evidence
from retrieval.match import Match
from retrieval.question import Asks
from retrieval.wording import Compares


def compose(evidence: Evidence, generation: Generation) -> Answer:
    """The answer that the evidence gives, or a refusal with the nearest evidence."""
    question = evidence.question
    citations = Citations(generation)
    if question.asks is Asks.ITSELF:
        return answer(question, Status.CLARIFY, reply("clarify.itself"))
    if evidence.document is not None:
        return plan_says.about_document(evidence, citations)
    if question.asks is Asks.THEMES and evidence.themes:
        return plan_says.list_themes(evidence, citations)
    if evidence.commitments or evidence.missing:
        return plan_says.commitments(evidence, generation, citations)
    if evidence.unclear:
        name = "clarify.some" if question.terms else "clarify.subject"
        return answer(question, Status.CLARIFY, reply(name), suggestions=evidence.unclear)
    if evidence.unavailable is not None:
        return unavailable(evidence, generation)
    if evidence.dated:
        return plan_says.when(evidence, citations)
    if evidence.operands:
        return _worked_out(evidence, generation, citations)
    if evidence.answers:
        return _figures(evidence, generation, citations)
    if evidence.sentences:
        return plan_says.text(evidence, citations)
    return refuse(evidence, generation)


def _figures(evidence: Evidence, generation: Generation, citations: Citations) -> Answer:
    question = evidence.question
    lead = evidence.answers[0].figure
    if (blank := _blank(lead)) and re.search(
        r"\btarget|\bto\b|\bwill\b|\baim|\bgoal|\bincrease", question.standalone, re.IGNORECASE
    ):
        return answer(
            question, Status.NOT_FOUND, reply("not_found.blank", words=blank), nearest=nearest(evidence, generation)
        )
    partner = _said_together(lead, evidence, generation)
    given: list[tuple[Figure, int]] = []
    parts: list[str] = []
    compared = evidence.comparators
    for match in evidence.answers:
        figure = match.figure
        if figure.measure != lead.measure:  # "In Anyshire it is …" speaks of the measure that was said last
            _say_compared(compared, given, parts, citations)
            compared = ()
        if any(figure.id == f.id for f, _ in given):
            continue
        parts += _withheld(match, generation, citations)
        number = citations.figure(figure)
        given.append((figure, number))
        if figure.id == lead.id and partner is not None:
            given.append((partner, number))
        parts.append(sentence(figure, number, generation, parts))
        if match.withheld is not None:
            date = _dated(figure.location.document, generation)
            parts.append(reply("answer.withheld_earlier", dated=date, n=number))
        if (before := _before(figure, generation)) is not None and before.id not in {f.id for f, _ in given}:
            given.append((before, number))
            if not _says(parts, before, number):
                period = bare_period(before.period or "")
                parts.append(reply("answer.was", period=period, text=shown(before), n=number))
        for other in match.releases:
            other_number = citations.figure(other.figure)
            given.append((other.figure, other_number))
            name = "answer.earlier" if other.is_earlier else "answer.other_release"
            parts.append(reply(name, text=shown(other.figure), n=other_number))
    _say_compared(compared, given, parts, citations)
    said = " ".join(dict.fromkeys(parts))
    caveats = _caveats(evidence, [f for f, _ in given], generation, citations)
    known = {f.id for f, _ in given}
    given += [(f, citations.figure(f)) for f in _other_values(evidence) if f.id not in known]
    figures = tuple(answer_figure(f, n) for f, n in given)
    return answer(question, Status.ANSWERED, said, figures=figures, citations=tuple(citations.made), caveats=caveats)


def _say_compared(
    compared: Sequence[Figure], given: list[tuple[Figure, int]], parts: list[str], citations: Citations
) -> None:
    """Say the figures of other areas, but for those that a sentence before has said."""
    for figure in compared:
        number = citations.figure(figure)
        given.append((figure, number))
        if not _says(parts, figure, number):
            parts.append(reply("answer.comparator", area=in_place(figure.area or ""), text=shown(figure), n=number))


def _worked_out(evidence: Evidence, generation: Generation, citations: Citations) -> Answer:
    """A comparison, or a figure worked out from cited figures with its working shown; the operands are always given."""
    question = evidence.question
    operands = [m.figure for m in evidence.operands]
    derived = derive(question, operands)
    cited = [(f, citations.figure(f)) for f in operands]
    parts = _each_stated(cited, generation)
    figures = [answer_figure(f, n) for f, n in cited]
    ranks = question.compares in (Compares.HIGHEST, Compares.LOWEST)
    units = {f.quantity.unit for f in operands}
    caveats: list[str] = []
    if derived is not None:
        parts = [derived.says, *parts, reply("derived.working", working=derived.working)]
        measure = f"{question.compares.value if question.compares else 'figure'}: {operands[0].measure}"
        figures.insert(
            0,
            AnswerFigure(
                derived.text,
                derived.value,
                derived.unit,
                measure,
                None,
                operands[0].period,
                "derived",
                None,
                None,
                True,
                derived.working,
            ),
        )
    elif len(units) > 1:
        caveats.append(reply("derived.unlike"))
    elif ranks:
        ordered = sorted(cited, key=lambda item: item[0].quantity.value, reverse=question.compares is Compares.HIGHEST)
        top, number = ordered[0]
        what = measure_said(top, generation) + (f" in {in_place(top.area)}" if top.area else "")
        name = "derived.highest" if question.compares is Compares.HIGHEST else "derived.lowest"
        parts = [
            reply(name, text=shown(top), what=what, n=number),
            *(stated(f, n, generation) for f, n in ordered[1:6]),
        ]
        figures = [answer_figure(f, n) for f, n in ordered]
    elif len(operands) == 2:
        parts.insert(0, _which_is_higher(operands, generation))
    for match in evidence.operands:
        if match.withheld is not None:
            used = reply("answer.withheld_used", text=shown(match.figure), n=citations.figure(match.figure))
            caveats.append(" ".join((*_withheld(match, generation, citations), used)))
    caveats += _differing_releases(evidence.operands, generation, citations)
    caveats += draft_caveats(citations)
    return answer(
        question,
        Status.ANSWERED,
        " ".join(parts),
        figures=tuple(figures),
        citations=tuple(citations.made),
        caveats=tuple(caveats),
    )


def _each_stated(cited: list[tuple[Figure, int]], generation: Generation) -> list[str]:
    """Each figure in a sentence; what all of them measure is said once."""
    (lead, number), *others = cited
    parts = [stated(lead, number, generation)]
    for figure, n in others:
        here, now = figure.area == lead.area, figure.period == lead.period
        if figure.measure == lead.measure and here and not now and figure.period and lead.period:
            parts.append(
                reply(
                    "answer.other_period",
                    period=bare_period(figure.period),
                    text=shown(figure),
                    n=n,
                )
            )
        elif not figure.area or (figure.measure, figure.period) != (lead.measure, lead.period) or here:
            parts.append(stated(figure, n, generation))
        else:
            parts.append(reply("answer.comparator", area=in_place(figure.area), text=shown(figure), n=n))
    return parts


def _which_is_higher(operands: list[Figure], generation: Generation) -> str:
    high, low = sorted(operands, key=lambda f: -f.quantity.value)
    if high.quantity.value == low.quantity.value:
        return reply("derived.equal")
    if high.area != low.area and high.area and low.area:
        return reply("derived.higher_in", high=in_place(high.area), low=in_place(low.area))
    if high.measure != low.measure:
        return reply("derived.higher", high=measure_said(high, generation), low=measure_said(low, generation))
    return reply("derived.higher", high=high.period or shown(high), low=low.period or shown(low))


def _said_together(figure: Figure, evidence: Evidence, generation: Generation) -> Figure | None:
    """ "31% or 1,401 retail jobs": the same thing in another unit, in the same words."""
    for other in generation.figures:
        if (
            other.id != figure.id
            and other.location == figure.location
            and other.measure == figure.measure
            and other.area == figure.area
            and other.quantity.unit != figure.quantity.unit
        ):
            return other
    return None


def _before(figure: Figure, generation: Generation) -> Figure | None:
    """ "Fell from 412 in 2018 to 367": what the same sentence gives for the same thing at an earlier time."""
    if figure.location.cell is not None or figure.kind is FigureKind.TARGET:
        return None
    same = [
        other
        for other in generation.figures
        if other.location == figure.location
        and (other.measure, other.area, other.kind) == (figure.measure, figure.area, figure.kind)
        and other.quantity.unit == figure.quantity.unit
        and other.quantity.text == figure.baseline
        and 0 < last_year(other) < last_year(figure)
    ]
    return same[0] if same else None


def _says(parts: list[str], figure: Figure, number: int) -> bool:
    """Whether a sentence that is already there gives this figure with its area."""
    area = (figure.area or "").lower()
    return any(
        figure.quantity.text in p and f"[{number}]" in p and (area in p.lower() or not area or "respectively" in p)
        for p in parts
    )


def _caveats(evidence: Evidence, given: list[Figure], generation: Generation, citations: Citations) -> tuple[str, ...]:
    """What the reader has to know: unlike units, several values, forecast, table notes, draft status."""
    caveats: list[str] = []
    lead = given[0]
    for other in evidence.comparators:
        if other.quantity.unit != lead.quantity.unit:
            caveats.append(reply("caveats.units", one=lead.quantity.text, other=other.quantity.text))
    caveats += _differing_releases(evidence.answers, generation, citations)
    for figure in _other_values(evidence):
        number = citations.figure(figure)
        caveats.append(reply("answer.also", text=shown(figure), n=number))
    if blank := _blank(lead):
        caveats.append(reply("caveats.blank", words=blank))
    if lead.kind is FigureKind.FORECAST:
        caveats.append(reply("caveats.forecast"))
    if lead.population:
        caveats.append(reply("caveats.population", population=lead.population))
    if lead.reliability and lead.location.cell:
        caveats.append(reply("caveats.reliability", note=lead.reliability))
    caveats += draft_caveats(citations)
    return tuple(dict.fromkeys(caveats))


def _withheld(match: Match, generation: Generation, citations: Citations) -> list[str]:
    """That a later release of a figure's table does not give it, with what stands in its place and why."""
    withheld = match.withheld
    if withheld is None:
        return []
    dated = _dated(withheld.at.document, generation)
    cell, mark = withheld.cell, withheld.cell.quantity.text if withheld.cell is not None else ""
    if cell is not None and mark:
        number = citations.figure(cell)
        name = "answer.withheld" if withheld.reason else "answer.withheld_unsaid"
        reason = withheld.reason.rstrip(".")
        return [reply(name, dated=dated, mark=mark, reason=reason, n=number)]
    number = citations.span(replace(withheld.at, cell=None), withheld.at.start, withheld.at.end)
    if cell is not None:
        return [reply("answer.withheld_blank", dated=dated, n=number)]
    return [reply("answer.withheld_row", dated=dated, area=in_place(match.figure.area or ""), n=number)]


def _dated(document: str, generation: Generation) -> str:
    """ ", of 20 November 2024", as it follows a release; empty where the document states no date."""
    date = generation.documents[document].date
    return f", of {said_date(date)}," if date else ""


def _differing_releases(answers: Sequence[Match], generation: Generation, citations: Citations) -> list[str]:
    """That releases of a published table give different figures, with the date of each, for each figure of the answer."""
    said: list[str] = []
    for match in answers:
        date = generation.documents[match.figure.location.document].date
        words = {"text": shown(match.figure), "n": citations.figure(match.figure)}
        for other in match.releases:
            other_date = generation.documents[other.figure.location.document].date
            words |= {"other": shown(other.figure), "m": citations.figure(other.figure)}
            if not other.is_earlier:
                said.append(reply("caveats.releases_untold", **words))
            elif date and other_date and date != other_date:
                dates = {"date": said_date(date), "other_date": said_date(other_date)}
                said.append(reply("caveats.releases", **words, **dates))
            else:
                said.append(reply("caveats.releases_undated", **words))
    return said


def _other_values(evidence: Evidence) -> list[Figure]:
    """Figures of the documents that give another value for the measure of the answer."""
    lead = evidence.answers[0].figure
    others = [f for f in evidence.same if f.quantity.value != lead.quantity.value and f.location.cell is None]
    return others[:3]


def _blank(figure: Figure) -> str | None:
    """The words in which a source leaves a target blank: "from x (14% in 2017) to x"."""
    match = re.search(
        r"\bfrom\s+(?:x|xx|tbc|\.{3})\b[^.]{0,40}\bto\s+(?:x|xx|tbc|\.{3})|\bto\s+(?:x{1,3}|tbc)\b",
        figure.quote,
        re.IGNORECASE,
    )
    return match[0] if match else None
