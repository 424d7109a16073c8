"""What a file changes: its figures, commitments and passages before and after."""

from dataclasses import dataclass

from corpus.commitment import Commitment
from corpus.figure import Figure
from corpus.passage import Passage
from corpus.records import Records
from ingestion.change import Changes
from ingestion.changed_figures import changed_figures
from ingestion.changed_words import changed_commitments, changed_passages


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What becomes of what was read in a file. A table has figures alone: the passages of its rows say nothing else."""

    figures: Changes[Figure]
    commitments: Changes[Commitment]
    passages: Changes[Passage]


def changes(before: Records | None, after: Records | None) -> FileChanges:
    """What becomes of a file; None stands for one that is not there."""
    old, new = (None if r is None or r.document.is_table else r for r in (before, after))
    return FileChanges(changed_figures(before, after), changed_commitments(old, new), changed_passages(old, new))
