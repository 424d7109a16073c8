"""The judge: how likely a statement answers a question, and which of its quantities does. A model reads both together.

One pass gives both: a score for the statement, and one for each quantity in it, at the token where it begins (as extractive
readers choose a span: Devlin et al. 2019, "BERT", section 4.2). Of a series of a published table it reads head, label and
title; place and period choose the cell later. `make train` makes its weights.
"""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.embedder import DEFAULT_MODEL, ModelError, model_folder
from corpus.register import file_hash
from corpus.statement import Statement

WEIGHTS = Path(__file__).with_name("weights")
DEFAULT = "judge"
LONGEST = 128  # tokens of question and statement together
_TITLE, _HEADING, _STEM, _BEFORE = 12, 10, 24, 24  # words that are read of each part of the context


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a statement as the judge reads them; ``marks``: where in the statement its quantities begin."""

    question: str
    statement: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What the judge says of a pair: above 0 the statement rather answers than not.

    marks: for each quantity of the pair the logarithm of its probability, given that one of them is what is asked for.
    """

    answers: float
    marks: tuple[float, ...] = ()


class Judge(Protocol):
    """What scores pairs of question and statement."""

    name: str

    def scores(self, pairs: Sequence[Pair]) -> list[Score]:
        """A score for each pair, in their order."""
        ...


def asked(question: str, before: Sequence[str] = ()) -> str:
    """The question as the judge reads it: behind the turn before it, where it is a follow-up."""
    return " > ".join((*before[-1:], question))


def judged(statement: Statement) -> str:
    """The statement as the judge reads it: its own words first, so that places in them are those of ``statement.text``,
    and what is cut off of a long one is context."""
    context = [
        _first(statement.stem or "", _STEM),
        *(_first(h, _HEADING) for h in statement.headings[-2:][::-1]),
        _first(statement.before or "", _BEFORE),
        _first(statement.title, _TITLE),
    ]
    return " | ".join((statement.text, *dict.fromkeys(p for p in context if p)))


def _first(text: str, words: int) -> str:
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words])


def probability(score: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def log_shares(logits: Sequence[float]) -> tuple[float, ...]:
    """The logarithms of a softmax."""
    if not logits:
        return ()
    top = max(logits)
    total = top + math.log(sum(math.exp(v - top) for v in logits))
    return tuple(v - total for v in logits)


class CrossEncoder:
    """A trained cross-encoder, from a folder or a package; runs without network.

    It has either two outputs for each token (the first of these says whether the statement answers, the second of others
    whether they begin the quantity) or, as published rerankers, one output: then quantities count alike. The one that ships
    is in ONNX with weights in eight bits, several times as fast on a processor as the original; another may be that, too, or
    a transformers model in safetensors.
    """

    def __init__(self, name: str = DEFAULT) -> None:
        self._folder = WEIGHTS / DEFAULT if name == DEFAULT else model_folder(name)
        self._file = next((f for n in _FILES if (f := self._folder / n).is_file()), None)
        if self._file is None:
            raise ModelError(f"The judge '{name}' has neither {_FILES[0]} nor {_FILES[1]} in {self._folder}.")
        self.hash = _checked(self._file, ships=name == DEFAULT)
        self.name = f"{self._folder.name} {self.hash[:8]}"

    def scores(self, pairs: Sequence[Pair]) -> list[Score]:
        """A score for each pair, in their order. Pairs of like length are read together."""
        model, tokenizer = _load(str(self._file))
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].question) + len(pairs[i].statement))
        found: dict[int, Score] = {}
        for begin in range(0, len(order), _BATCH):
            part = [pairs[i] for i in order[begin : begin + _BATCH]]
            read = tokenizer.encode_batch([(p.question, p.statement) for p in part])
            logits = model(_inputs(read))
            for i, pair, encoding, own in zip(order[begin:], part, read, logits, strict=False):
                found[i] = _score(pair, encoding, own)
        return [found[i] for i in range(len(pairs))]


def _score(pair: Pair, encoding: Any, logits: np.ndarray) -> Score:
    """The score of a pair from its logits: (1,) of a plain cross-encoder, (tokens, 2) of one that marks."""
    if logits.ndim == 1:
        return Score(float(logits[0]), log_shares([0.0] * len(pair.marks)))
    tokens = [encoding.char_to_token(mark, 1) for mark in pair.marks]
    own = [float(logits[t, 1]) if t is not None else _CUT_OFF for t in tokens]
    return Score(float(logits[0, 0]), log_shares(own))


_FILES = ("model.onnx", "model.safetensors")
_BATCH = 16
_CUT_OFF = -20.0  # of a quantity that stands beyond what is read
Model = Callable[[dict[str, np.ndarray]], np.ndarray]  # token ids, mask and types to logits


@lru_cache(maxsize=2)
def _load(file: str) -> tuple[Model, Any]:
    """The model of a file with its tokenizer, loaded once for the process."""
    folder = Path(file).parent
    return _onnx(file) if file.endswith(".onnx") else _transformers(folder), _tokenizer(folder)


def _tokenizer(folder: Path) -> Any:
    """The folder's own tokenizer, else that of the embedded MiniLM."""
    from tokenizers import Tokenizer

    file = folder / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file if file.is_file() else model_folder(DEFAULT_MODEL) / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    tokenizer.enable_padding()
    return tokenizer


def _inputs(read: Sequence[Any]) -> dict[str, np.ndarray]:
    names = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    return {name: np.array([getattr(e, field) for e in read], dtype=np.int64) for name, field in names.items()}


def _onnx(file: str) -> Model:
    from onnxruntime import InferenceSession

    session = InferenceSession(file, providers=["CPUExecutionProvider"])

    def logits(inputs: dict[str, np.ndarray]) -> np.ndarray:
        return np.asarray(session.run(["logits"], inputs)[0])

    return logits


def _transformers(folder: Path) -> Model:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoModelForTokenClassification

    config = AutoConfig.from_pretrained(str(folder), local_files_only=True)
    marks = any("TokenClassification" in name for name in config.architectures or ())
    kind: Any = AutoModelForTokenClassification if marks else AutoModelForSequenceClassification
    if config.num_labels != (2 if marks else 1):
        raise ModelError(
            f"The judge in {folder} has {config.num_labels} outputs; a judge has one, or two for each token."
        )
    model: Any = kind.from_pretrained(str(folder), local_files_only=True, dtype=torch.float32)
    model.eval()

    def logits(inputs: dict[str, np.ndarray]) -> np.ndarray:
        read = {name: torch.from_numpy(values) for name, values in inputs.items()}
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            return np.asarray(model(**read).logits.float().numpy())

    return logits


def pinned(folder: Path) -> str:
    """The SHA-256 that stands beside weights that ship."""
    return (folder / "SHA256").read_text(encoding="utf-8").split()[0]


def has_bfloat16() -> bool:
    """Whether the processor has bfloat16 units; without them that type is slower than float32."""
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported())


def _checked(file: Path, *, ships: bool) -> str:
    """The SHA-256 of the weights, which for the judge that ships must be the one that stands beside them."""
    found = file_hash(file)
    if ships and found != pinned(file.parent):
        raise ModelError("The weights of the judge are not those that ship. Get the file again from the repository.")
    return found
