"""An answer as plain text: what was asked, the answer, and each source with its place and its words."""

from answering.ask import Asker
from pages.plain import as_plain


def test_a_copied_answer_carries_its_sources(asker: Asker) -> None:
    answer = asker.ask("What share of residents have NVQ4?").answer
    text = as_plain(answer, asker.generation.documents)
    assert text.splitlines()[0] == answer.standalone
    assert "41%" in text and "[1]" in text
    assert "Note: Dacorum Economic Recovery Plan is marked DRAFT." in text
    source = next(line for line in text.splitlines() if line.startswith("[1] "))
    assert source.startswith(
        "[1] Dacorum Economic Recovery Plan (September 2021, DRAFT), 3. Current baseline evidence › "
    )
    assert "residents with NVQ4 (41% and 45% respectively)" in source
    assert "**" not in text


def test_a_copied_cell_is_named_by_its_place(asker: Asker) -> None:
    answer = asker.ask("What is the median gross annual pay of residents in Hertfordshire in 2025?").answer
    assert "line 17, column 3" in as_plain(answer, asker.generation.documents)


def test_a_page_is_named_with_the_words(printed_asker: Asker) -> None:
    answer = printed_asker.ask("What share of residents have NVQ4?").answer
    assert "(September 2021, DRAFT), page 2; 3. Current" in as_plain(answer, printed_asker.generation.documents)
