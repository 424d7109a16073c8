"""What may stand in one chart, in which order, and how sure its table is of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.series import grouped, half_width, latest, measure_of, periods
from corpus.figure import Figure
from corpus.index import Generation, open_generation
from corpus.settings import Settings
from ingestion.build import ingest

PAY = """Gross weekly pay, residents

Area,2021,Conf %,2022,Conf %
Exampleton,512.5,4.1,530.0,4.0
Sampleford,498.0,3.0,515.5,3.2
"""
VARIES = PAY.replace("Conf %", "CV %")
TIDY = """measure,area,value,unit,period,kind
homes built,Exampleton,300,count,2021,outturn
homes built,Exampleton,320,count,2022,outturn
homes built,Exampleton,400,count,2025,target
homes built,Sampleford,90,count,2022,outturn
"output, chained volume measures",Exampleton,900,gbp,2021,outturn
"output, current prices",Exampleton,950,gbp,2021,outturn
"""
Reads = Callable[[str], Generation]


@pytest.fixture
def read(tmp_path: Path, settings_of_folder: Callable[[Path, Path], Settings]) -> Reads:
    def read_table(text: str) -> Generation:
        (tmp_path / "corpus").mkdir()
        (tmp_path / "corpus" / "table.csv").write_text(text, encoding="utf-8")
        settings = settings_of_folder(tmp_path / "corpus", tmp_path / "index")
        ingest(settings)
        return open_generation(settings.index_folder, settings.embedding_model)

    return read_table


def named(figures: list[Figure]) -> list[tuple[str | None, str | None, str]]:
    return [(f.area, f.period, f.quantity.text) for f in figures]


def test_figures_of_one_measure_belong_together_and_no_others(read: Reads) -> None:
    found = grouped(read(TIDY).every_figure())
    assert len(found) == 3
    homes = next(of for measure, of in found.items() if "homes" in measure.measure)
    assert named(homes)[:2] == [("Exampleton", "2021", "300"), ("Exampleton", "2022", "320")]
    assert len(homes) == 4


def test_real_and_nominal_are_never_mixed(read: Reads) -> None:
    bases = {measure.measure: measure.basis for measure in grouped(read(TIDY).every_figure())}
    assert bases["output, chained volume measures"] == "real"
    assert bases["output, current prices"] == "nominal"


def test_periods_are_in_order_and_the_latest_is_of_what_was_measured(read: Reads) -> None:
    homes = [f for f in read(TIDY).every_figure() if f.measure == "homes built"]
    assert periods(homes[::-1]) == ["2021", "2022", "2025"]
    assert latest(homes) == "2022"
    assert len({measure_of(f) for f in homes}) == 1


def test_a_confidence_interval_is_drawn_and_a_coefficient_of_variation_is_not(read: Reads) -> None:
    generation = read(PAY)
    widths = {f.quantity.text: half_width(f, generation) for f in generation.every_figure()}
    assert {text: str(width) for text, width in widths.items()} == {
        "512.5": "4.1",
        "530.0": "4.0",
        "498.0": "3.0",
        "515.5": "3.2",
    }


def test_a_coefficient_of_variation_is_no_interval(read: Reads) -> None:
    generation = read(VARIES)
    figures = list(generation.every_figure())
    assert figures and all(f.reliability for f in figures)
    assert [half_width(f, generation) for f in figures] == [None] * len(figures)
