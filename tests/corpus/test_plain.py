"""What is no text is taken out of a text, and what is cited is still found at its place."""

import pytest

from corpus.plain import plain, plain_in_place, without_tags

TAKEN_OUT = [
    ("1\u200b,401 jobs", "1,401 jobs"),
    ("4\u20601% of", "41% of"),
    ("resi\u00addents", "residents"),
    ("\u202e41%\u202c of \u200fit\u2069", "41% of it"),
    ("\x1b[31m41%\x1b[0m of", "41% of"),
    ("\x9b31m41% of", "41% of"),
    ("a\x1b]0;a title\x07b", "ab"),
    ("\x1b41% of", "41% of"),
    ("\x1b[41% of", "[41% of"),
    ("77% of\x02shops", "77% of shops"),
    ("half\ud800", "half "),
]


@pytest.mark.parametrize(("text", "left"), TAKEN_OUT)
def test_signs_that_are_no_text_are_taken_out_and_no_digit_goes_with_them(text: str, left: str) -> None:
    assert plain(text) == left


@pytest.mark.parametrize(("text", "left"), TAKEN_OUT)
def test_in_place_the_text_is_as_long_as_before_with_spaces_behind_the_word(text: str, left: str) -> None:
    kept = plain_in_place(text)
    assert len(kept) == len(text)
    assert kept.split() == left.split()


def test_in_place_every_other_word_stays_where_it_was() -> None:
    text = "# Plan\u200b now\n\n\u202eIn 2021, 4\u00ad1% and \x1b[1m219\u00a0700 lost\n"
    kept = plain_in_place(text)
    assert [kept.index(word) for word in ("now", "2021", "and", "lost")] == [
        text.index(word) for word in ("now", "2021", "and", "lost")
    ]
    assert kept.count("\n") == text.count("\n") and "219\u00a0700" in kept


@pytest.mark.parametrize("text", ["Café £1.2m – “so”", "a\tb\nc\r\nd\fe", "219\u00a0700", "🏠 m² ½"])
def test_text_is_left_as_it_is(text: str) -> None:
    assert plain(text) == plain_in_place(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("share of <b>residents</b>", "share of residents"),
        ('<a href="x">Who</a> leads<br/> it<!-- no -->?', "Who leads it?"),
        ("<100 jobs and >50", "<100 jobs and >50"),
        ("a < b", "a < b"),
    ],
)
def test_tags_are_taken_out_and_signs_of_comparison_stay(text: str, left: str) -> None:
    assert without_tags(text) == left
