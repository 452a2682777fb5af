"""All of ekonomi.xlsx at once: every total is a formula, and a spreadsheet program counts it to the toolkit's number."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from functools import cache

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.datasets import frame_of, with_tables
from tests.staff.test_decisions import CHART, YEAR
from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature
from toolkit.export.finance.sums import sum_of
from toolkit.export.finance.workbook import write_finance
from toolkit.ledger.files import read_ledger

ORE = Decimal("0.01")
ODD = 'a*?~"<1'  # a code that a spreadsheet would take for a pattern
LEDGER = f"""Verifikationsnummer;Konto;Verksamhetskod;Anslagspost;Belopp
1;5410;PM;ap.4;879300,25
2;5410;"{ODD.replace('"', '""')}";3:1 ap.4;1,17
3;4110;;ap.1;-2,50
4;1930;;;77,77
5;5410;AXY~"<1;;900,00
Summa;;;;880000,00
"""


@pytest.fixture(scope="module")
def finance(example):
    """The example year with its own ledgers, a made one with odd codes for Halland, and a year before."""
    found = [
        read_ledger(path.read_bytes(), path.name, CHART, YEAR.spec.counties)
        for path in (ROOT / "inputs/2020/ledgers").iterdir()
    ]
    found.append(read_ledger(LEDGER.encode(), "13 Halland.csv", CHART, YEAR.spec.counties))
    ledgers = {ledger.county: ledger for ledger in found}
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    short = replace(
        series, figures=tuple(replace(one, amount=one.amount - 5000) for one in series.figures)
    )
    spend = frame_of(example, "ekonomi")
    posts = frame_of(example, "anslag")
    closed = posts.assign(utgaende=posts["ingaende"] + Decimal("1.01"))
    before = with_tables(example, ekonomi=spend.iloc[::2], anslag=closed)
    return YearResults(example, earmark_verdicts(example, YEAR.spec.earmarks[0]), series, lines=reconcile(example, ledgers), ledgers=ledgers, parts=reconcile_parts(example, ledgers, short), before=before)  # fmt: skip


@pytest.fixture(scope="module")
def written(finance):
    return write_finance(finance)


@cache
def opened(data, values):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def formulas(data):
    """Every formula of the workbook: its sheet, row, column, and the number or text that the toolkit has put there."""
    for sheet in opened(data, values=False):
        stored = opened(data, values=True)[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield (
                        sheet.title,
                        cell.row,
                        cell.column,
                        stored.cell(cell.row, cell.column).value,
                    )


def exact(value):
    """An amount to the öre; a text as it is."""
    if isinstance(value, int | float):
        return Decimal(repr(value)).quantize(ORE)
    return value or ""


@pytest.fixture(scope="module")
def counted(written, convert):
    """What LibreOffice counts every sheet to."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(convert(written, "e.xlsx", "ods")))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


