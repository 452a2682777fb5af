"""What becomes of a hostile file: read, checked and marked as a county's file is, in a child process with the same limits."""

from __future__ import annotations

import hashlib
import os
import resource
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

# A thread of a library's own would make children be started in another way than the command starts them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.attacks.recipes import Attack, clean, year
from toolkit.annotate import feedback_alone, mark_in_place
from toolkit.annotate.own_copy import supplement_of
from toolkit.checks.file import TOOL_FAULT, judge
from toolkit.files.sandbox import MEMORY, SECONDS, run_each
from toolkit.returns.submission import Return, Submission

FILE = "12-Skåne.xlsx"


class Seen(NamedTuple):
    """What was found: all codes, a print of the values that were read (empty where none were), the processor's seconds, and
    how many MB it took beside what there was."""

    codes: tuple[str, ...]
    values: str
    seconds: float
    memory: float


class Fate(NamedTuple):
    """What became of a file, in a word, and the code that its county is told."""

    attack: Attack
    word: str
    code: str
    seconds: float
    memory: float

    @property
    def is_amiss(self) -> bool:
        """Whether anything went otherwise than it may: it hung, was read wrong, or our own code failed."""
        return self.word in AMISS


READ, REFUSED, TOLD, STOPPED = (
    "läst som den är",
    "avvisad",
    "läst, med fynd",
    "stoppad i sin process",
)
AMISS = WRONG, HUNG, TRACEBACK = "fel läst", "hängde", "vårt fel"


def treated(data: bytes, file: str) -> Seen:
    """Runs in the child."""
    before, began = _forgotten(), time.process_time()
    found = judge(data, file, {2020: year()})
    texts = year().texts("aterkoppling")
    told = supplement_of(found, "")
    marked = mark_in_place(data, found.findings, texts, told)
    if marked is None:
        feedback_alone(found.findings, texts, told)
    took = time.process_time() - began
    codes = tuple(sorted({one.code for one in found.findings}))
    return Seen(codes, _print(found), took, (_reached() - before) / (1 << 10))


def _peak() -> float:
    """The largest this process has been, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _forgotten() -> float:
    """The same, counted from now on where the system lets that be asked: a copy of a process begins with what that was."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return _peak()
    return _size("VmRSS")


def _reached() -> float:
    try:
        return _size("VmHWM")
    except OSError:
        return _peak()


def _size(name: str) -> float:
    told = Path("/proc/self/status").read_text()
    return float(told.partition(f"{name}:")[2].split()[0])


def _print(found: Return) -> str:
    sent = found.submission
    return "" if sent is None else hashlib.sha256(repr(list(_values(sent))).encode()).hexdigest()


def _values(sent: Submission) -> Iterator[tuple[str, list[list[str]]]]:
    for name, table in sorted(sent.tables.items()):
        yield name, [list(map(str, record.typed)) for record in table.records]


@cache
def in_order() -> Seen:
    """What the return gives that no attack has touched."""
    return treated(clean(), FILE)


def fates(attacks: Iterable[Attack]) -> Iterator[Fate]:
    """What becomes of each, one at a time."""
    in_order()
    for attack in attacks:
        data = attack.make()
        outcome = next(run_each(treated, [(data, FILE)], SECONDS))
        yield _fate(attack, outcome.failure, outcome.result)


def _fate(attack: Attack, failure: str | None, seen: Seen | None) -> Fate:
    if seen is None:
        word = {"slow": HUNG, "fault": TRACEBACK}.get(failure or "", STOPPED)
        limits = (SECONDS, MEMORY / (1 << 20)) if word != TRACEBACK else (0.0, 0.0)
        return Fate(attack, word, "FIL-SKADAD" if word == STOPPED else "", *limits)
    return Fate(attack, *_word(seen), seen.seconds, seen.memory)


def _word(seen: Seen) -> tuple[str, str]:
    new = [code for code in seen.codes if code not in in_order().codes]
    if TOOL_FAULT in seen.codes:
        return TRACEBACK, TOOL_FAULT
    if not seen.values:
        return REFUSED, ", ".join(seen.codes)
    if seen.values == in_order().values:
        return (TOLD, ", ".join(new)) if new else (READ, "")
    return (TOLD, ", ".join(new)) if new else (WRONG, "")
