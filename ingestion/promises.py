"""Commitments outside logic chains: rows of action tables, "We will …" lists, and sentences that promise something.

An action table is known by its columns: one says what is done, another who leads it or by when. A sentence promises when the
council, its partners or "we" will do something, or something is to be established; what will merely happen is no promise.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.commitment import Commitment, CommitmentKind
from corpus.figure import Figure
from corpus.language import sentences
from corpus.location import Location
from corpus.passage import RowCell
from corpus.period import read_periods
from ingestion.block import BlockKind, ReadText
from ingestion.passages import Placed, record_id

_ACTION = re.compile(
    r"^(?:key\s+|our\s+|proposed\s+)?(?:actions?|activit(?:y|ies)|projects?|interventions?|initiatives?|tasks?|measures?"
    r"|what(?:\s+(?:we\s+)?will(?:\s+(?:we\s+)?(?:do|be\s+done))?)?|commitments?|deliverables?|objectives?|how)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"^(?:key\s+|expected\s+|target\s+)?(?P<kind>outputs?|outcomes?|milestones?|targets?|kpis?)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:lead(?:\s+\w+)?|led\s+by|owner|responsib(?:le|ility)(?:\s+\w+)?|who|delivery\s+lead|accountable(?:\s+\w+)?"
    r"|lead\s+(?:partner|organisation|officer|body|agency)s?)$",
    re.IGNORECASE,
)
_PARTNERS = re.compile(
    r"^(?:(?:key|delivery|supporting|other)\s+)?(?:partners?|support(?:ing)?(?:\s+\w+)?|stakeholders?|with)$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:time\s?(?:scales?|frames?|lines?)|when|by\s+when|due(?:\s+\w+)?|deadlines?|target\s+date|completion(?:\s+\w+)?"
    r"|(?:start|end|delivery|completion)\s+date|dates?|period|year)$",
    re.IGNORECASE,
)
_VAGUE_DATE = re.compile(
    r"\b(?:short|medium|long|ongoing|on-going|annual(?:ly)?|quarterly|monthly|immediate|continuous)\b", re.I
)

_WHO = (
    r"(?:(?i:we|the\s+(?:[\w-]+\s+){0,3}(?:council|board|partnership|authority|forum|group|team|partners|programme)"
    r"|(?:its|our|local)\s+partners|partners)|(?:[A-Z][\w-]+\s+){1,3}Council|[A-Z]{2,6})"
)
_DOES = r"(?:will|shall|aims?\s+to|intends?\s+to|plans?\s+to|seeks?\s+to|(?:is|are)\s+committed\s+to|commits?\s+to|pledges?\s+to)"
_PROMISES = re.compile(
    rf"(?:^(?:(?i:step|action|objective|priority)?\s*\d{{1,2}}(?:\.\d{{1,2}})*[.:)]?\s+)?|[,;:]\s+|\band\s+|\bthat\s+){_WHO}\s+(?:also\s+|therefore\s+|further\s+)?{_DOES}\s+"
    r"(?!(?:be\s+)?(?:invited|affected|lost|lose|face|need|see|expect|require|have|only|not|able)\b)"
)
_MADE = (
    r"(?:established|created|delivered|developed|launched|introduced|set\s+up|provided|built|held|reviewed|published|produced|appointed"
    r"|prepared|formed|commissioned|secured|supported|promoted|expanded|extended|opened|completed|monitored|reported|updated)"
)
_TO_BE = re.compile(
    rf"\b(?:will\s+be\s+(?:\w+ly\s+)?{_MADE}|(?:is|are)\s+to\s+be\s+(?:\w+ly\s+)?{_MADE}|to\s+be\s+{_MADE})\b"
    r"|\b(?:the|our|its)\s+(?:aim|ambition|goal|focus)\s+(?:of\s+(?!this\b)(?:[\w’']+\s+){1,6})?(?:is|will\s+be)\s+to\b",
    re.IGNORECASE,
)
# "If … will", what applicants or others must do, and what the law says, bind somebody else.
_OTHERS = re.compile(
    r"\b(?:applicants?|developers?|proposals?|planning\s+permission|where\s+(?:a|an|the)\b|if\s+(?:a|an|the)\b|unless|provided\s+that"
    r"|regulations?|legislation|act\s+\d{4}|expected\s+to|likely\s+to|may|would|could|how|in\s+which|as\s+a\s+(?:\w+\s+)?result)\b",
    re.IGNORECASE,
)
_BLANK = re.compile(r"^(?:to\s+be\s+(?:confirmed|agreed|decided|determined)|tb[cad]|n/?a|none|[-–—?]*)$", re.IGNORECASE)
_LIST_STEM = re.compile(
    rf"(?:^|[\s,]){_WHO}\s+{_DOES}\s*:?$|^(?:we\s+will|our\s+commitments?|our\s+actions?)\b[^.]*$", re.IGNORECASE
)


def read_promises(
    document: str, read: ReadText, placed: Sequence[Placed], figures: Sequence[Figure], taken: Sequence[Commitment]
) -> list[Commitment]:
    """Commitments of action tables, lists and sentences, in the source's order; those of logic chains are ``taken``."""
    spans = {(c.location.start, c.location.end) for c in taken}
    found: list[Commitment] = []
    for item in placed:
        if (item.theme and item.part) or (item.passage.location.start, item.passage.location.end) in spans:
            continue
        made = _row(document, item, read) if item.passage.cells else _words(document, item, read)
        found += [_with_figures(c, figures) for c in made]
    return found


