"""Answers in the marked file, whatever happened to the sheet that they stand on: none is lost without
a word, and none is taken for the answer to another question."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.year.test_sent_again import checked, send, sent_back, space  # noqa: F401
from toolkit.checks.answers import answered
from toolkit.checks.file import judge
from toolkit.returns.question_names import former_key

ASKED = {"TREND-INDIKATOR": "Fler digitala utbildningar.", "EKON-BUDGET": "Tjänsten var vakant."}
SAID = {"E1": "Tjänsten var vakant.", "E2": "Lokalen blev dyrare."}
FIRST, CODE, ANSWER = 7, 11, 9


@pytest.fixture
def marked(space, rows, small_workbook):  # noqa: F811
    """The marked file, its questions answered."""
    rows["indikatorer"][0]["varde"] = 300
    rows["ekonomi"][0]["budget"] = 20_000
    send(space, "a.xlsx", small_workbook(rows))
    book = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
    (space.inputs / "submissions/a.xlsx").unlink()
    for row in questions(book["Återkoppling"]):
        book["Återkoppling"].cell(row, ANSWER).value = ASKED[code_on(book["Återkoppling"], row)]
    return book


def questions(sheet):
    """The rows on which something is asked."""
    return [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 2).value == "Fråga"]


def code_on(sheet, row):
    return sheet.cell(row, CODE).value


def read(space, book):  # noqa: F811
    """The answers to what was asked, as they are read, by code, and what is told of what was not read."""
    file = io.BytesIO()
    book.save(file)
    send(space, "b.xlsx", file.getvalue())
    _, files = checked(space)
    found = files[0].found.findings
    answers = {one.code: one.explanation for one in found if one.code in ASKED}
    return answers, [one.message for one in found if one.code == "SVAR-OLAST"]


def rename(book):
    book["Återkoppling"].title = "Svar från oss"


def answer_in_a_copy(book):
    copy = book.copy_worksheet(book["Återkoppling"])
    copy.title = "Återkoppling (2)"
    for row in questions(book["Återkoppling"]):
        book["Återkoppling"].cell(row, ANSWER).value = None


def clear_the_keys(book):
    for row in range(1, 40):
        book["Återkoppling"].cell(row, 1).value = None


def delete_the_keys(book):
    unmerge(book["Återkoppling"])
    book["Återkoppling"].delete_cols(1)
    book["Återkoppling"].delete_rows(1)


def move(book):
    unmerge(book["Återkoppling"])
    book["Återkoppling"].move_range("B1:K40", rows=3, cols=2)


def move_with_keys(book):
    unmerge(book["Återkoppling"])
    book["Återkoppling"].move_range("A1:K40", rows=3, cols=2)


def sort_without_keys(book):
    """All that one sees of the two questions' rows changes places; the hidden column stays."""
    sheet = book["Återkoppling"]
    first, other = questions(sheet)
    for column in range(2, CODE + 1):
        one, two = sheet.cell(first, column), sheet.cell(other, column)
        one.value, two.value = two.value, one.value


def unmerge(sheet):
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))


