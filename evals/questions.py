"""Evaluation questions: what is asked, what is expected, and what must not be said."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

FOLDER = Path(__file__).resolve().parent / "questions"


class Expected(BaseModel):
    """A figure that is expected; a field that is None, or was left out, is not judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Decimal
    unit: str | None = None
    upper: Decimal | None = None
    area: str | None = None
    period: str | None = None
    kind: str | None = None
    measure: str | None = None


class EvalQuestion(BaseModel):
    """One line of a questions file; ``evals/questions/README.md`` says what each field demands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    status: tuple[str, ...] = ("answered",)
    figures: tuple[Expected, ...] = ()
    first: Expected | None = None
    derived: Expected | None = None
    text_has: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    section: tuple[str, ...] | None = None
    quote_has: tuple[str, ...] = ()
    note: str | None = None
    document: str | None = None
    page: int | None = None

    @field_validator("status", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("quote_has", "text_has", "must_not", "figures", "history", mode="before")
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        return () if value is None else value


def load(paths: Iterable[Path]) -> list[EvalQuestion]:
    """The questions of files of JSON Lines, in order."""
    found: list[EvalQuestion] = []
    for path in paths:
        with path.open(encoding="utf-8") as file:
            found += [EvalQuestion.model_validate_json(line) for line in file if line.strip()]
    return found
