"""The order in which a page is read: columns one after the other, with headings across the page in their place.

A gutter is a strip that lines of prose on both sides leave free. Lines that cross it stand above and below the
columns and part them. What stands within a column is put in order in the same way.
"""

from collections.abc import Sequence
from statistics import median

from ingestion.pdf_cells import by_line
from ingestion.pdf_print import Run
from ingestion.text_table import is_value

Zone = list[list[Run]]  # printed lines from the top down, each its runs from the left

_FEWEST_LINES = 3  # on each side of a gutter
_FEWEST_LETTERS = 14  # in a usual line of prose; shorter ones are labels, bullets or figures
_MANY_LINES = 6  # of a column of prose that stands beside a chart
_LONG = 26  # letters of its usual line
_FULL = 0.6  # of a column's width: how far a usual line of prose reaches


def zones(found: Sequence[Run], depth: int = 0) -> list[Zone]:
    """The zones of a page in reading order. A zone is a column, or what stands across the columns."""
    if len(found) < 2 * _FEWEST_LINES or depth > 6:
        return [by_line(found)] if found else []
    parted = _parted(found)
    if parted is None:
        return [by_line(found)]
    ordered: list[Zone] = []
    for band in parted:
        if len(band) == 1:
            ordered += [by_line(band[0])] if len(band[0]) == len(found) else zones(band[0], depth + 1)
        else:
            for side in band:
                ordered += zones(side, depth + 1)
    return ordered


def _parted(found: Sequence[Run]) -> list[tuple[list[Run], ...]] | None:
    """The runs in bands from the top down: across the page (one part) or in two columns. None without columns."""
    best: tuple[float, list[tuple[list[Run], ...]]] | None = None
    for gutter in _gutters(found):
        bands = _bands(found, gutter)
        weight = sum(len(side) for band in bands if len(band) == 2 for side in band)
        if weight and (best is None or weight > best[0]):
            best = (weight, bands)
    return best[1] if best else None


def _gutters(found: Sequence[Run]) -> list[float]:
    """Where lines begin below one another with room to their left: the middles of strips that may part columns."""
    size = median(r.size for r in found)
    left = min(r.x0 for r in found)
    starts = sorted(r.x0 for r in found if r.x0 > left + 6 * size)
    groups: list[list[float]] = []
    for x in starts:
        if groups and x - groups[-1][0] < 0.5 * size:
            groups[-1].append(x)
        else:
            groups.append([x])
    groups = sorted((g for g in groups if len(g) >= _FEWEST_LINES), key=lambda g: -len(g))[:8]
    found_at: list[float] = []
    for group in groups:
        begin = group[0]
        ends = [r.x1 for r in found if r.x1 < begin]
        crossing = [r for r in found if r.x0 < begin - 0.4 * size and r.x1 > begin - 0.2 * size]
        if ends and len(crossing) < 0.7 * len(found):
            found_at.append(begin - max(0.3 * size, min(1.5 * size, 0.5 * (begin - max(ends)))))
    return found_at


def _bands(found: Sequence[Run], gutter: float) -> list[tuple[list[Run], ...]]:
    crossing = sorted((r for r in found if r.x0 < gutter < r.x1), key=lambda r: r.top)
    left = sorted((r for r in found if r.x1 <= gutter), key=lambda r: r.top)
    right = sorted((r for r in found if r.x0 >= gutter), key=lambda r: r.top)
    bands: list[tuple[list[Run], ...]] = []
    limits = [r.top for r in crossing] + [float("inf")]
    above = float("-inf")
    waiting: list[Run] = []
    for i, limit in enumerate(limits):
        sides = ([r for r in left if above <= r.top < limit], [r for r in right if above <= r.top < limit])
        if _are_columns(*sides):
            if waiting:
                bands.append((waiting,))
                waiting = []
            bands.append(sides)
        else:
            waiting = waiting + sides[0] + sides[1]
        if i < len(crossing):
            waiting.append(crossing[i])
        above = limit
    if waiting:
        bands.append((waiting,))
    return bands


def _are_columns(left: list[Run], right: list[Run]) -> bool:
    """Whether two sides are columns of prose, or prose and a chart, not a list with its numbers, a label with its text, or
    a table."""
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
        return False
    valued = sum(is_value(r.text) and _level(left, [r], 1) for r in right)
    if valued >= max(_FEWEST_LINES, 0.3 * len(by_line(right))) and not _is_prose(left):
        return False  # labels with their figures
    if _is_prose(left) != _is_prose(right) and not _level(left, right, 0.5) and _overlap(left, right) > 0:
        return True
    for side in (left, right):
        lines = by_line(side)
        letters = [sum(len(r.text) for r in line) for line in lines]
        if len(lines) < _FEWEST_LINES or median(letters) < _FEWEST_LETTERS:
            return False
        # Headings may stand further out than the column's own lines.
        ends = sorted(line[-1].x1 for line in lines)
        width = ends[int(0.9 * (len(ends) - 1))] - median(line[0].x0 for line in lines)
        if median(line[-1].x1 - line[0].x0 for line in lines) < _FULL * width and _aligned(left, right):
            return False
    return _overlap(left, right) > 0


def _overlap(left: list[Run], right: list[Run]) -> float:
    return min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)


def _is_prose(side: list[Run]) -> bool:
    """Whether one side is a column of prose: many lines, nearly all as wide as the column, each of one run."""
    if len(side) < _MANY_LINES:
        return False
    lines = by_line(side)
    width = max(r.x1 for r in side) - min(r.x0 for r in side)
    whole = sum(
        len(line) == 1 and len(line[0].text) >= _LONG and line[0].x1 - line[0].x0 > _FULL * width for line in lines
    )
    return whole >= 0.7 * len(lines)


def _level(left: list[Run], right: list[Run], share: float) -> bool:
    """Whether at least this share of the lines of the shorter side has a line on its own height on the other."""
    bases = sorted(r.base for r in left)
    level = sum(any(abs(r.base - b) < 0.2 * r.size for b in bases) for r in right)
    return level >= share * min(len(left), len(right))


def _aligned(left: list[Run], right: list[Run]) -> bool:
    """Whether nearly every line on one side has one on its own height on the other, as the cells of a table have."""
    return _level(left, right, 0.8)
