"""Long work that goes on whatever the visitor does meanwhile: in a thread of its own, with its progress shown."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

from briefing.markdown import as_written
from ingestion.build import Progress
from pages.pace import Pace

T = TypeVar("T")
_LOOK_S = 0.2


class Work(Generic[T]):
    """One piece of work, begun at once.

    Streamlit stops a page's run when the visitor clicks or leaves; work that changes the corpus must not stop halfway.
    The work itself must call nothing of Streamlit's.
    """

    def __init__(self, do: Callable[[Progress], T]) -> None:
        self._told: tuple[str, int, int] = ("", 0, 0)
        self._pace = Pace()
        self._result: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(do,))
        self._thread.start()

    def _run(self, do: Callable[[Progress], T]) -> None:
        try:
            self._result.append(do(self._tell))
        except BaseException as error:
            self._error = error  # it is raised again where the result is asked for

    def _tell(self, stage: str, done: int, total: int) -> None:
        self._told = (stage, done, total)

    def show(self) -> T:
        """Show how far it is until it is done; gives its result, or raises what it raised."""
        bar = st.progress(0.0, text="Begun")
        while self._thread.is_alive():
            stage, done, total = self._told
            if stage:
                bar.progress(done / total if total else 0.0, text=as_written(self._pace.said(stage, done, total)))
            time.sleep(_LOOK_S)
        bar.empty()
        if self._error is not None:
            raise self._error
        return self._result[0]
