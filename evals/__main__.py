"""``python -m evals [FILE …]``: ask the questions, write the report, print its headline figures.

``--variant`` asks a copy of the plan, other formats or other documents; ``--all`` does everything; ``--readme`` puts
the table of results into README.md. Every variant updates its own line of ``evals/results/summary.md``.
"""

import argparse
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Display

from answering.ask import open_asker
from corpus.register import read_register
from corpus.settings import BUILT_IN_CORPUS, ROOT, Settings
from evals import parity, variants
from evals.gave import gave
from evals.questions import FOLDER, load
from evals.report import comparison, measures, put_into, record, summary
from evals.run import ask_all, ask_and_keep, asker_of, run
from evals.score import Score, score
from ingestion.build import Progress, ensure_index

RESULTS = Path(__file__).resolve().parent / "results"
INVENTED = Path(__file__).resolve().parent / "invented"
COPIES = {"counterfactual": variants.counterfactual, "renamed": variants.renamed}
OTHERS = ("formats", "samples", "samples_second", "workbooks", "invented")
out = Console(highlight=False, soft_wrap=True)


def main() -> None:
    """Run the evaluation from the command line."""
    parser = argparse.ArgumentParser(prog="evals", description="Ask the evaluation questions and score the answers.")
    parser.add_argument("files", nargs="*", type=Path, help="files of questions; none: the first 60")
    parser.add_argument(
        "--variant",
        choices=[*COPIES, *OTHERS],
        help="an evaluation of another kind",
    )
    parser.add_argument("--all", action="store_true", help="every file of questions and every variant")
    parser.add_argument("--readme", action="store_true", help="write the table of results into README.md")
    parser.add_argument("--seed", type=int, default=1, help="which copy --variant makes")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--name", default="first", help="folder below evals/results for answers and report")
    given = parser.parse_args()
    with _progress_bar() as show:
        if given.all or given.variant:
            _evaluate(
                [given.variant] if given.variant else [*COPIES, *OTHERS],
                given,
                show,
            )
        elif given.files or not given.readme:
            _questions(given, show)
    if given.readme:
        readme = ROOT / "README.md"
        out.print(
            put_into(readme, RESULTS) if readme.is_file() else "There is no README.md yet to write the table into."
        )


def _questions(given: argparse.Namespace, show: Progress) -> None:
    options = {k: v for k, v in (("corpus", given.corpus), ("index", given.index)) if v is not None}
    scores = run(load(given.files or [FOLDER / "first.jsonl"]), Settings(**options), RESULTS / given.name, show)
    for key, value in summary(scores).items():
        out.print(f"{key:36} {value}")
    out.print(f"Report: evals/results/{given.name}/report.md")


def _evaluate(names: Sequence[str], given: argparse.Namespace, show: Progress) -> None:
    """Run the evaluations by name; with --all, the files of questions before them."""
    if given.all:
        for name, line in (("first", "the first 60"), ("tables", "the published tables")):
            scores = run(load([FOLDER / f"{name}.jsonl"]), Settings(), RESULTS / name, show)
            record(RESULTS, line, measures(scores))
    original: list[Score] = []
    for name in names:
        if name in COPIES:
            original = original or _original(show)
            _copy(name, given.seed, original, show)
        elif name == "formats":
            _formats(show)
        elif name == "invented":
            _documents(INVENTED, "invented", "invented documents and tables", show)
        elif name == "workbooks":
            _workbooks(show)
        elif name == "samples_second":
            _samples_second(show)
        else:
            _samples(show)
        out.print(f"Report: evals/results/{name}/report.md")
    out.print("Summary: evals/results/summary.md")


def _original(show: Progress) -> list[Score]:
    """The plan alone, as it is: what the copies are compared with."""
    with asker_of(_writing(_plan()), show) as asker:
        scores = ask_and_keep(asker, load([FOLDER / "plan.jsonl"]), RESULTS / "plan-only", show)
    record(RESULTS, "the plan in depth", measures(scores))
    return scores


