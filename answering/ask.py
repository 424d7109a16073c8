"""The steps from a question to a checked answer, in order: question → evidence → answer → checked answer."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableLambda

from answering.answer import Answer, AnswerFigure, CheckedAnswer, Citation, Receipt, Status
from answering.check import Checker
from answering.choose import choose
from answering.compose import compose
from answering.frame import refuse
from answering.model import write
from corpus.index import Generation, open_generation
from corpus.plain import plain, without_tags
from corpus.settings import Settings
from prompts import reply
from retrieval.conversation import Reader
from retrieval.evidence import Finder
from retrieval.found import Evidence
from retrieval.judged import evidence as judged
from retrieval.judged.candidates import Candidates
from retrieval.judged.cross_encoder import CrossEncoder
from retrieval.judged.judge import DEFAULT, Judge, LearnedJudge
from retrieval.judged.question import Reader as PlainReader
from retrieval.judged.search import StatementRetriever
from retrieval.judged.slots import Slots
from retrieval.question import Question
from retrieval.search import passages_in

LONGEST_QUESTION = 2000  # characters
VERSION = "0.1.0"


class QuestionError(Exception):
    """A question that cannot be asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Both:
    """What the rules found for a turn, and what the judge did."""

    ruled: Evidence
    judged: judged.Evidence


@dataclass(frozen=True, slots=True)
class Turn:
    """One chat turn with the earlier questions of its conversation, oldest first."""

    text: str
    history: tuple[str, ...] = ()


class Asker:
    """Answers questions over one generation of the index. Holds nothing of any conversation."""

    def __init__(
        self, generation: Generation, settings: Settings, judge: Callable[[Slots], Judge] | None = None
    ) -> None:
        self.generation = generation
        self.settings = settings
        self._reader, self._plain_reader = Reader(generation), PlainReader(generation)
        slots = Slots(generation)
        self._judge = judge(slots) if judge is not None else judge_of(settings.judge, generation, slots)
        self._candidates = Candidates(generation, slots)
        self._finder = Finder(generation)
        self._judged = judged.Finder(generation, self._judge, slots)
        self._checker = Checker(generation.documents, generation.figures, generation.gazetteer)
        self.search_with(StatementRetriever(generation=generation, nearest=generation.nearest))

    def search_with(self, retriever: StatementRetriever) -> None:
        """Search with another retriever of statements, as training does."""
        self._retriever = retriever
        self.chain = self._chain()

    def ask(self, text: str, history: Sequence[str] = ()) -> CheckedAnswer:
        """Answer a question, as it is without what is no text. Raises QuestionError for one that is empty or too long."""
        if len(text) > LONGEST_QUESTION:
            raise QuestionError(reply("errors.long", length=f"{len(text):,}", limit=f"{LONGEST_QUESTION:,}"))
        text = cleaned(text)
        if not text:
            raise QuestionError(reply("errors.empty"))
        earlier = tuple(filter(None, (cleaned(h) for h in history if len(h) <= LONGEST_QUESTION)))
        timing = {"retrieve": 0.0, "answer": 0.0}
        checked: list[CheckedAnswer] = []
        for part in questions_in(text):
            started = time.perf_counter()
            evidence: Both = self.retrieval.invoke(Turn(part, earlier))
            found = time.perf_counter()
            checked.append(self.answering.invoke(evidence))
            timing["retrieve"] += round((found - started) * 1000, 1)
            timing["answer"] += round((time.perf_counter() - found) * 1000, 1)
            earlier = (*earlier, part)
        return CheckedAnswer(together(text, [c.answer for c in checked]), checked[0].receipt, timing)

    def _chain(self) -> Runnable[Turn, CheckedAnswer]:
        """The whole way as one LangChain runnable; its first half alone is ``retrieval``, its second ``answering``.

        Rules and judge search the same statements; the rules rewrite a follow-up, the judge reads it behind what it follows.
        """
        self.retrieval: Runnable[Turn, Both] = RunnableLambda(self._find)
        self.answering: Runnable[Both, CheckedAnswer] = RunnableLambda(self._answer)
        return self.retrieval | self.answering

    def _find(self, turn: Turn) -> Both:
        """What rules and judge find; what both ask in the same words is searched once."""
        ruled, plain_question = self.read(turn), self._plain_reader.read(turn.text, turn.history)
        found = self._retriever.invoke(plain_question.standalone)
        same = ruled.standalone == plain_question.standalone
        passages = passages_in(found if same else self._retriever.invoke(ruled.standalone), self.generation)
        candidates = [self._candidates.of(document.metadata) for document in found]
        return Both(self._finder.find(ruled, passages), self._judged.find(plain_question, candidates))

    def read(self, turn: Turn) -> Question:
        """What a turn asks for, in the light of the questions before it."""
        return self._reader.read(turn.text, turn.history)

    def _answer(self, evidence: Both) -> CheckedAnswer:
        composed = choose(compose(evidence.ruled, self.generation), evidence.ruled, evidence.judged, self.generation)
        answer, model = write(composed, self._checker, self.settings.model)
        receipt = Receipt(self.generation.id, VERSION, model, self._judge.name)
        return CheckedAnswer(self._checked(answer, composed, evidence.ruled), receipt, {})

    def _checked(self, answer: Answer, composed: Answer, evidence: Evidence) -> Answer:
        """The first of: the answer as written, the answer as composed, a refusal; whichever passes the check."""
        for candidate in (answer, composed, refuse(evidence, self.generation)):
            if not self._checker.problems(candidate):
                return candidate
        return Answer(answer.question, answer.standalone, Status.NOT_FOUND, reply("errors.unchecked"))


