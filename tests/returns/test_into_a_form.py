"""A form holds one row, and each of its answers one cell: what had a place of its own in a list is written together
or told of."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.conftest import shortened
from tests.errors.make_gallery import years
from tests.read.left import left_beside
from toolkit.checks.file import judge
from toolkit.returns.prefill import prefill
from toolkit.spec.model import Spec
from toolkit.template import place_tables, write_template
from toolkit.year.refill import fill_template, make_fresh_copy

YEAR = years()[2020]
SEVERAL = {
    "id": "grupper", "label": "Grupper", "type": "codes", "list": "malgrupp", "choices": 3,
    "help": "De grupper som redovisningen gäller.", "example": "KVI – Kvinnor",
}  # fmt: skip

OTHER = {
    "id": "annat", "label": "Annat län", "type": "code", "list": "lan",
    "help": "Det län som ni har samverkat med.", "example": "01 – Stockholms län",
}  # fmt: skip


def later(change, year=2021):
    """A year whose spec was changed; of 2020 itself too."""
    data = YEAR.spec.model_dump()
    data["year"] = year
    change(data, {table["id"]: table for sheet in data["sheets"] for table in sheet["tables"]})
    return replace(YEAR, spec=shortened(Spec.model_validate(data)))


def with_several(data, tables):
    tables["uppgifter"]["fields"] = [*tables["uppgifter"]["fields"], SEVERAL]


def as_form(data, tables):
    tables["lagesbild"]["kind"] = "form"


def county_ended(data, tables):
    (counties,) = [one for one in data["codelists"] if one["id"] == "lan"]
    counties["codes"] = [
        {**one, "valid_to": 2020} if one["code"] == "12" else one for one in counties["codes"]
    ]


def sent(year, rows, cells=None):
    """A filled-in workbook of Skåne's, and what was found in it; `cells` is what else is written,
    by table and field of a form."""
    skane = year.spec.lists["lan"].by_code["12"]
    data = write_template(year.spec, skane, year.texts("mall"), rows)
    if cells:
        book = openpyxl.load_workbook(io.BytesIO(data))
        for (table, field), value in cells.items():
            place = place_tables(year.spec)[table]
            book[place.sheet].cell(place.rows[field], 3).value = value
        target = io.BytesIO()
        book.save(target)
        data = target.getvalue()
    return data, judge(data, "fil.xlsx", {year.spec.year: year})


def shown(year, workbook, table, field):
    place = place_tables(year.spec)[table]
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return book[place.sheet].cell(place.rows[field], 3).value


def why(done):
    return [(str(one.ref), one.value, one.why) for one in done.left]


KVI, BARN = (YEAR.spec.lists["malgrupp"].by_code[code].shown for code in ("KVI", "BARN"))


class DescribeSeveralAnswersInAForm:
    @pytest.fixture
    def asked(self):
        return later(with_several, 2020)

    @pytest.fixture
    def answered(self, asked, rows):
        return sent(asked, rows, {("uppgifter", "grupper"): "KVI; BARN"})

    def it_reads_them_as_two(self, answered):
        assert answered[1].submission.records("uppgifter")[0].codes("grupper") == ("KVI", "BARN")

    def it_writes_both_in_a_fresh_copy_where_they_are_read_again(self, asked, answered):
        data, found = answered
        copy = make_fresh_copy(data, found, asked, asked.texts("aterkoppling"), "begard")
        assert shown(asked, copy.filled.workbook, "uppgifter", "grupper") == f"{KVI}; {BARN}"
        assert why(copy.filled) == []
        again = judge(copy.filled.workbook, "fil.xlsx", {2020: asked}).submission
        assert again.records("uppgifter")[0].codes("grupper") == ("KVI", "BARN")

    def it_writes_both_in_the_next_year(self, asked, answered):
        now = later(with_several)
        done = fill_template(*answered, asked, now)
        assert shown(now, done.workbook, "uppgifter", "grupper") == f"{KVI}; {BARN}"
        assert why(done) == []

    def it_keeps_beside_them_what_could_not_be_read(self, asked, rows):
        data, found = sent(asked, rows, {("uppgifter", "grupper"): "KVI; hamnen"})
        done = fill_template(data, found, asked, later(with_several))
        assert shown(asked, done.workbook, "uppgifter", "grupper") == "KVI; hamnen"

    def it_has_one_rule_for_the_one_cell(self, asked):
        skane = asked.spec.lists["lan"].by_code["12"]
        data = write_template(asked.spec, skane, asked.texts("mall"))
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Uppgifter"]
        cell = f"C{place_tables(asked.spec)['uppgifter'].rows['grupper']}"
        rules = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
        assert len(rules) == 1

    def it_does_not_take_the_key_beside_them_for_the_county_s_own(self, asked, answered):
        data, found = answered
        texts = asked.texts("mall"), asked.texts("aterkoppling")
        assert left_beside(data, found.submission, asked.spec, *texts) == []


class DescribeAListThatBecameAForm:
    @pytest.fixture
    def now(self):
        return later(as_form)

    @pytest.fixture
    def then(self):
        return later(lambda data, tables: None, 2020)

    def it_moves_the_first_row_with_all_its_answers(self, then, now, rows):
        rows["lagesbild"][0]["malgrupp"] = ("KVI", "BARN")
        done = fill_template(*sent(then, rows), then, now)
        assert shown(now, done.workbook, "lagesbild", "malgrupp") == f"{KVI}; {BARN}"
        assert why(done) == []

    def it_tells_of_every_cell_of_the_rows_that_had_no_place(self, then, now, rows):
        first = rows["lagesbild"][0]
        done = fill_template(*sent(then, rows), then, now)
        rows["lagesbild"] = [first, {**first, "id": "L2"}]
        data, found = sent(then, rows)
        more = fill_template(data, found, then, now)
        assert {one.why for one in more.left} == {"rad_full"}
        row = found.submission.records("lagesbild")[1].row
        assert {(one.ref.sheet, one.ref.row) for one in more.left} == {("Lägesbild", row)}
        written = openpyxl.load_workbook(io.BytesIO(data))["Lägesbild"][row][1:]
        assert len(more.left) == len([cell for cell in written if cell.value is not None])
        assert more.moved == done.moved

    def it_tells_of_a_row_with_next_to_nothing_in_it(self, then, now, rows, edited):
        def spoil(book):
            book["Lägesbild"]["C9"] = "hör efter"

        data = edited(sent(then, rows)[0], spoil)
        found = judge(data, "fil.xlsx", {2020: then})
        assert "RAD-STUMP" in {finding.code for finding in found.findings}
        done = fill_template(data, found, then, now)
        assert shown(now, done.workbook, "lagesbild", "id") == rows["lagesbild"][0]["id"]
        assert [one.value for one in done.left] == ["hör efter"]

    def it_is_prefilled_with_as_much_and_told_of_the_same(self, then, now, rows):
        first = rows["lagesbild"][0] = {**rows["lagesbild"][0], "malgrupp": ("KVI", "BARN")}
        rows["lagesbild"] += [{**first, "id": "L2"}]
        done = prefill(sent(then, rows)[1].submission, then.spec, now.spec)
        own = [one for one in done.left if one.ref.sheet == "Lägesbild"]
        assert {(one.ref.row, one.why) for one in own} == {(7, "rad_full")}
        skane = now.spec.lists["lan"].by_code["12"]
        data = write_template(now.spec, skane, now.texts("mall"), done.rows, look="prefilled")
        assert shown(now, data, "lagesbild", "malgrupp") == f"{KVI}; {BARN}"


class DescribeAListWhoseRowsAreGivenNow:
    def it_tells_of_a_row_with_next_to_nothing_in_it(self, rows, edited):
        def given(data, tables):
            first, *others = tables["lagesbild"]["fields"]
            code = {**first, "type": "code", "list": "arena", "pattern": None, "unique": False}
            tables["lagesbild"] |= {"kind": "fixed", "rows_from": "arena"}
            tables["lagesbild"]["fields"] = [code, *others]

        def spoil(book):
            book["Lägesbild"]["C9"] = "hör efter"

        then, now = later(lambda data, tables: None, 2020), later(given)
        data = edited(sent(then, rows)[0], spoil)
        found = judge(data, "fil.xlsx", {2020: then})
        done = fill_template(data, found, then, now)
        assert "hör efter" in [one.value for one in done.left]


class DescribeAQuestionAboutOthersWhoReport:
    """It is answered from the same list as the form's own question who the return is from."""

    def it_goes_along_as_any_other(self, rows):
        def ask(data, tables):
            table = tables["lagesbild"]
            table["fields"] = [*table["fields"], OTHER]

        then, now = later(ask, 2020), later(ask)
        rows["lagesbild"][0]["annat"] = "01"
        data, found = sent(then, rows)
        done = fill_template(data, found, then, now)
        copy = make_fresh_copy(data, found, then, then.texts("aterkoppling"), "begard").filled
        assert (why(done), why(copy)) == ([], [])
        for year, filled in ((then, copy), (now, done)):
            again = judge(filled.workbook, "fil.xlsx", {year.spec.year: year}).submission
            assert again.records("lagesbild")[0].get("annat") == "01"

    def it_goes_along_in_the_form_itself(self, rows):
        def ask(data, tables):
            tables["uppgifter"]["fields"] = [*tables["uppgifter"]["fields"], OTHER]

        then, now = later(ask, 2020), later(ask)
        rows["uppgifter"][0]["annat"] = "01"
        done = fill_template(*sent(then, rows), then, now)
        assert shown(now, done.workbook, "uppgifter", "lan").startswith("12")
        assert shown(now, done.workbook, "uppgifter", "annat").startswith("01")

    def it_is_not_answered_for_the_county(self, rows):
        def ask(data, tables):
            tables["uppgifter"]["fields"] = [*tables["uppgifter"]["fields"], OTHER]

        def ask_and_end(data, tables):
            ask(data, tables)
            county_ended(data, tables)

        then, now = later(ask, 2020), later(ask_and_end)
        data, found = sent(then, rows)
        assert shown(then, data, "uppgifter", "annat") is None
        done = fill_template(data, found, then, now)
        assert shown(now, done.workbook, "uppgifter", "annat") is None
        assert [one.why for one in done.left] == ["kod_slut"]


class DescribeARespondentThatHasEnded:
    def it_is_told_that_its_code_does_not_count(self, rows):
        then, now = later(lambda data, tables: None, 2020), later(county_ended)
        data, found = sent(then, rows)
        done = fill_template(data, found, then, now)
        label = then.spec.lists["lan"].by_code["12"].shown
        cell = f"Uppgifter!C{place_tables(then.spec)['uppgifter'].rows['lan']}"
        assert why(done) == [(cell, label, "kod_slut")]

    def it_is_not_told_of_one_that_goes_on(self, rows):
        then, now = later(lambda data, tables: None, 2020), later(lambda data, tables: None)
        assert why(fill_template(*sent(then, rows), then, now)) == []
