"""Rows of tables in documents: the row that a question names by its label, and the cell that speaks to the rest of it.

"Occupancy of Hill End" names a row by a part of its label, and "occupancy" a column. "Which areas are graded Good?"
names what a column says, and asks for the rows in which it says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.areas import without_places_and_periods
from corpus.figure import Figure
from corpus.language import STOPWORDS, sentences, words
from corpus.passage import Passage, RowCell
from corpus.period import periods_agree, read_periods
from retrieval.decide import Decider
from retrieval.found import Found
from retrieval.labels import label_stems, numbered_nouns
from retrieval.match import Fit, Match
from retrieval.question import Asks, Question

_COVERS = 0.6  # of what is asked beside the row's name, the least that a cell must speak to
_COVERS_ALONE = 0.4  # or this much, where the row is surely named and no other cell speaks to it nearly as well
_NAMES = 0.45  # of what tells a row from the others, the least that a question must say
# A term stands in the row itself, and not only above its table; so must most of what is asked.
_SAID_IN_ROW, _MOST = 0.7, 0.6
_COVERS_OF_ROW = 0.75  # of what is asked beside the role ("leads", "cost"), the least that a row must speak to
_DEFINES = re.compile(r"\b(?:definition|description|meaning|what it means)\b", re.IGNORECASE)
_COVERS_ALL = 0.66  # of what is asked, the least that a row must speak to whose column is only a place or a time
_LONGEST = 60  # words: a longer cell is quoted in part
_FEW_WORDS = 4  # in a cell that says of which sort a row is


class RowFinder:
    """Finds the row and the cell of a document's table that a question asks about."""

    def __init__(self, decider: Decider) -> None:
        self.decider, self.matcher, self.generation = decider, decider.matcher, decider.generation
        self._names = decider.labels
        self._figures: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.generation.figures:
            self._figures[figure.location.document].append(figure)

    def cell(self, question: Question) -> Found | None:
        """The cell that answers; None where no row is named, or no cell of it speaks to what is asked."""
        if not self._names.tables or question.asks in (Asks.DOCUMENT, Asks.THEMES):
            return None
        if (by_role := self._in_role(question)) is not None:
            return by_role
        if question.asks in (Asks.LEAD, Asks.SUPPORT):
            return None
        scored = [
            (self._speaks(question, passage, cell), named, passage, cell)
            for passage, named in self._named(question)
            if self._in_area(question, passage)
            for cell in passage.cells
            if not cell.label and self._in_time(question, passage, cell.column)
        ]
        scored.sort(key=lambda item: -(item[0] + 0.1 * item[1]))
        if not scored:
            return None
        score, named, passage, cell = scored[0]
        other = scored[1][0] if len(scored) > 1 else 0.0
        if score >= _COVERS or (score >= _COVERS_ALONE and named >= _COVERS and other < 0.8 * score):
            return self._found(question, passage, cell, score)
        return None

    def _in_role(self, question: Question) -> Found | None:
        """ "Who leads the bus study?", "When will it be done?", "What does it cost?": the cell of the column that says so, in
        the row that the rest of the question speaks of."""
        role = role_asked(question)
        if role is None:
            return None
        terms = [t for t in question.terms if not role.fullmatch(t.text)]
        best: list[tuple[float, Passage, RowCell]] = []
        for rows in self._names.tables.values():
            for passage in rows:
                cell = next((c for c in passage.cells if not c.label and role.search(c.column)), None)
                if cell is None or not self._words(passage, cell) or not terms:
                    continue
                if not (self._in_area(question, passage) and self._in_time(question, passage)):
                    continue
                said = " ".join(self._words(passage, c) for c in passage.cells if c is not cell)
                own = self.matcher.words_in((f"{passage.label} {said}", 1.0), (self._about(passage), 0.5))
                weights = [(self.matcher.rarity(t.stems), self.matcher.covers(own, t)) for t in terms]
                share = sum(w * c for w, c in weights) / sum(w for w, _ in weights)
                if any(
                    t.text[0].isupper() and t.start > 0 and self.matcher.covers(own, t) < _SAID_IN_ROW for t in terms
                ):
                    continue  # a name that stands above the table names the document, not the row
                named = sum(w for w, c in weights if c > _SAID_IN_ROW) / sum(w for w, _ in weights)
                if share >= _COVERS_OF_ROW and named >= _MOST:
                    best.append((share, passage, cell))
        best.sort(key=lambda item: -item[0])
        if not best or (len(best) > 1 and best[1][0] > best[0][0] - 0.05 and best[1][1].label != best[0][1].label):
            return None
        share, passage, cell = best[0]
        return self._found(question, passage, cell, share)

    def only_others_say(self, question: Question, found: Found) -> bool:
        """Whether a word that narrows what is asked ("office rents") is said in this column of other rows, not of this."""
        passage, cell = found.passage, cell_of(found.passage, found.start)
        if cell is None:
            return False
        rows = self._names.tables[passage.location.document, passage.table or 0]
        column = [(p, c) for p in rows if p is not passage for c in p.cells if c.column == cell.column]
        own = self.matcher.words_of(f"{self._about(passage)} {cell.column} {passage.text}")
        for term, after in pairwise(question.terms):
            narrows = 0 <= after.start - term.end <= 1 and self.matcher.covers(own, after) >= _SAID_IN_ROW
            if narrows and self.matcher.covers(own, term) < _SAID_IN_ROW:
                said = (self.matcher.words_of(self._words(p, c)) for p, c in column)
                if any(self.matcher.covers(there, term) >= _SAID_IN_ROW for there in said):
                    return True
        return False

    def of_sort(self, question: Question) -> tuple[Found, ...]:
        """The rows of which a column says what the question says: "graded Good". None where no column does."""
        asked = re.match(r"\s*(?:which|what|list|name|who)\b", question.standalone, re.IGNORECASE)
        if not asked or (not question.several and not re.match(r"\s*(?:which|list|name)\b", asked[0], re.IGNORECASE)):
            return ()
        said = label_stems(question.standalone)
        best: tuple[int, float, int, list[Found]] = (0, 0.0, 0, [])
        for rows in self._names.tables.values():
            sorts: dict[tuple[str, str], list[Found]] = defaultdict(list)
            for passage in rows:
                for cell in passage.cells:
                    value = self._words(passage, cell)
                    if not cell.label and 0 < len(value.split()) <= _FEW_WORDS and any(c.isalpha() for c in value):
                        sorts[cell.column, value.lower()].append(self._found(question, passage, cell, 1.0))
            for (column, value), found in sorts.items():
                stated = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", question.standalone.lower())
                shared = label_stems(column) & said
                if not stated or not shared or (value in ("yes", "no") and len(shared) < 2):
                    continue
                about = self._about(found[0].passage)
                share = self._share(question, f"{about} {column} {value}")
                fit = (
                    len(value.split()),
                    round(share, 2),
                    -len(found[0].passage.text),
                )  # the table that says least beside it
                if share >= _COVERS and fit > best[:3]:
                    best = (*fit, found)
        return tuple(best[3])

    def figures(self, question: Question, found: Found, matches: list[Match]) -> list[Match]:
        """The figures of a cell that answer the question, best first; none where the cell's words say it better."""
        inside = [
            m
            for m in matches
            if m.figure.location.document == found.passage.location.document
            and Fit.WRONG not in (m.area, m.period)
            and found.start <= m.figure.at[0] < found.end
        ]
        label = self._names.stems[found.passage.id]
        said = label_stems(question.standalone)
        per = re.search(r"\bper\s+(?!cent)\w", question.standalone) is not None
        scored: list[tuple[float, Match]] = []
        for match in inside:
            name = label_stems(match.figure.measure) - label - label_stems(match.figure.area or "") - STOPWORDS
            named = len(name & said) / len(name) if name else 0.0
            if match.other_unit and named < 0.5:
                continue
            fits = " per " in match.figure.measure if per else match.figure.quantity.unit in question.units
            scored.append((named + (0.5 if fits else 0.0), match))
        scored.sort(key=lambda item: -item[0])
        if not scored or scored[0][0] < 0.5:
            return []
        kept: list[Match] = []
        covered: set[str] = set()
        for score, match in scored:
            speaks = label_stems(match.figure.measure) & said - label
            if score >= 0.6 * scored[0][0] or (score >= 0.45 and speaks - covered):
                kept.append(replace(match, coverage=1.0))
                covered |= speaks
        return kept

    def _named(self, question: Question) -> list[tuple[Passage, float]]:
        """Rows that the question names, with how much of what tells each from its table's others it says."""
        said = label_stems(question.standalone) | numbered_nouns(question.standalone)
        chosen: list[tuple[float, Passage]] = []
        for rows in self._names.tables.values():
            scored: list[tuple[float, float, Passage]] = []
            for passage in rows:
                label = self._names.stems[passage.id]
                share, own, tells = self._names.share(passage, said)
                whole = label <= said
                if (whole or tells) and (whole or share >= _NAMES or self._begins(passage, said)):
                    scored.append((1.0 if whole else 0.9 * share, own, passage))
            if not scored:
                continue
            top = max(own for _, own, _ in scored)
            kept = [(share, p) for share, own, p in scored if own >= top - 1e-9]
            if len({p.label for _, p in kept}) == 1:
                chosen += kept
        return [(p, share) for share, p in chosen]

    def _in_area(self, question: Question, passage: Passage) -> bool:
        """Whether a row may speak for the places asked about: its words name one, or its document is about it."""
        own = self.generation.own_areas.get(passage.location.document, self.generation.own_area)
        asked = {a.key for a in question.areas}
        named = {m.area.key for m in self.generation.gazetteer.find(f"{self._about(passage)} {passage.text}")}
        return not asked or bool(asked & named) or (own is not None and own.key in asked)

    @staticmethod
    def _in_time(question: Question, passage: Passage, column: str = "") -> bool:
        """Whether a row, its column and its caption name no time, or one that is asked about."""
        asked = [p for p in question.periods if p.first is not None]
        times = read_periods(" ".join((column, passage.text, passage.stem or ""))) if asked else []
        dated = [t for t in times if t.first is not None or t.last is not None]
        return not dated or any(periods_agree(a, t) for a in asked for t in dated)

    def _begins(self, passage: Passage, said: set[str]) -> bool:
        """Whether the question says the proper name with which a label begins: "Codnor Gate" of "Codnor Gate Estate, Ripley"."""
        first = [w.stem for w in words(passage.label or "")][:2]
        return len(first) == 2 and set(first) <= said

    def _about(self, passage: Passage) -> str:
        """What a row is about, by its own words and by those that stand above its table."""
        title = self.generation.documents[passage.location.document].title
        own = self.generation.own_areas.get(passage.location.document)
        kind = next((c.column for c in passage.cells if c.label), "")
        parts = (passage.label, passage.stem, *passage.location.section, title, own.name if own else "", kind)
        return " ".join(part for part in parts if part)

    def _speaks(self, question: Question, passage: Passage, cell: RowCell) -> float:
        """How much of what is asked beside the row's own name the cell speaks to: 0 to 1."""
        about = self.matcher.words_of(self._about(passage))
        column = self.matcher.words_of(cell.column)
        text = self.matcher.words_of(self._words(passage, cell))
        total = covered = 0.0
        for term in question.terms:
            if self.matcher.covers(about, term) >= 0.5 and not self.matcher.covers(column, term):
                continue
            weight = self.matcher.rarity(term.stems)
            total += weight
            covered += weight * max(self.matcher.covers(column, term), 0.85 * self.matcher.covers(text, term))
        if question.asks is Asks.DEFINITION and _DEFINES.search(cell.column):
            return 1.0
        named = label_stems(cell.column)
        if not self._says_what(cell.column):
            whole = [(self.matcher.rarity(t.stems), self.matcher.covers(about, t)) for t in question.terms]
            share = sum(w * min(1.0, c) for w, c in whole) / sum(w for w, _ in whole) if whole else 0.0
            return share if share >= _COVERS_ALL and self._fits(question, cell.column) else 0.0
        if named and named <= label_stems(question.standalone):
            return 1.0
        weak = set(question.weak) & (label_stems(cell.column) | label_stems(self._words(passage, cell)))
        unit = any(f.quantity.unit in question.units for f in self._within(passage, cell))
        return min(1.0, covered / total) + 0.05 * len(weak) + (0.1 if unit else 0.0) if total else 0.0

    def _says_what(self, column: str) -> bool:
        """Whether a column's name says more than a place or a time."""
        left = without_places_and_periods(column, self.generation.gazetteer)
        return left == column or any(c.isalpha() for c in left)

    def _fits(self, question: Question, column: str) -> bool:
        """Whether a column's place and time are those asked for."""
        places = {m.area.key for m in self.generation.gazetteer.find(column)}
        asked = {a.key for a in question.areas}
        times = read_periods(column)
        return (not places or bool(places & asked)) and (
            not times or any(periods_agree(a, t) for a in question.periods for t in times)
        )

    def speaks_for(self, question: Question, found: Found) -> bool:
        """Whether a cell with no figure that fits may still answer for one: it is no number ("To be set")."""
        return not any(c.isdigit() for c in found.text) or role_asked(question) is not None

    def _within(self, passage: Passage, cell: RowCell) -> list[Figure]:
        """The figures of a cell."""
        figures = self._figures[passage.location.document]
        return [f for f in figures if cell.start <= f.at[0] < cell.end]

    def _share(self, question: Question, text: str) -> float:
        held = self.matcher.words_of(text)
        weights = [(self.matcher.rarity(t.stems), self.matcher.covers(held, t)) for t in question.terms]
        return sum(w * c for w, c in weights) / sum(w for w, _ in weights) if weights else 0.0

    def _found(self, question: Question, passage: Passage, cell: RowCell, score: float) -> Found:
        """The cell, or the sentences of a long one that speak to the question."""
        text = self._words(passage, cell)
        start, end = cell.start, cell.end
        raw = self.generation.documents[passage.location.document].text[start:end]
        spans = parts_of_cell(raw)
        if len(spans) > 2 or len(text.split()) > _LONGEST:
            pairs = [(s, spans[min(i + 1, len(spans) - 1)][1]) for i, (s, _) in enumerate(spans)]
            shares = [self._share(question, raw[s:e]) for s, e in pairs]
            best = max(range(len(pairs)), key=lambda i: shares[i])
            if min(shares) < shares[best] or len(text.split()) > _LONGEST:
                start, end = cell.start + pairs[best][0], cell.start + pairs[best][1]
                text = " ".join(raw[slice(*pairs[best])].split())
        return Found(passage, start, end, text, 1.0, score)

    def _words(self, passage: Passage, cell: RowCell) -> str:
        return " ".join(self.generation.documents[passage.location.document].text[cell.start : cell.end].split())


