"""A county's file whose zip says what is not so: it gets one answer, nothing of it is our fault, and the others get theirs.
And where it is our fault, it is one file's alone."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

import openpyxl
import pytest

from tests.attacks.headers import mutated, mutated_end
from tests.conftest import CLEAN, ROOT
from tests.sampled import ALL
from tests.year.test_sent_again import checked, send
from toolkit.analysis import comparison
from toolkit.checks.file import judge
from toolkit.files.zip import read_package, write_package
from toolkit.findings.texts import NoSuchText
from toolkit.ledger.chart import read_chart
from toolkit.ledger.entries import Ledger
from toolkit.ledger.files import read_ledger
from toolkit.read import Unreadable
from toolkit.staff.chosen import read_choices
from toolkit.staff.decisions import read_decisions, saved_book
from toolkit.staff.editorial import read_edition
from toolkit.staff.waivers import read_waivers
from toolkit.word.read.manuscript import read_manuscript
from toolkit.word.verify.verify import unreadable
from toolkit.year import inputs as opening
from toolkit.year import refill, submissions
from toolkit.year.inputs import Inputs, newest_inputs
from toolkit.year.run import run_year
from toolkit.year.submissions import check_given, write_returns
from toolkit.year.workspace import Workspace

TYPES, PICTURE = "[Content_Types].xml", "xl/media/image1.png"
KINDS = (TYPES, "xl/workbook.xml", "xl/worksheets/sheet5.xml", "xl/theme/theme1.xml", PICTURE)
"""One part of each kind: what says what the file is, what is read, and what is only carried over into the marked copy."""
STOPPED = (
    "metod 99 i båda",
    "metod 14 i katalogen",
    "flaggor 1 i katalogen",
    "flaggor 32 i båda",
    "flaggor 64 i katalogen",
    "version 200 i katalogen",
    "metod 8 som inget är",
    r"namn b'\xff\xfe\x80' b'\x08' i katalogen",
)
"""Each ended all of a run once."""
REFUSED = {"FIL-FARLIG", "FIL-SKADAD"}


@pytest.fixture
def space(tmp_path):
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


@pytest.fixture(scope="module")
def whole(rows_of_a_county, small_workbook):
    """A return with an error in it, and a picture that no reader looks at."""
    parts = read_package(small_workbook(rows_of_a_county))
    return write_package({**parts, PICTURE: b"\x89PNG\r\n" + bytes(range(256)) * 4}.items())


@pytest.fixture(scope="module")
def rows_of_a_county():
    rows = deepcopy(CLEAN)
    rows["ekonomi"][0]["aktivitet_id"] = "A 1"
    return rows


def changes(whole, part):
    """The changes of a part's headers by what they are, and one that says it is packed where it is not."""
    found = dict(mutated(whole, part))
    found["metod 8 som inget är"] = dict(mutated(stored(whole), part))["metod 8 i båda"]
    return found


