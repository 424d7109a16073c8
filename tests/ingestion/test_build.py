"""A build reads what changed, embeds what is new, and lets no bad file spoil the rest."""

from pathlib import Path

import pytest

from answering.answer import Status
from answering.ask import open_asker
from corpus.index import Generation, IndexUnusable, current, open_generation
from corpus.records import Records
from corpus.register import Listed, file_hash
from corpus.settings import Settings
from corpus.store import Store
from ingestion.build import IngestReport, ensure_index, ingest
from ingestion.limits import LIMITS, Limits
from ingestion.reader import Reader

GOOD = "# Muchbinding Town Council Plan\n\nIn Muchbinding, 7% of jobs are in retail.\n"


class Watching:
    """A progress display that remembers the texts embedded."""

    def __init__(self) -> None:
        self.embedded = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage.startswith("Embedding"):
            self.embedded = total


def statuses(report: IngestReport) -> dict[str, str]:
    return {d.path: d.status for d in report.documents}


def opened(settings: Settings) -> Generation:
    return open_generation(settings.index_folder, settings.embedding_model)


def printed(generation: Generation) -> list[str]:
    return [f.quantity.text for f in generation.every_figure()]


def test_a_first_build_adds_every_file_with_its_counts(small: Settings) -> None:
    watch = Watching()
    report = ingest(small, watch)
    assert statuses(report) == {"jobs.csv": "added", "plan.md": "added"}
    assert {d.path: (d.passages, d.tables, d.figures) for d in report.documents} == {
        "jobs.csv": (1, 1, 1),
        "plan.md": (1, 0, 2),
    }
    assert watch.embedded == 2
    assert printed(opened(small)) == ["415", "12%", "9%"]


def test_an_unchanged_corpus_costs_no_embedding_and_no_build(built: Settings) -> None:
    before, watch = current(built.index_folder), Watching()
    report = ingest(built, watch)
    assert set(statuses(report).values()) == {"unchanged"}
    assert watch.embedded == 0
    assert current(built.index_folder) == before
    assert ensure_index(built) is None


def test_a_changed_file_replaces_its_own_records_and_embeds_only_what_is_new(built: Settings) -> None:
    plan = built.corpus / "plan.md"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("12%", "13%") + "\nNothing else has changed here.\n", encoding="utf-8"
    )
    watch = Watching()
    assert statuses(ingest(built, watch)) == {"jobs.csv": "unchanged", "plan.md": "updated"}
    assert watch.embedded == 2
    assert printed(opened(built)) == ["415", "13%", "9%"]


def test_a_file_that_went_is_no_longer_answered_from(built: Settings) -> None:
    (built.corpus / "jobs.csv").unlink()
    assert statuses(ingest(built)) == {"jobs.csv": "removed", "plan.md": "unchanged"}
    assert printed(opened(built)) == ["12%", "9%"]
    assert "jobs.csv" not in opened(built).documents


def test_the_last_file_that_went_is_no_longer_answered_from(built: Settings) -> None:
    for file in built.corpus.iterdir():
        file.unlink()
    report = ingest(built)
    assert set(statuses(report).values()) == {"removed"}
    assert printed(opened(built)) == []
    answer = open_asker(built).ask("What share of residents work from home?").answer
    assert (answer.status, answer.figures, answer.citations) == (Status.NOT_FOUND, (), ())
    assert ensure_index(built) is None


def test_bad_files_fail_with_one_sentence_and_leave_the_rest(small: Settings) -> None:
    (small.corpus / "empty.pdf").touch()
    (small.corpus / "page.pdf").write_text("<html><body>404 Not found</body></html>", encoding="utf-8")
    (small.corpus / "headless.csv").write_text("enterprises,Watford,4815\n", encoding="utf-8")
    (small.corpus / "empty.md").touch()
    (small.corpus / "good.md").write_text(GOOD, encoding="utf-8")
    report = ingest(small)
    failed = {d.path: d.error or "" for d in report.documents if d.status == "failed"}
    assert sorted(failed) == ["empty.md", "empty.pdf", "headless.csv", "page.pdf"]
    for path, error in failed.items():
        assert error.startswith(f"{path} ") and error.endswith("."), error
        assert "\n" not in error and "Traceback" not in error and "Error:" not in error, error
    assert report.failed
    assert printed(opened(small)) == ["7%", "415", "12%", "9%"]


