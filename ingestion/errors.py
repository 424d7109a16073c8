"""Errors of reading files; their text is meant for the person who put the file in."""


class UnreadableFile(Exception):
    """A file that cannot be read; the message completes the sentence "NAME …"."""
