"""Whatever is cited stands in its source to the letter: every statement of the corpus, and every cell of its tables."""

from answering.answer import Answer, Citation, Status
from answering.ask import Asker
from answering.check import check
from answering.cite import Citations
from corpus.table import figures_of


def problems(asker: Asker, citations: Citations) -> list[str]:
    made = tuple(citations.made)
    answer = Answer("q", "q", Status.NOT_FOUND, "The sources do not say.", nearest=made)
    return check(answer, asker.generation.documents)


def test_every_statement_s_words_can_be_cited(asker: Asker) -> None:
    """A statement that cannot be cited would turn each answer, and each refusal that shows it, into no answer at all."""
    citations = Citations(asker.generation)
    for statement in asker.generation.statements:
        if statement.series is None:
            citations.statement(statement)
    assert len(citations.made) > 200
    assert problems(asker, citations) == []


def test_every_cell_s_figure_can_be_cited(asker: Asker) -> None:
    citations = Citations(asker.generation)
    for table in asker.generation.tables:
        for figure in figures_of(table, asker.generation.documents[table.document]):
            citations.figure(figure)
    assert len(citations.made) > 200
    assert problems(asker, citations) == []


def test_one_place_is_one_citation_and_marks_all_that_is_cited_there(asker: Asker) -> None:
    citations = Citations(asker.generation)
    figures = [f for f in asker.generation.figures if f.location.cell is None and f.group is not None]
    first = next(f for f in figures if sum(o.location == f.location for o in figures) > 1)
    same = [f for f in figures if f.location == first.location]
    assert {citations.figure(f) for f in same} == {1}
    (cited,) = citations.made
    assert isinstance(cited, Citation) and set(cited.highlights) == {f.at for f in same}
