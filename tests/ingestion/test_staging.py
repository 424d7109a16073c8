"""Files are read beside the corpus, compared, and published or discarded; what is served stays until then."""

import errno
import signal
import tomllib
from pathlib import Path

import pytest

from corpus.index import current, open_generation
from corpus.records import Records
from corpus.register import RegisterError, file_hash
from corpus.settings import Settings
from ingestion.add import At
from ingestion.build import ensure_index, ingest
from ingestion.leaving import KEPT, NOTE
from ingestion.remove import take_out
from ingestion.staging import Given, Outdated, Staging, publish, stage
from tests import killed

MORE = b"# Exampleton Skills Plan\n\nIn Exampleton, 31% of residents have a degree.\n"


def served(settings: Settings) -> dict[str, Records]:
    generation = open_generation(settings.index_folder, settings.embedding_model)
    return {r.document.path: r for r in generation.records}


def figures(settings: Settings) -> set[str]:
    generation = open_generation(settings.index_folder, settings.embedding_model)
    return {f.quantity.text for f in generation.every_figure()}


def staged(settings: Settings, *given: Given) -> Staging:
    return stage(settings, served(settings), given)


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def new_plan(built: Settings) -> bytes:
    return (built.corpus / "plan.md").read_bytes().replace(b"12%", b"14%")


def test_what_a_file_changes_is_told_before_anything_is_touched(built: Settings) -> None:
    before, name = everything(built.corpus), current(built.index_folder)
    found = staged(built, Given("a new edition.md", new_plan(built), "plan.md"), Given("skills.md", MORE))
    first, second = found.files
    assert (first.report.path, first.changes and (first.changes.figures.new, first.changes.figures.changed)) == (
        "plan.md",
        (0, 1),
    )
    assert (second.report.path, second.changes and second.changes.figures.new) == ("plans/skills.md", 1)
    assert (second.report.passages, second.title) == (1, "Exampleton Skills Plan")
    assert (everything(built.corpus), current(built.index_folder)) == (before, name)


def test_what_is_discarded_leaves_nothing(built: Settings) -> None:
    before = everything(built.corpus)
    found = staged(built, Given("skills.md", MORE))
    assert found.files[0].file.exists()
    found.discard()
    assert not found.files[0].file.exists()
    assert everything(built.corpus) == before


def test_what_is_published_is_answered_from(built: Settings) -> None:
    found = staged(built, Given("other.md", new_plan(built), "plan.md"), Given("skills.md", MORE))
    report = publish(built, found, served(built))
    assert {d.path: d.status for d in report.documents} == {"plan.md": "updated", "plans/skills.md": "added"}
    assert figures(built) == {"14%", "9%", "31%", "415"}
    assert ensure_index(built) is None


def test_a_file_that_cannot_be_read_stops_no_other(built: Settings) -> None:
    found = staged(built, Given("bad.pdf", b"not a pdf"), Given("macro.xlsm", b"x"), Given("skills.md", MORE))
    assert [s.can_go_live for s in found.files] == [False, False, True]
    assert "macros" in (found.files[1].report.error or "")
    publish(built, found, served(built))
    assert "31%" in figures(built)


@pytest.mark.parametrize("name", ["../../outside.md", "=sum.md", "C:\\plans\\..\\outside.md", "a\x07b.md"])
def test_no_name_leads_out_of_the_corpus_or_is_acted_upon(built: Settings, name: str) -> None:
    (file,) = staged(built, Given(name, MORE)).files
    assert file.report.path in ("plans/outside.md", "=sum.md", "plans/a\ufffdb.md")
    assert file.can_go_live is not name.startswith("=")


def test_the_same_file_is_not_published_again(built: Settings) -> None:
    (file,) = staged(built, Given("copy.md", (built.corpus / "plan.md").read_bytes())).files
    assert (file.twin, file.can_go_live) == ("plan.md", False)


def test_two_files_for_one_document_are_told_apart(built: Settings) -> None:
    one, other = staged(built, Given("a.md", MORE, "plan.md"), Given("b.md", MORE + b"\nMore.\n", "plan.md")).files
    assert one.can_go_live and not other.can_go_live
    assert "place of another file" in (other.report.error or "")


