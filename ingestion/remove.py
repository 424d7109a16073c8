"""A document is taken out of the corpus, and answered from no longer."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.index import building
from corpus.register import read_register
from corpus.settings import Settings
from ingestion.build import IngestReport, Progress, ingest, silent
from ingestion.leaving import put_away


def take_out(settings: Settings, paths: Sequence[str], progress: Progress = silent) -> IngestReport:
    """Take documents out of the corpus and bring the index up to date; the report tells of what is gone.

    A path that is not there is passed over.
    Raises RegisterError where the register or the folder cannot be changed, and what ``ingest`` raises.
    """
    with building(settings.index_folder):
        put_away(settings.corpus, {item.path for item in read_register(settings.corpus)} & set(paths))
    report = ingest(settings, progress)
    return replace(report, documents=tuple(d for d in report.documents if d.status == "removed"))
