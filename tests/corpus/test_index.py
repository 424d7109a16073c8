"""The index: served whole or not at all, never by another model, and never spoilt by a build that was killed."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from answering.ask import Asker, open_asker
from corpus.embedder import DEFAULT_MODEL, ModelError, fingerprint
from corpus.index import IndexUnusable, current, open_generation
from corpus.settings import BUILT_IN_CORPUS, Settings
from ingestion.build import ensure_index, ingest

Settle = Callable[[Path, Path], Settings]


@pytest.fixture
def copied(built_index: Path, tmp_path: Path, settings_of_folder: Settle) -> Settings:
    """A copy of the real index, to be damaged."""
    shutil.copytree(built_index, tmp_path / "index")
    return settings_of_folder(BUILT_IN_CORPUS, tmp_path / "index")


def generation_folder(settings: Settings) -> Path:
    return settings.index_folder / "generations" / str(current(settings.index_folder))


def test_a_missing_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"There is no index in .* Run 'planchat ingest' to build it\."):
        open_generation(tmp_path, DEFAULT_MODEL)


@pytest.mark.parametrize("doing", [open_asker, ensure_index, ingest])
def test_an_index_of_another_model_is_refused(
    doing: Callable[[Settings], object], copied: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other-model"
    other.mkdir()
    (other / "model.safetensors").write_bytes(b"weights of another model")
    with pytest.raises(ModelError, match=r"was built with the embedding model 'planchat', not with") as raised:
        doing(copied.model_copy(update={"embedding_model": str(other)}))
    assert "Set PLANCHAT_EMBEDDING_MODEL to 'planchat', or use another folder with --index." in str(raised.value)


@pytest.mark.parametrize("name", ["manifest.json", "records.jsonl"])
@pytest.mark.parametrize("damage", ["cut", "gone", "garbage"])
def test_a_damaged_index_is_said_in_a_sentence(copied: Settings, name: str, damage: str) -> None:
    file = generation_folder(copied) / name
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100] if damage == "cut" else b"\x00\xff")
    with pytest.raises(IndexUnusable, match=r"damaged\. Run 'planchat ingest' to build it again\."):
        open_asker(copied)


def lose_records(folder: Path) -> None:
    file = folder / "records.jsonl"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a manifest that is no JSON": lambda folder: (folder / "manifest.json").write_text("{", encoding="utf-8"),
    "a manifest without its facts": lambda folder: (folder / "manifest.json").write_text("{}", encoding="utf-8"),
    "records that were lost": lose_records,
    "records that were changed": lambda folder: replace_first(folder / "records.jsonl", b"12%", b"92%"),
    "vectors that are gone": lambda folder: shutil.rmtree(folder / "chroma"),
    "vectors that were cut short": lambda folder: os.truncate(folder / "chroma" / "chroma.sqlite3", 5000),
    "a folder that is gone": shutil.rmtree,
}


def replace_first(file: Path, old: bytes, new: bytes) -> None:
    file.write_bytes(file.read_bytes().replace(old, new, 1))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_generation_is_not_served_and_is_built_again_from_the_store(built: Settings, damage: str) -> None:
    open_asker(built).ask("What share of residents work from home?")  # Chroma holds its files open
    DAMAGES[damage](generation_folder(built))
    with pytest.raises(IndexUnusable, match=r"is damaged\. Run 'planchat ingest' to build it again\."):
        open_asker(built)
    report = ensure_index(built)
    assert report is not None and {d.status for d in report.documents} == {"unchanged"}
    asked = open_asker(built).ask("What share of residents work from home?")
    assert [f.text for f in asked.answer.figures][:1] == ["12%"]
    assert open_asker(built).generation.nearest("residents work from home", 1)
    assert ensure_index(built) is None


def test_vectors_that_chroma_cannot_read_are_compared_without_it(built: Settings) -> None:
    whole = open_asker(built).generation.nearest("residents work from home", 2)
    file = generation_folder(built) / "chroma" / "chroma.sqlite3"
    file.write_bytes(b"\xff" * file.stat().st_size)
    found = open_asker(built).generation.nearest("residents work from home", 2)
    assert [name for name, _ in found] == [name for name, _ in whole]
    assert [similar for _, similar in found] == pytest.approx([similar for _, similar in whole], abs=1e-4)


def test_vectors_that_cannot_be_read_are_said_in_a_sentence(built: Settings) -> None:
    generation = open_asker(built).generation
    for file in (generation_folder(built) / "chroma" / "chroma.sqlite3", generation_folder(built) / "vectors.npy"):
        file.write_bytes(b"\xff" * file.stat().st_size)
    with pytest.raises(IndexUnusable, match=r"cannot be read\. Delete that folder and run 'planchat ingest'\."):
        generation.nearest("residents work from home", 1)


def change(settings: Settings, old: str, new: str) -> None:
    plan = settings.corpus / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_generation_before_is_kept_until_the_next_build(built: Settings) -> None:
    generations = built.index_folder / "generations"
    first = generation_folder(built)
    os.utime(first, (0, 0))
    change(built, "12%", "13%")
    ingest(built)
    second = generation_folder(built)
    assert {p.name for p in generations.iterdir()} == {first.name, second.name}
    assert open_generation(built.index_folder, built.embedding_model).folder == second
    os.utime(first, (0, 0))
    change(built, "13%", "14%")
    ingest(built)
    assert {p.name for p in generations.iterdir()} == {second.name, generation_folder(built).name}


def test_what_a_killed_build_left_is_removed_by_the_next_run(built: Settings) -> None:
    left = built.index_folder / "generations" / ".building-1"
    (left / "chroma").mkdir(parents=True)
    ingest(built)
    assert not left.exists()


def test_the_nearest_statement_of_a_text_is_the_text_itself(asker: Asker) -> None:
    statement = next(s for s in asker.generation.statements if "participation rate of 85.2%" in s.text)
    (best, similarity), *_ = asker.generation.nearest(statement.whole, 3)
    assert best == statement.id
    assert 0.95 < similarity <= 1.001


def test_each_statement_has_one_vector_and_an_id_of_its_own(built: Settings) -> None:
    generation = open_generation(built.index_folder, built.embedding_model)
    vectors = np.load(generation_folder(built) / "vectors.npy")
    assert vectors.shape == (len(generation.statements), 384)
    assert len({s.id for s in generation.statements}) == len(generation.statements)
    found = generation.nearest("anything at all", 1000)
    assert {name for name, _ in found} == {s.id for s in generation.statements}
    assert [similar for _, similar in found] == sorted((similar for _, similar in found), reverse=True)


def test_a_reader_keeps_its_generation_until_it_opens_again(built: Settings) -> None:
    reader, before = open_asker(built), current(built.index_folder)
    change(built, "12%", "13%")
    ingest(built)
    assert current(built.index_folder) != before
    question = "What share of residents work from home?"
    assert reader.ask(question).answer.figures[0].text == "12%"
    assert open_asker(built).ask(question).answer.figures[0].text == "13%"


def test_the_same_corpus_is_the_same_generation_wherever_it_is_built(built: Settings, tmp_path: Path) -> None:
    again = built.model_copy(update={"index": tmp_path / "elsewhere"})
    ingest(again)
    assert current(again.index_folder) == current(built.index_folder)


def test_a_pointer_to_a_generation_that_is_gone_is_a_damaged_index(copied: Settings) -> None:
    (copied.index_folder / "CURRENT").write_text("nowhere\n", encoding="utf-8")
    with pytest.raises(IndexUnusable):
        open_asker(copied)


def test_the_manifest_names_the_model_and_its_hash_and_counts_the_statements(built_index: Path) -> None:
    manifest = json.loads((built_index / "generations" / str(current(built_index)) / "manifest.json").read_text())
    assert manifest["embedding_model"] == DEFAULT_MODEL
    assert manifest["embedding_hash"] == fingerprint(DEFAULT_MODEL)
    assert manifest["statements"] == len(open_generation(built_index, DEFAULT_MODEL).statements)
