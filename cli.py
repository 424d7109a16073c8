"""The terminal: planchat ask, ingest, figures and commitments. It only prints what the rooms below return."""

import csv
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

from answering.answer import Answer, CheckedAnswer, Status
from answering.ask import QuestionError, open_asker
from answering.contract import as_contract, citation_row, figure_row
from briefing import export
from briefing.audit import KINDS, audit
from briefing.brief import Briefer, NotBriefed
from briefing.chart import comparison
from briefing.comments import commented
from briefing.contract import commitment_row, finding_row
from briefing.draft import draft_of, read_draft
from briefing.draft_check import DraftChecker
from briefing.note import as_html, as_markdown
from briefing.register import Register, UnknownName
from briefing.verdict import Finding, Verdict
from briefing.word import as_word
from corpus.commitment import CommitmentKind, Theme
from corpus.embedder import ModelError
from corpus.index import Generation, IndexUnusable, open_generation, usable
from corpus.plain import UNSHOWABLE, plain
from corpus.register import READABLE, RegisterError
from corpus.settings import Settings
from ingestion.build import WAITING, FileReport, IngestReport, behind, ensure_index, ingest
from ingestion.errors import UnreadableFile
from prompts import reply

app = typer.Typer(
    help="Ask a council's plan, and get figures that are in it.", no_args_is_help=True, add_completion=False
)
errors = Console(stderr=True)
WRONG = "bold red"
LISTED = 1000  # rows of a list that the terminal shows; files take them all

CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder of the council's documents and tables.")]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Folder of the index.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


class CannotWrite(Exception):
    """A file that cannot be written; the message says what to do."""


def settings_of(corpus: Path | None, index: Path | None) -> Settings:
    """Settings from the environment, with what the command line says put over them."""
    given = {k: v for k, v in (("corpus", corpus), ("index", index)) if v is not None}
    return Settings(**given)  # type: ignore[arg-type]


def say(sentence: str, style: str = "yellow") -> None:
    """A sentence for the person, on standard error; brackets in it are no markup, and no sign in it steers the terminal."""
    errors.print(plain(sentence), style=style, markup=False, highlight=False, soft_wrap=not errors.is_terminal)


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A progress display on standard error, gone when it is done."""
    named = TextColumn("{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True))
    columns = (named, BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(compact=True), TextColumn("left"))
    with Progress(*columns, console=errors, transient=True, expand=True, disable=not errors.is_terminal) as display:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage == WAITING:
                say(f"{stage}.")
                return
            key = stage.split(" ")[0]
            if key not in tasks:
                tasks[key] = display.add_task(stage, total=total)
            display.update(tasks[key], description=stage, completed=done, total=total)

        yield show


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors that are meant for the person are one sentence on standard error and exit status 1 or 2."""
    try:
        yield
    except (QuestionError, UnknownName, NotBriefed) as error:
        say(str(error), WRONG)
        raise typer.Exit(2) from error
    except (RegisterError, ModelError, IndexUnusable, UnreadableFile, CannotWrite) as error:
        say(str(error), WRONG)
        raise typer.Exit(1) from error


def ready(settings: Settings) -> None:
    """Build the index where it is missing or out of date, and say which files failed.

    Where it cannot be brought up to date, that is said, and what was served before is served on.
    """
    try:
        with progress_bar() as show:
            report = ensure_index(settings, show)
    except IndexUnusable as error:
        if not usable(settings.index_folder):
            raise
        say(behind(error))
        return
    for document in report.documents if report else ():
        if document.error:
            say(document.error)


