"""The commitments register: organisations under one name, views that combine, targets with what has come of them, exports."""

import csv
import io
from dataclasses import replace

import pytest
from docx import Document
from openpyxl import load_workbook

from answering.ask import Asker
from briefing import export
from briefing.organisations import Organisations
from briefing.register import Register, Row, UnknownName


@pytest.fixture(scope="module")
def register(asker: Asker) -> Register:
    return Register(asker.generation)


def themes_of(rows: list[Row]) -> set[int | None]:
    return {r.commitment.theme_number for r in rows}


def test_abbreviations_are_spelt_out_by_the_documents_own_words() -> None:
    texts = ["Anytown Borough Council", "the Department for Work and Pensions (DWP) will help"]
    known = Organisations(["ABC", "DWP", "XYZ", "the DWP"], texts)
    assert [known.name(n) for n in ("ABC", "DWP", "XYZ", "the DWP")] == [
        "Anytown Borough Council", "Department for Work and Pensions", "XYZ", "Department for Work and Pensions"
    ]  # fmt: skip


def test_a_university_in_another_order_is_the_same(register: Register) -> None:
    known = register.organisations
    assert known.name("Hertfordshire University") == known.name("University of Hertfordshire")
    assert known.name("DBC") == "Dacorum Borough Council"
    assert "DBC" not in known.known() and len(known.known()) == len(set(known.known()))


@pytest.mark.parametrize("name", ["Herts LEP", "herts lep"])
def test_a_partner_is_found_as_lead_or_in_support(register: Register, name: str) -> None:
    rows = register.chosen(partner=name)
    assert themes_of([r for r in rows if r.role in ("lead", "support")]) == {2, 3}


def test_the_council_leads_one_theme_and_supports_three(register: Register) -> None:
    rows = [r for r in register.chosen(partner="DBC") if r.commitment.kind in ("lead", "support")]
    assert {(r.commitment.theme_number, r.role) for r in rows} == {
        (1, "support"), (2, "lead"), (3, "support"), (6, "support")
    }  # fmt: skip


def test_filters_combine(register: Register) -> None:
    rows = register.chosen(theme="2", kind="output", targets=True, due="2026")
    assert [r.commitment.text[:27] for r in rows] == ["Increase business start-ups"]


def test_what_is_due_comes_soonest_first(register: Register) -> None:
    years = [r.year for r in register.chosen(due="2026")]
    assert years == sorted(years, key=lambda y: y or 0) and years[0] == 2022


def test_an_unknown_partner_lists_the_known(register: Register) -> None:
    with pytest.raises(
        UnknownName, match=r"No organisation 'Acme' is named\. The organisations are: Chamber of Commerce;"
    ):
        register.chosen(partner="Acme")
    with pytest.raises(UnknownName, match="no theme '9'"):
        register.chosen(theme="9")


@pytest.mark.parametrize(
    ("text", "baseline", "due", "latest", "moved"),
    [
        ("13%", "11%", "over 5 years", None, "No evidence in the corpus"),
        ("1,100", None, "over 5 years", "825", "Moved away from the target"),
        ("over 100", "nearly 100", "over the next 5 years", None, "No evidence in the corpus"),
        ("15", "6", "in 2022", None, "No evidence in the corpus"),
        ("20%", None, None, None, "No evidence in the corpus"),
    ],
)
def test_a_target_shows_where_it_starts_and_what_has_come_of_it(
    register: Register, text: str, baseline: str | None, due: str | None, latest: str | None, moved: str
) -> None:
    target = next(t for r in register.rows() for t in r.targets if t.figure.quantity.text == text)
    assert (target.baseline, target.due, target.moved) == (baseline, due, moved)
    assert (target.latest.quantity.text if target.latest else None) == latest


def test_what_is_left_blank_is_missing(register: Register) -> None:
    row = next(r for r in register.rows() if r.commitment.text.startswith("Increase of office space"))
    assert {"baseline", "target", "due"} <= set(row.missing)
    assert all({"lead", "support", "activities", "outputs"} <= set(r.missing) for r in register.chosen(theme="4"))


def test_exports_hold_every_row_and_no_formula(register: Register) -> None:
    generation = register.generation
    rows = register.chosen(theme="2")
    trap = replace(rows[0], commitment=replace(rows[0].commitment, text="=1+1"), lead="-1.8%")
    lines = list(csv.reader(io.StringIO(export.as_csv([trap, *rows], generation).decode("utf-8-sig"))))
    assert len(lines) == len(rows) + 2
    assert (lines[1][3], lines[1][4]) == ("'=1+1", "-1.8%")
    sheet = load_workbook(io.BytesIO(export.as_workbook([trap, *rows], generation))).active
    assert (sheet.cell(2, 4).value, sheet.cell(2, 4).data_type) == ("=1+1", "s")
    assert sheet.max_row == len(rows) + 2
    document = Document(io.BytesIO(export.as_word(rows, generation)))
    assert len(document.tables[0].rows) == len(rows) + 1
