"""Files are read in another process (``worker.py``): a file that crashes it, or takes too much, costs one sentence."""

import atexit
import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from corpus.index import IndexUnusable
from corpus.records import Records, from_json
from corpus.register import Listed
from corpus.settings import ROOT
from ingestion.block import ReadText
from ingestion.draw import PICTURE_OF_PAGE, PagePicture
from ingestion.errors import UnreadableFile
from ingestion.limits import LIMITS, Limits
from ingestion.remarks import Remark
from ingestion.worker import GIVEN, HEAD, READ_TEXT, REQUEST, Request

WORKER = (sys.executable, "-m", "ingestion.worker")
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL", re.IGNORECASE)


class Reader:
    """Reads files, one at a time, in a process that is started at the first file and replaced when it dies."""

    def __init__(self, command: Sequence[str] = WORKER) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, listed: Listed, sha256: str, limits: Limits = LIMITS) -> Records:
        """The records of one file.

        Raises UnreadableFile where there are none, whatever the file did, and IndexUnusable where no process starts.
        """
        said = self._asked(Request(listed, sha256, limits))
        try:
            return from_json(said)
        except ValueError as error:
            raise UnreadableFile("could not be read: what was read of it has not the shape of records") from error

    def read_text(self, file: Path, limits: Limits = LIMITS) -> ReadText:
        """The text of one file and its blocks, without records. Raises as ``read`` does."""
        said = self._asked(Request(Listed(file.name, file, None), "", limits, only_text=True))
        try:
            return READ_TEXT.validate_json(said)
        except ValueError as error:
            raise UnreadableFile("could not be read: what was read of it has not the shape of a text") from error

    def draw(self, file: Path, page: int, limits: Limits = LIMITS) -> PagePicture:
        """A picture of one page (from 1) of a PDF. Raises as ``read`` does."""
        said = self._asked(Request(Listed(file.name, file, None), "", limits, drawn=page))
        try:
            return PICTURE_OF_PAGE.validate_json(said)
        except ValueError as error:
            raise UnreadableFile("could not be drawn: what was drawn of it has not the shape of a page") from error

    def with_remarks(self, file: Path, remarks: Sequence[Remark], limits: Limits = LIMITS) -> bytes:
        """A copy of a Word file with comments. Raises as ``read`` does."""
        return self._asked(Request(Listed(file.name, file, None), "", limits, remarks=tuple(remarks)))

    def _asked(self, request: Request) -> bytes:
        with self._lock:
            try:
                kind, said = self._answer(REQUEST.dump_json(request))
            except BaseException:  # the reply that is under way must not be taken for the next file's
                self.close()
                raise
        if kind not in GIVEN:
            raise UnreadableFile(said.decode("utf-8", "replace"))
        return said

    def _answer(self, request: bytes) -> tuple[bytes, bytes]:
        try:
            process = self._running()
            assert process.stdin is not None
            process.stdin.write(request + b"\n")
            process.stdin.flush()
            return self._reply(process)
        except (EOFError, BrokenPipeError):
            self.close()
            raise UnreadableFile("could not be read: the process that reads files ended while it was read") from None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            environment = {k: v for k, v in os.environ.items() if not _SECRET.search(k)}
            # One thread each: a child's limits hold for all it does, and files are many where machines are small.
            environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env=environment,
                start_new_session=True,
            )
            try:
                self._reply(self._process)
            except EOFError:
                self.close()
                raise IndexUnusable(
                    "Files cannot be read: the process that reads them did not start. Install planchat again "
                    "('make run' does), then run 'planchat ingest'."
                ) from None
        return self._process

    def _reply(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        assert process.stdout is not None
        head = process.stdout.read(HEAD.size)
        if len(head) < HEAD.size:
            raise EOFError
        kind, length = HEAD.unpack(head)
        said = process.stdout.read(length)
        if len(said) < length:
            raise EOFError
        return kind, said

    def close(self) -> None:
        """End the process. A child of it that still reads is ended with it."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()


@lru_cache(maxsize=1)
def shared_reader() -> Reader:
    """The reader of this process, kept for the files of its next build; it ends with this process."""
    reader = Reader()
    atexit.register(reader.close)
    return reader