def stored(whole):
    """The same with nothing packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for one, part in read_package(whole).items():
            package.writestr(one, part)
    return target.getvalue()


def answers(space, files):
    """What the check says of each file, what lies among the returns for it, and our faults."""
    folder = space.root / "skickat"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    inputs = newest_inputs(space.root)
    done = check_given(inputs, [folder / name for name in files])
    codes = {
        one.found.file: [said.code for said in one.found.findings]
        for own in done
        for one in own.files
    }
    given = [path for own in done for path in own.written]
    return codes, given, [(one.file, one.step, one.fault.kind) for one in inputs.space.log.failed]


class DescribeAFileWhoseZipSaysWhatIsNotSo:
    @pytest.mark.parametrize("part", KINDS)
    def it_gets_one_answer_and_nothing_is_our_fault(self, space, whole, part):
        told = list(changes(whole, part).values())
        files = {f"{number:03}.xlsx": data for number, data in enumerate(told[:: 1 if ALL else 12])}
        codes, given, faults = answers(space, files)
        assert faults == []
        assert codes.keys() == files.keys()
        assert all(codes.values())
        refused = [name for name, said in codes.items() if not REFUSED.isdisjoint(said)]
        assert all(len(codes[name]) == 1 for name in refused)
        assert refused
        # A workbook and a letter each, and no other file.
        assert len(set(given)) == len(files)
        assert all(path.suffix == ".xlsx" and path.with_suffix(".txt").is_file() for path in given)

    def it_gets_one_whatever_its_end_says(self, space, whole):
        told = [data for _, data in mutated_end(whole)]
        files = {f"{number:03}.xlsx": data for number, data in enumerate(told[:: 1 if ALL else 3])}
        codes, given, faults = answers(space, files)
        assert faults == []
        assert codes.keys() == files.keys()
        assert len(set(given)) == len(files)

    @pytest.mark.parametrize("part", [TYPES, "xl/theme/theme1.xml"])
    def it_is_refused_in_words_where_it_once_stopped_all(self, space, whole, part):
        told = changes(whole, part)
        codes, given, faults = answers(
            space, {f"{one}.xlsx": told[name] for one, name in enumerate(STOPPED)}
        )
        assert faults == []
        assert all(len(said) == 1 and said[0] in REFUSED for said in codes.values())
        assert [openpyxl.load_workbook(path).sheetnames for path in given] == [
            ["Återkoppling"]
        ] * len(STOPPED)

    @pytest.mark.parametrize(
        "name", ["metod 99 i katalogen", "flaggor 1 i katalogen", "summa 0 i båda"]
    )
    def it_is_read_or_refused_where_only_the_marking_would_meet_it(self, space, whole, name):
        codes, given, faults = answers(space, {"a.xlsx": changes(whole, PICTURE)[name]})
        assert faults == []
        assert len(given) == 1
        assert (
            codes["a.xlsx"] in (["FIL-FARLIG"], ["REF-SAKNAS"]) or "REF-SAKNAS" in codes["a.xlsx"]
        )

    @pytest.mark.slow
    def it_stops_no_run_of_the_others(self, space, whole, small_workbook, rows):
        send(space, "12-Skåne.xlsx", small_workbook(rows))
        told = changes(whole, TYPES)
        for number, name in enumerate(STOPPED):
            send(
                space, f"{'aö'[number % 2]}{number}.xlsx", told[name]
            )  # before and after the other
        inputs = Inputs(space)
        done = run_year(inputs)
        assert inputs.space.log.failed == []
        names = {path.name for path in done.marked}
        assert "12-Skåne.xlsx" in names
        assert len(names) == 1 + len(STOPPED)
        assert [one.file for one in done.data.counties if one.counts] == ["12-Skåne.xlsx"]
        assert space.report.is_file()


def fails(*_, **__):
    raise KeyError("vårt fel")


def failing_for(name, place, work):
    """Some work of ours, with a fault that only one file brings out."""

    def worked(*given, **named):
        if given[place].file == name:
            fails()
        return work(*given, **named)

    return worked


class DescribeAFaultOfOursInWhatIsDoneWithAllFiles:
    @pytest.fixture
    def two(self, space, small_workbook, rows):
        for name, code in (("Blekinge", "10"), ("Skåne", "12")):
            send(space, f"{name}.xlsx", small_workbook(rows, code))
        return space

    @pytest.mark.parametrize("work", ["receipt", "_letter", "_write_return"])
    def it_leaves_the_other_files_their_returns(self, two, monkeypatch, work):
        place = {"receipt": 1, "_letter": 1, "_write_return": 2}[work]
        monkeypatch.setattr(
            submissions, work, failing_for("Blekinge.xlsx", place, getattr(submissions, work))
        )
        inputs, files = checked(two)
        written = write_returns(two, inputs.year, files)
        assert [path.name for path in written] == ["12-Skåne.xlsx"]
        assert [(one.file, one.step) for one in two.log.failed] == [("Blekinge.xlsx", "mark")]

    def it_leaves_what_is_said_of_the_others_beside_each_other(self, two, monkeypatch):
        work = failing_for("Blekinge.xlsx", 1, comparison._beside_others)
        monkeypatch.setattr(comparison, "_beside_others", work)
        _, files = checked(two)
        assert [one.found.submission.county for one in files] == ["10", "12"]
        assert [(one.file, one.step) for one in two.log.failed] == [("Blekinge.xlsx", "check")]

    def it_leaves_what_has_been_decided_of_the_others(self, two, monkeypatch):
        monkeypatch.setattr(opening, "choose", failing_for("Blekinge.xlsx", 0, opening.choose))
        checked(two)
        assert [(one.file, one.step) for one in two.log.failed] == [("Blekinge.xlsx", "check")]

    def it_is_none_where_a_person_can_mend_it(self, two, monkeypatch):
        def lacks(*_):
            raise NoSuchText("aterkoppling.yaml: Texten ”brev.lan” saknas.")

        monkeypatch.setattr(submissions, "receipt", lacks)
        inputs, files = checked(two)
        with pytest.raises(NoSuchText):
            write_returns(two, inputs.year, files)


class DescribeAFileOfTheStaffsOwn:
    @pytest.mark.parametrize("part", KINDS[:4])
    def it_is_read_or_told_of_and_never_raises(self, whole, year, part):
        """Whatever the list is: what is read or refused is read by the same reader."""
        readers = (
            lambda data: read_waivers(data, "avsteg.xlsx", year),
            lambda data: read_choices(data, "filer.xlsx", year),
            lambda data: read_edition(data, year.texts("export")),
            lambda data: read_decisions(data, 2020, year.texts("export")),
            read_manuscript,
            unreadable,
        )
        for number, (name, data) in enumerate(changes(whole, part).items()):
            if name in STOPPED or ALL:
                assert readers[number % len(readers)](data) is not None
            assert saved_book(data).mark == ""

    def it_is_a_ledger_or_why_there_is_none(self, whole, year):
        chart, counties = read_chart(year), year.spec.counties
        for part in KINDS[:3]:
            for name, data in list(changes(whole, part).items()):
                if name in STOPPED or ALL:
                    with pytest.raises(Unreadable) as told:
                        assert isinstance(
                            read_ledger(data, "12 Skåne.xlsx", chart, counties), Ledger
                        )
                    assert told.value.code in {*REFUSED, "HUVUDBOK-RUBRIKER"}


class DescribeWhatTheReadingRefuses:
    def it_is_opened_by_no_marking(self, whole, year, monkeypatch):
        """Whatever it is refused for."""
        monkeypatch.setattr(refill, "why_unwritten", fails)
        for data in (b"", b"text", b"PK\3\4", changes(whole, TYPES)["metod 99 i båda"]):
            found = judge(data, "a.xlsx", {2020: year})
            given = refill.give_back(Workspace(ROOT, 2020), year, data, found, "a")
            assert given.part == "ensam"
