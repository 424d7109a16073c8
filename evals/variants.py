"""Copies of the plan that no one can have tuned for: other figures, or other names, in the same prose.

``counterfactual`` changes every figure to another of its kind, in its printed form and in the order of size; ``renamed``
changes places, organisations and themes. Both map the questions and what they expect in the same way. A question whose
expectation cannot be mapped is left out, with the reason: unscored is not zero.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from corpus.quantity import Quantity, read_quantities
from evals.questions import EvalQuestion, Expected


@dataclass(frozen=True, slots=True)
class Copy:
    """A changed plan, the questions that can be asked of it, and why each other question cannot (id → reason)."""

    text: str
    questions: tuple[EvalQuestion, ...]
    unscored: Mapping[str, str] = field(default_factory=dict)


# ---- other figures ---------------------------------------------------------------------------------------------------

# Equal printed values that measure different things: (value, unit, words at the site, words of a question about it).
# A site that fits no line belongs to the rest of its value, and so does a question that fits none.
_APART = (
    ("20", "percent", r"^.{0,6} growth\)", r"construction|sector"),
    ("20", "percent", r"in the UK", r"\bUK\b|incorporated"),
    ("20", "percent", r"pre-pandemic", r"apprent|skills"),
    ("13", "percent", r"over 5 years", r"start-?up|theme 2\b"),
    ("14", "percent", r"per 1,000", r"penetration"),
    ("25", "percent", r"^a quarter", r"depriv|decile"),
    ("10", "count", r"companies in export", r"export|training|theme 6\b"),
    ("6", "count", r"^6 to", r"peer|network"),
    ("3", "count", r"sector based", r"\bevents\b"),
)
_ROUNDED = {("27", "percent"): Decimal("27.4")}
_WORDED = {
    "a quarter": (("a third", Decimal(100) / 3), ("a fifth", Decimal(20)), ("a tenth", Decimal(10))),
    "half an hour": (
        ("a quarter of an hour", Decimal("0.25")),
        ("three quarters of an hour", Decimal("0.75")),
    ),
}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NUMBER_WORDS = {
    w: Decimal(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)


class Unmapped(Exception):
    """An expectation that cannot be told for the copy; the message is the reason."""


@dataclass(slots=True)
class _Group:
    """Sites of one printed value of one measure. ``asked``: words of questions about it; None for the rest."""

    number: Decimal
    value: Decimal
    unit: str
    asked: str | None
    new: Decimal
    words: str | None = None

    @property
    def kept(self) -> bool:
        return self.new == self.number and self.words is None

    def moved(self, value: Decimal) -> Decimal:
        """The new value in place of ``value``, whose size is this group's, in whatever scale it is written."""
        if self.kept:
            return value
        return Decimal(f"{(value * self.new / self.number).normalize():f}")


def counterfactual(text: str, questions: Iterable[EvalQuestion], seed: int = 1) -> Copy:
    """A copy with other figures. Years, periods, labels, and counts in words ("six themes") stay."""
    figures = _Figures(text, random.Random(seed))
    mapped: list[EvalQuestion] = []
    unscored: dict[str, str] = {}
    for question in questions:
        try:
            mapped.append(figures.question(question))
        except Unmapped as reason:
            unscored[question.id] = str(reason)
    return Copy(figures.text, tuple(mapped), unscored)


