"""The embedder learns to put a question near the statements that answer it (fine-tuned from the embedded MiniLM).

Multiple negatives ranking loss (Henderson et al. 2017, "Efficient Natural Language Response Suggestion for Smart
Reply"): each question against the statements of its batch, a third of which are of its own file.
"""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from corpus.embedder import has_bfloat16


def autocast(device: str) -> torch.autocast:
    """bfloat16 where the processor is made for it: without its units it is many times slower than float32."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu" or has_bfloat16())


class Embedding:
    """Embeds texts with a model, in bfloat16 where the processor is made for it."""

    def __init__(self, folder: Path) -> None:
        self._model: Any = SentenceTransformer(str(folder), device="cuda" if torch.cuda.is_available() else "cpu")
        self._model.max_seq_length = LONGEST

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions), float16."""
        with autocast(self._model.device.type), torch.inference_mode():
            made = self._model.encode(list(texts), batch_size=64, normalize_embeddings=True, convert_to_tensor=True)
        vectors = made.float().cpu().numpy()
        unit: np.ndarray = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
        return unit


Example = tuple[str, str, str, frozenset[str]]  # file, question, a statement that answers, all that do
_BATCH, _RATE, _WARM, _SCALE = 48, 5e-5, 0.08, 20.0
_TOGETHER = 16  # examples of one file in a batch: the others' statements are the hardest that do not answer
LONGEST = 72  # tokens


def train(
    base: Path,
    examples: Callable[[random.Random], Sequence[Example]],
    out: Path,
    *,
    passes: int = 1,
    seed: int = 7,
    say: Callable[[str], None] = print,
) -> None:
    """Train from ``base`` and save in ``out``. ``examples`` gives those of one pass."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model: Any = SentenceTransformer(str(base), device="cuda" if torch.cuda.is_available() else "cpu")
    model.max_seq_length = LONGEST
    model.train()
    for part in model.modules():  # without dropout, which takes a third of the time on a processor
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0
    batches = [b for _ in range(passes) for b in _batches(examples(chance), chance)]
    steps = len(batches)
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.01)
    warm = max(1, int(_WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm + 1)))
    )
    started, total = time.monotonic(), 0.0
    for done, batch in enumerate(batches, 1):
        loss = _loss(model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        total += float(loss.detach())
        if done % 20 == 0:
            say(f"embedder: step {done} of {steps}, loss {total / 20:.3f}, {time.monotonic() - started:.0f} s")
            total = 0.0
    model.eval()
    model.save(str(out))


def _batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of a few files each, in chance order."""
    of_file: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        of_file[example[0]].append(example)
    parts: list[list[Example]] = []
    for own in of_file.values():
        chance.shuffle(own)
        parts += [own[begin : begin + _TOGETHER] for begin in range(0, len(own), _TOGETHER)]
    chance.shuffle(parts)
    flat = [example for part in parts for example in part]
    return [flat[begin : begin + _BATCH] for begin in range(0, len(flat), _BATCH)]


def _loss(model: Any, batch: Sequence[Example]) -> torch.Tensor:
    questions, statements = [q for _, q, _, _ in batch], [s for _, _, s, _ in batch]
    with autocast(model.device.type):
        embedded = [_embed(model, texts) for texts in (questions, statements)]
    similar = _SCALE * embedded[0].float() @ embedded[1].float().T
    for i, (_, _, own, right) in enumerate(batch):
        also = [j for j, s in enumerate(statements) if j != i and (s == own or s in right)]
        similar[i, also] = -1e4
    return torch.nn.functional.cross_entropy(similar, torch.arange(len(batch), device=similar.device))


def _embed(model: Any, texts: Sequence[str]) -> torch.Tensor:
    features = {k: v.to(model.device) for k, v in model.preprocess(list(texts)).items() if isinstance(v, torch.Tensor)}
    vectors: torch.Tensor = model(features)["sentence_embedding"]
    return torch.nn.functional.normalize(vectors, dim=1)
