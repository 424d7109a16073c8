"""Cells of tables matched to a question: first the column and the rows whose words fit, then the place and the period.

A table of 100,000 cells has few titles, headers and row labels; a question is held against these, and only the cells that
are left become figures. From then on they are matches like those of a document.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.areas import Area, areas_within, level, reference_areas
from corpus.document import Document
from corpus.figure import Figure
from corpus.index import Generation
from corpus.language import STOPWORDS, words
from corpus.period import Period, periods_agree, read_periods
from corpus.table import Column, Gap, Table, gap_figure, observation, plain_unit
from corpus.thesaurus import Term, apart, phrase_stems
from retrieval.match import (
    APART,
    ASKS_PER,
    CODE,
    PER_SO_MANY,
    Fit,
    Match,
    Matcher,
    Words,
    comparable,
    is_doing,
    numbered,
)
from retrieval.populations import AGES_OF_LABEL, ages_asked, ages_of_label, size_asked, size_of_label
from retrieval.question import Question
from retrieval.releases import Releases, last_of
from retrieval.wording import ASKING, RATE_ASKED

_NAME, _LABEL, _TITLE, _POPULATION, _FACT, _FILE = 1.0, 1.0, 0.8, 0.85, 0.7, 0.6
_UNASKED = 0.15  # what a part of a column's or row's label costs that the question does not speak of
_ENOUGH_TO_LOOK = 0.35  # coverage below which a table's cells are not looked at
_MOST = 40  # columns and row labels whose cells are made figures
_TOTAL = re.compile(
    r"\b(?:all|total|both|any|overall|every)\b|^(?:persons?|people|count|value|number|estimate|households|residents)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:change|growth|increase|decrease|difference|% chg|rise|fall)\b", re.IGNORECASE)
_ASKS_CHANGE = re.compile(
    r"\b(?:chang\w*|growth|gr[eo]w\w*|increas\w*|decreas\w*|r[io]se[ns]?|fall\w*|fell|declin\w*"
    r"|go(?:ne|es)? (?:up|down)|went (?:up|down)|drop\w*|year.on.year)\b",
    re.IGNORECASE,
)
_HOW_MUCH_CHANGE = re.compile(
    rf"\b(?:by )?how much\b.*{_ASKS_CHANGE.pattern}|^\W*(?:growth|change|increase|decrease) in\b", re.IGNORECASE
)
_PERCENTILE = re.compile(r"\b(\d{1,2})th percentile\b", re.IGNORECASE)
_ASKS_PERCENTILE: tuple[tuple[re.Pattern[str], object], ...] = (
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\s+(?:per)?centiles?\b", re.I), lambda n: n),
    (
        re.compile(r"\b(?:top|highest|best|richest)(?:[ -](?:paid|earning))?\s+(\d{1,2})\s?(?:%|per ?cent)", re.I),
        lambda n: 100 - n,
    ),
    (
        re.compile(r"\b(?:bottom|lowest|poorest|worst)(?:[ -](?:paid|earning))?\s+(\d{1,2})\s?(?:%|per ?cent)", re.I),
        lambda n: n,
    ),
    (re.compile(r"\b(\d{1,2})\s?(?:%|per ?cent) (?:best|highest)[ -]paid", re.I), lambda n: 100 - n),
    (re.compile(r"\b(\d{1,2})\s?(?:%|per ?cent) (?:worst|lowest)[ -]paid", re.I), lambda n: n),
    (re.compile(r"\b(?:lower|bottom|first) quartile\b", re.I), 25),
    (re.compile(r"\b(?:upper|top|third) quartile\b", re.I), 75),
)
_KIND_ASKED = re.compile(
    r"\b(constituenc(?:y|ies)|wards?|parish(?:es)?|local enterprise partnership|lep|travel to work "
    r"area|built-up area|combined authority)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:of|in|for|across) (?:all|any) (?:sizes|ages|industries|sectors|kinds|types)\b|\bin total\b", re.IGNORECASE
)
_TARGET = re.compile(
    r"\b(?:targets?|goals?|aims?|ambitions?|aspir\w+|projected|projections?|forecasts?|predicted)\b", re.IGNORECASE
)
_ASKS_AVERAGE = re.compile(r"\b(?:averages?|means?|medians?|typical(?:ly)?)\b", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:averages?|means?|medians?|typical(?:ly)?|per|each)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"^(?:st|nd|rd|th)$", re.IGNORECASE)
# Where two things are set side by side, the other one may be asked for under another name.
_SIDE_BY_SIDE = re.compile(r"\b(?:than|versus|vs|compared|or)\b", re.IGNORECASE)
_PLACES_ASKED = re.compile(
    r"\b(?:which|what|where|rank|list)\b.{0,40}?\b(district|borough|local authorit(?:y|ies)|council"
    r"|region|county|counties|area|place|town|part)\w*|^\s*where\b",
    re.IGNORECASE,
)
# Kinds of place that are named with their kind, because a district or a county may have the same name.
_SAID_WITH_KIND = frozenset(
    {
        "constituency", "ward", "parish", "local enterprise partnership", "local skills improvement area", "combined authority",
        "travel to work area", "built-up area", "user defined area", "clinical commissioning group", "integrated care board",
        "police force area", "statistical region", "community", "fire authority",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """A column or a row label with its words. pieces: what it says, one thing each, and the words of each."""

    words: Words
    pieces: tuple[tuple[str, Words], ...]


@dataclass(slots=True)
class _Held:
    """A table with its words, and its rows by label and by place."""

    table: Table
    document: Document
    words: Words
    columns: list[tuple[Column, _Part]]
    labels: dict[str, _Part]
    rows: dict[str, list[int]]
    places: dict[str, list[int]]
    shared: frozenset[str]
    widest: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A column and a row label that fit the question's words."""

    held: _Held
    column: Column
    label: str
    coverage: float
    cost: float
    missing: tuple[Term, ...]
    parted: bool
    covered: tuple[float, ...]


