"""A command in a folder in which nothing has been changed says what it said, and works nothing out."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager, redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.cli import unchanged
from toolkit.cli.journal import JOURNAL
from toolkit.cli.unchanged import unless_unchanged
from toolkit.files.atomic import Held, publish, withdraw
from toolkit.files.memory import Store
from toolkit.files.prints import print_of_all, tree_prints
from toolkit.files.toolfault import ToolFault
from toolkit.year.inputs import Inputs
from toolkit.year.memory import memory_in, no_memory
from toolkit.year.workspace import Workspace

pytestmark = pytest.mark.remembers


class Folder:
    """A working folder with a command that copies what has come in to what goes out, and says how long it is."""

    def __init__(self, root):
        self.root, self.worked, self.code, self.asked, self.day, self.drawn = (
            root,
            0,
            0,
            (),
            None,
            False,
        )
        self.program, self.work = "1", self.copy

    def copy(self):
        self.worked += 1
        data = (self.root / "inputs/2020/in.csv").read_bytes()
        publish(self.root / "outputs/2020/internt/ut.csv", data)
        print("Längd:", len(data))
        return self.code

    def go(self, year=2020, remembers=True):
        """What was said, the code, and whether the work was done."""
        root = self.root

        def now():
            return print_of_all(tree_prints(root / "templates"))

        store = Store(root / "outputs/.minne", bytes(32), left_free=0)
        memory = memory_in(store, self.program, now) if remembers else no_memory()
        space, before = Workspace(root, year, self.day, memory=memory), self.worked
        JOURNAL.begin(["run"])
        told = io.StringIO()
        with JOURNAL.command("run"), redirect_stdout(told):
            JOURNAL.works_in(space)
            code = unless_unchanged(Inputs(space), self.work, self.asked, drawn=self.drawn)
        return told.getvalue(), code, self.worked > before


def workbook(saved):
    """ekonomi.xlsx as the program writes it, or as somebody has saved it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        days = "2020-01-01T00:00:00Z", "2021-02-02T00:00:00Z" if saved else "2020-01-01T00:00:00Z"
        text = '<dcterms:created xsi:type="dcterms:W3CDTF">{}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{}</dcterms:modified>'
        package.writestr("docProps/core.xml", text.format(*days))
    return whole.getvalue()


@pytest.fixture
def folder(tmp_path):
    for name in ("templates/2020", "inputs/2020", "inputs/2019", "outputs"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "inputs/2020/in.csv").write_bytes(b"abc")
    (tmp_path / "templates/2020/a.yaml").write_bytes(b"a")
    return Folder(tmp_path)


def written(path, data):
    return lambda root: publish(root / path, data)


