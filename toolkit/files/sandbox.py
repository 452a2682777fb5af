"""Runs a function on one file in a child process of its own, with limits on time and memory.

A reader can abort the process, hang, or ask for all memory; then only its own file is lost. An
exception is another thing: it is a fault of ours, and is never taken for the file's."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from toolkit.files.orphans import end_with_parent
from toolkit.files.toolfault import ToolFault, fault_of

SECONDS = 30.0
MEMORY = 1536 << 20
"""Bytes of address space. The check itself with a large return needs a fraction of it. What a child
inherits counts too: a parent that holds much leaves its children little."""
AT_ONCE = 4  # children; each takes one file's memory
# What the fork server loads once, so that each child need not.
_PRELOAD = ["toolkit.checks.file", "toolkit.ledger.files", "toolkit.cli.commands"]


Failure = Literal["crashed", "slow", "fault"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child gave: its `result`, or why there is none. `crashed`: the process died, or had
    asked for all memory; `slow`: it was stopped; `fault`: our code raised what it should not have,
    and `fault` holds the places."""

    result: Any = None
    failure: Failure | None = None
    fault: ToolFault | None = None


@dataclass(frozen=True, slots=True)
class _Child:
    """A child process at work on one job, the end of the pipe that its result comes out of, and its
    last moment."""

    number: int
    process: Any
    receiver: Connection
    deadline: float


def run_each(
    work: Callable[..., Any], jobs: Sequence[tuple[Any, ...]], seconds: float | None = None
) -> Iterator[Outcome]:
    """The outcome of `work(*job)` for every job, in order, each in a child process of its own, a
    few at a time."""
    # Not a pool: a worker that aborts leaves multiprocessing.Pool waiting for ever, and takes the
    # jobs that have not begun with it in ProcessPoolExecutor.
    limit = SECONDS if seconds is None else seconds
    left, found = deque(enumerate(jobs)), dict[int, Outcome]()
    children: dict[Any, _Child] = {}
    try:
        for told in range(len(jobs)):
            while told not in found:
                while left and len(children) < _places():
                    child = _start(work, *left.popleft(), limit)
                    children[child.receiver] = child
                for child in _ended(children):
                    found[child.number] = _outcome(children.pop(child.receiver))
            yield found.pop(told)
    finally:
        for child in children.values():
            _stop(child)


def _places() -> int:
    return max(1, min(AT_ONCE, os.cpu_count() or 1))


def _start(work: Callable[..., Any], number: int, job: tuple[Any, ...], seconds: float) -> _Child:
    """A single process is copied as it is: it need not wait for a server of processes to start."""
    context = multiprocessing.get_context("fork") if _can_fork() else _context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, work, job, seconds), daemon=True)
    process.start()
    sender.close()  # the child has the only other end: when it dies, the receiver sees it
    return _Child(number, process, receiver, monotonic() + seconds)


def _ended(children: Mapping[Any, _Child]) -> list[_Child]:
    """Those that have a result, have died, or have taken too long: at least one of them."""
    # Where another process has the end of the pipe open too, the pipe does not say that one dies.
    ends = {child.process.sentinel: child for child in children.values()}
    while True:
        left = min(child.deadline for child in children.values()) - monotonic()
        ready = wait([*children, *ends], max(0.0, left))
        told = {one.number: one for one in ({**ends, **children}[end] for end in ready)}
        late = (child for child in children.values() if child.deadline <= monotonic())
        if ended := list(told.values()) or list(late):
            return ended


def _outcome(child: _Child) -> Outcome:
    try:
        if not child.receiver.poll():
            # One that has just died may seem alive: its files are closed before it is gone.
            late = child.deadline <= monotonic() and child.process.is_alive()
            return Outcome(failure="slow" if late else "crashed")
        outcome: Outcome = child.receiver.recv()
        return outcome
    except (EOFError, OSError):
        return Outcome(failure="crashed")
    finally:
        _stop(child)


def _stop(child: _Child) -> None:
    child.receiver.close()
    child.process.kill()
    child.process.join()


def _can_fork() -> bool:
    """A plain copy of this process is there at once, but only safe where no thread runs beside this
    one, not even a library's own."""
    tasks = Path("/proc/self/task")  # only Linux has it
    return tasks.is_dir() and len(list(tasks.iterdir())) == 1


def _context() -> Any:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context


def _child(
    sender: Connection, work: Callable[..., Any], job: tuple[Any, ...], seconds: float
) -> None:
    end_with_parent(seconds)
    _limit_memory()  # before a byte of the file is read
    _be_silent()
    sender.send(_done(work, job))


def _done(work: Callable[..., Any], job: tuple[Any, ...]) -> Outcome:
    """MemoryError is the limit, not a fault: it goes on, and the child dies of it."""
    try:
        return Outcome(work(*job))
    except MemoryError:
        raise
    except Exception as error:
        return Outcome(failure="fault", fault=fault_of(error))


def _limit_memory() -> None:
    """Where the system can (not on Windows)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        # A child that aborts would else leave its memory, with what the file holds, on the disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _be_silent() -> None:
    """A reader's panic message is not for the user; the finding says what happened."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
