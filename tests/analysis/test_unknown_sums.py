"""An amount that is not known is not 0: what has one in it is not known, and is said to be in no sum, alike
in report, workbook and letter."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest

from tests.export.small import SPEC, results_of, small_dataset, spend, written
from tests.export.test_derivation import without_results
from toolkit.analysis.money_tables import code_table, county_code_table, earmark_table
from toolkit.analysis.own_tables import own_table
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.states import Nature, Verdict
from toolkit.analysis.work_tables import coherence_table
from toolkit.export.columns import added_up
from toolkit.export.derivation.workbook import PrintedTable, write_derivation
from toolkit.export.finance.by_code import write_by_code
from toolkit.export.finance.grants import write_grants
from toolkit.export.finance.overview import CountyRow, columns_of, write_overview
from toolkit.export.finance.reconciliation import write_reconciliation
from toolkit.export.finance.shared_costs import write_sharing
from toolkit.export.finance.workbook import context_of
from toolkit.ledger.entries import Ledger
from toolkit.report.countyfacts import fact_table
from toolkit.report.countytables import counties_of
from toolkit.report.money_words import MoneyWords
from toolkit.report.outside_words import OutsideWords
from toolkit.returns.submission import Missing
from toolkit.spec.own_tables import OwnTable

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
            "Summan och andelen omfattar inte kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp på den egna koden"
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
        assert row[10].value == f'=IF(OR({whole}<=0,{own}<0,{own}>{whole}),"",{own}/{whole})'

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
        # Only kostnader on other codes are not known: no line has any utgifter.
        assert row[5].value.startswith("=") and row[6].value == "Inte känt"

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
            "Beloppen omfattar inte kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp på koden"
            ", och 19 länsstyrelser, som inte har redovisat.",
            "Summan och andelarna omfattar inte kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp"
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
        assert row[10].value == '=IF(OR(I26<=0,E26<0,E26>I26),"",E26/I26)'
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


def county_of(results, code):
    return next(one for one in counties_of(results, SPEC.texts("lansrapport")) if one.code == code)


def cells(table, name, start=1):
    return next(row[start:] for row in table.rows if row[0].startswith(name))


@pytest.fixture(scope="module")
def one_lost():
    rows = (
        spend("12", 6, 0, outcome=Missing.UNKNOWN),
        spend("12", 7, 78849),
        spend("12", 8, 601331),
        spend("12", 9, 872860, basis="U"),
        spend("12", 10, 127140, basis="U", code="801", violence="VIN"),
        spend("12", 11, 40, code="801", violence="VIN"),
        spend("14", 6, 127140, basis="U"),
        spend("14", 7, 472860, basis="U", code="801", violence="VIN"),
        spend("14", 8, 3000),
        spend("14", 9, 1000, code="801", violence="VIN"),
    )
    return results_of(small_dataset(*rows, counties=("12", "14")))


class DescribeAnAmountOfOneNatureThatIsNotKnown:
    """Skåne does not know one of three amounts in kostnader on PM, and knows all its utgifter (872 860 of 1 000 000 on PM)
    and its kostnader on 801; Västra Götaland knows all. By hand: utgifter on PM 872 860 + 127 140 = 1 000 000 of
    1 000 000 + 600 000 = 1 600 000, which is 62,5 %; kostnader on PM those of Västra Götaland alone."""

    def it_leaves_the_other_nature_known_on_the_own_code(self, one_lost):
        table = earmark_table(one_lost, PRINTED)
        assert cells(table, "Skåne", 2) == ("872\u00a0860", "87,3\u00a0%", "..", "..")
        assert cells(table, "Summa", 2) == (
            "1\u00a0000\u00a0000",
            "62,5\u00a0%",
            "3\u00a0000",
            "75,0\u00a0%",
        )
        (note,) = table.notes
        assert note.text == (
            "Summan och andelen omfattar inte kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp på den"
            " egna koden, och 19 länsstyrelser, som inte har redovisat."
        )

    def it_leaves_the_other_nature_and_the_other_codes_known_by_code(self, one_lost):
        table = code_table(one_lost, PRINTED)
        assert cells(table, "PM") == (
            "1\u00a0000\u00a0000",
            "62,5\u00a0%",
            "3\u00a0000",
            "75,0\u00a0%",
        )
        assert cells(table, "801") == ("600\u00a0000", "37,5\u00a0%", "1\u00a0040", "25,0\u00a0%")
        assert cells(table, "Summa") == (
            "1\u00a0600\u00a0000",
            "100,0\u00a0%",
            "4\u00a0000",
            "100,0\u00a0%",
        )

    def it_says_the_truth_below_the_table_by_county_and_code(self, one_lost):
        table = county_code_table(one_lost, PRINTED)
        heads = [column.heading for column in table.columns]
        pm, other = heads.index("PM"), heads.index("801")
        found = {row[:2]: (row[pm], row[other], row[-1]) for row in table.rows}
        assert found["Skåne", "Utgifter"] == ("872\u00a0860", "127\u00a0140", "1\u00a0000\u00a0000")
        assert found["Skåne", "Kostnader"] == ("..", "40", "..")
        assert found["Summa", "Utgifter"] == (
            "1\u00a0000\u00a0000",
            "600\u00a0000",
            "1\u00a0600\u00a0000",
        )
        assert found["Summa", "Kostnader"] == ("3\u00a0000", "1\u00a0040", "4\u00a0000")
        (note,) = table.notes
        assert note.text == (
            "Summan av alla koder omfattar inte kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp, och 19"
            " länsstyrelser, som inte har redovisat. På de koder där den som inte har uppgift om alla belopp känner alla är"
            " beloppen med i kodens summa."
        )

    def it_does_not_speak_of_other_codes_where_there_are_none(self):
        rows = (
            spend("12", 6, 0, outcome=Missing.UNKNOWN),
            spend("12", 7, 78849),
            spend("12", 8, 5, basis="U"),
        )
        table = county_code_table(results_of(small_dataset(*rows, counties=("12",))), PRINTED)
        assert not any("kodens summa" in note.text for note in table.notes)

    def it_agrees_with_a_table_of_the_agencys_own(self, one_lost):
        own = OwnTable(
            id="egna", caption="c", table="ekonomi", rows="respondent", stub="s", columns="slag", measure="utfall",
            filter={"verksamhetskod": ("PM",)}, total=True, source="s",
        )  # fmt: skip
        made, printed = own_table(own, one_lost, PRINTED), earmark_table(one_lost, PRINTED)
        for name in ("Skåne", "Västra Götaland", "Summa"):
            assert cells(made, name)[0] == cells(printed, name, 2)[0]

    def it_says_the_same_in_the_countys_own_report(self, one_lost):
        told = dict(fact_table(county_of(one_lost, "12")).rows)
        assert told["Utgifter på den egna koden (kr)"] == "872\u00a0860"
        assert told["Utgifter, den egna kodens andel"] == "87,3\u00a0%"
        assert told["Kostnader på den egna koden (kr)"] == ".."

    def it_says_the_same_in_the_sentences(self, one_lost):
        words = MoneyWords(one_lost.verdicts, PRINTED)
        assert words.amounts("egen") == {
            Nature.EXPENDITURE: Decimal(1000000),
            Nature.COST: Decimal(3000),
        }
        assert words.shares() == "62,5\u00a0% av utgifterna och 75,0\u00a0% av kostnaderna"
        outside = OutsideWords(one_lost, PRINTED)
        assert outside.told("totalt").startswith(
            "kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp, och"
        )
        assert outside.told("andel_enbart") == ""

    def it_says_who_is_left_out_of_the_share_alone(self):
        rows = (
            spend("12", 6, 70),
            spend("12", 7, 0, code="801", outcome=Missing.UNKNOWN),
            spend("12", 8, 5, basis="U"),
        )
        results = results_of(small_dataset(*rows, *KNOWN, counties=("12", "14")))
        told = "kostnaderna hos länsstyrelsen Skåne, som inte har uppgift om alla belopp"
        assert OutsideWords(results, PRINTED).told("andel_enbart") == told
        assert f"Andelen omfattar inte heller {told}." in {
            note.text for note in earmark_table(results, PRINTED).notes
        }

    def it_knows_neither_where_the_line_does_not_say_which(self):
        rows = (
            spend("12", 6, 0, basis=Missing.BLANK, outcome=Missing.UNKNOWN),
            spend("12", 7, 5, basis="U"),
            spend("12", 8, 7),
        )
        results = results_of(small_dataset(*rows, counties=("12",)))
        assert cells(earmark_table(results, PRINTED), "Skåne", 2) == ("..", "..", "..", "..")

    def it_is_counted_alike_in_the_workbook_behind_the_report(self, one_lost, convert):
        tables = [
            make(one_lost, PRINTED) for make in (earmark_table, code_table, county_code_table)
        ]
        book = write_derivation(
            one_lost, [PrintedTable(n, table) for n, table in enumerate(tables, 1)]
        )
        made = convert(without_results(book), "underlag.xlsx", "xlsx")
        counted = openpyxl.load_workbook(io.BytesIO(made), data_only=True)
        for number, table in enumerate(tables, 1):
            for line, row in enumerate(table.rows):
                for column, told in enumerate(row):
                    value = counted[f"Tabell {number}"].cell(5 + line, column + 1).value
                    if digits := re.sub(r"[^\d,]", "", told) if column else "":
                        exact = value * 100 if told.endswith("%") else value
                        assert round(exact, 1) == float(digits.replace(",", ".")), (number, row)
                    elif told == "..":
                        assert isinstance(value, str) or not value, (number, row)


class DescribeATableOfTheAgencysOwn:
    """Skåne and Västra Götaland have reported; the other nineteen have not."""

    ROWS = (spend("12", 6, 100), spend("14", 6, 1000), spend("14", 7, 30, code="801"))
    ABSENT = "19 länsstyrelser, som inte har redovisat."

    def made(self, **more):
        own = {
            "id": "egna", "caption": "c", "table": "ekonomi", "stub": "s", "measure": "utfall", "source": "k",
            "heading": "h", "filter": {"slag": ("K",)}, **more,
        }  # fmt: skip
        results = results_of(small_dataset(*self.ROWS, counties=("12", "14")))
        return own_table(OwnTable.model_validate(own), results, PRINTED)

    def it_says_beside_codes_whom_its_numbers_leave_out(self):
        table = self.made(rows="verksamhetskod", total=True, note="Ett.")
        assert table.columns[0].note == f"Ett. Talen omfattar inte {self.ABSENT}"
        assert cells(table, "Summa") == ("1\u00a0130",) and table.notes == ()

    def it_says_of_counties_whom_the_sum_leaves_out(self):
        table = self.made(rows="respondent", total=True)
        (note,) = table.notes
        assert (table.columns[0].note, table.rows[note.row][0], note.text) == (
            "",
            "Summa",
            f"Summan omfattar inte {self.ABSENT}",
        )
        assert cells(table, "Stockholm") == ("..",)

    def it_says_nothing_where_every_county_has_its_own_row_and_there_is_no_sum(self):
        table = self.made(rows="respondent")
        assert (table.columns[0].note, table.notes) == ("", ())
