"""The whole way of a training, on a few examples: it ends, and leaves weights and a report behind."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.judged.judge import networks
from training.__main__ import main


@pytest.mark.slow
def test_the_whole_way_on_a_few_examples(tmp_path: Path) -> None:
    assert main(["--smoke", "--out", str(tmp_path)]) == 0
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "## Search: an expected statement among the first 60" in report and "| development |" in report
    statements, quantities = networks(tmp_path / "weights" / "judge.npz")
    for network in (statements, quantities):
        assert np.isfinite(network(np.zeros((2, len(network.mean)), dtype=np.float32))).all()
    assert (tmp_path / "weights" / "embedder" / "SHA256").is_file()
