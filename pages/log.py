"""A log as a file of JSON Lines that only grows, and that only its owner can read."""

import json
import os
from collections.abc import Mapping
from pathlib import Path


def append(file: Path, entry: Mapping[str, object]) -> None:
    """Add one line, and the folder where it is missing. The line is on the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
