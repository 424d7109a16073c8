"""One councillor's journey in a real browser: ask, see the figure, open its source, see the words marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import IN_A_BROWSER, NVQ4, SLOWEST_MS, ask, faults
from tests.app.served import served

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor's first page, ready to be asked; no request leaves this machine."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else elsewhere.append(r.url))
    page.goto(address)
    expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=SLOWEST_MS)
    yield page
    page.close()
    assert elsewhere == []


def test_a_figure_opens_in_its_source_with_the_words_marked(page: Page) -> None:
    ask(page, NVQ4)
    expect(page.locator(".figure.first .value")).to_contain_text("41%")
    page.get_by_role("button", name="Open source 1").first.click()
    mark = page.locator(".source-words mark", has_text="41%").first
    expect(mark).to_be_in_viewport()
    expect(page.locator(".source-head")).to_contain_text("3. Current baseline evidence")
    expect(page.get_by_role("status").filter(has_text="The answer is there.")).to_be_attached()
    assert faults(page) == []


def test_the_journey_needs_no_mouse(page: Page) -> None:
    ask(page, NVQ4)
    button = page.get_by_role("button", name="Open source 1").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    expect(page.locator(".source-words mark").first).to_be_visible()
    page.get_by_role("button", name="Close").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".source-words")).to_have_count(0)
    expect(button).to_be_focused()


def test_on_a_phone_the_source_opens_below_the_answer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, NVQ4)
    page.get_by_role("button", name="Open source 1").first.click()
    expect(page.locator(".source-words mark").first).to_be_in_viewport()
    answer, source = page.locator(".answer").bounding_box(), page.locator(".source-head").bounding_box()
    assert answer is not None and source is not None
    assert source["y"] >= answer["y"] + answer["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_page_s_own_address_can_be_the_first_that_a_new_server_is_asked_for(
    browser: Browser, built_index: Path, tmp_path: Path
) -> None:
    with served(built_index, tmp_path / "log") as url:
        page = browser.new_page()
        page.goto(f"{url}/sources")
        expect(page.locator(".document").first).to_be_visible(timeout=SLOWEST_MS)
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(5)
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        page.close()
