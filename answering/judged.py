"""What the judge found becomes an answer without a language model: the source's own words first, its figure marked."""

from collections.abc import Callable, Sequence

from answering.answer import Answer, AnswerFigure, Status
from answering.cite import Citations, draft_caveats
from answering.say import answer_figure, bare_period, in_place, measure_said, plain, shown, upper_first
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.quantity import read_quantities
from corpus.statement import Statement
from prompts import reply
from retrieval.judged.evidence import Evidence, Found, Scored
from retrieval.judged.kind import Kind

_LONGEST = 420  # characters of a quoted statement that are shown; the whole is cited


def compose_judged(evidence: Evidence, generation: Generation) -> Answer | None:
    """The answer that the evidence gives; None where it gives none."""
    composers: dict[Found, Callable[[Evidence, Citations], Answer]] = {
        Found.FIGURE: _figure,
        Found.WORDS: _words,
        Found.SIDES: _sides,
    }
    composer = composers.get(evidence.found)
    return composer(evidence, Citations(generation)) if composer is not None else None


def _figure(evidence: Evidence, citations: Citations) -> Answer:
    """The source's own sentence that holds the figure; a cell as its table names it."""
    lines: list[str] = []
    figures: list[AnswerFigure] = []
    for scored in evidence.kept:
        assert scored.figure is not None
        line, number = _figure_line(scored.statement, scored.figure, citations)
        if line not in lines:
            lines.append(line)
        figures.append(answer_figure(scored.figure, number))
        figures += [answer_figure(f, number) for f in _beside(scored.figure, citations.generation)]
    for other in (s.figure for s in evidence.also if s.figure is not None):
        number = citations.figure(other)
        lines.append(reply("answer.other_release", text=shown(other), n=number))
        figures.append(answer_figure(other, number))
    return _answered(evidence, citations, " ".join(lines), list(dict.fromkeys(figures)))


def _beside(figure: Figure, generation: Generation) -> list[Figure]:
    """What the same sentence gives for other places: "41%, compared with 45% in Anyshire"; and in another unit: "31% or
    1,401 jobs"."""
    if figure.location.cell is not None:
        return []
    same = [f for f in generation.figures_in(figure.location.document) if f.location == figure.location]
    places = [f for f in same if f.group is not None and f.group == figure.group and f.area != figure.area]
    again = [
        f
        for f in same
        if (f.measure, f.area, f.period) == (figure.measure, figure.area, figure.period)
        and f.quantity.unit != figure.quantity.unit
    ]
    return [*again, *places]


def _sides(evidence: Evidence, citations: Citations) -> Answer:
    """Cells of one series that are set side by side, each as its table names it."""
    lines: list[str] = []
    figures: list[AnswerFigure] = []
    for scored in evidence.kept:
        if scored.figure is not None and scored.gap is None:
            line, number = _figure_line(scored.statement, scored.figure, citations)
            lines.append(line)
            figures.append(answer_figure(scored.figure, number))
    return _answered(evidence, citations, " ".join(lines), figures)


def _words(evidence: Evidence, citations: Citations) -> Answer:
    """The source's own words, the most telling first; for a topic under the document's own headings."""
    kind = evidence.question.kind
    if kind in (Kind.TOPIC, Kind.LIST) and len(evidence.kept) > 1:
        lines: list[str] = []
        under: tuple[str, ...] | None = None
        for scored in evidence.kept:
            headings = scored.statement.headings[-1:]
            if kind is Kind.TOPIC and headings and headings != under:
                lines.append(f"**{headings[0]}**")
                under = headings
            lines.append(f"- {_quoted(scored, citations)}")
        text = "\n".join(lines)
    else:
        text = " ".join(_quoted(s, citations) for s in evidence.kept)
    figures = _figures_within(citations) if kind in (Kind.COMPARE, Kind.TREND) else []
    best = evidence.kept[0]
    if best.figure is not None:
        _, number = _figure_line(best.statement, best.figure, citations)
        figures = list(dict.fromkeys([answer_figure(best.figure, number), *figures]))
    return _answered(evidence, citations, text, figures)


