"""A commitment: something the plan says will be done or reached, by theme."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.location import Location


class CommitmentKind(StrEnum):
    """The parts of a logic chain; the words are those of the command-line contract."""

    ISSUE = "issue"
    LEAD = "lead"
    SUPPORT = "support"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, priority or objective of a plan: its number and name, what it is about, and what it leaves out.

    missing: the parts of the logic chain that the plan does not state for this theme ("lead", "activities").
    """

    document: str
    number: int | None
    name: str
    heading: str
    summary: str | None
    location: Location
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """One lead, supporting organisation list, issue, activity, output or outcome of a theme.

    text: the source's words; parent: the id of the bullet that this one stands under; figures: ids of its figures.
    missing: what the plan does not state for the commitment's theme.
    """

    id: str
    kind: CommitmentKind
    text: str
    location: Location
    theme: str | None = None
    theme_number: int | None = None
    lead: str | None = None
    partners: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    due: str | None = None
    parent: str | None = None
    missing: tuple[str, ...] = ()
