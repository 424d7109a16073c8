"""Each kind of evidence has its composer; what is composed is the source's own: its sentences, and its tables' cells."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from answering.answer import Answer, Status
from answering.check import check
from answering.compose import compose
from corpus.index import Generation
from corpus.register import Listed, file_hash
from corpus.statement import Statement
from corpus.table import Gap, gap_figure, observation
from ingestion.read import read_file
from retrieval.evidence import Evidence, Found, Scored
from retrieval.kind import Kind
from retrieval.question import Asks, Question
from retrieval.slots import Veto

PLAN = """# Exampleton Borough Council Economic Plan

DRAFT

March 2024

## 1. Work

In Exampleton, 12% of residents work from home, compared to 9% in England. The depot closed because the lease ran out.

The town centre is expected to lose 1,500 jobs.

## 2. What we will do

The council will:

- plant trees along the river;
- open a hub for small firms.

| Ward | Homes | Lead |
|---|---|---|
| Hill End | 1,204 | Head of Housing |
| Old Quay | 311 | Head of Housing |

**Table 2: Items lent (thousands)**

| Kind | 2020/21 | 2021/22 |
|---|---|---|
| Books for children | 74 | 119 |
"""
COUNTS = """Enterprises by district
Source: Business Register

Area,2019,2021
Adur,1815,2005
Arun,4980,[c]

[c] = confidential
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    folder = tmp_path_factory.mktemp("corpus")
    records = []
    for name, text in (("plan.md", PLAN), ("counts.csv", COUNTS)):
        (folder / name).write_text(text, encoding="utf-8")
        records.append(read_file(Listed(name, folder / name, None), file_hash(folder / name)))
    return Generation("g", folder, "none", tuple(records))


def statement(generation: Generation, words: str) -> Statement:
    return next(s for s in generation.statements if words in s.text)


def of_sentence(generation: Generation, words: str, figure: str) -> Scored:
    """A figure of the plan in its sentence."""
    found = next(f for f in generation.figures if f.quantity.text == figure)
    return Scored(statement(generation, words), 3.0, found)


def of_cell(generation: Generation, row: int, column: int) -> Scored:
    """A cell of the table, with the reason where it holds no figure."""
    (table,) = generation.tables
    document = generation.documents[table.document]
    series = next(s for s in generation.statements if s.series is not None)
    at = table.columns[column]
    seen = observation(table, document, row, at)
    if isinstance(seen, Gap):
        return Scored(series, 3.0, gap_figure(table, document, row, at), seen.reason)
    assert seen is not None
    return Scored(series, 3.0, seen)


def answer(generation: Generation, evidence: Evidence) -> Answer:
    """The composed answer, which the figure check lets through."""
    made = compose(evidence, generation)
    assert check(made, generation.documents) == []
    return made


def of_figure(g: Generation) -> Evidence:
    kept = (of_sentence(g, "work from home", "12%"),)
    return Evidence(Question("What share work from home?", kind=Kind.FIGURE), Found.FIGURE, kept, (), 0.9)


def of_words(g: Generation) -> Evidence:
    kept = (Scored(statement(g, "The depot closed"), 3.0),)
    return Evidence(Question("Why did the depot close?", kind=Kind.WORDS), Found.WORDS, kept, (), 0.9)


def of_sides(g: Generation) -> Evidence:
    kept = (of_cell(g, 0, 0), of_cell(g, 0, 1))
    question = Question("How did enterprises in Adur change between 2019 and 2021?", kind=Kind.TREND)
    return Evidence(question, Found.SIDES, kept, (), 0.9)


def of_gap(g: Generation) -> Evidence:
    question = Question("How many enterprises were in Arun in 2021?", kind=Kind.FIGURE)
    return Evidence(question, Found.UNAVAILABLE, (of_cell(g, 1, 1),), (), 0.9)