def test_a_bad_file_is_not_tried_again_at_every_question(small: Settings) -> None:
    (small.corpus / "empty.pdf").touch()
    ingest(small)
    assert ensure_index(small) is None
    again = ingest(small)
    assert statuses(again)["empty.pdf"] == "failed"


def test_a_file_that_turns_bad_is_answered_from_as_it_was_before(built: Settings) -> None:
    (built.corpus / "jobs.csv").write_text("no header here\n", encoding="utf-8")
    report = ingest(built)
    bad = next(d for d in report.documents if d.path == "jobs.csv")
    assert bad.status == "failed"
    assert bad.warnings == ("The state that was read before is still used.",)
    assert "415" in printed(opened(built))


def test_a_wrong_hash_is_reported_and_the_rest_is_read(small: Settings) -> None:
    right = file_hash(small.corpus / "jobs.csv")
    (small.corpus / "register.toml").write_text(
        f'[[file]]\npath = "plan.md"\nsha256 = "{"0" * 64}"\n[[file]]\npath = "jobs.csv"\nsha256 = "{right}"\n',
        encoding="utf-8",
    )
    report = ingest(small)
    assert statuses(report) == {"plan.md": "failed", "jobs.csv": "added"}
    error = report.documents[0].error or ""
    assert error.startswith("plan.md is not the file that was registered")
    assert file_hash(small.corpus / "plan.md") in error
    assert printed(opened(small)) == ["415"]


def test_a_registered_file_that_is_missing_is_reported_and_the_rest_is_read(small: Settings) -> None:
    (small.corpus / "register.toml").write_text(
        '[[file]]\npath = "gone.md"\n[[file]]\npath = "jobs.csv"\n', encoding="utf-8"
    )
    report = ingest(small)
    assert statuses(report) == {"gone.md": "failed", "jobs.csv": "added"}
    assert report.documents[0].error == "gone.md is in the register but not in the corpus folder."


def test_the_registers_words_are_the_documents(small: Settings) -> None:
    (small.corpus / "register.toml").write_text(
        '[[file]]\npath = "plan.md"\ntitle = "The Plan"\ndate = "2020"\nstatus = "adopted"\n', encoding="utf-8"
    )
    ingest(small)
    document = opened(small).documents["plan.md"]
    assert (document.title, document.date, document.status) == ("The Plan", "2020", "adopted")


def test_a_corrected_register_takes_effect_without_a_changed_file(small: Settings) -> None:
    (small.corpus / "register.toml").write_text('[[file]]\npath = "plan.md"\nstatus = "draft"\n', encoding="utf-8")
    ingest(small)
    (small.corpus / "register.toml").write_text('[[file]]\npath = "plan.md"\nstatus = "adopted"\n', encoding="utf-8")
    assert ensure_index(small) is not None
    assert opened(small).documents["plan.md"].status == "adopted"


def test_a_corpus_of_any_place_is_asked_about_its_own(built: Settings) -> None:
    answer = open_asker(built).ask("What share of residents work from home?").answer
    assert [(f.text, f.area) for f in answer.figures][:2] == [("12%", "Exampleton"), ("9%", "England")]


def test_a_file_may_be_named_as_people_name_files(small: Settings) -> None:
    names = ["Ünïcödé plan.md", "with space.md", "semi;colon.md"]
    for name in names:
        (small.corpus / name).write_text(GOOD.replace("retail", name[0]), encoding="utf-8")
    found = statuses(ingest(small))
    assert [found[name] for name in names] == ["added"] * 3


def test_an_empty_corpus_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", model=None)
    assert ingest(settings).documents == ()
    assert open_asker(settings).ask("How many people live here?").answer.status is Status.NOT_FOUND


