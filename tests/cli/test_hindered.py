"""What stands in the way of a command: a file that is open, a full disk, a folder that nobody may write in, another run,
an odd machine. Nothing is lost, and what is said can be acted on."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.cli.sayings import tell_made
from toolkit.files.temporary import PREFIX
from toolkit.files.turn import NAME
from toolkit.spec.load import load_year
from toolkit.year.run import YearRun
from toolkit.year.workspace import Workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made with tools of POSIX")
SKANE = "outputs/2020/templates/12-Skåne.xlsx"
LIMIT = 1000  # bytes; no workbook is as small


def started(root, *arguments, **options):
    """`lansrapport` in a process of its own."""
    environment = options.pop("env", {**os.environ, "PYTHONUTF8": "1"})
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**environment, "PYTHONPATH": str(ROOT)}, **options,
    )  # fmt: skip


def lansrapport(root, *arguments, **options):
    """Its exit code, and what it said; never a traceback."""
    process = started(root, *arguments, **options)
    said, errors = process.communicate(timeout=120)
    assert "Traceback" not in said + errors
    return process.returncode, said, errors


def templates(root, **options):
    return lansrapport(root, "templates", "2020", "--county", "12", **options)


def temporaries(root):
    return [path.name for path in root.rglob(f"{PREFIX}*")]


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return tmp_path


@contextmanager
def unchangeable(path):
    """As Windows has a file that is open in Excel: it can be read, and nothing can take its place."""
    if (
        shutil.which("chattr") is None
        or subprocess.run(["chattr", "+i", path], capture_output=True, check=False).returncode
    ):
        pytest.skip("this file system has no files that cannot be changed")  # fmt: skip
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


class DescribeAFileThatIsOpen:
    @pytest.fixture
    def old(self, root):
        path = root / SKANE
        path.parent.mkdir(parents=True)
        path.write_bytes(b"den gamla")
        return path

    def it_is_left_as_it_is_with_the_new_one_beside_it_until_it_is_closed(self, root, old):
        beside = old.with_name("12-Skåne (ny).xlsx")
        with unchangeable(old):
            code, _, errors = templates(root)
        assert (code, errors) == (
            1,
            f"{SKANE} är öppen i ett annat program och har inte ändrats. Den nya filen ligger bredvid och heter "
            "12-Skåne (ny).xlsx. Stäng filen och kör igen, så hamnar allt på sin plats.\n",
        )
        assert old.read_bytes() == b"den gamla"
        new = beside.read_bytes()
        assert templates(root)[0] == 0
        assert (old.read_bytes(), beside.exists(), temporaries(root)) == (new, False, [])

    def it_is_told_that_it_can_no_longer_be_sent_when_it_cannot_be_taken_away(self, root):
        stale = root / "outputs/2020/returns/12-Skåne.txt"
        stale.parent.mkdir(parents=True)
        stale.write_text("ett gammalt brev")
        with unchangeable(stale):
            code, _, errors = lansrapport(root, "run", "2020")
        assert code == 1
        assert errors == (
            "outputs/2020/returns/12-Skåne.txt gäller inte längre, men är öppen i ett annat program och kunde inte tas "
            "bort. Stäng filen och kör igen. Skicka den inte vidare.\n"
        )

    def it_is_the_new_one_that_is_to_be_opened_first(self, tmp_path, capsys):
        space, year = Workspace(tmp_path, 2020), load_year(ROOT / "templates", 2020)
        space.public.mkdir(parents=True)
        space.internal.mkdir()
        for path in (space.report, space.finance, space.public / "rapport (ny).docx"):
            path.write_bytes(b"")
        tell_made(space, YearRun(_Data(year), (), (), (), (), ()))
        first = capsys.readouterr().out.split("Öppna först:\n")[1]
        assert first.splitlines()[0] == "  outputs/2020/publicering/rapport (ny).docx – rapporten"
        assert first.splitlines()[1].startswith("  outputs/2020/internt/ekonomi.xlsx – ")


class _Data:
    """As much of a Dataset as is told of."""

    def __init__(self, year):
        self.year = year


class DescribeAFullDisk:
    def it_is_named_in_swedish_with_the_file_and_leaves_nothing_half(self, root):
        made = root / "outputs"
        made.mkdir()
        mounted = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(made)]
        if (
            shutil.which("mount") is None
            or subprocess.run(mounted, capture_output=True, check=False).returncode
        ):
            pytest.skip("no small file system can be made here")  # fmt: skip
        try:
            code, _, errors = templates(root)
            left = temporaries(root)
        finally:
            subprocess.run(["umount", str(made)], check=True)
        assert (code, left) == (2, [])
        assert errors == (
            f"Det gick inte: {SKANE} kan inte skrivas: disken är full. Gör plats och kör igen. De filer som fanns är hela.\n"
        )

    def it_is_the_same_where_one_may_use_no_more_of_it(self, root):
        old = root / SKANE
        old.parent.mkdir(parents=True)
        old.write_bytes(b"den gamla")

        def little():
            resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))

        code, _, errors = templates(root, preexec_fn=little)
        assert code == 2
        assert errors.startswith(
            f"Det gick inte: {SKANE} kan inte skrivas: ert utrymme på disken räcker inte. Gör plats"
        )
        assert (old.read_bytes(), temporaries(root)) == (b"den gamla", [])

    def it_leaves_no_half_of_a_new_working_folder(self, tmp_path):
        def little():
            resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))

        code, _, errors = lansrapport(tmp_path, "init", preexec_fn=little)
        assert code == 2
        assert errors.startswith(
            "Det gick inte: templates/2020 kan inte skrivas: ert utrymme på disken räcker inte."
        )
        assert not (tmp_path / "templates/2020").exists()
        assert lansrapport(tmp_path, "init")[0] == 0
        assert (tmp_path / "templates/2020/arbetsbok.yaml").is_file()


@contextmanager
def closed(folder):
    """A folder that can be read and not written in, and why: for root, who may write everywhere, that is another disk."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield "ni har inte rätt att göra det, eller så är filen öppen i ett annat program."
        folder.chmod(0o755)
        return
    if (
        shutil.which("mount") is None
        or subprocess.run(["mount", "--bind", folder, folder], check=False).returncode
    ):
        pytest.skip("no folder can be closed to this user")
    subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    try:
        yield "mappen är skrivskyddad."
    finally:
        subprocess.run(["umount", folder], check=True)


