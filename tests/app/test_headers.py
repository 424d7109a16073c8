"""Every response forbids what the app does not need."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.headers import SafeHeaders, content_policy


def rules(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (rule.split() for rule in policy.split(";"))}


def test_nothing_from_elsewhere_is_loaded_and_nothing_is_evaluated() -> None:
    found = rules(content_policy("localhost:8501"))
    assert found["default-src"] == ["'none'"]
    assert found["img-src"] == ["'self'", "data:", "blob:"]
    assert found["frame-ancestors"] == found["object-src"] == found["form-action"] == found["base-uri"] == ["'none'"]
    assert not {"'unsafe-eval'", "'unsafe-inline'", "*", "https:", "http:"} & set(found["script-src"])


def test_the_inline_script_of_the_page_is_let_through_by_its_hash() -> None:
    assert [value for value in rules(content_policy(None))["script-src"] if value.startswith("'sha256-")]


def test_the_app_s_own_sockets_are_named() -> None:
    assert rules(content_policy("planchat.example.gov.uk"))["connect-src"] == [
        "'self'",
        "ws://planchat.example.gov.uk",
        "wss://planchat.example.gov.uk",
    ]


@pytest.mark.parametrize("host", [None, "", "a; script-src *", "a b", "*", "*.example", "a,b", "a:8501:1", "'self'"])
def test_a_host_that_is_none_adds_nothing_to_the_policy(host: str | None) -> None:
    assert rules(content_policy(host))["connect-src"] == ["'self'"]


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/gone", 404)])
def test_every_response_carries_the_headers(path: str, status: int) -> None:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("ok", headers={"X-Frame-Options": "ALLOWALL"}))])
    response = TestClient(SafeHeaders(app)).get(path)
    assert response.status_code == status
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
