"""Word documents: the plan gives the same figures and commitments as its Markdown; what else Word knows is read too."""

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.table import Table

from corpus.commitment import Commitment
from corpus.figure import Figure
from corpus.records import Records
from corpus.register import Listed, file_hash
from corpus.settings import BUILT_IN_CORPUS
from ingestion.block import BlockKind, ReadText
from ingestion.docx import read_docx
from ingestion.errors import UnreadableFile
from ingestion.read import read_file
from tests.typeset_docx import typeset_docx

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(os.environ.get("PLANCHAT_SHARED", ROOT.parent / "shared")) / (
    "samples/plans/tewkesbury_local_green_space_form_2025.docx"
)
PLAN = BUILT_IN_CORPUS / "plans/dacorum-economic-recovery-plan-2021.md"

FOOTNOTES = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Jobs Survey, 2024</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


@pytest.fixture(scope="module")
def word_plan(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The plan as it is read from a Word document."""
    file = tmp_path_factory.mktemp("word") / "plan.docx"
    typeset_docx(PLAN.read_text(encoding="utf-8"), file)
    return read_file(Listed("plan.docx", file, None), "x")


def slots(f: Figure) -> tuple[object, ...]:
    q = f.quantity
    return (q.value, q.upper, q.unit, q.qualifier, f.area, f.period, f.kind.value, f.measure, f.source)


def said(c: Commitment) -> tuple[object, ...]:
    words = " ".join(c.text.split())
    return (c.theme_number, c.kind.value, words, c.lead, c.partners, c.due, c.missing, c.parent is not None)


def saved(document: WordDocument, folder: Path) -> Path:
    document.save(str(folder / "made.docx"))
    return folder / "made.docx"


def shown(read: ReadText, *kinds: BlockKind) -> list[str]:
    return [read.text[b.start : b.end] for b in read.blocks if not kinds or b.kind in kinds]


def with_footnotes(path: Path) -> None:
    """Add the footnotes, which python-docx cannot write."""
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    for entry, closing, added in (
        ("[Content_Types].xml", "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'),
        (
            "word/_rels/document.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rIdX" Type="{relation}" Target="footnotes.xml"/>',
        ),
    ):
        parts[entry] = parts[entry].replace(closing.encode(), f"{added}{closing}".encode())
    parts["word/footnotes.xml"] = FOOTNOTES.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, data in parts.items():
            package.writestr(entry, data)


# ---- the plan --------------------------------------------------------------------------------------------------------


def test_the_same_figures_come_out(plan: Records, word_plan: Records) -> None:
    assert len(word_plan.figures) > 50
    assert [slots(f) for f in word_plan.figures] == [slots(f) for f in plan.figures]


def test_figures_stand_below_the_same_headings(plan: Records, word_plan: Records) -> None:
    assert [f.location.section for f in word_plan.figures] == [f.location.section for f in plan.figures]


def test_figures_stand_where_they_say(word_plan: Records) -> None:
    for f in word_plan.figures:
        assert word_plan.document.text[f.at[0] : f.at[1]] == f.quantity.text


def test_the_same_themes_come_out(plan: Records, word_plan: Records) -> None:
    assert [(t.number, t.name, t.missing) for t in word_plan.themes] == [
        (t.number, t.name, t.missing) for t in plan.themes
    ]


def test_the_same_commitments_come_out(plan: Records, word_plan: Records) -> None:
    assert [said(c) for c in word_plan.commitments] == [said(c) for c in plan.commitments]


def test_title_date_and_draft_status_are_read(plan: Records, word_plan: Records) -> None:
    described = (word_plan.document.title, word_plan.document.date, word_plan.document.status)
    assert described == (plan.document.title, plan.document.date, plan.document.status)
    assert word_plan.document.status_at is not None


# ---- what Word knows -------------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_stay_in_order_and_columns_name_their_numbers(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Before the table there are words.")
    table = document.add_table(rows=3, cols=3)
    rows = (("Measure", "Exampleton", "England"), ("Residents with NVQ4", "41%", "37%"), ("Status", "Open", ""))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_paragraph("After it there are more.")
    read = read_docx(saved(document, tmp_path))
    assert shown(read) == [
        "Before the table there are words.",
        "Residents with NVQ4\t41%\t37%",
        "Status\tOpen",
        "After it there are more.",
    ]
    assert [c.column for c in read.rows[0].cells] == ["Measure", "Exampleton", "England"]
    assert [read.text[c.start : c.end] for c in read.rows[0].cells] == ["Residents with NVQ4", "41%", "37%"]


def test_a_footnote_stands_below_the_paragraph_that_bears_its_mark(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("In 2023, 41%")
    reference = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="5"/></w:r>'
    paragraph._p.append(parse_xml(reference))
    paragraph.add_run(" of residents worked from home.")
    document.add_paragraph("Another paragraph follows it.")
    file = saved(document, tmp_path)
    with_footnotes(file)
    read = read_docx(file)
    assert shown(read, BlockKind.PARAGRAPH) == [
        "In 2023, 41%¹ of residents worked from home.",
        "Another paragraph follows it.",
    ]
    assert shown(read, BlockKind.FOOTNOTE) == ["¹ Jobs Survey, 2024"]
    assert [read.text[s:e] for s, e in read.footnote_marks] == ["¹", "¹"]
    assert "41%  of residents" in read.clean
    (figure,) = read_file(Listed("made.docx", file, None), "x").figures
    assert (figure.quantity.text, figure.source) == ("41%", "Jobs Survey, 2024")


def test_raised_digits_are_marks_and_powers_are_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("The site is 500 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" and holds 12 firms")
    paragraph.add_run("14").font.superscript = True
    paragraph.add_run(" of the 21")
    paragraph.add_run("st").font.superscript = True
    paragraph.add_run(" century.")
    read = read_docx(saved(document, tmp_path))
    assert read.text == "The site is 500 m² and holds 12 firms¹⁴ of the 21st century."
    assert [read.text[s:e] for s, e in read.footnote_marks] == ["¹⁴"]
    assert len(read.clean) == len(read.text)


def test_insertions_are_kept_and_deletions_dropped(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("The target is ")
    for tag, words in (("del", "<w:delText>100</w:delText>"), ("ins", "<w:t>250</w:t>")):
        change = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="A"><w:r>{words}</w:r></w:{tag}>'
        paragraph._p.append(parse_xml(change))
    paragraph.add_run(" jobs.")
    assert read_docx(saved(document, tmp_path)).text == "The target is 250 jobs."


def test_lists_have_their_depth_by_style_and_by_numbering(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("The council will:")
    document.add_paragraph("build homes;", style="List Bullet")
    document.add_paragraph("in towns;", style="List Bullet 2")
    numbered = document.add_paragraph("and villages.", style="List Paragraph")
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    numbered._p.get_or_add_pPr().append(parse_xml(properties))
    document.add_paragraph("This is no item of the list.", style="List Paragraph")
    read = read_docx(saved(document, tmp_path))
    depths = [(b.level, read.text[b.start : b.end]) for b in read.blocks if b.kind is BlockKind.BULLET]
    assert depths == [(1, "build homes;"), (2, "in towns;"), (3, "and villages.")]
    assert shown(read)[-1] == "This is no item of the list."


def test_several_headings_of_one_depth_are_not_the_title(tmp_path: Path) -> None:
    document = Document()
    for level, words in ((1, "Our economy"), (2, "Jobs"), (1, "Our homes")):
        document.add_heading(words, level)
        document.add_paragraph("There is something to be said of this.")
    read = read_docx(saved(document, tmp_path))
    assert [b.level for b in read.blocks if b.kind is BlockKind.HEADING] == [1, 2, 1]
    assert read.title is None


def test_without_heading_styles_size_and_bold_tell(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("Exampleton Economic Plan").font.size = Pt(24)
    document.add_paragraph("The plan sets out what the council will do for jobs and homes in its area.")
    document.add_paragraph().add_run("Jobs and skills").bold = True
    document.add_paragraph("Short words")
    read = read_docx(saved(document, tmp_path))
    assert read.title == "Exampleton Economic Plan"
    assert shown(read, BlockKind.HEADING) == ["Jobs and skills"]
    assert shown(read, BlockKind.PARAGRAPH)[-1] == "Short words"


# ---- the real form ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def form() -> ReadText:
    if not SAMPLE.exists():
        pytest.skip("The sample documents are not here: set PLANCHAT_SHARED to the folder that holds samples/.")
    return read_docx(SAMPLE)


def test_the_forms_title_and_date_are_read(form: ReadText) -> None:
    assert (form.title, form.date) == ("Local Green Space Application Form", "2025-08")


def test_the_forms_words_and_rows_read_well(form: ReadText) -> None:
    words = shown(form, BlockKind.PARAGRAPH, BlockKind.ROW)
    assert "A LGS designation is a way to protect green areas from development." in words
    assert "2\tPlanning History" in words
    assert "3.1\tArea of proposed site (in hectares)" in words
    row = next(w for w in words if w.startswith("5.1\t"))
    assert row.startswith("5.1\tHow far is the site from the community it serves? Is the site within 2km of the")


def test_no_block_of_the_form_is_torn_or_empty(form: ReadText) -> None:
    assert len(form.clean) == len(form.text)
    for words in shown(form):
        assert words == words.strip() and words
        assert "  " not in words and "\t\t" not in words and "\xa0" not in words


# ---- files that cannot be read ---------------------------------------------------------------------------------------


def unreadable(file: Path) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_docx(file)
    return str(raised.value)


def test_what_is_no_package_is_said_to_be_no_word_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("<html>Not found</html>", encoding="utf-8")
    assert unreadable(tmp_path / "a.docx") == "is not a Word document (DOCX)"


def test_a_zip_without_a_document_is_said_to_be_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("notes.txt", "nothing")
    assert unreadable(tmp_path / "a.docx") == "is not a Word document (DOCX)"


def test_a_document_with_broken_xml_is_said_to_be_unreadable(tmp_path: Path) -> None:
    file = saved(Document(), tmp_path)
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"][:200]
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert unreadable(file) == "is not a Word document (DOCX) that can be read"


def test_a_locked_document_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert "is protected by a password or of an old kind" in unreadable(tmp_path / "a.docx")


def test_a_package_that_would_fill_the_memory_is_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", bytes(5_000_000))
    assert "packed so tightly" in unreadable(tmp_path / "a.docx")


def test_a_package_of_more_than_200_mb_is_not_opened(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(1_000_000))
    assert unreadable(tmp_path / "a.docx") == "would unpack to 201 MB; the most that is read is 200 MB"


def test_a_document_without_words_is_said_to_hold_none(tmp_path: Path) -> None:
    assert "holds no text" in unreadable(saved(Document(), tmp_path))


def test_items_and_headings_have_the_numbers_that_word_sets(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{words}"/></w:lvl>'
        for i, words in enumerate(("%1.", "%1.%2"))
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for words, depth in (("Need", 0), ("Homes", 1), ("Rents", 1), ("Actions", 0)):
        heading = document.add_heading(words, depth + 1)
        pr = heading._p.get_or_add_pPr()
        pr.append(parse_xml(f'<w:numPr {space}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'))
        document.add_paragraph(f"{words} are what this part of the plan is about.")
    for words in ("Build 120 homes by 2027", "Mend 30 homes"):
        document.add_paragraph(words, style="List Number")
    document.save(str(tmp_path / "numbers.docx"))
    read = read_docx(tmp_path / "numbers.docx")
    shown = [read.text[b.start : b.end] for b in read.blocks]
    assert [w for w in shown if "part of the plan" not in w] == [
        "1. Need", "1.1 Homes", "1.2 Rents", "2. Actions", "Build 120 homes by 2027", "Mend 30 homes",
    ]  # fmt: skip
    assert "1. Build 120 homes" in read.text and "2. Mend 30 homes" in read.text


def table_of(rows: list[list[str | None]], merged: list[tuple[int, int, int, int]], folder: Path) -> Records:
    """A document about a council with one table; each merged range is its first and last cell, by row and column."""
    document = Document()
    document.add_heading("Plan", 0)
    document.add_paragraph("Anytown Council made this plan for its residents.")
    _fill(document.add_table(len(rows), len(rows[0])), rows, merged)
    return records_of(document, folder)


def _fill(table: Table, rows: list[list[str | None]], merged: Sequence[tuple[int, int, int, int]] = ()) -> None:
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if words is not None:
                table.cell(r, c).text = words
    for r1, c1, r2, c2 in merged:
        table.cell(r1, c1).merge(table.cell(r2, c2))


def records_of(document: WordDocument, folder: Path) -> Records:
    file = saved(document, folder)
    return read_file(Listed(file.name, file, None), file_hash(file))


def measured(records: Records) -> list[tuple[str, str, str | None, str | None]]:
    return [(f.quantity.text, f.measure, f.area, f.period) for f in records.figures]


def test_two_header_rows_above_one_row_of_figures(tmp_path: Path) -> None:
    rows = [["Area", "Homes", "Jobs"], ["", "built in 2022", "created in 2023"], ["Watford", "120", "40"]]
    assert measured(table_of(rows, [], tmp_path)) == [
        ("120", "Homes built in 2022", "Watford", "in 2022"), ("40", "Jobs created in 2023", "Watford", "in 2023"),
    ]  # fmt: skip


@pytest.mark.parametrize("merged", [[(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)], [(0, 1, 0, 2), (0, 3, 0, 4)], []])
def test_a_heading_over_two_columns_names_both_merged_or_not(
    tmp_path: Path, merged: list[tuple[int, int, int, int]]
) -> None:
    rows = [
        ["Area", "Homes", None, "Jobs", None],
        [None, "Built", "Planned", "Created", "Lost"],
        ["Watford", "120", "130", "40", "55"],
    ]
    assert [(text, measure) for text, measure, _, _ in measured(table_of(rows, merged, tmp_path))] == [
        ("120", "Homes built"), ("130", "Homes planned"), ("40", "Jobs created"), ("55", "Jobs lost"),
    ]  # fmt: skip


def test_a_label_merged_downwards_is_the_label_of_every_row(tmp_path: Path) -> None:
    rows = [
        ["Theme", "Measure", "Target"],
        ["Homes", "Built", "120"],
        [None, "Planned", "140"],
        ["Jobs", "Created", "40"],
    ]
    assert [(text, measure) for text, measure, _, _ in measured(table_of(rows, [(1, 0, 2, 0)], tmp_path))] == [
        ("120", "Homes – Built"), ("140", "Homes – Planned"), ("40", "Jobs – Created"),
    ]  # fmt: skip


def test_a_row_of_words_without_a_label_is_no_second_header(tmp_path: Path) -> None:
    rows = [
        ["Theme", "Action", "Homes"],
        ["Homes", "Build on the old depot", "120"],
        ["", "Agree the rest", "as agreed"],
        ["Jobs", "Open a hub", "40"],
    ]
    records = table_of(rows, [], tmp_path)
    assert [p.text for p in records.passages if "\t" in p.text][1] == "Agree the rest\tas agreed"


def test_a_table_inside_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Plan", 0)
    outer = document.add_table(3, 2)
    _fill(outer, [["Theme", "Targets"], ["Homes", "Our targets are:"], ["Jobs", "A hub opens"]])
    _fill(outer.cell(1, 1).add_table(3, 2), [["Year", "Number built"], ["2024", "120"], ["2025", "130"]])
    records = records_of(document, tmp_path)
    assert records.tables == 2
    assert [(text, period) for text, _, _, period in measured(records)] == [("120", "2024"), ("130", "2025")]
    row = next(p for p in records.passages if p.text == "Homes\tOur targets are:")
    assert "120" not in row.text


@pytest.mark.parametrize("below", [False, True])
def test_a_caption_above_or_below_gives_the_table_its_year(tmp_path: Path, below: bool) -> None:
    document = Document()
    document.add_heading("Plan", 0)
    document.add_paragraph("These are the homes that were built.")
    if not below:
        document.add_paragraph("Table 3: Homes built by district, 2023/24", style="Caption")
    _fill(document.add_table(3, 2), [["Area", "Homes"], ["Watford", "120"], ["Dacorum", "130"]])
    if below:
        document.add_paragraph("Table 3: Homes built by district, 2023/24", style="Caption")
    assert measured(records_of(document, tmp_path)) == [
        ("120", "Homes", "Watford", "2023/24"), ("130", "Homes", "Dacorum", "2023/24"),
    ]  # fmt: skip
