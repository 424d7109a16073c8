"""Journeys on the Ask page in a real browser, over a plan that is a PDF."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from answering.ask import Asker
from tests.app.browser import IN_A_BROWSER, NVQ4, SLOWEST_MS, ask, faults
from tests.app.served import served

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def address(printed_asker: Asker, printed_plan_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app is served over the printed plan."""
    log = tmp_path_factory.mktemp("server") / "log"
    with served(printed_asker.settings.index_folder, log, {"PLANCHAT_CORPUS": str(printed_plan_folder)}) as url:
        yield url


def opened(browser: Browser, url: str, width: int = 1280, dark: bool = False) -> Page:
    """A visitor's first page, ready to be asked."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.goto(url)
    expect(page.get_by_role("textbox").first).to_be_visible(timeout=SLOWEST_MS)
    return page


def within(page: Page, inner: str, outer: str) -> bool:
    """Whether the first element of one kind lies inside the first of another, to a pixel or so."""
    one, other = page.locator(inner).first.bounding_box(), page.locator(outer).first.bounding_box()
    assert one is not None and other is not None
    across = other["x"] - 2 <= one["x"] and one["x"] + one["width"] <= other["x"] + other["width"] + 2
    down = other["y"] - 2 <= one["y"] and one["y"] + one["height"] <= other["y"] + other["height"] + 2
    return across and down


@pytest.mark.parametrize("width", [1280, 390])
def test_a_citation_opens_the_printed_page_with_its_words_in_view(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width, dark=width == 390)
    ask(page, NVQ4)
    page.get_by_role("button", name="Open source 1").first.click()
    picture = page.get_by_role("img", name="as it is printed, with the cited words marked")
    expect(picture).to_be_visible(timeout=SLOWEST_MS)
    expect(page.locator(".page-sheet .mark")).to_have_count(2)
    expect(page.locator(".page-sheet .mark").first).to_be_in_viewport()
    assert picture.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 1000
    assert within(page, ".page-sheet .mark", ".page-frame")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.get_by_role("button", name="Whole page").press("Enter")
    expect(page.get_by_role("button", name="Whole page")).to_have_attribute("aria-pressed", "true")
    assert within(page, ".page-sheet", ".page-frame")
    page.close()


def test_a_shared_link_gives_another_visitor_the_same_answer(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    ask(page, "What is the average workplace income in Dacorum?")
    ask(page, "And in Watford?")
    # The buttons come after the words: until there are two, the last one is the first answer's.
    expect(page.get_by_role("button", name="Copy link")).to_have_count(2)
    page.get_by_role("button", name="Copy link").last.press("Enter")
    expect(page.locator(".announcement")).to_have_text("Copied: Copy link")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    shared = page.evaluate("navigator.clipboard.readText()")
    assert "Watford" in shared
    page.get_by_role("button", name="Copy answer").last.press("Enter")
    expect(page.locator(".announcement")).to_have_text("Copied: Copy answer")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "£33,662" in text and "[1] Dacorum Economic Recovery Plan" in text
    page.reload()
    expect(page.locator(".answer")).to_have_count(2)
    context.close()

    other = opened(browser, shared)
    expect(other.locator(".answer")).to_have_count(1)
    expect(other.locator(".figure.first .value")).to_contain_text("£33,662")
    other.close()


def test_a_follow_up_is_asked_without_leaving_the_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    ask(page, "What is the average workplace income in Dacorum?")
    box = page.get_by_role("textbox", name="Ask a question")
    expect(box).to_be_focused()
    page.keyboard.type("And in Watford?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="And in Watford?")).to_be_in_viewport()
    expect(page.locator("table.bars").first).to_be_visible()
    expect(page.locator(".announcement")).to_contain_text("£33,662")
    expect(box).to_be_focused()
    assert faults(page) == []
    page.close()


# Every answer takes long, as one of a slow language model would.
SLOW = """
import threading, time
run = threading.Thread.run
def slowly(thread):
    if thread.name == "answer":
        time.sleep(600)
    run(thread)
threading.Thread.run = slowly
"""


def test_a_question_can_be_stopped_and_nothing_of_it_is_shown(
    browser: Browser, printed_asker: Asker, printed_plan_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW, encoding="utf-8")
    slow = {"PLANCHAT_CORPUS": str(printed_plan_folder), "PYTHONPATH": str(tmp_path)}
    with served(printed_asker.settings.index_folder, tmp_path / "log", slow) as url:
        page = opened(browser, url)
        page.get_by_role("textbox", name="Ask a question").fill(NVQ4)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Looking in the sources…")).to_be_visible()
        expect(page.locator("p.stopped")).to_have_count(0)
        assert page.locator("p.about").count() == 1  # nothing of an earlier run is left beside it
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("p.stopped")).to_have_text(re.compile("^Stopped. The question was not answered"))
        expect(page.locator(".announcement")).to_contain_text("Stopped. The question was not answered")
        expect(page.get_by_text("Looking in the sources…")).to_be_hidden()
        expect(page.locator(".answer")).to_have_count(0)
        expect(page.locator(".st-key-starters button").first).to_be_visible()
        assert "q=" not in page.url
        assert faults(page) == []
        page.close()


def start_again(page: Page) -> None:
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("h2.question")).to_have_count(0)
    expect(page.locator(".st-key-starters button").first).to_be_visible()


def test_no_state_of_an_answer_has_faults(browser: Browser, address: str, tmp_path: Path) -> None:
    page = opened(browser, address)
    ask(page, "What is the rate?")
    expect(page.locator(".answer.clarify")).to_be_visible()
    assert page.locator("[class*='-suggestions'] button").count() > 1
    assert faults(page) == []

    start_again(page)
    ask(page, "What is the council tax in Dacorum?")
    expect(page.get_by_role("button", name="Note this gap")).to_be_visible()
    page.locator("[class*='-citations'] button").first.click()
    expect(page.get_by_role("img", name="as it is printed")).to_be_visible()
    assert faults(page) == []

    start_again(page)
    ask(page, NVQ4)
    page.get_by_role("button", name="Add to briefing").click()
    expect(page.get_by_role("link", name="1 answer is kept for your briefing")).to_be_visible()
    page.get_by_text("About this answer").click()
    expect(page.get_by_text("State of the sources")).to_be_visible()
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Save").click()
    download.value.save_as(tmp_path / "saved.json")

    start_again(page)
    page.get_by_text("Check a saved answer").click()
    page.locator(".st-key-saved-files input[type=file]").set_input_files(tmp_path / "saved.json")
    expect(page.locator(".standing")).to_contain_text("every figure stands")
    assert faults(page) == []
    page.close()
