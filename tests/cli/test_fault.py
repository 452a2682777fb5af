"""A fault of ours, as the user meets it: which file and step, whose fault, and where the log is."""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.conftest import ROOT
from toolkit.checks import file as judging
from toolkit.cli import commands, journal
from toolkit.files import sandbox
from toolkit.files.sandbox import Outcome
from toolkit.files.toolfault import fault_of
from toolkit.year import inputs, ledgers, marking, merging, money
from toolkit.year.log import Failed

SECRET = "811228-9874"


def fail(*_, **__):
    raise KeyError(SECRET)


def in_this_process(work, jobs, _seconds=None):
    """What a child process would give, without one: a patched function is not patched there."""
    for job in jobs:
        try:
            yield Outcome(work(*job))
        except Exception as error:
            yield Outcome(failure="fault", fault=fault_of(error))


@pytest.fixture
def root(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    for room in (inputs, ledgers, money):
        monkeypatch.setattr(room, "run_each", in_this_process)
    monkeypatch.setattr(sandbox, "run_each", in_this_process)
    return tmp_path


@pytest.fixture
def lansrapport(root, monkeypatch, capsys):
    """A command run in this process: its exit code, and what it printed."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["lansrapport", *words, "--root", str(root)])
        with pytest.raises(SystemExit) as left:
            commands.main()
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return run


def it_tells_of_a_step_that_nobody_has_named_by_its_own_name():
    told = journal._told(Failed("spec_lists", "", fault_of(KeyError("x"))))
    assert "spec_lists" in told and told.startswith("Felet är vårt")


@pytest.fixture
def two_counties(root, rows, small_workbook):
    """Skåne and Blekinge have sent in."""
    folder = root / "inputs/2020/submissions"
    for name, code in (("Skåne", "12"), ("Blekinge", "10")):
        (folder / f"{name}.xlsx").write_bytes(small_workbook(rows, code))
    return folder


def failing_for(county):
    """The checks, with a fault that only one county's file brings out."""
    check = judging.check_submission

    def checked(spec, catalogue, submission, read):
        if submission.county == county:
            fail()
        return check(spec, catalogue, submission, read)

    return checked


@pytest.fixture
def failing(monkeypatch):
    monkeypatch.setattr(judging, "check_submission", failing_for("12"))


def files_of(root, name):
    folder = root / "outputs/2020/returns"
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(name)}


class DescribeACheckThatFailsOnOneFile:
    def it_ends_with_2_and_says_which_file_and_step_and_where_the_log_is(
        self, root, lansrapport, two_counties, failing
    ):
        code, out, err = lansrapport("check", str(two_counties))
        assert code == 2
        assert "Vårt verktyg klarade inte filen (FIL-VERKTYG)" in out
        assert err.splitlines() == [
            "Felet är vårt: verktyget klarade inte filen Skåne.xlsx (steget ”läsning och kontroll”)."
            " Det är inget fel i filen.",
            "Vad som hände står i outputs/2020/logg.txt. Skicka den till den som sköter verktyget."
            " Inga uppgifter ur de inskickade filerna står i den.",
        ]

    def it_logs_time_version_command_file_step_and_traceback_but_no_content(
        self, root, lansrapport, two_counties, failing
    ):
        lansrapport("check", str(two_counties))
        log = (root / "outputs/2020/logg.txt").read_text(encoding="utf-8-sig")
        for part in ("Tid: 2", "Version: 0.", "Kommando: lansrapport check ", "Fil: Skåne.xlsx",
                     "Steg: läsning och kontroll", 'File "toolkit/checks/file.py", line ',
                     "in _checked", "KeyError"):  # fmt: skip
            assert part in log
        assert SECRET not in log

    def it_writes_the_log_anew(self, root, lansrapport, two_counties, failing):
        lansrapport("check", str(two_counties))
        lansrapport("status", "2020")
        log = (root / "outputs/2020/logg.txt").read_text(encoding="utf-8-sig")
        assert log.count("Tid:") == 1
        assert "lansrapport status 2020" in log

    def it_tells_the_county_that_there_is_nothing_to_do(
        self, root, lansrapport, two_counties, failing
    ):
        lansrapport("check", str(two_counties))
        letter = (root / "outputs/2020/returns/12-Skåne.txt").read_text(encoding="utf-8-sig")
        assert "Felet är vårt. Ni behöver inte göra något." in letter
        assert "Länsstyrelsen i Skåne län" in letter
        for word in ("FEL (", "skadad", "Rätta", "Skicka", SECRET):
            assert word not in letter

    def it_leaves_every_other_file_as_it_would_have_been(
        self, root, lansrapport, two_counties, monkeypatch
    ):
        assert lansrapport("check", str(two_counties / "Blekinge.xlsx"))[0] == 0
        before = files_of(root, "10-")
        monkeypatch.setattr(judging, "check_submission", failing_for("12"))
        assert lansrapport("check", str(two_counties))[0] == 2
        assert len(before) == 2
        assert files_of(root, "10-") == before

    def it_prints_the_traceback_only_when_asked(self, lansrapport, two_counties, failing):
        asked = lansrapport("check", str(two_counties), "--debug")[2]
        assert 'File "toolkit/checks/file.py"' in asked
        assert SECRET not in asked
        assert "Traceback" not in lansrapport("check", str(two_counties))[2]


