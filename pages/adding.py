"""Editors add, replace and take out documents: what a file changes is shown first, and goes live when they say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import PurePosixPath
from typing import Literal

import streamlit as st

from answering.ask import Asker
from answering.say import upper_first
from briefing.markdown import as_written
from corpus.embedder import ModelError
from corpus.index import Generation, IndexUnusable
from corpus.records import Records
from corpus.register import RegisterError
from ingestion.build import IngestReport
from ingestion.remove import take_out
from ingestion.staging import Given, Outdated, Staged, Staging, publish, stage
from pages import who
from pages.changed import in_words, show_changes
from pages.counted import counted
from pages.uploader import name_uploaders
from pages.work import Work

NEW_DOCUMENT = ""
_HELP = "PDF, Word, Markdown, HTML, CSV and Excel files, up to 50 MB each. Nothing goes live until you publish it."
_ERRORS = (RegisterError, ModelError, IndexUnusable, Outdated)


@dataclass
class Desk:
    """What one editor is about. Kept in their session.

    staging: files that wait. reading, publishing: work that goes on. said: what came of the last. leaving: the document
    of which it is asked whether it is to go. uploads: how often files were given.
    """

    staging: Staging | None = None
    reading: Work[Staging] | None = None
    publishing: Work[IngestReport] | None = None
    said: tuple[Literal["done", "failed"], str] | None = None
    leaving: str | None = None
    uploads: int = 0


def desk() -> Desk:
    """The visitor's own desk."""
    found: Desk = st.session_state.setdefault("sources-desk", Desk())
    return found


def show_adding(asker: Asker) -> None:
    """The editor's part of the page. Ask ``who.may_edit`` first."""
    own = desk()
    st.html('<h2 class="part">Add or replace documents</h2>')
    if own.said is not None:
        kind, sentence = own.said
        (st.success if kind == "done" else st.error)(as_written(sentence))
    if own.reading is not None or own.publishing is not None:
        _show_work(own)
    elif own.staging is not None:
        _show_staging(own, own.staging, asker)
    else:
        _show_upload(own, asker)


def _show_work(own: Desk) -> None:
    """How far the work is; then what came of it, on a page that is run anew."""
    try:
        if own.reading is not None:
            own.staging = own.reading.show()
        elif own.publishing is not None:
            own.said = _said(own.publishing.show())
            own.staging = None
            own.uploads += 1  # an uploader under a new name is an empty one
    except _ERRORS as error:
        own.said = ("failed", f"{error} Answers come from the state of the corpus before.")
        own.staging = None
    own.reading = own.publishing = None
    st.rerun()


def _said(report: IngestReport) -> tuple[Literal["done", "failed"], str]:
    """What became of each file, in a few sentences."""
    became = {
        "added": "{} was added.",
        "updated": "{} was replaced.",
        "unchanged": "{} was there already.",
        "removed": "{} was taken out.",
    }
    lines = [became[d.status].format(d.path) for d in report.documents if d.status in became]
    failed = [d.error for d in report.documents if d.error]
    if report.documents and len(failed) < len(report.documents):
        lines.append("Answers come from this state of the corpus now.")
    return ("failed" if failed else "done"), " ".join((*failed, *lines))


# ---- giving files ----


def _show_upload(own: Desk, asker: Asker) -> None:
    files = st.file_uploader(
        "Files to add, or to put in the place of documents that are here",
        accept_multiple_files=True,
        key=f"sources-files-{own.uploads}",
    )
    name_uploaders()
    if not files:
        st.html(f'<p class="quiet">{_HELP}</p>')
        return
    records = {r.document.path: r for r in asker.generation.records}
    given = []
    for number, file in enumerate(files):
        options = [NEW_DOCUMENT, *records]
        alike = next((p for p in records if PurePosixPath(p).name.casefold() == file.name.casefold()), NEW_DOCUMENT)
        chosen = st.selectbox(
            f"{as_written(file.name)} is",
            options,
            options.index(alike),
            format_func=lambda path: (
                f"a new edition of: {records[path].document.title} ({path})" if path else "a new document"
            ),
            key=f"sources-is-{own.uploads}-{number}-{file.name}",
        )
        given.append(Given(file.name, file.getvalue(), chosen or None))
    if st.button("Read and compare", type="primary", icon=":material/difference:") and who.may_edit():
        own.said = None
        own.reading = Work(partial(stage, asker.settings, records, given))
        st.rerun()


