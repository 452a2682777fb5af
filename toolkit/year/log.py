"""What our own code failed on during a run, so that it can be told and mended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from toolkit.files.errors import ContentError, LansrapportError
from toolkit.files.sandbox import Outcome
from toolkit.files.toolfault import ToolFault, fault_of


@dataclass(frozen=True, slots=True)
class Failed:
    """A fault of ours: the step of the work that it stopped, and the file, if it was about one."""

    step: str
    file: str
    fault: ToolFault


@dataclass(slots=True)
class RunLog:
    """Everything that failed in a run, in order, each once. `file` is the file at work in this
    process, for what stops all of it. `unready` are the years that are left out since they cannot
    be read, and why."""

    failed: list[Failed] = field(default_factory=list)
    unready: dict[int, str] = field(default_factory=dict)
    file: str = ""

    def note(self, step: str, file: str, fault: ToolFault | None) -> None:
        """Add a failure; nothing where there is none, or where it has been noted already."""
        if fault is None:
            return
        one = Failed(step, file, fault)
        if one not in self.failed:
            self.failed.append(one)

    def seen(self, step: str, file: str, outcome: Outcome) -> Outcome:
        """The outcome of a child process, with its fault noted."""
        self.note(step, file, outcome.fault)
        return outcome

    @contextmanager
    def about(self, file: str) -> Iterator[None]:
        """While something is done with one file. What stops it is told with the file's name."""
        before, self.file = self.file, file
        yield
        self.file = before  # not after an exception: it is still about this file

    @contextmanager
    def surviving(self, step: str, file: str) -> Iterator[None]:
        """While something is done that the rest can do without: an exception in our own code is
        noted, and goes no further. An OSError is no fault of ours: it goes on."""
        try:
            yield
        except OSError:
            raise
        except Exception as error:
            self.note(step, file, fault_of(error))

    @contextmanager
    def sparing_others(self, step: str, file: str) -> Iterator[None]:
        """While one file's share of what is done with all is done: an exception in our own code is
        noted, and stops none of the others. What a person can mend, and an OSError, goes on."""
        try:
            yield
        except OSError:
            raise
        except Exception as error:
            if isinstance(error, LansrapportError) and not isinstance(error, ContentError):
                raise
            self.note(step, file, fault_of(error))