class DescribeAFolderThatNobodyMayWriteIn:
    def it_is_named_with_the_file(self, root):
        folder = root / "outputs/2020/templates"
        folder.mkdir(parents=True)
        with closed(folder) as why:
            code, _, errors = templates(root)
        assert (code, errors) == (2, f"Det gick inte: {SKANE} kan inte skrivas: {why}\n")

    def it_does_not_hinder_what_only_reads(self, root):
        with closed(root):
            code, said, errors = lansrapport(root, "spec", "check", "2020")
        assert (code, errors) == (0, "")
        assert "Inget behöver rättas i templates/2020." in said


class DescribeTwoRunsInOneFolder:
    def it_is_told_who_is_at_work_and_waits(self, root):
        hold = (
            "import sys\nfrom pathlib import Path\nfrom toolkit.files.turn import turn\n"
            "with turn(Path('outputs'), 'Karin Ek på PC7, ”lansrapport run 2020” sedan kl. 09.12', print):\n"
            "    print('ja', flush=True)\n    sys.stdin.readline()\n"
        )
        first = subprocess.Popen(
            [sys.executable, "-c", hold], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert first.stdout.readline() == "ja\n"
        second = started(root, "templates", "2020", "--county", "12")
        assert second.stderr.readline() == (
            "Väntar. Någon annan arbetar i samma mapp: Karin Ek på PC7, ”lansrapport run 2020” sedan kl. 09.12. Avbryt med Ctrl+C.\n"
        )
        time.sleep(0.5)
        assert (second.poll(), (root / SKANE).exists()) == (None, False)
        first.communicate("\n")
        errors = second.communicate(timeout=60)[1]
        assert (second.returncode, errors) == (0, "")
        assert (root / SKANE).is_file()
        assert not (root / "outputs" / NAME).exists()

    def it_ends_with_the_same_files_when_both_begin_at_once(self, root):
        both = [started(root, "templates", "2020", "--county", "12") for _ in range(2)]
        codes = [(process.communicate(timeout=120), process.returncode)[1] for process in both]
        assert codes == [0, 0]
        made = [path.name for path in (root / "outputs/2020").rglob("*") if path.is_file()]
        assert made == ["12-Skåne.xlsx"]


class DescribeAnOddMachine:
    @pytest.mark.parametrize("name", ["år 100 % med mellanslag", "a'b;$HOME&c", "%s {namn} [x]"])
    def it_may_have_a_folder_called_anything(self, root, name):
        place = root.parent / name
        root.rename(place)
        code, said, errors = templates(place)
        assert (code, said, errors) == (0, "Mallar i outputs/2020/templates: 1\n", "")
        assert (place / SKANE).is_file()

    @pytest.mark.parametrize(
        "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}, {}]
    )
    def it_may_have_no_home_no_name_and_no_locale(self, root, locale):
        code, said, errors = templates(root, env={"PATH": os.environ["PATH"], **locale})
        assert (code, said, errors) == (0, "Mallar i outputs/2020/templates: 1\n", "")
        assert (root / SKANE).is_file()

    def it_may_have_a_clock_that_stands_before_1980(self, monkeypatch, tmp_path):
        from toolkit.year.documents import write_documentation

        year, space = load_year(ROOT / "templates", 2020), Workspace(tmp_path, 2020)
        good = [path.read_bytes() for path in write_documentation(space, year)]
        stopped = time.struct_time((1973, 1, 1, 0, 0, 0, 0, 1, 0))
        monkeypatch.setattr(time, "localtime", lambda *_: stopped)
        monkeypatch.setattr(time, "time", lambda: 94694400.0)
        shutil.rmtree(space.outputs)
        assert [path.read_bytes() for path in write_documentation(space, year)] == good
        assert [Path(name).name for name in temporaries(tmp_path)] == []


class DescribeAScreenThatTakesNoMore:
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def it_says_that_the_disk_is_full_and_has_done_its_work(self, root):
        with Path("/dev/full").open("w") as full:
            process = subprocess.run(
                [sys.executable, "-m", "toolkit", "templates", "2020", "--county", "12"], cwd=root, stdout=full,
                stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
                env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        assert process.returncode == 2
        assert process.stderr == (
            "Det som skulle ha stått på skärmen, eller i den fil som det skickades till, kunde inte skrivas: disken är "
            "full. Gör plats och kör igen. De filer som fanns är hela.\n"
        )  # fmt: skip
        assert (root / SKANE).is_file()

    def it_goes_on_when_nobody_reads_any_more(self, root):
        process = started(root, "templates", "2020", "--county", "12", "--verbose")
        process.stdout.close()
        process.stdout = None
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, "Error" in errors, "Felet" in errors) == (0, False, False)
        assert (root / SKANE).is_file()
