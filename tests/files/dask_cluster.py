"""A Dask cluster of this machine: a scheduler, and workers that are processes of one thread each, as `dask scheduler`
and `dask worker` start them. Also a process that asks it to do things:

    python -m tests.files.dask_cluster ADDRESS REQUEST      # a request is a key of REQUESTS
"""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from toolkit.files.cluster import Cluster, connected

HOST = "127.0.0.1"
LATE = 120.0  # seconds for what takes one on a machine that does nothing else


@dataclass
class Started:
    """The processes of a cluster. Each has a file that it tells in."""

    folder: Path
    port: int
    scheduler: subprocess.Popen | None = None
    workers: list[subprocess.Popen] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"dask://{HOST}:{self.port}"

    def start(self, *words: str) -> subprocess.Popen:
        told = self.folder / f"{words[0]}-{time.monotonic_ns()}.txt"
        with told.open("wb") as out:
            command = [sys.executable, "-P", "-m", "dask", *words, "--no-dashboard"]
            return subprocess.Popen(command, stdout=out, stderr=out, cwd=self.folder)

    def add_worker(self) -> subprocess.Popen:
        """A worker without a nurse: when it dies, nobody starts it again."""
        words = ("worker", f"tcp://{HOST}:{self.port}", "--nthreads", "1", "--no-nanny")
        self.workers.append(self.start(*words))
        return self.workers[-1]

    def is_joined(self, count: int) -> bool:
        told = "".join(path.read_text() for path in self.folder.glob("worker-*.txt"))
        return told.count("Registered to") >= count

    def busy(self) -> list[subprocess.Popen]:
        """The workers whose process for errands has a child at work."""
        return [one for one in self.workers if any(map(children_of, children_of(one.pid)))]

    def end(self) -> None:
        for one in [*self.workers, self.scheduler]:
            if one is not None:
                one.kill()
                one.wait()


def children_of(pid: int) -> list[int]:
    """Linux only."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def until(is_so) -> None:
    late = time.monotonic() + LATE
    while not is_so():
        assert time.monotonic() < late, "it took too long"
        time.sleep(0.05)


@contextmanager
def cluster_of(folder: Path, count: int) -> Iterator[Started]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    cluster = Started(folder, port)
    try:
        words = ("scheduler", "--host", HOST, "--port", str(port))
        cluster.scheduler = cluster.start(*words)
        for _ in range(count):
            cluster.add_worker()
        until(lambda: cluster.is_joined(count))
        yield cluster
    finally:
        cluster.end()


# What is asked of it. Only functions that the workers have too can be sent to them.


def of_some_bytes(cluster: Cluster) -> object:
    jobs = [(bytes(size),) for size in (3, 0, 2_000_000, 5)]
    return [one.result for one in cluster.each(len, jobs)]


def what_is_shared(cluster: Cluster) -> object:
    return [one.result for one in cluster.each(divmod, [(7,), (9,), (11,)], (4,))]


def what_fails(cluster: Cluster) -> object:
    """A process that dies, one that takes too long, one that asks for all memory, a fault of ours, and one in order."""
    told = [(one.result, one.failure) for one in cluster.each(os._exit, [(3,)])]
    told += [(one.result, one.failure) for one in cluster.each(time.sleep, [(600,), (0,)], (), 2.0)]
    told += [(one.result, one.failure) for one in cluster.each(bytes, [(3 << 30,), (2,)])]
    told += [(None, one.fault.kind) for one in cluster.each(len, [(1,)])]
    return [(repr(result), failure) for result, failure in told]


def how_many_are_taken(cluster: Cluster) -> object:
    """How many jobs are taken before the first outcome: memory does not follow the number of files."""
    taken = []

    def jobs():
        for number in range(50):
            taken.append(number)
            yield (bytes(number),)

    outcomes = cluster.each(len, jobs())
    next(outcomes)
    first = len(taken)
    return [first, len(list(outcomes)) + 1]


def with_all_workers_dead(cluster: Cluster) -> object:
    """Says that it is ready, waits for a line, and asks then."""
    print("ready", flush=True)
    sys.stdin.readline()
    return [one.result for one in cluster.each(len, [(bytes(2),), (bytes(3),)], (), 20.0)]


REQUESTS = {
    one.__name__: one
    for one in (
        of_some_bytes, what_is_shared, what_fails, how_many_are_taken, with_all_workers_dead
    )
}  # fmt: skip


def asked(cluster: Started, request: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.files.dask_cluster", cluster.address, request]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)


def answer_of(process: subprocess.Popen, said: str | None = None) -> list:
    """What it gave, and how much of that was done here."""
    out, err = process.communicate(said, timeout=LATE)
    assert not err, err
    return json.loads(out.splitlines()[-1])


def main() -> None:
    address, request = sys.argv[1:]
    cluster = connected(address, platform.python_version)
    answer = REQUESTS[request](cluster)
    cluster.close()
    print(json.dumps([answer, cluster.done_here]))


if __name__ == "__main__":
    main()
