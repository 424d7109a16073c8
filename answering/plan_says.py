"""What a plan says in words: its themes, who leads and supports, commitments, open questions, dates, and itself."""

import re
from decimal import Decimal

from answering.answer import Answer, AnswerFigure, Status
from answering.cite import Citations, draft_caveats
from answering.frame import answer, nearest
from answering.say import answer_figure, plain, upper_first
from corpus.commitment import Commitment, CommitmentKind
from corpus.figure import Figure
from corpus.index import Generation
from corpus.location import Location
from corpus.quantity import read_quantities
from prompts import reply
from retrieval.expects import LENGTH, Expects
from retrieval.found import Evidence, Found
from retrieval.question import Asks
from retrieval.rows import cell_of

_NOT_SAID = re.compile(
    r"[,(\s]*\byes\s?/\s?no\b\)?\??"
    r"|\s*(?:\b(?:over|in|for|by|to|from)\s+|,\s*|\()?(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\)?",
    re.IGNORECASE,
)
_LONGEST_ROW = 500  # characters: of a longer row, only the cell is quoted


def list_themes(evidence: Evidence, citations: Citations) -> Answer:
    themes = evidence.themes
    counted = tuple(answer_figure(m.figure, citations.figure(m.figure)) for m in evidence.answers)
    opening = reply("answer.themes_opening", count=len(themes))
    lines = [opening.replace(":", f" [{counted[0].citation}]:") if counted else opening]
    for theme in themes:
        number = citations.span(theme.location, theme.location.start, theme.location.end)
        lines.append(f"- {theme.heading} [{number}]")
    return answer(
        evidence.question,
        Status.ANSWERED,
        "\n".join(lines),
        figures=counted,
        citations=tuple(citations.made),
        caveats=tuple(draft_caveats(citations)),
    )


def commitments(evidence: Evidence, generation: Generation, citations: Citations) -> Answer:
    question = evidence.question
    if question.theme is None and evidence.commitments:
        return _roles(evidence, generation, citations)
    if not evidence.themes:
        text = reply("not_found.theme", number=question.theme_number, count=len(generation.themes))
        return answer(question, Status.NOT_FOUND, text, nearest=nearest(evidence, generation))
    if not evidence.commitments:
        return answer(question, Status.NOT_FOUND, _not_stated(evidence), nearest=nearest(evidence, generation))
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


def _roles(evidence: Evidence, generation: Generation, citations: Citations) -> Answer:
    """Which themes an organisation leads or supports."""
    lines = [f"- {_role(c, generation, citations)}" for c in evidence.commitments]
    name = "not_found.lead" if CommitmentKind.LEAD in evidence.question.parts else "not_found.support"
    for theme in evidence.themes:
        number = citations.span(theme.location, theme.location.start, theme.location.end)
        lines.append(f"- {reply(name, theme=theme.heading)} [{number}]")
    caveats = tuple(draft_caveats(citations))
    text = "\n".join(lines)
    return answer(evidence.question, Status.ANSWERED, text, citations=tuple(citations.made), caveats=caveats)


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


def text(evidence: Evidence, citations: Citations) -> Answer:
    """The source's own sentences; where they open a list, the whole list in the source's order."""
    generation = citations.generation
    best = evidence.sentences[0]
    lines: list[str] = []
    if evidence.listed:
        opener = _opener(evidence)
        if opener is not None:
            lines.append(_quoted(opener, citations).rstrip("."))
        elif best.passage.stem:
            lines.append(f"{best.passage.stem}:")
        for passage in evidence.listed:
            place = passage.location
            number = citations.span(place, place.start, place.end)
            words_of = " ".join(plain(generation.documents[place.document], place.start, place.end).split()).rstrip(
                ".;,"
            )
            lines.append(f"- {words_of} [{number}]")
        text = "\n".join(lines)
    elif evidence.spelled_out is not None:
        short, long = evidence.spelled_out
        number = citations.span(best.passage.location, best.start, best.end)
        further = [_quoted(found, citations) for found in evidence.sentences[1:]]
        text = " ".join([reply("answer.stands_for", short=short, long=long, n=number), *further])
    else:
        ordered = sorted(evidence.sentences[1:], key=lambda f: (f.passage.location.document, f.start))
        text = " ".join(_quoted(found, citations) for found in (best, *ordered))
    return answer(
        evidence.question,
        Status.ANSWERED,
        text,
        figures=(*_lengths(evidence, citations), *_figures_within(evidence, citations)),
        citations=tuple(citations.made),
        caveats=tuple(draft_caveats(citations)),
    )


