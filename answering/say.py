"""Figures in sentences: measure, area, period and the figure as printed, in the source's own clause where it can stand."""

import re

from answering.answer import AnswerFigure
from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import clauses
from prompts import reply

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

# "the UK", "the East Midlands", "the Isle of …"; a district such as "East Anywhere" goes without.
_TAKES_THE = re.compile(
    r"(?:UK|U\.K\.|United Kingdom|(?:North|South)[ -]?(?:East|West)(?: region)?|(?:East|West) Midlands|East of England"
    r"|(?:City|County|Borough|District|Isle|Vale|Rest) of .+|\w+ (?:region|area|borough|district|county))$",
    re.IGNORECASE,
)


def sentence(figure: Figure, number: int, generation: Generation, before: list[str]) -> str:
    """The figure in a sentence that says measure, area and period: the source's own clause where that can stand alone."""
    own = _own_clause(figure, generation)
    if own is not None:
        sentence = f"{own} [{number}]."
        return sentence if sentence not in before else ""
    area = figure.area or ""
    due = _due(figure.period)
    text = shown(figure)
    measure = measure_said(figure, generation)
    if figure.kind is FigureKind.TARGET:
        if figure.baseline:
            return reply(
                "answer.target_baseline", measure=measure, text=text, due=due, baseline=figure.baseline, n=number
            )
        return reply("answer.target", measure=measure, text=text, due=due, n=number)
    if figure.kind is FigureKind.FORECAST:
        said = _said_of(figure, measure, generation)
        if said is not None:
            return f"{said} [{number}]."
        return reply("answer.forecast", measure=measure, text=text, due=due, area=area, n=number)
    return stated(figure, number, generation)


def _due(period: str | None) -> str:
    """When a target is to be reached, as it follows the figure: " by 2030", or " for 2030" where only the year is stated."""
    if not period:
        return ""
    return f" for {period}" if re.match(r"\d|Q\d", period) else f" {in_running_text(period)}"


def stated(figure: Figure, number: int, generation: Generation) -> str:
    """A figure in a sentence of its own that says measure, area and period."""
    measure = measure_said(figure, generation)
    if (said := _said_of(figure, measure, generation)) is not None:
        return f"{said} [{number}]."
    period = bare_period(figure.period) if figure.period else None
    if figure.area and period:
        return reply(
            "answer.figure_period",
            measure=measure,
            area=in_place(figure.area),
            period=in_running_text(period),
            text=shown(figure),
            n=number,
        )
    if figure.area:
        return reply("answer.figure", measure=measure, area=in_place(figure.area), text=shown(figure), n=number)
    return reply("answer.figure_no_area", measure=measure, text=shown(figure), n=number)


def _said_of(figure: Figure, measure: str, generation: Generation) -> str | None:
    """Where the measure itself is what is said of the figure: "92% of all firms are small", "400 homes will be built"."""
    if figure.location.cell is not None or not _FINITE.search(measure):
        return None
    behind = generation.documents[figure.location.document].text[figure.at[1] : figure.location.end]
    joined = re.match(rf"(\s+of)?\s+(?:the\s+)?{re.escape(measure[:12])}", behind, re.IGNORECASE)
    if joined is None:
        return None
    named = {m.area.key for m in generation.gazetteer.find(measure)}
    unnamed = figure.area and generation.gazetteer.named(figure.area).key not in named
    said = f"{shown(figure)}{' of' if joined[1] else ''} {measure}"
    return upper_first(said) + (f" ({figure.area})" if unnamed else "")


def _own_clause(figure: Figure, generation: Generation) -> str | None:
    """The clause of the source that holds the figure, where it is a whole sentence that names its own area."""
    if figure.location.cell is not None or figure.stem:
        return None
    document = generation.documents[figure.location.document]
    text = plain(document, figure.location.start, figure.location.end)
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
            named = [m.area for m in generation.gazetteer.find(clause)]
            area = generation.gazetteer.named(figure.area) if figure.area else None
            if figure.quantity.text.lower() not in clause.lower():
                return None
            if area is None or area.key in [a.key for a in named]:
                return clause
            return None if named else f"{clause} ({figure.area})"
    return None


def plain(document: Document, start: int, end: int) -> str:
    """The words of a span with footnote marks and emphasis blanked, offsets kept."""
    text = document.text[start:end]
    for mark_start, mark_end in document.footnote_marks:
        if start <= mark_start < end:
            text = text[: mark_start - start] + " " * (mark_end - mark_start) + text[mark_end - start :]
    return re.sub(r"\*\*|__", "  ", text).replace("\n", " ")


