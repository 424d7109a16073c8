"""Questions with evidence become examples: which statements answer, and which of a statement's quantities.

A question file (JSON Lines) names its file; evidence is a page and a quotation, or a sheet and a cell. Each piece of
evidence is found again among the statements of the corpus; what cannot be found is counted as a fault of reading.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.quantity import read_quantities
from corpus.records import Records
from corpus.statement import Statement, statements_of
from corpus.table import Table, column_of

IN_WORDS = frozenset("who when where what list why how definition duty yesno topic".split())
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quantity in a statement's text (or a cell of its row), as it is marked for the judge."""

    start: int
    end: int


@dataclass(slots=True)
class Example:
    """One phrasing of a question. positives: statements that answer, by index, each with the marks of the right
    quantities (none where the answer is in words or a series). near: statements of the same file that tempt.
    """

    file: str
    id: str
    kind: str
    phrasing: int
    question: str
    before: str | None
    positives: dict[int, list[Mark]] = field(default_factory=dict)
    tempting: list[int] = field(default_factory=list)
    unit: str | None = None
    found: bool = True
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def answerable(self) -> bool:
        return self.kind != "unanswerable"

    @property
    def family(self) -> str:
        """What sort of answer is asked for."""
        return "words" if self.kind in IN_WORDS else self.kind


def squash(text: str) -> str:
    """Letters and digits alone, so that hyphenation, ligatures and quotation marks do not count."""
    for a, b in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(a, b)
    return re.sub(r"[^a-z0-9%£]+", "", text.lower())


class Corpus:
    """The statements of a corpus, and where each piece of evidence stands among them."""

    def __init__(self, records: Sequence[Records]) -> None:
        self.records = {r.document.path: r for r in records}
        self.statements: list[Statement] = []
        self.of_file: defaultdict[str, list[int]] = defaultdict(list)
        self._squashed: list[str] = []
        self._series: defaultdict[str, list[int]] = defaultdict(list)
        for record in records:
            for statement in statements_of(record):
                place = len(self.statements)
                self.statements.append(statement)
                self.of_file[record.document.path].append(place)
                span = statement.location
                words = record.document.text[span.start : span.end] if statement.series is None else ""
                self._squashed.append(squash(words))
                if statement.series is not None:
                    self._series[statement.series.table].append(place)

    def tables(self, path: str) -> tuple[Table, ...]:
        return self.records[path].blocks

    def evidence(self, path: str, piece: dict[str, Any]) -> list[int]:
        """The statements that hold a piece of evidence."""
        if piece.get("cell") or piece.get("line"):
            found = self.cell(path, piece)
            if found:
                return [found[2]]
            if not piece.get("cell"):
                return []
        quote = squash(str(piece.get("quote", "")))
        if len(quote) < 3:
            return []
        page = piece.get("page")
        found_at: list[int] = []
        for place in self.of_file[path]:
            text = self._squashed[place]
            if not text or (page and self.statements[place].location.page not in (page, page - 1, None)):
                continue
            whole = quote in text and (len(quote) > 11 or len(text) < 40 * len(quote))
            part = len(text) >= 20 and text in quote
            ends = len(quote) > 60 and len(text) > 60 and (quote[:45] in text or quote[-45:] in text)
            if whole or part or ends:
                found_at.append(place)
        exact = [p for p in found_at if quote in self._squashed[p]]
        return exact or found_at

    def cell(self, path: str, piece: dict[str, Any]) -> tuple[int, int, int] | None:
        """The row and the column of a table's cell, and the statement of its series."""
        for table in self.tables(path):
            if piece.get("cell"):
                if (table.sheet or "").strip() != str(piece.get("sheet", "")).strip():
                    continue
                match = re.fullmatch(r"([A-Z]{1,3})(\d+)", str(piece["cell"]))
                if match is None:
                    return None
                column, number = column_of(f"!{piece['cell']}"), int(match[2])
            else:
                column, number = int(piece["col"]) - 1, int(piece["line"])
            rows = [i for i, n in enumerate(table.rows.numbers) if n == number]
            columns = [i for i, c in enumerate(table.columns) if c.index == column]
            if not rows or not columns:
                continue
            for place in self._series[table.id]:
                series = self.statements[place].series
                assert series is not None
                if columns[0] in series.columns and (series.rows is None or rows[0] in series.rows):
                    return rows[0], columns[0], place
        return None


def read_questions(folder: Path) -> Iterator[dict[str, Any]]:
    """The questions of a folder, file by file; ``file`` is the path of the document within its corpus."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield {**json.loads(line), "file": path.name.removesuffix(".jsonl")}


def examples_of(rows: Iterable[dict[str, Any]], corpus: Corpus) -> Iterator[Example]:
    """One example for each phrasing."""
    for row in rows:
        path = row["file"]
        if path not in corpus.records:
            continue
        positives: dict[int, list[Mark]] = {}
        found = True
        for piece in row.get("evidence") or []:
            places = corpus.evidence(path, piece)
            found = found and bool(places)
            for place in places:
                positives.setdefault(place, right_marks(row, corpus.statements[place]))
        tempting = [p for piece in _pieces(row.get("tempting")) for p in corpus.evidence(path, piece)]
        history = row.get("history") or []
        for n, question in enumerate(row["ask"], 1):
            yield Example(
                path, row["id"], row["kind"], n, question, history[-1] if history else None, positives, tempting,
                row.get("unit"), found and (bool(positives) or row["kind"] == "unanswerable"), row,
            )  # fmt: skip


def _pieces(tempting: Any) -> list[dict[str, Any]]:
    if isinstance(tempting, dict):
        return [tempting]
    if isinstance(tempting, str):
        return [{"quote": tempting}]
    return [p if isinstance(p, dict) else {"quote": str(p)} for p in tempting or []]


def right_marks(row: dict[str, Any], statement: Statement) -> list[Mark]:
    """The quantities of a statement that are the answer of a question for a figure."""
    if row["kind"] not in ("figure", "followup") or statement.series is not None:
        return []
    wanted = [n.replace(",", "") for n in _NUMBER.findall(str(row.get("answer", "")))]
    printed = squash(str(row.get("answer", "")))
    marks: list[Mark] = []
    for q in read_quantities(statement.text):
        numbers = [n.replace(",", "") for n in _NUMBER.findall(q.text)]
        if (numbers and wanted and numbers[0] == wanted[0]) or (printed and squash(q.text) == printed):
            marks.append(Mark(q.start, q.end))
    return marks
