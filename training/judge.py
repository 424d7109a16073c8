"""The judge learns what each sign is worth: two small networks, over statements and over the quantities of one.

For each question a softmax over its candidates and a null at 0, so that a score is a log odds against "none of these", with
all that answer as right (listwise cross-entropy: Cao et al. 2007, "Learning to rank"); and over the quantities of a statement
that answers a softmax of its own.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from corpus.index import Generation
from retrieval.judged.candidates import Candidates
from retrieval.judged.judge import lexicon_of, read
from retrieval.judged.question import Reader
from retrieval.judged.search import Nearest, StatementRetriever
from retrieval.judged.slots import Slots
from training.examples import Corpus, Example

_HIDDEN, _BATCH, _RATE = 32, 32, 3e-3
_TAKEN_AWAY = 0.25  # of the questions: how many are asked again without what answers
_TURNS = {"statements": 10, "quantities": 25}
_DECAY = {"statements": 0.03, "quantities": 0.1}


@dataclass(frozen=True, slots=True)
class Group:
    """What one softmax is over. rows: the signs, shape (choices, signs); right: which are; null: whether none may be."""

    file: str
    rows: np.ndarray
    right: np.ndarray
    null: bool


def groups(examples: Iterable[Example], corpus: Corpus, generation: Generation, nearest: Nearest) -> list[Group]:
    """For each example the group of its candidates; for some once more without those that answer, as a question that
    nothing answers."""
    reader, slots = Reader(generation), Slots(generation)
    held = Candidates(generation, slots)
    retriever = StatementRetriever(generation=generation, nearest=nearest)
    lexicon = lexicon_of(generation)
    number = {s.id: n for n, s in enumerate(corpus.statements)}
    chance = random.Random(1)
    found: list[Group] = []
    for example in examples:
        question = reader.read(example.question, example.row.get("history") or [])
        candidates = [held.of(d.metadata) for d in retriever.invoke(question.standalone)]
        if not candidates:
            continue
        rows, _ = read(lexicon, slots, question, candidates)
        right = np.array([number[c.statement.id] in example.positives for c in candidates])
        found.append(Group(example.file, rows, right, null=True))
        if right.any() and not right.all() and chance.random() < _TAKEN_AWAY:
            found.append(Group(example.file, rows[~right], right[~right], null=True))
    return found


def groups_of_quantities(examples: Iterable[Example], corpus: Corpus, generation: Generation) -> list[Group]:
    """For each example and each statement that answers it the group of its quantities, where it has right and wrong ones."""
    reader, slots = Reader(generation), Slots(generation)
    held = Candidates(generation, slots)
    lexicon = lexicon_of(generation)
    unranked = {"cosine": 0.0, "words": 0.0, "by_meaning": 0, "by_words": 0, "fused": 0}
    found: list[Group] = []
    for example in examples:
        question = reader.read(example.question, example.row.get("history") or [])
        for place, marks in example.positives.items():
            candidate = held.of({"id": corpus.statements[place].id, **unranked})
            right = np.array([any(m.start < end and start < m.end for m in marks) for start, end in candidate.places])
            if right.any() and not right.all():
                _, (own,) = read(lexicon, slots, question, [candidate])
                found.append(Group(example.file, own, right, null=False))
    return found


def fit(
    made: Sequence[Group], turns: int, decay: float, seed: int = 7, say: Callable[[str], None] = print
) -> dict[str, np.ndarray]:
    """Learn a network; its arrays by name, as ``retrieval.judge.Network`` takes them."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    rows = [torch.from_numpy(g.rows) for g in made]
    right = [torch.from_numpy(np.append(g.right, not g.right.any()) if g.null else g.right) for g in made]
    whole = torch.cat(rows)
    mean, deviation = whole.mean(0), whole.std(0) + 1e-3
    width = whole.shape[1]
    network = torch.nn.Sequential(
        torch.nn.Linear(width, _HIDDEN), torch.nn.ReLU(),
        torch.nn.Linear(_HIDDEN, _HIDDEN), torch.nn.ReLU(),
        torch.nn.Linear(_HIDDEN, 1),
    )  # fmt: skip
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=decay)
    steps = turns * (1 + (len(made) - 1) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps + 1)
    order = list(range(len(made)))
    for turn in range(turns):
        chance.shuffle(order)
        total = 0.0
        for begin in range(0, len(order), _BATCH):
            batch = order[begin : begin + _BATCH]
            scores = network((torch.cat([rows[i] for i in batch]) - mean) / deviation).squeeze(-1)
            losses: list[torch.Tensor] = []
            at = 0
            for i in batch:
                own = scores[at : at + len(rows[i])]
                at += len(rows[i])
                own = torch.cat([own, own.new_zeros(1)]) if made[i].null else own
                losses.append(-torch.logsumexp(torch.log_softmax(own, dim=0)[right[i]], dim=0))
            loss = torch.stack(losses).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            total += float(loss.detach()) * len(batch)
        if turn + 1 == turns:
            say(f"judge: {len(made)} groups, loss {total / len(made):.3f}")
    found = {"mean": mean.numpy(), "deviation": deviation.numpy()}
    for n, layer in enumerate(part for part in network if isinstance(part, torch.nn.Linear)):
        found[f"{n}.weights"] = layer.weight.detach().numpy().T.copy()
        found[f"{n}.bias"] = layer.bias.detach().numpy()
    return found


def train(statements: Sequence[Group], quantities: Sequence[Group], out: Path) -> None:
    """Learn both networks and write them to one file."""
    arrays: dict[str, np.ndarray] = {}
    for name, made in (("statements", statements), ("quantities", quantities)):
        arrays |= {f"{name}.{key}": value for key, value in fit(made, _TURNS[name], _DECAY[name]).items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(out, **arrays)  # type: ignore[arg-type]
