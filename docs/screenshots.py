"""Makes the pictures in the README from the running app: python -m docs.screenshots (with the test requirements)."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.app.served import chromium, served

FOLDER = Path(__file__).parent / "screenshots"
QUESTION = "What share of Dacorum residents have NVQ4?"
SLOWEST_MS = 120_000


def take(browser: Browser, address: str, name: str, width: int, height: int) -> Path:
    """An answer with its source open, as wide as the screen."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.goto(address)
    page.locator(".st-key-starters button").first.wait_for(timeout=SLOWEST_MS)
    page.get_by_role("textbox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Open source 1").first.click()
    expect(page.locator(".source-words mark").first).to_be_in_viewport()
    page.locator(".stMain").click(position={"x": 3, "y": height // 2})  # no focus ring, no pointer on a button
    page.wait_for_timeout(800)
    path = FOLDER / name
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    """Both pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(None, Path(folder) / "log") as address, chromium() as browser:
        for name, width, height in (("ask.png", 1280, 1060), ("ask-phone.png", 390, 1840)):
            path = take(browser, address, name, width, height)
            print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
