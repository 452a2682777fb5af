"""What comes in is opened once a run, and what is judged is what is marked."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.annotate import Supplement, mark_workbook
from toolkit.checks.file import judge
from toolkit.files import sandbox
from toolkit.files.errors import CannotBeDone
from toolkit.returns.trail import Trail
from toolkit.spec.load import load_year
from toolkit.year.inputs import Inputs, newest_inputs
from toolkit.year.run import run_year
from toolkit.year.submissions import check_given, check_submissions, write_returns
from toolkit.year.workspace import Workspace

GARBLED = b"inte en arbetsbok"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    return tmp_path


def put(root, name, data=GARBLED):
    path = root / "inputs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


_watched: list[tuple[Path, Counter[str]]] = []


def _see(event, arguments):
    """An audit hook sees every opening, however it is made. It cannot be taken away again, so it
    looks only while a test watches."""
    if event == "open" and _watched and isinstance(arguments[0], str | Path):
        folder, seen = _watched[-1]
        path = Path(arguments[0])
        if path.is_relative_to(folder):
            seen[path.relative_to(folder).as_posix()] += 1


sys.addaudithook(_see)


@pytest.fixture
def watched(root, monkeypatch):
    """Counts the openings of files under inputs/, in this process and by the jobs of its children,
    and the children by what they do."""
    opened, work = Counter(), Counter()
    start = sandbox._start

    def counted(function, number, job, seconds):
        work[function.__name__] += 1
        for value in job:
            if isinstance(value, Path):  # a ledger is opened in the child
                opened[value.relative_to(root / "inputs").as_posix()] += 1
        return start(function, number, job, seconds)

    monkeypatch.setattr(sandbox, "_start", counted)
    _watched.append((root / "inputs", opened))
    yield opened, work
    _watched.clear()


class DescribeARunOfAYear:
    @pytest.fixture
    def everything(self, root, rows, small_workbook):
        """Something in every place that is read, this year and the year before."""
        series = (ROOT / "inputs/2020/anslagsserie.csv").read_bytes()
        put(root, "2020/submissions/Skåne.xlsx", small_workbook(rows))
        for name in ("2020/submissions/Gotland.xlsx", "2021/submissions/Skåne.xlsx"):
            put(root, name)
        for year in (2020, 2021):
            put(root, f"{year}/avsteg.xlsx")
        for name in ("finance-decisions.xlsx", "redaktion.xlsx", "texter.docx", "ledgers/lan.csv"):
            put(root, f"2021/{name}")
        put(root, "2021/ledgers/12 Skåne.csv", b"Konto;Belopp\n5400;1,00\n")
        put(root, "2021/anslagsserie.csv", series)
        put(root, "2021/sekretess-nyckel.txt", b"5e" * 32)
        return {path.relative_to(root / "inputs").as_posix() for path in files_below(root)}

    def it_opens_each_input_once_in_one_child_each(self, root, everything, watched, monkeypatch):
        monkeypatch.setattr("toolkit.year.run.make_templates", lambda *_: [])
        opened, work = watched
        done = run_year(Inputs(Workspace(root, 2021)))
        assert opened == dict.fromkeys(everything, 1)
        assert work == {
            "judge": 3,
            "read_waivers": 2,
            "_read_one": 1,
            "read_decisions": 1,
            "read_edition": 1,
            "read_manuscript": 1,
        }
        assert len(done.returns) == 1

    def it_reads_each_years_spec_once(self, root, monkeypatch):
        put(root, "2020/submissions/Skåne.xlsx")
        put(root, "2021/submissions/Skåne.xlsx")
        loaded = []

        def load(templates, number):
            loaded.append(number)
            return load_year(templates, number)

        monkeypatch.setattr("toolkit.year.inputs.load_year", load)
        check_submissions(Inputs(Workspace(root, 2021)))
        assert sorted(loaded) == [2017, 2018, 2019, 2020, 2021]


def files_below(root):
    return [path for path in (root / "inputs").rglob("*") if path.is_file()]


class DescribeFilesOfTwoYears:
    def it_judges_once_those_that_are_also_last_years_returns(self, root, watched):
        paths = [put(root, f"{year}/submissions/Skåne.xlsx") for year in (2020, 2021)]
        opened, work = watched
        opened.clear()  # the test's own writing
        checked = check_given(newest_inputs(root), paths)
        assert [one.space.year for one in checked] == [2020, 2021]
        assert opened == {f"{year}/submissions/Skåne.xlsx": 1 for year in (2020, 2021)}
        assert work == {"judge": 2}

    def it_takes_a_file_that_tells_no_year_for_the_newest(self, root, tmp_path):
        stray = tmp_path / "lös.xlsx"
        stray.write_bytes(GARBLED)
        (checked,) = check_given(newest_inputs(root), [stray])
        assert checked.space.year == 2021
        assert checked.blocks
        assert [path.name for path in checked.written] == ["lös.xlsx"]


class DescribeAFileThatIsReplaced:
    """The county sends a corrected file while the year is run."""

    def it_comes_back_as_it_was_when_it_was_judged(self, root, year, rows, small_workbook):
        rows["mal"][0]["lagesbild_id"] = "L9"
        first, second = small_workbook(rows), small_workbook(rows, "03")
        path = put(root, "2020/submissions/fil.xlsx", first)

        @contextmanager
        def meanwhile(name, count):
            yield lambda: path.write_bytes(second)

        checked = check_submissions(Inputs(Workspace(root, 2020)), meanwhile)
        assert path.read_bytes() == second
        (marked,) = write_returns(Workspace(root, 2020), year, checked)
        found = judge(first, "fil.xlsx", {2020: year})
        findings, signed = found.findings, found.submission.sign_off.written
        assert [finding.code for finding in findings] == ["REF-SAKNAS"]
        assert marked.name == "12-Skåne.xlsx"
        trail = Trail("12", 2020, ()).after(hashlib.sha256(first).hexdigest()).written
        texts, supplement = year.texts("aterkoppling"), Supplement(trail=trail, sign_off=signed)
        assert marked.read_bytes() == mark_workbook(first, findings, texts, supplement)

    def it_waits_for_the_next_run(self, root, year, rows, small_workbook):
        path = put(root, "2020/submissions/fil.xlsx", small_workbook(rows))
        for county in ("12", "03"):
            path.write_bytes(small_workbook(rows, county))
            (item,) = check_submissions(Inputs(Workspace(root, 2020)))
            assert item.found.submission.county == county


class DescribeWhatIsNotThere:
    def it_cannot_be_done_for_a_year_without_templates(self, root):
        with pytest.raises(CannotBeDone) as raised:
            assert Inputs(Workspace(root, 1999)).year
        assert raised.value.name == "fel.ar"
        assert (raised.value.values["year"], raised.value.values["years"]) == (
            "1999",
            "2017, 2018, 2019, 2020, 2021",
        )

    def it_cannot_be_done_without_any_year(self, tmp_path):
        with pytest.raises(CannotBeDone) as raised:
            newest_inputs(tmp_path)
        assert raised.value.values == {"root": tmp_path}

    def it_gives_no_waivers_and_no_returns_of_the_year_before(self, root, year, watched):
        inputs = Inputs(Workspace(root, 2020))
        assert inputs.waivers(year).waivers == ()
        assert inputs.last_year() == []
        assert watched[1] == {}

    def it_keeps_what_another_year_of_the_same_run_has_opened(self, root):
        inputs = Inputs(Workspace(root, 2021))
        assert inputs.of(2020).year is inputs.before.year
        assert inputs.before.year is not Inputs(Workspace(root, 2020)).year
