"""The process in which files are read: it forks a child with limits for each file, and says what became of it.

It is started by ``reader.py`` as ``python -m ingestion.worker`` and takes requests from its standard input, one line of
JSON each. A reply is a kind (one byte), a length (eight bytes) and that many bytes: records, a text or a
page's picture as JSON, a Word file with comments, or a sentence.
Forking a process that has loaded the readers takes milliseconds, so each file gets a fresh one, and what a broken or
hostile file does to its memory ends with it. It needs nothing of the index, and never loads the embedding model.
"""

import gc
import os
import resource
import select
import shutil
import signal
import struct
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import BinaryIO

from lxml.etree import ErrorTypes, XMLSyntaxError
from pydantic import TypeAdapter

from corpus.records import to_json
from corpus.register import Listed
from ingestion.block import ReadText
from ingestion.draw import PICTURE_OF_PAGE, draw_page
from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from ingestion.read import read_file, read_text
from ingestion.remarks import Remark, with_remarks

READY, RECORDS, TEXT, PICTURE, COMMENTED, SENTENCE = b"+", b"R", b"T", b"P", b"C", b"E"
GIVEN = (RECORDS, TEXT, PICTURE, COMMENTED)
HEAD = struct.Struct(">cQ")


@dataclass(frozen=True, slots=True)
class Request:
    """One file to be read.

    only_text: its text and its blocks are wanted, as of a draft, and no records. drawn: a picture of this page (from 1)
    is wanted, and nothing else. remarks: a copy of a Word file with these comments is wanted.
    """

    listed: Listed
    sha256: str
    limits: Limits
    only_text: bool = False
    drawn: int | None = None
    remarks: tuple[Remark, ...] | None = None


REQUEST = TypeAdapter(Request)
READ_TEXT = TypeAdapter(ReadText)


def main() -> None:
    """Answer requests until standard input ends, which it does when the process that asked is gone."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not come between the replies
    gc.freeze()
    _say(replies, READY, b"")
    for line in iter(sys.stdin.buffer.readline, b""):
        kind, said = _read_in_child(REQUEST.validate_json(line))
        _say(replies, kind, said)


def _say(replies: BinaryIO, kind: bytes, said: bytes) -> None:
    replies.write(HEAD.pack(kind, len(said)))
    replies.write(said)
    replies.flush()


def _read_in_child(request: Request) -> tuple[bytes, bytes]:
    """Read one file in a child of its own; how the child ended becomes a sentence where it gave no records."""
    folder = tempfile.mkdtemp(prefix="planchat-")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(request, writing, folder)
    os.close(writing)
    try:
        said, in_time = _collect(reading, time.monotonic() + request.limits.wall)
    finally:
        os.close(reading)
        _end(child)
        _, status = os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)
    if not in_time:
        return SENTENCE, f"took more than {request.limits.wall} seconds to read and was stopped".encode()
    if os.WIFSIGNALED(status):
        return SENTENCE, _ended_by(os.WTERMSIG(status), request.limits).encode()
    if said[:1] not in (*GIVEN, SENTENCE):
        return SENTENCE, b"could not be read: the process that read it ended without a word"
    return said[:1], said[1:]


def _collect(reading: int, deadline: float) -> tuple[bytes, bool]:
    """What the child says until it ends, and whether it ended in time."""
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([reading, sys.stdin], [], [], left)
        if sys.stdin in ready:  # nobody asks while a file is read: the asker is gone
            raise SystemExit(1)
        if reading in ready:
            part = os.read(reading, 1 << 20)
            if not part:
                return b"".join(parts), True
            parts.append(part)
    return b"", False


def _end(child: int) -> None:
    """Kill the child, unless it has ended, with all that it started (the text recognition of scanned pages)."""
    for kill, whom in ((os.killpg, child), (os.kill, child)):
        try:
            kill(whom, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _ended_by(number: int, limits: Limits) -> str:
    if number == signal.SIGXCPU:
        return f"took more than {limits.cpu} seconds of computing time and was stopped"
    if number == signal.SIGKILL:
        return "could not be read: the process that read it was killed, most likely for want of memory"
    return f"could not be read: it made the process that read it crash (signal {number})"


def _child(request: Request, writing: int, folder: str) -> None:
    """Read the file under its limits, write what came of it, and end."""
    os.setsid()
    for descriptor in (0, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    said = memoryview(_records_or_sentence(request))
    while said:
        said = said[os.write(writing, said) :]
    os._exit(0)  # the pipe is closed by the end itself, so that the end of what is said is the end of the child


def _records_or_sentence(request: Request) -> bytes:
    limits = request.limits
    try:
        _limit(limits)
        if request.drawn is not None:
            return PICTURE + PICTURE_OF_PAGE.dump_json(draw_page(request.listed.file, request.drawn))
        if request.remarks is not None:
            return COMMENTED + with_remarks(request.listed.file, request.remarks)
        if request.only_text:
            return TEXT + READ_TEXT.dump_json(read_text(request.listed.file, limits.pages))
        return RECORDS + to_json(read_file(request.listed, request.sha256, limits.pages))
    except Exception as problem:  # whatever a library makes of a broken file becomes the file's own sentence
        return SENTENCE + _why(problem, limits).encode()


def _why(problem: Exception, limits: Limits) -> str:
    """Why a file gave nothing, in words that go on from its name."""
    if _is_want_of_memory(problem) or _is_want_of_memory(problem.__cause__):
        return f"needs more than {limits.memory / 1e9:g} GB of memory to be read"
    if isinstance(problem, UnreadableFile):
        return str(problem)
    if isinstance(problem, RecursionError):
        return "is nested too deeply to be read"
    if isinstance(problem, OSError):
        return f"cannot be opened ({problem.strerror or problem})"
    name = type(problem).__name__  # what the library says of it is for its makers, and no sentence
    return f"could not be read: something in it is not as its format should be ({name})"


def _is_want_of_memory(problem: BaseException | None) -> bool:
    """Whether there was not memory enough; lxml says so of XML in an error of its own."""
    no_memory = isinstance(problem, XMLSyntaxError) and problem.code == ErrorTypes.ERR_NO_MEMORY
    return no_memory or isinstance(problem, MemoryError)


def _limit(limits: Limits) -> None:
    bounds = {resource.RLIMIT_CPU: limits.cpu, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":
        bounds[resource.RLIMIT_AS] = limits.memory
    for bound, wanted in bounds.items():
        hard = resource.getrlimit(bound)[1]
        resource.setrlimit(bound, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


if __name__ == "__main__":
    main()
