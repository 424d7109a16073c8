"""The kind of answer that a question wants, and its unit, are learned from how questions are worded."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import lil_matrix
from sklearn.linear_model import LogisticRegression

from retrieval.judged.kind import Kind, features, unit_class
from training.examples import Example

_FILES, _TIMES = 6, 8  # a feature counts that stands in questions of so many files, so often


def kind_asked(example: Example) -> Kind | None:
    """The kind of an example's answer; None where it has none."""
    if example.kind == "unanswerable":
        return None
    if example.kind == "followup":
        return Kind.FIGURE if example.row.get("unit") else Kind.WORDS
    if example.kind in ("figure", "list", "topic", "compare", "trend"):
        return Kind(example.kind)
    return Kind.WORDS


def unit_asked(example: Example) -> str | None:
    """The unit of an example's answer, where it is a figure."""
    unit = example.row.get("unit")
    wanted = example.kind in ("figure", "followup") and unit and unit != "suppressed"
    return unit_class(str(unit)) if wanted else None


def train(
    examples: Sequence[Example], out: Path, asked: Callable[[Example], str | None] = kind_asked, least: int = _FILES
) -> None:
    """Learn from examples and write the weights. asked: what is learned of an example; None where there is nothing to
    learn of it. least: the files in whose questions a feature must stand.
    """
    rows = [(e, label) for e in examples if (label := asked(e)) is not None]
    files: defaultdict[str, set[str]] = defaultdict(set)
    times: defaultdict[str, int] = defaultdict(int)
    for example, _ in rows:
        for feature in set(features(example.question)):
            files[feature].add(example.file)
            times[feature] += 1
    names = sorted(f for f in files if len(files[f]) >= least and times[f] >= _TIMES)
    place = {name: i for i, name in enumerate(names)}
    matrix = lil_matrix((len(rows), len(names)))
    for i, (example, _) in enumerate(rows):
        for feature in set(features(example.question)):
            if feature in place:
                matrix[i, place[feature]] = 1.0
    model = LogisticRegression(C=0.3, max_iter=400)
    model.fit(matrix.tocsr(), np.array([str(label) for _, label in rows]))
    kept = {
        n: [round(float(w), 3) for w in model.coef_[:, i]]
        for n, i in place.items()
        if abs(model.coef_[:, i]).max() > 0.02
    }
    weights = {
        "classes": list(model.classes_),
        "bias": [round(float(b), 3) for b in model.intercept_],
        "features": kept,
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(weights, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