def cleaned(question: str) -> str:
    """A question without tags, escapes, controls, direction marks and signs without width: they ask for nothing."""
    return without_tags(plain(question)).strip()


_NEXT_QUESTION = re.compile(
    r"\?\s+(?=\w)|,?\s+and\s+(?=(?:what|how\s+(?:many|much|fast|far|long|big|high|low|soon|often|does|do|is)|who|when|which|where|by\s+when)\b)",
    re.IGNORECASE,
)
_ASKING_WORD = re.compile(r"\b(?:what|how|who|when|which|where|why|is|are|does|do|did|will)\b", re.IGNORECASE)


def questions_in(text: str) -> list[str]:
    """The questions of one turn: "How many exporters are there, and what is the target?" holds two."""
    parts = [p.strip() for p in _NEXT_QUESTION.split(text) if p and p.strip()]
    if len(parts) < 2 or len(parts) > 4 or any(len(p.split()) < 3 or not _ASKING_WORD.search(p) for p in parts):
        return [text]
    return [p if p.endswith("?") else f"{p}?" for p in parts]


def together(text: str, answers: list[Answer]) -> Answer:
    """The answers to the questions of one turn as one answer, with its citations numbered through."""
    if len(answers) == 1:
        return replace(answers[0], question=text)
    texts: list[str] = []
    figures: list[AnswerFigure] = []
    citations: list[Citation] = []
    for answer in answers:
        places = {(c.document, c.start, c.end, c.cell): c.id for c in citations}
        numbers: dict[int, int] = {}
        for c in answer.citations:
            key = (c.document, c.start, c.end, c.cell)
            if key not in places:
                places[key] = len(citations) + 1
                citations.append(replace(c, id=places[key]))
            numbers[c.id] = places[key]
        renumbered = _renumbered(answer.text, numbers)
        if renumbered not in texts:
            texts.append(renumbered)
        for f in answer.figures:
            moved = replace(f, citation=numbers.get(f.citation or 0))
            if moved not in figures:
                figures.append(moved)
    statuses = [a.status for a in answers]
    status = Status.ANSWERED if Status.ANSWERED in statuses else statuses[0]
    nearest = answers[0].nearest if status is not Status.ANSWERED else ()
    caveats = [c for a in answers for c in a.caveats if "[" not in c]
    suggestions = tuple(s for a in answers for s in a.suggestions) if status is Status.CLARIFY else ()
    standalone = " ".join(a.standalone for a in answers)
    return Answer(
        text,
        standalone,
        status,
        " ".join(texts),
        tuple(figures),
        tuple(citations),
        tuple(dict.fromkeys(caveats)),
        suggestions,
        nearest,
        min((a.confidence for a in answers if a.confidence is not None), default=None),
    )


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    return re.sub(r"\[(\d+)\]", lambda mark: f"[{numbers.get(int(mark[1]), int(mark[1]))}]", text)


def judge_of(name: str, generation: Generation, slots: Slots) -> Judge:
    """The judge of a name: the one that ships, or a cross-encoder. Raises ModelError."""
    return LearnedJudge(generation, slots) if name == DEFAULT else CrossEncoder(name)


def open_asker(settings: Settings) -> Asker:
    """Open the index that is served. Raises IndexUnusable or ModelError with a sentence for the person."""
    return Asker(open_generation(settings.index_folder, settings.embedding_model, settings.area), settings)
