"""Figures are set against each other only where they measure one thing in one unit of one source, with the working shown."""

import random
import re
from decimal import Decimal
from fractions import Fraction

from answering.calculate import Derived, between, direction
from corpus.figure import Figure, FigureKind
from corpus.location import Location
from corpus.quantity import Quantity

SEEDS = range(500)
QUESTIONS = (
    "Which is higher, and by how much?",
    "How did it change between 2019 and 2021?",
    "How many are there altogether?",
    "What is the ratio of the two?",
    "By what percentage did it grow?",
    "What is the sum of them in per cent?",
)
MEASURES = ("enterprises", "jobs")
UNITS = ("count", "percent", "gbp", "hours", "per_1000")
DOCUMENTS = ("a.csv", "b.csv")


def figure(
    value: str, unit: str = "count", measure: str = "jobs", area: str | None = "Adur", period: str | None = "2021",
    document: str = "a.csv", upper: str | None = None,
) -> Figure:  # fmt: skip
    number = Decimal(value)
    text = {"percent": f"{number:,}%", "gbp": f"£{number:,}"}.get(unit, f"{number:,}")
    quantity = Quantity(text, number, Decimal(upper) if upper else None, unit, None, 0, len(text))
    place = Location(document, 0, len(text), None, (), "line 2, column 2")
    return Figure(
        f"{document}:{text}", quantity, measure, area, period, FigureKind.OUTTURN, place, (0, len(text)), text, "", ""
    )


def drawn(chance: random.Random, *, alike: bool) -> list[Figure]:
    """Two to five figures; of one measure, unit and source, or of any."""
    same = (chance.choice(UNITS), chance.choice(MEASURES), chance.choice(DOCUMENTS))
    made = []
    for _ in range(chance.randint(2, 5)):
        unit, measure, document = (
            same if alike else (chance.choice(UNITS), chance.choice(MEASURES), chance.choice(DOCUMENTS))
        )
        value = chance.choice((f"{chance.randint(0, 90000)}", f"{chance.uniform(0, 100):.1f}"))
        area = chance.choice(("Adur", "Arun", None))
        period = chance.choice(("2019", "2020", "2021", None))
        upper = str(Decimal(value) + 5) if not alike and chance.random() < 0.1 else None
        made.append(figure(value, unit, measure, area, period, document, upper))
    return made


def differ(figures: list[Figure]) -> bool:
    kinds = {(f.measure, f.quantity.unit, f.location.document) for f in figures}
    return len(kinds) > 1 or any(f.quantity.upper is not None for f in figures)


def worked_out(working: str) -> tuple[Fraction, Fraction]:
    """Both sides of a working: "£33,662 − £30,666 = £2,996"."""
    left, right = re.sub(r"[£,%]| percentage points?", "", working).split(" = ")
    for sign, operator in (("−", "-"), ("×", "*"), ("÷", "/")):
        left = left.replace(sign, operator)
    expression = re.sub(r"\d+(?:\.\d+)?", lambda m: f"Fraction('{m[0]}')", left)
    return eval(expression, {"Fraction": Fraction}), Fraction(right)


def test_two_measures_units_or_documents_are_never_set_against_each_other() -> None:
    tried = 0
    for seed in SEEDS:
        figures = drawn(random.Random(seed), alike=False)
        if differ(figures):
            tried += 1
            assert [between(question, figures) for question in QUESTIONS] == [None] * len(QUESTIONS), seed
            assert direction(figures) is None, seed
    assert tried > 300


def test_what_is_worked_out_is_what_its_working_says_of_printed_figures() -> None:
    tried = 0
    for seed in SEEDS:
        figures = drawn(random.Random(seed), alike=True)
        printed = {f.quantity.text for f in figures} | {"100"}
        for found in filter(None, (between(question, figures) for question in QUESTIONS)):
            tried += 1
            left, right = worked_out(found.working)
            assert abs(left - right) <= Fraction(1, 20), (seed, found.working)
            assert right == Fraction(found.value), (seed, found.working)
            operands = re.findall(r"£?[\d,]+(?:\.\d+)?%?", found.working.rsplit(" = ", 1)[0])
            assert set(operands) <= printed, (seed, found.working)
            assert found.text in found.says
    assert tried > 1000


def test_shares_are_never_added_up() -> None:
    for seed in SEEDS:
        chance = random.Random(seed)
        figures = [figure(str(chance.randint(1, 99)), "percent") for _ in range(chance.randint(2, 4))]
        assert between("What do they come to altogether?", figures) is None, seed


def said(*figures: Figure, question: str = "How do they compare?") -> Derived:
    found = between(question, figures)
    assert found is not None
    return found


def test_of_two_places_there_is_a_difference_and_of_two_times_a_rise_or_a_fall() -> None:
    assert said(figure("100"), figure("40", area="Arun")).says == "The difference is 60."
    assert said(figure("40", period="2019"), figure("100")).says == "It rose by 60."
    assert said(figure("100", period="2019"), figure("40")).says == "It fell by 60."
    assert said(figure("40"), figure("100", period="2019")).says == "It fell by 60."


def test_shares_differ_in_percentage_points() -> None:
    found = said(figure("41", "percent"), figure("45", "percent", area="Arun"))
    assert (found.text, found.unit, found.working) == (
        "4 percentage points", "percentage_points", "45% − 41% = 4 percentage points",
    )  # fmt: skip


def test_growth_in_per_cent_is_from_the_earlier_time_to_the_later() -> None:
    found = said(figure("150"), figure("100", period="2019"), question="By what percentage did it grow?")
    assert (found.text, found.working) == ("50%", "(150 − 100) ÷ 100 × 100 = 50%")


def test_nothing_is_worked_out_from_one_figure_or_by_dividing_by_nought() -> None:
    assert between("How do they compare?", [figure("100")]) is None
    assert between("What is the ratio?", [figure("100"), figure("0", area="Arun")]) is None
    nought = [figure("0", period="2019"), figure("100")]
    assert between("By what percentage did it grow?", nought) is None


def test_equal_figures_are_said_to_be_the_same() -> None:
    same = [figure("100"), figure("100", area="Arun")]
    assert between("How do they compare?", same) is None
    assert direction(same) == "Both are the same."
