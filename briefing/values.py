"""How a figure that a draft prints stands to the figure of a source: the same, rounded, about it, converted, or another.

The rules are those of careful officers: "27%" may stand for 27.4%, "about two fifths" for 41%, "over 1,400" for 1,401;
"40%" may not stand for 41%, and "over 100" not for "nearly 100".
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.quantity import Quantity


class Agreement(StrEnum):
    """How a draft's value stands to a source's."""

    SAME = "same"
    ROUNDED = "rounded"
    ABOUT = "about"
    CONVERTED = "converted"
    OTHER_UNIT = "other unit"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Compared:
    """How two values stand, and what a reader should know of it; ``exactly`` says that nothing was given away."""

    agreement: Agreement
    note: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether the draft may print its value for the source's."""
        return self.agreement not in (Agreement.DIFFERS, Agreement.OTHER_UNIT)


# What the words before or behind a value make of it.
_BOUNDS = {
    "over": """over; above; just over; well over; slightly over; just above; well above; slightly above; more than; just more than
        ; greater than; higher than; at least; no less than; no fewer than; not less than; minimum of; a minimum of; in excess of
        ; upwards of; exceeding; or more; or above; or over; or higher; or greater; and above; and over; +; >; ≥; >=""",
    "nearly": "nearly; very nearly; almost; just under; just below; slightly under; slightly below; close to",
    "under": """under; below; well under; well below; less than; fewer than; lower than; up to; at most; no more than
        ; not more than; maximum of; a maximum of; or less; or fewer; or under; or below; or lower; and under; and below
        ; <; ≤; <=""",
}
_BOUND = {" ".join(words.split()): name for name, listed in _BOUNDS.items() for words in listed.split(";")}

# One of the first is so many of the second; rates are turned into each other, lengths and areas too.
_CONVERSIONS: dict[tuple[str, str], Decimal] = {
    ("percent", "per_1000"): Decimal(10), ("percent", "per_10000"): Decimal(100), ("percent", "per_100000"): Decimal(1000),
    ("per_1000", "per_10000"): Decimal(10), ("per_1000", "per_100000"): Decimal(100), ("hours", "minutes"): Decimal(60),
    ("days", "hours"): Decimal(24), ("weeks", "days"): Decimal(7), ("years", "months"): Decimal(12),
    ("hectares", "acres"): Decimal("2.47105"), ("sq_m", "sq_ft"): Decimal("10.7639"), ("hectares", "sq_m"): Decimal(10000),
    ("miles", "km"): Decimal("1.60934"), ("km", "metres"): Decimal(1000), ("kilotonnes", "tonnes"): Decimal(1000),
}  # fmt: skip
_CLOSE = Decimal("0.02")
_LOOSE = Decimal("0.1")


def compare_values(draft: Quantity, source: Quantity) -> Compared:
    """Whether the draft's quantity may stand for the source's, and what to say of it."""
    if draft.unit == "count" and source.unit in ("ratio", "index") and draft.value == source.value:
        return Compared(Agreement.SAME)  # a bare number, whose sentence says elsewhere that it is a ratio
    if draft.unit != source.unit:
        return _other_unit(draft, source)
    d, s = draft.value, source.value
    if draft.upper is not None or source.upper is not None:
        return _range(draft, source)
    if d != s and d == -s and draft.unit in ("percent", "percentage_points"):
        d = s  # "fell by 1.8%" prints -1.8% without its sign; which way it went is judged by the words
    ours, theirs = bound(draft), bound(source)
    if d == s:
        if {ours, theirs} in ({"over", "nearly"}, {"over", "under"}):
            return Compared(Agreement.DIFFERS, f"The source says “{_printed(source)}”.")
        if ours != theirs and theirs is not None:
            return Compared(Agreement.SAME, f"The source says “{_printed(source)}”.")
        if ours in ("over", "nearly", "under") and theirs is None:
            return Compared(Agreement.SAME, f"The source gives {_printed(source)} itself, without “{draft.qualifier}”.")
        return Compared(Agreement.SAME)
    fraction = not any(c.isdigit() for c in draft.text)
    if fraction and draft.unit == "percent":
        near = _fraction(ours, d, s)
    elif ours in ("over", "nearly", "under") and theirs in ("over", "nearly", "under"):
        near = False
    elif ours in ("over", "nearly", "under"):
        near = _bounded(ours, d, s, draft.text)
    elif ours == "about":
        near = abs(d - s) <= min(step(draft.text, d) / 2, abs(s) * _LOOSE)
    else:
        near = _plainly_rounded(draft, d, s)
    if not near:
        return Compared(Agreement.DIFFERS)
    if ours is None and not fraction:
        return Compared(Agreement.ROUNDED, f"Rounded: the source says {_printed(source)}.")
    return Compared(Agreement.ABOUT, f"Rounded: “{_printed(draft)}” for {_printed(source)}.")


