"""What a plan says of its themes: who leads, who supports, and what each theme holds."""

from corpus.commitment import Commitment, CommitmentKind, Theme
from corpus.index import Generation
from retrieval.judged.question import Asks, Question

Parts = tuple[tuple[Theme, ...], tuple[Commitment, ...], tuple[str, ...]]
_ROLE = {Asks.LEAD: CommitmentKind.LEAD, Asks.SUPPORT: CommitmentKind.SUPPORT}


def plan_parts(question: Question, generation: Generation) -> Parts | None:
    """The themes, what is committed to in them, and which parts are not stated; None where no plan has themes."""
    if not generation.themes:
        return None
    if question.asks is Asks.THEMES:
        first = generation.themes[0].location.document
        return tuple(t for t in generation.themes if t.location.document == first), (), ()
    theme = question.theme
    if theme is None:
        return (), (), ("theme",)
    role = _ROLE.get(question.asks)
    wanted = (role,) if role is not None else question.parts
    own = [c for c in generation.commitments if c.theme == theme.name and c.location.document == theme.document]
    kept = tuple(c for c in own if not wanted or c.kind in wanted)
    missing = tuple(p for p in theme.missing if not wanted or any(p.startswith(k.value[:6]) for k in wanted))
    return (theme,), kept, missing
