"""The indicator tables say what their sources say: the plan's text, the published cells, the registered bytes."""

import csv
import os
import re
import tomllib
import warnings
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest

from corpus.register import file_hash

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
INDICATORS = CORPUS / "indicators"
PLAN = CORPUS / "plans" / "dacorum-economic-recovery-plan-2021.md"
SAMPLES = Path(os.environ.get("PLANCHAT_SHARED", ROOT.parent / "shared")) / "samples" / "tables"

PUBLISHED = (
    "ashe-annual-pay-residents-2025.csv",
    "business-demography-2024.csv",
    "nomis-qualifications.csv",
    "nomis-uk-business-counts.csv",
)
UNITS = {"percent", "percentage_points", "gbp", "count", "per_1000", "per_100000", "ratio", "sq_ft"}
UNITS |= {"hours", "minutes", "years"}
KINDS = {"baseline", "target", "forecast", "outturn", "comparator", "definition"}
CELL = re.compile(
    r"(?P<file>.+\.(?:xlsx|csv)), (?:(?P<sheet>.+)!(?P<cell>[A-Z]+\d+)|line (?P<line>\d+), column (?P<column>\d+))"
)


def rows(name: str) -> list[dict[str, str]]:
    with (INDICATORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Text on one line, without raised footnote marks and Markdown emphasis."""
    return " ".join(re.sub(r"[*¹²³⁴-⁹⁰]", "", text).split())


def stands_in(value: str, text: str) -> bool:
    """Whether the value stands there whole: "6" is not in "2016", nor "13%" in "113%"."""
    return re.search(rf"(?<![\w.,£-]){re.escape(plain(value))}(?!\w|[.,]\d)", text) is not None


def test_every_figure_of_the_plan_stands_in_the_plan() -> None:
    text = plain(PLAN.read_text(encoding="utf-8"))
    assert [row["value"] for row in rows("plan-indicators.csv") if not stands_in(row["value"], text)] == []


def test_every_section_and_source_of_the_plan_stands_in_the_plan() -> None:
    text = plain(PLAN.read_text(encoding="utf-8"))
    quoted = {part for row in rows("plan-indicators.csv") for part in [*row["section"].split(" > "), row["source"]]}
    assert [words for words in sorted(quoted) if plain(words) not in text] == []


def test_units_and_kinds_are_those_of_the_contract() -> None:
    plan = rows("plan-indicators.csv")
    assert {row["kind"] for row in plan} <= KINDS
    assert {row["unit"] for row in [*plan, *(row for name in PUBLISHED for row in rows(name))]} <= UNITS


@cache
def workbook(file: Path):  # type: ignore[no-untyped-def]  # openpyxl carries no types
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is needed to read the published workbooks.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(file, data_only=True)


@cache
def csv_lines(file: Path) -> list[list[str]]:
    with file.open(encoding="cp1252", newline="") as lines:
        return list(csv.reader(lines))


def as_shown(value: object, number_format: str) -> str:
    """A cell as its workbook shows it: commas, and the decimals of its number format."""
    if isinstance(value, str):
        return value
    decimals = len(number_format.partition(".")[2])
    return f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def published(place: str) -> tuple[str, str, str]:
    """What the sample holds at a published cell: the row's label, the cell as shown, and the cell two columns on."""
    match = CELL.fullmatch(place)
    assert match, f"'{place}' names no cell"
    if match["line"]:
        line = csv_lines(SAMPLES / match["file"])[int(match["line"]) - 1]
        return line[0], line[int(match["column"]) - 1], ""
    sheet = workbook(SAMPLES / match["file"])[match["sheet"]]
    cell = sheet[match["cell"]]
    label = next(
        c.value for c in sheet[cell.row] if isinstance(c.value, str) and not re.fullmatch(r"[A-Z]\d{8}\s*", c.value)
    )
    beside = sheet.cell(cell.row, cell.column + 2)
    return label, as_shown(cell.value, cell.number_format), as_shown(beside.value or "", beside.number_format)


def area_of(label: str) -> str:
    """The area that a row's label names: "ladu:Dacorum", "Luton UA" and "EAST" as a reader knows them."""
    name = label.split(":")[-1].strip().removesuffix(" UA").lower()
    return "east of england" if name == "east" else name


LARGEST = "nomis-qualifications.csv"  # its workbook alone takes longer to open than all others


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.sweep] * (n == LARGEST)) for n in PUBLISHED])
def test_every_published_value_is_the_samples_cell(name: str) -> None:
    if not SAMPLES.is_dir():
        pytest.skip(
            f"The published tables are not at {SAMPLES}; set PLANCHAT_SHARED to the folder that holds samples/."
        )
    wrong = []
    for row in rows(name):
        label, shown, beside = published(row["published_cell"])
        value = row["value"].removeprefix("£").removesuffix(" thousand").removesuffix("%")
        confidence = row["confidence"].removeprefix("± ")
        if (area_of(label), shown) != (row["area"].lower(), value) or (confidence and confidence != beside):
            wrong.append((row, label, shown, beside))
    assert wrong == []


def test_a_value_that_is_withheld_or_doubtful_says_why() -> None:
    for name in PUBLISHED:
        doubtful = [row for row in rows(name) if {row["value"], row["confidence"]} & {"x", "!", "*", ":"}]
        assert all("unreliable" in row["note"] or "not available" in row["note"] for row in doubtful)


def test_every_registered_file_has_its_registered_hash() -> None:
    register = tomllib.loads((CORPUS / "register.toml").read_text(encoding="utf-8"))["file"]
    changed = [entry["path"] for entry in register if file_hash(CORPUS / entry["path"]) != entry["sha256"]]
    assert changed == [], "changed since registered; put the new sha256sum into corpus/register.toml"


def test_every_table_of_indicators_is_registered() -> None:
    register = tomllib.loads((CORPUS / "register.toml").read_text(encoding="utf-8"))["file"]
    tables = {f"indicators/{file.name}" for file in INDICATORS.glob("*.csv")}
    assert tables <= {entry["path"] for entry in register}
