"""The bounds of counts that are not told, against all divisions listed one by one, and against the plan."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product

import pytest

from tests.sampled import ALL
from toolkit.analysis.secrecy import drawn, plan
from toolkit.disclosure.audit import leaks_of, possible
from toolkit.disclosure.rows import PublishedRow

LEAST = 5
NAMES = tuple(f"{number:02}" for number in range(1, 22))


def row_of(*counts, shown=(), total=True):
    named = dict(zip(NAMES, counts, strict=False))
    return PublishedRow(
        named, frozenset(shown), sum(counts) if total else None, LEAST
    )  # fmt: skip


def listed(row, reader, county):
    """Every value that a count can have: all divisions of the sum of which one is low, and, where the page can come of
    the rule, without any of which the others exceed their least values by four."""
    hidden = list(row.unsaid)
    whole = sum(row.counts[name] for name in hidden)
    follows = all(whole - row.counts[name] - (len(hidden) - 1) >= LEAST - 1 for name in hidden)
    found = set()
    for guess in product(range(1, whole + 1), repeat=len(hidden)):
        named = dict(zip(hidden, guess, strict=True))
        if sum(guess) != whole or min(guess) >= LEAST:
            continue
        if reader and named[reader] != row.counts[reader]:
            continue
        if follows and any(whole - one - (len(hidden) - 1) < LEAST - 1 for one in guess):
            continue
        found.add(named[county])
    return sorted(found)


class DescribeTheBounds:
    @pytest.mark.parametrize("seed", range(40))
    def it_agrees_with_all_divisions_listed(self, seed):
        chance = random.Random(seed)
        counts = [chance.randint(1, 4), *(chance.randint(1, 9) for _ in range(chance.randint(1, 2)))]  # fmt: skip
        row = row_of(*counts, 40, shown=[NAMES[len(counts)]])
        for reader in ("", *row.unsaid):
            for county in set(row.unsaid) - {reader}:
                expected = listed(row, reader, county)
                found = possible(row, reader, county)
                assert set(found) <= set(expected)
                assert len(found) >= min(LEAST, len(expected))

    @pytest.mark.parametrize(
        ("row", "leaks"),
        [
            # Of two, each knows the other: the example as it was printed before.
            (row_of(3, 23, 31, shown=["03"]), {("02", "01", (23,)), ("01", "02", (3,))}),
            (row_of(3, 23, 31, shown=["02", "03"]), {("01", "", (3,))}),
            (row_of(3, 23, 31), set()),
            (row_of(1, 4), {("01", "", (1, 2, 3, 4)), ("02", "", (1, 2, 3, 4)),
                            ("02", "01", (4,)), ("01", "02", (1,))}),
            # Where the low one is told, nothing says that another is low.
            (row_of(3, 23, 31, 40, shown=["01"]), {("01", "", (3,))}),
            (row_of(3, 23, 31, shown=["01", "02", "03"]), {("01", "", (3,))}),
            (row_of(30, 23, 31, shown=["01"]), set()),  # nothing low
            (row_of(3, total=False), {("01", "", (1, 2, 3, 4))}),  # "Antal län 1" told
            (row_of(3, *[0] * 20, total=False), set()),
        ],
    )  # fmt: skip
    def it_finds_what_is_left_too_narrow(self, row, leaks):
        assert set(leaks_of(row)) == leaks

    def it_finds_none_in_what_is_planned(self):
        chance = random.Random(4)
        kept = 0
        for number in range(60 if ALL else 20):
            low = [chance.randint(1, 4) for _ in range(chance.randint(1, 4))]
            high = [chance.randint(5, 40) for _ in range(chance.randint(0, 4))]
            counts = [*low, *high]
            values = {name: Decimal(one) for name, one in zip(NAMES, counts, strict=False)}
            found = plan(values, LEAST, lambda name, n=number: drawn(b"k", str(n), name))
            if found.withheld:
                row = row_of(*counts, *[0] * (21 - len(counts)), total=False)
            else:
                kept += 1
                row = row_of(*counts, shown=set(values) - found.hidden)
            assert list(leaks_of(row)) == [], counts
        assert kept > (40 if ALL else 10)
