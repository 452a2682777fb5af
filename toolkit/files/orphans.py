"""A child process that ends when the one that started it does, whatever ended that one: nobody is
left to take what the child makes, and what it holds would never be let go of."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait

_PR_SET_PDEATHSIG = 1  # Linux: prctl(2)
_GRACE = 30.0  # seconds beyond what the work may take
_STACK = 256 << 10  # bytes; a stack counts among the memory that a child may ask for


def end_with_parent(seconds: float) -> None:
    """Called first of all in a child, whose work may take so many `seconds`. Where the system
    cannot end it, a thread looks whether anybody is there; and a clock ends what holds that thread
    up."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    # A server of processes, which is the parent that the system knows, lives as long as they do.
    if os.getppid() != parent.pid or not _is_ended_by_the_system():
        _watch(parent.sentinel)
    if wait([parent.sentinel], 0):  # it ended before anybody looked
        os._exit(1)
    with contextlib.suppress(AttributeError, ValueError):  # Windows has no such clock
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)


def _is_ended_by_the_system() -> bool:
    """Whether the system has been asked to end this process with the one that started it."""
    if sys.platform != "linux":
        return False
    before = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        asked: int = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != before:
            os._exit(1)
        return asked == 0
    return False


def _watch(sentinel: int) -> None:
    """End this process when the other one has ended."""

    def end() -> None:
        wait([sentinel])
        os._exit(1)

    before = threading.stack_size(_STACK)
    threading.Thread(target=end, daemon=True).start()
    threading.stack_size(before)
