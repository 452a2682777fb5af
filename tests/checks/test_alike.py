"""One cause, one finding: every cell of it is marked, and what is different is still told apart."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import date

import openpyxl
import pytest

from tests.conftest import CLEAN, said
from toolkit.annotate import mark_workbook
from toolkit.findings.feedback import write_letter

FIRST, COUNT = 7, 12  # the clean row of Ekonomi stands in row 6


def spoiled(values, column="H"):
    """Further spend lines, each with a value of the list in one column."""

    def change(book):
        for number, value in enumerate(values):
            book["Ekonomi"][f"{column}{FIRST + number}"] = value

    return change


@pytest.fixture(scope="module")
def many(small_workbook):
    rows = deepcopy(CLEAN)
    for number in range(2, COUNT + 2):
        row = deepcopy(rows["ekonomi"][0]) | {"id": f"E{number}", "utfall": 0, "budget": None}
        rows["ekonomi"].append(row)
    return small_workbook(rows)


class DescribeOneValueInManyCells:
    def it_is_told_once_with_all_its_cells(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner"] * COUNT)))
        assert said(found) == [("FALT-KODLISTA", f"Ekonomi!H{FIRST}:H{FIRST + COUNT - 1}")]
        assert found.findings[0].message.endswith(f"Så är det i {COUNT} celler i kolumnen.")

    def it_marks_every_one_of_them(self, many, look, edited, year):
        data = edited(many, spoiled(["Löner"] * COUNT))
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        sheet = openpyxl.load_workbook(io.BytesIO(marked))["Ekonomi"]
        notes = [sheet[f"H{row}"].comment for row in range(FIRST, FIRST + COUNT)]
        assert all("Löner" in note.text for note in notes)

    def it_says_of_two_cells_one_by_one(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner"] * 2)))
        assert [cell for _, cell in said(found)] == ["Ekonomi!H7", "Ekonomi!H8"]


class DescribeSeveralValuesInAColumn:
    def it_tells_each_of_a_few_by_itself(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner", "Telefoni"] * 6)))
        assert [finding.message.split("”")[1] for finding in found.findings] == [
            "Löner",
            "Telefoni",
        ]
        assert sum(len(finding.refs) for finding in found.findings) == COUNT

    def it_tells_many_once_and_says_that_they_differ(self, many, look, edited):
        found = look(edited(many, spoiled([f"Slag {number}" for number in range(COUNT)])))
        assert said(found) == [("FALT-KODLISTA", f"Ekonomi!H{FIRST}:H{FIRST + COUNT - 1}")]
        assert "med olika värden, i 12 celler" in found.findings[0].message

    def it_suggests_nothing_that_fits_only_one_of_them(self, many, look, edited):
        found = look(edited(many, spoiled([f"Person{'a' * n}l" for n in range(COUNT)])))
        assert [finding.suggestion for finding in found.findings] == [None]


class DescribeTheLetter:
    def it_is_short_whatever_the_rows_are(self, many, look, edited, year):
        found = look(edited(many, spoiled(["Löner"] * COUNT)))
        letter = write_letter(
            found.findings, year.texts("aterkoppling"), "Skåne", "a.xlsx", "b.xlsx"
        )
        assert letter.count("Löner") == 1


GOAL = "Ett utökat och verkningsfullt förebyggande arbete mot våld"


def agreed_cells(found):
    return [(str(cure.ref), cure.value) for one in found.findings for cure in one.cures]


class DescribeAListThatWasDragged:
    """Excel and LibreOffice count the number up and keep the name."""

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ([f"{n} – {GOAL}" for n in (1, 2, 3, 4)], [("FALT-DRAGEN", "Ekonomi!F8:F10")]),
            ([f"{n} – {GOAL}" for n in (5, 6, 7)], [("FALT-DRAGEN", "Ekonomi!F7:F9")]),
            ([f"{n} – {GOAL}" for n in (1, 2)], [("FALT-KOD-NAMN", "Ekonomi!F8")]),
            ([f"{n} – {GOAL}" for n in (2, 4, 6)], [("FALT-KOD-NAMN", "Ekonomi!F7"), ("FALT-KOD-NAMN", "Ekonomi!F8"), ("FALT-KODLISTA", "Ekonomi!F9")]),
            ([2, 3, 4, 5, 6], [("FALT-DRAGEN", "Ekonomi!F7:F11")]),
            ([1, 2, 3, 4], []),
            ([3, 4, 5], [("FALT-KODLISTA", "Ekonomi!F9")]),
            ([9, 9, 9], [("FALT-KODLISTA", "Ekonomi!F7:F9")]),
        ],
    )  # fmt: skip
    def it_is_told_once(self, many, look, edited, values, told):
        assert said(look(edited(many, spoiled(values, "F")))) == told

    def it_is_told_by_its_own_column(self, many, look, edited):
        def change(book):
            spoiled([f"{n} – {GOAL}" for n in (1, 2, 3)], "F")(book)
            spoiled([f"{n} – Särskilda jämställdhetsåtgärder" for n in ("3:1", "4:1", "5:1")], "D")(
                book
            )

        found = look(edited(many, change))
        assert sorted(said(found)) == [
            ("FALT-DRAGEN", "Ekonomi!D8:D9"),
            ("FALT-DRAGEN", "Ekonomi!F8:F9"),
        ]
        assert sorted(agreed_cells(found)) == [
            ("Ekonomi!D8", "3:1 – Särskilda jämställdhetsåtgärder"), ("Ekonomi!D9", "3:1 – Särskilda jämställdhetsåtgärder"),
            ("Ekonomi!F8", f"1 – {GOAL}"), ("Ekonomi!F9", f"1 – {GOAL}"),
        ]  # fmt: skip

    def it_suggests_nothing_where_no_name_tells(self, many, look, edited):
        found = look(edited(many, spoiled([2, 3, 4, 5, 6], "F")))
        assert (found.findings[0].suggestion, agreed_cells(found)) == (None, [])

    def it_marks_every_cell(self, many, look, edited, year):
        data = edited(many, spoiled([f"{n} – {GOAL}" for n in (1, 2, 3, 4)], "F"))
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        sheet = openpyxl.load_workbook(io.BytesIO(marked))["Ekonomi"]
        assert [row for row in range(6, 13) if sheet[f"F{row}"].comment] == [8, 9, 10]


class DescribeCellsThatWereDrawnTogether:
    @pytest.mark.parametrize(
        ("block", "told"),
        [
            ("C7:C9", [("FALT-SAMMAN", "Ekonomi!C8:C9")]), ("K7:K9", [("FALT-SAMMAN", "Ekonomi!K8:K9")]),
            ("O7:O9", [("FALT-SAMMANSLAGEN", "Ekonomi!O7")]),
        ],
    )  # fmt: skip
    def it_says_which_cells_are_empty_by_that(self, many, look, edited, block, told):
        found = look(edited(many, lambda book: book["Ekonomi"].merge_cells(block)))
        assert said(found) == told

    def it_suggests_the_code_above_and_never_an_amount(self, many, look, edited):
        codes = look(edited(many, lambda book: book["Ekonomi"].merge_cells("C7:C9")))
        amounts = look(edited(many, lambda book: book["Ekonomi"].merge_cells("K7:K9")))
        assert {value for _, value in agreed_cells(codes)} == {
            "PM – Prostitution och människohandel"
        }
        assert (agreed_cells(amounts), amounts.findings[0].suggestion) == ([], None)

    def it_leaves_an_empty_cell_elsewhere_as_it_is(self, many, look, edited):
        def change(book):
            book["Ekonomi"].merge_cells("C7:C8")
            book["Ekonomi"]["C11"] = None

        assert said(look(edited(many, change))) == [
            ("FALT-SAMMAN", "Ekonomi!C8"), ("FALT-SAKNAS", "Ekonomi!C11"),
        ]  # fmt: skip


class DescribeDatesBesideTheYear:
    @pytest.mark.parametrize(("count", "told"), [(2, 2), (3, 1), (7, 1)])
    def it_asks_once_where_several_are(self, rows, small_workbook, look, count, told):
        first = rows["aktiviteter"][0]
        for number in range(count):
            day = date(2018, 1 + number, 3)
            own = {"id": f"A{number + 2}", "rubrik": f"Kurs {number}", "start": day, "slut": day}
            rows["aktiviteter"].append(
                {
                    **first,
                    **own,
                    "uppfoljning_datum": None,
                    "exempeltext": None,
                    "gott_exempel": "NEJ",
                }
            )
        found = [one for one in look(small_workbook(rows)).findings if one.code == "RAD-UTANFOR-AR"]
        assert (len(found), sum(len(one.refs) for one in found)) == (told, count)
        if told == 1:
            assert found[0].message.endswith(f"Så är det i {count} celler i kolumnen.")
