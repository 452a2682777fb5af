"""What a letter about money says of a county's file, what `status` and `remind` know of it, and what commands say: one
source. And a letter stays as long as it holds."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from contextlib import redirect_stdout
from copy import deepcopy

import openpyxl
import pytest

from tests.conftest import CLEAN, ROOT
from toolkit.cli.collecting import remind, status
from toolkit.cli.commands import check, finance, merge
from toolkit.cli.reporting import report
from toolkit.year.workspace import Workspace

NOT_COME = "Vi har inte fått er redovisning"


@pytest.fixture
def space(tmp_path):
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


def send(space, name, data):
    (space.inputs / "submissions" / name).write_bytes(data)


def letters(space):
    """The texts of the letters about money, by county."""
    found = {}
    for path in space.returns.glob("*-ekonomi.docx"):
        with zipfile.ZipFile(path) as package:
            body = package.read("word/document.xml").decode()
        found[path.name[:2]] = re.sub("<[^>]*>", "", body.replace("</w:p>", "\n"))
    return found


def zipped(data):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("svar.xlsx", data)
    return target.getvalue()


def of_year(data, year):
    """The workbook as it says that it is for another year, which has no template."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in (2020, "2020"):
                    cell.value = type(cell.value)(year)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# By county: what it is called, and what it is.
UNREADABLE = {
    "12": ("Redovisning Skåne 2020.pdf", lambda whole: b"%PDF-1.4\n%"),
    "07": ("Redovisning Kronoberg 2020.xlsx", lambda whole: b""),
    "20": ("dalarna slutlig (2).xlsx", lambda whole: whole[: len(whole) // 2]),
    "18": ("Örebro.zip", zipped),
    "25": ("Norrbotten.eml", lambda whole: b"From: a@b.se\n\nhej"),
    "14": ("14 redovisning.xlsx", lambda whole: b"PK\x03\x04"),
}
COMMANDS = {
    "remind": lambda space: remind(2020, root=space.root, day="2021-03-01"),
    "status": lambda space: status(2020, root=space.root),
    "check": lambda space: check([space.inputs / "submissions"], root=space.root),
}


class DescribeACountyWhoseFileCannotBeRead:
    @pytest.fixture(scope="class")
    def told(self, tmp_path_factory, small_workbook):
        """What `finance` says and writes, and what `status` knows, of the same files."""
        root = tmp_path_factory.mktemp("olasta")
        (root / "templates").symlink_to(ROOT / "templates")
        (root / "inputs/2020/submissions").mkdir(parents=True)
        space, rows = Workspace(root, 2020), deepcopy(CLEAN)
        for code, (name, made) in UNREADABLE.items():
            send(space, name, made(small_workbook(rows, code)))
        send(space, "Kalmar.xlsx", small_workbook(rows, "08"))
        send(space, "Blekinge.xlsx", of_year(small_workbook(rows, "10"), 2031))
        said, known = io.StringIO(), io.StringIO()
        with redirect_stdout(said):
            code = finance(2020, root=root)
        with redirect_stdout(known):
            status(2020, as_json=True, root=root)
        todo = {
            one["county"]: one["todo"] for one in map(json.loads, known.getvalue().splitlines())
        }
        return code, said.getvalue(), letters(space), todo

    @pytest.mark.parametrize("county", UNREADABLE)
    def it_is_not_told_that_nothing_has_come(self, told, county):
        code, said, found, todo = told
        assert todo[county] == "avsandare"
        assert county not in found
        assert code == 1
        assert UNREADABLE[county][0] in said

    def it_is_told_of_exactly_those_of_whom_nothing_lies_there(self, told):
        _, said, found, todo = told
        silent = {code for code, text in found.items() if NOT_COME in text}
        assert silent == {code for code, one in todo.items() if code and one == "paminn"}
        missing = next(line for line in said.splitlines() if "har inte skickat in" in line)
        assert missing.startswith(f"{len(silent)} län ")
        assert "Skåne" not in missing and "Jönköping" in missing

    def it_is_told_what_is_wrong_where_the_file_says_whose_it_is(self, told):
        _, _, found, todo = told
        assert todo["10"] == "ratta"
        assert NOT_COME not in found["10"] and "inte kommit in" not in found["10"]
        assert "går inte att läsa" not in found["10"]
        assert "gälla år 2031" in found["10"]
        assert "Filen Blekinge.xlsx har kommit in men går inte att använda." in found["10"]


class DescribeWhetherALetterStays:
    def it_stays_while_it_holds(self, space, rows, small_workbook):
        send(space, "Kalmar.xlsx", small_workbook(rows, "08"))
        finance(2020, root=space.root)
        before = letters(space)
        assert len(before) == 20
        for command in COMMANDS.values():
            command(space)
            assert letters(space) == before

    def it_goes_when_what_it_says_of_the_files_is_so_no_more(
        self, space, rows, small_workbook, tmp_path_factory
    ):
        send(space, "Kalmar.xlsx", small_workbook(rows, "08"))
        rows["ekonomi"][0]["utfall"] = "mycket"
        send(space, "Gotland.xlsx", small_workbook(rows, "09"))
        finance(2020, root=space.root)
        before = letters(space)
        assert NOT_COME in before["07"] and NOT_COME in before["12"]
        assert "Vi har gått igenom filen Gotland.xlsx." in before["09"]
        send(space, "Skåne.xlsx", small_workbook(rows))
        send(space, "Kronoberg.pdf", b"%PDF-1.4")
        (space.inputs / "submissions/Gotland.xlsx").unlink()
        for name, command in COMMANDS.items():
            root = tmp_path_factory.mktemp(name) / "mapp"
            shutil.copytree(space.root, root, symlinks=True)
            own = Workspace(root, 2020)
            command(own)
            assert letters(own).keys() == before.keys() - {"07", "09", "12"}, name


class DescribeWhatCommandsSay:
    def it_ends_with_1_and_names_what_is_in_the_way(
        self, space, rows, small_workbook, edited, capsys
    ):
        def change(book):
            book["Ekonomi"]["K6"] = "mycket"

        send(space, "Kalmar.xlsx", edited(small_workbook(rows, "08"), change))
        commands = (
            lambda: finance(2020, root=space.root),
            lambda: report("2020", root=space.root),
            lambda: report("2020", "county", ["08"], root=space.root),
            lambda: merge(2020, root=space.root),
        )
        for command in commands:
            capsys.readouterr()
            assert command() == 1
            told = capsys.readouterr().out
            assert any("har fel" in line and "Kalmar" in line for line in told.splitlines())
        send(space, "Kalmar.xlsx", small_workbook(rows, "08"))
        assert finance(2020, root=space.root) == 0
        for name in ("Scan001.pdf", "../finance-decisions (1).xlsx"):
            send(space, name, b"%PDF-1.4")
            for command in commands:
                capsys.readouterr()
                assert command() == 1
                assert name.removeprefix("../") in capsys.readouterr().out
            (space.inputs / "submissions" / name).unlink()
