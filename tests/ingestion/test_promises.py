"""Commitments of plans with other layouts: action tables, "We will" lists, and sentences that promise."""

import pytest

from corpus.records import Records
from corpus.register import Listed, file_hash
from ingestion.read import read_file

PLAN = """# Marlbury District Council Economic Strategy 2024

## Priority 1: A skilled workforce

We will:

- open a training hub in Marlbury by March 2026
- work with Marlbury College to double apprenticeships from 150 to 300 by 2027

The council aims to reduce the number of empty shops. A jobs fair is to be held each spring.
Applicants will be expected to provide a plan. Retail jobs will be lost.

### Action plan

| Action | Lead | Partners | Timescale |
|---|---|---|---|
| Set up a start-up fund of £200,000 | MDC Economic Development | Marlbury Chamber of Commerce; LEP | 2025/26 |
| Create 50 new business units | To be confirmed | Homes England | March 2027 |

| Site | Size | Owner |
|---|---|---|
| North Mill | 2 hectares | Acme Ltd |
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Records:
    file = tmp_path_factory.mktemp("other") / "plan.md"
    file.write_text(PLAN, encoding="utf-8")
    return read_file(Listed(file.name, file, None), file_hash(file))


def test_lists_sentences_and_action_tables_are_read_in_order(other: Records) -> None:
    assert [(c.text, c.due) for c in other.commitments] == [
        ("open a training hub in Marlbury by March 2026", "by March 2026"),
        ("work with Marlbury College to double apprenticeships from 150 to 300 by 2027", "by 2027"),
        ("The council aims to reduce the number of empty shops.", None),
        ("A jobs fair is to be held each spring.", None),
        ("Set up a start-up fund of £200,000", "2025/26"),
        ("Create 50 new business units", "March 2027"),
    ]
    assert {(c.theme_number, c.theme) for c in other.commitments} == {(1, "A skilled workforce")}


def test_a_row_has_its_own_lead_and_partners_and_what_it_leaves_open(other: Records) -> None:
    fund, units = other.commitments[-2:]
    assert (fund.lead, fund.partners) == ("MDC Economic Development", ("Marlbury Chamber of Commerce", "LEP"))
    assert (units.lead, units.partners, units.missing) == (None, ("Homes England",), ("lead",))


def test_a_commitment_stands_where_it_says(other: Records) -> None:
    for c in other.commitments:
        assert " ".join(PLAN[c.location.start : c.location.end].split()).strip("| ") == c.text
