"""Areas: one place under its names, and names that only look like places left out."""

import pytest

from corpus.areas import Gazetteer, learn, own_area
from corpus.records import Records


@pytest.fixture(scope="module")
def places(plan: Records) -> Gazetteer:
    return Gazetteer(plan.places, plan.own_area)


def found(gazetteer: Gazetteer, text: str, any_case: bool = False) -> list[str]:
    return [m.area.name for m in gazetteer.find(text, any_case=any_case)]


def test_the_plan_is_about_dacorum(places: Gazetteer) -> None:
    assert places.own is not None
    assert (places.own.name, places.own.kind) == ("Dacorum", "district")


def test_names_of_one_place_have_one_key(places: Gazetteer) -> None:
    assert places.named("UK").key == places.named("the United Kingdom").key
    assert places.named("hertfordshire").key == places.named("Hertfordshire").key


def test_a_towns_centre_is_the_town_with_a_part(places: Gazetteer) -> None:
    town, centre = places.named("Hemel Hempstead"), places.named("Hemel town centre")
    assert centre.key == town.key
    assert (town.part, centre.part) == (None, "town centre")


def test_towns_of_the_plan_are_learnt_from_it(plan: Records) -> None:
    assert {"Hemel Hempstead", "Tring", "Berkhamsted"} <= {
        *plan.places,
        *found(Gazetteer(plan.places), plan.document.text),
    }


@pytest.mark.parametrize(
    "text",
    [
        "The University of Hertfordshire supports it.",
        "Hertfordshire University supports it.",
        "The Dacorum Economic Dashboard shows it.",
        "Dacorum Borough Council leads it.",
        "West Hertfordshire College leads it.",
        "Skills and Labour Market Review of South West Hertfordshire",
    ],
)
def test_an_organisation_or_publication_is_no_area(places: Gazetteer, text: str) -> None:
    assert found(places, text) == []


def test_areas_are_found_with_their_place_in_the_text(places: Gazetteer) -> None:
    text = "In Watford and in Hertfordshire’s towns"
    mentions = places.find(text)
    assert [(m.area.name, text[m.start : m.start + 3]) for m in mentions] == [
        ("Watford", "Wat"),
        ("Hertfordshire", "Her"),
    ]


def test_small_letters_count_only_where_people_type_questions(places: Gazetteer) -> None:
    assert found(places, "what about watford?") == []
    assert found(places, "what about watford?", any_case=True) == ["Watford"]


def test_reading_a_plan_is_not_a_town(places: Gazetteer) -> None:
    assert found(places, "how many are reading at home?", any_case=True) == []
    assert found(places, "How many live in Reading?", any_case=True) == ["Reading"]


def test_a_small_word_that_some_place_is_called_opens_a_question_as_a_word() -> None:
    gazetteer = Gazetteer(["By", "Over"])
    assert found(gazetteer, "By how much did rents rise over the year?", any_case=True) == []
    assert found(gazetteer, "How many people live in Over?", any_case=True) == ["Over"]


def test_an_area_may_be_named_as_part_of_another_only_once(places: Gazetteer) -> None:
    assert found(places, "South West Hertfordshire") == []


def test_places_are_learnt_where_the_text_uses_them_as_places() -> None:
    learnt = learn(
        "Jobs in Muchbinding grew. Muchbinding and Nether Wallop lost none. In Addition, the Growth Hub helps."
    )
    assert "Muchbinding" in learnt
    assert "Nether Wallop" in learnt
    assert not any("Growth" in name or "Addition" in name for name in learnt)


def test_the_own_area_stands_in_the_title_before_what_is_named_most() -> None:
    gazetteer = Gazetteer()
    assert own_area(["WATFORD LOCAL PLAN"], ["Harlow Harlow Harlow"], gazetteer) == "Watford"
    assert own_area(["A plan"], ["In Harlow. In Harlow. In England, in England, in England."], gazetteer) == "Harlow"


def test_a_country_that_ends_the_name_of_a_body_is_no_place() -> None:
    def named(text: str) -> list[str]:
        return [m.area.name for m in Gazetteer().find(text)]

    assert named("It has £5m of Homes England grant.") == []
    assert named("It has fewer than England, and In England there are more.") == ["England", "England"]
