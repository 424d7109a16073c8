"""The formats in which tables are published: OpenDocument, Strict Open XML, tabs between cells, UTF-16, and sheets of words."""

import zipfile
from pathlib import Path

import pytest

from corpus.register import Listed
from corpus.table import figures_of
from ingestion.errors import UnreadableFile
from ingestion.opendocument import CONTENT
from ingestion.read import read_file
from tests.workbooks import read, workbook

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_STYLES = (
    '<office:automatic-styles><style:style style:name="gone" style:family="table">'
    '<style:table-properties table:display="false"/></style:style><style:style style:name="up" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles>'
)


def sheet(name: str, rows: str, columns: str = "", style: str = "shown") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    """A row of cells: words, or a cell's own XML."""
    given = (c if c.startswith("<") else f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells)
    return f"<table:table-row {attributes}>{''.join(given)}</table:table-row>"


def open_document(path: Path, sheets: str) -> Path:
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(CONTENT, f"<office:document-content {_NAMES}>{_STYLES}{body}</office:document-content>")
    return path


def told(file: Path) -> list[tuple[str, str | None, str | None, str | None]]:
    """Each figure as printed, with its measure, its place and its cell."""
    records = read_file(Listed(file.name, file, None), "0" * 64)
    return [
        (f.quantity.text, f.measure, f.area, f.location.cell)
        for t in records.blocks
        for f in figures_of(t, records.document)
    ]


def test_an_open_document_gives_its_cells_as_they_are_shown(tmp_path: Path) -> None:
    raised = '<table:table-cell><text:p>Homes<text:span text:style-name="up">2</text:span></text:p></table:table-cell>'
    shown = (
        '<table:table-cell office:value-type="percentage" office:value="0.1349"><text:p>13%</text:p></table:table-cell>'
    )
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = row("Area", raised, "Share", blank) + row("Dacorum", "1,200", shown) + row("Watford", "830", "9%")
    copied = '<table:table-source xlink:href="other.ods" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    file = open_document(
        tmp_path / "homes.ods",
        sheet("Homes", rows)
        + sheet("Draft", rows, style="gone")
        + sheet("'file:///other.ods'#Old", copied + rows, style="gone"),
    )
    assert told(file) == [
        ("1,200", "Homes", "Dacorum", "Homes!B2"), ("13%", "Share, homes", "Dacorum", "Homes!C2"),
        ("830", "Homes", "Watford", "Homes!B3"), ("9%", "Share, homes", "Watford", "Homes!C3"),
    ]  # fmt: skip
    assert read(file).document.warnings == ("The hidden sheet 'Draft' was left out.",)


def test_what_an_open_document_folds_is_read_and_what_it_hides_is_not(tmp_path: Path) -> None:
    column, hidden = "<table:table-column/>", '<table:table-column table:visibility="collapse"/>'
    columns = f"{column}<table:table-column-group>{hidden}</table:table-column-group>{hidden}{column}"
    rows = (
        row("Area", "2020", "2021", "2022")
        + row("Dacorum", "1", "2", "3")
        + row("Watford", "4", "5", "6", attributes='table:visibility="collapse"')
        + row("Hertsmere", "7", "8", "9")
    )
    file = open_document(tmp_path / "homes.ods", sheet("Homes", rows, columns))
    assert [t[0] for t in told(file)] == ["1", "3", "7", "9"]
    assert read(file).document.warnings == (
        "A hidden row of the sheet 'Homes' was left out.", "A hidden column of the sheet 'Homes' was left out.",
    )  # fmt: skip


def test_an_open_document_with_more_cells_than_can_be_meant_is_refused(tmp_path: Path) -> None:
    rows = row("Area", "2020") + row("Dacorum", "1", attributes='table:number-rows-repeated="1000000"') * 2
    with pytest.raises(UnreadableFile, match="rows beyond the last"):
        read(open_document(tmp_path / "many.ods", sheet("Homes", rows)))


def test_a_strict_open_xml_workbook_is_read_like_any_other(tmp_path: Path) -> None:
    usual = workbook(
        tmp_path / "usual.xlsx",
        {"Homes": [["Area", "Homes", "Share"], ["Dacorum", 1200, (0.412, "0.0%")], ["Watford", 9, 0.1]]},
    )
    strict = tmp_path / "strict.xlsx"
    with zipfile.ZipFile(usual) as package, zipfile.ZipFile(strict, "w") as written:
        for entry in package.infolist():
            data = package.read(entry)
            for name, kind in ((b"spreadsheetml", b"main"), (b"officeDocument", b"relationships")):
                data = data.replace(
                    b"http://schemas.openxmlformats.org/" + name + b"/2006/" + kind,
                    b"http://purl.oclc.org/ooxml/" + name + b"/" + kind,
                )
            written.writestr(entry.filename, data)
    assert [(t[0], t[2], t[3]) for t in told(strict)][:2] == [
        ("1200", "Dacorum", "Homes!B2"), ("41.2%", "Dacorum", "Homes!C2"),
    ]  # fmt: skip


def test_tabs_between_cells_and_two_bytes_a_character(tmp_path: Path) -> None:
    file = tmp_path / "homes.tsv"
    file.write_bytes('Area\t"Homes, all"\nDacorum\t"1,200"\nWatford\t830\n'.encode("utf-16"))
    assert told(file) == [
        ("1,200", "Homes, all", "Dacorum", "line 2, column 2"), ("830", "Homes, all", "Watford", "line 3, column 2"),
    ]  # fmt: skip


def test_a_workbook_of_words_is_read_row_by_row_under_its_heads(tmp_path: Path) -> None:
    rows = [
        ["Term", "Meaning"], ["Net stock", "Homes built less homes lost."], ["Void", "A home that stands empty."],
        ["Decant", "A move while works are done."],
    ]  # fmt: skip
    records = read(workbook(tmp_path / "terms.xlsx", {"Terms": rows}))
    assert records.blocks == () and len(records.passages) == 3
    first = records.passages[0]
    assert first.label == "Net stock"
    assert [(c.column, records.document.text[c.start : c.end]) for c in first.cells] == [
        ("Term", "Net stock"), ("Meaning", "Homes built less homes lost."),
    ]  # fmt: skip
