"""The judge reads question and statement together; weights that are missing or altered are refused in a sentence."""

import shutil
from pathlib import Path

import pytest

from corpus.embedder import ModelError
from corpus.location import Location
from corpus.statement import Statement
from retrieval.judged.judge import DEFAULT, WEIGHTS, CrossEncoder, Pair, asked, judged, probability

SENTENCE = Statement(
    "s", "paragraph", "The council let 311 homes to families and 94 to others.", Location("plan.md", 0, 54),
    "Homes Plan", ("1. Homes", "Lettings", "In the year"), None, "It was a good year.",
)  # fmt: skip
ROW = Statement(
    "r", "row", "Hill End | Homes: 1,204 | Share: 31% | Owner: the council", Location("plan.md", 0, 9), "Homes Plan",
    (), "Table 2 Homes by ward",
)  # fmt: skip
ANSWERS = Pair("How many homes were let to families?", judged(SENTENCE))


def test_a_follow_up_stands_behind_the_turn_before_it() -> None:
    assert asked("And in 2020?", ("What is the rent?", "And in 2019?")) == "And in 2019? > And in 2020?"
    assert asked("What is the rent?") == "What is the rent?"


def test_a_statement_is_read_behind_its_title_last_headings_stem_and_the_sentence_before() -> None:
    assert judged(SENTENCE) == f"Homes Plan | Lettings | In the year | It was a good year. | {SENTENCE.text}"
    assert judged(ROW) == f"Homes Plan | Table 2 Homes by ward | {ROW.text}"


def test_the_quantity_in_question_is_marked() -> None:
    at = SENTENCE.text.index("94")
    assert judged(SENTENCE, (at, at + 2)).endswith("let 311 homes to families and «94» to others.")


def test_of_a_row_the_words_and_the_marked_figure_are_kept() -> None:
    at = ROW.text.index("31%")
    assert judged(ROW, (at, at + 3)).endswith("| Hill End | Share: «31%» | Owner: the council")


def test_a_long_statement_keeps_what_stands_around_the_mark() -> None:
    text = " ".join(["before"] * 200) + " 94 " + " ".join(["after"] * 200)
    at = text.index("94")
    said = judged(Statement("s", "paragraph", text, Location("p", 0, len(text)), "Plan"), (at, at + 2))
    assert "before «94» after" in said and len(said.split()) < 100


def test_a_score_above_nought_is_rather_an_answer_and_no_score_is_too_large() -> None:
    assert probability(0.0) == 0.5
    assert 0.0 < probability(-1e9) < probability(-1.0) < probability(1.0) < probability(1e9) <= 1.0


def test_a_folder_without_weights_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has neither model\.onnx nor model\.safetensors in ") as raised:
        CrossEncoder(str(tmp_path))
    assert str(tmp_path) in str(raised.value)


def test_a_name_of_no_folder_and_no_package_is_refused() -> None:
    with pytest.raises(ModelError, match="'no-such-judge'"):
        CrossEncoder("no-such-judge")


def test_altered_weights_of_the_judge_that_ships_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / DEFAULT
    folder.mkdir()
    (folder / "SHA256").write_text(f"{'0' * 64}  model.onnx\n", encoding="utf-8")
    (folder / "model.onnx").write_bytes(b"not the weights that ship")
    monkeypatch.setattr("retrieval.judged.judge.WEIGHTS", tmp_path)
    with pytest.raises(ModelError, match=r"are not those that ship\. Get the file again from the repository\."):
        CrossEncoder()


