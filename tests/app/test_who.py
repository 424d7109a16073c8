"""Who may do what: a browser at this machine edits where nobody signs in; with a sign-in, only a named editor does."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.secrets import Secrets

from corpus.settings import Settings
from pages import who
from pages.who import NotAllowed, Request, SignInError, at_this_machine, edits, is_editor, log_edit, signed_in, visitor
from tests.app.conftest import HERE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANCHAT_LOG_FOLDER", str(tmp_path / "log"))
    return tmp_path / "log"


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has somebody signed in, with the claims given."""

    def put(**claims: Any) -> None:
        secrets = Secrets()
        monkeypatch.setattr(secrets, "_secrets", {"auth": {"client_id": "planchat"}})
        monkeypatch.setattr(st, "secrets", secrets)
        now = datetime.now(UTC).timestamp()
        told = {"is_logged_in": bool(claims), "iat": now, "sub": "7", "iss": "https://id.example", **claims}
        monkeypatch.setattr(type(st.user), "to_dict", lambda _: told)

    return put


def asked(**changed: Any) -> Request:
    headers = {**dict(HERE.headers), **changed}
    return Request(headers.pop("address", HERE.address), tuple((n, v) for n, v in headers.items() if v is not None))


def test_a_browser_at_this_machine_edits_where_nobody_signs_in() -> None:
    assert visitor().role == "editor"
    assert at_this_machine(asked(host="127.0.0.1:8600", origin="http://127.0.0.1:8600"))
    assert at_this_machine(asked(address="::1", host="[::1]:8501", origin="http://[::1]:8501"))


@pytest.mark.parametrize(
    "request_",
    [
        None,
        asked(address="192.0.2.7"),
        asked(address=None),
        asked(address="testclient"),
        asked(host="planchat.example.gov.uk", origin="https://planchat.example.gov.uk"),  # through a proxy that says so
        asked(origin="https://planchat.example.gov.uk"),  # through a proxy that keeps its own name
        asked(origin="http://localhost:3000"),  # another program's page on this machine
        asked(origin=None),  # no browser
        asked(host="localhost.example.com", origin="http://localhost.example.com"),
        asked(host="[::1", origin="http://[::1"),
        asked(**{"x-forwarded-for": "127.0.0.1"}),
        asked(**{"x-forwarded-proto": "https"}),
        asked(**{"forwarded": "for=127.0.0.1"}),
        asked(**{"x-real-ip": "127.0.0.1"}),
        asked(**{"via": "1.1 proxy"}),
        Request("127.0.0.1", (*HERE.headers, ("host", "localhost:8501"))),
        Request("127.0.0.1", ()),
    ],
)
def test_whatever_is_not_plainly_this_machine_only_reads(
    request_: Request | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "request", lambda: request_)
    assert visitor().role == "reader"


def test_editing_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHAT_EDITING", "off")
    assert visitor().role == "reader"


def test_with_a_sign_in_this_machine_alone_makes_no_editor(sign_in: Callable[..., None]) -> None:
    sign_in()
    assert visitor() == who.Visitor("reader")


def test_an_editor_is_named_by_a_verified_address(
    sign_in: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCHAT_EDITORS", "ann@example.gov.uk, Bob@Example.gov.uk")
    sign_in(email="Ann@example.gov.uk", email_verified=True)
    assert visitor() == who.Visitor("editor", "ann@example.gov.uk", "7 of https://id.example")
    sign_in(email="cat@example.gov.uk", email_verified=True)
    assert visitor().role == "reader"


@pytest.mark.parametrize("verified", [None, False, "false", "true", 1])
def test_an_address_that_is_not_verified_makes_no_editor(verified: object) -> None:
    settings = Settings(editors="ann@example.gov.uk")
    assert not is_editor({"email": "ann@example.gov.uk", "email_verified": verified}, settings)


@pytest.mark.parametrize(
    "address", ["\N{KELVIN SIGN}ay@example.gov.uk", "kay@example.gov.uk.evil.example", "", None, ["kay"]]
)
def test_an_address_that_only_looks_like_an_editor_s_makes_none(address: object) -> None:
    assert not is_editor({"email": address, "email_verified": True}, Settings(editors="kay@example.gov.uk,"))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"roles": ["planchat-editor", "other"]}, True),
        ({"roles": "planchat-editor"}, True),
        ({"roles": "not-planchat-editor"}, False),
        ({"roles": ["planchat-editors"]}, False),
        ({"roles": {"planchat-editor": True}}, False),
        ({"groups": ["planchat-editor"]}, False),
    ],
)
def test_an_editor_is_named_by_a_role(claims: dict[str, Any], expected: bool) -> None:
    assert is_editor(claims, Settings(role_claim="roles")) is expected


def test_a_role_may_stand_within_another_claim() -> None:
    claims = {"realm_access": {"roles": ["planchat-editor"]}}
    assert is_editor(claims, Settings(role_claim="realm_access.roles"))
    assert not is_editor(claims, Settings(role_claim="roles"))


def test_without_a_setting_no_role_makes_an_editor() -> None:
    assert not is_editor({"roles": ["planchat-editor"], "": "planchat-editor"}, Settings(role_claim=None))
    assert not is_editor({"roles": ["planchat-editor"]}, Settings(role_claim=""))


def test_a_sign_in_ends_though_its_cookie_lives_on() -> None:
    claims = {"is_logged_in": True, "iat": NOW.timestamp()}
    assert signed_in(claims, Settings(), NOW + timedelta(hours=11))
    assert not signed_in(claims, Settings(), NOW + timedelta(hours=12))
    assert not signed_in({"is_logged_in": True}, Settings(), NOW)
    assert not signed_in({**claims, "is_logged_in": "yes"}, Settings(), NOW)


def test_a_sign_in_that_cannot_be_read_lets_nobody_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", encoding="utf-8")
    monkeypatch.setattr(st, "secrets", Secrets())
    option = st.get_option
    monkeypatch.setattr(
        "streamlit.config.get_option", lambda name: [str(broken)] if name == "secrets.files" else option(name)
    )
    monkeypatch.setattr(st, "get_option", lambda name: [str(broken)] if name == "secrets.files" else option(name))
    with pytest.raises(SignInError):
        visitor()


def test_what_an_editor_does_is_logged_with_who_and_when(sign_in: Callable[..., None], own_log: Path) -> None:
    log_edit("Added a file", "plan.pdf\nand another line\N{LINE SEPARATOR}here")
    sign_in(name="Ann", email="ann@example.gov.uk", roles=["planchat-editor"])
    with pytest.raises(NotAllowed):
        log_edit("Added a file", "by a reader")
    with pytest.raises(NotAllowed):
        edits()
    lines = (own_log / "editors.jsonl").read_text(encoding="utf-8").split("\n")
    assert len(lines) == 2 and lines[1] == ""
    assert (own_log / "editors.jsonl").stat().st_mode & 0o077 == 0
    entry = json.loads(lines[0])
    assert entry["who"] == "Somebody at this machine" and entry["detail"].startswith("plan.pdf\nand another")
    assert datetime.now(UTC) - datetime.fromisoformat(entry["at"]) < timedelta(minutes=5)


def test_editors_read_the_log_latest_first_and_a_damaged_line_is_shown_as_such(own_log: Path) -> None:
    log_edit("Added a file", "first")
    with (own_log / "editors.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "20\n')
    log_edit("Removed a file", "second")
    assert [(e.action, e.detail) for e in edits()] == [
        ("Removed a file", "second"),
        ("A line of the log that cannot be read", '{"at": "20'),
        ("Added a file", "first"),
    ]
