"""Errors of reading files; their text is meant for the person who put the file in."""


class UnreadableFile(Exception):
    """A file that cannot be read; the message completes the sentence "NAME …"."""


class FileChanged(UnreadableFile):
    """A file that was changed while it was read: tried again at the next run, whatever its state."""
