"""The unit that a cell of an xls shows: from its number format, whichever record holds the number."""

from __future__ import annotations

import struct

import pytest

from toolkit.files.biff8 import Biff8Record
from toolkit.read.formats.units import unit_beside, unit_of
from toolkit.read.formats.xls_units import units_of_cells, units_of_formats


def number_format(number, code):
    return Biff8Record(0x041E, struct.pack("<HHB", number, len(code), 0) + code.encode("latin-1"))


def look(number):
    return Biff8Record(0x00E0, struct.pack("<HH16x", 0, number))


OWN = [
    number_format(164, '#,##0" tkr"'),
    number_format(165, '#,##0" kr"'),
    look(0),
    look(164),
    look(165),
    look(9),
]


class DescribeTheUnitsOfAnXls:
    def it_knows_them_by_the_looks_of_the_cells(self):
        assert units_of_formats(OWN) == {1: "tkr", 3: "%"}

    @pytest.mark.parametrize(
        "record",
        [
            Biff8Record(0x0203, struct.pack("<HHHd", 5, 10, 1, 84500.5)),
            Biff8Record(0x027E, struct.pack("<HHHI", 5, 10, 1, 0)),
            Biff8Record(0x0006, struct.pack("<HHH16x", 5, 10, 1)),
            Biff8Record(0x00BD, struct.pack("<HHHIHIH", 5, 9, 0, 0, 1, 0, 10)),
        ],
    )
    def it_finds_the_cell(self, record):
        assert units_of_cells([record], units_of_formats(OWN)) == {(6, 11): "tkr"}

    def it_says_nothing_of_kronor(self):
        record = Biff8Record(0x0203, struct.pack("<HHHd", 5, 10, 2, 84500.5))
        assert units_of_cells([record], units_of_formats(OWN)) == {}


class DescribeWhatAFormatAddsToANumber:
    @pytest.mark.parametrize(
        ("code", "added"),
        [('#,##0 "öre"', "öre"), ('#,##0 "000"', "000"), (r"0\0\0\0", "000"), ('0"00"', "00"),
         ('"\u2212"#,##0', "\u2212"), ("-General", "-"), ('0" 000 kr"', "000"), ('#,##0,"000"', ""),
         ("_-* #,##0_-;-* #,##0_-", ""), ("yyyy\\-mm\\-dd", ""), ("000-00", ""), ("0.0E+00", ""),
         ("#,##0;[Red]-#,##0", ""), ("[$-41D]#,##0", "")],
    )  # fmt: skip
    def it_is_a_unit_digits_or_a_minus(self, code, added):
        assert unit_of(code) == added

    @pytest.mark.parametrize(
        ("shown", "stored", "added"),
        [("61,250 tkr", "61250", "tkr"), ("61\xa0250 tkr", "61250", "tkr"), ("61 tkr", "61250", ""),
         ("61,3 tkr", "61250", ""), ("1,000 tkr", "1000", "tkr"), ("0 tkr", "0", ""), ("0 tkr", "400", ""),
         ("61250 öre", "61250", "öre"), ("61 250 000", "61250", "61 250 000"), ("-61", "61", "-61"),
         ("61.250", "61250", ""), ("(61 250)", "-61250", ""), ("5", "-5", ""), ("2020-01-01", "43831", ""),
         ("61", "61.25", ""), ("###", "61250", "")],
    )  # fmt: skip
    def it_is_seen_beside_the_stored_number_of_an_ods(self, shown, stored, added):
        assert unit_beside(shown, stored) == added
