"""A fault of ours: an exception that nobody thought of, as the places in code that it passed.

What the exception said is not kept: it may quote a cell, and a cell may hold a personal number. The
class, and the lines of code, are enough to find the fault with the file at hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

_PACKAGES = Path(__file__).parents[2]
_HEAD, _BETWEEN = "Traceback (most recent call last):", "Which led to:"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A place in code: file (seen from the folder of packages that it lies in), line, function, and
    the line itself."""

    file: str
    line: int
    function: str
    source: str

    def __str__(self) -> str:
        place = f'  File "{self.file}", line {self.line}, in {self.function}'
        return f"{place}\n    {self.source}" if self.source else place


@dataclass(frozen=True, slots=True)
class ToolFault:
    """An exception in our code: its class, the places that it passed (the innermost last), and the
    fault that it came of, if any. It can be sent between processes."""

    kind: str
    places: tuple[CodeLine, ...]
    cause: ToolFault | None = None

    def __str__(self) -> str:
        """A traceback as Python writes it, without what the exceptions said."""
        own = "\n".join((_HEAD, *map(str, self.places), self.kind))
        return f"{self.cause}\n\n{_BETWEEN}\n\n{own}" if self.cause else own


def fault_of(error: BaseException) -> ToolFault:
    """An exception that has been raised, as a fault of ours."""
    return _fault_of(error, frozenset())


def _fault_of(error: BaseException, seen: frozenset[int]) -> ToolFault:
    cause = _cause_of(error)
    known = seen | {id(error)}
    if cause is None or id(cause) in known:  # causes can be made to lead in a circle
        return ToolFault(type(error).__qualname__, tuple(_places(error)))
    return ToolFault(type(error).__qualname__, tuple(_places(error)), _fault_of(cause, known))


def _cause_of(error: BaseException) -> BaseException | None:
    if error.__cause__ is not None or error.__suppress_context__:
        return error.__cause__
    return error.__context__


def _places(error: BaseException) -> Iterator[CodeLine]:
    for frame in extract_tb(error.__traceback__):
        yield CodeLine(shown_file(frame.filename), frame.lineno or 0, frame.name, frame.line or "")


def shown_file(name: str) -> str:
    """A file of code without the folders of this machine: `toolkit/read/rows.py`."""
    path = Path(name)
    folders = [_PACKAGES, *map(Path, filter(None, sys.path))]
    inner = [folder for folder in folders if path.is_relative_to(folder)]
    if not inner:
        return path.name
    deepest = max(inner, key=lambda folder: len(folder.parts))
    return path.relative_to(deepest).as_posix()
