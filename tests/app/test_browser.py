"""One councillor's journey in a real browser: ask, see the figure, open its source, see the words marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.app.served import CHROMIUM, chromium, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}."),
]
NVQ4 = "What share of Dacorum residents have NVQ4?"
SLOWEST_MS = 120_000


@pytest.fixture(scope="module")
def address(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app is served."""
    with served(built_index, tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


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


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=question)).to_be_visible()


def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the elements it concerns."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[node['html'][:200] for node in v['nodes']]}" for v in found]


def test_a_figure_opens_in_its_source_with_the_words_marked(page: Page) -> None:
    ask(page, NVQ4)
    expect(page.locator(".figure.first .value")).to_contain_text("41%")
    page.get_by_role("button", name="Open source 1").first.click()
    mark = page.locator(".source-words mark", has_text="41%").first
    expect(mark).to_be_in_viewport()
    expect(page.locator(".source-head")).to_contain_text("3. Current baseline evidence")
    expect(page.get_by_role("status").filter(has_text="The answer is there.")).to_be_attached()
    assert violations(page) == []


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("", ".st-key-starters button"),
        ("commitments", ".theme"),
        ("indicators", "table.figures"),
        ("briefing", ".st-key-note h2"),
        ("sources", ".document"),
    ],
)
def test_axe_finds_nothing_wrong_on_any_page(browser: Browser, address: str, name: str, last: str, scheme: str) -> None:
    """``last``: what the page shows when it is complete."""
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/{name}")
    expect(page.locator("h1.page")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.locator(last).first).to_be_visible(timeout=SLOWEST_MS)
    found = violations(page)
    page.close()
    assert found == []


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
