"""A briefing: what the sources say of a theme or a topic, put together from cited figures, and checked before it is shown.

Every figure keeps its printed form and its citation. A briefing in which the figure check finds a number that no cited
source gives is refused, with the reasons.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from answering.answer import Answer, AnswerFigure, Citation, Status
from answering.check import Checker
from answering.cite import Citations
from answering.say import answer_figure, sentence, shown, upper_first
from briefing.audit import Query, audit
from briefing.dates import plainly
from briefing.draft import draft_of
from briefing.draft_check import DraftChecker
from briefing.kept import taken
from briefing.latest import LEVELS, Latest
from briefing.verdict import Verdict
from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.document import Document
from corpus.figure import Figure, FigureKind
from corpus.index import Generation
from corpus.language import sentences
from corpus.location import Location
from corpus.thesaurus import phrase_stems
from prompts import reply
from retrieval.question import Asks, Question

MOST_FIGURES, MOST_SENTENCES, LEAST_SENTENCES, MOST_COMMITMENTS = 12, 5, 3, 18
_ENOUGH = 0.6
_PROMISED = (CommitmentKind.ACTIVITY, CommitmentKind.OUTPUT, CommitmentKind.OUTCOME)
# What other parts of a briefing say, or what is of no use in one.
_SAID_ELSEWHERE = ("missing_part", "missing_section", "stale_source", "broken_text")
# A measure that can open a sentence: a few words, and no clause among them.
_READS_WELL = re.compile(r"(?!.*\b(?:are|is|was|were|will|who|that|and)\b)[^,:;]{3,60}")
_NUMBERED = re.compile(r"\[\d{1,3}\]")


class NotBriefed(Exception):
    """A briefing that cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A row of the key figures: a figure and the number of its citation."""

    figure: Figure
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What a plan commits to: the commitment, its words and the number of its citation."""

    commitment: Commitment
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an officer chose: ids of figures and of commitments in their order (None: all), answers that they kept, and
    text of their own.
    """

    figures: tuple[str, ...] | None = None
    commitments: tuple[str, ...] | None = None
    own_text: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """A checked briefing, in the order in which officers write one.

    summary, gaps, own and answers hold citation marks ("[2]"); sources are the citations, numbered as they are first used.
    """

    title: str
    prepared: date
    documents: tuple[Document, ...]
    purpose: str
    summary: tuple[str, ...]
    figures: tuple[KeyFigure, ...]
    promises: tuple[Promise, ...]
    gaps: tuple[str, ...]
    caveats: tuple[str, ...]
    own: tuple[str, ...]
    sources: tuple[Citation, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def of_answers(self) -> bool:
        """Whether this is made of answers alone, so that it has nothing to say of what else there might be."""
        return bool(self.answers) and not (self.figures or self.promises)

    @property
    def drafts(self) -> tuple[Document, ...]:
        """The documents that are drafts, whose mark every page bears."""
        return tuple(d for d in self.documents if d.status == "draft")


class Briefer:
    """Makes briefings over one state of the corpus."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._drafts = DraftChecker(generation)
        self._latest = Latest(generation)
        self._checker = Checker(generation.documents, generation.figures, generation.gazetteer)
        self._queries: list[Query] | None = None

    def theme(self, theme: Theme, prepared: date, chosen: Chosen | None = None) -> Briefing:
        """A briefing on a theme of a plan. Raises NotBriefed where the check refuses it."""
        figures = [f for f in self._own_figures() if f.theme == theme.heading and f.kind is not FigureKind.DEFINITION]
        more = [
            f
            for f in self._figures_on(theme.name, [theme.name])
            if f not in figures and f.theme is None and f.location.cell is None
        ]
        promises = [c for c in self.generation.commitments if _belongs(c, theme) and c.kind is not CommitmentKind.ISSUE]
        title = reply("brief.title", topic=theme.heading)
        purpose = reply("brief.purpose", topic=theme.heading)
        return self._made(title, purpose, _unlike([*figures, *more]), promises, [theme], prepared, chosen or Chosen())

    def topic(self, topic: str, prepared: date, chosen: Chosen | None = None) -> Briefing:
        """A briefing on a topic. Raises NotBriefed where the sources have nothing on it, or the check refuses it."""
        words = " ".join(topic.split())
        figures = _unlike(self._figures_on(words))
        promises = self._promises_on(words)
        if not words or not (figures or promises):
            raise NotBriefed(
                reply("brief.nothing", topic=words, themes="; ".join(t.heading for t in self.generation.themes))
            )
        title = reply("brief.title", topic=upper_first(words))
        return self._made(
            title,
            reply("brief.purpose", topic=words),
            figures,
            promises,
            [],
            prepared,
            chosen or Chosen(),
        )

    def answers(self, prepared: date, chosen: Chosen) -> Briefing:
        """A briefing of the answers that were kept, and of own text. Raises NotBriefed where the check refuses it."""
        if not chosen.answers:
            raise NotBriefed(reply("brief.no_answers"))
        title = reply("brief.title", topic=reply("brief.answers"))
        return self._made(title, reply("brief.purpose_answers"), [], [], [], prepared, chosen)

    # ---- what there is ----

    def _own_figures(self) -> list[Figure]:
        """The figures of the documents themselves; rows copied out of them are left to the documents."""
        kept = {path for path, d in self.generation.documents.items() if d.kind != "transcript"}
        return [f for f in self.generation.figures if f.location.document in kept]

    def _figures_on(self, topic: str, parts: Sequence[str] = ()) -> list[Figure]:
        """Figures that speak of the topic, or of one of the things that it joins with "and", best first."""
        found: dict[str, tuple[float, Figure]] = {}
        kept = {f.id for f in self._own_figures()}
        for part in parts or _parts(topic):
            question = self._asked(part)
            for match in self._drafts.holder.matcher.matches(question, limit=60) if question.terms else ():
                figure = match.figure
                known = figure.id in kept or figure.location.cell is not None
                transcript = self.generation.documents[figure.location.document].kind == "transcript"
                fits = match.coverage >= _ENOUGH and match.gap is None and known and not transcript
                fits = fits and not (LEVELS.search(figure.measure) and not LEVELS.search(topic))
                if fits and figure.kind is not FigureKind.DEFINITION and match.score > found.get(figure.id, (0.0,))[0]:
                    found[figure.id] = (match.score, figure)
        return [
            figure
            for _, figure in sorted(found.values(), key=lambda item: (-item[0], item[1].location.document, item[1].at))
        ]

    def _asked(self, topic: str) -> Question:
        asked = self._drafts.holder.parser.parse(topic)
        return replace(
            asked,
            asks=Asks.FIGURE,
            areas=(),
            against=(),
            periods=(),
            unknown_area=None,
            units=frozenset(),
            strict=False,
        )

    def _promises_on(self, topic: str) -> list[Commitment]:
        """Commitments whose words speak of the topic or of one of its parts."""
        chosen: list[Commitment] = []
        for part in _parts(topic):
            wanted = {s for w in (set(phrase_stems(part)) - _IDLE,) for s in w}
            for c in self.generation.commitments:
                held = set(phrase_stems(c.text))
                if c.kind in _PROMISED and wanted and len(wanted & held) / len(wanted) >= 0.99 and c not in chosen:
                    chosen.append(c)
        order = {c.id: i for i, c in enumerate(self.generation.commitments)}
        return sorted(chosen, key=lambda c: order[c.id])[:MOST_COMMITMENTS]

    def queries(self) -> list[Query]:
        """The source audit, made once."""
        if self._queries is None:
            self._queries = audit(self.generation)
        return self._queries

    # ---- putting it together ----

    def _made(
        self, title: str, purpose: str, figures: Sequence[Figure], promises: Sequence[Commitment], themes: Sequence[Theme],
        prepared: date, chosen: Chosen,
    ) -> Briefing:  # fmt: skip
        citations = Citations(self.generation)
        figures = self._picked(self._with_later(figures), chosen.figures)
        promises = self._picked_promises(promises, chosen.commitments)
        summary = self._summary(themes, figures, promises, citations)
        own = self._own_text(chosen.own_text, citations)
        answers = tuple(taken(answer, citations) for answer in chosen.answers)
        rows = tuple(KeyFigure(f, citations.figure(f), shown(f)) for f in figures)
        kept = tuple(
            Promise(c, words_of(c), citations.span(c.location, c.location.start, c.location.end)) for c in promises
        )
        gaps = self._gaps(themes, figures, promises, citations)
        documents = [self.generation.documents[c.document] for c in citations.made]
        said = [*self._caveats(figures, documents), *(c for answer in answers for c in answer.caveats)]
        made = Briefing(
            title, prepared, tuple(dict.fromkeys(documents)), purpose, tuple(summary), rows, kept, tuple(gaps),
            tuple(dict.fromkeys(said)), tuple(own), tuple(citations.made), answers,
        )  # fmt: skip
        if problems := self.problems(made):
            raise NotBriefed(reply("brief.refused", reasons=" ".join(problems)))
        return made

    def _with_later(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures, each followed by the later one that a published table gives for the same thing."""
        found: list[Figure] = []
        for figure in figures[:MOST_FIGURES]:
            later = self._latest.of(figure)
            found += [figure] if later is None or later in found else [figure, later]
        return list(dict.fromkeys(found))

    def _picked(self, figures: Sequence[Figure], ids: tuple[str, ...] | None) -> list[Figure]:
        if ids is None:
            return list(figures)
        known = {f.id: f for f in (*self.generation.figures, *figures)}
        return [known[i] for i in ids if i in known]

    def _picked_promises(self, promises: Sequence[Commitment], ids: tuple[str, ...] | None) -> list[Commitment]:
        if ids is None:
            return list(promises)
        known = {c.id: c for c in self.generation.commitments}
        return [known[i] for i in ids if i in known]

    def _summary(
        self, themes: Sequence[Theme], figures: Sequence[Figure], promises: Sequence[Commitment], citations: Citations
    ) -> list[str]:
        """Three to five sentences: what the theme is, then the figures that say most, each with its comparators."""
        said: list[str] = []
        for theme in themes:
            if theme.summary:
                passages = (p for p in self.generation.passages if p.location.document == theme.document)
                place = next(p.location for p in passages if " ".join(p.text.split()).startswith(theme.summary[:60]))
                said.append(f"{theme.summary.rstrip('.')} [{citations.span(place, place.start, place.end)}].")
        spoken = {f.id: sentence(f, 0, self.generation, []) for f in figures}
        for figure in sorted(figures, key=lambda f: (_telling(f), spoken[f.id].startswith("For "))):
            if len(said) >= MOST_SENTENCES:
                break
            mended = spoken[figure.id].startswith("For ") and not _READS_WELL.fullmatch(figure.measure)
            starts = any(f.baseline == figure.quantity.text and f.measure == figure.measure for f in figures)
            if mended or starts or any(figure.quantity.text in earlier for earlier in said):
                continue
            said.append(sentence(figure, citations.figure(figure), self.generation, []))
        order = (CommitmentKind.OUTCOME, CommitmentKind.OUTPUT, CommitmentKind.ACTIVITY)
        for c in sorted((c for c in promises if c.kind in order), key=lambda c: order.index(c.kind)):
            if len(said) >= LEAST_SENTENCES:
                break
            if len(c.text.split()) > 6 and c.text.rstrip()[-1:] not in ":;":
                number = citations.span(c.location, c.location.start, c.location.end)
                said.append(f"{words_of(c).rstrip('.')} [{number}].")
        return said

    def _gaps(
        self, themes: Sequence[Theme], figures: Sequence[Figure], promises: Sequence[Commitment], citations: Citations
    ) -> list[str]:
        """What the plan leaves out of the theme, and what the audit queries in the places that the briefing uses."""
        gaps = []
        for theme in themes:
            for part in theme.missing:
                name = f"not_found.{part}" if part in ("lead", "support") else "not_found.part"
                gaps.append(reply(name, theme=theme.heading, part=part))
        places = [f.location for f in figures] + [c.location for c in promises]
        used = {(place.document, place.start) for place in places}
        for query in self.queries():
            first = query.citations[0]
            if query.kind not in _SAID_ELSEWHERE and (first.document, first.start) in used:
                marks = dict.fromkeys(self._again(c, citations) for c in query.citations)
                gaps.append(f"{query.message.rstrip('.')} {''.join(f'[{m}]' for m in marks)}.")
        return list(dict.fromkeys(gaps))

    def _again(self, c: Citation, citations: Citations) -> int:
        """A citation that was made elsewhere, numbered here."""
        if c.cell is None:
            return citations.span(Location(c.document, c.start, c.end, c.page, c.section), c.start, c.end)
        place = (c.document, c.start, c.cell)
        every = self.generation.every_figure()
        return citations.figure(
            next(f for f in every if (f.location.document, f.location.start, f.location.cell) == place)
        )

    def _caveats(self, figures: Sequence[Figure], documents: Sequence[Document]) -> list[str]:
        said = [reply("caveats.draft", title=d.title) for d in dict.fromkeys(documents) if d.status == "draft"]
        if any(f.kind is FigureKind.FORECAST for f in figures):
            said.append(reply("brief.forecasts"))
        if any(f.kind is not FigureKind.TARGET and f.period is None for f in figures):
            said.append(reply("brief.periods"))
        said += [
            reply("caveats.reliability", note=note) for note in dict.fromkeys(f.reliability for f in figures) if note
        ]
        return said

    def _own_text(self, text: str, citations: Citations) -> list[str]:
        """The officer's own paragraphs with a citation behind each sentence that has a figure.

        Raises NotBriefed where a figure in them is not in the sources.
        """
        if not text.strip():
            return []
        findings = self._drafts.check(draft_of(text, self.generation))
        wrong = [f for f in findings if f.verdict is not Verdict.SUPPORTED]
        if wrong:
            raise NotBriefed(reply("brief.own_text", reasons=" ".join(f"“{f.text}”: {f.why}" for f in wrong)))
        made = []
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            lines = []
            plain = " ".join(paragraph.split())
            for start, end in sentences(plain):
                words = plain[start:end]
                numbers = [self._again(f.citation, citations) for f in findings if f.sentence == words and f.citation]
                marks = "".join(f"[{n}]" for n in dict.fromkeys(numbers))
                lines.append(f"{words.rstrip('.')} {marks}." if marks else words)
            made.append(" ".join(lines))
        return made

    def problems(self, made: Briefing) -> list[str]:
        """What the figure check has against a briefing: its sentences, its rows and its commitments."""
        lines = [*made.summary, *made.gaps, *made.own, *(f"{p.text.rstrip('.')} [{p.number}]." for p in made.promises)]
        figures: list[AnswerFigure] = [answer_figure(row.figure, row.number) for row in made.figures]
        answer = Answer(
            made.title,
            made.title,
            Status.ANSWERED,
            "\n".join(_numbers_aside(line) for line in lines),
            tuple(figures),
            made.sources,
        )
        uncited = [
            f"The sentence “{line}” has a figure and no citation." for line in (*made.summary, *made.own)
            if re.search(r"\d", _NUMBERED.sub("", line)) and not _NUMBERED.search(line)
        ]  # fmt: skip
        # An answer is held against what it cites itself, as when it was given.
        again = [problem for kept in made.answers for problem in self._checker.problems(kept)]
        return [*self._checker.problems(answer), *again, *uncited]


def words_of(c: Commitment) -> str:
    """A commitment in the plan's words, on one line, without marks of emphasis."""
    text = ", ".join(c.partners) if c.kind is CommitmentKind.SUPPORT else c.text
    return " ".join(text.replace("**", "").split())


def sources_line(documents: Sequence[Document]) -> list[str]:
    """What a briefing was prepared from: each document with its date and its status."""
    said = []
    for d in documents:
        about = [plainly(d.date), "DRAFT" if d.status == "draft" else d.status]
        said.append(f"{d.title} ({', '.join(part for part in about if part)})" if any(about) else d.title)
    return list(dict.fromkeys(said))


def name_of(title: str) -> str:
    """A file name for a briefing."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


_IDLE = frozenset(phrase_stems("town and the of for in on to a new our"))  # words that tell no topic from another


def _parts(topic: str) -> list[str]:
    """The things that a topic joins: "retail jobs and the town centre" is two."""
    parts = [p.strip() for p in re.split(r"\s*(?:,|;|\band\b|&)\s*", topic) if p.strip()]
    return list(dict.fromkeys([topic, *parts]))


def _belongs(c: Commitment, theme: Theme) -> bool:
    return c.location.document == theme.document and (c.theme_number, c.theme) == (theme.number, theme.name)


def _unlike(figures: Iterable[Figure]) -> list[Figure]:
    """Figures without small counts in words, and without those that say the same thing again."""
    found: list[Figure] = []
    seen: set[tuple[object, ...]] = set()
    for f in figures:
        value = (f.quantity.value, f.quantity.unit, f.kind is FigureKind.TARGET)
        keys: set[tuple[object, ...]] = {(*value, f.area), (*value, frozenset(phrase_stems(f.measure)))}
        if len(f"{f.quantity.value.normalize():f}".replace(".", "")) > 3:
            keys.add(value)
        if not keys & seen and any(c.isdigit() for c in f.quantity.text):
            found.append(f)
        seen |= keys
    return found


def _telling(figure: Figure) -> int:
    """Figures of where things stand before targets; small counts last."""
    small = figure.quantity.unit == "count" and figure.quantity.value < 10
    return 2 if small else 1 if figure.kind is FigureKind.TARGET else 0


def _numbers_aside(line: str) -> str:
    """A theme's own number ("Theme 4") is a name, not a figure; names of themes are left out of the check."""
    return re.sub(r"\b(?:Theme|Priority|Objective|Goal|Pillar|Mission)\s+\d{1,2}\b", "Theme", line)
