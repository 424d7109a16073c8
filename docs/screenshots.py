"""Makes the pictures of every page from the running app: python -m docs.screenshots (with the test requirements)."""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import NVQ4, SLOWEST_MS, ask, chromium, settle
from tests.app.served import served

FOLDER = Path(__file__).parent / "screenshots"
SIZES = {1280: (900, 1400), 390: (844, 1900)}  # width: the least and the greatest height
QUALITY = 78  # of WebP


def answered(page: Page) -> None:
    """An answer with its source open."""
    ask(page, NVQ4)
    page.get_by_role("button", name="Open source 1").first.click(timeout=SLOWEST_MS)
    expect(page.locator(".source-words mark").first).to_be_visible(timeout=SLOWEST_MS)


def whole(last: str) -> Callable[[Page], None]:
    """Waits until a page is complete. last: what it shows then."""
    return lambda page: expect(page.locator(last).first).to_be_visible(timeout=SLOWEST_MS)


PAGES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "start": ("", whole(".st-key-starters button")),
    "ask": ("", answered),
    "commitments": ("commitments", whole(".theme")),
    "indicators": ("indicators", whole("table.figures")),
    "briefing": ("briefing", whole(".st-key-note h2")),
    "sources": ("sources", whole('[data-testid="stFileUploaderDropzone"] button')),
    "accessibility": ("accessibility", whole(".statement")),
}


def take(browser: Browser, address: str, name: str, width: int, scheme: str) -> Path:
    """One page, as tall as it is, within what a picture can hold."""
    path, act = PAGES[name]
    least, greatest = SIZES[width]
    page = browser.new_page(
        viewport={"width": width, "height": least},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(f"{address}/{path}")
    expect(page.locator("h1.page")).to_be_visible(timeout=SLOWEST_MS)
    act(page)
    page.evaluate("document.activeElement.blur()")
    settle(page)
    needed = page.locator(".stMain").evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(least, min(needed, greatest))})
    page.locator(".stMain").evaluate("element => element.scrollTo(0, 0)")
    page.mouse.move(2, least // 2)
    settle(page)
    file = FOLDER / f"{name}-{width}-{scheme}.webp"
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(file, quality=QUALITY, method=6)
    page.close()
    return file


def main(names: list[str]) -> None:
    """Every picture, or those of the pages named."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(None, Path(folder) / "log") as address, chromium() as browser:
        for name in names or PAGES:
            for width in SIZES:
                for scheme in ("light", "dark"):
                    file = take(browser, address, name, width, scheme)
                    print(f"{file.name}: {file.stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