class DescribeTheCountyInWhatFollows:
    def it_has_sent_and_is_not_treated(self, lansrapport, two_counties, failing):
        code, out, _ = lansrapport("status", "2020")
        assert code == 2
        (line,) = [line for line in out.splitlines() if line.startswith("12 Skåne")]
        assert "Mottagen, inte behandlad (felet är vårt)" in line
        assert line.split()[-1] == "Skåne.xlsx"

    def it_is_not_merged_and_is_named_apart_from_those_that_have_not_sent(
        self, root, lansrapport, two_counties, failing
    ):
        code, out, _ = lansrapport("merge", "2020")
        assert code == 2
        assert "1 län har skickat in men har inte kunnat behandlas" in out
        assert "19 län har inte skickat in" in out
        assert "Inga fel återstår." not in out
        spend = (root / "outputs/2020/internt/data/ekonomi.csv").read_text(encoding="utf-8-sig")
        assert {line.split(";")[0] for line in spend.splitlines()[1:]} == {"10"}

    def it_gets_no_letter_about_money(self, root, lansrapport, two_counties, failing):
        assert lansrapport("finance", "2020")[0] == 2
        memos = {path.name for path in (root / "outputs/2020/returns").glob("*-ekonomi.docx")}
        assert "12-Skåne-ekonomi.docx" not in memos
        assert "01-Stockholm-ekonomi.docx" in memos


class DescribeTheStaffsOwnFiles:
    @pytest.mark.parametrize(
        ("name", "room", "function", "command", "step"),
        [
            ("avsteg.xlsx", inputs, "read_waivers", "merge", "läsning av avsteg"),
            ("ledgers/12 a.csv", ledgers, "read_ledger", "finance", "läsning av huvudböcker"),
            ("finance-decisions.xlsx", money, "read_decisions", "finance",
             "läsning av ekonomens beslut"),
        ],
    )  # fmt: skip
    def it_is_not_their_fault_and_the_rest_goes_on(
        self, root, lansrapport, two_counties, monkeypatch, name, room, function, command, step
    ):
        path = root / "inputs/2020" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"PK")
        monkeypatch.setattr(room, function, fail)
        code, out, err = lansrapport(command, "2020")
        assert code == 2
        assert f"{path.name} är inte med, för verktyget kunde inte behandla den" in out
        assert f"klarade inte filen {path.name} (steget ”{step}”)" in err
        assert (root / "outputs/2020/logg.txt").is_file()


class DescribeAFaultInTheCommandItself:
    def it_is_told_with_its_step_and_logged(self, root, lansrapport, two_counties, monkeypatch):
        monkeypatch.setattr(merging, "merge", fail)
        code, _, err = lansrapport("merge", "2020")
        assert code == 2
        assert (
            err.splitlines()[0] == "Felet är vårt: verktyget stannade vid steget ”sammanställning”."
        )
        assert "outputs/2020/logg.txt" in err
        assert "KeyError" in (root / "outputs/2020/logg.txt").read_text(encoding="utf-8-sig")

    def it_names_the_file_that_it_was_about(self, root, lansrapport, two_counties, monkeypatch):
        (root / "inputs/2020/anslagsserie.csv").write_text("x", encoding="utf-8")
        monkeypatch.setattr(money, "read_series", fail)
        err = lansrapport("finance", "2020")[2]
        assert "klarade inte filen anslagsserie.csv (steget ”ekonomi”)" in err

    def it_never_ends_in_the_name_of_a_class(self, lansrapport, two_counties, monkeypatch):
        monkeypatch.setattr(merging, "merge", fail)
        assert "KeyError" not in lansrapport("merge", "2020")[2]

    def it_says_how_to_see_it_where_no_folder_is_known(self, lansrapport, monkeypatch):
        monkeypatch.setattr(commands, "newest_of", fail)
        code, _, err = lansrapport("check", "x.xlsx")
        assert code == 2
        assert "Kör kommandot igen med --debug" in err

    def it_gives_the_file_back_unmarked_where_marking_fails(
        self, root, lansrapport, two_counties, monkeypatch
    ):
        monkeypatch.setattr(marking, "give_back", fail)
        code, _, err = lansrapport("check", str(two_counties))
        assert code == 2
        assert "Skåne.xlsx (steget ”markering”)" in err
        returned = root / "outputs/2020/returns"
        assert (returned / "12-Skåne.xlsx").read_bytes() == (
            two_counties / "Skåne.xlsx"
        ).read_bytes()
        letter = (returned / "12-Skåne.txt").read_text(encoding="utf-8-sig")
        assert "Vårt verktyg kunde inte göra markeringar i Skåne.xlsx. Felet är vårt." in letter


class DescribeSpecCheck:
    def it_ends_with_0_where_all_is_well(self, lansrapport):
        code, out, _ = lansrapport("spec", "check", "2020")
        assert (code, out) == (0, "Inget behöver rättas i templates/2020.\n")

    def it_ends_with_2_and_says_that_a_folder_was_copied(self, root, lansrapport):
        shutil.copytree(root / "templates/2020", root / "templates/2026")
        path = root / "templates/2026/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        bounds = "minimum: {0}, maximum: {0}"
        path.write_text(text.replace(bounds.format(2020), bounds.format(2026)), encoding="utf-8")
        code, _, err = lansrapport("spec", "check", "2026")
        assert code == 2
        assert "Mappen heter 2026, men year säger 2020." in err

    def it_ends_with_2_and_says_file_and_line_of_what_is_wrong(self, root, lansrapport):
        path = root / "templates/2021/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n  - remove_field: ekonomi.finns_inte\n", encoding="utf-8")
        code, _, err = lansrapport("spec", "check", "2021")
        assert code == 2
        assert "templates/2021/arbetsbok.yaml, rad " in err
        assert not (root / "outputs/2021/logg.txt").exists()
