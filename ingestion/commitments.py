"""Commitments and themes out of passages: who leads, who supports, the issue, activities, outputs and outcomes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.figure import Figure
from corpus.location import Location
from corpus.period import read_periods
from ingestion.block import BlockKind, ReadText
from ingestion.passages import Heading, Placed, record_id
from ingestion.promises import read_promises
from ingestion.structure import ROLE, THEME

_PARTS = {
    "issue": CommitmentKind.ISSUE, "challenge": CommitmentKind.ISSUE,
    "activit": CommitmentKind.ACTIVITY, "action": CommitmentKind.ACTIVITY,
    "output": CommitmentKind.OUTPUT, "outcome": CommitmentKind.OUTCOME, "milestone": CommitmentKind.OUTPUT,
}  # fmt: skip
_LEADS = re.compile(r"led|lead|overseen|chaired|owned|accountable|responsible|managed|delivered", re.IGNORECASE)
_NUMBER_WORDS = "one two three four five six seven eight nine ten".split()
_EXPECTED = (
    ("lead", CommitmentKind.LEAD),
    ("support", CommitmentKind.SUPPORT),
    ("activities", CommitmentKind.ACTIVITY),
    ("outputs", CommitmentKind.OUTPUT),
    ("outcomes", CommitmentKind.OUTCOME),
)


def read_commitments(
    document: str, read: ReadText, placed: Sequence[Placed], figures: Sequence[Figure]
) -> tuple[list[Theme], list[Commitment]]:
    """Themes and commitments in the source's order; what a theme leaves out is named as missing, never filled in."""
    themes: list[Theme] = []
    commitments: list[Commitment] = []
    for heading in _themes(placed, read):
        inside = [p for p in placed if p.theme == heading]
        own = _theme_commitments(document, inside, read, figures, heading)
        stated = {c.kind for c in own}
        missing = tuple(name for name, kind in _EXPECTED if kind not in stated) if stated else ()
        match = THEME.match(heading.text)
        number = _number(match["number"]) if match else None
        name = (match["name"].strip() if match else "") or heading.text
        lead = next((c.text for c in own if c.kind is CommitmentKind.LEAD), None)
        summary = next(
            (_spaced(read.clean, p) for p in inside if p.part is None and p.passage.kind == "paragraph"), None
        )
        section = inside[0].passage.location.section if inside else (heading.text,)
        section = section[: section.index(heading.text) + 1] if heading.text in section else section
        page = inside[0].passage.location.page if inside else None
        location = Location(document, heading.start, heading.end, page, section)
        themes.append(Theme(document, number, name, heading.text, summary, location, missing))
        for c in own:
            commitments.append(
                Commitment(
                    c.id,
                    c.kind,
                    c.text,
                    c.location,
                    name,
                    number,
                    lead,
                    c.partners,
                    c.figures,
                    c.due,
                    c.parent,
                    missing,
                )
            )
    for c in read_promises(document, read, placed, figures, commitments):
        of = next((t for t in themes if t.heading == c.theme), None)
        outside = replace(c, theme=None) if themes else c  # a plan that has themes has no others
        commitments.append(replace(c, theme=of.name, theme_number=of.number) if of else outside)
    outside_last = {None} if themes else set()
    return themes, sorted(commitments, key=lambda c: (c.theme in outside_last, c.location.start))


def _themes(placed: Sequence[Placed], read: ReadText) -> list[Heading]:
    seen: list[Heading] = []
    for item in placed:
        if item.theme is not None and item.theme not in seen:
            seen.append(item.theme)
    return seen


