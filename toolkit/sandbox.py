"""Runs a function on one file in a child process of its own, with limits on time and memory.

A reader can abort the process, hang, or ask for all memory; then only its own file is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SECONDS = 30.0
MEMORY = 1536 << 20  # bytes of address space; the check itself with a large return needs a fraction of it
_PRELOAD = ["toolkit.judge", "toolkit.ledgerfile", "toolkit.cli"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child gave: its `result`, or why there is none (`crashed`, `slow`)."""

    result: Any = None
    failure: str | None = None


def run_each(
    work: Callable[..., Any], jobs: Sequence[tuple[Any, ...]], seconds: float | None = None
) -> Iterator[Outcome]:
    """The outcome of `work(*job)` for every job, in order, each in a child process of its own. A single job need not
    wait for a server of processes to start."""
    limit = SECONDS if seconds is None else seconds
    if len(jobs) == 1 and _can_fork():
        yield _run_one(multiprocessing.get_context("fork"), work, jobs[0], limit)
        return
    context = _context()
    with ThreadPoolExecutor(max_workers=max(1, min(4, os.cpu_count() or 1))) as pool:
        yield from pool.map(lambda job: _run_one(context, work, job, limit), jobs)


def _can_fork() -> bool:
    """A plain copy of this process is there at once, but only safe where no thread runs beside this one, not even
    a library's own."""
    tasks = Path("/proc/self/task")  # only Linux has it
    return tasks.is_dir() and len(list(tasks.iterdir())) == 1


def _context() -> Any:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context


def _run_one(context: Any, work: Callable[..., Any], job: tuple[Any, ...], seconds: float) -> Outcome:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, work, job), daemon=True)
    process.start()
    sender.close()
    try:
        return Outcome(receiver.recv()) if receiver.poll(seconds) else Outcome(failure="slow")
    except EOFError:
        return Outcome(failure="crashed")
    finally:
        receiver.close()
        process.kill()
        process.join()


def _child(sender: Connection, work: Callable[..., Any], job: tuple[Any, ...]) -> None:
    _limit_memory()
    _be_silent()
    sender.send(work(*job))


def _limit_memory() -> None:
    """Where the system can (not on Windows)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _be_silent() -> None:
    """A reader's panic message is not for the user; the finding says what happened."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
