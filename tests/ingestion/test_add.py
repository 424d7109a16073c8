"""Files that a person names are read, put into the corpus and registered with what they say of themselves."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corpus.index import open_generation
from corpus.register import RegisterError, file_hash
from corpus.settings import Settings
from ingestion.build import FileReport, IngestReport, ensure_index, ingest
from tests.conftest import settings_for

REGISTER = '# A comment that editors wrote.\n[[file]]\npath = "plans/a.md"\ntitle = "A"\nsha256 = "{hash}"\n'
WORDS = "In Exampleton, {} of residents work from home.\n"
EDITION = "# Exampleton Skills Strategy {0}\n\nAdopted {1}\n\nIn Exampleton, {2} of residents work from home.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A corpus of one registered file."""
    folder = tmp_path / "corpus"
    write(folder / "plans" / "a.md", "# A\n\n" + WORDS.format("12%"))
    (folder / "register.toml").write_text(REGISTER.format(hash=file_hash(folder / "plans/a.md")), encoding="utf-8")
    return settings_for(folder, tmp_path / "index")


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def take(settings: Settings, *named: Path) -> IngestReport:
    return ingest(settings, named=named)


def entries(settings: Settings) -> dict[str, dict[str, Any]]:
    content = tomllib.loads((settings.corpus / "register.toml").read_text(encoding="utf-8"))
    return {e["path"]: e for e in content["file"]}


def became(report: IngestReport) -> dict[str, str]:
    return {d.path: d.status for d in report.documents}


def failed(report: IngestReport) -> FileReport:
    return next(d for d in report.documents if d.status == "failed")


def figures(settings: Settings) -> set[str]:
    return {f.quantity.text for f in open_generation(settings.index_folder, settings.embedding_model).every_figure()}


def test_a_file_from_elsewhere_is_copied_and_registered(settings: Settings, tmp_path: Path) -> None:
    file = write(tmp_path / "new.csv", "measure,value\nenterprises,415\n")
    assert became(take(settings, file)) == {"indicators/new.csv": "added"}
    entry = entries(settings)["indicators/new.csv"]
    assert (entry["sha256"], entry["kind"], entry["title"]) == (file_hash(file), "table", "New")
    register = (settings.corpus / "register.toml").read_text(encoding="utf-8")
    assert register.startswith("# A comment that editors wrote.")
    assert "415" in figures(settings)


def test_the_register_gets_what_the_document_says_of_itself(settings: Settings, tmp_path: Path) -> None:
    file = write(tmp_path / "skills.md", EDITION.format(2024, "March 2024", "14%"))
    take(settings, file)
    document = open_generation(settings.index_folder, settings.embedding_model).documents["plans/skills.md"]
    entry = entries(settings)["plans/skills.md"]
    assert entry["title"] == document.title == "Exampleton Skills Strategy 2024"
    assert entry.get("date") == document.date
    assert entry.get("status") == document.status
    assert ensure_index(settings) is None


def test_what_an_editor_corrected_is_kept_and_what_a_file_said_is_renewed(settings: Settings, tmp_path: Path) -> None:
    take(settings, write(tmp_path / "skills.md", EDITION.format(2024, "March 2024", "14%")))
    register = settings.corpus / "register.toml"
    text = register.read_text(encoding="utf-8").replace('kind = "plan"', 'kind = "strategy"')
    register.write_text(text + 'publisher = "Exampleton Borough Council"\n', encoding="utf-8")
    report = take(settings, write(tmp_path / "skills.md", EDITION.format(2025, "June 2025", "15%")))
    assert became(report) == {"plans/skills.md": "updated"}
    assert report.documents[0].warnings == (
        "It replaces the file of the same name, “Exampleton Skills Strategy 2024”. "
        "Its entry in the register keeps what was written there by hand (publisher, kind).",
    )
    entry = entries(settings)["plans/skills.md"]
    assert (entry["kind"], entry["publisher"]) == ("strategy", "Exampleton Borough Council")
    assert entry["title"] == "Exampleton Skills Strategy 2025"
    assert "15%" in figures(settings) and "14%" not in figures(settings)
    before = register.read_bytes()
    assert became(take(settings, tmp_path / "skills.md")) == {"plans/skills.md": "unchanged"}
    assert register.read_bytes() == before


def test_a_file_of_a_name_that_is_taken_says_what_it_replaced(settings: Settings, tmp_path: Path) -> None:
    report = take(settings, write(tmp_path / "a.md", "# Another paper\n\n" + WORDS.format("31%")))
    assert became(report) == {"plans/a.md": "updated"}
    assert report.documents[0].warnings == ("It replaces the file of the same name, “A”.",)


def test_two_named_files_of_one_name_are_not_put_over_each_other(settings: Settings, tmp_path: Path) -> None:
    one = write(tmp_path / "2023" / "data.md", WORDS.format("23%"))
    two = write(tmp_path / "2024" / "data.md", WORDS.format("24%"))
    report = take(settings, one, two)
    assert became(report) == {"plans/data.md": "added", str(two): "failed"}
    assert (failed(report).error or "").endswith(
        "has the same name as another file that was named; rename one of them."
    )
    assert "23%" in figures(settings) and "24%" not in figures(settings)


