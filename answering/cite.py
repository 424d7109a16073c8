"""Citations, numbered in the order in which they are first used; one place is one citation."""

from dataclasses import dataclass, field, replace

from answering.answer import Citation
from corpus.document import Document
from corpus.figure import Figure
from corpus.index import Generation
from corpus.location import Location
from corpus.statement import Statement
from prompts import reply


@dataclass(slots=True)
class Citations:
    """Numbers citations in the order in which they are first used; one place is one citation."""

    generation: Generation
    made: list[Citation] = field(default_factory=list)

    def figure(self, figure: Figure) -> int:
        return self._add(figure.location, figure.quote, figure.source, figure.at)

    def statement(self, statement: Statement, mark: tuple[int, int] | None = None) -> int:
        """Cite a statement of a document; of a row that was copied out of one its figure, in its cell."""
        place = statement.location
        if place.cell is not None:
            copied = (f for f in self.generation.figures_in(place.document) if f.location.cell == place.cell)
            if (figure := next(copied, None)) is not None:
                return self.figure(figure)
            place = replace(place, cell=None)  # a row without a figure is cited as it stands
        return self.span(place, place.start, place.end, mark)

    def span(self, location: Location, start: int, end: int, mark: tuple[int, int] | None = None) -> int:
        """Cite the document's words from start to end; ``mark`` are those that count, where it is not all of them."""
        document = self.generation.documents[location.document]
        quote = document.text[start:end]
        place = replace(location, start=start, end=end)
        return self._add(place, quote, None, mark or (start, end))

    def _add(self, place: Location, quote: str, source: str | None, mark: tuple[int, int]) -> int:
        for i, c in enumerate(self.made):
            if (c.document, c.start, c.end, c.cell) == (place.document, place.start, place.end, place.cell):
                self.made[i] = replace(
                    c, highlights=tuple(dict.fromkeys((*c.highlights, mark))), source=c.source or source
                )
                return c.id
        document = self.generation.documents[place.document]
        self.made.append(citation(len(self.made) + 1, document, place, quote, source, (mark,)))
        return len(self.made)


def citation(
    number: int, document: Document, place: Location, quote: str, source: str | None, marks: tuple[tuple[int, int], ...]
) -> Citation:
    """A citation of a place, in the shape of the contract."""
    return Citation(
        id=number,
        document=document.path,
        title=document.title,
        date=document.date,
        page=place.page,
        section=place.section,
        cell=place.cell,
        quote=quote,
        start=place.start,
        end=place.end,
        source=source,
        status=document.status,
        highlights=marks,
    )


def draft_caveats(citations: Citations) -> list[str]:
    titles = dict.fromkeys(c.title for c in citations.made if c.status == "draft")
    return [reply("caveats.draft", title=title) for title in titles]
