"""A briefing note on a theme: what the plan commits to, its figures, what it leaves out, and where each thing stands.

Everything in the note is the source's own words; the note adds headings, numbers of citations, and nothing else.
"""

from dataclasses import dataclass, field
from datetime import date

from briefing.dates import plainly
from briefing.markdown import as_written
from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.figure import Figure
from corpus.index import Generation
from corpus.location import Location
from prompts import reply

_PARTS = tuple(CommitmentKind)
_MEASURED = (CommitmentKind.OUTPUT, CommitmentKind.OUTCOME)


@dataclass(slots=True)
class _Sources:
    """The places that the note cites, numbered in the order in which it first cites them."""

    generation: Generation
    places: list[tuple[str, tuple[str, ...], int | None, str | None]] = field(default_factory=list)

    def cite(self, location: Location) -> str:
        place = (location.document, location.section, location.page, location.cell)
        if place not in self.places:
            self.places.append(place)
        return f"\\[{self.places.index(place) + 1}\\]"

    def lines(self) -> list[str]:
        found = []
        for number, (path, section, page, cell) in enumerate(self.places, 1):
            document = self.generation.documents[path]
            about = [plainly(document.date), "DRAFT" if document.status == "draft" else document.status]
            where = [*section, f"page {page}" if page is not None else None, cell]
            title = f"{document.title} ({', '.join(part for part in about if part)})" if any(about) else document.title
            found.append(f"{number}. {as_written(', '.join((title, *(part for part in where if part))))}")
        return found


def theme_note(generation: Generation, theme: Theme, prepared: date) -> str:
    """The note in Markdown, for a theme of one of the generation's plans, prepared on the day that is given."""
    sources = _Sources(generation)
    commitments = [c for c in generation.commitments if _belongs(c, theme)]
    figures = theme_figures(generation, theme)
    parts = [
        *_head(generation, theme, prepared, sources),
        *_commitments(commitments, sources),
        *_figures(figures, sources),
        *_gaps(theme, commitments),
        "## Sources",
        "\n".join(sources.lines()),
    ]
    return "\n\n".join(parts) + "\n"


def theme_figures(generation: Generation, theme: Theme) -> list[Figure]:
    """The figures of the theme's own commitments, in the plan's order."""
    wanted = {name for c in generation.commitments if _belongs(c, theme) for name in c.figures}
    return [f for f in generation.figures if f.id in wanted]


def _belongs(commitment: Commitment, theme: Theme) -> bool:
    same_plan = commitment.location.document == theme.document
    return same_plan and (commitment.theme_number, commitment.theme) == (theme.number, theme.name)


def _head(generation: Generation, theme: Theme, prepared: date, sources: _Sources) -> list[str]:
    plan = generation.documents[theme.document]
    lines = [f"# Briefing note: {as_written(theme.heading)}"]
    if plan.status == "draft":
        lines.append(f"**DRAFT SOURCE.** {as_written(reply('caveats.draft', title=plan.title))}")
    day = f"{prepared.day} {prepared:%B %Y}"
    lines.append(f"Prepared on {day} from {as_written(plan.title)}{f' ({plainly(plan.date)})' if plan.date else ''}.")
    if theme.summary:
        lines.append(f"{as_written(theme.summary)} {sources.cite(theme.location)}")
    return lines


def _commitments(commitments: list[Commitment], sources: _Sources) -> list[str]:
    lines = ["## What the plan commits to"] if commitments else []
    for kind in _PARTS:
        chosen = [c for c in commitments if c.kind is kind]
        if chosen:
            lines.append(f"### {reply(f'parts.{kind.value}')}")
            lines.append("\n".join(_item(c, sources) for c in chosen))
    return lines


def _item(commitment: Commitment, sources: _Sources) -> str:
    text = ", ".join(commitment.partners) if commitment.kind is CommitmentKind.SUPPORT else commitment.text
    indent = "    " if commitment.parent else ""
    return f"{indent}- {as_written(text.replace('**', ''))} {sources.cite(commitment.location)}"


def _figures(figures: list[Figure], sources: _Sources) -> list[str]:
    if not figures:
        return []
    rows = ["| Figure | Measure | Area | Period | Kind | Source |", "|---|---|---|---|---|---|"]
    for f in figures:
        cells = (f.quantity.text, f.measure, f.area or "not stated", f.period or "not stated", f.kind.value)
        rows.append(f"| {' | '.join(as_written(cell) for cell in cells)} | {sources.cite(f.location)} |")
    return ["## Key figures", "\n".join(rows)]


def _gaps(theme: Theme, commitments: list[Commitment]) -> list[str]:
    gaps = []
    for part in theme.missing:
        name = f"not_found.{part}" if part in ("lead", "support") else "not_found.part"
        gaps.append(reply(name, theme=theme.heading, part=part))
    for kind in _MEASURED:
        named = reply(f"parts.{kind.value}")
        chosen = [c for c in commitments if c.kind is kind]
        bare = sum(1 for c in chosen if not c.figures)
        undated = sum(1 for c in chosen if not c.due)
        if chosen and bare:
            gaps.append(f"{named}: {bare} of {len(chosen)} give no figure.")
        if chosen and undated:
            gaps.append(f"{named}: {undated} of {len(chosen)} give no date.")
    return ["## What the plan leaves out", "\n".join(f"- {as_written(gap)}" for gap in gaps)] if gaps else []
