"""What can only be said of a file beside others: last year's from the same county, other counties' of the year."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, ROOT, Rows, said
from tests.errors.make_gallery import moved_to
from toolkit.analysis.comparison import in_company, past_of
from toolkit.checks.file import judge
from toolkit.findings.finding import Severity
from toolkit.returns.question_names import question_key
from toolkit.spec.load import load_year
from toolkit.template import write_template


@pytest.fixture(scope="module")
def next_year():
    return load_year(ROOT / "templates", 2021)


@pytest.fixture
def later() -> Rows:
    """A return for 2021 that goes on where the clean one for 2020 ended."""
    rows = moved_to(2021)
    rows["indikatorer"][0]["foregaende"] = 84
    rows["anslag"][0]["ingaende"] = Decimal("15499.50")
    rows["huvudbok"] = [row for row in rows["huvudbok"] if row["verksamhetskod"] != "VF"]
    return rows


@pytest.fixture
def beside(year, next_year, workbook):
    """What is said of a return for 2021 beside the same county's return for 2020."""

    def check(rows: Rows, before: Rows, county: str = "12"):
        years = {2020: year, 2021: next_year}
        past = past_of(year, [judge(workbook(before, county), "förra.xlsx", years)])
        skane = next_year.spec.lists["lan"].by_code["12"]
        found = judge(
            write_template(next_year.spec, skane, next_year.texts("mall"), rows), "fil.xlsx", years
        )
        return in_company(next_year, [found], past)[0]

    return check


def spend(rows: Rows, amount: Decimal, code: str = "PM") -> None:
    """Another outcome, with everything that must agree with it."""
    rows["ekonomi"][0] |= {"utfall": amount, "budget": amount}
    rows["anslag"][0] |= {"utgifter": amount, "tilldelning": amount + 15499}
    rows["sarredovisning"][0]["belopp"] = amount
    for row in rows["huvudbok"]:
        row["huvudbok"] = amount if row["verksamhetskod"] == code else Decimal(0)


class DescribeTwoYears:
    def it_says_nothing_of_a_year_that_goes_on_as_the_last(self, later, rows, beside):
        assert said(beside(later, rows)) == []

    def it_asks_about_spend_on_a_code_that_changed_beyond_both_limits(self, later, rows, beside):
        spend(later, Decimal(300_000))
        found = beside(later, rows)
        assert said(found) == [("TREND-EKONOMI", "Avstämning!D21")]
        assert found.findings[0].message.replace("\u00a0", " ") == (
            "Utfallet på PM – Prostitution och människohandel är 300 000 kr mot 84 500,50 kr i redovisningen för "
            "2020, en ökning med 215 499,50 kr (255 %)."
        )

    @pytest.mark.parametrize(
        ("before", "now"), [(100_000, 299_000), (2_000_000, 2_450_000), (450_000, 450_000)]
    )
    def it_asks_nothing_within_one_of_the_limits(self, later, rows, beside, before, now):
        spend(rows, Decimal(before))
        spend(later, Decimal(now))
        later["anslag"][0]["ingaende"] = Decimal(15499)
        assert said(beside(later, rows)) == []

    def it_closes_by_a_comment_in_the_row(self, later, rows, beside):
        spend(later, Decimal(300_000))
        later["huvudbok"][-1]["kommentar"] = "Två nya projekt i Malmö."
        assert said(beside(later, rows)) == []

    def it_closes_by_an_answer_in_the_marked_file_too(self, later, rows, beside, next_year):
        from dataclasses import replace

        spend(later, Decimal(300_000))
        found = beside(later, rows)
        answer = {question_key(found.findings[0]): "Två nya projekt i Malmö."}
        answered = replace(
            found, findings=(), submission=replace(found.submission, explanations=answer)
        )
        past = past_of(load_year(ROOT / "templates", 2020), [])
        assert in_company(next_year, [answered], past)[0].findings == ()

    def it_asks_about_a_value_far_from_the_one_that_was_reported(self, later, rows, beside):
        later["indikatorer"][0] |= {"varde": 30, "foregaende": None}
        found = beside(later, rows)
        assert said(found) == [("TREND-REDOVISAT", "Indikatorer!J6")]
        assert "2 – Utbildade personer är 30 mot 84" in found.findings[0].message
        later["indikatorer"][0]["kommentar"] = "Kurserna ställdes in."
        assert said(beside(later, rows)) == []

    def it_sums_the_rows_of_an_indicator_before_comparing(self, later, rows, beside):
        line = later["indikatorer"][0]
        later["indikatorer"] = [
            {**line, "varde": 40},
            {**line, "id": "I2", "mal_id": None, "varde": 44},
        ]
        for row in later["indikatorer"]:
            row["foregaende"] = None
        assert said(beside(later, rows)) == []

    def it_asks_when_the_previous_value_is_not_the_one_reported(self, later, rows, beside):
        later["indikatorer"][0]["foregaende"] = 80
        found = beside(later, rows)
        assert said(found) == [("TREND-FOREGAENDE", "Indikatorer!K6")]
        assert (found.findings[0].suggestion, found.findings[0].severity) == ("84", Severity.QUERY)

    def it_asks_when_the_opening_balance_is_not_last_years_closing_one(self, later, rows, beside):
        later["anslag"][0]["ingaende"] = Decimal(15000)
        found = beside(later, rows)
        assert said(found) == [("TREND-INGAENDE", "Avstämning!D6")]
        assert found.findings[0].suggestion.replace("\u00a0", " ") == "15 499,50 kr"

    def it_compares_with_no_table_that_had_errors(self, later, rows, beside):
        rows["anslag"][0]["tilldelning"] = None
        later["anslag"][0]["ingaende"] = Decimal(15000)
        assert said(beside(later, rows)) == []

    def it_compares_with_no_other_county(self, later, rows, beside):
        later["indikatorer"][0]["foregaende"] = 80
        assert said(beside(later, rows, county="01")) == []

    def it_says_the_cause_in_the_year_itself_before_the_change(self, later, rows, beside):
        later["indikatorer"][0]["varde"] = "många"
        assert [code for code, _ in said(beside(later, rows))] == ["FALT-TAL"]

    def it_says_nothing_of_the_clean_file_without_a_year_before(self, year, look, workbook):
        found = look(workbook(CLEAN))
        assert in_company(year, [found], {}) == [found]
        assert date(2021, 2, 15) == found.submission.form("uppgifter").get("godkand_datum")