def test_a_document_is_replaced_by_one_of_another_kind(built: Settings) -> None:
    found = staged(built, Given("plan 2025.html", PAGE, "plan.md"))
    assert (found.files[0].report.path, found.files[0].goes) == ("plan.html", "plan.md")
    report = publish(built, found, served(built))
    assert {d.path: d.status for d in report.documents} == {"plan.html": "added", "plan.md": "removed"}
    assert figures(built) == {"15%", "415"}


PAGE = b"<!doctype html><html><body><h1>Exampleton</h1><p>In Exampleton, 15% of residents work from home.</p></body></html>"


@pytest.mark.parametrize(
    ("step", "registered"),
    [
        ("ingestion.build.take_in", False),
        ("ingestion.build._embed_and_build", True),
        ("ingestion.build.settle", False),
        ("ingestion.leaving._strike", True),
    ],
)
def test_a_replacement_killed_at_any_step_never_leaves_both_nor_neither(
    built: Settings, tmp_path: Path, step: str, registered: bool
) -> None:
    if registered:
        entries = (f'[[file]]\npath = "{name}"\n' for name in ("plan.md", "jobs.csv"))
        (built.corpus / "register.toml").write_text("\n".join(entries), encoding="utf-8")
        ingest(built)
    page = tmp_path / "given.html"
    page.write_bytes(PAGE)
    given = [At("plan.html", page, "plan.md")]
    assert killed.ends(built.corpus, built.index_folder, step, given) == -signal.SIGKILL
    was_taken_in = not step.endswith(".take_in")
    swapped = was_taken_in and not step.endswith("._embed_and_build")
    assert figures(built) == ({"15%", "415"} if swapped else {"12%", "9%", "415"})
    ensure_index(built)
    assert figures(built) == ({"15%", "415"} if was_taken_in else {"12%", "9%", "415"})
    ingest(built)
    assert (built.corpus / "plan.md").exists() is not was_taken_in
    assert not (built.corpus / NOTE).exists()
    assert ensure_index(built) is None


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(built: Settings) -> None:
    mine = staged(built, Given("plan.md", new_plan(built), "plan.md"))
    theirs = staged(built, Given("plan.md", new_plan(built).replace(b"14%", b"16%"), "plan.md"))
    publish(built, theirs, served(built))
    with pytest.raises(Outdated, match=r"plan\.md"):
        publish(built, mine, served(built))
    assert "16%" in figures(built)


def test_a_full_disk_leaves_what_is_served(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found = staged(built, Given("skills.md", MORE))
    before, name = everything(built.corpus), current(built.index_folder)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    report = publish(built, found, served(built))
    assert "No space left" in (report.documents[0].error or "")
    assert (everything(built.corpus), current(built.index_folder)) == (before, name)


def test_a_document_that_is_taken_out_is_answered_from_no_more_and_its_file_is_kept(built: Settings) -> None:
    report = take_out(built, ["plan.md"])
    assert [(d.path, d.status) for d in report.documents] == [("plan.md", "removed")]
    assert figures(built) == {"415"}
    assert [p.name for p in (built.corpus / KEPT).rglob("*.md")] == ["plan.md"]
    assert ensure_index(built) is None


def test_its_entry_goes_from_the_register_and_every_other_line_stays(built: Settings) -> None:
    entry = '[[file]]\npath = "{}"\nsha256 = "{}"\n'
    plan, jobs = (entry.format(name, file_hash(built.corpus / name)) for name in ("plan.md", "jobs.csv"))
    register = built.corpus / "register.toml"
    register.write_text(f"# Ours.\n\n{plan}\n# About the jobs.\n{jobs}", encoding="utf-8")
    ingest(built)
    take_out(built, ["plan.md", "unknown.md"])
    assert register.read_text(encoding="utf-8") == f"# Ours.\n\n\n# About the jobs.\n{jobs}"
    assert [e["path"] for e in tomllib.loads(register.read_text(encoding="utf-8"))["file"]] == ["jobs.csv"]


def test_a_register_that_is_written_in_another_way_is_left_to_its_editors(built: Settings) -> None:
    text = 'file = [{path = "plan.md"}, {path = "jobs.csv"}]\n'
    (built.corpus / "register.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match="by hand"):
        take_out(built, ["plan.md"])
    assert (built.corpus / "plan.md").exists()
