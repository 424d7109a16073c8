"""The register says what belongs to the corpus, and refuses in a sentence what it cannot use."""

import os
from pathlib import Path

import pytest

from corpus.register import RegisterError, file_hash, read_register
from corpus.settings import BUILT_IN_CORPUS


def registered(folder: Path, text: str) -> Path:
    (folder / "register.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_registered_file_of_the_corpus_is_there_with_its_hash() -> None:
    listed = read_register(BUILT_IN_CORPUS)
    assert len(listed) >= 2
    for item in listed:
        assert item.entry is not None
        assert file_hash(item.file) == item.entry.sha256, item.path


def test_files_stand_in_the_order_of_the_register(tmp_path: Path) -> None:
    registered(tmp_path, '[[file]]\npath = "z.md"\n[[file]]\npath = "a.csv"\n')
    assert [item.path for item in read_register(tmp_path)] == ["z.md", "a.csv"]


def test_the_registers_kind_is_believed_over_the_files_name(tmp_path: Path) -> None:
    registered(tmp_path, '[[file]]\npath = "a.csv"\nkind = "transcript"\n[[file]]\npath = "b.csv"\n')
    assert [item.kind for item in read_register(tmp_path)] == ["transcript", "table"]


def test_a_folder_without_a_register_is_read_as_it_is_with_its_subfolders(tmp_path: Path) -> None:
    for name in ("b.md", "deep/er/a.csv", "c.PDF", "picture.png", ".hidden/d.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert {item.path for item in read_register(tmp_path)} == {"b.md", "deep/er/a.csv", "c.PDF"}


def test_a_lock_file_beside_an_open_document_is_passed_over(tmp_path: Path) -> None:
    for name in ("~$plan.docx", "plan.docx"):
        (tmp_path / name).touch()
    assert [item.path for item in read_register(tmp_path)] == ["plan.docx"]


def test_a_name_that_cannot_be_printed_is_listed_as_it_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred\n.md").touch()
    (tmp_path / os.fsdecode(b"caf\xe9.md")).touch()
    assert [item.path for item in read_register(tmp_path)] == ["\ufffd[31mred\ufffd.md", "caf\ufffd.md"]


def test_a_missing_folder_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"nowhere does not exist\. Give an existing folder with --corpus\."):
        read_register(tmp_path / "nowhere")


def test_a_register_that_is_not_toml_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="is not valid TOML"):
        read_register(registered(tmp_path, "[[file]\npath = "))


def test_a_misspelt_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="'pulbisher'"):
        read_register(registered(tmp_path, '[[file]]\npath = "a.md"\npulbisher = "Council"\n'))


def test_a_register_that_is_not_utf_8_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_bytes('[[file]]\npath = "café.md"\n'.encode("cp1252"))
    with pytest.raises(RegisterError, match=r"is not saved as UTF-8\. Save it again with that encoding\."):
        read_register(tmp_path)


def test_the_mark_that_windows_editors_put_first_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text('[[file]]\npath = "a.md"\n', encoding="utf-8-sig")
    assert [item.path for item in read_register(tmp_path)] == ["a.md"]


def test_a_register_whose_file_is_no_list_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"write each file as \[\[file\]\]"):
        read_register(registered(tmp_path, 'file = "plan.md"\n'))