# What is asked of a row by the part that somebody, a date or a sum has in it, and the columns that say it.
# Whoever holds an office is told by that office alone: the lead of an action chairs nothing.
_OFFICE = re.compile(
    r"\b(?:chair(?:s|ed|man|woman|person)?|mayor|director|manager|secretary|treasurer|(?:chief )?executive)\b",
    re.IGNORECASE,
)
_ROLES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (_OFFICE, _OFFICE),
    (
        re.compile(
            r"\bpartners?\b|\bwho\b[^?]*\b(?:support(?:s|ing)?|help(?:s|ing)?|involved)\b|\bsupported by\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:partners?|support(?:s|ing|ed)?|help(?:s|ing)?|involved|with whom)\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"^\W*(?:and\s+)?(?:who|whose|which (?:organisation|body|team|officer|department|service|partner|company|council))\b"
            r"|\bled by\b|\bwho (?:leads?|owns?|is responsible)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:leads?|led|leading|owners?|owns?|owned|responsib(?:le|ility)|accountable|who|by whom|officer|delivered|runs?"
            r"|delivers?|oversees?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"^\W*(?:and\s+)?(?:by )?when\b|\bby when\b|\bdeadline\b|\bwhat (?:date|year)\b|\bwhich year\b|\bdue\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"^by$|\b(?:when|dates?|deadline|time-?scales?|timing|timeframe|due|complet(?:e|es|ed|ion)|milestones?|start(?:s|ed)?"
            r"|target year|year|finish(?:es|ed)?|done|open(?:s|ed)?|ready|end(?:s|ed)?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\bhow much\b[^?]*\bcosts?\b|\bwhat\b[^?]*\bcosts?\b|\bcost of\b|\bcosts?\s*\??$|\bbudget (?:for|of)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:costs?|costing|budgets?|resources?|price|estimated)\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"\bfunded\b|\bwho\s+(?:funds|pays|is\s+paying)\b|\bfunding\s+(?:for|of|is|has|comes?|secured)\b|\bmoney\s+come\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:fund(?:s|ed|ing|er|ers)?|secured|resources?|grant)\b", re.IGNORECASE),
    ),
)