def of_nothing(g: Generation) -> Evidence:
    near = replace(of_sentence(g, "work from home", "12%"), vetoes=(Veto("area", "Exampleton"),))
    asked = Question("What share in Adur work from home?", kind=Kind.FIGURE, areas=(g.gazetteer.named("Adur"),))
    return Evidence(asked, Found.NOTHING, (), (near, Scored(statement(g, "depot"), 1.0)), 0.1)


def of_plan(g: Generation) -> Evidence:
    question = Question("Who leads Theme 9?", asks=Asks.LEAD, theme_number=9)
    return Evidence(question, Found.PLAN, missing=("theme",))


def of_document(g: Generation) -> Evidence:
    question = Question("Is the plan still a draft?", asks=Asks.DOCUMENT)
    return Evidence(question, Found.DOCUMENT, document=g.documents["plan.md"])


def of_itself(g: Generation) -> Evidence:
    return Evidence(Question("What can you do?", asks=Asks.ITSELF), Found.ITSELF)


EVIDENCE: dict[Found, Callable[[Generation], Evidence]] = {
    Found.FIGURE: of_figure,
    Found.WORDS: of_words,
    Found.SIDES: of_sides,
    Found.UNAVAILABLE: of_gap,
    Found.NOTHING: of_nothing,
    Found.PLAN: of_plan,
    Found.DOCUMENT: of_document,
    Found.ITSELF: of_itself,
}


@pytest.mark.parametrize("found", list(Found))
def test_each_kind_of_evidence_has_a_composer(generation: Generation, found: Found) -> None:
    made = answer(generation, EVIDENCE[found](generation))
    assert made.text
    assert (made.status is Status.ANSWERED) == (found in (Found.FIGURE, Found.WORDS, Found.SIDES, Found.DOCUMENT))
    assert made.status is Status.ANSWERED or (made.figures, made.citations) == ((), ())


@pytest.mark.parametrize("make", [of_figure, of_words])
def test_the_sentence_is_the_source_s_own_with_its_citation(
    generation: Generation, make: Callable[[Generation], Evidence]
) -> None:
    made = answer(generation, make(generation))
    words, mark = re.fullmatch(r"(.+) \[(\d)\]\.", made.text, re.DOTALL).groups()  # type: ignore[union-attr]
    (cited,) = made.citations
    assert mark == "1" and f"{words}." == cited.quote and cited.quote in PLAN


def test_a_figure_comes_first_and_the_sentence_s_other_place_beside_it(generation: Generation) -> None:
    made = answer(generation, of_figure(generation))
    assert [(f.text, f.area, f.citation) for f in made.figures] == [("12%", "Exampleton", 1), ("9%", "England", 1)]
    (cited,) = made.citations
    assert [PLAN[start:end] for start, end in cited.highlights] == ["12%"]


def test_a_draft_and_a_forecast_are_said_to_be_such(generation: Generation) -> None:
    kept = (of_sentence(generation, "expected to lose", "1,500"),)
    made = answer(generation, Evidence(Question("How many jobs?", kind=Kind.FIGURE), Found.FIGURE, kept, (), 0.9))
    assert any("DRAFT" in c for c in made.caveats) and any("forecast" in c for c in made.caveats)


def test_a_bullet_stands_behind_what_it_continues(generation: Generation) -> None:
    kept = (Scored(statement(generation, "open a hub"), 3.0),)
    made = answer(generation, Evidence(Question("Who helps?"), Found.WORDS, kept, (), 0.9))
    assert made.text == "The council will: open a hub for small firms [1]."


def test_a_list_is_given_item_by_item_each_cited(generation: Generation) -> None:
    kept = tuple(Scored(statement(generation, words), 3.0) for words in ("plant trees", "open a hub"))
    question = Question("What will the council do?", kind=Kind.LIST)
    made = answer(generation, Evidence(question, Found.WORDS, kept, (), 0.9))
    assert len(made.citations) == 2 and re.findall(r"\[\d\]", made.text) == ["[1]", "[2]"]
    assert all(line.startswith("- ") for line in made.text.splitlines())


