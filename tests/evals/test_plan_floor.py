"""The floors under the answers about a plan: the plan in depth, and a copy of it with other figures.

The plan stands alone, as read: neither the published tables nor the hand-made table of its figures are in the corpus.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from answering.answer import Status
from corpus.register import read_register
from corpus.settings import BUILT_IN_CORPUS
from evals import variants
from evals.questions import FOLDER, EvalQuestion, load
from evals.run import ask_all, asker_of
from evals.score import Score, score

pytestmark = pytest.mark.slow


def plan() -> str:
    listed = next(item for item in read_register(BUILT_IN_CORPUS) if item.kind == "plan")
    return listed.file.read_text(encoding="utf-8")


def asked_of(text: str, questions: Sequence[EvalQuestion]) -> list[Score]:
    def write(corpus: Path) -> None:
        (corpus / "plan.md").write_text(text, encoding="utf-8")

    with asker_of(write) as asker:
        answers = ask_all(asker, questions)
        documents = asker.generation.documents
        return [score(q, a.answer, documents) for q, a in zip(questions, answers, strict=True)]


@pytest.fixture(scope="module")
def scores() -> Iterator[list[Score]]:
    yield asked_of(plan(), load([FOLDER / "plan.jsonl"]))


def right(scores: Sequence[Score]) -> float:
    assert scores, "nothing was judged"
    return sum(s.right for s in scores) / len(scores)


def misses(scores: Sequence[Score]) -> str:
    return "; ".join(f"{s.question.id} {s.question.question}: {s.answer.text[:80]}" for s in scores if not s.right)


def test_lookups_are_right_ninety_six_times_in_a_hundred(scores: list[Score]) -> None:
    lookups = [s for s in scores if s.question.kind == "lookup"]
    assert right(lookups) >= 0.96, misses(lookups)


def test_all_kinds_together_are_right_ninety_three_times_in_a_hundred(scores: list[Score]) -> None:
    assert len(scores) >= 300
    assert right(scores) >= 0.93, misses(scores)


def test_refusals_are_right_both_ways(scores: list[Score]) -> None:
    silent = [s for s in scores if s.question.status == ("not_found",)]
    said = [s for s in scores if s.question.status == ("answered",)]
    refused = sum(s.answer.status is not Status.ANSWERED for s in silent) / len(silent)
    answered = sum(s.answer.status is Status.ANSWERED for s in said) / len(said)
    assert (refused >= 0.95, answered >= 0.95) == (True, True), f"refused {refused:.1%}, answered {answered:.1%}"


def test_nothing_is_unsupported(scores: list[Score]) -> None:
    assert [(s.question.id, s.unsupported) for s in scores if s.unsupported] == []


def test_answers_follow_a_copy_with_other_figures(scores: list[Score]) -> None:
    copy = variants.counterfactual(plan(), [s.question for s in scores], 1)
    changed = asked_of(copy.text, copy.questions)
    kept = {q.id for q in copy.questions}
    original = [s for s in scores if s.question.id in kept]
    assert right(changed) >= right(original) - 0.015, misses(changed)
    assert [(s.question.id, s.unsupported) for s in changed if s.unsupported] == []
