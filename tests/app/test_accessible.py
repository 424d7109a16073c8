"""Every page can be used with a keyboard, on a narrow screen, and without movement."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.app.served import CHROMIUM, chromium, served
from tests.app.test_browser import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}."),
]
SLOWEST_MS = 120_000
NAMES = ("", "commitments", "indicators", "briefing", "sources", "accessibility", "privacy", "edits")


@pytest.fixture(scope="module")
def address(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built_index, tmp_path_factory.mktemp("server") / "log", {"PLANCHAT_LOG_QUESTIONS": "on"}) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["accessibility", "privacy", "edits"])
def test_axe_finds_nothing_wrong_on_the_pages_at_the_foot(
    browser: Browser, address: str, name: str, scheme: str
) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/{name}")
    expect(page.locator("h1.page")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("link", name="Privacy notice")).to_be_visible(timeout=SLOWEST_MS)
    found = violations(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_off_a_screen_as_narrow_as_one_at_400_percent(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{address}/{name}")
    expect(page.locator("h1.page")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("link", name="Accessibility statement")).to_be_attached(timeout=SLOWEST_MS)
    main = page.locator(".stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/accessibility")
    expect(page.locator("h1.page")).to_be_visible(timeout=SLOWEST_MS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".stMain")).to_be_focused()
    page.close()


def test_the_page_says_its_language_and_its_name(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/accessibility")
    expect(page).to_have_title("Accessibility statement – planchat", timeout=SLOWEST_MS)
    page.get_by_role("link", name="Sources").click()
    expect(page).to_have_title("Sources – planchat", timeout=SLOWEST_MS)
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    page.close()


def test_on_a_phone_the_list_of_pages_has_a_name(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/accessibility")
    page.get_by_role("button", name="Pages", exact=True).click(timeout=SLOWEST_MS)
    page.get_by_role("link", name="Privacy notice").wait_for(timeout=SLOWEST_MS)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Sources").click()
    expect(page.locator("h1.page")).to_have_text("Sources", timeout=SLOWEST_MS)
    page.close()


def test_nothing_moves_for_somebody_who_wants_less_movement(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{address}/accessibility")
    link = page.get_by_role("link", name="Privacy notice")
    expect(link).to_be_visible(timeout=SLOWEST_MS)
    assert page.evaluate("element => getComputedStyle(element).transitionDuration", link.element_handle()) == "1e-05s"
    page.close()


def test_links_at_the_foot_are_large_enough_to_hit(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/accessibility")
    expect(page.locator(".st-key-foot a").first).to_be_visible(timeout=SLOWEST_MS)
    for link in page.locator(".st-key-foot a").all():
        box = link.bounding_box()
        assert box is not None and box["height"] >= 24
    page.close()
