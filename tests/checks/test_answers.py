"""An answer on the sheet Återkoppling closes the question that was asked, and no other."""

from __future__ import annotations

from typing import ClassVar

import pytest

from tests.conftest import said
from toolkit.annotate import mark_workbook
from toolkit.cli.closing import tell_closing
from toolkit.findings.feedback import held_tables, tell, verdict
from toolkit.year.merging import merge_all
from toolkit.year.workspace import Workspace

ANSWER = "I7"
EXPLAINED = "Vi bytte lokal under hösten."
TOLD = ("SVAR-OLAST", None, False)
"""That an answer was given to what is not asked any more."""


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

    @pytest.mark.parametrize("text", ["   ", "\u00a0"])
    def it_closes_nothing_when_it_says_nothing(self, answered, text):
        assert states(answered(text)) == [("EKON-BUDGET", "K6", False)]

    @pytest.mark.parametrize("text", ["?", "...", "-", "–"])
    def it_closes_nothing_and_is_told_when_it_is_no_answer(self, answered, text):
        assert states(answered(text)) == [("EKON-BUDGET", "K6", False), TOLD]

    @pytest.mark.parametrize("text", ["Ja", "ok", "Stämmer", 2020])
    def it_may_be_short(self, answered, text):
        assert states(answered(text)) == [("EKON-BUDGET", "K6", True)]

    def it_is_asked_for_again_when_the_value_has_changed(self, answered):
        found = answered(EXPLAINED, lambda book: book["Ekonomi"].__setitem__("J6", 30000))
        assert states(found) == [("EKON-BUDGET", "K6", False), TOLD]

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
        assert states(other) == [("PERSON-MISSTANKE", "E6", False), TOLD]
        assert said(other)[0] == ("PERSON-MISSTANKE", "Aktiviteter!E6")

    def it_is_asked_for_again_when_another_telephone_number_stands_there(self, rows, answered):
        rows["aktiviteter"][0]["ansvarig"] = "Växeln 010-223 10 00"
        other = answered(
            "Växeln.", lambda book: book["Aktiviteter"].__setitem__("R6", "Anna 070-123 45 67")
        )
        assert states(other) == [("PERSON-KONTAKT", "R6", False), TOLD]


class DescribeAnAnswerAboutDates:
    def it_is_asked_for_again_when_the_dates_have_changed(self, rows, answered):
        from datetime import date

        rows["aktiviteter"][0] |= {"start": date(2018, 1, 2), "slut": date(2018, 1, 3)}
        other = answered(
            "Redovisades för sent.",
            lambda book: book["Aktiviteter"].__setitem__("T6", date(2017, 1, 2)),
        )
        assert states(other) == [("RAD-UTANFOR-AR", "T6", False), TOLD]


NOT_YES = (
    "Ert svar säger inte att det är rätt läst. Är något fel, så rätta det i cellen. "
    "Är allt rätt, så svara bara Ja. "
)


