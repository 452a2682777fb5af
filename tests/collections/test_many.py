"""The same collection with a hundred and twenty respondents, in `make test-all` two hundred and ninety: templates, returns, merge, report."""

from __future__ import annotations

import shutil
import time
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product

import openpyxl
import pytest

from tests.collections.folder import foreign_words, lay_out, run, send
from tests.sampled import ALL

MANY = 290 if ALL else 120  # respondents
SILENT = 13  # of them send nothing
FIRST = (
    "Al",
    "Björk",
    "Ek",
    "Fur",
    "Gran",
    "Hassel",
    "Kvist",
    "Lind",
    "Norr",
    "Oxel",
    "Rönn",
    "Söder",
    "Väster",
    "Ås",
    "Öster",
)
LAST = (
    "bo", "by", "dal", "fors", "hem", "holm", "hult", "köping", "lunda", "mark", "näs", "ryd", "sala", "stad", "torp",
    "vik", "vall", "viken", "åker", "ås",
)  # fmt: skip
SECONDS = 1200  # of all commands together; it takes a fraction of that on two cores


def names():
    return [f"{first}{last} kommun" for first, last in product(FIRST, LAST)][:MANY]


def codes():
    return [f"{1001 + number}" for number in range(MANY)]


def with_many(folder):
    """The collection's folder, its list of respondents in place of the three."""
    root = lay_out(folder)
    path = root / "templates/2022/arbetsbok.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index('      - "0180'), text.index("  - id: stodslag")
    listed = [f'      - "{code} {name}"\n' for code, name in zip(codes(), names(), strict=True)]
    text = text[:start] + "".join(listed) + text[end:]
    text = text.replace("example: 1280 – Malmö kommun", f"example: {codes()[0]} – {names()[0]}")
    path.write_text(text, encoding="utf-8")
    return root


def rows_of(number):
    """What one of them has sent: every seventh has an obstacle, every fiftieth an error."""
    end = date(2022, 1, 1) if number % 50 == 0 else date(2022, 12, 1)
    kinds = ("SAM", "AVL", "GRP")[: 1 + number % 3]
    obstacle = {
        "nr": "H1",
        "stod": "S1",
        "vad": f"Lokalen i del {number} var för liten.",
        "lost": "NEJ",
    }
    return {
        "kommunen": [{"namnd": f"Nämnden i {names()[number]}", "beslutad": date(2023, 2, 1)}],
        "stod": [
            {
                "nr": f"S{place}", "slag": kind, "personer": Decimal(number + place),
                "borjade": date(2022, 1, 10), "slutade": end,
            }
            for place, kind in enumerate(kinds, 1)
        ],
        "hinder": [obstacle] if number % 7 == 0 else [],
    }  # fmt: skip


SENT = range(MANY - SILENT)
WRONG = [number for number in SENT if number % 50 == 0]
RIGHT = [number for number in SENT if number % 50]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = with_many(tmp_path_factory.mktemp("manga"))
    send(folder, {codes()[number]: rows_of(number) for number in SENT})
    return folder


@pytest.fixture(scope="module")
def done(root):
    """What `run` and `spec doc` have printed, and how long they took."""
    began = time.monotonic()
    told = {name: run(root, *name.split()) for name in ("run 2022", "spec doc 2022")}
    return told, time.monotonic() - began


@pytest.fixture(scope="module")
def outputs(root, done):
    return root / "outputs/2022"


