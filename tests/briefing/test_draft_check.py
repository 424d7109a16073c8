"""The draft check: what is supported, what is contradicted and why, and what no source says."""

import io
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfWriter

from answering.ask import Asker
from briefing.comments import commented
from briefing.draft import LIMITS, draft_of, read_draft
from briefing.draft_check import DraftChecker
from briefing.verdict import Finding
from corpus.index import Generation
from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from tests.ingestion.test_remarks import long


@pytest.fixture(scope="module")
def generation(asker: Asker) -> Generation:
    return asker.generation


@pytest.fixture(scope="module")
def checker(generation: Generation) -> DraftChecker:
    return DraftChecker(generation)


def check(checker: DraftChecker, text: str) -> list[Finding]:
    return checker.check(draft_of(text, checker.generation))


@pytest.mark.parametrize(
    "text",
    [
        "41% of Dacorum residents have NVQ4, against 45% in Hertfordshire.",
        "About two fifths of local people hold NVQ4.",
        "Residents earned £35,134 in 2020, more than the UK average of £32,007 but less than in Hertfordshire.",
        "Manufacturing employment fell by 22% between 2015 and 2019.",
        "London is only half an hour away by train.",
        "41% of residents have NVQ4, below the county average and above the national average.",
        "Dacorum is four percentage points below Hertfordshire for residents with NVQ4.",
        "Of 4,519 retail jobs in Hemel town centre, 1,401 (31%) are expected to go.",
        "The 3-year survival rate of newly born enterprises in Dacorum was 59.3% for 2021 births.",
    ],
)
def test_a_faithful_sentence_is_supported(checker: DraftChecker, text: str) -> None:
    findings = check(checker, text)
    assert findings
    assert [(f.text, f.verdict, f.why) for f in findings if f.verdict != "supported"] == []
    assert all(f.citation for f in findings)


@pytest.mark.parametrize(
    ("text", "figure", "found"),
    [
        ("54% of Hertfordshire residents have NVQ4.", "54%", "45%"),
        ("In Hertfordshire 41% of residents have NVQ4.", "41%", "45%"),
        ("Residents earned £35,134 in 2019.", "£35,134", "£35,134"),
        ("There were 124 per 100,000 workers on furlough.", "124 per 100,000", "124 per 1,000"),
        ("41% of residents have NVQ4, above the county average.", "41%", "45%"),
        ("41% of residents have NVQ4, lower than the national average.", "41%", "41%"),
        ("Manufacturing jobs grew by 22% between 2015 and 2019.", "22%", "22%"),
        ("More than 11,000 homes will be built at Hemel Garden Communities by 2030.", "More than 11,000", "more than 11,000"),
        ("Of 4,519 retail jobs, 1,401 (36%) will go.", "36%", "31%"),
        ("Earnings in Dacorum, at £35,134, beat the Hertfordshire average.", "£35,134", "£36,346"),
        ("Over 100 firms in Dacorum export today.", "Over 100", "nearly 100"),
    ],
)  # fmt: skip
def test_an_altered_figure_is_contradicted(checker: DraftChecker, text: str, figure: str, found: str) -> None:
    finding = next(f for f in check(checker, text) if f.text == figure)
    assert (finding.verdict, finding.found) == ("contradicted", found), finding.why
    assert finding.citation is not None


def test_a_figure_of_no_source_is_not_found(checker: DraftChecker) -> None:
    (finding,) = check(checker, "The borough has 61,000 trees.")
    assert (finding.verdict, finding.citation) == ("not_found", None)


def test_rounding_is_said(checker: DraftChecker) -> None:
    (finding,) = check(checker, "27% of Dacorum residents work from home, says the council.")
    assert finding.verdict == "supported"
    (finding,) = check(checker, "About two fifths of Dacorum residents have NVQ4.")
    assert finding.why == "Rounded: “About two fifths” for 41%."


def test_a_finding_stands_where_it_says(checker: DraftChecker) -> None:
    text = "# Update\n\nIn Dacorum, 41% of residents have NVQ4.\n"
    (finding,) = check(checker, text)
    assert text[finding.start : finding.end] == "41%"


def test_a_draft_without_figures_has_no_findings(checker: DraftChecker) -> None:
    assert check(checker, "The Board met on 5 March 2022 and thanked its partners.") == []


def test_comments_stand_on_the_figures_of_a_copy(checker: DraftChecker, tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("In Dacorum, ")
    paragraph.add_run("54% of residents").bold = True
    paragraph.add_run(" have NVQ4.")
    file = tmp_path / "draft.docx"
    document.save(str(file))
    before = file.read_bytes()
    draft = read_draft(file, checker.generation)
    copy = tmp_path / "copy.docx"
    copy.write_bytes(commented(draft, checker.check(draft), file))
    made = Document(str(copy))
    (comment,) = made.comments
    assert comment.text.startswith("Contradicted. The source says 41%, not 54%.")
    assert [p.text for p in made.paragraphs] == ["In Dacorum, 54% of residents have NVQ4."]
    assert [r.text for r in made.paragraphs[0].runs if r.bold and r.text] == ["54%", " of residents"]
    assert file.read_bytes() == before


def test_a_word_file_is_commented_under_the_limits_of_drafts_or_a_sentence_says_why_not(
    checker: DraftChecker, tmp_path: Path
) -> None:
    draft = draft_of("In Dacorum, 54% of residents have NVQ4.", checker.generation, "draft.docx")
    findings = checker.check(draft)
    long(tmp_path / "draft.docx")
    with pytest.raises(UnreadableFile) as raised:
        commented(draft, findings, tmp_path / "draft.docx", Limits(cpu=1))
    assert str(raised.value) == (
        "No copy with comments can be made: the draft draft.docx took more than 1 seconds of computing time and was stopped."
    )


def test_a_pasted_draft_with_characters_that_are_no_text_is_commented(checker: DraftChecker) -> None:
    draft = draft_of("In Dacorum,\x02 54% of residents have\x0b NVQ4\uffff.", checker.generation)
    (comment,) = Document(io.BytesIO(commented(draft, checker.check(draft), None))).comments
    assert comment.text.startswith("Contradicted.")


def test_a_draft_that_cannot_be_read_says_so(generation: Generation, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="does not exist"):
        read_draft(tmp_path / "none.docx", generation)
    (tmp_path / "draft.doc").write_bytes(b"x")
    with pytest.raises(UnreadableFile, match=r"draft\.doc is of a kind that is not read"):
        read_draft(tmp_path / "draft.doc", generation)
    (tmp_path / "draft.odt").write_bytes(b"x")
    with pytest.raises(UnreadableFile, match=r"draft\.odt is not a text in OpenDocument form \(ODT\)"):
        read_draft(tmp_path / "draft.odt", generation)


def test_a_draft_is_read_under_limits_of_its_own(generation: Generation, tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(LIMITS.pages + 1):
        writer.add_blank_page(100, 100)
    writer.write(str(tmp_path / "draft.pdf"))
    with pytest.raises(UnreadableFile, match=f"has {LIMITS.pages + 1} pages"):
        read_draft(tmp_path / "draft.pdf", generation)
