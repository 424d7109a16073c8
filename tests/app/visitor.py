"""A visitor without a browser: speaks to the server as Streamlit's page does, and keeps the words that it is sent."""

import asyncio
import json
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE_S = 300.0
MESSAGE_BYTES = 64 * 1024 * 1024
Seen = TypeVar("Seen")


def gone_through(visit: Coroutine[Any, Any, Seen]) -> Seen:
    """What a visit comes to. In a thread of its own, for where a browser is open the tests' thread has its event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, visit).result()


@dataclass
class Visitor:
    """One session. address: the app's. headers: sent with the request that opens it.

    words: what the last whole run of the page showed; links: where its links led.
    """

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    composer: str = ""
    trouble: list[str] = field(default_factory=list)
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> "Visitor":
        stream = f"{self.address.replace('http', 'ws', 1)}/_stcore/stream"
        self._socket = await connect(
            stream,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=self.headers,
            max_size=MESSAGE_BYTES,
            open_timeout=PATIENCE_S,
            ping_interval=None,  # as in a browser: only the server asks whether the other is still there
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def open(self) -> None:
        """Open the first page."""
        await self._run(BackMsg())

    async def ask(self, question: str) -> None:
        """Type a question, and wait until its answer is shown."""
        message = BackMsg()
        typed = message.rerun_script.widget_states.widgets.add()
        typed.id = self.composer
        typed.chat_input_value.data = question
        await self._run(message)

    async def _run(self, message: BackMsg) -> None:
        assert self._socket is not None
        message.rerun_script.SetInParent()
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._shown(), PATIENCE_S)

    async def _shown(self) -> None:
        assert self._socket is not None
        while True:
            sent = ForwardMsg()
            sent.ParseFromString(await self._socket.recv(decode=False))
            kind = sent.WhichOneof("type")
            if kind == "new_session":
                self.words.clear()
                self.links.clear()
            elif kind == "delta":
                self._read(sent)
            elif kind == "script_finished" and sent.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                assert sent.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, sent
                return

    def _read(self, sent: ForwardMsg) -> None:
        element = sent.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "chat_input":
            self.composer = element.chat_input.id
        elif kind in ("exception", "alert"):
            self.trouble.append(str(element))
        elif kind == "page_link":
            self.links.append(element.page_link.label)
        elif kind == "html":
            self.words.append(element.html.body)
        elif kind == "bidi_component":
            self.words.extend(_strings(json.loads(element.bidi_component.json or "null")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for within in value.values() if isinstance(value, dict) else value:
            yield from _strings(within)
