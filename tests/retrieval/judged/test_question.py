"""What a question asks for: places, periods, units, codes, themes and documents; and which turn leans on the one before."""

from pathlib import Path

import pytest

from corpus.commitment import CommitmentKind, Theme
from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.location import Location
from corpus.period import years_of
from corpus.quantity import read_quantities
from corpus.records import Records
from retrieval.judged.question import Asks, Question, Reader

TEXT = (
    "In Adur 41% of residents have NVQ4, against 45% in West Sussex. The hub is in Hill End.\n\n"
    "Theme 1 – Green Growth\n\nTheme 2 – Strong Towns"
)
FIRST = "What share of residents in Adur had NVQ4 in 2021?"


@pytest.fixture(scope="module")
def reader() -> Reader:
    (_, county) = read_quantities(TEXT)[:2]
    place = Location("plan.md", 0, 63)
    figure = Figure(
        "f", county, "residents with NVQ4", "West Sussex", None, FigureKind.COMPARATOR, place, (county.start, county.end),
        TEXT[:63], "", "",
    )  # fmt: skip
    themes = tuple(
        Theme("plan.md", number, name, f"Theme {number} – {name}", None, Location("plan.md", 90, 100))
        for number, name in ((1, "Green Growth"), (2, "Strong Towns"))
    )
    document = Document("plan.md", "Adur Economic Plan", TEXT, "0")
    records = Records(document, figures=(figure,), themes=themes, own_area="Adur", places=("Adur", "West Sussex"))
    return Reader(Generation("g", Path(), "none", (records,)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What share of residents in Adur have NVQ4?", ["Adur"]),
        ("nvq4 adur", ["Adur"]),
        ("How do England and Adur compare on NVQ4?", ["England", "Adur"]),
        ("What is the share in the county as a whole?", ["West Sussex"]),
        ("What share of residents have NVQ4?", []),
    ],
)
def test_places_are_read_in_their_order(reader: Reader, text: str, names: list[str]) -> None:
    assert [a.name for a in reader.read(text).areas] == names


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("What share of residents in Zedburgh have NVQ4?", "Zedburgh"),
        ("And in Zedburgh?", "Zedburgh"),
        ("What is there in Hill End?", None),
        ("What share of residents in Adur have NVQ4?", None),
    ],
)
def test_a_name_in_a_place_s_position_that_no_source_knows_is_an_unknown_place(
    reader: Reader, text: str, unknown: str | None
) -> None:
    found = reader.read(text, [FIRST])
    assert found.unknown_area == unknown
    assert unknown is None or found.areas == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("How many homes were built in 2021?", {2021}),
        ("How many homes were built in 2021/22?", {2021, 2022}),
        ("How many homes were built?", set()),
        ("How many homes are built each year?", set()),
    ],
)
def test_periods(reader: Reader, text: str, years: set[int]) -> None:
    assert years_of(reader.read(text).periods) == years


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("What percentage of homes are rented?", {"percent"}),
        ("How many homes are rented?", {"count"}),
        ("How many per cent of homes are rented?", {"percent"}),
        ("What is the rent?", set()),
    ],
)
def test_units_are_read_where_the_words_say_so(reader: Reader, text: str, units: set[str]) -> None:
    assert reader.read(text).units == units


def told(question: Question) -> tuple[list[str], set[int], set[str]]:
    return [a.name for a in question.areas], years_of(question.periods), set(question.codes)


def test_a_turn_that_leans_keeps_what_it_does_not_say_anew(reader: Reader) -> None:
    found = reader.read("And in England?", [FIRST])
    assert (found.text, found.before) == ("And in England?", FIRST)
    assert found.standalone == f"{FIRST} > And in England?"
    assert told(found) == (["England"], {2021}, {"nvq4"})
    assert told(reader.read("And in 2019?", [FIRST])) == (["Adur"], {2019}, {"nvq4"})
    assert told(reader.read("And NVQ3?", [FIRST])) == (["Adur"], {2021}, {"nvq3"})


def test_a_turn_that_leans_on_one_that_leans_reaches_back_two(reader: Reader) -> None:
    found = reader.read("And in 2019?", [FIRST, "And in England?"])
    assert found.before == f"{FIRST} > And in England?"


def test_a_turn_that_stands_alone_keeps_nothing(reader: Reader) -> None:
    text = "How many homes will be built at the new garden village?"
    assert reader.read(text, [FIRST]) == reader.read(text)
    assert reader.read(text).before is None and reader.read(text).standalone == text


@pytest.mark.parametrize(
    ("text", "asks", "number", "name", "parts"),
    [
        ("Who leads Theme 2?", Asks.LEAD, 2, "Strong Towns", ()),
        ("Who leads Theme 9?", Asks.LEAD, 9, None, ()),
        ("Who supports theme one?", Asks.SUPPORT, 1, "Green Growth", ()),
        ("Who leads Green Growth?", Asks.LEAD, None, "Green Growth", ()),
        ("What are the outputs of Theme 1?", Asks.THEME, 1, "Green Growth", (CommitmentKind.OUTPUT,)),
        ("What are the themes of the plan?", Asks.THEMES, None, None, ()),
        ("How many jobs will Theme 1 create?", Asks.CONTENT, 1, "Green Growth", ()),
        ("Who is responsible for the hub?", Asks.CONTENT, None, None, ()),
        ("When was the plan published?", Asks.DOCUMENT, None, None, ()),
        ("Is the plan still a draft?", Asks.DOCUMENT, None, None, ()),
        ("When will the hub open?", Asks.CONTENT, None, None, ()),
        ("What can you do?", Asks.ITSELF, None, None, ()),
    ],
)
def test_a_part_of_a_plan_a_document_and_planchat_itself_are_told(
    reader: Reader, text: str, asks: Asks, number: int | None, name: str | None, parts: tuple[CommitmentKind, ...]
) -> None:
    found = reader.read(text)
    assert (found.asks, found.theme_number, found.theme.name if found.theme else None) == (asks, number, name)
    assert found.parts == parts


def test_where_no_plan_has_themes_none_is_asked_for() -> None:
    document = Document("plan.md", "Plan", "The hub is led by the council.", "0")
    found = Reader(Generation("g", Path(), "none", (Records(document),))).read("Who leads Theme 2?")
    assert (found.asks, found.theme) == (Asks.CONTENT, None)


def test_figures_that_the_question_states_are_kept(reader: Reader) -> None:
    assert [q.text for q in reader.read("Is it true that 41% have NVQ4?").stated] == ["41%"]
