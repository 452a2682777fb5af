"""How a long piece of work tells how far it has come, without knowing who looks on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[], None]
"""Called each time that one of several things is done."""
Progress = Callable[[str, int], AbstractContextManager[Step]]
"""`progress(name, count)` is open while so many things are done; `name` is one of templates, check,
merge, finance, report."""


def no_step() -> None:
    """Nobody counts."""


@contextmanager
def unseen(_name: str, _count: int) -> Iterator[Step]:
    """Nobody looks on."""
    yield no_step
