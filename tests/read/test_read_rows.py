"""Rows that are no records: headings pasted along, sums, notes below a table, ids written in beforehand."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT, said
from toolkit.checks.file import judge
from toolkit.returns.submission import Missing
from toolkit.spec.load import load_year
from toolkit.spec.marks import HIDDEN_SHEET

ID, FORM = "19811228-9874", "801-3809-2020"


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture
def changed(rows, workbook, look, edited):
    rows["ekonomi"] += [{**rows["ekonomi"][0], "id": "E2", "utfall": 100, "budget": 100}]
    for place in (rows["anslag"][0], rows["huvudbok"][4], rows["sarredovisning"][0]):
        name = next(name for name in ("utgifter", "huvudbok", "belopp") if name in place)
        place[name] += 100

    def change(**cells):
        def put(book):
            for place, value in cells.items():
                sheet, cell = place.split("_")
                book[sheet][cell] = value

        return look(edited(workbook(rows), put))

    return change


def ids(found, table):
    return [record.get("id") for record in found.submission.records(table)]


class DescribeARowOfHeadings:
    @pytest.mark.parametrize("row", [7, 9])
    def it_is_told_once_and_not_read(self, changed, row):
        headings = ("Mål-id *", "Lägesbild-id *", "Målsättning *", "Målformulering *", "Målår *")
        found = changed(
            **{f"Mål_{column}{row}": text for column, text in zip("BCDEF", headings, strict=True)}
        )
        assert said(found) == [("RAD-RUBRIK", f"Mål!B{row}")]
        assert ids(found, "mal") == ["M1"]

    def it_is_an_error_in_another_order_and_nothing_below_it_is_read(self, changed):
        headings = ("Mål-id *", "Målår *", "Målsättning *", "Målformulering *", "Lägesbild-id *")
        record = ("M2", 2021, "1", "Fler utbildas", "L1")
        cells = {f"Mål_{c}9": v for c, v in zip("BCDEF", headings, strict=True)}
        cells |= {f"Mål_{c}10": v for c, v in zip("BCDEF", record, strict=True)}
        found = changed(**cells)
        assert said(found) == [("RAD-ORDNING", "Mål!B9:F10")]
        assert ids(found, "mal") == ["M1", Missing.UNREADABLE]
        [one] = [one for one in found.findings if one.code == "RAD-ORDNING"]
        assert one.message == (
            "På rad 9 i tabellen Mål står rubrikerna i en annan ordning än på rad 5."
            " Uppgifterna på rad 10 har därför inte lästs in."
        )

    def it_is_one_error_when_the_whole_table_is_turned(self, changed):
        own = ("Mål-id *", "Lägesbild-id *", "Målsättning *", "Målformulering *", "Målår *")
        goal = ("M1", "L1", "1", "Alla kommuner har en rutin", 2021)
        cells = {f"Mål_{column}5": None for column in "BCDEF"}
        cells |= {f"Mål_{column}6": None for column in "BCDEF"}
        for row, (heading, answer) in enumerate(zip(own, goal, strict=True), 5):
            cells |= {f"Mål_B{row}": heading, f"Mål_C{row}": answer}
        found = changed(**cells)
        assert [code for code, _ in said(found) if code != "REF-SAKNAS"] == ["RAD-ORDNING"]
        [one] = [one for one in found.findings if one.code == "RAD-ORDNING"]
        assert one.message == (
            "I tabellen Mål står rubrikerna under varandra i kolumn B i stället för bredvid varandra."
            " Uppgifterna på rad 6–9 har därför inte lästs in."
        )

    def it_is_only_told_in_another_order_with_nothing_below(self, changed):
        headings = ("Mål-id *", "Målår *", "Målsättning *", "Målformulering *", "Lägesbild-id *")
        found = changed(**{f"Mål_{c}9": v for c, v in zip("BCDEF", headings, strict=True)})
        assert said(found) == [("RAD-RUBRIK", "Mål!B9")]
        assert ids(found, "mal") == ["M1"]

    def it_reads_on_below_headings_in_the_tables_own_order(self, changed):
        other = ("Målår *", "Mål-id *", "Målsättning *", "Målformulering *", "Lägesbild-id *")
        own = ("Mål-id *", "Lägesbild-id *", "Målsättning *", "Målformulering *", "Målår *")
        cells = {f"Mål_{c}8": v for c, v in zip("BCDEF", other, strict=True)}
        cells |= {"Mål_B9": 2021, "Mål_C9": "M2"}
        cells |= {f"Mål_{c}10": v for c, v in zip("BCDEF", own, strict=True)}
        cells |= {
            f"Mål_{c}11": v for c, v in zip("BCDEF", ("M3", "L1", "1", "Fler", 2021), strict=True)
        }
        found = changed(**cells)
        told = {code: ref for code, ref in said(found) if code.startswith("RAD")}
        assert told == {"RAD-RUBRIK": "Mål!B10", "RAD-ORDNING": "Mål!B8:F9"}
        assert ids(found, "mal") == ["M1", Missing.UNREADABLE, "M3"]

    def it_is_no_row_that_only_holds_one_of_the_words(self, changed):
        assert ("FALT-MONSTER", "Mål!B7") in said(
            changed(Mål_B7="Mål-id *", Mål_C7="L1", Mål_D7="1", Mål_F7=2021)
        )


class DescribeARowOfSums:
    @pytest.mark.parametrize(
        "cells",
        [{"Ekonomi_B9": "Summa", "Ekonomi_K9": 84600.5}, {"Ekonomi_C8": "Totalt:", "Ekonomi_K8": 84600.5},
         {"Ekonomi_A8": "SUMMA", "Ekonomi_J8": 90100, "Ekonomi_K8": 84600.5},
         {"Ekonomi_B8": "Summa 2020", "Ekonomi_K8": "=SUM(K6:K7)"}, {"Ekonomi_K8": 84600.5},
         {"Ekonomi_B8": "S:a", "Ekonomi_K8": "84 600,50 kr"}],
    )  # fmt: skip
    def it_is_told_once_and_not_read(self, changed, cells):
        found = changed(**cells)
        row = next(iter(cells)).split("_")[1][1:]
        assert [code for code, _ in said(found)] == ["RAD-SUMMA"]
        assert found.findings[0].refs[0].row == int(row)
        assert ids(found, "ekonomi") == ["E1", "E2"]

    def it_is_no_sum_when_the_amount_is_another_and_no_word_says_so(self, changed):
        assert said(changed(Ekonomi_K8=84600.0)) == [("RAD-STUMP", "Ekonomi!K8")]

    def it_is_no_sum_when_the_row_has_an_id(self, changed):
        assert ("FALT-SAKNAS", "Ekonomi!D8") in said(
            changed(Ekonomi_B8="E3", Ekonomi_C8="PM", Ekonomi_P8="Summa", Ekonomi_K8=84600.5)
        )


class DescribeARowWithNextToNothing:
    @pytest.mark.parametrize("cell", ["Mål_B9", "Mål_C9", "Ekonomi_P12"])
    def it_is_one_finding_that_names_the_cell(self, changed, cell):
        found = changed(**{cell: "* Antagna av länsledningen i mars 2020."})
        assert said(found) == [("RAD-STUMP", cell.replace("_", "!"))]

    def it_is_one_finding_for_all_ids_that_were_written_in_beforehand(self, changed):
        found = changed(**{f"Aktiviteter_B{row}": f"A{row}" for row in range(7, 30)})
        assert said(found) == [("RAD-STUMP", "Aktiviteter!B7:B29")]
        assert "rad 7–29" in found.findings[0].message

    def it_is_nothing_where_only_spaces_stand(self, changed):
        assert said(changed(Aktiviteter_D9=" ", Mål_E12="\u00a0")) == []

    def it_leaves_a_row_that_was_begun_to_be_told_cell_by_cell(self, changed):
        found = changed(Mål_B7="M2", Mål_C7="L1", Mål_E7="Alla kommuner i länet ska ha en rutin.")
        assert [place for code, place in said(found) if code == "FALT-SAKNAS"] == [
            "Mål!D7",
            "Mål!F7",
        ]

    @pytest.mark.parametrize("cells", [{"Mål_B9": ID}, {"Mål_E9": f"Samtal med {ID}"}, {"Ekonomi_B9": f"Summa {ID}", "Ekonomi_K9": 1}])  # fmt: skip
    def it_hides_no_personal_number(self, changed, cells):
        codes = [code for code, _ in said(changed(**cells))]
        assert "PERSON-NUMMER" in codes


class DescribeAFixedTable:
    def it_hides_no_personal_number_in_a_row_without_a_code(self, changed):
        found = changed(Avstämning_F24=f"Avser {ID}")
        assert ("PERSON-NUMMER", "Avstämning!F24") in said(found)


class DescribeASheetThatIsGone:
    @pytest.mark.parametrize(
        ("sheet", "tables"),
        [("Avstämning", {"anslag", "huvudbok", "sarredovisning"}), ("Ekonomi", {"ekonomi"}), ("Uppgifter", {"uppgifter", "inget"})],
    )  # fmt: skip
    def it_is_one_finding_whatever_stood_on_it(self, rows, workbook, look, edited, sheet, tables):
        found = look(edited(workbook(rows), lambda book: book.remove(book[sheet])))
        assert said(found) == [("BLAD-SAKNAS", None)]
        assert found.findings[0].message.startswith(f"Bladet {sheet} finns inte i filen.")
        assert tables.isdisjoint(found.submission.tables)

    def it_is_told_by_table_when_the_sheet_is_there(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), lambda book: book["Avstämning"].delete_rows(24, 8)))
        assert said(found) == [("BLAD-SAKNAS", None)]
        assert "Särredovisning" in found.findings[0].message

    def it_reads_no_form_from_the_sheet_that_only_shows_it(self, rows, workbook, look, edited):
        def change(book):
            book.remove(book["Uppgifter"])
            control = book["Kontroll"]
            for row in control.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = "Klart"

        told = [("BLAD-SAKNAS", None), ("CELL-UTANFOR", "Kontroll!D5:G14")]
        assert said(look(edited(workbook(rows), change))) == told


class DescribeAnIdWrittenInAnotherWay:
    @pytest.mark.parametrize(
        ("written", "shown", "suggestion"),
        [
            ("M 1", "M 1", "M1"),
            ("m-1.", "m-1.", "M1"),
            (1, "1", "M1"),
            ("Mål 1", "Mål 1", None),
            ("L 1", "L 1", None),
        ],
    )
    def it_is_shown_as_it_stands_with_what_was_likely_meant(
        self, changed, written, shown, suggestion
    ):
        (finding,) = [one for one in changed(Mål_B6=written).findings if one.code == "FALT-MONSTER"]
        assert (finding.message, finding.suggestion) == (
            f"I Mål-id står ”{shown}”. Skriv M följt av en siffra, till exempel M1.", suggestion,
        )  # fmt: skip


class DescribeTheExampleRow:
    def it_is_asked_about_when_the_county_has_written_its_own_there(self, changed):
        found = changed(
            Mål_B4="M2",
            Mål_C4="L1",
            Mål_D4="2",
            Mål_E4="Alla skolor i länet ska ha en plan.",
            Mål_F4=2022,
        )
        assert said(found) == [("RAD-EXEMPEL", "Mål!B4")]
        assert ids(found, "mal") == ["M1"]

    def it_is_asked_about_below_the_headings_too(self, changed):
        own = {
            "Mål_A7": "Exempel",
            "Mål_B7": "M2",
            "Mål_C7": "L1",
            "Mål_D7": "2",
            "Mål_E7": "Alla skolor ska ha en plan.",
            "Mål_F7": 2022,
        }
        assert said(changed(**own)) == [("RAD-EXEMPEL", "Mål!B7")]

    def it_may_be_emptied_but_not_filled_in(self, changed):
        emptied = {f"Mål_{column}4": None for column in "BCDEF"}
        assert said(changed(**emptied)) == []
        assert said(changed(Mål_B4="M7")) == [("RAD-EXEMPEL", "Mål!B4")]
        assert said(changed(Mål_C4="L1", Mål_D4="1", Mål_F4="2021")) == []


class DescribeAFileWhoseHiddenSheetIsGone:
    def it_is_read_by_the_year_that_its_form_states(self, year, rows, workbook, edited):
        years = {2020: year, 2021: load_year(ROOT / "templates", 2021)}

        def change(book):
            for sheet in [
                sheet for sheet in book.worksheets if sheet.title.startswith(HIDDEN_SHEET)
            ]:
                book.remove(sheet)

        found = judge(edited(workbook(rows), change), "fil.xlsx", years)
        assert (said(found), found.submission.year, found.submission.county) == ([], 2020, "12")
