"""The tree of the errors that are the toolkit's own.

What is wrong with a file from outside is a finding, not an error: only what stops a whole command
reaches the terminal as an error."""

from __future__ import annotations


class LansrapportError(Exception):
    """Root of all errors of the toolkit. Its text is for a person who has stopped, in Swedish, and
    says what is wrong and where: a file and a line, or a name."""


class CannotBeDone(LansrapportError):
    """A command cannot be carried out. The words stand in the terminal's catalogue, under the name
    that the error holds, since the rooms below the terminal have no words of their own for it."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


class ContentError(LansrapportError):
    """The content of a file is not what its format asks for. Whoever reads the file catches it and
    makes a finding of it, so its text is for developers, or only a finding's code."""


class NotWritten(LansrapportError, OSError):
    """A file or a folder cannot be written: `errno` says why, `filename` is the one that was to be
    there, not the temporary one by way of which it is written."""
