"""What a file would change, on one line, and behind it the figures, commitments and passages before and after."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from html import escape
from typing import TypeVar

import streamlit as st

from briefing.brief import words_of
from corpus.commitment import Commitment, CommitmentKind
from corpus.figure import Figure
from corpus.location import Location
from corpus.passage import Passage
from ingestion.change import Change, Changes
from ingestion.changes import FileChanges
from pages.counted import number_of

FEW = 5  # figures that are shown at once; more are opened
_LONGEST = 300  # characters shown of words that are new or gone
_AROUND = 8  # words shown on either side of what changed
_SPARED = 5  # so few words more are not worth a gap
_KINDS = {CommitmentKind.LEAD: "Led by", CommitmentKind.SUPPORT: "Supported by"}

T = TypeVar("T")


def in_words(changes: FileChanges | None) -> str:
    """ "12 figures new, 3 changed, 1 gone; 40 stay as they are. 1 commitment new": what there is none of is left out."""
    if changes is None:
        return "nothing changes"
    if changes.figures.none and changes.commitments.none and changes.passages.none and changes.passages.kept:
        return "no figure, commitment or passage changes"
    kept = changes.figures.kept
    figures = _counts(changes.figures, "figure", "changed") or "no figure changes"
    figures += f"; {kept:,} {'stays as it is' if kept == 1 else 'stay as they are'}" if kept else ""
    commitments = _counts(changes.commitments, "commitment", "changed")
    return ". ".join(part for part in (figures, commitments, _counts(changes.passages, "passage", "reworded")) if part)


def _counts(changes: Changes[T], noun: str, changed: str) -> str:
    """ "12 figures new, 3 changed, 1 gone"; "" where all stay."""
    sorts = [(changes.new, "new"), (changes.changed, changed), (changes.gone, "gone")]
    (first, word), *rest = [(count, word) for count, word in sorts if count] or [(0, "")]
    return (
        ", ".join((f"{number_of(first, noun)} {word}", *(f"{count:,} {word}" for count, word in rest))) if first else ""
    )


def show_changes(changes: FileChanges, key: str) -> None:
    """The details, each sort of thing behind its name; a few figures are shown at once."""
    _show("Figures", changes.figures, figures_html(changes.figures.first), key, few=FEW)
    _show("Commitments", changes.commitments, commitments_html(changes.commitments), key)
    _show("Passages", changes.passages, passages_html(changes.passages), key)


def _show(name: str, changes: Changes[T], html: str, key: str, few: int = 0) -> None:
    count = changes.new + changes.changed + changes.gone
    if count:
        listed = f"{count:,}" if count == len(changes.first) else f"the first {len(changes.first):,} of {count:,}"
        with st.expander(f"{name} that change ({listed})", expanded=count <= few, key=f"{key}-{name.lower()}"):
            st.html(html)


# ---- figures ----


def figures_html(changes: Sequence[Change[Figure]]) -> str:
    """Figures before and after, as a table."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Figure", "Change", "Measure", "Area", "Period"))
    return (
        f'<table class="figures"><caption class="visually-hidden">Figures that change</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_figure_row, changes))}</tbody></table>"
    )


def _figure_row(change: Change[Figure]) -> str:
    before, after = change.before, change.after
    figure = _either(change)
    if before and after:
        word, text = "Changed", f"<del>{escape(before.quantity.text)}</del> → {escape(after.quantity.text)}"
        period = _both(before.period, after.period)
    else:
        word, text = ("New" if after else "Gone"), escape(figure.quantity.text)
        period = figure.period or "not stated"
    cells = (
        ("Change", word), ("Measure", _cut(figure.measure, 160)), ("Area", figure.area or "not stated"), ("Period", period),
    )  # fmt: skip
    rest = "".join(f'<td data-label="{name}">{escape(cell)}</td>' for name, cell in cells)
    return f'<tr><th scope="row">{text}</th>{rest}</tr>'


# ---- commitments and passages ----


def commitments_html(changes: Changes[Commitment]) -> str:
    """Commitments before and after, as lists: the words, and below them kind, theme, due date and lead."""
    return _lists(changes, "Changed", words_of, _about)


