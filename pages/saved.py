"""Saved answers: a file that a visitor keeps, and that tells later whether its figures still stand.

The file is the visitor's own: nothing of it is kept here. What is read back from one is not trusted: it is checked for its
shape, shown as text, and its question is asked again.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Literal

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from answering.answer import Answer, AnswerFigure, CheckedAnswer, Status
from answering.ask import LONGEST_QUESTION, Asker, QuestionError
from answering.standing import Change, Standing, changes
from briefing.brief import name_of
from briefing.markdown import as_written
from pages.asking import answered
from pages.markup import answer_text
from pages.uploader import name_uploaders
from prompts import reply

LARGEST, MOST_FILES = 500_000, 20  # bytes of one file, and files checked at once


class NotASavedAnswer(Exception):
    """A file that is no saved answer; the message says so."""


class SavedFigure(BaseModel):
    """A figure of a saved answer, as it was shown."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(max_length=200)
    value: Decimal | None
    unit: str = Field(max_length=60)
    measure: str = Field(max_length=1000)
    area: str | None = Field(max_length=200)
    period: str | None = Field(max_length=200)
    kind: str = Field(max_length=60)
    qualifier: str | None = Field(max_length=100)
    derived: bool = False
    upper: Decimal | None = None

    def figure(self) -> AnswerFigure:
        """The figure, without its citation, which belongs to the earlier answer."""
        return AnswerFigure(**self.model_dump(), citation=None)


class SavedSource(BaseModel):
    """A citation of a saved answer, for whoever reads the file."""

    model_config = ConfigDict(frozen=True)

    id: int
    title: str
    date: str | None
    page: int | None
    section: tuple[str, ...]
    cell: str | None
    quote: str
    source: str | None


class SavedAnswer(BaseModel):
    """An answer as it was given, with what it can be traced by. ``question`` is the standalone one."""

    model_config = ConfigDict(frozen=True)

    planchat_saved_answer: Literal[1] = 1
    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    status: Status
    answer: str = Field(max_length=100_000)
    figures: tuple[SavedFigure, ...] = Field(max_length=500)
    citations: tuple[SavedSource, ...] = Field(max_length=500)
    caveats: tuple[str, ...] = ()
    answered: datetime
    corpus: str = Field(max_length=100)
    planchat: str = Field(max_length=60)
    model: str | None = Field(max_length=200)


def saved_file(checked: CheckedAnswer, at: datetime) -> bytes:
    """An answer as the file that is saved."""
    answer, receipt = checked.answer, checked.receipt
    saved = SavedAnswer(
        question=answer.standalone,
        status=answer.status,
        answer=answer.text,
        figures=tuple(SavedFigure.model_validate(f, from_attributes=True) for f in answer.figures),
        citations=tuple(SavedSource.model_validate(c, from_attributes=True) for c in answer.citations),
        caveats=answer.caveats,
        answered=at,
        corpus=receipt.corpus,
        planchat=receipt.planchat,
        model=receipt.model,
    )
    return saved.model_dump_json(indent=1).encode()


def read_saved(content: bytes) -> SavedAnswer:
    """The saved answer in a file. Raises NotASavedAnswer."""
    if len(content) > LARGEST:
        raise NotASavedAnswer(reply("saved.too_large"))
    try:
        return SavedAnswer.model_validate_json(content)
    except ValidationError as error:
        raise NotASavedAnswer(reply("saved.not_one")) from error


def show_save(checked: CheckedAnswer, at: datetime, key: str) -> None:
    """The button that saves an answer as a file."""
    name = f"{name_of(checked.answer.standalone)[:60] or 'answer'}.json"
    st.download_button(
        "Save", saved_file(checked, at), name, "application/json", key=f"{key}-save", on_click="ignore",
        type="tertiary", icon=":material/download:", help=reply("saved.help"),
    )  # fmt: skip


def show_check(asker: Asker) -> None:
    """Where saved answers are given back, and each is told to stand or not."""
    with st.expander("Check a saved answer", key="saved-answers"):
        name_uploaders()
        files = st.file_uploader(
            reply("saved.give"), ["json"], accept_multiple_files=True, key="saved-files", max_upload_size=1
        )
        for file in files[:MOST_FILES]:
            try:
                saved = read_saved(file.getvalue())
            except NotASavedAnswer as problem:
                st.warning(as_written(f"{file.name}: {problem}"))
                continue
            st.html(saved_html(saved, asker))


def saved_html(saved: SavedAnswer, asker: Asker) -> str:
    """A saved answer as it was, and whether it still stands."""
    at = f"{saved.answered.day} {saved.answered:%B %Y}"
    was = f'<div class="answer">{_unmarked(answer_text(saved.answer))}</div>'
    try:
        now = answered(asker, saved.question, ()).answer
    except QuestionError as problem:
        return f'<section class="saved"><h3>{escape(saved.question)}</h3><p>{escape(str(problem))}</p></section>'
    then = [f.figure() for f in saved.figures]
    told = standing_html(then, saved.answer, now, unchanged=saved.corpus == asker.generation.id)
    return (
        f'<section class="saved"><h3>{escape(saved.question)}</h3>'
        f'<p class="quiet">{escape(reply("saved.was", date=at))}</p>{was}{told}</section>'
    )


def standing_html(then: Sequence[AnswerFigure], text: str, now: Answer, unchanged: bool = False) -> str:
    """Whether an answer still stands, and each figure that does not."""
    found = changes(then, now.figures)
    lines = "".join(f"<li>{_change(c)}</li>" for c in found if c.standing is not Standing.SAME)
    return (
        f'<div class="standing"><p><strong>{escape(verdict(found, text, now, unchanged))}</strong></p>'
        f"{f'<ul>{lines}</ul>' if lines else ''}</div>"
    )


def verdict(found: Sequence[Change], text: str, now: Answer, unchanged: bool = False) -> str:
    """In a sentence, whether an answer still stands."""
    then = [c for c in found if c.then is not None]
    if now.status is not Status.ANSWERED:
        return reply("saved.no_answer" if then or text != now.text else "saved.stands")
    if not then:
        return reply("saved.stands" if text == now.text else "saved.other_words")
    same = sum(c.standing is Standing.SAME for c in then)
    if same == len(then):
        return reply("saved.unchanged" if unchanged else "saved.all_stand" if same > 1 else "saved.one_stands")
    return reply("saved.some_stand", same=same, count=len(then))


def _change(change: Change) -> str:
    """What became of one figure: "41% → 43%: residents with NVQ4, Dacorum"."""
    figure = change.now or change.then
    assert figure is not None
    of = ", ".join(part for part in (figure.measure, figure.area) if part)
    then, now = change.then, change.now
    if then is not None and now is not None:
        other = f" ({then.period or 'period not stated'} → {now.period or 'period not stated'})"
        moved = f"{then.text} → {now.text}{other if then.period != now.period else ''}"
        return f'<span class="moved">{escape(moved)}</span>: {escape(of)}'
    word = reply("saved.gone" if now is None else "saved.new")
    return f'<span class="moved">{escape(figure.text)}</span> {escape(word)}: {escape(of)}'


def _unmarked(html: str) -> str:
    """An earlier answer's text without the buttons of its sources, which belong to the sources of then."""
    return re.sub(r"(?:\N{NO-BREAK SPACE})?<button[^>]*>.*?</button>", "", html)