@pytest.mark.slow
class DescribeManyRespondents:
    def it_goes_the_whole_way_in_reasonable_time(self, done, record_property):
        told, seconds = done
        record_property("seconds", round(seconds))
        print(f"{MANY} respondents took {seconds:.0f} seconds")
        assert {name: one.returncode for name, one in told.items()} == {
            "run 2022": 1,
            "spec doc 2022": 0,
        }
        assert [one.stderr for one in told.values()] == ["", ""]
        assert seconds < SECONDS

    def it_tells_how_many_and_names_the_first(self, done):
        told = done[0]["run 2022"].stdout.splitlines()
        silent = ", ".join(names()[number] for number in range(MANY - SILENT, MANY))
        wrong = ", ".join(names()[number] for number in WRONG)
        assert told[-2:] == [
            f"{SILENT} kommuner har inte skickat in: {silent}.",
            f"{len(WRONG)} kommuner har fel som behöver rättas: {wrong}. Deras markerade filer ligger i "
            "outputs/2022/returns.",
        ]

    def it_makes_a_template_for_each_and_gives_every_file_back(self, outputs):
        assert len(list((outputs / "templates").glob("*.xlsx"))) == MANY
        assert len(list((outputs / "returns").glob("*.xlsx"))) == len(SENT)

    def it_has_a_row_for_each_and_no_column(self, outputs):
        book = openpyxl.load_workbook(outputs / "internt/sammanstallning.xlsx")
        overview = book["Översikt"]
        assert [cell.value for cell in overview[4]] == [
            "Kommunkod", "Kommun", "Läge", "Fel", "Öppna frågor", "Stöd", "Hinder", "Fil",
        ]  # fmt: skip
        states = Counter(
            row[2] for row in overview.iter_rows(min_row=5, max_row=4 + MANY, values_only=True)
        )
        assert states == {"Klar": len(RIGHT), "Fel kvar": len(WRONG), "Inte inkommen": SILENT}
        assert overview.cell(5 + MANY, 6).value == f"=SUM(F5:F{4 + MANY})"
        merged = sum(1 + number % 3 for number in RIGHT)
        assert book["Stöd"].max_row == 4 + merged
        assert max(sheet.max_column for sheet in book) == 11  # of Fynd

    def it_lets_the_waivers_be_chosen_from_a_list_that_excel_can_hold(self, outputs):
        book = openpyxl.load_workbook(outputs / "internt/avsteg.xlsx")
        rules = {
            str(rule.sqref): rule.formula1
            for rule in book["Avsteg"].data_validations.dataValidation
        }
        assert rules["A5:A204"] == f"'Kommuner'!$A$5:$A${4 + MANY}"
        assert [cell.value for cell in book["Kommuner"]["A"]][4:] == names()
        # In a file, Excel refuses what is written out in the rule itself beyond 255 characters.
        assert all(len(formula or "") <= 255 for formula in rules.values())

    def it_knows_a_waiver_that_is_chosen_there(self, root, outputs, tmp_path):
        """Of one of them alone: the others would take half a minute to read again."""
        shutil.copytree(root / "templates", tmp_path / "templates")
        (tmp_path / "inputs/2022/submissions").mkdir(parents=True)
        [sent] = (root / "inputs/2022/submissions").glob(f"*{codes()[50]}*")
        shutil.copy(sent, tmp_path / "inputs/2022/submissions")
        book = openpyxl.load_workbook(outputs / "internt/avsteg.xlsx")
        for column, value in enumerate(
            (names()[50], "RAD-DATUMORDNING", None, None, "Chefen", "Känt fel", date(2023, 12, 31)),
            1,
        ):
            book["Avsteg"].cell(5, column, value)
        book.save(tmp_path / "inputs/2022/avsteg.xlsx")
        told = run(tmp_path, "status", "2022").stdout
        states = [line for line in told.splitlines() if line.startswith(codes()[50])]
        assert "Klar" in states[0]

    def it_says_shares_of_all_in_the_report(self, outputs):
        import docx

        text = [
            one.text for one in docx.Document(str(outputs / "publicering/rapport.docx")).paragraphs
        ]
        assert (
            f"{len(SENT)} av de {MANY} kommunerna har redovisat. Redovisning saknas från 13 kommuner."
            in text
        )
        known = len(RIGHT)
        respite = sum(1 for number in RIGHT if number % 3)
        assert any(f"({respite} av {known}) har gett avlösning" in one for one in text)

    def it_names_no_long_row_of_them_in_a_footnote(self, outputs):
        with zipfile.ZipFile(outputs / "publicering/rapport.docx") as package:
            notes = package.read("word/footnotes.xml").decode()
        assert f"Redovisning saknas från {SILENT} av de {MANY} kommunerna." in notes

    def it_says_nothing_of_the_shipped_years(self, outputs):
        for name in ("templates", "returns"):
            for path in sorted((outputs / name).iterdir())[20:]:
                path.unlink()  # as many as show it: all are made alike
        assert foreign_words(outputs) == []
