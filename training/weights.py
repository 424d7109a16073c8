"""Trained models as they ship: one file each, with the SHA-256 that is checked when they load."""

import shutil
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from corpus.register import file_hash


def keep_judge(trained: Path, weights: Path) -> None:
    """The judge in ONNX with weights in eight bits; its tokenizer is the embedded MiniLM's. Needs onnx and onnxscript."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import AutoModelForTokenClassification

    folder = weights / "judge"
    folder.mkdir(parents=True, exist_ok=True)
    model = AutoModelForTokenClassification.from_pretrained(
        str(trained), num_labels=2, local_files_only=True, attn_implementation="eager"
    ).eval()
    example = torch.randint(1000, 20000, (2, 16))
    inputs = {
        "input_ids": example,
        "attention_mask": torch.ones_like(example),
        "token_type_ids": torch.zeros_like(example),
    }
    shape = {0: torch.export.Dim("batch", min=1, max=512), 1: torch.export.Dim("length", min=2, max=512)}
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary) / "model.onnx"
        torch.onnx.export(
            _Logits(model), tuple(inputs.values()), str(whole), input_names=list(inputs), output_names=["logits"],
            dynamic_shapes=(shape,) * 3, dynamo=True, external_data=False,
        )  # fmt: skip
        quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    _pin(folder / "model.onnx")


class _Logits(torch.nn.Module):
    """A model whose output is its logits alone, as ONNX takes it."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """The logits of a batch, shape (batch, tokens, 2)."""
        logits: torch.Tensor = self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).logits
        return logits


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
