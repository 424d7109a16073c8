"""Figures in the sentences of other councils, invented here: each tied to its own measure, area and period."""

from pathlib import Path

import pytest

from corpus.figure import Figure
from corpus.register import Listed
from ingestion.read import read_file

PLAN = """# Marlbridge Economic Strategy

Marlbridge Borough Council

## Our economy

{sentence}

The county is Wendshire. Wendshire has many towns, such as Thornley and Castle Orton, and Marlbridge is in Wendshire.
"""


def figures(tmp_path: Path, sentence: str) -> list[Figure]:
    file = tmp_path / "plan.md"
    file.write_text(PLAN.format(sentence=sentence), encoding="utf-8")
    return list(read_file(Listed("plan.md", file, None), "0" * 64).figures)


def slots(tmp_path: Path, sentence: str) -> list[tuple[str, str | None]]:
    return [(f.quantity.text, f.area) for f in figures(tmp_path, sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "GVA per hour was £33.10. This is below the county (£35.40), the East Midlands (£34.20) and England (£39.80).",
            [("£33.10", "Marlbridge"), ("£35.40", "Wendshire"), ("£34.20", "East Midlands"), ("£39.80", "England")],
        ),
        (
            "There was a birth rate of 10.7%, against 11.4% in Wendshire and 11.9% in England.",
            [("10.7%", "Marlbridge"), ("11.4%", "Wendshire"), ("11.9%", "England")],
        ),
        (
            "In October the vacancy rate in Marlbridge town centre was 15.8%, above the Great Britain average of 13.9%. "
            "In Castle Orton it was 8.3%.",
            [("15.8%", "Marlbridge town centre"), ("13.9%", "Great Britain"), ("8.3%", "Castle Orton")],
        ),
        (
            "This growth of 7.2% lagged behind both Wendshire (9.1%) and England (10.4%).",
            [("7.2%", "Marlbridge"), ("9.1%", "Wendshire"), ("10.4%", "England")],
        ),
        (
            "The rate varies, from 0.9% in Thornley Rural ward to 7.4% in Castlegate ward.",
            [("0.9%", "Thornley Rural"), ("7.4%", "Castlegate")],
        ),
        (
            "Unemployment in Castle Orton is 3.9%, nearly double the rate in Thornley (2.0%).",
            [("3.9%", "Castle Orton"), ("2.0%", "Thornley")],
        ),
        (
            "Some 61.2% of firms were still trading, compared with 57.4% nationally.",
            [("Some 61.2%", "Marlbridge"), ("57.4%", "the country as a whole")],
        ),
        (
            "The centre recorded 4.1 million visits, 35 minutes from Leicester.",
            [("4.1 million", "Marlbridge"), ("35 minutes", "Marlbridge")],
        ),
    ],
)  # fmt: skip
def test_each_figure_has_its_own_area(tmp_path: Path, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert slots(tmp_path, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The number of jobs grew from 48,500 in 2015 to 52,000 in 2022.",
            [("48,500", "in 2015"), ("52,000", "in 2022")],
        ),
        (
            "The grant is £3.2m: £0.4m in 2022/23, £0.8m in 2023/24 and £2.0m in 2024/25.",
            [("£3.2m", None), ("£0.4m", "in 2022/23"), ("£0.8m", "in 2023/24"), ("£2.0m", "in 2024/25")],
        ),
        (
            "There were 455 business births in 2022. In the same year 480 businesses closed.",
            [("455", "in 2022"), ("480", "in 2022")],
        ),
        ("Council tax collection was 97.8% in Quarter 3.", [("97.8%", "in Quarter 3")]),
    ],
)
def test_each_figure_has_its_own_period(tmp_path: Path, sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(f.quantity.text, f.period) for f in figures(tmp_path, sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("GVA per hour worked, the best single measure of productivity, was £33.10.", ["GVA per hour worked"]),
        (
            "There is a very high proportion (over 90%) that have less than 10 employees.",
            ["proportion that have less than 10 employees", "employees"],
        ),
        (
            "The growth of micro businesses (10 or less employees) is reducing and declining at -1.8%.",
            ["growth of micro businesses: employees", "growth of micro businesses"],
        ),
        (
            "The median hourly pay of women was £13.20 in 2023 and that of men £15.10.",
            ["median hourly pay of women", "median hourly pay: men"],
        ),
        ("Some 27.1% of residents are aged 65 or over.", ["residents are aged 65 or over"]),
        (
            "The County Council owns 57 of the 2,900 homes in the ward.",
            ["homes in the ward: County Council owns", "homes in the ward"],
        ),
        (
            "Of these, 2,360 (4.6%) were second homes and 410 (0.8%) had been empty.",
            ["second homes", "second homes", "had been empty", "had been empty"],
        ),
        ("There are 41,000 jobs in the borough with a job density of 0.67.", ["jobs in the borough", "job density"]),
        ("Employment in storage has risen by 46% since 2015.", ["Employment in storage, rise"]),
        ("Apprenticeship starts fell from 910 to 640.", ["Apprenticeship starts", "Apprenticeship starts"]),
        ("Full-time workers living here earned a median of £612 a week.", ["Full-time workers living here, median earnings"]),
        ("Median hourly pay was £14.62 for those who live in the city and £15.31 for those who work in it.",
         ["Median hourly pay: those who live in the city", "Median hourly pay: those who work in it"]),
        ("The employment rate for men was 74.0% and that for women 68.5%. For disabled residents it was just 46%.",
         ["employment rate for men", "employment rate: women", "employment rate: disabled residents"]),
        ("Some 36% of residents held a qualification at level 4 or above in 2022, and 11% had none. "
         "Corresponding figures for England were 43% and 7%.",
         ["residents held a qualification at level 4 or above", "had none"] * 2),
        ("Most are small: 88.5% are micro businesses.", ["micro businesses"]),
        ("Total emissions fell from 712 kt CO2e in 2010 to 498 kt CO2e in 2021, a reduction of 30%.",
         ["Total emissions", "Total emissions", "Total emissions, reduction"]),
        ("One in five children (21%) live in low income families.",
         ["children live in low income families", "children live in low income families"]),
        ("Retrofitting all council homes would cost an estimated £38m.", ["Retrofitting all council homes, cost"]),
        ("Sickness absence averaged 8.9 days per employee (target: 8.0).", ["Sickness absence", "Sickness absence"]),
    ],
)  # fmt: skip
def test_each_figure_has_its_own_measure(tmp_path: Path, sentence: str, measures: list[str]) -> None:
    assert [f.measure for f in figures(tmp_path, sentence)] == measures


