"""An amount that is not known is not 0: what has one in it is not known, and is said to be in no sum, alike
in report, workbook and letter."""

from decimal import Decimal

import pytest

from tests.export.small import SPEC, results_of, small_dataset, spend, written
from toolkit.analysis.money_tables import earmark_table
from toolkit.analysis.states import Nature, Verdict
from toolkit.export.columns import added_up
from toolkit.export.finance.overview import CountyRow, columns_of, write_overview
from toolkit.export.finance.workbook import context_of
from toolkit.report.money_words import MoneyWords
from toolkit.returns.submission import Missing

TEXTS, PRINTED = SPEC.texts("export"), SPEC.texts("rapport")
KNOWN = (spend("14", 6, 1000), spend("14", 7, 3000, code="801", violence="VIN"))
UNKNOWN = (spend("12", 6, 100), spend("12", 7, 0, outcome=Missing.UNKNOWN))


@pytest.fixture(scope="module")
def results():
    return results_of(small_dataset(*UNKNOWN, *KNOWN, counties=("12", "14")))


@pytest.fixture(scope="module")
def table(results):
    return earmark_table(results, PRINTED)


@pytest.fixture(scope="module")
def page(results):
    return written(results, write_overview)["Översikt"]


class DescribeSumsWithAnUnknownPart:
    def it_prints_what_the_rows_add_up_to(self, table):
        rows = {row[0]: row[1:] for row in table.rows}
        assert rows["Skåne"] == ("Kan inte bedömas", "..", "..", "..", "..")
        assert rows["Västra Götaland"][3:] == ("1\u00a0000", "25,0\u00a0%")
        assert rows["Summa"][3:] == ("1\u00a0000", "25,0\u00a0%")

    def it_says_in_a_footnote_which_counties_the_sum_leaves_out(self, table):
        (note,) = table.notes
        assert (table.rows[note.row][note.column], note.text) == (
            "Summa",
            "Summan och andelen omfattar inte Skåne, som inte har uppgift om alla belopp på den egna koden.",
        )

    def it_has_the_same_sums_in_the_workbook(self, results, table):
        context = context_of(results)
        rows = [CountyRow(verdict, context) for verdict in results.verdicts]
        columns = {one.id: one for one in columns_of(TEXTS, results.natures)}
        assert added_up(columns[f"egen_{Nature.COST}"], rows) == Decimal(1000)

    def it_has_a_share_of_like_and_like_in_the_workbook(self, page):
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "Summa")
        whole = 'SUMIFS(I5:I25,E5:E25,"<>Inte känt")'
        assert row[10].value == f'=IF({whole}=0,"",E26/{whole})'

    def it_names_them_above_the_overview(self, page):
        assert page["A3"].value.endswith(
            "Belopp som inte är kända i sin helhet är inte med i summorna: Skåne."
        )

    def it_says_the_same_in_the_text(self, results):
        words = MoneyWords(results.verdicts, PRINTED)
        assert words.amounts("egen") == {Nature.COST: Decimal(1000)}
        assert words.shares() == PRINTED("slag.av_kostnad", share="25,0\u00a0%")

    def it_does_not_know_what_stands_elsewhere_when_a_part_of_it_is_not_known(self):
        rows = (
            spend("12", 6, 70, code="801"),
            spend("12", 7, 0, code="801", outcome=Missing.UNKNOWN),
        )
        results = results_of(small_dataset(*rows, counties=("12",)))
        verdict = next(one for one in results.verdicts if one.county == "12")
        assert (verdict.verdict, verdict.known) == (Verdict.MERGED, (True, False))
        page = written(results, write_overview)["Översikt"]
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "12")
        assert [cell.value for cell in row[5:7]] == ["Inte känt", "Inte känt"]

    def it_has_no_footnote_and_plain_shares_where_all_is_known(self):
        results = results_of(small_dataset(*KNOWN, counties=("14",)))
        assert earmark_table(results, PRINTED).notes == ()
        page = written(results, write_overview)["Översikt"]
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "Summa")
        assert row[10].value == '=IF(I26=0,"",E26/I26)'
        assert page["A3"].value == TEXTS("ekonomi.oversikt_intro")
