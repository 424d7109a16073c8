"""The command line keeps its contract: what it prints, in which shape, and with which exit status."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli import app
from corpus.settings import Settings

NVQ4 = "What share of our residents have NVQ4?"
ANSWER = {
    "question",
    "standalone",
    "status",
    "answer",
    "figures",
    "citations",
    "caveats",
    "suggestions",
    "nearest",
    "confidence",
    "receipt",
    "timing_ms",
}
FIGURE = {"text", "value", "unit", "measure", "area", "period", "kind", "qualifier", "citation", "derived", "working"}
CITATION = {"id", "document", "title", "date", "page", "section", "cell", "quote", "start", "end", "source"}


@pytest.fixture(autouse=True)
def settings_of_no_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CORPUS", "INDEX", "MODEL", "EMBEDDING_MODEL", "JUDGE", "AREA"):
        monkeypatch.delenv(f"PLANCHAT_{name}", raising=False)


class Terminal:
    """Runs planchat in this process, over one index."""

    def __init__(self, index: Path, corpus: Path | None = None) -> None:
        self.options = ["--index", str(index), *(["--corpus", str(corpus)] if corpus else [])]

    def run(self, *words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, [*words, *self.options], input=stdin)

    def json(self, *words: str) -> Any:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)


@pytest.fixture
def real(built_index: Path) -> Terminal:
    return Terminal(built_index)


@pytest.fixture
def own(small: Settings) -> Terminal:
    """A small corpus of its own."""
    return Terminal(small.index_folder, small.corpus)


def sentence(result: Result) -> str:
    """What was said on standard error, which must be plain words."""
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_an_answer_has_the_contracts_shape(real: Terminal) -> None:
    answer = real.json("ask", NVQ4)
    assert set(answer) == ANSWER
    assert answer["status"] == "answered"
    assert all(set(f) - {"upper"} == FIGURE for f in answer["figures"])
    assert answer["citations"] and all(set(c) == CITATION for c in answer["citations"])
    assert set(answer["receipt"]) == {"corpus", "planchat", "judge", "model"}
    assert 0.0 <= answer["confidence"] <= 1.0
    first = answer["figures"][0]
    assert (first["text"], first["value"], first["unit"], first["area"]) == ("41%", 41.0, "percent", "Dacorum")


def test_json_is_all_that_is_printed(real: Terminal) -> None:
    result = real.run("ask", NVQ4, "--json")
    assert len(result.stdout.strip().splitlines()) == 1


def test_a_quote_stands_at_the_characters_that_are_named(real: Terminal) -> None:
    from corpus.settings import BUILT_IN_CORPUS

    for c in real.json("ask", NVQ4)["citations"]:
        if c["cell"] is None:
            text = (BUILT_IN_CORPUS / c["document"]).read_text(encoding="utf-8")
            assert text[c["start"] : c["end"]] == c["quote"]


def test_a_refusal_is_done_and_offers_no_figure(real: Terminal) -> None:
    answer = real.json("ask", "Who leads Theme 4?")
    assert (answer["status"], answer["figures"], answer["citations"]) == ("not_found", [], [])
    assert answer["nearest"] and all(set(c) == CITATION for c in answer["nearest"])


def test_large_values_are_plain_numbers(real: Terminal) -> None:
    answer = real.json("ask", "How much new commercial space will there be at the Herts Innovation Quarter?")
    assert (answer["figures"][0]["value"], answer["figures"][0]["unit"]) == (3000000, "sq_ft")


def test_a_person_reads_the_answer_its_place_and_its_words(real: Terminal) -> None:
    result = real.run("ask", NVQ4)
    assert result.exit_code == 0
    assert "41%" in result.stdout and "[1]" in result.stdout
    assert "Dacorum Economic Recovery Plan" in result.stdout


def test_a_question_back_lists_what_could_be_meant(real: Terminal) -> None:
    asked = real.json("ask", "What is the figure?")
    assert asked["status"] == "clarify" and asked["suggestions"]
    said = " ".join(real.run("ask", "What is the figure?").stdout.split())
    assert all(question in said for question in asked["suggestions"])


BATCH = [
    '{"id": "a", "question": "What share of our residents have NVQ4?"}',
    "this is no JSON",
    '{"id": "b", "question": "And in Hertfordshire?", "history": ["What is the NVQ4 rate in Dacorum?"]}',
    '{"id": "c"}',
    '{"id": "d", "question": ""}',
    '["a list"]',
    '{"id": 7, "question": "Who leads Theme 2?", "history": null}',
    '{"id": "e", "question": "x", "history": "no list"}',
]


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_a_batch_answers_in_order_and_a_bad_line_stops_nothing(real: Terminal, tmp_path: Path, way: str) -> None:
    lines = "\n".join(BATCH) + "\n"
    (tmp_path / "batch.jsonl").write_text(lines, encoding="utf-8")
    place = str(tmp_path / "batch.jsonl") if way == "file" else "-"
    result = real.run("ask", "--batch", place, "--json", stdin=lines if way == "stdin" else None)
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(out) == len(BATCH)
    statuses = ["answered", "error", "answered", "error", "error", "error", "answered", "error"]
    assert [o["status"] for o in out] == statuses
    assert [o["id"] for o in out] == ["a", None, "b", "c", "d", None, 7, "e"]
    assert out[2]["figures"][0]["text"] == "45%"
    failed = [o for o in out if o["status"] == "error"]
    assert all(set(o) - {"question"} == {"id", "status", "answer"} and o["answer"].endswith(".") for o in failed)
    assert [o.get("question") for o in failed] == [None, None, "", None, "x"]


def test_a_line_that_is_too_long_says_so_in_the_answer_s_place(real: Terminal) -> None:
    line = json.dumps({"id": "long", "question": "x" * 10_000})
    result = real.run("ask", "--batch", "-", "--json", stdin=line + "\n" + BATCH[0] + "\n")
    wrong, right = (json.loads(printed) for printed in result.stdout.splitlines())
    assert (result.exit_code, right["status"]) == (1, "answered")
    assert (wrong["id"], wrong["status"], len(wrong["question"])) == ("long", "error", 10_000)
    assert wrong["answer"] == "The question has 10,000 characters. Shorten it to 2,000 or fewer."


def test_signs_that_are_no_text_stop_no_batch_and_reach_no_terminal(real: Terminal, tmp_path: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + BATCH[0].encode(),
        b'{"id": "\\ud800", "question": "\\u202e\\u009b2J"}',
        b'{"id": "\xff", "question": 8}',
        '{"id": "z", "question": "Who leads \u202e<b>Theme</b> 2?"}'.encode(),
    ]
    (tmp_path / "batch.jsonl").write_bytes(b"\n".join(lines))
    result = real.run("ask", "--batch", str(tmp_path / "batch.jsonl"), "--json")
    assert not any(sign in result.stdout for sign in "\u202e\x9b\x1b")
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert [o["status"] for o in out] == ["answered", "error", "error", "answered"]
    assert (out[1]["id"], out[1]["question"], out[3]["question"]) == ("\ud800", "", "Who leads Theme 2?")


def test_an_error_that_repeats_what_was_typed_steers_no_terminal(real: Terminal) -> None:
    result = real.run("commitments", "--theme", "\x1b[2Jnine\u202e")
    assert (result.exit_code, "\x1b[2J" in result.stderr, "\u202e" in result.stderr) == (2, False, False)


def test_a_bad_line_keeps_its_id_where_it_has_one(real: Terminal) -> None:
    lines = ['{"id": "c"}', '{"id": 7, "question": 8}', '{"id": "e", "question": "x", "history": "no list"}', "[]"]
    result = real.run("ask", "--batch", "-", "--json", stdin="\n".join(lines))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["c", 7, "e", None]


def test_a_batch_in_which_nothing_failed_is_done(real: Terminal) -> None:
    result = real.run("ask", "--batch", "-", "--json", stdin=BATCH[0] + "\n\n" + BATCH[2] + "\n")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)


def test_a_missing_batch_file_is_wrong_usage(real: Terminal, tmp_path: Path) -> None:
    result = real.run("ask", "--batch", str(tmp_path / "nowhere.jsonl"), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere.jsonl does not exist." in sentence(result)


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_question_is_wrong_usage(real: Terminal, question: str) -> None:
    result = real.run("ask", question, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Ask a question: the text is empty." in sentence(result)


def test_a_question_of_10000_characters_is_wrong_usage(real: Terminal) -> None:
    result = real.run("ask", "x" * 10_000, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The question has 10,000 characters. Shorten it to 2,000 or fewer." in sentence(result)


@pytest.mark.parametrize(
    "words", [["ask"], ["ask", "a question", "--batch", "-"], ["no-such-command"], ["ask", "q", "--no-such-option"]]
)
def test_wrong_usage_ends_with_2(real: Terminal, words: list[str]) -> None:
    assert real.run(*words).exit_code == 2


@pytest.mark.parametrize("words", [["ask", NVQ4], ["ingest"], ["figures"], ["commitments"]])
def test_a_missing_corpus_folder_is_said_in_a_sentence(tmp_path: Path, words: list[str]) -> None:
    result = Terminal(tmp_path / "index", tmp_path / "nowhere").run(*words, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nowhere does not exist. Give an existing folder with --corpus." in sentence(result)


def test_a_wrong_hash_fails_that_file_and_answers_from_the_rest(own: Terminal, small: Settings) -> None:
    (small.corpus / "register.toml").write_text(
        f'[[file]]\npath = "plan.md"\nsha256 = "{"0" * 64}"\n[[file]]\npath = "jobs.csv"\n', encoding="utf-8"
    )
    result = own.run("ingest", "--json")
    documents = {d["path"]: d for d in json.loads(result.stdout)["documents"]}
    assert result.exit_code == 1
    assert (documents["plan.md"]["status"], documents["jobs.csv"]["status"]) == ("failed", "added")
    assert "is not the file that was registered" in documents["plan.md"]["error"]
    asked = own.run("ask", "How many enterprises are there?", "--json")
    assert asked.exit_code == 0
    assert json.loads(asked.stdout)["figures"][0]["text"] == "415"


def test_ingest_has_the_contracts_shape(own: Terminal) -> None:
    report = own.json("ingest")
    assert set(report) == {"documents", "seconds"}
    assert all(
        set(d) == {"path", "status", "pages", "passages", "tables", "figures", "warnings", "error"}
        for d in report["documents"]
    )
    assert [d["status"] for d in report["documents"]] == ["added", "added"]
    assert [d["status"] for d in own.json("ingest")["documents"]] == ["unchanged", "unchanged"]


def test_a_named_file_is_taken_in_and_a_missing_one_is_said(own: Terminal, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("# More\n\nIn Exampleton, 77% of shops are open.\n", encoding="utf-8")
    result = own.run("ingest", str(tmp_path / "more.md"), str(tmp_path / "nowhere.md"), "--json")
    documents = json.loads(result.stdout)["documents"]
    assert result.exit_code == 1
    assert [(d["path"], d["status"]) for d in documents] == [
        ("plans/more.md", "added"),
        (str(tmp_path / "nowhere.md"), "failed"),
    ]
    assert documents[1]["error"].endswith("does not exist.")


def test_a_missing_index_is_built_first_and_json_stays_pure(own: Terminal) -> None:
    answer = own.json("ask", "How many enterprises are there?")
    assert answer["figures"][0]["value"] == 415


def test_an_index_out_of_date_is_brought_up_to_date_first(built: Settings) -> None:
    table = built.corpus / "jobs.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("415", "416"), encoding="utf-8")
    answer = Terminal(built.index_folder, built.corpus).json("ask", "How many enterprises are there?")
    assert answer["figures"][0]["value"] == 416


def test_a_damaged_index_is_built_again_first(built: Settings) -> None:
    for manifest in built.index_folder.glob("generations/*/manifest.json"):
        manifest.write_text("{", encoding="utf-8")
    answer = Terminal(built.index_folder, built.corpus).json("ask", "How many enterprises are there?")
    assert answer["figures"][0]["value"] == 415


def test_a_damaged_store_is_said_in_a_sentence(built: Settings) -> None:
    (built.index_folder / "store.sqlite").write_bytes(b"no database" * 1000)
    terminal = Terminal(built.index_folder, built.corpus)
    result = terminal.run("ingest", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Delete that folder and run 'planchat ingest'." in sentence(result)
    asked = terminal.run("ask", "How many enterprises are there?", "--json")
    assert (asked.exit_code, json.loads(asked.stdout)["figures"][0]["value"]) == (0, 415)
    assert sentence(asked).endswith("Answers come from the state of the corpus before.")


def test_figures_are_listed_with_their_citation(real: Terminal) -> None:
    rows = real.json("figures")
    assert len(rows) > 500
    row = next(r for r in rows if r["text"] == "41%" and r["citation"]["document"].endswith(".md"))
    assert (row["value"], row["unit"], row["area"], row["kind"]) == (41.0, "percent", "Dacorum", "baseline")
    assert "41%" in row["citation"]["quote"]


def test_figures_of_one_area_are_of_that_area_alone(real: Terminal) -> None:
    rows = real.json("figures", "--area", "watford")
    assert rows and {r["area"] for r in rows} == {"Watford"}
    assert "£33,662" in {r["text"] for r in rows}


def test_figures_are_listed_as_csv(real: Terminal) -> None:
    result = real.run("figures", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == ["text", "measure", "area", "period", "kind", "citation"]
    assert len(rows) == len(real.json("figures"))
    assert any(r["text"] == "-1.8%" for r in rows)
    assert not any(cell[:1] in ("=", "+", "@") for r in rows for cell in r.values() if cell)


def test_commitments_have_the_contracts_shape(real: Terminal) -> None:
    rows = real.json("commitments")
    keys = {"id", "theme", "theme_number", "kind", "text", "lead", "partners", "figures", "due", "missing", "citation"}
    assert rows and all(keys <= set(r) for r in rows)
    assert {r["theme_number"] for r in rows if r["theme"]} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("options", "theme", "kind"),
    [(["--theme", "4"], 4, None), (["--theme", "town centre"], 5, None), (["--kind", "lead"], None, "lead")],
)
def test_commitments_are_chosen(real: Terminal, options: list[str], theme: int | None, kind: str | None) -> None:
    rows = real.json("commitments", *options)
    assert rows
    assert theme is None or {r["theme_number"] for r in rows} == {theme}
    assert kind is None or {r["kind"] for r in rows} == {kind}


def test_commitments_of_a_partner(real: Terminal) -> None:
    rows = real.json("commitments", "--partner", "herts lep", "--kind", "support")
    assert {r["theme_number"] for r in rows} == {2, 3}


def test_a_theme_without_a_lead_says_that_it_is_missing(real: Terminal) -> None:
    rows = real.json("commitments", "--theme", "4")
    assert {r["lead"] for r in rows} == {None}
    assert all("lead" in r["missing"] for r in rows)


@pytest.mark.parametrize(("options", "named"), [(["--theme", "9"], "Theme 1"), (["--kind", "promise"], "activity")])
def test_an_unknown_choice_is_wrong_usage_that_names_the_known(real: Terminal, options: list[str], named: str) -> None:
    result = real.run("commitments", *options, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in sentence(result)


def test_help_names_every_command() -> None:
    text = CliRunner().invoke(app, ["--help"]).stdout
    assert all(command in text for command in ("ask", "ingest", "figures", "commitments"))


def test_a_draft_is_checked_figure_by_figure(real: Terminal, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("In Dacorum, 54% of residents have NVQ4.\n", encoding="utf-8")
    (finding,) = real.json("check", str(tmp_path / "draft.md"))
    assert {"text", "sentence", "start", "end", "verdict", "found", "citation"} <= set(finding)
    assert (finding["text"], finding["verdict"], finding["found"]) == ("54%", "contradicted", "41%")
    assert set(finding["citation"]) == CITATION


def test_a_draft_without_figures_says_so(real: Terminal) -> None:
    result = real.run("check", "-", "--json", stdin="Thank you all.\n")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert "no figures" in result.stderr


def test_comments_that_cannot_be_written_lose_nothing(real: Terminal, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("In Dacorum, 54% of residents have NVQ4.\n", encoding="utf-8")
    result = real.run("check", str(tmp_path / "draft.md"), "--json", "--comments", str(tmp_path / "none" / "x.docx"))
    assert result.exit_code == 1
    assert json.loads(result.stdout)[0]["verdict"] == "contradicted"
    assert "could not be written" in result.stderr


def test_a_briefing_is_written_in_the_format_of_its_name(real: Terminal, tmp_path: Path) -> None:
    result = real.run("brief", "retail jobs and the town centre", "-o", str(tmp_path / "note.docx"))
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "note.docx").read_bytes().startswith(b"PK")


def test_a_briefing_that_cannot_be_written_is_printed(real: Terminal, tmp_path: Path) -> None:
    result = real.run("brief", "--theme", "6", "-o", str(tmp_path / "none" / "note.md"))
    assert result.exit_code == 1
    assert result.stdout.startswith("# Briefing note: Theme 6")
    assert "could not be written" in result.stderr


def test_an_unknown_theme_lists_the_known_ones(real: Terminal, tmp_path: Path) -> None:
    result = real.run("brief", "--theme", "9", "-o", str(tmp_path / "note.md"))
    assert result.exit_code == 2
    assert "There is no theme '9'. The themes are: Theme 1 – Skills and Employment;" in result.stderr


def test_the_audit_is_printed_in_the_contract_s_shape(real: Terminal) -> None:
    queries = real.json("audit")
    assert {"kind", "message", "citations"} <= set(queries[0])
    assert {"unit_mismatch", "missing_value", "weak_target"} <= {q["kind"] for q in queries}