def _lengths(evidence: Evidence, citations: Citations) -> tuple[AnswerFigure, ...]:
    """The lengths of time in the first sentence, where one is asked for: "within three weeks" is 3 weeks."""
    if evidence.question.expects is not Expects.HOW_LONG:
        return ()
    best = evidence.sentences[0]
    number = citations.span(best.passage.location, best.start, best.end)
    found: list[AnswerFigure] = []
    for match in LENGTH.finditer(citations.made[number - 1].quote):
        for quantity in read_quantities(match[0]):
            found.append(
                AnswerFigure(
                    quantity.text, quantity.value, quantity.unit, best.text, None, None, "baseline", None, number
                )
            )
    return tuple(found)


def _opener(evidence: Evidence) -> Found | None:
    """The sentence that opens the list, where it is not one of its items."""
    listed = {p.id for p in evidence.listed}
    return next((f for f in evidence.sentences if f.passage.id not in listed), None)


def _quoted(found: Found, citations: Citations) -> str:
    if found.passage.cells:
        return _of_row(found, citations)
    number = citations.span(found.passage.location, found.start, found.end)
    document = citations.generation.documents[found.passage.location.document]
    words_of = " ".join(plain(document, found.start, found.end).split()).rstrip(".;:")
    return f"{words_of} [{number}]."


def _of_row(found: Found, citations: Citations) -> str:
    """What a row of a table says in one of its cells, with what the row is about and the name of the column."""
    place = found.passage.location
    whole = place.end - place.start <= _LONGEST_ROW or re.search(r"\d", found.passage.label or "") is not None
    start, end = (place.start, place.end) if whole else (found.start, found.end)
    number = citations.span(place, start, end, (found.start, found.end))
    document = citations.generation.documents[place.document]
    words_of = " ".join(plain(document, found.start, found.end).split()).strip(" .;:•")
    cell = cell_of(found.passage, found.start)
    label, column = found.passage.label or "", _column(cell.column) if cell and not cell.label else ""
    if cell is None or cell.label or not label:
        return f"{words_of} [{number}]."
    if column:
        return reply("answer.cell", label=label, column=column, text=words_of, n=number)
    return reply("answer.cell_only", label=label, text=words_of, n=number)


def _column(name: str) -> str:
    """A column's name in a sentence: without "Yes/No", and without years, which no quotation of a row holds."""
    name = _NOT_SAID.sub("", name).strip(" ,–-")
    return "" if re.search(r"\d", name) else name


def _figures_within(evidence: Evidence, citations: Citations) -> tuple[AnswerFigure, ...]:
    """The figures that the cited words hold, so that each is named with what it measures; the best match first."""
    found: list[tuple[int, Figure, int]] = []
    rank = {m.figure.id: i for i, m in enumerate(evidence.rejected)}
    for figure in citations.generation.figures:
        for c in citations.made:
            marked = any(start <= figure.at[0] and figure.at[1] <= end for start, end in c.highlights)
            if c.document == figure.location.document and marked:
                found.append((rank.get(figure.id, 99), figure, c.id))
                break
    found.sort(key=lambda item: item[0])
    return tuple(answer_figure(figure, number) for _, figure, number in found)


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


def when(evidence: Evidence, citations: Citations) -> Answer:
    """When: the period in the source's words, then the sentence that states it."""
    dated = evidence.dated[0]
    number = citations.span(dated.passage.location, dated.start, dated.end)
    document = citations.generation.documents[dated.passage.location.document]
    period = document.text[slice(*dated.at)]
    sentence = " ".join(plain(document, dated.start, dated.end).split()).rstrip(".;")
    text = f"{upper_first(' '.join(period.split()))} [{number}]. “{sentence}” [{number}]."
    value, unit = (
        (dated.period.years, "years") if dated.period.years else (dated.period.last or dated.period.first, "year")
    )
    figures = list(_figures_within(evidence, citations))
    if value is not None:
        kind = figures[0].kind if figures else "baseline"
        figures.insert(0, AnswerFigure(period, Decimal(value), unit, sentence, None, period, kind, None, number))
    return answer(
        evidence.question,
        Status.ANSWERED,
        text,
        figures=tuple(figures),
        citations=tuple(citations.made),
        caveats=tuple(draft_caveats(citations)),
    )


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
