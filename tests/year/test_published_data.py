"""What is published as data lies beside the report, goes with it, and is read by the audit as it lies there."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess

import openpyxl
import pytest

from tests.year.test_final import FILLED, results, space, told_leaks  # noqa: F401
from toolkit.cli import reporting
from toolkit.files.errors import CannotBeDone
from toolkit.year import documents
from toolkit.year.disclosure import find_leaks
from toolkit.year.report import Drafted, write_for_good, write_report
from toolkit.year.secrecy import with_secrecy

TOLD = "Skåne, 2 Utbildade personer 2020"


def changed(data, spoil, delimiter=","):
    """A file of rows, after something has been done to them."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))
    spoil(rows)
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode()


def put_in(path, spoil, delimiter=","):
    path.write_bytes(changed(path.read_bytes(), spoil, delimiter))


def at(rows, *wanted):
    """The row that begins so, of the columns that are told."""
    return next(row for row in rows if set(wanted) <= set(row))


class DescribeTheDataBesideAReport:
    @pytest.fixture
    def known(self, space, results):  # noqa: F811
        write_report(space, results)
        return with_secrecy(space, results)

    def it_lies_in_the_folder_of_what_may_leave_and_holds_nothing_of_an_earlier_one(
        self,
        space,  # noqa: F811
        results,  # noqa: F811
    ):
        stale = space.packaged("tabeller/tabell-borttagen.csv")
        stale.parent.mkdir(parents=True)
        stale.write_text("gammalt", encoding="utf-8")
        write_report(space, results)
        described = json.loads(space.packaged("datapackage.json").read_text("utf-8"))
        paths = {one["path"] for one in described["resources"]}
        found = {
            path.relative_to(space.package).as_posix() for path in space.package.rglob("*.csv")
        }
        assert found == paths
        assert space.package.parent == space.report.parent

    def it_gives_nothing_away(self, space, known):  # noqa: F811
        assert find_leaks(space, known) == []

    def it_is_read_by_the_audit_in_every_form(self, space, known):  # noqa: F811
        whole = {path: path.read_bytes() for path in space.package.rglob("*") if path.is_file()}

        def restore():
            for path, data in whole.items():
                path.write_bytes(data)

        def tell(rows):
            at(rows, "12", "2")[6:] = ["3", ""]

        put_in(space.packaged("indicators.csv"), tell)
        assert TOLD in told_leaks(space, known).split("; ")
        restore()

        def tell_in_a_table(rows):
            head = next(place for place, text in enumerate(rows[0]) if text.startswith("2 "))
            at(rows, "Skåne")[head] = "3"

        put_in(space.packaged("tabeller/tabell-indikatorer_lan_1.csv"), tell_in_a_table, ";")
        assert TOLD in told_leaks(space, known).split("; ")
        restore()
        book = openpyxl.load_workbook(space.packaged("tabeller.xlsx"))
        sheet = next(
            one
            for one in book
            if "per län" in str(one["A1"].value) and "ndikator" in str(one["A1"].value)
        )
        head = next(cell.column for cell in sheet[4] if str(cell.value).startswith("2 "))
        row = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == "Skåne")
        sheet.cell(row, head, 3)
        book.save(space.packaged("tabeller.xlsx"))
        assert TOLD in told_leaks(space, known).split("; ")
        restore()
        read_me = space.packaged("LÄS MIG.txt")
        read_me.write_text("I Skåne finns tre utbildade personer.", encoding="utf-8")
        assert TOLD in told_leaks(space, known).split("; ")
        restore()
        assert find_leaks(space, known) == []

    def it_is_told_by_a_sum_beside_the_others(self, space, known):  # noqa: F811
        """All but one, and the sum: nobody need subtract twice."""

        def tell(rows):
            at(rows, "01", "2")[6:] = ["40", ""]
            at(rows, "13", "2")[6:] = ["20", ""]

        def tell_sum(rows):
            at(rows, "2")[4:] = ["3", "63", ""]

        put_in(space.packaged("indicators.csv"), tell)
        put_in(space.packaged("indicator-totals.csv"), tell_sum)
        assert TOLD in told_leaks(space, known).split("; ")

    def it_is_taken_away_with_a_report_that_gives_a_count_away(self, space, results):  # noqa: F811
        told = FILLED.replace("info@myndigheten.se", "I Skåne finns tre utbildade personer.")
        space.issue.write_text(told, encoding="utf-8")
        with pytest.raises(CannotBeDone):
            write_for_good(space, results)
        assert not [path for path in space.public.rglob("*") if path.is_file()]

    @pytest.mark.skipif(not shutil.which("frictionless"), reason="frictionless is not installed")
    def it_is_valid_for_frictionless(self, space, known):  # noqa: F811
        command = ["frictionless", "validate", str(space.packaged("datapackage.json"))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def it_makes_a_pdf_of_documents_alone(space, results, monkeypatch, capsys):  # noqa: F811
    """Printing for good tells of the data and of what the house notes beside the reports."""
    made = []
    monkeypatch.setattr(documents, "need_office", lambda: None)
    monkeypatch.setattr(documents, "write_pdf", lambda path: made.append(path.suffix) or path)
    paths = [space.report, space.packaged("datapackage.json"), space.printed]
    drafted = Drafted(paths, [], [])
    monkeypatch.setattr(reporting, "_write_report", lambda *_: (drafted, results.data))
    reporting.report("2020", final=True, pdf=True, root=space.root)
    assert made == [".docx"]
    assert len(capsys.readouterr().out.splitlines()) >= len(paths)
