"""The figure check: no number is shown that is not in a cited source. Independent of how the answer was made.

Every number in the text is tied to a quotation cited in its own sentence, to shown working that is computed again, or
to the question that it denies; where the sentence names an area, the figure must be that area's. Every quotation
stands in its source to the letter and holds the figures cited to it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from answering.answer import Answer, AnswerFigure, Citation
from answering.say import UNIT_NAMES, said_date
from corpus.areas import Gazetteer, areas_by_code
from corpus.document import Document
from corpus.figure import Figure
from corpus.quantity import Quantity, read_quantities
from corpus.table import SHEET_END, TAB, cells_of, column_of, is_value

_CITED = re.compile(r"\[(\d{1,3})\]")
_CODE = re.compile(r"[A-Z]$")
_ROW = re.compile(r"\t|\|")  # between the cells of a document's row
_HEAD_LINES = 3
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Checker:
    """Checks answers against one state of the corpus."""

    def __init__(
        self, documents: Mapping[str, Document], figures: Sequence[Figure] = (), gazetteer: Gazetteer | None = None
    ):
        self.documents = documents
        self.gazetteer = gazetteer
        self._figures: dict[str, list[Figure]] = {}
        for figure in figures:
            self._figures.setdefault(figure.location.document, []).append(figure)

    def problems(self, answer: Answer) -> list[str]:
        """What is wrong with the answer, in sentences; empty where nothing is."""
        found = [p for c in (*answer.citations, *answer.nearest) for p in _quote(c, self.documents)]
        by_id = {c.id: c for c in answer.citations}
        for figure in answer.figures:
            found += _derived(figure, answer) if figure.derived else _cited_figure(figure, by_id)
        for text in (answer.text, *answer.caveats):
            for line in _cited_lines(text):
                found += self._line(line, answer, by_id)
        return list(dict.fromkeys(found))

    def _line(self, line: str, answer: Answer, by_id: Mapping[int, Citation]) -> list[str]:
        """One sentence's numbers, held against what it cites; where it cites nothing, against all that is cited."""
        marks = [int(n) for n in _CITED.findall(line)]
        problems = [f"Citation [{n}] does not exist." for n in marks if n not in by_id]
        cited = [by_id[n] for n in marks if n in by_id]
        words = _CITED.sub(" ", line)
        for date in {said_date(c.date) for c in cited if c.date}:
            words = words.replace(date, " ")  # when a cited document was published
        allowed = self._allowed(answer, cited or [*answer.citations, *answer.nearest], bool(cited))
        allowed += self._noted(words, cited or answer.citations or answer.nearest)
        known = [q for part in allowed for q in read_quantities(part)]
        for quantity in read_quantities(words):
            stated = _is_known(quantity, known) or _stands(quantity.text, [*allowed, answer.question])
            stated = stated or any(f.derived and f.value == quantity.value for f in answer.figures)
            if not stated and not (quantity.unit == "count" and _counts(str(quantity.value), answer)):
                problems.append(f"The figure {quantity.text} is in no source cited for it.")
            elif cited and not _verbatim(words, cited) and self._other_area(quantity, words, cited):
                problems.append(f"The figure {quantity.text} is another area's in the source cited for it.")
        described = [f.measure for f in answer.figures]
        for match in _NUMBER.finditer(words):
            number = match[0]
            if _CODE.search(words[: match.start()]) and any(match[0] in d for d in described):
                continue  # a code ("B8") in the name of what is measured, which a cell above may give
            if _has_number(number, described) and _has_number(number, [c.quote for c in answer.citations]):
                continue  # part of what is measured ("aged 16-64"), which an earlier sentence of the source may name
            if not _has_number(number, [*allowed, answer.question, answer.standalone]) and not _counts(number, answer):
                problems.append(f"The number {number} is in no source cited for it.")
        return problems

    def _allowed(self, answer: Answer, cited: list[Citation], marked: bool) -> list[str]:
        """The texts whose numbers a sentence may use: what it cites, where that stands, and shown working."""
        ids = {c.id for c in cited}
        allowed = [c.quote for c in cited] + [" ".join(c.section) for c in cited] + [c.title for c in answer.citations]
        allowed += [text for c in cited if c.cell for text in self._beside(c)]
        allowed += [self._heads(c) for c in cited if not c.cell]
        allowed += [
            printed
            for figure in answer.figures
            for c in cited
            if figure.citation == c.id and self._unit_above(figure, c)
            for printed in _printed(figure)
        ]
        for figure in answer.figures:
            if figure.working:
                allowed += [figure.working, figure.text]
            if figure.period and (not marked or figure.citation in ids):
                allowed.append(figure.period)
        return allowed

    def _unit_above(self, figure: AnswerFigure, citation: Citation) -> bool:
        """Whether a figure is a table's, whose unit stands above it in the heading, as the table was read."""
        if not (citation.cell or "\t" in citation.quote or " | " in citation.quote):
            return False
        read = [f for f in self._within(citation) if f.quantity.text == figure.text]
        return not read or any(f.quantity.unit == figure.unit for f in read)

    def _beside(self, citation: Citation) -> list[str]:
        """The words of a cited row, and the interval right behind its cell; none of its other figures."""
        document = self.documents.get(citation.document)
        if document is None:
            return []
        cells = [
            text for text, _, _ in cells_of(document.text[citation.start : citation.end], _delimiter(document.text))
        ]
        at = column_of(citation.cell or "")
        near = cells[at + 1 : at + 4] if at is not None else []
        return [text for text in cells if not is_value(text)] + [f"± {text}" for text in near if is_value(text)]

    def _heads(self, citation: Citation) -> str:
        """The first lines of the document's table in which a cited row stands: the names of its columns."""
        document = self.documents.get(citation.document)
        if document is None or not _ROW.search(citation.quote):
            return ""
        block: list[str] = []
        for line in reversed(document.text[: document.text.rfind("\n", 0, citation.start) + 1].split("\n")):
            if line.strip() and not _ROW.search(line):
                break
            block = [line, *block] if line.strip() else block
        return "\n".join(block[:_HEAD_LINES])

    def _noted(self, words: str, places: Sequence[Citation]) -> list[str]:
        """What a line tells of a table after its colon ("The table notes: …"), where that stands in the table's own document."""
        told = [part.strip(" .") for part in re.split(r"(?:”|notes|for): ", words)[1:]]
        texts = [self.documents[c.document].text for c in places if c.cell and c.document in self.documents]
        return [part for part in told if part and any(part in text for text in texts)]

    def _other_area(self, quantity: Quantity, words: str, cited: list[Citation]) -> bool:
        """Whether the sentence names an area just before or behind the figure, and the sources give it to others only."""
        if self.gazetteer is None:
            return False
        if self._another_row(words, cited):
            return True
        own = [f for c in cited for f in self._within(c) if _same(quantity, f.quantity)]
        areas = {self.gazetteer.named(f.area).key for f in own if f.area}
        named = {m.area.key for m in self.gazetteer.find(words)}
        return bool(own) and bool(areas) and bool(named) and not areas & named

    def _another_row(self, words: str, cited: list[Citation]) -> bool:
        """Whether the sentence names a place, and the cells cited for it are of other places by their own labels."""
        assert self.gazetteer is not None
        named = {m.area.key for m in self.gazetteer.find(words)}
        labelled: set[str] = set()
        for c in cited:
            if c.cell is None:
                return False
            label = " | ".join((c.quote, *c.section))
            labelled |= {m.area.key for m in self.gazetteer.find(label, any_case=True)}
            labelled |= {
                areas_by_code()[code][0].lower()
                for code in re.findall(r"\b[A-Z]\d{8}\b", label)
                if code in areas_by_code()
            }
        return bool(named) and bool(labelled) and not named & labelled

    def _within(self, citation: Citation) -> list[Figure]:
        return [
            f
            for f in self._figures.get(citation.document, [])
            if citation.start <= f.at[0] and f.at[1] <= citation.end and f.location.cell == citation.cell
        ]


