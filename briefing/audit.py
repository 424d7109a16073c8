"""The source audit: what a careful statistician would query in the sources, each with where it stands.

Everything that is said here can be shown in the sources' own words. A rule that cannot be sure stays silent: a blank is a
printed "x" or "tbc", a missing section is one that the text sends the reader to and that no heading bears.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from answering.answer import Citation
from answering.calculate import plain, printed
from answering.cite import citation
from answering.say import shown
from briefing.compared import UP, claims
from briefing.latest import Latest
from briefing.values import bound, compare_values, step
from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.location import Location
from corpus.passage import Passage
from corpus.records import Records
from corpus.thesaurus import phrase_stems
from prompts import reply

KINDS = (
    "unit_mismatch", "conflicting_values", "wrong_comparison", "part_and_whole", "share_over_100", "missing_value",
    "missing_section", "missing_part", "weak_target", "stale_source", "broken_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """One doubtful thing: its kind, what it is, why it matters, and where it stands."""

    kind: str
    message: str
    why: str
    citations: tuple[Citation, ...]


@dataclass(slots=True)
class _Auditor:
    """Reads one generation; each method looks for one kind of thing in one document."""

    generation: Generation
    latest: Latest

    def query(self, kind: str, message: str, *places: tuple[Location, tuple[int, int]]) -> Query:
        """A query that cites the places, each with the characters to mark."""
        cited = []
        for number, (location, mark) in enumerate(places, 1):
            document = self.generation.documents[location.document]
            quote = document.text[location.start : location.end]
            cited.append(citation(number, document, location, quote, None, (mark,)))
        return Query(kind, message, reply(f"audit_why.{kind}"), tuple(cited))

    def figures_query(self, kind: str, message: str, *figures: Figure) -> Query:
        """A query that cites figures."""
        cited = tuple(
            citation(n, self.generation.documents[f.location.document], f.location, f.quote, f.source, (f.at,))
            for n, f in enumerate(figures, 1)
        )
        return Query(kind, message, reply(f"audit_why.{kind}"), cited)

    # ---- figures ----

    def unlike_units(self, records: Records) -> Iterator[Query]:
        """Rates of unlike bases set against each other: 124 per 1,000 and 111 per 100,000."""
        for group in _groups(records.figures):
            rates = [f for f in group if f.quantity.unit.startswith("per_")]
            for first, second in pairwise(rates):
                if first.quantity.unit != second.quantity.unit:
                    said = reply("audit.unit_mismatch", one=shown(first), other=shown(second))
                    yield self.figures_query("unit_mismatch", said, first, second)
        for f in records.figures:
            if f.quantity.unit == "percent" and re.search(r"(?:%|per\s?cent)\s+per\s+1", f.quantity.text):
                yield self.figures_query("unit_mismatch", reply("audit.two_units", text=shown(f)), f)

    def conflicts(self, records: Records) -> Iterator[Query]:
        """One measure of one area and period with two values, neither the rounding of the other."""
        named: dict[tuple[object, ...], list[Figure]] = {}
        for f in records.figures:
            words = frozenset(phrase_stems(f.measure)) - _LIGHT
            told = f.kind in (FigureKind.BASELINE, FigureKind.COMPARATOR) and bool(_STATES.search(f.sentence))
            told = told and words <= frozenset(phrase_stems(f.sentence))  # its own words, not those of the one before
            if len(words) >= 2 and told and " | " not in f.quote:
                named.setdefault((words, f.area, f.quantity.unit, _year(f)), []).append(f)
        for same in named.values():
            first = same[0]
            for other in same[1:]:
                apart = other.location.start != first.location.start
                agree = (
                    compare_values(first.quantity, other.quantity).agrees
                    or compare_values(other.quantity, first.quantity).agrees
                )
                alike = _names(first.sentence) <= _names(other.sentence) or _names(other.sentence) <= _names(
                    first.sentence
                )
                if apart and alike and not agree and first.quantity.upper is None and other.quantity.upper is None:
                    said = reply(
                        "audit.conflicting_values", measure=first.measure, one=shown(first), other=shown(other)
                    )
                    yield self.figures_query("conflicting_values", said, first, other)
                    break
        yield from self._definitions(records)

    def _definitions(self, records: Records) -> Iterator[Query]:
        """One size of firm or group defined in two ways: "10 or less" here and "less than 10" there."""
        drawn = [f for f in records.figures if f.kind is FigureKind.DEFINITION and bound(f.quantity) is not None]
        for i, first in enumerate(drawn):
            for other in drawn[i + 1 :]:
                same = first.quantity.value == other.quantity.value and first.quantity.unit == other.quantity.unit
                noun = {w for w in phrase_stems(first.measure)[-1:]} & set(phrase_stems(other.measure))
                including = {_includes(first), _includes(other)} == {True, False}
                if same and noun and including:
                    said = reply("audit.two_definitions", one=shown(first), other=shown(other))
                    yield self.figures_query("conflicting_values", said, first, other)
                    return

    def comparisons(self, records: Records) -> Iterator[Query]:
        """A sentence whose words say "above" and whose figures say "below"."""
        gazetteer = self.generation.gazetteer
        for group in _groups(records.figures):
            if len(group) != 2 or group[0].quantity.unit != group[1].quantity.unit or group[0].area == group[1].area:
                continue
            ours, theirs = group
            base = ours.location.start
            before = [c for c in claims(ours.quote, gazetteer) if c.start + base < theirs.at[0]]
            claim = before[-1] if before else None
            if claim is None or claim.area is None or theirs.area is None:
                continue
            other, value = gazetteer.named(theirs.area), ours.quantity.value
            above = value > theirs.quantity.value
            if claim.area.key == other.key and value != theirs.quantity.value and above != (claim.way == UP):
                said = reply("audit.wrong_comparison", claim=claim.text, one=shown(ours), other=shown(theirs))
                yield self.figures_query("wrong_comparison", said, ours, theirs)

    def parts(self, records: Records) -> Iterator[Query]:
        """Shares that their own part and whole do not give, and rises that their own ends do not give."""
        for sentence in _sentences(records.figures):
            for f in sentence:
                if (
                    f.quantity.unit == "percent"
                    and f.quantity.value > 100
                    and _IS_SHARE.search(f.clause)
                    and not _CHANGE.search(f.sentence)
                ):
                    yield self.figures_query("share_over_100", reply("audit.share_over_100", text=shown(f)), f)
            counts = [f for f in sentence if f.quantity.unit in ("count", "gbp")]
            shares = [f for f in sentence if f.quantity.unit == "percent"]
            if len(counts) == 2 and len(shares) == 1:
                yield from self._share(counts, shares[0])

    def _share(self, counts: list[Figure], share: Figure) -> Iterator[Query]:
        """ "12 of the 48 firms (30%)" does not add up."""
        part, whole = sorted(counts, key=lambda f: f.at)
        document = self.generation.documents[share.location.document]
        between = document.text[part.at[1] : whole.at[0]]
        behind = document.text[whole.at[1] : share.at[0]]
        if not re.fullmatch(r"\s*(?:out\s+)?of\s+(?:the|a\s+total\s+of|all)?\s*", between) or not re.search(
            r"\(\s*$", behind
        ):
            return
        if (
            part.quantity.unit != whole.quantity.unit
            or whole.quantity.value == 0
            or part.quantity.value > whole.quantity.value
        ):
            return
        value = part.quantity.value * 100 / whole.quantity.value
        if abs(value - share.quantity.value) > min(step(share.quantity.text, share.quantity.value), Decimal(1)):
            said = printed(round(value, 1), "percent")
            working = f"{plain(part)} ÷ {plain(whole)} × 100 = {said}"
            yield self.figures_query(
                "part_and_whole", reply("audit.part_and_whole", text=shown(share), working=working), share, part, whole
            )

    def stale(self, records: Records) -> Iterator[Query]:
        """Figures of a document for which a later one of the same measure and area is published."""
        said: set[str] = set()
        for f in records.figures:
            if f.kind not in (FigureKind.BASELINE, FigureKind.COMPARATOR, FigureKind.OUTTURN):
                continue
            later = self.latest.of(f)
            if later is not None and f"{later.id} {f.area}" not in said:
                said.add(f"{later.id} {f.area}")
                names = {"measure": f.measure, "area": f.area, "later_measure": later.measure, "period": later.period}
                message = reply("audit.stale_source", text=shown(f), later=shown(later), **names)
                yield self.figures_query("stale_source", message, f, later)

    # ---- targets ----

    def targets(self, records: Records) -> Iterator[Query]:
        """Outputs and outcomes that could not be judged: no figure, no starting point, no date, or all but met already."""
        figures = {f.id: f for f in records.figures}
        for c in records.commitments:
            if c.kind is not CommitmentKind.OUTPUT:
                continue
            own = [figures[i] for i in c.figures if i in figures and figures[i].kind is FigureKind.TARGET]
            lacks = self._lacks(c, own, records)
            for f in own:
                now = self._now(f, records)
                if now is not None and _met(f, now):
                    message = reply("audit.already_met", text=shown(f), now=shown(now))
                    yield self.figures_query("weak_target", message, f, now)
                    break
            if lacks:
                said = reply("audit.weak_target", words=_short(c.text), lacks=" and ".join(lacks))
                yield self.query("weak_target", said, (c.location, (c.location.start, c.location.end)))

    def _lacks(self, c: Commitment, own: Sequence[Figure], records: Records) -> list[str]:
        measured = own or _MEASURABLE.search(c.text)
        if not measured or "missing_value" in _blank_kinds(c.text):
            return []
        lacks = [] if own else ["figure"]
        relative = any(f.quantity.unit == "percent" and _RELATIVE.search(f.sentence) for f in own)
        based = any(f.baseline for f in own) or any(self._now(f, records) for f in own)
        if (own and not based and _CHANGES.search(c.text)) or relative:
            lacks.append("starting point")
        if not c.due and not _EACH_YEAR.search(c.text):
            lacks.append("date")
        return [f"no {what}" for what in lacks]

    def _now(self, target: Figure, records: Records) -> Figure | None:
        """Where the measure of a target stands, by the same document."""
        wanted = set(phrase_stems(target.measure)) - _LIGHT
        best: tuple[float, Figure] | None = None
        for f in records.figures:
            if f.kind is not FigureKind.BASELINE or f.quantity.unit != target.quantity.unit or f.id == target.id:
                continue
            if f.area != target.area and f.area and target.area:
                continue
            held = set(phrase_stems(f.measure)) - _LIGHT
            shared = wanted & held
            score = len(shared) / max(1, len(wanted))
            if len(shared) >= 2 and score >= 0.6 and (best is None or score > best[0]):
                best = (score, f)
        return best[1] if best else None

    # ---- words ----

    def blanks(self, records: Records) -> Iterator[Query]:
        """Figures that were to be filled in: "from x to x", "tbc", "[insert …]"."""
        for passage in records.passages:
            for match in _BLANK.finditer(passage.text):
                start = passage.location.start + match.start()
                said = reply("audit.missing_value", words=" ".join(match[0].split()))
                yield self.query("missing_value", said, (passage.location, (start, start + len(match[0]))))
                break

    def references(self, records: Records) -> Iterator[Query]:
        """Sections that the text sends the reader to and that no heading bears; and numbering that begins late."""
        headings = list(dict.fromkeys(h for p in records.passages for h in p.location.section))
        starts = {_key(h) for h in headings} | {_key(line) for line in records.document.text.splitlines()}
        for passage in records.passages:
            for match in _SEE.finditer(passage.text):
                name = match["named"] or match["numbered"]
                if passage.kind == "row" or any(_key(name) and s.startswith(_key(name)) for s in starts):
                    continue
                if match["named"] and any(_key(name) in _key(h) for h in headings):
                    continue
                if _ELSEWHERE.match(passage.text[match.end() :]):
                    continue
                at = passage.location.start + match.start()
                said = reply("audit.missing_section", named=name)
                yield self.query("missing_section", said, (passage.location, (at, at + len(match[0]))))
        yield from self._numbering(records)

    def _numbering(self, records: Records) -> Iterator[Query]:
        """Chapters that are numbered 2, 3, 4: the first is not there."""
        numbered: dict[int, Passage] = {}
        for p in records.passages:
            if p.location.section and (match := re.match(r"(\d{1,2})\.?\s+[A-Z]", p.location.section[0])):
                numbered.setdefault(int(match[1]), p)
        numbers = list(numbered)
        if len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 2:
            first = numbered[2]
            heading = first.location.section[0]
            said = reply("audit.missing_first", heading=heading)
            yield self.query("missing_section", said, (first.location, (first.location.start, first.location.start)))

    def themes(self, records: Records) -> Iterator[Query]:
        """Themes that leave out parts which the document's other themes have."""
        for theme in records.themes:
            if theme.missing and _others_state(theme, records.themes):
                said = reply("audit.missing_part", theme=theme.heading, parts=_or(theme.missing))
                yield self.query("missing_part", said, (theme.location, (theme.location.start, theme.location.end)))

    def broken(self, records: Records) -> Iterator[Query]:
        """Paragraphs that end on a word that cannot end a sentence, where nothing goes on. On pages, where a paragraph may
        go on over a picture or a column, only the document's own end is looked at.
        """
        passages = [p for p in records.passages if p.kind != "row"]
        for passage, following in zip(passages, [*passages[1:], None], strict=True):
            words = passage.text.strip()
            if not _BREAKS_OFF.search(words) or len(words.split()) < 6 or " | " in words:
                continue
            goes_on = following is not None and (
                following.text.lstrip()[:1].islower()
                or following.kind == "bullet"
                or following.text.lstrip()[:1].isdigit()
            )
            goes_on = goes_on or (bool(records.document.pages) and following is not None)
            if not goes_on and passage.kind in ("paragraph", "bullet"):
                tail = " ".join(words.split()[-6:])
                end = passage.location.end
                yield self.query(
                    "broken_text", reply("audit.broken_text", words=tail), (passage.location, (end - 1, end))
                )


