"""Durations in an ods: what Excel counts as days is a duration there, and is read alike in every format."""

from __future__ import annotations

import io
from datetime import time, timedelta

import openpyxl
import pytest

from tests.attacks.recipes import ods
from toolkit.read import read_raw
from toolkit.read.formats.ods_durations import duration
from toolkit.words.celltext import stored_days, text

WRITTEN = {
    "PT288H00M00S": timedelta(days=12),
    "PT30H00M00S": timedelta(hours=30),
    "PT24H00M00S": timedelta(days=1),
    "PT100000000H": timedelta(hours=100_000_000),
    "-PT01H30M00S": -timedelta(hours=1, minutes=30),
    "P1DT6H": timedelta(hours=30),
    "P2D": timedelta(days=2),
    "PT90M": time(1, 30),
    "PT12H00M00S": time(12),
    "PT02H57M46.5S": time(2, 57, 46, 500_000),
    "PT02H57M46,5S": time(2, 57, 46, 500_000),
    "PT59.9999999S": time(0, 0, 59, 999_999),
    "PT23H59M59.9999999S": time(23, 59, 59, 999_999),
    "PT0S": time(0),
}
NONE = ["", "P", "PT", "PT1", "P1M", "P1Y", "12:00", "PT999999999999999H", "P1DT", "PT1H PT2H"]


def cell(value, more="", said="x"):
    return (
        f'<table:table-cell office:value-type="time" office:time-value="{value}"{more}>'
        f"<text:p>{said}</text:p></table:table-cell>"
    ).encode()


def row(*cells, more=b""):
    return b"<table:table-row%b>%b</table:table-row>" % (more, b"".join(cells))


def seen(book):
    """What stands in the second column, as it is stored and as a person reads it."""
    values = [row[1] for row in read_raw(book).sheets[0].rows]
    return [(stored_days(value), text(value)) for value in values]


class DescribeADuration:
    @pytest.mark.parametrize("written", WRITTEN)
    def it_is_known_as_it_is_written(self, written):
        assert duration(written) == WRITTEN[written]

    @pytest.mark.parametrize("written", NONE)
    def it_is_none_where_it_is_no_number_of_days(self, written):
        assert duration(written) is None

    @pytest.mark.parametrize("written", WRITTEN)
    def it_is_read_from_its_cell(self, written):
        assert read_raw(ods(row(cell(written)))).sheets[0].rows[0][0] == WRITTEN[written]

    def it_is_read_from_each_cell_that_repeats_it(self):
        repeated = cell("PT48H00M00S", ' table:number-columns-repeated="2"')
        rows = row(repeated, cell("PT1H"), more=b' table:number-rows-repeated="2"')
        two = [timedelta(days=2), timedelta(days=2), time(1)]
        assert read_raw(ods(rows)).sheets[0].rows == [two, two]

    def it_stays_a_text_where_it_is_one(self):
        written = b'<table:table-cell office:value-type="string"><text:p>PT288H00M00S</text:p></table:table-cell>'
        assert read_raw(ods(row(written))).sheets[0].rows == [["PT288H00M00S"]]

    def it_stays_as_it_is_where_it_is_no_number_of_days(self):
        assert read_raw(ods(row(cell("P1M"), cell("PT48H")))).sheets[0].rows == [
            ["P1M", timedelta(days=2)]
        ]

    @pytest.mark.libreoffice
    def it_is_read_alike_from_every_format(self, convert):
        book, target = openpyxl.Workbook(), io.BytesIO()
        for number, (value, code) in enumerate(
            (value, code)
            for value in (12, 0.5, 1.25, 1, 3.75, 0, 100000, 0.0625)
            for code in ("[h]:mm:ss", "[h]:mm", "[mm]")
        ):
            one = book.active.cell(number + 1, 2, value)
            one.number_format = code
        book.save(target)
        kept = seen(target.getvalue())
        assert kept[0] == (12, "288:00")
        for ending in ("ods", "xls:MS Excel 97"):
            assert seen(convert(target.getvalue(), "bok.xlsx", ending)) == kept
