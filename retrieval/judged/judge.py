"""The judge: how likely a statement answers a question, and which of its quantities does.

It weighs the signs of ``retrieval/judged/signs.py`` with two small networks that `make train` learns from questions and the
statements that answer them (``weights/judge.npz``): one puts the statements of a question in order, with "none of these" at
nought; the other shares one among the quantities of a statement. Another judge, such as a cross-encoder, stands behind the
same interface.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.embedder import ModelError, word_vectors
from corpus.index import Generation
from corpus.register import file_hash
from retrieval.judged import signs
from retrieval.judged.kind import Kind, probabilities
from retrieval.judged.question import Question
from retrieval.judged.signs import Candidate, Lexicon
from retrieval.judged.slots import Slots

WEIGHTS = Path(__file__).with_name("weights") / "judge.npz"
DEFAULT = "judge"


@dataclass(frozen=True, slots=True)
class Score:
    """What the judge says of a candidate: above 0 the statement rather answers than nothing does.

    marks: for each of its figures the logarithm of its probability, given that one of them is what is asked for.
    """

    answers: float
    marks: tuple[float, ...] = ()


class Judge(Protocol):
    """What scores the statements that search found for a question."""

    name: str

    def scores(self, question: Question, candidates: Sequence[Candidate]) -> list[Score]:
        """A score for each candidate, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Network:
    """A network of two hidden layers over signs, which are brought to mean 0 and deviation 1 first."""

    mean: np.ndarray
    deviation: np.ndarray
    layers: tuple[tuple[np.ndarray, np.ndarray], ...]

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """A number for each row."""
        values = (rows - self.mean) / self.deviation
        for n, (weights, bias) in enumerate(self.layers):
            values = values @ weights + bias
            if n + 1 < len(self.layers):
                values = np.maximum(values, 0.0)
        flat: np.ndarray = values.reshape(len(rows))
        return flat


class LearnedJudge:
    """The judge that ships, over one state of the corpus."""

    def __init__(self, generation: Generation, slots: Slots, weights: Path = WEIGHTS) -> None:
        self._slots = slots
        self._lexicon = lexicon_of(generation)
        self._statements, self._quantities = networks(weights)
        self.name = f"planchat {file_hash(weights)[:8]}"

    def scores(self, question: Question, candidates: Sequence[Candidate]) -> list[Score]:
        """A score for each candidate, in their order."""
        if not candidates:
            return []
        rows, of_quantities = read(self._lexicon, self._slots, question, candidates)
        answers = self._statements(rows)
        return [
            Score(float(score), log_shares(self._quantities(own)) if len(own) else ())
            for score, own in zip(answers, of_quantities, strict=True)
        ]


def lexicon_of(generation: Generation) -> Lexicon:
    """The words of a state of the corpus, with the vectors of its embedding model."""
    passages = {p.id: p for p in generation.passages}
    return Lexicon(generation.statements, passages, lambda words: word_vectors(generation.embedding_model, words))


def read(
    lexicon: Lexicon, slots: Slots, question: Question, candidates: Sequence[Candidate]
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The signs of each candidate, shape (candidates, signs), and for each those of its quantities."""
    asked = lexicon.asked(question)
    likely = probabilities(question.standalone)
    kinds = [likely[Kind(kind)] for kind in signs.ANSWERS]
    agree = [slots.agreement(question, c.statement, [f.quantity for f in c.figures]) for c in candidates]
    rows = signs.of_statements(lexicon, asked, candidates, kinds, agree)
    of_quantities = []
    for c in candidates:
        differs = [slots.of_figure(question, c.statement, f) for f in c.figures]
        of_quantities.append(signs.of_quantities(lexicon, asked, c.statement, c.places, differs))
    return rows, of_quantities


def networks(file: Path) -> tuple[Network, Network]:
    """The two networks of a file of weights. Raises ModelError where it holds others."""
    try:
        with np.load(file, allow_pickle=False) as held:
            found = dict(held)
        made = [
            Network(
                found[f"{name}.mean"],
                found[f"{name}.deviation"],
                tuple((found[f"{name}.{n}.weights"], found[f"{name}.{n}.bias"]) for n in range(3)),
            )
            for name in ("statements", "quantities")
        ]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"The weights of the judge in {file} cannot be read. Get the file again from the repository."
        ) from error
    return made[0], made[1]


def probability(score: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def log_shares(logits: Sequence[float] | np.ndarray) -> tuple[float, ...]:
    """The logarithms of a softmax."""
    if not len(logits):
        return ()
    top = max(logits)
    total = top + math.log(sum(math.exp(v - top) for v in logits))
    return tuple(float(v - total) for v in logits)