def _row(document: str, item: Placed, read: ReadText) -> list[Commitment]:
    """A row of an action table: what is done, who leads and supports it, and by when, each from its own column."""
    cells = {kind: cell for cell in item.passage.cells if (kind := _kind_of(cell)) is not None}
    action = cells.get("action") or cells.get("result")
    if action is None or not {"lead", "partners", "when"} & set(cells):
        return []
    words = _text(read, action)
    if len(words.split()) < 2:
        return []
    lead = _text(read, cells["lead"]) if "lead" in cells else None
    partners = _names(_text(read, cells["partners"])) if "partners" in cells else []
    when = _text(read, cells["when"]) if "when" in cells else ""
    dated = read_periods(when) or _VAGUE_DATE.search(when) or re.search(r"\d{4}", when)
    made = [
        _commitment(
            document,
            read.origin,
            item,
            words,
            CommitmentKind.ACTIVITY,
            (action.start, action.end),
            when if dated else None,
        )
    ]
    if "result" in cells and "action" in cells and (result := _text(read, cells["result"])):
        match = _RESULT.match(cells["result"].column)
        kind = (
            CommitmentKind.OUTCOME if match and match["kind"].lower().startswith("outcome") else CommitmentKind.OUTPUT
        )
        span = (cells["result"].start, cells["result"].end)
        made.append(_commitment(document, read.origin, item, result, kind, span, when if dated else None))
    missing = tuple(n for n, key in (("lead", "lead"), ("due", "when")) if key in cells and not _text(read, cells[key]))
    return [replace(c, lead=lead or None, partners=tuple(partners), missing=missing) for c in made]


def _kind_of(cell: RowCell) -> str | None:
    """What a column of an action table holds, by its name."""
    name = " ".join(cell.column.split()).strip(" :*")
    for kind, pattern in (
        ("lead", _LEAD),
        ("partners", _PARTNERS),
        ("when", _WHEN),
        ("result", _RESULT),
        ("action", _ACTION),
    ):
        if pattern.match(name):
            return kind
    return None


def _words(document: str, item: Placed, read: ReadText) -> list[Commitment]:
    """A bullet below "We will:", or the sentences of a paragraph that promise something."""
    passage = item.passage
    if item.block.kind not in (BlockKind.BULLET, BlockKind.PARAGRAPH):
        return []
    start, end = passage.location.start, passage.location.end
    clean = read.clean[start:end]
    if item.block.kind is BlockKind.BULLET and passage.stem and _LIST_STEM.search(passage.stem):
        return [_commitment(document, read.origin, item, _spaced(clean), CommitmentKind.ACTIVITY, (start, end))]
    made = []
    for s, e in sentences(clean):
        words = _spaced(clean[s:e])
        promises = _PROMISES.search(words) or _TO_BE.search(words)
        if (
            promises
            and not _OTHERS.search(words[: promises.end()])
            and not words.endswith((":", "?"))
            and len(words.split()) >= 5
        ):
            made.append(
                _commitment(document, read.origin, item, words, CommitmentKind.ACTIVITY, (start + s, start + e))
            )
    return made


def _commitment(
    document: str,
    origin: str,
    item: Placed,
    words: str,
    kind: CommitmentKind,
    span: tuple[int, int],
    due: str | None = None,
) -> Commitment:
    """A commitment of the heading that it stands under."""
    place = item.passage.location
    location = Location(document, *span, place.page, place.section)
    section = place.section[-1] if place.section else None
    return Commitment(
        record_id("commitment", origin, span[0], words), kind, words, location,
        theme=item.theme.text if item.theme else section, due=due or _due(words),
    )  # fmt: skip


def _due(words: str) -> str | None:
    """The last period that lies ahead: "by March 2026", "over the next 5 years"."""
    ahead = [p for p in read_periods(words) if p.relation in ("by", "over")]
    return ahead[-1].text if ahead else None


def _with_figures(c: Commitment, figures: Sequence[Figure]) -> Commitment:
    inside = [f for f in figures if c.location.start <= f.at[0] < c.location.end]
    return replace(c, figures=tuple(f.id for f in inside))


def _names(text: str) -> list[str]:
    parts = re.split(r"[,;/\n]|\s+&\s+|\s+and\s+(?=[A-Z])", text)
    return [name for part in parts if (name := " ".join(part.split()).strip(" ."))]


def _text(read: ReadText, cell: RowCell) -> str:
    """The words of a cell; empty where it says that they are yet to come."""
    words = _spaced(read.clean[cell.start : cell.end])
    return "" if _BLANK.match(words) else words


def _spaced(text: str) -> str:
    return " ".join(text.replace("|", " ").split())