# ---- what would change ----


def _show_staging(own: Desk, staging: Staging, asker: Asker) -> None:
    going = [s for s in staging.files if s.can_go_live]
    for number, staged in enumerate(staging.files):
        st.html(staged_html(staged, asker.generation))
        if staged.changes is not None and staged.twin is None:
            show_changes(staged.changes, f"sources-changes-{number}")
    if not going:
        st.info("There is nothing to publish.")
    with st.container(horizontal=True):
        if going:
            publishing = st.button("Publish", type="primary", icon=":material/publish:")
            if publishing and _log("Publish", "; ".join(f"{s.report.path} ({in_words(s.changes)})" for s in going)):
                served = {r.document.path: r for r in asker.generation.records}
                own.said = None
                own.publishing = Work(partial(publish, asker.settings, staging, served))
                st.rerun()
        if st.button("Discard" if going else "Back"):
            staging.discard()
            own.staging, own.said, own.uploads = None, None, own.uploads + 1
            st.rerun()


def _log(action: str, detail: str) -> bool:
    """Write an edit down before it is done; without its line in the log it is not done."""
    try:
        who.log_edit(action, detail)
    except (who.NotAllowed, OSError) as error:
        why = (error.strerror or "it cannot be written") if isinstance(error, OSError) else error
        desk().said = ("failed", f"This was not done, for it could not be logged ({why}).")
        st.rerun()
    return True


def staged_html(staged: Staged, generation: Generation) -> str:
    """A file that waits: what it is, what was read in it, and how much it changes."""
    if staged.changes is None:
        return (
            f'<section class="document staged"><h3>{escape(staged.name)}</h3>'
            f'<p class="problem" role="alert">{escape(staged.report.error or "")}</p></section>'
        )
    report = staged.report
    read = counted(
        (report.pages, "page"), (report.passages, "passage"), (report.tables, "table"), (report.figures, "figure")
    )
    lines = [f'<p class="quiet">{escape(_becomes(staged, generation))} Read in it: {read}.</p>']
    if staged.twin is not None:
        lines.append(f"<p>This is the file that is here already as {escape(staged.twin)}. Nothing would change.</p>")
    else:
        lines.append(f'<p class="changes">{escape(upper_first(in_words(staged.changes)))}.</p>')
    lines.append(noticed(report.warnings))
    return f'<section class="document staged"><h3>{escape(staged.title)}</h3>{"".join(lines)}</section>'


def noticed(warnings: Sequence[str]) -> str:
    """What was noticed when a file was read; nothing where nothing was."""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    return f'<div class="missing"><p>Noticed when it was read:</p><ul>{items}</ul></div>' if items else ""


def _becomes(staged: Staged, generation: Generation) -> str:
    if staged.replaces is None:
        return f"{staged.name}, a new document ({staged.report.path})."
    document = generation.documents.get(staged.replaces)
    gone = f", which is taken out; it stands at {staged.report.path}" if staged.goes else ""
    return f"{staged.name}, in place of {document.title if document else staged.replaces} ({staged.replaces}){gone}."


# ---- taking out ----


def show_taking_out(records: Records, asker: Asker) -> None:
    """The way to take a document out, which asks before it does. Ask ``who.may_edit`` first."""
    own, document = desk(), records.document
    if own.leaving != document.path:
        if st.button(
            "Take out",
            key=f"sources-out-{document.path}",
            type="tertiary",
            icon=":material/delete:",
            help=as_written(f"Take {document.title} out of the corpus"),
        ):
            own.leaving = document.path
            st.rerun()
        return
    figures = counted((len(records.figures) + sum(t.figures for t in records.blocks), "figure"))
    with st.container(border=True):
        st.html(
            f'<p role="alert">Take out {escape(document.title)}? It will be answered from no longer ({figures}). '
            "Its file is kept in the hidden folder .planchat-removed of the corpus, from where it can be brought back.</p>"
        )
        with st.container(horizontal=True):
            if st.button("Take it out", type="primary") and _log("Take out", document.path):
                own.leaving, own.said = None, None
                own.publishing = Work(partial(take_out, asker.settings, [document.path]))
                st.rerun()
            if st.button("Keep it"):
                own.leaving = None
                st.rerun()
