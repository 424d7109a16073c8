"""An answer on the page: its figures set off large, its sentences with buttons for the sources, its caveats."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from textwrap import shorten

import streamlit as st

from answering.answer import Answer, AnswerFigure, CheckedAnswer, Citation, Status
from answering.say import upper_first
from briefing.markdown import as_written
from corpus.index import Generation
from pages.actions import show_actions, show_receipt
from pages.bars import bars_html
from pages.markup import answer_text, cited_by
from pages.sending import show_sending
from pages.source_view import open_source, opened_number, show_opened, where, words_with_sources
from prompts import reply

MOST_FIGURES = 4  # set off large; where there are more, the sentences give them
SNIPPET = 150  # characters of a source's words under its name
MOST_BUTTONS = 3  # sources named one by one; more of them are folded away

_ANNOUNCE = (Path(__file__).parent / "announce.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation with its answer over one generation, or with the sentence why there is none.

    looked_for: what the question was understood to ask for, where nothing was found. at: when it was answered.
    """

    question: str
    generation: Generation
    checked: CheckedAnswer | None = None
    error: str | None = None
    looked_for: tuple[tuple[str, str], ...] = ()
    at: datetime = field(default_factory=lambda: datetime.now().astimezone())


def show_exchange(exchange: Exchange, key: str, ask: Callable[[str], None], standing: str = "") -> None:
    """A question and its answer; an opened source stands beside the answer on a wide screen, and below on a phone.

    ask: what a suggested question calls when it is chosen. standing: HTML that says whether an earlier answer still stands.
    """
    st.html(f'<h2 class="question"><span class="quiet">You asked</span> {escape(exchange.question)}</h2>')
    if exchange.error is not None:
        st.warning(as_written(exchange.error))
    if exchange.checked is None:
        return
    answer = exchange.checked.answer
    shown = {c.id: c for c in (answer.citations or answer.nearest)}
    opened = shown.get(opened_number(key))
    left, right = st.columns([11, 10], gap="large")
    with left:
        if standing:
            st.html(standing)
        _show_answer(answer, key, ask, exchange.looked_for)
        show_actions(exchange.checked, exchange.generation, exchange.at, key)
        show_sending(exchange.checked, key)
        show_receipt(exchange.checked, exchange.at, key)
    if opened is not None:
        with right:
            show_opened(opened, exchange.generation, key)


def _show_answer(
    answer: Answer, key: str, ask: Callable[[str], None], looked_for: tuple[tuple[str, str], ...] = ()
) -> None:
    understood = ""
    if answer.standalone.strip().lower() != answer.question.strip().lower():
        understood = f'<p class="quiet understood">Understood as: {escape(answer.standalone)}</p>'
    figures = figures_html(answer) if answer.status is Status.ANSWERED else ""
    bars = bars_html(answer)
    words_with_sources(
        f'{understood}<div class="answer {answer.status.value}">{figures}{answer_text(answer.text)}{bars}</div>', key
    )
    if looked_for:
        st.html(looked_for_html(looked_for))
    if answer.suggestions:
        with st.container(key=f"{key}-suggestions", gap="xsmall"):
            for question in answer.suggestions:
                name = f"{key}-suggestion-{question}"
                st.button(as_written(question), key=name, width="stretch", on_click=ask, args=(question,))
    if answer.caveats:
        words_with_sources(caveats_html(answer.caveats), f"{key}-caveats", key)
    if answer.citations:
        _show_buttons("Sources", answer.citations, key)
    elif answer.nearest:
        st.html(f'<p class="quiet nearest">{escape(reply("not_found.nearest"))}</p>')
        _show_buttons("Nearest evidence", answer.nearest, key)


def _show_buttons(title: str, citations: tuple[Citation, ...], key: str) -> None:
    opened = opened_number(key)
    folded = len(citations) > MOST_BUTTONS
    place = st.expander(f"{title} ({len(citations)})") if folded else st.container(gap="xxsmall")
    with place, st.container(key=f"{key}-citations", gap=None):
        if not folded:
            st.html(f'<h3 class="sources">{escape(title)}</h3>')
        for c in citations:
            number = 0 if c.id == opened else c.id
            label = f"{c.id}. {as_written(where(c))}"
            st.button(label, key=f"{key}-citation-{c.id}", type="tertiary", on_click=open_source, args=(key, number))
            st.html(f'<p class="snippet">{escape(snippet(c))}</p>')


def looked_for_html(parts: tuple[tuple[str, str], ...]) -> str:
    """What the question was understood to ask for."""
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(words)}</dd></div>" for name, words in parts)
    return f'<p class="quiet">{escape(reply("not_found.looked_for"))}</p><dl class="receipt looked-for">{told}</dl>'


def snippet(citation: Citation) -> str:
    """The beginning of the cited words."""
    words = " ".join(citation.quote.replace("**", "").split())
    return f"“{shorten(words, SNIPPET, placeholder=' …')}”"


def figures_html(answer: Answer) -> str:
    """The figures that answer the question, set off large, the direct answer first; nothing where they are many.

    Figures that only a caveat gives are left to it. What all of them measure is said once, above them.
    """
    said = [f for f in answer.figures if f.text in answer.text]
    if not 0 < len(said) <= MOST_FIGURES:
        return ""
    measures = list(dict.fromkeys(_measure(f) for f in said))
    shared = measures[0] if len(measures) == 1 else None
    cards = "".join(_figure(f, first=i == 0, measured=shared is None) for i, f in enumerate(said))
    above = f'<p class="measured">{escape(shared)}</p>' if shared else ""
    return f'{above}<ul class="figures" aria-label="Figures">{cards}</ul>'


def _measure(figure: AnswerFigure) -> str:
    kind = f"{figure.kind}: " if figure.kind in ("target", "forecast") else ""
    measure = kind + figure.measure
    return upper_first(measure)


def _figure(figure: AnswerFigure, first: bool, measured: bool) -> str:
    mark = cited_by(figure.citation) if figure.citation is not None else ""
    lines = [
        f'<span class="value">{escape(figure.text)}{mark}</span>',
        f'<span class="area">{escape(figure.area or "Area not stated")}</span>',
        f'<span class="quiet">{escape(figure.period or "period not stated")}</span>',
    ]
    if measured:
        lines.insert(2, f'<span class="measure">{escape(_measure(figure))}</span>')
    if figure.working:
        lines.append(f'<span class="quiet">{escape(figure.working)}</span>')
    return f'<li class="{"figure first" if first else "figure"}">{"".join(lines)}</li>'


def caveats_html(caveats: tuple[str, ...]) -> str:
    """What to bear in mind, small and calm."""
    return f'<div class="caveats">{"".join(answer_text(caveat) for caveat in caveats)}</div>'


def announce(text: str, questions: int) -> None:
    """Tell those who listen to the page that something is there, without taking them away from where they are.

    questions: how many have been asked; when there is one more, it is brought into view.
    """
    html = '<p class="visually-hidden announcement" role="status" aria-live="polite"></p>'
    component = st.components.v2.component("announcement", html=html, js=_ANNOUNCE, isolate_styles=False)
    component(data={"text": text, "questions": questions}, key="announcement")
