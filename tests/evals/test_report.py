"""The report explains itself: what was judged, and every miss with what was said."""

from pathlib import Path

import pytest

from answering.ask import Asker
from evals.gave import gave
from evals.questions import EvalQuestion
from evals.report import report, share, summary
from evals.score import Score, score


@pytest.fixture(scope="module")
def scores(asker: Asker) -> list[Score]:
    demands = [
        {"id": "hit", "kind": "lookup", "question": "What share of our residents have NVQ4?", "first": {"value": 41}},
        {"id": "miss", "kind": "lookup", "question": "What is the participation rate?", "first": {"value": 99}},
        {"id": "refused", "kind": "absent", "question": "What share of residents have NVQ3?", "status": "not_found"},
    ]
    questions = [EvalQuestion.model_validate(d) for d in demands]
    return [score(q, asker.ask(q.question).answer, asker.generation.documents) for q in questions]


def test_misses_are_listed_with_what_was_expected_and_said(scores: list[Score]) -> None:
    text = report("trial", scores, {"Questions": "3"})
    misses = text.split("## Misses (1)")[1]
    assert "**miss** (lookup) What is the participation rate?" in misses
    assert "wrong: first; expected: answered; first 99" in misses
    assert "85.2%" in misses
    assert "**hit**" not in misses and "**refused**" not in misses


def test_the_report_names_its_facts_and_kinds(scores: list[Score]) -> None:
    text = report("trial", scores, {"Language model": "none"})
    assert text.startswith("# Evaluation: trial\n")
    assert "- Language model: none" in text
    assert "| lookup | 1/2 (50.0%) |" in text
    assert "| absent | 1/1 (100.0%) |" in text


def test_the_summary_counts_only_what_was_judged(scores: list[Score]) -> None:
    counted = summary(scores)
    assert counted["All right"] == "2/3 (66.7%)"
    assert counted["First figure right"] == "1/2 (50.0%)"
    assert counted["Refused where they do not"] == "1/1 (100.0%)"
    assert counted["Expected figures given"] == "–"
    assert counted["Unsupported figures or quotations"] == "0"


def test_unscored_is_not_zero() -> None:
    assert share([]) == "–"
    assert share([False]) == "0/1 (0.0%)"


def test_no_scores_make_a_report(scores: list[Score]) -> None:
    assert "## Misses (0)" in report("empty", [], {})


def test_the_table_of_files_says_what_each_gave_and_why_one_gave_nothing(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(
        "# Exampleton Plan\n\nIn Exampleton 12% of jobs are in retail.\n", encoding="utf-8"
    )
    (tmp_path / "empty.pdf").touch()
    plan, empty = gave([tmp_path / "plan.md", tmp_path / "empty.pdf"]).splitlines()[-2:]
    assert plan.startswith("| plan.md | – | 1 | – | 1 | – |")
    assert empty.startswith("| empty.pdf | –") and "It is empty" in empty
