"""A language model's words are shown only if the figure check lets them through."""

from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import BaseMessage

from answering.answer import CheckedAnswer, Status
from answering.ask import Asker

QUESTION = "What share of our residents have NVQ4?"
Says = Callable[[str], "Recording"]


class Recording(FakeListChatModel):
    """A chat model that says what it was told to, and remembers what it was shown."""

    shown: list[str] = []  # noqa: RUF012 (a pydantic field: each instance has its own)
    broken: bool = False

    def _call(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> str:
        self.shown.append(str(messages[-1].content))
        if self.broken:
            raise ConnectionError("no provider")
        return super()._call(messages, *args, **kwargs)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Puts a fake chat model where the provider's would be made."""

    def put(text: str) -> Recording:
        model = Recording(responses=[text], shown=[])
        monkeypatch.setattr("answering.model._model", lambda name: model)
        return model

    return put


@pytest.fixture(scope="module")
def with_model(asker: Asker) -> Asker:
    return Asker(asker.generation, asker.settings.model_copy(update={"model": "fake:model"}))


def is_composed(checked: CheckedAnswer, asker: Asker, question: str = QUESTION) -> bool:
    return checked.receipt.model is None and checked.answer == asker.ask(question).answer


def test_a_model_that_copies_is_shown_and_named(with_model: Asker, says: Says) -> None:
    says("41% of Dacorum residents have NVQ4, below the 45% of Hertfordshire [E1].")
    checked = with_model.ask(QUESTION)
    assert checked.answer.text == "41% of Dacorum residents have NVQ4, below the 45% of Hertfordshire [1]."
    assert checked.receipt.model == "fake:model"


@pytest.mark.parametrize(
    "text",
    [
        "43% of Dacorum residents have NVQ4 [E1].",
        "41% of Dacorum residents have NVQ4 [E1]. In England it is 43.1% [E1].",
        "41% of Dacorum residents have NVQ4 [E1]. That is about 40,000 people.",
        "41% of Dacorum residents have NVQ4 [E9].",
        "41% of Dacorum residents have NVQ4.",
        "Two in five residents have NVQ4 [E1].",
        "4 percentage points fewer than in Hertfordshire [E1].",
    ],
)
def test_a_model_that_writes_what_is_not_cited_is_not_shown(
    with_model: Asker, asker: Asker, says: Says, text: str
) -> None:
    says(text)
    assert is_composed(with_model.ask(QUESTION), asker)


def test_a_figure_given_to_another_area_is_not_shown(with_model: Asker, asker: Asker, says: Says) -> None:
    says("45% of Dacorum residents have NVQ4 [E1].")
    assert is_composed(with_model.ask(QUESTION), asker)


@pytest.mark.parametrize("text", ["NOT_FOUND", "", "   "])
def test_a_model_that_says_nothing_leaves_the_composed_answer(
    with_model: Asker, asker: Asker, says: Says, text: str
) -> None:
    says(text)
    assert is_composed(with_model.ask(QUESTION), asker)


def test_a_model_is_never_asked_what_the_sources_do_not_say(with_model: Asker, says: Says) -> None:
    model = says("West Hertfordshire College [E1].")
    answer = with_model.ask("Who leads Theme 4?").answer
    assert answer.status is Status.NOT_FOUND
    assert "West Hertfordshire College" not in answer.text
    assert model.shown == []


def test_a_model_sees_keyed_quotations_and_no_addresses(with_model: Asker, says: Says) -> None:
    model = says("NOT_FOUND")
    with_model.ask(QUESTION)
    (prompt,) = model.shown
    assert "E1: “" in prompt and "41% and 45% respectively" in prompt and QUESTION in prompt
    assert ".md" not in prompt and "http" not in prompt


def test_a_model_that_fails_is_said_in_a_caveat_and_the_answer_stands(
    with_model: Asker, asker: Asker, says: Says
) -> None:
    says("").broken = True
    checked = with_model.ask(QUESTION)
    assert checked.answer.text == asker.ask(QUESTION).answer.text
    assert any("could not be used (ConnectionError)" in caveat for caveat in checked.answer.caveats)
    assert checked.receipt.model is None


def test_braces_in_a_question_do_no_harm(with_model: Asker, says: Says) -> None:
    says("NOT_FOUND")
    assert with_model.ask("What share of our {residents} have NVQ4?").answer.status is Status.ANSWERED
