"""Settings that differ by installation. The only place where the environment is read."""

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
BUILT_IN_CORPUS = ROOT / "corpus"


class Settings(BaseSettings):
    """Where the files are, which models are used, whose area is of interest, and who may do what.

    corpus: folder of the council's files (PLANCHAT_CORPUS). index: folder of the built index (PLANCHAT_INDEX).
    model: a language model for ``init_chat_model``, such as ``ollama:llama3.2``; None: answers are composed without one.
    embedding_model: the sentence-transformers model that ships ("planchat"), a package or a folder.
    judge: the cross-encoder that judges statements: the one that ships, a folder or a package.
    area: the area that a question means when it names none; None: the corpus's own.

    editing: whether anybody may change anything in the app. sign_in: whether readers, too, must sign in.
    editors: e-mail addresses of editors, with commas between them. role_claim: the claim of a sign-in that holds a
    person's roles (dots lead into it: ``realm_access.roles``); editor_role: the role among them that makes an editor.
    sign_in_hours: how long a sign-in counts. log_folder: where the editor log is kept (PLANCHAT_LOG_FOLDER).
    feedback_days: how long gaps and ratings are kept that visitors send; 0: none are kept, and none are asked for.

    log_questions: whether questions are kept, without who asked; log_days: for how many days.
    council, contact: who runs planchat here, and how they are reached; privacy_notice: a text file of their own.
    """

    model_config = SettingsConfigDict(env_prefix="PLANCHAT_", extra="ignore")

    corpus: Path = BUILT_IN_CORPUS
    index: Path | None = None
    model: str | None = None
    embedding_model: str = "planchat"
    judge: str = "judge"
    area: str | None = None

    editing: bool = True
    sign_in: Literal["optional", "required"] = "optional"
    editors: str = ""
    role_claim: str | None = None
    editor_role: str = "planchat-editor"
    sign_in_hours: float = Field(default=12, gt=0)
    log_folder: Path | None = None
    feedback_days: int = Field(default=365, ge=0)

    log_questions: bool = False
    log_days: int = Field(default=30, ge=1)
    council: str | None = None
    contact: str | None = None
    privacy_notice: Path | None = None

    @property
    def index_folder(self) -> Path:
        """The index's folder: the one that was set, or one of its own for each corpus."""
        if self.index is not None:
            return self.index
        corpus = self.corpus.resolve()
        if corpus == BUILT_IN_CORPUS:
            return ROOT / ".planchat" / "index"
        return ROOT / ".planchat" / "indexes" / hashlib.sha256(str(corpus).encode()).hexdigest()[:16]

    @property
    def logs(self) -> Path:
        """The folder of what is kept of the app's use: in the index's folder, and in no generation of it."""
        return self.log_folder or self.index_folder / "log"
