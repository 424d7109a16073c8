"""What a question asks for: places, periods, units and codes; and which turn leans on the one before."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.location import Location
from corpus.period import years_of
from corpus.quantity import read_quantities
from corpus.records import Records
from retrieval.judged.question import Question, Reader

TEXT = "In Adur 41% of residents have NVQ4, against 45% in West Sussex. The hub is in Hill End."
FIRST = "What share of residents in Adur had NVQ4 in 2021?"


@pytest.fixture(scope="module")
def reader() -> Reader:
    (_, county) = read_quantities(TEXT)[:2]
    place = Location("plan.md", 0, 63)
    figure = Figure(
        "f", county, "residents with NVQ4", "West Sussex", None, FigureKind.COMPARATOR, place, (county.start, county.end),
        TEXT[:63], "", "",
    )  # fmt: skip
    document = Document("plan.md", "Adur Economic Plan", TEXT, "0")
    records = Records(document, figures=(figure,), own_area="Adur", places=("Adur", "West Sussex"))
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