def test_what_is_in_the_corpus_under_another_name_is_not_taken_twice(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "again.md"
    file.write_bytes((settings.corpus / "plans/a.md").read_bytes())
    report = take(settings, file)
    assert became(report) == {"plans/again.md": "unchanged"}
    assert report.documents[0].warnings == ("This is the same file as plans/a.md, and is not read twice.",)
    assert not (settings.corpus / "plans/again.md").exists() and list(entries(settings)) == ["plans/a.md"]


def test_what_cannot_be_read_takes_no_place(settings: Settings, tmp_path: Path) -> None:
    ingest(settings)
    before = (settings.corpus / "register.toml").read_bytes()
    for name in ("a.md", "b.pdf"):
        (tmp_path / name).write_bytes(b"\x00\x01 no text")
    report = take(settings, tmp_path / "a.md", tmp_path / "b.pdf")
    assert became(report) == {"plans/a.md": "failed", "plans/b.pdf": "failed"}
    assert failed(report).warnings == ("The state that was read before is still used.",)
    assert (settings.corpus / "register.toml").read_bytes() == before
    assert sorted(p.name for p in settings.corpus.rglob("*")) == ["a.md", "plans", "register.toml"]
    assert "12%" in figures(settings)


def test_a_changed_file_of_the_corpus_gets_its_new_hash(settings: Settings) -> None:
    file = write(settings.corpus / "plans/a.md", "# A, second edition\n\n" + WORDS.format("13%"))
    assert became(take(settings, file)) == {"plans/a.md": "added"}
    assert entries(settings) == {"plans/a.md": {"path": "plans/a.md", "title": "A", "sha256": file_hash(file)}}
    assert "13%" in figures(settings)


def test_a_new_hash_is_given_to_one_entry_alone(settings: Settings) -> None:
    old = file_hash(settings.corpus / "plans/a.md")
    register = settings.corpus / "register.toml"
    register.write_text(
        register.read_text(encoding="utf-8") + f'[[file]]\npath = "plans/twin.md"\nsha256 = "{old}"\n', encoding="utf-8"
    )
    twin = write(settings.corpus / "plans/twin.md", "# A twin no more\n\n" + WORDS.format("13%"))
    take(settings, twin)
    assert {p: e["sha256"] for p, e in entries(settings).items()} == {
        "plans/a.md": old,
        "plans/twin.md": file_hash(twin),
    }


def test_an_entry_without_a_hash_may_stay_without(settings: Settings) -> None:
    text = '[[file]]\npath = "plans/a.md"\n'
    (settings.corpus / "register.toml").write_text(text, encoding="utf-8")
    take(settings, settings.corpus / "plans/a.md")
    assert (settings.corpus / "register.toml").read_text(encoding="utf-8") == text


def test_the_other_lines_of_a_register_stay_to_the_byte(settings: Settings) -> None:
    register = settings.corpus / "register.toml"
    old = file_hash(settings.corpus / "plans/a.md")
    twin = f"[[file]]\r\npath = 'plans/b.md'  # sha256 = {old}\r\nsha256 = '{old}'  # as sent\r\n"
    register.write_bytes(register.read_bytes().replace(b"\n", b"\r\n") + twin.encode())
    file = write(settings.corpus / "plans/b.md", "# B\n\n" + WORDS.format("5%"))
    before = register.read_bytes()
    take(settings, file)
    assert register.read_bytes() == before.replace(f"'{old}'".encode(), f'"{file_hash(file)}"'.encode())


def test_an_entry_that_cannot_be_renewed_is_said_with_what_to_do(settings: Settings) -> None:
    (settings.corpus / "register.toml").write_text('file = [{path = "plans/a.md", sha256 = "0"}]\n', encoding="utf-8")
    error = failed(take(settings, settings.corpus / "plans/a.md")).error or ""
    assert f'put in its sha256 = "{file_hash(settings.corpus / "plans/a.md")}" yourself.' in error


def test_a_register_that_cannot_be_read_takes_nothing_in(settings: Settings, tmp_path: Path) -> None:
    (settings.corpus / "register.toml").write_bytes(b"\xe9 = 1\n")
    file = write(tmp_path / "new.csv", "measure,value\nenterprises,415\n")
    with pytest.raises(RegisterError, match="UTF-8"):
        take(settings, file)
    assert not (settings.corpus / "indicators").exists()


def test_a_folder_gives_every_readable_file_in_it_with_its_subfolders(settings: Settings, tmp_path: Path) -> None:
    write(tmp_path / "drop" / "x.md", WORDS.format("1%"))
    write(tmp_path / "drop" / "deep" / "y.csv", "measure,value\nenterprises,2\n")
    write(tmp_path / "drop" / "z.png", "x")
    assert set(became(take(settings, tmp_path / "drop"))) == {"plans/x.md", "indicators/deep/y.csv"}
    assert (settings.corpus / "indicators/deep/y.csv").is_file()


def test_a_corpus_without_a_register_stays_without(small: Settings, tmp_path: Path) -> None:
    take(small, write(tmp_path / "more.md", "# More\n\n" + WORDS.format("31%")))
    assert not (small.corpus / "register.toml").exists()
    assert (small.corpus / "plans" / "more.md").is_file()
    assert ensure_index(small) is None


def test_a_link_out_of_a_named_folder_is_not_followed(settings: Settings, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "Not for the corpus.")
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "notes.txt").symlink_to(secret)
    assert "is a link to a place outside" in (failed(take(settings, tmp_path / "drop")).error or "")


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "picture.png").touch()
    (tmp_path / "macros.xlsm").touch()
    named = (tmp_path / "nowhere.md", tmp_path / "picture.png", tmp_path / "macros.xlsm")
    report = take(settings, *named, settings.corpus / "plans/a.md")
    assert became(report) == {"plans/a.md": "added", **{str(path): "failed" for path in named}}
    assert all((d.error or ".").endswith(".") for d in report.documents)


def test_a_missing_corpus_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="does not exist"):
        take(settings_for(tmp_path / "nowhere", tmp_path / "index"), tmp_path / "x.md")
