"""What our own code failed on while a command ran: kept, told on the terminal, and written to
outputs/YEAR/logg.txt."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from toolkit import __version__
from toolkit.cli.sayings import TEXTS
from toolkit.files.atomic import publish
from toolkit.files.toolfault import fault_of
from toolkit.words.cleantext import windows_text
from toolkit.year.log import Failed, RunLog
from toolkit.year.workspace import Workspace


@dataclass(slots=True)
class Journal:
    """One command: its words, the step that it is at, the folder that it works in once that is
    known, and whether the user wants to see tracebacks."""

    words: Sequence[str] = ()
    step: str = "start"
    debug: bool = False
    space: Workspace | None = None
    log: RunLog = field(default_factory=RunLog)

    def begin(self, words: Sequence[str]) -> None:
        """Forget what an earlier command in the same process has left."""
        self.words, self.step, self.debug = words, "start", False
        self.space, self.log = None, RunLog()

    def works_in(self, space: Workspace) -> None:
        """The command's folder and year are known."""
        self.space = space
        self.log = space.log

    @contextmanager
    def at(self, step: str) -> Iterator[None]:
        """While a step is taken. What stops the command is told with the step that it was at."""
        before, self.step = self.step, step
        yield
        self.step = before  # not after an exception

    def stopped(self, error: Exception) -> None:
        """An exception that nobody thought of has stopped the command."""
        self.log.note(self.step, self.log.file, fault_of(error))

    def tell(self) -> bool:
        """Say what failed and where that can be read; whether anything did."""
        failed = self.log.failed
        for one in failed:
            print(_told(one), file=sys.stderr)
        if self.debug:
            for one in failed:
                print(one.fault, file=sys.stderr)
        if failed:
            print(self._where(), file=sys.stderr)
        return bool(failed)

    def _where(self) -> str:
        """Where the log lies; how to see the traceback where there is no folder to write it to."""
        if self.space is None:
            return TEXTS("fel.verktyg.ingen_logg")
        try:
            path = publish(self.space.log_file, windows_text(self.written()))
        except OSError:
            return TEXTS("fel.verktyg.ingen_logg")
        return TEXTS("fel.verktyg.logg", path=self.space.shown(path))

    def written(self) -> str:
        """The log: time, version and command, then each failure with its traceback."""
        now = datetime.now().astimezone().isoformat(" ", "seconds")
        command = " ".join(("lansrapport", *self.words))
        head = TEXTS("logg.huvud", time=now, version=__version__, command=command)
        return "\n\n".join((head.strip(), *map(_logged, self.log.failed))) + "\n"


def _told(one: Failed) -> str:
    name = "fil" if one.file else "steg"
    return TEXTS(f"fel.verktyg.{name}", file=one.file, step=_step(one))


def _logged(one: Failed) -> str:
    file = one.file or TEXTS("logg.ingen_fil")
    head = TEXTS("logg.fel", step=_step(one), file=file).strip()
    return f"{head}\n{one.fault}"


def _step(one: Failed) -> str:
    return TEXTS(f"fel.verktyg.steg_namn.{one.step}")


JOURNAL = Journal()
"""Of the command that this process runs."""
