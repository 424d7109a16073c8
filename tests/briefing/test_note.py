"""A briefing note: in the officers' order, every figure cited and checked, gaps said, draft marked on every page."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from answering.ask import Asker
from briefing.brief import Briefer, Briefing, Chosen, NotBriefed
from briefing.chart import Chart, comparison
from briefing.markdown import as_written
from briefing.note import as_html, as_markdown
from briefing.word import as_word
from corpus.commitment import Theme

DAY = date(2024, 5, 2)
ORDER = ("Purpose", "Summary", "Key figures", "What the plan commits to", "Gaps and caveats", "Sources")


@pytest.fixture(scope="module")
def briefer(asker: Asker) -> Briefer:
    return Briefer(asker.generation)


@pytest.fixture(scope="module")
def notes(briefer: Briefer) -> dict[int | None, Briefing]:
    """The briefing on each theme."""
    return {theme.number: briefer.theme(theme, DAY) for theme in briefer.generation.themes}


@pytest.fixture(scope="module")
def earnings(briefer: Briefer) -> tuple[Briefing, Chart]:
    """A briefing on a topic, with its chart."""
    made = briefer.topic("earnings of residents", DAY)
    chart = comparison([row.figure for row in made.figures], briefer.generation.gazetteer)
    assert chart is not None
    return made, chart


def theme(briefer: Briefer, number: int) -> Theme:
    return next(t for t in briefer.generation.themes if t.number == number)


def test_a_note_has_the_parts_in_the_officers_order(notes: dict[int | None, Briefing]) -> None:
    text = as_markdown(notes[2])
    assert "Prepared on 2 May 2024 from Dacorum Economic Recovery Plan (September 2021, DRAFT)" in text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(ORDER)


def test_a_summary_has_three_to_five_sentences(notes: dict[int | None, Briefing]) -> None:
    assert all(3 <= len(made.summary) <= 5 for made in notes.values())
    assert all(re.search(r"\[\d+\]\.$", line) for made in notes.values() for line in made.summary)


def test_a_target_stands_beside_the_latest_published_figure(notes: dict[int | None, Briefing]) -> None:
    rows = [(row.text, row.figure.measure) for row in notes[2].figures]
    assert rows[rows.index(("1,100", "business starts per year")) + 1] == ("825", "births of new enterprises")


def test_every_citation_has_its_source(notes: dict[int | None, Briefing]) -> None:
    for made in notes.values():
        text = as_markdown(made)
        listed = text.split("## Sources")[1]
        assert set(re.findall(r"\[(\d+)\\\]", text)) <= {str(c.id) for c in made.sources}
        assert all(re.search(rf"^{c.id}\. ", listed, re.MULTILINE) for c in made.sources)


def test_the_whole_note_passes_the_figure_check(briefer: Briefer, notes: dict[int | None, Briefing]) -> None:
    assert [briefer.problems(made) for made in notes.values()] == [[] for _ in notes]


def test_gaps_are_said(notes: dict[int | None, Briefing]) -> None:
    said = " ".join(notes[4].gaps)
    assert "The plan does not state who leads Theme 4 – Branding and Inward Investment." in said
    assert "The plan does not state any outputs for Theme 4" in said
    assert not any("who leads" in gap for gap in notes[1].gaps)
    assert any("14% per 1,000 is a percentage and a rate at once" in gap for gap in notes[2].gaps)


def test_a_topic_of_which_nothing_is_said_lists_the_themes(briefer: Briefer) -> None:
    with pytest.raises(NotBriefed, match=r"nothing on “zeppelins”\. The themes are: Theme 1"):
        briefer.topic("zeppelins", DAY)


def test_what_an_officer_chooses_is_kept_in_their_order(briefer: Briefer, notes: dict[int | None, Briefing]) -> None:
    ids = tuple(row.figure.id for row in notes[2].figures)
    chosen = Chosen(figures=(ids[3], ids[0]), commitments=(notes[2].promises[-1].commitment.id,))
    made = briefer.theme(theme(briefer, 2), DAY, chosen)
    assert [row.figure.id for row in made.figures] == [ids[3], ids[0]]
    assert [p.commitment.id for p in made.promises] == [notes[2].promises[-1].commitment.id]


def test_own_text_is_cited_where_the_sources_support_it(briefer: Briefer) -> None:
    made = briefer.theme(
        theme(briefer, 1), DAY, Chosen(own_text="41% of Dacorum residents have NVQ4. We thank all partners.")
    )
    assert re.fullmatch(r"41% of Dacorum residents have NVQ4 \[\d+\]\. We thank all partners\.", made.own[0])


def test_own_text_that_the_sources_contradict_is_refused(briefer: Briefer) -> None:
    with pytest.raises(NotBriefed, match="“54%”: The source says 41%, not 54%"):
        briefer.theme(theme(briefer, 1), DAY, Chosen(own_text="54% of Dacorum residents have NVQ4."))


def test_the_word_file_is_a_real_document(earnings: tuple[Briefing, Chart]) -> None:
    made, chart = earnings
    document = Document(io.BytesIO(as_word(made, chart)))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == list(ORDER)
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Measure", "Area", "Figure", "Period", "Source"]
    assert table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 1 + len(made.figures)
    captions = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Caption"]
    assert [c.split(".")[0] for c in captions] == ["Table 1", "Figure 1"]
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == chart.alt
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "DRAFT SOURCE"
    assert "NUMPAGES" in section.footer._element.xml


def test_the_chart_is_a_picture_that_its_words_describe(earnings: tuple[Briefing, Chart]) -> None:
    _, chart = earnings
    assert chart.png.startswith(b"\x89PNG")
    assert "Dacorum £" in chart.alt


def test_the_html_stands_alone(earnings: tuple[Briefing, Chart]) -> None:
    text = as_html(*earnings)
    assert '<html lang="en-GB">' in text and 'src="data:image/png;base64,' in text
    assert not re.search(r'(?:src|href)="http', text)


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


QUESTIONS = (
    "What share of Dacorum residents have NVQ4?",
    "How much lower is average pay in Dacorum than in Hertfordshire?",
    "Who leads theme 2?",
)


def test_answers_that_were_kept_go_in_as_they_were_given(asker: Asker, briefer: Briefer) -> None:
    answers = tuple(asker.ask(question).answer for question in QUESTIONS)
    made = briefer.theme(theme(briefer, 2), DAY, Chosen(answers=answers))
    assert [a.question for a in made.answers] == list(QUESTIONS)
    for before, after in zip(answers, made.answers, strict=True):
        assert re.sub(r"\[\d+\]", "", before.text) == re.sub(r"\[\d+\]", "", after.text)
        assert [c.quote for c in before.citations] == [made.sources[c.id - 1].quote for c in after.citations]
    text = as_markdown(made)
    assert text.index("## Questions and answers") < text.index("## Key figures")
    paragraphs = [p.text for p in Document(io.BytesIO(as_word(made))).paragraphs]
    assert "41%" in paragraphs[paragraphs.index(QUESTIONS[0]) + 1]


def test_a_note_of_answers_alone_says_nothing_of_what_was_not_asked(asker: Asker, briefer: Briefer) -> None:
    made = briefer.answers(DAY, Chosen(answers=(asker.ask(QUESTIONS[0]).answer,)))
    headings = re.findall(r"<h2>(.+?)</h2>", as_html(made))
    assert "Questions and answers" in headings and "Key figures" not in headings
    with pytest.raises(NotBriefed, match="No answer is kept"):
        briefer.answers(DAY, Chosen())


def test_an_answer_whose_figure_was_altered_is_refused(asker: Asker, briefer: Briefer) -> None:
    answer = asker.ask(QUESTIONS[0]).answer
    altered = replace(answer, text=answer.text.replace("41%", "43%"))
    with pytest.raises(NotBriefed, match="43%"):
        briefer.answers(DAY, Chosen(answers=(altered,)))