def shown(figure: Figure) -> str:
    """The figure as printed; a bare number of a table with its unit's sign and thousands commas."""
    text = " ".join(figure.quantity.text.split())
    if figure.quantity.qualifier and text.lower().startswith(figure.quantity.qualifier):
        text = text[0].lower() + text[1:]  # "Some 36%" opened a sentence of the source
    unit = figure.quantity.unit
    if re.fullmatch(r"[-−]?\d{5,}", text):
        text = f"{int(text.replace('−', '-')):,}"
    if many := re.search(r"(?:^|_)(thousand|million|billion)s$", unit):
        sign = "£" if unit.startswith("gbp") and "£" not in text else ""
        return f"{sign}{text} ({many[1]})"
    if re.fullmatch(r"[-−]?[\d,]+(?:\.\d+)?", text):
        if unit == "percent":
            return f"{text}%"
        if unit == "gbp":
            return f"£{text}"
        named = UNIT_NAMES.get(unit)
        if named and not re.search(rf"\b{named.split()[0].rstrip('s')}", figure.measure, re.IGNORECASE):
            return f"{text} {named}"
    return re.sub(r"(\d)\s+%", r"\1%", text)


# How the unit of a bare number is said, where a table gives it above the column.
UNIT_NAMES = {
    "kg": "kg", "tonnes": "tonnes", "kilotonnes": "kilotonnes", "mw": "MW", "mwh": "MWh", "kwh": "kWh", "hectares": "hectares",
    "sq_m": "sq m", "sq_ft": "sq ft", "minutes": "minutes", "hours": "hours", "days": "days", "weeks": "weeks",
    "months": "months", "miles": "miles", "km": "km",
}  # fmt: skip

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def said_date(date: str) -> str:
    """A date in ISO 8601, as precise as it is, in words: "2024-11-20" is "20 November 2024"; "2021-09", "September 2021"."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", date)
    if match is None or not 1 <= int(match[2]) <= 12:
        return date
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{_MONTHS[int(match[2]) - 1]} {match[1]}"


def answer_figure(figure: Figure, number: int) -> AnswerFigure:
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


def in_place(area: str) -> str:
    """An area's name as it stands behind "in" or "for": "the UK", but "Anytown"."""
    return f"the {area}" if _TAKES_THE.match(area) else area


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def bare_period(period: str) -> str:
    """A period without the word that only leads up to it: "2020" of "in 2020"; "by 2030" and "since 2016" say more."""
    return re.sub(r"^(?:in|for|during)\s+", "", period, flags=re.IGNORECASE)


def in_running_text(period: str) -> str:
    """A period as it stands within a sentence: "by 2030", not "By 2030"."""
    return re.sub(r"^(?:Before|Since|Over|By|From|Between|After|Within|During)\b", lambda m: m[0].lower(), period)


# "… by level and local authority, academic years": how a table's title says that it is cut up, and nothing of what it measures.
_CUT_UP = re.compile(
    r"\s+by\s+(?:(?!by\b)[\w-]+,?\s+){0,5}?(?:authority|authorities|districts?|areas?|regions?|county|country|sex|gender|age|levels?|industry"
    r"|sectors?|tenure|type|size|category|quarter|month|year)\b(?:\s*(?:,|and)\s*(?:[\w-]+\s){0,2}?(?:authority|district|area|region|sex"
    r"|age|level|industry|sector|tenure|type|size|year)s?\b)*(?:\s+(?:bands?|groups?|classes))?",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:academic|financial|calendar|selected)\s+(?:years?|areas?)|years?\s+ending|(?:annual|quarterly|monthly)(?:\s+data)?",
    re.IGNORECASE,
)
_ONE_OF = 3  # words: a shorter name before the title of a table is one of what the title counts


def _without_soup(measure: str) -> str:
    """A cell's measure as it is said: "Higher, starts by level, academic years" is "starts (higher)"."""
    parts = [p for p in _CUT_UP.sub("", measure).split(", ") if p and not _SAYS_NOTHING.fullmatch(p)]
    if len(parts) == 2 and len(parts[0].split()) <= _ONE_OF and "(" not in measure and not parts[1][0].isdigit():
        first = parts[0] if parts[0][1:2].isupper() else parts[0][0].lower() + parts[0][1:]
        return f"{parts[1]} ({first})"
    return ", ".join(parts) or measure


# How a sentence is linked to the one before it.
_LINKS = re.compile(
    r"^(?:in comparison|by contrast|by comparison|in addition|however|overall|similarly),\s+", re.IGNORECASE
)


def measure_said(figure: Figure, generation: Generation) -> str:
    """The measure in running text: its first word in small letters where the source itself writes it so, and what a
    colon sets apart in brackets: "construction (LQ)"."""
    measure = _LINKS.sub("", figure.measure)
    if figure.location.cell is not None:
        measure = re.sub(r"\s+[-–—]\s+", ", ", _without_soup(figure.measure))  # "Annual pay - Gross"
    text = re.sub(r"^([^:()]+): ([^:()]+)$", r"\1 (\2)", measure)
    first = re.match(r"[A-Z][a-z]+\b(?!\s+[A-Z])", text)  # "Growth Hub" is a name
    source = generation.documents[figure.location.document].text
    if first and re.search(rf"\b{first[0].lower()}\b", source):
        return text[0].lower() + text[1:]
    return text
