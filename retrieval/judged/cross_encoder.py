"""A published cross-encoder as the judge (``PLANCHAT_JUDGE``): a folder or a package; runs without network.

It reads question and statement together and has either one output, as published rerankers have, and then a statement's
quantities count alike; or two for each token, of which the first says whether the statement answers (at the first token)
and the second which quantity does (at the token where it begins).
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.embedder import BASE_MODEL, WEIGHTS, ModelError, has_bfloat16, model_folder
from corpus.register import file_hash
from corpus.statement import Statement
from retrieval.judged.judge import Score, log_shares
from retrieval.judged.question import Question
from retrieval.judged.signs import Candidate

LONGEST = 128  # tokens of question and statement together
_TITLE, _HEADING, _STEM, _BEFORE = 12, 10, 24, 24  # words that are read of each part of the context
_BATCH = 16
_CUT_OFF = -20.0  # of a quantity that stands beyond what is read


class CrossEncoder:
    """A judge that is a transformer. Raises ModelError where there is none of that name, or it is none."""

    def __init__(self, name: str) -> None:
        try:
            self._folder = model_folder(name)
        except ModelError as error:
            raise ModelError(
                f"The judge '{name}' is neither a folder with weights nor an installed package that holds them. "
                "Install the package, or leave PLANCHAT_JUDGE unset for the judge that ships."
            ) from error
        weights = self._folder / WEIGHTS
        if not weights.is_file():
            raise ModelError(f"The judge '{name}' has no {WEIGHTS} in {self._folder}.")
        self.name = f"{self._folder.name} {file_hash(weights)[:8]}"

    def scores(self, question: Question, candidates: Sequence[Candidate]) -> list[Score]:
        """A score for each candidate, in their order. Those of like length are read together."""
        model, tokenizer = _load(str(self._folder))
        texts = [judged(c.statement) for c in candidates]
        order = sorted(range(len(candidates)), key=lambda i: len(texts[i]))
        found: dict[int, Score] = {}
        for begin in range(0, len(order), _BATCH):
            part = order[begin : begin + _BATCH]
            read = tokenizer.encode_batch([(question.standalone, texts[i]) for i in part])
            logits = _logits(model, read)
            for i, encoding, own in zip(part, read, logits, strict=True):
                found[i] = _score(candidates[i], encoding, own)
        return [found[i] for i in range(len(candidates))]


def judged(statement: Statement) -> str:
    """The statement as a cross-encoder reads it: its own words first, so that what is cut off of a long one is context."""
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


def _score(candidate: Candidate, encoding: Any, logits: np.ndarray) -> Score:
    """The score of a candidate from its logits: (1,) of a plain cross-encoder, (tokens, 2) of one that marks."""
    if logits.ndim == 1:
        return Score(float(logits[0]), log_shares([0.0] * len(candidate.figures)))
    tokens = [encoding.char_to_token(start, 1) for start, _ in candidate.places]
    own = [float(logits[t, 1]) if t is not None else _CUT_OFF for t in tokens]
    return Score(float(logits[0, 0]), log_shares(own))


@lru_cache(maxsize=2)
def _load(name: str) -> tuple[Any, Any]:
    """The model of a folder and its tokenizer, else that of the embedded MiniLM; loaded once for the process."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoModelForTokenClassification

    folder = Path(name)
    config = AutoConfig.from_pretrained(name, local_files_only=True)
    marks = any("TokenClassification" in kind for kind in config.architectures or ())
    kind: Any = AutoModelForTokenClassification if marks else AutoModelForSequenceClassification
    if config.num_labels != (2 if marks else 1):
        raise ModelError(
            f"The judge in {folder} has {config.num_labels} outputs; a judge has one, or two for each token."
        )
    model = kind.from_pretrained(name, local_files_only=True, dtype=torch.float32)
    model.eval()
    file = folder / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(file if file.is_file() else model_folder(BASE_MODEL) / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    tokenizer.enable_padding()
    return model, tokenizer


def _logits(model: Any, read: Sequence[Any]) -> np.ndarray:
    import torch

    names = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    inputs = {name: torch.tensor([getattr(e, field) for e in read]) for name, field in names.items()}
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
        return np.asarray(model(**inputs).logits.float().numpy())