def _theme_commitments(
    document: str, inside: Sequence[Placed], read: ReadText, figures: Sequence[Figure], heading: Heading
) -> list[Commitment]:
    found: list[Commitment] = []
    parents: dict[int, str] = {}
    for item in inside:
        passage, block = item.passage, item.block
        words = _spaced(read.clean, item)
        if block.kind is BlockKind.ROLE:
            found.extend(_role(document, item, read))
            continue
        kind = next((k for start, k in _PARTS.items() if item.part and item.part.startswith(start)), None)
        if kind is None or passage.kind == "footnote":
            continue
        if block.kind is not BlockKind.BULLET:
            parents.clear()
        parent = next((parents[level] for level in sorted(parents, reverse=True) if level < block.level), None)
        inside_figures = [f for f in figures if passage.location.start <= f.at[0] < passage.location.end]
        due = _due(words, read.date) if kind is not CommitmentKind.ISSUE else None
        commitment = Commitment(
            record_id("commitment", read.origin, passage.location.start, words),
            kind,
            words,
            passage.location,
            figures=tuple(f.id for f in inside_figures),
            due=due,
            parent=parent,
        )
        found.append(commitment)
        level = block.level if block.kind is BlockKind.BULLET else 0
        if level or words.endswith(":"):
            parents = {k: v for k, v in parents.items() if k < level} | {level: commitment.id}
    return found


def _due(words: str, date: str | None) -> str | None:
    """The last period that lies ahead of the document: "by 2050", "over the next 5 years", "in 2022"."""
    written = int(date[:4]) if date else 0
    ahead = [
        p
        for p in read_periods(words)
        if p.relation in ("by", "over") or (p.relation == "in" and (p.first or 0) >= max(written, 1))
    ]
    return ahead[-1].text if ahead else None


def _role(document: str, item: Placed, read: ReadText) -> list[Commitment]:
    """ "Led by A and B" names one lead; "Supported by: A, B" names partners, each a name of its own."""
    start, end = item.passage.location.start, item.passage.location.end
    found: list[Commitment] = []
    for line_start, line_end in _role_lines(read.clean, start, end):
        match = ROLE.match(read.clean[line_start:line_end])
        if match is None or not match["who"].strip():
            continue
        who = match["who"].strip()
        names = split_names(who)
        leads = bool(_LEADS.match(match["role"]))
        loc = item.passage.location
        location = Location(document, line_start, line_end, loc.page, loc.section)
        text = ", ".join(names) if not leads else " ".join(who.split())
        kind = CommitmentKind.LEAD if leads else CommitmentKind.SUPPORT
        found.append(
            Commitment(
                record_id("commitment", read.origin, line_start, text), kind, text, location, partners=tuple(names)
            )
        )
    return found


def _role_lines(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    """A role block may hold several roles on lines of their own; names on further lines belong to the role above."""
    spans: list[list[int]] = []
    offset = start
    for line in clean[start:end].splitlines(keepends=True):
        if ROLE.match(line.strip()) or not spans:
            lead = len(line) - len(line.lstrip())
            spans.append([offset + lead, offset + len(line.rstrip())])
        elif line.strip():
            spans[-1][1] = offset + len(line.rstrip())
        offset += len(line)
    return [(s, e) for s, e in spans]


def split_names(who: str) -> list[str]:
    """Organisations of a list: parted by commas, semicolons, tabs and lines, and "and" before the last of several."""
    parts = re.split(r"[,;\t\n]|\s{3,}|\s\|\s", who)
    names: list[str] = []
    for i, part in enumerate(parts):
        part = " ".join(part.split()).strip(" .")
        part = re.sub(r"^(?:and|with)\s+", "", part)
        if (
            i == len(parts) - 1
            and len(parts) > 1
            and " and " in part
            and not re.search(r"and (?:[A-Z]\w+ )?(?:Council|Partners)$", part)
        ):
            names.extend(p for p in part.split(" and ") if p)
        elif part:
            names.append(part)
    return names


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text.lower() in _NUMBER_WORDS:
        return _NUMBER_WORDS.index(text.lower()) + 1
    return ord(text.upper()) - 64 if len(text) == 1 else None


def _spaced(clean: str, item: Placed) -> str:
    return " ".join(clean[item.passage.location.start : item.passage.location.end].split())
