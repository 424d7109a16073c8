"""``python -m evals [FILE …]``: ask the questions, write the report, print its headline figures."""

import argparse
from pathlib import Path

from rich.console import Console

from cli import progress_bar, settings_of
from evals.questions import FOLDER, load
from evals.report import summary
from evals.run import run

RESULTS = Path(__file__).resolve().parent / "results"


def main() -> None:
    """Run the evaluation from the command line."""
    parser = argparse.ArgumentParser(prog="evals", description="Ask the evaluation questions and score the answers.")
    parser.add_argument("files", nargs="*", type=Path, help="files of questions; none: the first 60")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--name", default="first", help="folder below evals/results for answers and report")
    given = parser.parse_args()
    questions = load(given.files or [FOLDER / "first.jsonl"])
    with progress_bar() as show:
        scores = run(questions, settings_of(given.corpus, given.index), RESULTS / given.name, show)
    out = Console(highlight=False)
    for key, value in summary(scores).items():
        out.print(f"{key:36} {value}")
    out.print(f"Report: evals/results/{given.name}/report.md")


if __name__ == "__main__":
    main()
