"""One run at a time in a folder: the others wait, and are told for whom.

The system itself keeps the lock, on a shared folder too, and lets go of it when the run ends in
whatever way. Who is at work stands in the file that is locked."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from toolkit.files.errors import CannotBeDone

NAME = ".lansrapport-pagar"
MINUTES = 20.0
_AGAIN = 0.3  # seconds between two tries
_FAR = 1 << 30  # the byte that is locked on Windows: what is locked there cannot be read


@contextlib.contextmanager
def turn(
    folder: Path, who: str, tell: Callable[[str], None], minutes: float = MINUTES
) -> Iterator[None]:
    """While one run works in a folder. When another is at work there, `tell` is called once with
    who that is, and this one waits. Raises CannotBeDone when it takes too long. Where nothing can
    be locked (a folder that nobody may write in) everybody has their turn."""
    opened = _wait(folder / NAME, tell, minutes)
    if opened is None:
        yield
        return
    _HELD.add(opened)
    try:
        _say(opened, who)
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / NAME).unlink()  # Windows removes nothing that is open: then it lies there
        _HELD.discard(opened)
        opened.close()


_HELD: set[IO[bytes]] = set()
"""What this process has locked."""


def _let_go() -> None:
    """In a process that has been copied from this one: the turn is not its, and ends when ours
    does, also where the copy lives on."""
    for opened in _HELD:
        opened.close()
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def _wait(path: Path, tell: Callable[[str], None], minutes: float) -> IO[bytes] | None:
    """The locked file, once it is ours; None where nothing can be locked."""
    late, told = time.monotonic() + 60 * minutes, False
    while True:
        try:
            opened = _opened(path)
        except OSError:
            return None
        if opened is not None:
            return opened
        if time.monotonic() >= late:
            raise CannotBeDone("fel.vantat", who=_said(path))
        if not told:
            tell(_said(path))
            told = True
        time.sleep(_AGAIN)


def _opened(path: Path) -> IO[bytes] | None:
    """The file, locked; None while another run has it. Raises OSError where nothing can be
    locked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = path.open("a+b")
    try:
        _lock(opened)
        # The run before may have removed the file after it was opened here: that one locks nothing.
        if _is_there(path, opened):
            return opened
    except BlockingIOError:
        pass
    except BaseException:
        opened.close()
        raise
    opened.close()
    return None


def _is_there(path: Path, opened: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(opened.fileno()))
    except FileNotFoundError:
        return False


def _lock(opened: IO[bytes]) -> None:
    """Raises BlockingIOError while another process has the lock, another OSError where there are no
    locks."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    import msvcrt

    opened.seek(_FAR)
    try:
        msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
    except PermissionError as error:
        raise BlockingIOError(*error.args) from error
    opened.seek(0)


def _say(opened: IO[bytes], who: str) -> None:
    with contextlib.suppress(OSError):  # a full disk; the lock holds all the same
        opened.truncate(0)
        opened.write(who.encode())
        opened.flush()


def _said(path: Path) -> str:
    """Who is at work; empty when that cannot be read."""
    try:
        return path.read_bytes().decode(errors="replace").strip()
    except OSError:
        return ""