def test_the_same_file_under_two_names_is_said_and_answered_from_once(small: Settings) -> None:
    (small.corpus / "copy of plan.md").write_bytes((small.corpus / "plan.md").read_bytes())
    report = ingest(small)
    assert statuses(report) == {"copy of plan.md": "added", "jobs.csv": "added", "plan.md": "unchanged"}
    assert report.documents[2].warnings == ("This is the same file as copy of plan.md, and is not read twice.",)
    assert printed(opened(small)) == ["12%", "9%", "415"]
    assert ensure_index(small) is None
    (small.corpus / "copy of plan.md").unlink()
    assert statuses(ingest(small)) == {"copy of plan.md": "removed", "jobs.csv": "unchanged", "plan.md": "added"}
    assert printed(opened(small)) == ["415", "12%", "9%"]


def ids(generation: Generation) -> set[str]:
    """The ids of all that was read: passages, figures of documents and of cells, tables."""
    found = {p.id for p in generation.passages} | {f.id for f in generation.every_figure()}
    return found | {t.id for r in generation.records for t in r.blocks}


def test_a_renamed_file_keeps_its_records_ids_and_embeds_only_what_holds_its_name(built: Settings) -> None:
    """A table without a title of its own is searched by its file's name, too: here that of one series."""
    before, watch = ids(opened(built)), Watching()
    (built.corpus / "plan.md").rename(built.corpus / "the plan, renamed.md")
    (built.corpus / "jobs.csv").rename(built.corpus / "jobs_2022.csv")
    report = ingest(built, watch)
    assert statuses(report) == {
        "the plan, renamed.md": "added", "jobs_2022.csv": "added", "plan.md": "removed", "jobs.csv": "removed",
    }  # fmt: skip
    assert ids(opened(built)) == before and watch.embedded == 1
    assert {p.location.document for p in opened(built).passages} == {"the plan, renamed.md", "jobs_2022.csv"}


def test_files_of_the_same_words_have_ids_of_their_own(small: Settings) -> None:
    (small.corpus / "copy.txt").write_text((small.corpus / "plan.md").read_text("utf-8") + "\n", encoding="utf-8")
    ingest(small)
    generation = opened(small)
    found = [p.id for p in generation.passages] + [f.id for f in generation.every_figure()]
    assert len(found) == len(set(found)) == 3 + 5


def test_what_was_renamed_is_read_once_though_a_broken_file_has_its_old_name(built: Settings) -> None:
    plan = built.corpus / "plan.md"
    plan.rename(built.corpus / "plan-2.md")
    plan.write_bytes(b"")
    report = ingest(built)
    assert statuses(report) == {"jobs.csv": "unchanged", "plan.md": "failed", "plan-2.md": "added"}
    assert printed(opened(built)) == ["415", "12%", "9%"]
    assert ensure_index(built) is None


def test_a_file_that_is_saved_while_it_is_read_is_tried_again(small: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Saving(Reader):
        """Reads as ever, while somebody saves the file anew."""

        def read(self, listed: Listed, sha256: str, limits: Limits = LIMITS) -> Records:
            records = super().read(listed, sha256, limits)
            if listed.path == "plan.md":
                listed.file.write_text(GOOD, encoding="utf-8")
            return records

    monkeypatch.setattr("ingestion.build.shared_reader", lambda: saving)
    saving = Saving()
    report = ingest(small)
    saving.close()
    monkeypatch.undo()
    assert statuses(report) == {"jobs.csv": "added", "plan.md": "failed"}
    assert report.documents[1].error == (
        "plan.md was changed while it was read; run 'planchat ingest' again when it has been saved."
    )
    assert statuses(ingest(small)) == {"jobs.csv": "unchanged", "plan.md": "added"}
    assert printed(opened(small)) == ["415", "7%"]


def test_a_store_that_is_no_database_is_said_in_a_sentence(small: Settings) -> None:
    small.index_folder.mkdir()
    (small.index_folder / "store.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(IndexUnusable, match=r"is damaged\. Delete that folder and run 'planchat ingest'\."):
        ensure_index(small)


def test_records_of_another_shape_are_read_again(built: Settings) -> None:
    store = Store(built.index_folder / "store.sqlite")
    store.put("plan.md", "an earlier reader", b'{"of": "another shape"}')
    store.close()
    (built.corpus / "plan.md").write_bytes(b"")
    report = ingest(built)
    assert statuses(report) == {"jobs.csv": "unchanged", "plan.md": "failed"}
    assert printed(opened(built)) == ["415"]
    assert ensure_index(built) is None