def audit(generation: Generation) -> list[Query]:
    """Everything doubtful in the sources, document by document, kind by kind."""
    auditor = _Auditor(generation, Latest(generation))
    found: list[Query] = []
    for records in generation.records:
        if records.document.is_table:
            continue
        for look in (
            auditor.unlike_units, auditor.conflicts, auditor.comparisons, auditor.parts, auditor.blanks, auditor.references,
            auditor.themes, auditor.targets, auditor.stale, auditor.broken,
        ):  # fmt: skip
            found += look(records)
    return found


# Words of a measure that do not tell one measure from another.
_LIGHT = frozenset(
    {"averag", "number", "total", "rate", "level", "figur", "share", "proport", "increas", "high", "low", "at", "a"}
)
_CHANGE = re.compile(
    r"\b(?:grow\w*|gr[eo]w\w*|increas\w*|ris\w+|rose|of\s+the\s+\w+\s+average|target)\b", re.IGNORECASE
)
_IS_SHARE = re.compile(r"(?:%|per\s?cent)\s+of\b|\b(?:share|proportion|percentage)\b", re.IGNORECASE)
_MEASURABLE = re.compile(
    r"\b(?:increas(?:e|ed|ing)|reduc(?:e|ed|ing)|more|fewer|number\s+of|improv(?:e|ed))\b", re.IGNORECASE
)
_CHANGES = re.compile(r"\b(?:increas|reduc|improv|grow|rais|rise|fewer|more)\w*\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:compared\s+(?:to|with)|on|above|against)\s+(?:the\s+)?(?:pre|current|present|baseline|\d{4})", re.IGNORECASE
)
_EACH_YEAR = re.compile(
    r"\b(?:annual(?:ly)?|yearly|each\s+year|per\s+(?:year|annum)|a\s+year|every\s+year)\b", re.IGNORECASE
)
_BLANK = re.compile(
    r"(?:\b(?:from|to|of|by|at|is)\s+[xX]{1,3}(?=[\s%.,;)]|$)(?:\s*\([^)]{0,40}\))?(?:\s+to\s+[xX]{1,3}\b)?)"
    r"|£\s?[xX]{1,3}\b|\b[xX]{2,3}\s?%|(?<![A-Za-z])(?:TBC|TBA|TBD)\b|\bto\s+be\s+(?:confirmed|inserted)\b"
    r"|\[(?:insert|add|date|figure|number|xx?)\b[^\]]{0,60}\]|\b[xX]{4,}\b|\?{3,}"
)
_SEE = re.compile(
    r"(?:\(|\b)(?:see|refer\s+to|set\s+out\s+in|described\s+in|detailed\s+in|listed\s+in|shown\s+in)\s+(?:the\s+)?"
    r"(?:(?P<numbered>(?:[Ss]ection|[Cc]hapter|[Aa]ppendix|[Aa]nnex)\s+(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])\b)"
    r"|(?P<named>[A-Z][a-z]+(?:\s+[A-Z][a-z]+){0,3})(?=\)))"
)
_ELSEWHERE = re.compile(r"\s*(?:of|in|to)\s+(?:the|that|this\s+Act)\b|\s*,?\s*(?:above|of)\b", re.IGNORECASE)
_BREAKS_OFF = re.compile(
    r"(?:\b(?:the|a|an|of|to|and|or|in|for|with|by|from|at|as|that|which|is|are|was|were|will|be|our|their|its)|,|[A-Za-z]-)\s*$"
)


