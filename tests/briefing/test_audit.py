"""The source audit: what is doubtful is found, cited and explained; what is sound is left alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from answering.ask import Asker
from briefing.audit import KINDS, Query, audit
from corpus.index import open_generation
from corpus.settings import Settings
from ingestion.build import ingest


@pytest.fixture(scope="module")
def queries(asker: Asker) -> list[Query]:
    """What is doubtful in the built-in corpus."""
    return audit(asker.generation)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("unit_mismatch", "124 per 1,000 is set against 111 per 100,000"),
        ("unit_mismatch", "14% per 1,000"),
        ("conflicting_values", "less than 10 and as 10 or less"),
        ("missing_value", "from x (14% in 2017) to x"),
        ("missing_section", "“Background”"),
        ("missing_section", "“2. Introduction”"),
        ("missing_part", "Theme 4 – Branding and Inward Investment does not state any lead, support, activities or outputs"),
        ("weak_target", "over 100 is all but met: the document puts it at nearly 100"),
        ("weak_target", "20% compared to pre-pandemic levels"),
        ("stale_source", "the document gives £35,134. Since then £36,473 has been published for 2025"),
    ],
)  # fmt: skip
def test_what_is_doubtful_in_the_plan_is_found(queries: list[Query], kind: str, words: str) -> None:
    assert [q.message for q in queries if q.kind == kind and words in q.message]


def test_every_query_is_cited_and_says_why(queries: list[Query], asker: Asker) -> None:
    for q in queries:
        assert q.kind in KINDS and q.why and q.citations
        for c in q.citations:
            text = asker.generation.documents[c.document].text
            assert c.cell is not None or " ".join(c.quote.split()) == " ".join(text[c.start : c.end].split())


def test_figures_that_agree_with_their_words_are_left_alone(queries: list[Query]) -> None:
    assert [q.message for q in queries if q.kind in ("wrong_comparison", "part_and_whole", "share_over_100")] == []


def test_targets_with_a_starting_point_and_a_date_are_left_alone(queries: list[Query]) -> None:
    assert not [q for q in queries if q.kind == "weak_target" and "Peer Network" in q.message]


def test_a_broken_document_is_told_apart(tmp_path: Path, settings_of_folder: Callable[[Path, Path], Settings]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "plan.md").write_text(
        "# Exampleton Borough Council Economic Plan\n\n## 1. Jobs\n\n"
        "In Exampleton, 12% of residents work from home, above the England average of 15%.\n\n"
        "Of the firms, 12 of the 48 (30%) export.\n\n"
        "In Exampleton, 130% of residents have a degree.\n\n"
        "The council has 14 offices, as set out in Appendix C.\n\n"
        "The board will publish a report on the state of the\n",
        encoding="utf-8",
    )
    settings = settings_of_folder(corpus, tmp_path / "index")
    ingest(settings)
    found = audit(open_generation(settings.index_folder, settings.embedding_model, settings.area))
    assert sorted(q.kind for q in found) == [
        "broken_text", "missing_section", "part_and_whole", "share_over_100", "wrong_comparison"
    ]  # fmt: skip
