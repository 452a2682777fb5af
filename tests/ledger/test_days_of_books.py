"""The days of ledgers in workbooks, whichever day the workbook counts from."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.ledger.layouts import CHART, YEAR
from toolkit.ledger.entries import Span
from toolkit.ledger.files import read_ledger
from toolkit.ledger.proof import proved

HEADS = ("Konto", "Vht", "Belopp", "Datum")
DAYS = (date(2020, 3, 1), date(2020, 12, 31))
EXCEL_2011 = '<workbookPr date1904="1" defaultThemeVersion="124226"/>'


def by_xlsxwriter(*, date_1904):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": date_1904})
    sheet, look = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADS)
    for row, day in enumerate(DAYS, 1):
        sheet.write_row(row, 0, ("4110", "PM", 100.25))
        sheet.write_datetime(row, 3, day, look)
    book.close()
    return target.getvalue()


def by_openpyxl(epoch):
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.active.append(HEADS)
    for day in DAYS:
        book.active.append(("4110", "PM", 100.25, day))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_property(data, property_):
    """The workbook with other properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                part = re.sub(rb"<workbookPr[^>]*/>", property_.encode(), part)
                assert property_.encode() in part
            new.writestr(name, part)
    return target.getvalue()


def dated(data):
    return read_ledger(data, "12 Skåne.xlsx", CHART, YEAR.spec.counties).dated


class DescribeDaysOfWorkbooks:
    @pytest.mark.parametrize("date_1904", [False, True])
    def it_reads_the_same_day_by_either_date_system(self, date_1904):
        assert dated(by_xlsxwriter(date_1904=date_1904)) == Span(*DAYS)

    def it_reads_the_1904_days_of_openpyxl_and_uses_the_file(self):
        data = by_openpyxl(CALENDAR_MAC_1904)
        ledger = read_ledger(data, "12 Skåne.xlsx", CHART, YEAR.spec.counties)
        assert (ledger.dated, proved(YEAR, ledger).used) == (Span(*DAYS), True)

    @pytest.mark.parametrize(
        ("property_", "first"),
        [
            (EXCEL_2011, "2020-03-01"),
            ('<workbookPr date1904="true"/>', "2020-03-01"),
            ("<workbookPr codeName='A' date1904 = ' true '/>", "2020-03-01"),
            ('<workbookPr date1904="0"/>', "2016-02-29"),
            ('<workbookPr date1904="false"/>', "2016-02-29"),
            ("<workbookPr/>", "2016-02-29"),
        ],
    )
    def it_takes_the_workbooks_own_word_for_it(self, property_, first):
        data = with_property(by_xlsxwriter(date_1904=True), property_)
        assert dated(data).first.isoformat() == first
