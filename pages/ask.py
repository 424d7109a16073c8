"""Ask: a conversation in which every figure opens where it stands in its source."""

from html import escape

import streamlit as st

from answering.answer import Status
from answering.ask import LONGEST_QUESTION, Asker, QuestionError, Turn
from briefing.dates import plainly
from briefing.markdown import as_written
from corpus.document import Document
from corpus.index import Generation
from pages import basket
from pages.actions import say
from pages.address import asked_by_address, remember
from pages.answer_view import Exchange, announce, show_exchange
from pages.asking import answered
from pages.markup import badge
from pages.opened import opened
from pages.question_log import keep_question
from pages.saved import show_check, standing_html
from pages.starters import Role, starters
from pages.talk import ask_again, conversation, notes, questions, waiting, was_stopped
from prompts import reply

ALL_THEMES = "Everything"


def asked(question: str, asker: Asker) -> Exchange:
    """The question, answered in the light of the earlier ones."""
    history = [e.question for e in conversation()]
    try:
        checked = answered(asker, question, history)
        missing = looked_for(asker, Turn(question, tuple(history))) if checked.answer.status is Status.NOT_FOUND else ()
        return Exchange(question, asker.generation, checked, looked_for=missing)
    except QuestionError as error:
        return Exchange(question, asker.generation, error=str(error))


def looked_for(asker: Asker, turn: Turn) -> tuple[tuple[str, str], ...]:
    """What a question was understood to ask for, as names and words."""
    read = asker.read(turn)
    areas = [*(area.name for area in read.areas), *filter(None, [read.unknown_area])]
    parts = {
        "Words": ", ".join(term.text for term in read.terms),
        "Area": ", ".join(areas),
        "Period": ", ".join(period.text for period in read.periods),
        "In": f"{len(asker.generation.records)} documents and tables",
    }
    return tuple((name, words) for name, words in parts.items() if words)


def show_head(generation: Generation) -> None:
    """What is asked: the plan by its title, with its date and status."""
    plans = [d for d in generation.documents.values() if d.kind == "plan"]
    name = plans[0].title if len(plans) == 1 else "the plans"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.html(f'<h1 class="page">Ask the {escape(_without_article(name))}</h1>')
        if conversation():
            st.button("Start again", icon=":material/refresh:", on_click=notes().start_again)
    if not conversation():
        st.html(f'<p class="about">{_about(plans)}</p>')


def _without_article(name: str) -> str:
    return name[4:] if name.lower().startswith("the ") else name


def _about(plans: list[Document]) -> str:
    dated = ""
    if len(plans) == 1:
        dated = f'<span class="dated">{badge(plans[0].status)} {escape(plainly(plans[0].date) or "")}</span>'
    return (
        f"{dated}Every figure in an answer is quoted from a source: press its number to see where it stands. "
        "If the sources do not say, you are told so."
    )


def show_starters(asker: Asker) -> None:
    """Questions to begin with, by who asks and, where the plans have themes, by theme."""
    st.html('<h2 class="starters">Questions to start with</h2>')
    themes = [theme.heading for theme in asker.generation.themes]
    with st.container(key="starters-for", horizontal=True, gap="medium", vertical_alignment="top"):
        role = st.segmented_control("For", list(Role), default=Role.COUNCILLOR, key="role", required=True)
        about = st.selectbox("About", [ALL_THEMES, *themes], key="about") if themes else ALL_THEMES
    with st.container(key="starters", gap="xsmall"):
        for question in starters(asker.generation.id, asker, role, None if about == ALL_THEMES else about):
            key = f"starter-{question}"
            st.button(as_written(question), key=key, width="stretch", on_click=notes().ask, args=(question,))


def standing(exchange: Exchange, key: str, asker: Asker) -> str:
    """Whether an answer over an earlier state of the corpus still stands, as HTML; worked out once for each state."""
    if exchange.checked is None or exchange.generation.id == asker.generation.id:
        return ""
    name = f"{key}-standing-{asker.generation.id}"
    if name not in st.session_state:
        then = exchange.checked.answer
        now = answered(asker, then.standalone, ()).answer
        st.session_state[name] = standing_html(then.figures, then.text, now)
    html: str = st.session_state[name]
    return html


def summary(exchange: Exchange) -> str:
    """What is read out when an answer is there."""
    if exchange.checked is None:
        return exchange.error or ""
    answer = exchange.checked.answer
    opening = "The answer is there." if answer.status is Status.ANSWERED else ""
    return f"{opening} {answer.text.replace('**', '')}"[:400].strip()


def ask_waiting(asker: Asker) -> None:
    """Answer the questions that wait, in their order. Whatever the visitor does meanwhile cuts this short; they still wait then."""
    queue, talk = waiting(), conversation()
    st.button("Stop", icon=":material/stop_circle:", on_click=notes().stop, key="stop")
    with st.spinner("Looking in the sources…"):
        while queue:
            question = queue[0]
            try:
                exchange = asked(question.text, asker)
            except Exception:  # it would fail again
                queue.clear()
                raise
            # Between these two nothing of Streamlit is called: there it may cut a run short.
            del queue[0]
            talk.append(exchange)
            if question.new:  # what is asked again is not written down again
                keep_question(question.text, exchange.checked)
    say(summary(talk[-1]))


def take_typed() -> None:
    """Note what was typed. This is done before the page runs, so that nothing that cuts the run short can lose it."""
    typed = st.session_state.get("composer-input")  # nothing, where the visitor has gone to another page at once
    if typed:
        notes().ask(typed)


# These stand before the sources are opened: what is shown of that only the first time must not move them.
announcement, talk = st.container(), st.container(key="talk")
working = st.container(key="working", horizontal=True, vertical_alignment="center")
asker = opened()
with st.container(key="composer"):
    st.chat_input("Ask a question", max_chars=LONGEST_QUESTION, key="composer-input", on_submit=take_typed)
if opens := asked_by_address(questions()):
    ask_again(opens)
basket.fill(asker)
with talk:
    show_head(asker.generation)
    for number, exchange in enumerate(conversation()):
        show_exchange(exchange, f"answer-{number}", notes().ask, standing(exchange, f"answer-{number}", asker))
with announcement:
    announce(st.session_state.get("said", ""), len(conversation()))
if not conversation():
    show_starters(asker)
    show_check(asker)
asking = bool(waiting())
if asking:
    with working:
        ask_waiting(asker)
elif was_stopped():
    working.html(f'<p class="stopped">{escape(reply("ask.stopped"))}</p>')
remember(questions())
if asking:
    st.rerun()