def role_asked(question: Question) -> re.Pattern[str] | None:
    """The names of columns that say what is asked of a row: who, when, at what cost; None where something else is."""
    return next((columns for asked, columns in _ROLES if asked.search(question.standalone)), None)


def is_in_words(text: str) -> bool:
    """Whether a cell says something in words, rather than nothing but a figure with its unit."""
    return len(re.findall(r"[A-Za-z]{3,}", text)) > 2


def cell_of(passage: Passage, start: int) -> RowCell | None:
    """The cell of a row in which a place of the document stands."""
    return next((c for c in passage.cells if c.start <= start < c.end), None)


_PART = re.compile(r"\n|[•▪◦●]\s*")


def parts_of_cell(words_in: str) -> list[tuple[int, int]]:
    """The sentences of a cell; each of its paragraphs and bullets is parted from the others."""
    parts: list[tuple[int, int]] = []
    at = 0
    for match in [*_PART.finditer(words_in), None]:
        end = match.start() if match else len(words_in)
        parts += [(at + s, at + e) for s, e in sentences(words_in[at:end])]
        at = match.end() if match else end
    return parts


def parts_of_row(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """The sentences of a row's cells, each with its column's name; start and end count into the passage's text."""
    for cell in passage.cells:
        at = cell.start - passage.location.start
        for start, end in parts_of_cell(passage.text[at : at + cell.end - cell.start]):
            yield at + start, at + end, "" if cell.label else cell.column
