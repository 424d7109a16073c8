"""Scores of answers: each demand of a question judged apart, so that a refusal is not an error of the same kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from answering.answer import Answer, AnswerFigure, Status
from answering.check import check
from corpus.document import Document
from evals.questions import EvalQuestion, Expected

_SAME = {"hours": ("minutes", Decimal(60)), "minutes": ("hours", Decimal(1) / 60)}


@dataclass(frozen=True, slots=True)
class Score:
    """What was right and wrong in one answer. A demand that a question does not make is absent from ``judged``.

    judged: demand → met. Demands: status, figures, first, derived, area, period, kind, text, must_not, section, quote.
    unsupported: figures of the answer that the check does not let through, quotations that are not verbatim.
    """

    question: EvalQuestion
    answer: Answer
    judged: dict[str, bool] = field(default_factory=dict)
    unsupported: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether every demand is met."""
        return all(self.judged.values()) and not self.unsupported


def score(question: EvalQuestion, answer: Answer, documents: Mapping[str, Document]) -> Score:
    """Judge one answer."""
    judged = {"status": answer.status.value in question.status}
    if answer.status is Status.ANSWERED and "answered" in question.status:
        judged |= _content(question, answer)
    offered = _plain(answer.text + " " + " ".join(f.text for f in answer.figures))
    judged["must_not"] = not any(_stands(_plain(text), offered) for text in question.must_not)
    return Score(question, answer, judged, tuple(check(answer, documents)))


def _content(question: EvalQuestion, answer: Answer) -> dict[str, bool]:
    judged: dict[str, bool] = {}
    quotes = _plain(" ".join(c.quote for c in answer.citations))
    sections = _plain(" ".join(" ".join(c.section) for c in answer.citations))
    text = _plain(" ".join([answer.text, *answer.caveats]))
    if question.figures:
        judged["figures"] = all(any(_value(e, f) for f in answer.figures) for e in question.figures)
        if judged["figures"]:
            for slot in ("area", "period", "kind"):
                asked = [e for e in question.figures if getattr(e, slot) is not None]
                if asked:
                    judged[slot] = all(any(_value(e, f) and _slot(e, f, slot) for f in answer.figures) for e in asked)
    if question.first is not None:
        judged["first"] = bool(answer.figures) and _value(question.first, answer.figures[0])
    if question.derived is not None:
        judged["derived"] = any(f.derived and _near(question.derived, f) for f in answer.figures)
    if question.text_has:
        judged["text"] = all(_plain(t) in text or _plain(t) in quotes for t in question.text_has)
    if question.section is not None:
        judged["section"] = all(_plain(s) in sections for s in question.section)
    if question.page is not None:
        judged["page"] = any(c.page == question.page for c in answer.citations)
    if question.quote_has:
        judged["quote"] = all(_plain(q) in quotes for q in question.quote_has)
    return judged


def _value(expected: Expected, figure: AnswerFigure) -> bool:
    if figure.value is None:
        return False
    value, unit = figure.value, figure.unit
    if expected.unit is not None and unit != expected.unit:
        other = _SAME.get(unit)
        if other is None or other[0] != expected.unit:
            return False
        value *= other[1]
    if expected.upper is not None and figure.upper != expected.upper:
        return False
    return abs(value) == abs(expected.value)


def _near(expected: Expected, figure: AnswerFigure) -> bool:
    if figure.value is None or (expected.unit is not None and figure.unit != expected.unit):
        return False
    exponent = expected.value.as_tuple().exponent
    last_place = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    tolerance = max(last_place / 2, abs(expected.value) * Decimal("0.005") if expected.value > 1000 else Decimal(0))
    return abs(abs(figure.value) - abs(expected.value)) <= tolerance


def _slot(expected: Expected, figure: AnswerFigure, slot: str) -> bool:
    wanted, found = _plain(str(getattr(expected, slot))), _plain(str(getattr(figure, slot) or ""))
    if slot == "kind":
        return wanted == found or {wanted, found} <= {"baseline", "outturn", "comparator"}
    digits = set(re.findall(r"\d{4}", wanted))
    if slot == "period" and digits:
        return digits <= set(re.findall(r"\d{4}", found))
    return wanted in found or (found != "" and found in wanted)


def _stands(wanted: str, text: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(wanted)}(?![\w]|[.,]\d)", text) is not None


def _plain(text: str) -> str:
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", text.replace("’", "'").replace("‘", "'").replace("**", ""))
    return re.sub(r"\s+%", "%", " ".join(text.lower().split()))
