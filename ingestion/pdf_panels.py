"""Panels of a PDF: numbers set large side by side, each over its own words ("104,500 / residents"), as plans show key facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.pdf_print import Run

_NUMBER = re.compile(r"^[£€$]?\s?[\d.,]*\d[\d.,]*\s?(?:%|k|m|bn|million|billion|thousand|\+)?$", re.IGNORECASE)
_LARGER = 1.3  # a panel's number is set at least this much larger than its words
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Panels:
    """Lines from start up to end that are panels; each panel's runs in the order in which they are read."""

    start: int
    end: int
    panels: tuple[tuple[Run, ...], ...]


def find_panels(lines: list[list[Run]]) -> Iterator[Panels]:
    """Where two or more large numbers stand side by side, and under each of them what it counts."""
    at = 0
    while at < len(lines):
        numbers = lines[at]
        if len(numbers) < 2 or not all(_NUMBER.match(run.text.strip()) for run in numbers):
            at += 1
            continue
        size = min(run.size for run in numbers)
        panels = [[run] for run in numbers]
        end = at + 1
        while end < len(lines) and end - at <= _MOST_LINES and _is_below(lines[end], lines[end - 1], size):
            for run in lines[end]:
                middle = (run.x0 + run.x1) / 2
                nearest = min(panels, key=lambda p: min(abs(middle - (p[0].x0 + p[0].x1) / 2), abs(run.x0 - p[0].x0)))
                nearest.append(run)
            end += 1
        if all(len(panel) > 1 for panel in panels):
            yield Panels(at, end, tuple(tuple(panel) for panel in panels))
            at = end
        else:
            at += 1


def _is_below(line: list[Run], above: list[Run], size: float) -> bool:
    """Whether a line goes on with the words of panels: smaller than their numbers, close below, and no numbers itself."""
    small = all(run.size * _LARGER <= size for run in line)
    close = line[0].top - above[0].bottom < 1.2 * size
    return small and close and not all(_NUMBER.match(run.text.strip()) for run in line)
