"""A file made from the year's template before the agency changed its texts: it is read by what they
said then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.smaller import fresh
from toolkit.checks.file import judge
from toolkit.findings.texts import Severity
from toolkit.returns.question_names import question_key
from toolkit.spec.codelists import Code

NOW = "2020.2"


def with_labels(year, labels, version=NOW):
    """The year with codes' labels, by list and code; a code that is told None is not there."""
    lists = tuple(_relabelled(one, labels.get(one.id, {})) for one in year.spec.codelists)
    return replace(year, spec=fresh(year.spec, {"codelists": lists, "version": version}), known={})


def _relabelled(codelist, labels):
    codes = [one for one in codelist.codes if labels.get(one.code, "") is not None]
    codes = [one.model_copy(update={"label": labels.get(one.code, one.label)}) for one in codes]
    known = {one.code for one in codes}
    codes += [
        Code(code=code, label=label)
        for code, label in labels.items()
        if label and code not in known
    ]
    return type(codelist)(
        id=codelist.id,
        label=codelist.label,
        help=codelist.help,
        also=codelist.also,
        codes=tuple(codes),
    )


def with_heading(year, table, field, label):
    """The year with another heading over a field."""
    sheets = tuple(_headed(sheet, table, field, label) for sheet in year.spec.sheets)
    return replace(year, spec=fresh(year.spec, {"sheets": sheets, "version": NOW}), known={})


def _headed(sheet, table, field, label):
    tables = []
    for one in sheet.tables:
        fields = one.fields
        if one.id == table:
            fields = tuple(
                item.model_copy(update={"label": label}) if item.id == field else item
                for item in fields
            )
        tables.append(fresh_table(one, fields))
    return sheet.model_copy(update={"tables": tuple(tables)})


def fresh_table(table, fields):
    parts = {name: getattr(table, name) for name in type(table).model_fields}
    return type(table).model_construct(**{**parts, "fields": fields})


def codes_of(found):
    return [one.code for one in found.findings]


@pytest.fixture
def sent(rows, small_workbook):
    return small_workbook(rows)


def judged(data, year):
    return judge(data, "fil.xlsx", {2020: year})


class DescribeCodesThatAreWordedAnew:
    def it_reads_the_label_that_the_file_itself_lists(self, sent, year):
        now = with_labels(year, {"aktivitetstyp": {"UTB": "Utbildning av yrkesverksamma"}})
        found = judged(sent, now)
        assert codes_of(found) == ["MALL-VERSION"]
        assert found.submission.tables["aktiviteter"].record(0).text("typ") == "UTB"

    def it_reads_a_code_whose_label_became_another_codes_by_the_label(self, sent, year):
        swapped = {"aktivitetstyp": {"UTB": "Konferens", "KON": "Föreläsning eller utbildning"}}
        found = judged(sent, with_labels(year, swapped))
        assert codes_of(found) == ["MALL-VERSION"]
        assert found.submission.tables["aktiviteter"].record(0).text("typ") == "KON"

    def it_reads_a_bare_code_by_what_it_meant_then(self, rows, small_workbook, edited, year):
        def bare(book):
            for row in book["Aktiviteter"].iter_rows():
                for cell in row:
                    if cell.value == "UTB – Föreläsning eller utbildning":
                        cell.value = "UTB"

        swapped = {"aktivitetstyp": {"UTB": "Konferens", "KON": "Föreläsning eller utbildning"}}
        found = judged(edited(small_workbook(rows), bare), with_labels(year, swapped))
        assert found.submission.tables["aktiviteter"].record(0).text("typ") == "KON"

    def it_asks_where_what_the_code_meant_is_no_longer_there(self, sent, year):
        moved = {"aktivitetstyp": {"UTB": "Konferens", "KON": "Utställning"}}
        found = judged(sent, with_labels(year, moved))
        assert "FALT-KODLISTA" in codes_of(found) or "FALT-KOD-NAMN" in codes_of(found)

    def it_reads_by_the_years_own_list_where_the_version_is_the_same(self, sent, year):
        same = {"aktivitetstyp": {"UTB": "Utbildning av yrkesverksamma"}}
        found = judged(sent, with_labels(year, same, year.spec.version))
        assert "FALT-KOD-TILLAGG" in codes_of(found)


class DescribeHeadingsThatAreWordedAnew:
    def it_tells_them_with_the_version_and_asks_nothing(self, sent, year):
        now = with_heading(year, "aktiviteter", "rubrik", "Insatsens namn i korthet")
        (told,) = judged(sent, now).findings
        assert told.code == "MALL-VERSION"
        assert "”Rubrik” heter nu ”Insatsens namn i korthet”" in told.message

    def it_still_asks_of_a_heading_in_a_file_of_the_same_version(self, sent, year, edited):
        def write(book):
            for cell in next(book["Aktiviteter"].iter_rows(min_row=5, max_row=5)):
                if cell.value == "Rubrik *":
                    cell.value = "Belopp i tkr"

        assert "KOL-OMSKRIVEN" in codes_of(judged(edited(sent, write), year))


class DescribeAnswersToQuestions:
    def it_keeps_the_name_of_a_question_when_its_heading_is_worded_anew(
        self, rows, small_workbook, year
    ):
        rows["indikatorer"][0]["varde"] = 850
        data = small_workbook(rows)
        before = {one.code: question_key(one) for one in judged(data, year).findings}
        (asked,) = (one for one in judged(data, year).findings if one.severity is Severity.QUERY)
        now = with_heading(year, asked.table, asked.field, "Något annat")
        after = {one.code: question_key(one) for one in judged(data, now).findings}
        assert after[asked.code] == before[asked.code]
