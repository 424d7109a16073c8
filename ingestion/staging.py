"""Files that an editor would add are read beside the corpus, so that what they change is seen before anything goes live.

Nothing here touches the corpus folder or the index until ``publish``, which does what naming the files to
``planchat ingest`` does: the earlier generation is served until the new one stands.
"""

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from corpus.records import Records
from corpus.register import READABLE, UNREAD, Listed, file_hash, read_register, shown
from corpus.settings import Settings
from ingestion.add import At
from ingestion.admit import check_file, check_name
from ingestion.build import FileReport, IngestReport, Progress, ingest, report_of, silent
from ingestion.changes import FileChanges, changes
from ingestion.errors import UnreadableFile
from ingestion.reader import shared_reader


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was given: its name, what is in it, and the path of the document that it is to replace, if any."""

    name: str
    content: bytes
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits to be published.

    report: what was read in it, under the path at which it will stand. was: the hash of what was served at that path
    (or at that of the document that it replaces) when it was compared. goes: the path of a document that it replaces
    under another ending, and that is taken out. twin: the path at which the same file is already.
    """

    name: str
    file: Path
    report: FileReport
    changes: FileChanges | None = None
    title: str = ""
    was: str | None = None
    replaces: str | None = None
    goes: str | None = None
    twin: str | None = None

    @property
    def can_go_live(self) -> bool:
        """Whether there is anything to publish."""
        return self.changes is not None and self.twin is None


class Staging:
    """The files of one editor, in a folder of their own that goes with this object."""

    def __init__(self, files: Sequence[Staged], room: Path) -> None:
        self.files = tuple(files)
        self._discard = weakref.finalize(self, shutil.rmtree, room, ignore_errors=True)

    def discard(self) -> None:
        """Delete the files; nothing was published."""
        self._discard()


class Outdated(Exception):
    """What was compared is no longer what is served; the message says which documents."""


def stage(
    settings: Settings, served: Mapping[str, Records], given: Sequence[Given], progress: Progress = silent
) -> Staging:
    """Read the files and compare each with what is served.

    served: the records of the generation that is served, by path. A file that cannot be read is staged with the
    sentence that says why. Raises RegisterError or IndexUnusable.
    """
    room = Path(tempfile.mkdtemp(prefix="planchat-staged-"))
    try:
        listed = {item.path: item for item in read_register(settings.corpus)}
        staged: list[Staged] = []
        for number, file in enumerate(given):
            progress(f"Reading {shown(file.name)}", number, len(given))
            staged.append(_staged(file, room / str(number), listed, served))
        return Staging(_told_apart(staged), room)
    except BaseException:
        shutil.rmtree(room, ignore_errors=True)
        raise


def _staged(given: Given, folder: Path, listed: Mapping[str, Listed], served: Mapping[str, Records]) -> Staged:
    name = shown(PurePosixPath(given.name.replace("\\", "/")).name)
    file = folder / name
    try:
        suffix = Path(name).suffix.lower()
        if suffix not in READABLE:
            kinds = ", ".join(sorted(READABLE))
            raise UnreadableFile(
                UNREAD.get(suffix, f"is of a kind that is not read; files must end in one of: {kinds}")
            )
        path, goes = _place(name, given.replaces)
        check_name(path)
        folder.mkdir()
        file = folder / PurePosixPath(path).name
        file.write_bytes(given.content)
        check_file(file, folder)
        return _compared(name, file, path, goes, listed, served)
    except UnreadableFile as problem:
        why = f"{name} {problem}."
    except OSError as problem:
        why = f"{name} could not be kept ({problem.strerror})."
    return Staged(name, file, FileReport(name, "failed", error=why))


def _place(name: str, replaces: str | None) -> tuple[str, str | None]:
    """Where a file will stand, and the path of the document that goes for it, where that has another ending."""
    suffix = Path(name).suffix.lower()
    if replaces is None:
        return f"{'indicators' if READABLE[suffix] == 'table' else 'plans'}/{name}", None
    if PurePosixPath(replaces).suffix.lower() == suffix:
        return replaces, None
    return str(PurePosixPath(replaces).with_suffix(suffix)), replaces


def _compared(
    name: str, file: Path, path: str, goes: str | None, listed: Mapping[str, Listed], served: Mapping[str, Records]
) -> Staged:
    sha256 = file_hash(file)
    replaces = goes or (path if path in served or path in listed else None)
    before = served.get(replaces) if replaces else None
    twin = next((p for p, r in served.items() if r.document.sha256 == sha256), None)
    entry = listed[replaces].entry if replaces and replaces in listed else None
    records = shared_reader().read(Listed(path, file, entry), sha256)
    return Staged(
        name,
        file,
        report_of(records, "updated" if replaces else "added"),
        changes(before, records),
        records.document.title,
        before.document.sha256 if before else None,
        replaces,
        goes,
        twin,
    )


def _told_apart(staged: Sequence[Staged]) -> list[Staged]:
    """The files, of which none takes the place of another of them."""
    found: list[Staged] = []
    for s in staged:
        taken = {path for other in found if other.can_go_live for path in (other.report.path, other.replaces) if path}
        if s.can_go_live and taken & {s.report.path, s.replaces}:
            error = f"{s.name} would take the place of another file that you gave; rename it, or give it alone."
            s = replace(s, report=FileReport(s.name, "failed", error=error), changes=None)
        found.append(s)
    return found


def publish(
    settings: Settings, staging: Staging, served: Mapping[str, Records], progress: Progress = silent
) -> IngestReport:
    """Take the staged files into the corpus and bring the index up to date; what cannot go live is left.

    served: the records that are served now. Raises Outdated where they are not those that the files were compared
    with, and what ``ingest`` raises; the earlier generation is then served on.
    """
    going = [s for s in staging.files if s.can_go_live]
    moved = [s.replaces or s.report.path for s in going if _hash(served, s.replaces or s.report.path) != s.was]
    if moved:
        raise Outdated(
            f"Since you looked, somebody else has changed {', '.join(moved)}. Read the files again to see what they change now."
        )
    return ingest(settings, progress, [At(s.report.path, s.file, s.goes) for s in going])


def _hash(served: Mapping[str, Records], path: str) -> str | None:
    return served[path].document.sha256 if path in served else None
