"""What holds for a whole table, from the lines above and below it: its name, unit, period, population and source."""

import itertools
import re
from collections.abc import Sequence

from corpus.period import read_periods
from ingestion.blocks import RawBlock
from ingestion.labels import is_boilerplate, measured, population_named
from ingestion.table_marks import glued_marks, only_period, strip_glued
from ingestion.table_places import is_known_place
from ingestion.table_units import read_unit


class Titles:
    """What one block's titles, facts and notes say of all its cells.

    footnotes: the notes by their mark. sheet_titles: the title of each sheet as a contents sheet lists it.
    """

    def __init__(
        self,
        block: RawBlock,
        titles: Sequence[str],
        facts: Sequence[tuple[str, ...]],
        notes: Sequence[str],
        footnotes: dict[str, str],
        sheet_titles: dict[str, str],
    ) -> None:
        self.block, self.titles, self.facts, self.notes = block, titles, facts, notes
        self.footnotes, self.sheet_titles = footnotes, sheet_titles
        self.letters = frozenset(footnotes)

    def name(self) -> str:
        """What the table measures, from the first line above it that says so, else from its sheet's name."""
        found: list[str] = []
        for line in self._title_lines():
            name = measured(strip_glued(line, self.letters))
            told = len(re.findall(r"[A-Za-z]{3,}", name)) >= 1 and not is_known_place(name)
            if told and (not found or is_heading(line)):
                found.append(name)
        if len(found) < 2:
            return found[0] if found else ""
        under = found[-1]
        return f"{under}; {found[0]}"

    def _title_lines(self) -> list[str]:
        sources = next((i for i, line in enumerate(self.titles) if _SOURCES.match(line)), len(self.titles))
        lines = [line for line in self.titles[:sources] if not is_boilerplate(line)]
        sheet = self.block.sheet.name or ""
        listed = self.sheet_titles.get(sheet.lower())
        if not lines and listed:
            lines = [listed]
        if not lines and sheet and not re.match(r"^(?:sheet|table|data|tab)?\s*\d*[a-z]?$", sheet, re.IGNORECASE):
            lines = [sheet]
        return lines

    def unit(self, name: str) -> tuple[str | None, str | None]:
        """The unit that a line "Units: …", a fact or the title states for the whole table."""
        for line in self.titles:
            stated = re.match(r"^\s*\(?units?(?: of measure(?:ment)?)?\s*[:=-]\s*(.+)$", line, re.IGNORECASE)
            if stated:
                unit, scale = read_unit(stated[1])
                return unit, scale or self._in_thousands()
        for key, value in self.facts:
            if re.match(r"^(?:units?|measures?|value type)\b", key, re.IGNORECASE):
                unit, scale = read_unit(value)
                if unit or scale:
                    return unit, scale
        for line in self.titles:
            bracket = re.search(
                r"\(([^()]*(?:£|%|per ?cent|thousand|million|billion|000s?|number|count)[^()]*)\)", line, re.IGNORECASE
            )
            if bracket:
                unit, scale = read_unit(bracket[1])
                if unit or scale:
                    return unit or ("gbp" if "£" in bracket[1] else None), scale
        for line in self.titles:
            if re.match(
                r"^\W*(?:£|%|per ?cent|percentages?|numbers?|thousands?|£ ?million|£ ?thousand|count)\W*(?:million"
                r"|thousand)?s?\W*$",
                line,
                re.IGNORECASE,
            ):
                return read_unit(line)
        for line in self.titles:
            many = re.search(
                r"£\s?(?:millions?|thousands?|billions?|m|bn|k)\b|\b(?:thousands|millions)\b|['’]000s?\b", line, re.I
            )
            if many and not is_boilerplate(line):
                unit, scale = read_unit(many[0])
                return unit, scale
        return None, None

    def _in_thousands(self) -> str | None:
        """ "Given to the nearest thousand", above figures that are all below a thousand: they are thousands."""
        if not any(re.search(r"\bnearest thousand\b", line, re.IGNORECASE) for line in self.titles):
            return None
        shown = [c for r in self.block.body for j, c in enumerate(r.cells) if j in self.block.values]
        return "thousand" if not any("," in c or re.match(r"-?\d{4}", c) for c in shown) else None

    def period(self) -> str | None:
        """The period that a fact, the title or the sheet's name gives for the whole table."""
        for key, value in self.facts:
            if re.match(r"^(?:date|time|period|time period|year|month|quarter)\b", key, re.IGNORECASE):
                return value
        for line in [*self._title_lines(), *self.titles]:
            if re.match(r"^(?:source|©|ons crown|date published|published|release)", line, re.IGNORECASE):
                continue
            stated = [p for p in read_periods(line) if p.first is not None or p.last is not None]
            if stated:
                same = stated[-1] if len(stated) == 1 else None
                if same is not None:
                    return _bare(same.text)
                stated = [p for p in stated if p.first is not None] or stated
                return (
                    f"{_bare(stated[0].text)} to {_bare(stated[-1].text)}"
                    if re.search(r"\bto\b|[-–]", line)
                    else _bare(stated[-1].text)
                )
        sheet = self.block.sheet.name or ""
        return sheet if only_period(sheet) else None

    def population(self) -> str | None:
        """Of whom the table is: from a line above it, or from the note that its title's mark points to."""
        found = population_named([*self.titles, *(f"{k}: {v}" for k, v in self.facts)])
        if found:
            return found
        for line in self._title_lines()[:1]:
            for mark in glued_marks(line, self.letters):
                note = self.footnotes[mark]
                if len(note) <= 160 and re.match(
                    r"^(?:all |usual )?(?:employees|people|residents|households|persons|adults|children|pupils|workers"
                    r"|dwellings)\b",
                    note,
                    re.IGNORECASE,
                ):
                    return note.rstrip(".")
        return None

    def source(self) -> str | None:
        for line in (*self.titles, *self.notes):
            match = re.match(r"^\s*sources?\s*[:–-]\s*(.{4,200})$", line, re.IGNORECASE)
            if match:
                return match[1].strip().rstrip(".")
        for line, below in itertools.pairwise(self.titles):
            if _SOURCES.match(line):
                return below.strip().rstrip(".")
        return next((line for line in self.titles if re.search(r"crown copyright|©", line, re.IGNORECASE)), None)


_SOURCES = re.compile(r"^(?:data )?sources?\s*:?$", re.IGNORECASE)  # the lines under it name them


def is_heading(line: str) -> bool:
    """Whether a line under a table's title heads a part of it ("A. Net additional dwellings")."""
    return len(line.split()) <= 10 and not line.rstrip().endswith((".", ";")) and "http" not in line


def _bare(period: str) -> str:
    return re.sub(r"^(?:in|for|during|at|on|from|to)\s+", "", period, flags=re.IGNORECASE)