def bound(quantity: Quantity) -> str | None:
    """What the words around a value make of it: over, under, nearly (just under), about; None for a plain value."""
    return None if quantity.qualifier is None else _BOUND.get(quantity.qualifier, "about")


def step(text: str, value: Decimal) -> Decimal:
    """The place to which a value was rounded: 100 for "1,400", 1 for "41", 0.1 for "27.4", 100,000 for "1.2 million"."""
    digits = "".join(c for c in text if c.isdigit() or c == ".").strip(".")
    if "." in digits:
        printed = Decimal(digits)
        scale = abs(value) / printed if printed else Decimal(1)
        return Decimal(1).scaleb(-len(digits.split(".")[1])) * scale
    whole = abs(value).to_integral_value()
    zeros = len(f"{whole:f}") - len(f"{whole:f}".rstrip("0")) if whole else 0
    return Decimal(1).scaleb(zeros)


def _fraction(ours: str | None, d: Decimal, s: Decimal) -> bool:
    """A fraction in words for a percentage: "about two fifths" for 41%, "nearly half" for 47%."""
    if ours == "nearly":
        return 0 < d - s <= 4
    if ours == "under":
        return 0 < d - s <= 10
    if ours == "over":
        return 0 < s - d <= 5
    return abs(d - s) <= (Decimal("2.5") if ours == "about" else Decimal("1.5"))


def _bounded(ours: str, d: Decimal, s: Decimal, text: str) -> bool:
    """ "Over 40%" for 41%: true, and near enough to be fair."""
    gap = s - d if ours == "over" else d - s
    if gap <= 0:
        return False
    if ours == "nearly":
        return gap <= abs(d) * _LOOSE and gap < step(text, d)
    round_figure = step(text, d) >= Decimal(1).scaleb(max(0, abs(d).adjusted() - 1)) and step(text, d) > 1
    return gap < step(text, d) or (round_figure and gap <= abs(s) / 4)


def _plainly_rounded(draft: Quantity, d: Decimal, s: Decimal) -> bool:
    """Rounding without a word that says so: decimals may go, and the last two digits or more of a large number."""
    if s == 0 or abs(d - s) > abs(s) * Decimal("0.05"):
        return False
    place = step(draft.text, d)
    if abs(d - s) > place / 2:
        return False
    decimals = -_exponent(s)
    if decimals > 0 and -_exponent(d) < decimals and place <= 1:
        return True
    return place >= 100 and abs(d - s) <= abs(s) * _CLOSE


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(0, exponent) if isinstance(exponent, int) else 0


def _range(draft: Quantity, source: Quantity) -> Compared:
    if (draft.value, draft.upper) == (source.value, source.upper):
        return Compared(Agreement.SAME)
    if draft.upper is not None and source.upper is None:
        inside = draft.value <= source.value <= draft.upper
        narrow = draft.upper - draft.value <= abs(source.value) / 4
        if inside and narrow:
            return Compared(Agreement.ABOUT, f"The source says {_printed(source)}, which is in that range.")
    return Compared(Agreement.DIFFERS)


def _other_unit(draft: Quantity, source: Quantity) -> Compared:
    factor = _CONVERSIONS.get((source.unit, draft.unit))
    if factor is None and (back := _CONVERSIONS.get((draft.unit, source.unit))) is not None:
        factor = 1 / back
    if factor is None or draft.upper is not None or source.upper is not None:
        return Compared(Agreement.OTHER_UNIT)
    converted = source.value * factor
    if converted and abs(draft.value - converted) <= abs(converted) * _CLOSE:
        return Compared(Agreement.CONVERTED, f"Converted: the source says {_printed(source)}.")
    return Compared(Agreement.OTHER_UNIT)


def _printed(quantity: Quantity) -> str:
    return " ".join(quantity.text.split())
