"""``python -m evals.reading FOLDER QUESTIONS``: how much of what the questions ask for was read from the files.

Each file is read as ingestion reads it, without an index, and every piece of evidence that a question names is looked for:
a cell of a published table by its address, with the labels of its row and its column; the words of a document in a passage
of their page. What is missed is listed with the reason that it is likely to have.

FOLDER: the files. QUESTIONS: a folder of JSON Lines, or one such file; each line has ``file`` and ``evidence``.
"""

import argparse
import csv
import io
import json
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.records import Records
from corpus.register import Listed, file_hash
from corpus.table import Column, Table, cell_text
from ingestion.errors import UnreadableFile
from ingestion.reader import Reader

# Words that say of which sort a place is; a table's reader may name the place without them.
_SORTS = frozenset(
    "council councils borough boroughs city district county metropolitan unitary authority royal london of the and in ua lb"
    " mbc dc bc cc mcd cd met region name number".split()
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece of evidence that a question names. row, column: what the cell's labels should say; None where not asked."""

    question: str
    quote: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    col: int | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None

    @property
    def address(self) -> str:
        """Where the evidence stands, for the report."""
        if self.cell:
            return f"{self.sheet}!{self.cell}"
        return f"line {self.line}, column {self.col}" if self.line else f"page {self.page}" if self.page else ""


@dataclass(slots=True)
class Found:
    """What became of one file: how much was asked for, held and held with its labels; and the misses with their reasons."""

    file: str
    seconds: float = 0.0
    tables: int = 0
    error: str | None = None
    asked: int = 0
    held: int = 0
    labelled: int = 0
    misses: list[tuple[str, Wanted, str]] = field(default_factory=list)


def wanted(questions: Path) -> dict[str, list[Wanted]]:
    """The evidence of a folder of questions, by file; what several questions share is taken once."""
    found: dict[str, dict[tuple[Any, ...], Wanted]] = defaultdict(dict)
    for path in sorted(questions.rglob("*.jsonl")) if questions.is_dir() else [questions]:
        for line in path.read_text(encoding="utf-8").splitlines():
            asked = json.loads(line) if line.strip() else {}
            for each in asked.get("evidence") or ():
                place = {k: each.get(k) for k in ("sheet", "cell", "line", "col", "row", "column", "page")}
                one = Wanted(asked["id"], each["quote"], **place)
                found[asked["file"]].setdefault((one.quote, *place.values()), one)
    return {file: list(each.values()) for file, each in found.items()}


def read_all(folder: Path, asked: dict[str, list[Wanted]]) -> Iterator[Found]:
    """Each file that is asked about, read and looked through."""
    reader = Reader()
    for name, evidence in sorted(asked.items()):
        file = next((f for f in (folder / name, folder / Path(name).name) if f.is_file()), None)
        if file is None:
            continue
        found = Found(name, asked=len(evidence))
        began = time.monotonic()
        try:
            records = reader.read(Listed(Path(name).name, file, None), file_hash(file))
        except UnreadableFile as error:
            found.error = str(error)
            found.misses = [("the file is not read", e, "") for e in evidence]
            records = None
        found.seconds = time.monotonic() - began
        if records is not None:
            found.tables = len(records.blocks) or records.tables
            _look(records, evidence, found)
        yield found
    reader.close()


def _look(records: Records, evidence: Sequence[Wanted], found: Found) -> None:
    finder = Finder(records)
    for each in evidence:
        addressed = each.cell is not None or each.line is not None
        held, labelled, why, seen = finder.cell(each) if addressed else finder.words(each)
        found.held += held
        found.labelled += labelled
        if not labelled:
            found.misses.append((why, each, seen))


class Finder:
    """Looks for evidence in the records of one file."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.document = records.document
        self._squashed = [(p, _squashed(p.text)) for p in records.passages]
        self._lines = _record_lines(self.document.text) if any(b.sheet is None for b in records.blocks) else []
        self._rows = [{n: i for i, n in enumerate(b.rows.numbers)} for b in records.blocks]

    # ---- cells of published tables ----

    def cell(self, asked: Wanted) -> tuple[bool, bool, str, str]:
        """Whether a table holds the cell; whether its labels are right; if not, why, and what stands there."""
        if asked.row is None and asked.column is None and (said := self._said(asked))[0]:
            return said
        sheet, number, at = self._address(asked)
        for block, rows in zip(self.records.blocks, self._rows, strict=True):
            if block.sheet != sheet or number not in rows:
                continue
            row = rows[number]
            column = next((c for c in block.columns if at == c.index), None)
            column = column or next((c for c in block.words if c.index == at), None)
            known = at in (*block.keys, *dict(block.attributes).values(), *(c.interval for c in block.columns))
            if column is None and not known:
                continue
            text = cell_text(block, self.document, row, at)
            if _plain(text) != _plain(asked.quote) and not _same_number(text, asked.quote):
                return True, False, "another text stands in the cell", text
            labels = self._row_words(block, row)
            if (left := _left(asked.row, labels)) and not self._names_place(asked.row, left, block, row):
                return True, False, "the row's labels lack words", f"{sorted(left)} not in {sorted(labels)}"
            if column is None:
                return True, True, "", ""
            heads = self._column_words(block, row, column)
            if left := _left(asked.column, heads):
                return True, False, "the column's labels lack words", f"{sorted(left)} not in {column.labels}"
            if others := [c for c in block.columns if c is not column and _same_head(c, column)]:
                return True, False, "columns of one name", f"{column.labels} also at {[c.index for c in others]}"
            return True, True, "", ""
        held, _, _, _ = self._said(asked)
        if held:
            return True, True, "", ""
        inside = any(b.sheet == sheet and number in r for b, r in zip(self.records.blocks, self._rows, strict=True))
        why = "the column is in no table" if inside else "the row is in no table"
        return False, False, why, ""

    def _address(self, asked: Wanted) -> tuple[str | None, int, int]:
        if asked.cell is not None:
            match = re.fullmatch(r"([A-Z]+)(\d+)", asked.cell)
            assert match is not None, asked.cell
            column = 0
            for letter in match[1]:
                column = 26 * column + ord(letter) - ord("A") + 1
            return asked.sheet, int(match[2]), column - 1
        assert asked.line is not None and asked.col is not None
        number = asked.line
        if not self._stands(number, asked) and number <= len(self._lines):
            number = self._lines[number - 1]  # a record that spans lines: the questions count records
        return None, number, asked.col - 1

    def _stands(self, number: int, asked: Wanted) -> bool:
        """Whether what is asked for stands in this line."""
        for block, rows in zip(self.records.blocks, self._rows, strict=True):
            if number in rows and asked.col is not None:
                return _plain(cell_text(block, self.document, rows[number], asked.col - 1)) == _plain(asked.quote)
        return False

    def _row_words(self, block: Table, row: int) -> set[str]:
        rows = block.rows
        own = [each[row] for each in (rows.areas, rows.within, rows.labels, rows.groups, rows.periods) if each]
        return _tokens(" ".join(filter(None, (*own, block.area, block.period, *self._above(block)))))

    def _names_place(self, asked: str | None, left: set[str], block: Table, row: int) -> bool:
        """Whether the row's place goes by another name ("Cardiff" for "Cardiff / Caerdydd"): the words left are printed."""
        area = block.rows.areas[row] if block.rows.areas else None
        printed = " ".join(cell_text(block, self.document, row, k) for k in block.keys)
        return bool(area) and bool(_tokens(area or "") & _tokens(asked or "")) and left <= _tokens(printed)

    def _column_words(self, block: Table, row: int, column: Column) -> set[str]:
        rows = block.rows
        own = [each[row] for each in (rows.labels, rows.groups, rows.periods) if each]
        said = (*column.labels, column.measure, column.period, column.area, column.unit, *own, *self._above(block))
        return _tokens(" ".join(filter(None, said)))

    def _above(self, block: Table) -> list[str]:
        return [*block.titles, block.name, block.sheet or "", block.period or "", *(" ".join(f) for f in block.facts)]

    def _said(self, asked: Wanted) -> tuple[bool, bool, str, str]:
        """Whether a line of words stands in a passage of its sheet, or among a table's titles and notes."""
        quote = _squashed(asked.quote)
        for passage, text in self._squashed:
            if quote in text and (asked.sheet is None or asked.sheet in passage.location.section):
                return True, True, "", ""
        for block in self.records.blocks:
            if block.sheet == asked.sheet and any(quote in _squashed(n) for n in (*block.titles, *block.notes)):
                return True, False, "the words are in a table's titles or notes, and in no passage", ""
        return False, False, "the words are in no passage", ""

    # ---- words of documents ----

    def words(self, asked: Wanted) -> tuple[bool, bool, str, str]:
        """Whether the words stand in a passage, and on their page; with the row's label where one is asked for."""
        quote = _squashed(asked.quote)
        near = [p for p, text in self._squashed if quote and quote in text]
        if not near:
            return False, False, "the words are in no passage", ""
        if asked.page is not None and not any(p.location.page in (asked.page, None) for p in near):
            return True, False, "the words are on another page", str(sorted({p.location.page or 0 for p in near}))
        near = [p for p in near if asked.page is None or p.location.page in (asked.page, None)]
        if asked.row is None:
            return True, True, "", ""
        why, seen = "the row's labels lack words", ""
        for passage in near:
            said = _tokens(" ".join(filter(None, (passage.text, passage.stem, *passage.location.section))))
            if _left(asked.row, said):
                continue
            if asked.column is None or not passage.cells:
                return True, True, "", ""
            at = [c for c in passage.cells if quote in _squashed(self.document.text[c.start : c.end])]
            heads = [c.column for c in passage.cells]
            seen = str([c.column for c in at])
            if any(
                not _left(asked.column, _tokens(f"{c.column} {passage.stem}")) and heads.count(c.column) == 1
                for c in at
            ):
                return True, True, "", ""
            why = "the column's labels lack words, or are another's too"
        return True, False, why, seen


def _same_head(one: Column, other: Column) -> bool:
    """Whether nothing tells two columns apart but their place."""
    return replace(one, index=0, interval=None) == replace(other, index=0, interval=None)


def _left(asked: str | None, labels: set[str]) -> set[str]:
    """The words of a label asked for that are not among these, sorts of place apart."""
    asked = re.sub(r"\b((?:19|20)\d\d)/([1-4])(?!\d)", r"\1 Q\2", asked or "")  # a quarter
    asked = re.sub(r"\[(?:note|r|p)[^\]]*\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]|(?<=[a-z]{3})\d(?:,\d)*(?=$|\s)", "", asked)
    return {t for t in _tokens(asked) - labels if t not in _SORTS}


def _tokens(text: str) -> set[str]:
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text)
    return {t.removesuffix("s") if len(t) > 3 else t for t in re.findall(r"[^\W_]+", text.casefold())}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _same_number(text: str, quote: str) -> bool:
    """Whether two cells show one number, with more or fewer places or commas."""
    one, other = (re.sub(r"[,£%\s]", "", t) for t in (text, quote))
    try:
        a, b = float(one), float(other)
    except ValueError:
        return False
    return a == b or abs(a - b) <= 0.51 * 10 ** -len(other.partition(".")[2])


