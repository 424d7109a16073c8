"""Rows of tables in documents: the row that a question names by its label, and the cell that speaks to the rest of it.

"Occupancy of Hill End" names a row by a part of its label, and "occupancy" a column. "Which areas are graded Good?"
names what a column says, and asks for the rows in which it says so.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from corpus.figure import Figure
from corpus.language import STOPWORDS, sentences, words
from corpus.passage import Passage, RowCell
from retrieval.decide import Decider
from retrieval.found import Found
from retrieval.match import Match
from retrieval.question import Asks, Question
from retrieval.wording import ASKING

_COVERS = 0.6  # of what is asked beside the row's name, the least that a cell must speak to
_COVERS_ALONE = 0.4  # or this much, where the row is surely named and no other cell speaks to it nearly as well
_NAMES = 0.45  # of what tells a row from the others, the least that a question must say
_DEFINES = re.compile(r"\b(?:definition|description|meaning|what it means)\b", re.IGNORECASE)
_LONGEST = 60  # words: a longer cell is quoted in part
_FEW_WORDS = 4  # in a cell that says of which sort a row is


class RowFinder:
    """Finds the row and the cell of a document's table that a question asks about."""

    def __init__(self, decider: Decider) -> None:
        self.decider, self.matcher, self.generation = decider, decider.matcher, decider.generation
        self._tables: dict[tuple[str, int], list[Passage]] = defaultdict(list)
        for passage in self.generation.passages:
            if passage.cells and passage.label:
                self._tables[passage.location.document, passage.table or 0].append(passage)
        self._figures: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.generation.figures:
            self._figures[figure.location.document].append(figure)
        self._labels = {p.id: _stems(p.label or "") for rows in self._tables.values() for p in rows}

    def cell(self, question: Question) -> Found | None:
        """The cell that answers; None where no row is named, or no cell of it speaks to what is asked."""
        if not self._tables or question.asks in (Asks.DOCUMENT, Asks.THEMES, Asks.LEAD, Asks.SUPPORT):
            return None
        scored = [
            (self._speaks(question, passage, cell), named, passage, cell)
            for passage, named in self._named(question)
            for cell in passage.cells
            if not cell.label
        ]
        scored.sort(key=lambda item: -(item[0] + 0.1 * item[1]))
        if not scored:
            return None
        score, named, passage, cell = scored[0]
        other = scored[1][0] if len(scored) > 1 else 0.0
        if score >= _COVERS or (score >= _COVERS_ALONE and named >= _COVERS and other < 0.8 * score):
            return self._found(question, passage, cell, score)
        return None

    def of_sort(self, question: Question) -> tuple[Found, ...]:
        """The rows of which a column says what the question says: "graded Good". None where no column does."""
        asked = re.match(r"\s*(?:which|what|list|name|who)\b", question.standalone, re.IGNORECASE)
        if not asked or (not question.several and not re.match(r"\s*(?:which|list|name)\b", asked[0], re.IGNORECASE)):
            return ()
        said = _stems(question.standalone)
        best: tuple[int, float, int, list[Found]] = (0, 0.0, 0, [])
        for rows in self._tables.values():
            sorts: dict[tuple[str, str], list[Found]] = defaultdict(list)
            for passage in rows:
                for cell in passage.cells:
                    value = self._words(passage, cell)
                    if not cell.label and 0 < len(value.split()) <= _FEW_WORDS and any(c.isalpha() for c in value):
                        sorts[cell.column, value.lower()].append(self._found(question, passage, cell, 1.0))
            for (column, value), found in sorts.items():
                stated = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", question.standalone.lower())
                shared = _stems(column) & said
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
            and found.start <= m.figure.at[0] < found.end
        ]
        label = self._labels[found.passage.id]
        said = _stems(question.standalone)
        per = re.search(r"\bper\s+(?!cent)\w", question.standalone) is not None
        scored: list[tuple[float, Match]] = []
        for match in inside:
            name = _stems(match.figure.measure) - label - _stems(match.figure.area or "") - STOPWORDS
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
            speaks = _stems(match.figure.measure) & said - label
            if score >= 0.6 * scored[0][0] or (score >= 0.45 and speaks - covered):
                kept.append(replace(match, coverage=1.0))
                covered |= speaks
        return kept

    def _named(self, question: Question) -> list[tuple[Passage, float]]:
        """Rows that the question names, with how much of what tells each from its table's others it says."""
        said = _stems(question.standalone)
        chosen: list[tuple[float, Passage]] = []
        for rows in self._tables.values():
            seen: dict[str, set[str]] = defaultdict(set)
            for passage in rows:
                for s in self._labels[passage.id]:
                    seen[s].add(passage.label or "")
            count = len({p.label for p in rows})
            scored: list[tuple[float, float, Passage]] = []
            for passage in rows:
                label = self._labels[passage.id]
                weight = {s: math.log(1 + count / len(seen[s])) for s in label}
                shared = label & said
                own = sum(weight[s] for s in shared)
                share = 1.0 if label <= said else own / sum(weight.values()) if label else 0.0
                telling = label <= said or any(len(seen[s]) <= max(1, count // 5) for s in shared)
                if telling and (share >= _NAMES or self._begins(passage, said)):
                    scored.append((share if label <= said else 0.9 * share, own, passage))
            if not scored:
                continue
            top = max(own for _, own, _ in scored)
            kept = [(share, p) for share, own, p in scored if own >= top - 1e-9]
            if len({p.label for _, p in kept}) == 1:
                chosen += kept
        return [(p, share) for share, p in chosen]

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
        named = _stems(cell.column)
        if named and named <= _stems(question.standalone):
            return 1.0
        weak = set(question.weak) & (_stems(cell.column) | _stems(self._words(passage, cell)))
        unit = any(f.quantity.unit in question.units for f in self._within(passage, cell))
        return min(1.0, covered / total) + 0.05 * len(weak) + (0.1 if unit else 0.0) if total else 0.0

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


def _stems(text: str) -> set[str]:
    return {w.stem for w in words(text) if w.text.lower() not in STOPWORDS | ASKING or w.text[0].isupper()}
