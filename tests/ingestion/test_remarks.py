"""A Word file gets comments in the process with limits: a copy with all that was in it, or one sentence."""

import hashlib
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from ingestion.reader import Reader
from ingestion.remarks import Remark
from tests.ingestion.test_hostile import ENTITIES, LAUGHS, MACROS, word, zipped

SHOPS = Remark("77%", "In Exampleton, 77% of shops are open.", "Supported.")


@pytest.fixture
def reader() -> Iterator[Reader]:
    started = Reader()
    yield started
    started.close()


def link(document: WordDocument, words: str) -> None:
    """A paragraph's link, as Word sets one, at the end of the last paragraph."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("w:anchor"), "there")
    document.paragraphs[-1].add_run(words)
    element.append(document.paragraphs[-1].runs[-1]._r)
    document.paragraphs[-1]._p.append(element)


def commented(reader: Reader, document: WordDocument, file: Path, *remarks: Remark) -> WordDocument:
    document.save(str(file))
    before = file.read_bytes()
    made = Document(io.BytesIO(reader.with_remarks(file, remarks)))
    assert file.read_bytes() == before
    return made


def places(document: WordDocument) -> dict[str, str]:
    """Each comment's words, and the words of the document that it is on."""
    found = {}
    for comment in document.comments:
        at = f"[@w:id='{comment.comment_id}']"
        within = f"[preceding::w:commentRangeStart{at} and following::w:commentRangeEnd{at}]"
        found[comment.text] = "".join(r.text for r in document.element.body.xpath(f"//w:r{within}"))
    return found


def test_comments_stand_on_their_words_in_text_lists_links_and_tables(reader: Reader, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Jobs", 1)
    document.add_paragraph("Firms: ")
    document.paragraphs[-1].add_run("4,").bold = True
    document.paragraphs[-1].add_run("200 of them").italic = True
    document.add_paragraph("As the ", style="List Bullet")
    link(document, "register of 2022")
    document.paragraphs[-1].add_run(" says, 77% of shops are open, and 77% of inns.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Empty shops", "23%"
    made = commented(
        reader,
        document,
        tmp_path / "draft.docx",
        Remark("4,200", "Firms: 4,200 of them", "one"),
        Remark("77%", "As the register of 2022 says, 77% of shops are open, and 77% of inns.", "two"),
        Remark("77%", "As the register of 2022 says, 77% of shops are open, and 77% of inns.", "three"),
        Remark("23%", "23%", "four"),
        Remark("99%", "Nobody wrote 99% of this.", "five"),
    )
    assert [(c.text, c.author) for c in made.comments] == [(n, "planchat") for n in ("one", "two", "three", "four")]
    assert places(made) == {"one": "4,200", "two": "77%", "three": "77%", "four": "23%"}
    assert [p.text for p in made.paragraphs] == [p.text for p in document.paragraphs]
    assert [c.text for c in made.tables[0].row_cells(0)] == ["Empty shops", "23%"]
    assert [(r.text, r.bold, r.italic) for r in made.paragraphs[1].runs if r.text][1:] == [
        ("4,", True, None),
        ("200", None, True),
        (" of them", None, True),
    ]


def test_what_stands_beside_the_words_in_their_run_is_not_lost(reader: Reader, tmp_path: Path) -> None:
    document = Document()
    run = document.add_paragraph().add_run("In Exampleton, 77% of shops are open.")
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), "1")
    run._r.append(mark)
    made = commented(reader, document, tmp_path / "draft.docx", SHOPS)
    assert len(made.element.body.xpath("//w:footnoteReference")) == 1
    assert places(made) == {"Supported.": "In Exampleton, 77% of shops are open."}


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "bomb": (lambda f: zipped(f, {"word/document.xml": bytes(300_000_000)}, word()), "would unpack to 300 MB"),
    "tight": (lambda f: zipped(f, {"word/media/a.png": bytes(90_000_000)}, word()), "is packed so tightly"),
    "laughs": (lambda f: zipped(f, {"word/document.xml": LAUGHS}, word()), ENTITIES),
    "laughing styles": (lambda f: zipped(f, {"word/styles.xml": LAUGHS.encode("utf-16")}, word()), ENTITIES),
    "macros": (lambda f: zipped(f, {"word/vbaProject.bin": b"x"}, word()), MACROS),
    "page": (lambda f: f.write_text("<!DOCTYPE html><html>404</html>"), "is a web page"),
    "cut": (lambda f: f.write_bytes(word()[:3000]), "is not a Word document"),
    "hollow": (lambda f: zipped(f, {"word/document.xml": "<x/>"}, word()), "could not be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_a_sentence_and_the_next_is_commented(reader: Reader, tmp_path: Path, name: str) -> None:
    make, sentence = HOSTILE[name]
    make(tmp_path / "bad.docx")
    with pytest.raises(UnreadableFile, match=sentence):
        reader.with_remarks(tmp_path / "bad.docx", [SHOPS])
    (tmp_path / "good.docx").write_bytes(word())
    assert len(Document(io.BytesIO(reader.with_remarks(tmp_path / "good.docx", [SHOPS]))).comments) == 1


def long(file: Path, paragraphs: int = 60_000) -> None:
    """A Word file that is packed no tighter than print, and takes some seconds to be opened."""
    words = (hashlib.md5(str(n).encode()).hexdigest() for n in range(paragraphs))
    body = "".join(f"<w:p><w:r><w:t>{w}</w:t></w:r></w:p>" for w in words)
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    zipped(file, {"word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'}, word())


@pytest.mark.parametrize("limits", [Limits(cpu=1), Limits(wall=1)])
def test_a_file_that_takes_too_long_is_stopped(reader: Reader, tmp_path: Path, limits: Limits) -> None:
    long(tmp_path / "long.docx")
    with pytest.raises(UnreadableFile, match="took more than 1 seconds"):
        reader.with_remarks(tmp_path / "long.docx", [SHOPS], limits)


def test_a_file_that_wants_too_much_memory_says_so_whether_read_or_commented(reader: Reader, tmp_path: Path) -> None:
    long(tmp_path / "long.docx", 400_000)
    little = Limits(memory=300_000_000)
    with pytest.raises(UnreadableFile, match=r"needs more than 0\.3 GB of memory to be read"):
        reader.with_remarks(tmp_path / "long.docx", [SHOPS], little)
    with pytest.raises(UnreadableFile, match=r"needs more than 0\.3 GB of memory to be read"):
        reader.read_text(tmp_path / "long.docx", little)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("os.kill(os.getpid(), 11)", r"crash \(signal 11\)"),
        ("bytearray(4_000_000_000)", "needs more than 2 GB of memory"),
    ],
)
def test_what_a_file_does_to_its_process_is_one_sentence(tmp_path: Path, fault: str, sentence: str) -> None:
    faulty = f"import os, ingestion.worker as w; w.with_remarks = lambda *_: {fault}; w.main()"
    reader = Reader((sys.executable, "-c", faulty))
    (tmp_path / "draft.docx").write_bytes(word())
    with pytest.raises(UnreadableFile, match=sentence):
        reader.with_remarks(tmp_path / "draft.docx", [SHOPS], Limits(memory=2_000_000_000))
    reader.close()
