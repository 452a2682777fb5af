"""Numbers of more digits than any that is counted: told with their cell, wherever they stand, and never our fault."""

from __future__ import annotations

import re
from copy import deepcopy
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, said
from tests.sampled import ALL
from toolkit.annotate import mark_in_place
from toolkit.files.zip import read_package, write_package
from toolkit.ledger.chart import read_chart
from toolkit.ledger.files import read_ledger
from toolkit.spec.model import NUMERIC
from toolkit.words.amounts import BEYOND, read_number

STORED = [
    "1e15",
    "1e26",
    "1e40",
    "-1e308",
    "1e400",
    "inf",
    "-INF",
    "nan",
    "9" * 5000,
    "0." + "1" * 5000,
    "1e-400",
    "-0",
]
TYPED = [
    "9" * 16,
    "9" * 30 + ",55",
    "-" + "9" * 40,
    "9" * 5000,
    "0," + "1" * 5000,
    "1" + "0" * 320,
    "9" * 29 + " mnkr",
    "9" * 20 + " %",
]
SMALL = {"0." + "1" * 5000, "1e-400", "-0", "0," + "1" * 5000}
"""Those that are numbers all the same."""


def with_cell(data, sheet, cell, inside):
    """The workbook with other content in one cell; its look stays."""
    parts = read_package(data)
    name = f"xl/worksheets/sheet{sheet}.xml"
    pattern = rb'<c r="%s"((?: [a-z]+="[^"]*")*)\s*(?:/>|>.*?</c>)' % cell.encode()
    match = re.search(pattern, parts[name], re.DOTALL)
    assert match, (sheet, cell)
    look = re.search(rb' s="\d+"', match[1])
    new = b'<c r="%s"%s %s</c>' % (cell.encode(), look[0] if look else b"", inside.encode())
    parts[name] = parts[name][: match.start()] + new + parts[name][match.end() :]
    return write_package(parts.items())


def insides():
    yield from ((value, f't="n"><v>{value}</v>') for value in STORED)
    yield from ((value, f't="inlineStr"><is><t>{value}</t></is>') for value in TYPED)


@pytest.fixture(scope="module")
def places(small_workbook, look):
    """The workbook, and by table and field the number of the sheet and the cell of a first answer."""
    data = small_workbook(deepcopy(CLEAN))
    book = re.findall(
        r'<sheet [^>]*?name="([^"]*)"', read_package(data)["xl/workbook.xml"].decode()
    )
    refs = {}
    for name, table in look(data).submission.tables.items():
        for record in table.records[:1]:
            for field in record.columns.fields:
                ref = record.ref(field)
                refs[name, field] = book.index(ref.sheet) + 1, ref
    return data, refs


class DescribeANumberBeyondAll:
    def it_is_told_in_its_cell_in_every_field_that_takes_numbers(self, places, year, look):
        data, refs = places
        fields = [
            (table.id, field.id)
            for table in year.spec.tables.values()
            for field in table.fields
            if field.type in NUMERIC and field.computed is None and (table.id, field.id) in refs
        ]
        assert len(fields) > 8
        cases = [(where, *inside) for where in fields for inside in insides()]
        for where, value, inside in cases[:: 1 if ALL else 23]:
            sheet, ref = refs[where]
            found = look(with_cell(data, sheet, ref.cell, inside))
            told = {one.code for one in found.findings if ref in one.refs}
            assert found.fault is None, (where, value)
            if value not in SMALL:
                assert told & {"FALT-INTERVALL", "FALT-TAL", "FALT-ENHET", "FIL-FEL-AR"}, (
                    where,
                    value,
                    told,
                )

    def it_is_marked_where_it_stands(self, places, look, year):
        data, refs = places
        sheet, ref = refs["ekonomi", "utfall"]
        sent = with_cell(data, sheet, ref.cell, 't="n"><v>1e40</v>')
        found = look(sent)
        assert ("FALT-INTERVALL", str(ref)) in said(found)
        marked = mark_in_place(sent, found.findings, year.texts("aterkoppling"))
        assert said(look(marked)) == said(found)

    def it_stands_in_words_where_it_is_none_by_name(self, places, look):
        data, refs = places
        for where, value in (("inf", "inf"), ("nan", "nan"), ("1e400", "inf")):
            sheet, ref = refs["ekonomi", "utfall"]
            found = look(with_cell(data, sheet, ref.cell, f't="n"><v>{where}</v>'))
            (one,) = (one for one in found.findings if ref in one.refs)
            assert (one.code, f"”{value}”" in one.message) == ("FALT-TAL", True)


class DescribeTheLimit:
    @pytest.mark.parametrize("sign", [1, -1])
    def it_is_the_first_of_sixteen_digits(self, sign):
        last = sign * (BEYOND - 1)
        assert (
            read_number(last).value
            == read_number(float(last)).value
            == read_number(str(last)).value
            == last
        )
        assert (
            read_number(sign * BEYOND)
            is read_number(float(sign * BEYOND))
            is read_number(str(sign * BEYOND))
            is None
        )

    def it_leaves_room_for_sums_that_are_exact(self):
        """A hundred million such rows, added up in öre."""
        total = sum([Decimal(BEYOND - 1)] * 1000, Decimal("0.01")) * 100_000
        assert total == (BEYOND - 1) * 100_000_000 + 1000


class DescribeALedgerWithANumberBeyondAll:
    @pytest.mark.parametrize(
        "amount",
        ["9" * 16, "9" * 40, "9" * 5000, "1e308", "NaN", "Infinity", "-" + "9" * 30 + ",99"],
    )
    def it_has_a_row_that_was_not_read(self, year, amount):
        rows = [
            "Konto;Verksamhetskod;Anslagspost;Belopp;Datum",
            f"4110;PM;ap.4;{amount};2020-05-05",
            "4110;PM;ap.4;100,50;2020-05-06",
        ]
        data = "\n".join(rows).encode()
        ledger = read_ledger(data, "12 Skåne.csv", read_chart(year), year.spec.counties)
        assert len(ledger.bad_lines) == 1
        assert sum(ledger.booked.values()) == Decimal("100.50")
