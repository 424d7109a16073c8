"""Plain text: what of a text is no text (controls, escapes, direction marks, signs without width), and text without it.

A terminal, a page or a spreadsheet would act on such signs, and a number or a word is no longer found with one in it.
"""

import re

# Signs without width: soft hyphens, zero-width spaces and joiners, marks of direction, tags.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Controls, but for tabs, line ends and page ends; halves of characters; what is no character at all.
_CONTROLS = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
# What a terminal obeys, whole: "ESC [ 31 m", and "ESC ] title BEL". Of any other escape the sign alone goes.
_ESCAPES = (
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[!-/]{0,8}[@-~]"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,200}(?:\x07|\x1b\\|\x9c)|\x1b"
)

UNSHOWABLE = re.compile(f"[{_UNSEEN}{_CONTROLS}\t\n\f\r]")  # no name of a file may hold one
UNSEEN = re.compile(f"[{_UNSEEN}]")
_NO_TEXT = re.compile(f"(?:{_ESCAPES}|[{_UNSEEN}])+")
_CONTROL = re.compile(f"[{_CONTROLS}]")
_MARK = "\u200b"
_WORD = re.compile(r"[^ \t\n\v\f\r]+")  # a no-break space may stand within a number
_TAG = re.compile(r"<!--.{0,500}?-->|</?[A-Za-z][^<>]{0,500}>", re.DOTALL)


def plain(text: str) -> str:
    """The text without what is no text; a control that stands between two words is read as the space it may stand for."""
    if text.isprintable():
        return text
    return _CONTROL.sub(" ", _NO_TEXT.sub("", text))


def plain_in_place(text: str) -> str:
    """The same, as long as it was: each word is brought together and followed by a space for each sign it has lost.

    So every word still begins where it began, and what is cited is found at its place in the file.
    """
    marked = _NO_TEXT.sub(lambda found: _MARK * len(found[0]), text)
    if marked != text or _MARK in text:
        marked = _WORD.sub(lambda word: word[0].replace(_MARK, "").ljust(len(word[0])), marked)
    return _CONTROL.sub(" ", marked)


def without_tags(text: str) -> str:
    """The text without the tags of HTML: "a <b>word</b>" is "a word"; "<100" and "a < b" are no tags."""
    return _TAG.sub("", text)
