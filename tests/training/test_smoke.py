"""The whole way of a training, on a few examples: it ends, and leaves weights and a report behind."""

from pathlib import Path

import pytest

from retrieval.judged.judge import CrossEncoder, Pair
from training.__main__ import main


@pytest.mark.slow
def test_the_whole_way_on_a_few_examples(tmp_path: Path) -> None:
    assert main(["--smoke", "--out", str(tmp_path)]) == 0
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "## Search: an expected statement among the first 60" in report and "| development |" in report
    judge = CrossEncoder(str(tmp_path / "weights" / "judge"))
    assert len(judge.scores([Pair("How many homes?", "Plan | 94 homes"), Pair("Why?", "Plan | Trees")])) == 2
    assert (tmp_path / "weights" / "embedder" / "SHA256").is_file()
