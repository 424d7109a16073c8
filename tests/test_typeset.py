"""The typeset plan is fit to stand for the published one: it reads back with the same words and the same figures."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.typeset import TO_DIGITS, typeset

PLAN = Path(__file__).parent.parent / "corpus" / "plans" / "dacorum-economic-recovery-plan-2021.md"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    target = tmp_path_factory.mktemp("typeset") / "plan.pdf"
    typeset(PLAN.read_text(encoding="utf-8"), target)
    return [page.extract_text() for page in PdfReader(target).pages]


def body(pages: list[str]) -> str:
    """The words between header and footer, bullets left out."""
    lines = [line.strip() for page in pages for line in page.splitlines()]
    lines = [line for line in lines if line != "DRAFT" and not re.fullmatch(r"Page \d+", line)]
    return " ".join(" ".join(lines).replace("•", "").split())


def printed(markdown: str) -> str:
    """The words that should be on paper: the Markdown without its own marks and the furniture's lines."""
    lines = [re.sub(r"^ *- ", "", line) for line in markdown.splitlines() if line.strip() != "DRAFT"]
    return " ".join(" ".join(lines).replace("**", "").translate(TO_DIGITS).split())


def test_every_number_of_the_plan_stands_in_the_pdf_in_reading_order(pages: list[str]) -> None:
    def numbers(text: str) -> list[str]:
        return re.findall(r"[-£]*\d[\d,.]*%?", text)

    expected = numbers(printed(PLAN.read_text(encoding="utf-8")))
    assert len(expected) > 100
    assert numbers(body(pages)) == expected


def test_every_word_of_the_plan_stands_in_the_pdf_in_reading_order(pages: list[str]) -> None:
    assert body(pages).split() == printed(PLAN.read_text(encoding="utf-8")).split()


def test_every_bullet_of_the_plan_is_a_bullet_on_paper(pages: list[str]) -> None:
    bullets = re.findall(r"^ *- ", PLAN.read_text(encoding="utf-8"), re.MULTILINE)
    assert "".join(pages).count("•") == len(bullets)


def test_every_page_has_its_header_and_its_own_number(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        lines = page.strip().splitlines()
        assert (lines[0], lines[-1]) == ("DRAFT", f"Page {number}")


def test_footnote_marks_become_raised_digits_that_touch_their_figure(pages: list[str]) -> None:
    assert "27.4%6 of Dacorum residents" in body(pages)


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.pdf", "second.pdf"):
        typeset("A PLAN\n\n- **Bold** & plain, £1.2m\n", tmp_path / name)
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()
