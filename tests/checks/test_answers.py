"""An answer on the sheet Återkoppling closes the question that was asked, and no other."""

from __future__ import annotations

import pytest

from tests.conftest import said
from toolkit.annotate import mark_workbook

ANSWER = "I7"
EXPLAINED = "Vi bytte lokal under hösten."


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture
def answered(year, rows, workbook, look, edited):
    """A file sent in, marked, answered, changed and sent in again."""

    def answer(text, change=lambda book: None, data=None):
        first = data or workbook(rows)
        marked = mark_workbook(first, look(first).findings, year.texts("aterkoppling"))

        def write(book):
            book["Återkoppling"][ANSWER] = text
            change(book)

        return look(edited(marked, write))

    return answer


def states(found):
    return [(finding.code, finding.cell, finding.closed) for finding in found.findings]


class DescribeAnAnswer:
    @pytest.fixture(autouse=True)
    def over_budget(self, rows):
        rows["ekonomi"][0]["budget"] = 40000

    def it_closes_the_question_and_is_kept(self, answered):
        found = answered(EXPLAINED)
        assert states(found) == [("EKON-BUDGET", "K6", True)]
        assert found.findings[0].explanation == EXPLAINED

    @pytest.mark.parametrize("text", ["   ", "-", "–", "?", "...", "\u00a0"])
    def it_closes_nothing_when_it_says_nothing(self, answered, text):
        assert states(answered(text)) == [("EKON-BUDGET", "K6", False)]

    @pytest.mark.parametrize("text", ["Ja", "ok", "Stämmer", 2020])
    def it_may_be_short(self, answered, text):
        assert states(answered(text)) == [("EKON-BUDGET", "K6", True)]

    def it_is_asked_for_again_when_the_value_has_changed(self, answered):
        found = answered(EXPLAINED, lambda book: book["Ekonomi"].__setitem__("J6", 30000))
        assert states(found) == [("EKON-BUDGET", "K6", False)]

    def it_goes_with_its_row_and_not_to_another_that_was_moved_to_its_place(self, rows, answered):
        rows["ekonomi"] += [{**rows["ekonomi"][0], "id": "E2", "budget": 100, "utfall": 90}]
        for table, name in (("anslag", "utgifter"), ("sarredovisning", "belopp")):
            rows[table][0][name] += 90
        rows["huvudbok"][4]["huvudbok"] += 90

        def swap(book):
            sheet = book["Ekonomi"]
            for column in "BJK":
                sheet[f"{column}6"].value, sheet[f"{column}7"].value = (
                    sheet[f"{column}7"].value,
                    sheet[f"{column}6"].value,
                )
            sheet["J6"] = 50

        assert states(answered(EXPLAINED, swap)) == [
            ("EKON-BUDGET", "K6", False),
            ("EKON-BUDGET", "K7", True),
        ]

    def it_leaves_the_file_as_it_is_when_marked_twice(self, year, rows, workbook, look, edited):
        texts, data = year.texts("aterkoppling"), workbook(rows)
        marked = mark_workbook(data, look(data).findings, texts)
        sent = edited(marked, lambda book: book["Återkoppling"].__setitem__(ANSWER, EXPLAINED))
        once = mark_workbook(sent, look(sent).findings, texts)
        assert mark_workbook(once, look(once).findings, texts) == once


class DescribeAnAnswerAboutANumber:
    def it_is_asked_for_again_when_another_number_stands_there(self, rows, answered):
        rows["aktiviteter"][0]["beskrivning"] += " Faktura 8112289874."
        kept = answered("Det är ett fakturanummer.")
        assert states(kept) == [("PERSON-MISSTANKE", "E6", True)]
        other = answered(
            "Det är ett fakturanummer.",
            lambda book: book["Aktiviteter"].__setitem__(
                "E6", "Möte om människohandel. 7010632391"
            ),
        )
        assert states(other) == [("PERSON-MISSTANKE", "E6", False)]
        assert said(other) == [("PERSON-MISSTANKE", "Aktiviteter!E6")]

    def it_is_asked_for_again_when_another_telephone_number_stands_there(self, rows, answered):
        rows["aktiviteter"][0]["ansvarig"] = "Växeln 010-223 10 00"
        other = answered(
            "Växeln.", lambda book: book["Aktiviteter"].__setitem__("R6", "Anna 070-123 45 67")
        )
        assert states(other) == [("PERSON-KONTAKT", "R6", False)]


class DescribeAnAnswerAboutDates:
    def it_is_asked_for_again_when_the_dates_have_changed(self, rows, answered):
        from datetime import date

        rows["aktiviteter"][0] |= {"start": date(2018, 1, 2), "slut": date(2018, 1, 3)}
        other = answered(
            "Redovisades för sent.",
            lambda book: book["Aktiviteter"].__setitem__("T6", date(2017, 1, 2)),
        )
        assert states(other) == [("RAD-UTANFOR-AR", "T6", False)]
