"""The data dictionary and the list of what can be waived tell the codes that can be said in their year, and no other."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.collections.folder import MUNICIPALITIES
from tests.conftest import ROOT
from toolkit.export.dictionary import write_dictionary
from toolkit.export.waiver_form import write_waiver_form
from toolkit.read.values import read_value
from toolkit.spec.load import load_year
from toolkit.spec.wanted import sayable

MONEY = {"FALT-ENHET"}
SCOPED = {"FALT-ANNAT-LAN"}


@pytest.fixture(scope="module")
def municipalities():
    return load_year(MUNICIPALITIES / "templates", 2022)


def codes_of(book, sheet):
    page = openpyxl.load_workbook(io.BytesIO(book))[sheet]
    return {row[0] for row in page.iter_rows(min_row=5, values_only=True) if row[0]}


def listed_of(year, *codes):
    every = load_year(ROOT / "templates", 2020).catalogue.entries
    return set(sayable({code: every[code] for code in codes}, year.spec))


class DescribeTheCodesOfAYear:
    def it_can_say_all_that_the_shipped_year_has(self, year):
        assert sayable(year.catalogue.entries, year.spec) == year.catalogue.entries

    def it_leaves_out_what_is_about_money_where_none_is_asked_for(self, municipalities):
        said = listed_of(municipalities, "FALT-TAL", "FALT-ENHET", "NOT-ORE", "EKON-BUDGET")
        assert said == {"FALT-TAL"}

    def it_leaves_out_what_no_field_is_limited_to(self, municipalities):
        assert listed_of(municipalities, "FALT-ANNAT-LAN", "FALT-SAKNAS") == {"FALT-SAKNAS"}

    def it_has_what_a_rule_of_the_year_says(self, municipalities):
        rules = {rule.code for table in municipalities.spec.tables.values() for rule in table.rules}
        assert rules and rules <= sayable(municipalities.catalogue.entries, municipalities.spec).keys()  # fmt: skip

    def it_is_so_in_the_dictionary_and_the_list_of_waivers(self, municipalities):
        dictionary = codes_of(write_dictionary(municipalities), municipalities.texts("anvisning")("ordbok.fynd"))  # fmt: skip
        waivers = codes_of(write_waiver_form(municipalities, "x"), municipalities.texts("avsteg")("koder"))  # fmt: skip
        for codes in (dictionary, waivers):
            assert "FALT-SAKNAS" in codes
            assert not codes & {*MONEY, *SCOPED}

    def it_asks_for_a_number_and_not_for_kronor_where_none_are(self, municipalities, year):
        for one, table, name, code in (
            (municipalities, "stod", "personer", "FALT-TAL"),
            (year, "ekonomi", "utfall", "FALT-ENHET"),
            (year, "indikatorer", "varde", "FALT-ENHET"),
        ):
            field = one.spec.tables[table].by_id[name]
            assert read_value(one.spec, field, "84 tkr").code == code
