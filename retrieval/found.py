"""What the search hands on: sentences, dates, and all the evidence for a question."""

from dataclasses import dataclass

from corpus.commitment import Commitment, Theme
from corpus.document import Document
from corpus.figure import Figure
from corpus.passage import Passage
from corpus.period import Period
from retrieval.match import Match
from retrieval.question import Question


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of a passage that speaks to an open question; start and end count into the document.

    similarity: its nearness in meaning (cosine). coverage: 0 to 1, how much of what was asked it covers. score: for
    ranking only.
    """

    passage: Passage
    start: int
    end: int
    text: str
    similarity: float
    coverage: float
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Dated:
    """Words of a source that say when: the sentence and the period in it; start and end count into the document."""

    passage: Passage
    start: int
    end: int
    period: Period
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    answers: figures that answer it, the direct one first. same: the same measure said elsewhere in the sources.
    comparators: the same measure for other areas. operands: figures to be compared or worked with, in the order asked.
    rejected: figures that came near, best first. commitments: what the plan says for a question about a theme.
    dated: what the source says of when. unclear: the questions that a question without a subject could mean.
    unavailable: the cell of a table that would answer, but holds no figure. absent: of a ranking, how many places have none.
    missing: parts of the themes that are not stated. listed: the items of the list that a sentence opens.
    spelled_out: an abbreviation and what it stands for, in the words of the first sentence.
    """

    question: Question
    answers: tuple[Match, ...] = ()
    same: tuple[Figure, ...] = ()
    comparators: tuple[Figure, ...] = ()
    operands: tuple[Match, ...] = ()
    rejected: tuple[Match, ...] = ()
    themes: tuple[Theme, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    missing: tuple[str, ...] = ()
    sentences: tuple[Found, ...] = ()
    listed: tuple[Passage, ...] = ()
    spelled_out: tuple[str, str] | None = None
    dated: tuple[Dated, ...] = ()
    unclear: tuple[str, ...] = ()
    document: Document | None = None
    unavailable: Match | None = None
    absent: int = 0
    passages: tuple[Passage, ...] = ()
