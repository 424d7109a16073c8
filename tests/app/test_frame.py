"""What every page offers, and what it shows to whom."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.settings import Settings
from pages import who
from pages.who import Request, log_edit
from tests.app.seen import labels, seen

FAR = Request("192.0.2.7", (("host", "planchat.example"), ("origin", "https://planchat.example")))
AUTH = {"auth": {"client_id": "planchat"}}


def at_page(app: AppTest, name: str) -> AppTest:
    return app.run().switch_page(f"pages/{name}.py").run()


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


@pytest.fixture
def small_app(app_of: Callable[[Path, Path], AppTest], built: Settings, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for name in (
        "EDITING",
        "SIGN_IN",
        "EDITORS",
        "ROLE_CLAIM",
        "COUNCIL",
        "CONTACT",
        "PRIVACY_NOTICE",
        "LOG_QUESTIONS",
    ):
        monkeypatch.delenv(f"PLANCHAT_{name}", raising=False)
    return app_of(built.corpus, built.index_folder)


@pytest.mark.parametrize(
    "name", ["ask", "commitments", "indicators", "briefing", "sources", "accessibility", "privacy"]
)
def test_every_page_ends_with_the_links_that_it_must_offer(small_app: AppTest, name: str) -> None:
    at_page(small_app, name)
    assert not small_app.exception
    assert links(small_app)[-3:-1] == ["Accessibility statement", "Privacy notice"]


def test_a_page_that_has_nothing_to_show_still_ends_with_them(
    app_of: Callable[[Path, Path], AppTest], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    app = app_of(tmp_path / "empty", tmp_path / "index").run()
    assert app.error
    assert links(app)[:2] == ["Accessibility statement", "Privacy notice"]


def test_only_an_editor_sees_what_editors_did(small_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    log_edit("Added a file", "<b>plan</b>.pdf")
    assert "What editors did" in links(small_app.run())
    assert "&lt;b&gt;plan&lt;/b&gt;.pdf" in seen(at_page(small_app, "edits"))
    monkeypatch.setattr(who, "request", lambda: FAR)
    assert "What editors did" not in links(small_app.run())
    assert "Only editors can read this." in seen(at_page(small_app, "edits"))
    assert "plan" not in seen(small_app)


def test_without_a_sign_in_nobody_is_asked_to_sign_in(small_app: AppTest) -> None:
    assert not [label for label in labels(small_app.run()) if "Sign" in label]


def test_where_readers_must_sign_in_they_read_two_pages_only(
    small_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCHAT_SIGN_IN", "required")
    small_app.secrets.update(AUTH)
    small_app.run()
    assert "Only people who sign in may read this." in seen(small_app)
    assert labels(small_app).count("Sign in") == 1
    for name in ("commitments", "indicators", "briefing", "sources", "edits"):
        assert "Only people who sign in may read this." in seen(at_page(small_app, name))
        assert "Exampleton" not in seen(small_app)
    assert "Accessibility statement for planchat" in seen(at_page(small_app, "accessibility"))
    assert "Privacy notice" in seen(at_page(small_app, "privacy"))


def test_where_readers_must_sign_in_and_cannot_nobody_reads(
    small_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCHAT_SIGN_IN", "required")
    assert "no sign-in is set up" in small_app.run().error[0].value
    assert not small_app.chat_input


def test_the_statements_name_who_runs_planchat(small_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHAT_COUNCIL", "Exampleton <Council>")
    monkeypatch.setenv("PLANCHAT_CONTACT", "access@example.gov.uk")
    for name in ("accessibility", "privacy"):
        assert "Contact Exampleton &lt;Council&gt;: access@example.gov.uk." in seen(at_page(small_app, name))


def test_the_privacy_notice_says_what_this_copy_keeps(
    small_app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = seen(at_page(small_app, "privacy"))
    assert "No record of questions is kept." in words
    assert "nothing is sent to anybody else" in words
    assert "It is kept for 365 days" in words
    (tmp_path / "own.txt").write_text("Our officer is <i>Ann</i>.\n\n- One point\n- another", encoding="utf-8")
    monkeypatch.setenv("PLANCHAT_LOG_QUESTIONS", "on")
    monkeypatch.setenv("PLANCHAT_LOG_DAYS", "14")
    monkeypatch.setenv("PLANCHAT_PRIVACY_NOTICE", str(tmp_path / "own.txt"))
    monkeypatch.setenv("PLANCHAT_MODEL", "ollama:example")
    words = seen(at_page(small_app, "privacy"))
    assert "A record of questions is kept for 14 days" in words
    assert "Questions are kept for 14 days" in words
    assert "are sent to it" in words
    assert "Our officer is &lt;i&gt;Ann&lt;/i&gt;.</p><ul><li>One point</li><li>another</li></ul>" in words