class DescribeAnAnswerOnTheSheet:
    @pytest.mark.parametrize(
        "change",
        [
            rename, answer_in_a_copy, clear_the_keys, delete_the_keys, move, move_with_keys,
            sort_without_keys,
        ],
    )  # fmt: skip
    def it_is_read_for_its_own_question(self, space, marked, change):  # noqa: F811
        assert {
            code_on(marked["Återkoppling"], row) for row in questions(marked["Återkoppling"])
        } == {*ASKED}
        change(marked)
        assert read(space, marked) == (ASKED, [])

    def it_is_told_when_it_stands_beside_the_column_for_answers(self, space, marked):  # noqa: F811
        sheet = marked["Återkoppling"]
        row = questions(sheet)[0]
        said, sheet.cell(row, ANSWER).value = sheet.cell(row, ANSWER).value, None
        sheet.cell(row, CODE + 1).value = said
        answers, told = read(space, marked)
        assert answers[code_on(sheet, row)] is None
        assert told == [
            f"I cellen L{row} på bladet Återkoppling har ni skrivit ”{said}”. Det hör inte till någon "
            "fråga och har inte lästs som ett svar."
        ]

    def it_is_told_when_the_figures_that_it_explains_are_others_now(self, space, marked):  # noqa: F811
        sheet = marked["Återkoppling"]
        (row,) = (row for row in questions(sheet) if code_on(sheet, row) == "TREND-INDIKATOR")
        marked["Indikatorer"][sheet.cell(row, 5).value].value = 400
        answers, told = read(space, marked)
        assert answers == {**ASKED, "TREND-INDIKATOR": None}
        assert told == [
            f"I cellen I{row} på bladet Återkoppling har ni skrivit ”Fler digitala utbildningar.”. Svaret "
            "gällde andra uppgifter än de som står i cellen nu, så frågan ställs på nytt."
        ]

    @pytest.mark.parametrize(
        ("said", "is_told"), [("?", True), ("…", True), ("–", True), ("", False)]
    )
    def it_is_told_when_it_says_nothing(self, space, marked, said, is_told):  # noqa: F811
        sheet = marked["Återkoppling"]
        (row,) = (row for row in questions(sheet) if code_on(sheet, row) == "EKON-BUDGET")
        sheet.cell(row, ANSWER).value = said
        answers, told = read(space, marked)
        assert answers == {**ASKED, "EKON-BUDGET": None}
        assert [one.partition("”. ")[2] for one in told] == [
            "Det säger inte vad som gäller, så frågan är kvar."
        ] * is_told

    def it_is_told_and_not_taken_when_the_sheet_is_another_countys(self, space, marked):  # noqa: F811
        sheet = marked["Återkoppling"]
        cells = [cell for row in sheet.iter_rows(max_row=3) for cell in row]
        (trail,) = (cell for cell in cells if str(cell.value).startswith("lr:led 12 "))
        trail.value = trail.value.replace("lr:led 12 ", "lr:led 13 ")
        answers, told = read(space, marked)
        assert answers == dict.fromkeys(ASKED)
        why = "Bladet är gjort för ett annat län, så inget på det har lästs som ett svar."
        assert sorted(one.partition("”. ")[2] for one in told) == [why, why]

    def it_is_silent_when_the_question_has_been_settled_in_the_cell(self, space, marked):  # noqa: F811
        sheet = marked["Återkoppling"]
        (row,) = (row for row in questions(sheet) if code_on(sheet, row) == "TREND-INDIKATOR")
        marked["Indikatorer"][sheet.cell(row, 5).value].value = 84
        answers, told = read(space, marked)
        assert (answers, told) == ({"EKON-BUDGET": ASKED["EKON-BUDGET"]}, [])

    def it_is_told_when_a_copy_says_otherwise(self, space, marked):  # noqa: F811
        copy = marked.copy_worksheet(marked["Återkoppling"])
        copy.title = "Kopia"
        row = questions(copy)[0]
        copy.cell(row, ANSWER).value = "Ett annat svar."
        answers, told = read(space, marked)
        assert answers == ASKED
        assert [one[:45] for one in told] == [
            f"I cellen I{row} på bladet Kopia har ni skrivit ”Ett"[:45]
        ]

    def it_answers_nothing_when_the_question_is_another_now(self, space, marked):  # noqa: F811
        clear_the_keys(marked)
        marked["Indikatorer"]["J6"].value = 400
        answers, _ = read(space, marked)
        assert answers["TREND-INDIKATOR"] is None


