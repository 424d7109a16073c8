"""Files that a person names are taken into the corpus, and the register says so."""

import tomllib
from pathlib import Path

import pytest

from corpus.register import RegisterError, file_hash
from ingestion.add import add

REGISTER = '# A comment that editors wrote.\n[[file]]\npath = "plans/a.md"\ntitle = "A"\nsha256 = "{hash}"\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "plans").mkdir(parents=True)
    (folder / "plans" / "a.md").write_text("# A\n", encoding="utf-8")
    (folder / "register.toml").write_text(REGISTER.format(hash=file_hash(folder / "plans/a.md")), encoding="utf-8")
    return folder


def entries(corpus: Path) -> dict[str, str]:
    content = tomllib.loads((corpus / "register.toml").read_text(encoding="utf-8"))
    return {e["path"]: e["sha256"] for e in content["file"]}


def test_a_file_from_elsewhere_is_copied_and_registered(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("measure,value\n", encoding="utf-8")
    assert add(corpus, [tmp_path / "new.csv"]).paths == ("indicators/new.csv",)
    assert entries(corpus)["indicators/new.csv"] == file_hash(tmp_path / "new.csv")
    assert (corpus / "register.toml").read_text(encoding="utf-8").startswith("# A comment that editors wrote.")


def test_a_changed_file_of_the_corpus_gets_its_new_hash(corpus: Path) -> None:
    (corpus / "plans/a.md").write_text("# A, second edition\n", encoding="utf-8")
    assert add(corpus, [corpus / "plans/a.md"]).paths == ("plans/a.md",)
    assert entries(corpus) == {"plans/a.md": file_hash(corpus / "plans/a.md")}


def test_a_new_hash_is_given_to_one_entry_alone(corpus: Path) -> None:
    old = file_hash(corpus / "plans/a.md")
    (corpus / "plans/twin.md").write_text("# A\n", encoding="utf-8")
    add(corpus, [corpus / "plans/twin.md"])
    (corpus / "plans/twin.md").write_text("# A twin no more\n", encoding="utf-8")
    add(corpus, [corpus / "plans/twin.md"])
    assert entries(corpus) == {"plans/a.md": old, "plans/twin.md": file_hash(corpus / "plans/twin.md")}


def test_an_entry_without_a_hash_may_stay_without(corpus: Path) -> None:
    (corpus / "register.toml").write_text('[[file]]\npath = "plans/a.md"\n', encoding="utf-8")
    add(corpus, [corpus / "plans/a.md"])
    assert tomllib.loads((corpus / "register.toml").read_text(encoding="utf-8"))["file"][0]["path"] == "plans/a.md"


def test_the_other_lines_of_a_register_stay_to_the_byte(corpus: Path) -> None:
    register = corpus / "register.toml"
    old = file_hash(corpus / "plans/a.md")
    twin = f"[[file]]\r\npath = 'plans/b.md'  # sha256 = {old}\r\nsha256 = '{old}'  # as sent\r\n"
    register.write_bytes(register.read_bytes().replace(b"\n", b"\r\n") + twin.encode())
    (corpus / "plans/b.md").write_text("# B\n", encoding="utf-8")
    before = register.read_bytes()
    add(corpus, [corpus / "plans/b.md"])
    new = file_hash(corpus / "plans/b.md")
    assert register.read_bytes() == before.replace(f"'{old}'".encode(), f'"{new}"'.encode())


def test_an_entry_that_cannot_be_renewed_is_said_with_what_to_do(corpus: Path) -> None:
    (corpus / "register.toml").write_text('file = [{path = "plans/a.md", sha256 = "0"}]\n', encoding="utf-8")
    with pytest.raises(RegisterError, match=r"put in its sha256 = \"\w{64}\" yourself\."):
        add(corpus, [corpus / "plans/a.md"])


def test_a_register_that_cannot_be_read_takes_nothing_in(corpus: Path, tmp_path: Path) -> None:
    (corpus / "register.toml").write_bytes(b"\xe9 = 1\n")
    (tmp_path / "new.csv").write_text("measure,value\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="UTF-8"):
        add(corpus, [tmp_path / "new.csv"])
    assert not (corpus / "indicators").exists()


def test_a_folder_gives_every_readable_file_in_it(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "drop" / "deep").mkdir(parents=True)
    for name in ("x.md", "deep/y.csv", "z.png"):
        (tmp_path / "drop" / name).write_text("x", encoding="utf-8")
    assert set(add(corpus, [tmp_path / "drop"]).paths) == {"plans/x.md", "indicators/y.csv"}


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.png").touch()
    added = add(corpus, [tmp_path / "nowhere.md", tmp_path / "picture.png", corpus / "plans/a.md"])
    assert added.paths == ("plans/a.md",)
    assert [path for path, _ in added.errors] == [tmp_path / "nowhere.md", tmp_path / "picture.png"]
    assert all(sentence.endswith(".") for _, sentence in added.errors)


def test_a_missing_corpus_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="does not exist"):
        add(tmp_path / "nowhere", [])
