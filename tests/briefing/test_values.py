"""What a draft may print for a source's figure, and what it may not."""

import pytest

from briefing.values import Agreement, compare_values
from corpus.quantity import read_quantities


def agreement(draft: str, source: str) -> Agreement:
    return compare_values(read_quantities(draft)[0], read_quantities(source)[0]).agreement


@pytest.mark.parametrize(
    ("draft", "source", "expected"),
    [
        ("41%", "41%", "same"),
        ("about two fifths of residents", "41%", "about"),
        ("27%", "27.4%", "rounded"),
        ("1,400 jobs", "1,401 jobs", "rounded"),
        ("£31k", "£30,666", "rounded"),
        ("over 40%", "41%", "about"),
        ("about 30%", "27.4%", "about"),
        ("nearly half of residents", "47%", "about"),
        ("one in four residents", "25%", "same"),
        ("12.4% of workers", "124 per 1,000", "converted"),
        ("30 minutes", "half an hour", "converted"),
        ("fell by 1.8%", "-1.8%", "same"),
    ],
)
def test_a_fair_rendering_agrees(draft: str, source: str, expected: str) -> None:
    assert agreement(draft, source) == expected


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("40%", "41%"),
        ("1,410 jobs", "1,401 jobs"),
        ("£30,660", "£30,666"),
        ("over 100 firms", "nearly 100 firms"),
        ("over 80%", "over 90%"),
        ("three fifths of residents", "41%"),
        ("3%", "2.8%"),
    ],
)
def test_a_changed_value_does_not_agree(draft: str, source: str) -> None:
    assert agreement(draft, source) == "differs"


@pytest.mark.parametrize(("draft", "source"), [("124 per 100,000", "124 per 1,000"), ("41 percentage points", "41%")])
def test_a_figure_in_another_unit_is_told_apart(draft: str, source: str) -> None:
    assert agreement(draft, source) == "other unit"
