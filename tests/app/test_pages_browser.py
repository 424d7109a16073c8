"""Journeys over the other pages in a real browser: what is filtered is taken away, and reads back as it was shown."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import IN_A_BROWSER, SLOWEST_MS, faults

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download(timeout=SLOWEST_MS) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return waiting.value.path().read_bytes()


def choose(page: Page, box: str, option: str) -> None:
    page.get_by_role("combobox", name=box).click()
    page.get_by_role("option", name=option).first.click(timeout=SLOWEST_MS)


def test_commitments_that_are_filtered_are_what_is_taken_away(page: Page, address: str) -> None:
    page.goto(f"{address}/commitments")
    expect(page.get_by_text("97 of 97 statements")).to_be_visible(timeout=SLOWEST_MS)
    choose(page, "Partner", "Herts LEP")
    expect(page.get_by_text("Herts LEP supports all of this.").first).to_be_visible(timeout=SLOWEST_MS)
    choose(page, "Kind", "Outputs")
    expect(page.locator(".theme h3").filter(has_text="Activities")).to_have_count(0, timeout=SLOWEST_MS)
    expect(page).to_have_url(re.compile(r"kind=Outputs&partner=Herts\+LEP"), timeout=SLOWEST_MS)
    status = page.get_by_role("status").filter(has_text="of 97 statements")
    expect(status).to_have_count(1, timeout=SLOWEST_MS)  # what was shown before stays for a moment
    shown = page.locator(".theme li").count()
    expect(status).to_have_text(f"{shown} of 97 statements")
    assert faults(page) == []
    lines = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(downloaded(page, "Excel"))).active
    document = Document(io.BytesIO(downloaded(page, "Word")))
    assert len(lines) == sheet.max_row - 1 == sum(len(t.rows) - 1 for t in document.tables) == shown
    assert {line["Kind"] for line in lines} == {"output"}
    assert any("partner: Herts LEP" in p.text for p in document.paragraphs)
    page.goto(page.url)
    expect(status).to_have_text(f"{shown} of 97 statements", timeout=SLOWEST_MS)


def test_a_target_opens_its_source_and_a_list_that_is_empty_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/commitments?targets=True")
    page.get_by_role("button", name="Open the source of 825, births").first.click(timeout=SLOWEST_MS)
    expect(page.locator(".source-words mark").first).to_have_text("825", timeout=SLOWEST_MS)
    assert faults(page) == []
    choose(page, "Theme", "Theme 4")
    expect(page.get_by_text("Nothing fits all of these")).to_be_visible(timeout=SLOWEST_MS)
    assert faults(page) == []


def test_a_briefing_with_kept_answers_is_built_downloaded_and_read_back(page: Page, address: str) -> None:
    question = "What share of Dacorum residents have NVQ4?"
    page.goto(address)
    page.get_by_role("textbox").fill(question, timeout=SLOWEST_MS)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add to briefing").click(timeout=SLOWEST_MS)
    expect(page.get_by_role("button", name="Take out of briefing")).to_be_visible(timeout=SLOWEST_MS)
    page.get_by_test_id("stTopNavLink").filter(has_text="Briefing").click()
    choose(page, "Briefing on", "Theme 2")
    expect(page.locator(".paper h1")).to_contain_text("Theme 2", timeout=SLOWEST_MS)
    page.get_by_text("Choose, reorder, and add your own words").click()
    page.get_by_role("button", name="Move down:").first.click(timeout=SLOWEST_MS)
    page.mouse.move(2, 2)  # what a button says while the pointer is on it stands outside the page's parts
    expect(page.get_by_role("tooltip")).to_have_count(0, timeout=SLOWEST_MS)
    assert faults(page) == []
    document = Document(io.BytesIO(downloaded(page, "Download for Word")))
    words = [p.text for p in document.paragraphs]
    assert "41%" in words[words.index(question) + 1]
    assert words.index("Questions and answers") < words.index("Key figures") < words.index("Sources")
    shown = page.locator(".paper tbody tr td:nth-child(3)").all_inner_texts()
    (table,) = document.tables
    assert [row.cells[2].text for row in table.rows[1:]] == shown


def test_a_draft_s_verdict_opens_its_source(page: Page, address: str) -> None:
    page.goto(f"{address}/briefing")
    page.get_by_text("Check a draft").click(timeout=SLOWEST_MS)
    draft = page.get_by_role("textbox", name="Draft text")
    draft.fill("In Dacorum, 54% of residents have NVQ4, against 45% in Hertfordshire.", timeout=SLOWEST_MS)
    draft.press("Control+Enter")
    page.get_by_role("button", name="Open the source for 54%: contradicted").click(timeout=SLOWEST_MS)
    expect(page.locator(".source-words mark").first).to_have_text("41%", timeout=SLOWEST_MS)
    assert faults(page) == []
    page.get_by_text("Source audit").click()
    expect(page.get_by_role("heading", name="Weak target")).to_be_visible(timeout=SLOWEST_MS)
    assert faults(page) == []


def test_a_chart_is_taken_away_as_a_picture_and_as_data(page: Page, address: str) -> None:
    page.goto(f"{address}/indicators")
    words = page.get_by_role("textbox", name="Measure")
    words.fill("births of new enterprises", timeout=SLOWEST_MS)
    words.press("Enter")
    expect(page.get_by_role("heading", name="Births of new enterprises")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.locator("table.chart tbody tr")).to_have_count(6, timeout=SLOWEST_MS)
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=SLOWEST_MS)
    assert faults(page) == []
    lines = list(csv.DictReader(io.StringIO(downloaded(page, "Data (CSV)").decode("utf-8-sig"))))
    assert [(line["Area"], line["Period"], line["Figure"]) for line in lines][-1] == ("Dacorum", "2024", "825")
    assert downloaded(page, "Picture (PNG)").startswith(b"\x89PNG")
    drawn = downloaded(page, "Picture (SVG)").decode()
    assert "Births of new enterprises" in drawn and "Source: Births, deaths and survival" in drawn