def check(answer: Answer, documents: Mapping[str, Document]) -> list[str]:
    """What is wrong with an answer, held against the documents alone."""
    return Checker(documents).problems(answer)


def _cited_figure(figure: AnswerFigure, by_id: Mapping[int, Citation]) -> list[str]:
    cited = by_id.get(figure.citation or 0)
    if cited is None:
        return [f"The figure {figure.text} has no citation."]
    if not _stands(figure.text, [cited.quote]):
        return [f"The figure {figure.text} is not in the quotation cited for it."]
    read = read_quantities(figure.text)
    if figure.value is not None and read and figure.unit == read[0].unit and figure.value != read[0].value:
        return [f"The figure {figure.text} is given the value {figure.value}."]
    return []


def _derived(figure: AnswerFigure, answer: Answer) -> list[str]:
    """A derived figure's operands are cited, and its working gives it."""
    if not figure.working or "=" not in figure.working:
        return [f"The derived figure {figure.text} shows no working."]
    left, right = figure.working.rsplit("=", 1)
    if _squeezed(right) != _squeezed(figure.text):
        return [f"The working of {figure.text} ends in another figure."]
    quotes = [c.quote for c in answer.citations]
    problems = [
        f"The operand {number} of {figure.text} is in no cited source."
        for number in _NUMBER.findall(left)
        if not _has_number(number, quotes) and number.replace(",", "") not in ("100", "1000", "100000")
    ]
    result = _computed(left)
    printed = _NUMBER.search(right)
    if result is None or printed is None:
        return [*problems, f"The working of {figure.text} cannot be computed again."]
    shown = Decimal(printed[0].replace(",", ""))
    exponent = shown.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    if abs(abs(result) - shown) > half:
        problems.append(f"The working of {figure.text} gives {result}.")
    return problems