def random_judge(folder: Path, outputs: int = 1) -> CrossEncoder:
    """A judge of a few random weights, without a tokenizer of its own."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    size = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=30522, num_labels=outputs, initializer_range=1.0, **size)
    BertForSequenceClassification(config).save_pretrained(folder)
    return CrossEncoder(str(folder))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoder:
    return random_judge(tmp_path_factory.mktemp("small"))


def test_a_classifier_of_several_outputs_is_no_judge(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has 3 outputs; a judge has one\."):
        random_judge(tmp_path, outputs=3).scores([ANSWERS])


def test_scores_keep_the_order_of_the_pairs(small: CrossEncoder) -> None:
    pairs = [Pair(f"question {n}", " ".join(["word"] * (1 + 7 * n % 40) + [str(n)])) for n in range(40)]
    scores = small.scores(pairs)
    assert len(scores) == 40 and len(set(scores)) > 10
    alone = [small.scores([pair])[0] for pair in pairs[::8]]
    assert scores[::8] == pytest.approx(alone, abs=0.1)
    assert small.scores(pairs[::-1]) == pytest.approx(scores[::-1], abs=0.1)


def test_no_pairs_have_no_scores(small: CrossEncoder) -> None:
    assert small.scores([]) == []


def test_a_judge_is_known_by_the_hash_of_its_weights(small: CrossEncoder) -> None:
    assert len(small.hash) == 64 and small.name.startswith("small") and small.name.endswith(f" {small.hash[:8]}")


ships = pytest.mark.skipif(not (WEIGHTS / DEFAULT / "SHA256").is_file(), reason="no weights are here")


@pytest.fixture(scope="module")
def judge() -> CrossEncoder:
    return CrossEncoder()


@ships
def test_the_judge_that_ships_tells_the_sentence_that_answers(judge: CrossEncoder) -> None:
    others = ("The depot closed because the lease ran out.", "Rents in Anyshire rose by 4% in 2019.")
    best, *rest = judge.scores([ANSWERS, *(Pair(ANSWERS.question, f"Homes Plan | {text}") for text in others)])
    assert best > 0 and best > max(rest) + 2


# A sentence with two figures, and a question with the figure that answers it and the one beside it.
FIGURES = [
    ("The council let 311 homes to families and 94 to single people.", "How many homes were let to families?", "311", "94"),
    ("The council let 311 homes to families and 94 to single people.", "How many homes were let to single people?", "94", "311"),
    ("In 2023 the library lent 48,200 books and 7,150 films.", "How many films were lent?", "7,150", "48,200"),
    ("In 2023 the library lent 48,200 books and 7,150 films.", "How many books were lent?", "48,200", "7,150"),
    ("In Adur 41% hold NVQ4, compared with 45% in West Sussex.", "What share in Adur hold NVQ4?", "41%", "45%"),
    ("In Adur 41% hold NVQ4, compared with 45% in West Sussex.", "What share in West Sussex hold NVQ4?", "45%", "41%"),
    ("The rate for men was 77.5% and that for women 70.1%.", "What is the rate for women?", "70.1%", "77.5%"),
    ("The number of shops fell from 412 in 2018 to 367 in 2023.", "How many shops were there in 2018?", "412", "367"),
    ("The number of shops fell from 412 in 2018 to 367 in 2023.", "How many shops were there in 2023?", "367", "412"),
]  # fmt: skip


@ships
def test_of_two_figures_in_a_sentence_the_marked_one_that_answers_mostly_scores_higher(judge: CrossEncoder) -> None:
    wrong = []
    for text, question, right, other in FIGURES:
        statement = Statement("s", "paragraph", text, Location("plan.md", 0, len(text)), "Plan")
        marks = [(text.index(figure), text.index(figure) + len(figure)) for figure in (right, other)]
        better, worse = judge.scores([Pair(question, judged(statement, mark)) for mark in marks])
        if better <= worse:
            wrong.append((question, right, better, worse))
    assert len(wrong) <= 2, wrong


@ships
def test_the_weights_that_ship_are_those_that_are_pinned(
    judge: CrossEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (WEIGHTS / DEFAULT / "SHA256").read_text(encoding="utf-8").split()[0] == judge.hash
    shutil.copytree(WEIGHTS / DEFAULT, tmp_path / DEFAULT)
    with next((tmp_path / DEFAULT).glob("model.*")).open("ab") as file:
        file.write(b"\0")
    monkeypatch.setattr("retrieval.judged.judge.WEIGHTS", tmp_path)
    with pytest.raises(ModelError, match="not those that ship"):
        CrossEncoder()
