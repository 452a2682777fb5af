"""What the tests of fresh copies share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import shortened
from toolkit.checks.file import judge
from toolkit.year.refill import make_fresh_copy


@pytest.fixture
def known(year):
    return {2020: replace(year, spec=shortened(year.spec))}


@pytest.fixture
def fresh(known, year):
    """A file's first reading, its copy, and the reading of the copy."""

    def make(data):
        first = judge(data, "fil.xls", known)
        copy = make_fresh_copy(data, first, known[2020], year.texts("aterkoppling"), "begard")
        return first, copy, judge(copy.filled.workbook, "fil.xls", known)

    return make