class TableMatcher(Matcher):
    """Matches figures of documents and cells of tables."""

    def __init__(self, generation: Generation) -> None:
        super().__init__(generation)
        self._texts: dict[str, Words] = {}
        self._parts: dict[str, _Part] = {}
        self._keys: dict[str, str] = {}
        self._label_sets: dict[tuple[str, ...], dict[str, _Part]] = {}
        newest = sorted(generation.records, key=lambda r: r.document.date or "", reverse=True)
        self._held = [self._hold(t, r.document) for r in newest for t in r.blocks]
        self._by_id = {h.table.id: h for h in self._held}
        self._releases = Releases(generation, self.table_of, self.words_of)
        self._stems = {s for h in self._held for w in self._all_words(h) for s in w.weights}

    # ---- words of tables ----

    def _hold(self, table: Table, document: Document) -> _Held:
        facts = " ".join(f"{k} {v}" for k, v in table.facts)
        places = (
            (table.name, _NAME),
            (" ".join(table.titles), _TITLE),
            (table.population or "", _POPULATION),
            (facts, _FACT),
            (document.title, _FILE),
            (re.sub(r"[/_.-]+", " ", document.path), _FILE),
            (table.source or "", _FILE),
        )
        weights: dict[str, float] = {}
        runs: list[tuple[float, str]] = []
        for text, weight in places:
            stems = phrase_stems(text)
            for word in stems:
                weights[word] = max(weights.get(word, 0.0), weight)
            runs.append((weight, f" {' '.join(stems)} "))
        rows: dict[str, list[int]] = {}
        by_place: dict[str, list[int]] = {}
        for i in range(len(table)):
            rows.setdefault(table.label_of(i), []).append(i)
            area = table.rows.areas[i] if table.rows.areas else None
            if area:
                by_place.setdefault(self._key(area), []).append(i)
        labels = self._label_sets.setdefault(tuple(rows), {label: self._part(label) for label in rows})
        columns = [(c, self._part(c.measure)) for c in table.columns]
        counted: dict[str, int] = {}
        for _, part in columns:
            for piece, _ in part.pieces:
                counted[piece] = counted.get(piece, 0) + 1
        for part in labels.values():
            for piece, _ in part.pieces:
                counted[piece] = counted.get(piece, 0) + 1
        shared = frozenset(p for p, n in counted.items() if n == len(columns) and len(columns) > 1)
        ranges = {p: r for p in counted if (r := ages_of_label(p)) is not None}
        widest: dict[str, tuple[int, int]] = {}
        for piece, span in ranges.items():
            stem = AGES_OF_LABEL.sub("", piece)
            best = widest.get(stem)
            if best is None or span[1] - span[0] > best[1] - best[0]:
                widest[stem] = span
        return _Held(table, document, Words(weights, tuple(runs)), columns, labels, rows, by_place, shared, widest)

    def _part(self, text: str) -> _Part:
        """The words of a label; the same label of several tables is one."""
        known = self._parts.get(text)
        if known is None:
            known = self._parts[text] = self._read_part(text)
        return known

    def _read_part(self, text: str) -> _Part:
        pieces = tuple((p, self._text(p)) for p in text.split("; ") if p)
        return _Part(self._text(text), pieces)

    def _text(self, text: str) -> Words:
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = self.words_of(text)
        return known

    def _all_words(self, held: _Held) -> Iterable[Words]:
        yield held.words
        for _, part in held.columns:
            yield part.words
        for part in held.labels.values():
            yield part.words

    def _key(self, area: str) -> str:
        key = self._keys.get(area)
        if key is None:
            key = self._keys[area] = self.generation.gazetteer.named(area).key
        return key

    def known(self, term: Term) -> bool:
        """Whether any passage, title, header or row label holds the term or a phrase that means the same."""
        return super().known(term) or any(all(s in self._stems for s in p) for p in (term.stems, *term.alternatives))

    # ---- matching ----

    def matches(self, question: Question, limit: int = 60) -> list[Match]:
        """Figures and cells that share words with the question, best first."""
        found = super().matches(question, limit)
        if self._held and question.terms:
            found = self._releases.later_first(question, [*found, *self._cells(question)])
            found.sort(key=lambda m: (-m.score, m.figure.location.document, m.figure.at))
        return found[:limit]

    def _cells(self, question: Question) -> list[Match]:
        choices = self._choices(question)
        found: list[Match] = []
        for choice in choices:
            found += self._of_choice(question, choice)
        return found if _dated(question) else _newest(found)

    def _choices(self, question: Question) -> list[_Choice]:
        """The columns and row labels that cover most of what is asked, best first."""
        memo: dict[tuple[int, int], float] = {}
        terms = [t for t in question.terms if not _ORDINAL.match(t.text)]
        asked = _percentile_asked(question.standalone)
        spans = [m.span() for pattern, _ in _ASKS_PERCENTILE for m in pattern.finditer(question.standalone)]
        terms = [t for t in terms if not any(s <= t.start < e for s, e in spans)]
        ages = ages_asked(question.standalone)
        terms = [t for t in terms if not _of_a_sort_of_place(question.standalone, t)]
        size = size_asked(question.standalone)
        if size is not None:
            terms = [t for t in terms if not size.start <= t.start < size.end]
        if ages is not None:
            terms = [
                t
                for t in terms
                if not re.fullmatch(r"\d{1,2}|aged?|year|old", t.text.lower()) and not AGES_OF_LABEL.search(t.text)
            ]
        weights = [self.rarity(t.stems) * (0.35 if is_doing(t) else 1.0) for t in terms]
        found: list[_Choice] = []

        def cover(words: Words, n: int) -> float:
            key = (id(words), n)
            if key not in memo:
                memo[key] = self.covers(words, terms[n])
            return memo[key]

        chosen: dict[int, list[str]] = {}
        for held in self._held:
            if question.papers and held.document.path not in question.papers:
                continue
            base = [cover(held.words, n) for n in range(len(terms))]
            labels = chosen.get(id(held.labels))
            if labels is None:
                labels = chosen[id(held.labels)] = self._labels_for(held, terms, cover, asked)
            for column, part in held.columns:
                if _dated(question) and not self._in_time(question, held, column):
                    continue
                above = [max(b, cover(part.words, n)) for n, b in enumerate(base)]
                for label in labels:
                    points = _PERCENTILE.search(column.measure) or _PERCENTILE.search(label)
                    if (asked is None) != (points is None) or (
                        points and asked is not None and int(points[1]) != asked
                    ):
                        continue
                    covered = [max(a, cover(held.labels[label].words, n)) for n, a in enumerate(above)]
                    choice = self._choice(question, held, column, part, label, terms, weights, covered, asked, ages)
                    if choice is not None:
                        found.append(choice)
        found.sort(key=lambda c: c.cost - c.coverage)
        best = found[0].coverage - found[0].cost if found else 0.0
        return [c for c in found if c.coverage - c.cost >= best - 0.35][:_MOST]

    def _in_time(self, question: Question, held: _Held, column: Column) -> bool:
        """Whether a column could have a cell for a period asked."""
        return bool(held.table.rows.periods) or self._period_fit(question, held, 0, column) is not Fit.WRONG

    def _labels_for(self, held: _Held, terms: list[Term], cover: object, asked: int | None) -> list[str]:
        """The row labels that the question's words may mean, and those that stand for the whole."""
        if len(held.labels) == 1:
            return list(held.labels)
        scored: list[tuple[float, str]] = []
        for label, part in held.labels.items():
            if (points := _PERCENTILE.search(label)) and int(points[1]) != asked:
                continue
            best = sum(cover(part.words, n) for n in range(len(terms)))  # type: ignore[operator]
            whole = not label or all(_TOTAL.search(p) for p, _ in part.pieces)
            if best > 0.5 or whole:
                scored.append((best + (0.5 if whole else 0.0) - 0.02 * len(part.words.weights), label))
        scored.sort(key=lambda item: -item[0])
        return [label for _, label in scored[:8]]

    def _choice(
        self,
        question: Question,
        held: _Held,
        column: Column,
        part: _Part,
        label: str,
        terms: list[Term],
        weights: list[float],
        covered: list[float],
        asked: int | None,
        ages: tuple[int, int] | None,
    ) -> _Choice | None:
        total = reached = 0.0
        missing: list[Term] = []
        apart_from = False
        for term, weight, share in zip(terms, weights, covered, strict=True):
            if question.units == {"gbp"} and term.stems in _ANYBODY and share < 0.5:
                continue  # "how much are people paid": whoever is paid
            if CODE.match(term.text) and share < 0.9:
                share = 0.0
            if term.stems[0].isdigit() and len(term.stems) == 1 and share == 0:
                continue
            if share < 0.5 and _ASKS_CHANGE.fullmatch(term.text):
                continue  # what is worked out, not what is measured
            total += weight
            reached += weight * share
            if share < 0.5:
                missing.append(term)
                apart_from |= term.stems in _parting() or (
                    term.stems not in _ANYBODY and any(p in _parting() for p in term.alternatives)
                )
        if asked is not None:
            total += 1.0
            reached += 1.0
        if not total or reached / total < _ENOUGH_TO_LOOK:
            return None
        coverage = reached / total
        cost = 0.0
        counted, spans = _numbers(_in_digits(question.standalone)), _numbers(f"{column.measure} {label}")
        everything = _ALL.search(question.standalone) is not None
        stated: tuple[int, int] | None = None
        for piece, said in (*part.pieces, *held.labels[label].pieces):
            span = ages_of_label(piece)
            stated = stated or span
            if piece in held.shared:
                continue
            spoken = any(self.covers(said, t) > 0.5 for t in terms) or _same_number(piece, counted)
            spoken = spoken or _says(question.standalone, piece)
            narrow = span is not None and ages is None and held.widest.get(AGES_OF_LABEL.sub("", piece)) != span
            whole = _TOTAL.search(piece) is not None and not narrow
            points = asked is not None and _PERCENTILE.search(piece) is not None
            if piece.lower().startswith("other ") and not re.search(r"\bothers?\b", question.standalone, re.I):
                coverage *= APART  # what is left over is none of what is named
            if narrow or not (spoken or whole or points) or (everything and not whole):
                cost += _UNASKED
        own = (
            "population" in dict(held.table.attributes)
            or ages_of_label(f"{held.table.name} {held.table.population}") == ages
        )
        if ages is not None and stated != ages and (stated is not None or not own):
            coverage *= APART
        size = size_asked(question.standalone)
        if size is not None and size.band != size_of_label(f"{column.measure} {label}", held.table.name):
            coverage *= APART
        if self._of_another_thing(question, held, terms):
            cost += 0.3
        if self._names_another(question, held, column):
            cost += 0.3
        if any(noun in counted and not (numbers & counted[noun]) for noun, numbers in spans.items()) and size is None:
            coverage *= APART
        elif any(noun in ("year", "month", "week") and noun not in spans for noun in counted) and ages is None:
            cost += 0.45
        if "rate" in question.weak and column.unit != "percent" and held.table.unit != "percent":
            cost += 0.15
        if _CHANGE.search(f"{column.measure} {label}") and not _ASKS_CHANGE.search(question.standalone):
            cost += 0.3
        if apart_from or self._wants_other(question, held, column, label):
            coverage *= 0.4
        parted = self._opposed(question, held, column, label)
        if parted:
            coverage *= APART
        return _Choice(held, column, label, coverage, cost, tuple(missing), parted, tuple(round(c, 1) for c in covered))

    def _wants_other(self, question: Question, held: _Held, column: Column, label: str) -> bool:
        """Whether a target or an average is asked for, and the table counts what there is."""
        asks = question.standalone
        if not (_TARGET.search(asks) or _ASKS_AVERAGE.search(asks) or _paid_by(asks)):
            return False
        said = " ".join((column.measure, label, held.table.name, *held.table.titles))
        if _TARGET.search(question.standalone) and not _TARGET.search(said):
            return True
        unit = column.unit or held.table.unit or "count"
        if unit == "gbp":
            asked, told = _paid_by(question.standalone), _paid_by(said)
            return bool(asked and told) and not asked & told
        return unit == "count" and bool(_ASKS_AVERAGE.search(question.standalone)) and not _AVERAGE.search(said)

    def _of_another_thing(self, question: Question, held: _Held, terms: list[Term]) -> bool:
        """Whether a table counts what happens to the things asked for, and not these: "births of enterprises"."""
        match = re.match(r"^([\w-]+(?: [\w-]+)?) of (.+)$", held.table.name.split("; ")[0])
        if match is None or "count" not in question.units:
            return False
        head, rest = self._text(match[1]), self._text(match[2])
        return any(self.covers(rest, t) > 0.5 for t in terms) and not any(self.covers(head, t) > 0.5 for t in terms)

    def _names_another(self, question: Question, held: _Held, column: Column) -> bool:
        """Whether the question says another column's name word for word ("higher", "under 19"), and not this one's."""
        named = [c for c, part in held.columns if any(_says(question.standalone, piece) for piece, _ in part.pieces)]
        return bool(named) and all(c.measure != column.measure for c in named)

    def _opposed(self, question: Question, held: _Held, column: Column, label: str) -> bool:
        """Whether a cell is of the other one of two things that must not be mixed up."""
        asked = {p for t in question.terms for p in (t.stems, *t.alternatives)}
        both = _SIDE_BY_SIDE.search(question.standalone) is not None
        own = self._text(f"{column.measure} {label}")
        around = self._text(" ".join((held.table.name, held.document.title, held.document.path.replace("_", " "))))
        for group in apart():
            wanted = [p for p in group if p in asked]
            if not wanted:
                continue
            for text in (own, around):
                if any(text.phrase(p) for p in wanted):
                    break
                others = any(text.phrase(p) for p in group if p not in asked)
                if others and not both:
                    return True  # "deaths of new enterprises", where births are asked for
                if any(text.phrase(a) for t in question.terms if t.stems in wanted for a in t.alternatives):
                    break
                if others:
                    return True
        return False

    # ---- cells ----

    def _of_choice(self, question: Question, choice: _Choice) -> list[Match]:
        """The cells of a column and a row label for the places and periods asked."""
        held, column = choice.held, choice.column
        rows = held.rows[choice.label]
        ages = ages_asked(question.standalone)
        found: list[Match] = []
        for fit, i in self._places(question, held, column, rows):
            period = self._period_fit(question, held, i, column)
            figure, gap = self._made(held, i, column)
            if figure is None or (ages is not None and ages_of_label(figure.population or "") not in (None, ages)):
                continue
            found.append(self._matched(question, choice, figure, fit, period, gap))
        return found

    def _made(self, held: _Held, row: int, column: Column) -> tuple[Figure | None, str | None]:
        seen = observation(held.table, held.document, row, column)
        if seen is None:
            return None, None
        if isinstance(seen, Gap):
            return self._named(gap_figure(held.table, held.document, row, column), held, row, column), seen.reason
        return self._named(seen, held, row, column), None

    def _named(self, figure: Figure, held: _Held, row: int, column: Column) -> Figure:
        kind = held.table.area_kind_of(row, column)
        if figure.area and kind in _SAID_WITH_KIND:
            return replace(figure, area=f"{figure.area} ({kind})")
        return figure

    def _places(self, question: Question, held: _Held, column: Column, rows: list[int]) -> list[tuple[Fit, int]]:
        """The rows for the places asked; for the corpus's own where none is; else those that stand for the whole."""
        table = held.table
        inside = set(rows)
        if question.unknown_area:
            return []
        own = self.generation.own_area if self.generation.is_of_one_area else None
        asked = question.areas or ((own,) if own else ())
        found: list[tuple[Fit, int]] = []
        for area in asked:
            if held.places:
                at = [i for i in held.places.get(area.key, ()) if i in inside]
            else:
                named = table.area_of(rows[0], column)
                at = list(rows) if named and self._key(named) == area.key else []
            fits = [(self._area_fit(question, area, table.area_kind_of(i, column)), i) for i in at]
            if not question.areas:
                fits = [(Fit.UNASKED, i) for fit, i in fits if fit is not Fit.WRONG]
            best = [f for f in fits if f[0] is not Fit.WRONG]
            exact = [f for f in best if f[0] is Fit.EXACT]
            found += exact or best or fits
        if not found and not question.areas:
            wholes = [i for i in rows if not table.area_of(i, column)] or [
                i
                for key in ("england", "united kingdom", "great britain")
                for i in held.places.get(key, ())
                if i in inside
            ]
            if not wholes and not asked and len(held.places) <= 3:
                wholes = rows
            found = [(Fit.UNASKED, i) for i in wholes]
        return found[:60]

    def _area_fit(self, question: Question, asked: Area, kind: str | None) -> Fit:
        """The same name is the same place only at the same level: a constituency is not a district."""
        wanted = _KIND_ASKED.search(question.standalone)
        if wanted:
            named = {"constituencies": "constituency", "lep": "local enterprise partnership", "parishes": "parish"}.get(
                wanted[1].lower(), wanted[1].lower().rstrip("s")
            )
            return Fit.EXACT if kind == named else Fit.WRONG
        if kind is None or asked.kind == "place":
            return Fit.WRONG if kind in ("constituency", "ward") and asked.key in reference_areas() else Fit.EXACT
        if level(kind) == level(asked.kind):
            return Fit.EXACT
        if asked.kind == "county" and kind in (
            "local enterprise partnership",
            "local skills improvement area",
            "police force area",
        ):
            return Fit.NEAR
        return Fit.WRONG

    def _period_fit(self, question: Question, held: _Held, row: int, column: Column) -> Fit:
        dated = _dated(question)
        if not dated:
            return Fit.UNASKED
        stated = held.table.period_of(row, column)
        periods = _periods(stated) if stated else ()
        if not periods:
            years = {p.first for text in (held.document.title, held.document.date or "") for p in _periods(text)}
            return Fit.UNSTATED if {p.first or p.last for p in dated} & years else Fit.WRONG
        return Fit.EXACT if any(_agree(a, periods) for a in dated) else Fit.WRONG

    def _matched(
        self, question: Question, choice: _Choice, figure: Figure, area: Fit, period: Fit, gap: str | None
    ) -> Match:
        units = question.units
        unit_name = plain_unit(figure.quantity.unit)
        plain = replace(figure, quantity=replace(figure.quantity, unit=unit_name))
        said = f"{choice.column.measure} {choice.label}"
        asks_rate = RATE_ASKED.search(question.standalone) is not None
        changes = _CHANGE.search(said) is not None and _ASKS_CHANGE.search(question.standalone) is not None
        in_place = Fit.EXACT if unit_name in units else Fit.UNASKED
        unit = in_place if gap is not None else Fit.EXACT if changes else self._unit(question, plain)
        precision = self._spoken(question, choice)
        score = choice.coverage + 0.12 * precision - choice.cost
        score += {Fit.EXACT: 0.15, Fit.NEAR: 0.05, Fit.UNASKED: 0.0, Fit.UNSTATED: 0.0, Fit.WRONG: -0.5}[area]
        score += {Fit.EXACT: 0.15, Fit.NEAR: 0.1, Fit.UNASKED: 0.0, Fit.UNSTATED: -0.05, Fit.WRONG: -0.4}[period]
        score += {Fit.EXACT: 0.15, Fit.NEAR: 0.03, Fit.UNASKED: 0.0, Fit.UNSTATED: 0.0, Fit.WRONG: -0.2}[unit]
        score += self._kind(question, figure)
        if changes:
            score += 0.2
        elif _HOW_MUCH_CHANGE.search(question.standalone) and len(question.periods) < 2:
            score -= 0.3  # how much there is says not by how much that grew
        if not question.areas and figure.area and self.is_own(figure):
            score += 0.1
        other = (
            gap is None
            and bool(units)
            and unit is Fit.WRONG
            and (
                question.strict
                or asks_rate
                or (question.units == {"gbp"} and unit_name == "percent")
                or not self._could_be(question, plain)
            )
        )
        per = unit_name.startswith("per_") or PER_SO_MANY.search(said) is not None
        other = other or (
            gap is None and per and "count" in question.units and not ASKS_PER.search(question.standalone)
        )
        return Match(figure, choice.coverage, score, area, period, unit, choice.missing, other, precision, gap)

    def _spoken(self, question: Question, choice: _Choice) -> float:
        """How much of what a column and a row label say the question speaks of, totals and ages aside."""
        own = [p for p in (choice.column.measure, choice.label) if p] or [choice.held.table.name.split("; ")[0]]
        pieces = [AGES_OF_LABEL.sub(" ", p) for text in own for p in text.split("; ")]
        told = [p for p in pieces if not _TOTAL.match(p.strip(" ,."))] or pieces
        asked = {s for t in question.terms for phrase in (t.stems, *t.alternatives) for s in phrase} | set(
            question.weak
        )
        held = [w.stem for p in told for w in words(p) if w.text.lower() not in STOPWORDS | ASKING | {"aged"}]
        return sum(s in asked for s in held) / len(held) if held else 0.0

    def part_and_whole(self, question: Question) -> tuple[Match, Match] | None:
        """For "what share of enterprises were micro": the count of the part, and the total of the same table and row."""
        plain = replace(question, units=frozenset({"count"}), strict=False)
        for choice in self._choices(plain)[:6]:
            if choice.coverage < 0.8 or choice.cost > _UNASKED or choice.parted:
                continue
            parts = [m for m in _newest(self._of_choice(plain, choice)) if m.slots_fit and m.gap is None]
            for part in parts:
                whole = self._whole_of(plain, choice, part)
                if whole is not None and part.figure.quantity.unit == whole.figure.quantity.unit:
                    return part, whole
        return None

    def _whole_of(self, question: Question, choice: _Choice, part: Match) -> Match | None:
        """The total beside a cell: the column of the total in its row, or the total's row in its column."""
        held, column = choice.held, choice.column
        _, row, _ = self._cell_of(part.figure)
        whole = _TOTAL.search
        if not whole(column.measure):
            for other in held.table.columns:
                same = (other.period, other.area, other.unit) == (column.period, column.area, column.unit) or (
                    other.period == column.period and "percent" not in (other.unit, column.unit)
                )
                if other.index != column.index and same and other.measure and whole(other.measure):
                    figure, gap = self._made(held, row, other)
                    return (
                        None
                        if figure is None or gap is not None
                        else self._matched(
                            question, replace(choice, column=other), figure, part.area, part.period, None
                        )
                    )
        for i in range(len(held.table)) if choice.label and not whole(choice.label) else ():
            table = held.table
            at = (table.area_of(i, column), table.period_of(i, column))
            if at == (table.area_of(row, column), table.period_of(row, column)) and whole(table.label_of(i)):
                figure, gap = self._made(held, i, column)
                if figure is not None and gap is None:
                    return self._matched(question, choice, figure, part.area, part.period, None)
        return None

    def _could_be(self, question: Question, figure: Figure) -> bool:
        return comparable(question, figure) and not self._is_change(question, figure)

    # ---- comparisons ----

    def beside(self, figure: Figure) -> list[Figure] | None:
        """The same cell for the county, the region and the country around a figure's place; None for no table's figure."""
        held, row, column = self._cell_of(figure)
        if held is None or column is None:
            return None
        if not held.places or figure.area is None:
            return []
        key = self._key(held.table.area_of(row, column) or "")
        around = [whole for whole, parts in areas_within().items() if key in parts]
        known = reference_areas()
        around.sort(key=lambda w: known.get(w, ("", ""))[1] == "region")
        found: list[Figure] = []
        label, period = held.table.label_of(row), held.table.period_of(row, column)
        for whole in dict.fromkeys([*around, "england"]):
            for i in held.places.get(whole, ()):
                kind = held.table.area_kind_of(i, column)
                same = held.table.label_of(i) == label and held.table.period_of(i, column) == period
                if whole != key and same and (kind is None or level(kind) in ("county", "region", "country")):
                    made, gap = self._made(held, i, column)
                    if made is not None and gap is None:
                        found.append(made)
                        break
        return found[:3]

    def table_of(self, figure: Figure) -> Table | None:
        """The table in which a figure is a cell; None for a figure of a document."""
        held, _, _ = self._cell_of(figure)
        return held.table if held is not None else None

    def _cell_of(self, figure: Figure) -> tuple[_Held | None, int, Column | None]:
        parts = figure.id.rsplit(":", 2)
        held = self._by_id.get(parts[0]) if len(parts) == 3 else None
        if held is None:
            return None, 0, None
        column = next((c for c in held.table.columns if c.index == int(parts[2])), None)
        return held, int(parts[1]), column

    def ranked(self, question: Question) -> tuple[list[Match], int]:
        """One cell for each place that "which district has the highest …" asks about, and how many have no figure."""
        asked = _PLACES_ASKED.search(question.standalone)
        if asked is None or not self._held:
            return [], 0
        plain = replace(
            question,
            areas=(),
            compares=None,
            terms=tuple(t for t in question.terms if t.text.lower() not in _SUBJECTS),
        )
        whole = question.areas[0] if question.areas else None
        inside = areas_within().get(whole.key) if whole else None
        if whole is not None and whole.kind not in ("country", "region", "county", "metropolitan county"):
            return [], 0
        wanted = {"region": "region", "count": "county"}.get((asked[1] or "area").lower()[:6].rstrip("yi"), "district")
        for choice in sorted(self._choices(plain), key=lambda c: _in_another_unit(plain, c)):
            if choice.coverage < 0.6 or choice.parted or not choice.held.places:
                continue
            found, absent = self._everywhere(plain, choice, wanted, whole, inside)
            if len(found) >= 2:
                return found, absent
        return [], 0

    def _everywhere(
        self, question: Question, choice: _Choice, wanted: str, whole: Area | None, inside: frozenset[str] | None
    ) -> tuple[list[Match], int]:
        held, column = choice.held, choice.column
        newest: dict[str, tuple[int, int]] = {}
        known = reference_areas()
        for i in choice.held.rows[choice.label]:
            area = held.table.area_of(i, column)
            kind = held.table.area_kind_of(i, column)
            if not area or kind is None or level(kind) != wanted:
                continue
            key = self._key(area)
            if inside is not None and key not in inside:
                continue
            if whole is not None and inside is None and whole.key == "england" and key not in known:
                continue
            if self._period_fit(question, held, i, column) is Fit.WRONG:
                continue
            last = last_of(held.table.period_of(i, column))
            if key not in newest or last > newest[key][0]:
                newest[key] = (last, i)
        found: list[Match] = []
        absent = 0
        for _, i in newest.values():
            figure, gap = self._made(held, i, column)
            if figure is None or gap is not None:
                absent += 1
                continue
            found.append(self._matched(question, choice, figure, Fit.EXACT, Fit.UNASKED, None))
        return [m for m in found if m.slots_fit], absent


