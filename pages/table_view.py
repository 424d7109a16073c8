"""A cited cell in its table: its column's headings above it, the rows around it, and its row in full."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from html import escape

from answering.answer import Citation
from corpus.document import Document
from corpus.passage import Passage
from corpus.table import Column, Table, cell_text, cells_of, column_of
from pages.markup import Span, marked

ROWS = 2  # rows shown before and after the cited one
BESIDE = 1  # value columns shown before and after the cited one
WIDEST = 3  # columns that a row alone may have to be shown as one
NEAR = 6  # columns of a wide table's row shown before and after the cited one
MOST_NOTES, LONGEST_NOTE = 6, 300  # notes, and characters of one
_COLUMN = re.compile(r"column (\d+)$")


def table_of(citation: Citation, tables: Sequence[Table]) -> Table | None:
    """The table that a cell stands in; None for rows that are kept without one."""
    return next((t for t in tables if t.document == citation.document and citation.start in t.rows.starts), None)


def table_grid(citation: Citation, document: Document, table: Table) -> str:
    """The cited cell with its headings, and the rows and columns next to it, as they are published."""
    row, at = table.rows.starts.index(citation.start), column_of(citation.cell or "")
    places = [i for i, c in enumerate(table.columns) if c.index == at]
    if not places:
        return table_row(citation, document, table)
    shown = table.columns[max(0, places[0] - BESIDE) : places[0] + BESIDE + 1]
    keys = _telling_keys(table, document, rows := range(max(0, row - ROWS), min(len(table), row + ROWS + 1)))
    head = [_heading(name, cited=False) for name in (_key_name(table, document, key) for key in keys)]
    head += [_heading("\n".join(c.labels) or "Value", cited=c.index == at) for c in shown]
    lines = [_line(document, table, i, keys, shown, at if i == row else None) for i in rows]
    before, after = rows[0] > 0, rows[-1] < len(table) - 1
    gap = f'<tr class="gap"><td colspan="{len(head)}">…</td></tr>'
    body = (gap if before else "") + "".join(lines) + (gap if after else "")
    caption = escape(_caption(table, row, citation.section))
    return (
        f'<table class="grid"><caption>{caption}</caption><thead><tr>{"".join(head)}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def notes_html(table: Table) -> str:
    """The table's own notes; a row that a tidy file marks with a note is not one of them."""
    notes = [note for note in table.notes if len(note) <= LONGEST_NOTE][:MOST_NOTES]
    said = "".join(f'<p class="quiet">{escape(note)}</p>' for note in notes)
    return f"<h4>Notes to the table</h4>{said}" if said else ""


def _telling_keys(table: Table, document: Document, rows: range) -> list[int]:
    """The label columns that say something in these rows."""
    return [key for key in table.keys if any(cell_text(table, document, i, key) for i in rows)]


def _key_name(table: Table, document: Document, key: int) -> str:
    """What stands above a label column, in the last of the table's header rows."""
    header = document.text[table.start : table.end].rstrip("\r\n").splitlines()
    cells = cells_of(header[-1], table.delimiter) if header else []
    return cells[key][0].replace("_", " ").capitalize() if key < len(cells) else ""


def _heading(name: str, cited: bool) -> str:
    if not name:
        return "<td></td>"
    words = "<br>".join(escape(line) for line in name.split("\n"))
    return f'<th scope="col"{" class=cited-column" if cited else ""}>{words}</th>'


def _line(
    document: Document, table: Table, row: int, keys: Sequence[int], columns: Sequence[Column], at: int | None
) -> str:
    """One row; ``at`` is the cited column where the row is the cited one."""
    names = [escape(cell_text(table, document, row, key)) for key in keys]
    cells = [f'<th scope="row">{name}</th>' if i == 0 and name else f"<td>{name}</td>" for i, name in enumerate(names)]
    for column in columns:
        words = escape(cell_text(table, document, row, column.index))
        cited = column.index == at
        cells.append(f'<td class="number"><mark>{words}</mark></td>' if cited else f'<td class="number">{words}</td>')
    return f"<tr{' class=cited-row' if at is not None else ''}>{''.join(cells)}</tr>"


