"""Evidence becomes an answer without a language model: the direct answer first, then comparators, then caveats."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from answering.answer import Answer, AnswerFigure, Citation, Status
from answering.calculate import derive
from corpus.commitment import Commitment, CommitmentKind
from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import clauses
from corpus.location import Location
from prompts import reply
from retrieval.found import Evidence, Found
from retrieval.question import Asks, Question
from retrieval.wording import Compares

_UNCLEAR_START = re.compile(
    r"^(?:it|this|these|they|that|those|there|he|she|which|who|whose|and|but|or|however|resulting|such|also|either)\b",
    re.I,
)
_LEAD_IN = re.compile(
    r"^(?:in addition(?: to this)?|in particular|however|in relation to [\w ]{1,20}|as an example|as a comparison|to compare|also"
    r"|therefore|furthermore|moreover|due to [^,]{3,60}|as a result(?: of [^,]{3,80})?|indeed|in addition to this)[,\s]+",
    re.IGNORECASE,
)  # fmt: skip
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|make|makes|made|sits?|stands?|stood|shows?|earns?|work|works)\b"
)
_LONGEST_CLAUSE = 40  # words


@dataclass(slots=True)
class _Citations:
    """Numbers citations in the order in which they are first used; one place is one citation."""

    generation: Generation
    made: list[Citation] = field(default_factory=list)

    def figure(self, figure: Figure) -> int:
        return self._add(figure.location, figure.quote, figure.source, figure.at)

    def span(self, location: Location, start: int, end: int) -> int:
        document = self.generation.documents[location.document]
        quote = document.text[start:end]
        place = replace(location, start=start, end=end)
        return self._add(place, quote, None, (start, end))

    def _add(self, place: Location, quote: str, source: str | None, mark: tuple[int, int]) -> int:
        for i, c in enumerate(self.made):
            if (c.document, c.start, c.end, c.cell) == (place.document, place.start, place.end, place.cell):
                self.made[i] = replace(
                    c, highlights=tuple(dict.fromkeys((*c.highlights, mark))), source=c.source or source
                )
                return c.id
        document = self.generation.documents[place.document]
        self.made.append(citation(len(self.made) + 1, document, place, quote, source, (mark,)))
        return len(self.made)


def citation(
    number: int, document: Document, place: Location, quote: str, source: str | None, marks: tuple[tuple[int, int], ...]
) -> Citation:
    """A citation of a place, in the shape of the contract."""
    return Citation(
        id=number,
        document=document.path,
        title=document.title,
        date=document.date,
        page=place.page,
        section=place.section,
        cell=place.cell,
        quote=quote,
        start=place.start,
        end=place.end,
        source=source,
        status=document.status,
        highlights=marks,
    )


def compose(evidence: Evidence, generation: Generation) -> Answer:
    """The answer that the evidence gives, or a refusal with the nearest evidence."""
    question = evidence.question
    citations = _Citations(generation)
    if evidence.document is not None:
        return _about_document(evidence, citations)
    if question.asks is Asks.THEMES and evidence.themes:
        return _list_themes(evidence, citations)
    if evidence.commitments or evidence.missing:
        return _commitments(evidence, generation, citations)
    if evidence.unclear:
        text = reply("clarify.subject")
        return _answer(question, Status.CLARIFY, text, suggestions=evidence.unclear)
    if evidence.dated:
        return _when(evidence, citations)
    if evidence.operands:
        return _worked_out(evidence, generation, citations)
    if evidence.answers:
        return _figures(evidence, generation, citations)
    if evidence.sentences:
        return _text(evidence, citations)
    return refuse(evidence, generation)


def refuse(evidence: Evidence, generation: Generation) -> Answer:
    """``not_found``, with the nearest evidence named as such and no figure offered as the answer."""
    question = evidence.question
    area = question.unknown_area or (question.areas[0].name if question.areas else None)
    own = generation.own_area
    wants = question.wants_figure or question.asks is Asks.FIGURE
    if wants and area and not (own and question.areas and question.areas[0].key == own.key):
        text = reply("not_found.figure_area", area=area)
    elif wants and question.periods:
        text = reply(
            "not_found.figure_period", period=re.sub(r"^(?:in|by|for|during)\s+", "", question.periods[0].text)
        )
    elif wants:
        text = reply("not_found.figure")
    else:
        text = reply("not_found.text")
    return _answer(question, Status.NOT_FOUND, text, nearest=_nearest(evidence, generation))


def _nearest(evidence: Evidence, generation: Generation) -> tuple[Citation, ...]:
    citations = _Citations(generation)
    for match in evidence.rejected:
        if match.coverage > 0.3:
            citations.figure(match.figure)
    for theme in evidence.themes[:1]:
        citations.span(theme.location, theme.location.start, theme.location.end)
    for passage in evidence.passages:
        if len(citations.made) >= 3:
            break
        if passage.location.cell is None:
            citations.span(passage.location, passage.location.start, passage.location.end)
    return tuple(citations.made[:3])


def _figures(evidence: Evidence, generation: Generation, citations: _Citations) -> Answer:
    question = evidence.question
    lead = evidence.answers[0].figure
    if (blank := _blank(lead)) and re.search(
        r"\btarget|\bto\b|\bwill\b|\baim|\bgoal|\bincrease", question.standalone, re.IGNORECASE
    ):
        nearest = _nearest(evidence, generation)
        return _answer(question, Status.NOT_FOUND, reply("not_found.blank", words=blank), nearest=nearest)
    partner = _said_together(lead, evidence, generation)
    shown: list[tuple[Figure, int]] = []
    parts: list[str] = []
    for match in evidence.answers:
        figure = match.figure
        if any(figure.id == f.id for f, _ in shown):
            continue
        number = citations.figure(figure)
        shown.append((figure, number))
        if figure.id == lead.id and partner is not None:
            shown.append((partner, number))
        parts.append(_sentence(figure, number, generation, parts))
    for figure in evidence.comparators:
        number = citations.figure(figure)
        shown.append((figure, number))
        if not _says(parts, figure, number):
            parts.append(reply("answer.comparator", area=figure.area or "", text=_shown(figure), n=number))
    text = " ".join(dict.fromkeys(parts))
    caveats = _caveats(evidence, [f for f, _ in shown], generation, citations)
    known = {f.id for f, _ in shown}
    shown += [(f, citations.figure(f)) for f in _other_values(evidence) if f.id not in known]
    figures = tuple(_answer_figure(f, n) for f, n in shown)
    return _answer(question, Status.ANSWERED, text, figures=figures, citations=tuple(citations.made), caveats=caveats)


def _worked_out(evidence: Evidence, generation: Generation, citations: _Citations) -> Answer:
    """A comparison, or a figure worked out from cited figures with its working shown; the operands are always given."""
    question = evidence.question
    operands = [m.figure for m in evidence.operands]
    derived = derive(question, operands)
    cited = [(f, citations.figure(f)) for f in operands]
    parts = [_stated(f, n, generation) for f, n in cited]
    figures = [_answer_figure(f, n) for f, n in cited]
    ranks = question.compares in (Compares.HIGHEST, Compares.LOWEST)
    units = {f.quantity.unit for f in operands}
    caveats: list[str] = []
    if derived is not None:
        parts = [derived.says, *parts, reply("derived.working", working=derived.working)]
        measure = f"{question.compares.value if question.compares else 'figure'}: {operands[0].measure}"
        figures.insert(
            0,
            AnswerFigure(
                derived.text,
                derived.value,
                derived.unit,
                measure,
                None,
                operands[0].period,
                "derived",
                None,
                None,
                True,
                derived.working,
            ),
        )
    elif len(units) > 1:
        caveats.append(reply("derived.unlike"))
    elif ranks:
        ordered = sorted(cited, key=lambda item: item[0].quantity.value, reverse=question.compares is Compares.HIGHEST)
        top, number = ordered[0]
        what = f"{top.measure}, {top.area}" if top.area else top.measure
        name = "derived.highest" if question.compares is Compares.HIGHEST else "derived.lowest"
        parts = [
            reply(name, text=_shown(top), what=what, n=number),
            *(_stated(f, n, generation) for f, n in ordered[1:6]),
        ]
        figures = [_answer_figure(f, n) for f, n in ordered]
    elif len(operands) == 2:
        parts.append(_which_is_higher(operands))
    caveats += _draft_caveats(citations)
    return _answer(
        question,
        Status.ANSWERED,
        " ".join(parts),
        figures=tuple(figures),
        citations=tuple(citations.made),
        caveats=tuple(caveats),
    )


def _stated(figure: Figure, number: int, generation: Generation) -> str:
    """A figure in a sentence of its own that says measure, area and period."""
    measure = _measure(figure, generation)
    period = re.sub(r"^in\s+", "", figure.period, flags=re.IGNORECASE) if figure.period else None
    if figure.area and period:
        return reply(
            "answer.figure_period",
            measure=measure,
            area=figure.area,
            period=_in_running_text(period),
            text=_shown(figure),
            n=number,
        )
    if figure.area:
        return reply("answer.figure", measure=measure, area=figure.area, text=_shown(figure), n=number)
    return reply("answer.figure_no_area", measure=measure, text=_shown(figure), n=number)


def _which_is_higher(operands: list[Figure]) -> str:
    high, low = sorted(operands, key=lambda f: -f.quantity.value)
    if high.quantity.value == low.quantity.value:
        return reply("derived.equal")
    if high.area != low.area and high.area and low.area:
        return reply("derived.higher", high=high.area, low=low.area)
    if high.measure != low.measure:
        return reply("derived.higher", high=_upper_first(high.measure), low=low.measure)
    return reply("derived.higher", high=_upper_first(high.period or _shown(high)), low=low.period or _shown(low))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said_together(figure: Figure, evidence: Evidence, generation: Generation) -> Figure | None:
    """ "31% or 1,401 retail jobs": the same thing in another unit, in the same words."""
    for other in generation.figures:
        if (
            other.id != figure.id
            and other.location == figure.location
            and other.measure == figure.measure
            and other.area == figure.area
            and other.quantity.unit != figure.quantity.unit
        ):
            return other
    return None


def _says(parts: list[str], figure: Figure, number: int) -> bool:
    """Whether a sentence that is already there gives this figure with its area."""
    area = (figure.area or "").lower()
    return any(
        figure.quantity.text in p and f"[{number}]" in p and (area in p.lower() or not area or "respectively" in p)
        for p in parts
    )


def _sentence(figure: Figure, number: int, generation: Generation, before: list[str]) -> str:
    """The figure in a sentence that says measure, area and period: the source's own clause where that can stand alone."""
    own = _own_clause(figure, generation)
    if own is not None:
        sentence = f"{own} [{number}]."
        return sentence if sentence not in before else ""
    area = figure.area or ""
    due = f" {figure.period}" if figure.period else ""
    text = _shown(figure)
    measure = _measure(figure, generation)
    if figure.kind is FigureKind.TARGET:
        if figure.baseline:
            return reply(
                "answer.target_baseline", measure=measure, text=text, due=due, baseline=figure.baseline, n=number
            )
        return reply("answer.target", measure=measure, text=text, due=due, n=number)
    if figure.kind is FigureKind.FORECAST:
        return reply("answer.forecast", measure=measure, text=text, due=due, area=area, n=number)
    return _stated(figure, number, generation)