def generation_of(corpus: Path | None, index: Path | None) -> Generation:
    """The state of the corpus that is served, brought up to date; for commands that list and do not answer."""
    settings = settings_of(corpus, index)
    with plain_errors():
        ready(settings)
        return open_generation(settings.index_folder, settings.embedding_model, settings.area)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSON Lines of questions; - for standard input.")
    ] = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a question with cited figures, or say that the sources do not."""
    if (question is None) == (batch is None):
        say("Give one question in quotes, or --batch FILE.", WRONG)
        raise typer.Exit(2)
    settings = settings_of(corpus, index)
    with plain_errors():
        if question is not None and not question.strip():
            raise QuestionError("Ask a question: the text is empty.")
        ready(settings)
        asker = open_asker(settings)
        if question is not None:
            checked = asker.ask(question)
            print(json.dumps(as_contract(checked), ensure_ascii=False)) if as_json else print_answer(checked)
            return
        failed = False
        for line in _batch_lines(batch):
            out, wrong = _batch_answer(asker, line)
            failed = failed or wrong
            print(_as_line(out), flush=True)
    raise typer.Exit(1 if failed else 0)


def _batch_lines(batch: Path | None) -> Iterator[str]:
    """The lines that hold something; a byte that is no UTF-8 spoils no line but its own."""
    if batch is None or str(batch) == "-":
        yield from _filled(sys.stdin.buffer)
        return
    if not batch.is_file():
        say(f"The file {batch} does not exist.", WRONG)
        raise typer.Exit(2)
    with batch.open("rb") as file:
        yield from _filled(file)


def _filled(lines: Iterable[bytes]) -> Iterator[str]:
    return (line for line in (raw.decode("utf-8-sig", "replace") for raw in lines) if line.strip())


def _as_line(out: dict[str, Any]) -> str:
    """An answer as a line of JSON, all in ASCII where it would hold a sign that is no text, as an id may."""
    line = json.dumps(out, ensure_ascii=False)
    return line if UNSHOWABLE.search(line) is None else json.dumps(out)


class _BatchLine(BaseModel):
    """One line of a batch; its id is given back as it came."""

    model_config = ConfigDict(strict=True)

    question: str
    history: list[str] | None = None


def _batch_answer(asker: Any, line: str) -> tuple[dict[str, Any], bool]:
    """One line's answer, and whether it could not be asked: then it says why in the answer's place, and the rest goes on."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        item = None
    name = item.get("id") if isinstance(item, dict) else None
    try:
        asked = _BatchLine.model_validate(item)
    except ValidationError:
        why = "This line is not JSON with a text 'question' and a list 'history' of texts."
        question = item.get("question") if isinstance(item, dict) else None
        known = {"question": plain(question)} if isinstance(question, str) else {}
        return {"id": name, **known, "status": "error", "answer": why}, True
    try:
        return {"id": name, **as_contract(asker.ask(asked.question, asked.history or []))}, False
    except QuestionError as error:
        return {"id": name, "question": plain(asked.question), "status": "error", "answer": str(error)}, True


