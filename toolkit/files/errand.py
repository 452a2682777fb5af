"""A process that carries out errands which come as bytes, and gives their outcomes as bytes.

It stands beside a worker of a cluster (`toolkit.files.cluster`) that may not have children of its
own, or has threads and so cannot be copied. Every errand is carried out in a child process with the
limits that it would have on the machine that sends it (`toolkit.files.sandbox`)."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from toolkit.files.plain import NotPlain, packed
from toolkit.files.sandbox import Outcome, run_each

OTHER_PROGRAM = b""
"""The answer where the program here is not the one that asks: it could give other bytes."""
_LENGTH = 8  # bytes that say how long the message is


@dataclass(frozen=True, slots=True)
class Shared:
    """What many errands have in common: how the print of the program is taken, what it is where
    they come from, and the last arguments of the work."""

    program: Callable[[], str | None]
    print: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done: `work(*job, *arguments)`, in so many seconds at most."""

    work: Callable[..., Any]
    job: tuple[Any, ...]
    seconds: float


def say(stream: IO[bytes], message: bytes) -> None:
    """Write a message. Raises OSError when nobody is there."""
    stream.write(len(message).to_bytes(_LENGTH, "big"))
    stream.write(message)
    stream.flush()


def heard(stream: IO[bytes]) -> bytes | None:
    """The next message; None when there is no more, or only a part of one."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "big")
    message = stream.read(size)
    return message if len(message) == size else None


class _Bench:
    """Where errands are carried out: what they have in common is unpacked once."""

    def __init__(self) -> None:
        self._sent, self._shared = b"", None

    def answer(self, shared: bytes, errand: bytes) -> bytes:
        """The outcome of an errand, packed; OTHER_PROGRAM where it is not for this program."""
        try:
            arguments, one = self._arguments(shared), pickle.loads(errand)
        except Exception:  # names that another version has can raise anything
            return OTHER_PROGRAM
        if arguments is None:
            return OTHER_PROGRAM
        return _packed(next(run_each(one.work, [(*one.job, *arguments)], one.seconds)))

    def _arguments(self, sent: bytes) -> tuple[Any, ...] | None:
        if sent != self._sent:
            shared = pickle.loads(sent)
            same = shared.program() == shared.print
            self._sent, self._shared = sent, shared.arguments if same else None
        return self._shared


def _packed(outcome: Outcome) -> bytes:
    """A result that is no value of ours would not come back: it is as if the process had failed,
    and whoever asked does it where it is."""
    try:
        return packed(outcome)
    except NotPlain:
        return packed(Outcome(failure="crashed"))


def carry_out(given: IO[bytes], told: IO[bytes]) -> None:
    """Carry out errands until no more come: two messages in, one out."""
    bench = _Bench()
    while (shared := heard(given)) is not None and (errand := heard(given)) is not None:
        say(told, bench.answer(shared, errand))


def main() -> None:
    """Standard output is for answers alone: whatever a library prints goes nowhere."""
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    carry_out(sys.stdin.buffer, told)


if __name__ == "__main__":
    main()
