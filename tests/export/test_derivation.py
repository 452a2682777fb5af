"""Every number of the report's tables, read from the Word file, against underlag.xlsx as LibreOffice counts it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from tests.collections.folder import FOREIGN, MUNICIPALITIES
from toolkit.analysis.appropriations import Series
from toolkit.analysis.merge import merge
from toolkit.analysis.results import YearResults
from toolkit.export.derivation.workbook import PrintedTable, write_derivation
from toolkit.report import write_report
from toolkit.report.blocks import Figure
from toolkit.spec.load import load_year
from toolkit.words.amounts import format_number, format_percent
from toolkit.year.report import derivation_of, printed_figures, printed_tables

CAPTION = re.compile(r"Tabell\s(\d+)\. (.*)")
FIRST = 5
NBSP = "\u00a0"


def printed_in(document):
    """The tables of a Word file by number: rows of texts below the headings."""
    found, number = {}, None
    for block in docx.Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, WordParagraph):
            caption = CAPTION.match(block.text)
            number = int(caption[1]) if caption else number
        elif isinstance(block, WordTable) and number not in found:
            found[number] = [[cell.text for cell in row.cells] for row in block.rows][1:]
    return found


def tables_of(report):
    tables = [block.table for block in report.blocks if isinstance(block, Figure)]
    return [PrintedTable(number, table) for number, table in enumerate(tables, 1)]


def agrees(printed, value):
    """Whether a counted value is what is printed; None where nothing can be said."""
    if printed in {"..", ""}:
        return None
    if printed == "–":
        return value in {0, "–", ".."}
    said = re.findall(r"\d+", printed)
    if isinstance(value, str) and " av " in value:
        count, of = value.split(" av ")
        return said == ([count] if count == of else [count, of])
    if not isinstance(value, int | float):
        return False
    exact = Decimal(repr(value))
    decimals = len(printed.rstrip("%" + NBSP).partition(",")[2])
    return printed == (format_percent(exact) if printed.endswith("%") else format_number(exact, decimals))  # fmt: skip


def without_results(workbook, change=lambda book: None):
    """The workbook as openpyxl saves it: formulas alone, nothing of what they came to."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def compared(formulas, counted, printed):
    """Every cell that is counted and prints a number: its place, what is printed, what it comes to."""
    for number, rows in printed.items():
        name = f"Tabell {number}"
        for line, row in enumerate(rows, FIRST):
            for column, text in enumerate(row, 1):
                value = counted[name].cell(line, column).value
                if (
                    formulas[name].cell(line, column).data_type == "f"
                    and agrees(text, value) is not None
                ):
                    yield name, line, column, text, value


def differing(found):
    return [one for one in found if not agrees(*one[3:])]


def questions(formulas, counted):
    """What is printed, the question, what it is counted to (None: it is not) and of how many, and what was answered."""
    for page in (page for page in formulas if page.title.startswith("Avsnitt")):
        for line in range(FIRST, page.max_row + 1):
            own = [counted[page.title].cell(line, column).value for column in range(1, 6)]
            if own[0]:
                is_counted = page.cell(line, 3).data_type == "f"
                yield own[0], own[1], own[2] if is_counted else None, own[3], str(own[4] or "")


def says(printed, question, value, base, answer):
    """Whether a counted value is what the text says. Of a set that was named before, and of a share, the answer tells it."""
    exact = Decimal(repr(value))
    if question.startswith("belopp"):
        kr, mnkr = format_number(exact, 0), format_number(exact / 1_000_000, 1)
        return any(
            f"{said}{NBSP}{unit} i " in printed for said, unit in ((kr, "kr"), (mnkr, "mnkr"))
        )
    if question.startswith("tal_ar"):
        return answer == f"{exact:f}" and (
            printed.endswith("%") or format_number(exact / 1_000_000, 0) in printed
        )
    if "(" in printed and f" av {base})" in printed and f"({value} av" not in printed:
        return answer == f"{value} av {base}"
    return answer == (f"{value}" if base is None else f"{value} av {base}")


@pytest.fixture(scope="module")
def workbook(example_money, example_report):
    return derivation_of(example_money, example_report)


@pytest.fixture(scope="module")
def formulas(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook))


@pytest.fixture(scope="module")
def printed(example_document):
    return printed_in(example_document)


@pytest.fixture(scope="module")
def recounted(convert):
    def count(data):
        made = convert(data, "underlag.xlsx", "xlsx")
        return openpyxl.load_workbook(io.BytesIO(made), data_only=True)

    return count


@pytest.fixture(scope="module")
def counted(recounted, workbook):
    """The workbook as LibreOffice counts it from the rows alone."""
    return recounted(without_results(workbook))


