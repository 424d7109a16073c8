"""The language model, when one is set: it writes from keyed evidence, and what it writes is checked. Its sole home."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from answering.answer import Answer, Citation, Status
from answering.check import Checker
from prompts import reply, template

_KEY = re.compile(r"\s*\[\s*(E\d+(?:\s*[,;]\s*E\d+)*)\s*\]")


def write(composed: Answer, checker: Checker, model: str | None) -> tuple[Answer, str | None]:
    """The answer in the model's words, and the model's name; the composed answer and None where it was not used.

    The model sees quotations keyed E1, E2 …, never addresses. Its text is used only if the figure check lets it
    through; it is never asked about what the sources do not answer.
    """
    if model is None or composed.status is not Status.ANSWERED or not composed.citations:
        return composed, None
    try:
        text = _invoke(model, composed)
    except Exception as error:  # a provider's own errors have no common class
        reason = type(error).__name__
        return replace(composed, caveats=(*composed.caveats, reply("errors.model", reason=reason))), None
    if not text.strip() or "NOT_FOUND" in text:
        return composed, None
    written = replace(composed, text=_with_numbers(text.strip(), composed.citations))
    if checker.problems(written) or not re.search(r"\[\d+\]", written.text):
        return composed, None
    return written, model


def _invoke(model: str, composed: Answer) -> str:
    keyed = "\n".join(
        f"E{c.id}: “{' '.join(c.quote.split())}” ({c.title}{', ' + c.date if c.date else ''})"
        for c in composed.citations
    )
    prompt = template("answer.md").format(evidence=keyed, question=composed.standalone)
    message = _model(model).invoke(prompt)
    return message.content if isinstance(message.content, str) else str(message.text)


@lru_cache(maxsize=2)
def _model(name: str) -> Any:
    from langchain.chat_models import init_chat_model

    return init_chat_model(name, temperature=0)


def _with_numbers(text: str, citations: tuple[Citation, ...]) -> str:
    """Keys become citation numbers; a key that was not given stays visible, and so fails the check."""
    known = {f"E{c.id}": c.id for c in citations}

    def number(match: re.Match[str]) -> str:
        keys = re.findall(r"E\d+", match[1])
        return " " + "".join(f"[{known.get(k, 999)}]" for k in keys)

    return _KEY.sub(number, text)
