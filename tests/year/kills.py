"""Kills a run of a year: at every write, and at moments by chance. What lies there afterwards is whole, old or new; nothing
is lost; no worker goes on; and the next run makes the same bytes as one that nobody killed.

    python -m tests.year.kills 300            # so many kills
    python -m tests.year.kills 300 --minutes 15 --seed 7

A county's file changes from kill to kill between two versions, so that there is always something to write; every fourth
begins with no outputs at all. After some kills in a row one run is left alone. The process is killed with SIGKILL, as the
system's own killer does it, and its workers are left to themselves."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

# A thread of a library's own would make workers be started in another way than the command starts them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import toolkit.year.run  # loaded once, and not in each of the processes
import toolkit.year.status  # noqa: F401
from tests.conftest import CLEAN, ROOT, shortened
from toolkit.cli import commands
from toolkit.files import atomic
from toolkit.files.temporary import PREFIX
from toolkit.spec.load import load_year
from toolkit.template import write_template

YEAR, COUNTIES = 2020, ("12", "08")
SECONDS = 20.0
"""How long workers may take to notice that they are alone: the time that a single file may take."""
IN_A_ROW, ANEW = 3, 4
"""How many kills there are between two runs that are left alone; every how manyth begins without outputs."""
STAGES = ("half", "written", "replaced")
"""When a write is killed: with half of the temporary file written, before it takes its place, and right after."""
Prints = Mapping[str, str]


class Kill(NamedTuple):
    """One kill: at the how manyth write and in which stage, or after so many seconds; of a run that begins `anew` without
    outputs, or of one that finds those of another version."""

    stage: str = ""
    write: int = 0
    after: float = 0.0
    anew: bool = False


class Length(NamedTuple):
    """How many files a run writes, and how long it takes."""

    writes: int
    seconds: float


@dataclass
class Found:
    """What has been seen so far."""

    kills: int = 0
    survived: int = 0
    reruns: int = 0
    amiss: list[str] = field(default_factory=list)
    by: Counter[str] = field(default_factory=Counter)


# --------------------------------------------------------------------------------------- the folder
def lay_out(root: Path) -> tuple[bytes, bytes]:
    """A working folder with two counties; the two versions of the file of one."""
    (root / "templates").symlink_to(ROOT / "templates")
    (root / f"inputs/{YEAR}/submissions").mkdir(parents=True)
    shutil.copy(ROOT / f"inputs/{YEAR}/anslagsserie.csv", root / f"inputs/{YEAR}")
    year = load_year(ROOT / "templates", YEAR)
    spec, texts = shortened(year.spec), year.texts("mall")

    def write(county: str, amount: int) -> bytes:
        rows = deepcopy(CLEAN)
        rows["ekonomi"][0]["utfall"] = rows["huvudbok"][4]["huvudbok"] = amount
        rows["sarredovisning"][0]["belopp"] = amount
        return write_template(spec, year.spec.lists["lan"].by_code[county], texts, rows)

    sent(root, COUNTIES[1]).write_bytes(write(COUNTIES[1], 700))
    return write(COUNTIES[0], 500), write(COUNTIES[0], 90_000)


def sent(root: Path, county: str) -> Path:
    return root / f"inputs/{YEAR}/submissions/{county}.xlsx"


def prints_of(folder: Path) -> dict[str, str]:
    """Every file of a folder by its name, with its SHA-256; without what is remembered from run to run."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in named
        if not name.startswith(".minne/")
    }


# ------------------------------------------------------------------------------------------ the run
def start(root: Path, prepare: Callable[[], None]) -> int:
    """A run in a process and a session of its own; the process."""
    process = os.fork()
    if process:
        return process
    os.setsid()
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    prepare()
    try:
        commands.run(YEAR, root=root)
    finally:
        os._exit(0)


