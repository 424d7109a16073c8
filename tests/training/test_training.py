"""Training reads questions into examples to learn from; no file stands on two sides."""

import hashlib
import json
import random
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.register import Listed, file_hash
from ingestion.read import read_file
from retrieval.judged import kind as kinds_read
from retrieval.judged.decide import judged_features, ruled_features
from retrieval.judged.judge import networks, probability
from retrieval.judged.kind import Kind, kind_of
from training import calibrate, judge, kinds
from training.__main__ import HERE
from training.examples import Example, right_marks
from training.material import Material, examples_in, together
from training.splits import side_of

FILES = (
    "ravelstone_adult_skills_plan_2023.md",
    "west_arden_local_economy_indicators_2024.csv",
    "kestlebury_visitor_economy_strategy_2022.html",
)
SIDES = tomllib.loads((HERE / "splits.toml").read_text(encoding="utf-8"))


def hashed(texts: Sequence[str]) -> np.ndarray:
    """A unit vector a text, which says nothing of its meaning."""
    seeds = [int(hashlib.sha256(t.encode()).hexdigest()[:8], 16) for t in texts]
    made = np.stack([np.random.default_rng(seed).standard_normal(32) for seed in seeds])
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float16)


def numbers(text: str) -> set[str]:
    return {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Three invented files with their questions."""
    questions = tmp_path_factory.mktemp("questions")
    records = []
    for name in FILES:
        file = HERE / "invented" / name
        records.append(read_file(Listed(name, file, None), file_hash(file)))
        text = (HERE / "questions" / f"{name}.jsonl").read_text(encoding="utf-8")
        (questions / f"{name}.jsonl").write_text(text, encoding="utf-8")
    corpus, examples = examples_in(records, questions)
    return Material(corpus, examples, hashed([s.whole for s in corpus.statements]))


def test_every_invented_file_has_questions_and_every_question_file_its_file() -> None:
    files = {f.name for f in (HERE / "invented").iterdir()}
    assert {f.name.removesuffix(".jsonl") for f in (HERE / "questions").glob("*.jsonl")} == files


def test_no_file_stands_on_two_sides() -> None:
    named = [file for files in SIDES.values() for file in files]
    assert set(SIDES) == {"development", "test"}
    assert len(named) == len(set(named))
    assert all(side_of(file) == side for side, files in SIDES.items() for file in files)
    assert side_of("any other file.pdf") == "train"


def test_files_that_are_one_publisher_s_on_one_topic_stand_on_one_side() -> None:
    for council in ("oxley_vale", "thornbeck"):
        assert len({side_of(f.name) for f in (HERE / "invented").glob(f"{council}*")}) == 1


@pytest.mark.parametrize("name", FILES)
def test_examples_find_their_evidence(learned: Material, name: str) -> None:
    own = [e for e in learned.examples if e.file == name and (e.family != "words" or not name.endswith(".csv"))]
    assert len(own) >= 90
    assert sum(e.found for e in own) / len(own) >= 0.95, sorted({e.id for e in own if not e.found})
    assert all(learned.corpus.statements[p].location.document == name for e in own for p in e.positives)


def test_what_cannot_be_answered_has_no_positives_and_other_examples_have(learned: Material) -> None:
    assert all(bool(e.positives) == e.answerable for e in learned.examples if e.found)


def test_marks_are_the_answer_s_own_figures(learned: Material) -> None:
    marked = 0
    for example in learned.examples:
        wanted = numbers(str(example.row.get("answer", "")))
        for place, marks in example.positives.items():
            for mark in marks:
                marked += 1
                said = learned.corpus.statements[place].text[mark.start : mark.end]
                assert numbers(said) & wanted or not wanted, (example.id, said)
    assert marked > 100
    words = next(e for e in learned.examples if e.family == "words" and e.positives)
    assert all(right_marks(words.row, learned.corpus.statements[p]) == [] for p in words.positives)


def test_a_cell_s_evidence_is_the_series_that_holds_it(learned: Material) -> None:
    found = [
        (learned.corpus.cell(e.file, piece), e)
        for e in learned.examples
        for piece in e.row.get("evidence") or []
        if piece.get("line") and e.kind == "figure"
    ]
    assert found
    for cell, example in found:
        assert cell is not None and cell[2] in example.positives
        row, column, place = cell
        series = learned.corpus.statements[place].series
        assert series is not None and column in series.columns and (series.rows is None or row in series.rows)


def test_a_question_is_held_against_what_search_finds_for_it_and_a_figure_against_its_neighbours(
    learned: Material,
) -> None:
    chosen = [e for e in learned.examples if e.positives][::12]
    statements = judge.groups(chosen, learned.corpus, learned.generation(), learned.nearest(hashed))
    whole = [g for g in statements if len(g.rows) == max(len(o.rows) for o in statements)]
    assert len(chosen) < len(statements) < 2 * len(chosen) and len(whole) >= len(chosen) > 20
    assert all(g.null and len(g.rows) == len(g.right) for g in statements)
    assert sum(g.right.any() for g in statements) > len(chosen) / 2
    quantities = judge.groups_of_quantities(chosen, learned.corpus, learned.generation())
    assert quantities and all(g.right.any() and not g.right.all() and not g.null for g in quantities)


def test_corpora_that_stand_together_keep_their_evidence(learned: Material) -> None:
    both = together([learned, learned])
    assert len(both.vectors) == 2 * len(learned.vectors)
    own, moved = learned.examples[0], both.examples[len(learned.examples)]
    assert [p - len(learned.corpus.statements) for p in moved.positives] == list(own.positives)


def test_what_a_sign_is_worth_is_learned(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    made = []
    for n in range(300):
        rows = chance.standard_normal((8, 5)).astype(np.float32)
        right = np.arange(8) == rows[:, 3].argmax() if n % 3 else np.zeros(8, dtype=bool)
        rows[right, 3] += 2.0
        made.append(judge.Group("f.md", rows, right, null=True))
    shares = [judge.Group("f.md", g.rows, g.right, null=False) for g in made if g.right.any()]
    judge.train(made[:200], shares, tmp_path / "judge.npz")
    statements, quantities = networks(tmp_path / "judge.npz")
    held_apart = [g for g in made[200:] if g.right.any()]
    assert np.mean([statements(g.rows).argmax() == g.right.argmax() for g in held_apart]) > 0.9
    assert np.mean([quantities(g.rows).argmax() == g.right.argmax() for g in held_apart]) > 0.9
    nothing = [statements(g.rows).max() for g in made[200:] if not g.right.any()]
    assert np.mean([statements(g.rows).max() for g in held_apart]) > np.mean(nothing) + 1.0


def asked(kind: str, words: str, n: int) -> Example:
    return Example(f"file{n % 8}.md", f"q{n}", kind, 1, words, None)


def test_kinds_are_learned_from_how_questions_are_worded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    things = "homes shops trees buses parks schools roads clubs".split()
    examples = [
        asked(kind, text.format(thing), n)
        for n in range(32)
        for thing in (things[n % 8],)
        for kind, text in (
            ("figure", "How many {} are there?"), ("why", "Why were the {} closed?"),
            ("trend", "How did the number of {} change between 2011 and 2021?"),
        )
    ]  # fmt: skip
    kinds.train([*examples, asked("unanswerable", "How tall are the trees?", 1)], tmp_path / "kinds.json")
    read = json.loads((tmp_path / "kinds.json").read_text(encoding="utf-8"))
    assert set(read["classes"]) == {"figure", "words", "trend"}
    assert not any(thing in read["features"] for thing in things)
    monkeypatch.setattr(kinds_read, "_WEIGHTS", tmp_path)
    kinds_read._weights.cache_clear()
    try:
        told = [
            kind_of(t)
            for t in ("How many bees are there?", "Why were they closed?", "How did it change between 1 and 2?")
        ]
    finally:
        monkeypatch.undo()
        kinds_read._weights.cache_clear()
        kinds_read.probabilities.cache_clear()
    assert told == [Kind.FIGURE, Kind.WORDS, Kind.TREND]


def test_the_threshold_keeps_what_is_wrong_within_its_bound(tmp_path: Path) -> None:
    chance = random.Random(7)
    seen = []
    for n in range(900):
        able = chance.random() < 0.7
        best = chance.gauss(3.0 if able else -3.0, 1.5)
        agrees = chance.choice([None, True, False])
        scores = (best, best - chance.uniform(0, 4), best - 5)
        found = calibrate.Way(
            calibrate.FAMILIES[n % 3], able and chance.random() < 0.9, judged_features(scores, agrees)
        )
        support = best - 5 * (agrees is False)
        theirs = calibrate.Way("ruled", able and support > 0, ruled_features(support, best, agrees, True, False))
        seen.append(calibrate.Observation(found, theirs if agrees is not None else None, able, 1, f"{n % 4}.md", True))
    weights = calibrate.calibrate(seen, tmp_path / "decision.toml")
    read = tomllib.loads((tmp_path / "decision.toml").read_text(encoding="utf-8"))
    assert set(read) == {"thresholds", "ruled", *calibrate.FAMILIES} and set(read["thresholds"]) == {"ruled", "judged"}

    def sure(way: calibrate.Way | None) -> float:
        if way is None:
            return 0.0
        of = weights[way.family]
        return probability(of["bias"] + sum(of[name] * value for name, value in way.features.items()))

    limits = (read["thresholds"]["ruled"], read["thresholds"]["judged"])
    shown = [(o, calibrate.given(o, (sure(o.judged), sure(o.ruled)), limits)) for o in seen]
    able = [(o, way) for o, way in shown if o.answerable]
    assert sum(way is not None and way.right for _, way in able) > 0.5 * len(able)
    assert sum(way is not None and not way.right for _, way in able) <= 0.095 * len(able)


def test_weights_that_ship_have_their_hash_beside_them(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    from training.weights import keep_embedder

    trained, kept = tmp_path / "trained", tmp_path / "weights" / "embedder"
    trained.mkdir()
    (trained / "config.json").write_text("{}", encoding="utf-8")
    save_file({"a": torch.ones(3), "n": torch.arange(2)}, trained / "model.safetensors")
    keep_embedder(trained, tmp_path / "weights")
    digest, name = (kept / "SHA256").read_text(encoding="utf-8").split()
    assert (digest, name) == (hashlib.sha256((kept / name).read_bytes()).hexdigest(), "model.safetensors")
    tensors = load_file(kept / name)
    assert (tensors["a"].dtype, tensors["n"].dtype) == (torch.float16, torch.int64)
    assert (kept / "config.json").is_file()
