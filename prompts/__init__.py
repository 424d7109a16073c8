"""Templates and replies: the words that planchat says, in files that an editor can read."""

import tomllib
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def _replies() -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / "replies.toml").read_text(encoding="utf-8"))


def reply(name: str, **values: object) -> str:
    """The reply of that name ("not_found.figure") with its places filled."""
    section, key = name.split(".")
    return _replies()[section][key].format(**values)


def template(name: str) -> str:
    """The text of a prompt file."""
    return (_FOLDER / name).read_text(encoding="utf-8")
