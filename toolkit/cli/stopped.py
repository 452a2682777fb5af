"""A command that could not be carried out: why, in words."""

from __future__ import annotations

import sys

from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import TEXTS
from toolkit.cli.usage import help_asked_for, usage_fault
from toolkit.files.errors import CannotBeDone, ContentError, LansrapportError
from toolkit.files.toolfault import fault_of

DONE, BLOCKED, FAILED = 0, 1, 2  # the exit codes


def exit_code(blocked: bool) -> int:
    """The exit code of a command that was carried out."""
    return BLOCKED if blocked else DONE


def stopped(error: Exception) -> int:
    """Tell why it could not be done; or note a fault of ours, which is told at the end. Gives the
    exit code."""
    asked = help_asked_for(error)
    if asked is not None:
        print(asked)
        return DONE
    reason = reason_of(error)
    if reason is None:
        JOURNAL.stopped(error)
        return FAILED
    print(TEXTS("fel.rubrik", reason=reason), file=sys.stderr)
    if JOURNAL.debug:
        print(fault_of(error), file=sys.stderr)
    return FAILED


def reason_of(error: Exception) -> str | None:
    """Why it could not be done; None for what nobody has thought of."""
    if isinstance(error, CannotBeDone):
        return TEXTS(error.name, **error.values)
    if isinstance(error, LansrapportError):
        # Content that is not as it should be has become a finding long before this.
        return None if isinstance(error, ContentError) else str(error)
    if isinstance(error, OSError) and error.filename:
        why = error.strerror or TEXTS("fel.okand_orsak")
        return TEXTS("fel.lasa", path=error.filename, reason=why)
    if hasattr(error, "format_message"):  # typer's, of how the command was written
        return usage_fault(error)
    return None
