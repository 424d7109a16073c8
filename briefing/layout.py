"""What stands where in a briefing, for every format: headings, key figures, promises by kind, sources."""

import re
from collections.abc import Iterator

from answering.answer import Citation
from answering.say import bare_period, upper_first
from briefing.brief import Briefing, KeyFigure, Promise
from briefing.dates import plainly
from corpus.commitment import CommitmentKind
from corpus.figure import Figure
from prompts import reply

COLUMNS = ("Measure", "Area", "Figure", "Period", "Source")
ANSWERS = "Questions and answers"


def row(key: KeyFigure, made: Briefing) -> tuple[str, ...]:
    """A key figure as the cells of the table."""
    f = key.figure
    return (measure(f), f.area or "Not stated", key.text, period(f), place(made.sources[key.number - 1]))


def measure(figure: Figure) -> str:
    """A measure with a capital, and what kind of statement it is where that is not where things stand."""
    text = upper_first(figure.measure)
    said = {"target": "target", "forecast": "forecast"}.get(figure.kind.value)
    return f"{text} ({said})" if said else text


def period(figure: Figure) -> str:
    """A period in a cell: "2020" of "in 2020"."""
    if not figure.period:
        return "Not stated"
    return upper_first(bare_period(" ".join(figure.period.split())))


def place(c: Citation) -> str:
    """The number of a source, its title without what stands in brackets, and its page."""
    title = re.sub(r"\s*\([^()]*\)$", "", c.title)
    return f"[{c.id}] {title}{f', page {c.page}' if c.page is not None else ''}"


def promises(made: Briefing) -> Iterator[tuple[str, list[Promise]]]:
    """What the plan commits to, by kind in the order of a logic chain, under the words for it."""
    for kind in CommitmentKind:
        chosen = [p for p in made.promises if p.commitment.kind is kind]
        if chosen:
            yield reply(f"parts.{kind.value}"), chosen


def source(c: Citation) -> str:
    """A source in full: title, date and status, section, page or cell."""
    about = [plainly(c.date), "DRAFT" if c.status == "draft" else None]
    said = f"{c.title} ({', '.join(part for part in about if part)})" if any(about) else c.title
    parts = [said, *c.section, f"page {c.page}" if c.page is not None else None, c.cell]
    return ", ".join(part for part in parts if part)


def quote(c: Citation, longest: int = 40) -> str:
    """The words cited, shortened to so many."""
    words = c.quote.replace("**", "").split()
    return " ".join(words) if len(words) <= longest else f"{' '.join(words[:longest])} …"
