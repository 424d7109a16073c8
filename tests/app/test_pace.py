"""A person who waits is told what is done, how much of it, and about how long the rest will take."""

import pytest

from pages.pace import Pace


@pytest.mark.parametrize(
    ("seconds", "done", "total", "said"),
    [
        (10.0, 2, 8, "Reading, 2 of 8, about 30 seconds left"),
        (60.0, 1, 2, "Reading, 1 of 2, about 1 minute left"),
        (60.0, 1000, 121_000, "Reading, 1,000 of 121,000, about 2 hours left"),
        (0.1, 1, 2, "Reading, 1 of 2"),
        (9.0, 0, 2, "Reading, 0 of 2"),
        (9.0, 2, 2, "Reading, 2 of 2"),
        (9.0, 0, 0, "Reading"),
    ],
)
def test_a_stage_is_told_with_counts_and_time_left(seconds: float, done: int, total: int, said: str) -> None:
    times = iter((0.0, seconds))
    pace = Pace(lambda: next(times))
    pace.said("Reading", 0, total)
    assert pace.said("Reading", done, total) == said


def test_a_stage_is_measured_from_its_own_beginning() -> None:
    times = iter((0.0, 100.0, 110.0))
    pace = Pace(lambda: next(times))
    pace.said("Reading plan.pdf", 1, 1)
    pace.said("Building", 0, 10)
    assert pace.said("Building", 5, 10) == "Building, 5 of 10, about 10 seconds left"
