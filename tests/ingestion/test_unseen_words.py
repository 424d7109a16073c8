"""Words that Word, OpenDocument, RTF and PowerPoint files hold and do not show are not read; what stands beside them is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.run import Run
from odf import table, text
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TableCellProperties, TextProperties
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from ingestion.block import ReadText
from ingestion.read import read_text
from ingestion.unseen_words import is_unseen

SAID = "The council will build 148 affordable homes by March 2027."
UNSEEN = "The council has demolished 555 homes."
LEFT_OUT = ("6 words that the file holds but does not show were left out.",)
WHITE = RGBColor(255, 255, 255)


def test_letters_are_unseen_in_the_colour_of_their_ground_or_when_tiny() -> None:
    assert (
        is_unseen("FFFFFF", "FFFFFF", 11) and is_unseen("#fafafa", "FFFFFF", None) and is_unseen("000000", "000000", 11)
    )
    assert is_unseen(None, None, 1.5) and is_unseen("000000", "FFFFFF", 1)
    assert not is_unseen("D9D9D9", "FFFFFF", 6) and not is_unseen("FFFFFF", "1F3864", 11)
    assert not is_unseen("FFFFFF", None, 11) and not is_unseen("auto", "FFFFFF", 11)


def only_what_is_said(read: ReadText) -> None:
    assert SAID in read.text and "555" not in read.text and "555" not in (read.title or "")
    assert read.warnings == LEFT_OUT


def _property(run: Run, xml: str) -> None:
    run._r.get_or_add_rPr().append(parse_xml(f"<w:{xml} {nsdecls('w')}/>"))


def _white(run: Run) -> None:
    run.font.color.rgb = WHITE


def _nearly_white(run: Run) -> None:
    run.font.color.rgb = RGBColor(0xF8, 0xF8, 0xF8)


def _white_on_white(run: Run) -> None:
    _white(run)
    _property(run, 'shd w:val="clear" w:fill="FFFFFF"')


def _black_on_black(run: Run) -> None:
    run.font.color.rgb = RGBColor(0, 0, 0)
    _property(run, 'highlight w:val="black"')


def _vanished(run: Run) -> None:
    run.font.hidden = True


def _always_vanished(run: Run) -> None:
    _property(run, "specVanish")


def _tiny(run: Run) -> None:
    run.font.size = Pt(1)


@pytest.mark.parametrize(
    "hide", [_white, _nearly_white, _white_on_white, _black_on_black, _vanished, _always_vanished, _tiny]
)
def test_a_hidden_run_of_word_is_left_out_and_said(tmp_path: Path, hide: Callable[[Run], None]) -> None:
    document = Document()
    hide(document.add_heading(level=1).add_run(UNSEEN))
    document.add_paragraph(SAID)
    document.save(str(tmp_path / "plan.docx"))
    only_what_is_said(read_text(tmp_path / "plan.docx"))


@pytest.mark.parametrize("hide", [_white, _vanished, _tiny])
@pytest.mark.parametrize("kind", [WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.PARAGRAPH])
def test_a_style_of_word_may_hide(tmp_path: Path, hide: Callable[[Run], None], kind: WD_STYLE_TYPE) -> None:
    document = Document()
    base, style = document.styles.add_style("Base", kind), document.styles.add_style("Planted", kind)
    hide(base)  # type: ignore[arg-type]  # a style has a font, as a run has
    style.base_style = base
    paragraph = document.add_paragraph()
    run = paragraph.add_run(UNSEEN)
    (run if kind == WD_STYLE_TYPE.CHARACTER else paragraph).style = style
    document.add_paragraph(SAID)
    document.save(str(tmp_path / "plan.docx"))
    only_what_is_said(read_text(tmp_path / "plan.docx"))


def test_the_documents_defaults_of_word_may_hide(tmp_path: Path) -> None:
    document = Document()
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for size in defaults.findall(qn("w:sz")):
        size.set(qn("w:val"), "2")
    document.add_paragraph(UNSEEN)
    document.add_paragraph().add_run(SAID).font.size = Pt(6)
    document.save(str(tmp_path / "plan.docx"))
    only_what_is_said(read_text(tmp_path / "plan.docx"))


@pytest.mark.parametrize("where", ["run", "highlight", "paragraph", "cell", "table style", "picture behind", "box"])
def test_white_words_of_word_on_a_ground_that_is_not_white_are_read(tmp_path: Path, where: str) -> None:
    dark = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1F3864"/>'
    document = Document()
    if where in ("cell", "table style"):
        table = document.add_table(2, 2, style="Medium Shading 1 Accent 1" if where == "table style" else None)
        cell = table.cell(0, 0)
        if where == "cell":
            cell._tc.get_or_add_tcPr().append(parse_xml(dark))
        table.cell(1, 0).text, table.cell(1, 1).text = "Homes", "148"
        paragraph = cell.paragraphs[0]
    else:
        paragraph = document.add_paragraph()
    run = paragraph.add_run(SAID)
    _white(run)
    if where == "run":
        run._r.get_or_add_rPr().append(parse_xml(dark))
    elif where == "highlight":
        _property(run, 'highlight w:val="darkBlue"')
    elif where == "paragraph":
        paragraph._p.get_or_add_pPr().append(parse_xml(dark))
    elif where == "picture behind":
        anchor = f'<w:drawing {nsdecls("w", "wp")}><wp:anchor behindDoc="1"><wp:extent cx="9" cy="9"/></wp:anchor></w:drawing>'
        document.add_paragraph().add_run()._r.append(parse_xml(anchor))
    elif where == "box":
        box = parse_xml(f"<w:drawing {nsdecls('w', 'wp')}><wp:inline><w:txbxContent/></wp:inline></w:drawing>")
        box[0][0].append(paragraph._p)
        document.add_paragraph().add_run()._r.append(box)
    document.save(str(tmp_path / "plan.docx"))
    read = read_text(tmp_path / "plan.docx")
    assert SAID in read.text and read.warnings == ()


def test_small_and_grey_words_of_word_are_read(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("Small.").font.size = Pt(6)
    document.add_paragraph().add_run("Grey.").font.color.rgb = RGBColor(0xBF, 0xBF, 0xBF)
    document.save(str(tmp_path / "plan.docx"))
    read = read_text(tmp_path / "plan.docx")
    assert "Small." in read.text and "Grey." in read.text and read.warnings == ()


def test_a_box_of_word_without_height_is_not_read(tmp_path: Path) -> None:
    document = Document()
    box = (
        f'<w:drawing {nsdecls("w", "wp")}><wp:inline><wp:extent cx="90000" cy="0"/>'
        f"<w:txbxContent><w:p><w:r><w:t>{UNSEEN}</w:t></w:r></w:p></w:txbxContent></wp:inline></w:drawing>"
    )
    document.add_paragraph(SAID).add_run()._r.append(parse_xml(box))
    document.save(str(tmp_path / "plan.docx"))
    read = read_text(tmp_path / "plan.docx")
    assert SAID in read.text and "555" not in read.text


OPEN_HIDDEN: list[tuple[str, dict[str, str]]] = [
    ("display none", {"display": "none"}), ("white", {"color": "#ffffff"}), ("tiny", {"fontsize": "1pt"}),
]  # fmt: skip


@pytest.mark.parametrize("properties", [p for _, p in OPEN_HIDDEN], ids=[name for name, _ in OPEN_HIDDEN])
@pytest.mark.parametrize("family", ["text", "paragraph"])
@pytest.mark.parametrize("named", [True, False])
def test_a_style_of_an_opendocument_text_may_hide(
    tmp_path: Path, properties: dict[str, str], family: str, named: bool
) -> None:
    document = OpenDocumentText()
    hiding = Style(name="Hiding", family=family)
    hiding.addElement(TextProperties(**properties))
    (document.styles if named else document.automaticstyles).addElement(hiding)
    planted = hiding
    if named:
        planted = Style(name="Planted", family=family, parentstylename="Hiding")
        document.automaticstyles.addElement(planted)
    heading = text.H(outlinelevel=1, **({"stylename": planted} if family == "paragraph" else {}))
    if family == "paragraph":
        heading.addText(UNSEEN)
    else:
        heading.addElement(text.Span(stylename=planted, text=UNSEEN))
    document.text.addElement(heading)
    document.text.addElement(text.P(text=SAID))
    document.save(str(tmp_path / "plan.odt"))
    only_what_is_said(read_text(tmp_path / "plan.odt"))


def test_a_hidden_section_of_an_opendocument_text_is_left_out(tmp_path: Path) -> None:
    document = OpenDocumentText()
    section = text.Section(name="Old", display="none")
    section.addElement(text.P(text=UNSEEN))
    document.text.addElement(section)
    document.text.addElement(text.P(text=SAID))
    document.save(str(tmp_path / "plan.odt"))
    only_what_is_said(read_text(tmp_path / "plan.odt"))


@pytest.mark.parametrize("dark", ["words", "paragraph", "cell"])
def test_white_small_and_grey_words_of_an_opendocument_text_are_read(tmp_path: Path, dark: str) -> None:
    document = OpenDocumentText()
    white = Style(name="White", family="paragraph")
    of_words = {"backgroundcolor": "#1f3864"} if dark == "words" else {}
    if dark == "paragraph":
        white.addElement(ParagraphProperties(backgroundcolor="#1f3864"))
    white.addElement(TextProperties(color="#ffffff", **of_words))
    ground = Style(name="Ground", family="table-cell")
    ground.addElement(TableCellProperties(backgroundcolor="#1f3864"))
    small = Style(name="Small", family="paragraph")
    small.addElement(TextProperties(color="#bfbfbf", fontsize="6pt"))
    for style in (white, ground, small):
        document.automaticstyles.addElement(style)
    words = text.P(stylename=white, text=SAID)
    if dark == "cell":
        held, row, cell = table.Table(), table.TableRow(), table.TableCell(stylename=ground)
        cell.addElement(words)
        row.addElement(cell)
        held.addElement(row)
        words = held
    document.text.addElement(words)
    document.text.addElement(text.P(stylename=small, text="Small and grey."))
    document.save(str(tmp_path / "plan.odt"))
    read = read_text(tmp_path / "plan.odt")
    assert SAID in read.text and "Small and grey." in read.text and read.warnings == ()


@pytest.mark.parametrize("hide", [r"\v", r"\cf1", r"\fs2", r"\cf2"])
@pytest.mark.parametrize("grouped", [True, False])
def test_what_rich_text_hides_is_left_out(tmp_path: Path, hide: str, grouped: bool) -> None:
    planted = rf"{{{hide} {UNSEEN}}}" if grouped else rf"{hide} {UNSEEN}\plain "
    (tmp_path / "plan.rtf").write_text(
        r"{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red250\green250\blue250;}\fs22 " + planted + rf"{SAID}\par}}"
    )
    only_what_is_said(read_text(tmp_path / "plan.rtf"))


def test_shown_words_of_rich_text_are_read(tmp_path: Path) -> None:
    (tmp_path / "plan.rtf").write_text(
        r"{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red191\green191\blue191;\red0\green0\blue90;}"
        r"{\cbpat3\cf1 White on blue.\par}{\v0\fs12 Small.\par}{\cf2 Grey.\par}" + rf"{SAID}\par}}"
    )
    read = read_text(tmp_path / "plan.rtf")
    assert all(words in read.text for words in (SAID, "White on blue.", "Small.", "Grey."))
    assert read.warnings == ()


def slide_with(hide: Callable[[Any, Any], None], folder: Path) -> ReadText:
    """Slides of which one bears what is planted in a box, changed by ``hide``, and beside it what is said."""
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "Homes"
    box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(6), Inches(1))
    box.text_frame.text = UNSEEN
    slide.shapes.add_textbox(Inches(1), Inches(5), Inches(6), Inches(1)).text_frame.text = SAID
    hide(slide, box)
    slides.save(str(folder / "plan.pptx"))
    return read_text(folder / "plan.pptx")


def _letters(box: Any) -> Any:
    return box.text_frame.paragraphs[0].runs[0].font


def white_on_slide(_: Any, box: Any) -> None:
    _letters(box).color.rgb = SlideColour(255, 255, 255)


def white_by_theme(_: Any, box: Any) -> None:
    _letters(box).color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def navy_on_navy(_: Any, box: Any) -> None:
    box.fill.solid()
    box.fill.fore_color.rgb = _letters(box).color.rgb = SlideColour(0, 0, 90)


def tiny_on_slide(_: Any, box: Any) -> None:
    _letters(box).size = Pt(1)


def switched_off(_: Any, box: Any) -> None:
    box._element.nvSpPr.cNvPr.set("hidden", "1")


def beside_the_slide(_: Any, box: Any) -> None:
    box.left = Inches(20)


@pytest.mark.parametrize(
    "hide", [white_on_slide, white_by_theme, navy_on_navy, tiny_on_slide, switched_off, beside_the_slide]
)
def test_what_a_slide_does_not_show_is_left_out(tmp_path: Path, hide: Callable[[Any, Any], None]) -> None:
    only_what_is_said(slide_with(hide, tmp_path))


def test_a_hidden_slide_is_left_out(tmp_path: Path) -> None:
    slides = Presentation()
    for words in (UNSEEN, SAID):
        slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = words
    slides.slides[0]._element.set("show", "0")
    slides.save(str(tmp_path / "plan.pptx"))
    read = read_text(tmp_path / "plan.pptx")
    assert SAID in read.text and "555" not in read.text


def on_a_filled_box(slide: Any, box: Any) -> None:
    white_on_slide(slide, box)
    box.fill.solid()
    box.fill.fore_color.rgb = SlideColour(0, 0, 90)


def over_another_shape(slide: Any, box: Any) -> None:
    white_on_slide(slide, box)
    slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(0), Inches(2), Inches(9), Inches(3))


def on_a_dark_slide(slide: Any, box: Any) -> None:
    white_on_slide(slide, box)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = SlideColour(0, 0, 90)


def small_and_grey(_: Any, box: Any) -> None:
    _letters(box).size, _letters(box).color.rgb = Pt(6), SlideColour(191, 191, 191)


@pytest.mark.parametrize("show", [on_a_filled_box, over_another_shape, on_a_dark_slide, small_and_grey])
def test_what_a_slide_shows_is_read(tmp_path: Path, show: Callable[[Any, Any], None]) -> None:
    read = slide_with(show, tmp_path)
    assert UNSEEN in read.text and SAID in read.text and read.warnings == ()


def test_lines_of_a_slides_title_stay_apart(tmp_path: Path) -> None:
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "Homes\vand jobs"
    slides.save(str(tmp_path / "plan.pptx"))
    assert "Homes and jobs" in read_text(tmp_path / "plan.pptx").text
