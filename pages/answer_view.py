"""An answer on the page: its figures set off large, its sentences with buttons for the sources, its caveats."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from answering.answer import Answer, AnswerFigure, CheckedAnswer, Citation, Status
from corpus.index import Generation
from pages.markup import answer_text, cited_by
from pages.opened import escaped
from pages.source_view import show_source
from prompts import reply

MOST_FIGURES = 4  # set off large; where there are more, the sentences give them
MOST_BUTTONS = 3  # sources named one by one; more of them are folded away

_OPEN_A_SOURCE = (Path(__file__).parent / "open_a_source.js").read_text(encoding="utf-8")
_ANNOUNCE = (Path(__file__).parent / "announce.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation with its answer over one generation, or with the sentence why there is none."""

    question: str
    generation: Generation
    checked: CheckedAnswer | None = None
    error: str | None = None


def show_exchange(exchange: Exchange, key: str, ask: Callable[[str], None]) -> None:
    """A question and its answer; an opened source stands beside the answer on a wide screen, and below on a phone.

    ask: what a suggested question calls when it is chosen.
    """
    st.html(f'<h2 class="question"><span class="quiet">You asked</span> {escape(exchange.question)}</h2>')
    if exchange.error is not None:
        st.warning(escaped(exchange.error))
    if exchange.checked is None:
        return
    answer = exchange.checked.answer
    shown = {c.id: c for c in (answer.citations or answer.nearest)}
    opened = shown.get(st.session_state.get(f"{key}-open", 0))
    left, right = st.columns([11, 10], gap="large")
    with left:
        _show_answer(answer, key, ask)
    if opened is not None:
        with right, st.container(key=f"{key}-source"):
            _show_opened(opened, exchange.generation, key)


def _show_opened(citation: Citation, generation: Generation, key: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(f'<p class="source-number">Source {citation.id}</p>')
        st.button("Close", key=f"{key}-close", type="tertiary", icon=":material/close:", on_click=_open, args=(key, 0))
    show_source(citation, generation, key)


def _open(key: str, number: int) -> None:
    st.session_state[f"{key}-open"] = number


def _show_answer(answer: Answer, key: str, ask: Callable[[str], None]) -> None:
    if answer.standalone.strip().lower() != answer.question.strip().lower():
        st.html(f'<p class="quiet">Understood as: {escape(answer.standalone)}</p>')
    figures = figures_html(answer) if answer.status is Status.ANSWERED else ""
    _with_buttons(f'<div class="answer {answer.status.value}">{figures}{answer_text(answer.text)}</div>', key)
    for suggestion in answer.suggestions:
        st.button(escaped(suggestion), key=f"{key}-suggestion-{suggestion}", on_click=ask, args=(suggestion,))
    if answer.caveats:
        _with_buttons(caveats_html(answer.caveats), f"{key}-caveats", key)
    if answer.citations:
        _show_buttons("Sources", answer.citations, key)
    elif answer.nearest:
        st.html(f'<p class="quiet nearest">{escape(reply("not_found.nearest"))}</p>')
        _show_buttons("Nearest evidence", answer.nearest, key)


def _with_buttons(html: str, key: str, opens: str | None = None) -> None:
    """HTML in which a citation's button opens its source."""
    target = opens or key
    component = st.components.v2.component("words_with_sources", html="<div></div>", js=_OPEN_A_SOURCE, isolate_styles=False)

    def open_it() -> None:
        chosen = st.session_state[f"{key}-words"].source
        if isinstance(chosen, int):
            _open(target, chosen)

    opened = st.session_state.get(f"{target}-open", 0)
    component(data={"html": html, "opened": opened}, key=f"{key}-words", on_source_change=open_it)


def _show_buttons(title: str, citations: tuple[Citation, ...], key: str) -> None:
    opened = st.session_state.get(f"{key}-open", 0)
    folded = len(citations) > MOST_BUTTONS
    place = st.expander(f"{title} ({len(citations)})") if folded else st.container(gap="xxsmall")
    with place, st.container(key=f"{key}-citations", gap=None):
        if not folded:
            st.html(f'<h3 class="sources">{escape(title)}</h3>')
        for c in citations:
            number = 0 if c.id == opened else c.id
            label = f"{c.id}. {escaped(where(c))}"
            st.button(label, key=f"{key}-citation-{c.id}", type="tertiary", on_click=_open, args=(key, number))


def where(citation: Citation) -> str:
    """A citation's place in a few words."""
    last = citation.section[-1:] if len(citation.section) < 2 else citation.section[:1] + citation.section[-1:]
    page = (f"page {citation.page}",) if citation.page is not None else ()
    cell = (citation.cell,) if citation.cell else ()
    return ", ".join((citation.title, *last, *page, *cell))


def figures_html(answer: Answer) -> str:
    """The figures that answer the question, set off large, the direct answer first; nothing where they are many."""
    if not answer.figures or len(answer.figures) > MOST_FIGURES:
        return ""
    cards = "".join(_figure(f, first=i == 0) for i, f in enumerate(answer.figures))
    return f'<ul class="figures" aria-label="Figures">{cards}</ul>'


def _figure(figure: AnswerFigure, first: bool) -> str:
    kind = f"{figure.kind.capitalize()}: " if figure.kind in ("target", "forecast") else ""
    mark = cited_by(figure.citation) if figure.citation is not None else ""
    lines = [
        f'<span class="value">{escape(figure.text)}{mark}</span>',
        f'<span class="area">{escape(figure.area or "Area not stated")}</span>',
        f'<span class="measure">{escape(kind + figure.measure)}</span>',
        f'<span class="quiet">{escape(figure.period or "period not stated")}</span>',
    ]
    if figure.working:
        lines.append(f'<span class="quiet">{escape(figure.working)}</span>')
    return f'<li class="{"figure first" if first else "figure"}">{"".join(lines)}</li>'


def caveats_html(caveats: tuple[str, ...]) -> str:
    """What to bear in mind, small and calm."""
    return f'<div class="caveats">{"".join(answer_text(caveat) for caveat in caveats)}</div>'


def announce(text: str) -> None:
    """Tell those who listen to the page that an answer is there, without taking them away from where they are."""
    html = '<p class="visually-hidden" role="status" aria-live="polite"></p>'
    component = st.components.v2.component("announcement", html=html, js=_ANNOUNCE, isolate_styles=False)
    component(data={"text": text}, key="announcement")
