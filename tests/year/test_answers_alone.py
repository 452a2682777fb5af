"""A county that sends back nothing but the sheet Återkoppling: its answers reach the return, and the file replaces none."""

# ruff: noqa: F811

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.year.test_sent_again import checked, merged, send, sent_back, space, state  # noqa: F401
from toolkit.cli.closing import tell_closing
from toolkit.year.merging import merge_all
from toolkit.year.submissions import found_in

ANSWER, YES = 9, 10
SAID = "Tjänsten var vakant."


@pytest.fixture
def asked(space, rows, small_workbook):
    """A return with one question, as it lies there, and its marked copy."""
    rows["ekonomi"][0]["budget"] = 20_000
    send(space, "Skåne.xlsx", small_workbook(rows))
    return openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))


def only_the_sheet(book):
    """What is left when the sheet has been moved to a workbook of its own."""
    for name in book.sheetnames:
        if name != "Återkoppling":
            del book[name]
    book.defined_names.clear()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answer(book, said=SAID):
    sheet = book["Återkoppling"]
    row = next(
        row for row in range(7, 20) if sheet.cell(row, 2).value in ("Fråga", "Fråga, besvarad")
    )
    sheet.cell(row, ANSWER).value = said
    return book


def findings(space, name="Skåne.xlsx"):
    _, files = checked(space)
    return next(one.found.findings for one in files if one.path.name == name)


def explained(space, name="Skåne.xlsx"):
    return [one.explanation for one in findings(space, name) if one.code == "EKON-BUDGET"]


class DescribeAnswersThatComeAlone:
    @pytest.mark.parametrize("name", ["svar.xlsx", "12-Skåne.xlsx", "Återkoppling.xlsx"])
    def it_lays_them_on_the_return_that_they_answer(self, space, asked, name):
        send(space, name, only_the_sheet(answer(asked)))
        assert explained(space) == [SAID]
        assert (state(space).file, state(space).others) == ("Skåne.xlsx", ())
        assert state(space).questions == 0
        (told,) = findings(space, name)
        assert (told.code, told.message) == (
            "FIL-SVAR-LAST",
            "Filen innehåller bara bladet Återkoppling. Svar på bladet: 1. De har förts till Skåne.xlsx.",
        )

    def it_keeps_them_in_the_next_round(self, space, asked, edited):
        send(space, "svar.xlsx", only_the_sheet(answer(asked)))
        back = sent_back(space)
        assert list(back) == ["12-Skåne.xlsx"]
        for path in (space.inputs / "submissions").iterdir():
            path.unlink()
        send(space, "ny.xlsx", back["12-Skåne.xlsx"])
        assert explained(space, "ny.xlsx") == [SAID]

    def it_lets_them_stand_in_place_of_earlier_ones(self, space, asked):
        file = io.BytesIO()
        answer(asked, "Det första svaret.").save(file)
        send(space, "Skåne.xlsx", file.getvalue())
        assert explained(space) == ["Det första svaret."]
        again = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
        send(space, "a.xlsx", only_the_sheet(answer(again)))
        assert explained(space) == [SAID]

    def it_lets_them_stand_in_place_of_no_later_ones(self, space, asked, edited):
        file = io.BytesIO()
        answer(asked, "Det senare svaret.").save(file)
        send(space, "b.xlsx", file.getvalue())
        send(space, "z.xlsx", only_the_sheet(answer(asked)))
        assert explained(space, "b.xlsx") == ["Det senare svaret."]
        assert state(space).file == "b.xlsx"

    def it_is_named_and_stands_in_nobodys_way(self, space, asked, capsys):
        send(space, "svar.xlsx", only_the_sheet(answer(asked)))
        inputs, files = checked(space)
        data = merge_all(inputs.year, found_in(files))
        assert tell_closing(space, data) is False
        assert (
            "svar.xlsx: Filen innehåller bara bladet Återkoppling. Svar på"
            in capsys.readouterr().out
        )

    def it_is_an_error_without_the_return_that_they_answer(self, space, asked, capsys):
        (space.inputs / "submissions/Skåne.xlsx").unlink()
        send(space, "svar.xlsx", only_the_sheet(answer(asked)))
        assert [one.code for one in findings(space, "svar.xlsx")] == ["FIL-BARA-SVAR"]
        assert (state(space).verdict.value, state(space).file) == ("errors", "svar.xlsx")
        inputs, files = checked(space)
        assert tell_closing(space, merge_all(inputs.year, found_in(files))) is True
        assert "svar.xlsx: Bara bladet Återkoppling" in capsys.readouterr().out

    def it_is_told_that_a_yes_wants_the_whole_workbook(self, space, rows, small_workbook):
        rows["ekonomi"][0]["aktivitet_id"] = "A 1"
        send(space, "Skåne.xlsx", small_workbook(rows))
        book = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
        assert book["Återkoppling"]["H7"].value == "A1"
        book["Återkoppling"].cell(7, YES).value = "Ja"
        send(space, "svar.xlsx", only_the_sheet(book))
        (told,) = findings(space, "svar.xlsx")
        assert told.message.endswith(
            "Skåne.xlsx. Ett ja till en rättelse kan bara utföras i hela arbetsboken."
        )
        assert "REF-SAKNAS" in [one.code for one in findings(space)]