def _answered(evidence: Evidence, citations: Citations, text: str, figures: Sequence[AnswerFigure]) -> Answer:
    question = evidence.question
    caveats = [*draft_caveats(citations), *_caveats(evidence)]
    return Answer(
        question.text,
        question.standalone,
        Status.ANSWERED,
        text,
        figures=tuple(figures),
        citations=tuple(citations.made),
        caveats=tuple(dict.fromkeys(caveats)),
    )


def _caveats(evidence: Evidence) -> list[str]:
    found: list[str] = []
    for figure in (s.figure for s in evidence.kept if s.figure is not None):
        if figure.kind is FigureKind.FORECAST:
            found.append(reply("caveats.forecast"))
        if figure.reliability:
            found.append(reply("caveats.reliability", note=figure.reliability))
        if figure.population:
            found.append(reply("caveats.population", population=figure.population))
    return found


# ---- statements in words ---------------------------------------------------------------------------------------------


def _figure_line(statement: Statement, figure: Figure, citations: Citations) -> tuple[str, int]:
    """A figure in words, and the number of its citation."""
    if figure.location.cell is not None:
        number = citations.figure(figure)
        return f"{_cell_words(figure, citations.generation)} [{number}].", number
    number = citations.statement(statement, figure.at)
    said = _cell_of_row(statement, figure, citations.generation) or _said(statement, citations)
    return f"{said} [{number}].", number


def _cell_of_row(statement: Statement, figure: Figure, generation: Generation) -> str | None:
    """A cell of a document's table in words: its row's label, its column's name, and the cell as it is printed."""
    passage = (
        next((p for p in generation.passages if p.id == statement.passage), None) if statement.kind == "row" else None
    )
    cell = next((c for c in passage.cells if c.start <= figure.at[0] < c.end), None) if passage else None
    if passage is None or cell is None or cell.label:
        return None
    text = generation.documents[statement.location.document].text
    labels = [" ".join(text[c.start : c.end].split()) for c in passage.cells if c.label]
    named = ", ".join(dict.fromkeys(p for p in (*labels, cell.column) if p))
    return f"{named}: {' '.join(text[cell.start : cell.end].split())}" if named else None


def _cell_words(figure: Figure, generation: Generation) -> str:
    """A cell as its table names it: "Ballot box turnout, Anytown, 2022: 36.8%"."""
    measure = upper_first(measure_said(figure, generation))
    parts = [measure]
    if figure.area and figure.area.lower() not in measure.lower():
        parts.append(in_place(figure.area))
    if figure.period and figure.period not in measure:
        parts.append(bare_period(figure.period))
    return f"{', '.join(parts)}: {shown(figure)}"


def _quoted(scored: Scored, citations: Citations) -> str:
    """A statement in the source's own words with its citation; a row that was copied out of a document as its figure."""
    statement = scored.statement
    if statement.location.cell is not None and scored.marks:
        return _figure_line(statement, scored.marks[0][0], citations)[0]
    number = citations.statement(statement)
    return f"{_said(statement, citations)} [{number}]."


def _said(statement: Statement, citations: Citations) -> str:
    """The statement's words, behind what they continue; of a row its label and its cells."""
    document = citations.generation.documents[statement.location.document]
    if statement.kind == "row":
        words = "; ".join(statement.text.split(" | "))
    else:
        words = " ".join(plain(document, statement.location.start, statement.location.end).split())
    words = words.rstrip(" .;:,")
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    stem = statement.stem
    if stem and not read_quantities(stem) and not any(c.isdigit() for c in stem) and statement.kind == "bullet":
        return f"{stem}: {words}"
    return words


def _figures_within(citations: Citations) -> list[AnswerFigure]:
    """The figures that the cited words hold, in the order of the answer."""
    found: list[AnswerFigure] = []
    for c in citations.made:
        for figure in citations.generation.figures_in(c.document):
            if c.start <= figure.at[0] and figure.at[1] <= c.end and figure.location.cell is None:
                found.append(answer_figure(figure, c.id))
    return found
