"""Every page can be used with a keyboard, on a narrow screen, and without movement."""

import pytest
from playwright.sync_api import Browser, expect

from tests.app.browser import IN_A_BROWSER, SLOWEST_MS, faults

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("", ".st-key-starters button"),
        ("commitments", ".theme"),
        ("indicators", "table.figures"),
        ("briefing", ".st-key-note h2"),
        ("sources", ".document"),
        ("accessibility", ".statement"),
        ("privacy", ".statement"),
        ("edits", "h1.page"),
    ],
)
def test_a_page_has_no_faults(browser: Browser, address: str, name: str, last: str) -> None:
    """``last``: what the page shows when it is complete."""
    page = browser.new_page()
    page.goto(f"{address}/{name}")
    expect(page.locator(last).first).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_role("link", name="Privacy notice")).to_be_visible(timeout=SLOWEST_MS)
    found = faults(page)
    page.close()
    assert found == []


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
