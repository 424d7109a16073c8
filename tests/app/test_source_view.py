"""Sources as they are shown: words to the letter, marks where they belong, and nothing that a browser would run."""

from answering.answer import Citation
from corpus.document import Document
from pages.markup import answer_text, marked
from pages.source_view import table_row

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
