"""What the command line prints, on a terminal or into a pipe: all of it passes here, and
nothing that came from somebody's file or file name acts on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from toolkit.words.visible import visible


class Screen:
    """A stream on which every sign is seen and none acts. What is drawn there by our own hand, such
    as bars, is written to its `stream`. What can no longer be written there stops no work: `failed`
    says why."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.failed: OSError | None = None

    def write(self, text: str) -> int:
        """Returns how many signs were given, as a stream does."""
        try:
            self.stream.write(visible(text))
        except OSError as error:
            self._fail(error)
        return len(text)

    def flush(self) -> None:
        """As a stream's."""
        try:
            self.stream.flush()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        """Nobody reads any more, or there is no room: the rest goes nowhere. Python would otherwise
        try what is left once more when it ends, and tell of it in English."""
        self.failed = self.failed or error
        with suppress(OSError, ValueError):  # a stream without a number
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)

    def writelines(self, lines: Iterable[str]) -> None:
        """As `write`, each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def show_through() -> None:
    """All that is printed from now on is printed so. Windows' consoles have code pages that lack
    letters; what they cannot show is replaced."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or isinstance(stream, Screen):
            continue
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
        setattr(sys, name, Screen(stream))


def unshown() -> OSError | None:
    """Why something that was to be printed was not, when all is through. That nobody reads on, as
    after `| head`, is no fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Screen):
            stream.flush()
            if stream.failed and not isinstance(stream.failed, BrokenPipeError):
                return stream.failed
    return None


def drawn_on(stream: Any) -> Any:
    """The stream below, for what draws with signs that act."""
    return stream.stream if isinstance(stream, Screen) else stream
