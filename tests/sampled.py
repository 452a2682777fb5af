"""How many of many alike cases a run looks at. Some lists have a case for each finding code or field, seconds
each: some of them are looked at in every run, all of them with `LANSRAPPORT_ALL=1` (`make test-all`)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

import pytest

Case = TypeVar("Case")
ALL = bool(os.environ.get("LANSRAPPORT_ALL"))
in_all = pytest.mark.skipif(not ALL, reason="half a minute: make test-all")
"""A test that waits for `make test-all`."""


def sampled(cases: Sequence[Case], every: int = 2) -> list[Case]:
    """Every second case, or every so many-th; all where the environment asks for all."""
    return list(cases) if ALL else list(cases)[::every]


FEW, MANY = 2, 6
"""Up to how many cases of one test, each of which wants a whole workbook, all are looked at in every run, and up to how
many every second."""


def looked_at(names: Sequence[str]) -> Iterator[bool]:
    """Whether each test of a list is looked at in this run: of one with more than FEW cases every second, of one with
    more than MANY every fourth.

    >>> list(looked_at(["a[1]", "a[2]", "a[3]", "a[4]", "b[1]", "b[2]", "c"]))
    [True, False, True, False, True, True, True]
    """
    tests = [name.partition("[")[0] for name in names]
    cases, seen = Counter(tests), Counter[str]()
    for test in tests:
        step = 1 if ALL or cases[test] <= FEW else 2 if cases[test] <= MANY else 4
        yield seen[test] % step == 0
        seen[test] += 1
