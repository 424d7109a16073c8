"""Who edits where nobody signs in, as the server sees it: a browser at this machine, and no request through a proxy."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from tests.app.served import served
from tests.app.visitor import Visitor, gone_through

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(built_small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = {"PLANCHAT_CORPUS": str(built_small_index.parent / "corpus")}
    with served(built_small_index, tmp_path_factory.mktemp("server") / "log", settings) as url:
        yield url


def is_editor(address: str, headers: dict[str, str]) -> bool:
    async def look() -> list[str]:
        async with Visitor(address, headers) as visitor:
            await visitor.open()
            return visitor.links

    links = gone_through(look())
    assert "Privacy notice" in links
    return "What editors did" in links


def test_a_browser_at_this_machine_edits(address: str) -> None:
    assert is_editor(address, {"Origin": address})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost:1"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
    ],
    ids=str,
)
def test_what_may_have_come_through_a_proxy_only_reads(address: str, headers: dict[str, str]) -> None:
    assert not is_editor(address, {"Origin": address, **headers} if headers else {})


def test_a_page_of_another_site_is_not_connected_at_all(address: str) -> None:
    with pytest.raises(InvalidStatus):
        is_editor(address, {"Origin": f"https://{urlsplit(address).hostname}.example"})
