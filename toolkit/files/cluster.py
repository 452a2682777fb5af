"""Work on files handed to an existing Dask cluster, which gives back what it would give here.

The cluster is sent bytes and gives bytes. Its workers keep a process beside them that carries out
one errand at a time in a child with limits (`toolkit.files.errand`), so that a file which stops a
reader there stops no worker. A worker that dies costs a try: the scheduler gives what it had to
another. What the cluster does not do, since it is gone or has another program, is done here.

Needs `distributed`, an optional extra. Nothing is unpickled of what comes back: it is read as
values of our own."""

from __future__ import annotations

import contextlib
import logging
import pickle
import subprocess
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol
from urllib.parse import urlsplit

from toolkit.files.errand import OTHER_PROGRAM, Errand, Shared, heard, say
from toolkit.files.errors import CannotBeDone
from toolkit.files.plain import NotPlain, unpacked
from toolkit.files.sandbox import SECONDS, Outcome, run_each

SCHEME = "dask"
_CONNECT = 40.0  # seconds: a cluster that has much to do answers late
_LOOK = 5.0  # seconds between looks whether anybody is still there
_EMPTY = 30.0  # seconds without a worker: one that died is most often started again sooner
_QUEUED = 2  # errands for each of the cluster's threads, at work and waiting
_GRACE = 60.0  # seconds for the way there and back


class Workers(Protocol):
    """Whoever does work on many files, like `sandbox.run_each`: the outcome of `work(*job,
    *shared)` for every job, in order."""

    def __call__(
        self,
        work: Callable[..., Any],
        jobs: Iterable[tuple[Any, ...]],
        shared: tuple[Any, ...] = (),
        seconds: float | None = None,
    ) -> Iterator[Outcome]: ...


@dataclass(frozen=True, slots=True)
class _Sent:
    """An errand that the cluster has, and what it takes to do it here."""

    future: Any
    errand: Errand
    arguments: tuple[Any, ...]