def _own_clause(figure: Figure, generation: Generation) -> str | None:
    """The clause of the source that holds the figure, where it is a whole sentence that names its own area."""
    if figure.location.cell is not None or figure.stem:
        return None
    document = generation.documents[figure.location.document]
    text = _plain(document, figure.location.start, figure.location.end)
    at = figure.at[0] - figure.location.start
    if "respectively" in text or "(" in text:
        return None
    for start, end in clauses(text):
        if start <= at < end:
            clause = " ".join(text[start:end].split()).rstrip(" .;:,?")
            if start > 0 and not re.match(r"[A-Z0-9£]", clause):
                return None
            clause = _LEAD_IN.sub("", clause)
            clause = clause[0].upper() + clause[1:] if clause else clause
            if _UNCLEAR_START.match(clause) or len(clause.split()) > _LONGEST_CLAUSE or not _FINITE.search(clause):
                return None
            named = [m.area.key for m in generation.gazetteer.find(clause)]
            area = generation.gazetteer.named(figure.area).key if figure.area else None
            if figure.quantity.text not in clause or (area and area not in named):
                return None
            return clause
    return None


def _plain(document: Document, start: int, end: int) -> str:
    """The words of a span with footnote marks and emphasis blanked, offsets kept."""
    text = document.text[start:end]
    for mark_start, mark_end in document.footnote_marks:
        if start <= mark_start < end:
            text = text[: mark_start - start] + " " * (mark_end - mark_start) + text[mark_end - start :]
    return re.sub(r"\*\*|__", "  ", text).replace("\n", " ")


