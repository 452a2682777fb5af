"""Acceptance: a collection that shares neither respondents nor tables nor money with the shipped
years, made in `templates/` alone, goes the whole way from template to report."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.collections.folder import FOREIGN, foreign_words, lay_out, run, said_by, send
from toolkit.checks.run import CHECKS, FURTHER, checks_of
from toolkit.spec.load import load_year


def support(number, kind, persons, start=date(2022, 1, 10), end=date(2022, 12, 1)):
    return {
        "nr": number, "slag": kind, "personer": persons, "borjade": start, "slutade": end,
    }  # fmt: skip


ROWS = {
    "0180": {
        "kommunen": [{"namnd": "Äldrenämnden", "beslutad": date(2023, 2, 1)}],
        "stod": [support("S1", "SAM", Decimal(40)), support("S2", "AVL", Decimal(0))],
        "hinder": [
            {
                "nr": "H1",
                "stod": "S1",
                "vad": "Det saknades lokaler i två stadsdelar.",
                "lost": "JA",
            }
        ],
    },
    "1280": {
        "kommunen": [{"namnd": "Socialnämnden", "beslutad": date(2023, 2, 2)}],
        "stod": [support("S1", "SAM", Decimal(12), date(2022, 5, 1), date(2022, 3, 1))],
        "hinder": [],
    },
    "1480": {
        "kommunen": [{"namnd": "Socialnämnden", "beslutad": date(2023, 2, 3)}],
        "stod": [support("S1", "GRP", "u.s.")],
        "hinder": [
            {"nr": "H1", "stod": "S1", "vad": "Ingen ledare kunde anställas.", "lost": "NEJ"}
        ],
    },
}
"""Stockholm has nothing to remark on; in Malmö an end comes before its beginning; Göteborg does not
know how many they were."""
BLOCKED = (
    "1 kommun har fel som behöver rättas: Malmö kommun. "
    "Deras markerade filer ligger i outputs/2022/returns."
)
COMMANDS = (
    ("spec", "check", "2022"), ("templates", "2022"), ("spec", "doc", "2022"),
    ("check", "inputs/2022/submissions"), ("status", "2022"), ("merge", "2022"),
    ("finance", "2022"), ("report", "2022"), ("report", "2022", "--chapter", "county"),
    ("report", "2022", "--check-template"), ("run", "2022"),
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = lay_out(tmp_path_factory.mktemp("kommuner"))
    send(folder, ROWS)
    return folder


@pytest.fixture(scope="module")
def done(root):
    """What each command has printed and ended with, by the command."""
    return {" ".join(command): run(root, *command) for command in COMMANDS}


@pytest.fixture(scope="module")
def outputs(root, done):
    return root / "outputs/2022"


def printed(done, command):
    assert done[command].stderr == ""
    return done[command].stdout


def cells(sheet, first_row):
    return [list(row) for row in sheet.iter_rows(min_row=first_row, values_only=True)]


def paragraphs(path):
    """The running text of a Word file, a paragraph a line, without its contents and tables."""
    import docx

    return [one.text for one in docx.Document(str(path)).paragraphs if one.text]


class DescribeACollectionOfItsOwn:
    def it_ends_every_command_as_the_errors_in_one_return_ask(self, done):
        codes = {command: one.returncode for command, one in done.items()}
        assert codes == {
            "spec check 2022": 0, "templates 2022": 0, "spec doc 2022": 0,
            "check inputs/2022/submissions": 1, "status 2022": 1, "merge 2022": 1,
            "finance 2022": 1, "report 2022": 1, "report 2022 --chapter county": 1,
            "report 2022 --check-template": 0, "run 2022": 1,
        }  # fmt: skip

    def it_has_a_message_for_all_that_its_checks_can_say(self, root):
        year = load_year(root / "templates", 2022)
        codes = {
            code for check in checks_of(year.spec, (*CHECKS, *FURTHER)) for code in check.codes
        }
        assert codes <= set(year.catalogue.entries)

    def it_has_nothing_in_its_templates_that_should_be_mended(self, done):
        left_out, verdict = printed(done, "spec check 2022").splitlines()
        assert left_out.endswith(
            " regler, figurer, tabeller och liknande utgår för att det som de bygger på inte frågas efter 2022; "
            "visa dem med --alla."
        )
        assert verdict == "Inget behöver rättas i templates/2022."

    def it_tells_each_rule_and_table_that_it_leaves_out_when_asked(self, root):
        told = run(root, "spec", "check", "2022", "--alla").stdout.splitlines()
        assert told[-1] == "Inget behöver rättas i templates/2022."
        assert (
            "  Bladet ekonomi.rader i ekonomi.xlsx utgår: ekonomi, ekonomi.utfall efterfrågas inte."
            in told
        )
        assert (
            "  Avsnittet aktiviteter i kommunernas egna rapporter utgår: aktiviteter.rubrik efterfrågas inte."
            in told
        )

    def it_makes_a_workbook_for_each_respondent(self, outputs, done):
        assert printed(done, "templates 2022") == "Mallar i outputs/2022/templates: 3\n"
        assert sorted(path.name for path in (outputs / "templates").iterdir()) == [
            "0180-Stockholms kommun.xlsx", "1280-Malmö kommun.xlsx", "1480-Göteborgs kommun.xlsx",
        ]  # fmt: skip
        book = openpyxl.load_workbook(outputs / "templates/1280-Malmö kommun.xlsx")
        assert book.sheetnames == [
            "Läs mig", "Kommunen", "Stöd", "Hinder", "Kontroll", "Kodlistor", "_lansrapport",
        ]  # fmt: skip
        assert [cell.value for cell in book["Kommunen"]["C"][4:6]] == ["1280 – Malmö kommun", 2022]
        headings = [cell.value for cell in book["Stöd"][5]][1:]
        assert headings == ["Nr *", "Slag av stöd *", "Antal anhöriga *", "Började", "Slutade"]

    def it_does_not_sum_what_is_not_asked_for(self, outputs):
        sheet = openpyxl.load_workbook(outputs / "templates/1280-Malmö kommun.xlsx")["Kontroll"]
        assert [cell.value for cell in sheet["B"]][3:11] == [
            "Tabell", "Om kommunen", "Stöd", "Hinder", None, "Kolumn för kolumn", "Tabell", "Om kommunen",
        ]  # fmt: skip

    def it_tells_the_error_of_the_one_that_has_any(self, done):
        assert printed(done, "check inputs/2022/submissions") == (
            "svar 0180.xlsx (0180)\n  Inget att anmärka.\n"
            "svar 1280.xlsx (1280)\n"
            "  Fel Stöd E6, F6: Datumen kommer i fel ordning (RAD-DATUMORDNING)\n"
            "      Slutade (2022-03-01) ligger före Började (2022-05-01).\n"
            "      Så gör ni: Rätta det datum som är fel.\n"
            "svar 1480.xlsx (1480)\n  Inget att anmärka.\n"
            "Markerade filer i outputs/2022/returns: 3\n"
        )

    def it_marks_the_cells_and_tells_the_same_on_a_sheet_and_in_a_letter(self, outputs):
        marked = openpyxl.load_workbook(outputs / "returns/1280-Malmö kommun.xlsx")
        row = [cell.value for cell in marked["Återkoppling"][7]][1:]
        assert (row[0], row[1], row[-1]) == (
            "Fel",
            "Datumen kommer i fel ordning",
            "RAD-DATUMORDNING",
        )
        for cell in ("E6", "F6"):
            assert "Datumen kommer i fel ordning" in marked["Stöd"][cell].comment.text
        letter = (outputs / "returns/1280-Malmö kommun.txt").read_text("utf-8-sig")
        assert "Slutade (2022-03-01) ligger före Började (2022-05-01)." in letter
        clean = openpyxl.load_workbook(outputs / "returns/0180-Stockholms kommun.xlsx")
        assert clean["Återkoppling"]["B3"].value == "Redovisningen är klar. Inget behöver göras."

    def it_shows_how_each_stands(self, done):
        lines = [line.rstrip() for line in printed(done, "status 2022").splitlines()]
        # The day on which they came in is the day on which it is asked for the first time.
        assert [re.sub(r"\d{4}-\d\d-\d\d", "åååå-mm-dd", line) for line in lines] == [
            "Kommun                  Läge      Att göra         Fel  Öppna frågor  Omgång  Inkom       Senaste brev  Fil som gäller",
            "1280 Malmö kommun       Fel kvar  Skicka tillbaka  1    0             1       åååå-mm-dd                svar 1280.xlsx",
            "0180 Stockholms kommun  Klar      –                0    0             1       åååå-mm-dd                svar 0180.xlsx",
            "1480 Göteborgs kommun   Klar      –                0    0             1       åååå-mm-dd                svar 1480.xlsx",
            "Ingen sista dag är bestämd. Den skrivs under insamling i arbetsbok.yaml.",
            "outputs/2022/internt/status.xlsx",
        ]

    def it_merges_what_has_no_error(self, outputs, done):
        assert printed(done, "merge 2022") == (
            "outputs/2022/internt/sammanstallning.xlsx\n1 kommun har fel som behöver rättas: Malmö kommun. "
            "Deras markerade filer ligger i outputs/2022/returns.\n"
        )
        book = openpyxl.load_workbook(outputs / "internt/sammanstallning.xlsx")
        assert book.sheetnames == ["Översikt", "Om kommunen", "Stöd", "Hinder", "Fynd"]
        assert cells(book["Översikt"], 4)[:4] == [
            ["Kommunkod", "Kommun", "Läge", "Fel", "Öppna frågor", "Stöd", "Hinder", "Fil"],
            ["0180", "Stockholms kommun", "Klar", 0, 0, "=COUNTIF('Stöd'!$A:$A,$A5)", "=COUNTIF('Hinder'!$A:$A,$A5)", "svar 0180.xlsx"],
            ["1280", "Malmö kommun", "Fel kvar", 1, 0, "Blockerad av fel", "=COUNTIF('Hinder'!$A:$A,$A6)", "svar 1280.xlsx"],
            ["1480", "Göteborgs kommun", "Klar", 0, 0, "=COUNTIF('Stöd'!$A:$A,$A7)", "=COUNTIF('Hinder'!$A:$A,$A7)", "svar 1480.xlsx"],
        ]  # fmt: skip

    def it_writes_every_table_as_csv(self, outputs):
        tables = {}
        for path in sorted((outputs / "internt/data").iterdir()):
            text = path.read_bytes().decode("utf-8-sig")
            tables[path.name] = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert list(tables) == ["hinder.csv", "kommunen.csv", "stod.csv"]
        assert tables["stod.csv"] == [
            [
                "lan",
                "lansnamn",
                "fil",
                "blad",
                "rad",
                "nr",
                "slag",
                "personer",
                "borjade",
                "slutade",
            ],
            [
                "0180",
                "Stockholms kommun",
                "svar 0180.xlsx",
                "Stöd",
                "6",
                "S1",
                "SAM",
                "40",
                "2022-01-10",
                "2022-12-01",
            ],
            [
                "0180",
                "Stockholms kommun",
                "svar 0180.xlsx",
                "Stöd",
                "7",
                "S2",
                "AVL",
                "0",
                "2022-01-10",
                "2022-12-01",
            ],
            [
                "1480",
                "Göteborgs kommun",
                "svar 1480.xlsx",
                "Stöd",
                "6",
                "S1",
                "GRP",
                "u.s.",
                "2022-01-10",
                "2022-12-01",
            ],
        ]
        assert [row[-1] for row in tables["hinder.csv"]] == ["lost", "JA", "NEJ"]
        assert [row[7] for row in tables["kommunen.csv"]] == [
            "namnd",
            "Äldrenämnden",
            "Socialnämnden",
            "Socialnämnden",
        ]

    def it_writes_a_guide_and_a_data_dictionary(self, outputs, done):
        assert printed(done, "spec doc 2022") == (
            "outputs/2022/publicering/ifyllnadsanvisning.docx\noutputs/2022/publicering/dataordbok.xlsx\n"
        )
        guide = paragraphs(outputs / "publicering/ifyllnadsanvisning.docx")
        assert "Kommunernas redovisning av stödet till anhöriga 2022" in guide
        assert "Det stöd som kommunen har gett." in guide
        book = openpyxl.load_workbook(outputs / "publicering/dataordbok.xlsx")
        fields = [row[2:6] for row in cells(book["Fält"], 5) if row[0] == "Stöd"]
        assert fields == [
            ["stod.nr", "Nr", "id", "Ja"],
            ["stod.slag", "Slag av stöd", "code", "Ja"],
            ["stod.personer", "Antal anhöriga", "integer", "Ja"],
            ["stod.borjade", "Började", "date", "Nej"],
            ["stod.slutade", "Slutade", "date", "Nej"],
        ]
        assert [row[:3] for row in cells(book["Koder"], 5)][:2] == [
            ["Kommuner", "0180", "Stockholms kommun"],
            ["Kommuner", "1280", "Malmö kommun"],
        ]

    def it_writes_a_report_of_three_chapters_that_says_what_the_returns_say(self, outputs, done):
        written, counted, lacking, asked, blocked = printed(done, "report 2022").splitlines()
        assert blocked == BLOCKED
        assert written == "outputs/2022/publicering/rapport.docx"
        assert counted.startswith("outputs/2022/internt/underlag.xlsx: rapportens tal som formler")
        assert lacking.startswith("Ännu inte ifyllt i inputs/2022/utgivning.yaml: tryckort.ort,")
        assert asked.startswith("Att se på innan rapporten trycks: ")
        text = paragraphs(outputs / "publicering/rapport.docx")
        body = text[text.index("Inledning", text.index("Innehåll") + 2) :]
        assert body == [
            "Inledning",
            "Kommunerna ska erbjuda stöd till den som vårdar en närstående. Den här rapporten redovisar vilket stöd "
            "som kommunerna gav under 2022, hur många anhöriga som fick det och vad som stod i vägen.",
            "Samtliga tre kommuner har redovisat.",
            "Uppgifter från Malmö kommun innehåller fel som inte har rättats. De tabeller som berörs har lämnats "
            "utanför sammanställningen.",
            "Stödet ser olika ut i kommunerna",
            "Stockholms kommun har erbjudit samtal till anhöriga. Stockholms kommun har gett avlösning, så att den "
            "anhörige har kunnat vara borta en stund, och Göteborgs kommun har haft grupper.",
            "Sammanlagt redovisas tre insatser under 2022.",
            "Antal anhöriga",
            "Samma person kan ha fått flera slags stöd. Kommunernas antal kan därför inte läggas ihop, och de anges "
            "inte här.",
            "Hinder står kvar",
            "Merparten av kommunerna (2 av 3) beskriver minst ett hinder för stödet. Göteborgs "
            "kommun har något hinder som inte är löst vid årets slut.",
            "Så beskriver kommunerna hindren:",
            "Stockholms kommun: Det saknades lokaler i två stadsdelar.",
            "Göteborgs kommun: Ingen ledare kunde anställas.",
        ]
        with zipfile.ZipFile(outputs / "publicering/rapport.docx") as package:
            notes = package.read("word/footnotes.xml").decode()
        assert (
            "Uppgifterna om stöd från Malmö kommun innehåller fel som inte har rättats, och ingår därför inte."
            in notes
        )

    def it_writes_a_report_on_each_with_the_rows_of_its_own_tables(self, outputs):
        import docx

        told = {}
        for path in sorted(outputs.glob("publicering/*-rapport.docx")):
            (table,) = docx.Document(str(path)).tables
            told[path.name] = [[cell.text for cell in row.cells] for row in table.rows][1:]
        assert told == {
            "0180-Stockholms kommun-rapport.docx": [
                ["Redovisningen", "Klar", "."],
                ["Stöd", "2", "3\N{NO-BREAK SPACE}(2)"],
                ["Hinder", "1", "2\N{NO-BREAK SPACE}(3)"],
            ],
            "1280-Malmö kommun-rapport.docx": [
                ["Redovisningen", "Fel kvar", "."],
                ["Stöd", "..", "3\N{NO-BREAK SPACE}(2)"],
                ["Hinder", "0", "2\N{NO-BREAK SPACE}(3)"],
            ],
            "1480-Göteborgs kommun-rapport.docx": [
                ["Redovisningen", "Klar", "."],
                ["Stöd", "1", "3\N{NO-BREAK SPACE}(2)"],
                ["Hinder", "1", "2\N{NO-BREAK SPACE}(3)"],
            ],
        }

    def it_neither_writes_nor_names_a_workbook_about_money(self, outputs, done):
        assert printed(done, "finance 2022") == (
            "Arbetsboken för 2022 frågar inte efter pengar. Därför finns det ingen ekonomi.xlsx och inga brev.\n"
            f"{BLOCKED}\n"
        )
        assert not (outputs / "internt/ekonomi.xlsx").exists()
        assert not list(outputs.glob("returns/*-ekonomi.docx"))
        assert printed(done, "run 2022") == (
            "Klart. Detta har gjorts:\n"
            "  Mallar i outputs/2022/templates: 3\n"
            "  Markerade filer i outputs/2022/returns: 3\n"
            "  Läget: outputs/2022/internt/status.xlsx\n"
            "  outputs/2022/internt/data\n"
            "  outputs/2022/internt/underlag.xlsx: rapportens tal som formler ur kommunernas rader (internt). "
            "Varifrån ett tal kommer säger ”lansrapport explain 2022 TAL”.\n"
            "  outputs/2022/publicering/data: rapportens tabeller som data. De lämnas ut när rapporten är skriven med --final.\n"
            "Öppna först:\n"
            "  outputs/2022/publicering/rapport.docx – rapporten\n"
            "  outputs/2022/internt/sammanstallning.xlsx – alla kommuners rader, och fynden\n"
            "Att se på innan rapporten trycks: 7. Kör ”lansrapport report 2022 --granska” för att läsa vad.\n"
            "1 kommun har fel som behöver rättas: Malmö kommun. "
            "Deras markerade filer ligger i outputs/2022/returns.\n"
        )

    def it_says_nothing_anywhere_of_the_shipped_years(self, outputs, done):
        folders = ("", "internt", "publicering")
        assert [{path.name for path in (outputs / name).iterdir()} for name in folders] == [
            {"internt", "publicering", "returns", "templates"},
            {"avsteg.xlsx", "data", "filer.xlsx", "redaktion.xlsx", "sammanstallning.xlsx", "status.xlsx",
             "texter.docx", "underlag.xlsx"},
            {"0180-Stockholms kommun-rapport.docx", "1280-Malmö kommun-rapport.docx",
             "1480-Göteborgs kommun-rapport.docx", "data", "dataordbok.xlsx", "ifyllnadsanvisning.docx",
             "rapport.docx"},
        ]  # fmt: skip
        assert foreign_words(outputs) == []
        # `spec check` tells whoever writes the templates which of the program's roles are unused.
        told = {name: one.stdout for name, one in done.items() if name != "spec check 2022"}
        assert [
            (name, FOREIGN.findall(text)) for name, text in told.items() if FOREIGN.search(text)
        ] == []

    @pytest.mark.parametrize(
        "command", ["--help", "templates", "check", "report", "status", "init"]
    )
    def it_says_nothing_of_them_in_the_help_either(self, root, command):
        told = run(root, *dict.fromkeys((command, "--help"))).stdout
        assert "--help" in told
        assert not FOREIGN.search(told.replace("till exempel 2020", ""))


class DescribeHowForeignWordsAreFound:
    def it_finds_them_in_hidden_sheets_comments_names_and_properties(self, tmp_path):
        book = openpyxl.Workbook()
        book.active["A1"].comment = openpyxl.comments.Comment("Frågan gäller länet.", "x")
        book.create_sheet("Länsstyrelsen").sheet_state = "hidden"
        book.properties.title = "Särredovisning"
        book.save(tmp_path / "bok.xlsx")
        (tmp_path / "brev.txt").write_text("Alla läns rader i kronor.", encoding="utf-8")
        words = [found.rsplit(": ", 1)[1] for found in foreign_words(tmp_path)]
        assert set(words) == {"Länsstyrels", "Särredovis", "kronor", "läns", "länet"}

    def it_reads_a_paragraph_across_its_runs(self, tmp_path):
        import docx

        document = docx.Document()
        document.add_paragraph("läns").add_run("styrelsen")
        document.save(str(tmp_path / "a.docx"))
        assert any("länsstyrelsen" in text for _, text in said_by(tmp_path / "a.docx"))
        assert foreign_words(tmp_path)[0].endswith("document.xml: länsstyrels")

    def it_leaves_the_names_of_the_program_and_other_words_alone(self):
        assert not FOREIGN.search("Länsrapport, länkar, Lantmäteriet, kräver, 20200")