def _caption(table: Table, row: int, section: Sequence[str]) -> str:
    """What the table is of, unless that stands above it already; and the heading above the row."""
    title = table.titles[0] if table.titles and table.titles[0] not in section else "The rows around the cited cell"
    group = table.rows.groups[row] if table.rows.groups else ""
    return f"{title} – {group}" if group else title


def table_row(citation: Citation, document: Document, table: Table | None = None) -> str:
    """The cited row under its column headings, with the cited cell marked; empty cells are left out.

    table: the block that the row is of, where the file has stacked headings; of a wide one, the columns near the cell are shown.
    """
    if table is not None:
        return _row_of(citation, document, table)
    row = _cells(document.text[citation.start : citation.end])
    header = _cells(document.text)
    column = _COLUMN.search(citation.cell or "")
    at = int(column[1]) - 1 if column else -1
    if not row or len(row) > len(header) or not 0 <= at < len(row):
        return f"<p>{escape(citation.quote)}</p>"
    pairs = [
        (name.replace("_", " ").strip().capitalize(), i, cell)
        for i, (name, cell) in enumerate(zip(header, row, strict=False))
    ]
    return _row_table([(name, cell, i == at) for name, i, cell in pairs if cell.strip()])


def _row_of(citation: Citation, document: Document, table: Table) -> str:
    cells = cells_of(document.text[citation.start : citation.end], table.delimiter)
    at = column_of(citation.cell or "")
    places = [i for i, c in enumerate(table.columns) if c.index == at]
    near = table.columns[max(0, places[0] - NEAR) : places[0] + NEAR + 1] if places else table.columns[: 2 * NEAR]
    said: list[tuple[str, int | None]] = [(_key_name(table, document, key) or "Row", key) for key in table.keys]
    for column in near:
        said.append((" · ".join(column.labels) or "Value", column.index))
        said.append(("Interval of the figure above", column.interval))
    said += [(name.replace("_", " ").capitalize(), index) for name, index in table.attributes]
    return _row_table(
        [(name, cells[i][0], i == at) for name, i in said if i is not None and i < len(cells) and cells[i][0]]
    )


def _row_table(cells: Sequence[tuple[str, str, bool]]) -> str:
    """A row as a list of names and cells; of each cell, whether it is the cited one."""
    return _listed(
        [(name, f"<mark>{escape(cell)}</mark>" if cited else escape(cell)) for name, cell, cited in cells],
        "The row of the table",
    )


def _listed(cells: Sequence[tuple[str, str]], caption: str) -> str:
    """Names, and beside each the HTML of its cell."""
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{html}</td></tr>' for name, html in cells)
    return f'<table class="row"><caption>{escape(caption)}</caption><tbody>{lines}</tbody></table>'


def _cells(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline="")), [])


def rows_as_table(rows: Sequence[Passage], document: Document, quoted: Span, marks: Sequence[Span]) -> str:
    """Rows of a table that stands in a document, under the names of its columns where these are known.

    One row alone of many columns is a list, which can be read in a narrow panel.
    """
    names = max(([c.column for c in p.cells] for p in rows), key=len)
    caption = next((p.stem for p in rows if p.stem), None)
    if len(rows) == 1 and len(names) > WIDEST and all(names):
        cells = [(c.column, marked(document, (c.start, c.end), quoted, marks)) for c in rows[0].cells]
        return _listed(cells, caption or "The row of the table")
    head = "".join(_heading(name, cited=False) for name in names)
    body = "".join(f"<tr>{''.join(_row_cells(p, len(names), document, quoted, marks))}</tr>" for p in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    headed = f"<thead><tr>{head}</tr></thead>" if any(names) else ""
    return f'<table class="grid">{said}{headed}<tbody>{body}</tbody></table>'


def _row_cells(row: Passage, wide: int, document: Document, quoted: Span, marks: Sequence[Span]) -> Iterator[str]:
    for i, cell in enumerate(row.cells):
        across = wide - i if i == len(row.cells) - 1 else 1
        span = f' colspan="{across}"' if across > 1 else ""
        words = marked(document, (cell.start, cell.end), quoted, marks)
        yield f'<th scope="row"{span}>{words}</th>' if cell.label and i == 0 else f"<td{span}>{words}</td>"