def _computed(expression: str) -> Decimal | None:
    """The value of shown working such as "(a − b) ÷ c × 100", from left to right, brackets first; None if malformed."""
    inner = re.search(r"\(([^()]*)\)", expression)
    if inner:
        value = _computed(inner[1])
        return (
            None if value is None else _computed(expression[: inner.start()] + f"{value:f}" + expression[inner.end() :])
        )
    tokens = re.findall(r"-?\d[\d,]*(?:\.\d+)?%?|[−+×÷]", re.sub(r"[£\s]|percentagepoints?", "", expression))
    if len(tokens) % 2 == 0:
        return None
    percent = ("÷" in expression and "×" not in expression) or ("×" in expression and "÷" not in expression)

    def number(token: str) -> Decimal:
        value = Decimal(token.rstrip("%").replace(",", ""))
        return value / 100 if token.endswith("%") and percent else value

    try:
        value = number(tokens[0])
        for operator, token in zip(tokens[1::2], tokens[2::2], strict=True):
            other = number(token)
            match operator:
                case "−":
                    value -= other
                case "+":
                    value += other
                case "×":
                    value *= other
                case _:
                    value /= other
    except (InvalidOperation, ZeroDivisionError):
        return None
    return value


def _quote(citation: Citation, documents: Mapping[str, Document]) -> list[str]:
    document = documents.get(citation.document)
    if document is None:
        return [f"The document {citation.document} is not in the corpus."]
    if citation.cell is not None:
        return _cell(citation, document.text)
    if _squeezed(citation.quote) != _squeezed(document.text[citation.start : citation.end]):
        return [f"The quotation of citation {citation.id} does not stand in {citation.document}."]
    return []


def _cell(citation: Citation, text: str) -> list[str]:
    """What is wrong with the quotation of a table's cell: each label stands in the row or above it on its sheet, and the
    last part is what stands in the cell of that address."""
    row = text[citation.start : citation.end]
    parts = [part for part in citation.quote.split(" | ") if part]
    sheet = text[text.rfind(SHEET_END, 0, citation.start) + 1 : citation.start]
    inside, above = _squeezed(row).replace('""', '"'), ""
    absent: list[str] = []
    for part in parts:
        if _squeezed(part) in inside:
            continue
        if part is not parts[-1] and part in sheet:
            continue
        above = above or _squeezed(sheet).replace('""', '"')
        if part is parts[-1] or _squeezed(part) not in above:
            absent.append(part)
    problems = [f"'{part}' is not in the row cited." for part in absent]
    at = column_of(citation.cell or "")
    cells = cells_of(row, _delimiter(text))
    if at is not None and parts and (at >= len(cells) or _squeezed(cells[at][0]) != _squeezed(parts[-1])):
        problems.append(f"The cell {citation.cell} does not hold '{parts[-1]}'.")
    return problems


def _delimiter(text: str) -> str:
    """What parts the cells of a table's text: a tab in a workbook's; in a CSV's, what its rows hold most."""
    if SHEET_END in text:
        return TAB
    head = text[:4000]
    return max((",", TAB, ";", "|"), key=head.count)


def _printed(figure: AnswerFigure) -> list[str]:
    """A cell's figure with the sign of its unit, as an answer shows it."""
    if figure.unit.startswith("gbp"):
        return [f"£{figure.text.lstrip('£')}"]
    if figure.unit in UNIT_NAMES:
        return [f"{figure.text} {UNIT_NAMES[figure.unit]}"]
    return [f"{figure.text.rstrip('%')}%"] if figure.unit == "percent" else []


def _cited_lines(text: str) -> Iterable[str]:
    """Sentences with their citation marks: each runs to the marks that close it."""
    for line in text.splitlines():
        start = 0
        for match in re.finditer(r"(?:\[\d{1,3}\]\s*)+[.;:]?(?:\s|$)", line):
            yield line[start : match.end()]
            start = match.end()
        if line[start:].strip():
            yield line[start:]


def _verbatim(words: str, cited: list[Citation]) -> bool:
    """Whether the sentence is the source's own, which says of its figures what the source says."""
    letters = re.sub(r"[^A-Za-z0-9%£]", "", words)
    return any(letters in re.sub(r"[^A-Za-z0-9%£]", "", c.quote) for c in cited)


def _same(a: Quantity, b: Quantity) -> bool:
    return (a.value, a.upper, a.unit) == (b.value, b.upper, b.unit)


def _is_known(quantity: Quantity, known: Iterable[Quantity]) -> bool:
    return any(_same(quantity, k) for k in known)


def _stands(text: str, sources: Iterable[str]) -> bool:
    """Whether the text stands in a source as a whole, not as part of a longer number or word."""
    wanted = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", text))
    pattern = re.compile(rf"(?<!\d)(?<!\d[.,]){wanted}(?!\d|[.,]\d)")
    return any(pattern.search(s) for s in sources)


def _has_number(number: str, sources: Iterable[str]) -> bool:
    wanted = number.replace(",", "").rstrip(".")
    return any(wanted == found.replace(",", "").rstrip(".") for s in sources for found in _NUMBER.findall(s))


def _counts(number: str, answer: Answer) -> bool:
    """ "The plan has 6 themes:" counts the cited list below it."""
    listed = len(re.findall(r"^- ", answer.text, re.MULTILINE))
    return number == str(listed) or (not answer.citations and not answer.figures)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
