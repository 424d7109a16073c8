"""Hostile and broken files are refused with one sentence each; the rest is read, and earlier answers still come."""

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import pytest
from docx import Document
from openpyxl import Workbook

from answering.ask import open_asker
from corpus.register import Listed
from corpus.settings import Settings
from ingestion.build import ensure_index, ingest
from ingestion.errors import UnreadableFile
from ingestion.read import read_file

QUESTION = "What share of residents work from home?"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><x>&j;</x>"
)


def zipped(file: Path | IO[bytes], parts: Mapping[str, str | bytes], like: bytes = b"") -> None:
    """A package with these parts, and the others of ``like``."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
        if like:
            with zipfile.ZipFile(io.BytesIO(like)) as old:
                for name in set(old.namelist()) - set(parts):
                    package.writestr(name, old.read(name))


def word() -> bytes:
    """A Word document that could be read."""
    document = Document()
    document.add_paragraph("In Exampleton, 77% of shops are open.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    """A workbook that could be read."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["Area", "2023"])
    book.active.append(["Exampleton", 77])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(file: Path, *objects: str) -> None:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{said}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    file.write_bytes(out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode())


def many_pages(file: Path) -> None:
    count = 10_000
    kids = " ".join(f"{n} 0 R" for n in range(3, count + 3))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
    pdf(file, CATALOGUE, f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", *[page] * count)


def flooded_page(file: Path) -> None:
    drawn = zlib.compress(b"BT (x) Tj ET " * 3_000_000, 9).hex()
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>"
    stream = f"<< /Filter [/ASCIIHexDecode /FlateDecode] /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    pdf(file, CATALOGUE, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream)


CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
MACROS = "holds macros, which are refused"
ENTITIES = "declares entities in its XML"

# How each file is made, by its name, and what is said of it.
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "bomb.docx": (lambda f: zipped(f, {"word/document.xml": bytes(300_000_000)}, word()), "would unpack to 300 MB"),
    "tight.xlsx": (lambda f: zipped(f, {"xl/a.xml": bytes(90_000_000)}, workbook()), "is packed so tightly"),
    "parts.docx": (lambda f: zipped(f, {f"word/{n}": b"" for n in range(6000)}, word()), "is packed so tightly"),
    "laughs.docx": (lambda f: zipped(f, {"word/document.xml": LAUGHS}, word()), ENTITIES),
    "laughs-16.docx": (lambda f: zipped(f, {"word/document.xml": LAUGHS.encode("utf-16")}, word()), ENTITIES),
    "laughs.xlsx": (lambda f: zipped(f, {"xl/sharedStrings.xml": LAUGHS}, workbook()), ENTITIES),
    "macros.docx": (lambda f: zipped(f, {"word/vbaProject.bin": b"x"}, word()), MACROS),
    "macros.xlsx": (lambda f: zipped(f, {"xl/vbaProject.bin": b"x"}, workbook()), MACROS),
    "macros.docm": (lambda f: f.write_bytes(word()), "is a kind of file that holds macros"),
    "macros.xlsm": (lambda f: f.write_bytes(workbook()), "is a kind of file that holds macros"),
    "archive.zip": (lambda f: zipped(f, {"plan.md": b"# Plan"}), "is an archive; unpack it"),
    "loop.pdf": (lambda f: pdf(f, CATALOGUE, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 5 >>"), "is not a PDF that can be read"),
    "many.pdf": (many_pages, "has 10,000 pages, and the most that is read of one file is 2,000; give it in parts"),
    "flood.pdf": (flooded_page, "would unpack to more than 30 MB on page 1"),
    "page.pdf": (lambda f: f.write_text("<!DOCTYPE html><html>404</html>"), "is a web page, not what its ending .pdf says"),
    "cut.pdf": (lambda f: f.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type"), "is not a PDF that can be read"),
    "print.csv": (lambda f: pdf(f, CATALOGUE), "is a PDF, not what its ending .csv says; give it the ending .pdf"),
    "word.md": (lambda f: f.write_bytes(word()), "is a zip package, not what its ending .md says"),
    "picture.txt": (lambda f: f.write_bytes(b"\x89PNG\r\n\x1a\n\0\0"), "is a picture, not what its ending .txt says"),
    "binary.csv": (lambda f: f.write_bytes(b"measure,value\n\0\0\0"), "is not text, though its ending says so"),
    "nothing.docx": (lambda f: f.touch(), "is empty"),
    "deep.html": (lambda f: f.write_text("<html><body>" + "<div>" * 50_000 + "77%"), "is nested too deeply"),
    "pipe.pdf": (os.mkfifo, "is no ordinary file but a pipe or a device"),
    "password.txt": (lambda f: f.symlink_to("/etc/passwd"), "is a link to a place outside"),
    "gone.md": (lambda f: f.symlink_to(f.parent / "nowhere.md"), "cannot be opened (No such file or directory)"),
    "round.md": (lambda f: f.symlink_to(f), "cannot be opened"),
    "elsewhere": (lambda f: f.symlink_to("/etc"), "is a link to a place outside"),
    "=cmd|'calc'!A1.csv": (lambda f: f.write_text("measure,value\njobs,77\n"), "would take for a formula; rename it"),
    "@SUM(1).md": (lambda f: f.write_text("# Plan\n\n77% of shops.\n"), "would take for a formula; rename it"),
    "up\\..\\plan.md": (lambda f: f.write_text("# Plan\n\n77% of shops.\n"), "a backslash in its name; rename it"),
    "\x1b[2Jclear.md": (lambda f: f.write_text("# Plan\n\n77% of shops.\n"), "has control characters"),
    os.fsdecode(b"caf\xe9.md"): (lambda f: f.write_text("# Plan\n\n77% of shops.\n"), "a name that is not UTF-8"),
}  # fmt: skip


def test_hostile_files_cost_a_sentence_each_and_earlier_answers_still_come(built: Settings) -> None:
    assert answer(built) == ["12%", "9%"]
    for name, (make, _) in HOSTILE.items():
        make(built.corpus / name)
    (built.corpus / "folder.pdf").mkdir()
    (built.corpus / ("long" * 62 + ".md")).write_text(
        "# Long\n\nIn Exampleton, 8% of jobs are new.\n", encoding="utf-8"
    )
    report = ingest(built)
    said = [d.error for d in report.documents if d.status == "failed"]
    assert len(said) == len(HOSTILE)
    for name, (_, sentence) in HOSTILE.items():
        shown = name.encode(errors="surrogateescape").decode(errors="replace").replace("\x1b", "\ufffd")
        errors = [error for error in said if error and error.startswith(f"{shown} ")]
        assert len(errors) == 1 and sentence in errors[0], (name, errors)
        assert errors[0].endswith(".") and "\n" not in errors[0] and "Traceback" not in errors[0]
    assert {d.path[:4]: d.status for d in report.documents if d.status != "failed"} == {
        "jobs": "unchanged",
        "long": "added",
        "plan": "unchanged",
    }
    assert answer(built) == ["12%", "9%"]
    assert ensure_index(built) is None


def answer(settings: Settings) -> list[str]:
    return [f.text for f in open_asker(settings).ask(QUESTION).answer.figures][:2]


@pytest.mark.parametrize("path", ["../secret.md", "plans/../../secret.md", "/etc/hostname"])
def test_a_path_out_of_the_corpus_is_refused_and_the_rest_is_read(built: Settings, path: str) -> None:
    (built.corpus.parent / "secret.md").write_text("# Secret\n\nIn Exampleton, 77% of shops are open.\n")
    (built.corpus / "register.toml").write_text(
        f'[[file]]\npath = "{path}"\n[[file]]\npath = "plan.md"\n[[file]]\npath = "folder"\n', encoding="utf-8"
    )
    (built.corpus / "folder").mkdir()
    report = ingest(built)
    assert [d.status for d in report.documents][:2] == ["failed", "updated"]
    assert report.documents[0].error == f"{path} is outside the corpus folder; put the file into that folder."
    assert (report.documents[2].error or "").startswith("folder is a folder")
    assert answer(built) == ["12%", "9%"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may open every file")
def test_a_file_that_may_not_be_opened_is_said(built: Settings) -> None:
    (built.corpus / "closed.md").touch(mode=0)
    (built.corpus / "closed").mkdir(mode=0)
    report = ingest(built)
    (built.corpus / "closed").chmod(0o700)
    assert [d.error for d in report.documents if d.error] == [
        "closed cannot be opened (Permission denied).",
        "closed.md cannot be opened (Permission denied).",
    ]
    assert answer(built) == ["12%", "9%"]


def test_a_package_within_a_package_is_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("bomb", bytes(50_000_000))
    file = tmp_path / "nested.docx"
    zipped(file, {"word/embeddings/inner.zip": inner.getvalue(), "../../evil.txt": b"x"}, word())
    assert [f.quantity.text for f in read_file(Listed("nested.docx", file, None), "0").figures] == ["77%"]
    assert not (tmp_path.parent.parent / "evil.txt").exists()


def test_entities_of_a_web_page_are_not_expanded(tmp_path: Path) -> None:
    file = tmp_path / "laughs.html"
    file.write_text(LAUGHS.replace("<x>", "<html><body><p>77% of shops. ").replace("DOCTYPE x", "DOCTYPE html"))
    assert len(read_file(Listed("laughs.html", file, None), "0").document.text) < 1000


def test_a_pdf_of_many_pages_is_read_up_to_the_limit(tmp_path: Path, printed_plan_folder: Path) -> None:
    file = printed_plan_folder / "plan.pdf"
    assert read_file(Listed("plan.pdf", file, None), "0", pages=100).document.pages
    with pytest.raises(UnreadableFile, match=r"pages, and the most that is read of one file is 2; give it in parts"):
        read_file(Listed("plan.pdf", file, None), "0", pages=2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan.md", "# Plan\n\nIn Exampleton, 77% of\x02 shops are\x1b open\uffff.\n"),
        (
            "plan.html",
            "<html><body><h1>Plan</h1><p>In Exampleton, 77% of&#2; shops are\x01 open\uffff.</p></body></html>",
        ),
        ("shops.csv", "Shops\x02\n\nArea,2022,2023\nExampleton\x02,76,77\nSampleford,5,6\n"),
    ],
)
def test_characters_that_are_no_text_are_not_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    read = read_file(Listed(name, tmp_path / name, None), "0")
    Document().add_paragraph(" ".join(read.document.text.split()))  # which raises for what no Word file may hold
    assert "77" in read.document.text and "Exampleton" in read.document.text


_SAID = (
    "In Exampleton, 4\u200b1% of resi\u00addents\u202e work. There are 219\u00a0700 people in \x1b[31mExampleton\x9b."
)


@pytest.mark.parametrize("name", ["plan.md", "plan.html", "plan.docx"])
def test_signs_that_steer_a_terminal_or_turn_text_never_leave_the_reader(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name.endswith(".docx"):
        made = Document()
        made.add_heading("The \u202ePlan <b>", 0)
        made.add_heading("Work\u200f today", 1)
        made.add_paragraph(_SAID.replace("\x1b[31m", "").replace("\x9b", ""))
        made.save(str(file))
    elif name.endswith(".html"):
        page = f"<html><body><h1>The \u202ePlan &lt;b&gt;</h1><h2>Work\u200f today</h2><p>{_SAID}</p></body></html>"
        file.write_text(page, encoding="utf-8")
    else:
        file.write_text(f"# The \u202ePlan <b>\n\n## Work\u200f today\n\n{_SAID}\n", encoding="utf-8")
    read = read_file(Listed(name, file, None), "0")
    assert read.document.title == "The Plan <b>"
    assert {f.location.section for f in read.figures} == {("Work today",)}
    assert [(f.quantity.text, f.quantity.value) for f in read.figures] == [("41%", 41), ("219\u00a0700", 219700)]
    assert all(read.document.text[f.at[0] : f.at[1]] == f.quantity.text for f in read.figures if f.at)
    assert not set(read.document.text) & set("\u200b\u00ad\u200f\u202e\x1b\x9b")


def test_a_cell_of_a_document_s_table_that_holds_one_number_is_that_number(tmp_path: Path) -> None:
    row = "<tr><td>People</td><td>219&nbsp;700</td><td>1&#8203;,401</td></tr>"
    page = f"<html><body><h1>Plan</h1><table><tr><th>Measure</th><th>2020</th><th>2021</th></tr>{row}</table></body></html>"
    (tmp_path / "plan.html").write_text(page, encoding="utf-8")
    read = read_file(Listed("plan.html", tmp_path / "plan.html", None), "0")
    assert [f.quantity.value for f in read.figures] == [219700, 1401]


def test_cells_and_names_of_sheets_hold_nothing_that_is_no_text(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Ta\u202eb"
    for cells in (["Area", "2020", "2021"], ["Exam\u200bpleton\u202e", "219\u00a0700", 5], ["Sampleford", 6, 7]):
        book.active.append(cells)
    book.save(tmp_path / "t.xlsx")
    read = read_file(Listed("t.xlsx", tmp_path / "t.xlsx", None), "0")
    assert [block.sheet for block in read.blocks] == ["Tab"]
    assert "Exampleton\t219 700\t5" in read.document.text
