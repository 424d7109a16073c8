"""One file becomes its records: document, passages, figures, themes and commitments."""

from dataclasses import replace
from pathlib import Path

from corpus.areas import Gazetteer, learn, own_area
from corpus.document import Document
from corpus.plain import plain
from corpus.records import Records
from corpus.register import Listed, file_hash
from ingestion.admit import check_kind
from ingestion.block import BlockKind, ReadText
from ingestion.commitments import read_commitments
from ingestion.docx import read_docx
from ingestion.errors import UnreadableFile
from ingestion.figures import read_figures
from ingestion.html import read_html
from ingestion.imprint import with_imprint
from ingestion.limits import LIMITS, check_pages
from ingestion.markdown import read_markdown
from ingestion.opendocument_text import read_odt
from ingestion.package import check_package
from ingestion.passages import passages
from ingestion.pdf import read_pdf
from ingestion.rich_text import read_rtf
from ingestion.slides import read_slides
from ingestion.table import decode, is_transcript, read_table
from ingestion.workbook import read_workbook_file

# Workbooks that are packages: a part that each must hold, and what to call it.
WORKBOOKS = {
    ".xlsx": ("[Content_Types].xml", "workbook (XLSX)"),
    ".xlsb": ("[Content_Types].xml", "workbook (XLSB)"),
    ".ods": ("content.xml", "spreadsheet (ODS)"),
}


def read_file(listed: Listed, sha256: str, pages: int = LIMITS.pages) -> Records:
    """Read one file of the corpus. Raises UnreadableFile where nothing can be read from it.

    pages: the most that a PDF may have.
    """
    suffix = listed.file.suffix.lower()
    check_kind(listed.file)
    if suffix == ".csv" and is_transcript(decode(listed.file.read_bytes())):
        return _table(listed, sha256)
    if suffix in WORKBOOKS:
        check_package(listed.file, *WORKBOOKS[suffix])
    if suffix in (".csv", ".tsv", ".xls", *WORKBOOKS):
        return _each_once(read_workbook_file(listed, sha256))
    return _each_once(_document(listed, sha256, read_text(listed.file, pages)))


def _each_once(records: Records) -> Records:
    """Records without passages that stand twice at one place, as notes between two tables of a sheet may be read."""
    return replace(records, passages=tuple({p.id: p for p in records.passages}.values()))


def read_text(file: Path, pages: int = LIMITS.pages) -> ReadText:
    """The text of a document and its blocks, by its format. Raises UnreadableFile where nothing can be read from it."""
    suffix = file.suffix.lower()
    check_kind(file)
    if suffix == ".pdf":
        check_pages(file, pages)
        read = read_pdf(file)
    elif suffix == ".docx":
        read = read_docx(file)
    elif suffix == ".odt":
        read = read_odt(file)
    elif suffix == ".pptx":
        read = read_slides(file)
    elif suffix == ".rtf":
        read = read_rtf(file)
    elif suffix in (".html", ".htm"):
        read = read_html(file)
    elif suffix in (".md", ".txt"):
        read = read_markdown(decode(file.read_bytes()), typed=suffix == ".txt")
    else:
        raise UnreadableFile(
            f"is of a kind that is not read yet ({suffix or 'no suffix'}); give PDF, DOCX, ODT, RTF, PPTX, HTML, "
            "Markdown, CSV, XLSX or XLS"
        )
    if not read.text.strip():
        raise UnreadableFile("is empty")
    return replace(read, origin=file_hash(file))


def _document(listed: Listed, sha256: str, read: ReadText) -> Records:
    read = with_imprint(read)
    document = _described(listed, sha256, read.text, read)
    body = (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.HEADING)
    places = tuple(learn("\n".join(read.clean[b.start : b.end] for b in read.blocks if b.kind in body)))
    title = document.title
    gazetteer = Gazetteer(places)
    own = own_area([title, read.title or ""], [read.clean], gazetteer) or own_area(
        [_from_name(listed.file)], [], gazetteer
    )
    gazetteer = Gazetteer(places, own)
    placed = passages(listed.path, read)
    figures = read_figures(listed.path, read, placed, gazetteer)
    themes, commitments = read_commitments(listed.path, read, placed, figures)
    return Records(
        document=document,
        passages=tuple(p.passage for p in placed),
        figures=tuple(figures),
        themes=tuple(themes),
        commitments=tuple(commitments),
        tables=read.tables,
        own_area=own,
        places=places,
    )


def _table(listed: Listed, sha256: str) -> Records:
    text = decode(listed.file.read_bytes())
    rows, figures, warnings = read_table(listed.path, sha256, text, Gazetteer())
    document = _described(listed, sha256, text, None)
    return (
        Records(document, tuple(rows), tuple(figures), tables=1)
        if not warnings
        else _warned(Records(document, tuple(rows), tuple(figures), tables=1), warnings)
    )


def _warned(records: Records, warnings: list[str]) -> Records:
    return replace(records, document=replace(records.document, warnings=tuple(warnings)))


def _described(listed: Listed, sha256: str, text: str, read: ReadText | None) -> Document:
    """What the register says of the file, and where it is silent, what the file says of itself."""
    entry = listed.entry
    own_title = _titled(read.title) if read and read.title else None
    return Document(
        path=listed.path,
        title=(entry and entry.title) or own_title or _from_name(listed.file),
        text=text,
        sha256=sha256,
        kind=listed.kind,
        publisher=(entry and entry.publisher) or (read.publisher if read else None),
        date=(entry and entry.date) or (read.date if read else None),
        status=(entry and entry.status) or (read.status if read else None),
        licence=entry.licence if entry else None,
        source=entry.source if entry else None,
        pages=read.pages if read else (),
        footnote_marks=read.footnote_marks if read else (),
        warnings=read.warnings if read else (),
        date_at=read.date_at if read else None,
        status_at=read.status_at if read else None,
        page_labels=read.page_labels if read else (),
        printed=read.printed if read else (),
    )


def _titled(title: str) -> str:
    title = " ".join(plain(title).split())
    return title.title() if title.isupper() else title


def _from_name(file: Path) -> str:
    return file.stem.replace("-", " ").replace("_", " ").capitalize()
