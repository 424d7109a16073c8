"""The answer: status, text, figures, citations, caveats, in the shape of the command-line contract."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered place in a source; ``quote`` is its words to the letter, and holds every figure cited to it.

    highlight: the characters of the document to mark when the citation is opened, inside ``start`` to ``end``.
    """

    id: int
    document: str
    title: str
    date: str | None
    page: int | None
    section: tuple[str, ...]
    cell: str | None
    quote: str
    start: int
    end: int
    source: str | None = None
    status: str | None = None
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure as it is shown: printed text, value in ``unit``, what it measures, and its citation or working."""

    text: str
    value: Decimal | None
    unit: str
    measure: str
    area: str | None
    period: str | None
    kind: str
    qualifier: str | None
    citation: int | None
    derived: bool = False
    working: str | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which state of the corpus, which planchat, which judge and which model (None: none) gave an answer."""

    corpus: str
    planchat: str
    model: str | None = None
    judge: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question. ``text`` may hold citation marks such as ``[1]``.

    confidence: the calibrated probability that the first figure or sentence answers; None where nothing was judged.
    """

    question: str
    standalone: str
    status: Status
    text: str
    figures: tuple[AnswerFigure, ...] = ()
    citations: tuple[Citation, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """An answer that the figure check has let through, with its receipt and its times in milliseconds."""

    answer: Answer
    receipt: Receipt
    timing_ms: dict[str, float] = field(default_factory=dict)
