"""The material of a training: corpora as they are read, their questions as examples, and what search finds for each."""

import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np

from corpus.language import content_stems
from corpus.records import Records, from_json, to_json
from corpus.register import Listed, file_hash, read_register
from ingestion.errors import UnreadableFile
from ingestion.reader import shared_reader
from training.examples import Corpus, Example, examples_of, read_questions
from training.splits import side_of

Embed = Callable[[Sequence[str]], np.ndarray]
_RANKED, _RRF = 120, 60


@dataclass(slots=True)
class Material:
    """One corpus with its examples. vectors: a row a statement; ranked: for each example, places of statements."""

    corpus: Corpus
    examples: list[Example]
    vectors: np.ndarray
    ranked: list[list[int]]


def read_corpus(folder: Path, kept: Path, say: Callable[[str], None] = print, most: int | None = None) -> list[Records]:
    """The records of a folder's files; ``kept`` is a file in which they are kept between runs, by the files' hashes.

    most: how many files of each side at most, the smallest first.
    """
    known: dict[str, bytes] = pickle.loads(kept.read_bytes()) if kept.is_file() else {}
    found: dict[str, bytes] = {}
    listed_files = sorted(read_register(folder), key=lambda listed: listed.file.stat().st_size)
    for listed in _some(listed_files, most):
        sha256 = file_hash(listed.file)
        key = f"{listed.path} {sha256}"
        if key in known:
            found[key] = known[key]
            continue
        try:
            found[key] = to_json(shared_reader().read(listed, sha256))
        except UnreadableFile as problem:
            say(f"{listed.path} {problem}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(found))
    return [from_json(data) for data in found.values()]


def _some(files: Sequence[Listed], most: int | None) -> list[Listed]:
    sides: defaultdict[str, list[Listed]] = defaultdict(list)
    for listed in files:
        sides[side_of(listed.file.name)].append(listed)
    return [listed for own in sides.values() for listed in own[:most]]


def material(records: Sequence[Records], questions: Path, embed: Embed) -> Material:
    """Examples with what search finds for them; negatives for training files come from training files alone."""
    corpus = Corpus(records)
    examples = list(examples_of(read_questions(questions), corpus))
    vectors = embed([s.whole for s in corpus.statements])
    queries = embed([question_text(e) for e in examples])
    words = bm25s.BM25()
    words.index([content_stems(s.whole) or ["∅"] for s in corpus.statements], show_progress=False)
    trains = np.array([side_of(s.location.document) == "train" for s in corpus.statements])
    ranked: list[list[int]] = []
    whole = vectors.astype(np.float32)
    for example, query in zip(examples, queries, strict=True):
        similar = whole @ query.astype(np.float32)
        stems = content_stems(question_text(example))
        by_words = words.get_scores(stems) if stems else np.zeros(len(vectors))
        if side_of(example.file) == "train":
            similar[~trains], by_words[~trains] = -2.0, -1.0
        own = np.array(corpus.of_file[example.file])
        ranked.append(_fused(similar, by_words, own))
    return Material(corpus, examples, vectors, ranked)


def question_text(example: Example) -> str:
    """A question as it is embedded: behind the question before it, where it is a follow-up."""
    return f"{example.before} > {example.question}" if example.before else example.question


def _fused(similar: np.ndarray, by_words: np.ndarray, own: np.ndarray) -> list[int]:
    """The best by meaning and by words, over all and over the example's own file, ranks fused."""
    fused: defaultdict[int, float] = defaultdict(float)
    lists = [np.argsort(-similar)[:_RANKED], np.argsort(-by_words)[:_RANKED]]
    lists += [own[np.argsort(-similar[own])][:_RANKED], own[np.argsort(-by_words[own])][:_RANKED]]
    for places in lists:
        for rank, place in enumerate(places):
            fused[int(place)] += 1.0 / (_RRF + rank)
    return sorted(fused, key=lambda place: -fused[place])
