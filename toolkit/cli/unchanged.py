"""A command that has been given before, in a folder that is as it was left then: what was said is
said again, and nothing is worked out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from datetime import date
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from toolkit.cli.journal import JOURNAL
from toolkit.files.regular import real

if TYPE_CHECKING:
    from toolkit.year.inputs import Inputs

_OF_TERMINALS = (
    "COLORTERM", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "TERM", "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)  # fmt: skip
"""What decides how a table is drawn."""


def unless_unchanged(
    inputs: Inputs, work: Callable[[], int], asked: tuple[str, ...] = (), *, drawn: bool = False
) -> int:
    """Do a command's work, unless it would do and say what it did the last time. `asked` is what it
    was asked for beside the year and the day of waivers; `drawn`: what it says is drawn for the
    terminal that it is said on. Raises what the work does."""
    space = inputs.space
    if not space.memory.base or JOURNAL.objects or (drawn and _is_old_console()):
        return work()
    from toolkit.year.unchanged import Utterance, keep_said, recall_said, state_of

    request = (*_request(inputs), *asked, *(_terminal() if drawn else ()))
    before = state_of(space)
    if before is None:
        return work()
    known = recall_said(space, request, before)
    if known is not None:
        sys.stdout.write(known.text)
        return known.code
    told = _Overheard(sys.stdout)
    with redirect_stdout(told):
        code = work()
    after = state_of(space) if _is_all_well() else None
    if after is not None:
        keep_said(space, request, before, after, Utterance("".join(told.heard), code))
    return code


class _Overheard:
    """A stream, and all that has been written to it."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.heard = stream, list[str]()

    def write(self, text: str) -> int:
        self.heard.append(text)
        return int(self._stream.write(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _request(inputs: Inputs) -> tuple[str, ...]:
    """The command, the folder, the year and the days."""
    space, today = inputs.space, date.today().isoformat()
    where = (str(space.root), str(real(space.root)))
    return (JOURNAL.step, *where, str(space.year), str(space.day), today)


def _terminal() -> tuple[str, ...]:
    size = get_terminal_size()
    own = (os.environ.get(name, "") for name in _OF_TERMINALS)
    return (str(sys.stdout.isatty()), str(size.columns), str(size.lines), *own)


def _is_old_console() -> bool:
    """Windows' old console is drawn on by other means than by writing."""
    return sys.platform == "win32" and sys.stdout.isatty()


def _is_all_well() -> bool:
    """Whether no file was held by another program, and nothing failed: both are told beside what is
    said here, and may not be so the next time."""
    return not JOURNAL.noted.held and not JOURNAL.log.failed and not JOURNAL.log.unready
