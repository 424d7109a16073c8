"""The figure check lets nothing through that is not in a cited source. Each test spoils a true answer in one way."""

from dataclasses import replace

import pytest

from answering.answer import Answer, AnswerFigure
from answering.ask import Asker
from answering.check import check

QUESTION = "What share of our residents have NVQ4?"


@pytest.fixture(scope="module")
def true(asker: Asker) -> Answer:
    answer = asker.ask(QUESTION).answer
    assert "41%" in answer.text
    return answer


def problems(asker: Asker, answer: Answer) -> list[str]:
    return check(answer, asker.generation.documents)


def test_a_true_answer_passes(asker: Asker, true: Answer) -> None:
    assert problems(asker, true) == []


@pytest.mark.parametrize(
    ("was", "now"), [("41%", "42%"), ("41%", "14%"), ("41%", "4.1%"), ("41%", "£41"), ("41%", "1%"), ("45%", "450%")]
)
def test_a_changed_digit_or_unit_is_caught_in_the_text(asker: Asker, true: Answer, was: str, now: str) -> None:
    assert problems(asker, replace(true, text=true.text.replace(was, now)))


def test_a_changed_digit_is_caught_in_a_figure(asker: Asker, true: Answer) -> None:
    first, *rest = true.figures
    assert problems(asker, replace(true, figures=(replace(first, text="47%"), *rest)))


def test_a_value_that_is_not_its_text_is_caught(asker: Asker, true: Answer) -> None:
    first, *rest = true.figures
    assert first.value is not None
    assert problems(asker, replace(true, figures=(replace(first, value=first.value + 1), *rest)))


def test_a_figure_whose_digits_are_only_part_of_one_in_the_quotation_is_caught(asker: Asker, true: Answer) -> None:
    first, *rest = true.figures
    assert problems(asker, replace(true, figures=(replace(first, text="1%", value=None), *rest)))


def test_a_neighbours_figure_that_is_not_in_the_quotation_is_caught(asker: Asker, true: Answer) -> None:
    elsewhere = "27.4%"
    assert elsewhere not in "".join(c.quote for c in true.citations)
    assert problems(asker, replace(true, text=f"{elsewhere} of Dacorum residents have NVQ4 [1]."))


def test_a_quotation_that_is_not_verbatim_is_caught(asker: Asker, true: Answer) -> None:
    first, *rest = true.citations
    altered = replace(first, quote=first.quote.replace("lower", "higher", 1))
    assert altered.quote != first.quote
    assert problems(asker, replace(true, citations=(altered, *rest)))


def test_a_quotation_from_another_place_is_caught(asker: Asker, true: Answer) -> None:
    first, *rest = true.citations
    assert problems(asker, replace(true, citations=(replace(first, start=first.start + 7, end=first.end + 7), *rest)))


def test_a_document_that_is_not_in_the_corpus_is_caught(asker: Asker, true: Answer) -> None:
    first, *rest = true.citations
    assert problems(asker, replace(true, citations=(replace(first, document="plans/invented.md"), *rest)))


def test_a_number_without_any_citation_is_caught(asker: Asker, true: Answer) -> None:
    assert problems(asker, replace(true, text="About 63% of residents have NVQ4.", citations=(), figures=()))


def test_a_number_in_a_sentence_after_the_cited_one_is_caught(asker: Asker, true: Answer) -> None:
    assert problems(asker, replace(true, text=f"{true.text} In England it is 43.1%."))


def test_a_number_in_words_is_caught(asker: Asker, true: Answer) -> None:
    assert problems(asker, replace(true, text=f"{true.text} That is three quarters of them [1]."))


def test_a_number_in_a_caveat_is_caught(asker: Asker, true: Answer) -> None:
    assert problems(asker, replace(true, caveats=("In 2017 it was 39.6%.",)))


def test_a_citation_that_does_not_exist_is_caught(asker: Asker, true: Answer) -> None:
    assert problems(asker, replace(true, text="Many residents have it [7]."))


def test_a_figure_without_a_citation_is_caught(asker: Asker, true: Answer) -> None:
    assert problems(asker, replace(true, figures=(replace(true.figures[0], citation=None),)))


def test_a_derived_figure_without_working_is_caught(asker: Asker, true: Answer) -> None:
    derived = AnswerFigure("4", None, "percentage_points", "gap", None, None, "baseline", None, None, derived=True)
    assert problems(asker, replace(true, figures=(*true.figures, derived)))


def test_a_number_of_the_question_may_be_repeated_to_deny_it(asker: Asker, true: Answer) -> None:
    denied = replace(
        true,
        question="Is it true that 77% have NVQ4?",
        text="The sources do not say 77%.",
        figures=(),
        citations=(),
        caveats=(),
    )
    assert problems(asker, denied) == []


def test_a_quotation_may_differ_in_white_space_only(asker: Asker, true: Answer) -> None:
    first, *rest = true.citations
    assert (
        problems(asker, replace(true, citations=(replace(first, quote="\n".join(first.quote.split(" "))), *rest))) == []
    )


def test_a_cell_that_is_not_in_its_row_is_caught(asker: Asker) -> None:
    answer = asker.ask("How many births of new enterprises were there in Dacorum in 2024?").answer
    cell = next(c for c in answer.citations if c.cell)
    assert problems(asker, answer) == []
    others = [c for c in answer.citations if c != cell]
    spoilt = replace(cell, quote=cell.quote.replace("825", "852"))
    assert spoilt != cell
    assert problems(asker, replace(answer, citations=(spoilt, *others)))