_STATES = re.compile(r"\b(?:is|are|was|were|has|have|had|ha[sd]|stands?|stood|makes?|made|shows?|earns?|rose|fell)\b")


def _names(sentence: str) -> frozenset[str]:
    """The capitalised words of a sentence beyond its first: places, sites and years of the same words differ in them."""
    return frozenset(re.findall(r"(?<=[\s(])[A-Z][\w’'-]*", sentence))


def _blank_kinds(text: str) -> tuple[str, ...]:
    return ("missing_value",) if _BLANK.search(text) else ()


def _met(target: Figure, now: Figure) -> bool:
    """Whether a target is all but met: where things stand is at it, past it, or within a twentieth of it."""
    t, n = target.quantity.value, now.quantity.value
    if (
        t == 0
        or target.quantity.upper is not None
        or re.search(r"\breduc|\bfewer|\blower", target.sentence, re.IGNORECASE)
    ):
        return False
    return n >= t * 95 / 100 and not target.baseline


def _year(figure: Figure) -> str:
    years = re.findall(r"(?:19|20)\d\d", figure.period or "")
    return " ".join(years)


def _includes(figure: Figure) -> bool:
    """Whether a bound takes in its own value: "10 or less" does, "less than 10" does not."""
    words = figure.quantity.qualifier or ""
    return words.startswith(("or ", "up to", "at ", "no ", "and ")) or words in ("+", "≤", "≥")


def _groups(figures: Sequence[Figure]) -> list[list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for f in figures:
        if f.group and f.location.cell is None and " | " not in f.quote:
            found.setdefault(f.group, []).append(f)
    return [group for group in found.values() if len(group) > 1]


def _sentences(figures: Sequence[Figure]) -> list[list[Figure]]:
    found: dict[tuple[int, int], list[Figure]] = {}
    for f in figures:
        if f.location.cell is None and " | " not in f.quote:
            found.setdefault((f.location.start, f.location.end), []).append(f)
    return list(found.values())


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", " ", text.lower()).strip(" .")


def _others_state(theme: Theme, themes: Sequence[Theme]) -> bool:
    """Whether at least half of the document's other themes state what this one leaves out."""
    others = [t for t in themes if t is not theme]
    return any(sum(part not in t.missing for t in others) * 2 >= len(others) > 0 for part in theme.missing)


def _or(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 16 else " ".join(words[:16]) + " …"
