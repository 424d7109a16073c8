"""Sources as they are shown: words to the letter, marks where they belong, and nothing that a browser would run."""

from answering.answer import Citation
from corpus.document import Document
from corpus.location import Location
from corpus.passage import Passage, RowCell
from pages.markup import answer_text, marked
from pages.table_view import rows_as_table, table_row

TEXT = 'A **bold** claim of 41%⁴ <script>alert("x")</script> ![i](http://example.org/i.png) and more.'


def document(text: str = TEXT) -> Document:
    at = text.find("⁴")
    return Document("a.md", "A", text, "0", footnote_marks=((at, at + 1),) if at >= 0 else ())


def test_cited_words_are_tinted_and_the_figure_is_marked() -> None:
    at = TEXT.index("41%")
    html = marked(document(), (0, len(TEXT)), (at - 9, at + 3), [(at, at + 3)])
    assert '<span class="cited">claim of </span><mark>41%</mark>' in html


def test_emphasis_is_shown_as_such_and_footnote_marks_are_raised() -> None:
    html = marked(document(), (0, len(TEXT)), (0, 0), [])
    assert "A <strong>bold</strong> claim" in html
    assert "41%<sup>4</sup>" in html


def test_a_source_can_show_nothing_but_text() -> None:
    html = marked(document(), (0, len(TEXT)), (0, 0), [])
    assert "<script" not in html
    assert "<img" not in html
    assert "![i](http://example.org/i.png)" in html


def test_an_answer_s_citation_marks_become_buttons_and_its_bullets_lists() -> None:
    html = answer_text("Outputs:\n- one <b> [1]\n  - below [2]\n- two [3]")
    assert "<p>Outputs:</p><ul><li>one &lt;b&gt;" in html
    assert html.count("<ul>") == html.count("</ul>") == 2
    assert 'data-source="3"' in html
    assert "[1]" not in html


def test_a_row_is_shown_under_its_headings_without_the_empty_cells() -> None:
    text = 'measure,area,value,note\n"jobs, all",Luton,"1,401",\n'
    start = text.index('"jobs')
    cited = Citation(
        1, "a.csv", "A", None, None, (), "line 2, column 3", "jobs, all | Luton | 1,401", start, len(text)
    )  # fmt: skip
    html = table_row(cited, document(text))
    assert '<th scope="row">Measure</th><td>jobs, all</td>' in html
    assert '<th scope="row">Value</th><td><mark>1,401</mark></td>' in html
    assert "Note" not in html


def test_a_row_that_cannot_be_told_apart_is_shown_as_it_is_quoted() -> None:
    cited = Citation(1, "a.xlsx", "A", None, None, (), "Data!B2", "jobs | Luton | 1,401", 0, 3)
    assert table_row(cited, document("jobs")) == "<p>jobs | Luton | 1,401</p>"


def test_rows_of_a_document_s_table_stand_under_the_names_of_their_columns() -> None:
    text = "Cafés\t12\tto 2026\nShops & bars\t41%\n"
    rows = [
        Passage(
            "1", text[0:16], Location("a.md", 0, 16), "table", "Jobs by trade", cells=cells((0, 5), (6, 8), (9, 16))
        ),
        Passage("2", text[17:33], Location("a.md", 17, 33), "table", "Jobs by trade", cells=cells((17, 29), (30, 33))),
    ]
    html = rows_as_table(rows, document(text), (17, 33), [(30, 33)])
    assert "<caption>Jobs by trade</caption>" in html
    assert '<th scope="col">Trade</th><th scope="col">Jobs</th><th scope="col">When</th>' in html
    assert (
        '<th scope="row"><span class="cited">Shops &amp; bars</span></th><td colspan="2"><mark>41%</mark></td>' in html
    )


def cells(*spans: tuple[int, int]) -> tuple[RowCell, ...]:
    names = ("Trade", "Jobs", "When")
    return tuple(RowCell(*span, name, label=i == 0) for i, (span, name) in enumerate(zip(spans, names, strict=False)))