def _copy(name: str, seed: int, original: Sequence[Score], show: Progress) -> None:
    copy = COPIES[name](_plan(), [s.question for s in original], seed)
    with asker_of(_writing(copy.text), show) as asker:
        answers = ask_all(asker, copy.questions, show)
        documents = asker.generation.documents
        facts = {"Seed": str(seed), "Language model": asker.settings.model or "none"}
    scores = [score(q, a.answer, documents) for q, a in zip(copy.questions, answers, strict=True)]
    _write(name, comparison(name, original, scores, copy.unscored, facts))
    record(
        RESULTS, {"counterfactual": "other figures", "renamed": "other names"}[name], measures(scores, copy.unscored)
    )


def _formats(show: Progress) -> None:
    questions = [q for q in load([FOLDER / "first.jsonl"]) if q.kind != "table_lookup"]
    results = parity.parity(_plan(), questions, show)
    _write("formats", parity.report(results))
    for result in results:
        out.print(f"{result.suffix:6} {result.headline}")


def _shared(part: str, what: str) -> Path | None:
    """The folder of a part of the samples, which are not in this repository; None, and that it is said, where it is not."""
    folder = Path(os.environ.get("PLANCHAT_SHARED", ROOT.parent / "shared")) / "samples" / part
    if folder.is_dir():
        return folder
    out.print(f"No {what}: set PLANCHAT_SHARED to the folder that holds samples/.")
    return None


def _samples_second(show: Progress) -> None:
    """Other councils' documents and published tables, all together, as a council would keep them."""
    folder = _shared("", "other documents")
    if folder is None:
        return

    def fill(corpus: Path) -> None:
        for part in ("plans", "tables"):
            shutil.copytree(folder / part, corpus / part, copy_function=shutil.copyfile)
            (corpus / part).chmod(0o755)

    with asker_of(fill, show) as asker:
        scores = ask_and_keep(asker, load([FOLDER / "samples_second.jsonl"]), RESULTS / "samples_second", show)
    record(RESULTS, "other councils' documents, second questions", measures(scores))


def _samples(show: Progress) -> None:
    folder = _shared("plans", "other documents")
    if folder is None:
        return
    _documents(folder, "samples", "other documents", show)
    files = [file for part in ("plans", "tables") for file in sorted((folder.parent / part).glob("*"))]
    with (RESULTS / "samples" / "report.md").open("a", encoding="utf-8") as report:
        report.write(gave(files))


def _documents(folder: Path, name: str, line: str, show: Progress) -> None:
    """Ask the questions of a file about a corpus made of all the files of a folder together."""
    settings = Settings(corpus=folder)
    ensure_index(settings, show)
    asker = open_asker(settings)
    held = {d.path for d in asker.generation.documents.values()}
    questions = load([FOLDER / f"{name}.jsonl"])
    unread = {q.id: f"{q.document} is not read" for q in questions if q.document and q.document not in held}
    asked = [q for q in questions if q.id not in unread]
    record(RESULTS, line, measures(ask_and_keep(asker, asked, RESULTS / name, show, unread), unread))


def _workbooks(show: Progress) -> None:
    """Published workbooks as they are, beside the plan, which they must not flood."""
    folder = _shared("tables", "published workbooks")
    if folder is None:
        return

    def fill(corpus: Path) -> None:
        for file in sorted(folder.iterdir()):
            shutil.copyfile(file, corpus / file.name)
        _writing(_plan())(corpus)

    with asker_of(fill, show) as asker:
        scores = ask_and_keep(asker, load([FOLDER / "sample_tables.jsonl"]), RESULTS / "workbooks", show)
    record(RESULTS, "published workbooks", measures(scores))


def _plan() -> str:
    """The plan of the built-in corpus."""
    plan = next(listed.file for listed in read_register(BUILT_IN_CORPUS) if listed.kind == "plan")
    return plan.read_text(encoding="utf-8")


def _writing(text: str) -> Callable[[Path], object]:
    return lambda corpus: (corpus / "plan.md").write_text(text, encoding="utf-8")


def _write(name: str, text: str) -> None:
    (RESULTS / name).mkdir(parents=True, exist_ok=True)
    (RESULTS / name / "report.md").write_text(text, encoding="utf-8")


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A progress display on standard error, gone when it is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            key = stage.split(" ")[0]
            if key not in tasks:
                tasks[key] = display.add_task(stage, total=total)
            display.update(tasks[key], description=stage, completed=done, total=total)

        yield show


if __name__ == "__main__":
    main()
