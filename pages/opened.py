"""The corpus as the pages see it: opened once for everybody, and opened anew when a new generation is served."""

from typing import NoReturn

import streamlit as st

from answering.ask import Asker, open_asker
from briefing.markdown import as_written
from corpus.embedder import ModelError
from corpus.index import IndexUnusable, current, usable
from corpus.register import RegisterError
from corpus.settings import Settings
from ingestion.build import IngestReport, behind, ensure_index
from pages.failure import for_whom
from pages.pace import Pace

UNUSABLE = (RegisterError, ModelError, IndexUnusable)


def opened(*, empty: bool = False) -> Asker:
    """The asker over the generation that is served now, shared by all visitors; it knows of no conversation.

    The first visit since the app started builds what is missing or out of date, and shows how far that is. Where the
    corpus cannot be opened, the page says so in a sentence and ends. empty: whether a corpus without a file that could be
    read is opened, too, as where files are added to it.
    """
    settings = Settings()
    try:
        _bring_up_to_date(settings, empty)
        name = current(settings.index_folder) or ""
        asker = _asker(str(settings.index_folder), name, settings.model, settings.area, settings)
    except UNUSABLE as error:
        _stop(str(error))
    if not asker.generation.documents and not empty:
        _stop(f"There is nothing to answer from: the corpus folder {settings.corpus} holds no file that could be read.")
    return asker


def _bring_up_to_date(settings: Settings, empty: bool) -> None:
    done = _brought_up_to_date()
    key = f"{settings.corpus}\n{settings.index_folder}"
    if key in done and current(settings.index_folder):
        return
    place = st.empty()
    with place.container():
        st.markdown("#### Getting the sources ready")
        bar, pace = st.progress(0.0), Pace()

        def show(stage: str, completed: int, total: int) -> None:
            bar.progress(completed / total if total else 0.0, text=as_written(pace.said(stage, completed, total)))

        try:
            report = ensure_index(settings, show)
        except IndexUnusable as error:
            if not usable(settings.index_folder):
                raise
            # What was served before is served on; the next visit tries again.
            old = "The sources could not be brought up to date. Answers come from how they were before."
            place.warning(as_written(for_whom(behind(error), old)))
            return
    place.empty()
    if (
        not empty
        and report is not None
        and all(d.status in ("failed", "removed") for d in report.documents)
        and report.failed
    ):
        _stop(_why_nothing(report, settings))
    done.add(key)


def _why_nothing(report: IngestReport, settings: Settings) -> str:
    failures = [d.error for d in report.documents if d.error]
    return " ".join(
        (
            f"There is nothing to answer from: the corpus folder {settings.corpus} holds no file that could be read.",
            *failures,
        )
    )


def _stop(sentence: str) -> NoReturn:
    st.title("The sources cannot be opened")
    st.error(as_written(for_whom(sentence, "Questions cannot be answered just now. Come back in a few minutes.")))
    st.stop()


@st.cache_resource(show_spinner=False)
def _brought_up_to_date() -> set[str]:
    """The indexes that this process has brought up to date."""
    return set()


@st.cache_resource(show_spinner="Opening the sources…", max_entries=3)
def _asker(index: str, generation: str, model: str | None, area: str | None, _settings: Settings) -> Asker:
    return open_asker(_settings)
