"""What journeys in a real browser share: Debian's Chromium, a question asked as a visitor does, and what axe finds wrong."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}."),
]
NVQ4 = "What share of Dacorum residents have NVQ4?"
PATIENCE_MS = 60_000
SLOWEST_MS = 120_000  # the first page of a server that has just started, on a machine that has much to do
LOOKS = ((1280, "light"), (390, "light"), (1280, "dark"), (390, "dark"))  # how wide a page is, and its colours
NARROWEST = 320  # pixels: what 1280 become at 400 percent (WCAG 2.2, 1.4.10)
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
_STANDARD = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # it is part of WCAG 2.2 AA, and axe leaves it out unless asked
}
_AT_REST = "() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
_LOOKS_DARK = """dark => {
    const [red, green, blue] = getComputedStyle(document.querySelector('.stApp')).backgroundColor.match(/\\d+/g);
    return (+red + +green + +blue < 384) === dark;
}"""
_COLOURS = """() => [...document.querySelectorAll('.stApp *')].map(element => {
    const style = getComputedStyle(element);
    return [style.color, style.backgroundColor, style.opacity, element.clientHeight].join();
}).join(';')"""
_RUNS_OFF = """() => [document.documentElement, document.querySelector('.stMain')]
    .some(element => element.scrollWidth > element.clientWidth)"""


_every_look = False
_looked: Counter[str] = Counter()  # at how many states of its pages each test has looked


@contextmanager
def chromium(*, every_look: bool = False) -> Iterator[Browser]:
    """A browser without a window, closed afterwards. Expectations wait long enough for a machine that has much to do.

    every_look: whether each state of a page is looked at in all of LOOKS, and not in one of them.
    """
    global _every_look
    _every_look = every_look
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_QUIET))
        browser.on("context", lambda context: context.set_default_timeout(SLOWEST_MS))
        try:
            yield browser
        finally:
            browser.close()


def ask(page: Page, question: str) -> None:
    """Type a question, and wait until it stands above its answer."""
    page.get_by_role("textbox", name="Ask a question").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=question)).to_be_visible()


def settle(page: Page) -> None:
    """Wait until no run of the page goes on, and nothing fades, unfolds or takes on another colour any more."""
    now, before = "", None
    while now != before:
        page.wait_for_function(_AT_REST, timeout=SLOWEST_MS)
        page.wait_for_timeout(250)
        now, before = page.evaluate(_COLOURS), now


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands; afterwards it is as wide as it was.

    What axe finds by WCAG 2.2 AA, each with the elements it concerns; and where the page is wider than a narrow screen.
    """
    size = page.viewport_size
    assert size is not None
    found = []
    for width, scheme in _looks():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.wait_for_function(_LOOKS_DARK, arg=scheme == "dark", timeout=SLOWEST_MS)
        page.set_viewport_size(ViewportSize(width=width, height=size["height"]))
        settle(page)
        for v in Axe().run(page, options=_STANDARD).response["violations"]:
            found.append(f"{width} {scheme} {v['id']}: {[node['html'][:200] for node in v['nodes']]}")
    page.set_viewport_size(ViewportSize(width=NARROWEST, height=size["height"]))
    settle(page)
    if page.evaluate(_RUNS_OFF):
        found.append(f"The page is wider than {NARROWEST} pixels.")
    page.set_viewport_size(size)
    return found


def _looks() -> tuple[tuple[int, str], ...]:
    """All looks in a sweep; else the one whose turn it is: a test goes round them, and each test begins at its own."""
    if _every_look:
        return LOOKS
    test = os.environ["PYTEST_CURRENT_TEST"]
    _looked[test] += 1
    return (LOOKS[(crc32(test.encode()) + _looked[test]) % len(LOOKS)],)
