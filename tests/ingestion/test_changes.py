"""What a file changes: figures, commitments and passages that are new, changed, gone and kept, whatever moved around them."""

import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.figure import Figure
from corpus.location import Location
from corpus.passage import Passage
from corpus.records import Records
from corpus.register import Listed
from ingestion.change import Changes
from ingestion.changed_figures import LISTED, changed_figures
from ingestion.changes import changes
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


def counts(found: Changes[Any]) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.gone, found.kept


def pairs(found: Changes[Figure]) -> list[tuple[str | None, str | None]]:
    return [(c.before and c.before.quantity.text, c.after and c.after.quantity.text) for c in found.first]


def test_a_figure_with_another_value_is_changed_and_the_rest_is_kept(tmp_path: Path) -> None:
    found = changed_figures(read(tmp_path, PLAN), read(tmp_path, PLAN.replace("12%", "14%")))
    assert counts(found) == (0, 1, 0, 2)
    assert pairs(found) == [("12%", "14%")]


def test_words_that_move_figures_change_none_of_them(tmp_path: Path) -> None:
    moved = PLAN.replace("## Jobs\n", "## Foreword\n\nThe Council thanks its partners.\n\n## Jobs\n")
    found = changed_figures(read(tmp_path, PLAN), read(tmp_path, moved))
    assert found.none and found.kept == 3


def test_the_same_sentence_with_another_year_is_changed(tmp_path: Path) -> None:
    found = changed_figures(
        read(tmp_path, PLAN),
        read(
            tmp_path, PLAN.replace("4,200 enterprises in Exampleton in 2021", "4,350 enterprises in Exampleton in 2022")
        ),
    )
    assert pairs(found) == [("4,200", "4,350")]


def test_a_sentence_more_is_new_and_one_less_is_gone(tmp_path: Path) -> None:
    more = PLAN + "\nIn Exampleton, 7% of shops are empty.\n"
    assert counts(changed_figures(read(tmp_path, PLAN), read(tmp_path, more))) == (1, 0, 0, 3)
    assert counts(changed_figures(read(tmp_path, more), read(tmp_path, PLAN))) == (0, 0, 1, 3)


def test_a_file_that_is_new_or_goes_has_all_its_figures_new_or_gone(tmp_path: Path) -> None:
    records = read(tmp_path, PLAN)
    assert counts(changed_figures(None, records)) == (3, 0, 0, 0)
    assert counts(changed_figures(records, None)) == (0, 0, 3, 0)
    assert counts(changed_figures(records, records)) == (0, 0, 0, 3)


def test_cells_of_a_published_table_are_known_by_their_headings_and_not_by_their_place(tmp_path: Path) -> None:
    before = read(tmp_path, TABLE, "jobs.csv")
    assert before.blocks, "the cells stay in their table"
    later = (
        TABLE.replace("Area,2021,2022", "Area,2021,2022,2023")
        .replace("4200\n", "4200,4300\n")
        .replace("320\n", "325,330\n")
    )
    found = changed_figures(before, read(tmp_path, later, "jobs.csv"))
    assert counts(found) == (2, 1, 0, 3)
    assert pairs(found) == [("320", "325"), (None, "4300"), (None, "330")]


def test_rows_in_another_order_change_nothing(tmp_path: Path) -> None:
    rows = TABLE.splitlines()
    turned = "\n".join([*rows[:3], rows[4], rows[3]]) + "\n"
    assert changed_figures(read(tmp_path, TABLE, "jobs.csv"), read(tmp_path, turned, "jobs.csv")).none


def test_of_many_changes_the_first_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    text = "Area,2021\n" + "".join(f"Place{n},{n + 1000}\n" for n in range(LISTED + 50))
    found = changed_figures(None, read(tmp_path, text, "jobs.csv"))
    assert found.new == LISTED + 50
    assert len(found.first) == LISTED


# ---- commitments and passages ----

THEMES = """# Exampleton Plan

## Theme 1 – Skills

Led by: Exampleton College

Supported by: Exampleton Borough Council, the Chamber

Exampleton needs more people with skills that its firms can use.

### Activities

- Open a skills hub in the town centre by 2027
- Run a yearly fair for school leavers

### Outputs

- 120 apprentices trained by 2027
"""


def test_a_plan_that_stays_changes_nothing_and_its_place_is_no_change(tmp_path: Path) -> None:
    moved = THEMES.replace("## Theme 1", "## Foreword\n\nThe Council thanks its partners.\n\n## Theme 1")
    found = changes(read(tmp_path, THEMES), read(tmp_path, moved))
    assert counts(found.commitments) == (0, 0, 0, 5)
    assert counts(found.passages) == (1, 0, 0, 6)


