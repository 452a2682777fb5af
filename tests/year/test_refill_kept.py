"""What a fresh copy keeps: the question of the county, all rows, answers, and what is told of the rest."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
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


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def page(copy):
    return opened(copy.filled.workbook)["Återkoppling"]


class DescribeAnotherCountysTemplate:
    def it_is_asked_about_until_it_is_answered(self, fresh, rows, small_workbook, edited):
        def state(book):
            book["Uppgifter"]["C5"] = "01 – Stockholms län"

        first, copy, again = fresh(edited(small_workbook(rows), state))
        asked = [f for f in again.findings if f.code == "FIL-ANNAT-LAN"]
        assert [str(f.refs[0]) for f in asked] == ["Uppgifter!C5"]
        assert list(copy.placed) == list(again.findings)
        answered = opened(copy.filled.workbook)
        row = next(r for r in answered["Återkoppling"].iter_rows() if r[9].value == "FIL-ANNAT-LAN")
        assert not row[8].protection.locked
        row[8].value = "Vi tog fel mall."
        target = io.BytesIO()
        answered.save(target)
        _, second, third = fresh(target.getvalue())
        for findings in (second.placed, third.findings):
            (told,) = [f for f in findings if f.code == "FIL-ANNAT-LAN"]
            assert told.explanation == "Vi tog fel mall."


class DescribeALongList:
    def it_has_room_in_the_copy(self, fresh, rows, small_workbook, edited, known):
        count = known[2020].spec.tables["mal"].capacity + 5

        def lengthen(book):
            for number in range(count):
                for column in range(2, 7):
                    book["Mål"].cell(6 + number, column).value = book["Mål"].cell(6, column).value
                book["Mål"].cell(6 + number, 2).value = f"M{number + 1}"

        first, copy, again = fresh(edited(small_workbook(rows), lengthen))
        assert len(first.submission.records("mal")) == count
        assert again.submission.tables["mal"].typed == first.submission.tables["mal"].typed
        assert copy.filled.left == ()