class DescribeTheFormulas:
    @pytest.mark.libreoffice
    def it_has_none_that_a_spreadsheet_program_counts_to_another_ore(self, written, counted):
        found = [
            (sheet, row, column, value, counted[sheet][row - 1][column - 1])
            for sheet, row, column, value in formulas(written)
        ]
        assert len(found) > 500
        assert [one for one in found if exact(one[3]) != exact(one[4])] == []

    @pytest.mark.libreoffice
    def it_has_some_that_give_the_verdicts_amounts_and_the_printed_table(self, finance, counted):
        overview = {row[0]: row for row in counted["Översikt"]}
        for verdict in finance.verdicts:
            shown = [Decimal(str(value)) for value in overview[verdict.county][3:9]]
            spent, paid = verdict.of(Nature.EXPENDITURE), verdict.of(Nature.COST)
            both = zip(spent, paid, strict=True)
            assert shown == [amount for pair in both for amount in pair]
        assert overview["Summa"][7:9] == [18_120_077, 72_480_468]
        years = {row[0]: row for row in reversed(counted["Över tid"][:12])}
        assert [years["2017"][3], years["Summa"][3]] == [-15_080_595, 16_190_556]

    def it_has_one_for_every_sum(self, written):
        found = {}
        for sheet, _, column, _ in formulas(written):
            found.setdefault(sheet, set()).add(column)
        assert found == {
            "Översikt": {4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, "Per kod": {4, 5, 6, 7, 8, 9}, "Avstämning": {5, 7, 9},
            "Fördelning": {9, 10, 11, 12}, "Bidrag": {7, 8, 9}, "Över tid": {2, 3, 4, 5, 6, 7, 8, 9, 10},
            "Så lästes huvudboken": {5, 7, 9}, "Anslag": {4, 5, 6, 7, 8}, "Anslagsbelastning": {3, 4, 5, 6},
        }  # fmt: skip

    def it_leaves_no_amount_in_those_columns_that_is_typed(self, written):
        typed = [
            (sheet.title, cell.coordinate)
            for sheet, columns in ((opened(written, values=False)[name], places) for name, places in (
                ("Översikt", "DEFGHIJKL"), ("Per kod", "DEFGHI"), ("Avstämning", "EGI"), ("Bidrag", "HI"), ("Så lästes huvudboken", "EGI"),
            ))
            for column in columns
            for cell in sheet[column][4:]
            if isinstance(cell.value, int | float)
        ]  # fmt: skip
        assert typed == []

    def it_takes_a_countys_largest_difference_over_all_cuts(self, written):
        shown = {
            row[0]: row[11]
            for row in opened(written, values=True)["Översikt"].iter_rows(
                min_row=5, values_only=True
            )
        }
        page = opened(written, values=True)["Avstämning"].iter_rows(min_row=5, values_only=True)
        gaps = {}
        for row in page:
            if row[0]:
                gaps[row[0]] = max(gaps.get(row[0], 0), abs(row[8]))
        numbers = {code: gap for code, gap in shown.items() if isinstance(gap, int | float)}
        assert {code: gap for code, gap in numbers.items() if gap} == pytest.approx(gaps)

    def it_leads_to_the_row_where_the_codes_that_differ_meet(self, written):
        page = opened(written, values=False)["Avstämning"]
        place = next(cell.column for cell in page[4] if cell.value == "Där differensen ligger")
        found = [row[place - 1] for row in page.iter_rows(min_row=5) if row[0].value == "19"]
        assert [(cell.value, cell.hyperlink) for cell in found] == [
            ("801, KÖP: Ekonomi!K7", None)
        ] * 2


class DescribeSums:
    def it_takes_what_is_blank_or_not_known_for_no_code(self):
        assert sum_of("F:F", {"D:D": ""}, ("A:A", "$A5")) == (
            'SUMIFS(F:F,A:A,$A5,D:D,"")+SUMIFS(F:F,A:A,$A5,D:D,"=u.s.")+SUMIFS(F:F,A:A,$A5,D:D,"=e.t.")'
        )

    @pytest.mark.parametrize(
        ("code", "test"), [("PM", "=PM"), ("<5", "=<5"), ("a*?~", "=a~*~?~~"), ('"', '=""')]
    )
    def it_takes_a_code_for_itself_and_for_no_pattern(self, code, test):
        assert sum_of("F:F", {"D:D": code}) == f'SUMIFS(F:F,D:D,"{test}")'

    def it_adds_up_what_has_no_code_from_cells_that_hold_nothing(self, written):
        empty = {
            name: [cell.coordinate for row in page.iter_rows(min_row=5) for cell in row
                   if cell.value == ""]
            for name, page in ((name, opened(written, values=False)[name]) for name in ("Bokfört", "Rader"))
        }  # fmt: skip
        assert empty == {"Bokfört": [], "Rader": []}
        rows = opened(written, values=False)["Bokfört"].iter_rows(min_row=5)
        without = [row for row in rows if row[0].value == "13" and row[3].value is None]
        assert [(row[3].data_type, row[6].value) for row in without] == [("n", -2.5)]