class _Figures:
    """Every figure of the plan and what it becomes."""

    def __init__(self, text: str, rng: random.Random) -> None:
        sites = [(q, *_site(text, q)) for q in read_quantities(text)]
        self.groups: dict[tuple[Decimal, str, str | None], _Group] = {}
        for quantity, number, asked in sites:
            key = (number, quantity.unit, asked)
            self.groups.setdefault(key, _Group(number, abs(quantity.value), quantity.unit, asked, number))
        digits = {k for k in self.groups if any(_key(s) == k and _NUMBER.search(s[0].text) for s in sites)}
        for unit in dict.fromkeys(k[1] for k in self.groups if k in digits):
            _draw([g for k, g in self.groups.items() if k in digits and k[1] == unit], rng)
        for quantity, number, asked in sites:
            if quantity.text.lower() in _WORDED:
                group = self.groups[number, quantity.unit, asked]
                group.words, group.new = rng.choice(_WORDED[quantity.text.lower()])
        self.text = text
        for site in reversed(sites):
            group, quantity = self.groups[_key(site)], site[0]
            self.text = self.text[: quantity.start] + _printed(quantity, [group]) + self.text[quantity.end :]

    def question(self, question: EvalQuestion) -> EvalQuestion:
        """The question, asked of the copy. Raises Unmapped."""
        asked = " ".join([*question.history, question.question])
        changes: dict[str, Any] = {
            "question": self._string(question.question, asked),
            "history": tuple(self._string(h, asked) for h in question.history),
            "figures": tuple(self._expected(e, asked) for e in question.figures),
            "first": question.first and self._expected(question.first, asked),
            "text_has": tuple(self._string(t, asked) for t in question.text_has),
            "quote_has": tuple(self._string(t, asked) for t in question.quote_has),
            "must_not": tuple(dict.fromkeys(n for t in question.must_not for n in self._all(t))),
        }
        if question.derived is not None:
            changes["derived"] = self._derived(question.derived, question, asked)
        return question.model_copy(update=changes)

    def _candidates(self, value: Decimal, unit: str | None) -> list[_Group]:
        same = [g for g in self.groups.values() if g.value == abs(value)]
        return [g for g in same if unit is None or g.unit == unit] or [g for g in same if unit == "count"]

    def _group(self, value: Decimal, unit: str | None, asked: str) -> _Group | None:
        """The group that the question means; None where the plan has no such figure. Raises Unmapped."""
        found = self._candidates(value, unit)
        if len(found) > 1:
            meant = [g for g in found if g.asked and re.search(g.asked, asked, re.IGNORECASE)]
            found = meant or [g for g in found if g.asked is None]
            if len(found) != 1:
                raise Unmapped(f"which {value} of the plan is meant cannot be told")
        return found[0] if found else None

    def _expected(self, expected: Expected, asked: str) -> Expected:
        group = self._group(expected.value, expected.unit, asked)
        return expected if group is None else expected.model_copy(update={"value": group.moved(expected.value)})

    def _string(self, text: str, asked: str) -> str:
        for quantity in reversed(read_quantities(text)):
            groups = [self._group(v, quantity.unit, asked) for v in _values(quantity)]
            text = text[: quantity.start] + _printed(quantity, groups) + text[quantity.end :]
        return text

    def _all(self, text: str) -> list[str]:
        """What must not be said: the new figure of every measure that had the old one."""
        quantities = read_quantities(text)
        if len(quantities) != 1:
            return [text]
        quantity = quantities[0]
        is_digits = _NUMBER.search(quantity.text) is not None
        found = [g for g in self._candidates(quantity.value, quantity.unit) if (g.words is None) == is_digits]
        return [text[: quantity.start] + _printed(quantity, [g]) + text[quantity.end :] for g in found] or [text]

    def _derived(self, derived: Expected, question: EvalQuestion, asked: str) -> Expected:
        operands = [(v, q.unit) for text in question.quote_has for q in read_quantities(text) for v in _values(q)]
        groups = [self._group(value, unit, asked) for value, unit in operands]
        old = [abs(value) for value, _ in operands]
        new = [abs(g.moved(value)) if g else abs(value) for g, (value, _) in zip(groups, operands, strict=True)]
        times = [q.value for q in read_quantities(asked)] + [
            _NUMBER_WORDS[w.lower()] for w in _NUMBER_WORD.findall(asked)
        ]
        exponent = derived.value.as_tuple().exponent
        place = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        results = {
            after.quantize(place, ROUND_HALF_UP)
            for before, after in zip(
                _workings(derived.unit, old, times), _workings(derived.unit, new, times), strict=True
            )
            if abs(before - abs(derived.value)) <= place / 2
        }
        if len(results) != 1:
            raise Unmapped("how the expected result is worked out cannot be told from the operands")
        return derived.model_copy(update={"value": results.pop()})


def _key(site: tuple[Quantity, Decimal, str | None]) -> tuple[Decimal, str, str | None]:
    return site[1], site[0].unit, site[2]


def _site(text: str, quantity: Quantity) -> tuple[Decimal, str | None]:
    """The number as printed, and the words of the questions about it where its value measures other things too."""
    around = " ".join(text[quantity.start : quantity.end + 40].split())
    match = _NUMBER.search(quantity.text)
    number = Decimal(match[0].replace(",", "")) if match else abs(quantity.value)
    for value, unit, site, asked in _APART:
        if Decimal(value) == number and unit == quantity.unit and re.search(site, around):
            return number, asked
    return number, None


def _values(quantity: Quantity) -> list[Decimal]:
    return [quantity.value] if quantity.upper is None else [quantity.value, quantity.upper]


