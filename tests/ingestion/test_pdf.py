"""The plan as a PDF gives the same figures and commitments as the plan in Markdown, each with its page."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from corpus.commitment import Commitment
from corpus.figure import Figure
from corpus.records import Records
from corpus.register import Listed
from ingestion.errors import UnreadableFile
from ingestion.pdf import read_pdf
from ingestion.pdf_print import _letters
from ingestion.read import read_file
from tests.typeset import typeset


@pytest.fixture(scope="module")
def sheets(printed_plan_folder: Path) -> list[str]:
    """The words of each page without white space, extracted apart from the code that is tested."""
    return ["".join(page.extract_text().split()) for page in PdfReader(printed_plan_folder / "plan.pdf").pages]


def slots(f: Figure) -> tuple[object, ...]:
    return (
        f.quantity.value,
        f.quantity.upper,
        f.quantity.unit,
        f.quantity.qualifier,
        f.area,
        f.period,
        f.kind.value,
        f.measure,
    )


def said(c: Commitment) -> tuple[object, ...]:
    return (c.theme_number, c.kind.value, c.text, c.lead, c.due, c.missing, c.parent is not None)


def test_the_same_figures_come_out(plan: Records, printed_plan: Records) -> None:
    assert [slots(f) for f in printed_plan.figures] == [slots(f) for f in plan.figures]


def test_the_same_sources_of_figures_come_out(plan: Records, printed_plan: Records) -> None:
    assert [f.source for f in printed_plan.figures] == [f.source for f in plan.figures]


def test_figures_stand_below_the_same_headings(plan: Records, printed_plan: Records) -> None:
    assert [f.location.section for f in printed_plan.figures] == [f.location.section for f in plan.figures]


def test_the_same_themes_come_out(plan: Records, printed_plan: Records) -> None:
    assert [(t.number, t.name, t.missing) for t in printed_plan.themes] == [
        (t.number, t.name, t.missing) for t in plan.themes
    ]


def test_the_same_commitments_come_out(plan: Records, printed_plan: Records) -> None:
    printed = [said(c) for c in printed_plan.commitments if c.kind != "support"]
    assert printed == [said(c) for c in plan.commitments if c.kind != "support"]


def test_the_same_partners_come_out(plan: Records, printed_plan: Records) -> None:
    printed = {c.theme_number: c.partners for c in printed_plan.commitments if c.kind == "support"}
    assert printed == {c.theme_number: c.partners for c in plan.commitments if c.kind == "support"}


def test_each_figure_is_on_the_page_that_it_names(printed_plan: Records, sheets: list[str]) -> None:
    assert len(sheets) > 5
    for f in printed_plan.figures:
        assert f.location.page is not None
        assert "".join(f.quantity.text.split()) in sheets[f.location.page - 1], (f.quantity.text, f.location.page)
        words = "".join(f.quote.split())
        near = "".join(sheets[f.location.page - 1 : f.location.page + 1])
        assert words[:40] in near or words[-40:] in sheets[f.location.page - 1]


def test_figures_are_on_more_than_a_few_pages(printed_plan: Records) -> None:
    assert len({f.location.page for f in printed_plan.figures}) >= 6


def test_each_commitment_is_on_the_page_that_it_names(printed_plan: Records, sheets: list[str]) -> None:
    for c in printed_plan.commitments:
        assert c.location.page is not None
        # Names that stand in columns are listed with commas between them.
        words, sheet = ("".join(t.replace(",", "").split()) for t in (c.text, sheets[c.location.page - 1]))
        assert words[:20] in sheet, (c.text, c.location.page)


def test_running_heads_and_page_numbers_are_no_passages(printed_plan: Records) -> None:
    assert printed_plan.document.status == "draft"
    for p in printed_plan.passages:
        assert "DRAFT" not in p.text.split("\n")[0], p.text
        assert not p.text.startswith("Page ")


def test_the_title_and_date_are_read_from_the_first_page(printed_plan: Records) -> None:
    assert printed_plan.document.title == "Dacorum Economic Recovery Plan"
    assert printed_plan.document.date == "2021-09"


def test_raised_marks_are_marks_and_not_part_of_a_figure(printed_plan: Records) -> None:
    text = printed_plan.document.text
    marked = [text[s:e] for s, e in printed_plan.document.footnote_marks]
    assert {str(n) for n in range(1, 11)} <= set(marked)
    assert not any(f.quantity.text in ("27.4%6", "27.46") for f in printed_plan.figures)


def unreadable(file: Path) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_pdf(file)
    return str(raised.value)


def test_an_empty_file_is_said_to_be_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert "is not a PDF that can be read" in unreadable(tmp_path / "empty.pdf")


def test_a_web_page_named_pdf_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<!DOCTYPE html><html><body>Not found</body></html>\n" * 40, encoding="utf-8")
    assert "is not a PDF that can be read" in unreadable(tmp_path / "page.pdf")


def test_a_pdf_cut_short_is_said_to_be_unreadable(tmp_path: Path, printed_plan_folder: Path) -> None:
    whole = (printed_plan_folder / "plan.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    assert unreadable(tmp_path / "cut.pdf")


def test_a_pdf_without_text_is_said_to_be_pictures(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(100, 100, 200, 200)
    canvas.showPage()
    canvas.save()
    assert "its pages are pictures" in unreadable(tmp_path / "scan.pdf")


def test_a_pdf_behind_a_password_is_said_to_be(tmp_path: Path, printed_plan_folder: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=printed_plan_folder / "plan.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert "protected by a password" in unreadable(tmp_path / "locked.pdf")


def test_a_sentence_over_two_pages_is_one(tmp_path: Path) -> None:
    filler = "\n\n".join(f"Paragraph {word} says nothing that is counted." for word in ["alpha", "beta", "gamma"] * 12)
    words = (
        "The working population of Exampleton, " + "which works in many trades and places, " * 40 + "is 83,400 in all."
    )
    typeset(f"A PLAN\n\n2. JOBS\n\n{filler}\n\n{words}\n", tmp_path / "long.pdf")
    records = read_file(Listed("long.pdf", tmp_path / "long.pdf", None), "x")
    assert len(records.document.pages) > 1
    (figure,) = [f for f in records.figures if f.quantity.text == "83,400"]
    assert "".join(words.split()) == "".join(figure.quote.split()).replace("DRAFT", "").replace("Page1", "")
    assert figure.location.page == 2


def drawn(file: Path, lines: list[tuple[str, int]]) -> Path:
    """A PDF of one page with each line at its indent."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(file))
    for number, (words, x) in enumerate(lines):
        canvas.drawString(x, 800 - 14 * number, words)
    canvas.save()
    return file


