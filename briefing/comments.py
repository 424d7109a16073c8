"""A copy of a draft in Word with a comment on each figure: its verdict, why, and the source's words."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document as new_document

from briefing.draft import LIMITS, Draft, drafts_reader
from briefing.places import place_in_words
from briefing.verdict import Finding, Verdict
from ingestion.errors import UnreadableFile
from ingestion.limits import Limits
from ingestion.remarks import Remark, saved, set_remarks

_NAMES = {Verdict.SUPPORTED: "Supported", Verdict.CONTRADICTED: "Contradicted", Verdict.NOT_FOUND: "Not found"}


def commented(draft: Draft, findings: Sequence[Finding], file: Path | None, limits: Limits = LIMITS) -> bytes:
    """The draft as a Word file with comments: a copy of ``file`` where that is a Word file, else its text anew.

    A Word file is opened in a process with limits, as it was to be read: what is in it may come from anybody.
    Raises UnreadableFile with a sentence for the person.
    """
    remarks = [Remark(f.text, f.sentence, said(f)) for f in findings]
    if file is not None and file.suffix.lower() == ".docx":
        try:
            return drafts_reader().with_remarks(file, remarks, limits)
        except UnreadableFile as error:
            raise UnreadableFile(f"No copy with comments can be made: the draft {draft.name} {error}.") from error
    document = new_document()
    for placed in draft.placed:
        style = "List Bullet" if placed.passage.kind == "bullet" else None
        document.add_paragraph(" ".join(placed.passage.text.split()), style)
    set_remarks(document, remarks)
    return saved(document)


def said(finding: Finding) -> str:
    """A verdict in words: what it is, why, and where the source stands."""
    lines = [f"{_NAMES[finding.verdict]}. {finding.why}", *finding.notes]
    if finding.working and finding.working not in finding.why:
        lines.append(f"Working: {finding.working}.")
    if finding.citation is not None:
        quote = " ".join(finding.citation.quote.split())
        lines.append(f"{place_in_words(finding.citation)}: “{quote}”")
    return "\n".join(lines)
