"""A cell "Ja, rätta så här": what the county has said yes to is merged as corrected, and told; what
it has not said yes to is left."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.conftest import said
from tests.errors.make_gallery import stored
from tests.sampled import sampled
from toolkit.annotate import mark_workbook
from toolkit.annotate.page import Supplement
from toolkit.findings.finding import Cure
from toolkit.returns.submission import Correction, Missing
from toolkit.words.cells import CellRef

YES = "J7"
PROPER = "PM – Prostitution och människohandel"
UNUSED = (
    "har ni skrivit ”Ja”. Ert ja har inte använts och inget har rättats, för det som ni sade ja "
    "till står inte längre så i bladen."
)
WRONG = "PN – Prostitution och människohandel"


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


@pytest.fixture
def sent(rows, workbook, edited):
    """The list of codes was dragged one step in Ekonomi!C6."""
    return edited(workbook(rows), lambda book: book["Ekonomi"].__setitem__("C6", WRONG))


@pytest.fixture
def agreed(year, look, edited, sent):
    """The marked copy with something in the cell for a yes, and a change elsewhere."""

    def say(text, change=lambda book: None):
        marked = mark_workbook(sent, look(sent).findings, year.texts("aterkoppling"))

        def write(book):
            book["Återkoppling"][YES] = text
            change(book)

        return edited(marked, write)

    return say


def codes(found):
    return [record.get("verksamhetskod") for record in found.submission.records("ekonomi")]


class DescribeAYes:
    def it_is_asked_for_where_a_finding_has_a_cure(self, look, sent):
        found = look(sent)
        assert said(found) == [("FALT-KODLISTA", "Ekonomi!C6")]
        (cure,) = found.findings[0].cures
        assert (str(cure.ref), cure.value) == ("Ekonomi!C6", PROPER)

    @pytest.mark.parametrize("text", ["Ja", "ja", " JA! ", "Ja."])
    def it_corrects_the_cell_and_tells_from_what(self, look, agreed, text):
        found = look(agreed(text))
        assert said(found) == [("FALT-RATTAD", "Ekonomi!C6")]
        assert found.findings[0].message == (
            "Ni har svarat ja till att rätta ”Värdet finns inte i listan” (FALT-KODLISTA). "
            f"Det här har ändrats: C6: ”{WRONG}” → ”{PROPER}”."
        )
        assert codes(found)[0] == "PM"
        (done,) = found.submission.corrections
        assert (str(done.cure.ref), done.before, done.cure.value) == ("Ekonomi!C6", WRONG, PROPER)

    @pytest.mark.parametrize("text", ["", "Nej", "nej."])
    def it_changes_nothing_without_one(self, look, agreed, text):
        assert said(look(agreed(text))) == [("FALT-KODLISTA", "Ekonomi!C6")]

    @pytest.mark.parametrize("text", ["kanske", "Ja, men inte förrän i mars", 1, "Jag vet inte"])
    def it_is_asked_about_when_it_says_something_else(self, look, agreed, text):
        found = look(agreed(text))
        assert said(found) == [("FALT-KODLISTA", "Ekonomi!C6"), ("SVAR-OLAST", None)]
        assert found.findings[1].message.startswith(
            f"I cellen J7 på bladet Återkoppling har ni skrivit ”{text}”."
        )
        assert found.submission.corrections == ()

    def it_says_nothing_more_once_the_county_has_corrected_the_cell_itself(self, look, agreed):
        other = "PM"
        found = look(agreed("Ja", lambda book: book["Ekonomi"].__setitem__("C6", other)))
        assert (said(found), codes(found)[0]) == ([], "PM")

    def it_is_no_yes_to_another_value(self, look, agreed):
        other = "PQ – Prostitution och människohandel"
        found = look(agreed("Ja", lambda book: book["Ekonomi"].__setitem__("C6", other)))
        assert said(found) == [("FALT-KODLISTA", "Ekonomi!C6"), ("SVAR-OLAST", None)]
        assert found.findings[1].message == f"I cellen J7 på bladet Återkoppling {UNUSED}"


class DescribeAYesToASuggestionThatTheCountyHasChanged:
    OTHER = "PK – Prostitution och köp"

    @pytest.fixture
    def found(self, look, agreed):
        return look(agreed("Ja", lambda book: book["Återkoppling"].__setitem__("H7", self.OTHER)))

    def it_corrects_nothing(self, found):
        assert found.submission.corrections == ()
        assert ("FALT-KODLISTA", "Ekonomi!C6") in said(found)

    def it_says_why_and_where_the_value_is_to_be_written(self, found, look, sent):
        (asked,) = look(sent).findings
        assert found.findings[0].hint == (
            f"Ni har svarat ja men ändrat förslaget till ”{self.OTHER}”. Därför har inget "
            f"rättats. Skriv det rätta värdet i cellen i stället. {asked.hint}"
        )

    def it_is_asked_for_anew_in_the_copy_that_goes_back(self, year, found, look, agreed):
        data = agreed("Ja", lambda book: book["Återkoppling"].__setitem__("H7", self.OTHER))
        again = mark_workbook(data, found.findings, year.texts("aterkoppling"))
        assert said(look(again)) == [("FALT-KODLISTA", "Ekonomi!C6")]


class DescribeAYesBesideAnAnswer:
    @pytest.fixture
    def sent(self, rows, workbook):
        rows["ekonomi"][0] |= {"andel": Decimal("0.25"), "grund": "TID"}
        return workbook(rows)

    @pytest.mark.parametrize(
        "answer", ["Ja", "ja tack", "OK", "Stämmer.", "Felskrivet, 25 är rätt."]
    )
    def it_is_used_where_the_answer_says_the_same(self, look, agreed, answer):
        found = look(agreed("Ja", lambda book: book["Återkoppling"].__setitem__("I7", answer)))
        assert [one.cure.value for one in found.submission.corrections] == [25]

    @pytest.mark.parametrize("answer", ["Ja", "Ja, rätta så här", "ja tack", "Rätta gärna"])
    def it_is_asked_again_where_a_yes_stands_in_the_cell_for_answers(self, look, agreed, answer):
        found = look(agreed("", lambda book: book["Återkoppling"].__setitem__("I7", answer)))
        (asked,) = (one for one in found.findings if one.code == "FALT-ANDEL")
        assert not asked.closed
        assert asked.hint.startswith("Ett ja kan här betyda två saker.")

    @pytest.mark.parametrize(
        "answer",
        [
            "Nej, 0,25 procent är rätt.",
            "nej",
            "Nä – se beslutet",
            "Stämmer inte",
            "Värdet är rätt",
            "Det är verkligen mindre än en procent.",
        ],
    )
    def it_changes_nothing_where_it_does(self, look, agreed, answer):
        found = look(agreed("Ja", lambda book: book["Återkoppling"].__setitem__("I7", answer)))
        assert found.submission.corrections == ()
        (asked,) = (one for one in found.findings if one.code == "FALT-ANDEL")
        assert asked.hint.startswith(
            f"Ni har svarat ja men också skrivit ”{answer}”. Därför har inget rättats."
        )


LETTERS = "BCDEFGHIJKLMNOP"


def cells_of(sheet, row):
    return [sheet[f"{letter}{row}"].value for letter in LETTERS]


def write_cells(sheet, row, values):
    for letter, value in zip(LETTERS, values, strict=True):
        sheet[f"{letter}{row}"].value = value


class DescribeAYesToACellOfARow:
    @pytest.fixture
    def sent(self, rows, workbook, edited):
        first = rows["ekonomi"][0]
        rows["ekonomi"] = [
            first,
            {**first, "id": "E2", "utfall": Decimal(500), "budget": Decimal(600)},
        ]
        return edited(workbook(rows), lambda book: book["Ekonomi"].__setitem__("C6", WRONG))

    def it_goes_with_its_row_to_another_place(self, look, agreed):
        def move(book):
            sheet = book["Ekonomi"]
            first, second = cells_of(sheet, 6), cells_of(sheet, 7)
            write_cells(sheet, 6, second)
            write_cells(sheet, 7, first)

        found = look(agreed("Ja", move))
        assert [str(one.cure.ref) for one in found.submission.corrections] == ["Ekonomi!C7"]
        assert ("FALT-RATTAD", "Ekonomi!C7") in said(found)
        assert codes(found) == ["PM", "PM"]

    def it_is_no_yes_to_another_row_in_its_place(self, look, agreed):
        def swap(book):
            sheet = book["Ekonomi"]
            first, second = cells_of(sheet, 6), cells_of(sheet, 7)
            first[1], second[1] = PROPER, WRONG
            write_cells(sheet, 6, second)
            write_cells(sheet, 7, first)

        found = look(agreed("Ja", swap))
        assert found.submission.corrections == ()
        assert {("FALT-KODLISTA", "Ekonomi!C6"), ("SVAR-OLAST", None)} <= set(said(found))

    def it_is_told_where_what_it_was_said_to_cannot_be_seen(self, look, agreed):
        def clear(book):
            for letter in "BCDEFGH":
                book["Återkoppling"][f"{letter}7"] = None

        found = look(agreed("Ja", clear))
        assert found.submission.corrections == ()
        assert {("FALT-KODLISTA", "Ekonomi!C6"), ("SVAR-OLAST", None)} <= set(said(found))


class DescribeAYesToACellOfARowWithoutAnId:
    @pytest.fixture
    def sent(self, rows, workbook, edited):
        def misspell(book):
            sheet = book["Avstämning"]
            sheet["B6"] = f"4{sheet['B6'].value[1:]}"

        return edited(workbook(rows), misspell)

    def it_is_told_where_the_row_has_moved(self, look, agreed, sent):
        assert said(look(sent))[0] == ("FALT-KODLISTA", "Avstämning!B6")

        def move(book):
            sheet = book["Avstämning"]
            values = cells_of(sheet, 6)
            write_cells(sheet, 6, [None] * len(LETTERS))
            write_cells(sheet, 8, values)

        found = look(agreed("Ja", move))
        assert found.submission.corrections == ()
        assert {("FALT-KODLISTA", "Avstämning!B8"), ("SVAR-OLAST", None)} <= set(said(found))


class DescribeAYesWhoseFindingIsGone:
    def it_is_told_where_a_further_row_makes_the_amounts_agree_no_longer(
        self, year, look, edited, workbook, rows
    ):
        first = rows["ekonomi"][0]
        amounts = (Decimal(40), Decimal("44.50050"))
        rows["ekonomi"] = [
            {**first, "id": f"E{n}", "budget": None, "utfall": amount}
            for n, amount in enumerate(amounts, 1)
        ]
        sent = workbook(rows)
        found = look(sent)
        assert "EKON-TKR" in [one.code for one in found.findings]
        marked = mark_workbook(sent, found.findings, year.texts("aterkoppling"))

        def write(book):
            book["Återkoppling"][YES] = "Ja"
            for column in "BCDEFGHIJKLMNOP":
                book["Ekonomi"][f"{column}8"] = book["Ekonomi"][f"{column}7"].value
            book["Ekonomi"]["B8"] = "E3"

        again = look(edited(marked, write))
        (told,) = (one for one in again.findings if one.code == "SVAR-OLAST")
        assert told.message == f"I cellen J7 på bladet Återkoppling {UNUSED}"
        assert again.submission.corrections == ()


class DescribeTheCopyThatGoesBack:
    @pytest.fixture
    def again(self, year, look, agreed):
        data = agreed("Ja")
        found = look(data)
        return mark_workbook(data, found.findings, year.texts("aterkoppling"), correcting(found))

    def it_holds_the_corrected_value(self, again, tmp_path):
        path = tmp_path / "again.xlsx"
        path.write_bytes(again)
        assert load_workbook(path)["Ekonomi"]["C6"].value == PROPER

    def it_is_in_order_when_it_comes_back(self, look, again):
        found = look(again)
        assert (said(found), codes(found)[0]) == ([], "PM")


def correcting(found):
    from toolkit.annotate import Supplement

    return Supplement(corrections=found.submission.corrections)


class DescribeAYesToACellWithAFormula:
    @pytest.fixture
    def sent(self, rows, workbook):
        rows["ekonomi"][0] |= {"andel": Decimal("0.25"), "grund": "TID"}
        return workbook(rows)

    def it_asks_nothing_of_the_formula_that_is_gone(self, look, agreed):
        data = agreed("Ja", lambda book: book["Ekonomi"].__setitem__("L6", "=1/4"))
        found = look(stored(data, {"Ekonomi!L6": 0.25}))
        assert [int(one.cure.value) for one in found.submission.corrections] == [25]
        assert "FALT-FORMELVARDE" not in [one.code for one in found.findings]


class DescribeTwoSheetsThatSayOtherwise:
    @pytest.fixture
    def sent(self, rows, workbook):
        rows["ekonomi"][0] |= {"andel": Decimal("0.25"), "grund": "TID"}
        return workbook(rows)

    @pytest.mark.parametrize(
        ("column", "text", "corrected"),
        [("J", "Nej", 0), ("I", "0,25 är rätt", 0), ("I", "", 1), ("J", "Ja", 1)],
    )
    def it_changes_nothing_where_one_speaks_against_it(self, look, agreed, column, text, corrected):
        for first in (True, False):

            def copy(book, first=first):
                ours = book["Återkoppling"]
                other = book.copy_worksheet(ours)
                other.title = "Återkoppling (2)"
                for sheet, is_other in ((ours, not first), (other, first)):
                    if is_other:
                        sheet[YES] = None
                        sheet[f"{column}7"] = text

            found = look(agreed("Ja", copy))
            assert len(found.submission.corrections) == corrected


class DescribeAYesToManyCells:
    """Eight amounts in thousands, told once."""

    @pytest.fixture
    def sent(self, rows, workbook, edited):
        first = rows["ekonomi"][0]
        rows["ekonomi"] = [
            {**first, "id": f"E{n}", "utfall": Decimal(1000 + n), "budget": None}
            for n in range(1, 10)
        ]

        def in_thousands(book):
            for row in range(6, 14):
                book["Ekonomi"][f"K{row}"] = f"{row} tkr"

        return edited(workbook(rows), in_thousands)

    @staticmethod
    def corrected(found):
        return {one.cure.ref.cell: int(one.cure.value) for one in found.submission.corrections}

    ALL = {f"K{row}": row * 1000 for row in range(6, 14)}  # noqa: RUF012

    def it_is_asked_for_once(self, look, sent, agreed):
        (told,) = (one for one in look(sent).findings if one.code == "FALT-ENHET")
        assert len(told.cures) == 8
        assert self.corrected(look(agreed("Ja"))) == self.ALL

    @pytest.mark.parametrize("done", [["K6"], ["K13"], ["K6", "K7", "K8", "K9", "K10", "K11"]])
    def it_holds_for_the_rest_where_some_have_been_corrected(self, look, agreed, done):
        def correct(book):
            for cell in done:
                book["Ekonomi"][cell] = 77

        found = look(agreed("Ja", correct))
        assert self.corrected(found) == {k: v for k, v in self.ALL.items() if k not in done}
        assert "SVAR-OLAST" not in [one.code for one in found.findings]

    @pytest.mark.parametrize("cell", ["K6", "K9", "K14"])
    def it_is_no_yes_to_what_was_written_since(self, look, agreed, cell):
        found = look(agreed("Ja", lambda book: book["Ekonomi"].__setitem__(cell, "60 tkr")))
        assert self.corrected(found) == {k: v for k, v in self.ALL.items() if k != cell}
        assert ("FALT-ENHET", f"Ekonomi!{cell}") in said(found)

    def it_follows_the_rows(self, look, agreed):
        def turn(book):
            sheet = book["Ekonomi"]
            for row, values in enumerate([cells_of(sheet, row) for row in range(14, 5, -1)], 6):
                write_cells(sheet, row, values)

        found = look(agreed("Ja", turn))
        assert self.corrected(found) == {f"K{20 - row}": row * 1000 for row in range(6, 14)}

    @pytest.mark.parametrize(
        "answer",
        [
            "Nej, det är 6 423 kr",
            "nej",
            "Det är 1 253 323 kr",
            "0,25 är rätt",
            "Alla utom K8",
            "Vänta",
        ],
    )
    def it_changes_nothing_beside_a_no_or_another_number(self, look, agreed, answer):
        found = look(agreed("Ja", lambda book: book["Återkoppling"].__setitem__("I7", answer)))
        assert self.corrected(found) == {}
        (asked,) = (one for one in found.findings if one.code == "FALT-ENHET")
        assert asked.hint.startswith(f"Ni har svarat ja men också skrivit ”{answer}”.")


class DescribeAYesToOneOfTheAnswersThatAreNoNumbers:
    def it_writes_it(self, year, rows, workbook, look, edited):
        rows["indikatorer"][0]["foregaende"] = "u. s."
        data = workbook(rows)
        (asked,) = look(data).findings
        assert (asked.code, asked.suggestion) == ("FALT-TAL", "u.s.")
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        found = look(edited(marked, lambda book: book["Återkoppling"].__setitem__(YES, "Ja")))
        assert [one.code for one in found.findings] == ["FALT-RATTAD"]
        (record,) = found.submission.records("indikatorer")
        assert record.get("foregaende") is Missing.UNKNOWN


class DescribeAYesToWhatWeCannotWrite:
    def it_is_told_to_be_left_to_the_county(self, year, rows, workbook, look, edited):
        """The goals' cells stand one column to the right of their own."""
        rows["mal"] = [{**rows["mal"][0], "id": f"M{number}"} for number in range(1, 6)]

        def shift(book):
            sheet = book["Mål"]
            for row in range(6, 11):
                for column in range(7, 2, -1):
                    sheet.cell(row, column).value = sheet.cell(row, column - 1).value
                sheet.cell(row, 2).value = None

        data = edited(workbook(rows), shift)
        asked = [one for one in look(data).findings if one.suggestion and not one.cures]
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))

        def agree(book):
            sheet = book["Återkoppling"]
            for row in range(7, sheet.max_row + 1):
                if any(one.code in [cell.value for cell in sheet[row]] for one in asked):
                    sheet.cell(row, 10).value = "Ja"

        found = look(edited(marked, agree))
        told = [one.message for one in found.findings if one.code == "SVAR-OLAST"]
        assert asked and told
        assert all("kan vi inte föra in åt er" in one for one in told)


