"""The judge: how likely a statement answers a question. A cross-encoder reads both together.

For a figure each quantity is marked in its sentence («311» sites are …), so that the judge says which one. For a series
of a published table it reads title, head and label; place and period choose the cell later. `make train` makes its weights.
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
_TITLE, _HEADING, _STEM, _BEFORE, _AROUND = 12, 10, 24, 24, 44  # words that are read of each part


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a statement as the judge reads them."""

    question: str
    statement: str


class Judge(Protocol):
    """What gives, for pairs of question and statement, a score each: above 0 it rather answers than not."""

    name: str

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        """The logit of each pair, in their order."""
        ...


def asked(question: str, before: Sequence[str] = ()) -> str:
    """The question as the judge reads it: behind the turn before it, where it is a follow-up."""
    return " > ".join((*before[-1:], question))


def judged(statement: Statement, mark: tuple[int, int] | None = None) -> str:
    """The statement as the judge reads it; ``mark``: characters of its text that are the quantity in question."""
    text = statement.text
    if mark is not None:
        start, end = mark
        if statement.kind == "row":
            text = _marked_row(text, start, end)
        else:
            before, after = text[:start].split(" "), text[end:].split(" ")
            text = " ".join(before[-_AROUND:]) + f"«{text[start:end]}»" + " ".join(after[:_AROUND])
    context = [
        _first(statement.title, _TITLE),
        *(_first(h, _HEADING) for h in statement.headings[-2:]),
        _first(statement.stem or "", _STEM),
        _first(statement.before or "", _BEFORE),
    ]
    return " | ".join(dict.fromkeys(p for p in (*context, text) if p))


def _marked_row(text: str, start: int, end: int) -> str:
    """A row with its words and the one figure that is marked, without its other figures."""
    kept: list[str] = []
    at = 0
    for part in text.split(" | "):
        stop = at + len(part)
        if at <= start and end <= stop:
            kept.append(f"{part[: start - at]}«{part[start - at : end - at]}»{part[end - at :]}")
        elif not any(c.isdigit() for c in part):
            kept.append(part)
        at = stop + 3
    return " | ".join(kept)


def _first(text: str, words: int) -> str:
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words])


def probability(score: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


class CrossEncoder:
    """A trained cross-encoder with one output, from a folder or a package; runs without network.

    The one that ships is in ONNX with weights in eight bits, several times as fast on a processor as the original; another
    may be that, too, or a transformers model in safetensors.
    """

    def __init__(self, name: str = DEFAULT) -> None:
        self._folder = WEIGHTS / DEFAULT if name == DEFAULT else model_folder(name)
        self._file = next((f for n in _FILES if (f := self._folder / n).is_file()), None)
        if self._file is None:
            raise ModelError(f"The judge '{name}' has neither {_FILES[0]} nor {_FILES[1]} in {self._folder}.")
        self.hash = _checked(self._file, ships=name == DEFAULT)
        self.name = f"{self._folder.name} {self.hash[:8]}"

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        """The logit of each pair, in their order. Pairs of like length are read together."""
        model = _load(str(self._file))
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].statement))
        found = [0.0] * len(pairs)
        for begin in range(0, len(order), _BATCH):
            part = order[begin : begin + _BATCH]
            for i, score in zip(part, model([pairs[i] for i in part]), strict=True):
                found[i] = score
        return found


_FILES = ("model.onnx", "model.safetensors")
_BATCH = 16
Model = Callable[[Sequence[Pair]], list[float]]


@lru_cache(maxsize=2)
def _load(file: str) -> Model:
    """The model of a file, loaded once for the process."""
    tokenizer = _tokenizer(Path(file).parent)
    return _onnx(file, tokenizer) if file.endswith(".onnx") else _transformers(Path(file).parent, tokenizer)


def _tokenizer(folder: Path) -> Any:
    """The folder's own tokenizer, else that of the embedded MiniLM."""
    from tokenizers import Tokenizer

    file = folder / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file if file.is_file() else model_folder(DEFAULT_MODEL) / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    return tokenizer


def _read(tokenizer: Any, pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
    read = tokenizer.encode_batch([(p.question, p.statement) for p in pairs])
    names = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    return {name: np.array([getattr(e, field) for e in read], dtype=np.int64) for name, field in names.items()}


def _onnx(file: str, tokenizer: Any) -> Model:
    from onnxruntime import InferenceSession

    session = InferenceSession(file, providers=["CPUExecutionProvider"])

    def scores(pairs: Sequence[Pair]) -> list[float]:
        logits = session.run(["logits"], _read(tokenizer, pairs))[0]
        return [float(v) for v in np.asarray(logits).reshape(len(pairs))]

    return scores


def _transformers(folder: Path, tokenizer: Any) -> Model:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from transformers import AutoModelForSequenceClassification

    model: Any = AutoModelForSequenceClassification.from_pretrained(
        str(folder), local_files_only=True, dtype=torch.float32
    )
    if model.config.num_labels != 1:
        raise ModelError(f"The judge in {folder} has {model.config.num_labels} outputs; a judge has one.")
    model.eval()

    def scores(pairs: Sequence[Pair]) -> list[float]:
        read = {name: torch.from_numpy(values) for name, values in _read(tokenizer, pairs).items()}
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            return [float(v) for v in model(**read).logits.float().reshape(len(pairs))]

    return scores


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
