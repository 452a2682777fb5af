"""`lansrapport explain` and `lansrapport verify`: lists, objects, a copy with comments, and what they say when they cannot."""

from __future__ import annotations

import io
import json
import shutil

import docx
import pytest

from tests.cli.test_cli import lansrapport, send
from tests.conftest import CLEAN, ROOT
from tests.word.edits import Edited
from toolkit.cli.sayings import TEXTS

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def reported(tmp_path_factory, workbook):
    """A working folder with one county's return and a report of it; what `report` said."""
    root = tmp_path_factory.mktemp("leder")
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "inputs/2020/submissions").mkdir(parents=True)
    shutil.copy(ROOT / "inputs/2020/anslagsserie.csv", root / "inputs/2020")
    send(root, workbook(CLEAN))
    return root, lansrapport("report", "2020", cwd=root)


@pytest.fixture
def root(reported):
    return reported[0]


class DescribeReport:
    def it_names_the_workbook_that_its_numbers_are_counted_in(self, reported):
        assert (
            "outputs/2020/internt/underlag.xlsx: rapportens tal som formler" in reported[1].stdout
        )


class DescribeExplain:
    def it_tells_the_cells_and_that_it_is_internal(self, root):
        done = lansrapport("explain", "2020", "Tabell 4, Skåne", cwd=root)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines[0].startswith("INTERNT: här står alla antal")
        (line,) = [one for one in lines if "K6" in one and "100,0" not in one][:1]
        assert line == "  Skåne, Fil från länet.xlsx, Ekonomi, Utfall (kr): K6 = 84 500,50".replace("84 500", "84\u00a0500")  # fmt: skip

    def it_gives_one_object_a_number(self, root):
        done = lansrapport("explain", "2020", "redovisat sitt arbete för", "--json", cwd=root)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert "INTERNT" in done.stderr
        assert {one["tryckt"] for one in found} >= {"21", "2020"}
        assert all(set(one) == {"tagg", "plats", "tryckt", "kapitel", "frågor", "celler"} for one in found)  # fmt: skip

    def it_says_what_can_be_asked_for(self):
        told = TEXTS("fel.forklara", wanted="Tabell 99")
        assert told.startswith("Rapporten har inget som heter ”Tabell 99”. Skriv till exempel")


class DescribeVerify:
    def it_has_nothing_to_say_of_what_was_written(self, root):
        done = lansrapport("verify", "outputs/2020/publicering/rapport.docx", cwd=root)
        assert (done.returncode, done.stdout) == (0, "outputs/2020/publicering/rapport.docx: allt stämmer med uppgifterna.\n")  # fmt: skip

    def it_lists_what_has_been_changed_and_comments_a_copy(self, root):
        report = Edited((root / "outputs/2020/publicering/rapport.docx").read_bytes())
        report.replace(report.containing("permanentas uppdraget"), "2021", "2024")
        (root / "min rapport.docx").write_bytes(report.saved())
        done = lansrapport("verify", "min rapport.docx", cwd=root)
        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            "min rapport.docx: 1 sak stämmer inte med uppgifterna eller kan inte prövas mot dem.",
            "1. En kort tillbakablick (”Från och med 2024 permanentas uppdraget.”): inget i uppgifterna stöder ”2024”.",
            "min rapport-verifierad.docx",
        ]
        copy = docx.Document(str(root / "min rapport-verifierad.docx"))
        assert [one.text.split(": ", 1)[1] for one in copy.comments] == ["inget i uppgifterna stöder ”2024”."]  # fmt: skip

    def it_says_why_it_cannot_compare_a_file(self, root):
        target = io.BytesIO()
        docx.Document().save(target)
        (root / "annan.docx").write_bytes(target.getvalue())
        done = lansrapport("verify", "annan.docx", "--year", "2020", cwd=root)
        assert done.returncode == 2
        assert (
            "annan.docx kan inte jämföras med uppgifterna: Inga tal i filen har taggar."
            in done.stderr
        )
