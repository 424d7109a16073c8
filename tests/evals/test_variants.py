"""Copies of the plan: other figures or other names, in the same prose, with questions that still fit."""

import random
import re
from decimal import Decimal
from typing import Any

import pytest

from corpus.areas import reference_areas
from corpus.quantity import read_quantities
from corpus.settings import BUILT_IN_CORPUS
from evals.parity import Facts, compare
from evals.questions import FOLDER, EvalQuestion, load
from evals.report import Measures, put_into, record
from evals.variants import Copy, counterfactual, new_names, renamed
from tests.conftest import PLAN

SEEDS = range(1, 6)


@pytest.fixture(scope="module")
def text() -> str:
    return (BUILT_IN_CORPUS / PLAN).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def questions() -> list[EvalQuestion]:
    return load([FOLDER / "plan.jsonl"])


@pytest.fixture(scope="module", params=SEEDS)
def changed(request: pytest.FixtureRequest, text: str, questions: list[EvalQuestion]) -> Copy:
    return counterfactual(text, questions, request.param)


@pytest.fixture(scope="module", params=SEEDS)
def moved(request: pytest.FixtureRequest, text: str, questions: list[EvalQuestion]) -> Copy:
    return renamed(text, questions, request.param)


def ask(text: str, **demands: Any) -> EvalQuestion:
    """One question, mapped to the copy."""
    question = EvalQuestion.model_validate({"id": "t", "kind": "lookup", **demands})
    (mapped,) = counterfactual(text, [question]).questions
    return mapped


def test_every_figure_but_counts_in_words_is_another_of_its_unit(text: str, changed: Copy) -> None:
    before, after = read_quantities(text), read_quantities(changed.text)
    assert [q.unit for q in before] == [q.unit for q in after]
    same = {a.text for a, b in zip(before, after, strict=True) if a.value == b.value}
    assert same == {"three", "two", "six"}


def test_the_prose_the_years_and_the_labels_stay(text: str, changed: Copy) -> None:
    for kept in (
        "Sep 2021",
        "by 2050",
        "Theme 6 –",
        "NVQ4",
        "over 5 years",
        "per 100,000",
        "six themes",
        "Q1 2021",
        "M25",
    ):
        assert changed.text.count(kept) == text.count(kept)
    assert len(changed.text.splitlines()) == len(text.splitlines())


def test_equal_figures_of_one_measure_change_together(changed: Copy) -> None:
    lost = re.findall(r"lose ([\d.]+%) or ([\d,]+) retail", changed.text)
    assert len(lost) == 2 and len(set(lost)) == 1
    assert len(set(re.findall(r"approximately (\d+%) of current", changed.text))) == 1


def test_the_printed_form_and_the_order_stay(changed: Copy) -> None:
    start, target = map(int, re.findall(r"from (\d+)% to (\d+)% over 5 years", changed.text)[0])
    assert start < target
    now, then = map(int, re.findall(r"Network from (\d+) to (\d+) in 2022", changed.text)[0])
    assert now < then
    assert re.search(r"Dacorum \(£\d\d,\d{3}\)|2020 \(£\d\d,\d{3}\)", changed.text)
    exact, rounded = (
        re.findall(r"with ([\d.]+)%⁶", changed.text)[0],
        re.findall(r"the (\d+)% of Dacorum residents working", changed.text)[0],
    )
    assert abs(Decimal(exact) - int(rounded)) <= Decimal("0.5")


def test_what_is_expected_is_in_the_copy(changed: Copy) -> None:
    wanted = [q for q in changed.questions if q.quote_has]
    flat = " ".join(changed.text.split()).lower()
    assert [(q.id, t) for q in wanted for t in q.quote_has if t.lower() not in flat.replace("**", "")] == []


def test_expected_figures_are_figures_of_the_copy(changed: Copy) -> None:
    values = {abs(q.value) for q in read_quantities(changed.text)}
    strays = {q.id for q in changed.questions for e in q.figures if abs(e.value) not in values}
    assert strays <= {"p111"}  # "over the next 5 years" is a period


def test_hardly_any_question_is_left_out_and_each_has_a_reason(changed: Copy, questions: list[EvalQuestion]) -> None:
    assert len(changed.questions) + len(changed.unscored) == len(questions)
    assert len(changed.unscored) <= 7 and all(changed.unscored.values())


def test_derived_expectations_are_worked_out_again(text: str) -> None:
    pay = re.compile(r"workplace income \(£([\d,]+)\)|2020 \(£([\d,]+)\)")
    copy = counterfactual(text, []).text
    high, low = (
        int(next(filter(None, m)).replace(",", "")) for m in sorted(pay.findall(copy), key=lambda m: not m[0])[:2]
    )
    mapped = ask(
        text, question="How much more?", derived={"value": 2996, "unit": "gbp"}, quote_has=["£33,662", "£30,666"]
    )
    assert mapped.derived and mapped.derived.value == high - low