def test_lines_of_the_contents_are_no_passages_and_no_figures(tmp_path: Path) -> None:
    contents = [
        "Introduction ............ 3",
        "Jobs and the number of people",
        "who work . . . . . . . . . 5",
        "Annexes ………… iv",
    ]
    lines = ["A Plan for Jobs", *contents, "In Exampleton, 12% of residents work from home."]
    file = drawn(tmp_path / "contents.pdf", [(words, 72) for words in lines])
    records = read_file(Listed("contents.pdf", file, None), "x")
    assert [f.quantity.text for f in records.figures] == ["12%"]
    said = " ".join(p.text for p in records.passages)
    assert not any(line in said for line in ("Introduction", "Jobs and the number", "who work . .", "Annexes"))
    assert "Introduction" in records.document.text


def test_dots_to_be_written_on_are_kept(tmp_path: Path) -> None:
    file = drawn(tmp_path / "form.pdf", [("Name of the firm .................", 72), ("In 2021 it had 12 staff.", 72)])
    assert "Name of the firm" in read_pdf(file).clean


@pytest.mark.parametrize(
    ("shown", "letters"), [("ﬁ", "fi"), ("ﬄ", "ffl"), ("f_i", "fi"), ("\xa0", " "), ("é", "é"), ("½", "½")]
)
def test_ligatures_are_letters(shown: str, letters: str) -> None:
    assert _letters(shown, "Arial") == letters


def test_ligatures_are_letters_before_any_offset_is_taken(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    canvas = Canvas(str(tmp_path / "glyphs.pdf"))
    canvas.setFont("Vera", 11)
    canvas.drawString(72, 700, "The ﬁrst eﬀects are speciﬁc to 12% of residents in Exampleton.")
    canvas.save()
    records = read_file(Listed("glyphs.pdf", tmp_path / "glyphs.pdf", None), "x")
    (figure,) = records.figures
    assert "specific" in records.document.text
    assert records.document.text[figure.at[0] : figure.at[1]] == "12%"


def test_the_warnings_of_the_reader_stay_out_of_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    from pypdf._utils import logger_warning

    logger_warning("fontTools is required to fully parse the encoding", source="pypdf._cmap")
    assert caplog.records == []


def test_words_of_one_line_that_stand_close_are_not_columns(tmp_path: Path) -> None:
    file = drawn(
        tmp_path / "line.pdf", [("A Plan for Jobs", 72), ("In Exampleton, 12% of residents work at home.", 72)]
    )
    assert "\t" not in read_pdf(file).clean


def test_a_last_name_below_names_in_columns_is_not_lost(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "names.pdf"))
    lines = [("A PLAN", 800), ("Theme 1 – Skills", 770), ("INPUT", 740), ("Input and support from:", 710)]
    lines += [("DBC", 696), ("DWP", 682), ("ACTIVITIES", 650)]
    lines += [("Teach skills to whoever asks for them,", 620 - 14 * n) for n in range(6)]
    for words, y in lines:
        canvas.drawString(72, y, words)
        if words == "DBC":
            canvas.drawString(220, y, "Pendley Manor")
    canvas.save()
    records = read_file(Listed("names.pdf", tmp_path / "names.pdf", None), "x")
    (support,) = [c for c in records.commitments if c.kind == "support"]
    assert support.partners == ("DBC", "Pendley Manor", "DWP")
