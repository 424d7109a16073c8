"""Two releases of one table: the later figure first, the earlier one beside it where it differs, each cited and dated.

A figure that the later release withholds is never given as if it still stood.
"""

from pathlib import Path

import pytest

from answering.answer import Answer
from answering.ask import Asker, open_asker
from ingestion.build import ensure_index
from tests.conftest import settings_for

HOMES = """Table 2: Net additional dwellings by local authority
{released}
Source: Department for Housing Statistics

Area code,Area name,2021-22,2022-23
E07000096,Dacorum,512,{dacorum}
E07000098,Hertsmere,301,410
"""
EARLIER = HOMES.format(released="Released 12 March 2024", dacorum="640")
LATER = HOMES.format(released="Released 20 November 2024", dacorum="655 [r]")
WITHHELD = HOMES.format(released="Released 20 November 2024", dacorum="[c]") + "[c] = withheld: fewer than 5 sites\n"
LATEST = "How many net additional dwellings were there in Dacorum?"
IN_YEAR = "How many net additional dwellings were there in Dacorum in 2022-23?"


def asker_of(folder: Path, **files: str) -> Asker:
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / f"{name}.csv").write_text(text, encoding="utf-8")
    settings = settings_for(corpus, folder / "index")
    ensure_index(settings)
    return open_asker(settings)


@pytest.fixture(scope="module", params=["later file last", "later file first"])
def releases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asker:
    files = {"a": EARLIER, "b": LATER} if request.param == "later file last" else {"a": LATER, "b": EARLIER}
    return asker_of(tmp_path_factory.mktemp("releases"), **files)


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    return asker_of(tmp_path_factory.mktemp("withheld"), a=EARLIER, b=WITHHELD)


def cited(answer: Answer) -> list[tuple[str, str | None]]:
    """Each figure with the date of the release that it is cited to."""
    by_id = {c.id: c for c in answer.citations}
    return [(f.text, by_id[f.citation].date) for f in answer.figures if f.citation is not None]


@pytest.mark.parametrize("question", [LATEST, IN_YEAR])
def test_the_later_release_stands_first_whatever_the_files_are_called(releases: Asker, question: str) -> None:
    answer = releases.ask(question).answer
    assert cited(answer) == [("655", "2024-11-20"), ("640", "2024-03-12")]
    assert answer.text.index("655 [1]") < answer.text.index("640 [2]")


def test_releases_that_agree_are_one_answer_cited_to_the_later(releases: Asker) -> None:
    answer = releases.ask(IN_YEAR.replace("Dacorum", "Hertsmere")).answer
    assert cited(answer) == [("410", "2024-11-20")]


@pytest.mark.parametrize("question", [LATEST, IN_YEAR])
def test_a_figure_that_the_later_release_withholds_is_said_to_be_withheld_with_its_reason(
    withheld: Asker, question: str
) -> None:
    answer = withheld.ask(question).answer
    assert "[c]" in answer.text and "fewer than 5 sites" in answer.text, answer.text
    assert all(figure == "640" and date == "2024-03-12" for figure, date in cited(answer))


def test_tables_of_residents_and_of_workplaces_are_no_releases_of_each_other(tmp_path: Path) -> None:
    pay = "Median annual pay by {by}, 2025\n{released}\n\nArea,Median annual pay (£)\nDacorum,{pay}\nWatford,30111\n"
    asker = asker_of(
        tmp_path,
        a=pay.format(by="resident", released="Released 1 March 2025", pay=36000),
        b=pay.format(by="workplace", released="Released 1 May 2025", pay=33000),
    )
    answer = asker.ask("What is median annual pay of residents in Dacorum?").answer
    assert not any("elease" in text for text in (answer.text, *answer.caveats))
    assert answer.figures[0].text == "36000"