class DescribeACommandGivenAgain:
    @pytest.mark.parametrize("code", [0, 1])
    def it_says_the_same_and_works_nothing_out(self, folder, code):
        folder.code = code
        assert folder.go() == ("Längd: 3\n", code, True)
        assert folder.go() == ("Längd: 3\n", code, False)
        assert folder.go() == ("Längd: 3\n", code, False)

    def it_writes_nothing(self, folder):
        folder.go()
        path = folder.root / "outputs/2020/internt/ut.csv"
        before = path.stat()
        folder.go()
        assert path.stat() == before

    @pytest.mark.parametrize(
        "change",
        [
            written("inputs/2020/in.csv", b"abcd"),
            written("inputs/2020/annat.csv", b""),
            written("inputs/2019/annat.csv", b""),
            written("inputs/2020/.gömd", b""),
            written("templates/2020/a.yaml", b"b"),
            written("templates/2021/a.yaml", b"b"),
            written("outputs/2020/internt/ut.csv", b"annat"),
            written("outputs/2020/internt/annat.csv", b""),
            written("outputs/2020/returns/12-Skåne.txt", b""),
            written("outputs/2019/rapport.docx", b""),
            written("outputs/2020/.lansrapport-0-0-0", b"halv"),
            lambda root: withdraw(root / "outputs/2020/internt/ut.csv"),
            lambda root: shutil.rmtree(root / "outputs"),
            lambda root: shutil.rmtree(root / "outputs/.minne"),
            lambda root: (root / "inputs/2020/in.csv").replace(root / "inputs/2019/in.csv") and (root / "inputs/2020/in.csv").write_bytes(b"abc"),
        ],
    )  # fmt: skip
    def it_works_all_out_where_anything_has_been_changed(self, folder, change):
        folder.go()
        change(folder.root)
        assert folder.go()[2]
        assert folder.go() == (*folder.go(remembers=False)[:2], False)

    def it_works_all_out_for_another_year_day_question_or_program(self, folder):
        folder.go()
        (folder.root / "templates/2021").mkdir()
        folder.go()
        for name, value in (
            ("day", date(2021, 1, 1)),
            ("asked", ("--json",)),
            ("program", "2"),
            ("drawn", True),
        ):
            setattr(folder, name, value)
            assert folder.go()[2]
            assert not folder.go()[2]
        assert folder.go(year=2021)[2]

    def it_works_all_out_on_another_day(self, folder, monkeypatch):
        class Tomorrow(date):
            @classmethod
            def today(cls):
                return date(2031, 1, 1)

        folder.go()
        monkeypatch.setattr(unchanged, "date", Tomorrow)
        assert folder.go()[2]
        assert not folder.go()[2]

    def it_is_drawn_anew_for_another_terminal(self, folder, monkeypatch):
        folder.drawn = True
        for columns in ("80", "120"):
            monkeypatch.setenv("COLUMNS", columns)
            assert folder.go()[2]
            assert not folder.go()[2]

    def it_works_all_out_where_it_is_to_forget(self, folder):
        folder.go()
        assert folder.go(remembers=False)[2]


class DescribeWhatIsNotSaidAgain:
    def it_is_what_was_said_when_a_file_was_held(self, folder):
        def held():
            JOURNAL.noted.held.append(Held(Path("a"), None))
            return folder.copy()

        folder.work = held
        assert [folder.go()[2] for _ in range(3)] == [True] * 3

    def it_is_what_was_said_when_our_code_failed(self, folder):
        def fails():
            JOURNAL.log.note("mark", "a.xlsx", ToolFault("KeyError", ()))
            return folder.copy()

        folder.work = fails
        assert [folder.go()[2] for _ in range(3)] == [True] * 3

    def it_is_what_was_said_when_a_year_could_not_be_read(self, folder):
        def unread():
            JOURNAL.log.unready[2021] = "fel"
            return folder.copy()

        folder.work = unread
        assert [folder.go()[2] for _ in range(3)] == [True] * 3

    def it_is_what_was_said_when_the_work_changed_what_it_reads(self, folder):
        def takes_over():
            publish(folder.root / f"inputs/2020/beslut-{folder.worked}.csv", b"")
            return folder.copy()

        folder.work = takes_over
        assert [folder.go()[2] for _ in range(3)] == [True] * 3

    def it_is_what_was_said_when_a_file_came_in_meanwhile(self, folder):
        def meanwhile():
            code = folder.copy()
            (folder.root / "inputs/2020/in.csv").write_bytes(b"abcde")
            return code

        folder.work = meanwhile
        assert folder.go() == ("Längd: 3\n", 0, True)
        folder.work = folder.copy
        assert folder.go() == ("Längd: 5\n", 0, True)

    def it_is_nothing_where_the_work_was_stopped(self, folder):
        def stops():
            folder.copy()
            raise OSError(28, "fullt", "a")

        folder.work = stops
        with pytest.raises(OSError, match="fullt"):
            folder.go()
        folder.work = folder.copy
        assert folder.go()[2]

    def it_is_what_objects_were_told_of(self, folder):
        folder.go()

        @contextmanager
        def objects():
            JOURNAL.objects = True
            yield

        folder.work = folder.copy
        space = Workspace(folder.root, 2020, memory=no_memory())
        with objects():
            before = folder.worked
            unless_unchanged(Inputs(space), folder.copy)
            assert folder.worked == before + 1
        JOURNAL.begin([])


