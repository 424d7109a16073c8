"""The structure of the plan's Markdown, which has hardly a mark: headings, roles, bullets, footnotes, furniture."""

import pytest

from corpus.records import Records
from corpus.settings import BUILT_IN_CORPUS
from ingestion.block import BlockKind, ReadText
from ingestion.markdown import read_markdown


@pytest.fixture(scope="module")
def read() -> ReadText:
    return read_markdown((BUILT_IN_CORPUS / "plans/dacorum-economic-recovery-plan-2021.md").read_text(encoding="utf-8"))


def of(read: ReadText, kind: BlockKind) -> list[str]:
    return [" ".join(read.text[b.start : b.end].split()) for b in read.blocks if b.kind is kind]


def texts(markdown: str, kind: BlockKind) -> list[str]:
    return of(read_markdown(markdown), kind)


def test_title_date_and_draft_status_are_the_plans_own(read: ReadText) -> None:
    assert (read.title, read.date, read.status) == ("DACORUM ECONOMIC RECOVERY PLAN", "2021-09", "draft")


def test_sections_and_themes_are_headings_and_nothing_else_is(read: ReadText) -> None:
    outer = [read.text[b.start : b.end] for b in read.blocks if b.kind is BlockKind.HEADING and b.level == 1]
    assert outer == [
        "2. INTRODUCTION",
        "3. CURRENT BASELINE EVIDENCE",
        "4. ENSURING ACCESS TO OPPORTUNITIES",
        "5. APPROACH AND NEXT STEPS",
    ]
    inner = [read.text[b.start : b.end] for b in read.blocks if b.kind is BlockKind.HEADING and b.level == 2]
    assert [h for h in inner if h.startswith("Theme")] == [
        "Theme 1 – Skills and Employment",
        "Theme 2 – Business Growth",
        "Theme 3 – Innovation and Growth of high value sectors and jobs",
        "Theme 4 – Branding and Inward Investment",
        "Theme 5 – Town Centre",
        "Theme 6 – Export and International partnerships",
    ]
    assert len(inner) == 6 + 5 + 2  # themes; headings of section 3; Residents and Businesses


def test_the_parts_of_a_logic_chain_stand_below_their_theme(read: ReadText) -> None:
    deepest = [read.text[b.start : b.end] for b in read.blocks if b.kind is BlockKind.HEADING and b.level == 3]
    assert deepest.count("Issue") == 6
    assert deepest.count("OUTCOMES") == 6
    assert deepest.count("ACTIVITIES") == deepest.count("OUTPUTS") == deepest.count("INPUT") == 5


def test_lines_that_say_who_leads_are_roles(read: ReadText) -> None:
    roles = of(read, BlockKind.ROLE)
    assert "Overseen by: Hemel Place Board" in " ".join(roles)
    assert "Led by West Hertfordshire College" in roles
    assert "Input and support from: DBC Pendley Manor DWP Herts CC" in roles


def test_every_bullet_is_found_with_its_depth(read: ReadText) -> None:
    bullets = [b for b in read.blocks if b.kind is BlockKind.BULLET]
    dashes = [line for line in read.text.splitlines() if line.lstrip().startswith("- ")]
    assert len(bullets) == len(dashes) + 2  # and the two numbered outcomes of Theme 1
    deep = [read.text[b.start : b.end] for b in bullets if b.level == 2]
    assert len(deep) == 4 + 4 + 2
    assert deep[0].startswith("Creating an Innovation Network")


def test_a_bullets_own_signs_are_no_part_of_it(read: ReadText) -> None:
    assert "Launch the DIT Export Academy series of training sessions." in of(read, BlockKind.BULLET)


def test_ten_footnotes_are_found_and_are_no_paragraphs(read: ReadText) -> None:
    notes = of(read, BlockKind.FOOTNOTE)
    assert [note[:1] for note in notes[:9]] == list("¹²³⁴⁵⁶⁷⁸⁹")
    assert len(notes) == 10


def test_draft_is_furniture_and_not_read(read: ReadText) -> None:
    assert of(read, BlockKind.FURNITURE).count("DRAFT") == read.text.count("DRAFT")
    assert "DRAFT" not in read.clean


def test_a_paragraph_cut_by_a_page_break_is_one(read: ReadText) -> None:
    joined = [
        p
        for p in of(read, BlockKind.PARAGRAPH)
        if "Recovery Board has identified the priorities (as set out above)" in p
    ]
    assert len(joined) == 1


def test_a_quotation_keeps_all_its_paragraphs_and_names_no_author(read: ReadText) -> None:
    quotations = of(read, BlockKind.QUOTATION)
    assert len(quotations) == 5
    assert of(read, BlockKind.ATTRIBUTION)[0] == "Dacorum Local Plan; Economic Topic Paper chapter 3"


