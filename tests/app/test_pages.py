"""The other pages: each shows what the corpus holds, and opens where it stands."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answering.ask import Asker
from corpus.settings import Settings
from ingestion.errors import UnreadableFile
from pages.basket import Kept
from pages.csv_file import csv_file
from tests.app.seen import labels, seen
from tests.ingestion.test_hostile import word, zipped

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def bomb() -> bytes:
    """A Word file of some kilobytes that says it would unpack to 300 MB."""
    file = io.BytesIO()
    zipped(file, {"word/document.xml": bytes(300_000_000)}, word())
    return file.getvalue()


def at_page(app: AppTest, name: str) -> AppTest:
    return app.run().switch_page(f"pages/{name}.py").run()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("commitments", "Theme 1 – Skills and Employment"),
        ("indicators", "residents with NVQ4"),
        ("briefing", "What the plan commits to"),
        ("sources", "Dacorum Economic Recovery Plan"),
    ],
)
def test_each_page_shows_the_corpus(app: AppTest, name: str, words: str) -> None:
    at_page(app, name)
    if name == "indicators":
        app.text_input[0].set_value("nvq4").run()
    assert not app.exception
    assert words in seen(app)


@pytest.mark.parametrize("name", ["commitments", "indicators", "briefing", "sources"])
def test_each_page_stands_over_a_corpus_without_themes(
    name: str, app_of: Callable[[Path, Path], AppTest], small: Settings
) -> None:
    assert small.index is not None
    assert not at_page(app_of(small.corpus, small.index), name).exception


def test_commitments_say_what_the_plan_leaves_out(app: AppTest) -> None:
    at_page(app, "commitments")
    app.selectbox[0].set_value("Theme 4 – Branding and Inward Investment").run()
    assert "Not stated in the plan: lead, support, activities, outputs." in seen(app)
    assert "Theme 1" not in seen(app)


def test_commitments_are_filtered_by_kind_and_partner(app: AppTest) -> None:
    at_page(app, "commitments")
    app.selectbox[1].set_value(app.selectbox[1].options[-1]).run()
    assert "<h3>Outcomes</h3>" in seen(app)
    assert "<h3>Activities</h3>" not in seen(app)


def test_a_commitment_opens_its_source(app: AppTest) -> None:
    at_page(app, "commitments")
    app.session_state["commitments-open"] = 2
    app.run()
    assert "<mark>Led by West Hertfordshire College</mark>" in seen(app)
    assert "Close" in labels(app)


def test_targets_stand_in_a_table_with_what_has_been_published_since(app: AppTest) -> None:
    at_page(app, "commitments")
    app.toggle[0].set_value(True).run()
    assert not app.exception
    row = seen(app).split('<th scope="row">1,100</th>')[1].split("</tr>")[0]
    assert "825 in 2024" in row
    assert 'data-label="Since then">Moved away from the target' in row
    number = int(row.split('data-source="')[2].split('"')[0])
    app.session_state["commitments-open"] = number
    app.run()
    assert "<mark>825</mark>" in seen(app)


def test_filters_that_nothing_fits_are_said_and_can_be_cleared(app: AppTest) -> None:
    at_page(app, "commitments")
    app.selectbox(key="theme").set_value("Theme 4 – Branding and Inward Investment").run()
    app.toggle[0].set_value(True).run()
    assert "Nothing fits all of these: Theme 4 – Branding and Inward Investment; targets only." in app.info[0].value
    next(b for b in app.button if b.label == "Clear the filters").click().run()
    assert "97 of 97 statements" in seen(app)


def test_filters_are_in_the_page_s_address(app: AppTest) -> None:
    app.query_params["theme"] = "Theme 2 – Business Growth"
    app.query_params["kind"] = "Outputs"
    app.query_params["targets"] = "True"
    at_page(app, "commitments")
    assert app.selectbox(key="theme").value == "Theme 2 – Business Growth"
    assert app.selectbox(key="kind").value == "Outputs"
    assert app.toggle[0].value
    app.selectbox(key="kind").set_value(None).run()
    assert app.query_params == {"theme": "Theme 2 – Business Growth", "targets": "True"}
    assert "Theme 6" not in seen(app)


def test_a_partner_s_part_in_each_commitment_is_told(app: AppTest) -> None:
    at_page(app, "commitments")
    app.selectbox(key="partner").set_value("Herts LEP").run()
    assert seen(app).count("Herts LEP supports all of this.") == 2
    assert "(in support)" not in seen(app)


def test_a_partner_s_part_stands_with_each_commitment_where_it_is_not_the_same_to_all(
    app_of: Callable[[Path, Path], AppTest], small: Settings
) -> None:
    (small.corpus / "plan.md").write_text(
        "# Exampleton Plan\n\n| Action | Lead | Partners |\n|---|---|---|\n"
        "| Open a skills hub | Exampleton College | The Chamber |\n"
        "| Plant 400 trees | The Chamber | Exampleton College |\n",
        encoding="utf-8",
    )
    app = at_page(app_of(small.corpus, small.index_folder), "commitments")
    app.selectbox(key="partner").set_value("Exampleton College").run()
    assert not app.exception
    assert "(as the lead)" in seen(app) and "(in support)" in seen(app)
    assert "all of this" not in seen(app)


def test_a_figure_opens_its_source(app: AppTest) -> None:
    at_page(app, "indicators")
    app.session_state["indicators-open"] = 1
    app.run()
    assert "<mark>83,400</mark>" in seen(app)


def test_indicators_are_filtered_by_the_measure_s_words_and_the_area(app: AppTest) -> None:
    at_page(app, "indicators")
    app.text_input[0].set_value("workplace income").run()
    app.selectbox[0].set_value("Watford").run()
    assert "£33,662" in seen(app)
    assert seen(app).count('data-label="Area"') == seen(app).count('data-label="Area">Watford<') > 0


def test_a_chart_has_its_figures_as_a_table_its_source_and_its_date(app: AppTest) -> None:
    at_page(app, "indicators")
    app.text_input[0].set_value("residents with nvq4").run()
    assert not app.exception
    table = seen(app).split('<table class="row chart">')[1].split("</table>")[0]
    assert "Dacorum</th><td>Not stated</td><td>41%" in table
    assert "Hertfordshire</th><td>Not stated</td><td>45%" in table
    assert "Source: Dacorum Economic Recovery Plan, Dacorum Borough Council, September 2021." in seen(app)


def test_lines_over_time_show_the_areas_with_several_periods_and_tell_of_the_others(app: AppTest) -> None:
    at_page(app, "indicators")
    app.text_input[0].set_value("births of new enterprises").run()
    assert app.segmented_control[0].value == "Over time"
    table = seen(app).split('<table class="row chart">')[1].split("</table>")[0]
    assert table.count("Dacorum</th>") == 6
    assert table.index("2019") < table.index("2024")
    assert "Not drawn, for one period alone is given: Hertfordshire (6,840, 2024)" in seen(app)
    app.segmented_control[0].set_value("By area").run()
    table = seen(app).split('<table class="row chart">')[1].split("</table>")[0]
    assert "Hertfordshire</th><td>2024</td><td>6,840" in table
    assert "2019" not in table


def test_each_measure_has_a_chart_of_its_own(app: AppTest) -> None:
    at_page(app, "indicators")
    app.text_input[0].set_value("enterprises").run()
    offered = app.multiselect[0].options
    assert len(offered) > 1
    before = seen(app).count('<table class="row chart">')
    app.multiselect[0].select(offered[1]).run()
    assert not app.exception
    assert seen(app).count('<table class="row chart">') == before + 1


def test_indicators_say_when_nothing_fits(app: AppTest) -> None:
    at_page(app, "indicators")
    app.text_input[0].set_value("zebras").run()
    assert "No figure fits" in app.info[0].value


def test_a_briefing_is_ordered_and_shortened_by_hand(app: AppTest) -> None:
    at_page(app, "briefing")
    shown = seen(app).split("Table 1")[1]
    assert shown.index("21%") < shown.index("approximately 1,401")
    next(b for b in app.button if b.label.startswith("Move down: 21%")).click().run()
    shown = seen(app).split("Table 1")[1]
    assert shown.index("approximately 1,401") < shown.index("21%")
    next(c for c in app.checkbox if c.label.startswith("approximately 1,401")).uncheck().run()
    assert not app.exception
    assert "approximately 1,401" not in seen(app).split("Table 1")[1].split("</table>")[0]


def test_own_text_that_the_sources_do_not_bear_out_is_refused(app: AppTest) -> None:
    at_page(app, "briefing")
    app.text_area[0].set_value("43% of Dacorum residents have NVQ4.").run()
    assert "the sources do not support your own text" in seen(app)
    app.text_area[0].set_value("41% of Dacorum residents have NVQ4.").run()
    assert "41% of Dacorum residents have NVQ4" in seen(app)


def test_answers_that_were_kept_go_into_the_briefing(app: AppTest, asker: Asker) -> None:
    at_page(app, "briefing")
    old = asker.ask("Who leads theme 2?")
    kept = asker.ask("What share of Dacorum residents have NVQ4?")
    app.session_state["basket"] = [Kept(kept, asker.generation.id), Kept(old, "an earlier state")]
    app.run()
    assert not app.exception
    assert "<h2>Questions and answers</h2>\n<h3>What share of Dacorum residents have NVQ4?</h3>" in seen(app)
    assert "<h3>Who leads theme 2?</h3>" not in seen(app)
    assert "the sources have changed since" in seen(app)
    app.selectbox[0].set_value("Kept answers alone").run()
    assert "Briefing note: questions and answers" in seen(app)
    next(b for b in app.button if b.label.startswith("Take out: What share")).click().run()
    assert "No answer is kept" in seen(app)


def test_a_draft_is_checked_as_a_file_and_each_verdict_opens_its_source(app: AppTest) -> None:
    at_page(app, "briefing")
    app.segmented_control[0].set_value("Check a draft").run()
    app.file_uploader[0].set_value(("draft.md", b"In Dacorum, 54% of residents have NVQ4.", "text/markdown")).run()
    assert not app.exception
    assert "1 figure: 0 supported, 1 contradicted, 0 not found." in seen(app)
    app.session_state["draft-open"] = 1
    app.run()
    assert "<mark>41%</mark>" in seen(app)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (("draft.pdf", b"no pdf", "application/pdf"), "not a PDF"),
        (("draft.md", b"Thanks to all.", "text/markdown"), "no figures to check"),
        (("draft.docx", bomb(), WORD), "would unpack to 300 MB"),
    ],
)
def test_a_draft_that_cannot_be_checked_says_so(app: AppTest, draft: tuple[str, bytes, str], said: str) -> None:
    at_page(app, "briefing")
    app.segmented_control[0].set_value("Check a draft").run()
    app.file_uploader[0].set_value(draft).run()
    assert not app.exception
    assert said in seen(app) + "".join(i.value for i in app.info)


def test_the_verdicts_stand_where_no_copy_for_word_can_be_made(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> bytes:
        raise UnreadableFile("No copy with comments can be made: the draft draft.docx took too long.")

    monkeypatch.setattr("briefing.comments.commented", stopped)
    at_page(app, "briefing")
    app.segmented_control[0].set_value("Check a draft").run()
    app.file_uploader[0].set_value(("draft.md", b"In Dacorum, 54% of residents have NVQ4.", "text/markdown")).run()
    assert not app.exception
    assert "No copy with comments can be made" in seen(app)
    assert "0 supported, 1 contradicted" in seen(app)
    assert not app.get("download_button")


def test_sources_show_warnings_and_what_could_not_be_read(
    app_of: Callable[[Path, Path], AppTest], small: Settings
) -> None:
    assert small.index is not None
    (small.corpus / "broken.pdf").write_bytes(b"not a pdf")
    app = at_page(app_of(small.corpus, small.index), "sources")
    assert "broken.pdf" in app.warning[0].value


def test_a_csv_file_holds_no_formula_and_keeps_negative_numbers() -> None:
    rows = [("=1+1", "-1.8%"), ("@here", None), ("- a dash", -2)]
    text = csv_file(("a", "b"), rows).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:] == [["'=1+1", "-1.8%"], ["'@here", ""], ["'- a dash", "-2"]]
