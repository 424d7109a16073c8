"""The embedder learns to put a question near the statements that answer it (fine-tuned from the embedded MiniLM).

Multiple negatives ranking loss (Henderson et al. 2017, "Efficient Natural Language Response Suggestion for Smart
Reply"): each question against the statements of its batch, with one mined negative of its own.
"""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer


class Embedding:
    """Embeds texts with a model, in bfloat16 where the processor is made for it."""

    def __init__(self, folder: Path) -> None:
        self._model: Any = SentenceTransformer(str(folder), device="cuda" if torch.cuda.is_available() else "cpu")
        self._model.max_seq_length = LONGEST

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions), float16."""
        with torch.autocast(self._model.device.type, dtype=torch.bfloat16), torch.inference_mode():
            made = self._model.encode(list(texts), batch_size=64, normalize_embeddings=True, convert_to_tensor=True)
        vectors = made.float().cpu().numpy()
        unit: np.ndarray = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
        return unit


Triple = tuple[str, str, str, frozenset[str]]  # question, statement that answers, one that does not, all that answer
_BATCH, _RATE, _WARM, _SCALE = 48, 4e-5, 0.08, 20.0
LONGEST = 96  # tokens


def train(
    base: Path,
    triples: Callable[[random.Random], Sequence[Triple]],
    out: Path,
    *,
    passes: int = 2,
    seed: int = 7,
    say: Callable[[str], None] = print,
) -> None:
    """Train from ``base`` and save in ``out``. ``triples`` gives the examples of one pass."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model: Any = SentenceTransformer(str(base), device="cuda" if torch.cuda.is_available() else "cpu")
    model.max_seq_length = LONGEST
    model.train()
    for part in model.modules():  # without dropout, which takes a third of the time on a processor
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0
    rows = list(triples(chance))
    steps = passes * (len(rows) // _BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.01)
    warm = max(1, int(_WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm + 1)))
    )
    started, done, total = time.monotonic(), 0, 0.0
    for turn in range(passes):
        rows = rows if turn == 0 else list(triples(chance))
        chance.shuffle(rows)
        for begin in range(0, len(rows) - _BATCH + 1, _BATCH):
            batch = rows[begin : begin + _BATCH]
            loss = _loss(model, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            done, total = done + 1, total + float(loss.detach())
            if done % 20 == 0:
                say(f"embedder: step {done} of {steps}, loss {total / 20:.3f}, {time.monotonic() - started:.0f} s")
                total = 0.0
    model.eval()
    model.save(str(out))


def _loss(model: Any, batch: Sequence[Triple]) -> torch.Tensor:
    questions = [q for q, _, _, _ in batch]
    statements = [s for _, s, _, _ in batch] + [n for _, _, n, _ in batch]
    with torch.autocast(model.device.type, dtype=torch.bfloat16):
        embedded = [_embed(model, texts) for texts in (questions, statements)]
    similar = _SCALE * embedded[0].float() @ embedded[1].float().T
    for i, (_, own, _, right) in enumerate(batch):
        also = [j for j, s in enumerate(statements) if j != i and (s == own or s in right)]
        similar[i, also] = -1e4
    return torch.nn.functional.cross_entropy(similar, torch.arange(len(batch), device=similar.device))


def _embed(model: Any, texts: Sequence[str]) -> torch.Tensor:
    features = {k: v.to(model.device) for k, v in model.preprocess(list(texts)).items() if isinstance(v, torch.Tensor)}
    vectors: torch.Tensor = model(features)["sentence_embedding"]
    return torch.nn.functional.normalize(vectors, dim=1)
