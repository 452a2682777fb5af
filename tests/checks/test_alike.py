"""One cause, one finding: every cell of it is marked, and what is different is still told apart."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from tests.conftest import CLEAN, said
from toolkit.annotate import mark_workbook
from toolkit.checks.run import check_submission
from toolkit.findings.feedback import write_letter
from toolkit.read import read_raw
from toolkit.read.interpret import interpret
from toolkit.returns.question_names import question_key

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


OVER = 25


def turn(book):
    """The lines in the opposite order."""
    sheet = book["Ekonomi"]
    rows = [
        [sheet.cell(row, column).value for column in range(2, 17)] for row in range(6, 6 + OVER)
    ]
    for row, values in enumerate(reversed(rows), 6):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value


@pytest.fixture(scope="module")
def over(small_workbook):
    rows = deepcopy(CLEAN)
    first = rows["ekonomi"][0]
    rows["ekonomi"] = [
        {**first, "id": f"E{n}", "budget": 1000, "utfall": 5000 + n} for n in range(OVER)
    ]
    return small_workbook(rows)


class DescribeOneQuestionAboutManyValues:
    """Twenty-five lines that are over their budget, each by an amount of its own."""

    def it_is_asked_once(self, over, look):
        (told,) = (one for one in look(over).findings if one.code == "EKON-BUDGET")
        assert len({ref.row for ref in told.refs}) == OVER
        assert "med olika värden" in told.message

    def it_is_closed_by_one_answer_until_one_of_them_is_another(self, over, look, edited, year):
        asked = [one for one in look(over).findings if one.code == "EKON-BUDGET"]
        answers = {question_key(one): "Vi fick pengar under året." for one in asked}
        again = [one.closed for one in reread(over, year, answers) if one.code == "EKON-BUDGET"]
        assert again == [True]
        turned = edited(over, turn)
        again = [one.closed for one in reread(turned, year, answers) if one.code == "EKON-BUDGET"]
        assert again == [True]
        other = edited(over, lambda book: book["Ekonomi"].__setitem__("K9", 7777))
        again = [one.closed for one in reread(other, year, answers) if one.code == "EKON-BUDGET"]
        assert again == [False]


class DescribeSeveralValuesInAColumn:
    def it_tells_each_of_a_few_by_itself(self, many, look, edited):
        found = look(edited(many, spoiled(["Löner", "Telefoni"] * 6)))
        assert [finding.message.split("”")[1] for finding in found.findings] == [
            "Löner",
            "Telefoni",
        ]
        assert sum(len(finding.refs) for finding in found.findings) == COUNT

    def it_tells_many_once_and_says_that_they_differ(self, many, look, edited):
        found = look(
            edited(many, spoiled([f"Slag {letter}" for letter in "qwertyuiopåasdfghjklö"[:COUNT]]))
        )
        assert said(found) == [("FALT-KODLISTA", f"Ekonomi!H{FIRST}:H{FIRST + COUNT - 1}")]
        assert "med olika värden, i 12 celler" in found.findings[0].message

    def it_suggests_nothing_that_fits_only_one_of_them(self, many, look, edited):
        found = look(edited(many, spoiled([f"Person{'a' * n}l" for n in range(COUNT)])))
        assert [finding.suggestion for finding in found.findings] == [None]


class DescribeNumbersBesideTheSameWords:
    def it_is_told_once_of_them(self, many, look, edited):
        found = look(edited(many, spoiled(["kr 1 ca", "kr 20 ca", "kr 300 ca"], "J")))
        assert said(found) == [("FALT-TAL", "Ekonomi!J7:J9")]
        assert "med olika värden, i 3 celler" in found.findings[0].message

    def it_tells_other_words_apart(self, many, look, edited):
        found = look(edited(many, spoiled(["kr 1 ca", "kr 20 ca", "högst 300"], "J")))
        assert [code for code, _ in said(found)] == ["FALT-TAL"] * 3


class DescribeReferencesToOneIdThatIsNotThere:
    def it_is_told_once_of_two(self, small_workbook, look, edited):
        rows = deepcopy(CLEAN)
        rows["mal"].append(deepcopy(rows["mal"][0]) | {"id": "M2"})
        changed = edited(
            small_workbook(rows), lambda book: book["Lägesbild"].__setitem__("B6", "L01")
        )
        (told,) = [one for one in look(changed).findings if one.code == "REF-SAKNAS"]
        assert (told.cell, told.suggestion) == ("C6:C7", "L01")

    def it_tells_of_other_ids_by_themselves(self, small_workbook, look, edited):
        rows = deepcopy(CLEAN)
        rows["mal"].append(deepcopy(rows["mal"][0]) | {"id": "M2", "lagesbild_id": "L7"})
        changed = edited(
            small_workbook(rows), lambda book: book["Lägesbild"].__setitem__("B6", "L01")
        )
        told = [one.cell for one in look(changed).findings if one.code == "REF-SAKNAS"]
        assert told == ["C6", "C7"]


class DescribeOneValueInSeveralColumns:
    def it_is_told_once_and_names_them(self, many, look, edited):
        def change(book):
            spoiled(["saknas?"] * COUNT, "H")(book)
            spoiled(["saknas?"] * COUNT, "I")(book)

        # The lists have different names, so what is said of them is not the same.
        assert len(look(edited(many, change)).findings) == 2

        def blank(book):
            spoiled([None] * COUNT, "H")(book)
            spoiled([None] * COUNT, "I")(book)

        (found,) = look(edited(many, blank)).findings
        last = FIRST + COUNT - 1
        assert (found.code, found.cell) == ("FALT-SAKNAS", f"H{FIRST}:I{last}")
        assert found.message.endswith(f"Så är det också i Utgift eller kostnad (I{FIRST}:I{last}).")


def with_note(found, **notes):
    """What the county answers to questions, by code."""
    return {
        question_key(one): notes[one.code.replace("-", "_")]
        for one in found.findings
        if one.code.replace("-", "_") in notes
    }


def reread(data, year, answers):
    """The findings of a further round, with the answers of the one before."""
    read = interpret(read_raw(data), {2020: year}, "b.xlsx", "")
    sent = replace(read.submission, explanations=answers)
    return check_submission(year.spec, year.catalogue, sent, read.findings)


TWO_CODES = "PM – Prostitution och människohandel (50 %)"


class DescribeAQuestionOfManyCells:
    @pytest.fixture
    def asked(self, many, look, edited):
        return look(edited(many, spoiled([TWO_CODES] * COUNT, "C")))

    def it_is_asked_once(self, asked):
        (told,) = asked.findings
        assert (told.code, told.cell) == ("FALT-KOD-TILLAGG", f"C{FIRST}:C{FIRST + COUNT - 1}")
        assert told.message.endswith(f"Så är det i {COUNT} celler i kolumnen.")

    @pytest.mark.parametrize(
        "values",
        [[TWO_CODES] * COUNT, [TWO_CODES] * (COUNT - 5), [TWO_CODES] * 2, ["PM", TWO_CODES, "PM", TWO_CODES, TWO_CODES]],
        ids=["same", "fewer", "two left", "moved"],
    )  # fmt: skip
    def it_keeps_its_answer_while_the_value_is_the_same(self, asked, many, edited, year, values):
        answers = with_note(asked, FALT_KOD_TILLAGG="Halva beloppet hör dit.")
        data = edited(many, spoiled(values, "C"))
        found = reread(data, year, answers)
        told = [one for one in found if one.code == "FALT-KOD-TILLAGG"]
        assert told
        assert all(one.closed for one in told)

    def it_asks_anew_of_another_value(self, asked, many, edited, year):
        answers = with_note(asked, FALT_KOD_TILLAGG="Halva beloppet hör dit.")
        other = edited(many, spoiled([TWO_CODES.replace("50", "60")] * COUNT, "C"))
        assert [one.closed for one in reread(other, year, answers)] == [False]


class DescribeRowsThatWerePastedTwice:
    def pasted(self, count):
        """The first rows once more, below all others."""

        def change(book):
            sheet = book["Ekonomi"]
            for number in range(count):
                sheet[f"K{FIRST + number}"] = 100 + number
                for column in "CDEFGHIJKLMNOP":
                    below = sheet[f"{column}{FIRST + COUNT + number}"]
                    below.value = sheet[f"{column}{FIRST + number}"].value
                sheet[f"B{FIRST + COUNT + number}"] = f"E{500 + number}"

        return change

    @pytest.mark.parametrize(("count", "told"), [(1, 1), (2, 2), (3, 1), (8, 1)])
    def it_is_asked_about_as_one_cause(self, many, look, edited, count, told):
        found = look(edited(many, self.pasted(count)))
        asked = [one for one in found.findings if one.code == "EKON-DUBBEL"]
        assert len(asked) == told
        assert len({ref for one in asked for ref in one.refs}) == 2 * count
        if told == 1 < count:
            assert asked[0].message.endswith(f"Så är det på {count} rader.")

    def it_tells_of_ids_that_came_along_once(self, many, look, edited):
        def change(book):
            for number in range(8):
                book["Ekonomi"][f"B{FIRST + number}"] = f"E{900 + number // 2}"

        found = look(edited(many, change))
        assert [(one.code, len(one.refs)) for one in found.findings] == [("FALT-UNIK", 8)]


class DescribeThousandsOfRows:
    """Three wrong values in each of 2,596 rows."""

    @pytest.fixture
    def found(self, workbook, look, edited):
        rows = deepcopy(CLEAN)
        for number in range(2, 2598):
            row = deepcopy(rows["ekonomi"][0]) | {"id": f"E{number}", "budget": None}
            rows["ekonomi"].append(row)

        def change(book):
            for number in range(FIRST, FIRST + 2596):
                book["Ekonomi"][f"C{number}"], book["Ekonomi"][f"H{number}"] = "PMH", "Löner"
                book["Ekonomi"][f"K{number}"] = "ca 100"

        return look(edited(workbook(rows), change))

    def it_tells_each_of_them_once(self, found, year):
        told = [(one.code, len(one.refs)) for one in found.findings]
        assert told == [("FALT-KODLISTA", 2596), ("FALT-KODLISTA", 2596), ("FALT-TAL", 2596)]
        letter = write_letter(
            found.findings, year.texts("aterkoppling"), "Skåne", "a.xlsx", "b.xlsx"
        )
        assert letter.count("\n") < 50


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
            ([1, 2, 3, 4], [("FALT-UPPRAKNAD", "Ekonomi!F7:F10")]),
            ([2, 3, 4], []), ([1, 2, 3, 3], []), ([1, 2, 4, 3], []), ([1, 1, 1, 1], []),
            ([3, 4, 5], [("FALT-KODLISTA", "Ekonomi!F9")]),
            ([9, 9, 9], [("FALT-KODLISTA", "Ekonomi!F7:F9")]),
        ],
    )  # fmt: skip
    def it_is_told_once(self, many, look, edited, values, told):
        assert said(look(edited(many, spoiled(values, "F")))) == told

    def it_is_asked_about_until_it_is_answered(self, many, look, edited, year):
        data = edited(many, spoiled(["1", "2", "3", "4"], "F"))
        answers = {question_key(one): "De är rätt." for one in look(data).findings}
        assert [(one.code, one.closed) for one in reread(data, year, answers)] == [
            ("FALT-UPPRAKNAD", True)
        ]

    def it_is_told_of_ids_that_no_row_has(self, many, look, edited):
        dragged = look(edited(many, spoiled(["A1", "A2", "A3", "A4", "A5"], "N")))
        assert said(dragged) == [("FALT-DRAGEN", "Ekonomi!N8:N11")]
        (told,) = dragged.findings
        assert told.message == (
            "I Aktivitets-id ökar talet med ett för varje cell, från ”A1” till ”A5”. Cellen har troligen dragits "
            "nedåt. Fel är det i N8:N11."
        )

    def it_is_not_said_where_the_first_is_no_rows_either(self, many, look, edited):
        """The activities have been given other ids since: nobody dragged anything."""
        found = look(edited(many, spoiled(["A3", "A4", "A5", "A6", "A7"], "N")))
        assert {one.code for one in found.findings} == {"REF-SAKNAS"}
        assert {ref.cell for one in found.findings for ref in one.refs} == {
            "N7",
            "N8",
            "N9",
            "N10",
            "N11",
        }

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            (["A1", "A2"], [("REF-SAKNAS", "Ekonomi!N8")]), (["A3", "A4"], [("REF-SAKNAS", "Ekonomi!N7"), ("REF-SAKNAS", "Ekonomi!N8")]), (["A2", "A3"], [("REF-SAKNAS", "Ekonomi!N7"), ("REF-SAKNAS", "Ekonomi!N8")]),
        ],
    )  # fmt: skip
    def it_is_not_guessed_of_a_few(self, many, look, edited, values, told):
        assert said(look(edited(many, spoiled(values, "N")))) == told

    def it_tells_of_ids_in_another_form_once(self, many, look, edited):
        found = look(edited(many, spoiled(["EK-1", "EK-2", "EK-3"], "B")))
        assert said(found) == [("FALT-MONSTER", "Ekonomi!B7:B9")]

    def it_says_what_a_yes_to_different_values_does(self, many, look, edited):
        (told,) = look(edited(many, spoiled([f"e {n}" for n in range(2, 9)], "B"))).findings
        assert told.suggestion == "B7: e 2 → E2; B8: e 3 → E3; B9: e 4 → E4; och 4 celler till"
        assert len(told.cures) == 7

    def it_is_told_by_its_own_column(self, many, look, edited):
        def change(book):
            spoiled([f"{n} – {GOAL}" for n in (1, 2, 3)], "F")(book)
            spoiled([f"{n} – Särskilda jämställdhetsåtgärder" for n in ("3:1", "4:1", "5:1")], "D")(
                book
            )

        found = look(edited(many, change))
        assert said(found) == [("FALT-DRAGEN", "Ekonomi!D8:D9, F8:F9")]
        assert found.findings[0].message.endswith("Så är det också i Målsättning (F8:F9).")
        assert found.findings[0].suggestion == "Den kod som namnet hör till"
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
