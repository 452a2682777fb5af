"""What is done for all units together grows with their number, not with its square: counted in calls of functions, which no
other work on the machine changes. `python -m benchmarks.growth` measures the time."""

from __future__ import annotations

import cProfile
import pstats
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from benchmarks.growth import example_returns, ledgers_of, returns_of, with_units
from toolkit.spec.roles import ACTIVITY_HEADING
from toolkit.year import money
from toolkit.year.inputs import Checked, Inputs
from toolkit.year.merging import merge_all
from toolkit.year.money import examine_money
from toolkit.year.status import publish_status, status_of
from toolkit.year.submissions import in_company

FIRST = 21
UNITS = (FIRST, 2 * FIRST, 4 * FIRST)
"""All in years that ask as many as send: of the example's 21 upwards."""
PARTS = ("company", "merge", "finance", "status")


def calls(work):
    """What a piece of work gives, and how many functions were called for it."""
    profile = cProfile.Profile()
    given = profile.runcall(work)
    return given, pstats.Stats(profile).total_calls


def distinct(found):
    """A return like no other unit's, with one activity of its own: replicas of one would be told of each other."""
    rows = dict(found.submission.tables)
    work = rows["aktiviteter"]
    heading = work.columns.index[ACTIVITY_HEADING]
    typed = [column[:1] for column in work.typed]
    typed[heading] = (f"Möte i {found.submission.county}",)
    raw = tuple(column[:1] for column in work.raw)
    rows["aktiviteter"] = replace(work, rows=work.rows[:1], raw=raw, typed=tuple(typed))
    return replace(found, submission=replace(found.submission, tables=rows))


def counted(units, folder):
    inputs = Inputs(with_units(folder, units))
    codes = [county.code for county in inputs.year.spec.counties]
    sent, own = list(map(distinct, returns_of(codes, example_returns()))), ledgers_of(codes)
    checked = [Checked(Path(one.file), b"", one) for one in sent]
    found = {}
    with mock.patch.object(money, "read_ledgers", lambda *_: (dict(own), [])):
        _, found["company"] = calls(lambda: in_company(inputs, inputs.year, checked))
        data, found["merge"] = calls(lambda: merge_all(inputs.year, sent))
        (finance, _), found["finance"] = calls(lambda: examine_money(inputs, data))
        state = lambda: publish_status(inputs, status_of(inputs, data, finance.verdicts))  # noqa: E731
        _, found["status"] = calls(state)
    return found


@pytest.fixture(scope="module")
def growth(tmp_path_factory):
    """What is made once a process is made before anything is counted."""
    counted(FIRST, tmp_path_factory.mktemp("first"))
    return [counted(units, tmp_path_factory.mktemp(f"units-{units}")) for units in UNITS]


@pytest.mark.slow
class DescribeMoreUnits:
    @pytest.mark.parametrize("part", PARTS)
    def it_costs_each_as_much_as_the_one_before(self, growth, part):
        """Twice as many more: 2 times as many more calls where all is linear, 4 where it is by the square."""
        few, some, many = (one[part] for one in growth)
        assert (many - some) / (some - few) < 2.5