@lru_cache(maxsize=1024)
def _of_a_sort_of_place(question: str, term: Term) -> bool:
    """Whether a term only says of what sort the place is: "the Anyshire LEP area"."""
    return any(m.start() <= term.start < m.end() for m in _KIND_ASKED.finditer(question))


_OFTEN_SAID = frozenset(s for word in ASKING for s in phrase_stems(word))
# "How many people started …": whoever it was, unless residents or workers are asked for by name.
_ANYBODY = frozenset({phrase_stems("people"), phrase_stems("adults")})
_SUBJECTS = frozenset(
    """english welsh scottish area areas district districts borough boroughs region regions county counties council councils
    authority authorities local place places town towns part parts""".split()
)


def _in_another_unit(question: Question, choice: _Choice) -> bool:
    """Whether a question asks for one unit (a rate) and the column is in another (a number)."""
    unit = choice.column.unit or choice.held.table.unit or "count"
    return bool(question.units) and plain_unit(unit) not in question.units


def _dated(question: Question) -> list[Period]:
    """The points of the calendar that a question names; "in a year" and "after 5 years" are none."""
    return [p for p in question.periods if p.first is not None or p.last is not None]


@lru_cache(maxsize=16384)
def _numbers(text: str) -> dict[str, set[str]]:
    return numbered(text)


