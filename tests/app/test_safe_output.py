"""What a document holds stays words: the browser fetches nothing from elsewhere, and a fault shows no trace."""

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import IN_A_BROWSER, SLOWEST_MS
from tests.app.served import served

pytestmark = IN_A_BROWSER
PAGES = ("", "commitments", "indicators", "briefing", "sources")


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server that is not ours: its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(elsewhere: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a plan that is full of addresses."""
    folder, (other, _) = tmp_path_factory.mktemp("hostile"), elsewhere
    (folder / "corpus").mkdir()
    (folder / "corpus" / "plan.md").write_text(
        f"# Exampleton Plan ![]({other}/title.png)\n\n## Jobs <img src='{other}/heading.png'>\n\n"
        f"In Exampleton, 12% of residents work from home ![seen]({other}/image.png) and it cost $6m, then $7m. "
        f"[Press here]({other}/link) <img src=x onerror=\"fetch('{other}/script')\"> :red[alert] ~~gone~~\n",
        encoding="utf-8",
    )
    settings = {"PLANCHAT_CORPUS": str(folder / "corpus")}
    with served(folder / "index", folder / "log", settings) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not break the policy."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    broken: list[str] = []
    page.on("console", lambda m: broken.append(m.text[:300]) if "Content Security Policy" in m.text else None)
    yield page
    page.close()
    assert broken == []


def test_an_image_in_a_document_is_not_requested_on_any_page(
    page: Page, address: str, elsewhere: tuple[str, list[str]]
) -> None:
    other, asked = elsewhere
    page.goto(address)
    page.get_by_role("textbox").fill("What share of residents work from home in Exampleton?", timeout=SLOWEST_MS)
    page.keyboard.press("Enter")
    expect(page.locator(".figure.first .value")).to_contain_text("12%", timeout=SLOWEST_MS)
    page.get_by_role("button", name="Open source 1").first.click()
    expect(page.locator(".source-words mark").first).to_be_visible(timeout=SLOWEST_MS)
    for name in PAGES[1:]:
        page.goto(f"{address}/{name}")
        expect(page.locator("h1.page")).to_be_visible(timeout=SLOWEST_MS)
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=SLOWEST_MS)
    assert page.locator(f"[src^='{other}'], [href^='{other}']").count() == 0
    assert asked == []


def test_an_image_that_got_into_the_page_would_still_not_be_requested(
    browser: Browser, address: str, elsewhere: tuple[str, list[str]]
) -> None:
    other, asked = elsewhere
    page = browser.new_page()
    page.goto(address)
    refused = page.evaluate(
        """url => new Promise(done => {
            document.addEventListener("securitypolicyviolation", event => done(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), {src: url}));
        })""",
        f"{other}/put-there.png",
    )
    page.close()
    assert refused == "img-src"
    assert asked == []


@pytest.mark.parametrize("path", ["/", "/commitments", "/_stcore/health", "/media/none", "/static/none.js"])
def test_the_server_sends_the_headers_with_everything(address: str, path: str) -> None:
    try:
        response = urllib.request.urlopen(address + path, timeout=30)
    except urllib.error.HTTPError as error:
        response = error
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_fault_shows_a_sentence_and_a_number_and_its_trace_is_in_the_log(browser: Browser, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with served(tmp_path / "index", log, {"PLANCHAT_SIGN_IN_HOURS": "twelve"}) as url:
        page = browser.new_page()
        page.goto(url)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("something went wrong", timeout=SLOWEST_MS)
        words = page.inner_text("body")
        page.close()
    number = re.search(r"number ([A-Z0-9]{6})", words)
    assert number is not None
    for secret in ("Traceback", "ValidationError", "twelve", ".py"):
        assert secret not in words
    logged = log.read_text(encoding="utf-8")
    trace = logged[logged.index(f"Error {number[1]}") :]
    assert "Traceback" in trace and "sign_in_hours" in trace
