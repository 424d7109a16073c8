"""What a visitor sees of a page that ran without a browser."""

import json
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element


def seen(app: AppTest) -> str:
    """All HTML, Markdown and components' words of the page, in their order."""
    return "\n".join(_words(app.main))


def _words(block: Block) -> Iterator[str]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield from _words(child)
        elif isinstance(child, Element):
            yield _said(child)


def _said(element: Element) -> str:
    proto = element.proto
    if element.type == "bidi_component":
        data = json.loads(proto.json or "{}")
        return str(data.get("html", "") or data.get("text", "") or data.get("alt", ""))
    return str(getattr(proto, "body", "") or getattr(proto, "label", ""))


def labels(app: AppTest) -> list[str]:
    """The labels of the buttons."""
    return [button.label for button in app.button]
