"""Every sheet that is made is named by a text on the list of those that are looked over when a year is read
(spec/sheetnames), or by a label that is cut to what Excel takes."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path

import openpyxl
import pytest

from tests.export.small import OPENING, SPEC, small_results
from toolkit.analysis.decisions import WrittenRow
from toolkit.cli.sayings import TEXTS
from toolkit.export.book import Book, sheet_names
from toolkit.export.derivation.sources import Sources
from toolkit.export.dictionary import write_dictionary
from toolkit.export.difference import write_difference
from toolkit.export.editorial_form import write_edition
from toolkit.export.files_form import write_files_form
from toolkit.export.finance.workbook import write_finance
from toolkit.export.merged import write_merged
from toolkit.export.published.package import write_package
from toolkit.export.published.spreadsheet import write_spreadsheet
from toolkit.export.status import write_status
from toolkit.export.waiver_form import write_waiver_form
from toolkit.returns.difference import ReturnDifference
from toolkit.spec.roles import RESPONDENTS
from toolkit.spec.sheetnames import BOOKS, DATED, NUMBERED, unfit_name
from toolkit.year.report import derivation_of, printed_tables

EXPORT = Path(sys.modules[Book.__module__].__file__).parent
YEAR = SPEC.spec.year


@pytest.fixture(scope="module")
def made(example_money, example_report, tmp_path_factory):
    """The names of the sheets of each book, each with the file that made it."""
    found: dict[int, list[tuple[str, str]]] = {}
    kept = []  # so that no two books have one id
    sheet = Book.sheet

    def seen(book, name, *rest):
        kept.append(book)
        maker = Path(sys._getframe(1).f_code.co_filename).relative_to(EXPORT).as_posix()
        found.setdefault(id(book), []).append((name, maker))
        return sheet(book, name, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Book, "sheet", seen)
        year, results = SPEC, small_results(OPENING)
        write_dictionary(year)
        write_waiver_form(year, "x")
        write_files_form(year, "x", [])
        write_status(year, [], [])
        write_merged(results.data)
        unplaced = WrittenRow("Godkänd", "", "Eva", "2021-03-01", "", "")
        write_finance(replace(results, resting=(unplaced,)))
        write_edition(year.texts("export"), "", [], {})
        derivation_of(example_money, example_report)
        write_package(example_money, [one.table for one in printed_tables(example_report)])
        path = tmp_path_factory.mktemp("skillnad") / "d.xlsx"
        write_difference(ReturnDifference((), ()), TEXTS.part("skillnad"), path)
    return list(found.values())


def names_by_text(year):
    """For each book on the list, its texts and what they name in a year with less than a hundred tables."""
    for file, books in BOOKS.items():
        texts = year.texts(file)
        for book in books:
            names = {}
            for key in book:
                given = [{}]
                if key in NUMBERED:
                    given = [{"number": number} for number in range(1, 100)]
                elif key in DATED:
                    given = [{"year": YEAR - 1}]
                names |= {texts(key, **one): key for one in given}
            yield file, names


def labels():
    tables = [table.label for table in SPEC.spec.tables.values()]
    rows = [SPEC.texts("export")("underlag.rader", label=label) for label in tables]
    return {*sheet_names([*tables, SPEC.spec.list_of(RESPONDENTS).label]), *sheet_names(rows)}


class DescribeTheListOfTextsThatNameSheets:
    def it_has_the_name_of_every_sheet_that_is_made(self, made):
        known = [names for _, names in names_by_text(SPEC)]
        for sheets in made:
            if {maker for _, maker in sheets} == {"difference.py"}:
                continue  # named by the program's own texts, which no year changes
            named = {name for name, _ in sheets} - labels()
            assert any(named <= set(names) for names in known), named

    def it_has_no_text_that_names_none(self, made):
        used = set()
        for sheets in made:
            every = {name for name, _ in sheets}
            for file, names in names_by_text(SPEC):
                if every - labels() <= set(names):
                    used |= {(file, names[name]) for name in every & set(names)}
        listed = [(file, key) for file, books in BOOKS.items() for key in chain(*books)]
        assert set(listed) == used
        assert len(set(listed)) == len(listed)

    def it_has_seen_all_code_that_makes_a_sheet(self, made):
        makers = {
            path.relative_to(EXPORT).as_posix()
            for path in EXPORT.rglob("*.py")
            if "book.sheet(" in path.read_text(encoding="utf-8")
        }
        assert makers == {maker for sheets in made for _, maker in sheets}

    def it_is_not_asked_of_the_programs_own(self, made):
        assert [name for sheets in made for name, _ in sheets if unfit_name(name)] == []


class DescribeTheSheetsOfATablesRows:
    def it_never_takes_the_name_of_a_sheet_beside_it(self):
        results, texts = small_results(), SPEC.texts("export")
        first, *_ = [table.label for table in SPEC.spec.tables.values()]
        own = {"underlag.rader": "{label}", "underlag.lanen": first.upper()}
        sources = Sources(results, replace(texts, entries={**texts.entries, **own}))
        names = [grid.sheet for grid in sources.tables.values()]
        assert names[0] == f"{first} (2)"


class DescribeTheCoverOfTheTablesForReaders:
    def it_leads_to_a_sheet_with_an_apostrophe_in_its_name(self, example_report):
        results, texts = small_results(), SPEC.texts("export")
        named = replace(texts, entries={**texts.entries, "oppna.blad": "L'Or {number}"})
        year = replace(SPEC, known={**SPEC.known, "export": named})
        results = replace(results, data=replace(results.data, year=year))
        tables = [one.table for one in printed_tables(example_report)[:2]]
        book = openpyxl.load_workbook(io.BytesIO(write_spreadsheet(results, tables, [], "")))
        links = [row[0].hyperlink for row in book.worksheets[0].iter_rows()]
        assert [one.location for one in links if one] == ["'L''Or 1'!A1", "'L''Or 2'!A1"]