_LETTERS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})


def _squashed(text: str) -> str:
    """Words without white space and hyphens at line ends, with plain quotes and letters."""
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS).replace("\u00ad", "")
    return re.sub(r"[\s-]+", "", text).casefold()


def _record_lines(text: str) -> list[int]:
    """The line on which each record of a CSV file begins."""
    rows = csv.reader(io.StringIO(text, newline=""))
    found = [1]
    for _ in rows:
        found.append(rows.line_num + 1)
    return found[:-1]


def report(found: Sequence[Found], most: int) -> str:
    """The report: file by file what was held and labelled, the kinds of miss, and the first of each file's misses."""
    lines = [f"{'asked':>6} {'held':>6} {'right':>6} {'tables':>7} {'secs':>6}  file"]
    for each in found:
        lines.append(
            f"{each.asked:6} {each.held:6} {each.labelled:6} {each.tables:7} {each.seconds:6.1f}  {each.file}"
            + (f": {each.error}" if each.error else "")
        )
    asked, held, right = (sum(getattr(f, n) for f in found) for n in ("asked", "held", "labelled"))
    share = right / asked if asked else 0.0
    lines.append(f"{asked:6} {held:6} {right:6} {'':7} {sum(f.seconds for f in found):6.1f}  all: {share:.1%}")
    kinds = Counter(why for f in found for why, _, _ in f.misses)
    lines += ["", "Kinds of miss:", *(f"{n:6}  {why}" for why, n in kinds.most_common())]
    for each in found:
        if each.misses and each.error is None:
            lines += ["", each.file]
            lines += [
                f"  {e.question} {e.address} [{e.row or ''} | {e.column or ''}] {e.quote[:60]!r}: {why} {seen[:200]}"
                for why, e, seen in each.misses[:most]
            ]
    return "\n".join(lines)


def main() -> None:
    """Read, look and print."""
    parser = argparse.ArgumentParser(prog="evals.reading", description="How much of the evidence was read.")
    parser.add_argument("folder", type=Path, help="the files")
    parser.add_argument("questions", type=Path, help="a folder of questions, or one file of them")
    parser.add_argument("--most", type=int, default=12, help="misses that are listed of each file")
    given = parser.parse_args()
    found = list(read_all(given.folder, wanted(given.questions)))
    print(report(found, given.most))


if __name__ == "__main__":
    main()
