"""What a command has to say, noted for a program while the same is printed for people: each thing
as an object. Only a command that was asked for objects (`--json`) is listened to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

SaidObject = Mapping[str, object]
_NOTED: ContextVar[list[SaidObject] | None] = ContextVar("noted", default=None)


@contextmanager
def noting_objects() -> Iterator[list[SaidObject]]:
    """All that is noted while this is open."""
    found: list[SaidObject] = []
    token = _NOTED.set(found)
    try:
        yield found
    finally:
        _NOTED.reset(token)


def note(told: SaidObject) -> None:
    """One thing that is said, where anybody listens."""
    noted = _NOTED.get()
    if noted is not None:
        noted.append(told)
