"""A generation that is built while the app runs is served to the next question."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from corpus.settings import Settings
from ingestion.build import ingest
from tests.app.seen import seen


def test_a_new_generation_is_noticed_without_a_restart(
    app_of: Callable[[Path, Path], AppTest], small: Settings
) -> None:
    assert small.index is not None
    app = app_of(small.corpus, small.index).run()
    app.chat_input[0].set_value("What share of Exampleton residents work from home?").run()
    assert "12% of residents work from home" in seen(app)

    plan = small.corpus / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("12%", "14%"), encoding="utf-8")
    ingest(small)
    app.chat_input[0].set_value("What share of Exampleton residents work from home?").run()
    assert "14% of residents work from home" in seen(app)