@lru_cache(maxsize=16384)
def _says(question: str, piece: str) -> bool:
    """Whether a question says a label word for word, of which some word is one that questions are otherwise full of."""
    label = phrase_stems(re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", piece))
    if not label or _TOTAL.search(piece) or not any(w in _OFTEN_SAID or w.isdigit() for w in label):
        return False
    return f" {' '.join(label)} " in f" {' '.join(phrase_stems(question))} "


@lru_cache(maxsize=1)
def _parting() -> frozenset[tuple[str, ...]]:
    """Words of which one says what another does not: "women" is no word to pass over."""
    return frozenset(phrase for group in apart() for phrase in group)


@lru_cache(maxsize=4096)
def _periods(text: str) -> tuple[Period, ...]:
    return tuple(read_periods(text))


def _agree(asked: Period, stated: tuple[Period, ...]) -> bool:
    """Whether a stated period is the one asked for; of "2019 to 2024" each end may stand alone."""
    return any(periods_agree(asked, s) for s in stated)


def _newest(matches: list[Match]) -> list[Match]:
    """Where no period is asked, only the latest cell of what is otherwise the same; a blank one only where all are."""
    best: dict[tuple[object, ...], tuple[bool, int]] = {}
    keyed: list[tuple[tuple[object, ...], tuple[bool, int], Match]] = []
    for m in matches:
        last = last_of(m.figure.period)
        key = (
            m.figure.location.document,
            m.figure.area,
            round(m.coverage, 2),
            m.figure.quantity.unit if m.gap is None else None,
        )
        rank = (m.gap is None, last)
        keyed.append((key, rank, m))
        best[key] = max(best.get(key, rank), rank)
    filled = {key[:3] for key, rank in best.items() if rank[0]}
    return [m for key, rank, m in keyed if rank == best[key] and (m.gap is None or key[:3] not in filled)]


_PAID_BY = {
    "hour": re.compile(r"\b(?:hourly|per hour|an hour)\b", re.IGNORECASE),
    "week": re.compile(r"\b(?:weekly|per week|a week)\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:monthly|per month|a month)\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:annual(?:ly)?|yearly|per year|a year|per annum)\b", re.IGNORECASE),
}


@lru_cache(maxsize=4096)
def _paid_by(text: str) -> set[str]:
    """By what stretch of time a text gives pay: weekly pay is not annual pay."""
    return {name for name, pattern in _PAID_BY.items() if pattern.search(text)}


_DIGITS = {w: str(n) for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}


@lru_cache(maxsize=64)
def _in_digits(text: str) -> str:
    """ "Three-year" as "3-year", as headers write it."""
    return re.sub(rf"\b({'|'.join(_DIGITS)})\b", lambda m: _DIGITS[m[1].lower()], text, flags=re.IGNORECASE)


def _same_number(piece: str, counted: dict[str, set[str]]) -> bool:
    """Whether a label counts what the question counts: "5-year"."""
    return any(numbers & counted.get(noun, set()) for noun, numbers in _numbers(piece).items())


def _percentile_asked(text: str) -> int | None:
    """The percentile that a question asks for: "the 90th percentile", "the top 10%", "the lower quartile"."""
    for pattern, number in _ASKS_PERCENTILE:
        match = pattern.search(text)
        if match:
            return number if isinstance(number, int) else int(number(int(match[1])))  # type: ignore[operator]
    return None
