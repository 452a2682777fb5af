"""An amount that is not known is not 0: what has one in it is not known, and is said to be in no sum, alike
in report, workbook and letter."""

from decimal import Decimal

import pytest

from tests.export.small import SPEC, results_of, small_dataset, spend, written
from toolkit.analysis.money_tables import code_table, county_code_table, earmark_table
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.states import Nature, Verdict
from toolkit.analysis.work_tables import coherence_table
from toolkit.export.columns import added_up
from toolkit.export.finance.by_code import write_by_code
from toolkit.export.finance.grants import write_grants
from toolkit.export.finance.overview import CountyRow, columns_of, write_overview
from toolkit.export.finance.reconciliation import write_reconciliation
from toolkit.export.finance.shared_costs import write_sharing
from toolkit.export.finance.workbook import context_of
from toolkit.ledger.entries import Ledger
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
            "Summan och andelen omfattar inte länsstyrelsen Skåne, som inte har uppgift om alla belopp på den egna koden"
            ", och 19 länsstyrelser, som inte har redovisat.",
        )

    def it_has_the_same_sums_in_the_workbook(self, results, table):
        context = context_of(results)
        rows = [CountyRow(verdict, context) for verdict in results.verdicts]
        columns = {one.id: one for one in columns_of(TEXTS, results.natures)}
        assert added_up(columns[f"egen_{Nature.COST}"], rows) == Decimal(1000)

    def it_has_a_share_of_like_and_like_in_the_workbook(self, page):
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "Summa")
        own = 'SUMIFS(E5:E25,I5:I25,"<>Inte känt")'
        whole = 'SUMIFS(I5:I25,E5:E25,"<>Inte känt")'
        assert row[10].value == f'=IF({whole}=0,"",{own}/{whole})'

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
        assert (verdict.verdict, verdict.known) == (Verdict.MERGED, (True, False, False))
        page = written(results, write_overview)["Översikt"]
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "12")
        assert [cell.value for cell in row[5:7]] == ["Inte känt", "Inte känt"]

    def it_leaves_a_county_out_of_its_own_sum_in_per_kod(self):
        rows = (spend("12", 6, 70), spend("12", 7, 0, code="801", outcome=Missing.UNKNOWN), *KNOWN)
        results = results_of(small_dataset(*rows, counties=("12", "14")))
        page = written(results, write_by_code)["Per kod"]
        heads = [cell.value for cell in page[4]]
        pm = next(at for at, head in enumerate(heads) if head.startswith("PM"))
        all_codes, other = (
            heads.index("Summa"),
            next(at for at, head in enumerate(heads) if head.startswith("801")),
        )
        (row,) = [
            row
            for row in page.iter_rows(min_row=5)
            if (row[0].value, row[2].value) == ("12", "Kostnader")
        ]
        assert str(row[pm].value).startswith("=SUMIFS(")
        assert (row[other].value, row[all_codes].value) == ("Inte känt", "Inte känt")
        absent = next(row for row in page.iter_rows(min_row=5) if row[0].value == "01")
        assert (absent[pm].value, absent[all_codes].value) == ("Inte med", "Inte med")
        assert page["A2"].value.endswith("är inte med i summorna: Skåne.")

    def it_has_it_in_no_sum_of_the_printed_tables(self):
        rows = (spend("12", 6, 70), spend("12", 7, 5, code="801"),
                spend("12", 8, 0, code="801", outcome=Missing.UNKNOWN), *KNOWN)  # fmt: skip
        results = results_of(small_dataset(*rows, counties=("12", "14")))
        by_code = code_table(results, PRINTED)
        found = {row[0].split()[0]: row[3:] for row in by_code.rows}
        assert found["PM"] == ("1\u00a0070", "25,0\u00a0%")
        assert found["801"] == ("3\u00a0000", "75,0\u00a0%")
        assert found["Summa"][0] == "4\u00a0000"
        assert {note.text for note in by_code.notes} == {
            "Beloppen omfattar inte länsstyrelsen Skåne, som inte har uppgift om alla belopp på koden"
            ", och 19 länsstyrelser, som inte har redovisat.",
            "Summan och andelarna omfattar inte länsstyrelsen Skåne, som inte har uppgift om alla belopp"
            ", och 19 länsstyrelser, som inte har redovisat.",
        }
        table = county_code_table(results, PRINTED)
        skane = next(row for row in table.rows if row[:2] == ("Skåne", "Kostnader"))
        assert (skane.count(".."), skane[-1]) == (2, "..")
        last = next(row for row in table.rows if row[:2] == ("Summa", "Kostnader"))
        assert last[-1] == "4\u00a0000"

    def it_is_compared_with_nothing(self):
        data = small_dataset(*UNKNOWN, spend("12", 8, 70, code="801"), counties=("12",))
        ledger = Ledger(
            "12.csv",
            "12",
            {("PM", "KÖP", ""): Decimal(900), ("801", "KÖP", ""): Decimal(70)},
            2,
            Decimal(970),
        )
        lines = reconcile(data, {"12": ledger})
        pm, other = (next(one for one in lines if one.code == code) for code in ("PM", "801"))
        assert (pm.compared, pm.against, pm.difference, pm.ties) == (False, None, 0, True)
        assert (other.compared, other.difference) == (True, 0)
        page = written(results_of(data, lines=lines), write_reconciliation)["Avstämning"]
        assert page["A2"].value.endswith(
            "Inte jämförda, eftersom ett belopp inte är känt: "
            "Skåne, PM – Prostitution och människohandel (Huvudboksutdraget: 900\u00a0kr)."
        )

    def it_is_no_zero_among_grants_and_shared_costs(self):
        named = {"kind": "BID", "recipient": "Jouren", "basis": "U"}
        rows = (spend("12", 6, 70, **named), spend("12", 7, 0, **{**named, "outcome": Missing.UNKNOWN}),
                spend("14", 6, 5, **{**named, "basis": "K"}),
                spend("14", 7, 0, share=Decimal(50), ground="ÅA", outcome=Missing.UNKNOWN))  # fmt: skip
        results = results_of(small_dataset(*rows, counties=("12", "14")))
        page = written(results, write_grants)["Bidrag"]
        grants = [[row[at].value for at in (0, 5, 6, 7)] for row in page.iter_rows(min_row=10)]
        assert grants[0] == ["12", "Utgifter", 70, "Inte känt"]
        assert grants[1] == ["12", "Utgifter", "Inte känt", "Inte känt"]
        assert grants[2][:3] == ["14", "Kostnader", 5]
        shared = written(results, write_sharing)["Fördelning"]
        assert "Inte känt" in [cell.value for cell in shared[11]]

    def it_has_no_footnote_and_plain_shares_where_all_is_known(self):
        results = results_of(small_dataset(*KNOWN, counties=("14",)))
        (note,) = earmark_table(results, PRINTED).notes
        assert (
            note.text
            == "Summan och andelen omfattar inte 20 länsstyrelser, som inte har redovisat."
        )
        every = [one.code for one in SPEC.spec.counties]
        whole = small_dataset(*(spend(code, 6, 10) for code in every), counties=every)
        assert earmark_table(results_of(whole), PRINTED).notes == ()
        page = written(results, write_overview)["Översikt"]
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "Summa")
        assert row[10].value == '=IF(I26=0,"",E26/I26)'
        assert page["A3"].value == TEXTS("ekonomi.oversikt_intro")


