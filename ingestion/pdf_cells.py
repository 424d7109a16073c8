"""The cells of a table as they are printed on a page of a PDF, and the lines of what stands in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.pdf_print import Box, Run, Word, runs

CAPTION = re.compile(r"^(?:table|figure|fig\.|chart|schedule|matrix)\s+[A-Z]?\d+", re.IGNORECASE)


@dataclass(slots=True)
class PrintedCell:
    """A cell's printed lines, with the rows and columns it covers."""

    row: int
    column: int
    across: int
    down: int
    lines: list[Run]

    @property
    def words(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def bold(self) -> bool:
        letters = [(w.bold, len(w.text)) for line in self.lines for w in line.words]
        return sum(n for bold, n in letters if bold) > 0.8 * sum(n for _, n in letters) > 0


@dataclass(slots=True)
class PrintedTable:
    """A table's cells in their order, its box, and the left edge of each column."""

    cells: list[PrintedCell]
    box: Box
    edges: list[float]

    @property
    def top(self) -> float:
        return self.box[1]


def runs_of_cell(words: Sequence[Word]) -> list[Run]:
    """The printed lines of a cell; within a cell, wide gaps part nothing."""
    lines: list[Run] = []
    for run in sorted(runs(words), key=lambda r: (r.base, r.x0)):
        if lines and abs(run.base - lines[-1].base) <= 0.3 * run.size:
            lines[-1].words += run.words
            lines[-1].measure()
        else:
            lines.append(run)
    return lines


def by_line(found: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(found, key=lambda r: (r.base, r.x0)):
        if lines and abs(run.base - lines[-1][0].base) <= 0.3 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda r: r.x0)
    return lines
