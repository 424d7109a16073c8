"""How far a long step is, in words: what is done, how much of it, and about how long the rest will take."""

import time
from collections.abc import Callable

from pages.counted import number_of


class Pace:
    """Tells of a step that has several stages; each stage's pace is measured from its own beginning."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: dict[str, float] = {}

    def said(self, stage: str, done: int, total: int) -> str:
        """The stage, its counts, and the time left once there is a pace to tell it from."""
        now = self._clock()
        begun = self._begun.setdefault(stage.split(" ")[0], now)
        if not total:
            return stage
        parts = [stage, f"{done:,} of {total:,}"]
        if 0 < done < total and now - begun >= 1:
            parts.append(f"about {_in_words((now - begun) / done * (total - done))} left")
        return ", ".join(parts)


def _in_words(seconds: float) -> str:
    if seconds < 60:
        count, unit = max(1, round(seconds)), "second"
    elif seconds < 5400:
        count, unit = round(seconds / 60), "minute"
    else:
        count, unit = round(seconds / 3600), "hour"
    return number_of(count, unit)