@dataclass(slots=True)
class Cluster:
    """A connection to a cluster. `program` gives the print of the program, which has to be the same
    there. `done_here` counts what the cluster did not do; `lost`: nothing more is asked of it."""

    client: Any
    program: Callable[[], str | None]
    print: str
    done_here: int = 0
    lost: bool = False
    _empty_since: float | None = field(default=None, repr=False)

    def each(
        self,
        work: Callable[..., Any],
        jobs: Iterable[tuple[Any, ...]],
        shared: tuple[Any, ...] = (),
        seconds: float | None = None,
    ) -> Iterator[Outcome]:
        """The outcome of `work(*job, *shared)` for every job, in order. Only as many are taken from
        `jobs` as the cluster can have at once."""
        limit, sent = SECONDS if seconds is None else seconds, deque[_Sent]()
        common, places = self._submit(_as_it_is, self._common(shared)), self._places()
        try:
            for job in jobs:
                sent.append(self._send(Errand(work, job, limit), common, shared))
                if len(sent) > places:
                    yield self._fetched(sent.popleft())
            while sent:
                yield self._fetched(sent.popleft())
        finally:
            self._forget(sent, common)

    def strangers(self) -> list[str]:
        """The workers on which the program is another one, by address. Raises OSError when the
        cluster cannot be asked."""
        probe = pickle.dumps(Errand(_nothing, (), SECONDS))
        answers = self.client.run(_once, self._common(()), probe, on_error="return")
        return [
            address
            for address, answer in answers.items()
            if not isinstance(answer, bytes) or answer == OTHER_PROGRAM
        ]

    def close(self) -> None:
        """Let go of the cluster; it goes on without us."""
        with contextlib.suppress(Exception):
            self.client.close(timeout=_LOOK)

    def _common(self, shared: tuple[Any, ...]) -> bytes:
        return pickle.dumps(Shared(self.program, self.print, shared))

    def _places(self) -> int:
        return max(_QUEUED, _QUEUED * sum(self._threads().values()))

    def _threads(self) -> Mapping[str, int]:
        """Each worker's threads; none where the scheduler does not answer."""
        with contextlib.suppress(Exception):
            workers = self.client.scheduler_info(n_workers=-1)["workers"]
            return {address: one["nthreads"] for address, one in workers.items()}
        return {}

    def _submit(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """None where the cluster is lost."""
        if self.lost:
            return None
        try:
            # A key of its own each time: nothing of a file is told by it, or found again later.
            return self.client.submit(work, *arguments, pure=False)
        except Exception:
            self.lost = True
            return None

    def _send(self, errand: Errand, common: Any, arguments: tuple[Any, ...]) -> _Sent:
        future = self._submit(_on_worker, common, pickle.dumps(errand)) if common else None
        return _Sent(future, errand, arguments)

    def _fetched(self, sent: _Sent) -> Outcome:
        outcome = self._answer(sent)
        if outcome is not None:
            return outcome
        self.done_here += 1
        one = sent.errand
        return next(run_each(one.work, [(*one.job, *sent.arguments)], one.seconds))

    def _answer(self, sent: _Sent) -> Outcome | None:
        """What the cluster gave; None where it gave nothing that can be used."""
        if self.lost or sent.future is None:
            return None
        try:
            answer = self._waited_for(sent)
        except Exception:  # a worker killed again and again, a connection closed: many kinds
            self.lost = self.lost or self.client.status != "running"
            return None
        return _understood(answer)

    def _waited_for(self, sent: _Sent) -> object:
        """What the cluster gives; None when it takes too long or nobody is left there."""
        late = monotonic() + _QUEUED * sent.errand.seconds + _GRACE
        while not self.lost:
            try:
                return sent.future.result(timeout=_LOOK)
            except TimeoutError:
                self.lost = monotonic() > late or self._is_deserted()
        return None

    def _is_deserted(self) -> bool:
        """Whether there has been no worker for some time."""
        if self.client.status == "running" and self._threads():
            self._empty_since = None
            return False
        self._empty_since = self._empty_since or monotonic()
        return monotonic() - self._empty_since > _EMPTY

    def _forget(self, sent: Iterable[_Sent], common: Any) -> None:
        """What nobody wants any more is not done."""
        futures = [one.future for one in sent if one.future is not None]
        if self.lost or common is None:
            return
        with contextlib.suppress(Exception):
            self.client.cancel([*futures, common])


def _understood(answer: object) -> Outcome | None:
    if not isinstance(answer, bytes) or answer == OTHER_PROGRAM:
        return None
    try:
        outcome = unpacked(answer)
    except NotPlain:
        return None
    return outcome if isinstance(outcome, Outcome) else None


def connected(address: str, program: Callable[[], str | None]) -> Cluster:
    """A connection to the cluster at `dask://HOST:PORT`, whose workers all have this program. It is
    encrypted where Dask's own settings name certificates. Raises CannotBeDone."""
    place, own = _place(address), program()
    if own is None:
        raise CannotBeDone("fel.kluster.byts")
    try:
        import distributed
    except ImportError as error:
        raise CannotBeDone("fel.kluster.tillagg") from error
    logging.disable()  # nobody here logs but Dask, whose words are not for the user
    warnings.filterwarnings("ignore", module=r"distributed(\.|$)")  # of large bytes, of versions
    dask: Any = distributed
    security = dask.Security()
    scheme = "tls" if security.tls_ca_file else "tcp"
    try:
        client = dask.Client(f"{scheme}://{place}", security=security, timeout=_CONNECT)
    except Exception as error:  # of the network, of certificates, of another version's greeting
        raise CannotBeDone("fel.kluster.nas", address=address) from error
    return _looked_over(Cluster(client, program, own), address)


def _place(address: str) -> str:
    """HOST:PORT of an address."""
    parts = urlsplit(address)
    with contextlib.suppress(ValueError):
        if parts.scheme == SCHEME and parts.hostname and parts.port and not parts.path:
            return parts.netloc
    raise CannotBeDone("fel.kluster.adress", address=address)


def _looked_over(cluster: Cluster, address: str) -> Cluster:
    """The cluster, if it has workers and all of them have our program."""
    try:
        strangers, threads = cluster.strangers(), cluster._threads()
    except Exception as error:
        cluster.close()
        raise CannotBeDone("fel.kluster.nas", address=address) from error
    if not threads:
        cluster.close()
        raise CannotBeDone("fel.kluster.tomt", address=address)
    if strangers:
        cluster.close()
        raise CannotBeDone("fel.kluster.annat", workers=", ".join(sorted(strangers)))
    return cluster


# What runs on the cluster


def _as_it_is(data: bytes) -> bytes:
    return data


def _nothing() -> None:
    return None


_OWN = threading.local()


def _on_worker(shared: bytes, errand: bytes) -> bytes:
    """The packed outcome of an errand, carried out beside this worker. Raises OSError when that
    cannot be done even with a new process; nothing that is raised quotes what was sent."""
    for _ in range(2):
        with contextlib.suppress(OSError):
            process = _beside()
            say(process.stdin, shared)
            say(process.stdin, errand)
            answer = heard(process.stdout)
            if answer is not None:
                return answer
        _end()
    raise OSError


def _beside() -> Any:
    """This thread's own process for errands; it ends when the worker does."""
    if getattr(_OWN, "process", None) is None:
        # -P: what lies in the folder that the worker was started in is no part of the program.
        command = [sys.executable, "-P", "-m", "toolkit.files.errand"]
        _OWN.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    return _OWN.process


def _once(shared: bytes, errand: bytes) -> bytes:
    """The same in a thread that is asked once: nothing is left running."""
    try:
        return _on_worker(shared, errand)
    finally:
        _end()


def _end() -> None:
    process, _OWN.process = getattr(_OWN, "process", None), None
    if process is not None:
        process.kill()
        process.wait()
