"""The unit that a cell of an xls shows: from its number format, whichever record holds the number."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from toolkit.files.biff8 import Biff8Record
from toolkit.files.zip import read_package
from toolkit.read.formats.cell_formats import cell_formats
from toolkit.read.formats.shown_beside import shown_beside
from toolkit.read.formats.shown_formats import cell_format, format_of
from toolkit.read.formats.xls_units import formats_of, units_of_cells


def number_format(number, code):
    return Biff8Record(0x041E, struct.pack("<HHB", number, len(code), 0) + code.encode("latin-1"))


def look(number):
    return Biff8Record(0x00E0, struct.pack("<HH16x", 0, number))


ROOT = Path(__file__).parents[2]
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
        assert {look: one.shows(1).unit for look, one in formats_of(OWN).items()} == {
            1: "tkr",
            3: "%",
        }

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
        assert units_of_cells([record], formats_of(OWN)) == {(6, 11): format_of('#,##0" tkr"')}

    def it_says_nothing_of_kronor(self):
        record = Biff8Record(0x0203, struct.pack("<HHHd", 5, 10, 2, 84500.5))
        assert units_of_cells([record], formats_of(OWN)) == {}


class DescribeWhatAFormatAddsToANumber:
    @pytest.mark.parametrize(
        ("code", "added"),
        [('#,##0 "öre"', "öre"), ('#,##0 "000"', "000"), (r"0\0\0\0", "000"), ('0"00"', "00"),
         ('"\u2212"#,##0', "\u2212"), ("-General", "-"), ('0" 000 kr"', "000"), ('#,##0,"000"', ""),
         ("_-* #,##0_-;-* #,##0_-", ""), ("yyyy\\-mm\\-dd", ""), ("000-00", ""), ("0.0E+00", ""),
         ("#,##0;[Red]-#,##0", ""), ("[$-41D]#,##0", ""), ('#,##0" (tkr)"', "(tkr)"), ('#,##0," (tkr)"', ""),
         ('#,##0" k"', "k"), ('#,##0" kkr"', "kkr"), ('#,##0"K"', "K"), (r"#,##0\K", "K"), ('#,##0"M"', "M"), ('#,##0,"K"', ""),
         ('#,##0.0,,"M"', ""), ('#,##0" x 1000"', "x 1000"), ('#,##0" mn"', "mn"), ("(0)", "( )"), ("(0);(0)", "( )"),
         ("0;(0)", ""), ("#,##0_);(#,##0)", ""), (r"\(0\)", "( )"), ('"1"0', "1"), ('0","0', ","), (r"0\.0", "."), ('0"‰"', "‰"),
         ('0" tusental"', "tusental"), ('"Kr "0', ""), ('0" kr."', ""), ('0" kronor"', ""), ('[$SEK] #,##0', ""), ('0" SEK"', ""),
         ('0" st"', ""), ('0":-"', ""), ('0",-"', ""), (r"#\ ##0", ""), ("[Red]0", ""), ('_-* #,##0.00\\ "kr"_-', ""),
         ('[$kr-41D] #,##0', ""), ('#,##0\\ [$kr-41D]', ""), ('0"\u00a0kr"', ""), ('0" °"', "°"), ('0" av 10"', "av 10")],
    )  # fmt: skip
    def it_is_a_unit_digits_or_a_minus(self, code, added):
        found = format_of(code).shows(61)
        assert (found.said if found else "") == added

    @pytest.mark.parametrize(
        ("code", "value", "said"),
        [(";;;", 5, ""), (";;;", 0, ""), (";;", -5, ""), ('"–"', 5, "–"), ('"–"', 0, None), ('"u.s."', 84, "u.s."),
         ('[=45000]"noll";0', 45000, "noll"), ('[=45000]"noll";0', 45001, None), ('"<"0', 84, "<"), ("<0", 84, "<"),
         ('0;0;"u.s."', 0, "u.s."), ('0;0;"u.s."', 5, None), ('0;"minus";0', -5, "minus"), ('0;"minus";0', 5, None),
         ('#,##0;-#,##0;', 0, ""), ('#,##0;-#,##0;"-"', 0, None), ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0, None),
         ('[>=1000]#,##0,"k";"få"', 999, "få"), ('[<0]"under";[>100]"över";0', 101, "över"), ('[<0]"under";[>100]"över";0', 5, None),
         ('"se; bilaga"', 5, "se; bilaga"), ('\\x\\;\\y', 5, "x;y"), ("**;**;**", 5, "*"), ("_-", 5, ""),
         ('"ca "0', 5, "ca"), ('"≥"0', 5, "≥"), ('0" tusen"', 5, "tusen"), ('0" tusen"', 0, None), ('"ca "0" tkr"', 5, "tkr"),
         ("-0", -5, None), ("-0", 5, "-"), ("General", 5, None), ("@", 5, None), ('"Ja";"Nej";"Nej"', 1, "Ja"),
         ("[Red]0;[Blue]-0", -5, None), ("[h]:mm", 5, None), ("[mm]", 5, None), ("yyyy", 5, None), ('0;0;0;"text"@', 5, None),
         ("# ?/?", 5, None), ("0.0E-00", 5, None), ('0;-0;;@', 0, "")],
    )  # fmt: skip
    def it_is_by_the_section_that_a_number_falls_in(self, code, value, said):
        found = format_of(code).shows(value)
        assert (found.said if found else None) == said

    @pytest.mark.parametrize("value", [5, -5, 0, 61.25])
    def it_is_nothing_in_the_formats_that_excel_has_of_its_own(self, value):
        # ECMA-376, 18.8.30; 9 and 10 show a hundred times the number.
        codes = ["", "0", "0.00", "#,##0", "#,##0.00", "0.00E+00", "# ?/?", "# ??/??", "mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy",
                 "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "m/d/yy h:mm", "#,##0 ;(#,##0)", "#,##0 ;[Red](#,##0)",
                 "#,##0.00;(#,##0.00)", "#,##0.00;[Red](#,##0.00)", '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
                 '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', '_-* #,##0 "kr"_-;-* #,##0 "kr"_-;_-* "-" "kr"_-;_-@_-',
                 "mm:ss", "[h]:mm:ss", "mmss.0", "##0.0E+0", "@"]  # fmt: skip
        told = [code for code in codes if (one := cell_format(0, code)) and one.shows(value)]
        assert told == []
        assert [number for number in range(50) if cell_format(number, "")] == [9, 10]

    def it_is_nothing_in_the_formats_of_the_example_workbooks(self):
        codes = set()
        for path in sorted(ROOT.glob("inputs/*/submissions/*.xlsx")):
            codes |= {
                code for _, code in cell_formats(read_package(path.read_bytes())["xl/styles.xml"])
            }
        assert len(codes) > 1
        for code in codes:
            found = cell_format(0, code.decode())
            assert (
                found is None or [found.shows(value) for value in (1, -1, 0, 0.5)] == [None] * 4
            ), code

    @pytest.mark.parametrize(
        ("shown", "stored", "added"),
        [("61,250 tkr", "61250", "tkr"), ("61\xa0250 tkr", "61250", "tkr"), ("61 tkr", "61250", ""),
         ("61,3 tkr", "61250", ""), ("1,000 tkr", "1000", "tkr"), ("0 tkr", "0", ""), ("0 tkr", "400", ""),
         ("61250 öre", "61250", "öre"), ("61 250 000", "61250", "61 250 000"), ("-61", "61", "-61"),
         ("61.250", "61250", ""), ("(61 250)", "-61250", ""), ("5", "-5", ""), ("2020-01-01", "43831", ""),
         ("61", "61.25", ""), ("###", "61250", ""), ("61 k", "61", "k"), ("61 k", "61250", ""), ("61 (tkr)", "61", "(tkr)"),
         ("(61 250)", "61250", "(61 250)"), ("61 kr", "61", ""), ("61 st", "61", ""), ("61 ‰", "61", "‰"), ("1,2E+05", "120000", ""),
         ("61 x 1000", "61", "61 x 1000"), ("1 mars 2020", "43891", "")],
    )  # fmt: skip
    def it_is_seen_beside_the_stored_number_of_an_ods(self, shown, stored, added):
        found = shown_beside(shown, stored)
        assert (found.said if found and found.of(float(stored)) else "") == added

    @pytest.mark.parametrize(
        ("shown", "stored", "said"),
        [("", "61", ""), ("u.s.", "61", "u.s."), ("–", "61", "–"), ("–", "0", None), ("<84", "84", "<84"), ("#N/A", "0", None),
         ("450 tusen", "450", "tusen"), ("ca 84", "84", "ca 84"), ("61", "61", None)],
    )  # fmt: skip
    def it_is_seen_where_no_number_is_shown(self, shown, stored, said):
        found = shown_beside(shown, stored)
        assert (found.said if found and found.of(float(stored)) else None) == said