def test_a_commitment_with_other_words_another_date_or_another_lead_is_changed(tmp_path: Path) -> None:
    after = (
        THEMES.replace("a skills hub in the town centre by 2027", "two skills hubs in the town centre by 2028")
        .replace("Led by: Exampleton College", "Led by: The Chamber")
        .replace("120 apprentices", "150 apprentices")
    )
    found = changes(read(tmp_path, THEMES), read(tmp_path, after)).commitments
    assert counts(found) == (0, 3, 0, 2)
    said = [(c.before.text, c.before.due, c.after.text, c.after.due) for c in found.first if c.before and c.after]
    assert said == [
        ("Exampleton College", None, "The Chamber", None),
        (
            "Open a skills hub in the town centre by 2027",
            "by 2027",
            "Open two skills hubs in the town centre by 2028",
            "by 2028",
        ),
        ("120 apprentices trained by 2027", "by 2027", "150 apprentices trained by 2027", "by 2027"),
    ]


def test_a_commitment_more_is_new_and_one_less_is_gone(tmp_path: Path) -> None:
    other = THEMES.replace("- Run a yearly fair for school leavers", "- Give a grant to each sports club")
    found = changes(read(tmp_path, THEMES), read(tmp_path, other)).commitments
    assert counts(found) == (1, 0, 1, 4)
    assert [(c.before and c.before.text, c.after and c.after.text) for c in found.first] == [
        ("Run a yearly fair for school leavers", None),
        (None, "Give a grant to each sports club"),
    ]


ACTIONS = """# Exampleton Plan

| Action | Lead | When |
|---|---|---|
| Open a skills hub | The College | 2026 |
| Plant 400 trees | The Council | 2027 |
"""


def test_a_row_of_an_action_table_with_another_owner_or_date_is_changed(tmp_path: Path) -> None:
    after = ACTIONS.replace("| The College | 2026", "| The Chamber | 2028")
    found = changes(read(tmp_path, ACTIONS), read(tmp_path, after)).commitments
    assert counts(found) == (0, 1, 0, 1)
    (change,) = found.first
    assert change.before and change.after
    assert (change.before.lead, change.after.lead) == ("The College", "The Chamber")
    assert (change.before.due, change.after.due) == ("2026", "2028")


def test_a_passage_with_other_words_is_reworded_and_one_about_something_else_is_not(tmp_path: Path) -> None:
    reworded = THEMES.replace(
        "more people with skills that its firms can use", "more people with skills that firms there use"
    )
    found = changes(read(tmp_path, THEMES), read(tmp_path, reworded)).passages
    assert counts(found) == (0, 1, 0, 5)
    other = THEMES.replace(
        "Exampleton needs more people with skills that its firms can use", "Rents rose and shops closed"
    )
    assert counts(changes(read(tmp_path, THEMES), read(tmp_path, other)).passages) == (1, 0, 1, 5)


def test_each_passage_goes_with_the_one_that_it_is_most_like(tmp_path: Path) -> None:
    texts = [
        f"The {w} scheme gives a grant of help to firms in the north of the town." for w in ("shop", "farm", "pub")
    ]
    before = "# Plan\n\n" + "\n\n".join(texts)
    after = "# Plan\n\n" + "\n\n".join(t.replace("a grant", "a yearly grant") for t in reversed(texts))
    found = changes(read(tmp_path, before), read(tmp_path, after)).passages
    assert counts(found) == (0, 3, 0, 0)
    assert {c.before.text.split()[1] == c.after.text.split()[1] for c in found.first if c.before and c.after} == {True}


def test_a_table_is_told_by_its_figures_alone(tmp_path: Path) -> None:
    before, after = read(tmp_path, TABLE, "jobs.csv"), read(tmp_path, TABLE.replace("320", "325"), "jobs.csv")
    found = changes(before, after)
    assert (counts(found.figures), found.passages.none, found.commitments.none) == ((0, 1, 0, 3), True, True)


def test_a_new_document_is_all_new_and_one_that_goes_is_all_gone(tmp_path: Path) -> None:
    records = read(tmp_path, THEMES)
    new, gone = changes(None, records), changes(records, None)
    assert (counts(new.commitments), counts(new.passages)) == ((5, 0, 0, 0), (6, 0, 0, 0))
    assert (counts(gone.commitments), counts(gone.passages)) == ((0, 0, 5, 0), (0, 0, 6, 0))


def test_a_long_plan_is_compared_with_another_edition_soon(tmp_path: Path) -> None:
    some = random.Random(7)
    vocabulary = [f"word{n}s" for n in range(3000)]
    texts = [" ".join(["In the year after", *some.choices(vocabulary, k=60), "of the town"]) for _ in range(3000)]
    edited = [f"{t} and of the county" for t in texts]
    some.shuffle(edited)
    plan = read(tmp_path, "# Plan\n\nNothing.\n")
    before, after = (
        replace(plan, passages=tuple(Passage(t, t, Location("plan.md", 0, 0)) for t in side))
        for side in (texts, edited)
    )
    started = time.process_time()
    found = changes(before, after).passages
    assert counts(found) == (0, 3000, 0, 0)
    assert {c.after.text.startswith(c.before.text) for c in found.first if c.before and c.after} == {True}
    assert time.process_time() - started < 10