class DescribeAnAnswerToWhetherAllWasReadRightly:
    """The cell shows thousands of kronor; what is stored is 40 000,50."""

    @pytest.fixture
    def shown_in_thousands(self, rows, workbook, edited):
        def write(book):
            book["Ekonomi"]["K6"].number_format = '#,##0.0" tkr"'

        return edited(workbook(rows), write)

    @pytest.fixture
    def asked(self, look, shown_in_thousands):
        (finding,) = look(shown_in_thousands).findings
        return finding

    @pytest.mark.parametrize(
        "text",
        [
            "Ja",
            "Det stämmer",
            "Ja, det är inget fel.",
            "{value} kr är rätt",
            "Ja, K6 är rätt för 2020",
        ],
    )
    def it_closes_the_question_where_it_confirms(self, answered, shown_in_thousands, asked, text):
        said = text.format(value=dict(asked.parameters)["value"])
        (finding,) = answered(said, data=shown_in_thousands).findings
        assert (finding.code, finding.explanation, finding.hint) == (
            "FALT-CELLFORMAT",
            said,
            asked.hint,
        )
        assert not finding.keeps_out

    @pytest.mark.parametrize(
        "text",
        [
            "Nej, det är fel läst. Det ska vara 84500 kr.",
            "Det är 12 345 kr",
            "Det är 12345,00",
            "Fel",
            "Det stämmer tyvärr inte",
            "Ja, beloppet är i tkr",
            "Rätt belopp ska vara fyrtio tusen",
        ],
    )
    def it_leaves_it_open_and_is_kept_where_it_does_not(
        self, year, answered, shown_in_thousands, asked, text
    ):
        (finding,) = answered(text, data=shown_in_thousands).findings
        assert (finding.code, finding.explanation, finding.unconfirmed) == (
            "FALT-CELLFORMAT",
            None,
            text,
        )
        assert finding.hint == NOT_YES + asked.hint
        assert finding.keeps_out
        assert tell(finding, year.texts("aterkoppling")).explanation == text

    def it_is_told_once_however_often_the_file_comes_back(
        self, year, look, answered, edited, shown_in_thousands, asked
    ):
        texts, data = year.texts("aterkoppling"), shown_in_thousands
        marked = mark_workbook(data, look(data).findings, texts)
        sent = edited(marked, lambda book: book["Återkoppling"].__setitem__(ANSWER, "Nej"))
        again = mark_workbook(sent, look(sent).findings, texts)
        (finding,) = look(again).findings
        assert (finding.unconfirmed, finding.hint) == ("Nej", NOT_YES + asked.hint)
        yes = edited(again, lambda book: book["Återkoppling"].__setitem__(ANSWER, "Ja"))
        assert states(look(yes)) == [("FALT-CELLFORMAT", "K6", True)]


class DescribeAnAnswerToWhetherAmountsAreInThousands:
    @pytest.fixture
    def asked(self, year):
        told = {"largest": "950 kr", "cell": "K6", "label": "Utfall", "table": "Ekonomi"}
        return year.catalogue.finding("RIMLIG-TKR", told)

    @pytest.mark.parametrize(
        ("text", "closed"),
        [
            ("Ja", True),
            ("Ja, beloppen är i hela kronor", True),
            ("Det är inte tusental utan kronor", True),
            ("Ja, beloppen står i tusental kronor.", False),
            ("Ja, tkr", False),
            ("Det är 950 kr", True),
            ("Det är 950 000 kr", False),
        ],
    )
    def it_confirms_kronor_alone(self, asked, text, closed):
        assert asked.with_answer(text).closed is closed


class DescribeAnAnswerToWhetherADayIsRight:
    @pytest.mark.parametrize(
        ("text", "closed"),
        [
            ("Ja, 2020-04-03", True),
            ("2020-03-04", False),
            ("Ja, den 3 april", True),
            ("Nej", False),
        ],
    )
    def it_confirms_that_day_alone(self, year, text, closed):
        told = {"what": "x", "read": "2020-04-03"}
        asked = year.catalogue.finding("FALT-TVETYDIGT", told)
        assert asked.with_answer(text).closed is closed


class DescribeWhatIsSaidOfATableThatAQuestionHolds:
    @pytest.fixture
    def found(self, rows, workbook, edited, look):
        def write(book):
            book["Ekonomi"]["K6"].number_format = '#,##0.0" tkr"'

        return look(edited(workbook(rows), write))

    def it_is_not_said_to_be_in(self, year, found):
        assert verdict(found.findings, year.texts("aterkoppling")) == (
            "Redovisningen är med i sammanställningen utom tabellen Ekonomi, som inte räknas med "
            "förrän ni har svarat. Svara på 1 fråga i den gula kolumnen."
        )

    def it_is_named_where_merging_ends(self, tmp_path, year, found, capsys):
        tell_closing(Workspace(tmp_path, 2020), merge_all(year, [found]))
        told = capsys.readouterr().out
        assert (
            "Det här är inte med i sammanställningen förrän frågorna om det är besvarade: "
            "Skåne (Ekonomi)." in " ".join(told.split())
        )
        assert "Inga fel återstår." not in told

    def it_is_in_once_it_is_answered(self, year, found):
        (asked,) = found.findings
        assert held_tables([asked.with_answer("Ja")]) == []


