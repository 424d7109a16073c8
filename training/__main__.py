"""`make train`: questions and corpora → the embedder's and the judge's weights, thresholds, card and report.

    python -m training [--corpus FOLDER QUESTIONS]... [--out FOLDER] [--smoke]

Without ``--corpus`` it learns from the invented documents of this folder alone. Steps, in order: read, align, learn the
kinds of questions, learn the embedder, learn the judge, calibrate on the development files, report. Seeds are fixed.
``--smoke`` runs the whole way on a few examples, and changes nothing that ships.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from corpus.embedder import BASE_MODEL, model_folder
from training import calibrate, embedder, judge, kinds
from training.examples import Corpus, Example
from training.material import Embed, Material, examples_in, question_text, read_corpus, together
from training.report import report
from training.splits import side_of
from training.weights import keep_embedder

HERE = Path(__file__).parent
_APART = ("development", "test")
_TABLES = ("csv", "ods", "xls", "xlsx")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; 0 when all is written."""
    options = _options(arguments)
    out: Path = options.out
    corpora = [(Path(c), Path(q)) for c, q in options.corpus] or [(HERE / "invented", HERE / "questions")]
    few: bool = options.smoke
    read = [(read_corpus(c, out / "read" / f"{c.name}.pickle", most=2 if few else None), q) for c, q in corpora]
    base = model_folder(BASE_MODEL)
    made = [examples_in(records, questions) for records, questions in read]
    examples = [e for _, own in made for e in own]
    learned = [e for e in examples if side_of(e.file) == "train"]
    for name, asked in (("kinds", kinds.kind_asked), ("units", kinds.unit_asked)):
        kinds.train(learned, out / "weights" / f"{name}.json", asked, least=2 if few else 6)
    embedder.train(base, lambda chance: _pairs(made, chance, few), out / "embedder")
    keep_embedder(out / "embedder", out / "weights")
    embed = embedder.Embedding(out / "embedder")
    model = str(out / "embedder")
    materials = [Material(corpus, own, embed([s.whole for s in corpus.statements]), model) for corpus, own in made]
    weights = out / "weights" / "judge.npz"
    folds = _learn(materials, embed, weights, few)
    seen: list[calibrate.Observation] = []
    for m in materials:
        for asked_with, files in folds.items():
            own = [e for e in m.examples if e.file in files]
            seen += calibrate.observe(m, own[: 20 if few else None], embed, asked_with)
    if not few:  # of a few examples hardly any is right
        calibrate.calibrate([o for o in seen if side_of(o.file) == "development"], out / "weights" / "decision.toml")
    report(examples, seen, out / "report.md")
    print(f"Written to {out}.")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--corpus", nargs=2, action="append", default=[], metavar=("FOLDER", "QUESTIONS"))
    parser.add_argument("--out", type=Path, default=HERE.parent / ".planchat" / "training")
    parser.add_argument("--smoke", action="store_true", help="the whole way on a few examples")
    return parser.parse_args(arguments)


Made = Sequence[tuple[Corpus, list[Example]]]


def _pairs(made: Made, chance: random.Random, few: bool) -> list[embedder.Example]:
    """A question and a statement that answers it, for each phrasing of the training files."""
    found: list[embedder.Example] = []
    for corpus, examples in made:
        for example in examples:
            if side_of(example.file) == "train" and example.positives:
                own = [corpus.statements[p].whole for p in list(example.positives)[:12]]
                found.append((example.file, question_text(example), chance.choice(own), frozenset(own)))
    return chance.sample(found, min(96, len(found))) if few else found


def _learn(materials: Sequence[Material], embed: Embed, weights: Path, few: bool) -> dict[Path, frozenset[str]]:
    """The judge's networks, and those that each lack half of the development files: the files that each may be asked about.

    Over statements they learn from the development files, since for those of the training files the embedder's cosines are
    too good to be true; over quantities, where no cosine counts, from the training files. Half of the questions are asked
    over their own corpus, and half over all of them as one: a council holds both documents and tables.
    """
    statements: list[judge.Group] = []
    quantities: list[judge.Group] = []
    for n, m in enumerate([*materials, together(materials)]):
        side = [e for e in m.examples if side_of(e.file) == "development"][n == len(materials) :: 2]
        statements += judge.groups(side[: 20 if few else None], m.corpus, m.generation(), m.nearest(embed))
    for m in materials:
        marked = [e for e in m.examples if side_of(e.file) == "train" and any(e.positives.values())]
        quantities += judge.groups_of_quantities(marked[: 40 if few else None : 3], m.corpus, m.generation())
    judge.train(statements, quantities, weights)
    sides = {side: {e.file for m in materials for e in m.examples if side_of(e.file) == side} for side in _APART}
    found = {weights: frozenset(sides["test"])}
    files = sorted(sides["development"], key=lambda f: (f.rpartition(".")[2] in _TABLES, f))
    for k in (0, 1):
        learned = [g for g in statements if g.file not in files[k::2]]
        if learned:
            found[weights.with_name(f"judge-{k}.npz")] = frozenset(files[k::2])
            judge.train(learned, quantities, weights.with_name(f"judge-{k}.npz"))
    return found


if __name__ == "__main__":
    torch.manual_seed(7)
    np.random.seed(7)
    sys.exit(main())
