"""What the command line prints, on a terminal or into a pipe: all of it passes here, and
nothing that came from somebody's file or file name acts on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from toolkit.words.visible import visible


class Screen:
    """A stream on which every sign is seen and none acts. What is drawn there by our own hand, such
    as bars, is written to its `stream`."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Returns how many signs were given, as a stream does."""
        self.stream.write(visible(text))
        return len(text)

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


def drawn_on(stream: Any) -> Any:
    """The stream below, for what draws with signs that act."""
    return stream.stream if isinstance(stream, Screen) else stream
