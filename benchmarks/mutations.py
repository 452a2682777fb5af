"""`python -m benchmarks.mutations`: mistakes detected, missed and false alarms, by kind of mistake.

Each is one mistake in a clean submission (`tests/mutations.py`). Detected: everything that should
be said is said in its cell. Missed: something of it is not. False alarm: something is said beside
it."""

from __future__ import annotations

import time

from tests.mutants.ground import said_of
from tests.mutations import KINDS, Outcome, mutations_of, outcomes_of


def main() -> None:
    """A line for each kind, and one for all."""
    start = time.perf_counter()
    print(f"{'':32}{'mutations':>12}{'detected':>12}{'missed':>12}{'false alarms':>16}")
    everything: list[Outcome] = []
    for kind in KINDS:
        outcomes = outcomes_of(mutations_of(kind))
        everything += outcomes
        print(line(kind.replace("_", " "), outcomes), flush=True)
    print(line("all", everything))
    print(f"\nfindings in the clean submission: {len(said_of(None))}")
    print(
        f"{(time.perf_counter() - start) / len(everything) * 1000:.1f} ms for each mutation, read and checked"
    )


def line(label: str, outcomes: list[Outcome]) -> str:
    """One line of the table."""
    missed = sum(bool(outcome.missed) for outcome in outcomes)
    false = sum(bool(outcome.false_alarms) for outcome in outcomes)
    return f"{label:32}{len(outcomes):12}{len(outcomes) - missed:12}{missed:12}{false:16}"


if __name__ == "__main__":
    main()
