"""The page of a PDF beside an answer: the cited words are marked where they are printed, or a sentence says why not."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image
from streamlit.testing.v1 import AppTest

from answering.answer import Citation
from answering.ask import Asker
from corpus.document import Box, Document
from ingestion.reader import Reader
from pages.page_picture import cited_pages, column, marks, page_said
from tests.app.seen import labels, seen
from tests.app.test_ask import NVQ4, ask, press
from tests.typeset import typeset


def cited(asker: Asker, question: str) -> tuple[Citation, Document]:
    citation = asker.ask(question).answer.citations[0]
    return citation, asker.generation.documents[citation.document]


def ink(picture: Image.Image, scale: float, box: Box) -> float:
    """The share of a box that is printed on, from 0 to 1."""
    part = picture.crop(tuple(round(edge * scale) for edge in (box.x0, box.top, box.x1, box.bottom)))  # type: ignore[arg-type]
    dark = part.convert("L").point(lambda value: 255 if value < 128 else 0)
    return dark.histogram()[255] / (part.width * part.height)


def test_the_marks_lie_on_the_printed_words(printed_asker: Asker, printed_plan_folder: Path) -> None:
    citation, document = cited(printed_asker, NVQ4)
    (page,) = cited_pages(citation, document)
    tinted, marked = marks(citation, document, page)
    assert len(marked) == 2  # 41% and 45%
    assert all(any(t.top == m.top and t.x0 <= m.x0 and m.x1 <= t.x1 for t in tinted) for m in marked)
    reader = Reader()
    drawn = reader.draw(printed_plan_folder / "plan.pdf", page)
    reader.close()
    picture = Image.open(io.BytesIO(drawn.picture))
    scale = picture.width / drawn.width
    for box in (*tinted, *marked):
        assert 0.05 < ink(picture, scale, box) < 0.6
        beside = replace(box, x0=box.x0 - 20, x1=box.x0) if box.x0 < 80 else None  # the page's margin
        assert beside is None or ink(picture, scale, beside) == 0


def test_the_column_that_holds_the_words_is_shown(printed_asker: Asker) -> None:
    citation, document = cited(printed_asker, NVQ4)
    (page,) = cited_pages(citation, document)
    left, right = column(document, page, marks(citation, document, page)[0], 595)
    assert 40 < left < 65 and 500 < right < 550
    assert column(document, page, [], 595) == [0, 595]


def test_another_printed_page_number_is_told() -> None:
    document = Document("a.pdf", "A", "", "0", page_labels=(None, "1", "3"))
    assert [page_said(page, document) for page in (1, 2, 3)] == ["page 1", "page 2 (printed 1)", "page 3"]


def test_a_citation_opens_its_page_with_the_words_as_text_below(
    app_of: Callable[[Path, Path], AppTest], printed_plan_folder: Path, printed_asker: Asker
) -> None:
    app = app_of(printed_plan_folder, printed_asker.settings.index_folder)
    ask(app.run(), NVQ4)
    press(app, next(label for label in labels(app) if label.startswith("1. ")))
    page = seen(app)
    assert "Page 2 of Dacorum Economic Recovery Plan as it is printed, with the cited words marked." in page
    assert "The words as text" in page
    assert "<mark>41%</mark>" in page


def test_a_file_that_was_changed_since_is_not_drawn(app_of: Callable[[Path, Path], AppTest], tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    words = "In Exampleton, 12% of residents work from home, compared to 9% in England."
    typeset(f"Exampleton Plan\n\n1. JOBS\n\n{words}\n", corpus / "plan.pdf")
    app = app_of(corpus, tmp_path / "index").run()
    ask(app, "What share of Exampleton residents work from home?")
    typeset(f"Exampleton Plan\n\n1. JOBS\n\nAll is new.\n\n{words}\n", corpus / "plan.pdf")
    press(app, next(label for label in labels(app) if label.startswith("1. ")))
    assert "the file has changed since it was read" in app.info[0].value
    assert "<mark>12%</mark>" in seen(app)