def passages_html(changes: Changes[Passage]) -> str:
    """Passages before and after, as lists: the words, and below them where they stand."""
    return _lists(
        changes, "Reworded", lambda p: " | ".join(p.text.split("\t")), lambda c: [_place(_either(c).location)]
    )


def _about(change: Change[Commitment]) -> list[str]:
    """What is to be known of a commitment beside its words; what changed of it as "before → after"."""
    either = _either(change)
    before, after = change.before or either, change.after or either
    due, lead = _both(before.due, after.due), _both(before.lead, after.lead)
    partners = _both(", ".join(before.partners), ", ".join(after.partners))
    is_role = either.kind in _KINDS
    return [
        _KINDS.get(either.kind, either.kind.value.capitalize()),
        _both(_theme(before), _theme(after)) if before.theme or after.theme else "",
        f"due {due}" if before.due or after.due else "",
        f"led by {lead}" if (before.lead or after.lead) and not is_role else "",
        f"with {partners}" if (before.partners or after.partners) and not is_role else "",
        _page(either.location),
    ]


def _theme(commitment: Commitment) -> str:
    said = f"theme {commitment.theme_number}, " if commitment.theme_number is not None else ""
    return f"{said}{commitment.theme}" if commitment.theme else ""


def _lists(
    changes: Changes[T], changed: str, words: Callable[[T], str], about: Callable[[Change[T]], Sequence[str]]
) -> str:
    """One list of each sort, under its name and its count."""
    sorts = (
        (changed, changes.changed, [c for c in changes.first if c.before and c.after]),
        ("Gone", changes.gone, [c for c in changes.first if c.after is None]),
        ("New", changes.new, [c for c in changes.first if c.before is None]),
    )
    return "".join(
        f"<h4>{name} ({count:,})</h4><ul>{''.join(_item(c, words, about) for c in listed)}</ul>{_rest(count, len(listed))}"
        for name, count, listed in sorts
        if count
    )


def _item(change: Change[T], words: Callable[[T], str], about: Callable[[Change[T]], Sequence[str]]) -> str:
    if change.before and change.after:
        said = words_before_and_after(words(change.before), words(change.after))
    else:
        said = escape(_cut(" ".join(words(_either(change)).split()), _LONGEST))
    quiet = escape(" · ".join(part for part in about(change) if part))
    return f'<li>{said}<div class="quiet">{quiet}</div></li>'


def _rest(count: int, listed: int) -> str:
    return f'<p class="quiet">and {count - listed:,} more</p>' if count > listed else ""


def words_before_and_after(before: str, after: str) -> str:
    """The words after, with those that went and those that came marked; what stays is cut to the words around them."""
    old, new = before.split(), after.split()
    parts: list[str] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, i, k, j, m) in enumerate(steps):
        if kind == "equal":
            parts.append(escape(_around(new[j:m], at == 0, at == len(steps) - 1)))
            continue
        parts += [f"<del>{escape(' '.join(old[i:k]))}</del>"] if k > i else []
        parts += [f"<ins>{escape(' '.join(new[j:m]))}</ins>"] if m > j else []
    return " ".join(parts)


def _around(words: Sequence[str], first: bool, last: bool) -> str:
    """Words that stay: of many, those beside what changed."""
    ahead = [] if first else words[:_AROUND]
    behind = [] if last else words[-_AROUND:]
    if len(words) <= len(ahead) + len(behind) + _SPARED:
        return " ".join(words)
    if first and last:  # nothing but the look of the words changed, or what is said of them
        return _cut(" ".join(words), _LONGEST)
    return " ".join((*ahead, "…", *behind))


def _place(place: Location) -> str:
    """The headings that a passage stands under, and its page."""
    return ", ".join(part for part in (" › ".join(place.section[-2:]), _page(place)) if part)


def _page(place: Location) -> str:
    return f"page {place.page}" if place.page is not None else ""


def _either(change: Change[T]) -> T:
    """The thing as it will be, or as it was where it goes."""
    thing = change.after if change.after is not None else change.before
    assert thing is not None
    return thing


def _both(before: str | None, after: str | None) -> str:
    same = " ".join((before or "").split()).casefold() == " ".join((after or "").split()).casefold()
    return after or "not stated" if same else f"{before or 'not stated'} → {after or 'not stated'}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
