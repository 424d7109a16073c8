"""Text copied out of print line by line: sentences are whole again, and cells stacked below one another are rows."""

from ingestion.markdown import read_markdown

_PROSE = """The council considered the yearly report on the harbour works and the state of

its quays, which were last surveyed in the spring of the year before. Members noted that

the quay at Ardmouth will cost £2.9 million, and that the work is to be finished within
---
2

three years of the start date. They asked for a further report on the berths.
"""
_TABLE = """
**2022**

**2023**

Harbour dues

13.6

10.0

Quay rents

14.7

8.9
"""


def spaced() -> str:
    return "\n".join([_PROSE] * 12) + _TABLE


def test_a_sentence_over_lines_and_a_page_is_one_passage() -> None:
    read = read_markdown(spaced())
    texts = [" ".join(read.text[b.start : b.end].split()) for b in read.blocks]
    assert any("Members noted that the quay at Ardmouth will cost £2.9 million, and that the work is to be" in t
               and "finished within three years of the start date." in t for t in texts)  # fmt: skip


def test_labels_and_figures_are_rows_below_their_years() -> None:
    row = next(r for r in read_markdown(spaced()).rows if r.label == "Quay rents")
    assert [c.column for c in row.cells] == ["", "2022", "2023"]


def test_ordinary_markdown_is_left_as_it_is() -> None:
    text = "# Harbour plan\n\nThe quay will cost £2.9 million.\n"
    assert read_markdown(text).text == text


def test_a_pipe_table_needs_no_outer_pipes() -> None:
    rows = read_markdown("Name  |  Meaning\n----- | -----\nrate  |  Rate per 1,000\nnumber | Number of berths\n").rows
    assert [[c.column for c in r.cells] for r in rows] == [["Name", "Meaning"]] * 2


def test_struck_out_words_are_not_read() -> None:
    assert "310" not in read_markdown("The site will provide ~~310~~ 220 homes, and train <del>140</del> 85.").text
