"""What a plan says of its themes: who leads, who supports, and what each theme holds."""

import re

from corpus.commitment import Commitment, CommitmentKind
from corpus.passage import Passage
from retrieval.decide import Decider
from retrieval.found import Evidence
from retrieval.question import Asks, Question


class Themes:
    """Finds commitments by theme and by organisation."""

    def __init__(self, decider: Decider) -> None:
        self.generation = decider.generation
        self.matcher = decider.matcher

    def commitments(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """Who leads, who supports, and what a theme holds; None where the question is about no theme."""
        theme = question.theme
        if theme is None:
            if (named := self._by_organisation(question)) is not None:
                return named
            if question.theme_number is not None and self.generation.themes:
                return Evidence(question, missing=("theme",), passages=passages)
            return self._of_every_theme(question, passages)
        wanted = question.parts
        own = [
            c for c in self.generation.commitments if c.theme == theme.name and c.location.document == theme.document
        ]
        kept = tuple(c for c in own if not wanted or c.kind in wanted)
        missing = tuple(part for part in theme.missing if not wanted or any(_part_is(part, k) for k in wanted))
        return Evidence(question, themes=(theme,), commitments=kept, missing=missing, passages=passages)

    def _of_every_theme(self, question: Question, passages: tuple[Passage, ...]) -> Evidence | None:
        """ "Who leads each theme?": every lead, and the themes for which none is stated."""
        left = [t for t in question.terms if t.stems[0] not in _ROLE_STEMS]
        if left or question.asks is Asks.THEME:
            return None
        kept = tuple(c for c in self.generation.commitments if c.kind in question.parts)
        without = tuple(
            t for t in self.generation.themes if any(_part_is(p, k) for p in t.missing for k in question.parts)
        )
        return Evidence(question, themes=without, commitments=kept, passages=passages) if kept else None

    def _by_organisation(self, question: Question) -> Evidence | None:
        """Which themes an organisation leads or supports; None where the question names none that the plan names."""
        kinds = (CommitmentKind.LEAD, CommitmentKind.SUPPORT)
        roles = [c for c in self.generation.commitments if c.kind in kinds and c.kind in question.parts]
        terms = [t for t in question.terms if t.stems[0] not in _ROLE_STEMS]
        asked = question.standalone
        found: list[Commitment] = []
        for commitment in roles:
            for name in commitment.partners:
                held = self.matcher.words_of(name)
                spelled = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked, re.IGNORECASE)
                if spelled or (terms and all(self.matcher.covers(held, t) > 0.5 for t in terms)):
                    found.append(commitment)
                    break
        return Evidence(question, commitments=tuple(found)) if found else None


_ROLE_STEMS = frozenset(
    "lead oversee support help run head chair partner organization involv input respons account bodi agenc".split()
)


def _part_is(part: str, kind: CommitmentKind) -> bool:
    return part.startswith(kind.value[:6])
