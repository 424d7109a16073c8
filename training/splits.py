"""The split of the files into training, development and test, as committed in ``splits.toml``."""

import tomllib
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("splits.toml")


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    return {side: frozenset(files) for side, files in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}


def side_of(file: str) -> str:
    """``train``, ``development`` or ``test``, by the file's name."""
    return next((side for side, files in _listed().items() if file in files), "train")
