"""A briefing note: the plan's words by part, every figure cited, gaps said, draft marked."""

import re
from datetime import date

import pytest

from answering.ask import Asker
from briefing.markdown import as_written
from briefing.note import theme_figures, theme_note

DAY = date(2024, 5, 2)


@pytest.fixture(scope="module")
def notes(asker: Asker) -> dict[int | None, str]:
    """The note on each theme."""
    return {theme.number: theme_note(asker.generation, theme, DAY) for theme in asker.generation.themes}


def test_a_note_is_dated_by_the_day_it_is_given_and_marked_as_draft(notes: dict[int | None, str]) -> None:
    assert "Prepared on 2 May 2024 from Dacorum Economic Recovery Plan (September 2021)." in notes[1]
    assert "Dacorum Economic Recovery Plan is marked DRAFT." in notes[1]


def test_a_note_gives_the_plan_s_words_by_part(notes: dict[int | None, str]) -> None:
    assert re.search(r"### Led by\n\n- West Hertfordshire College \\\[\d+\\\]", notes[1])
    assert notes[1].index("### Activities") < notes[1].index("### Outputs") < notes[1].index("### Outcomes")


def test_every_figure_stands_in_the_table_with_its_citation(asker: Asker, notes: dict[int | None, str]) -> None:
    theme = next(t for t in asker.generation.themes if t.number == 2)
    figures = theme_figures(asker.generation, theme)
    rows = [line for line in notes[2].splitlines() if line.startswith("| ") and "[" in line]
    assert len(rows) == len(figures) > 3
    assert all(re.search(r"\\\[\d+\\\] \|$", line) for line in rows)
    assert all(as_written(f.quantity.text) in "\n".join(rows) for f in figures)


def test_every_citation_has_its_source(notes: dict[int | None, str]) -> None:
    for note in notes.values():
        listed = note.split("## Sources")[1]
        for number in set(re.findall(r"\\\[(\d+)\\\]", note)):
            assert re.search(rf"^{number}\. Dacorum Economic Recovery Plan \(September 2021, DRAFT\)", listed, re.M)


def test_gaps_are_said(notes: dict[int | None, str]) -> None:
    assert "The plan does not state who leads Theme 4 – Branding and Inward Investment." in notes[4]
    assert "The plan does not state any outputs for Theme 4" in notes[4]
    assert "who leads" not in notes[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://example.org)", r"\!\[x\](http\://example.org)"),
        ("$6m to $7m", r"\$6m to \$7m"),
        (":red[x] ~~no~~", r"\:red\[x\] \~\~no\~\~"),
        ("1. first", r"1\. first"),
        ("# one", r"\# one"),
        ("-1.8% at 12.5", "-1.8% at 12.5"),
        ("<b>", r"\<b\>"),
        ("www.example.org", r"www\.example.org"),
    ],
)
def test_what_a_source_says_is_not_read_as_markdown(text: str, shown: str) -> None:
    assert as_written(text) == shown