def _shown(figure: Figure) -> str:
    """The figure as printed; a bare number of a table with its unit's sign and thousands commas."""
    text = " ".join(figure.quantity.text.split())
    unit = figure.quantity.unit
    if re.fullmatch(r"[-−]?\d{5,}", text):
        text = f"{int(text.replace('−', '-')):,}"
    if re.fullmatch(r"[-−]?[\d,]+(?:\.\d+)?", text):
        if unit == "percent":
            return f"{text}%"
        if unit == "gbp":
            return f"£{text}"
    return re.sub(r"(\d)\s+%", r"\1%", text)


def _answer_figure(figure: Figure, number: int) -> AnswerFigure:
    q = figure.quantity
    return AnswerFigure(
        text=q.text,
        value=q.value,
        unit=q.unit,
        measure=figure.measure,
        area=figure.area,
        period=figure.period,
        kind=figure.kind.value,
        qualifier=q.qualifier,
        citation=number,
        upper=q.upper,
    )


def _caveats(evidence: Evidence, shown: list[Figure], generation: Generation, citations: _Citations) -> tuple[str, ...]:
    """What the reader has to know: unlike units, several values, forecast, table notes, draft status."""
    caveats: list[str] = []
    lead = shown[0]
    for other in evidence.comparators:
        if other.quantity.unit != lead.quantity.unit:
            caveats.append(reply("caveats.units", one=lead.quantity.text, other=other.quantity.text))
    for figure in _other_values(evidence):
        number = citations.figure(figure)
        caveats.append(reply("answer.also", text=_shown(figure), n=number))
    if blank := _blank(lead):
        caveats.append(reply("caveats.blank", words=blank))
    if lead.kind is FigureKind.FORECAST:
        caveats.append(reply("caveats.forecast"))
    if lead.population:
        caveats.append(reply("caveats.population", population=lead.population))
    if lead.reliability and lead.location.cell:
        caveats.append(reply("caveats.reliability", note=lead.reliability))
    caveats += _draft_caveats(citations)
    return tuple(dict.fromkeys(caveats))


