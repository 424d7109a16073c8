"""Figures worked out from cited figures, always with the working shown; nothing is worked out across unlike units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from answering.say import UNIT_NAMES
from corpus.figure import Figure
from corpus.period import last_time
from prompts import reply
from retrieval.wording import PER_CENT, RATIO, TOGETHER

MINUS, TIMES, OVER = "−", "×", "÷"


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that no source prints: its text, value in ``unit``, the working, and what it says in a sentence.

    working: such as "£33,662 − £30,666 = £2,996"; every operand is printed in a cited quotation, or is 100 or 1,000.
    """

    text: str
    value: Decimal
    unit: str
    working: str
    says: str


def between(question: str, operands: Sequence[Figure]) -> Derived | None:
    """What is worked out from figures of one measure and unit: their sum, ratio, change in per cent, or difference.

    None where there are fewer than two, or where they differ in measure or unit.
    """
    if len(operands) < 2 or not same_measure(operands):
        return None
    first, second = operands[0], operands[-1] if len(operands) > 2 and last_time(operands[0].period)[0] else operands[1]
    if TOGETHER.search(question):
        return _sum(operands) if operands[0].quantity.unit != "percent" else None
    if RATIO.search(question):
        return _ratio(first, second)
    if PER_CENT.search(question) and first.area == second.area and first.quantity.unit != "percent":
        return _growth(*sorted((first, second), key=lambda f: last_time(f.period)[0]))
    return _difference(first, second) if first.quantity.value != second.quantity.value else None


def same_measure(operands: Sequence[Figure]) -> bool:
    """Whether figures may be set against each other: one measure, one unit, one table or sentence."""
    first = operands[0]
    return all(
        f.measure == first.measure
        and f.quantity.unit == first.quantity.unit
        and f.quantity.upper is None
        and f.location.document == first.location.document
        for f in operands
    )


def direction(operands: Sequence[Figure]) -> str | None:
    """That figures of one measure are the same, where they are."""
    alike = len(operands) > 1 and same_measure(operands) and len({f.quantity.value for f in operands}) == 1
    return reply("derived.equal") if alike else None


def _difference(first: Figure, second: Figure) -> Derived:
    high, low = sorted((first, second), key=lambda f: -f.quantity.value)
    value = high.quantity.value - low.quantity.value
    unit = "percentage_points" if high.quantity.unit == "percent" else high.quantity.unit
    text = printed(value, unit)
    working = f"{plain(high)} {MINUS} {plain(low)} = {text}"
    named = f"{text} {UNIT_NAMES[unit]}" if unit in UNIT_NAMES else text
    return Derived(text, value, unit, working, reply(f"derived.{_way(first, second)}", text=named))


def _way(first: Figure, second: Figure) -> str:
    """Whether one thing rose or fell from the earlier time to the later; of two things, there is a difference."""
    if (
        first.area != second.area
        or first.measure != second.measure
        or not last_time(first.period)[0]
        or not last_time(second.period)[0]
    ):
        return "difference"
    before, after = sorted((first, second), key=lambda f: last_time(f.period)[0])
    if last_time(before.period)[0] == last_time(after.period)[0] or before.quantity.value == after.quantity.value:
        return "difference"
    return "rise" if after.quantity.value > before.quantity.value else "fall"


def _sum(operands: Sequence[Figure]) -> Derived:
    value = sum((f.quantity.value for f in operands), Decimal(0))
    unit = operands[0].quantity.unit
    text = printed(value, unit)
    working = f"{' + '.join(plain(f) for f in operands)} = {text}"
    return Derived(text, value, unit, working, reply("derived.sum", text=text))


def _ratio(first: Figure, second: Figure) -> Derived | None:
    if second.quantity.value == 0:
        return None
    value = _rounded(first.quantity.value / second.quantity.value, 2)
    text = _number(value)
    working = f"{plain(first)} {OVER} {plain(second)} = {text}"
    return Derived(text, value, "ratio", working, reply("derived.ratio", text=text))


def _growth(before: Figure, after: Figure) -> Derived | None:
    """By how many per cent a figure changed from the earlier year to the later."""
    if before.quantity.value == 0:
        return None
    value = _rounded((after.quantity.value - before.quantity.value) * 100 / before.quantity.value, 1)
    text = printed(value, "percent")
    working = f"({plain(after)} {MINUS} {plain(before)}) {OVER} {plain(before)} {TIMES} 100 = {text}"
    return Derived(text, value, "percent", working, reply("derived.growth", text=text))


def plain(figure: Figure) -> str:
    """The printed figure without its qualifier: "100" for "nearly 100"."""
    quantity = figure.quantity
    text = " ".join(quantity.text.split())
    if quantity.qualifier:
        text = (
            text.replace(quantity.text[: len(quantity.qualifier)], "", 1)
            if text.lower().startswith(quantity.qualifier)
            else text
        )
        text = text.removesuffix("+")
    return text.strip().replace(" %", "%")


def printed(value: Decimal, unit: str) -> str:
    """A derived value as British readers print it."""
    number = _number(value)
    if unit == "percent":
        return f"{number}%"
    if unit == "percentage_points":
        return f"{number} percentage point{'' if value == 1 else 's'}"
    if unit == "gbp":
        return f"£{number}"
    return number


def _number(value: Decimal) -> str:
    value = value.normalize()
    return f"{value:,f}"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
