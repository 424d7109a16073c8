"""The Ask page: figures first, each opening where it stands; what is not in the sources is said to be missing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answering.answer import Status
from answering.ask import LONGEST_QUESTION, VERSION, Asker
from pages.starters import Role, starters
from tests.app.seen import labels, seen

NVQ4 = "What share of Dacorum residents have NVQ4?"


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_first_visit_names_the_plan_and_offers_questions_that_are_answered(app: AppTest) -> None:
    app.run()
    assert "Ask the Dacorum Economic Recovery Plan" in seen(app)
    assert "DRAFT" in seen(app)
    assert len(labels(app)) == 4
    app.button[0].click().run()
    assert 'class="answer answered"' in seen(app)
    assert "Start again" in labels(app)


@pytest.mark.parametrize("role", list(Role))
def test_every_question_that_a_role_is_offered_is_answered(asker: Asker, role: Role) -> None:
    themes = [None, *(theme.heading for theme in asker.generation.themes)]
    offered = {theme: starters.__wrapped__("g", asker, role, theme) for theme in themes}  # type: ignore[attr-defined]
    assert len(offered[None]) == 4
    assert all(offered.values())
    for question in {q for questions in offered.values() for q in questions}:
        assert asker.ask(question).answer.status is Status.ANSWERED, question


def test_roles_are_offered_other_questions_and_a_theme_its_own(app: AppTest) -> None:
    app.run()
    first = labels(app)
    app.session_state["role"] = Role.PARTNER
    app.run()
    assert labels(app) != first
    app.selectbox(key="about").set_value("Theme 5 – Town Centre").run()
    assert sum("Theme 5 – Town Centre" in label for label in labels(app)) >= 2
    assert not any("Theme 1" in label for label in labels(app))


def test_an_answer_sets_off_its_figure_and_cites_its_source(app: AppTest) -> None:
    ask(app.run(), NVQ4)
    page = seen(app)
    assert '<span class="value">41%<button' in page
    assert '<span class="area">Dacorum</span>' in page
    assert '<span class="value">45%<button' in page
    assert "marked DRAFT" in page
    assert any("Dacorum Economic Recovery Plan, 3. Current baseline evidence" in label for label in labels(app))


def test_a_citation_opens_the_section_with_its_words_marked_and_closes_again(app: AppTest) -> None:
    ask(app.run(), NVQ4)
    press(app, next(label for label in labels(app) if label.startswith("1. ")))
    page = seen(app)
    assert "<mark>41%</mark>" in page
    assert "<li>3. Current baseline evidence</li>" in page
    assert "Figure taken there from: Dacorum Economic Dashboard, 2021" in page
    assert "The slow GVA growth in these sectors" in page  # the paragraph after the cited one
    press(app, "Close")
    assert "<mark>" not in seen(app)


def test_a_table_s_source_is_its_cell_marked_under_its_heading_among_the_rows_around_it(app: AppTest) -> None:
    ask(app.run(), "What is the median gross annual pay of residents in Hertfordshire in 2025?")
    press(app, next(label for label in labels(app) if label.startswith("1. ")))
    page = seen(app)
    grid = page[(at := page.index('<table class="grid">')) : page.index("</table>", at)]
    assert '<th scope="col" class=cited-column>value</th>' in grid
    assert '<td class="number"><mark>£39,949</mark></td>' in grid
    assert grid.count('<td class="number">') == 5  # the row, and two on either side
    assert '<th scope="row">Area</th><td>Hertfordshire</td>' in page
    assert '<th scope="row">Period</th><td>2025</td>' in page


def test_a_follow_up_is_understood_from_the_question_before(app: AppTest) -> None:
    ask(app.run(), "What is the average workplace income in Dacorum?")
    ask(app, "And in Watford?")
    page = seen(app)
    assert "Understood as:" in page
    assert "£33,662" in page


def test_what_the_sources_do_not_say_shows_the_nearest_evidence_as_such(app: AppTest) -> None:
    ask(app.run(), "What is the council tax in Dacorum?")
    page = seen(app)
    assert 'class="answer not_found"' in page
    assert "does not answer the question" in page
    assert "Nearest evidence" in page
    assert "<dt>Area</dt><dd>Dacorum</dd>" in page
    assert 'class="figures"' not in page


def test_the_answer_is_announced_to_those_who_listen(app: AppTest) -> None:
    ask(app.run(), NVQ4)
    assert "The answer is there. " in seen(app)


def test_an_answer_says_what_it_can_be_traced_by(app: AppTest, asker: Asker) -> None:
    ask(app.run(), NVQ4)
    page = seen(app)
    assert f"<dd>{asker.generation.id}</dd>" in page
    assert f"<dd>{VERSION}</dd>" in page
    assert "none: the answer is composed of the sources’ own words" in page


def test_starting_again_forgets_the_conversation(app: AppTest) -> None:
    ask(app.run(), NVQ4)
    press(app, "Start again")
    assert "You asked" not in seen(app)
    assert len(labels(app)) == 4


def test_a_question_in_the_address_is_asked_once(app: AppTest) -> None:
    app.query_params["q"] = NVQ4
    app.run()
    assert seen(app).count("You asked") == 1
    app.run()
    assert seen(app).count("You asked") == 1


def test_a_question_that_is_too_long_is_answered_with_a_sentence(app: AppTest) -> None:
    app.query_params["q"] = "x" * (LONGEST_QUESTION + 1)
    app.run()
    assert "Shorten it to 2,000 or fewer" in app.warning[0].value


def test_what_a_visitor_writes_is_shown_as_text(app: AppTest) -> None:
    ask(app.run(), "<img src=x onerror=alert(1)> ![x](http://example.org/x.png) $5m?")
    assert "<img" not in seen(app)
    assert "&lt;img src=x" in seen(app)


def test_visitors_do_not_see_each_other_s_conversations(app: AppTest, other_visitor: AppTest) -> None:
    ask(app.run(), NVQ4)
    assert "You asked" not in seen(other_visitor.run())


def test_a_corpus_without_files_is_said_to_be_empty(app_of: Callable[[Path, Path], AppTest], tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    app = app_of(tmp_path / "corpus", tmp_path / "index").run()
    assert "holds no file that could be read" in app.error[0].value
    assert not app.chat_input


def test_a_corpus_folder_that_does_not_exist_is_named(app_of: Callable[[Path, Path], AppTest], tmp_path: Path) -> None:
    app = app_of(tmp_path / "nowhere", tmp_path / "index").run()
    assert "does not exist" in app.error[0].value
