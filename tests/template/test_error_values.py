"""What Excel's own error values (#DIVISION/0!, #SAKNAS!, #NAMN?) do to the words on the rows and to
Kontroll: the cell that holds one is wrong, and everything else is counted as before."""

from __future__ import annotations

import io
from copy import deepcopy

import openpyxl
import pytest

from tests.conftest import CLEAN
from tests.template.test_template_rules import words_on_rows
from toolkit.template import place_tables

pytestmark = pytest.mark.libreoffice

ERRORS = ("=1/0", "=NA()", '=VALUE("x")', "=Finnsinte+1", "=SQRT(-1)")
TABLES = ("lagesbild", "mal", "aktiviteter", "indikatorer", "ekonomi")


def open_fields(table):
    return [field for field in table.fields if field.computed is None]


def spoilt(data, place, fields, first):
    """The workbook with an error value in one field a row, from a table's row on."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    put_errors(book, place, fields, first)
    return saved(book)


def put_errors(book, place, fields, first):
    for number, field in enumerate(fields):
        sheet, column = book[place.sheet], place.columns[field.id][0]
        sheet.cell(first + number, column).value = ERRORS[number % len(ERRORS)]


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def counted(convert):
    def run(data):
        counted = convert(data, "fil.xlsx", "xlsx:Calc MS Excel 2007 XML")
        return openpyxl.load_workbook(io.BytesIO(counted), data_only=True)

    return run


def lines(book):
    """The lines of Kontroll: its six columns as they stand."""
    return list(book["Kontroll"].iter_rows(min_col=2, max_col=7, values_only=True))


def with_a_row_a_field(table):
    """A clean row, and as many more as the table has fields to fill in."""
    key, clean = table.fields[0], CLEAN[table.id][0]
    ids = [f"{key.pattern[0]}{100 + number}" for number in range(len(open_fields(table)))]
    return [clean, *({**deepcopy(clean), key.id: own} for own in ids)]


class DescribeAnErrorValue:
    def it_is_wrong_in_its_own_cell_and_nowhere_else(self, year, small_workbook, rows, counted):
        tables = [year.spec.tables[name] for name in TABLES]
        places = place_tables(year.spec)
        rows |= {table.id: with_a_row_a_field(table) for table in tables}
        plain = small_workbook(rows)
        book = openpyxl.load_workbook(io.BytesIO(plain))
        for table in tables:
            place = places[table.id]
            put_errors(book, place, open_fields(table), place.first_row + 1)
        plain, book = counted(plain), counted(saved(book))
        for table in tables:
            self.said_on_the_row(table, places[table.id], plain, book)
        self.kontroll_is_whole(tables, book)

    def said_on_the_row(self, table, place, plain, book):
        before, said = words_on_rows(plain, place), words_on_rows(book, place)
        for row, field in enumerate(open_fields(table), place.first_row + 1):
            wrong, asked = before[row]
            assert field.id in said[row][0] - wrong, (field.id, said[row])
            assert said[row][0] - {field.id} <= wrong, (field.id, said[row])
            assert said[row][1] <= asked, (field.id, said[row])

    def kontroll_is_whole(self, tables, book):
        for line in lines(book):
            assert not [value for value in line if str(value).startswith("#")], line
        for table in tables:
            [own] = [line for line in lines(book) if line[0] == table.label and line[5]]
            fields = len(open_fields(table))
            assert own[:4] == (table.label, fields + 1, 0, fields)

    def it_leaves_the_sums_of_what_can_be_read(self, year, small_workbook, rows, counted):
        place = place_tables(year.spec)["ekonomi"]
        amount, clean = year.spec.tables["ekonomi"].by_id["utfall"], CLEAN["ekonomi"][0]
        rows["ekonomi"] = [{**clean, "id": f"E{n}", "utfall": 100 * n} for n in (1, 2, 4)]
        book = counted(spoilt(small_workbook(rows), place, [amount], place.first_row + 1))
        sums = {line[0]: line[1] for line in lines(book)}
        assert sums["Utfall enligt Ekonomi (kr)"] == 500
        own_code = "Utfall på den egna koden för prostitution och människohandel (kr)"
        assert sums[own_code] == 500
        assert "Celler att rätta: 1. " in book["Kontroll"]["B2"].value
