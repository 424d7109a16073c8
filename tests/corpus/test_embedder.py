"""The embedding model is the one that ships, or the original, or it is refused; what it makes are unit vectors."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.embedder import (
    BASE_HASH,
    BASE_MODEL,
    DEFAULT_MODEL,
    ModelError,
    embedder,
    fingerprint,
    model_folder,
    pinned,
)  # fmt: skip
from corpus.settings import ROOT


def test_the_model_that_ships_is_the_default_and_has_the_hash_beside_it() -> None:
    folder = model_folder(DEFAULT_MODEL)
    assert folder.parts[-3:] == ("corpus", "weights", "embedder")
    assert fingerprint(DEFAULT_MODEL) == pinned(folder) != BASE_HASH


def test_the_original_has_the_hash_of_the_original() -> None:
    assert fingerprint(BASE_MODEL) == BASE_HASH


def test_altered_weights_of_the_model_that_ships_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(model_folder(DEFAULT_MODEL) / "SHA256", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"not the weights that ship")
    monkeypatch.setattr("corpus.embedder._SHIPPED", tmp_path)
    with pytest.raises(ModelError, match=r"are not those that ship\. Get the file again from the repository\."):
        fingerprint.__wrapped__(DEFAULT_MODEL)


def test_altered_weights_under_the_original_s_name_are_refused(tmp_path: Path) -> None:
    package = tmp_path / BASE_MODEL.replace("-", "_")
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "model.safetensors").write_bytes(b"not the original weights")
    asked = subprocess.run(
        [sys.executable, "-c", f"from corpus.embedder import embedder; embedder({BASE_MODEL!r})"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode != 0
    assert f"The weights of '{BASE_MODEL}' are not the original ones. Install the package again." in asked.stderr


def test_an_unknown_model_is_said_with_what_to_set() -> None:
    with pytest.raises(ModelError, match=r"'no-such-model' is neither.*PLANCHAT_EMBEDDING_MODEL"):
        fingerprint("no-such-model")


@pytest.mark.parametrize("name", ["org/model", "", "../model"])
def test_a_name_that_no_package_can_have_is_an_unknown_model(name: str) -> None:
    with pytest.raises(ModelError):
        fingerprint(name or "no/name")


def test_a_package_without_weights_is_no_embedding_model() -> None:
    with pytest.raises(ModelError, match=r"holds no model\.safetensors"):
        model_folder("json")


def test_a_folder_without_weights_is_no_embedding_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no model\.safetensors"):
        fingerprint(str(tmp_path))


def test_vectors_have_unit_length_and_near_meanings_lie_near() -> None:
    model = embedder(DEFAULT_MODEL)
    jobs, work, rain = np.asarray(model.embed_documents(["retail jobs", "employment in shops", "rain in the hills"]))
    assert jobs.shape == (384,)
    assert np.linalg.norm(jobs) == pytest.approx(1.0, abs=1e-5)
    assert jobs @ work > jobs @ rain + 0.2