class DescribeADash:
    """It says that there is nothing, which nobody has said of what is not known."""

    def it_is_no_sum_of_counties_that_are_not_in(self):
        nobody = results_of(small_dataset(counties=()))
        for make in (code_table, county_code_table, earmark_table, coherence_table):
            last = make(nobody, PRINTED).rows[-1]
            assert {cell for cell in last[1:] if cell not in {"", "Utgifter", "Kostnader"}} == {
                ".."
            }, make

    def it_stands_on_no_code_that_somebody_does_not_know(self):
        rows = (spend("12", 6, 0, outcome=Missing.UNKNOWN), spend("14", 6, 5, code="801"))
        table = code_table(results_of(small_dataset(*rows, counties=("12", "14"))), PRINTED)
        found = {row[0].split()[0]: row[3:] for row in table.rows}
        assert found["PM"] == ("..", "..")
        assert found["801"] == ("5", "100,0\u00a0%")
        assert found["Summa"] == ("5", "100,0\u00a0%")
        assert ("–", "–") in found.values()

    def it_is_no_sum_where_no_county_knows_all(self):
        rows = (spend("12", 6, 7), spend("12", 7, 0, code="801", outcome=Missing.UNKNOWN))
        table = code_table(results_of(small_dataset(*rows, counties=("12",))), PRINTED)
        found = {row[0].split()[0]: row[3:] for row in table.rows}
        assert (found["PM"], found["801"], found["Summa"]) == (
            ("7", ".."),
            ("..", ".."),
            ("..", ".."),
        )