class DescribeTheDerivation:
    def it_counts_every_number_of_every_table_as_it_is_printed(self, formulas, printed, counted):
        found = list(compared(formulas, counted, printed))
        assert differing(found) == []
        assert len({name for name, *_ in found}) == len(printed) > 25
        assert len(found) > 1000

    def it_counts_every_number_of_every_chart_as_it_is_drawn(
        self, formulas, example_report, counted
    ):
        tried = 0
        figures = printed_figures(example_report)
        assert [one.number for one in figures] == [1, 2, 4]
        for one in figures:
            for column, (name, values) in enumerate(one.series, 2):
                for line, value in enumerate(values, FIRST):
                    cell = counted[f"Figur {one.number}"].cell(line, column)
                    assert formulas[cell.parent.title].cell(line, column).data_type == "f"
                    assert abs(Decimal(repr(cell.value)) - (value or 0)) < Decimal("0.000001"), (one.caption, name)  # fmt: skip
                    tried += 1
        assert tried > 100

    def it_says_of_a_chart_whose_numbers_stand_in_no_table_that_they_are_not_counted(
        self, example_money, example_report, formulas
    ):
        tables, (first, *_) = printed_tables(example_report), printed_figures(example_report)
        (name, values), *others = first.series
        other = replace(first, series=((name, tuple(Decimal(7) for _ in values)), *others))
        written = write_derivation(example_money, tables, [other])
        page = openpyxl.load_workbook(io.BytesIO(written))[f"Figur {first.number}"]
        kept = formulas[f"Figur {first.number}"]
        assert kept["A3"].value.startswith("Talen räknas ur bladet Tabell ")
        assert page["A3"].value.startswith("Tal utan formel står inte på bladet Tabell ")
        assert (page.cell(FIRST, 2).data_type, kept.cell(FIRST, 2).data_type) == ("n", "f")

    def it_leaves_no_printed_number_without_a_formula(self, formulas, printed):
        left = [
            (number, line, text)
            for number, rows in printed.items()
            for line, row in enumerate(rows, FIRST)
            for column, text in enumerate(row, 1)
            if column > 1 and re.search(r"\d", text)
            and formulas[f"Tabell {number}"].cell(line, column).data_type != "f"
        ]  # fmt: skip
        assert left == []

    def it_follows_the_rows(self, year, workbook, formulas, printed, recounted):
        """One amount changed among the rows: the tables that count it no longer agree, and no other does."""

        def raise_an_amount(book):
            page = book["Rader Ekonomi"]
            heads = [cell.value for cell in page[FIRST - 1]]
            amounts = page.cell(
                FIRST, heads.index(year.spec.tables["ekonomi"].by_id["utfall"].heading) + 1
            )
            amounts.value = amounts.value + 1_000_000

        changed = recounted(without_results(workbook, raise_an_amount))
        wrong = differing(compared(formulas, changed, printed))
        captions = {formulas[name]["A1"].value for name, *_ in wrong}
        assert {caption.split(" ")[0] for caption in captions} == {
            "Länsstyrelsernas",
            "Särredovisning",
            "Stockholm",
        }

    def it_counts_what_the_text_says_of_how_many(self, formulas, counted):
        """Each formula comes to the number that is printed, or that the word is of."""
        asked = list(questions(formulas, counted))
        with_formula = [one for one in asked if one[2] is not None]
        assert [one for one in with_formula if not says(*one)] == []
        words = {one[1].partition("(")[0] for one in with_formula}
        assert words == {
            "lan",
            "rader",
            "underlag",
            "sammanhang",
            "indikatorord",
            "tal_ar",
            "belopp",
        }
        assert len(with_formula) > 90
        left = {one[1].partition("(")[0] for one in asked if one[2] is None}
        assert not left & {"lan", "rader", "underlag", "sammanhang", "indikatorord", "tal_ar"}

    def it_says_that_it_may_not_leave_the_house(self, formulas):
        assert {page["A2"].value[:6] for page in formulas} == {"INTERN"}
        assert all("INTERN" in page.oddHeader.center.text for page in formulas)

    def it_says_where_each_row_is_from(self, formulas, example):
        page = formulas["Rader Indikatorer"]
        rows = example.rows("indikatorer")
        for line in (0, len(rows) - 1):
            told = [cell.value for cell in page[FIRST + line]][:6]
            row, state = (
                rows[line],
                next(one for one in example.counties if one.code == rows[line].county),
            )
            assert told[:3] == [row.county, row.county_name, row.file]
            assert told[3] == state.counts.sha256 and len(told[3]) == 64
            assert told[4] == row.sheet and f"{row.row}" in told[5]


class DescribeAYearThatAsksForOtherThings:
    def it_has_no_sheet_or_column_of_what_is_not_asked_for(self):
        year = load_year(MUNICIPALITIES / "templates", 2022)
        results = YearResults(merge(year, []), (), Series(()))
        made = write_derivation(results, printed_tables(write_report(results)))
        book = openpyxl.load_workbook(io.BytesIO(made))
        said = [cell.value for page in book for row in page.iter_rows() for cell in row]
        assert [one for one in said if isinstance(one, str) and FOREIGN.search(one)] == []
        assert "Kommunerna" in book.sheetnames
