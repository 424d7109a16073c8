"""Nothing is lost when a page is loaded again, when the visitor goes from page to page, or goes back; nor given to another."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import IN_A_BROWSER, NVQ4, SLOWEST_MS, ask, settle

pytestmark = IN_A_BROWSER
INCOME, FOLLOW_UP = "What is the average workplace income in Dacorum?", "And in Watford?"
WATFORD = "What is the average workplace income in Watford?"
PAGES = ("Commitments", "Indicators", "Briefing", "Sources", "Ask")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A conversation of two questions, whose first answer is kept for a briefing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=SLOWEST_MS)
    ask(page, INCOME)
    page.get_by_role("button", name="Add to briefing").click(timeout=SLOWEST_MS)
    expect(page.get_by_role("button", name="Take out of briefing")).to_be_visible()
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("button", name="Copy link")).to_have_count(2)
    yield page
    context.close()


LOST_MS = 15_000


def go_to(page: Page, name: str) -> None:
    """A click goes nowhere while the navigation is drawn anew, as just after a reload: who sees nothing happen clicks again."""
    link = page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True)
    link.click()
    try:
        expect(page).to_have_title(f"{name} – planchat", timeout=LOST_MS)
    except AssertionError:
        link.click()
    stands_at(page, name)


def stands_at(page: Page, name: str) -> None:
    expect(page).to_have_title(f"{name} – planchat", timeout=SLOWEST_MS)
    expect(page.locator("h1.page")).to_contain_text(name, timeout=SLOWEST_MS)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=SLOWEST_MS)


def all_is_there(page: Page) -> None:
    """On Ask: both questions with their answers, and the answer that is kept."""
    expect(page.locator("h2.question")).to_have_text([f"You asked {q}" for q in (INCOME, FOLLOW_UP)])
    expect(page.locator(".answer")).to_have_count(2)
    expect(page.locator(".answer").last).to_contain_text("£33,662")
    expect(page.get_by_role("link", name="1 answer is kept for your briefing")).to_be_visible()


def test_a_reload_of_any_page_loses_neither_the_conversation_nor_what_is_kept(page: Page) -> None:
    for name in PAGES:
        if name != "Ask":
            go_to(page, name)
        page.reload()
        stands_at(page, name)
        if name == "Briefing":
            page.get_by_text("Choose, reorder, and add your own words").click()
            expect(page.get_by_text("Kept answers (1)")).to_be_visible(timeout=SLOWEST_MS)
        if name != "Ask":
            go_to(page, "Ask")
        all_is_there(page)


def test_nothing_is_lost_from_page_to_page_nor_by_going_back(page: Page) -> None:
    for name in PAGES:
        go_to(page, name)
    all_is_there(page)
    go_to(page, "Sources")
    page.go_back()
    stands_at(page, "Ask")
    all_is_there(page)
    page.go_back()
    go_to(page, "Commitments")
    page.reload()
    stands_at(page, "Commitments")
    page.go_back()
    go_to(page, "Ask")
    all_is_there(page)


def test_what_was_forgotten_does_not_come_back(page: Page) -> None:
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("h2.question")).to_have_count(0)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=SLOWEST_MS)
    page.reload()
    expect(page.locator(".st-key-starters button").first).to_be_visible(timeout=SLOWEST_MS)
    expect(page.locator("h2.question")).to_have_count(0)


def test_another_tab_is_another_visit(page: Page, address: str) -> None:
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator(".st-key-starters button").first).to_be_visible(timeout=SLOWEST_MS)
    ask(other, NVQ4)
    other.reload()
    expect(other.locator("h2.question")).to_have_text([f"You asked {NVQ4}"])
    page.reload()
    all_is_there(page)


def test_a_link_to_another_conversation_opens_that_one_and_keeps_what_is_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={NVQ4}")
    expect(page.locator("h2.question")).to_have_text([f"You asked {NVQ4}"], timeout=SLOWEST_MS)
    go_to(page, "Briefing")
    page.get_by_text("Choose, reorder, and add your own words").click()
    expect(page.get_by_text("Kept answers (1)")).to_be_visible(timeout=SLOWEST_MS)


def test_a_question_typed_as_soon_as_one_starts_again_is_answered_alone(page: Page) -> None:
    box = page.get_by_role("textbox", name="Ask a question")
    for question, figure in ((NVQ4, "41%"), (WATFORD, "£33,662"), (NVQ4, "41%")):
        page.get_by_role("button", name="Start again").click()
        box.press_sequentially(question, delay=20)  # as fast as anybody types
        box.press("Enter")
        expect(page.locator("h2.question")).to_have_text([f"You asked {question}"])
        expect(page.locator(".answer")).to_contain_text(figure)


def test_a_question_asked_just_before_a_reload_is_answered_after_it(page: Page) -> None:
    settle(page)
    box = page.get_by_role("textbox", name="Ask a question")
    box.fill(NVQ4)
    box.press("Enter")
    page.wait_for_function("question => sessionStorage.getItem('planchat').includes(question)", arg=NVQ4)
    page.reload()
    expect(page.locator("h2.question").last).to_have_text(f"You asked {NVQ4}", timeout=SLOWEST_MS)
    expect(page.locator("h2.question")).to_have_count(3)
