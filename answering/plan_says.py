"""What a plan says of its themes, and what a document says of itself."""

import re

from answering.answer import Answer, AnswerFigure, Status
from answering.cite import Citations, draft_caveats
from answering.frame import answer
from answering.say import answer_figure
from corpus.commitment import Commitment, CommitmentKind
from corpus.index import Generation
from corpus.location import Location
from prompts import reply
from retrieval.evidence import Evidence
from retrieval.question import Asks


def of_themes(evidence: Evidence, citations: Citations) -> Answer:
    """The themes of a plan, or what one of them holds."""
    return (
        list_themes(evidence, citations) if evidence.question.asks is Asks.THEMES else commitments(evidence, citations)
    )


def list_themes(evidence: Evidence, citations: Citations) -> Answer:
    themes = evidence.themes
    lines = [reply("answer.themes_opening", count=len(themes))]
    for theme in themes:
        number = citations.span(theme.location, theme.location.start, theme.location.end)
        lines.append(f"- {theme.heading} [{number}]")
    return answer(
        evidence.question,
        Status.ANSWERED,
        "\n".join(lines),
        citations=tuple(citations.made),
        caveats=tuple(draft_caveats(citations)),
    )


def commitments(evidence: Evidence, citations: Citations) -> Answer:
    """Who leads and supports a theme, or what it holds, part by part; what the plan does not state is said."""
    question, generation = evidence.question, citations.generation
    if not evidence.themes:
        text = reply("not_found.theme", number=question.theme_number, count=len(generation.themes))
        return answer(question, Status.NOT_FOUND, text)
    if not evidence.commitments:
        place = evidence.themes[0].location
        citations.span(place, place.start, place.end)
        return answer(question, Status.NOT_FOUND, _not_stated(evidence), nearest=tuple(citations.made))
    if question.asks in (Asks.LEAD, Asks.SUPPORT):
        lines = [_role(c, generation, citations) for c in evidence.commitments]
    else:
        lines = _theme_lines(evidence, citations)
    if evidence.missing:
        lines.append(_not_stated(evidence))
    return answer(
        question,
        Status.ANSWERED,
        "\n".join(lines),
        figures=_commitment_figures(evidence.commitments, generation, citations),
        citations=tuple(citations.made),
        caveats=tuple(draft_caveats(citations)),
    )


def _role(c: Commitment, generation: Generation, citations: Citations) -> str:
    """ "Theme 2 – Business Growth is led by DBC [1].", in the source's own word for the role."""
    number = citations.span(c.location, c.location.start, c.location.end)
    theme = next((t.heading for t in generation.themes if t.name == c.theme), c.theme or "")
    if c.kind is CommitmentKind.SUPPORT:
        return reply("answer.support", theme=theme, who=_and(c.partners), n=number)
    said = generation.documents[c.location.document].text[c.location.start : c.location.end]
    if re.match(r"\W*led\b", said, re.IGNORECASE):
        return reply("answer.lead", theme=theme, who=c.text, n=number)
    role = said[: said.find(c.text.split(",")[0])].strip(" :*_").lower()
    return reply("answer.overseen", theme=theme, who=c.text, n=number, role=role)


def _not_stated(evidence: Evidence) -> str:
    theme = evidence.themes[0].heading
    said = []
    for part in evidence.missing:
        name = f"not_found.{part}" if part in ("lead", "support") else "not_found.part"
        said.append(reply(name, theme=theme, part=part))
    return " ".join(said)


def _theme_lines(evidence: Evidence, citations: Citations) -> list[str]:
    theme = evidence.themes[0]
    lines: list[str] = []
    kinds = list(dict.fromkeys(c.kind for c in evidence.commitments))
    if theme.summary and not evidence.question.parts:
        number = citations.span(theme.location, theme.location.start, theme.location.end)
        lines.append(f"**{theme.heading}** [{number}]")
    for kind in kinds:
        lines.append(f"\n{reply(f'parts.{kind.value}')} – {theme.heading}:")
        for c in evidence.commitments:
            if c.kind is kind:
                number = citations.span(c.location, c.location.start, c.location.end)
                lines.append(f"{'  ' if c.parent else ''}- {_item(c)} [{number}]")
    return [line.lstrip("\n") if i == 0 else line for i, line in enumerate(lines)]


def _item(c: Commitment) -> str:
    return ", ".join(c.partners) if c.kind is CommitmentKind.SUPPORT else c.text


def _commitment_figures(
    commitments: tuple[Commitment, ...], generation: Generation, citations: Citations
) -> tuple[AnswerFigure, ...]:
    wanted = {name for c in commitments for name in c.figures}
    found: list[AnswerFigure] = []
    for figure in generation.figures:
        if figure.id in wanted:
            number = next(
                c.id
                for c in citations.made
                if c.document == figure.location.document and c.start <= figure.at[0] and figure.at[1] <= c.end
            )
            found.append(answer_figure(figure, number))
    return tuple(found)


def about_document(evidence: Evidence, citations: Citations) -> Answer:
    """What the document says of its own date and status, in its own words; else what the register says."""
    document = evidence.document
    assert document is not None
    place = Location(document.path, 0, 0)
    parts: list[str] = []
    if document.date_at is not None:
        number = citations.span(place, *document.date_at)
        parts.append(
            reply("document.date", title=document.title, date=document.text[slice(*document.date_at)], n=number)
        )
    else:
        parts.append(reply("document.no_date", title=document.title))
    if document.status_at is not None:
        number = citations.span(place, *document.status_at)
        marked = "document.draft" if document.status == "draft" else "document.marked"
        parts.append(reply(marked, status=document.status, n=number))
    elif document.status:
        parts.append(reply("document.status", status=document.status))
    else:
        parts.append(reply("document.no_status"))
    if document.publisher:
        parts.append(reply("document.publisher", publisher=document.publisher))
    return answer(evidence.question, Status.ANSWERED, " ".join(parts), citations=tuple(citations.made))


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
