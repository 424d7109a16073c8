"""The material of a training: corpora as they are read, their questions as examples, and both as vectors."""

import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.embedder import BASE_MODEL
from corpus.index import Generation
from corpus.records import Records, from_json, to_json
from corpus.register import Listed, file_hash, read_register
from ingestion.errors import UnreadableFile
from ingestion.reader import shared_reader
from retrieval.judged.search import Nearest
from training.examples import Corpus, Example, examples_of, read_questions
from training.splits import side_of

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(slots=True)
class Material:
    """One corpus with its examples. vectors: a row a statement, of the embedding model ``model``."""

    corpus: Corpus
    examples: list[Example]
    vectors: np.ndarray
    model: str = BASE_MODEL

    def generation(self) -> Generation:
        """The corpus as a state that can be asked."""
        return Generation("training", Path(), self.model, tuple(self.corpus.records.values()))

    def nearest(self, embed: Embed) -> Nearest:
        """The statements nearest to a text."""
        whole = self.vectors.astype(np.float32)

        def found(text: str, k: int) -> list[tuple[str, float]]:
            similar = whole @ embed([text])[0].astype(np.float32)
            return [(self.corpus.statements[int(i)].id, float(similar[i])) for i in np.argsort(-similar)[:k]]

        return found


def together(materials: Sequence[Material]) -> Material:
    """Several corpora as one, with all their examples."""
    corpus = Corpus([record for m in materials for record in m.corpus.records.values()])
    begins = np.cumsum([0, *(len(m.corpus.statements) for m in materials)])
    examples = [
        replace(e, positives={p + int(begin): marks for p, marks in e.positives.items()})
        for m, begin in zip(materials, begins, strict=False)
        for e in m.examples
    ]
    return Material(corpus, examples, np.concatenate([m.vectors for m in materials]), materials[0].model)


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


def examples_in(records: Sequence[Records], questions: Path) -> tuple[Corpus, list[Example]]:
    """The statements of a corpus, and the questions over it as examples."""
    corpus = Corpus(records)
    return corpus, list(examples_of(read_questions(questions), corpus))


def question_text(example: Example) -> str:
    """A question as it is embedded: behind the question before it, where it is a follow-up."""
    return f"{example.before} > {example.question}" if example.before else example.question
