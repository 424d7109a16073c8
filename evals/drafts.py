"""``python -m evals.drafts``: drafts made from the corpus's own figures, faithful or with one thing changed, for the draft check.

Every draft comes from its seed. A faithful draft's figures should all be supported; of an altered draft the one figure
that was changed (its digits, area, period, unit, comparison or direction) should not be.
"""

import argparse
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.draft import draft_of
from briefing.draft_check import DraftChecker
from briefing.verdict import Finding, Verdict
from corpus.index import Generation, open_generation
from corpus.settings import Settings
from ingestion.build import ensure_index

FOLDER = Path(__file__).resolve().parent
WAYS = ("digit", "area", "period", "unit", "comparison", "direction")
DRAFTS, FAITHFUL = 200, 80
_PAIR = re.compile(r"\[([^/\]]+)/([^/\]]+)\]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the corpus and the ways in which it can be put."""

    figure: str
    area: str
    wordings: tuple[str, ...]
    period: str | None = None
    other: tuple[str, str] | None = None
    also: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft; ``altered`` is the way in which it was changed and ``figure`` what it then prints."""

    text: str
    figure: str
    altered: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A draft with its sentences, and the way in which one of them was altered."""

    seed: int
    text: str
    sentences: tuple[Sentence, ...]
    way: str | None


def read_facts(generation: Generation) -> tuple[list[Fact], dict[str, list[str]]]:
    """The facts of ``drafts.toml`` with those of the published tables, and the frame of a draft."""
    given = tomllib.loads((FOLDER / "drafts.toml").read_text(encoding="utf-8"))
    facts = [
        Fact(
            f["figure"], f["area"], tuple(f["wordings"]), f.get("period"), tuple(f["other"]) if "other" in f else None,
            tuple(f.get("also", ())), tuple(f.get("compared", ())), tuple(f.get("turned", ())),
        )
        for f in given["fact"]
    ]  # fmt: skip
    return facts + list(_table_facts(generation, given["tables"])), given["frame"]


def _table_facts(generation: Generation, wordings: dict[str, list[str]]) -> Iterator[Fact]:
    for figure in generation.every_figure():
        document = generation.documents[figure.location.document]
        if document.kind != "table" or figure.quantity.unit not in wordings or not figure.area or not figure.period:
            continue
        if figure.quantity.upper is not None or figure.quantity.value < 100 <= len(figure.measure):
            continue
        measure = figure.measure[0].lower() + figure.measure[1:] if figure.measure[:2].istitle() else figure.measure
        texts = tuple(w.replace("{m}", measure) for w in wordings[figure.quantity.unit])
        yield Fact(figure.quantity.text, figure.area, texts, figure.period)


def make(seed: int, facts: Sequence[Fact], frame: dict[str, list[str]], areas: Sequence[str]) -> Made:
    """The draft of one seed."""
    dice = random.Random(seed)
    way = None if seed % DRAFTS < FAITHFUL else WAYS[seed % len(WAYS)]
    written, tables = [f for f in facts if f.also or f.compared or f.turned or len(f.wordings) != 3], facts
    chosen = dice.sample(written, 3) + dice.sample(list(tables), 1)
    sentences = [_faithful(fact, dice) for fact in chosen]
    if way is not None:
        able = [f for f in facts if _can(f, way)]
        if way in ("digit", "area", "unit"):
            able = [f for f in able if f in written] if dice.random() < 0.7 else able
        fact = dice.choice(able)
        sentences[dice.randrange(len(sentences))] = _altered(fact, way, dice, areas)
    dice.shuffle(sentences)
    body = [dice.choice(frame["openings"]), *(s.text for s in sentences), dice.choice(frame["closings"])]
    if dice.random() < 0.3:
        text = f"{body[0]}\n\n" + "\n".join(f"- {line}" for line in body[1:-1]) + f"\n\n{body[-1]}\n"
    elif dice.random() < 0.5:
        text = "\n\n".join(body) + "\n"
    else:
        text = " ".join(body) + "\n"
    return Made(seed, text, tuple(sentences), way)


def _can(fact: Fact, way: str) -> bool:
    return {
        "digit": _DIGIT.search(fact.figure) is not None,
        "area": any("{a}" in w and "{b}" not in w for w in fact.wordings),
        "period": bool(fact.period) and re.search(r"\d{4}", fact.period or "") is not None,
        "unit": _other_unit(fact.figure) is not None,
        "comparison": bool(fact.compared),
        "direction": bool(fact.turned),
    }[way]


def _faithful(fact: Fact, dice: random.Random) -> Sentence:
    wording = dice.choice([*fact.wordings, *fact.compared, *fact.turned])
    figure = dice.choice([fact.figure, fact.figure, *fact.also])
    if wording in fact.compared and figure != fact.figure:
        figure = fact.figure
    return Sentence(_filled(wording, fact, figure), figure)


def _altered(fact: Fact, way: str, dice: random.Random, areas: Sequence[str]) -> Sentence:
    wording, figure = dice.choice(fact.wordings), fact.figure
    if way == "digit":
        figure = _other_digit(figure, dice)
    elif way == "area":
        wording = dice.choice([w for w in fact.wordings if "{a}" in w and "{b}" not in w])
        other = (
            fact.other[0] if fact.other else dice.choice([a for a in areas if a not in (fact.area, "Hemel Hempstead")])
        )
        fact = replace(fact, area=other)
    elif way == "period":
        wording = dice.choice([w for w in fact.wordings if "{p}" in w])
        shift = dice.choice((-4, -3, 3, 4))
        period = re.sub(r"(?:19|20)\d\d", lambda m: str(int(m[0]) + shift), fact.period or "")
        fact = replace(fact, period=period)
    elif way == "unit":
        figure = _other_unit(figure) or figure
    else:
        wording = dice.choice(fact.compared if way == "comparison" else fact.turned)
        wording = _PAIR.sub(lambda m: m[2], wording)
    return Sentence(_filled(wording, fact, figure), figure, way)


def _filled(wording: str, fact: Fact, figure: str) -> str:
    other, given = fact.other or ("", "")
    text = _PAIR.sub(lambda m: m[1], wording)
    text = text.replace("{f}", figure).replace("{a}", fact.area).replace("{p}", fact.period or "")
    text = text.replace("{b}", other).replace("{g}", given)
    return text[0].upper() + text[1:]


def _other_digit(figure: str, dice: random.Random) -> str:
    """The figure with one digit changed: the first or second, so that no rounding explains it."""
    places = [m.start() for m in _DIGIT.finditer(figure)][:2]
    at = dice.choice(places)
    others = [d for d in "123456789" if d != figure[at]]
    return figure[:at] + dice.choice(others) + figure[at + 1 :]


def _other_unit(figure: str) -> str | None:
    """The figure in a unit that is not its own."""
    if "per 1,000" in figure:
        return figure.replace("per 1,000", "per 100,000")
    if figure.endswith("%"):
        return figure.replace("%", " percentage points")
    if figure.startswith("£"):
        return f"€{figure[1:]}"
    if "sq. feet" in figure:
        return figure.replace("sq. feet", "square metres")
    return f"£{figure}" if re.fullmatch(r"\d[\d,]{3,}", figure) else None


@dataclass(frozen=True, slots=True)
class Result:
    """A draft with what the check found: the figures wrongly refused, and whether the altered one was caught."""

    made: Made
    refused: tuple[Finding, ...]
    faithful: int
    caught: bool | None


def judge(made: Made, checker: DraftChecker, generation: Generation) -> Result:
    """Check one draft and hold the verdicts against how it was made."""
    findings = checker.check(draft_of(made.text, generation))
    altered = next((s for s in made.sentences if s.altered), None)
    ours = [f for f in findings if altered and f.sentence == altered.text]
    others = [f for f in findings if f not in ours]
    refused = tuple(f for f in others if f.verdict is not Verdict.SUPPORTED)
    caught = any(f.verdict is not Verdict.SUPPORTED for f in ours) if altered else None
    return Result(made, refused, len(others), caught)


def main() -> None:
    """Make the drafts, check them, and write the report."""
    parser = argparse.ArgumentParser(prog="evals.drafts")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; another gives other drafts")
    parser.add_argument("--drafts", type=int, default=DRAFTS)
    given = parser.parse_args()
    settings = Settings()
    ensure_index(settings)
    generation = open_generation(settings.index_folder, settings.embedding_model, settings.area)
    facts, frame = read_facts(generation)
    tables = {path for path, document in generation.documents.items() if document.kind == "table"}
    areas = sorted({f.area for f in generation.every_figure() if f.area and f.location.document in tables})
    checker = DraftChecker(generation)
    results = [
        judge(make(seed, facts, frame, areas), checker, generation)
        for seed in range(given.seed, given.seed + given.drafts)
    ]
    text = report(results, given.seed)
    (FOLDER / "results" / "drafts").mkdir(parents=True, exist_ok=True)
    (FOLDER / "results" / "drafts" / "report.md").write_text(text, encoding="utf-8")
    print(text.split("## ")[0].strip())


def report(results: Sequence[Result], seed: int) -> str:
    """The headline figures, then every miss with what was said."""
    altered = [r for r in results if r.caught is not None]
    caught = sum(bool(r.caught) for r in altered)
    figures, refused = sum(r.faithful for r in results), sum(len(r.refused) for r in results)
    faithful = [r for r in results if r.caught is None]
    clean = sum(not r.refused for r in faithful)
    lines = [
        "# The draft check", "",
        f"{len(results)} drafts, seeds {seed} to {seed + len(results) - 1}: {len(faithful)} faithful, "
        f"{len(altered)} with one thing altered.", "",
        "| | of | |", "|---|---|---|",
        f"| altered figures caught | {len(altered)} | {_share(caught, len(altered))} |",
        f"| faithful figures passed | {figures} | {_share(figures - refused, figures)} |",
        f"| faithful drafts passed whole | {len(faithful)} | {_share(clean, len(faithful))} |",
    ]  # fmt: skip
    ways = Counter(r.made.way for r in altered)
    for way in WAYS:
        done = sum(bool(r.caught) for r in altered if r.made.way == way)
        lines.append(f"| altered {way} caught | {ways[way]} | {_share(done, ways[way])} |")
    lines += ["", "## Altered and not caught", ""]
    lines += [
        f"- seed {r.made.seed} ({r.made.way}): {next(s.text for s in r.made.sentences if s.altered)}"
        for r in altered if not r.caught
    ] or ["None."]  # fmt: skip
    lines += ["", "## Faithful and refused", ""]
    lines += [
        f"- seed {r.made.seed}: “{f.sentence}” {f.text}: {f.verdict.value}. {f.why}" for r in results for f in r.refused
    ] or ["None."]
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part})" if whole else "–"


if __name__ == "__main__":
    main()