def _printed(quantity: Quantity, groups: Sequence[_Group | None]) -> str:
    """The quantity's text with its numbers changed, one group for each number."""
    if not _NUMBER.search(quantity.text):
        group = groups[0]
        if group is None or group.kept:
            return quantity.text
        return group.words or _NUMBER_WORD.sub(f"{group.new:,}", quantity.text)
    rest = iter(groups)

    def change(match: re.Match[str]) -> str:
        group = next(rest, None)
        if group is None or group.kept:
            return match[0]
        old = Decimal(match[0].replace(",", ""))
        places = max(len(match[0].partition(".")[2]), -min(0, _exponent(group.moved(old))))
        return f"{group.moved(old):{',' if ',' in match[0] or old < 1000 else ''}.{places}f}"

    return _NUMBER.sub(change, quantity.text)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _draw(groups: list[_Group], rng: random.Random) -> None:
    """New numbers for the groups of one unit: in the same order of size, all different, none as it was."""
    free = sorted((g for g in groups if (str(g.number), g.unit) not in _ROUNDED), key=lambda g: g.number)
    bound = [g for g in groups if g not in free]
    for _ in range(10_000):
        curve = _curve(rng, groups[0].unit)
        wanted = sorted(curve(g.number) for g in free)
        last = Decimal(0)
        for group, value in zip(free, wanted, strict=True):
            step = _step(group.number)
            value = max(value.quantize(step), step)
            group.new = value if value > last else (last // step + 1) * step
            last = group.new
        for group in bound:
            source = next(g for g in free if g.number == _ROUNDED[str(group.number), group.unit])
            group.new = source.new.quantize(_step(group.number), ROUND_HALF_UP)
        is_new = all(g.new != g.number for g in groups) and len({g.new for g in groups}) == len(groups)
        if is_new and not (groups[0].unit == "percent" and last >= 100):
            return
    raise ValueError(f"no other figures found for {groups[0].unit}")


def _curve(rng: random.Random, unit: str) -> Callable[[Decimal], Decimal]:
    if unit == "percent":  # bends 0–100 into itself
        power = rng.choice((rng.uniform(0.6, 0.8), rng.uniform(1.25, 1.5)))
        return lambda number: Decimal(100 * (float(number) / 100) ** (power * rng.uniform(0.97, 1.03)))
    factor = rng.choice((rng.uniform(0.6, 0.85), rng.uniform(1.2, 1.6)))
    return lambda number: number * Decimal(factor * rng.uniform(0.93, 1.07))


def _step(number: Decimal) -> Decimal:
    """The last place that a new number may use: one more than the old one's round end shows."""
    places = _exponent(number)
    if places < 0:
        return Decimal(1).scaleb(places)
    digits = str(int(number))
    return Decimal(10) ** max(0, len(digits) - len(digits.rstrip("0")) - 1)


def _workings(unit: str | None, operands: Sequence[Decimal], times: Iterable[Decimal]) -> Iterator[Decimal]:
    """Every result that could be meant, in a set order, for operands of the old and of the new copy alike."""
    if len(operands) == 1:
        (a,) = operands
        yield from (100 - a, a / 10) if unit == "percent" else [a * n for n in times]
    if len(operands) == 2:
        a, b = operands
        if unit == "percent":
            yield from (100 * a / b, 100 * b / a, 100 * abs(a - b) / b, 100 * abs(a - b) / a)
            return
        yield abs(a - b)
        if unit == "ratio":
            yield from (a / b, b / a)
        if unit == "count":
            yield from (a + b, a * b / 100, 100 * a / b, 100 * b / a)


# ---- other names -----------------------------------------------------------------------------------------------------

_DISTRICTS = ("Ashmere", "Wexcombe", "Pellbridge", "Orrindale", "Farrowdene")
_COUNTIES = (("Calvershire", "Calvers"), ("Wendleshire", "Wendles"), ("Tolvershire", "Tolvers"))
_CHIEF_TOWNS = (("Marden", "Halstock"), ("Thorley", "Wenstead"), ("Corvey", "Ellingham"), ("Selwick", "Marstone"))
_TOWNS = (
    "Ravensby",
    "Coldwick",
    "Quenby",
    "Brackenholt",
    "Dunsmere",
    "Eldersham",
    "Fallowfield",
    "Wychbury",
    "Larkford",
)
_OTHER_COUNTIES = ("Dornshire", "Wolvershire")
_PARKS = ("Fairholm", "Kestrels", "Greylands")
_INSTITUTES = (("Wickhurst", "Wickherst"), ("Ellingford", "Ellingfford"))
_THEMES = {
    "Skills and Employment": "Learning and Work",
    "Business Growth": "Enterprise Support",
    "Innovation and Growth of high value sectors and jobs": "Invention and Expansion of high value sectors and jobs",
    "Branding and Inward Investment": "Reputation and Investor Attraction",
    "Theme 5 – Town Centre": "Theme 5 – Heart of the Town",
    "Export and International partnerships": "Overseas Trade and Global links",
}
_THEMES_ASKED = {
    "skills and employment": "learning and work",
    "skills theme": "learning theme",
    "micro business growth": "micro business growth",  # a measure, not the theme
    "business growth": "enterprise support",
    "innovation and growth of high value": "invention and expansion of high value",
    "innovation and high value": "invention and high value",
    "branding and inward investment": "reputation and investor attraction",
    "town centre theme": "heart of the town theme",
    "exports and international partnerships": "overseas trade and global links",
    "export theme": "overseas trade theme",
    "export events": "overseas trade events",  # of that theme: the plan calls them events only
}
# Expected words that are a theme's name when they stand alone.
_THEMES_SAID = {
    "Innovation": "Invention",
    "Branding": "Reputation",
    "Town Centre": "Heart of the Town",
    "Export": "Overseas Trade",
}


def renamed(text: str, questions: Iterable[EvalQuestion], seed: int = 1) -> Copy:
    """A copy with other names of places, organisations and themes; abbreviations are those of the new names."""
    names = new_names(random.Random(seed))
    plan = _renamer(_THEMES, any_case=False)(_renamer(names)(text))
    place, theme = _renamer(names), _renamer(_THEMES_ASKED)

    def said(words: str) -> str:
        return _THEMES_SAID.get(words) or theme(place(words))

    def expected(figure: Expected) -> Expected:
        return figure.model_copy(update={"area": figure.area and place(figure.area)})

    mapped = [
        q.model_copy(
            update={
                "question": theme(place(q.question)),
                "history": tuple(theme(place(h)) for h in q.history),
                "figures": tuple(expected(e) for e in q.figures),
                "first": q.first and expected(q.first),
                "derived": q.derived and expected(q.derived),
                "text_has": tuple(said(t) for t in q.text_has),
                "must_not": tuple(said(t) for t in q.must_not),
                "quote_has": tuple(place(t) for t in q.quote_has),
                "section": q.section and tuple(place(s) for s in q.section),
            }
        )
        for q in questions
    ]
    return Copy(plan, tuple(mapped))


def new_names(rng: random.Random) -> dict[str, str]:
    """Old name → new name, for every place and organisation that is renamed."""
    district = rng.choice(_DISTRICTS)
    county, short = rng.choice(_COUNTIES)
    town = rng.choice(_CHIEF_TOWNS)
    towns = rng.sample(_TOWNS, 5)
    institute = rng.choice(_INSTITUTES)
    villages, quarter = f"{town[0]} Orchard Villages", f"{short} Enterprise Quarter"
    return {
        "Dacorum": district,
        "DBC": f"{district[0]}BC",
        "Hertfordshire": county,
        "Herts": short,
        "Hemel Hempstead": " ".join(town),
        "Hemel": town[0],
        "HHTC": _initials(f"{' '.join(town)} Town Centre"),
        **dict(zip(("Watford", "Harlow", "Tring", "Berkhamsted", "Luton"), towns, strict=True)),
        "Essex": rng.choice(_OTHER_COUNTIES),
        "Maylands": rng.choice(_PARKS),
        "Herts Innovation Quarter": quarter,
        "Herts IQ": f"{short} EQ",
        "HIQ": _initials(quarter),
        "Hemel Garden Communities": villages,
        "Hemel Garden Community": villages.removesuffix("s"),
        "Garden Communities": "Orchard Villages",
        "HGC": _initials(villages),
        "Growth Hub": "Success Hub",
        "GH": "SH",
        "UH": f"U{county[0]}",
        "Rothamsted": institute[0],
        "Rothamstead": institute[1],
        "BRE": "TLC",
        "Pendley Manor": "Oakrill Manor",
        "Skillmakers": "Talentmakers",
        "Eltec Power": "Voltarn Power",
        "Goodrich Aerospace": "Halden Aerospace",
        "Henkel": "Brandtmann",
        "HUEL": "NURAL",
        "FFEI": "QDIS",
        "Imagine Tech": "Envisage Tech",
        "Consort Medical": "Allied Medical",
    }


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _renamer(names: Mapping[str, str], any_case: bool = True) -> Callable[[str], str]:
    """Changes every name in one pass, the longest first, in the case in which it is written."""
    by_name = {old.lower(): new for old, new in names.items()}
    longest = "|".join(re.escape(old) for old in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{longest})(?!\w)", re.IGNORECASE if any_case else 0)

    def change(match: re.Match[str]) -> str:
        new = by_name[match[0].lower()]
        if match[0].islower():
            return new.lower()
        if match[0].isupper():
            return new.upper()
        return new if new[0].isupper() or not match[0][0].isupper() else new[0].upper() + new[1:]

    return lambda text: pattern.sub(change, text)
