"""What a file changes: figures that are new, changed, gone and kept, whatever moved around them."""

from pathlib import Path

from corpus.records import Records
from corpus.register import Listed
from ingestion.changes import LISTED, Changes, changes
from ingestion.read import read_file

PLAN = """# Exampleton Plan

## Jobs

In Exampleton, 12% of residents work from home, compared to 9% in England.

There were 4,200 enterprises in Exampleton in 2021.
"""
TABLE = "Jobs in Exampleton\n\nArea,2021,2022\nExampleton,4100,4200\nSampleford,310,320\n"


def read(folder: Path, text: str, name: str = "plan.md") -> Records:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_file(Listed(name, file, None), "0")


def counts(found: Changes) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.gone, found.kept


def pairs(found: Changes) -> list[tuple[str | None, str | None]]:
    return [(c.before and c.before.quantity.text, c.after and c.after.quantity.text) for c in found.first]


def test_a_figure_with_another_value_is_changed_and_the_rest_is_kept(tmp_path: Path) -> None:
    found = changes(read(tmp_path, PLAN), read(tmp_path, PLAN.replace("12%", "14%")))
    assert counts(found) == (0, 1, 0, 2)
    assert pairs(found) == [("12%", "14%")]


def test_words_that_move_figures_change_none_of_them(tmp_path: Path) -> None:
    moved = PLAN.replace("## Jobs\n", "## Foreword\n\nThe Council thanks its partners.\n\n## Jobs\n")
    found = changes(read(tmp_path, PLAN), read(tmp_path, moved))
    assert found.none and found.kept == 3


def test_the_same_sentence_with_another_year_is_changed(tmp_path: Path) -> None:
    found = changes(
        read(tmp_path, PLAN),
        read(
            tmp_path, PLAN.replace("4,200 enterprises in Exampleton in 2021", "4,350 enterprises in Exampleton in 2022")
        ),
    )
    assert pairs(found) == [("4,200", "4,350")]


def test_a_sentence_more_is_new_and_one_less_is_gone(tmp_path: Path) -> None:
    more = PLAN + "\nIn Exampleton, 7% of shops are empty.\n"
    assert counts(changes(read(tmp_path, PLAN), read(tmp_path, more))) == (1, 0, 0, 3)
    assert counts(changes(read(tmp_path, more), read(tmp_path, PLAN))) == (0, 0, 1, 3)


def test_a_file_that_is_new_or_goes_has_all_its_figures_new_or_gone(tmp_path: Path) -> None:
    records = read(tmp_path, PLAN)
    assert counts(changes(None, records)) == (3, 0, 0, 0)
    assert counts(changes(records, None)) == (0, 0, 3, 0)
    assert counts(changes(records, records)) == (0, 0, 0, 3)


def test_cells_of_a_published_table_are_known_by_their_headings_and_not_by_their_place(tmp_path: Path) -> None:
    before = read(tmp_path, TABLE, "jobs.csv")
    assert before.blocks, "the cells stay in their table"
    later = (
        TABLE.replace("Area,2021,2022", "Area,2021,2022,2023")
        .replace("4200\n", "4200,4300\n")
        .replace("320\n", "325,330\n")
    )
    found = changes(before, read(tmp_path, later, "jobs.csv"))
    assert counts(found) == (2, 1, 0, 3)
    assert pairs(found) == [("320", "325"), (None, "4300"), (None, "330")]


def test_rows_in_another_order_change_nothing(tmp_path: Path) -> None:
    rows = TABLE.splitlines()
    turned = "\n".join([*rows[:3], rows[4], rows[3]]) + "\n"
    assert changes(read(tmp_path, TABLE, "jobs.csv"), read(tmp_path, turned, "jobs.csv")).none


def test_of_many_changes_the_first_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    text = "Area,2021\n" + "".join(f"Place{n},{n + 1000}\n" for n in range(LISTED + 50))
    found = changes(None, read(tmp_path, text, "jobs.csv"))
    assert found.new == LISTED + 50
    assert len(found.first) == LISTED
