"""Two returns compared by their records' keys, never by their rows."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.returns.difference import ADDED, CHANGED, REMOVED, difference


@pytest.fixture
def compared(year, workbook, look):
    def compare(old, new):
        first, second = (look(workbook(rows)).submission for rows in (old, new))
        return difference(year.spec, first, second)

    return compare


class DescribeADifference:
    def it_is_none_between_a_return_and_itself(self, rows, compared):
        found = compared(rows, deepcopy(rows))
        assert (found.changes, found.sums) == ((), ())

    def it_is_none_when_rows_only_stand_in_another_order(self, rows, compared):
        rows["mal"].append(
            rows["mal"][0] | {"id": "M2", "formulering": "Ett andra mål för hela länet."}
        )
        other = deepcopy(rows)
        other["mal"].reverse()
        assert compared(rows, other).changes == ()

    def it_names_what_was_changed_added_and_removed_with_its_cell(self, rows, compared):
        other = deepcopy(rows)
        other["ekonomi"][0]["utfall"] = Decimal("84500.25")
        other["mal"].insert(0, other["mal"][0] | {"id": "M2"})
        other["lagesbild"] = [other["lagesbild"][0] | {"id": "L2"}]
        found = compared(rows, other)
        told = [(one.kind, one.table, one.key, str(one.ref)) for one in found.changes]
        assert told == [
            (REMOVED, "Lägesbild", "L1", "Lägesbild!B6"), (ADDED, "Lägesbild", "L2", "Lägesbild!B6"),
            (ADDED, "Mål", "M2", "Mål!B6"), (CHANGED, "Ekonomi", "E1", "Ekonomi!K6"),
        ]  # fmt: skip
        assert (found.changes[-1].before, found.changes[-1].after) == (
            "84\xa0500,50",
            "84\xa0500,25",
        )

    def it_gives_the_sums_before_and_after_to_the_ore(self, rows, compared):
        other = deepcopy(rows)
        other["ekonomi"][0]["utfall"] = Decimal("84500.25")
        (one,) = compared(rows, other).sums
        assert (one.field, one.before, one.after) == (
            "Utfall",
            Decimal("84500.50"),
            Decimal("84500.25"),
        )

    def it_shows_a_code_with_its_name(self, rows, compared):
        other = deepcopy(rows)
        rows["aktiviteter"][0] |= {"status": "K", "malgrupp": ("UKI",)}
        other["aktiviteter"][0] |= {"status": "PÅ", "malgrupp": ("UKI", "UHBTQ")}
        told = {one.field: (one.before, one.after) for one in compared(rows, other).changes}
        assert told["Status"] == ("K – Klar", "PÅ – Pågår")
        assert told["Målgrupp"][1] == (
            "UKI – Unga kvinnor och män i institutionsvård, UHBTQ – Unga hbtq-personer"
        )

    def it_shows_what_could_not_be_read_as_it_stands_in_several_cells(
        self, rows, year, workbook, look, edited
    ):
        first = workbook(rows)

        def misspell(book):
            book["Aktiviteter"]["J6"], book["Aktiviteter"]["K6"] = "Yrkesversamma", None

        other = edited(first, misspell)
        old, new = (look(data).submission for data in (first, other))
        (change,) = difference(year.spec, old, new).changes
        assert "Yrkesversamma" in change.after.split("; ")
        assert "(" not in change.after

    def it_tells_nothing_from_zero(self, rows, compared):
        other = deepcopy(rows)
        rows["ekonomi"][0]["budget"], other["ekonomi"][0]["budget"] = None, Decimal(0)
        (one,) = compared(rows, other).changes
        assert (one.field, one.before, one.after) == ("Budget", "", "0")


@settings(max_examples=8, deadline=None)
@given(amounts=st.lists(st.integers(1, 99), min_size=2, max_size=4), data=st.data())
def it_is_turned_round_when_the_returns_are(amounts, data):
    """Added and removed change places, and so do before and after: an invariant, over made-up records."""
    others = data.draw(st.lists(st.integers(1, 99), min_size=2, max_size=4))
    there = _changes(amounts, others)
    back = _changes(others, amounts)
    swapped = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}
    assert {(swapped[kind], key, after, before) for kind, key, before, after in there} == set(back)


def _changes(old, new):
    from tests.read.small import SPEC, located, purchases
    from toolkit.read.formats.second_view import SecondView
    from toolkit.read.interpret import Submission
    from toolkit.read.table import read_table

    def sent(values):
        rows = [
            ["", f"K{n}", "T", value, 0, "2020-03-15", "N", "", ""]
            for n, value in enumerate(values, 1)
        ]
        sheet = purchases(*rows)
        data = read_table(SPEC, located(sheet), SecondView()).data
        return Submission("a", "", "12", 2020, "", {"kop": data})

    found = difference(SPEC, sent(old), sent(new))
    return [(one.kind, one.key, one.before, one.after) for one in found.changes]
