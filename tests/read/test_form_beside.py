"""Answers in a form that stand over the template's explanations, one column too far to the right."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.conftest import said

LABEL, ANSWER, BESIDE = 2, 3, 4


def moved(data, *names):
    """The workbook with the answers to some questions of the form moved one column to the right;
    of all that have an answer where none is named."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Uppgifter"]
    for row in sheet.iter_rows():
        is_question = isinstance(row[0].value, str) and not row[0].value.startswith("lr:")
        if (
            is_question
            and row[ANSWER - 1].value is not None
            and (row[0].value in names or not names)
        ):
            row[BESIDE - 1].value, row[ANSWER - 1].value = row[ANSWER - 1].value, None
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.whole
class DescribeAFormAnsweredBeside:
    @pytest.mark.parametrize("names", [(), ("kontakt_namn",), ("dnr", "godkand_datum")])
    def it_is_read_where_the_answers_stand(self, names, look, small_workbook, rows):
        plain, found = look(small_workbook(rows)), look(moved(small_workbook(rows), *names))
        assert [one.code for one in found.findings] == ["KOL-BREDVID"]
        own, other = (one.submission.records("uppgifter")[0] for one in (plain, found))
        assert own.typed == other.typed

    def it_is_left_alone_where_one_may_be_a_remark(self, look, small_workbook, rows):
        book = openpyxl.load_workbook(io.BytesIO(small_workbook(rows)))
        for row in book["Uppgifter"].iter_rows():
            if row[0].value == "kontakt_telefon":
                row[ANSWER - 1].value, row[BESIDE - 1].value = None, "Ring inte"
        file = io.BytesIO()
        book.save(file)
        assert said(look(file.getvalue())) == [("CELL-UTANFOR", "Uppgifter!D11")]

    def it_is_left_alone_where_an_answer_is_none_to_its_question(self, look, small_workbook, rows):
        book = openpyxl.load_workbook(
            io.BytesIO(moved(small_workbook(rows), "dnr", "godkand_datum"))
        )
        for row in book["Uppgifter"].iter_rows():
            if row[0].value == "godkand_datum":
                row[BESIDE - 1].value = "Dagen då redovisningen godkändes."
        file = io.BytesIO()
        book.save(file)
        codes = {one.code for one in look(file.getvalue()).findings}
        assert codes == {"FALT-SAKNAS", "CELL-UTANFOR"}

    def it_is_left_alone_where_the_explanations_are_not_this_templates(
        self, look, small_workbook, rows
    ):
        book = openpyxl.load_workbook(io.BytesIO(small_workbook(rows)))
        for row in book["Uppgifter"].iter_rows():
            if row[0].value in {"kontakt_telefon", "kontakt_namn", "kontakt_epost"}:
                row[BESIDE - 1].value = "Förklarat på ett annat sätt."
            if row[0].value in {"kontakt_telefon", "kontakt_namn"}:
                row[ANSWER - 1].value = None
        file = io.BytesIO()
        book.save(file)
        codes = {one.code for one in look(file.getvalue()).findings}
        assert codes == {"FALT-SAKNAS", "CELL-UTANFOR"}


@pytest.mark.whole
class DescribeAFormWhoseRowsWereSorted:
    def sorted_form(self, data, *, by):
        """The workbook with the visible cells of the form's rows in another order; the hidden
        column stays as it is."""
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book["Uppgifter"]
        rows = [row for row in sheet.iter_rows(min_row=5, max_row=14) if row[LABEL - 1].value]
        said = sorted(([cell.value for cell in row[1:BESIDE]] for row in rows), key=by)
        for row, values in zip(rows, said, strict=True):
            for cell, value in zip(row[1:BESIDE], values, strict=True):
                cell.value = value
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    @pytest.mark.parametrize(
        "by", [lambda row: row[0], lambda row: str(row[1])], ids=["label", "answer"]
    )
    def it_is_read_by_the_labels_that_one_sees(self, by, look, small_workbook, rows):
        plain, found = (
            look(small_workbook(rows)),
            look(self.sorted_form(small_workbook(rows), by=by)),
        )
        assert [one.message for one in found.findings] == []
        own, other = (one.submission.records("uppgifter")[0] for one in (plain, found))
        assert own.typed == other.typed

    def it_is_read_by_the_ids_where_labels_were_rewritten(self, look, small_workbook, rows):
        book = openpyxl.load_workbook(io.BytesIO(small_workbook(rows)))
        for row in book["Uppgifter"].iter_rows(min_row=5, max_row=14):
            if row[0].value in {"kontakt_namn", "dnr"}:
                row[LABEL - 1].value = "Ett eget ord"
        file = io.BytesIO()
        book.save(file)
        assert said(look(file.getvalue())) == []
