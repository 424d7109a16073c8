"""Very long paragraphs are read in seconds: what is done for a sentence or a name never looks at the whole paragraph."""

import time
from pathlib import Path

import pytest

from corpus.language import sentences
from corpus.records import Records
from corpus.register import Listed
from ingestion.read import read_file

SENTENCE = "In Exampleton, {n}% of residents work in retail, compared with 9% in England in 20{n}. "
LONG = "# Exampleton Plan\n\n" + "".join(SENTENCE.format(n=10 + n % 89) for n in range(1200)) + "\n"
ENDLESS = "# Exampleton Plan\n\n" + " ".join(f"jobs in Exampleton {n % 9000:,}" for n in range(3000)) + "\n"


def read(folder: Path, text: str) -> Records:
    (folder / "plan.md").write_text(text, encoding="utf-8")
    return read_file(Listed("plan.md", folder / "plan.md", None), "0" * 64)


@pytest.mark.parametrize(("text", "figures"), [(LONG, 2400), (ENDLESS, 2500)], ids=["sentences", "no full stop"])
def test_a_paragraph_of_a_hundred_thousand_characters_is_read_in_seconds(
    tmp_path: Path, text: str, figures: int
) -> None:
    started = time.process_time()
    records = read(tmp_path, text)
    assert len(records.figures) >= figures
    assert (
        time.process_time() - started < 30
    )  # of computing; it was minutes where each name was sought in all before it


def test_what_runs_on_without_an_end_is_parted_where_a_clause_ends() -> None:
    text = "many homes and jobs, " * 400
    parts = [text[s:e] for s, e in sentences(text)]
    assert all(len(p) <= 2500 and p.endswith(",") for p in parts)
    assert " ".join(parts) == text.strip()