def _other_values(evidence: Evidence) -> list[Figure]:
    """Figures of the documents that give another value for the measure of the answer."""
    lead = evidence.answers[0].figure
    others = [f for f in evidence.same if f.quantity.value != lead.quantity.value and f.location.cell is None]
    return others[:3]


def _draft_caveats(citations: _Citations) -> list[str]:
    titles = dict.fromkeys(c.title for c in citations.made if c.status == "draft")
    return [reply("caveats.draft", title=title) for title in titles]


def _list_themes(evidence: Evidence, citations: _Citations) -> Answer:
    themes = evidence.themes
    counted = tuple(_answer_figure(m.figure, citations.figure(m.figure)) for m in evidence.answers)
    opening = reply("answer.themes_opening", count=len(themes))
    lines = [opening.replace(":", f" [{counted[0].citation}]:") if counted else opening]
    for theme in themes:
        number = citations.span(theme.location, theme.location.start, theme.location.end)
        lines.append(f"- {theme.heading} [{number}]")
    return _answer(
        evidence.question,
        Status.ANSWERED,
        "\n".join(lines),
        figures=counted,
        citations=tuple(citations.made),
        caveats=tuple(_draft_caveats(citations)),
    )


def _commitments(evidence: Evidence, generation: Generation, citations: _Citations) -> Answer:
    question = evidence.question
    if question.theme is None and evidence.commitments:
        return _roles(evidence, generation, citations)
    if not evidence.themes:
        text = reply("not_found.theme", number=question.theme_number, count=len(generation.themes))
        return _answer(question, Status.NOT_FOUND, text, nearest=_nearest(evidence, generation))
    theme = evidence.themes[0]
    if not evidence.commitments:
        return _answer(question, Status.NOT_FOUND, _not_stated(evidence), nearest=_nearest(evidence, generation))
    if question.asks in (Asks.LEAD, Asks.SUPPORT):
        lines = [_role(c, generation, citations) for c in evidence.commitments]
    else:
        lines = _theme_lines(evidence, citations)
    if evidence.missing:
        lines.append(_not_stated(evidence))
    return _answer(
        question,
        Status.ANSWERED,
        "\n".join(lines),
        figures=_commitment_figures(evidence.commitments, generation, citations),
        citations=tuple(citations.made),
        caveats=tuple(_draft_caveats(citations)),
    )


