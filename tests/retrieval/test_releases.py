"""Two releases of one table: the later figure first, the earlier one beside it, each cited and dated.

Where the later one gives no figure, that is said first, with its reason, and the earlier figure is named as the earlier one's.
"""

from pathlib import Path

import pytest

from answering.answer import Answer
from answering.ask import open_asker
from corpus.settings import Settings
from ingestion.build import ensure_index
from tests.workbooks import workbook

HOMES = """Table 2: Net additional dwellings by local authority
{released}
Source: Department for Housing Statistics

Area code,Area name,2021-22,2022-23
E07000096,Dacorum,512,{dacorum}
E07000098,Hertsmere,301,410
"""
EARLIER = HOMES.format(released="Released 12 March 2024", dacorum="640")
LATER = HOMES.format(released="Released 20 November 2024", dacorum="655 [r]")
LATEST = "How many net additional dwellings were there in Dacorum?"
IN_YEAR = "How many net additional dwellings were there in Dacorum in 2022-23?"


def ask(folder: Path, question: str, **files: str) -> Answer:
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / f"{name}.csv").write_text(text, encoding="utf-8")
    return answer_from(corpus, question)


def answer_from(corpus: Path, question: str) -> Answer:
    settings = Settings(corpus=corpus, index=corpus.parent / "index", model=None)
    ensure_index(settings)
    return open_asker(settings).ask(question).answer


def cited(answer: Answer) -> list[tuple[str, str | None, str]]:
    """Each figure of the answer's own place, with its file and its release date."""
    by_id = {c.id: c for c in answer.citations}
    return [
        (f.text, by_id[f.citation].date, by_id[f.citation].document) for f in answer.figures if f.citation is not None
    ]


@pytest.mark.parametrize("question", [LATEST, IN_YEAR])
def test_the_later_release_stands_first_whatever_the_files_are_called(tmp_path: Path, question: str) -> None:
    answer = ask(tmp_path, question, a_first=EARLIER, b_second=LATER)
    assert cited(answer) == [
        ("655", "2024-11-20", "b_second.csv"), ("640", "2024-03-12", "a_first.csv"),
    ]  # fmt: skip
    (tmp_path / "other").mkdir()
    swapped = ask(tmp_path / "other", question, a_first=LATER, b_second=EARLIER)
    assert [f for f, *_ in cited(swapped)] == ["655", "640"]


def test_the_answer_says_that_releases_differ_and_when_each_came_out(tmp_path: Path) -> None:
    answer = ask(tmp_path, IN_YEAR, a=EARLIER, b=LATER)
    assert "655 [1]" in answer.text and "An earlier release gives 640 [2]." in answer.text
    assert any("20 November 2024 gives 655 [1]" in c and "12 March 2024 gives 640 [2]" in c for c in answer.caveats)


def test_releases_that_agree_are_one_answer_cited_to_the_later(tmp_path: Path) -> None:
    answer = ask(tmp_path, IN_YEAR.replace("Dacorum", "Hertsmere"), a=EARLIER, b=LATER)
    assert cited(answer) == [("410", "2024-11-20", "b.csv")]
    assert not any("Releases" in c for c in answer.caveats)


def test_places_are_compared_within_the_later_release(tmp_path: Path) -> None:
    question = "Which district had the most net additional dwellings in 2022-23?"
    answer = ask(tmp_path, question, a=EARLIER, b=LATER)
    assert cited(answer)[0] == ("655", "2024-11-20", "b.csv")


