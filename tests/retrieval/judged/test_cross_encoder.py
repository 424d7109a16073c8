"""A published cross-encoder may judge instead: it reads question and statement together."""

import math
from pathlib import Path

import pytest

from corpus.embedder import ModelError
from corpus.location import Location
from corpus.statement import Statement
from retrieval.judged.cross_encoder import CrossEncoder, judged
from retrieval.judged.question import Question
from retrieval.judged.signs import Candidate
from tests.retrieval.judged.figures import figure

SENTENCE = Statement(
    "s", "paragraph", "The council let 311 homes to families and 94 to others.", Location("plan.md", 0, 54),
    "Homes Plan", ("1. Homes", "Lettings", "In the year"), None, "It was a good year.",
)  # fmt: skip
ROW = Statement(
    "r", "row", "Hill End | Homes: 1,204 | Share: 31% | Owner: the council", Location("plan.md", 0, 9), "Homes Plan",
    (), "Table 2 Homes by ward",
)  # fmt: skip
ASKED = Question("How many homes were let to families?")


def candidate(text: str, *figures: str) -> Candidate:
    statement = Statement("s", "paragraph", text, Location("plan.md", 0, len(text)), "Plan")
    places = tuple((text.index(f), text.index(f) + len(f)) for f in figures)
    return Candidate(statement, 0.5, 1.0, 0, 0, 0, tuple(figure(f) for f in figures), places)


def test_a_statement_s_own_words_stand_first_and_what_it_stands_in_behind_them() -> None:
    assert judged(SENTENCE) == f"{SENTENCE.text} | In the year | Lettings | It was a good year. | Homes Plan"
    assert judged(ROW) == f"{ROW.text} | Table 2 Homes by ward | Homes Plan"


def test_a_folder_without_weights_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no model\.safetensors in ") as raised:
        CrossEncoder(str(tmp_path))
    assert str(tmp_path) in str(raised.value)


def test_a_name_of_no_folder_and_no_package_is_refused() -> None:
    with pytest.raises(ModelError, match=r"'no-such-judge' is neither a folder .* PLANCHAT_JUDGE"):
        CrossEncoder("no-such-judge")


def random_judge(folder: Path, outputs: int = 2, *, marks: bool = True) -> CrossEncoder:
    """A judge of a few random weights, without a tokenizer of its own."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertForTokenClassification

    torch.manual_seed(7)
    size = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=30522, num_labels=outputs, initializer_range=1.0, **size)
    (BertForTokenClassification if marks else BertForSequenceClassification)(config).save_pretrained(folder)
    return CrossEncoder(str(folder))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoder:
    return random_judge(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("marks", [True, False])
def test_a_model_with_other_outputs_is_no_judge(tmp_path: Path, *, marks: bool) -> None:
    with pytest.raises(ModelError, match=r"has 3 outputs; a judge has one, or two for each token\."):
        random_judge(tmp_path, outputs=3, marks=marks).scores(ASKED, [candidate("94 homes", "94")])


def test_a_published_reranker_judges_and_takes_quantities_alike(tmp_path: Path) -> None:
    plain = random_judge(tmp_path, outputs=1, marks=False)
    (score,) = plain.scores(ASKED, [candidate(SENTENCE.text, "311", "94")])
    assert score.marks == pytest.approx((math.log(0.5),) * 2)


def test_a_quantity_beyond_what_is_read_is_not_chosen(small: CrossEncoder) -> None:
    text = "There are 94 homes" + " and a tree" * 200 + " and 311 shops."
    (score,) = small.scores(ASKED, [candidate(text, "94", "311")])
    assert score.marks[0] > math.log(0.99) > score.marks[1]


def test_scores_keep_the_order_of_the_candidates(small: CrossEncoder) -> None:
    candidates = [candidate(" ".join(["word"] * (1 + 7 * n % 40) + [str(n)])) for n in range(40)]
    scores = [s.answers for s in small.scores(ASKED, candidates)]
    assert len(scores) == 40 and len(set(scores)) > 10
    alone = [small.scores(ASKED, [c])[0].answers for c in candidates[::8]]
    assert scores[::8] == pytest.approx(alone, abs=0.1)
    assert [s.answers for s in small.scores(ASKED, candidates[::-1])] == pytest.approx(scores[::-1], abs=0.1)


def test_no_candidates_have_no_scores(small: CrossEncoder) -> None:
    assert small.scores(ASKED, []) == []


def test_a_judge_is_known_by_the_hash_of_its_weights(small: CrossEncoder) -> None:
    assert small.name.startswith("small") and len(small.name.rsplit(" ", 1)[1]) == 8
