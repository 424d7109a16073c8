"""The steps from a question to a checked answer, in order: question → evidence → answer → checked answer."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from answering.answer import Answer, CheckedAnswer, Receipt, Status
from answering.check import Checker
from answering.compose import compose, refuse
from answering.model import write
from corpus.index import Generation, open_generation
from corpus.settings import Settings
from prompts import reply
from retrieval.evidence import Evidence, Finder
from retrieval.conversation import Reader
from retrieval.question import Question
from retrieval.search import PassageRetriever

LONGEST_QUESTION = 2000  # characters
VERSION = "0.1.0"


class QuestionError(Exception):
    """A question that cannot be asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One chat turn with the earlier questions of its conversation, oldest first."""

    text: str
    history: tuple[str, ...] = ()


class Asker:
    """Answers questions over one generation of the index. Holds nothing of any conversation."""

    def __init__(self, generation: Generation, settings: Settings) -> None:
        self.generation = generation
        self.settings = settings
        self._reader = Reader(generation)
        self._finder = Finder(generation)
        self._checker = Checker(generation.documents, generation.figures, generation.gazetteer)
        self._retriever = PassageRetriever(generation=generation)
        self.chain = self._chain()

    def ask(self, text: str, history: Sequence[str] = ()) -> CheckedAnswer:
        """Answer a question. Raises QuestionError for one that is empty or too long."""
        if not text.strip():
            raise QuestionError(reply("errors.empty"))
        if len(text) > LONGEST_QUESTION:
            raise QuestionError(reply("errors.long", length=f"{len(text):,}", limit=f"{LONGEST_QUESTION:,}"))
        started = time.perf_counter()
        earlier = tuple(h for h in history if h.strip() and len(h) <= LONGEST_QUESTION)
        evidence: Evidence = self.retrieval.invoke(Turn(text.strip(), earlier))
        found = time.perf_counter()
        checked: CheckedAnswer = self.answering.invoke(evidence)
        done = time.perf_counter()
        timing = {"retrieve": round((found - started) * 1000, 1), "answer": round((done - found) * 1000, 1)}
        return CheckedAnswer(checked.answer, checked.receipt, timing)

    def _chain(self) -> Runnable[Turn, CheckedAnswer]:
        """The whole way as one LangChain runnable; its first half alone is ``retrieval``, its second ``answering``."""
        passages = RunnableLambda(lambda question: question.standalone) | self._retriever
        self.retrieval: Runnable[Turn, Evidence] = (
            RunnableLambda(self._read)
            | {"question": RunnablePassthrough(), "passages": passages}
            | RunnableLambda(lambda found: self._finder.find(found["question"], found["passages"]))
        )
        self.answering: Runnable[Evidence, CheckedAnswer] = RunnableLambda(self._answer)
        return self.retrieval | self.answering

    def _read(self, turn: Turn) -> Question:
        return self._reader.read(turn.text, turn.history)

    def _answer(self, evidence: Evidence) -> CheckedAnswer:
        composed = compose(evidence, self.generation)
        answer, model = write(composed, self._checker, self.settings.model)
        return CheckedAnswer(
            self._checked(answer, composed, evidence), Receipt(self.generation.id, VERSION, model), {}
        )

    def _checked(self, answer: Answer, composed: Answer, evidence: Evidence) -> Answer:
        """The first of: the answer as written, the answer as composed, a refusal; whichever passes the check."""
        for candidate in (answer, composed, refuse(evidence, self.generation)):
            if not self._checker.problems(candidate):
                return candidate
        return Answer(answer.question, answer.standalone, Status.NOT_FOUND, reply("errors.unchecked"))


def open_asker(settings: Settings) -> Asker:
    """Open the index that is served. Raises IndexUnusable or ModelError with a sentence for the person."""
    return Asker(open_generation(settings.index_folder, settings.embedding_model, settings.area), settings)
