"""The marked file's sheet, the text for an e-mail and `--json` say the same, word for word."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.errors.make_gallery import cases
from tests.errors.make_gallery import years as gallery_years
from tests.sampled import sampled
from toolkit.checks.file import judge
from toolkit.cli import sayings
from toolkit.cli.commands import main
from toolkit.files.zip import read_package, write_package
from toolkit.year import submissions
from toolkit.year.inputs import Checked, Inputs
from toolkit.year.workspace import Workspace

_LINE = re.compile(
    r"\n\n\d+\. (?P<place>.+): (?P<cause>.+)\n   (?P<what>.+)\n   Så gör ni: (?P<how>.+)"
)
_TOLD = re.compile(
    r"^ *(?P<kind>\d+\.|Fel|Fråga|Upplysning) (?P<place>.+?): (?P<cause>.+) \((?P<code>[A-ZÅÄÖ-]+)\)\n(?P<said>(?: {3,}.+\n?)+)", re.M
)  # fmt: skip
"""A finding on the terminal and in the letter; in the letter it has a number, and its kind stands in the heading."""
IN_WORDS = {"Fel": "ERROR", "Fråga": "QUERY", "Upplysning": "NOTE"}
KINDS = {"FEL": "ERROR", "FRÅGOR": "QUERY", "UPPLYSNINGAR": "NOTE"}


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


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
    monkeypatch.setattr(
        "sys.argv", ["lansrapport", "check", str(folder), "--json", "--root", str(tmp_path)]
    )
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


def plain(*texts: object) -> tuple[str, ...]:
    """Without line breaks and doubled spaces, which are a matter of layout."""
    return tuple(" ".join(str(text or "").split()) for text in texts)


def in_text(text: str, kind: str = "") -> list[tuple[str, ...]]:
    """Every finding of a text: code, severity, place, what, why, how, suggestion, explanation."""
    found = []
    for match in _TOLD.finditer(text):
        why, *others = [line.strip() for line in match["said"].splitlines()]
        named = dict(line.split(": ", 1) for line in others)
        assert named.keys() <= {"Så gör ni", "Förslag", "Er förklaring"}
        severity = kind or IN_WORDS[match["kind"]]
        found.append(plain(match["code"], severity, match["place"], match["cause"], why, named["Så gör ni"],
                           named.get("Förslag"), named.get("Er förklaring")))  # fmt: skip
    return found


def in_letter(letter: str) -> list[tuple[str, ...]]:
    parts = re.split(r"^(FEL|FRÅGOR|UPPLYSNINGAR) \(\d+\)$", letter, flags=re.M)[1:]
    return [
        line
        for heading, part in zip(parts[::2], parts[1::2], strict=True)
        for line in in_text(part, KINDS[heading])
    ]


def in_sheet(marked: bytes) -> list[tuple[str, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["Återkoppling"]
    assert [sheet.cell(6, column).value for column in (2, 10, 11)] == [
        "Slag",
        "Ja, rätta så här",
        "Kod",
    ]
    rows = [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=7)]
    return [plain(code, IN_WORDS[kind], f"{where} {cell or ''}", cause, why, how, suggestion, answer)
            for kind, cause, where, cell, why, how, suggestion, answer, _, code in rows]  # fmt: skip


def in_json(printed: str) -> list[tuple[str, ...]]:
    lines = [json.loads(line) for line in printed.splitlines()]
    return [plain(line["code"], line["severity"], f"{line['sheet'] or 'Hela filen'} {line['cell'] or ''}", line["title"],
                  line["message"], line["hint"], line["suggestion"], line["explanation"]) for line in lines]  # fmt: skip


def told_four_times(space, year, item, capsys):
    """The same findings on the terminal, in --json, in the sheet and in the letter."""
    (marked,) = submissions.write_returns(space, year, [item])
    capsys.readouterr()
    words = sayings.words_of(year.spec)
    sayings.tell_files([item], words, as_json=False)
    terminal = capsys.readouterr().out
    sayings.tell_files([item], words, as_json=True)
    letter = marked.with_suffix(".txt").read_text("utf-8-sig")
    return (
        in_text(terminal),
        in_json(capsys.readouterr().out),
        in_sheet(marked.read_bytes()),
        in_letter(letter),
    )


GALLERY = [case for case in cases() if case.inputs_are_returns]


@pytest.mark.whole
class DescribeTheFourTellings:
    def it_says_exactly_the_same_of_every_county_of_the_example(self, tmp_path, year, capsys):
        space, sent = Workspace(tmp_path, 2020), Inputs(Workspace(ROOT, 2020))
        paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
        checked = submissions.in_company(
            Inputs(space), year, submissions.check_files(sent, paths, lambda: None)
        )
        seen = set()
        for item in checked:
            terminal, as_json, sheet, letter = told_four_times(space, year, item, capsys)
            assert terminal == as_json == sheet == letter, item.found.file
            assert [line[0] for line in as_json] == [
                finding.code for finding in item.found.findings
            ]
            seen |= {severity for _, severity, *_ in as_json}
        assert (len(checked), seen) == (21, {"ERROR", "QUERY", "NOTE"})

    @pytest.mark.parametrize("case", sampled(GALLERY), ids=lambda case: case.code)
    def it_says_exactly_the_same_of_every_workbook_of_the_gallery(self, tmp_path, case, capsys):
        year = gallery_years()[case.recipe.get("year", 2020)]
        for name, data in case.inputs().items():
            (tmp_path / name).write_bytes(data)
            with case.failing():
                found = judge(data, name, gallery_years())
            item = Checked(tmp_path / name, data, found)
            terminal, as_json, sheet, letter = told_four_times(
                Workspace(tmp_path, 2020), year, item, capsys
            )
            assert terminal == as_json == sheet == letter
            assert case.code in {line[0] for line in as_json}


class DescribeTheFeedback:
    def it_is_the_same_in_the_sheet_the_letter_and_the_json(self, returned):
        printed, sheet, letter = returned
        in_json = [
            (
                f["severity"],
                " ".join(filter(None, (f["sheet"], f["cell"]))) or "Hela filen",
                f["message"],
                f["hint"],
            )
            for f in printed
        ]
        kinds = {"Fel": "ERROR", "Fråga": "QUERY", "Upplysning": "NOTE"}
        cells = [
            [sheet.cell(row, column).value or "" for column in range(2, 9)]
            for row in range(7, sheet.max_row + 1)
        ]
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
        assert lines[3].startswith("Vi har tagit emot filen. Omgång 1, fingeravtryck ")
        assert lines[4].startswith("Godkännandet den 15 februari 2021 gäller uppgifterna i filen.")
        assert lines[6:8] == [sheet["B3"].value, sheet["B4"].value]
        assert lines[8].startswith("Filen med markeringarna heter 12-Skåne.xlsx.")

    def it_can_be_opened_on_any_computer(self, returned):
        _, _, letter = returned
        assert letter.startswith(b"\xef\xbb\xbf")
        assert letter.count(b"\n") == letter.count(b"\r\n")

    def it_says_the_suggestion_and_the_countys_own_answer(self, year):
        from toolkit.findings.feedback import write_letter
        from toolkit.words.cells import CellRef

        finding = year.catalogue.finding(
            "TEXT-INTET", {"label": "Underlag", "value": "se ovan"}, refs=(CellRef("Lägesbild", 6, 15),),
            suggestion="Kartläggning 2020", explanation="Samma underlag\nsom för L1.",
        )  # fmt: skip
        letter = write_letter(
            [finding], year.texts("aterkoppling"), "", "fil.xlsx", "12-Skåne.xlsx"
        )
        assert letter.splitlines()[-2:] == [
            "   Förslag: Kartläggning 2020",
            "   Er förklaring: Samma underlag som för L1.",
        ]
        assert "Redovisningen är klar. Alla frågor är besvarade." in letter

    @pytest.mark.parametrize(
        "codes, verdict, instruction",
        [
            (["FIL-EJ-MALL"], "behöver rättas innan den kan sammanställas: 1 fel.",
             "Gör så som det står vid felet, och skicka sedan in redovisningen igen."),
            (["TEXT-INTET"], "är med i sammanställningen. Svara på 1 fråga i den gula kolumnen.",
             "Skriv svar på frågorna i den gula kolumnen. Skicka sedan in samma fil igen."),
            (["FIL-EJ-MALL", "TEXT-INTET", "TEXT-INTET"],
             "behöver rättas innan den kan sammanställas: 1 fel och 2 frågor.",
             "Rätta det som är fel direkt i bladen. Skriv svar på frågorna i den gula kolumnen. "
             "Skicka sedan in samma fil igen."),
        ],
    )  # fmt: skip
    def it_speaks_only_of_what_the_county_has_to_do(self, year, codes, verdict, instruction):
        from toolkit.findings.feedback import write_letter

        findings = [
            year.catalogue.finding(code, {"label": "Underlag", "value": "x", "choices": "y"})
            for code in codes
        ]
        letter = write_letter(findings, year.texts("aterkoppling"), "", "f.xlsx", "12-Skåne.xlsx")
        assert letter.splitlines()[3:5] == [f"Redovisningen {verdict}", instruction]

    def it_says_that_a_clean_file_is_done(self, tmp_path, year, rows, workbook, look):
        path = tmp_path / "fil.xlsx"
        checked = [Checked(path, data := workbook(rows), look(data))]
        submissions.write_returns(Workspace(tmp_path, 2020), year, checked)
        letter = (tmp_path / "outputs/2020/returns/12-Skåne.txt").read_text("utf-8-sig")
        assert letter.splitlines() == [
            "Återkoppling", "Länsstyrelsen i Skåne län", "Er fil: fil.xlsx",
            f"Vi har tagit emot filen. Omgång 1, fingeravtryck {hashlib.sha256(data).hexdigest()[:8]}.",
            "Godkännandet den 15 februari 2021 gäller uppgifterna i filen. Ändrar ni någon av dem ska redovisningen godkännas igen, "
            "och den nya dagen skrivas i filen.", "",
            "Redovisningen är klar. Inget behöver göras.",
        ]  # fmt: skip


class DescribeTheReturnedFiles:
    def returned(self, tmp_path, year, look, files):
        checked = []
        for name, data in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            checked.append(Checked(path, data, look(data, path.name)))
        submissions.write_returns(Workspace(tmp_path, 2020), year, checked)
        out = tmp_path / "outputs/2020/returns"
        return {
            path.name: path.with_suffix(".txt").read_text("utf-8-sig")
            for path in sorted(out.glob("*.xls?"))
        }

    def it_never_writes_one_file_over_another(self, tmp_path, year, rows, workbook, look):
        files = {
            "12-skåne.xlsx": b"inte en arbetsbok",
            "A.xlsx": workbook(rows),
            "B/fil.xlsx": b"",
            "C/fil.ods": b"",
        }
        letters = self.returned(tmp_path, year, look, files)
        assert list(letters) == ["12-Skåne.xlsx", "12-skåne (2).xlsx", "fil (2).xlsx", "fil.xlsx"]
        assert "Er fil: A.xlsx" in letters["12-Skåne.xlsx"]
        assert "Er fil: fil.ods" in letters["fil (2).xlsx"]

    def it_gives_each_county_its_own_where_their_files_are_called_the_same(
        self, tmp_path, year, rows, workbook, look
    ):
        files = {
            "skåne/Redovisning.xlsx": workbook(rows),
            "uppsala/Redovisning.xlsx": workbook(rows, "03"),
        }
        letters = self.returned(tmp_path, year, look, files)
        assert {name: letter.splitlines()[1] for name, letter in letters.items()} == {
            "03-Uppsala.xlsx": "Länsstyrelsen i Uppsala län",
            "12-Skåne.xlsx": "Länsstyrelsen i Skåne län",
        }

    @pytest.mark.libreoffice
    def it_takes_away_the_copy_of_what_was_sent_earlier_in_another_format(
        self, tmp_path, year, rows, small_workbook, look, convert
    ):
        first = small_workbook(rows)
        assert list(self.returned(tmp_path, year, look, {"fil.xlsx": first})) == ["12-Skåne.xlsx"]
        self.returned(tmp_path, year, look, {"fil.ods": convert(first, "fil.xlsx", "ods")})
        folder = tmp_path / "outputs/2020/returns"
        assert sorted(path.name for path in folder.iterdir()) == ["12-Skåne.ods", "12-Skåne.txt"]
        skane = year.spec.lists["lan"].by_code["12"]
        assert submissions.marked_copy(Workspace(tmp_path, 2020), skane) == "12-Skåne.ods"
        assert submissions.marked_copy(Workspace(tmp_path, 2021), skane) == "12-Skåne.xlsx"

    def it_keeps_the_ending_without_which_excel_opens_no_macros(
        self, tmp_path, year, rows, workbook, look
    ):
        package = read_package(workbook(rows))
        types = package["[Content_Types].xml"]
        package["[Content_Types].xml"] = types.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"ms-excel.sheet.macroEnabled.main",
        )
        assert package["[Content_Types].xml"] != types
        package["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(600)
        letters = self.returned(tmp_path, year, look, {"fil.xlsm": write_package(package.items())})
        assert list(letters) == ["12-Skåne.xlsm"]
        marked = read_package((tmp_path / "outputs/2020/returns/12-Skåne.xlsm").read_bytes())
        assert marked["xl/vbaProject.bin"] == package["xl/vbaProject.bin"]