def _roles(evidence: Evidence, generation: Generation, citations: _Citations) -> Answer:
    """Which themes an organisation leads or supports."""
    lines = [f"- {_role(c, generation, citations)}" for c in evidence.commitments]
    name = "not_found.lead" if CommitmentKind.LEAD in evidence.question.parts else "not_found.support"
    for theme in evidence.themes:
        number = citations.span(theme.location, theme.location.start, theme.location.end)
        lines.append(f"- {reply(name, theme=theme.heading)} [{number}]")
    caveats = tuple(_draft_caveats(citations))
    text = "\n".join(lines)
    return _answer(evidence.question, Status.ANSWERED, text, citations=tuple(citations.made), caveats=caveats)


def _role(c: Commitment, generation: Generation, citations: _Citations) -> str:
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


def _theme_lines(evidence: Evidence, citations: _Citations) -> list[str]:
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
    commitments: tuple[Commitment, ...], generation: Generation, citations: _Citations
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
            found.append(_answer_figure(figure, number))
    return tuple(found)


def _text(evidence: Evidence, citations: _Citations) -> Answer:
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
            words_of = " ".join(_plain(generation.documents[place.document], place.start, place.end).split()).rstrip(
                ".;,"
            )
            lines.append(f"- {words_of} [{number}]")
        text = "\n".join(lines)
    else:
        ordered = sorted(evidence.sentences[1:], key=lambda f: (f.passage.location.document, f.start))
        text = " ".join(_quoted(found, citations) for found in (best, *ordered))
    return _answer(
        evidence.question,
        Status.ANSWERED,
        text,
        figures=_figures_within(evidence, citations),
        citations=tuple(citations.made),
        caveats=tuple(_draft_caveats(citations)),
    )


def _opener(evidence: Evidence) -> Found | None:
    """The sentence that opens the list, where it is not one of its items."""
    listed = {p.id for p in evidence.listed}
    return next((f for f in evidence.sentences if f.passage.id not in listed), None)


