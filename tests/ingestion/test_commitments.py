"""What the plan commits to, by theme, and what it leaves out."""

import pytest

from corpus.commitment import Commitment, CommitmentKind
from corpus.records import Records
from ingestion.commitments import split_names


def of(plan: Records, theme: int, kind: str) -> list[Commitment]:
    return [c for c in plan.commitments if c.theme_number == theme and c.kind is CommitmentKind(kind)]


def test_the_plan_has_six_themes_with_their_names(plan: Records) -> None:
    assert [(t.number, t.name) for t in plan.themes] == [
        (1, "Skills and Employment"),
        (2, "Business Growth"),
        (3, "Innovation and Growth of high value sectors and jobs"),
        (4, "Branding and Inward Investment"),
        (5, "Town Centre"),
        (6, "Export and International partnerships"),
    ]


def test_only_theme_4_leaves_parts_out(plan: Records) -> None:
    missing = {t.number: t.missing for t in plan.themes}
    assert missing.pop(4) == ("lead", "support", "activities", "outputs")
    assert set(missing.values()) == {()}


@pytest.mark.parametrize(
    ("theme", "lead"),
    [
        (1, "West Hertfordshire College"),
        (2, "DBC"),
        (3, "Herts IQ"),
        (5, "Hemel Place Board"),
        (6, "Herts Chamber of Commerce"),
    ],
)
def test_a_theme_has_its_lead(plan: Records, theme: int, lead: str) -> None:
    assert [c.text for c in of(plan, theme, "lead")] == [lead]
    assert {c.lead for c in plan.commitments if c.theme_number == theme} == {lead}


def test_theme_4_has_no_lead_of_a_neighbour(plan: Records) -> None:
    assert of(plan, 4, "lead") == []
    assert {c.lead for c in plan.commitments if c.theme_number == 4} == {None}


@pytest.mark.parametrize(
    ("theme", "partners"),
    [
        (1, ("DBC", "Pendley Manor", "DWP", "Herts CC")),
        (2, ("Herts LEP", "Chamber of Commerce", "Social Enterprise", "Private Sector", "Hertfordshire University")),
        (3, ("DBC", "Herts LEP", "University of Hertfordshire")),
        (5, ("Recovery Board Members",)),
        (6, ("DBC",)),
    ],
)
def test_partners_are_names_of_their_own(plan: Records, theme: int, partners: tuple[str, ...]) -> None:
    (support,) = of(plan, theme, "support")
    assert support.partners == partners


@pytest.mark.parametrize(
    ("theme", "activities", "outputs", "outcomes"),
    [(1, 9, 4, 2), (2, 10, 4, 1), (3, 10, 4, 1), (4, 0, 0, 3), (5, 12, 5, 1), (6, 7, 3, 1)],
)
def test_every_activity_output_and_outcome_is_there(
    plan: Records, theme: int, activities: int, outputs: int, outcomes: int
) -> None:
    counted = [len(of(plan, theme, kind)) for kind in ("activity", "output", "outcome")]
    assert counted == [activities, outputs, outcomes]


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("Developing a Maker Space", "Commission research to identify solutions"),
        ("Market trends and town centre", "Commission research to identify:"),
        ("Identify funding opportunities.", "Commission research to identify:"),
        ("Identify/secure presence", "Produce marketing strategy"),
        ("The uptake of R&D credits", "Establish a baseline for innovation growth"),
    ],
)
def test_a_nested_item_knows_what_it_stands_under(plan: Records, child: str, parent: str) -> None:
    by_id = {c.id: c for c in plan.commitments}
    item = next(c for c in plan.commitments if c.text.startswith(child))
    assert item.parent is not None
    assert by_id[item.parent].text.startswith(parent)


def test_items_of_the_first_level_stand_under_nothing(plan: Records) -> None:
    tech_hub = next(c for c in plan.commitments if c.text.startswith("Research successful flexible office"))
    assert tech_hub.parent is None


@pytest.mark.parametrize(
    ("output", "figures", "due"),
    [
        ("Increase business start-ups", ["11%", "13%", "1,100"], "over 5 years"),
        ("Increased number of apprenticeships", ["20%"], None),
        ("Increase the number of companies who are part", ["6", "15"], "in 2022"),
        ("Increase the number of companies in Dacorum exporting", ["over 100"], "over the next 5 years"),
        ("Hold an International Dacorum month", [], "in spring 2022"),
    ],
)
def test_a_commitment_has_its_figures_and_its_due_date(
    plan: Records, output: str, figures: list[str], due: str | None
) -> None:
    texts = {f.id: f.quantity.text for f in plan.figures}
    item = next(c for c in plan.commitments if c.text.startswith(output))
    assert [texts[i] for i in item.figures] == figures
    assert item.due == due


def test_the_year_of_a_starting_point_is_no_due_date(plan: Records) -> None:
    office = next(c for c in plan.commitments if c.text.startswith("Increase of office space"))
    assert office.due is None


def test_every_commitment_stands_where_it_says(plan: Records) -> None:
    for c in plan.commitments:
        quoted = " ".join(plan.document.text[c.location.start : c.location.end].split())
        assert all(word in quoted for word in c.text.split()[:4] if word.isalpha()), (c.text, quoted)
        assert c.theme is None or any(c.theme in part for part in c.location.section)


def test_names_are_parted_by_commas_tabs_and_a_last_and() -> None:
    assert split_names("DBC, Herts LEP and the Chamber of Commerce") == ["DBC", "Herts LEP", "the Chamber of Commerce"]
    assert split_names("Department for Work and Pensions") == ["Department for Work and Pensions"]