class DescribeAnAnswerToARowThatHasAnotherIdSince:
    @pytest.fixture(autouse=True)
    def over_budget(self, rows):
        rows["ekonomi"][0]["budget"] = 40000

    def it_is_no_answer_to_another_row_in_its_place(self, rows, workbook, answered):
        """The row that was asked about stands below now, and is in order."""
        line = rows["ekonomi"][0]
        rows["ekonomi"].append({**line, "id": "E2", "budget": 84500})

        def swap(book):
            sheet = book["Ekonomi"]
            sheet["B6"], sheet["B7"] = "E2", "E1"

        found = answered(EXPLAINED, swap)
        assert ("EKON-BUDGET", "K6", False) in states(found)

    def it_follows_the_second_of_two_that_had_the_same_id(self, rows, answered):
        line = rows["ekonomi"][0]
        rows["ekonomi"] = [line, {**line, "budget": 50000}]

        def name(book):
            sheet = book["Återkoppling"]
            for row in range(7, sheet.max_row + 1):
                if any(cell.value == "EKON-BUDGET" for cell in sheet[row]):
                    sheet[f"I{row}"] = f"{EXPLAINED} {row}"
            book["Ekonomi"]["B7"] = "E99"

        found = answered("", name)
        asked = [one for one in found.findings if one.code == "EKON-BUDGET"]
        assert [(one.cell, one.closed) for one in asked] == [("K6", True), ("K7", True)]
        assert asked[0].explanation != asked[1].explanation


class DescribeRowsWhoseIdsWereGivenAnew:
    """The oracle says by each row's own text what was answered for it, whatever it is called now."""

    WHOSE: ClassVar = {f"Rad {n}": f"Svar om Rad {n}." for n in (1, 2)}

    @pytest.fixture
    def two(self, rows, workbook):
        first = rows["ekonomi"][0] | {"budget": 40000}
        rows["ekonomi"] = [{**first, "id": f"E{n}", "mottagare": f"Rad {n}"} for n in (1, 2)]
        return workbook(rows)

    @pytest.fixture
    def sent(self, year, two, look, edited):
        """The file marked, each question answered with what tells its row, and changed."""

        def send(change):
            marked = mark_workbook(two, look(two).findings, year.texts("aterkoppling"))

            def write(book):
                for row in book["Återkoppling"].iter_rows(min_row=7):
                    if row[10].value == "EKON-BUDGET":
                        about = book["Ekonomi"][f"O{row[4].value[1:]}"].value
                        row[8].value = f"Svar om {about}."
                change(book["Ekonomi"])

            return look(edited(marked, write))

        return send

    def given(self, found):
        """What stands in each row that is asked of, with its answer."""
        told = {row.row: row.get("mottagare") for row in found.submission.records("ekonomi")}
        asked = (one for one in found.findings if one.code == "EKON-BUDGET")
        return {told[one.refs[0].row]: one.explanation for one in asked}

    @pytest.mark.parametrize("ids", [("E2", "E3"), ("E2", "E1"), ("E7", "E8")])
    def it_follows_the_rest_of_the_row(self, sent, ids):
        def renumber(sheet):
            sheet["B6"], sheet["B7"] = ids

        assert self.given(sent(renumber)) == self.WHOSE

    def it_follows_rows_below_one_that_was_put_in(self, sent):
        def put_in(sheet):
            for row in (7, 6):
                for column in range(2, 17):
                    sheet.cell(row + 1, column).value = sheet.cell(row, column).value
            sheet["B6"], sheet["B7"], sheet["B8"], sheet["O6"] = "E1", "E2", "E3", "Ny rad"

        assert self.given(sent(put_in)) == {"Ny rad": None, **self.WHOSE}

    def it_follows_the_id_where_the_row_says_something_else(self, sent):
        found = sent(lambda sheet: sheet.__setitem__("O7", "Annat"))
        assert self.given(found)["Annat"] == "Svar om Rad 2."
