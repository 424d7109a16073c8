"""`make train`: questions and corpora → the embedder's and the judge's weights, thresholds, card and report.

    python -m training [--corpus FOLDER QUESTIONS]... [--out FOLDER] [--hours 0.75] [--smoke]

Without ``--corpus`` it learns from the invented documents of this folder alone. Steps, in order: read, align, learn the
kinds of questions, learn the embedder, mine negatives with it, learn the judge, calibrate on the development files,
report. Seeds are fixed. ``--smoke`` runs the whole way on a few examples, and changes nothing that ships.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from corpus.embedder import DEFAULT_MODEL, model_folder
from training import calibrate, embedder, judge, kinds
from training.examples import Example
from training.groups import Candidates, Group, group, mine
from training.material import Material, material, question_text, read_corpus
from training.report import report
from training.splits import side_of
from training.weights import keep_embedder, keep_judge

HERE = Path(__file__).parent
_EARLIER = 0.1  # how often a question of something else stands before a question


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; 0 when all is written."""
    options = _options(arguments)
    out: Path = options.out
    corpora = [(Path(c), Path(q)) for c, q in options.corpus] or [(HERE / "invented", HERE / "questions")]
    few: bool = options.smoke
    read = [(read_corpus(c, out / "read" / f"{c.name}.pickle", most=2 if few else None), q) for c, q in corpora]
    base = model_folder(DEFAULT_MODEL)
    first = [material(records, questions, embedder.Embedding(base)) for records, questions in read]
    examples = [e for m in first for e in m.examples]
    kinds.train(
        [e for e in examples if side_of(e.file) == "train"], out / "weights" / "kinds.json", least=2 if few else 6
    )
    embedder.train(base, lambda chance: _triples(first, chance, few), out / "embedder", passes=1 if few else 2)
    again = [material(records, questions, embedder.Embedding(out / "embedder")) for records, questions in read]
    work = _work(again, few)
    judge.train(base, lambda chance: _groups(work, chance), out / "judge", hours=0.01 if few else options.hours)
    keep_embedder(out / "embedder", out / "weights")
    keep_judge(out / "judge", out / "weights")
    seen = [o for m in again for o in calibrate.observe_all(m, out / "embedder", out / "judge", 20 if few else None)]
    if not few:  # of a few examples hardly any is right
        calibrate.calibrate([o for o in seen if side_of(o.file) == "development"], out / "weights" / "decision.toml")
    report(again, seen, out / "report.md")
    print(f"Written to {out}.")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--corpus", nargs=2, action="append", default=[], metavar=("FOLDER", "QUESTIONS"))
    parser.add_argument("--out", type=Path, default=HERE.parent / ".planchat" / "training")
    parser.add_argument("--hours", type=float, default=0.75, help="how long the judge learns at most")
    parser.add_argument("--smoke", action="store_true", help="the whole way on a few examples")
    return parser.parse_args(arguments)


def _triples(materials: Sequence[Material], chance: random.Random, few: bool) -> list[embedder.Triple]:
    """A question, a statement that answers it and one that does not, for each phrasing of the training files."""
    found: list[embedder.Triple] = []
    for m in materials:
        for example, ranked in zip(m.examples, m.ranked, strict=True):
            if side_of(example.file) != "train" or not example.positives:
                continue
            own = [m.corpus.statements[p].whole for p in list(example.positives)[:12]]
            wrong = mine(example, m.corpus, ranked, m.vectors)
            others = (*wrong.own[2:30], *wrong.others[:20]) or (0,)
            negative = m.corpus.statements[chance.choice(others)].whole
            found.append((question_text(example), chance.choice(own), negative, frozenset(own)))
    return chance.sample(found, min(96, len(found))) if few else found


Work = list[tuple[Example, Candidates, Material]]


def _work(materials: Sequence[Material], few: bool) -> Work:
    """The examples that the judge learns from, with their negatives."""
    work = [
        (example, mine(example, m.corpus, ranked, m.vectors), m)
        for m in materials
        for example, ranked in zip(m.examples, m.ranked, strict=True)
        if side_of(example.file) == "train" and (example.positives or not example.answerable)
    ]
    return work[:: max(1, len(work) // 40)] if few else work


def _groups(work: Work, chance: random.Random) -> list[Group]:
    """One group of each example, some behind a question of something else."""
    made = []
    for example, found, m in work:
        earlier = chance.choice(work)[0].question if chance.random() < _EARLIER else None
        made.append(group(example, found, m.corpus, chance, earlier))
    return [g for g in made if g is not None]


if __name__ == "__main__":
    torch.manual_seed(7)
    np.random.seed(7)
    sys.exit(main())