class DescribeAnAnswerInCellsDrawnTogether:
    def it_answers_all_the_questions_that_they_span(self, space, marked):  # noqa: F811
        sheet = marked["Återkoppling"]
        first, other = questions(sheet)
        sheet.cell(other, ANSWER).value = None
        said = sheet.cell(first, ANSWER).value
        sheet.merge_cells(start_row=first, end_row=other, start_column=ANSWER, end_column=ANSWER)
        assert read(space, marked) == (dict.fromkeys(ASKED, said), [])

    def it_answers_no_error_and_tells_nothing_twice(self, space, rows, small_workbook):  # noqa: F811
        rows["ekonomi"][0]["budget"] = 20_000
        rows["mal"][0]["lagesbild_id"] = "L9"
        send(space, "a.xlsx", small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
        (space.inputs / "submissions/a.xlsx").unlink()
        sheet = book["Återkoppling"]
        (asked,) = questions(sheet)
        assert asked == FIRST + 1
        sheet.cell(FIRST, ANSWER).value = "Båda är rätt."
        sheet.merge_cells(start_row=FIRST, end_row=asked, start_column=ANSWER, end_column=ANSWER)
        answers, told = read(space, book)
        assert (answers, len(told)) == ({"EKON-BUDGET": "Båda är rätt."}, 1)


class DescribeQuestionsThatAreAlike:
    """Two rows over budget by the same amount: their questions differ in nothing but the row."""

    @pytest.fixture
    def both(self, space, rows, small_workbook):  # noqa: F811
        rows["ekonomi"][0]["budget"] = 20_000
        rows["ekonomi"].append({**rows["ekonomi"][0], "id": "E2", "kommentar": "En annan rad."})
        send(space, "a.xlsx", small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
        (space.inputs / "submissions/a.xlsx").unlink()
        sheet = book["Återkoppling"]
        for row in questions(sheet):
            if code_on(sheet, row) == "EKON-BUDGET":
                asked = book["Ekonomi"][sheet.cell(row, 5).value]
                sheet.cell(row, ANSWER).value = SAID[book["Ekonomi"].cell(asked.row, 2).value]
        return book

    def answers(self, space, book):  # noqa: F811
        file = io.BytesIO()
        book.save(file)
        send(space, "b.xlsx", file.getvalue())
        _, files = checked(space)
        found = files[0].found.findings
        return {one.record: one.explanation for one in found if one.code == "EKON-BUDGET"}

    def rows_of(self, book):
        return [[cell.value for cell in book["Ekonomi"][row][1:]] for row in (6, 7)]

    def put(self, book, rows, first=6):
        sheet = book["Ekonomi"]
        for number in range(6, 20):
            for cell in sheet[number][1:]:
                cell.value = None
        for number, values in enumerate(rows, first):
            for column, value in enumerate(values, 2):
                sheet.cell(number, column).value = value

    def it_answers_each_in_its_own_place(self, space, both):  # noqa: F811
        assert self.answers(space, both) == SAID

    @pytest.mark.parametrize("first", [6, 7, 8, 10])
    def it_follows_each_row_when_rows_are_put_in_above(self, space, both, first):  # noqa: F811
        self.put(both, self.rows_of(both), first)
        assert self.answers(space, both) == SAID

    @pytest.mark.parametrize("first", [6, 7])
    def it_follows_each_row_when_they_are_sorted(self, space, both, first):  # noqa: F811
        self.put(both, self.rows_of(both)[::-1], first)
        assert self.answers(space, both) == SAID

    @pytest.mark.parametrize("kept", ["E1", "E2"])
    def it_keeps_its_own_when_the_other_row_is_deleted(self, space, both, kept):  # noqa: F811
        self.put(both, [row for row in self.rows_of(both) if row[0] == kept])
        assert self.answers(space, both) == {kept: SAID[kept]}

    def it_takes_no_others_answer_when_its_own_was_never_given(self, space, both):  # noqa: F811
        sheet = both["Återkoppling"]
        for row in questions(sheet):
            if sheet.cell(row, ANSWER).value == SAID["E2"]:
                sheet.cell(row, ANSWER).value = None
        self.put(both, [row for row in self.rows_of(both) if row[0] == "E2"])
        assert self.answers(space, both) == {"E2": None}


class DescribeAnAnswerOfAnEarlierVersion:
    """Its name holds the cell among the figures, and no row's id."""

    @pytest.mark.parametrize("cell", ["Ekonomi!K6", "Ekonomi!K9"])
    def it_answers_the_question_also_when_the_row_has_moved(
        self, cell, year, rows, small_workbook, look
    ):
        rows["ekonomi"][0]["budget"] = 20_000
        found = look(small_workbook(rows))
        [asked] = [one for one in found.findings if one.code == "EKON-BUDGET"]
        assert asked.record == "E1"
        given = {former_key(asked, cell): "Tjänsten var vakant."}
        [told] = answered(year.spec, [asked], replace(found.submission, explanations=given))
        assert told.explanation == "Tjänsten var vakant."


class DescribeWhatIsWrittenBesideTheAnswers:
    def it_is_told_and_not_read(self, space, marked):  # noqa: F811
        sheet = marked["Återkoppling"]
        row, other = questions(sheet)[:2]
        sheet.cell(row, 10).value = "Ja"
        sheet.cell(other, 8).value = "Tjänsten tillsattes i maj."
        sheet.cell(row, 7).value += " Vi återkommer."
        answers, unread = read(space, marked)
        assert answers == ASKED
        assert sorted(unread) == sorted(
            f"I cellen {cell} på bladet Återkoppling har ni skrivit ”{said}”. Det hör inte till någon fråga"
            " och har inte lästs som ett svar."
            for cell, said in [
                (f"J{row}", "Ja"), (f"H{other}", "Tjänsten tillsattes i maj."), (f"G{row}", "Vi återkommer."),
            ]
        )  # fmt: skip

    @pytest.mark.parametrize("column", [2, 3, 4, 6, 7, 8, 11])
    def it_is_told_also_where_it_stands_over_our_words(self, space, marked, column):  # noqa: F811
        sheet = marked["Återkoppling"]
        cell = sheet.cell(questions(sheet)[0], column)
        cell.value = "Vi återkommer."
        answers, unread = read(space, marked)
        told = [one for one in unread if f"I cellen {cell.coordinate} " in one]
        assert told == unread
        assert [one.partition("”. ")[0] for one in told] == [
            f"I cellen {cell.coordinate} på bladet Återkoppling har ni skrivit ”Vi återkommer."
        ]
        assert {*answers.values()} == {*ASKED.values()}

    @pytest.mark.parametrize("place", ["B2", "B4", "D3", "B40"])
    def it_is_told_above_and_below_the_list(self, space, marked, place):  # noqa: F811
        unmerge(marked["Återkoppling"])
        marked["Återkoppling"][place] = "Hör av er."
        answers, unread = read(space, marked)
        assert (answers, [one.split(" på ")[0] for one in unread]) == (ASKED, [f"I cellen {place}"])

    def it_is_told_also_when_what_it_was_about_is_corrected(self, space, rows, small_workbook):  # noqa: F811
        rows["mal"][0]["lagesbild_id"] = "L9"
        send(space, "a.xlsx", small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
        assert book["Återkoppling"]["K7"].value == "REF-SAKNAS"
        book["Återkoppling"]["G7"], book["Mål"]["C6"] = "Rättat, men se även L2.", "L1"
        (space.inputs / "submissions/a.xlsx").unlink()
        assert [one[:61] for one in read(space, book)[1]] == [
            "I cellen G7 på bladet Återkoppling har ni skrivit ”Rättat, men se"[:61]
        ]

    def it_says_nothing_of_words_of_ours_that_read_otherwise_now(self, space, marked, year):  # noqa: F811
        file = io.BytesIO()
        marked.save(file)
        entries = {
            code: entry.model_copy(update={"hint": "Gör om.", "title": "Ett nytt namn"})
            for code, entry in year.catalogue.entries.items()
        }
        reworded = replace(year, catalogue=replace(year.catalogue, entries=entries))
        told = judge(file.getvalue(), "a.xlsx", {2020: reworded}).findings
        assert [one.code for one in told if one.code == "SVAR-OLAST"] == []
        assert {one.explanation for one in told if one.code in ASKED} == {*ASKED.values()}
