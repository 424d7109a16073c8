"""The judge learns to put the statement that answers first, the null before all where none answers, and its quantity.

For each question a softmax over its statements and a null with score 0, so that a score is a log odds against "none of
these" (listwise cross-entropy: Cao et al. 2007, "Learning to rank"); and over the quantities of the statement that answers
a softmax at the tokens where they begin.
"""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer

from training.groups import Group

_PAIRS, _RATE, _WARM = 64, 5e-5, 0.06
LONGEST = 104  # tokens of a pair in training; the judge itself reads a few more
_MARKS = 0.7  # the weight of choosing the quantity beside choosing the statement


def train(
    base: Path,
    groups: Callable[[random.Random], list[Group]],
    out: Path,
    *,
    passes: int = 1,
    seed: int = 7,
    rate: float = _RATE,
    say: Callable[[str], None] = print,
    hours: float | None = None,
) -> None:
    """Train from ``base`` and save in ``out``. ``groups`` gives the groups of one pass; ``hours`` bounds the time."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    tokenizer = AutoTokenizer.from_pretrained(str(base), local_files_only=True)
    # Without dropout: on a processor it takes a third of the time, and a single pass has little to fear from overfitting.
    model: Any = AutoModelForTokenClassification.from_pretrained(
        str(base), num_labels=2, local_files_only=True, attn_implementation="eager",
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    turns = [groups(chance) for _ in range(passes)]
    batches = [b for turn in turns for b in _batches(turn, chance)]
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    warm = max(1, int(_WARM * len(batches)))
    state = {"progress": 0.0}
    started, total = time.monotonic(), 0.0
    for step, batch in enumerate(batches):
        spent = (time.monotonic() - started) / (hours * 3600) if hours else 0.0
        state["progress"] = max(step / len(batches), spent)
        if state["progress"] >= 1.0:
            break
        for part in optimizer.param_groups:
            part["lr"] = rate * min((step + 1) / warm, 1.02 - state["progress"])
        loss = _loss(model, tokenizer, batch, device)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        total += float(loss.detach())
        if (step + 1) % 25 == 0:
            say(f"judge: step {step + 1} of {len(batches)}, loss {total / 25:.3f}, {time.monotonic() - started:.0f} s")
            total = 0.0
        if (step + 1) % 250 == 0:
            _save(model, tokenizer, out)
    _save(model, tokenizer, out)


def _save(model: Any, tokenizer: Any, out: Path) -> None:
    model.eval()
    model.save_pretrained(str(out))
    tokenizer.save_pretrained(str(out))
    model.train()


def _batches(groups: Sequence[Group], chance: random.Random) -> list[list[Group]]:
    """Groups of like length together, so that little is padded; batches in chance order."""
    ordered = sorted(groups, key=lambda g: sum(len(p.statement) for p in g.pairs) + 200 * chance.random())
    batches: list[list[Group]] = []
    current: list[Group] = []
    for group in ordered:
        current.append(group)
        if sum(len(g.pairs) for g in current) >= _PAIRS:
            batches.append(current)
            current = []
    if current:
        batches.append(current)
    chance.shuffle(batches)
    return batches


def _loss(model: Any, tokenizer: Any, batch: Sequence[Group], device: str) -> torch.Tensor:
    pairs = [p for g in batch for p in g.pairs]
    read = tokenizer(
        [p.question for p in pairs], [p.statement for p in pairs],
        truncation="only_second", max_length=LONGEST, padding=True, return_tensors="pt",
    ).to(device)  # fmt: skip
    with torch.autocast(device, dtype=torch.bfloat16):
        logits = model(**read).logits
    logits = logits.float()
    scores = logits[:, 0, 0]
    losses, marked = [], []
    at = 0
    for g in batch:
        own = torch.cat([scores[at : at + len(g.pairs)], scores.new_zeros(1)])
        losses.append(torch.nn.functional.cross_entropy(own.unsqueeze(0), torch.tensor([g.target], device=device)))
        if g.right:
            tokens = [read.char_to_token(at + g.target, m, sequence_index=1) for m in g.pairs[g.target].marks]
            seen = [i for i, t in enumerate(tokens) if t is not None]
            right = [j for j, i in enumerate(seen) if i in g.right]
            if right and len(right) < len(seen):
                shares = torch.log_softmax(logits[at + g.target, [tokens[i] for i in seen], 1], dim=0)
                marked.append(-torch.logsumexp(shares[right], dim=0))
        at += len(g.pairs)
    loss = torch.stack(losses).mean()
    return loss + _MARKS * torch.stack(marked).sum() / len(batch) if marked else loss
