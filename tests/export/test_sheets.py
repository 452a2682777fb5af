"""Each sheet of ekonomi.xlsx by itself, on a year of seven lines: exact cells, formulas and stored
values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.export.small import (
    LEDGER,
    OPENING,
    SPEC,
    cells_of,
    results_of,
    small_dataset,
    small_results,
    spend,
    written,
)
from toolkit.analysis.decisions import Decision, FigureChange, Standing
from toolkit.analysis.states import NoYearBefore
from toolkit.export.columns import RowCells
from toolkit.export.finance.booked import booked_rows, write_booked
from toolkit.export.finance.by_code import codes_shown, write_by_code
from toolkit.export.finance.counties_over_time import YearsRow
from toolkit.export.finance.decided import decision_cells
from toolkit.export.finance.earmarks import write_earmarks
from toolkit.export.finance.grants import GrantRow, write_grants
from toolkit.export.finance.ledgers import LedgerRow, write_ledgers
from toolkit.export.finance.origin import brief, file_target, origin_of
from toolkit.export.finance.over_time import SeriesRow, write_over_time
from toolkit.export.finance.overview import write_overview
from toolkit.export.finance.reconciliation import DifferenceRow, write_reconciliation
from toolkit.export.finance.rows import write_rows
from toolkit.export.finance.shared_costs import sums_of, write_sharing
from toolkit.export.finance.workbook import context_of
from toolkit.ledger.entries import Balance, Outside
from toolkit.returns.submission import Missing
from toolkit.spec.roles import EXPENDITURE
from toolkit.words.cells import CellRef

SPENT = "SUMIFS(Rader!$O$5:$O$11,Rader!$A$5:$A$11,$A{row}"
OF = ',Rader!$M$5:$M$11,"={nature}"'


@pytest.fixture(scope="module")
def results():
    return small_results(OPENING)


@pytest.fixture(scope="module")
def context(results):
    return context_of(results)


@pytest.fixture
def texts():
    return SPEC.texts("export")


class DescribeTheOverview:
    @pytest.fixture(scope="class")
    def page(self, results):
        return written(results, write_overview)["Översikt"]

    def it_sums_each_county_over_the_sheet_of_rows(self, page):
        spent, paid = (SPENT.format(row=25) + OF.format(nature=nature) for nature in "UK")
        elsewhere = 'Rader!$K$5:$K$11,"PMH",Rader!$G$5:$G$11,"<>PM")'
        assert cells_of(page, 25)[:13] == [
            "12", "Skåne", "Delvis",
            f'={spent},Rader!$G$5:$G$11,"PM")', f'={paid},Rader!$G$5:$G$11,"PM")',
            f"={spent},{elsewhere}", f"={paid},{elsewhere}",
            f"={spent})", f"={paid})",
            '=IF(OR(H25<=0,D25<0,D25>H25),"",D25/H25)', '=IF(OR(I25<=0,E25<0,E25>I25),"",E25/I25)',
            "=SUMPRODUCT(MAX((Avstämning!$A$5:$A$11=$A25)*ABS(Avstämning!$I$5:$I$11)))",
            0,
        ]  # fmt: skip

    def it_gives_the_answer_on_top(self, page, results):
        assert page["A2"].value == (
            "Prostitution och människohandel för sexuella ändamål: 0 av 21 länsstyrelser särredovisar. Inte inkommen: 19; Ej redovisat: 1; Delvis: 1. "
            "Med differenser: 1. "
            "Jämförda med huvudboksutdrag: 1, med egna uppgifter: 0, inte alls: 20."
        )
        assert results.verdicts and page["A2"].font.bold
        assert page["A3"].value.startswith("En rad per län")

    def it_has_no_amount_of_a_county_that_is_not_in(self, page):
        assert cells_of(page, 5)[2:12] == [
            "Inte inkommen", *["Inte med"] * 6, "", "", "Ej jämfört",
        ]  # fmt: skip

    def it_does_not_know_an_own_amount_of_which_a_part_is_not_known(self):
        rows = (spend("12", 6, 40), spend("12", 7, 1, outcome=Missing.UNKNOWN))
        known = results_of(small_dataset(*rows, counties=("12",)))
        row = next(
            row
            for row in written(known, write_overview)["Översikt"].iter_rows(min_row=5)
            if row[0].value == "12"
        )
        # Both lines are kostnader: no utgifter are in doubt.
        verdict, spent, cost = [cell.value for cell in row[2:5]]
        assert (verdict, cost) == ("Kan inte bedömas", "Inte känt") and spent.startswith("=SUMIFS")
        spent, cost = [cell.value for cell in row[7:9]]
        assert cost == "Inte känt" and spent.startswith("=SUMIFS")

    def it_has_columns_of_their_own_for_amounts_that_are_neither(self):
        rows = (spend("12", 6, 40), spend("12", 7, 3, basis=Missing.UNKNOWN))
        page = written(results_of(small_dataset(*rows, counties=("12",))), write_overview)[
            "Översikt"
        ]
        assert [cell.value for cell in page[4][3:6]] == [
            "Utgifter på egen kod (kr)", "Kostnader på egen kod (kr)",
            "Belopp av okänt slag på egen kod (kr)",
        ]  # fmt: skip
        row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "12")
        assert '"<>U",' in row[5].value and '"<>K",' in row[5].value

    def it_says_where_the_countys_amounts_stand(self, page):
        # XlsxWriter turns the slashes of a link to another file, as Excel for Windows writes them.
        assert cells_of(page, 25)[24:] == ["12.xlsx", "Ekonomi", "J6, J9"]
        assert page["Y25"].hyperlink.target == "returns\\12.xlsx"
        assert page["B25"].hyperlink.location == "Rader!A5"
        assert cells_of(page, 5)[24:] == ["", "", ""]

    def it_adds_up_the_amounts_but_not_the_shares(self, page):
        assert cells_of(page, 26) == [
            "Summa", "", "", *[f"=SUM({letter}5:{letter}25)" for letter in "DEFGHI"],
            '=IF(OR(H26<=0,D26<0,D26>H26),"",D26/H26)', '=IF(OR(I26<=0,E26<0,E26>I26),"",E26/I26)',
            "", "=SUM(M5:M25)", "", "", "", "", "", *[None] * 6, "", "", "",
        ]  # fmt: skip

    def it_keeps_what_a_decision_rests_on_in_hidden_columns(self, page):
        assert cells_of(page, 25)[18:20] == [
            "2020:lan:12",
            "utslag=delvis; egen_utgift=20; sparat_utgift=0; totalt_utgift=20; egen_kostnad=100.25; "
            "sparat_kostnad=40; totalt_kostnad=170.25; differens=51; differenser=153",
        ]  # fmt: skip
        assert [page.column_dimensions[letter].hidden for letter in "RS"] == [False, True]
        (choices,) = page.data_validations.dataValidation
        assert str(choices.sqref) == "N5:N25"


class DescribeDecisions:
    def it_stands_on_the_same_figures_and_opens_again_on_others(self, context, results):
        subject = results.subjects()[0]
        held = Standing(
            Decision(subject.key, "godkand", "Klart.", subject.figures, "Anna Ek", "2021-03-01")
        )
        opened = replace(held, changes=(FigureChange("egen_kostnad", "10", ""),))
        for standing, word, tone in ((held, True, "text"), (opened, False, "ask")):
            known = replace(results, standings={subject.key: standing})
            cells = decision_cells(replace(context, results=known), subject)
            assert (bool(cells.word), cells.comment, cells.since.role) == (word, "Klart.", tone)
            assert (bool(cells.earlier), cells.key) == (not word, subject.key)
        assert "var 10\u00a0kr och är nu" in cells.since.value


class DescribeSeparateReporting:
    def it_shows_every_line_that_decides_and_the_years_without_a_code(self, results):
        page = written(results, write_earmarks)["Särredovisning"]
        assert [cells_of(page, row) for row in (24, 25, 28)] == [
            ["14", "Västra Götaland", "PM", "Ej redovisat",
             "Inget belopp står på koden PM, och länet har inte svarat på frågan om särredovisning.",
             "", "", "14.xlsx", "", ""],
            ["12", "Skåne", "PM", "Delvis", "E7. KÖP – Köpta tjänster", "801", 40, "12.xlsx", "Ekonomi",
             "J7"],
            ["", "Alla län", "PM", "Ej möjligt",
             "Alla utgifter 2019. Koden PM finns först från 2020, så ingen del av dem kan särredovisas.",
             "", 900, "anslagsserie.csv", None, "rad 3"],
        ]  # fmt: skip


class DescribeByCode:
    def it_has_a_formula_for_each_code_and_their_sum(self, results):
        page = written(results, write_by_code)["Per kod"]
        assert cells_of(page, 4)[7:10] == ["PM – Prostitution och människohandel", "XX", "Summa"]
        paid = SPENT.format(row=24) + OF.format(nature="K")
        assert cells_of(page, 24)[:3] == ["12", "Skåne", "Kostnader"]
        assert cells_of(page, 24)[7:10] == [
            f'={paid},Rader!$G$5:$G$11,"=PM")', f'={paid},Rader!$G$5:$G$11,"=XX")', "=SUM(D24:I24)",
        ]  # fmt: skip

    def it_adds_up_utgifter_and_kostnader_by_themselves(self, results):
        page = written(results, write_by_code)["Per kod"]
        for row, word in ((47, "Utgifter"), (48, "Kostnader")):
            sums = [f'=SUMIFS(${x}$5:${x}$46,$C$5:$C$46,"{word}")' for x in "IJ"]
            assert cells_of(page, row)[:1] == [f"Summa {word.lower()}"]
            assert cells_of(page, row)[8:] == [*sums, None, None, None]

    def it_shows_codes_that_the_year_does_not_have_last(self, context):
        shown = codes_shown(context, {"XX", "", "PM"})
        assert list(shown.items())[-2:] == [("", "Utan kod"), ("XX", "XX")]


class DescribeTheReconciliation:
    @pytest.fixture(scope="class")
    def page(self, results):
        return written(results, write_reconciliation)["Avstämning"]

    def it_sums_both_sides_and_takes_the_difference_to_the_side_that_is_off(self, page):
        assert cells_of(page, 5)[2:12] == [
            "Verksamhetskod", "PM – Prostitution och människohandel",
            f'={SPENT.format(row=5)},Rader!$G$5:$G$11,"=PM")', "Ingen uppgift",
            '=SUMIFS(Bokfört!$G$5:$G$7,Bokfört!$A$5:$A$7,$A5,Bokfört!$D$5:$D$7,"=PM")',
            "Huvudboksutdraget", "=G5-E5", 0.005, "Beloppen har ören och är inte avrundade.",
            "Redovisningen har mer än huvudboksutdraget",
        ]  # fmt: skip

    def it_takes_all_rows_for_the_whole_country(self, page):
        assert cells_of(page, 11)[1:9] == [
            "Riket", "Riket", "Alla utgifter", "=SUM(Rader!$O$5:$O$11)", 300, "Ingen uppgift",
            "Anslagsserien", "=F11-E11",
        ]  # fmt: skip

    def it_points_at_the_rows_where_the_codes_meet(self, context):
        told = {
            one.code: DifferenceRow(one, context).narrowed.value for one in context.results.all_off
        }
        assert told["VN"] == told["BID"] == "VN, BID: Ekonomi!J8"
        assert (told["PM"], told["OH"], told["KÖP"]) == ("", "", "")

    @pytest.mark.parametrize(
        ("amount", "value"), [(None, "Ingen uppgift"), (Decimal(0), Decimal(0))]
    )
    def it_tells_nothing_from_nought(self, context, amount, value):
        assert DifferenceRow(context.results.all_off[0], context).amount(amount).value == value


class DescribeSharedCosts:
    @pytest.fixture(scope="class")
    def page(self, results):
        return written(results, write_sharing)["Fördelning"]

    def it_counts_the_whole_from_the_share(self, page):
        assert cells_of(page, 11) == [
            "12", "Skåne", "E9", "PM", "OH", "Ja", "ÅA – Årsarbetskrafter", 50, 20,
            '=IF(H11="",I11,IF(H11=0,"",ROUND(I11*100/H11,2)))', None, None, "", "12.xlsx", "Ekonomi",
            "K9",
        ]  # fmt: skip

    def it_has_the_sums_above_with_and_without_overhead(self, page):
        assert [page.cell(row, 9).value for row in range(4, 9)] == [
            "Utgift, länets del (kr)", '=SUMIFS($I$11:$I$11,$F$11:$F$11,"Nej")',
            '=SUMIFS($I$11:$I$11,$F$11:$F$11,"Ja")', "=I5+I6", "=SUBTOTAL(109,$I$11:$I$11)",
        ]  # fmt: skip
        assert [page.cell(row, 1).value for row in range(4, 9)] == [
            "Summa", "Utan OH", "OH", "Med OH", "De rader som filtret visar",
        ]  # fmt: skip

    def it_has_no_sum_of_no_costs(self):
        assert sums_of([], EXPENDITURE, whole=True).both == 0


class DescribeGrants:
    @pytest.fixture(scope="class")
    def page(self, results):
        return written(results, write_grants)["Bidrag"]

    def it_sums_by_recipient_and_purpose_without_taking_a_name_for_a_pattern(self, page):
        assert cells_of(page, 10)[2:10] == [
            "Kvinnojouren*", "Kvinnojouren*", "Våld i nära relationer", "Kostnader", 30,
            "=SUMPRODUCT(($D$10:$D$12=$D10)*($F$10:$F$12=$F10),$G$10:$G$12)",
            "=SUMPRODUCT(($D$10:$D$12=$D10)*($F$10:$F$12=$F10)*($E$10:$E$12=$E10),$G$10:$G$12)",
            "Har också fått bidrag från Västra Götaland.",
        ]  # fmt: skip

    def it_holds_its_sum_against_the_sheet_of_rows(self, page):
        for column, word, code in ((7, "Utgifter", "U"), (8, "Kostnader", "K")):
            letter = "GH"[column - 7]
            assert [page.cell(row, column).value for row in range(4, 8)] == [
                word, f'=SUMIFS($G$10:$G$12,$F$10:$F$12,"{word}")',
                f'=SUMIFS(Rader!$O$5:$O$11,Rader!$L$5:$L$11,"BID",Rader!$M$5:$M$11,"={code}")',
                f"={letter}5-{letter}6",
            ]  # fmt: skip

    def it_says_nothing_of_other_counties_where_there_are_none(self, context):
        from toolkit.analysis.grants import grants

        alone = next(one for one in grants(context.results.data) if not one.others)
        assert GrantRow(alone, {}, {}, context).others.value == ""


class DescribeTheYears:
    @pytest.fixture(scope="class")
    def page(self, results):
        return written(results, write_over_time)["Över tid"]

    def it_computes_from_both_figures_or_not_at_all(self, page):
        assert [cells_of(page, row)[:9] for row in (5, 7)] == [
            ["2019", 1000, 900, '=IF(OR(B5="",C5=""),"",B5-C5)',
             '=IF(OR(B5="",C5="",B5=0),"",C5/B5)', "Brev 2019", "Redovisning 2019",
             "anslagsserie.csv, rad 2, 3", ""],
            ["Summa", "=SUM(B5:B6)", "=SUM(C5:C6)", "=SUM(D5:D6)",
             '=IF(OR(COUNT(B5:C6)<2*ROWS(B5:B6),B7=0),"",C7/B7)', "", "", "", ""],
        ]  # fmt: skip

    def it_shows_sources_that_disagree(self, page):
        assert cells_of(page, 12)[:9] == [
            "2019", "Utgifter", 900, 910, "=D12-C12", "Redovisning 2019", "Rapport",
            "anslagsserie.csv, rad 3, 4", "Annan avgränsning",
        ]  # fmt: skip

    def it_sets_the_counties_beside_last_year_with_limits_that_can_be_changed(self, page):
        names = [cell.value for cell in page["A"]]
        row = names.index("12") + 2  # the county's utgifter stand above its kostnader
        last = names.index("Riket, kostnader") + 1
        paid = OF.format(nature="K")
        assert cells_of(page, row)[2:10] == [
            "Kostnader",
            f"=SUMIFS('Rader 2019'!$O$5:$O$6,'Rader 2019'!$A$5:$A$6,$A{row}"
            f"{paid.replace('Rader!', chr(39) + 'Rader 2019' + chr(39) + '!').replace('11', '6')})",
            f"={SPENT.format(row=row)}{paid})",
            f'=IF(COUNT(D{row}:E{row})<2,"",E{row}-D{row})',
            f'=IF(OR(F{row}="",D{row}=0),"",F{row}/ABS(D{row}))',
            f'=IF(OR(NOT(ISNUMBER(D{row})),D${last}=0),"",D{row}/D${last})',
            f'=IF(OR(NOT(ISNUMBER(E{row})),E${last}=0),"",E{row}/E${last})',
            f'=IF(F{row}="","",IF(AND(ABS(F{row})>$D$17,OR(D{row}=0,ABS(F{row})*100>ABS(D{row})*$D$18)),'
            '"Länet behöver kommentera förändringen.",""))',
        ]  # fmt: skip
        assert (page["D17"].value, page["D18"].value) == (200_000, 25)
        assert cells_of(page, row - 2)[3:5] == ["Ingen uppgift", "Ingen uppgift"]

    def it_shows_balances_that_do_not_tie_below(self, page):
        row = page.max_row
        assert cells_of(page, row) == [
            "12", "Skåne", "ap.4", 7, 9, f"=E{row}-D{row}", "Rättat.", None, None, None, "12.xlsx",
            "Avstämning", "C6",
        ]  # fmt: skip

    def it_says_why_there_is_no_year_before(self, results):
        alone = replace(results, before=NoYearBefore.NO_TEMPLATE)
        page = written(alone, write_over_time)["Över tid"]
        assert "templates/2019" in page.cell(page.max_row, 1).value

    def it_has_no_share_of_nothing(self, context):
        assert SeriesRow(2020, None, None, context).left is None
        row = YearsRow(None, (), ("", ""), 9, context)
        assert row.asked == "Länet behöver kommentera förändringen."


class DescribeLedgers:
    @pytest.fixture(scope="class")
    def page(self, results):
        return written(results, write_ledgers)["Så lästes huvudboken"]

    def it_sums_an_extract_over_the_sheet_of_what_is_booked(self, page):
        total = "SUMIFS(Bokfört!$G$5:$G$7,Bokfört!$A$5:$A$7,$A5"
        assert cells_of(page, 5)[2:10] == [
            "12.csv", 3,
            f'={total})-{total},Bokfört!$E$5:$E$7,"=Andra konton än kostnader")',
            1, f"={total})", 151, "=H5-G5", 1,
        ]  # fmt: skip
        assert page["C5"].hyperlink.target == "ledgers\\12.csv"

    def it_lists_the_lines_that_could_not_be_read_below(self, page):
        assert cells_of(page, 9)[:5] == ["12", "Skåne", "12.csv", 4, "abc"]

    def it_says_in_one_line_what_the_return_does_not_ask_for(self, results):
        more = {(str(1000 + n), "PER", ""): Decimal(50) for n in range(60)}
        ledger = replace(LEDGER, booked={**LEDGER.booked, **more})
        known = replace(results, ledgers={"12": ledger})
        page = written(known, write_ledgers, write_booked)
        assert (
            page["Så lästes huvudboken"]["U5"].value
            == "3\u00a0000\u00a0kr. Antal verksamhetskoder: 60. "
            + ", ".join(f"{code} (50\u00a0kr)" for code in range(1000, 1010))
            + " … (60)"
        )
        told = "Utanför redovisningen, antal verksamhetskoder: 60"
        assert [row[3].value for row in page["Bokfört"].iter_rows(min_row=5)][2:] == [
            told,
            "Andra konton än kostnader",
        ]

    def it_tells_what_was_read_and_what_was_not_and_why(self, results):
        ledger = replace(
            LEDGER,
            sheets=("Jan–juni", "Juli–dec"),
            hidden=("Gammal",),
            apart=(Decimal(5), Decimal(-2)),
            uncounted=(Outside("7311", Decimal(-800), 1),),
            outside=(Outside("5105", Decimal(30), 2),),
            doubts=("inga_koder", "summa"),
        )
        page = written(replace(results, ledgers={"12": ledger}), write_ledgers)
        assert cells_of(page["Så lästes huvudboken"], 5)[15:20] == [
            "Nej: ingen av årets verksamhetskoder finns i den; "
            "transaktionerna ger inte filens egen summa.",
            "Jan–juni, Juli–dec. Dolda, inte lästa: Gammal.",
            "Rader: 2. Summa: 3\u00a0kr.",
            "7311: −800\u00a0kr",
            "5105: 30\u00a0kr",
        ]

    def it_lists_the_balances_that_do_not_tie(self, results):
        gap = Balance(7, "5410", "RES", Decimal(9), Decimal(8))
        ledger = replace(LEDGER, bad_lines=(), balances=(gap,), compared=2)
        page = written(replace(results, ledgers={"12": ledger}), write_ledgers)[
            "Så lästes huvudboken"
        ]
        row = page.max_row
        assert (row, cells_of(page, row)[3], cells_of(page, row)[5:8]) == (9, 7, [9, 8, "=F9-G9"])
        assert page["O5"].value == "1 av 2 stämmer"

    def it_has_no_difference_to_a_sum_that_the_file_does_not_give(self, context):
        row = LedgerRow("12", replace(LEDGER, stated=None), context)
        assert (row.missing.value, row.stated) == ("", "Ingen summa i filen")


class DescribeWhatIsBooked:
    def it_has_a_line_for_each_code_and_one_for_all_other_accounts(self, results, texts):
        lines = booked_rows(results, texts)
        assert [(one.code, one.amount) for one in lines] == [
            ("801", Decimal(40)), ("PM", Decimal("99.25")), ("Andra konton än kostnader", Decimal("10.75")),
        ]  # fmt: skip
        page = written(results, write_booked)["Bokfört"]
        assert cells_of(page, 6) == ["12", "Skåne", "12.csv", "PM", "KÖP", "ap.4", 99.25]


class DescribeTheRows:
    def it_writes_codes_alone_and_links_each_amount(self, results, context, texts):
        def write(book, _):
            write_rows(book, results.data, texts, context.rows, lambda line: "external:a.xlsx")

        page = written(results, write)["Rader"]
        assert cells_of(page, 5)[:7] == ["12", "Skåne", "12.xlsx", "Ekonomi", 6, "E6", "PM"]
        assert (page["O5"].value, page["C5"].hyperlink.target) == (100.25, "a.xlsx")
        assert context.rows.cells(4) == RowCells(context.rows.columns.places, 4)


class DescribeOrigins:
    REFS = tuple(CellRef("Ekonomi", row, 10) for row in (6, 8, 10, 12))

    def it_names_a_few_groups_of_cells(self):
        assert brief(self.REFS) == "J6, J8, J10 …"
        assert brief(self.REFS[:2]) == "J6, J8"

    @pytest.mark.parametrize("path", ["", "a#b.xlsx", "a%20b.xlsx"])
    def it_leads_nowhere_it_cannot_lead(self, results, path):
        assert file_target(replace(results, places={"a": path}), "a") is None

    def it_shows_the_sheet_of_the_first_cell(self, results):
        origin = origin_of(results, "12.xlsx", self.REFS)
        assert (origin.sheet.value, origin.file.target) == (
            "Ekonomi", "external:returns/12.xlsx#Ekonomi!J6",
        )  # fmt: skip


class DescribeWhatIsPrinted:
    def it_has_the_chart_on_the_page_of_the_counties(self, results):
        """At the scale at which two pages take all columns, some 45 rows of 15 points go on an A4."""
        page = written(results, write_overview)["Översikt"]
        (chart,) = page._charts
        rows_above = chart.anchor._from.row
        rows_of_the_chart = chart.anchor.to.row - rows_above
        assert rows_above == len(results.verdicts) + 6
        assert rows_above + rows_of_the_chart <= 45

    def it_leaves_the_links_to_files_outside_the_paper_over_the_years(self, results):
        page = written(results, write_over_time)["Över tid"]
        heads = [cell.value for row in page.iter_rows() for cell in row if cell.value == "Fil"]
        assert heads and page.print_area.split("$")[3] == "J"
