"""Words that mean the same: general English, and the abbreviations that documents define."""

import pytest

from corpus.records import Records
from corpus.thesaurus import Thesaurus, abbreviations, phrase_stems, synonyms


def mean_the_same(one: str, other: str) -> bool:
    return phrase_stems(other) in synonyms().get(phrase_stems(one), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("salary", "earnings"),
        ("company", "business"),
        ("degree", "NVQ4"),
        ("home working", "work from home"),
        ("GVA", "gross value added"),
    ],
)
def test_words_that_mean_the_same_find_each_other(one: str, other: str) -> None:
    assert mean_the_same(one, other)
    assert mean_the_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("births", "deaths"), ("men", "women"), ("residents", "workplace"), ("NVQ3", "NVQ4"), ("retail", "manufacturing")],
)
def test_words_that_only_go_together_do_not(one: str, other: str) -> None:
    assert not mean_the_same(one, other)


def test_an_abbreviation_is_what_stands_before_its_brackets() -> None:
    assert abbreviations(["The Herts Innovation Quarter (HIQ) grows."])["hiq"] == (
        phrase_stems("Herts Innovation Quarter"),
    )


def test_brackets_that_hold_no_initials_define_nothing() -> None:
    assert "neets" not in abbreviations(["young people not in education (NEETS)"])


def test_the_plans_abbreviations_are_read_from_it(plan: Records) -> None:
    found = abbreviations([plan.document.text])
    assert phrase_stems("Hemel Garden Communities") in found["hgc"]
    assert phrase_stems("Location quotient") in found["lq"]


def test_the_longest_known_phrase_is_one_term() -> None:
    terms = Thesaurus().terms("people working from home in micro businesses")
    assert "working from home" in [t.text for t in terms]
    assert "micro businesses" in [t.text for t in terms]


def test_terms_know_their_place_and_leave_out_empty_words() -> None:
    text = "What is the share of the retail jobs?"
    terms = Thesaurus().terms(text, frozenset({"share"}))
    assert [text[t.start : t.end] for t in terms] == ["retail", "jobs"]


def test_own_abbreviations_hold_both_ways() -> None:
    own = Thesaurus(abbreviations(["The Anyshire Growth Fund (AGF) pays."]))
    (short,) = own.terms("AGF")
    (full,) = own.terms("Anyshire Growth Fund")
    assert full.stems in short.alternatives
    assert short.stems in full.alternatives


def test_of_two_words_side_by_side_that_mean_the_same_the_first_says_more() -> None:
    first, second = Thesaurus().terms("employer enterprises")
    assert (first.alternatives, bool(second.alternatives)) == ((), True)
