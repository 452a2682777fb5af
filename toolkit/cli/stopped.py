"""A command that could not be carried out: why, in words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from errno import errorcode
from pathlib import Path

from toolkit.cli.help import help_asked_for
from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import TEXTS
from toolkit.cli.usage import usage_fault
from toolkit.files.atomic import Held
from toolkit.files.errors import CannotBeDone, ContentError, LansrapportError, NotWritten
from toolkit.files.toolfault import fault_of
from toolkit.words.visible import in_line

DONE, BLOCKED, FAILED = 0, 1, 2  # the exit codes
_REASONS = TEXTS.part("fel.orsak").entries


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


def tell_held(held: Sequence[Held]) -> int:
    """The files that other programs held, and what to do. Gives the exit code."""
    for one in held:
        path = _short(one.path)
        if one.beside is None:
            print(TEXTS("fel.kvar", path=path), file=sys.stderr)
        else:
            print(TEXTS("fel.upptagen", path=path, beside=one.beside.name), file=sys.stderr)
    return exit_code(bool(held))


def tell_each(written: Sequence[Path]) -> None:
    """Every file that has been written, for one who asks for that."""
    for path in dict.fromkeys(written):
        print(TEXTS("gjort.skriven", path=_short(path)), file=sys.stderr)


def tell_unshown(error: OSError | None) -> bool:
    """Why what was to be printed was not, if it was not; whether that is so."""
    if error is not None:
        print(TEXTS("fel.skarm", reason=_why(error)), file=sys.stderr)
    return error is not None


def _short(path: Path) -> str:
    return JOURNAL.space.shown(path) if JOURNAL.space else str(path)


def _why(error: OSError) -> str:
    """Why a file could not be read or written, in Swedish where the reason is known."""
    name = errorcode.get(error.errno or 0, "")
    return _REASONS.get(name) or error.strerror or TEXTS("fel.okand_orsak")


def reason_of(error: Exception) -> str | None:
    """Why it could not be done; None for what nobody has thought of."""
    if isinstance(error, CannotBeDone):
        told = {
            name: in_line(str(value)) if isinstance(value, Path) else value
            for name, value in error.values.items()
        }
        return TEXTS(error.name, **told)
    if isinstance(error, NotWritten):
        return TEXTS("fel.skriva", path=in_line(str(error.filename)), reason=_why(error))
    if isinstance(error, LansrapportError):
        # Content that is not as it should be has become a finding long before this.
        return None if isinstance(error, ContentError) else str(error)
    if isinstance(error, OSError) and error.filename:
        return TEXTS("fel.lasa", path=in_line(str(error.filename)), reason=_why(error))
    if hasattr(error, "format_message"):  # typer's, of how the command was written
        return usage_fault(error)
    return None
