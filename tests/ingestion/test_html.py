"""Web pages: the plan gives the same figures and commitments as its Markdown; navigation and banners are left out."""

import os
import tempfile
from pathlib import Path

import pytest

from corpus.commitment import Commitment
from corpus.figure import Figure
from corpus.records import Records
from corpus.register import Listed, file_hash
from corpus.settings import BUILT_IN_CORPUS
from ingestion.block import BlockKind, ReadText
from ingestion.errors import UnreadableFile
from ingestion.html import read_html
from ingestion.read import read_file
from tests.typeset_html import typeset_html

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(os.environ.get("PLANCHAT_SHARED", ROOT.parent / "shared")) / (
    "samples/plans/fenland_affordable_housing_page.html"
)
PLAN = BUILT_IN_CORPUS / "plans/dacorum-economic-recovery-plan-2021.md"
NAVIGATION = ("Home", "Your council", "cookies", "Share this page", "Related pages", "01234", "©", "var count")


@pytest.fixture(scope="module")
def web_plan(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The plan as it is read from a web page."""
    file = tmp_path_factory.mktemp("web") / "plan.html"
    file.write_text(typeset_html(PLAN.read_text(encoding="utf-8")), encoding="utf-8")
    return read_file(Listed("plan.html", file, None), "x")


def slots(f: Figure) -> tuple[object, ...]:
    q = f.quantity
    return (q.value, q.upper, q.unit, q.qualifier, f.area, f.period, f.kind.value, f.measure, f.source)


def said(c: Commitment) -> tuple[object, ...]:
    words = " ".join(c.text.split())
    return (c.theme_number, c.kind.value, words, c.lead, c.partners, c.due, c.missing, c.parent is not None)


def shown(read: ReadText, *kinds: BlockKind) -> list[str]:
    return [read.text[b.start : b.end] for b in read.blocks if not kinds or b.kind in kinds]


def page(body: str, head: str = "") -> ReadText:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>")


# ---- the plan --------------------------------------------------------------------------------------------------------


def test_the_same_figures_come_out(plan: Records, web_plan: Records) -> None:
    assert len(web_plan.figures) > 50
    assert [slots(f) for f in web_plan.figures] == [slots(f) for f in plan.figures]


def test_figures_stand_below_the_same_headings(plan: Records, web_plan: Records) -> None:
    assert [f.location.section for f in web_plan.figures] == [f.location.section for f in plan.figures]


def test_figures_stand_where_they_say(web_plan: Records) -> None:
    for f in web_plan.figures:
        assert web_plan.document.text[f.at[0] : f.at[1]] == f.quantity.text


def test_the_same_themes_come_out(plan: Records, web_plan: Records) -> None:
    assert [(t.number, t.name, t.missing) for t in web_plan.themes] == [
        (t.number, t.name, t.missing) for t in plan.themes
    ]


def test_the_same_commitments_come_out(plan: Records, web_plan: Records) -> None:
    assert [said(c) for c in web_plan.commitments] == [said(c) for c in plan.commitments]


def test_title_date_and_draft_status_are_read(plan: Records, web_plan: Records) -> None:
    described = (web_plan.document.title, web_plan.document.date, web_plan.document.status)
    assert described == (plan.document.title, plan.document.date, plan.document.status)


def test_nothing_of_the_navigation_is_in_the_text(web_plan: Records) -> None:
    for words in NAVIGATION:
        assert words not in web_plan.document.text


# ---- what a page holds -----------------------------------------------------------------------------------------------


def test_the_main_part_is_read_and_the_rest_is_not() -> None:
    read = page(
        "<nav>Menu</nav><div><main><h1>Jobs</h1><p>Words.</p><form>Search</form></main></div><footer>Foot</footer>"
    )
    assert shown(read) == ["Jobs", "Words."]


def test_a_page_without_a_main_part_is_read_whole() -> None:
    read = page("<form><header>Site</header><h1>Jobs</h1><p>There are words that fill the page.</p></form>")
    assert shown(read) == ["Jobs", "There are words that fill the page."]


def test_the_title_comes_from_the_heading_or_else_from_the_page() -> None:
    head = "<title>Our economy | Exampleton Council</title>"
    assert page("<h1>Jobs</h1><p>Words.</p>", head).title == "Jobs"
    assert page("<p>Words.</p><h2>Homes</h2><p>More.</p><h2>Jobs</h2>", head).title == "Our economy"


def test_headings_have_their_depth() -> None:
    read = page("<h1>Plan</h1><h2>Jobs</h2><h3>Skills</h3><p>Words.</p><h2>Homes</h2>")
    assert [b.level for b in read.blocks if b.kind is BlockKind.HEADING] == [1, 2, 1]


def test_lists_have_their_depth_and_their_paragraphs_stay_together() -> None:
    read = page(
        "<h1>Plan</h1><p>We will:</p><ul><li><p>build</p><p>homes</p><ul><li>in towns</li></ul></li><li>plan</ul>"
    )
    depths = [
        (b.level, " ".join(read.text[b.start : b.end].split())) for b in read.blocks if b.kind is BlockKind.BULLET
    ]
    assert depths == [(1, "build homes"), (2, "in towns"), (1, "plan")]


def test_columns_name_the_numbers_of_a_tables_rows() -> None:
    read = page(
        "<h1>Plan</h1><table><caption>Skills</caption><thead><tr><th>Measure<th>Exampleton<th>England</thead>"
        "<tr><td>Residents\n with NVQ4<td>41%<sup>2</sup><td>37%</tr><tr><th>Status<td>Open<td></tr></table>"
    )
    assert shown(read)[1:] == [
        "Skills",
        "Residents with NVQ4\t41%²\t37%",
        "Status\tOpen",
    ]
    assert [c.column for c in read.rows[0].cells] == ["Measure", "Exampleton", "England"]
    assert (read.rows[0].label, read.rows[0].caption) == ("Residents with NVQ4", "Skills")


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    assert shown(page("<table><tr><td><h1>Plan</h1><p>Words.</p></td><td>More.</td></tr></table>")) == [
        "Plan", "Words.", "More.",
    ]  # fmt: skip


def test_definitions_follow_their_terms() -> None:
    read = page("<h1>Plan</h1><dl><dt>GVA</dt><dd>The value of <b>sales</b>.</dd><dt>Jobs:</dt><dd>12</dd></dl>")
    assert shown(read)[1:] == ["GVA: The value of sales.", "Jobs: 12"]


def test_raised_digits_are_marks_with_or_without_brackets() -> None:
    read = page(
        '<h1>P</h1><p>Now 27.4%<sup><a href="#fn6">[6]</a></sup> of the 21<sup>st</sup>, on 3 km<sup>2</sup>.</p>'
    )
    assert shown(read)[1] == "Now 27.4%⁶ of the 21st, on 3 km²."
    assert [read.text[s:e] for s, e in read.footnote_marks] == ["⁶"]


def test_a_list_of_notes_becomes_footnotes() -> None:
    read = page(
        '<h1>P</h1><p>In 2023, 41%<sup>1</sup>.</p><ol><li id="fn1"><p>Survey, 2024 <a href="#fnref1">↩</a></p></ol>'
    )
    assert shown(read, BlockKind.FOOTNOTE) == ["¹ Survey, 2024"]


def test_entities_and_odd_spaces_become_plain() -> None:
    read = page("<h1>P</h1><p>Jobs &amp; homes:&nbsp;&pound;1.2m&#8201;a&shy;year\n  and&#8203; more<br>here.</p>")
    assert shown(read)[1] == "Jobs & homes: £1.2m ayear and more\nhere."


def test_comments_scripts_and_hidden_words_are_left_out() -> None:
    read = page(
        '<h1>P</h1><!-- 12 jobs --><script>var a = 4</script><p hidden>9</p><p style="display: none">8</p><p>Words.</p>'
    )
    assert shown(read) == ["P", "Words."]


def test_a_list_of_places_on_the_page_is_left_out() -> None:
    read = page('<h1>P</h1><ul><li><a href="#a">Jobs</a></li><li><a href="#b">Homes</a></li></ul><h2 id="a">Jobs</h2>')
    assert shown(read) == ["P", "Jobs"]


# ---- the real page ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def housing() -> ReadText:
    if not SAMPLE.exists():
        pytest.skip("The sample pages are not here: set PLANCHAT_SHARED to the folder that holds samples/.")
    return read_html(SAMPLE)


def test_the_real_pages_words_are_all_there_and_nothing_else(housing: ReadText) -> None:
    starts = [(b.kind.value, b.level, housing.text[b.start : b.end][:45]) for b in housing.blocks]
    assert starts == [
        ("title", 0, "Affordable Housing North of A47 and Viability"),
        ("paragraph", 0, "The Emerging Local Plan indicates that North "),
        ("paragraph", 0, "However, NPPF states that a minimum of 10% af"),
        ("heading", 1, "Part B - Affordable Housing"),
        ("paragraph", 0, "Development proposals should, through negotia"),
        ("bullet", 1, "For sites in the south of the district (as sh"),
        ("bullet", 1, "For sites in the north of the district develo"),
        ("bullet", 1, "All brown field sites across the district of "),
        ("paragraph", 0, "If your development is not proposing to provi"),
    ]
    assert housing.text.endswith("Emerging Local Plan Viability Assessment (PDF, 14 MB).")


# ---- files that cannot be read ---------------------------------------------------------------------------------------


def unreadable(source: Path | str) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_html(source)
    return str(raised.value)


def test_a_pdf_named_html_is_said_to_be_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"%PDF-1.7 ...")
    assert unreadable(tmp_path / "a.html") == "is not a web page"


def test_a_page_without_words_is_said_to_hold_none() -> None:
    assert "holds no text" in unreadable("<html><body><div id=app></div><script>run()</script></body></html>")
    assert "holds no text" in unreadable("")


def test_a_page_nested_without_end_is_said_to_be() -> None:
    assert unreadable("<div>" * 20_000 + "Words") == "is nested too deeply to be read"


def test_a_page_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    page = "<html><head><meta charset=windows-1252></head><body><h1>P</h1><p>Costs of £1.2m – “more”.</p></body></html>"
    (tmp_path / "a.htm").write_bytes(page.encode("cp1252"))
    assert shown(read_html(tmp_path / "a.htm"))[1] == "Costs of £1.2m – “more”."


def test_marks_that_are_written_out_are_marks() -> None:
    page = '<main><h1>Fund</h1><p>Councils can bid for 5 grants.<sup><a href="#fn:1">[footnote 1]</a></sup></p></main>'
    assert "grants.¹" in read_html(page).text


def test_menus_of_a_page_without_a_main_part_are_left_out() -> None:
    page = (
        '<body><div id="header"><ul class="nav"><li>Home</li><li>Bins</li></ul></div><div class="breadcrumb">You are here</div>'
        '<div id="content"><h1>Council tax</h1><p>A Band D home pays £2,104.50.</p></div><div id="footer">© 2025</div></body>'
    )
    assert [w for w in ("Bins", "You are here", "©") if w in read_html(page).text] == []
    assert "£2,104.50" in read_html(page).text


def figures(page: str) -> list[tuple[str, str, str | None, str | None]]:
    """Every figure of a page about a council: as printed, its measure, its place and its time."""
    html = f"<html><body><main><h1>Homes in Watford</h1>{page}</main></body></html>"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        records = read_file(Listed(file.name, file, None), file_hash(file))
    return [(f.quantity.text, f.measure, f.area, f.period) for f in records.figures]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>In 2024, 812 homes were built.</p>",
        '<p hidden="until-found">In 2024, 812 homes were built.</p>',
        '<p style="DISPLAY : NONE">In 2024, 812 homes were built.</p>',
        '<div style="color:red; display:none !important"><p>In 2024, 812 homes were built.</p></div>',
        '<p style="visibility: hidden">In 2024, 812 homes were built.</p>',
        "<template><p>In 2024, 812 homes were built.</p></template>",
        "<noscript><p>In 2024, 812 homes were built.</p></noscript>",
        "<!-- In 2024, 812 homes were built. -->",
        "<table><tr><th>Area</th><th>Homes built</th></tr><tr hidden><td>Watford</td><td>812</td></tr></table>",
    ],
)
def test_what_a_page_hides_is_no_figure(hidden: str) -> None:
    shown = "<p>In 2023, 640 homes were built in Watford.</p>"
    assert [text for text, *_ in figures(shown + hidden)] == ["640"]


def test_what_opens_with_a_click_is_shown() -> None:
    page = "<details><summary>Homes built</summary><p>In 2023, 640 homes were built in Watford.</p></details>"
    assert [(text, area, period) for text, _, area, period in figures(page)] == [("640", "Watford", "In 2023")]


def test_a_term_and_its_figure_are_one() -> None:
    page = "<dl><dt>Homes built in Watford in 2023</dt><dd>640</dd><dt>Homes planned for 2030</dt><dd>1,200</dd></dl>"
    found = {text: (measure, period) for text, measure, _, period in figures(page)}
    assert "uilt" in found["640"][0] and "2023" in str(found["640"][1])
    assert "lanned" in found["1,200"][0] and "2030" in str(found["1,200"][1])


def test_headings_over_several_columns_and_labels_over_several_rows() -> None:
    page = (
        "<table><caption>Homes by tenure in Watford</caption><thead>"
        "<tr><th rowspan='2'>Kind</th><th rowspan='2'>Tenure</th><th colspan='2'>Homes built</th></tr>"
        "<tr><th>2022</th><th>2023</th></tr></thead><tbody>"
        "<tr><th rowspan='2'>Affordable</th><td>Social rent</td><td>31</td><td>42</td></tr>"
        "<tr><td>Shared ownership</td><td>11</td><td>12</td></tr></tbody></table>"
    )
    found = {text: (measure, period) for text, measure, _, period in figures(page)}
    assert {text: period for text, (_, period) in found.items()} == {
        "31": "2022",
        "42": "2023",
        "11": "2022",
        "12": "2023",
    }
    for text, tenure in (
        ("31", "Social rent"),
        ("42", "Social rent"),
        ("11", "Shared ownership"),
        ("12", "Shared ownership"),
    ):
        assert tenure in found[text][0] and "Affordable" in found[text][0] and "Homes built" in found[text][0]