class DescribeAYesToANumberInACellThatShowsSomethingElse:
    @pytest.fixture
    def sent(self, rows, workbook, edited):
        """`54,492 tkr` as a text in a cell whose format adds the unit to any number."""

        def write(book):
            cell = book["Ekonomi"]["K6"]
            cell.value, cell.number_format = "84,5005 tkr", '#,##0.0000 "tkr"'

        return edited(workbook(rows), write)

    def it_asks_nothing_of_the_number_that_we_have_written(self, look, agreed):
        found = look(agreed("Ja"))
        assert [one.code for one in found.findings] == ["FALT-RATTAD"]
        (record,) = found.submission.records("ekonomi")
        assert record.get("utfall") == Decimal("84500.50")

    def it_shows_the_number_in_the_copy_that_goes_back(self, year, look, agreed):
        data = agreed("Ja")
        found = look(data)
        marked = mark_workbook(data, found.findings, year.texts("aterkoppling"), correcting(found))
        cell = load_workbook(io.BytesIO(marked))["Ekonomi"]["K6"]
        assert (cell.value, cell.number_format) == (84500.5, "General")
        assert "FALT-CELLFORMAT" not in [one.code for one in look(marked).findings]

    @pytest.mark.libreoffice
    @pytest.mark.parametrize("shown", sampled(['#,##0.0000 "tkr"', "0%"]))
    def it_shows_it_in_an_ods_too(self, year, rows, workbook, edited, convert, shown):
        def write(book):
            book["Ekonomi"]["K6"].number_format = shown

        data = convert(edited(workbook(rows), write), "a.xlsx", "ods", recalculate=False)
        cure = Cure(CellRef("Ekonomi", 6, 11), Decimal("84500.5"))
        supplement = Supplement(corrections=(Correction(cure, "84,5005 tkr"),))
        marked = mark_workbook(data, [], year.texts("aterkoppling"), supplement)
        seen = convert(marked, "b.ods", "xlsx", recalculate=False)
        cell = load_workbook(io.BytesIO(seen))["Ekonomi"]["K6"]
        assert cell.value == 84500.5
        assert not {"%", "t"} & set(cell.number_format)
