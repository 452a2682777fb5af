"""A command while it runs: whose turn it is in the folder, which files other programs held, and
what our own code failed on, which is told on the terminal and written to outputs/YEAR/logg.txt."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from getpass import getuser
from pathlib import Path
from platform import node

from toolkit import __version__
from toolkit.cli.sayings import TEXTS
from toolkit.files.atomic import Noted, noting, publish
from toolkit.files.regular import real
from toolkit.files.toolfault import fault_of
from toolkit.files.turn import turn
from toolkit.words.cleantext import windows_text
from toolkit.year.layout import put_in_place
from toolkit.year.log import Failed, RunLog
from toolkit.year.workspace import Workspace

_READS_ALONE = {"spec_check", "spec_diff"}
"""The commands that write nothing in the folder, and so need not wait."""


@dataclass(slots=True)
class Journal:
    """One command: its words, the step that it is at, the folder that it works in once that is
    known, whether the user wants to see tracebacks, whether it `forgets` what earlier runs have
    worked out, and whether `objects` are told instead of what it says."""

    words: Sequence[str] = ()
    step: str = "start"
    debug: bool = False
    forgets: bool = False
    objects: bool = False
    space: Workspace | None = None
    log: RunLog = field(default_factory=RunLog)
    noted: Noted = field(default_factory=lambda: Noted([], []))
    _open: ExitStack | None = None
    _turn_in: Path | None = None

    def begin(self, words: Sequence[str]) -> None:
        """Forget what an earlier command in the same process has left."""
        self.words, self.step = words, "start"
        self.debug = self.forgets = self.objects = False
        self.space, self.log = None, RunLog()

    def works_in(self, space: Workspace) -> None:
        """The command's folder and year are known. One that writes waits for its turn there."""
        self.space = space
        self.log = space.log
        folder = real(space.outputs.parent)
        if self._open and self.step not in _READS_ALONE and self._turn_in != folder:
            self._open.enter_context(turn(folder, self._who(), _tell_wait))
            self._turn_in = folder
            put_in_place(space)

    @contextmanager
    def command(self, step: str) -> Iterator[None]:
        """While a command runs. What it held is let go of, whatever stops it."""
        with ExitStack() as self._open, noting() as self.noted:
            self._turn_in = None
            with self.at(step):
                yield

    def _who(self) -> str:
        """Who is at work here, for whoever comes meanwhile."""
        now = datetime.now().strftime("%H.%M")
        command = " ".join(("lansrapport", *self.words))
        return TEXTS("fel.vem", user=_user(), machine=node(), command=command, time=now)

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
        """Say which years were left out, what failed and where that can be read; whether anything
        failed."""
        failed = self.log.failed
        for year, why in self.log.unready.items():
            print(TEXTS("fel.ar_olast", year=year, reason=why), file=sys.stderr)
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


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # a process without a name or a home
        return TEXTS("fel.nagon")


def _tell_wait(who: str) -> None:
    print(TEXTS("fel.vantar", who=who), file=sys.stderr, flush=True)


def _told(one: Failed) -> str:
    name = "fil" if one.file else "steg"
    return TEXTS(f"fel.verktyg.{name}", file=one.file, step=_step(one))


def _logged(one: Failed) -> str:
    file = one.file or TEXTS("logg.ingen_fil")
    head = TEXTS("logg.fel", step=_step(one), file=file).strip()
    return f"{head}\n{one.fault}"


def _step(one: Failed) -> str:
    # What nobody has named is told all the same: this is said when something has failed already.
    return TEXTS.part("fel.verktyg.steg_namn").entries.get(one.step, one.step)


JOURNAL = Journal()
"""Of the command that this process runs."""
