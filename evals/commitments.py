"""``python -m evals.commitments``: the register held against lists checked by hand, of two documents."""

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.commitment import Commitment, CommitmentKind
from corpus.register import Listed, file_hash, read_register
from corpus.settings import BUILT_IN_CORPUS, ROOT
from ingestion.read import read_file

FOLDER = Path(__file__).resolve().parent
_WORDS = 7


@dataclass(frozen=True, slots=True)
class Held:
    """A document's commitments held against its list."""

    name: str
    wanted: int
    missed: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of the list that was found."""
        return 1 - len(self.missed) / self.wanted

    @property
    def precision(self) -> float:
        """The share of what was found that is in the list."""
        found = self.wanted - len(self.missed) + len(self.beside)
        return 1 - len(self.beside) / found if found else 1.0


def lists() -> dict[str, list[str]]:
    """The lists, by document."""
    given = tomllib.loads((FOLDER / "commitments.toml").read_text(encoding="utf-8"))
    return {d["name"]: d["commitments"] for d in given["document"]}


def file_of(name: str) -> Path | None:
    """The document of a list; None where it is not here."""
    if name == "plan":
        return next(listed.file for listed in read_register(BUILT_IN_CORPUS) if listed.kind == "plan")
    file = Path(os.environ.get("PLANCHAT_SHARED", ROOT.parent / "shared")) / "samples" / "plans" / name
    return file if file.is_file() else None


def line_of(c: Commitment) -> str:
    """A commitment as a line of a list."""
    return f"{c.theme_number or 0} {c.kind.value}: {' '.join(c.text.replace(chr(34), '').split()[:_WORDS])}"


def hold(name: str, file: Path) -> Held:
    """Read the document and hold what it commits to against its list. Issues are no commitments."""
    wanted = lists()[name]
    records = read_file(Listed(file.name, file, None), file_hash(file))
    found = [line_of(c) for c in records.commitments if c.kind is not CommitmentKind.ISSUE]
    return Held(name, len(wanted), _without(wanted, found), _without(found, wanted))


def _without(lines: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    left = [_plain(o) for o in others]
    missing = []
    for line in lines:
        if _plain(line) in left:
            left.remove(_plain(line))
        else:
            missing.append(line)
    return tuple(missing)


def _plain(line: str) -> str:
    return re.sub(r"\W+", " ", line.lower()).strip()


def main() -> None:
    """Print and write the shares."""
    rows = ["# The commitments register", "", "| document | commitments | recall | precision |", "|---|---|---|---|"]
    for name in lists():
        file = file_of(name)
        if file is None:
            rows.append(f"| {name} | not here | – | – |")
            continue
        held = hold(name, file)
        rows.append(f"| {name} | {held.wanted} | {held.recall:.1%} | {held.precision:.1%} |")
        rows += [f"\nMissed: {line}" for line in held.missed] + [f"\nNot in the list: {line}" for line in held.beside]
    text = "\n".join(rows) + "\n"
    (FOLDER / "results" / "commitments").mkdir(parents=True, exist_ok=True)
    (FOLDER / "results" / "commitments" / "report.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
