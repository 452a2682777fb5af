"""What is advised fits the column that it is about."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.conftest import CLEAN


@pytest.fixture(scope="module")
def clean(small_workbook):
    return small_workbook(deepcopy(CLEAN))


class DescribeADateThatIsNone:
    @pytest.mark.parametrize(
        ("cell", "advice"),
        [
            ("T6", "Skriv datumet som åååå-mm-dd, till exempel 2020-03-15."),
            ("U6", "Skriv datumet som åååå-mm-dd, till exempel 2020-03-15. Cellen kan vara tom om dagen inte är bestämd. Skriv u.s. om uppgiften saknas, och e.t. om frågan inte gäller er."),
        ],
    )  # fmt: skip
    def it_says_whether_the_cell_may_be_empty(self, clean, edited, look, cell, advice):
        found = look(edited(clean, lambda book: book["Aktiviteter"].__setitem__(cell, "pågår")))
        assert [one.hint for one in found.findings if one.code == "FALT-DATUM"] == [advice]


class DescribeSomethingUnknownWrittenWithBlanks:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [("u. s.", "u.s."), ("U .s .", "u.s."), ("e. t.", "e.t."), ("u s x", None)],
    )
    def it_is_suggested_where_the_field_takes_it(self, clean, edited, look, written, meant):
        found = look(edited(clean, lambda book: book["Indikatorer"].__setitem__("J6", written)))
        (told,) = (one for one in found.findings if one.code == "FALT-TAL")
        assert told.suggestion == meant


class DescribeATextThatMayBeSeveralAnswers:
    @pytest.mark.parametrize(
        "said",
        [
            "Kampanj och föreläsning",
            "Kampanj, föreläsning",
            "Kampanj & utbildning",
            "Kampanj; buss",
        ],
    )
    def it_is_given_no_suggestion_of_one_of_them(self, rows, workbook, look, said):
        rows["aktiviteter"][0]["typ"] = said
        (told,) = (one for one in look(workbook(rows)).findings if one.field == "typ")
        assert (told.suggestion, told.cures) == (None, ())

    def it_is_given_one_where_the_name_itself_has_such_a_word(self, rows, workbook, look):
        rows["lagesbild"][0]["valdsform"] = "Prostitusion och människohandel för sexuella ändamål"
        (told,) = (one for one in look(workbook(rows)).findings if one.field == "valdsform")
        assert told.suggestion == "PMH – Prostitution och människohandel för sexuella ändamål"
