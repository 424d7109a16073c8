"""Whatever breaks, a visitor sees a plain sentence and the rest of the page: no trace, no path, no words of an exception."""

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from corpus.settings import ROOT, Settings
from pages import who
from tests.app import served as server
from tests.app.visitor import Visitor, gone_through
from tests.conftest import write_small

pytestmark = pytest.mark.slow
PARTS = ("answering", "briefing", "corpus", "ingestion", "pages", "prompts", "retrieval", ".streamlit")
SORRY = "Sorry, something went wrong, and this page could not be shown in full."
SECRETS = ("Traceback", "secret", "Error:", ".py", "/tmp", "Exception", str(ROOT))


@dataclass
class Careful(Visitor):
    """A visitor who keeps all that is sent to the browser."""

    sent: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def _read(self, sent: ForwardMsg) -> None:
        button = sent.delta.new_element.button
        self.buttons[button.label] = button.id
        self.sent.append(str(sent.delta.new_element))
        super()._read(sent)

    async def look(self, page: str) -> None:
        """Open a page by its name."""
        message = BackMsg()
        message.rerun_script.page_name = self.page = page
        await self._run(message)

    async def press(self, label: str) -> None:
        """Press a button."""
        message = BackMsg()
        pressed = message.rerun_script.widget_states.widgets.add()
        pressed.id, pressed.trigger_value = self.buttons[label], True
        message.rerun_script.page_name = self.page
        await self._run(message)


def broken(folder: Path) -> Path:
    """A copy of the app in which pages fail in several ways."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    pages = folder / "pages"
    for page, fault in {
        "indicators.py": "import a_secret_module_that_is_not_there",
        "accessibility.py": "this is no Python: a secret",
        "privacy.py": "import streamlit as st\nst.button('Go wrong', on_click=lambda: a_secret / 0)",
    }.items():
        text = (pages / page).read_text(encoding="utf-8")
        (pages / page).write_text(f"{text}\n{fault}\n", encoding="utf-8")
    begun = "st.html('<h1 class=\"page\">Commitments</h1>')\n"
    text = (pages / "commitments.py").read_text(encoding="utf-8")
    assert begun in text
    fault = "raise LookupError('a secret of /tmp/secret.toml')\n"
    (pages / "commitments.py").write_text(text.replace(begun, begun + fault), encoding="utf-8")
    (pages / "audited.py").write_text("from briefing.audit import a_secret\n", encoding="utf-8")
    (folder / "prompts" / "replies.toml").write_text("[secret\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(built_small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The broken app over a small corpus whose index is sound, as somebody elsewhere opens it; and the server's log."""
    folder = tmp_path_factory.mktemp("broken")
    write_small(folder / "town")
    settings = {"PLANCHAT_CORPUS": str(folder / "town"), "PLANCHAT_EDITING": "off"}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(server, "ROOT", broken(folder / "app"))
        with server.served(built_small_index, folder / "log", settings) as url:
            yield url, folder / "log"


def seen_of(address: str, *acts: Callable[[Careful], object]) -> Careful:
    async def visit() -> Careful:
        async with Careful(address) as visitor:
            for act in acts:
                await act(visitor)  # type: ignore[misc]
            return visitor

    return gone_through(visit())


def assert_told(visitor: Careful, log: Path, cause: str) -> None:
    """The visitor got the sentence with a number, and nothing else of what happened, which the log has."""
    words = "\n".join(visitor.sent)
    assert SORRY in words
    assert [s for s in SECRETS if s in words] == []
    number = re.search(r"give the number ([A-Z0-9]{6})", words)
    assert number is not None
    logged = log.read_text(encoding="utf-8")
    assert cause in logged[logged.index(f"Error {number[1]}") :]


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        ("commitments", "LookupError: a secret of /tmp/secret.toml"),
        ("indicators", "No module named 'a_secret_module_that_is_not_there'"),
        ("accessibility", "SyntaxError"),
        ("sources", "cannot import name 'a_secret'"),
    ],
)
def test_a_page_that_fails_says_a_sentence_and_a_number(address: tuple[str, Path], page: str, cause: str) -> None:
    url, log = address
    visitor = seen_of(url, lambda v: v.look(page))
    assert_told(visitor, log, cause)
    assert "Privacy notice" in visitor.links, "the foot of the page stands"


def test_an_answer_without_its_replies_says_so(address: tuple[str, Path]) -> None:
    url, log = address
    asked = "How many zebras live in Exampleton?"
    visitor = seen_of(url, lambda v: v.open(), lambda v: v.ask(asked) if v.composer else asyncio.sleep(0))
    assert_told(visitor, log, "TOMLDecodeError")


def test_a_button_whose_work_fails_says_so(address: tuple[str, Path]) -> None:
    url, log = address
    visitor = seen_of(url, lambda v: v.look("privacy"), lambda v: v.press("Go wrong"))
    assert_told(visitor, log, "name 'a_secret' is not defined")


def test_the_rest_of_a_page_that_fails_at_its_end_is_shown(address: tuple[str, Path]) -> None:
    visitor = seen_of(address[0], lambda v: v.look("commitments"))
    assert any('<h1 class="page">Commitments' in words for words in visitor.words)


# ---- an index or a corpus that cannot be opened ----


def no_folder(settings: Settings) -> None:
    settings.index_folder.write_text("no folder")


def damaged(settings: Settings) -> None:
    """The records of what is served are cut, and nothing that was read before is there to mend them."""
    for file in settings.index_folder.rglob("*"):
        if file.is_file() and file.name != "current":
            file.write_bytes(b"no index")


def no_register(settings: Settings) -> None:
    (settings.corpus / "register.toml").write_text("[secret\n", encoding="utf-8")


def no_corpus(settings: Settings) -> None:
    shutil.rmtree(settings.corpus)


@pytest.mark.parametrize("spoil", [no_folder, damaged, no_register, no_corpus])
@pytest.mark.parametrize("page", ["ask", "sources"])
def test_what_cannot_be_opened_is_a_sentence_for_visitors_and_says_what_to_do_to_editors(
    app_of: Callable[[Path, Path], AppTest],
    small: Settings,
    built_small_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    spoil: Callable[[Settings], None],
) -> None:
    if spoil is not no_folder:
        shutil.copytree(built_small_index, small.index_folder)
    spoil(small)
    app = app_of(small.corpus, small.index_folder)
    app.run().switch_page(f"pages/{page}.py").run()
    assert not app.exception
    told = "".join(e.value for e in (*app.error, *app.warning))
    assert "planchat" in told or "register" in told or "--corpus" in told
    monkeypatch.setattr(who, "request", lambda: None)
    app.run()
    assert not app.exception
    words = "".join(e.value for e in (*app.error, *app.warning))
    assert "give the number" in words
    assert [s for s in (*SECRETS, str(small.corpus.parent)) if s in words] == []