@pytest.fixture
def together(year, look, workbook):
    """What is said of returns from Skåne and Blekinge beside each other."""

    def check(skane: Rows, blekinge: Rows):
        returns = [
            look(workbook(skane, "12"), "skåne.xlsx"),
            look(workbook(blekinge, "10"), "blekinge.xlsx"),
        ]
        return [said(found) for found in in_company(year, returns, {})]

    return check


def several(rows: Rows, count: int) -> Rows:
    """The clean return with several activities on different days."""
    first, value = rows["aktiviteter"][0], rows["indikatorer"][0]
    ids = range(1, count + 1)
    work = [{**first, "id": f"A{n}", "rubrik": f"Kurs {n}", "start": date(2020, 2, n)} for n in ids]
    values = [{**value, "id": f"I{n}", "aktivitet_id": f"A{n}"} for n in ids]
    return {**rows, "aktiviteter": work, "indikatorer": values}


class DescribeTwoFilesFromACounty:
    @pytest.mark.parametrize(
        ("first", "then"),
        [
            ("Skåne.xlsx", "Skåne rättad.xlsx"),
            ("Skåne.xlsx", "Skåne (1).xlsx"),
            ("a.xlsx", "B.xlsx"),
        ],
    )
    def it_says_which_counts_and_that_they_were_approved_on_the_same_day(
        self, year, rows, look, workbook, first, then
    ):
        found = in_company(year, [look(workbook(rows), name) for name in (then, first)], {})
        assert {f.message for one in found for f in one.findings} == {
            f"Det finns fler än en fil från länet. {then} gäller. Filerna är godkända samma dag och innehåller samma "
            f"uppgifter. Övriga filer: {first}."
        }

    def it_says_that_the_one_approved_last_counts(self, year, rows, look, workbook):
        later = deepcopy(rows)
        later["uppgifter"][0]["godkand_datum"] = date(2021, 2, 16)
        found = in_company(
            year, [look(workbook(rows), "b.xlsx"), look(workbook(later), "a.xlsx")], {}
        )
        assert {f.message for one in found for f in one.findings} == {
            "Det finns fler än en fil från länet. a.xlsx gäller, för den godkändes senast. "
            "Övriga filer: b.xlsx."
        }


class DescribeTwoCounties:
    def it_asks_both_when_all_rows_are_the_same(self, rows, together):
        assert together(rows, rows) == [[("DUBBLETT-FIL", None)], [("DUBBLETT-FIL", None)]]

    def it_asks_both_when_several_activities_are_the_same(self, rows, together):
        skane = several(rows, 3)
        blekinge = {**several(rows, 3), "mal": [{**rows["mal"][0], "malar": 2022}]}
        assert together(skane, blekinge) == [[("DUBBLETT-LAN", "Aktiviteter!D6:D8")]] * 2

    def it_takes_a_few_common_activities_as_they_are(self, rows, together):
        skane = several(rows, 2)
        blekinge = {**several(rows, 2), "mal": [{**rows["mal"][0], "malar": 2022}]}
        assert together(skane, blekinge) == [[], []]

    def it_says_nothing_of_it_in_the_example(self, year, example_returns):
        found = in_company(year, example_returns, {})
        assert not [
            f for one in found for f in one.findings if f.code in {"DUBBLETT-FIL", "DUBBLETT-LAN"}
        ]