def _quoted(found: Found, citations: _Citations) -> str:
    number = citations.span(found.passage.location, found.start, found.end)
    document = citations.generation.documents[found.passage.location.document]
    words_of = " ".join(_plain(document, found.start, found.end).split()).rstrip(".;:")
    return f"{words_of} [{number}]."


def _figures_within(evidence: Evidence, citations: _Citations) -> tuple[AnswerFigure, ...]:
    """The figures that the cited words hold, so that each is named with what it measures; the best match first."""
    found: list[tuple[int, Figure, int]] = []
    rank = {m.figure.id: i for i, m in enumerate(evidence.rejected)}
    for figure in citations.generation.figures:
        for c in citations.made:
            if c.document == figure.location.document and c.start <= figure.at[0] and figure.at[1] <= c.end:
                found.append((rank.get(figure.id, 99), figure, c.id))
                break
    found.sort(key=lambda item: item[0])
    return tuple(_answer_figure(figure, number) for _, figure, number in found)


def _about_document(evidence: Evidence, citations: _Citations) -> Answer:
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
        parts.append(reply("document.draft", n=number))
    elif document.status:
        parts.append(reply("document.status", status=document.status))
    else:
        parts.append(reply("document.no_status"))
    if document.publisher:
        parts.append(reply("document.publisher", publisher=document.publisher))
    return _answer(evidence.question, Status.ANSWERED, " ".join(parts), citations=tuple(citations.made))


def _when(evidence: Evidence, citations: _Citations) -> Answer:
    """When: the period in the source's words, then the sentence that states it."""
    dated = evidence.dated[0]
    number = citations.span(dated.passage.location, dated.start, dated.end)
    document = citations.generation.documents[dated.passage.location.document]
    period = document.text[slice(*dated.at)]
    sentence = " ".join(_plain(document, dated.start, dated.end).split()).rstrip(".;")
    text = f"{_upper_first(' '.join(period.split()))} [{number}]. “{sentence}” [{number}]."
    value, unit = (
        (dated.period.years, "years") if dated.period.years else (dated.period.last or dated.period.first, "year")
    )
    figures = list(_figures_within(evidence, citations))
    if value is not None:
        kind = figures[0].kind if figures else "baseline"
        figures.insert(0, AnswerFigure(period, Decimal(value), unit, sentence, None, period, kind, None, number))
    return _answer(
        evidence.question,
        Status.ANSWERED,
        text,
        figures=tuple(figures),
        citations=tuple(citations.made),
        caveats=tuple(_draft_caveats(citations)),
    )


def _blank(figure: Figure) -> str | None:
    """The words in which a source leaves a target blank: "from x (14% in 2017) to x"."""
    match = re.search(
        r"\bfrom\s+(?:x|xx|tbc|\.{3})\b[^.]{0,40}\bto\s+(?:x|xx|tbc|\.{3})|\bto\s+(?:x{1,3}|tbc)\b",
        figure.quote,
        re.IGNORECASE,
    )
    return match[0] if match else None


def _answer(
    question: Question,
    status: Status,
    text: str,
    *,
    figures: tuple[AnswerFigure, ...] = (),
    citations: tuple[Citation, ...] = (),
    caveats: tuple[str, ...] = (),
    nearest: tuple[Citation, ...] = (),
    suggestions: tuple[str, ...] = (),
) -> Answer:
    return Answer(question.text, question.standalone, status, text, figures, citations, caveats, suggestions, nearest)


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _in_running_text(period: str) -> str:
    return re.sub(r"^(?:Before|Since|Over|By|From|Between|After|Within|During)\b", lambda m: m[0].lower(), period)


def _measure(figure: Figure, generation: Generation) -> str:
    """The measure in running text: its first word in small letters where the source itself writes it so."""
    text = figure.measure
    first = re.match(r"[A-Z][a-z]+\b", text)
    source = generation.documents[figure.location.document].text
    if first and re.search(rf"\b{first[0].lower()}\b", source):
        return text[0].lower() + text[1:]
    return text