def killing_at(kill: Kill) -> Callable[[], None]:
    """What makes the process kill itself in a stage of its n:th write."""
    writes, write, replace = [0], atomic._write, atomic._replace

    def is_now(stage: str) -> bool:
        return writes[0] == kill.write and stage == kill.stage

    def written(path: Path, data: bytes) -> None:
        writes[0] += 1
        if is_now("half"):
            path.write_bytes(data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        write(path, data)
        if is_now("written"):
            os.kill(os.getpid(), signal.SIGKILL)

    def replaced(temporary: Path, path: Path) -> Path:
        target = replace(temporary, path)
        if is_now("replaced"):
            os.kill(os.getpid(), signal.SIGKILL)
        return target

    def prepare() -> None:
        atomic._write, atomic._replace = written, replaced

    return prepare


def counting(count: Path) -> Callable[[], None]:
    """What notes how many writes a whole run makes."""
    write = atomic._write

    def written(path: Path, data: bytes) -> None:
        write(path, data)
        with count.open("a", encoding="utf-8") as target:
            target.write(".")

    def prepare() -> None:
        atomic._write = written

    return prepare


def left_alive(session: int) -> list[int]:
    """The processes of a session that are at work."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                told = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(told[3]) == session and told[0] != "Z":
                found.append(int(entry.name))
    return found


# ------------------------------------------------------------------------------------- what is amiss
def amiss_after(before: Prints, now: Prints, whole: tuple[Prints, Prints]) -> Iterator[str]:
    """What a killed run has broken or lost. `whole` is what undisturbed runs make of the two versions."""
    for name, print_ in now.items():
        is_temporary = name.rpartition("/")[2].startswith(PREFIX)
        if not is_temporary and print_ not in {one.get(name) for one in whole}:
            yield f"broken: {name}"
    for name in before:
        if name not in now and all(name in one for one in whole):
            yield f"lost: {name}"


def differing(now: Prints, wanted: Prints) -> Iterator[str]:
    """What a rerun makes otherwise than a run that nobody killed."""
    for name in sorted({*now, *wanted}):
        if now.get(name) != wanted.get(name):
            yield f"other bytes: {name}"


# ------------------------------------------------------------------------------------------ the kills
def kills_of(count: int, first: Length, later: Length, seed: int) -> list[Kill]:
    """Every stage of every write, as far as half of the kills reach, and the others at moments by chance."""
    chance = random.Random(seed)
    fresh = _kills(count // ANEW, first, chance, anew=True)
    found = [*fresh, *_kills(count - len(fresh), later, chance, anew=False)]
    chance.shuffle(found)
    return found


def _kills(count: int, run: Length, chance: random.Random, *, anew: bool) -> list[Kill]:
    writes = range(1, run.writes + 1)
    every = [Kill(stage, write, anew=anew) for write in writes for stage in STAGES]
    kept = every if len(every) <= count // 2 else chance.sample(every, count // 2)
    left = range(count - len(kept))
    return [*kept, *(Kill(after=chance.uniform(0, run.seconds), anew=anew) for _ in left)]


def killed(root: Path, kill: Kill) -> bool:
    """Kills one run; whether it was killed before it had ended."""
    process = start(root, killing_at(kill) if kill.stage else (lambda: None))
    if not kill.stage:
        time.sleep(kill.after)
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    until = time.monotonic() + SECONDS
    while left_alive(process) and time.monotonic() < until:
        time.sleep(0.05)
    for worker in left_alive(process):
        os.kill(worker, signal.SIGKILL)
        raise AssertionError(f"a worker is left alive: {worker}")
    return os.WIFSIGNALED(status)


def whole_run(root: Path, prepare: Callable[[], None] = lambda: None) -> Prints:
    os.waitpid(start(root, prepare), 0)
    return prints_of(root / "outputs")


def measured(root: Path, data: bytes) -> tuple[Prints, Length]:
    """What an undisturbed run makes of a version, and how long it is."""
    sent(root, COUNTIES[0]).write_bytes(data)
    noted, began = root / "writes", time.monotonic()
    noted.write_text("", encoding="utf-8")
    prints = whole_run(root, counting(noted))
    return prints, Length(len(noted.read_text(encoding="utf-8")), time.monotonic() - began)


def play(count: int, seed: int, minutes: float) -> Found:
    """Kills until there have been so many, or the time is over."""
    found, ends = Found(), time.monotonic() + minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        versions = lay_out(root)
        (one, first), (other, later) = (measured(root, data) for data in versions)
        for number, kill in enumerate(kills_of(count, first, later, seed), 1):
            if time.monotonic() > ends:
                break
            sent(root, COUNTIES[0]).write_bytes(versions[number % 2])
            _one(root, kill, (one, other), found)
            # Said at once: whoever stops this early has what was seen until then.
            print(number, kill, len(found.amiss), file=sys.stderr, flush=True)
            if number % IN_A_ROW == 0:
                told = differing(whole_run(root), (one, other)[number % 2])
                found.amiss += [f"after {kill}: {difference}" for difference in told]
                found.reruns += 1
    return found


def _one(root: Path, kill: Kill, whole: tuple[Prints, Prints], found: Found) -> None:
    """One kill, and what is amiss after it."""
    if kill.anew:
        shutil.rmtree(root / "outputs", ignore_errors=True)
    given, before = prints_of(root / "inputs"), prints_of(root / "outputs")
    try:
        was_killed = killed(root, kill)
    except AssertionError as error:
        was_killed = True
        found.amiss.append(f"{kill}: {error}")
    found.kills += was_killed
    found.survived += not was_killed
    found.by[kill.stage or "moment"] += was_killed
    told = [*amiss_after(before, prints_of(root / "outputs"), whole)]
    told += [f"input changed: {one}" for one in differing(prints_of(root / "inputs"), given)]
    found.amiss += [f"{kill}: {one}" for one in told]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = play(given.count, given.seed, given.minutes)
    told = ", ".join(f"{name} {number}" for name, number in sorted(found.by.items()))
    print(
        f"{found.kills} kills ({told}); {found.survived} runs had ended before; {found.reruns} runs left alone; {len(found.amiss)} things amiss"
    )
    print("\n".join(dict.fromkeys(found.amiss)))
    return bool(found.amiss)


if __name__ == "__main__":
    sys.exit(main())
