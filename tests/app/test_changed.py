"""What a file would change, in words: counts on one line, and what went and came marked."""

import pytest

from ingestion.change import Changes
from ingestion.changes import FileChanges
from pages.changed import in_words, words_before_and_after


@pytest.mark.parametrize(
    ("figures", "commitments", "passages", "said"),
    [
        ((12, 3, 1, 0), (), (), "12 figures new, 3 changed, 1 gone"),
        ((1, 0, 0, 1), (), (), "1 figure new; 1 stays as it is"),
        ((0, 0, 0, 40), (), (), "no figure changes; 40 stay as they are"),
        ((0, 0, 0, 0), (), (), "no figure changes"),
        ((0, 0, 0, 4), (0, 0, 0, 2), (0, 0, 0, 9), "no figure, commitment or passage changes"),
        ((0, 0, 0, 4), (0, 1, 0, 2), (), "no figure changes; 4 stay as they are. 1 commitment changed"),
        ((0, 2, 0, 4), (1, 0, 2), (1204, 1), "2 figures changed; 4 stay as they are. 1 commitment new, 2 gone. "
            "1,204 passages new, 1 reworded"),
    ],
)  # fmt: skip
def test_counts_stand_on_one_line_and_what_there_is_none_of_is_left_out(
    figures: tuple[int, ...], commitments: tuple[int, ...], passages: tuple[int, ...], said: str
) -> None:
    assert in_words(FileChanges(Changes(*figures), Changes(*commitments), Changes(*passages))) == said


def test_words_that_went_and_came_are_marked_among_the_words_around_them() -> None:
    many = " ".join(f"w{n}" for n in range(30))
    assert words_before_and_after("We open <b>2</b> hubs", "We open <b>3</b> hubs") == (
        "We open <del>&lt;b&gt;2&lt;/b&gt;</del> <ins>&lt;b&gt;3&lt;/b&gt;</ins> hubs"
    )
    assert words_before_and_after(f"{many} old {many}", f"{many} {many} more") == (
        "… w22 w23 w24 w25 w26 w27 w28 w29 <del>old</del> w0 w1 w2 w3 w4 w5 w6 w7 … w22 w23 w24 w25 w26 w27 w28 w29 "
        "<ins>more</ins>"
    )
    assert words_before_and_after("Led by  us", "led by us") == "<del>Led</del> <ins>led</ins> by us"


def test_words_that_stay_are_shown_whole_where_few_are_left_out() -> None:
    few = " ".join(f"w{n}" for n in range(12))
    assert words_before_and_after(f"{few} old", f"{few} new") == f"{few} <del>old</del> <ins>new</ins>"
