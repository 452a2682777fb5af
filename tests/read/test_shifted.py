"""A block of cells pasted one column beside its place: one finding where it begins, and nothing of what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import said
from toolkit.checks.run import check_submission
from toolkit.read import interpret, read_raw
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import CodeList
from toolkit.template import write_template

FIRST, WIDTHS = 6, {"Ekonomi": (2, 16), "Mål": (2, 6), "Aktiviteter": (2, 30)}
"""The first row of every list, and the first and last column of some."""


@pytest.fixture
def many(rows):
    """A clean submission with twenty rows of spend, three goals, and four activities."""
    line, goal, activity = rows["ekonomi"][0], rows["mal"][0], rows["aktiviteter"][0]
    part = {"budget": Decimal(4500), "utfall": Decimal("4225.025")}
    rows["ekonomi"] = [{**line, **part, "id": f"E{number}"} for number in range(1, 21)]
    rows["ekonomi"] = [{**row, "utfall": Decimal("4225.02") + number // 10 * Decimal("0.01")}
                       for number, row in enumerate(rows["ekonomi"])]  # fmt: skip
    rows["mal"] = [{**goal, "id": f"M{number}"} for number in range(1, 5)]
    days = [date(2020, number, 10) for number in range(1, 5)]
    rows["aktiviteter"] = [
        {**activity, "id": f"A{number}", "mal_id": f"M{number}", "start": day, "slut": day}
        for number, day in enumerate(days, 1)
    ]
    rows["indikatorer"] = [
        {
            **rows["indikatorer"][0],
            "id": f"I{number}",
            "aktivitet_id": f"A{number}",
            "mal_id": f"M{number}",
        }
        for number in range(1, 5)
    ]
    return rows


def shift(sheet, step, rows=None, columns=None):
    """Cut the cells of some rows and columns and paste them so many steps beside."""

    def change(book):
        cells = book[sheet]
        first, last = columns or WIDTHS[sheet]
        order = range(last, first - 1, -1) if step > 0 else range(first, last + 1)
        for row in rows or range(FIRST, cells.max_row + 1):
            if cells.cell(row, 3).value is None and cells.cell(row, 4).value is None:
                continue
            for column in order:
                cells.cell(row, column + step).value = cells.cell(row, column).value
                cells.cell(row, column).value = None

    return change


@pytest.fixture
def workbook(year, short_template):
    """A workbook with few prepared rows, so that openpyxl opens it soon."""
    return lambda rows: write_template(
        short_template, year.spec.lists["lan"].by_code["12"], year.texts("mall"), rows
    )


@pytest.fixture
def shifted(many, workbook, look, edited):
    data = workbook(many)
    return lambda *arguments: look(edited(data, shift(*arguments)))


class DescribeAShiftedColumn:
    @pytest.mark.parametrize(
        ("arguments", "place"),
        [
            (("Ekonomi", 1), "Ekonomi!B6:P25"),
            (("Ekonomi", -1), "Ekonomi!B6:P25"),
            (("Ekonomi", 1, range(15, 26)), "Ekonomi!B15:P25"),
            (("Ekonomi", 1, range(10, 21)), "Ekonomi!B10:P20"),
            (("Ekonomi", -1, range(10, 21)), "Ekonomi!B10:P20"),
            (("Ekonomi", 1, None, (5, 16)), "Ekonomi!E6:P25"),
            (("Ekonomi", 1, range(10, 21), (5, 16)), "Ekonomi!E10:P20"),
            (("Ekonomi", -1, range(10, 21), (7, 16)), "Ekonomi!F10:P20"),
            (("Mål", 1), "Mål!B6:F9"),
            (("Mål", -1), "Mål!B6:F9"),
            (("Aktiviteter", 1), "Aktiviteter!B6:AC9"),
            (("Aktiviteter", -1), "Aktiviteter!B6:AC9"),
            (("Ekonomi", 2), "Ekonomi!B6:P25"),
            (("Ekonomi", 2, range(10, 21), (5, 16)), "Ekonomi!E10:P20"),
            (("Ekonomi", -2, None, (5, 16)), "Ekonomi!C6:P25"),
            (("Aktiviteter", 2), "Aktiviteter!B6:AC9"),
        ],
    )
    def it_is_told_once_where_it_begins(self, shifted, arguments, place):
        assert said(shifted(*arguments)) == [("KOL-FORSKJUTEN", place)]

    def it_is_said_in_words_with_what_to_do(self, shifted):
        finding = shifted("Ekonomi", 1, range(10, 21), (5, 16)).findings[0]
        assert finding.severity.name == "ERROR"
        assert finding.title == "Kolumnen har förskjutits"
        assert finding.message == (
            "På rad 10 till 20 i tabellen Ekonomi står värdena ett steg för långt åt höger från kolumnen Anslagspost. "
            "Under Målsättning står till exempel ”ap.4 – Länsstyrelsen i Örebro län”, som hör hemma under Anslagspost."
        )
        assert finding.suggestion == "Flytta F10:O20 ett steg åt vänster, till E10"

    def it_is_said_how_far(self, shifted):
        finding = shifted("Ekonomi", 2, range(10, 21), (5, 16)).findings[0]
        assert finding.message == (
            "På rad 10 till 20 i tabellen Ekonomi står värdena två steg för långt åt höger från kolumnen Anslagspost. "
            "Under Våldsform står till exempel ”ap.4 – Länsstyrelsen i Örebro län”, som hör hemma under Anslagspost."
        )
        assert finding.suggestion == "Flytta G10:P20 två steg åt vänster, till E10"

    def it_never_reads_the_values_as_moved(self, shifted):
        found = shifted("Ekonomi", 1, range(10, 21), (5, 16))
        kept, moved = found.submission.records("ekonomi")[3:5]
        assert (kept.row, kept.text("anslagspost"), kept.get("utfall")) == (
            9,
            "ap.4",
            Decimal("4225.02"),
        )
        assert (moved.row, moved.text("verksamhetskod")) == (10, "PM")
        assert moved.value("malsattning")[:2] == (
            "ap.4 – Länsstyrelsen i Örebro län",
            Missing.UNREADABLE,
        )
        assert moved.get("anslagspost") is Missing.UNREADABLE

    def it_is_told_of_each_block_by_itself(self, many, workbook, look, edited):
        def change(book):
            shift("Ekonomi", 1, range(8, 12))(book)
            shift("Ekonomi", -1, range(20, 24))(book)
            shift("Mål", 1)(book)

        assert said(look(edited(workbook(many), change))) == [
            ("KOL-FORSKJUTEN", "Ekonomi!B8:P11"), ("KOL-FORSKJUTEN", "Ekonomi!B20:P23"),
            ("KOL-FORSKJUTEN", "Mål!B6:F9"),
        ]  # fmt: skip

    def it_is_read_by_headings_that_were_pasted_along(self, many, workbook, look, edited):
        def change(book):
            shift("Mål", 1)(book)
            for column in range(6, 1, -1):
                book["Mål"].cell(5, column + 1).value = book["Mål"].cell(5, column).value

        assert said(look(edited(workbook(many), change))) == []

    def it_leaves_other_mistakes_in_other_rows_to_be_told(self, many, workbook, look, edited):
        def change(book):
            shift("Ekonomi", 1, range(10, 21))(book)
            book["Ekonomi"]["K7"], book["Ekonomi"]["H22"] = "ganska mycket", "Okänt"

        assert sorted(said(look(edited(workbook(many), change)))) == [
            ("FALT-KODLISTA", "Ekonomi!H22"), ("FALT-TAL", "Ekonomi!K7"), ("KOL-FORSKJUTEN", "Ekonomi!B10:P20"),
        ]  # fmt: skip

    def it_is_found_although_some_of_the_moved_values_are_wrong(self, many, workbook, look, edited):
        def change(book):
            book["Ekonomi"]["H12"], book["Ekonomi"]["K13"] = "Okänt", None
            shift("Ekonomi", 1, range(10, 21))(book)

        assert said(look(edited(workbook(many), change))) == [("KOL-FORSKJUTEN", "Ekonomi!B10:P20")]

    def it_still_tells_of_a_personal_number_among_the_moved_values(
        self, many, workbook, look, edited
    ):
        def change(book):
            book["Mål"]["E7"] = "Ärendet gällde 19811228-9874, som hade sökt stöd."
            shift("Mål", 1)(book)

        codes = said(look(edited(workbook(many), change)))
        assert set(codes) == {("KOL-FORSKJUTEN", "Mål!B6:F9"), ("PERSON-NUMMER", "Mål!F7")}


class DescribeWhatIsNotShifted:
    def it_is_not_said_of_a_clean_file(self, many, workbook, look):
        assert said(look(workbook(many))) == []

    def it_is_not_said_of_too_few_rows(self, shifted):
        codes = {code for code, _ in said(shifted("Ekonomi", 1, range(10, 12)))}
        assert "KOL-FORSKJUTEN" not in codes
        assert codes >= {"FALT-KODLISTA", "FALT-SAKNAS"}

    @pytest.mark.parametrize("step", [1, -1])
    @pytest.mark.parametrize("column", range(3, 17))
    def it_is_not_said_of_one_odd_column(self, many, workbook, look, edited, column, step):
        """One column holds what belongs in the column beside it."""

        def change(book):
            sheet = book["Ekonomi"]
            for row in range(FIRST, 26):
                sheet.cell(row, column).value = sheet.cell(row, column - step).value

        assert "KOL-FORSKJUTEN" not in {
            code for code, _ in said(look(edited(workbook(many), change)))
        }

    @pytest.mark.parametrize("column", range(3, 16))
    def it_is_not_said_of_two_columns_that_changed_places(
        self, many, workbook, look, edited, column
    ):
        def change(book):
            for row in book["Ekonomi"].iter_rows(
                min_row=FIRST, max_row=25, min_col=column, max_col=column + 1
            ):
                row[0].value, row[1].value = row[1].value, row[0].value

        assert "KOL-FORSKJUTEN" not in {
            code for code, _ in said(look(edited(workbook(many), change)))
        }

    @pytest.mark.parametrize("value", ["xxx", "PMH", "A1", 17, date(2020, 3, 1)])
    def it_is_not_said_of_rows_full_of_the_same(self, many, workbook, look, edited, value):
        def change(book):
            for row in book["Ekonomi"].iter_rows(min_row=FIRST, max_row=25, min_col=2, max_col=16):
                for cell in row:
                    cell.value = value

        assert "KOL-FORSKJUTEN" not in {
            code for code, _ in said(look(edited(workbook(many), change)))
        }

    def it_is_not_said_of_codes_that_are_all_unknown(self, year, many, workbook):
        """As when a list of codes has changed from one year to another: nothing fits, here or beside."""
        lists = tuple(
            CodeList(id=item.id, label=item.label, codes=("ZZ Nytt",))
            if item.id not in {"lan", "tabell"}
            else item
            for item in year.spec.codelists
        )
        spec = type(year.spec).model_validate(year.spec.model_dump(exclude_none=True) | {
            "codelists": [item.model_dump(exclude_none=True) for item in lists]})  # fmt: skip
        other = replace(year, spec=spec)
        found = interpret(read_raw(workbook(many)), {2020: other}, "fil.xlsx", "")
        findings = check_submission(spec, other.catalogue, found.submission, found.findings)
        codes = {finding.code for finding in findings}
        assert "FALT-KODLISTA" in codes
        assert "KOL-FORSKJUTEN" not in codes
