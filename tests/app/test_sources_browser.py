"""An officer's journey in a real browser: give a new edition, see what it changes, publish it, and ask it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import IN_A_BROWSER, SLOWEST_MS, ask, faults
from tests.app.served import served
from tests.conftest import write_small

pytestmark = IN_A_BROWSER
QUESTION = "What share of Exampleton residents work from home?"


@pytest.fixture(scope="module")
def corpus(built_small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose files the journeys change, with its index beside it; no journey looks at what another changes."""
    folder = tmp_path_factory.mktemp("officer")
    write_small(folder / "corpus")
    shutil.copytree(built_small_index, folder / "index")
    return folder / "corpus"


@pytest.fixture(scope="module")
def address(corpus: Path) -> Iterator[str]:
    """Where the app is served over that corpus."""
    folder = corpus.parent
    with served(folder / "index", folder / "log", {"PLANCHAT_CORPUS": str(corpus)}) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page of sources, as an officer at this machine opens it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/sources")
    expect(page.locator(".document").first).to_be_visible(timeout=SLOWEST_MS)
    yield page
    page.close()


def test_a_new_edition_is_seen_published_and_asked(page: Page, corpus: Path, tmp_path: Path) -> None:
    edition = tmp_path / "plan.md"
    edition.write_text((corpus / "plan.md").read_text(encoding="utf-8").replace("12%", "14%"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(edition)
    reading = page.get_by_role("button", name="Read and compare")
    expect(reading).to_be_visible(timeout=SLOWEST_MS)
    assert faults(page) == []
    reading.click()
    expect(page.locator(".changes")).to_have_text(
        "1 figure changed; 1 stays as it is. 1 passage reworded.", timeout=SLOWEST_MS
    )
    expect(page.get_by_role("row", name="12% → 14%")).to_be_visible()
    page.get_by_text("Passages that change (1)").click()
    expect(page.locator("ins")).to_have_text("14%")
    assert faults(page) == []
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("plan.md was replaced.")).to_be_visible(timeout=SLOWEST_MS)
    assert faults(page) == []
    page.get_by_test_id("stTopNavLink").filter(has_text="Ask").click()
    expect(page.get_by_role("textbox")).to_be_visible(timeout=SLOWEST_MS)
    ask(page, QUESTION)
    expect(page.locator(".answer").filter(has_text="14%")).to_be_visible(timeout=SLOWEST_MS)


def test_leaving_the_page_does_not_stop_what_is_being_published(page: Page, tmp_path: Path) -> None:
    more = tmp_path / "skills.md"
    more.write_text("# Exampleton Skills Plan\n\nIn Exampleton, 31% of residents have a degree.\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(more)
    page.get_by_role("button", name="Read and compare").click(timeout=SLOWEST_MS)
    page.get_by_role("button", name="Publish").click(timeout=SLOWEST_MS)
    expect(page.get_by_role("progressbar").first).to_be_visible(timeout=SLOWEST_MS)
    page.get_by_test_id("stTopNavLink").filter(has_text="Commitments").click()
    expect(page.get_by_role("heading", name="Commitments")).to_be_visible(timeout=SLOWEST_MS)
    page.get_by_test_id("stTopNavLink").filter(has_text="Sources").click()
    expect(page.get_by_text("plans/skills.md was added.")).to_be_visible(timeout=SLOWEST_MS)