def test_so_many_for_every_ten_thousand_is_one_rate(tmp_path: Path) -> None:
    found = figures(
        tmp_path, "Business density, at 358 enterprises for every 10,000 residents, is lower than in Wendshire (392)."
    )
    assert [(f.quantity.text, f.quantity.unit, f.measure) for f in found] == [
        ("358", "per_10000", "Business density: enterprises for every 10,000 residents"),
        ("392", "per_10000", "Business density: enterprises for every 10,000 residents"),
    ]


def test_what_the_council_says_it_will_do_is_a_target(tmp_path: Path) -> None:
    found = figures(
        tmp_path, "By 2034 we want to see:\n\n- 1,800 additional jobs; and\n- a vacancy rate of no more than 10%."
    )
    assert [(f.kind.value, f.period) for f in found] == [("target", "By 2034"), ("target", "By 2034")]


def test_what_a_board_wants_is_a_target(tmp_path: Path) -> None:
    (found,) = figures(tmp_path, "By 2029 the Board wants the employment rate to reach at least 74%.")
    assert (found.measure, found.kind) == ("employment rate", "target")


def test_the_size_from_which_a_rule_holds_is_no_target(tmp_path: Path) -> None:
    found = figures(tmp_path, "We will seek affordable housing on every site of ten or more homes.")
    assert found[0].kind == "definition"


def test_a_part_of_the_area_without_a_name_is_said(tmp_path: Path) -> None:
    found = figures(tmp_path, "Full fibre reaches 64% of premises, but the figure falls to 38% in the rural parishes.")
    assert found[1].measure.endswith("in the rural parishes")


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        (
            "Of pupils asked, 38% travelled by bus, 27% on foot, 19% by bicycle and 16% in some other way.",
            {"38%": "by bus", "27%": "on foot", "19%": "by bicycle", "16%": "in some other way"},
        ),
        (
            "We need 410 new pitches: 260 for football and 150 for cricket.",
            {"410": "new pitches", "260": "new pitches for football", "150": "new pitches for cricket"},
        ),
        (
            "The fund is £9.4 million: £5.1 million of reserves, £2.3 million of grant and £2 million of borrowing.",
            {"£5.1 million": "reserves", "£2.3 million": "grant", "£2 million": "borrowing"},
        ),
        (
            "There are 214 stalls, of which 36, or 16.8%, were empty in May 2023.",
            {"214": "stalls", "36": "stalls: empty", "16.8%": "stalls: empty"},
        ),
        ("The five-year renewal rate of leases was 71%.", {"71%": "five-year renewal rate of leases"}),
        (
            "Sixty-one per cent are worried about the park and 44% think that it is too small.",
            {"Sixty-one per cent": "worried about the park", "44%": "think that it is too small"},
        ),
    ],
)
def test_each_figure_of_a_list_is_of_its_own_part(tmp_path: Path, sentence: str, measures: dict[str, str]) -> None:
    read = {f.quantity.text: f.measure for f in figures(tmp_path, sentence)}
    assert {text: m for text, m in read.items() if text in measures and m.endswith(measures[text])} == {
        text: read.get(text) for text in measures
    }


def test_a_part_of_the_area_behind_a_figure_is_no_other_figure_s_place(tmp_path: Path) -> None:
    read = figures(
        tmp_path,
        "In May 16.8% of stalls were empty. The average for the East Midlands was 12.1% and for Great Britain 13.0%. "
        "It is 7.4% in the Corn Exchange and 9.9% in the Butter Market.",
    )
    assert [(f.quantity.text, f.area) for f in read] == [
        ("16.8%", "Marlbridge"), ("12.1%", "East Midlands"), ("13.0%", "Great Britain"), ("7.4%", "Marlbridge"),
        ("9.9%", "Marlbridge"),
    ]  # fmt: skip
