"""Title, date, status and publisher are read from a document where they stand."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.register import Listed
from ingestion.imprint import date_in_name, published_on, publisher_of
from ingestion.read import read_file
from tests.workbooks import workbook


def described(file: Path, text: str) -> Document:
    file.write_text(text, encoding="utf-8")
    return read_file(Listed(file.name, file, None), "0" * 64).document


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Released 12 March 2025", "2025-03-12"), ("Date of publication: March 2025", "2025-03"),
        ("Publication date: 12/03/2025", "2025-03-12"), ("Published 2025-03-12T09:30:00", "2025-03-12"),
        ("Source: Invented Office, published on 3rd April 2024", "2024-04-03"), ("Released 31 February 2025", None),
        ("Figures for Northern Ireland released on 14 Sep 2021 are not adjusted.", None),
    ],
)  # fmt: skip
def test_a_line_that_is_there_to_give_a_date_gives_it(line: str, date: str | None) -> None:
    assert published_on(["Table 1: homes", line]) == date


def test_a_label_may_stand_above_its_date() -> None:
    assert published_on(["Date of publication", "20 November 2025"]) == "2025-11-20"


def test_only_a_whole_date_in_a_file_s_name_is_one() -> None:
    assert date_in_name("counts_2023_04_24_151111") == "2023-04-24"
    assert date_in_name("claimants-2023-04") is None and date_in_name("area_20239999") is None


def test_a_publisher_is_named_by_a_line_of_its_own() -> None:
    assert publisher_of(["Published by the Invented Office, 3 May 2024"]) == "Invented Office"
    assert publisher_of(["From 2019 to 2024 the number of homes rose"]) is None


def test_a_plan_s_first_lines_say_who_adopted_it_and_when(tmp_path: Path) -> None:
    text = (
        "# Exampleton Housing Strategy\n\nExampleton Borough Council\n\nAdopted by Cabinet on 12 February 2024\n\n"
        "## Need\n\nExampleton needs 310 homes a year.\n"
    )
    document = described(tmp_path / "plan.md", text)
    assert (document.publisher, document.date, document.status) == (
        "Exampleton Borough Council",
        "2024-02-12",
        "adopted",
    )
    assert document.date_at and document.text[slice(*document.date_at)] == "12 February 2024"


def test_a_draft_for_consultation_is_a_draft(tmp_path: Path) -> None:
    document = described(tmp_path / "plan.md", "# Exampleton Plan\n\nDraft for consultation\n\nWe have 9 parks.\n")
    assert document.status == "draft"


def test_what_a_page_says_of_its_publisher_and_date_is_read(tmp_path: Path) -> None:
    page = (
        "<main><h1>Growth fund</h1><dl><dt>From:</dt><dd>Invented Department</dd><dt>Published</dt><dd>12 March 2025</dd>"
        "</dl><p>Councils can bid for 5 grants.</p></main>"
    )
    document = described(tmp_path / "fund.html", page)
    assert (document.publisher, document.date) == ("Invented Department", "2025-03-12")
    assert document.date_at and document.text[slice(*document.date_at)] == "12 March 2025"


def test_a_workbook_s_cover_says_who_published_it_and_when(tmp_path: Path) -> None:
    cover = [["Homes in Exampleshire"], ["Published by the Invented Office"], ["Date of publication: 14 May 2025"]]
    file = workbook(
        tmp_path / "homes.xlsx", {"Cover sheet": cover, "Table": [["Area", "2024"], ["Dacorum", 5], ["Watford", 6]]}
    )
    document = read_file(Listed(file.name, file, None), "0" * 64).document
    assert (document.title, document.publisher, document.date) == (
        "Homes in Exampleshire",
        "Invented Office",
        "2025-05-14",
    )
