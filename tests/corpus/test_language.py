"""Sentences, clauses, words and stems of British English, each with true offsets."""

import pytest

from corpus.language import blank, clauses, content_stems, sentence_case, sentences, stem, words


def cut(text: str) -> list[str]:
    return [text[s:e] for s, e in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It has 3 million sq. feet of space.",
        "Growth was 4.6% in the year.",
        "Some sectors, e.g. Logistics, grew.",
        "Key sectors i.e. Manufacturing, Science and ICT are meant.",
        "It grew by approx. 12 in a year.",
        "J. Smith leads it.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert cut(text) == [text]


def test_sentences_end_at_stops_questions_and_closing_quotation_marks() -> None:
    assert cut("One fell. Two rose? “Three stayed.” Four went!") == [
        "One fell.",
        "Two rose?",
        "“Three stayed.”",
        "Four went!",
    ]


def test_a_sentence_may_begin_with_a_figure() -> None:
    assert cut("It fell. 41% stayed. £30,666 was paid.") == ["It fell.", "41% stayed.", "£30,666 was paid."]


def test_clauses_part_at_joining_words_and_cover_every_word() -> None:
    sentence = "Dacorum has 41%, while Hertfordshire has 45%; England has 43%"
    parts = [sentence[s:e] for s, e in clauses(sentence)]
    assert [p for p in parts if "41%" in p and "45%" in p] == []
    assert [p for p in parts if "45%" in p and "43%" in p] == []
    assert " ".join(parts).count("%") == 3


def test_a_comma_inside_a_number_parts_nothing() -> None:
    assert len(clauses("It lost 1,401 jobs in 2,000 shops")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("businesses", "business"), ("organisation", "organizations"), ("people", "person"), ("lost", "losing"),
        ("Qualified", "qualifications"), ("earnings", "earn"), ("centre", "centres"), ("council’s", "council"),
    ],
)  # fmt: skip
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("retail", "retain"), ("birth", "death")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("text", ["NVQ 4", "NVQ4", "NVQ4+"])
def test_a_qualification_level_is_one_word(text: str) -> None:
    assert [w.stem for w in words(text)] == ["nvq4"]


def test_words_know_where_they_stand() -> None:
    text = "In Dacorum, 1,401 jobs’ losses"
    assert [text[w.start : w.end] for w in words(text)] == [w.text for w in words(text)]


def test_empty_words_are_no_content() -> None:
    assert content_stems("What is the number of the jobs in it?") == [stem("number"), stem("jobs")]


def test_blanking_keeps_every_offset() -> None:
    assert blank("27.4%⁶ of it", [(5, 6)]) == "27.4%  of it"


def test_a_heading_in_capitals_is_written_as_a_person_would() -> None:
    assert sentence_case("3. CURRENT GVA EVIDENCE", frozenset({"GVA"})) == "3. Current GVA evidence"
    assert sentence_case("Town Centre") == "Town Centre"
