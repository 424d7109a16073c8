"""Text of a source inside Markdown: shown to the letter, with nothing in it read as markup."""

import re

# Emphasis, code, links, images, HTML, formulas, strikethrough and table bars; a colon that opens a directive, an
# emoji's name or an address; the dot and the sign by which a bare address becomes a link.
_MARKUP = re.compile(r"[\\`*_\[\]<>$~|{}&]|!(?=\[)|:(?=[\w/])|(?<=www)\.|@(?=\w)", re.IGNORECASE)
# What opens a heading, a list or a rule at the beginning of a line.
_OPENING = re.compile(r"^(\d*)([#+\-=.)])(?=[\s#=-]|$)")


def as_written(text: str) -> str:
    """Text on one line that Markdown shows as it is written."""
    line = _MARKUP.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
    return _OPENING.sub(r"\1\\\2", line)