def test_a_false_premise_keeps_its_figure_and_a_true_one_is_changed(text: str) -> None:
    assert "25,000" in ask(text, question="When will the 25,000 homes be finished?").question
    assert "1,401" not in ask(text, question="Will it lose 1,401 retail jobs?").question


def test_the_same_seed_makes_the_same_copy(text: str) -> None:
    assert counterfactual(text, [], 3) == counterfactual(text, [], 3) != counterfactual(text, [], 4)
    assert renamed(text, [], 3) == renamed(text, [], 3) != renamed(text, [], 4)


def test_no_old_name_is_left(moved: Copy) -> None:
    gone = re.compile(
        r"dacorum|hertford|\bherts\b|hemel|watford|harlow|\btring\b|berkhamsted|luton|\bHIQ|\bHGC|\bDBC", re.I
    )
    assert gone.findall(moved.text) == []
    said = " ".join(
        f"{q.question} {q.history} {q.figures} {q.text_has} {q.must_not} {q.quote_has}" for q in moved.questions
    )
    assert gone.findall(said) == []


def test_only_names_change(text: str, moved: Copy) -> None:
    assert [(q.value, q.unit) for q in read_quantities(moved.text)] == [
        (q.value, q.unit) for q in read_quantities(text)
    ]
    assert len(moved.text.splitlines()) == len(text.splitlines())


@pytest.mark.parametrize("seed", SEEDS)
def test_abbreviations_are_those_of_the_new_names(seed: int) -> None:
    names = new_names(random.Random(seed))
    for short, long in (("HIQ", "Herts Innovation Quarter"), ("HGC", "Hemel Garden Communities")):
        assert names[short] == "".join(word[0] for word in names[long].split())
    assert names["DBC"] == names["Dacorum"][0] + "BC"
    assert names["Hertfordshire"].startswith(names["Herts"])
    assert names["Hemel Hempstead"].split()[0] == names["Hemel"]
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_new_places_are_in_no_published_list(seed: int) -> None:
    names = new_names(random.Random(seed))
    known = reference_areas()
    places = (
        "Dacorum",
        "Hertfordshire",
        "Herts",
        "Hemel Hempstead",
        "Hemel",
        "Watford",
        "Harlow",
        "Tring",
        "Luton",
        "Essex",
    )
    assert [names[p] for p in places if names[p].lower() in known] == []


def test_what_is_expected_under_the_new_names_is_in_the_copy(moved: Copy) -> None:
    flat = " ".join(moved.text.split()).replace("**", "").lower()
    assert [(q.id, t) for q in moved.questions for t in q.quote_has if t.lower() not in flat] == []


FACT = Facts(Decimal(41), None, "percent", "Ashmere", "2020", "baseline", "residents with NVQ4")


def test_formats_that_agree_differ_in_nothing() -> None:
    assert compare([FACT, FACT], [FACT, FACT]) == []


def test_a_difference_between_formats_names_the_slot() -> None:
    other = Facts(Decimal(41), None, "percent", None, "2020", "baseline", "residents with NVQ4")
    assert compare([FACT], [other]) == ["41 percent “residents with NVQ4”: area Ashmere → None"]
    assert compare([FACT], []) == ["41 percent “residents with NVQ4”: missing"]
    assert compare([], [FACT]) == ["41 percent “residents with NVQ4”: not in Markdown"]


def test_the_summary_keeps_every_run_and_stands_between_the_markers(tmp_path: Any) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("Before\n<!-- evals:begin -->\nold\n<!-- evals:end -->\nAfter\n", encoding="utf-8")
    record(tmp_path, "other names", Measures(10, 8, 9, 8, 2, 1, 7, 0, 1))
    record(tmp_path, "the first 60", Measures(60, 60, 48, 48, 12, 12, 48, 0))
    assert "is in README.md" in put_into(readme, tmp_path)
    written = readme.read_text(encoding="utf-8")
    assert written.startswith("Before\n<!-- evals:begin -->\n| evaluation |") and written.endswith(
        "<!-- evals:end -->\nAfter\n"
    )
    assert written.index("| the first 60 | 60 | – | 100.0% (60/60)") < written.index(
        "| other names | 10 | 1 | 80.0% (8/10)"
    )
    assert "old" not in written


def test_a_readme_without_markers_is_left_as_it_is(tmp_path: Any) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("Before\n", encoding="utf-8")
    assert "no markers" in put_into(readme, tmp_path)
    assert readme.read_text(encoding="utf-8") == "Before\n"
