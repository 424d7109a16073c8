"""The floor below which answers may not fall: the first sixty questions on the real corpus."""

from collections.abc import Iterable

import pytest

from answering.answer import Status
from answering.ask import Asker
from evals.questions import FOLDER, load
from evals.run import ask_all
from evals.score import Score, score

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scores(asker: Asker) -> list[Score]:
    questions = load([FOLDER / "first.jsonl"])
    answers = ask_all(asker, questions)
    return [score(q, a.answer, asker.generation.documents) for q, a in zip(questions, answers, strict=True)]


def share(met: Iterable[bool]) -> float:
    results = list(met)
    assert results, "nothing was judged"
    return sum(results) / len(results)


def misses(scores: list[Score]) -> str:
    return "; ".join(f"{s.question.id} {s.question.question}: {s.answer.text[:80]}" for s in scores if not s.right)


def test_there_are_sixty_questions_each_with_an_id_of_its_own(scores: list[Score]) -> None:
    assert len({s.question.id for s in scores}) == len(scores) == 60


def test_nineteen_in_twenty_are_all_right(scores: list[Score]) -> None:
    assert share(s.right for s in scores) >= 0.95, misses(scores)


def test_the_first_figure_is_right_nineteen_times_in_twenty(scores: list[Score]) -> None:
    assert share(s.judged["first"] for s in scores if "first" in s.judged) >= 0.95, misses(scores)


def test_what_the_sources_do_not_say_is_refused(scores: list[Score]) -> None:
    asked = [s for s in scores if s.question.status == ("not_found",)]
    assert share(s.answer.status is not Status.ANSWERED for s in asked) == 1.0, misses(scores)


def test_what_the_sources_say_is_answered_nineteen_times_in_twenty(scores: list[Score]) -> None:
    asked = [s for s in scores if s.question.status == ("answered",)]
    assert share(s.answer.status is Status.ANSWERED for s in asked) >= 0.95, misses(scores)


def test_no_figure_and_no_quotation_is_unsupported(scores: list[Score]) -> None:
    assert [(s.question.id, s.unsupported) for s in scores if s.unsupported] == []
