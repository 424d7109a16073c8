"""A run: questions are asked once, and the answers, the scores and the report are kept in one folder."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from pydantic import TypeAdapter

from answering.answer import CheckedAnswer
from answering.ask import Asker, open_asker
from corpus.settings import Settings
from evals.questions import EvalQuestion
from evals.report import report, summary
from evals.score import Score, score
from ingestion.build import Progress, ensure_index, silent

_ADAPTER = TypeAdapter(CheckedAnswer)


def ask_all(asker: Asker, questions: Sequence[EvalQuestion], progress: Progress = silent) -> list[CheckedAnswer]:
    """The answers to the questions, in order."""
    answers: list[CheckedAnswer] = []
    for done, question in enumerate(questions):
        progress("Asking", done, len(questions))
        answers.append(asker.ask(question.question, question.history))
    progress("Asking", len(questions), len(questions))
    return answers


def run(
    questions: Sequence[EvalQuestion], settings: Settings, folder: Path, progress: Progress = silent
) -> list[Score]:
    """Ask, score, and write ``answers.jsonl``, ``scores.json`` and ``report.md`` into the folder."""
    ensure_index(settings, progress)
    return ask_and_keep(open_asker(settings), questions, folder, progress)


def ask_and_keep(
    asker: Asker,
    questions: Sequence[EvalQuestion],
    folder: Path,
    progress: Progress = silent,
    unscored: Mapping[str, str] | None = None,
) -> list[Score]:
    """The same with an asker that is there already. unscored: questions that were left out, and why (id → reason)."""
    started = time.monotonic()
    answers = ask_all(asker, questions, progress)
    seconds = time.monotonic() - started
    scores = [score(q, a.answer, asker.generation.documents) for q, a in zip(questions, answers, strict=True)]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as file:
        for q, a in zip(questions, answers, strict=True):
            file.write(json.dumps({"id": q.id, **json.loads(_ADAPTER.dump_json(a))}, ensure_ascii=False) + "\n")
    (folder / "scores.json").write_text(json.dumps(summary(scores), indent=1), encoding="utf-8")
    times = [sum(a.timing_ms.values()) for a in answers]
    facts = {
        "Questions": str(len(questions)),
        "Corpus": asker.generation.id,
        "Language model": asker.settings.model or "none",
        "Median time for an answer": f"{median(times):.0f} ms" if times else "–",
        "Whole run": f"{seconds:.0f} s",
    }
    if unscored:
        facts["Left out, and not counted"] = "; ".join(f"{id_} ({why})" for id_, why in unscored.items())
    (folder / "report.md").write_text(report(folder.name, scores, facts), encoding="utf-8")
    return scores


@contextmanager
def asker_of(fill: Callable[[Path], object], progress: Progress = silent) -> Iterator[Asker]:
    """Asks a corpus of what ``fill`` writes into a folder: no register, no other file, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="planchat-evals-") as name:
        corpus = Path(name) / "corpus"
        corpus.mkdir()
        fill(corpus)
        settings = Settings(corpus=corpus, index=Path(name) / "index")
        ensure_index(settings, progress)
        yield open_asker(settings)
