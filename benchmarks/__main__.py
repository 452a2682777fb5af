"""Runs every step in a fresh process, three times, and prints the best as ratios to python-calamine
alone."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEST_OF = 3
ROWS = (
    ("read", "read", "other_read"),
    ("check", "check", "other_check"),
    ("read + check", "whole", None),
    ("read + check, one process a file", "judged", None),
    ("merge", "merge", "other_merge"),
    ("merge: write xlsx and csv", "write", "other_write"),
    ("report", "report", None),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and peak memory (kB) of one step, or as multiples of another's."""

    seconds: float
    memory: float

    def over(self, other: Cost) -> Cost:
        """As multiples of another cost; no memory where the system does not tell it."""
        return Cost(
            self.seconds / other.seconds, self.memory / other.memory if other.memory else 0.0
        )


def main() -> None:
    """Make the data, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="3 workbooks of 300 rows, once, for a quick look"
    )
    parser.add_argument(
        "--distinct", action="store_true", help="no text and no amount stands in two rows"
    )
    options = parser.parse_args()
    books, rows, rounds = (3, 300, 1) if options.small else (21, 2600, BEST_OF)
    with tempfile.TemporaryDirectory(prefix="lansrapport-bench-") as name:
        folder = Path(name)
        (folder / "books").mkdir()
        run("prepare", name, str(books), str(rows), *(["distinct"] if options.distinct else []))
        floor = measure("floor", folder, rounds)
        print(f"{books} workbooks of about {rows} rows, {os.cpu_count()} cores, best of {rounds}.")
        print(
            f"1.00 = python-calamine alone, all sheets: {floor.seconds:.2f} s, {floor.memory / 1024:.0f} MB\n"
        )
        print_table(folder, floor, rounds)
        print(
            f"\n`lansrapport check FILE`, from nothing: {cold_start(folder, rounds):.2f} s more than `python -c pass`"
        )
        print("\n" + run("compare", name))


def cold_start(folder: Path, rounds: int) -> float:
    """Seconds for the check of one county's file as a command, beyond what Python takes to
    start."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    file = min((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    check = ["-m", "toolkit", "check", str(file), "--root", str(folder)]
    return wall(check, rounds) - wall(["-c", "pass"], rounds)


def wall(arguments: list[str], rounds: int) -> float:
    """The best wall-clock time of some runs of Python."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=False
        )
        times.append(time.perf_counter() - start)
    return min(times)


def measure(step: str, folder: Path, rounds: int) -> Cost:
    """The best time and the lowest peak of some runs, each in a fresh process."""
    runs = [json.loads(run("steps", step, str(folder))) for _ in range(rounds)]
    return Cost(min(one["seconds"] for one in runs), min(one["memory"] for one in runs))


def run(module: str, *arguments: str) -> str:
    """A module of this package in a process of its own; what it printed."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def print_table(folder: Path, floor: Cost, rounds: int) -> None:
    """A line for each step as it becomes ready: toolkit, alternative, and the alternative over the
    toolkit."""
    print(f"{'':34}{'lansrapport':>16}{'alternative':>16}{'alt. / lansr.':>16}")
    print(f"{'':34}" + f"{'time':>8}{'memory':>8}" * 3)
    measured: dict[str, Cost] = {}
    for label, own, other in ROWS:
        for step in (own, other):
            if step is not None:
                measured[step] = measure(step, folder, rounds)
        print(line(label, measured[own], rival(measured, own, other), floor), flush=True)


def rival(measured: dict[str, Cost], own: str, other: str | None) -> Cost | None:
    """What the alternative takes. Read + check is the sum of its two steps, which it does in one
    process."""
    if own in {"whole", "judged"}:
        both = (measured["other_read"], measured["other_check"])
        return Cost(sum(cost.seconds for cost in both), max(cost.memory for cost in both))
    return measured[other] if other is not None else None


def line(label: str, own: Cost, other: Cost | None, floor: Cost) -> str:
    """One line of the table."""
    shares = [own.over(floor), *([other.over(floor), other.over(own)] if other else [None, None])]
    return f"{label:34}" + "".join(pair(share) for share in shares)


def pair(cost: Cost | None) -> str:
    """Time and memory as two columns."""
    if cost is None:
        return f"{'–':>8}{'–':>8}"
    return f"{cost.seconds:8.2f}" + (f"{cost.memory:8.2f}" if cost.memory else f"{'–':>8}")


if __name__ == "__main__":
    main()
