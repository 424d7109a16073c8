"""Trained models as they ship: one file each, with the SHA-256 that is checked when they load."""

import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from corpus.register import file_hash


def keep_embedder(trained: Path, weights: Path) -> None:
    """The embedder as sentence-transformers loads it."""
    folder = weights / "embedder"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trained, folder, ignore=shutil.ignore_patterns("model.safetensors", "README.md"))
    _halve(trained, folder)


def _halve(trained: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tensors = load_file(trained / "model.safetensors")
    halved = {k: v.half().contiguous() if v.dtype == torch.float32 else v for k, v in tensors.items()}
    save_file(halved, folder / "model.safetensors", metadata={"format": "pt"})
    _pin(folder / "model.safetensors")


def _pin(file: Path) -> None:
    (file.parent / "SHA256").write_text(f"{file_hash(file)}  {file.name}\n", encoding="utf-8")
