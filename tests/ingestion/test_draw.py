"""A page of a PDF is drawn in the process with limits: a picture, or one sentence."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from ingestion.reader import Reader


@pytest.fixture
def reader() -> Iterator[Reader]:
    started = Reader()
    yield started
    started.close()


def test_a_page_is_a_picture_with_its_size_in_points(reader: Reader, printed_plan_folder: Path) -> None:
    drawn = reader.draw(printed_plan_folder / "plan.pdf", 2)
    assert (round(drawn.width), round(drawn.height)) == (595, 842)
    picture = Image.open(io.BytesIO(drawn.picture))
    assert picture.format == "WEBP"
    assert picture.width in (1500, 1501)
    assert abs(picture.width / picture.height - drawn.width / drawn.height) < 0.01


def test_a_page_that_is_not_there_is_said_to_be_missing(reader: Reader, printed_plan_folder: Path) -> None:
    for page in (0, 1000):
        with pytest.raises(UnreadableFile, match=f"has no page {page}"):
            reader.draw(printed_plan_folder / "plan.pdf", page)


def test_what_is_no_pdf_is_said_not_to_be_drawn_and_the_next_page_is(
    reader: Reader, printed_plan_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7 and nothing that could be drawn")
    with pytest.raises(UnreadableFile, match="cannot be drawn"):
        reader.draw(tmp_path / "plan.pdf", 1)
    assert reader.draw(printed_plan_folder / "plan.pdf", 1).picture


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [("os.kill(os.getpid(), 11)", r"crash \(signal 11\)"), ("time.sleep(60)", "took more than 1 seconds")],
)
def test_what_a_page_does_to_its_process_is_one_sentence(printed_plan_folder: Path, fault: str, sentence: str) -> None:
    faulty = f"import os, time, ingestion.worker as w; w.draw_page = lambda *_: {fault}; w.main()"
    reader = Reader((sys.executable, "-c", faulty))
    with pytest.raises(UnreadableFile, match=sentence):
        reader.draw(printed_plan_folder / "plan.pdf", 1, Limits(wall=1))
    reader.close()
