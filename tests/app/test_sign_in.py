"""Signing in with an OpenID Connect provider: readers read, editors edit, and nobody becomes one by saying so."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.browser import IN_A_BROWSER, SLOWEST_MS, faults
from tests.app.identity import FORGER, provider, secrets_for
from tests.app.served import free_port, served

pytestmark = IN_A_BROWSER
EDITOR = "ann@example.gov.uk"
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "reader": {"email": "rob@example.gov.uk", "email_verified": True},
    "editor": {"email": EDITOR, "email_verified": True},
    "pretender": {"name": "Ann", "email": EDITOR, "email_verified": False},
    "officer": {"name": "Olu", "roles": ["planchat-editor"]},
    "latecomer": {"email": EDITOR, "email_verified": True, "iat": 1_700_000_000},
    FORGER: {"email": EDITOR, "email_verified": True},
}


@pytest.fixture(scope="module")
def address(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    with provider(PEOPLE) as identity:
        (folder / "secrets.toml").write_text(secrets_for(identity, f"http://localhost:{port}"), encoding="utf-8")
        settings = {
            "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"),
            "PLANCHAT_EDITORS": EDITOR,
            "PLANCHAT_ROLE_CLAIM": "roles",
            "PLANCHAT_SIGN_IN": "required",
        }
        with served(built_index, folder / "log", settings, port) as url:
            yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Somebody who has not signed in yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Sign in to planchat")).to_be_visible(timeout=SLOWEST_MS)
    yield page
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.locator(".st-key-sign-in").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=f"Be {name}", exact=True).click()


def signed_in_as(page: Page, who: str, role: str) -> None:
    expect(page.locator(".st-key-visitor")).to_contain_text(f"Signed in as {who}, {role}", timeout=SLOWEST_MS)
    expect(page.get_by_role("textbox", name="Ask a question")).to_be_visible(timeout=SLOWEST_MS)
    link = page.get_by_role("link", name="What editors did")
    expect(page.get_by_role("link", name="Privacy notice")).to_be_visible()
    expect(link).to_have_count(1 if role == "editor" else 0)


def test_nobody_reads_before_signing_in(page: Page, address: str) -> None:
    expect(page.get_by_role("textbox")).to_have_count(0)
    assert faults(page) == []
    page.goto(f"{address}/sources")
    expect(page.get_by_role("heading", name="Sign in to planchat")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.locator(".document")).to_have_count(0)


def test_a_reader_signs_in_reads_and_signs_out(page: Page, address: str) -> None:
    sign_in(page, "reader")
    signed_in_as(page, "rob@example.gov.uk", "reader")
    assert faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to planchat")).to_be_visible(timeout=SLOWEST_MS)


@pytest.mark.parametrize(
    ("name", "who", "role"),
    [("editor", EDITOR, "editor"), ("officer", "Olu", "editor"), ("pretender", "Ann", "reader")],
)
def test_an_editor_is_who_the_provider_vouches_for(page: Page, name: str, who: str, role: str) -> None:
    sign_in(page, name)
    signed_in_as(page, who, role)


@pytest.mark.parametrize("name", [FORGER, "latecomer"])
def test_a_sign_in_that_does_not_hold_is_none(page: Page, name: str) -> None:
    sign_in(page, name)
    expect(page.get_by_role("heading", name="Sign in to planchat")).to_be_visible(timeout=SLOWEST_MS)
    expect(page.get_by_text("Signed in as")).to_have_count(0)