def test_a_topic_stands_under_the_source_s_own_headings(generation: Generation) -> None:
    kept = tuple(Scored(statement(generation, words), 3.0) for words in ("The depot", "plant trees"))
    question = Question("What does the plan say?", kind=Kind.TOPIC)
    lines = answer(generation, Evidence(question, Found.WORDS, kept, (), 0.9)).text.splitlines()
    assert lines[0] == "**1. Work**" and lines[2] == "**2. What we will do**"


def test_a_row_is_given_with_the_names_of_its_columns(generation: Generation) -> None:
    kept = (Scored(statement(generation, "Hill End"), 3.0),)
    made = answer(generation, Evidence(Question("Who leads on Hill End?"), Found.WORDS, kept, (), 0.9))
    assert made.text == "Hill End; Homes: 1,204; Lead: Head of Housing [1]."


def test_a_row_under_years_is_given_with_its_years(generation: Generation) -> None:
    kept = (Scored(statement(generation, "Books for children"), 3.0),)
    made = answer(generation, Evidence(Question("How many books were lent?"), Found.WORDS, kept, (), 0.9))
    assert "2021/22: 119" in made.text


def test_a_cell_is_named_as_its_table_names_it_and_cited_to_the_cell(generation: Generation) -> None:
    kept = (of_cell(generation, 0, 1),)
    question = Question("How many enterprises were in Adur in 2021?", kind=Kind.FIGURE)
    made = answer(generation, Evidence(question, Found.FIGURE, kept, (), 0.9))
    (cited,) = made.citations
    assert re.fullmatch(r"Enterprises.*, Adur, 2021: 2005 \[1\]\.", made.text), made.text
    assert cited.cell == "line 5, column 3" and cited.quote.split(" | ")[-1] == "2005"
    assert [(f.text, f.area, f.period) for f in made.figures] == [("2005", "Adur", "2021")]


def test_what_is_set_side_by_side_ends_with_the_difference_and_its_working(generation: Generation) -> None:
    made = answer(generation, of_sides(generation))
    assert [f.text for f in made.figures if not f.derived] == ["1815", "2005"]
    (derived,) = (f for f in made.figures if f.derived)
    assert (derived.value, derived.working, derived.citation) == (190, "2005 − 1815 = 190", None)
    assert "It rose by 190." in made.text and "Working: 2005 − 1815 = 190." in made.text


def test_a_cell_without_a_figure_is_refused_with_the_table_s_reason_and_shown(generation: Generation) -> None:
    made = answer(generation, of_gap(generation))
    assert (made.status, made.figures, made.citations) == (Status.NOT_FOUND, (), ())
    assert "[c]" in made.text and "confidential" in made.text
    assert [c.cell for c in made.nearest] == ["line 6, column 3"]


def test_a_refusal_names_the_area_asked_for_and_shows_what_came_near(generation: Generation) -> None:
    made = answer(generation, of_nothing(generation))
    assert (made.status, made.figures, made.citations) == (Status.NOT_FOUND, (), ())
    assert "Adur" in made.text and not re.search(r"\d+%", made.text)
    assert len(made.nearest) == 2 and "12%" in made.nearest[0].quote


def test_a_document_says_its_own_date_and_status(generation: Generation) -> None:
    made = answer(generation, of_document(generation))
    assert "March 2024 [1]" in made.text and "DRAFT [2]" in made.text


def test_another_release_is_given_beside_the_one_that_answers(generation: Generation) -> None:
    kept, also = of_cell(generation, 0, 1), of_cell(generation, 0, 0)
    question = Question("How many enterprises were in Adur?", kind=Kind.FIGURE)
    made = answer(generation, Evidence(question, Found.FIGURE, (kept,), (), 0.9, also=(also,)))
    assert [f.text for f in made.figures] == ["2005", "1815"] and "1815 [2]" in made.text


def test_the_probability_is_the_answer_s_confidence(generation: Generation) -> None:
    assert answer(generation, of_figure(generation)).confidence == 0.9
    assert answer(generation, of_nothing(generation)).confidence == 0.1
    assert answer(generation, of_itself(generation)).confidence is None
