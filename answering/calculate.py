"""Figures worked out from cited figures, always with the working shown; nothing is worked out across unlike units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from answering.say import UNIT_NAMES
from corpus.figure import Figure
from prompts import reply
from retrieval.decide import last_year
from retrieval.question import Question
from retrieval.wording import GROWS, Compares

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


def derive(question: Question, operands: Sequence[Figure]) -> Derived | None:
    """What the question wants worked out from the operands, in their order; None where it cannot be."""
    if not operands or question.compares is None:
        return None
    if len(operands) == 1:
        return _from_one(question, operands[0])
    units = {f.quantity.unit for f in operands}
    first, second = operands[0], operands[1]
    match question.compares:
        case Compares.WHOLE:
            return _whole(operands)
        case Compares.PRODUCT:
            return _product(operands)
        case _ if len(units) > 1:
            return None
        case Compares.DIFFERENCE:
            return _difference(first, second)
        case Compares.SUM:
            return _sum(operands)
        case Compares.RATIO:
            return _ratio(first, second)
        case Compares.SHARE:
            return _share(question, first, second)
    return None


def _from_one(question: Question, figure: Figure) -> Derived | None:
    value, unit = figure.quantity.value, figure.quantity.unit
    if question.compares is Compares.COMPLEMENT and unit == "percent" and figure.quantity.upper is None:
        rest = 100 - value
        text = printed(rest, "percent")
        working = f"100% {MINUS} {plain(figure)} = {text}"
        return Derived(text, rest, "percent", working, reply("derived.complement", text=text))
    bases = {"per_1000": 1000, "per_100000": 100000}
    if question.compares is Compares.SHARE and unit in bases:
        share = _rounded(value * 100 / bases[unit], 2)
        text = printed(share, "percent")
        working = f"{_number(value)} {OVER} {bases[unit]:,} {TIMES} 100 = {text}"
        return Derived(text, share, "percent", working, reply("derived.converted", text=text, printed=plain(figure)))
    return None


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
    if first.area != second.area or first.measure != second.measure or not last_year(first) or not last_year(second):
        return "difference"
    before, after = sorted((first, second), key=last_year)
    if last_year(before) == last_year(after) or before.quantity.value == after.quantity.value:
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


def _share(question: Question, first: Figure, second: Figure) -> Derived | None:
    if second.quantity.value == 0:
        return None
    words = question.standalone.lower()
    if GROWS.search(words) and last_year(first) != last_year(second):
        before, after = sorted((first, second), key=last_year)
        return _growth(before, after)
    if any(w in words for w in ("exceed", "higher", "lower", "more", "less", "above", "below")):
        high, low = sorted((first, second), key=lambda f: -f.quantity.value)
        value = _rounded((first.quantity.value - second.quantity.value).copy_abs() * 100 / second.quantity.value, 1)
        text = printed(value, "percent")
        working = f"({plain(high)} {MINUS} {plain(low)}) {OVER} {plain(second)} {TIMES} 100 = {text}"
    else:
        value = _rounded(first.quantity.value * 100 / second.quantity.value, 1)
        text = printed(value, "percent")
        working = f"{plain(first)} {OVER} {plain(second)} {TIMES} 100 = {text}"
    return Derived(text, value, "percent", working, reply("derived.share", text=text))


def _growth(before: Figure, after: Figure) -> Derived | None:
    """By how many per cent a figure changed from the earlier year to the later."""
    if before.quantity.value == 0:
        return None
    value = _rounded((after.quantity.value - before.quantity.value) * 100 / before.quantity.value, 1)
    text = printed(value, "percent")
    working = f"({plain(after)} {MINUS} {plain(before)}) {OVER} {plain(before)} {TIMES} 100 = {text}"
    return Derived(text, value, "percent", working, reply("derived.growth", text=text))


def _whole(operands: Sequence[Figure]) -> Derived | None:
    """The whole of which a part is so many per cent: 1,401 is 31%, so the whole is about 4,519."""
    share = next((f for f in operands if f.quantity.unit == "percent"), None)
    part = next((f for f in operands if f.quantity.unit not in ("percent", "percentage_points")), None)
    if share is None or part is None or share.quantity.value == 0:
        return None
    value = _rounded(part.quantity.value * 100 / share.quantity.value, 0)
    text = printed(value, part.quantity.unit)
    working = f"{plain(part)} {OVER} {plain(share)} = {text}"
    return Derived(text, value, part.quantity.unit, working, reply("derived.whole", text=text))


def _product(operands: Sequence[Figure]) -> Derived | None:
    """So many per cent of a count."""
    share = next((f for f in operands if f.quantity.unit == "percent"), None)
    whole = next((f for f in operands if f.quantity.unit not in ("percent", "percentage_points")), None)
    if share is None or whole is None:
        return None
    value = _rounded(whole.quantity.value * share.quantity.value / 100, 0)
    text = printed(value, whole.quantity.unit)
    working = f"{plain(whole)} {TIMES} {plain(share)} = {text}"
    return Derived(text, value, whole.quantity.unit, working, reply("derived.product", text=text))


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
