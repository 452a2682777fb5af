"""The marked file's sheet, the text for an e-mail and `--json` say the same, word for word."""

from __future__ import annotations

import io
import json
import re
import shutil

import openpyxl
import pytest
from conftest import ROOT

from toolkit import intake
from toolkit.cli import main
from toolkit.workspace import Workspace

_LINE = re.compile(r"\n\n\d+\. (?P<place>.+): (?P<cause>.+)\n   (?P<what>.+)\n   Så gör ni: (?P<how>.+)")
KINDS = {"FEL": "ERROR", "FRÅGOR": "QUERY", "UPPLYSNINGAR": "NOTE"}


@pytest.fixture
def returned(tmp_path, rows, workbook, edited, capsys, monkeypatch):
    """What `lansrapport check --json` prints and writes of a file with errors, questions and notes."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    rows["mal"][0]["lagesbild_id"] = "L9"
    rows["lagesbild"][0]["underlag"] = "se ovan"
    rows["ekonomi"][0]["budget"] = 40000

    def change(book):
        book["Ekonomi"]["M6"] = "Okänd grund"
        book["Indikatorer"]["J6"] = "84 st"

    folder = tmp_path / "inputs/2020/submissions"
    folder.mkdir(parents=True)
    (folder / "från länet.xlsx").write_bytes(edited(workbook(rows), change))
    monkeypatch.setattr("sys.argv", ["lansrapport", "check", str(folder), "--json", "--root", str(tmp_path)])
    with pytest.raises(SystemExit):
        main()
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    out = tmp_path / "outputs/2020/returns"
    sheet = openpyxl.load_workbook(io.BytesIO((out / "12-Skåne.xlsx").read_bytes()))["Återkoppling"]
    return printed, sheet, (out / "12-Skåne.txt").read_bytes()


def said_in_letter(letter: str) -> list[tuple[str, str, str, str]]:
    """Kind, place, what and how of every finding in the letter."""
    found = []
    for heading, kind in KINDS.items():
        part = re.search(rf"\n\n{heading} \((\d+)\)((?:\n\n\d+\. .*(?:\n   .*)*)+)", letter)
        lines = [m.group("place", "what", "how") for m in _LINE.finditer(part[2])] if part else []
        assert len(lines) == int(part[1] if part else 0)
        found += [(kind, *line) for line in lines]
    return found


class DescribeTheFeedback:
    def it_is_the_same_in_the_sheet_the_letter_and_the_json(self, returned):
        printed, sheet, letter = returned
        in_json = [
            (f["severity"], " ".join(filter(None, (f["sheet"], f["cell"]))) or "Hela filen", f["message"], f["hint"])
            for f in printed
        ]
        kinds = {"Fel": "ERROR", "Fråga": "QUERY", "Upplysning": "NOTE"}
        cells = [[sheet.cell(row, column).value or "" for column in range(2, 9)] for row in range(7, sheet.max_row + 1)]
        in_sheet = [
            (kinds[kind], " ".join(filter(None, (where, cell))), what, how)
            for kind, _, where, cell, what, how, _ in cells
        ]
        in_letter = said_in_letter(letter.decode("utf-8-sig").replace("\r\n", "\n"))
        assert len(in_json) >= 5
        assert {severity for severity, *_ in in_json} == {"ERROR", "QUERY", "NOTE"}
        assert in_sheet == in_json
        assert in_letter == in_json

    def it_begins_with_the_verdict_of_the_sheet(self, returned):
        _, sheet, letter = returned
        lines = letter.decode("utf-8-sig").split("\r\n")
        assert lines[:3] == ["Återkoppling", "Länsstyrelsen i Skåne län", "Er fil: från länet.xlsx"]
        assert lines[4:6] == [sheet["B3"].value, sheet["B4"].value]
        assert lines[6].startswith("Filen med markeringarna heter 12-Skåne.xlsx.")

    def it_can_be_opened_on_any_computer(self, returned):
        _, _, letter = returned
        assert letter.startswith(b"\xef\xbb\xbf")
        assert letter.count(b"\n") == letter.count(b"\r\n")

    def it_says_the_suggestion_and_the_countys_own_answer(self, year):
        from toolkit.cells import CellRef
        from toolkit.feedback import write_letter

        finding = year.catalogue.finding(
            "TEXT-INTET", {"label": "Underlag", "value": "se ovan"}, refs=(CellRef("Lägesbild", 6, 15),),
            suggestion="Kartläggning 2020", explanation="Samma underlag\nsom för L1.",
        )  # fmt: skip
        letter = write_letter([finding], year.texts("aterkoppling"), "", "fil.xlsx", "12-Skåne.xlsx")
        assert letter.splitlines()[-2:] == [
            "   Förslag: Kartläggning 2020",
            "   Er förklaring: Samma underlag som för L1.",
        ]
        assert "Redovisningen är klar. Alla frågor är besvarade." in letter

    def it_says_that_a_clean_file_is_done(self, tmp_path, year, rows, workbook, look):
        path = tmp_path / "fil.xlsx"
        path.write_bytes(workbook(rows))
        checked = [intake.Checked(path, look(path.read_bytes()))]
        intake.write_returns(Workspace(tmp_path, 2020), year, checked)
        letter = (tmp_path / "outputs/2020/returns/12-Skåne.txt").read_text("utf-8-sig")
        assert letter.splitlines() == [
            "Återkoppling", "Länsstyrelsen i Skåne län", "Er fil: fil.xlsx", "",
            "Redovisningen är klar. Inget behöver göras.",
        ]  # fmt: skip