def test_cleaning_changes_no_offset(read: ReadText) -> None:
    assert len(read.clean) == len(read.text)
    assert "27.4%⁶" in read.text
    assert "27.4%6" not in read.clean and "27.4% " in read.clean


def test_marked_headings_are_believed() -> None:
    markdown = "# A Plan\n\n## Jobs\n\nShort Line That Stands Alone\n\n### Skills\n\nWords follow here."
    read = read_markdown(markdown)
    assert read.title == "A Plan"
    assert texts(markdown, BlockKind.HEADING) == ["Jobs", "Skills"]
    assert [b.level for b in read.blocks if b.kind is BlockKind.HEADING] == [1, 2]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert texts("# A Plan\n\nIt lost 31% or\n1,401 retail jobs.\n", BlockKind.PARAGRAPH) == [
        "It lost 31% or 1,401 retail jobs."
    ]


def test_a_wrapped_bullet_is_one_bullet() -> None:
    markdown = "# A Plan\n\n- Increase starts from 11%\n  to 13% over 5 years.\n- Then another.\n"
    assert texts(markdown, BlockKind.BULLET) == ["Increase starts from 11% to 13% over 5 years.", "Then another."]


def test_emphasis_and_links_are_hidden_but_stay_in_the_quotation() -> None:
    read = read_markdown("# A Plan\n\nIt has **41%** of [residents](https://example.org/99) here.\n")
    assert "**41%**" in read.text
    assert " ".join(read.clean.split()).endswith("It has 41% of residents here.")


def test_windows_line_ends_change_nothing(plan: Records) -> None:
    one = read_markdown("# A Plan\n\nFirst.\n\n- One\n- Two\n")
    two = read_markdown("# A Plan\r\n\r\nFirst.\r\n\r\n- One\r\n- Two\r\n")
    assert [b.kind for b in one.blocks] == [b.kind for b in two.blocks]
    assert [one.text[b.start : b.end] for b in one.blocks] == [two.text[b.start : b.end] for b in two.blocks]


def test_passages_keep_their_headings_theme_and_stem(plan: Records) -> None:
    logistics = next(p for p in plan.passages if p.text == "Logistics (25%)")
    assert logistics.kind == "bullet"
    assert logistics.location.section == (
        "3. Current baseline evidence",
        "A successful economy with prospects for economic growth",
    )
    assert logistics.stem == "In particular there has been high employment growth since 2015 in"
    output = next(p for p in plan.passages if p.text.startswith("Increase business start-ups"))
    assert output.theme == "Theme 2 – Business Growth"
    assert output.location.section[-1] == "Outputs"


def test_every_passage_stands_in_the_text_to_the_letter(plan: Records) -> None:
    for p in plan.passages:
        assert plan.document.text[p.location.start : p.location.end] == p.text


TABLE = """# Report

Table 1: Homes completed in Anytown

| Tenure | 2021/22 | 2022/23 |
|---|---:|---:|
| Social rent | 40 | 55 |
| **Shared ownership** | 12 | n/a |

After the table.[^1]

[^1]: Housing Monitoring Report, 2023
"""


def test_a_table_of_pipes_is_rows_and_cells() -> None:
    read = read_markdown(TABLE)
    assert [(r.label, r.caption) for r in read.rows] == [
        ("Social rent", "Table 1: Homes completed in Anytown"),
        ("Shared ownership", "Table 1: Homes completed in Anytown"),
    ]
    cells = [(c.column, read.text[c.start : c.end]) for c in read.rows[0].cells if not c.label]
    assert cells == [("2021/22", "40"), ("2022/23", "55")]
    assert texts(TABLE, BlockKind.PARAGRAPH)[-1] == "After the table.[^1]"


def test_a_footnote_in_brackets_is_a_footnote_and_its_mark_no_figure() -> None:
    read = read_markdown(TABLE)
    assert [read.text[s:e] for s, e in read.footnote_marks] == ["1", "1"]
    assert of(read, BlockKind.FOOTNOTE) == ["1]: Housing Monitoring Report, 2023"]
    assert "[^1]" not in read.clean


def test_front_matter_describes_the_document_and_is_no_text() -> None:
    text = "---\ntitle: Skills Report\nstatus: DRAFT v0.3\ndate: November 2023\n---\n\n# Skills\n\nSome words.\n"
    read = read_markdown(text)
    assert (read.title, read.status, read.date) == ("Skills Report", "draft", "2023-11")
    assert "v0.3" not in read.clean
    assert read.date_at is not None
    assert text[slice(*read.date_at)] == "November 2023"