def test_undated_releases_are_told_by_the_last_year_they_reach(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, years, figures in (
        ("a", ["2020", "2021"], [500, 512]),
        ("b", ["2020", "2021", "2022"], [500, 519, 640]),
    ):
        rows = [
            ["Net additional dwellings by district"],
            ["Area", *years],
            ["Dacorum", *figures],
            ["Watford", *figures],
        ]
        workbook(corpus / f"{name}.xlsx", {"Table": rows})
    answer = answer_from(corpus, "How many net additional dwellings were there in Dacorum in 2021?")
    assert [(f, d) for f, _, d in cited(answer)] == [("519", "b.xlsx"), ("512", "a.xlsx")]
    assert any("do not both state their date" in c for c in answer.caveats)
    latest = answer_from(corpus, "How many net additional dwellings were there in Dacorum?")
    assert [f for f, *_ in cited(latest)] == ["640"]


def test_where_nothing_tells_which_is_the_later_that_is_said(tmp_path: Path) -> None:
    answer = ask(
        tmp_path, IN_YEAR, a=HOMES.format(released="", dacorum="640"), b=HOMES.format(released="", dacorum="655")
    )
    assert {f for f, *_ in cited(answer)} == {"640", "655"}
    assert any("do not say which is the later" in c for c in answer.caveats)


def test_tables_of_residents_and_of_workplaces_are_no_releases_of_each_other(tmp_path: Path) -> None:
    pay = "Median annual pay by {by}, 2025\n{released}\n\nArea,Median annual pay (£)\nDacorum,{pay}\nWatford,30111\n"
    answer = ask(
        tmp_path,
        "What is median annual pay in Dacorum?",
        a=pay.format(by="residence", released="Released 1 March 2025", pay=36000).replace("residence", "resident"),
        b=pay.format(by="workplace", released="Released 1 May 2025", pay=33000),
    )
    assert not any("elease" in text for text in (answer.text, *answer.caveats))


@pytest.mark.parametrize("question", [LATEST, IN_YEAR])
def test_a_figure_that_the_later_release_withholds_is_the_earlier_one_s_and_that_is_said(
    tmp_path: Path, question: str
) -> None:
    withheld = (
        HOMES.format(released="Released 20 November 2024", dacorum="[c]") + "[c] = withheld: fewer than 5 sites\n"
    )
    answer = ask(tmp_path, question, a=EARLIER, b=withheld)
    assert answer.status == "answered" and [f for f, *_ in cited(answer)] == ["640"]
    assert answer.text.startswith(
        "The later release of this table, of 20 November 2024, gives no figure here"
        " and shows “[c]”: withheld: fewer than 5 sites [1]."
    )
    assert "640 [2]" in answer.text and "the earlier release, of 12 March 2024, gives [2]" in answer.text
    assert (answer.citations[0].document, answer.citations[0].cell) == ("b.csv", "line 6, column 4")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("withdrawn", "and shows “withdrawn”, and does not say why [1]."),
        ("", "it leaves the cell blank and does not say why [1]."),
    ],
)
def test_a_cell_that_the_later_release_withdraws_or_leaves_blank_is_said(tmp_path: Path, cell: str, said: str) -> None:
    answer = ask(tmp_path, IN_YEAR, a=EARLIER, b=HOMES.format(released="Released 20 November 2024", dacorum=cell))
    assert "gives no figure here" in answer.text and said in answer.text and "640 [2]" in answer.text


def test_a_place_that_the_later_release_no_longer_lists_is_said(tmp_path: Path) -> None:
    later = LATER.replace("E07000096,Dacorum,512,655 [r]\n", "E07000103,Watford,200,210\n")
    answer = ask(tmp_path, IN_YEAR, a=EARLIER, b=later)
    assert "The later release of this table, of 20 November 2024, does not list Dacorum [1]." in answer.text
    assert "640 [2]" in answer.text


def test_a_year_that_the_later_release_no_longer_reaches_back_to_is_no_figure_withheld(tmp_path: Path) -> None:
    later = """Table 2: Net additional dwellings by local authority
Released 20 November 2024

Area code,Area name,2022-23,2023-24
E07000096,Dacorum,655,700
E07000098,Hertsmere,410,420
"""
    answer = ask(tmp_path, IN_YEAR.replace("2022-23", "2021-22"), a=EARLIER, b=later)
    assert [f for f, *_ in cited(answer)] == ["512"] and "later release" not in answer.text


def test_a_figure_worked_out_from_one_that_the_later_release_withholds_says_so(tmp_path: Path) -> None:
    withheld = HOMES.format(released="Released 20 November 2024", dacorum="[c]") + "[c] = withheld\n"
    question = "How many more net additional dwellings were there in Dacorum than in Hertsmere in 2022-23?"
    answer = ask(tmp_path, question, a=EARLIER, b=withheld)
    assert answer.figures[0].value == 230
    assert any("gives no figure here" in c and "640 is the earlier release’s figure [1]" in c for c in answer.caveats)
