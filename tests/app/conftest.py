"""The app over the real corpus and its index: without a browser, and served to one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from corpus.settings import BUILT_IN_CORPUS, ROOT
from pages import who
from tests.app.browser import chromium
from tests.app.served import served

SLOWEST_S = 120
HERE = who.Request("127.0.0.1", (("host", "localhost:8501"), ("origin", "http://localhost:8501")))


@pytest.fixture(autouse=True)
def visited_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run app.py at every step, and not one of the folder named ``pages``, as an older Streamlit would."""
    begin = PagesManager.__init__

    def begin_visited(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_visited)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count as a browser at this machine: a page that runs without a server is opened by no request."""
    monkeypatch.setattr(who, "request", lambda: HERE)


@pytest.fixture
def app(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app as a new visitor opens it; nothing has run yet."""
    return app_over(BUILT_IN_CORPUS, built_index, monkeypatch)


@pytest.fixture
def other_visitor(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The same app as a second visitor opens it."""
    return app_over(BUILT_IN_CORPUS, built_index, monkeypatch)


@pytest.fixture
def app_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, Path], AppTest]:
    """Opens the app over a corpus folder and an index folder."""
    return lambda corpus, index: app_over(corpus, index, monkeypatch)


def app_over(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for name in ("MODEL", "AREA", "EMBEDDING_MODEL", "JUDGE"):
        monkeypatch.delenv(f"PLANCHAT_{name}", raising=False)
    monkeypatch.setenv("PLANCHAT_CORPUS", str(corpus))
    monkeypatch.setenv("PLANCHAT_INDEX", str(index))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=SLOWEST_S)


@pytest.fixture(scope="session")
def address(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app is served; it keeps questions, so that its pages say all that they can say."""
    with served(built_index, tmp_path_factory.mktemp("server") / "log", {"PLANCHAT_LOG_QUESTIONS": "on"}) as url:
        yield url


@pytest.fixture(autouse=True)
def closed_pages(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close the pages that a journey leaves open, as one does that fails: they would keep the browser busy."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """The browser for all journeys; each has pages of its own in it."""
    with chromium(every_look=pytestconfig.getoption("--sweep")) as started:
        yield started