@app.command("ingest")
def ingest_command(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders to add; none: the whole corpus.")] = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Read documents and tables into the index. One bad file never stops the others."""
    settings = settings_of(corpus, index)
    with plain_errors(), progress_bar() as show:
        report = ingest(settings, show, paths or ())
    if as_json:
        print(json.dumps({"documents": [_report(d) for d in report.documents], "seconds": round(report.seconds, 2)}))
    else:
        print_report(report)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def figures(
    area: Annotated[str | None, typer.Option("--area", help="Only figures for this area.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """List every figure known, with its measure, area, period, kind and place."""
    generation = generation_of(corpus, index)
    known = generation.every_figure()
    if area:
        keys: dict[str, str] = {}
        wanted = generation.gazetteer.named(area).key
        known = (
            f
            for f in known
            if f.area
            and (keys.get(f.area) or keys.setdefault(f.area, generation.gazetteer.named(f.area).key)) == wanted
        )
    rows = (figure_row(generation, f) for f in known)
    _print_rows(rows, as_json, as_csv, ("text", "measure", "area", "period", "kind", "citation"))


@app.command()
def commitments(
    theme: Annotated[str | None, typer.Option("--theme", help="Number or words of a theme.")] = None,
    partner: Annotated[str | None, typer.Option("--partner", help="An organisation, as lead or in support.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="activity, output, outcome, issue, lead or support.")
    ] = None,
    due: Annotated[int | None, typer.Option("--due", help="A year: only what is due by then, soonest first.")] = None,
    targets: Annotated[
        bool, typer.Option("--targets", help="Only what has a target, with what has come of it.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a .csv, .xlsx or .docx file.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """List what the plan commits to: by theme, by partner, by due date, or its targets."""
    kinds = [k.value for k in CommitmentKind]
    if kind and kind not in kinds:
        say(f"There is no kind '{kind}'. The kinds are: {', '.join(kinds)}.", WRONG)
        raise typer.Exit(2)
    if output is not None and output.suffix.lower() not in REGISTER_FORMATS:
        say(f"Give -o a name that ends in {', '.join(REGISTER_FORMATS)}.", WRONG)
        raise typer.Exit(2)
    generation = generation_of(corpus, index)
    with plain_errors():
        rows = Register(generation).chosen(
            theme=theme, partner=partner, kind=kind, due=str(due) if due is not None else None, targets=targets
        )
        if output is not None:
            write_file(output, REGISTER_FORMATS[output.suffix.lower()](rows, generation))
            say(f"{len(rows)} commitments. Written to {output}.")
            return
    listed = [commitment_row(generation, r) for r in rows]
    _print_rows(listed, as_json, as_csv, ("theme_number", "theme", "kind", "text", "lead", "partners", "due"))


REGISTER_FORMATS = {".csv": export.as_csv, ".xlsx": export.as_workbook, ".docx": export.as_word}


@app.command()
def check(
    draft: Annotated[str, typer.Argument(help="A draft: Word, Markdown, text or PDF; - for standard input.")],
    comments: Annotated[
        Path | None,
        typer.Option("--comments", help="Write a copy of the draft in Word, with a comment on each figure."),
    ] = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Hold every figure of a draft against the sources: supported, contradicted or not found."""
    generation = generation_of(corpus, index)
    with plain_errors():
        read = draft_of(sys.stdin.read(), generation) if draft == "-" else read_draft(Path(draft), generation)
        findings = DraftChecker(generation).check(read)
    if not findings:
        errors.print(reply("check.no_figures"), style="yellow")
    if as_json:
        print(json.dumps([finding_row(f) for f in findings], ensure_ascii=False))
    else:
        print_findings(findings)
    if comments is not None:
        with plain_errors():
            write_file(comments, commented(read, findings, None if draft == "-" else Path(draft)))
        errors.print(f"Comments written to {comments}.", highlight=False, soft_wrap=True)


@app.command()
def brief(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the note: .docx, .md or .html.")],
    topic: Annotated[str | None, typer.Argument(help="A topic, in quotes.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", help="Number or words of a theme.")] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Write a briefing note on a topic or a theme, with key figures, a chart, sources and caveats."""
    suffix = output.suffix.lower()
    if (topic is None) == (theme is None) or suffix not in (".docx", ".md", ".html"):
        say("Give a topic in quotes or --theme, and -o with a name that ends in .docx, .md or .html.", WRONG)
        raise typer.Exit(2)
    generation = generation_of(corpus, index)
    with plain_errors():
        briefer = Briefer(generation)
        made = (
            briefer.theme(theme_of(generation, theme), date.today())
            if theme
            else briefer.topic(topic or "", date.today())
        )
        chart = comparison([row.figure for row in made.figures], generation.gazetteer)
        note = as_markdown(made, chart)
        text = note if suffix == ".md" else as_html(made, chart)
        try:
            write_file(output, as_word(made, chart) if suffix == ".docx" else text.encode("utf-8"))
        except CannotWrite:
            print(note)  # so that the note is not lost
            raise
    say(f"{made.title}: {len(made.figures)} figures, {len(made.sources)} sources. Written to {output}.")


def theme_of(generation: Generation, wanted: str) -> Theme:
    """The theme of that number or with those words. Raises UnknownName, which lists the themes, where there is none."""
    for t in generation.themes:
        if wanted.strip() == str(t.number) or wanted.lower() in t.heading.lower():
            return t
    raise UnknownName(reply("register.no_theme", theme=wanted, themes="; ".join(t.heading for t in generation.themes)))


@app.command("audit")
def audit_command(as_json: JsonOption = False, corpus: CorpusOption = None, index: IndexOption = None) -> None:
    """Say what is doubtful in the sources themselves, and why it matters."""
    queries = audit(generation_of(corpus, index))
    if as_json:
        rows = [
            {"kind": q.kind, "message": q.message, "why": q.why, "citations": [citation_row(c) for c in q.citations]}
            for q in queries
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return
    out = Console(highlight=False)
    for kind in KINDS:
        chosen = [q for q in queries if q.kind == kind]
        if not chosen:
            continue
        out.print(f"\n{kind.replace('_', ' ').upper()} ({len(chosen)})", style="bold")
        out.print(chosen[0].why, style="dim", markup=False)
        for q in chosen:
            out.print(f"\n  {q.message}", markup=False)
            for c in q.citations:
                out.print(f"    {place_of(citation_row(c))}", style="cyan", markup=False)
    out.print(f"\n{len(queries)} things to look at." if queries else reply("audit.none"))


def print_findings(findings: Sequence[Finding]) -> None:
    """The verdicts as a person reads them in a terminal: what needs a look first."""
    out = Console(highlight=False)
    looks = {Verdict.CONTRADICTED: "bold red", Verdict.NOT_FOUND: "yellow", Verdict.SUPPORTED: "green"}
    for verdict, look in looks.items():
        chosen = [f for f in findings if f.verdict is verdict]
        if not chosen:
            continue
        out.print(f"\n{verdict.value.replace('_', ' ').upper()} ({len(chosen)})", style=look)
        for f in chosen:
            out.print(f"\n  {f.text}", style="bold", markup=False, end="")
            out.print(f"   {f.why}", markup=False)
            for note in f.notes:
                out.print(f"    Note: {note}", style="dim", markup=False)
            out.print(f"    Draft: “{f.sentence}”", markup=False)
            if f.citation:
                out.print(f"    {place_of(citation_row(f.citation))}", style="cyan", markup=False)
    if findings:
        counted = ", ".join(f"{sum(f.verdict is v for f in findings)} {v.value.replace('_', ' ')}" for v in looks)
        out.print(f"\n{len(findings)} figures: {counted}.")


def write_file(file: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises CannotWrite with a sentence for the person."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True) if os.access(file.parent, os.W_OK) else None
        raise CannotWrite(
            f"{file} could not be written ({error.strerror or error}). Nothing was changed; name a file in another folder."
        ) from error


def _print_rows(rows: Iterable[dict[str, Any]], as_json: bool, as_csv: bool, columns: tuple[str, ...]) -> None:
    """Rows as JSON, CSV or a table; one at a time, because a workbook has more than memory should hold."""
    if as_json:
        between = "["
        for row in rows:
            sys.stdout.write(between + json.dumps(row, ensure_ascii=False))
            between = ", "
        print("]" if between == ", " else "[]")
        return
    placed = ({**r, "citation": place_of(r["citation"])} for r in rows)
    flat = ({k: "; ".join(map(str, v)) if isinstance(v, list) else v for k, v in r.items()} for r in placed)
    if as_csv:
        writer = csv.DictWriter(
            sys.stdout, [*columns, *(("citation",) if "citation" not in columns else ())], extrasaction="ignore"
        )
        writer.writeheader()
        for row in flat:
            writer.writerow({k: export.safe(v) for k, v in row.items()})
        return
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " ").capitalize(), overflow="fold")
    left = 0
    for n, row in enumerate(flat):
        if n < LISTED:
            table.add_row(*("" if row[c] is None else str(row[c]) for c in columns))
        left = max(0, n + 1 - LISTED)
    Console().print(table)
    if left:
        errors.print(f"And {left:,} more: take them all with --csv or --json, or fewer with a filter.", style="dim")


def place_of(c: dict[str, Any]) -> str:
    """Where a citation stands, in words."""
    parts = [c["title"], *(c["section"] or [])]
    if c["page"]:
        parts.append(f"page {c['page']}")
    if c["cell"]:
        parts.append(c["cell"])
    return ", ".join(parts)


def print_answer(checked: CheckedAnswer) -> None:
    """The answer as a person reads it in a terminal."""
    out = Console(highlight=False)
    answer = checked.answer
    out.print()
    out.print(
        answer.text.replace("**", ""), style="bold" if answer.status is Status.ANSWERED else "yellow", markup=False
    )
    for question in answer.suggestions:
        out.print(f"  • {question}", markup=False)
    shown = answer.citations if answer.citations else answer.nearest
    if answer.nearest and not answer.citations:
        out.print("\nNearest in the sources (not an answer):", style="dim")
    for c in shown:
        out.print()
        out.print(f"[{c.id}] {place_of(citation_row(c))}", style="cyan", markup=False)
        out.print(f"    “{' '.join(c.quote.split())}”", markup=False)
        if c.source:
            out.print(f"    Source: {c.source}", style="dim", markup=False)
    _print_caveats(out, answer)


def _print_caveats(out: Console, answer: Answer) -> None:
    if answer.caveats:
        out.print()
        for caveat in answer.caveats:
            out.print(f"Note: {caveat}", style="dim", markup=False)
    out.print()


_COUNTS = ("pages", "passages", "tables", "figures")


def print_report(report: IngestReport) -> None:
    """What became of each file: a table where the names fit, else two lines a file; then what there is to say of it."""
    if not report.documents:
        say(f"There is nothing to read: the corpus holds no file that ends in one of {', '.join(sorted(READABLE))}.")
        return
    longest = max(len(d.path) for d in report.documents)
    width = None if sys.stdout.isatty() else max(80, longest + 46)
    out = Console(highlight=False, markup=False, width=width)
    if not out.is_terminal or longest + 46 <= out.width:
        _print_table(out, report.documents, longest)
    else:
        for d in report.documents:
            counts = (f"{n:,} {noun[:-1] if n == 1 else noun}" for noun in _COUNTS if (n := getattr(d, noun)))
            out.print(f"{d.path}\n    {', '.join((d.status, *counts))}", soft_wrap=True)
    for d in report.documents:
        for warning in d.warnings:
            say(f"{d.path}: {warning}")
        if d.error:
            say(d.error, WRONG)
    statuses = Counter(d.status for d in report.documents)
    became = ", ".join(f"{n} {status}" for status, n in statuses.items())
    out.print(f"Done in {report.seconds:.1f} s: {became}.", soft_wrap=True)


def _print_table(out: Console, documents: Sequence[FileReport], longest: int) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("File", no_wrap=True, min_width=longest)
    table.add_column("Status")
    for noun in _COUNTS:
        table.add_column(noun.capitalize(), justify="right")
    for d in documents:
        counts = [getattr(d, noun) for noun in _COUNTS]
        table.add_row(Text(d.path), d.status, *(f"{n:,}" if n else "–" if any(counts) else "" for n in counts))
    out.print(table)


def _report(d: FileReport) -> dict[str, Any]:
    return {
        "path": d.path, "status": d.status, "pages": d.pages, "passages": d.passages, "tables": d.tables,
        "figures": d.figures, "warnings": list(d.warnings), "error": d.error,
    }  # fmt: skip


def main() -> None:
    """The ``planchat`` command."""
    logging.getLogger("transformers").setLevel(logging.ERROR)
    app()


if __name__ == "__main__":
    main()