class DescribeWhatTheWorkMakesForItself:
    def it_is_the_key_of_the_low_counts_which_says_the_same_ever_after(self, folder):
        key = folder.root / "inputs/2020/sekretess-nyckel.txt"

        def with_key():
            if not key.is_file():
                publish(key, b"ab" * 32)
            return folder.copy()

        folder.work = with_key
        assert [folder.go()[2] for _ in range(3)] == [True, False, False]
        key.write_bytes(b"cd" * 32)
        assert [folder.go()[2] for _ in range(2)] == [True, False]

    def it_is_a_workbook_that_nobody_had_saved(self, folder):
        book = folder.root / "outputs/2020/internt/ekonomi.xlsx"

        def with_book():
            publish(book, workbook(saved=False) + (folder.root / "inputs/2020/in.csv").read_bytes())
            return folder.copy()

        folder.work = with_book
        assert [folder.go()[2] for _ in range(2)] == [True, False]
        publish(folder.root / "inputs/2020/in.csv", b"nytt")
        assert [folder.go()[2] for _ in range(2)] == [True, False]

    def it_is_not_a_workbook_that_somebody_had_saved_and_that_was_taken_over(self, folder):
        book = folder.root / "outputs/2020/internt/ekonomi.xlsx"

        def with_book():
            publish(book, workbook(saved=False))
            return folder.copy()

        publish(book, workbook(saved=True))
        folder.work = with_book
        # What was said the first time was also of what she had saved.
        assert [folder.go()[2] for _ in range(3)] == [True, True, False]

    def it_is_not_one_that_was_left_as_it_was_saved(self, folder):
        publish(folder.root / "outputs/2020/internt/ekonomi.xlsx", workbook(saved=True))
        assert [folder.go()[2] for _ in range(3)] == [True, False, False]


READS = """
import sys
root = sys.argv[1]
seen = set()

def hook(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)) and not (given[2] or 0) & 3:
        name = given[0] if isinstance(given[0], str) else given[0].decode()
        if name.startswith(root):
            seen.add(name[len(root) + 1 :])

sys.argv = ["lansrapport", "run", "2020", "--root", root, "--utan-minne", "-q"]
from toolkit.cli import commands
from toolkit.files import atomic
from toolkit.year import templates

templates._write_templates = lambda jobs: iter([b""] * len(jobs))
atomic._holds = lambda path, data: False  # else all that is written is read first
sys.addaudithook(hook)
try:
    commands.main()
except SystemExit:
    pass
print("\\n".join(sorted(seen)))
"""


class DescribeWhatARunReads:
    @pytest.mark.slow
    def it_is_all_among_what_the_state_of_the_folder_is_told_by(self, tmp_path):
        """Found by listening to every file that the process opens. Children are processes of their own: they are given
        bytes, or the path of a ledger."""
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        shutil.copytree(ROOT / "inputs/2020/ledgers", tmp_path / "inputs/2020/ledgers")
        for year in (2019, 2020):
            folder = tmp_path / f"inputs/{year}/submissions"
            folder.mkdir(parents=True)
            shutil.copy(
                ROOT / f"inputs/{year}/submissions/Redovisning Blekinge {year}.xlsx", folder
            )
        shutil.copy(ROOT / "inputs/2020/anslagsserie.csv", tmp_path / "inputs/2020")
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", READS, str(tmp_path)],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            )
        read = {name for name in done.stdout.split("\n") if (tmp_path / name).is_file()}
        assert {name.split("/")[0] for name in read} == {"templates", "inputs", "outputs"}
        assert {"templates/2020/arbetsbok.yaml", "inputs/2020/anslagsserie.csv"} < read
        out = {name for name in read if name.startswith("outputs/")}
        assert out == {"outputs/2020/internt/ekonomi.xlsx"}
